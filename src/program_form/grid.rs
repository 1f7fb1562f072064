//! A table as a grid: its columns, and its rows in the order of the file with those of the form that lack among them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::columns::{GridColumn, columns};
use super::pieces::{Piece, Pieces};
use super::rows::{RowEntry, RowKind, Typed, typed_rows};
use super::written_rows::{computed, of_declaration, of_model};
use crate::form::Table;
use crate::model::{Columns, Context, DeclaredRow, DeclaredTable, Indicator, Role, Row, Value, read_table};
use crate::syntax::Section;

/// A table.
#[derive(Debug, Clone, Serialize)]
pub struct Grid {
    pub columns: Vec<GridColumn>,
    pub rows: Vec<RowEntry>,
    /// Where the first row is written
    pub insert: Piece,
    /// Whether rows may be added, named and moved
    pub is_free: bool,
    /// Whether the columns are the table's own, to be named by whoever writes
    pub has_own_columns: bool,
    /// 向き：縦: what stands as ・ rows below each row and is typed
    pub parts: Vec<String>,
    /// How many columns of words at the end a row may leave out
    pub behind: usize,
    /// What rows may be called
    pub labels: Vec<String>,
}

/// The table of a section. One that the file does not have is a section without lines; `insert` says where it is to stand.
pub(super) fn grid(
    pieces: Pieces<'_>,
    section: &Section,
    declaration: Option<&Arc<Table>>,
    context: &Context,
    insert: Piece,
) -> Grid {
    let table = read_table(pieces.file, section, declaration, context);
    let declared = table.declared.as_ref();
    let columns = columns(&table, context);
    let mut typed = typed_rows(pieces, section);
    let by_place: BTreeMap<usize, &Row> = table.rows.iter().map(|row| (row.span.start, row)).collect();
    mark_head(&mut typed, &table, &by_place);
    for row in &mut typed {
        let own = by_place.get(&row.place).filter(|own| !own.is_written);
        row.entry.is_fixed = own.is_some_and(|own| is_fixed(own));
        row.entry.computed = own.map(|own| computed(own)).unwrap_or_default();
        if own.is_some_and(|own| is_unfilled(own)) {
            row.entry.kind = RowKind::Row;
        }
        row.entry.cells = placed(declared, std::mem::take(&mut row.entry.cells));
    }
    let is_filled = !table.rows.is_empty();
    let rows = match declaration.filter(|_| !is_filled) {
        Some(declaration) => typed.into_iter().map(|row| row.entry).chain(of_declaration(declaration)).collect(),
        None => with_untyped(typed, &table),
    };
    Grid {
        columns,
        rows,
        insert,
        has_own_columns: declaration.is_none(),
        is_free: declaration.is_none_or(|table| table.rows.is_empty()),
        parts: declaration.filter(|table| table.is_transposed).map(|table| parts(table)).unwrap_or_default(),
        behind: declared.map_or(0, DeclaredTable::columns_behind),
        labels: Vec::new(),
    }
}

fn parts(table: &Table) -> Vec<String> {
    table.columns.iter().filter(|column| column.formula.is_none()).map(|column| column.name.clone()).collect()
}

fn is_fixed(row: &Row) -> bool {
    matches!(row.declared, Some(DeclaredRow::Row(_) | DeclaredRow::Column(_) | DeclaredRow::Total))
}

/// A row of the form of which the label alone was typed
fn is_unfilled(row: &Row) -> bool {
    let is_hole = |value: &Value| matches!(value, Value::Hole(_));
    row.declared.is_some() && row.role != Role::Group && row.values.iter().all(is_hole)
}

/// A first row that is none for the model names the columns.
fn mark_head(typed: &mut [Typed], table: &Indicator, by_place: &BTreeMap<usize, &Row>) {
    let is_row = |row: &&mut Typed| matches!(row.entry.kind, RowKind::Row);
    if let Some(first) = typed.iter_mut().find(is_row)
        && !by_place.contains_key(&first.place)
        && (table.declared.is_some() || matches!(table.columns, Columns::Own(_)) || !table.rows.is_empty())
    {
        first.entry.kind = RowKind::Head;
    }
}

/// The cells of a row in their columns. Cells that have none stand behind them.
fn placed(declared: Option<&DeclaredTable>, cells: Vec<String>) -> Vec<String> {
    let Some(declared) = declared.filter(|_| !cells.is_empty()) else { return cells };
    let mut found = vec![String::new(); declared.columns.len()];
    if let [only] = cells.as_slice()
        && declared.counts_for_all(only)
    {
        let typed = declared.typed_columns().into_iter().filter(|column| declared.is_value(*column));
        typed.for_each(|column| found.get_mut(column).into_iter().for_each(|cell| cell.clone_from(only)));
        return found;
    }
    let texts: Vec<&str> = cells.iter().map(String::as_str).collect();
    let places = declared.places(&texts).unwrap_or_else(|| declared.typed_columns());
    for (at, cell) in cells.into_iter().enumerate() {
        match places.get(at).and_then(|column| found.get_mut(*column)) {
            Some(slot) => *slot = cell,
            None => found.push(cell),
        }
    }
    found
}

/// The rows of the file with those that the form has and nobody typed: each behind the one that is printed before it.
fn with_untyped(typed: Vec<Typed>, table: &Indicator) -> Vec<RowEntry> {
    let places: Vec<usize> = typed.iter().map(|row| row.place).collect();
    let mut behind: BTreeMap<Option<usize>, Vec<RowEntry>> = BTreeMap::new();
    let mut last: Option<usize> = None;
    for row in &table.rows {
        match places.iter().position(|place| *place == row.span.start).filter(|_| !row.is_written) {
            Some(at) => last = Some(at),
            None => behind.entry(last).or_default().push(of_model(table, row)),
        }
    }
    let mut rows = behind.remove(&None).unwrap_or_default();
    for (at, row) in typed.into_iter().enumerate() {
        rows.push(row.entry);
        rows.extend(behind.remove(&Some(at)).unwrap_or_default());
    }
    rows
}
