//! Some pages of a report with the numbers that they have in it.
//!
//! The whole report is laid out for its page numbers, then the wanted programs alone, from one that begins at the top of a
//! page on. Both must print the same on each of these pages: otherwise there is no excerpt.

use std::collections::BTreeSet;

use super::build::Built;
use super::read::{Checked, is_of_template};
use super::session::BuildOptions;
use super::session::Session;
use super::wanted::Wanted;
use crate::diagnostic::Errors;
use crate::form::ListShape;
use crate::model::{ProgramIndex, Report};
use crate::source::FileId;
use crate::syntax::chars::is_blank;
use crate::typeset::{Engine, Input, PageItem, Pages, PdfRequest, PrintedLine, Template, write_pdf};
use crate::view::{PageRun, chapter_anchor, is_part_anchor, program_anchor};

/// An excerpt's PDF.
pub struct Excerpt {
    pub built: Built,
    /// Other manuscripts have errors: the pages may still move.
    pub provisional: bool,
}

/// Why there is no excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoExcerpt {
    /// Errors in what is printed, or in the template: they are among the diagnostics.
    Errors,
    /// The template does not print the pages as they are in the report.
    PagesDiffer,
}

/// The files whose errors prevent an excerpt: the wanted programs', their chapters', the report's own, and those of a
/// template that fails.
pub fn files_of_excerpt(checked: &Checked, wanted: &Wanted) -> BTreeSet<FileId> {
    let report = &checked.report;
    let mut files: BTreeSet<FileId> = report.head.iter().map(|head| head.file).collect();
    let of_template = checked.diagnostics.iter().filter(|diagnostic| is_of_template(diagnostic));
    files.extend(of_template.map(|diagnostic| diagnostic.primary.span.file));
    for index in &wanted.programs {
        files.extend(report.chapters.get(index.chapter).map(|chapter| chapter.head.file));
        files.extend(report.program(*index).map(|program| program.file));
    }
    files
}

/// Typesets the pages of the wanted programs.
///
/// # Errors
/// Where errors prevent it, or the pages would not be those of the report.
pub fn build_excerpt(
    checked: &mut Checked,
    template: Template,
    wanted: &Wanted,
    options: BuildOptions,
) -> Result<Excerpt, NoExcerpt> {
    let own = files_of_excerpt(checked, wanted);
    let errors = Errors::of(&checked.diagnostics);
    if !options.draft && errors.files().any(|file| own.contains(&file)) {
        return Err(NoExcerpt::Errors);
    }
    let provisional = errors.files().next().is_some();
    let draft = provisional || options.draft;
    let mut session = Session::default();
    let whole = session.lay_out(checked, template.clone(), draft).ok_or(NoExcerpt::Errors)?;
    let whole = Pages::new(whole);
    let is_wide = checked.report.form.layout.list_shape == ListShape::Wide;
    let stretches = if is_wide { chapters(&whole, wanted) } else { stretches(&whole, &checked.report, wanted) };
    let title = title(&wanted.label, provisional, options.draft);
    let runs: Vec<PageRun> = stretches
        .iter()
        .map(|stretch| PageRun {
            first_page: u32::try_from(whole.number(stretch.first)).unwrap_or(u32::MAX),
            chapter: stretch.chapter,
            programs: stretch.programs.clone(),
        })
        .collect();
    let (files, title) = session.excerpt_files(checked, draft, &title, &runs);
    let mut engine = Engine::new(template, &checked.fonts);
    let input = Input { texts: files.texts, photos: files.photos };
    let document = engine.typeset(input, &mut checked.files, &mut checked.diagnostics).ok_or(NoExcerpt::Errors)?;
    let pages = Pages::new(document.clone());
    let expected: Vec<usize> = stretches.iter().flat_map(|stretch| stretch.first..=stretch.last).collect();
    let is_equal = pages.count() == expected.len()
        && expected.iter().enumerate().all(|(page, original)| prints_the_same(&pages, page, &whole, *original, &title));
    if expected.is_empty() || !is_equal {
        return Err(NoExcerpt::PagesDiffer);
    }
    let request = PdfRequest { timestamp: options.timestamp, compact: options.compact, ..PdfRequest::default() };
    let pdf = write_pdf(&engine, &document, &request, &mut checked.files, &mut checked.diagnostics)
        .ok_or(NoExcerpt::Errors)?;
    Ok(Excerpt { built: Built { document, pdf }, provisional })
}

/// 抜粋　監理課
fn title(label: &str, provisional: bool, draft: bool) -> String {
    let draft = if draft { "下書き　" } else { "" };
    let pages = if provisional { "（頁は仮）" } else { "" };
    format!("{draft}抜粋{pages}　{label}")
}

/// Whole pages that follow each other, by their index, and the programs that fill them.
struct Stretch {
    first: usize,
    last: usize,
    /// Printed from its head on
    chapter: Option<usize>,
    programs: Vec<ProgramIndex>,
}

/// The pages of the chapters whose wide tables hold the wanted programs.
fn chapters(pages: &Pages, wanted: &Wanted) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for index in &wanted.programs {
        if let Some(stretch) = stretches.last_mut().filter(|stretch| stretch.chapter == Some(index.chapter)) {
            stretch.programs.push(*index);
            continue;
        }
        if let Some(first) = first_page(pages, index.chapter) {
            let last = last_page(pages, index.chapter);
            stretches.push(Stretch { first, last, chapter: Some(index.chapter), programs: vec![*index] });
        }
    }
    stretches
}

/// The page with a chapter's head.
fn first_page(pages: &Pages, chapter: usize) -> Option<usize> {
    let anchor = chapter_anchor(chapter);
    (0..pages.count()).find(|page| has_anchor(pages, *page, &|name| name == anchor))
}

fn has_anchor(pages: &Pages, page: usize, is_wanted: &dyn Fn(&str) -> bool) -> bool {
    pages.printed(page).iter().any(|thing| matches!(thing, PageItem::Anchor { name, .. } if is_wanted(name)))
}

/// The stretches that hold the wanted programs: each from a program that begins at the top of a page to the next such.
fn stretches(pages: &Pages, report: &Report, wanted: &Wanted) -> Vec<Stretch> {
    let mut pieces: Vec<Stretch> = Vec::new();
    let starts = starts(pages, report);
    for (place, (index, start)) in starts.iter().enumerate() {
        // A program ends where the next one begins: on that page, or above its top. A chapter's last one ends before the
        // next chapter.
        let end = match starts.get(place + 1) {
            Some((next, after)) if next.chapter == index.chapter && after.at_top => after.page.saturating_sub(1),
            Some((next, after)) if next.chapter == index.chapter => after.page,
            _ => last_page(pages, index.chapter),
        };
        let begins_anew = start.at_top
            || pieces.last().is_none_or(|piece| piece.programs.iter().all(|other| other.chapter != index.chapter));
        match pieces.last_mut().filter(|_| !begins_anew) {
            Some(piece) => {
                piece.last = end;
                piece.programs.push(*index);
            }
            None => {
                // Without a list a chapter's first program stands below its head.
                let head = report.form.layout.list_shape == ListShape::None && !start.at_top;
                let chapter = head.then_some(index.chapter);
                let first = chapter.and_then(|chapter| first_page(pages, chapter)).unwrap_or(start.page);
                pieces.push(Stretch { first, last: end, chapter, programs: vec![*index] });
            }
        }
    }
    let mut stretches: Vec<Stretch> = Vec::new();
    for piece in pieces.into_iter().filter(|piece| piece.programs.iter().any(|index| wanted.programs.contains(index))) {
        match stretches.last_mut().filter(|before| piece.chapter.is_none() && before.last + 1 == piece.first) {
            Some(before) => {
                before.last = piece.last;
                before.programs.extend(piece.programs);
            }
            None => stretches.push(piece),
        }
    }
    stretches
}

/// Where a program begins.
struct Start {
    page: usize,
    at_top: bool,
}

fn starts(pages: &Pages, report: &Report) -> Vec<(ProgramIndex, Start)> {
    let printed: Vec<Vec<PageItem>> = (0..pages.count()).map(|page| pages.printed(page)).collect();
    let place = |wanted: &str| {
        printed.iter().enumerate().find_map(|(page, things)| {
            things.iter().find_map(|thing| match thing {
                PageItem::Anchor { name, y } if name == wanted => Some((page, *y)),
                PageItem::Anchor { .. } | PageItem::Line(_) => None,
            })
        })
    };
    let lines = |page: usize| printed.get(page).into_iter().flatten().filter_map(line);
    report
        .printed_programs()
        .filter_map(|(index, _)| {
            let (page, y) = place(&program_anchor(index))?;
            // What stands on the page before in the same place is the page's head, and no other program.
            let neighbour = if page > 0 { page - 1 } else { page + 1 };
            let at_top = lines(page)
                .filter(|line| line.y + line.height <= y)
                .all(|line| lines(neighbour).any(|other| is_same(line, other)));
            Some((index, Start { page, at_top }))
        })
        .collect()
}

/// The last page of a chapter: the one before the next chapter or part of the book, or the last of all.
fn last_page(pages: &Pages, chapter: usize) -> usize {
    let own = chapter_anchor(chapter);
    let has = |page: usize, is_wanted: &dyn Fn(&str) -> bool| has_anchor(pages, page, is_wanted);
    let next = chapter_anchor(chapter + 1);
    let mut after = (0..pages.count()).skip_while(|page| !has(*page, &|name| name == own));
    let end = after.find(|page| has(*page, &|name| name == next || is_part_anchor(name)));
    end.unwrap_or(pages.count()).saturating_sub(1)
}

fn line(printed: &PageItem) -> Option<&PrintedLine> {
    match printed {
        PageItem::Line(line) => Some(line),
        PageItem::Anchor { .. } => None,
    }
}

/// Places are sums of lengths: their last bits may differ.
fn is_same(one: &PrintedLine, other: &PrintedLine) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 0.01;
    one.text == other.text && near(one.x, other.x) && near(one.y, other.y) && near(one.width, other.width)
}

/// Whether both pages have the same number and the same text at the same places, but for what stands in their heads: the
/// excerpt's title, and 下書き in a draft of the whole.
fn prints_the_same(pages: &Pages, page: usize, whole: &Pages, original: usize, title: &str) -> bool {
    let lines =
        |pages: &Pages, page: usize| pages.printed(page).iter().filter_map(line).cloned().collect::<Vec<PrintedLine>>();
    let there = lines(whole, original);
    let there = without(&there, "下書き").unwrap_or(there);
    let Some(here) = without(&lines(pages, page), title) else { return false };
    pages.number(page) == whole.number(original)
        && here.len() == there.len()
        && here.iter().zip(&there).all(|(one, other)| is_same(one, other))
}

/// The lines without the first ones that together say these words; nothing where none do.
fn without(lines: &[PrintedLine], words: &str) -> Option<Vec<PrintedLine>> {
    let letters = |text: &str| text.chars().filter(|c| !is_blank(*c)).collect::<String>();
    let wanted = letters(words);
    let end_of = |start: usize| {
        let mut said = String::new();
        for (place, line) in lines.iter().enumerate().skip(start) {
            said.push_str(&letters(&line.text));
            if said == wanted {
                return Some(place + 1);
            }
            if !wanted.starts_with(&said) {
                break;
            }
        }
        None
    };
    let (start, end) = (0..lines.len()).find_map(|start| end_of(start).map(|end| (start, end)))?;
    Some(
        lines
            .iter()
            .enumerate()
            .filter(|(place, _)| !(start..end).contains(place))
            .map(|(_, line)| line.clone())
            .collect(),
    )
}
