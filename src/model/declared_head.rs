//! Head rows that somebody typed above a declared table: they are left out, and one whose columns stand in another order is told.

use super::declared_builder::TableBuilder;
use super::declared_messages as messages;
use super::declared_rows::TypedRow;
use super::indicator::Columns;
use super::year::{YearLabel, year_label};
use crate::form::is_alike;
use crate::syntax::chars::without_blanks;

/// Takes the head away: a row, or two with the years above their columns.
pub(super) fn take_heads(making: &mut TableBuilder<'_>, rows: &mut Vec<TypedRow>) {
    for _ in 0..2 {
        if !rows.first().is_some_and(|row| is_head(making, row)) {
            return;
        }
        let head = rows.remove(0);
        making.is_head_wrong |= check_head(making, &head);
    }
}

fn is_head(making: &TableBuilder<'_>, row: &TypedRow) -> bool {
    let label = without_blanks(making.file.slice(row.label));
    let table = &making.declared.table;
    let mut own = table.rows.iter().map(|row| &row.name).chain(&table.total);
    let is_row = own.any(|name| is_alike(name, &label));
    let is_named = ["項目名", "項目", "指標名"].contains(&label.as_str());
    let filled = || row.cells.iter().filter(|cell| !cell.is_empty());
    let is_known = filled().next().is_some() && filled().all(|cell| is_column(making, making.file.slice(*cell)));
    row.has_cells && !is_row && (is_named || is_known || is_of_other_years(making, row, &label))
}

/// A head of other years than the table's, as last year's is: years alone or in front of their columns' names. Years may be
/// values too: unless a head's word stands in front, all must be older than their columns by the same number of years.
fn is_of_other_years(making: &TableBuilder<'_>, row: &TypedRow, label: &str) -> bool {
    const HEADS: &[&str] = &["区分", "指標", "年度", "名称", "内訳", "費目", "財源"];
    let Some(current) = making.current else { return false };
    let places = places_of(making, row);
    let mut shifts: Vec<i32> = Vec::new();
    for (at, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let text = making.file.slice(*cell);
        match year_in_head(making, text) {
            Some(year) => {
                let column = places.as_ref().and_then(|places| places.get(at));
                let own = column.and_then(|column| year_of(making, *column));
                shifts.push(own.map_or(0, |own| year.resolve(current).year() - own.resolve(current).year()));
            }
            None if is_column(making, text) => {}
            None => return false,
        }
    }
    let Some(first) = shifts.first() else { return false };
    HEADS.contains(&label) || (shifts.len() > 1 && *first < 0 && shifts.iter().all(|shift| shift == first))
}

/// The year of a text that is nothing else, or has the name of a column behind it: 3年度, R3目標.
fn year_in_head(making: &TableBuilder<'_>, text: &str) -> Option<YearLabel> {
    let bare = without_blanks(text);
    let (rest, year) = year_label(&bare).ok()?;
    let rest = rest.strip_prefix('の').unwrap_or(rest);
    let Columns::Own(columns) = &making.made.columns else { return None };
    (rest.is_empty() || columns.iter().any(|column| is_alike(&column.label.value, rest))).then_some(year)
}

fn year_of(making: &TableBuilder<'_>, column: usize) -> Option<YearLabel> {
    let Columns::Own(columns) = &making.made.columns else { return None };
    columns.get(column).and_then(|column| column.year.or(column.group))
}

/// The columns above which the cells of a head stand: all, or those that are to be typed, with the columns of text behind the
/// values or without them. Of several that are as many, those whose heads they are.
fn places_of(making: &TableBuilder<'_>, head: &TypedRow) -> Option<Vec<usize>> {
    let bare = |places: Vec<usize>| places.into_iter().filter(|column| !making.declared.is_behind(*column)).collect();
    let (all, typed): (Vec<usize>, _) = ((0..making.names.len()).collect(), making.declared.typed_columns());
    let candidates = [all.clone(), typed.clone(), bare(all), bare(typed)];
    let mut fitting = candidates.into_iter().filter(|places| places.len() == head.cells.len());
    let is_right = |places: &Vec<usize>| {
        let cells = head.cells.iter().zip(places).filter(|(cell, _)| !cell.is_empty());
        cells.into_iter().all(|(cell, column)| is_head_of(making, making.file.slice(*cell), *column))
    };
    let first = fitting.next()?;
    if is_right(&first) { Some(first) } else { fitting.find(is_right).or(Some(first)) }
}

/// Whether a text is the head of a column, of its year, or of both.
fn is_column(making: &TableBuilder<'_>, text: &str) -> bool {
    (0..making.names.len()).any(|column| is_head_of(making, text, column))
}

fn is_head_of(making: &TableBuilder<'_>, text: &str, column: usize) -> bool {
    let Columns::Own(columns) = &making.made.columns else { return false };
    let Some(own) = columns.get(column) else { return false };
    let is_named = making.names.get(column).is_some_and(|name| is_alike(name, text));
    let has_label = own.year.is_none() && is_alike(&own.label.value, text);
    let name = own.group.map(|_| own.label.value.as_str());
    is_named || has_label || own.year.or(own.group).is_some_and(|year| is_year(making, text, year, name))
}

/// 5年度, R5, 令和5年度 and 前年度 are the same year, alone or in front of the column's own name.
fn is_year(making: &TableBuilder<'_>, text: &str, year: YearLabel, own: Option<&str>) -> bool {
    let Some(current) = making.current else { return false };
    let bare = without_blanks(text);
    let Ok((rest, typed)) = year_label(&bare) else { return false };
    let is_own = own.is_some_and(|own| is_alike(own, rest.strip_prefix('の').unwrap_or(rest)));
    (rest.is_empty() || is_own) && typed.resolve(current) == year.resolve(current)
}

/// J021 for a cell that is no column's head, or stands above another column than its own; whether there is one.
fn check_head(making: &mut TableBuilder<'_>, head: &TypedRow) -> bool {
    let places = places_of(making, head);
    let is_right = |(at, cell): (usize, &crate::source::Span)| {
        let text = making.file.slice(*cell);
        match places.as_ref().and_then(|places| places.get(at)) {
            Some(column) => is_head_of(making, text, *column),
            None => is_column(making, text),
        }
    };
    let mut filled = head.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    let Some((_, cell)) = filled.find(|(at, cell)| !is_right((*at, cell))) else { return false };
    let text = making.file.slice(*cell);
    making.diagnostics.push(if is_column(making, text) {
        messages::head_out_of_place(*cell, text, &making.names)
    } else {
        messages::wrong_head(*cell, text, &making.names)
    });
    true
}
