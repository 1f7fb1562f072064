//! A table that the form declares: each figure goes to the column that is now of its year, and a column for which there is
//! none is left open. What the form calls rows, units and remarks stays.

use super::Rollover;
use super::draft::Draft;
use super::table::{Above, Cells};
use crate::model::{DeclaredRow, DeclaredTable, FiscalYear, Indicator, PLACEHOLDER};
use crate::source::Span;
use crate::syntax::chars::{is_digit, is_no_value};
use crate::syntax::{LineKind, Section};

/// A table on its way.
struct Move<'a> {
    declared: &'a DeclaredTable,
    current: FiscalYear,
    /// The columns in which the cells of the row at hand stand
    places: Vec<usize>,
    /// Which row of the form it is
    row: Option<DeclaredRow>,
    /// Something was typed that stands in no column any more, and in no older report.
    has_lost: bool,
}

impl Rollover<'_> {
    pub(super) fn move_declared(
        &self,
        draft: &mut Draft<'_>,
        section: &Section,
        table: &Indicator,
        declared: &DeclaredTable,
    ) {
        let typed = |span: Span| table.rows.iter().find(|row| row.span == span && !row.is_written);
        // What stands above the first row is a head that came with a paste.
        let is_row = |kind: &LineKind| matches!(kind, LineKind::Row { .. } | LineKind::Label { .. });
        let first = section.lines.iter().find(|line| is_row(&line.kind) && typed(line.span).is_some());
        let start = first.map_or(usize::MAX, |line| line.span.start);
        let mut moving = Move { declared, current: self.current, places: Vec::new(), row: None, has_lost: false };
        let old_notes = self.walk_table(draft, section, |draft, met| match met {
            Cells::Row { line, cells, .. } if line.start < start => {
                self.move_heads(draft, cells);
                Above::Other
            }
            Cells::Row { line, cells, .. } => {
                moving.row = typed(line).and_then(|row| row.declared);
                moving.move_row(draft, cells)
            }
            Cells::More { line, cells } => moving.move_more(draft, line, cells),
        });
        let lost = if moving.has_lost { draft.lines_of(section) } else { old_notes };
        if !lost.is_empty() {
            draft.add_memo(section, &lost);
        }
    }
}

impl Move<'_> {
    fn move_row(&mut self, draft: &mut Draft<'_>, cells: &[Span]) -> Above {
        let Some((label, typed)) = cells.split_first() else { return Above::Other };
        draft.keep_title(*label, self.current);
        if let [only] = typed
            && self.has_several_values()
            && self.declared.counts_for_all(draft.text(*only))
        {
            return self.move_lone(draft, cells, *only);
        }
        let texts: Vec<&str> = typed.iter().map(|cell| draft.text(*cell)).collect();
        let Some(places) = self.declared.places(&texts) else {
            self.open_faulty(draft, cells);
            return Above::Old;
        };
        self.places = places;
        let moved = self.moved(draft, typed);
        draft.replace_cells(cells, &moved);
        Above::Row
    }

    fn has_several_values(&self) -> bool {
        let typed = self.declared.typed_columns();
        typed.iter().filter(|column| self.declared.is_value(**column)).count() > 1
    }

    /// — for all columns says that the row does not apply, and stays. A 0 was counted in its years.
    fn move_lone(&mut self, draft: &mut Draft<'_>, cells: &[Span], only: Span) -> Above {
        let text = draft.text(only).to_string();
        if is_no_value(&text) {
            return Above::Other;
        }
        let typed = self.declared.typed_columns();
        let values: Vec<usize> = typed.into_iter().filter(|column| self.declared.is_value(*column)).collect();
        self.note_lost(values.iter().copied());
        let is_carried = |column: usize| self.source(column).is_some();
        let moved: Vec<String> =
            values.iter().map(|column| if is_carried(*column) { text.clone() } else { String::new() }).collect();
        draft.replace_cells(cells, &moved);
        Above::Old
    }

    /// A row whose cells are too few or too many was reported: nobody knows of which year they are.
    fn open_faulty(&mut self, draft: &mut Draft<'_>, cells: &[Span]) {
        self.has_lost = true;
        let typed = cells.get(1..).unwrap_or_default();
        let front = self.declared.table.front.len();
        let count = self.declared.typed_columns().len() - self.declared.columns_behind();
        let text = |place: usize| typed.get(place).map_or("", |cell| draft.text(*cell));
        let is_word = |text: &str| !text.contains(is_digit);
        let moved: Vec<String> = (0..count)
            .map(|place| {
                Some(text(place)).filter(|text| place < front && is_word(text)).unwrap_or_default().to_string()
            })
            .collect();
        draft.replace_cells(cells, &moved);
    }

    /// What goes on in the cells of the row above; a line of which nothing is left goes.
    fn move_more(&mut self, draft: &mut Draft<'_>, line: Span, cells: &[Span]) -> Above {
        let Some((label, typed)) = cells.split_first() else { return Above::Row };
        let mut moved = self.moved(draft, typed);
        while moved.len() > typed.len() && moved.last().is_some_and(String::is_empty) {
            moved.pop();
        }
        if draft.text(*label).is_empty() && moved.iter().all(String::is_empty) {
            draft.delete_line(line);
        } else {
            draft.replace_cells(cells, &moved);
        }
        Above::Row
    }

    /// The cells of a line in the columns of the next year: as many as there were, and as a value behind them needs.
    fn moved(&mut self, draft: &mut Draft<'_>, typed: &[Span]) -> Vec<String> {
        let text = |place: usize| typed.get(place).map_or("", |cell| draft.text(*cell));
        let is_filled = |place: &usize| !matches!(text(*place), "" | "↑" | PLACEHOLDER);
        let columns = self.places.clone();
        let filled: Vec<usize> = (0..typed.len()).filter(is_filled).collect();
        self.note_lost(filled.iter().filter_map(|place| columns.get(*place).copied()));
        let place_of = |column: usize| columns.iter().position(|other| *other == column);
        let last = filled
            .iter()
            .filter_map(|place| place_of(self.declared.column_next_year(*columns.get(*place)?, self.row)?));
        let count = last.map(|place| place + 1).max().unwrap_or(0).max(typed.len());
        let moved: Vec<String> = (0..count)
            .map(|place| {
                let source = columns.get(place).and_then(|column| self.source(*column)).and_then(place_of);
                match source {
                    Some(source) => text(source),
                    // A cell that is shared with the one above stays so.
                    None if text(place) == "↑" => "↑",
                    None => "",
                }
                .to_string()
            })
            .collect();
        for (place, cell) in typed.iter().enumerate() {
            if columns.get(place).is_some_and(|column| !self.declared.is_value(*column)) {
                draft.keep_title(*cell, self.current);
            }
        }
        moved
    }

    /// The old column from which one takes its values.
    fn source(&self, column: usize) -> Option<usize> {
        let all = 0..self.declared.columns.len();
        all.into_iter().find(|old| self.declared.column_next_year(*old, self.row) == Some(column))
    }

    fn note_lost(&mut self, columns: impl IntoIterator<Item = usize>) {
        let (declared, row) = (self.declared, self.row);
        let is_lost =
            |column: usize| declared.column_next_year(column, row).is_none() && !declared.stood_before(column);
        self.has_lost |= columns.into_iter().any(is_lost);
    }
}
