//! One chapter: its heading, 【取組の概要】, its list and its programs, or all that there is of them as one wide table.

use docx_rs::Paragraph;

use super::form::fields;
use super::list::{list_heading, program_list, wide_table};
use super::lists::Hang;
use super::look::ems;
use super::program::{faults, section, subheading};
use super::prose::prose;
use super::styles::heading;
use super::text::{PLAIN, run};
use super::writer::Writer;
use crate::view::{ArrangementView, ChapterView, ListColumnView, ListShapeView};

/// Chapters in chapters, and all of them where a page ends only where it must, begin no page for their list or their programs.
pub(super) fn goes_on(writer: &Writer<'_>, chapter: &ChapterView<String>, is_nested: bool) -> bool {
    chapter.level > 0 || is_nested || writer.look.arrangement == ArrangementView::Continuous
}

/// What stands before the programs of a chapter. `breaks`: it begins a page.
pub(super) fn chapter_front(
    writer: &mut Writer<'_>,
    chapter: &ChapterView<String>,
    columns: &[ListColumnView],
    (breaks, is_nested): (bool, bool),
) {
    writer.upright();
    chapter_heading(writer, chapter, breaks);
    faults(writer, &chapter.faults);
    fields(writer, &chapter.fields);
    let level = writer.levels.heads();
    let overview = chapter.overview.as_ref().filter(|overview| !overview.blocks.is_empty());
    if let Some(overview) = overview {
        subheading(writer, &overview.heading, level);
        let blocks = prose(writer, &overview.blocks, level + 1);
        writer.add_all(blocks);
    }
    for part in &chapter.sections {
        section(writer, part, level);
    }
    let shape = writer.look.list;
    let Some(list) = chapter.list.as_ref().filter(|_| shape != ListShapeView::None) else { return };
    writer.upright();
    let is_said = overview.is_some() || !chapter.sections.is_empty();
    let breaks = is_said && !goes_on(writer, chapter, is_nested) && shape == ListShapeView::List;
    list_heading(writer, list, breaks);
    if shape == ListShapeView::Wide {
        wide_table(writer, list, columns, chapter.level + 2);
    } else {
        program_list(writer, list, columns);
    }
}

fn chapter_heading(writer: &mut Writer<'_>, chapter: &ChapterView<String>, breaks: bool) {
    let breaks = breaks && !writer.is_at_start();
    let paragraph = Paragraph::new().style(&heading(chapter.level + 1)).page_break_before(breaks);
    let sizes = [14.0, 13.0, 12.0, 11.0];
    let size = writer.look.zoomed(sizes.get(chapter.level).copied().unwrap_or(11.0));
    let width = (ems(&chapter.number) + 0.6) * size;
    let hang = Hang { text: width, marker: width, at_right: false, gothic: true, glued: false };
    let paragraph = writer.item(paragraph, &chapter.number, hang, PLAIN);
    let title = if chapter.title.is_empty() { "〓" } else { &chapter.title };
    let paragraph = writer.marked(paragraph, &chapter.anchor, run(title, PLAIN));
    writer.add(paragraph);
}
