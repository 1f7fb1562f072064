//! Tables of an office's file: forms with labels beside or above their values, lists of programs, indicators.

use super::document::{Cell, Merged, Table};
use super::draft::Indicators;
use super::heads::is_head;
use super::indicators::{self, Rows};
use super::meanings::Meaning;
use super::place::{place_of_cell, place_of_row};
use super::recognise::{Position, Recogniser};
use crate::syntax::SectionKind;
use crate::syntax::chars::is_digit;

impl Recogniser<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        if self.side_by_side(table) {
            return;
        }
        if let Some(head) = self.list_head(table) {
            for (index, row) in table.rows.iter().take(head).enumerate() {
                row.iter().for_each(|cell| self.note_unit(&cell.text));
                self.memo(&joined(row), &place_of_row(&table.place, index));
            }
            self.list(table, head);
            return;
        }
        let place = self.place(&table.place);
        let in_indicators = self.cursor.position == Position::Section(SectionKind::Indicators);
        let has_labels = table.rows.iter().any(|row| self.has_label(row));
        let has_head = table.rows.iter().any(|row| is_head(row, self.words));
        if has_head || (has_labels && !in_indicators) {
            self.form(table);
        } else if let Some(begun) = self.goes_on(table) {
            indicators::read_more(Rows { rows: &table.rows, place: &place, above: 0 }, begun);
        } else if has_labels {
            self.form(table);
        } else if in_indicators {
            self.indicators(&table.rows, table, 0);
        } else {
            for (index, row) in table.rows.iter().enumerate() {
                self.memo(&joined(row), &place_of_row(&table.place, index));
            }
            self.note_unknown("（見出しのない表）", &table.place);
        }
    }

    /// A table of indicators that a page parted.
    fn goes_on(&mut self, table: &Table) -> Option<&mut Indicators> {
        let width = table.rows.first().map_or(0, Vec::len);
        if self.cursor.position != Position::Section(SectionKind::Indicators) {
            return None;
        }
        let program = self.drafts.programs.last_mut().filter(|program| !program.closed)?;
        let last = program.tables.last_mut()?;
        (!last.columns.is_empty() && last.columns.len() + last.labels == width).then_some(last)
    }

    fn has_label(&self, row: &[Cell]) -> bool {
        row.iter().any(|cell| self.meaning(&cell.text).is_some())
    }

    fn indicators(&mut self, rows: &[Vec<Cell>], table: &Table, above: usize) {
        if let Some(head) = rows.first().filter(|row| is_head(row, self.words)) {
            let head = head.clone();
            head.iter().for_each(|cell| self.understood(&cell.text));
        }
        let place = self.place(&table.place);
        let read = indicators::read(Rows { rows, place: &place, above }, self.words, self.year);
        self.add_table(read, &place_of_row(&table.place, above));
    }

    /// Rows with labels and their values, in which a table of indicators may stand.
    fn form(&mut self, table: &Table) {
        let mut index = 0;
        let mut label: Option<(Meaning, String)> = None;
        while let Some(row) = table.rows.get(index) {
            let rest = table.rows.get(index..).unwrap_or_default();
            let block = self.block_of_indicators(rest);
            if block > 0 {
                let inner: Vec<Vec<Cell>> =
                    rest.iter().take(block).map(|row| row.iter().skip(1).cloned().collect()).collect();
                self.understood(row.first().map_or("", |cell| cell.text.as_str()));
                self.indicators(&inner, table, index);
                index += block;
                continue;
            }
            if is_head(row, self.words) {
                let end =
                    rest.iter().skip(1).position(|row| self.ends_indicators(row)).map_or(rest.len(), |end| end + 1);
                let is_decoration = row.iter().all(|cell| cell.text.is_empty() || self.column(&cell.text).is_some());
                if end > 1 || !is_decoration {
                    self.indicators(rest.get(..end).unwrap_or_default(), table, index);
                } else {
                    row.iter().for_each(|cell| self.understood(&cell.text));
                }
                index += end;
                continue;
            }
            let costs = self.costs(table, index);
            if costs > 0 {
                label = None;
                index += costs;
                continue;
            }
            if let Some(below) = rest.get(1)
                && self.is_row_of_labels(row, below)
            {
                self.values_below(table, index);
                index += 2;
                continue;
            }
            self.form_row(table, index, &mut label);
            index += 1;
        }
    }

    /// Rows of indicators beside one label that is merged over them.
    fn block_of_indicators(&self, rows: &[Vec<Cell>]) -> usize {
        let first = rows.first().and_then(|row| row.first()).map_or("", |cell| cell.text.as_str());
        let is_label = self.words.heading(first) == Some(Meaning::Section(SectionKind::Indicators));
        let below =
            rows.iter().skip(1).take_while(|row| row.first().is_some_and(|cell| cell.merged == Merged::Up)).count();
        if is_label && below > 0 { below + 1 } else { 0 }
    }

    fn ends_indicators(&self, row: &[Cell]) -> bool {
        let first = row.first().map_or("", |cell| cell.text.as_str());
        let is_label = self.meaning(first).is_some_and(|meaning| meaning != Meaning::Section(SectionKind::Indicators));
        is_label && !row.iter().skip(1).any(|cell| cell.text.starts_with(is_digit) && row.len() > 2)
    }

    fn is_row_of_labels(&self, row: &[Cell], below: &[Cell]) -> bool {
        let filled: Vec<&Cell> = row.iter().filter(|cell| !cell.text.is_empty()).collect();
        let has_values = below.iter().any(|cell| !cell.text.is_empty());
        filled.len() >= 2
            && filled.iter().all(|cell| self.meaning(&cell.text).is_some())
            && has_values
            && !self.has_label(below)
    }

    fn values_below(&mut self, table: &Table, index: usize) {
        let (Some(labels), Some(values)) = (table.rows.get(index), table.rows.get(index + 1)) else { return };
        for (column, (label, value)) in labels.iter().zip(values).enumerate() {
            let place = &place_of_cell(table, index + 1, column);
            match self.meaning(&label.text) {
                Some(meaning) => {
                    self.understood(&label.text);
                    self.give(meaning, &label.text, &value.text, place);
                }
                None if !value.text.is_empty() => self.memo(&value.text, place),
                None => {}
            }
        }
    }
}

/// A row as one line; a sentence that stands in one cell after the other stands once.
pub(super) fn joined(row: &[Cell]) -> String {
    let cells: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
    let runs = cells.chunk_by(|before, after| before == after && before.contains(char::is_alphabetic));
    let said = runs.filter_map(|run| match run {
        [first, _, _, ..] => Some(format!("{first}（{}か所）", run.len())),
        [..] => (!run.is_empty()).then(|| run.join("｜")),
    });
    said.collect::<Vec<_>>().join("｜")
}
