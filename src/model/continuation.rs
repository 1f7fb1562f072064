//! ＋ in 【指標】: what goes on from the line above, cell by cell.

use super::indicator::{Role, Value};
use super::lower_indicator::{Last, Lowering};
use super::prose::nothing_above;
use super::table_messages as messages;
use super::{Text, cell_lines};
use crate::source::Span;

impl Lowering<'_> {
    pub(super) fn lower_continuation(&mut self, span: Span, cells: &[Span]) {
        match self.last {
            Last::Nothing => self.diagnostics.push(nothing_above(span)),
            Last::Faulty => {}
            Last::Header => self.continue_header(span, cells),
            Last::Note => {
                let text: Vec<Text> = cells.iter().map(|cell| Text::new(self.text(*cell).to_string(), *cell)).collect();
                if let Some(note) = self.table.notes.last_mut() {
                    note.lines.extend(text);
                }
            }
            Last::Row => self.continue_row(span, cells),
        }
    }

    /// Adds to the row above, cell by cell; an empty cell adds nothing.
    fn continue_row(&mut self, span: Span, cells: &[Span]) {
        let columns = self.table.columns.count();
        if !self.is_wide && cells.iter().skip(columns + 1).any(|cell| !cell.is_empty()) {
            self.diagnostics.push(messages::too_many_in_continuation(span, &self.column_names()));
        }
        for (index, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let lines = self.without_shares(cell_lines(self.file, *cell));
            if lines.is_empty() {
                continue;
            }
            let column = index.checked_sub(1);
            let above = column.and_then(|column| self.table.rows.last()?.values.get(column));
            if matches!(above, Some(Value::Own(_))) {
                self.check_continued(&lines);
            }
            let count = self.table.rows.len();
            let Some(row) = self.table.rows.last_mut() else { return };
            match column {
                None => row.label.push_lines(lines, false),
                Some(column) => match row.values.get_mut(column) {
                    Some(Value::Own(own)) => own.push_lines(lines, true),
                    // Once a place, however many lines go on there.
                    Some(Value::Shared { .. }) if self.said_below.insert((count, column)) => {
                        self.diagnostics.push(messages::continued_share(*cell));
                    }
                    Some(Value::Shared { .. } | Value::Hole(_) | Value::Computed(_)) => {}
                    None if row.role == Role::Group && column < columns && self.said_below.insert((count, column)) => {
                        self.diagnostics.push(messages::continued_group(*cell));
                    }
                    None => {}
                },
            }
        }
    }
}
