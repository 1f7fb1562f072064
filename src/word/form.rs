//! What an office's own form brings: fields below a head, a choice, grades.

use docx_rs::Paragraph;

use super::look::ems;
use super::styles::CHOICE;
use super::tables::{Cell, Grid, table};
use super::text::{PLAIN, faulty, run};
use super::writer::Writer;
use crate::view::{FieldView, GradeView};

/// Reasons longer than this begin at the top of their cell.
const LONG: usize = 300;

/// A label is as wide as the widest of them, but leaves the value more than half. In em of tables.
fn label_width<'a>(labels: impl Iterator<Item = &'a String>) -> f64 {
    labels.map(|label| ems(label)).fold(5.0, f64::max).min(10.4) + 1.6
}

pub(super) fn fields(writer: &mut Writer<'_>, list: &[FieldView]) {
    if list.is_empty() {
        return;
    }
    let label = label_width(list.iter().map(|field| &field.label)) * writer.look.table;
    let widths = [label, writer.look.width - label];
    let row =
        |field: &FieldView| vec![Cell::said(&field.label, PLAIN).grey(), Cell::said(&field.text, faulty(field.faulty))];
    let grid = Grid::new(&writer.look, &widths, list.iter().map(row).collect());
    let made = table(&writer.look, grid);
    writer.add_table(made);
}

/// The choice stands in a line of its own, and its reasons below it.
pub(super) fn choice(writer: &mut Writer<'_>, choice: &str) {
    if !choice.is_empty() {
        writer.add(Paragraph::new().style(CHOICE).add_run(run(choice, faulty(choice == "〓"))));
    }
}

pub(super) fn grades(writer: &mut Writer<'_>, rows: &[GradeView]) {
    if rows.is_empty() {
        return;
    }
    let size = writer.look.table;
    let label = label_width(rows.iter().map(|row| &row.criterion)) * size;
    let most = rows.iter().map(|row| ems(&row.grade)).fold(3.0, f64::max);
    let grade = (most + 1.6).min(11.0) * size;
    let widths = [label, grade, writer.look.width - label - grade];
    let short = most <= 4.0;
    let row = |row: &GradeView| {
        let is_long = row.reason.chars().count() > LONG;
        let graded = if short { Cell::centred } else { Cell::said };
        let cells = vec![
            Cell::said(&row.criterion, PLAIN),
            graded(&row.grade, faulty(row.faulty)),
            Cell::said(&row.reason, PLAIN),
        ];
        if is_long { cells.into_iter().map(Cell::at_top).collect() } else { cells }
    };
    let head = vec![Cell::head("観点"), Cell::head("評価"), Cell::head("理由")];
    let grid = Grid::new(&writer.look, &widths, std::iter::once(head).chain(rows.iter().map(row)).collect());
    let made = table(&writer.look, grid);
    writer.add_table(made);
}
