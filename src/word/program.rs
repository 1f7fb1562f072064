//! The page of one program: its band, its sections, its departments.

use docx_rs::{Paragraph, Shading};

use super::form::{choice, fields, grades};
use super::indicators::indicators;
use super::lists::Hang;
use super::look::{GREY, half_points, twips};
use super::pictures::photos;
use super::prose::prose;
use super::styles::{AMOUNT, DEPARTMENTS, FAULT, heading};
use super::text::{PLAIN, Shade, faulty, run, said};
use super::writer::{Section, Writer};
use crate::syntax::Shape;
use crate::view::{ProgramView, SectionView};

/// `breaks`: it begins a page.
pub(super) fn program(writer: &mut Writer<'_>, view: &ProgramView, breaks: bool) {
    writer.upright();
    band(writer, view, breaks);
    faults(writer, &view.faults);
    fields(writer, &view.fields);
    let head = writer.levels.heads();
    for part in &view.sections {
        section(writer, part, head);
    }
    let departments = view.departments.iter().map(|line| said(DEPARTMENTS, line, faulty(view.departments_faulty)));
    writer.add_all(departments.collect());
}

/// No., name and 事業費. The name is a heading, so that it stands in Word's outline and in 目次; 事業費 has a line of its own.
fn band(writer: &mut Writer<'_>, view: &ProgramView, breaks: bool) {
    let size = writer.look.zoomed(12.0);
    let width = 2.6 * writer.look.body;
    let hang = Hang { text: width, marker: width, at_right: false, gothic: true, glued: false };
    let breaks = breaks && !writer.is_at_start();
    let above = if breaks || writer.is_at_start() { 0.0 } else { 1.1 * writer.look.pitch };
    let line = docx_rs::LineSpacing::new()
        .before(u32::try_from(twips(above)).unwrap_or(0))
        .after(0)
        .line(twips(1.6 * size))
        .line_rule(docx_rs::LineSpacingType::Exact);
    let paragraph = Paragraph::new().style(&heading(view.level + 2)).page_break_before(breaks).line_spacing(line);
    let mut paragraph = writer.item(paragraph, &view.no, hang, PLAIN);
    paragraph.property = paragraph.property.shading(Shading::new().fill(GREY));
    let shade = Shade { size: Some(half_points(size)), ..PLAIN };
    let name = if view.name.is_empty() { "〓" } else { &view.name };
    let paragraph = writer.marked(paragraph, &view.anchor, run(name, shade));
    writer.add(paragraph);
    if !view.amount.is_empty() {
        writer.add(said(AMOUNT, &view.amount, faulty(view.amount_faulty)));
    }
}

pub(super) fn faults(writer: &mut Writer<'_>, list: &[String]) {
    writer.add_all(list.iter().map(|fault| said(FAULT, fault, PLAIN)).collect());
}

/// A head inside a chapter or program
pub(super) fn subheading(writer: &mut Writer<'_>, text: &str, level: usize) {
    if !text.is_empty() {
        writer.add(said(&heading(level), text, PLAIN));
    }
}

/// A section of a program or chapter. A table too wide for the page stands on pages of its own, turned sideways.
pub(super) fn section(writer: &mut Writer<'_>, view: &SectionView, level: usize) {
    let turns = |turned: bool| turned && writer.look.turns();
    let goes_along = view.blocks.is_empty() && view.tables.first().is_some_and(|table| turns(table.turned));
    let turned: Vec<bool> = view.tables.iter().map(|table| turns(table.turned)).collect();
    if !goes_along {
        writer.upright();
        subheading(writer, &view.heading, level);
    }
    choice(writer, &view.choice);
    let blocks = prose(writer, &view.blocks, level + 1);
    writer.add_all(blocks);
    grades(writer, &view.grades);
    let plain = Section { first_page: None, on_new_page: true, ..writer.section() };
    for (index, (table, is_turned)) in view.tables.iter().zip(turned).enumerate() {
        if is_turned != writer.section().turned {
            writer.begin(Section { turned: is_turned, ..plain });
        }
        if index == 0 && goes_along {
            subheading(writer, &view.heading, level);
        }
        indicators(writer, table);
    }
    if !view.photos.is_empty() {
        writer.upright();
        photos(writer, &view.photos, view.kind.0.spec().shape == Shape::Case);
    }
}
