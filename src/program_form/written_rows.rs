//! The rows of a declared table that nobody typed: computed ones, and those that are still to be filled in.

use super::rows::{RowEntry, RowKind};
use crate::form::{RowPlace, Table};
use crate::model::{Indicator, Role, Row, Value};

/// A row that stands in no file.
pub(super) fn untyped(kind: RowKind, level: usize, label: &str, is_fixed: bool) -> RowEntry {
    RowEntry {
        kind,
        level,
        lead: if level == 0 { String::new() } else { format!("　{}", "・".repeat(level)) },
        label: label.to_string(),
        cells: Vec::new(),
        computed: Vec::new(),
        is_fixed,
        start: 0,
        end: 0,
        text: String::new(),
        line: 0,
        last_line: 0,
    }
}

/// The rows of a table in which nothing was typed yet, as the form declares them.
pub(super) fn of_declaration(table: &Table) -> Vec<RowEntry> {
    let mut rows = Vec::new();
    for (place, row) in table.rows.iter().enumerate() {
        let is_summed = row.formula.is_none() && table.is_computed(RowPlace::Declared(place));
        let kind = match row.formula {
            Some(_) => RowKind::Computed,
            None if table.is_transposed || is_summed => RowKind::OpenGroup,
            None => RowKind::Open,
        };
        rows.push(untyped(kind, row.level, &row.name, true));
        if table.is_transposed {
            let parts = table.columns.iter().map(|column| (column.formula.is_some(), &column.name));
            rows.extend(parts.map(|(is_computed, name)| {
                untyped(if is_computed { RowKind::Computed } else { RowKind::Open }, 1, name, true)
            }));
        }
    }
    rows.extend(table.total.iter().map(|name| untyped(RowKind::Computed, 0, name, true)));
    rows
}

/// A row that the model has and the file has not.
pub(super) fn of_model(table: &Indicator, row: &Row) -> RowEntry {
    let is_open = row.values.iter().all(|value| matches!(value, Value::Hole(_)));
    let kind = match (row.role, is_open) {
        (Role::Group, _) => RowKind::OpenGroup,
        (_, true) => RowKind::Open,
        (_, false) => RowKind::Computed,
    };
    let own = untyped(kind, level(table, row), &row.label.text(), true);
    RowEntry { computed: computed(row), ..own }
}

/// What is computed in a row, by columns.
pub(super) fn computed(row: &Row) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::Computed(cell) => cell.text(),
        Value::Own(_) | Value::Shared { .. } | Value::Hole(_) => String::new(),
    };
    row.values.iter().map(text).collect()
}

fn level(table: &Indicator, row: &Row) -> usize {
    let mut level = 0;
    let mut at = row;
    while let Some(parent) = table.parent(at).filter(|_| level < 3) {
        level += 1;
        at = parent;
    }
    level
}
