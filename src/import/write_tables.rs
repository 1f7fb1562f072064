//! Tables of the office's form, written from the columns of a list.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::{Decimal, RoundingStrategy};

use super::draft::{FreeRow, Program, ReviewNote, Row, SourcedText};
use super::form_cells::{CellPlace, ROWS_APART, RowPart, typed_cells};
use super::page::{Page, one_line};
use super::units::put_behind_text;
use super::written_amount::amount_in;
use crate::form::{Formula, RowPlace, Table};
use crate::model::Unit;
use crate::syntax::SectionKind;

/// The rows of a table with fixed rows. A cell that the list does not have stands open; what is computed is written where the list
/// has it, so that `check` compares both.
pub(super) fn write_cells(program: &Program, kind: SectionKind, table: &Table, unit: Unit, page: &mut Page) {
    let own: BTreeMap<CellPlace, &(SourcedText, Option<&'static str>)> =
        program.cells.iter().filter(|((own, _), _)| *own == kind).map(|((_, place), said)| (*place, said)).collect();
    if own.is_empty() {
        return;
    }
    page.heading(&format!("【{}】", kind.name()));
    let mut columns: BTreeSet<usize> = typed_cells(table).map(|(place, _)| place.column).collect();
    // A row has as many cells as are typed, or as many as there are columns.
    if own.keys().any(|place| !columns.contains(&place.column)) {
        columns = (0..table.value_columns().len()).collect();
    }
    for (row, spec) in table.rows.iter().enumerate() {
        let label = format!("{}{}", "・".repeat(spec.level), spec.name);
        let has_cells = own.keys().any(|place| place.row == row);
        match (has_cells, spec.formula.is_some()) {
            (false, true) => {}
            (false, false) if table.is_computed(RowPlace::Declared(row)) => page.push(label),
            _ => write_row(&label, (row, table), &columns, &own, unit, page),
        }
    }
    if let Some(total) = &table.total
        && own.keys().any(|place| place.row == table.rows.len())
    {
        write_row(total, (table.rows.len(), table), &columns, &own, unit, page);
    }
}

fn write_row(
    label: &str,
    (row, table): (usize, &Table),
    columns: &BTreeSet<usize>,
    own: &BTreeMap<CellPlace, &(SourcedText, Option<&'static str>)>,
    unit: Unit,
    page: &mut Page,
) {
    let mut notes: Vec<ReviewNote> = Vec::new();
    let values = table.value_columns();
    let holds_amounts =
        !table.rows.get(row).is_some_and(|spec| spec.is_text || crate::form::unit_in_name(&spec.name).is_some());
    let mut cell = |column: &usize| {
        let Some((said, beside)) = own.get(&CellPlace { row, column: *column }) else { return String::new() };
        if values.get(*column).and_then(|column| table.formula(*column)).is_some_and(is_rate) {
            let has_shares = own.iter().any(|(place, (said, _))| place.column == *column && is_share(&said.text));
            return percent(&said.text, has_shares).unwrap_or_else(|| one_line(&said.text));
        }
        if !holds_amounts || !values.get(*column).is_some_and(|column| table.is_amount(*column)) {
            return one_line(&said.text);
        }
        let name = label.trim_start_matches('・');
        let (text, _, what) = amount_in(name, &said.text, *beside, unit);
        notes.extend(what.map(|what| ReviewNote::new(what, &said.place)));
        text
    };
    let cells: String = columns.iter().map(|column| format!("｜{}", cell(column))).collect();
    page.push(format!("{label}{cells}"));
    notes.iter().for_each(|note| page.review_note(Some(note)));
}

/// Whether a formula makes a rate in ％: a spreadsheet may hold it as a share of 1.
fn is_rate(formula: &Formula) -> bool {
    matches!(formula, Formula::Ratio(ratio) if ratio.figure.is_percent())
}

fn is_share(text: &str) -> bool {
    text.starts_with("0.") || text.starts_with("1.")
}

/// 0.916 of a spreadsheet is 91.6％ of the form; 1 among shares is 100％.
fn percent(text: &str, has_shares: bool) -> Option<String> {
    let is_whole = has_shares && matches!(text.trim(), "0" | "1");
    let share: Decimal = text.trim().parse().ok().filter(|_| is_share(text) || is_whole)?;
    let rate = (share * Decimal::ONE_HUNDRED).round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
    Some(format!("{rate:.1}％"))
}

/// The rows of a table whose rows are free.
pub(super) fn write_free_rows(program: &Program, kind: SectionKind, table: &Table, page: &mut Page) {
    let rows: Vec<(usize, &FreeRow)> =
        program.free_rows.iter().filter(|((own, _), _)| *own == kind).map(|((_, at), row)| (*at, row)).collect();
    // What stands once for several rows of the list may stand in each of them.
    let is_again = |(at, row): &(usize, &FreeRow)| {
        rows.iter().any(|(other, known)| other < at && other % ROWS_APART == at % ROWS_APART && **known == **row)
    };
    let all: Vec<&FreeRow> = rows.iter().map(|(_, row)| *row).collect();
    for (index, (_, row)) in rows.iter().filter(|row| !is_again(row)).enumerate() {
        if index == 0 {
            page.heading(&format!("【{}】", kind.name()));
        }
        page.row(&free_row(row, &all, table));
    }
}

/// `others`: all rows of the table.
fn free_row(row: &FreeRow, others: &[&FreeRow], table: &Table) -> Row {
    let text = |part: RowPart| row.get(&part).map(|said| said.text.clone()).unwrap_or_default();
    let columns = table.value_columns();
    let typed =
        (0..columns.len()).filter(|slot| columns.get(*slot).is_some_and(|column| table.formula(*column).is_none()));
    let mut slots: Vec<usize> = typed.collect();
    let has_computed = row.keys().any(|part| matches!(part, RowPart::Value(slot) if !slots.contains(slot)));
    if has_computed {
        slots = (0..columns.len()).collect();
    }
    let unit = text(RowPart::Unit);
    let has_shares =
        |slot: usize| others.iter().any(|row| row.get(&RowPart::Value(slot)).is_some_and(|said| is_share(&said.text)));
    let values = slots.into_iter().map(|slot| {
        let value = text(RowPart::Value(slot));
        match columns.get(slot).and_then(|column| table.formula(*column)) {
            Some(own) if is_rate(own) => percent(&value, has_shares(slot)).unwrap_or(value),
            // A ratio counts nothing.
            Some(Formula::Ratio(_)) => put_behind_text(value, ""),
            _ => put_behind_text(value, &unit),
        }
    });
    let front = (0..table.front.len()).map(|at| text(RowPart::Front(at)));
    let back = (0..table.back.len()).map(|at| text(RowPart::Back(at)));
    let values = front.chain(values).chain(back).collect();
    Row { label: text(RowPart::Label), values, ..Row::default() }
}
