//! Tables of an office's file: forms with labels beside or above their values, lists of programs, indicators.

use super::document::{Cell, Merged, Table, text_at};
use super::form_layout::OwnRows;
use super::heads::is_head;
use super::indicators::{self, Rows};
use super::meanings::Meaning;
use super::place::{place_of_cell, place_of_row};
use super::recognise::{Position, Recogniser};
use crate::syntax::SectionKind;
use crate::syntax::chars::is_digit;

/// What a table is.
enum TableKind {
    /// Two lists or two forms, of which the second begins with this column
    SideBySide(usize),
    /// A list of programs whose head is this row
    List(usize),
    Form,
    Indicators,
    /// More of the last table of indicators, which a page parted
    FurtherIndicators,
    Unknown,
}

/// What the next rows of a form are.
enum FormRows {
    /// Indicators, beside so many columns of one label that is merged over them
    Indicators(usize),
    /// The head of a table of indicators without a row
    Head,
    /// Money, with the columns of its figures
    Costs(Vec<usize>),
    /// 財源内訳 over its figures
    Sources,
    /// A table of the office's form
    Own(OwnRows),
    /// 観点 and 評価 over grades
    GradeHead,
    /// A row of labels over one of values
    LabelsAbove,
    /// One row of labels with their values at their right
    Row,
}

impl Recogniser<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        let whole = Rows { rows: &table.rows, place: &self.place(&table.place), above: 0 };
        match self.classify_table(table) {
            TableKind::SideBySide(cut) => self.side_by_side(table, cut),
            TableKind::List(head) => {
                table.rows.iter().take(head).flatten().for_each(|cell| self.note_unit(&cell.text));
                self.memo_rows(table, head);
                self.list(table, head);
            }
            TableKind::Form => self.form(table),
            TableKind::Indicators => self.indicators(&table.rows, table, 0),
            TableKind::FurtherIndicators => {
                let last = self.drafts.programs.last_mut().and_then(|program| program.tables.last_mut());
                last.into_iter().for_each(|last| indicators::read_more(whole, last));
            }
            TableKind::Unknown => {
                self.memo_rows(table, table.rows.len());
                self.note_unknown("（見出しのない表）", &table.place);
            }
        }
    }

    fn classify_table(&self, table: &Table) -> TableKind {
        if let Some(cut) = self.cut(table) {
            return TableKind::SideBySide(cut);
        }
        if let Some(head) = self.list_head(table) {
            return TableKind::List(head);
        }
        // Below a table of the form another one is not of indicators.
        let in_indicators =
            self.cursor.position == Position::Section(SectionKind::Indicators) && self.cursor.own_table.is_none();
        let has_labels = table.rows.iter().any(|row| self.has_label(row));
        let has_head = table.rows.iter().any(|row| is_head(row, self.words));
        let has_own =
            || (0..table.rows.len()).any(|at| self.form_sheet_rows(table.rows.get(at..).unwrap_or_default()).is_some());
        match (has_labels, in_indicators) {
            _ if has_head || has_own() => TableKind::Form,
            (true, false) => TableKind::Form,
            (_, true) if self.goes_on(table) => TableKind::FurtherIndicators,
            (true, true) => TableKind::Form,
            (false, true) => TableKind::Indicators,
            (false, false) => TableKind::Unknown,
        }
    }

    fn memo_rows(&mut self, table: &Table, count: usize) {
        for (index, row) in table.rows.iter().take(count).enumerate() {
            self.memo(&joined(row), &place_of_row(&table.place, index));
        }
    }

    /// Whether a table of indicators was begun that has as many columns.
    fn goes_on(&self, table: &Table) -> bool {
        let width = table.rows.first().map_or(0, Vec::len);
        let program = self.drafts.programs.last().filter(|program| !program.closed);
        let last = program.and_then(|program| program.tables.last());
        last.is_some_and(|last| !last.columns.is_empty() && last.columns.len() + last.labels == width)
    }

    fn has_label(&self, row: &[Cell]) -> bool {
        row.iter().any(|cell| self.meaning(&cell.text).is_some())
    }

    fn indicators(&mut self, rows: &[Vec<Cell>], table: &Table, above: usize) {
        if let Some(head) = rows.first().filter(|row| is_head(row, self.words)) {
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
        while let Some(rows @ [first, ..]) = table.rows.get(index..) {
            let (kind, count) = self.classify_rows(first, rows);
            let end = index + count;
            match kind {
                FormRows::Indicators(beside) => {
                    let inner = rows.iter().take(count).map(|row| row.iter().skip(beside).cloned().collect());
                    first.iter().take(beside).for_each(|cell| self.understood(&cell.text));
                    self.indicators(&inner.collect::<Vec<_>>(), table, index);
                }
                FormRows::Own(found) => {
                    label = None;
                    self.take_own_rows(table, index, &found);
                }
                FormRows::Head | FormRows::GradeHead => first.iter().for_each(|cell| self.understood(&cell.text)),
                FormRows::Costs(heads) => {
                    label = None;
                    self.costs(table, index..end, &heads);
                }
                FormRows::Sources => {
                    label = None;
                    self.sources(table, index);
                }
                FormRows::LabelsAbove => self.values_below(table, index),
                FormRows::Row => self.form_row(table, index, &mut label),
            }
            index = end;
        }
    }

    /// What the first of some rows begins, and how many of them it takes.
    fn classify_rows(&self, first: &[Cell], rows: &[Vec<Cell>]) -> (FormRows, usize) {
        let below = rows.get(1..).unwrap_or_default();
        if let Some(found) = self.form_sheet_rows(rows) {
            let count = found.count;
            return (FormRows::Own(found), count);
        }
        if self.heads_grades(first, below) {
            return (FormRows::GradeHead, 1);
        }
        let is_label = self.words.heading(text_at(first, 0)) == Some(Meaning::Section(SectionKind::Indicators));
        let is_merged = |row: &&Vec<Cell>| row.first().is_some_and(|cell| cell.merged == Merged::Up);
        let merged = below.iter().take_while(is_merged).count();
        if is_label && merged > 0 {
            return (FormRows::Indicators(1), merged + 1);
        }
        if is_head(first, self.words) {
            let end = below.iter().position(|row| self.ends_indicators(row)).unwrap_or(below.len());
            let is_decoration = first.iter().all(|cell| cell.text.is_empty() || self.column(&cell.text).is_some());
            return (if end == 0 && is_decoration { FormRows::Head } else { FormRows::Indicators(0) }, end + 1);
        }
        if let Some((heads, count)) = self.costs_in(first, below) {
            return (FormRows::Costs(heads), count + 1);
        }
        match below.first() {
            Some(values) if self.are_sources(first, values) => (FormRows::Sources, 2),
            Some(values) if self.is_row_of_labels(first, values) => (FormRows::LabelsAbove, 2),
            _ => (FormRows::Row, 1),
        }
    }

    fn ends_indicators(&self, row: &[Cell]) -> bool {
        let first = text_at(row, 0);
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
