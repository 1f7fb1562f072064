//! 表紙 and 目次.

use docx_rs::{
    AlignmentType, BorderType, LineSpacing, LineSpacingType, Paragraph, ParagraphBorder, ParagraphBorderPosition,
    ParagraphBorders, SpecialIndentType, Tab, TabValueType,
};

use super::fields::{contents_line, in_contents};
use super::look::{BLACK, HEAVY_RULE, Look, ems, half_points, plain_twips, twips};
use super::styles::{CONTENTS_HEADING, COVER, NOTHING, TITLE, contents as contents_style, heading};
use super::text::{PLAIN, Shade, run, said, tab};
use super::writer::Writer;
use crate::view::{ContentsView, EntryKind, PartView, View};

/// How far apart the lines of 目次 are, in em, and how close they may come
const USUAL_GAP: f64 = 0.75;
const CLOSEST_GAP: f64 = 0.33;
/// What stands above them, in em
const HEAD: f64 = 5.0;

/// The title of the report above what comes first, where there is no cover.
pub(super) fn report_title<P>(writer: &mut Writer<'_>, view: &View<P>) {
    let title = if view.title.is_empty() { "〓" } else { &view.title };
    writer.add(said(TITLE, title, PLAIN));
}

pub(super) fn cover<P>(writer: &mut Writer<'_>, view: &View<P>) {
    let look = writer.look.clone();
    let size = look.zoomed(24.0);
    let unsigned = |length: f64| u32::try_from(plain_twips(length)).unwrap_or(0);
    writer.add(cover_rule(0.2 * look.height));
    let title = if view.title.is_empty() { "〓" } else { &view.title };
    // Lines of about the same length
    let whole = ems(title) * size;
    let lines = (whole / look.width).ceil().max(1.0);
    let side = twips(((look.width - whole / lines) / 2.0 - 0.7 * size).max(0.0));
    let spacing = LineSpacing::new().before(unsigned(1.4 * look.pitch)).after(0);
    let spacing = spacing.line(twips(1.6 * size)).line_rule(LineSpacingType::Exact);
    let mut paragraph = Paragraph::new().style(TITLE).align(AlignmentType::Center).line_spacing(spacing);
    paragraph = paragraph.indent(Some(side), None, Some(side), None);
    paragraph.property =
        paragraph.property.set_borders(ParagraphBorders::with_empty().clear(ParagraphBorderPosition::Bottom));
    writer.add(paragraph.add_run(run(title, Shade { size: Some(half_points(size)), ..PLAIN })));
    writer.add(cover_rule(look.pitch));
    // The first of them stands far below the title.
    let mut above = 0.32 * look.height;
    let mut line = |writer: &mut Writer<'_>, text: &str, size: f64| {
        let spacing =
            LineSpacing::new().before(unsigned(above)).line(twips(1.6 * size)).line_rule(LineSpacingType::Exact);
        above = 1.4 * look.body;
        let shade = Shade { size: Some(half_points(size)), ..PLAIN };
        writer.add(said(COVER, text, shade).line_spacing(spacing));
    };
    if let Some(date) = &view.date {
        line(writer, &date.label, look.zoomed(14.0));
    }
    if !view.publisher.is_empty() {
        line(writer, &view.publisher, look.zoomed(18.0));
    }
}

/// A heavy rule, so far below what stands above it
fn cover_rule(before: f64) -> Paragraph {
    let rule = ParagraphBorder::new(ParagraphBorderPosition::Bottom);
    let rule = rule.val(BorderType::Single).size(HEAVY_RULE).color(BLACK);
    let before = u32::try_from(plain_twips(before)).unwrap_or(0);
    let spacing = LineSpacing::new().before(before).line(20).line_rule(LineSpacingType::Exact);
    let mut paragraph = Paragraph::new().style(NOTHING).line_spacing(spacing);
    paragraph.property = paragraph.property.set_borders(ParagraphBorders::with_empty().set(rule));
    paragraph
}

/// The heading of a part. `breaks`: it begins a page.
pub(super) fn part_heading(writer: &mut Writer<'_>, (text, anchor): (&str, &str), breaks: bool) {
    let breaks = breaks && !writer.is_at_start();
    let paragraph = Paragraph::new().style(&heading(1)).page_break_before(breaks);
    let paragraph = writer.marked(paragraph, anchor, run(text, PLAIN));
    writer.add(paragraph);
}

pub(super) fn contents(writer: &mut Writer<'_>, view: &ContentsView, breaks: bool) {
    let breaks = breaks && !writer.is_at_start();
    let paragraph = Paragraph::new().style(CONTENTS_HEADING).page_break_before(breaks);
    let paragraph = writer.marked(paragraph, &view.anchor, run(&view.heading, PLAIN));
    writer.add(paragraph);
    let lines = view.entries.iter().map(|entry| {
        let is_bold = entry.kind != EntryKind::Program && entry.level == 1;
        let shade = Shade { gothic: entry.kind != EntryKind::Program, ..PLAIN };
        let text = |text: &str| if is_bold { run(text, shade).bold() } else { run(text, shade) };
        let number = (!entry.number.is_empty()).then(|| [text(&entry.number), tab()]);
        let runs = number.into_iter().flatten().chain([text(&entry.title)]).collect();
        let indent = 1.2 * writer.look.body * f64::from(u8::try_from(entry.level.saturating_sub(1)).unwrap_or(0));
        let mut paragraph = Paragraph::new().style(&contents_style(entry.level));
        if entry.number.is_empty() {
            // Its title begins where others have their number.
            paragraph = paragraph.indent(Some(twips(indent)), Some(SpecialIndentType::FirstLine(0)), None, None);
            let behind = if entry.level == 1 { 2.0 } else { 2.7 } * writer.look.body;
            paragraph = paragraph.add_tab(Tab::new().val(TabValueType::Clear).pos(plain_twips(indent + behind)));
        }
        contents_line(paragraph, runs, &entry.anchor, writer.page(&entry.anchor))
    });
    let lines: Vec<Paragraph> = lines.collect();
    writer.add_all(in_contents(lines, writer.levels.deepest()));
}

/// From one line of 目次 to the next, in pt: closer than usual where that saves a page with a few lines on it, as in the official PDF.
pub(super) fn contents_pitch<P>(look: &Look, view: &View<P>) -> f64 {
    let mut parts = view.front.iter().chain(&view.back);
    let entries = parts.find_map(|part| match part {
        PartView::Contents(contents) => Some(&contents.entries),
        PartView::Cover
        | PartView::Summary(_)
        | PartView::Departments(_)
        | PartView::Index(_)
        | PartView::Charts(_) => None,
    });
    let Some(entries) = entries else { return look.pitch };
    let room = (look.width / look.body - 5.0).max(10.0);
    let lines: f64 = entries.iter().map(|entry| 1.0 + (ems(&entry.title) / room).floor()).sum();
    let ems_of_page = look.height / look.body - HEAD;
    let pages = (lines * (1.0 + USUAL_GAP) / ems_of_page).ceil();
    let gap = ems_of_page * (pages - 1.0) / lines - 1.0;
    if pages > 1.0 && gap >= CLOSEST_GAP { look.body * (1.0 + gap) } else { look.pitch }
}
