//! What came of an edition: its chapters with their programs, ready to be written, and what a person is told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::body::{BodyReader, texts_of};
use super::drafts::{DraftChapter, DraftProgram, Listed};
use super::outline::{ChapterPart, Outline, ProgramPart, outline};
use super::pages::{Surroundings, chapter_page, program_page};
use super::pieces::{Anchor, Edition, Piece, head_rows};
use super::program_list::{PrintedList, Who, printed_list};
use super::reading::lines_of;
use super::wide;
use crate::form::ListShape;
use crate::import::page::Written;
use crate::model::Context;
use crate::syntax::FileKind;

/// An edition as chapters and programs.
#[derive(Debug, Clone)]
pub struct Book {
    context: Context,
    document: String,
    pictures: BTreeMap<String, Arc<[u8]>>,
    chapters: Vec<DraftChapter>,
    /// 番号 of each chapter, where it is not the one that it has by its place
    numbers: Vec<Option<String>>,
    pub notes: Vec<String>,
}

/// A line of a chapter's 【構成】.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// By its place among the chapter's programs
    Own(usize),
    /// By its name
    Relisted(String),
}

impl Book {
    pub(in crate::import) fn of(document: &str, edition: &Edition, context: &Context) -> Self {
        let heads = context.form.sections.iter().map(|section| section.kind.name().to_string()).collect();
        let outline = outline(edition, &heads);
        let mut notes = Vec::new();
        let chapters: Vec<DraftChapter> =
            outline.chapters.iter().map(|part| chapter(part, &outline, context)).collect();
        if !outline.computed.is_empty() {
            let computed: BTreeSet<&str> = outline.computed.iter().copied().collect();
            let computed = computed.into_iter().collect::<Vec<_>>().join("・");
            notes.push(format!("{document} の{computed}は、報告書から自動で作られるので取り込みませんでした。"));
        }
        let numbers = numbers(&outline, context);
        let mut book = Self {
            context: context.clone(),
            document: document.to_string(),
            pictures: edition.pictures.clone(),
            chapters,
            numbers,
            notes,
        };
        let before: Vec<String> = outline.before.iter().map(|line| format!("{}{}", line.marker, line.text)).collect();
        book.keep(before);
        book
    }

    pub fn chapters(&self) -> usize {
        self.chapters.len()
    }

    /// From 0
    pub fn level(&self, chapter: usize) -> usize {
        self.chapters.get(chapter).map_or(0, |chapter| chapter.level)
    }

    /// Nothing for programs whose chapter begins on another page.
    pub fn title(&self, chapter: usize) -> Option<&str> {
        self.chapters.get(chapter)?.title.as_deref()
    }

    /// 小計 of the chapter's list as it is typed there
    pub fn subtotal(&self, chapter: usize) -> Option<&str> {
        self.chapters.get(chapter)?.subtotal.as_deref()
    }

    /// The files of a chapter's programs, each with what it adds to 小計.
    pub fn programs(&self, chapter: usize) -> Vec<(Written, i64)> {
        let programs = self.chapters.get(chapter).map_or(&[][..], |chapter| chapter.programs.as_slice());
        let page = |program: &DraftProgram| {
            let (file, amount) = program_page(program, &self.around());
            (file, amount.filter(|_| program.outside_total.is_none()).unwrap_or(0))
        };
        programs.iter().map(page).collect()
    }

    /// A chapter's own file with the lines of its 【構成】.
    pub fn chapter_file(&self, chapter: usize, lines: &[String]) -> Written {
        let number = self.numbers.get(chapter).and_then(Option::as_deref);
        self.chapters
            .get(chapter)
            .map_or_else(Written::default, |draft| chapter_page(draft, number, lines, &self.around()))
    }

    /// The programs of a chapter and what is 再掲 among them, in the order of its list.
    pub fn entries(&self, chapter: usize) -> Vec<Entry> {
        let Some(chapter) = self.chapters.get(chapter) else { return Vec::new() };
        let mut entries: Vec<Entry> = Vec::new();
        for row in &chapter.listed {
            if row.is_relisted {
                entries.push(Entry::Relisted(self.name_of(row)));
            } else if let Some(own) = chapter.programs.iter().position(|program| is_of(row, program))
                && !entries.contains(&Entry::Own(own))
            {
                entries.push(Entry::Own(own));
            }
        }
        let rest = (0..chapter.programs.len()).map(Entry::Own).filter(|own| !entries.contains(own));
        let rest: Vec<Entry> = rest.collect();
        entries.into_iter().chain(rest).collect()
    }

    /// What a 再掲 is called where its page stands
    fn name_of(&self, row: &Listed) -> String {
        let mut programs = self.chapters.iter().flat_map(|chapter| &chapter.programs);
        let own = programs.find(|program| row.anchor.is_some() && program.anchor == row.anchor);
        own.map_or_else(|| row.name.clone(), |program| program.name.clone())
    }

    /// What stands in the files of chapters, for where these are not written
    pub fn chapter_texts(&self) -> Vec<String> {
        let files = (0..self.chapters.len()).filter(|chapter| self.title(*chapter).is_some());
        let texts = files.flat_map(|chapter| {
            let text = self.chapter_file(chapter, &[]).text;
            let lines: Vec<String> = text.lines().map(str::to_string).collect();
            lines.into_iter().filter(|line| !line.is_empty() && line != "【構成】" && line != "【メモ】")
        });
        texts.map(|line| line.replace(char::is_control, "")).collect()
    }

    /// Texts without a place go into the 【メモ】 of the first program, and are named.
    pub(in crate::import) fn keep(&mut self, texts: Vec<String>) {
        if texts.is_empty() {
            return;
        }
        let heir = self.chapters.iter_mut().flat_map(|chapter| &mut chapter.programs).next();
        let where_to = heir.as_ref().map_or("", |_| "初めの事業の【メモ】に入れました。");
        let count = texts.len();
        let said = texts.iter().map(|text| format!("「{}」", super::body::short(text))).take(3).collect::<String>();
        self.notes.push(format!(
            "入る所の分からない文が{count}か所あります（{said}{}）。{where_to}",
            if count > 3 { "など" } else { "" }
        ));
        heir.into_iter().for_each(|program| program.body.memo.extend(texts.iter().cloned()));
    }

    /// Gives what stands in the files of chapters to a program, which is written where they are not.
    pub(in crate::import) fn hand_over(&mut self, is_written: &dyn Fn(&str) -> bool) {
        let texts = self.chapter_texts();
        let mut programs = self.chapters.iter_mut().flat_map(|chapter| &mut chapter.programs);
        if let Some(heir) = programs.find(|program| is_written(&program.name)) {
            heir.body.memo.extend(texts);
        }
    }

    /// All lines of the document that were read
    pub(in crate::import) fn understood(edition: &Edition) -> impl Iterator<Item = String> {
        let lines = edition.pieces.iter().flat_map(lines_of);
        lines.flat_map(|line| {
            let marked = line.text.split('\n').next().map(|first| format!("{}{first}", line.marker));
            line.text.split('\n').map(str::to_string).chain(marked).collect::<Vec<_>>()
        })
    }

    fn around(&self) -> Surroundings<'_> {
        Surroundings { context: &self.context, document: &self.document, pictures: &self.pictures }
    }
}

fn is_of(row: &Listed, program: &DraftProgram) -> bool {
    let is_marked = row.anchor.is_some() && row.anchor == program.anchor;
    is_marked || (row.anchor.is_none() && row.name == program.name)
}

fn chapter(part: &ChapterPart<'_>, outline: &Outline<'_>, context: &Context) -> DraftChapter {
    let reader = BodyReader::new(context, FileKind::Chapter).read(&part.pieces);
    let list = printed_list(&reader.list, &context.form);
    let mut programs: Vec<DraftProgram> = part.programs.iter().map(|part| program(part, context)).collect();
    if context.form.layout.list_shape == ListShape::Wide {
        let tables = reader.list.iter().filter_map(|piece| match piece {
            Piece::Table(rows) => rows.split_at_checked(head_rows(rows)),
            Piece::Line(_) => None,
        });
        let heads = tables.map(|(heads, _)| heads).next().unwrap_or_default();
        programs.extend(wide::programs(&list, heads, context));
    }
    let mut made = DraftChapter {
        level: part.level,
        title: part.heading.map(|line| line.flat()),
        body: reader.body,
        programs,
        ..DraftChapter::default()
    };
    made.body.memo.extend(list.notes.iter().cloned());
    made.body.notes.extend(list.notes.iter().map(|note| format!("一覧の下の「{note}」は【メモ】に入れました。")));
    told_by_list(&mut made, list);
    for program in &mut made.programs {
        program.is_drawn = program.anchor.as_ref().is_some_and(|anchor| outline.drawn.contains(anchor.as_str()));
    }
    made
}

/// What of programs stands in the list alone.
fn told_by_list(chapter: &mut DraftChapter, list: PrintedList<'_>) {
    for row in list.rows.iter().filter(|row| !row.listed.is_relisted) {
        let own = chapter.programs.iter_mut().find(|program| is_of(&row.listed, program));
        let Some(body) = own.map(|program| &mut program.body).filter(|body| body.category.is_none()) else { continue };
        let new = row.listed.is_new.then(|| "新規".to_string());
        body.category = row.listed.category.clone().or(new);
    }
    for (who, reason) in list.outside {
        let own = match &who {
            Who::Number(number) => number.checked_sub(1).and_then(|at| chapter.programs.get_mut(at)),
            Who::Name(name) => chapter.programs.iter_mut().find(|program| program.name == *name),
        };
        own.into_iter().for_each(|program| program.outside_total = Some(reason.clone()));
    }
    chapter.subtotal = list.subtotal;
    chapter.listed = list.rows.into_iter().map(|row| row.listed).collect();
}

fn program(part: &ProgramPart<'_>, context: &Context) -> DraftProgram {
    let mut reader = BodyReader::new(context, FileKind::Program).read(&part.pieces);
    let strange = texts_of(&reader.list);
    reader.body.memo.extend(strange);
    let anchor = match &part.heading.anchor {
        Some(Anchor::Program(anchor)) => Some(anchor.clone()),
        Some(Anchor::Chapter(_) | Anchor::Part) | None => None,
    };
    DraftProgram {
        name: part.heading.flat(),
        place: part.heading.place.clone(),
        anchor,
        body: reader.body,
        ..DraftProgram::default()
    }
}

/// The numbers that chapters do not have by their places. Of a part of a report nobody knows the places, but in one without chapters
/// in chapters, where the bookmarks count them.
fn numbers(outline: &Outline<'_>, context: &Context) -> Vec<Option<String>> {
    let counted = |part: &ChapterPart<'_>| match part.heading.and_then(|line| line.anchor.as_ref()) {
        Some(Anchor::Chapter(number)) => Some(*number),
        Some(Anchor::Program(_) | Anchor::Part) | None => None,
    };
    let is_flat = outline.chapters.iter().all(|part| part.level == 0);
    let is_whole = outline.chapters.iter().enumerate().all(|(at, part)| counted(part) == Some(at + 1));
    let mut path: Vec<usize> = Vec::new();
    let number = |(at, part): (usize, &ChapterPart<'_>)| {
        path.resize(part.level + 1, 0);
        path.iter_mut().last().into_iter().for_each(|last| *last += 1);
        let own = part.heading?.marker.clone();
        let flat = [counted(part).unwrap_or(at + 1)];
        let expected = context.form.numbering.number(if is_flat { &flat } else { &path });
        (own != expected && !own.is_empty() && (is_flat || is_whole)).then_some(own)
    };
    outline.chapters.iter().enumerate().map(number).collect()
}
