//! The document in the order of the official PDF: cover, 目次 and what else stands before the chapters, the chapters, what stands
//! behind them; or the pages of an excerpt.

use std::collections::BTreeSet;

use super::WordInput;
use super::chapter::{chapter_front, goes_on};
use super::charts::charts;
use super::front::{contents, cover, report_title};
use super::index::index;
use super::look::Look;
use super::program::program;
use super::styles::Levels;
use super::sums::summary;
use super::writer::{Beginning, Section, Writer, Written};
use crate::view::{ArrangementView, ChapterView, ExcerptView, ListShapeView, PartView, RunView, View};

pub(super) fn levels(view: &View<String>) -> Levels {
    Levels { chapters: view.chapters.iter().map(|chapter| chapter.level).max().unwrap_or(0) + 1 }
}

pub(super) fn written(input: &WordInput<'_>) -> Written {
    let view = input.view;
    let excerpt = view.excerpt.as_ref();
    let mut writer = Writer::new(Beginning {
        look: Look::of(&view.layout),
        levels: levels(view),
        photos: input.photos,
        starts: input.starts,
        elsewhere: excerpt.map(|excerpt| excerpt.pages.clone()).unwrap_or_default(),
        printed: printed(view),
        has_header: page_head(view).is_some(),
    });
    match excerpt {
        Some(excerpt) => pages_of(&mut writer, input, excerpt),
        None => book(&mut writer, input),
    }
    writer.finish()
}

/// What stands in the head of every page
pub(super) fn page_head(view: &View<String>) -> Option<&str> {
    let excerpt = view.excerpt.as_ref().map(|excerpt| excerpt.title.as_str());
    excerpt.or(view.draft.then_some("下書き"))
}

/// What begins in this document
fn printed(view: &View<String>) -> BTreeSet<String> {
    let name = |path: &String| path.trim_start_matches("/programs/").trim_end_matches(".json").to_string();
    let programs = |paths: &[String]| paths.iter().map(name).collect::<Vec<String>>();
    if let Some(excerpt) = &view.excerpt {
        let chapters = excerpt.runs.iter().flat_map(|run| run.chapters.iter().map(|chapter| chapter.anchor.clone()));
        return chapters.chain(excerpt.runs.iter().flat_map(|run| programs(&run.programs))).collect();
    }
    let parts = view.front.iter().chain(&view.back).filter_map(anchor_of).map(str::to_string);
    let chapters = view.chapters.iter().flat_map(|chapter| {
        let listed = chapter.list.iter().flat_map(|list| &list.rows).filter(|row| !row.relisted);
        let listed = listed.map(|row| row.anchor.clone()).filter(|_| view.layout.list == ListShapeView::Wide);
        std::iter::once(chapter.anchor.clone()).chain(programs(&chapter.programs)).chain(listed).collect::<Vec<_>>()
    });
    parts.chain(chapters).filter(|anchor| !anchor.is_empty()).collect()
}

fn anchor_of(part: &PartView) -> Option<&str> {
    match part {
        PartView::Cover => None,
        PartView::Contents(part) => Some(&part.anchor),
        PartView::Summary(part) | PartView::Departments(part) => Some(&part.anchor),
        PartView::Index(part) => Some(&part.anchor),
        PartView::Charts(part) => Some(&part.anchor),
    }
}

/// The pages before the chapters have numbers of their own, i, ii, iii; the cover has none.
fn book(writer: &mut Writer<'_>, input: &WordInput<'_>) {
    let view = input.view;
    let has_cover = matches!(view.front.first(), Some(PartView::Cover));
    if has_cover {
        writer.begin(Section { furnished: false, ..Section::PLAIN });
        cover(writer, view);
    }
    let front = view.front.get(usize::from(has_cover)..).unwrap_or_default();
    if !front.is_empty() {
        writer.begin(Section { first_page: Some(1), roman: true, ..Section::PLAIN });
        if !has_cover {
            report_title(writer, view);
        }
        parts(writer, front);
    }
    writer.begin(Section { first_page: Some(view.first_page), ..Section::PLAIN });
    if front.is_empty() && !has_cover {
        report_title(writer, view);
    }
    for (index, part) in view.chapters.iter().enumerate() {
        let breaks = index > 0 && (part.level == 0 || writer.begins_page(&part.anchor));
        chapter(writer, input, part, breaks);
    }
    if !view.back.is_empty() {
        writer.begin(Section { first_page: None, on_new_page: true, turned: false, ..writer.section() });
        parts(writer, &view.back);
    }
}

/// Each begins a page, but for sums that the page above has room for.
fn parts(writer: &mut Writer<'_>, list: &[PartView]) {
    for (index, part) in list.iter().enumerate() {
        let breaks = index > 0 && anchor_of(part).is_none_or(|anchor| writer.begins_page(anchor));
        if breaks && writer.section().columns == 1 && !writer.section().on_new_page {
            // Behind two columns the page goes on as it was.
            writer.begin(Section { on_new_page: true, ..writer.section() });
        }
        match part {
            PartView::Cover => {}
            PartView::Contents(part) => contents(writer, part, breaks),
            PartView::Summary(part) | PartView::Departments(part) => summary(writer, part, breaks),
            PartView::Index(part) => self::index(writer, part, breaks),
            PartView::Charts(part) => charts(writer, part, breaks),
        }
    }
}

fn chapter(writer: &mut Writer<'_>, input: &WordInput<'_>, view: &ChapterView<String>, breaks: bool) {
    chapter_front(writer, view, &input.view.list_columns, (breaks, input.view.has_nested_chapters));
    if writer.look.list == ListShapeView::Wide {
        return;
    }
    for (index, path) in view.programs.iter().enumerate() {
        program_of(writer, input, path, index == 0 && breaks_below_list(writer, input, view));
    }
}

/// Where programs begin a page below their list.
fn breaks_below_list(writer: &Writer<'_>, input: &WordInput<'_>, chapter: &ChapterView<String>) -> bool {
    let each = writer.look.arrangement == ArrangementView::PageEach;
    writer.look.list == ListShapeView::List && (!goes_on(writer, chapter, input.view.has_nested_chapters) || each)
}

/// A program begins a page where it does so in the official PDF.
fn program_of(writer: &mut Writer<'_>, input: &WordInput<'_>, path: &str, breaks: bool) {
    if let Some(view) = input.programs.get(path) {
        let breaks = breaks || writer.begins_page(&view.anchor);
        program(writer, view, breaks);
    }
}

fn pages_of(writer: &mut Writer<'_>, input: &WordInput<'_>, excerpt: &ExcerptView<String>) {
    for run in &excerpt.runs {
        writer.begin(Section { first_page: Some(run.first_page), ..Section::PLAIN });
        if run.has_title {
            report_title(writer, input.view);
        }
        run_of_pages(writer, input, run);
    }
}

/// Where a chapter begins on one of these pages, its head is printed too.
fn run_of_pages(writer: &mut Writer<'_>, input: &WordInput<'_>, run: &RunView<String>) {
    let nested = input.view.has_nested_chapters;
    let fronts = |writer: &mut Writer<'_>, before: usize| {
        for place in run.chapters.iter().filter(|place| place.before == before) {
            if let Some(chapter) = input.view.chapters.iter().find(|chapter| chapter.anchor == place.anchor) {
                let breaks = writer.begins_page(&chapter.anchor);
                chapter_front(writer, chapter, &input.view.list_columns, (breaks, nested));
            }
        }
    };
    for (index, path) in run.programs.iter().enumerate() {
        fronts(writer, index);
        if writer.look.list != ListShapeView::Wide {
            program_of(writer, input, path, false);
        }
    }
    fronts(writer, run.programs.len());
}
