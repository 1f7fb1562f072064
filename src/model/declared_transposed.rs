//! A declared table whose columns stand as ・ rows under each row (向き：縦): the years alone are columns.

use super::declared_builder::TableBuilder;
use super::declared_cells::RowKind;
use super::declared_messages as messages;
use super::declared_rows::{Assigned, TypedRow, TypedTable, assign};
use super::indicator::{DeclaredRow, Role};
use crate::form::{is_alike, unit_in_name};
use crate::source::Span;
use std::sync::Arc;

/// A row with the ・ rows below it.
struct Block<'a> {
    label: &'a TypedRow,
    rows: Vec<&'a TypedRow>,
}

/// Fixed rows stand in the order of the form, others as typed.
pub(super) fn lower_transposed(making: &mut TableBuilder<'_>, typed: &TypedTable) {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for row in &typed.rows {
        match blocks.last_mut().filter(|_| row.level > 0) {
            Some(block) => block.rows.push(row),
            None => blocks.push(Block { label: row, rows: Vec::new() }),
        }
    }
    let table = Arc::clone(&making.declared.table);
    if table.rows.is_empty() || blocks.is_empty() {
        return blocks.iter().for_each(|block| lower_block(making, block, None));
    }
    let labels: Vec<&TypedRow> = blocks.iter().map(|block| block.label).collect();
    let Assigned { places, guessed } = assign(making.file, &labels, &table, making.diagnostics);
    let at = |wanted: Option<usize>| blocks.iter().zip(&places).filter(move |(_, place)| **place == wanted);
    let (mut names, mut rows) = (Vec::new(), Vec::new());
    for (place, row) in table.rows.iter().enumerate() {
        match at(Some(place)).next() {
            Some((block, _)) => lower_block(making, block, Some(DeclaredRow::Row(place))),
            None if guessed.contains(&place) => {}
            None => {
                names.push(row.name.clone());
                rows.push(row.name.clone());
                rows.extend(typed_columns(making).map(|(_, name)| making.example(&name, 1)));
            }
        }
    }
    at(None).for_each(|(block, _)| lower_block(making, block, None));
    if !names.is_empty() && !typed.has_unread {
        making.diagnostics.push(messages::missing_rows(making.made.heading, &table.name, &names, &rows));
    }
}

/// The ・ rows that are to be typed.
fn typed_columns(making: &TableBuilder<'_>) -> impl Iterator<Item = (usize, String)> {
    let table = Arc::clone(&making.declared.table);
    let named = table.columns.iter().enumerate().filter(|(_, column)| column.formula.is_none());
    named.map(|(place, column)| (place, column.name.clone())).collect::<Vec<_>>().into_iter()
}

fn lower_block(making: &mut TableBuilder<'_>, block: &Block<'_>, declared: Option<DeclaredRow>) {
    let label = making.label(block.label);
    making.push(block.label.span, label, Role::Group, Vec::new(), declared);
    let cells = block.label.cells.iter().chain(block.label.more.iter().flat_map(|(_, cells)| cells.iter().skip(1)));
    let is_filled = cells.into_iter().any(|cell| !cell.is_empty());
    let rows = assign_columns(making, block);
    let mut missing = Vec::new();
    for (place, column) in making.declared.table.clone().columns.iter().enumerate() {
        match rows.iter().find(|(own, _)| *own == place) {
            Some((_, row)) => push_row(making, row, place),
            None if column.formula.is_some() => making.push_written(&column.name, 1, DeclaredRow::Column(place)),
            None => {
                missing.push(column.name.clone());
                making.push_missing(&column.name, 1, DeclaredRow::Column(place));
            }
        }
    }
    let text = making.file.slice(block.label.label);
    let examples: Vec<String> = missing.iter().map(|name| making.example(name, 1)).collect();
    let all: Vec<String> = typed_columns(making).map(|(_, name)| making.example(&name, 1)).collect();
    if is_filled {
        making.diagnostics.push(messages::cells_beside_label(block.label.span, text, &all));
    } else if !missing.is_empty() && rows.len() == block.rows.len() {
        making.diagnostics.push(messages::missing_columns(block.label.span, text, &missing, &examples));
    }
}

/// Which column of the form each ・ row is. J018 for one that is none, J017 for one that stands twice.
fn assign_columns<'a>(making: &mut TableBuilder<'_>, block: &Block<'a>) -> Vec<(usize, &'a TypedRow)> {
    let table = Arc::clone(&making.declared.table);
    let known: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let mut found: Vec<(usize, &TypedRow)> = Vec::new();
    for row in &block.rows {
        let text = making.file.slice(row.label);
        let Some(place) = known.iter().position(|name| is_alike(name, text)) else {
            making.diagnostics.push(messages::surplus_row(row.label, &table.name, text, (&known, None)));
            continue;
        };
        match found.iter().find(|(other, _)| *other == place) {
            Some((_, first)) => making.diagnostics.push(messages::row_twice(row.span, text, first.span)),
            None => found.push((place, row)),
        }
    }
    found
}

fn push_row(making: &mut TableBuilder<'_>, row: &TypedRow, place: usize) {
    let is_computed = making.declared.table.columns.get(place).is_some_and(|column| column.formula.is_some());
    let role = making.role(1);
    let values = if row.has_cells {
        let unit = unit_in_name(making.file.slice(row.label));
        making.lower_cells(row, role, RowKind { is_computed, column: Some(place), unit, ..RowKind::default() })
    } else if is_computed {
        making.open_values(Span { start: row.span.end, ..row.span })
    } else {
        let names = making.typed_names();
        making.diagnostics.push(messages::lone_label(row.span, making.file.slice(row.label), &names));
        making.holes(row.span)
    };
    let label = making.label(row);
    making.push(row.span, label, role, values, Some(DeclaredRow::Column(place)));
}
