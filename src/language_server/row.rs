//! In which cell of a table's row a place stands.

use std::ops::Range;

use super::sight::Sight;
use crate::model::parse_quantities;
use crate::syntax::Section;
use crate::syntax::chars::{is_bar, is_blank, is_bullet, is_plus};

/// A cell under the cursor.
pub(super) struct CellPlace {
    /// 0 for the label
    pub(super) column: usize,
    /// From its first character, or where that would be, to its last
    pub(super) cell: Range<usize>,
    /// What stands in it before the cursor
    pub(super) typed: String,
}

/// The cell of a byte in its line.
pub(super) fn cell_at(sight: &Sight<'_>, byte: usize) -> CellPlace {
    let line = sight.line_of(byte);
    let text = sight.text(line.clone());
    let separates: fn(char) -> bool = if text.contains(is_bar) { is_bar } else { |c| c == '\t' };
    let (before, after) = (sight.text(line.start..byte), sight.text(byte..line.end));
    let column = before.chars().filter(|c| separates(*c)).count();
    let start = before
        .rfind(separates)
        .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    let end = byte + after.find(separates).unwrap_or(after.len());
    let is_lead = |c: char| is_blank(c) || (column == 0 && (is_bullet(c) || is_plus(c)));
    let own = sight.text(line.start + start..end);
    let lead = own.len() - own.trim_start_matches(is_lead).len();
    let first = (line.start + start + lead).min(byte);
    let last = first + sight.text(first..end).trim_end_matches(is_blank).len();
    CellPlace { column, cell: first..last.max(byte), typed: sight.text(first..byte).to_string() }
}

/// The units of a column in the rows above a line, the nearest first.
pub(super) fn units_above(sight: &Sight<'_>, section: &Section, byte: usize, column: usize) -> Vec<String> {
    let own = sight.line_of(byte);
    let mut units: Vec<String> = Vec::new();
    let above = section.lines.iter().rev().filter(|line| line.span.end <= own.start);
    // Of the row itself: what counts in one year counts so in the next.
    let beside = section.lines.iter().filter(|line| own.start <= line.span.start && line.span.end <= own.end);
    let own_cells = beside
        .flat_map(|line| line.kind.cells())
        .copied()
        .skip(1)
        .filter(|cell| !(cell.start <= byte && byte <= cell.end));
    let above = above.filter_map(|line| line.kind.cells().get(column).copied());
    for cell in own_cells.chain(above) {
        for quantity in parse_quantities(sight.slice(cell)) {
            if !quantity.unit.is_empty() && !units.contains(&quantity.unit) {
                units.push(quantity.unit);
            }
        }
    }
    units
}
