//! Rows of a Word table as they are seen: merged cells that begin nowhere, columns in which no cell begins.

use super::document::{Cell, Merged};
use super::word_around::{DELETED, HIDDEN_ROW};
use super::word_xml::WordElement;
use crate::xml::Element;

/// In the first row no cell goes on from above, and in the first place none from the left. What a cell keeps that goes
/// on is not seen.
pub(super) fn clear_unfounded(rows: &mut [Vec<Cell>]) {
    for cell in rows.iter_mut().take(1).flatten().filter(|cell| cell.merged == Merged::Up) {
        cell.merged = Merged::No;
    }
    for cell in rows.iter_mut().filter_map(|row| row.first_mut()).filter(|cell| cell.merged == Merged::Left) {
        cell.merged = Merged::No;
    }
    for cell in rows.iter_mut().flatten().filter(|cell| cell.merged != Merged::No) {
        cell.text.clear();
    }
}

/// A column in which no cell begins is only there because others are merged over it.
pub(super) fn remove_idle(rows: &mut [Vec<Cell>]) {
    let width = rows.first().map_or(0, Vec::len);
    let is_idle = |column: &usize| {
        let mut cells = rows.iter().filter_map(|row| row.get(*column)).peekable();
        cells.peek().is_some() && cells.all(|cell| cell.merged == Merged::Left)
    };
    let idle: Vec<usize> = (0..width).filter(is_idle).collect();
    for row in rows.iter_mut() {
        let mut column = 0;
        row.retain(|_| {
            column += 1;
            !idle.contains(&(column - 1))
        });
    }
}

/// How a row is taken out of its table
pub(super) fn taken_out(row: &Element) -> Option<&'static str> {
    let is = |name: &str| row.child("trPr").and_then(|properties| properties.switch(name)) == Some(true);
    let ways = [("del", DELETED), ("hidden", HIDDEN_ROW)];
    ways.iter().find(|(name, _)| is(name)).map(|(_, how)| *how)
}

/// Columns that a cell takes, as far as Word allows them.
pub(super) fn count(properties: &Element, name: &str, otherwise: usize) -> usize {
    properties.value(name).and_then(|text| text.parse().ok()).unwrap_or(otherwise).min(63)
}
