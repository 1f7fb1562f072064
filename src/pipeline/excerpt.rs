//! Some pages of a report with the numbers that they have in it.
//!
//! The whole report is laid out for its page numbers, then the wanted programs alone, from what begins at the top of a page
//! on: a program, or the head of a chapter in a chapter. Both must print the same on each of these pages: otherwise there is no excerpt.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Built;
use super::checked::{Checked, is_of_template};
use super::session::BuildOptions;
use super::session::Session;
use super::stretches::{Stretch, is_same, line, page_numbers, stretches};
use super::wanted::Wanted;
use crate::diagnostic::Errors;
use crate::source::FileId;
use crate::syntax::chars::is_blank;
use crate::typeset::{Engine, Input, Pages, PdfRequest, PrintedLine, Template, write_pdf};
use crate::view::PageRun;

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
        let mut chapter = report.chapters.get(index.chapter);
        while let Some(outer) = chapter {
            files.insert(outer.head.file);
            chapter = outer.parent.and_then(|parent| report.chapters.get(parent));
        }
        files.extend(report.program(*index).map(|program| program.file));
    }
    files
}

/// Which pages of the whole report are wanted.
pub(super) struct ExcerptPlan {
    /// The whole report
    pub(super) whole: Pages,
    stretches: Vec<Stretch>,
    pub(super) title: String,
    pub(super) runs: Vec<PageRun>,
    /// Of everything, where a list is among the pages
    pub(super) numbers: BTreeMap<String, String>,
    pub(super) draft: bool,
    pub(super) provisional: bool,
}

/// Lays out the whole report for its page numbers, and finds the pages of the wanted programs.
pub(super) fn plan_excerpt(
    session: &mut Session,
    checked: &mut Checked,
    template: Template,
    wanted: &Wanted,
    draft: bool,
) -> Result<ExcerptPlan, NoExcerpt> {
    let own = files_of_excerpt(checked, wanted);
    let errors = Errors::of(&checked.diagnostics);
    if !draft && errors.files().any(|file| own.contains(&file)) {
        return Err(NoExcerpt::Errors);
    }
    let provisional = errors.files().next().is_some();
    let title = title(&wanted.label, provisional, draft);
    let draft = provisional || draft;
    let whole = Pages::new(session.lay_out(checked, template, draft).ok_or(NoExcerpt::Errors)?);
    let stretches = stretches(&whole, &checked.report, wanted);
    let runs: Vec<PageRun> = stretches.iter().map(|stretch| stretch.run(&whole)).collect();
    let has_lists = runs.iter().any(|run| !run.chapters.is_empty());
    let numbers = if has_lists { page_numbers(&whole) } else { BTreeMap::new() };
    Ok(ExcerptPlan { whole, stretches, title, runs, numbers, draft, provisional })
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
    let mut session = Session::default();
    let plan = plan_excerpt(&mut session, checked, template.clone(), wanted, options.draft)?;
    let ExcerptPlan { whole, stretches, title, runs, numbers, draft, provisional } = plan;
    let (files, title) = session.excerpt_files(checked, draft, &title, &runs, numbers);
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
    let pdf = write_pdf(&engine, &document, request, &mut checked.files, &mut checked.diagnostics)
        .ok_or(NoExcerpt::Errors)?;
    Ok(Excerpt { built: Built { document, pdf }, provisional })
}

/// 抜粋　監理課
fn title(label: &str, provisional: bool, draft: bool) -> String {
    let draft = if draft { "下書き　" } else { "" };
    let pages = if provisional { "（頁は仮）" } else { "" };
    format!("{draft}抜粋{pages}　{label}")
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
