//! Paragraphs, numbered items, bullets, notes and sub-heads of one text, each hung at the text that it belongs to.

use docx_rs::{Paragraph, SpecialIndentType};

use super::lists::Hang;
use super::look::{ems, twips};
use super::styles::{BODY, CELL, LIST, NOTE, heading};
use super::text::{faulty, run, said};
use super::writer::Writer;
use crate::view::{BlockKind, BlockView};

/// A text on the page. `sub_level`: of the headings that ○ becomes.
pub(super) fn prose(writer: &mut Writer<'_>, blocks: &[BlockView], sub_level: usize) -> Vec<Paragraph> {
    let mut texts: Vec<f64> = Vec::new();
    let size = writer.look.body;
    let mut made = Vec::new();
    for block in blocks {
        texts.truncate(block.level);
        let base = texts.last().copied().unwrap_or(0.0);
        let hangs = block.level > 0;
        let shade = faulty(block.faulty);
        let paragraph = match block.kind {
            BlockKind::Paragraph if !hangs => {
                texts.push(0.0);
                said(BODY, &block.text, shade)
            }
            BlockKind::Paragraph => {
                texts.push(base);
                let indent = SpecialIndentType::FirstLine(twips(size));
                said(LIST, &block.text, shade).indent(Some(twips(base)), Some(indent), None, None)
            }
            BlockKind::Subheading => {
                texts.push(0.0);
                let paragraph = Paragraph::new().style(&heading(sub_level));
                let hang = plain_hang((ems(&block.marker) + 0.5) * size, true);
                writer.item(paragraph, &block.marker, hang, shade).add_run(run(&block.text, shade))
            }
            BlockKind::Item | BlockKind::Bullet | BlockKind::Note => {
                let hang = hang_of(block, base, size);
                texts.push(hang.text);
                let paragraph = Paragraph::new().style(LIST);
                writer.item(paragraph, &block.marker, hang, shade).add_run(run(&block.text, shade))
            }
        };
        made.push(paragraph);
    }
    made
}

fn plain_hang(width: f64, gothic: bool) -> Hang {
    Hang { text: width, marker: width, at_right: false, gothic, glued: false }
}

/// Numbers stand at the right of a column of their own, so that (9) and (10) hang alike; ・ and ※ have their blank within them.
fn hang_of(block: &BlockView, base: f64, size: f64) -> Hang {
    if block.kind == BlockKind::Item {
        return Hang { text: base + 2.5 * size, marker: 0.5 * size, at_right: true, gothic: false, glued: false };
    }
    let indent = if block.level == 0 { 1.0 } else { 0.0 };
    let text = base + indent * size;
    hung(&block.marker, text, size)
}

/// A marker that begins at `start`
fn hung(marker: &str, start: f64, size: f64) -> Hang {
    let glued = matches!(marker, "・" | "※");
    let width = (ems(marker) + if glued { 0.0 } else { 0.5 }) * size;
    Hang { text: start + width, marker: width, at_right: false, gothic: false, glued }
}

/// A text in a cell, or the notes under a table: nothing is indented but what hangs.
pub(super) fn small_prose(writer: &mut Writer<'_>, style: &str, blocks: &[BlockView], size: f64) -> Vec<Paragraph> {
    let mut texts: Vec<f64> = Vec::new();
    let mut made = Vec::new();
    for block in blocks {
        texts.truncate(block.level);
        let base = texts.last().copied().unwrap_or(0.0);
        let shade = faulty(block.faulty);
        let paragraph = Paragraph::new().style(style);
        let paragraph = if block.marker.is_empty() {
            texts.push(base);
            let paragraph = if base > 0.0 { paragraph.indent(Some(twips(base)), None, None, None) } else { paragraph };
            paragraph.add_run(run(&block.text, shade))
        } else {
            let hang = hung(&block.marker, base, size);
            texts.push(hang.text);
            writer.item(paragraph, &block.marker, hang, shade).add_run(run(&block.text, shade))
        };
        made.push(paragraph);
    }
    made
}

pub(super) fn cell_prose(writer: &mut Writer<'_>, blocks: &[BlockView], size: f64) -> Vec<Paragraph> {
    small_prose(writer, CELL, blocks, size)
}

/// ※ lines under a table
pub(super) fn notes(writer: &mut Writer<'_>, notes: &[BlockView]) {
    let size = writer.look.table;
    let mut made = small_prose(writer, NOTE, notes, size);
    if let Some(first) = made.first_mut() {
        *first = with_blank_above(writer, first.clone());
    }
    writer.add_all(made);
}

/// Texts of notes without their mark
pub(super) fn note_texts(writer: &mut Writer<'_>, texts: &[String]) {
    let block = |text: &String| BlockView {
        kind: BlockKind::Note,
        marker: "※".to_string(),
        level: 0,
        text: text.trim_start_matches('※').to_string(),
        faulty: false,
    };
    notes(writer, &texts.iter().map(block).collect::<Vec<_>>());
}

fn with_blank_above(writer: &Writer<'_>, paragraph: Paragraph) -> Paragraph {
    let look = &writer.look;
    let line = docx_rs::LineSpacing::new()
        .before(u32::try_from(twips(0.25 * look.pitch)).unwrap_or(0))
        .line(twips(look.table_line(look.table)))
        .line_rule(docx_rs::LineSpacingType::Exact);
    paragraph.line_spacing(line)
}
