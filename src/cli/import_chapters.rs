//! `report import` without `--chapter`: documents that `report export docx` wrote give their chapters back, each as a folder.

use std::path::Path;

use super::Failure;
use super::import_summary::{Total, say_messages, summary};
use super::import_writer::{Batch, ImportTarget, Planned, WriteSummary, Writer, stem_of};
use super::place::check_folder;
use crate::editing::file_stem;
use crate::import::document::Document;
use crate::import::{Book, Written, books, omitted_from};
use crate::model::{Chapter, Context};
use crate::pipeline::Checked;

/// A chapter of a book, and where its files go.
struct Planted {
    /// From the report's folder
    folder: String,
    /// Folders of the new chapters in it, from its own
    inner: Vec<String>,
    /// The chapter around it is new too, and names it.
    is_listed: bool,
    is_new: bool,
}

/// Writes every chapter of the documents into the report's folder.
pub(super) fn write_chapters(
    target: &ImportTarget,
    (documents, context): (&[Document], &Context),
    dry: bool,
    lines: &mut Vec<String>,
) -> Result<WriteSummary, Failure> {
    let books = books(documents, context);
    let is_whole = |book: &Book| (0..book.chapters()).all(|chapter| book.title(chapter).is_some());
    if books.len() != documents.len() || !books.iter().all(is_whole) {
        return Err(Failure::new(
            "どの章の事業か分からないので取り込めません。「--chapter 01_人材」のように章のフォルダーを書いてください（書かずに済むのは、「report export docx」で書き出した文書で、章の見出しから始まるものだけです）。",
        ));
    }
    lines.extend(documents.iter().flat_map(omitted_from));
    let Some((root, checked)) = &target.report else { return Ok(WriteSummary::default()) };
    let pages: Vec<Vec<Vec<(Written, i64)>>> =
        books.iter().map(|book| (0..book.chapters()).map(|chapter| book.programs(chapter)).collect()).collect();
    let names = pages.iter().flatten().flatten().map(|(file, _)| file.name.as_str());
    let stems = names.enumerate().map(|(at, name)| (name.to_string(), stem_of(name, at + 1)));
    let mut planned = Planned { stems: stems.collect(), ..Planned::default() };
    let mut kept = WriteSummary::default();
    let mut done = Ok(());
    'all: for (book, chapters) in books.iter().zip(&pages) {
        for (at, (planted, programs)) in planted(book, checked, root).iter().zip(chapters).enumerate() {
            let folder = planted.folder.split('/').fold(root.clone(), |path, name| path.join(name));
            // What this run wrote up to now is there for the next chapter.
            let chapter = ImportTarget { folder, report: Some((root.clone(), check_folder(root)?)) };
            let writer = Writer { target: &chapter, dry };
            let files: Vec<Written> = programs.iter().map(|(file, _)| file.clone()).collect();
            let batch = Batch {
                programs: &files,
                entries: book.entries(at),
                inner: planted.inner.clone(),
                chapter: &|lines| book.chapter_file(at, lines),
                is_own: true,
                is_listed: planted.is_listed,
            };
            done = writer.write(&batch, &mut planned, &mut kept);
            if done.is_err() {
                break 'all;
            }
        }
    }
    lines.append(&mut kept.lines);
    done?;
    say_messages(&kept.said, lines);
    lines.extend(books.iter().flat_map(|book| book.notes.iter().cloned()));
    let all = || pages.iter().flatten().flatten();
    let total = Total {
        programs: all().map(|(file, _)| file).collect(),
        sum: all().map(|(_, amount)| amount).sum(),
        subtotal: None,
    };
    summary(&total, &kept, context, dry, lines);
    Ok(kept)
}

/// Chapters of a title that the report has are the same; others get a folder with the next number.
fn planted(book: &Book, checked: &Checked, root: &Path) -> Vec<Planted> {
    let chapters = &checked.report.chapters;
    let folder_of = |chapter: &Chapter| {
        chapter.parent.and_then(|parent| chapters.get(parent)).map_or("", |outer| outer.folder.as_str()).to_string()
    };
    let mut made: Vec<Planted> = Vec::new();
    // The chapters that the one at hand lies in, the outermost first
    let mut around: Vec<usize> = Vec::new();
    for at in 0..book.chapters() {
        around.truncate(book.level(at));
        let title = book.title(at).unwrap_or_default();
        let outer = around.last().copied();
        let outer_folder = outer.and_then(|outer| made.get(outer)).map_or(String::new(), |outer| outer.folder.clone());
        let is_same = |chapter: &&Chapter| {
            folder_of(chapter) == outer_folder
                && chapter.head.title.as_ref().is_some_and(|own| own.value.trim() == title.trim())
        };
        let siblings: Vec<&str> = chapters
            .iter()
            .filter(|chapter| folder_of(chapter) == outer_folder)
            .map(|own| own.folder.as_str())
            .collect();
        let taken: Vec<&str> = made.iter().map(|own| own.folder.as_str()).chain(siblings).collect();
        let known = chapters.iter().find(is_same).map(|chapter| chapter.folder.clone());
        let folder = known.clone().unwrap_or_else(|| new_folder(&outer_folder, title, &taken, root));
        let is_listed = known.is_none() && outer.and_then(|outer| made.get(outer)).is_some_and(|outer| outer.is_new);
        if is_listed && let Some(outer) = outer.and_then(|outer| made.get_mut(outer)) {
            outer.inner.extend(folder.rsplit('/').next().map(str::to_string));
        }
        made.push(Planted { folder, inner: Vec::new(), is_listed, is_new: known.is_none() });
        around.push(at);
    }
    made
}

/// `02_観光と交流`, with the number behind those that are there
fn new_folder(outer: &str, title: &str, taken: &[&str], root: &Path) -> String {
    let name_in = |folder: &str| {
        let inside = if outer.is_empty() { Some(folder) } else { folder.strip_prefix(outer)?.strip_prefix('/') };
        inside.filter(|name| !name.contains('/')).map(str::to_string)
    };
    let names: Vec<String> = taken.iter().filter_map(|folder| name_in(folder)).collect();
    let number =
        |name: &String| name.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<usize>().ok();
    let last = names.iter().filter_map(number).max().unwrap_or(names.len());
    let stem: String = file_stem(title).chars().take(40).collect();
    let gap = if outer.is_empty() { "" } else { "/" };
    let folder = |number: usize| format!("{outer}{gap}{number:02}_{}", stem.trim());
    let is_free = |number: &usize| !root.join(folder(*number)).exists();
    folder((last + 1..last + 1000).find(is_free).unwrap_or(last + 1))
}
