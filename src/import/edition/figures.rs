//! The rows that an officer types for a printed table: what is computed is left out, the years of the report need no head.

use super::tables::{PrintedRow, PrintedTable};
use crate::form::{RowPlace, Table};
use crate::import::compared::compared;
use crate::import::draft::{Row, RowKind};
use crate::import::page::with_wide_number;
use crate::model::FiscalYear;

/// A table whose columns the officer makes.
pub(super) fn own_rows(table: &PrintedTable, current: Option<FiscalYear>) -> Vec<Row> {
    let years = current.map(|year| [year.previous().column(), year.column()]);
    let is_usual = years.is_some_and(|years| table.heads == years);
    let head = (!is_usual && !table.heads.is_empty()).then(|| Row {
        label: "項目名".to_string(),
        values: table.heads.clone(),
        ..Row::default()
    });
    head.into_iter().chain(table.rows.iter().flat_map(own_row)).collect()
}

fn own_row(row: &PrintedRow) -> Vec<Row> {
    let kind = if row.in_group || row.level > 0 { RowKind::Child } else { RowKind::Plain };
    let own = Row { kind, label: with_wide_number(&row.label), values: row.values.clone(), review_note: None };
    row.opens.iter().map(|label| group(label)).chain([own]).collect()
}

fn group(label: &str) -> Row {
    Row { kind: RowKind::Group, label: with_wide_number(label), ..Row::default() }
}

/// A table that the form declares; the labels of rows that it does not have come back as they are, for `check` to tell.
pub(super) fn declared_rows(printed: &PrintedTable, table: &Table) -> Vec<Row> {
    let typing = Typing::of(table, printed);
    if table.is_transposed {
        typing.transposed(printed)
    } else if table.rows.is_empty() {
        typing.free(printed)
    } else {
        typing.fixed(printed)
    }
}

/// Which cells of a row are typed.
struct Typing<'a> {
    table: &'a Table,
    /// All columns but those of labels
    columns: usize,
    typed: Vec<usize>,
    /// Columns of text behind the values
    behind: usize,
}

impl<'a> Typing<'a> {
    fn of(table: &'a Table, printed: &PrintedTable) -> Self {
        let front = table.front.len();
        let values = table.value_columns();
        let columns = front + values.len() + table.back.len();
        let is_computed = |at: usize| {
            let value = at.checked_sub(front).and_then(|at| values.get(at));
            value.is_some_and(|value| table.formula(*value).is_some())
        };
        // Of a table that somebody gave other columns nobody knows which are computed.
        let is_whole = printed.heads.len() == columns;
        let columns = printed.heads.len();
        let typed: Vec<usize> = (0..columns).filter(|at| !is_whole || !is_computed(*at)).collect();
        // As many cells could then be all but those of text behind (J020).
        let behind = if is_whole { table.back.len() } else { 0 };
        let is_ambiguous = behind > 0 && typed.len() + behind == columns;
        let typed = if is_ambiguous { (0..columns).collect() } else { typed };
        Self { table, columns, typed, behind }
    }

    fn row(&self, label: String, row: &PrintedRow, wanted: &[usize]) -> Row {
        let value = |at: &usize| row.values.get(*at).cloned().unwrap_or_default();
        let mut values: Vec<String> = wanted.iter().map(value).collect();
        let texts = values.len().saturating_sub(self.behind);
        if wanted.len() < self.columns && values.iter().skip(texts).all(|text| text.is_empty()) {
            values.truncate(texts);
        }
        let (kind, label) = match label.strip_prefix('・').filter(|rest| !rest.starts_with('・')) {
            Some(rest) => (RowKind::Child, with_wide_number(rest)),
            None => (RowKind::Plain, with_wide_number(&label)),
        };
        Row { kind, label, values, review_note: None }
    }

    /// Whether a text stands in a column of text.
    fn says_something(&self, row: &PrintedRow) -> bool {
        let (front, back) = (self.table.front.len(), self.columns.saturating_sub(self.behind));
        let texts = row.values.iter().enumerate().filter(|(at, _)| *at < front || *at >= back);
        texts.into_iter().any(|(_, text)| !text.is_empty() && text != "↑")
    }

    fn fixed(&self, printed: &PrintedTable) -> Vec<Row> {
        let table = self.table;
        let mut left: Vec<&PrintedRow> = printed.rows.iter().collect();
        let mut made = Vec::new();
        for (place, spec) in table.rows.iter().enumerate() {
            let Some(at) = left.iter().position(|row| is_named(&row.label, &spec.name)) else { continue };
            let row = left.remove(at);
            let label = format!("{}{}", "・".repeat(spec.level), spec.name);
            let is_computed = table.is_computed(RowPlace::Declared(place));
            match () {
                () if is_computed && self.says_something(row) => {
                    made.push(self.row(label, row, &(0..self.columns).collect::<Vec<_>>()));
                }
                () if is_computed && spec.formula.is_some() => {}
                () if is_computed => made.push(group(&label)),
                () => made.push(self.row(label, row, &self.typed)),
            }
        }
        let is_total = |row: &&PrintedRow| table.total.as_ref().is_some_and(|total| is_named(&row.label, total));
        let strange = left.into_iter().filter(|row| !is_total(row));
        made.extend(strange.map(|row| self.row(row.label.clone(), row, &self.typed)));
        made
    }

    /// 計 at the end is computed.
    fn free(&self, printed: &PrintedTable) -> Vec<Row> {
        let total = printed
            .rows
            .last()
            .filter(|row| row.level == 0 && self.table.total.as_ref().is_some_and(|total| is_named(&row.label, total)));
        let count = printed.rows.len() - usize::from(total.is_some());
        let rows = printed.rows.iter().take(count).flat_map(|row| {
            let level = if row.in_group { 1 } else { row.level };
            let label = format!("{}{}", "・".repeat(level), row.label);
            row.opens.iter().map(|label| group(label)).chain([self.row(label, row, &self.typed)]).collect::<Vec<_>>()
        });
        rows.collect()
    }

    /// The form's columns as ・ rows below each label.
    fn transposed(&self, printed: &PrintedTable) -> Vec<Row> {
        let mut made = Vec::new();
        for row in &printed.rows {
            made.extend(row.opens.iter().map(|label| group(label)));
            let column = self.table.columns.iter().find(|column| is_named(&row.label, &column.name));
            if column.is_some_and(|column| column.formula.is_some()) && !self.says_something(row) {
                continue;
            }
            let name = column.map_or(row.label.as_str(), |column| &column.name);
            made.push(self.row(format!("・{name}"), row, &self.typed));
        }
        made
    }
}

/// Whether a label is a name; a unit in brackets may stand behind it.
fn is_named(label: &str, name: &str) -> bool {
    let label = compared(label);
    let name = compared(name);
    label == name || label.strip_prefix(&name).is_some_and(|rest| rest.starts_with('(') && rest.ends_with(')'))
}
