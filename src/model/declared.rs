//! A table that the form declares: its rows in the order of the form, what is computed filled in.

use super::arrow_values::ArrowValues;
use super::declared_builder::{Below, TableBuilder};
use super::declared_cells::written;
use super::declared_fill::fill_in;
use super::declared_head::take_heads;
use super::declared_messages as messages;
use super::declared_rows::{Assigned, TypedRow, TypedTable, assign, collect};
use super::declared_signs::take_other_separators;
use super::declared_transposed::lower_transposed;
use super::indicator::{Column, Columns, DeclaredColumn, DeclaredRow, DeclaredTable, Indicator};
use super::year::{FiscalYear, YearLabel};
use super::{Block, BlockKind, Context, Text};
use crate::diagnostic::Diagnostics;
use crate::form::{Table, Values, is_alike, is_counted_elsewhere};
use crate::source::{SourceFile, Span};
use crate::syntax::Section;
use crate::syntax::chars::without_blanks;
use std::sync::Arc;

/// Reads a table of the form.
pub(super) fn lower_declared(
    file: &SourceFile,
    section: &Section,
    table: &Arc<Table>,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Indicator {
    let mut typed = collect(file, &section.lines, diagnostics);
    let (columns, meanings) = columns_of(table, section.heading, context.fiscal_year);
    let names: Vec<String> = columns.iter().map(|column| name_of(column, context.fiscal_year)).collect();
    let caption = (!section.rest.is_empty()).then(|| Text::new(file.slice(section.rest).to_string(), section.rest));
    let declared = DeclaredTable { table: Arc::clone(table), columns: meanings, unit: context.unit() };
    let mut silent = Diagnostics::new();
    let diagnostics = if table.is_faulty { &mut silent } else { diagnostics };
    let mut making = TableBuilder {
        file,
        declared: &declared,
        current: context.fiscal_year,
        names,
        made: Indicator {
            heading: section.heading,
            caption,
            columns: Columns::Own(columns),
            rows: Vec::new(),
            notes: notes_of(file, &typed),
            declared: Some(declared.clone()),
        },
        arrows: ArrowValues::default(),
        is_head_wrong: false,
        diagnostics,
    };
    take_heads(&mut making, &mut typed.rows);
    let with_head = making.diagnostics.iter().count();
    lower_rows(&mut making, typed);
    let TableBuilder { mut made, diagnostics, is_head_wrong, .. } = making;
    made.take_units();
    fill_in(&mut made, diagnostics);
    made.bare_units();
    if is_head_wrong {
        let mut count = 0;
        diagnostics.retain(|_| {
            count += 1;
            count <= with_head
        });
        let table = Arc::new(Table { is_faulty: true, ..(**table).clone() });
        made.declared = made.declared.map(|declared| DeclaredTable { table, ..declared });
    }
    made
}

fn notes_of(file: &SourceFile, typed: &TypedTable) -> Vec<Block> {
    let lines = |note: &Vec<Span>| note.iter().map(|span| Text::new(file.slice(*span).to_string(), *span)).collect();
    typed.notes.iter().map(|note| Block { kind: BlockKind::Note, lines: lines(note) }).collect()
}

/// The printed columns with what each one is. Labels are the program's own.
fn columns_of(table: &Table, heading: Span, current: Option<FiscalYear>) -> (Vec<Column>, Vec<DeclaredColumn>) {
    let year = |offset: i32| current.map(|current| YearLabel::Fiscal(FiscalYear::new(current.year() + offset)));
    let text =
        |name: &String| (Column { label: written(name, heading), year: None, group: None }, DeclaredColumn::Text);
    let value = |value: crate::form::ValueColumn| {
        let own = value.column.and_then(|column| table.columns.get(column)).map(|column| column.name.as_str());
        let of_year = value.year.and_then(year);
        let (year, group) = if own.is_some() { (None, of_year) } else { (of_year, None) };
        (Column { label: written(own.unwrap_or("年度"), heading), year, group }, DeclaredColumn::Value(value))
    };
    let front = table.front.iter().map(text);
    front.chain(table.value_columns().into_iter().map(value)).chain(table.back.iter().map(text)).unzip()
}

/// 5年度の目標
pub fn name_of(column: &Column, current: Option<FiscalYear>) -> String {
    let label = |year: YearLabel| current.map(|current| year.resolve(current).column()).unwrap_or_default();
    match (column.year, column.group) {
        (Some(year), _) => label(year),
        (None, Some(group)) => format!("{}の{}", label(group), column.label.value),
        (None, None) => column.label.value.clone(),
    }
}

fn lower_rows(making: &mut TableBuilder<'_>, mut typed: TypedTable) {
    take_other_separators(making, &mut typed.rows);
    take_arrows(making, &typed.rows);
    if making.declared.table.is_transposed {
        lower_transposed(making, &typed);
    } else if making.declared.table.rows.is_empty() {
        lower_free(making, &typed.rows);
    } else {
        lower_fixed(making, &typed);
    }
}

/// What the columns hold beside which ↑ is a value.
fn take_arrows(making: &mut TableBuilder<'_>, rows: &[TypedRow]) {
    for (column, name) in making.names.iter().enumerate() {
        making.arrows.add(column, name);
    }
    for row in rows {
        let texts: Vec<&str> = row.cells.iter().map(|cell| making.file.slice(*cell)).collect();
        for (column, text) in making.declared.places(&texts).into_iter().flatten().zip(texts) {
            making.arrows.add(column, text);
        }
    }
}

/// Names of rows that are the sum of others.
const SUMS: &[&str] = &["計", "合計", "小計", "総計", "総額", "合計額", "総合計"];

/// Rows as they were typed, and 計 at the end.
fn lower_free(making: &mut TableBuilder<'_>, typed: &[TypedRow]) {
    let total = making.declared.table.total.clone();
    let file = making.file;
    let is_total =
        |row: &&TypedRow| total.as_ref().is_some_and(|name| row.level == 0 && is_alike(name, file.slice(row.label)));
    let (totals, mut rows): (Vec<&TypedRow>, Vec<&TypedRow>) = typed.iter().partition(is_total);
    if let Some(total) = &total {
        rows.retain(|row| {
            let label = file.slice(row.label);
            let is_sum = row.level == 0 && row.has_cells && SUMS.contains(&without_blanks(label).as_str());
            if is_sum {
                making.diagnostics.push(messages::second_total(row.span, label, total));
            }
            !is_sum
        });
    }
    for (index, row) in rows.iter().enumerate() {
        let below = below_typed(file, row, rows.get(index + 1..).unwrap_or_default());
        making.push_typed(row, row.level, None, below);
    }
    if rows.is_empty() && totals.is_empty() {
        return;
    }
    match (totals.split_first(), &total) {
        (Some((first, more)), _) => {
            making.push_typed(first, 0, Some(DeclaredRow::Total), Below::Nothing);
            for row in more {
                making.diagnostics.push(messages::row_twice(row.span, file.slice(row.label), first.span));
            }
        }
        (None, Some(name)) => making.push_written(name, 0, DeclaredRow::Total),
        (None, None) => {}
    }
}

/// What stands below a row, among the typed rows behind it.
fn below_typed(file: &SourceFile, row: &TypedRow, behind: &[&TypedRow]) -> Below {
    let below = || behind.iter().take_while(|other| other.level > row.level);
    let is_part = |other: &&TypedRow| is_counted_elsewhere(file.slice(other.label));
    match below().next() {
        None => Below::Nothing,
        Some(_) if below().filter(|other| other.level == row.level + 1).all(is_part) => Below::Parts,
        Some(_) => Below::Summands,
    }
}

fn below_declared(table: &Table, place: usize) -> Below {
    let children: Vec<&crate::form::Row> = table.children(place).collect();
    if children.is_empty() {
        Below::Nothing
    } else if children.iter().all(|row| is_counted_elsewhere(&row.name) || row.is_text || row.formula.is_some()) {
        Below::Parts
    } else {
        Below::Summands
    }
}

/// Rows in the order of the form; what it does not have stands at the end of a draft.
fn lower_fixed(making: &mut TableBuilder<'_>, typed: &TypedTable) {
    if typed.rows.is_empty() {
        return;
    }
    let table = Arc::clone(&making.declared.table);
    let rows: Vec<&TypedRow> = typed.rows.iter().collect();
    let Assigned { places, guessed } = assign(making.file, &rows, &table, making.diagnostics);
    let at = |wanted: usize| places.iter().position(|place| *place == Some(wanted)).and_then(|at| typed.rows.get(at));
    let (mut names, mut examples) = (Vec::new(), Vec::new());
    for (place, spec) in table.rows.iter().enumerate() {
        let (below, row) = (below_declared(&table, place), DeclaredRow::Row(place));
        let is_summed = below == Below::Summands && table.values == Values::Amount;
        match at(place) {
            Some(typed) => making.push_typed(typed, spec.level, Some(row), below),
            None if spec.formula.is_some() || is_summed => making.push_written(&spec.name, spec.level, row),
            None => {
                if !guessed.contains(&place) {
                    names.push(spec.name.clone());
                    examples.push(making.example(&spec.name, spec.level));
                }
                making.push_missing(&spec.name, spec.level, row);
            }
        }
    }
    match (at(table.rows.len()), &table.total) {
        (Some(typed), Some(_)) => making.push_typed(typed, 0, Some(DeclaredRow::Total), Below::Nothing),
        (None, Some(name)) => making.push_written(name, 0, DeclaredRow::Total),
        (_, None) => {}
    }
    for (row, _) in typed.rows.iter().zip(&places).filter(|(_, place)| place.is_none()) {
        making.push_typed(row, 0, None, Below::Nothing);
    }
    // A row that could not be read may be the one that lacks.
    if !names.is_empty() && !typed.has_unread {
        making.diagnostics.push(messages::missing_rows(making.made.heading, &table.name, &names, &examples));
    }
}
