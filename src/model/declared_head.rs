//! Head rows that somebody typed above a declared table: they are left out, and one whose columns stand in another order is told.

use super::declared_making::Making;
use super::declared_messages as messages;
use super::declared_rows::TypedRow;
use super::indicator::Columns;
use super::year::{YearLabel, year_label};
use crate::form::is_alike;
use crate::syntax::chars::without_blanks;

/// Takes the head away: a row, or two with the years above their columns.
pub(super) fn take_heads(making: &mut Making<'_>, rows: &mut Vec<TypedRow>) {
    for _ in 0..2 {
        if !rows.first().is_some_and(|row| is_head(making, row)) {
            return;
        }
        let head = rows.remove(0);
        check_head(making, &head);
    }
}

fn is_head(making: &Making<'_>, row: &TypedRow) -> bool {
    let label = without_blanks(making.file.slice(row.label));
    let table = &making.declared.table;
    let mut own = table.rows.iter().map(|row| &row.name).chain(&table.total);
    let is_row = own.any(|name| is_alike(name, &label));
    let is_named = ["項目名", "項目", "指標名"].contains(&label.as_str());
    let filled = || row.cells.iter().filter(|cell| !cell.is_empty());
    let is_known = filled().next().is_some() && filled().all(|cell| is_column(making, making.file.slice(*cell)));
    row.has_cells && !is_row && (is_named || is_known)
}

/// Whether a text is the head of a column, of its year, or of both.
fn is_column(making: &Making<'_>, text: &str) -> bool {
    (0..making.names.len()).any(|column| is_head_of(making, text, column))
}

fn is_head_of(making: &Making<'_>, text: &str, column: usize) -> bool {
    let Columns::Own(columns) = &making.made.columns else { return false };
    let Some(own) = columns.get(column) else { return false };
    let is_named = making.names.get(column).is_some_and(|name| is_alike(name, text));
    let has_label = own.year.is_none() && is_alike(&own.label.value, text);
    let name = own.group.map(|_| own.label.value.as_str());
    is_named || has_label || own.year.or(own.group).is_some_and(|year| is_year(making, text, year, name))
}

/// 5年度, R5, 令和5年度 and 前年度 are the same year, alone or in front of the column's own name.
fn is_year(making: &Making<'_>, text: &str, year: YearLabel, own: Option<&str>) -> bool {
    let Some(current) = making.current else { return false };
    let bare = without_blanks(text);
    let Ok((rest, typed)) = year_label(&bare) else { return false };
    let is_own = own.is_some_and(|own| is_alike(own, rest.strip_prefix('の').unwrap_or(rest)));
    (rest.is_empty() || is_own) && typed.resolve(current) == year.resolve(current)
}

/// J021 for a cell that is no column's head, or stands above another column than its own.
fn check_head(making: &mut Making<'_>, head: &TypedRow) {
    let all: Vec<usize> = (0..making.names.len()).collect();
    let typed = making.declared.typed_columns();
    let places = [&all, &typed].into_iter().find(|places| places.len() == head.cells.len());
    let is_right = |(at, cell): (usize, &crate::source::Span)| {
        let text = making.file.slice(*cell);
        match places.and_then(|places| places.get(at)) {
            Some(column) => is_head_of(making, text, *column),
            None => is_column(making, text),
        }
    };
    let mut filled = head.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    if let Some((_, cell)) = filled.find(|(at, cell)| !is_right((*at, cell))) {
        let text = making.file.slice(*cell);
        making.diagnostics.push(if is_column(making, text) {
            messages::head_out_of_place(*cell, text, &making.names)
        } else {
            messages::wrong_head(*cell, text, &making.names)
        });
    }
}
