//! Files that were dropped on the live page: what would come of them, beside what they hold; and then the writing. They are never
//! written as they are: until the page agrees they lie in memory alone.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::Failure;
use super::import::{context_of, read, take, write};
use super::import_writer::{ImportTarget, WriteSummary};
use super::overwrite::refuse_outside_of;
use super::page_words::for_page;
use super::place::check_folder;
use crate::import::document::{Block, Document};
use crate::import::{Words, omitted_from};
use crate::load::Folder;
use crate::preview::task_runner::{ImportDone, ImportPreview, ImportWish, ShownBlock, ShownDocument, ShownFile};

/// Rows and paragraphs of a document that are sent: nobody compares more by eye.
const MOST_SHOWN: usize = 2_000;

/// What was shown last.
#[derive(Default)]
pub(super) struct Imports(Mutex<(u64, Option<ImportWish>)>);

/// What reading and writing gave.
struct Outcome {
    documents: Vec<Document>,
    kept: WriteSummary,
    lines: Vec<String>,
}

impl Imports {
    pub(super) fn preview(&self, root: &Path, wish: ImportWish) -> Result<ImportPreview, Failure> {
        let Outcome { documents, kept, lines } = work(root, &wish, true)?;
        let unread: Vec<String> = documents.iter().flat_map(omitted_from).collect();
        let said = not_yet(lines.into_iter().filter(|line| !unread.contains(line)).collect());
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.0 += 1;
        last.1 = Some(wish);
        Ok(ImportPreview {
            id: last.0,
            documents: documents.iter().map(shown).collect(),
            files: kept.texts.into_iter().map(|(path, text)| ShownFile { path, text }).collect(),
            unread: for_the_page(unread),
            said: for_the_page(said),
        })
    }

    pub(super) fn write(&self, root: &Path, id: u64) -> Result<ImportDone, Failure> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wish = last.1.as_ref().filter(|_| last.0 == id);
        let wish = wish.ok_or_else(|| Failure::new("もう一度ファイルを選んでください。"))?;
        // One that fails can be tried once more.
        let Outcome { kept, lines, .. } = work(root, wish, false)?;
        last.1 = None;
        let is_program = |path: &&String| !path.ends_with("章.jigyo");
        Ok(ImportDone {
            written: kept.written,
            said: for_the_page(lines),
            file: kept.texts.iter().map(|(path, _)| path).find(is_program).cloned(),
        })
    }

    pub(super) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1 = None;
    }
}

fn work(root: &Path, wish: &ImportWish, dry: bool) -> Result<Outcome, Failure> {
    let target = target(root, &wish.chapter)?;
    let context = context_of(&target);
    let mut words = Words::of_form(&context.form, context.fiscal_year);
    words.add_mapping(&wish.mapping).map_err(|reason| Failure::new(format!("対応表の{reason}。")))?;
    let (mut documents, mut lines) = (Vec::new(), Vec::new());
    for (name, bytes) in &wish.files {
        let read = read((name, name), &|| Ok(bytes.clone()));
        take(name, read, &mut documents, &mut |line| lines.push(line));
    }
    if documents.is_empty() {
        return Err(Failure::new(lines.join("\n")));
    }
    let kept = write(&target, (&documents, &words, &context), dry, &mut lines)?;
    Ok(Outcome { documents, kept, lines })
}

/// A chapter that the report has.
fn target(root: &Path, chapter: &str) -> Result<ImportTarget, Failure> {
    let checked = check_folder(root)?;
    if !checked.report.chapters.iter().any(|own| own.folder == chapter) {
        return Err(Failure::new(format!("「{chapter}」という章はありません。")));
    }
    let folder = Folder::new(root).path_of(chapter);
    refuse_outside_of(root, &folder)?;
    Ok(ImportTarget { folder, report: Some((root.to_path_buf(), checked)) })
}

/// What a try says; the files that it would write stand beside it.
fn not_yet(lines: Vec<String>) -> Vec<String> {
    let is_head = |line: &String| line.starts_with("書くことになるファイル");
    let before = lines.iter().take_while(|line| !is_head(line));
    let after = lines.iter().skip_while(|line| !is_head(line)).skip(1).filter(|line| !line.starts_with('　'));
    before.chain(after).map(|line| line.replace("は書きませんでした。", "は取り込みません。")).collect()
}

fn for_the_page(lines: Vec<String>) -> Vec<String> {
    lines.iter().filter_map(|line| for_page(line)).collect()
}

/// What a reader found, in its order.
fn shown(document: &Document) -> ShownDocument {
    let mut shown = ShownDocument { name: document.name.clone(), ..ShownDocument::default() };
    let mut room = MOST_SHOWN;
    for block in &document.blocks {
        let size = if let Block::Table(table) = block { table.rows.len() } else { 1 };
        shown.unsent += size.saturating_sub(room);
        if room > 0 {
            shown.blocks.push(match block {
                Block::Paragraph(paragraph) if paragraph.heading.is_some() => {
                    ShownBlock::Heading(paragraph.text.clone())
                }
                Block::Paragraph(paragraph) => ShownBlock::Paragraph(paragraph.text.clone()),
                Block::Table(table) => {
                    let rows = table.rows.iter().take(room);
                    ShownBlock::Table(rows.map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect())
                }
            });
        }
        room = room.saturating_sub(size);
    }
    shown
}
