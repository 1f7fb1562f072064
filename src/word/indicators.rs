//! A table of indicators or of an office's form: caption, unit, head of one row or two, merged and nested cells, notes.

use docx_rs::AlignmentType;

use super::prose::notes;
use super::styles::{CAPTION, CELL, UNIT};
use super::tables::{Cell, Grid, indented, table};
use super::text::{PLAIN, faulty, said};
use super::writer::Writer;
use crate::view::{Align, CellView, ColumnView, TableView};

/// Rows of a table that a page easily holds
const SHORT: usize = 12;

pub(super) fn indicators(writer: &mut Writer<'_>, view: &TableView) {
    if view.rows.is_empty() || view.columns.is_empty() {
        return;
    }
    if !view.caption.is_empty() {
        writer.add(said(CAPTION, &view.caption, PLAIN));
    }
    if !view.unit.is_empty() {
        writer.add(said(UNIT, &view.unit, PLAIN));
    }
    let widths = widths(view, writer.width());
    let size = view.size * writer.look.table;
    let rows = heads(view)
        .into_iter()
        .chain(view.rows.iter().map(|row| row.cells.iter().map(|cell| body(cell, size)).collect()));
    let inset = 0.5 * view.inset * writer.look.table;
    // A short table is not parted.
    let foot = if view.rows.len() <= SHORT { view.rows.len() } else { 0 };
    let grid = Grid { size, inset, foot, ..Grid::new(&writer.look, &widths, rows.collect()) };
    let made = table(&writer.look, grid);
    writer.add_table(made);
    notes(writer, &view.notes);
}

/// Two label columns share the first width.
fn widths(view: &TableView, whole: f64) -> Vec<f64> {
    let mut shares = view.columns.iter().map(|column| column.width * whole);
    let first = shares.next().unwrap_or(whole);
    let labels = if view.label_columns == 2 { vec![0.46 * first, 0.54 * first] } else { vec![first] };
    labels.into_iter().chain(shares).collect()
}

fn heads(view: &TableView) -> Vec<Vec<Cell>> {
    let Some((first, values)) = view.columns.split_first() else { return Vec::new() };
    let head = |column: &ColumnView| Cell::head(&column.label);
    if view.groups.is_empty() {
        return vec![std::iter::once(head(first).over(view.label_columns, 1)).chain(values.iter().map(head)).collect()];
    }
    let (mut upper, mut lower) = (vec![head(first).over(view.label_columns, 2)], Vec::new());
    let mut rest = values;
    for group in &view.groups {
        let (own, behind) = rest.split_at(group.columns.min(rest.len()));
        rest = behind;
        if group.label.is_empty() {
            upper.extend(own.iter().map(|column| head(column).over(1, 2)));
        } else {
            upper.push(Cell::head(&group.label).over(group.columns, 1));
            lower.extend(own.iter().map(head));
        }
    }
    vec![upper, lower]
}

fn body(cell: &CellView, size: f64) -> Cell {
    let paragraph = said(CELL, &cell.text, faulty(cell.faulty));
    let paragraph = match cell.align {
        Align::Left => paragraph,
        Align::Center => paragraph.align(AlignmentType::Center),
    };
    let level = f64::from(u8::try_from(cell.level).unwrap_or(u8::MAX));
    let is_padded = cell.pad_left > 0.0 || cell.pad_right > 0.0;
    let (left, right) = if is_padded { (cell.pad_left, cell.pad_right) } else { (level, 0.0) };
    Cell::of(vec![indented(paragraph, left * size, right * size)]).over(cell.colspan, cell.rowspan)
}
