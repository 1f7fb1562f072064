//! A table as it is printed: rows, columns and cells by their words, with shared values as they read.

use super::align::AlignedItem;
use super::order::Listed;
use super::scope::Seen;
use super::side::Side;
use crate::model::{Indicator, Role, Value};
use crate::source::Span;

/// A table as it is printed.
pub(super) struct PrintedTable<'a> {
    pub(super) table: &'a Indicator,
    pub(super) columns: Vec<String>,
    /// Each column where it stands alone: 6年度の決算額
    pub(super) names: Vec<String>,
    pub(super) labels: Vec<String>,
    pub(super) side: &'a Side<'a>,
}

impl<'a> PrintedTable<'a> {
    pub(super) fn new(side: &'a Side<'a>, table: &'a Indicator) -> Self {
        let labels = table.rows.iter().map(|row| match row.label.lines.is_empty() {
            true => String::new(),
            false => side.builder.label_text(row),
        });
        let (columns, names) = (side.builder.column_labels(table), side.builder.column_names(table));
        Self { table, columns, names, labels: labels.collect(), side }
    }

    pub(super) fn caption(&self) -> String {
        self.table.caption.as_ref().map(|caption| self.side.builder.text(&caption.value)).unwrap_or_default()
    }

    /// The label, behind that of its group.
    pub(super) fn path(&self, row: usize) -> String {
        let label = self.labels.get(row).cloned().unwrap_or_default();
        let parent = self.parent(row).and_then(|parent| self.labels.get(parent));
        parent.map_or(label.clone(), |parent| format!("{parent}　{label}"))
    }

    /// The value as it reads; nothing for a hole.
    pub(super) fn value(&self, row: usize, column: usize) -> Option<Seen> {
        let value = self.table.rows.get(row)?.values.get(column)?;
        let (cell, span) = match value {
            Value::Own(cell) | Value::Computed(cell) => (cell, cell.span),
            Value::Shared { row, span } => match self.table.rows.get(*row)?.values.get(column)? {
                Value::Own(cell) | Value::Computed(cell) => (cell, *span),
                Value::Shared { .. } | Value::Hole(_) => return None,
            },
            Value::Hole(_) => return None,
        };
        Some(Seen::new(self.side.builder.cell_text(cell), span))
    }

    /// The row whose cell this one shares.
    pub(super) fn owner(&self, row: usize, column: usize) -> Option<usize> {
        match self.table.rows.get(row)?.values.get(column)? {
            Value::Shared { row, .. } => Some(*row),
            Value::Own(_) | Value::Computed(_) | Value::Hole(_) => None,
        }
    }

    /// 参加者数｜10名｜20名
    pub(super) fn row_text(&self, row: usize) -> String {
        format!("{}{}", self.path(row), self.values_text(row))
    }

    pub(super) fn values_text(&self, row: usize) -> String {
        let count = self.table.rows.get(row).map_or(0, |row| row.values.len());
        let value = |column| self.value(row, column).map_or_else(String::new, |seen| seen.text);
        (0..count).map(|column| format!("｜{}", value(column))).collect()
    }

    /// By what a row is known again whose label, or whose group's, is another one.
    pub(super) fn likeness(&self, row: usize) -> String {
        let own = |row: usize| format!("{}{}", self.labels.get(row).map_or("", String::as_str), self.values_text(row));
        let is_child = |other: &usize| self.parent(*other) == Some(row) && self.is_group(row);
        let children = (row + 1..self.table.rows.len()).take_while(is_child).map(own);
        std::iter::once(own(row)).chain(children).collect()
    }

    pub(super) fn parent(&self, row: usize) -> Option<usize> {
        match self.table.rows.get(row)?.role {
            Role::Child { parent } => Some(parent),
            Role::Plain | Role::Group => None,
        }
    }

    /// A row under its own label: the list that it stands in is named by the one above it.
    pub(super) fn listed(&self, row: usize) -> Option<Listed> {
        let label = self.labels.get(row)?.clone();
        Some(Listed { name: label, place: format!("{}行目", row + 1), span: self.span(row) })
    }

    pub(super) fn whole(&self) -> Seen {
        let rows = (0..self.table.rows.len()).map(|row| self.row_text(row));
        let head = std::iter::once(self.caption()).filter(|caption| !caption.is_empty());
        let lines: Vec<String> = head.chain(rows).collect();
        Seen::new(lines.join("\n"), self.table.heading)
    }

    pub(super) fn rows(&self) -> Vec<AlignedItem> {
        let key = |row: usize| format!("{}{}", self.path(row), if self.is_group(row) { "\n" } else { "" });
        (0..self.table.rows.len()).map(|row| AlignedItem { key: key(row), text: self.likeness(row) }).collect()
    }

    pub(super) fn is_group(&self, row: usize) -> bool {
        self.table.rows.get(row).is_some_and(|row| row.role == Role::Group)
    }

    pub(super) fn label(&self, row: usize) -> Option<Seen> {
        let label = self.labels.get(row).filter(|label| !label.is_empty())?;
        Some(Seen::new(label.clone(), self.span(row)))
    }

    pub(super) fn span(&self, row: usize) -> Span {
        self.table.rows.get(row).map_or(self.table.heading, |row| row.label.span)
    }

    /// The head of a column with all that stands under it.
    pub(super) fn column_text(&self, column: usize) -> String {
        let cells = (0..self.table.rows.len())
            .filter_map(|row| self.value(row, column).map(|value| format!("{}｜{}", self.path(row), value.text)));
        self.names.get(column).cloned().into_iter().chain(cells).collect::<Vec<_>>().join("\n")
    }
}
