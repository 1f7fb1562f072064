//! Tables of the office's form, written from the columns of a list.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::{Decimal, RoundingStrategy};

use super::column_years::slots;
use super::draft::{FreeRow, Program, ReviewNote, Row, RowKind, SourcedText};
use super::form_cells::{CellPlace, ROWS_APART, RowPart, flat, typed_cells};
use super::form_tables::is_share;
use super::page::{Page, one_line};
use super::units::put_behind_text;
use super::written_amount::amount_in;
use crate::form::{Formula, RowPlace, Table};
use crate::model::{Unit, is_unknown_amount, other_quantity};
use crate::syntax::SectionKind;

/// A table as it is written: cells by fixed row and column, with the unit over each.
struct Written<'a> {
    table: &'a Table,
    own: BTreeMap<CellPlace, &'a (SourcedText, Option<&'static str>)>,
    /// Of each fixed row what stands before and behind its values
    texts: BTreeMap<(usize, RowPart), &'a SourcedText>,
    /// Columns whose rates are shares of 1
    shares: BTreeSet<usize>,
    unit: Unit,
}

/// The rows of a table with fixed rows. A cell that the list does not have stands open; what is computed is written where the list
/// has it, so that `check` compares both.
pub(super) fn write_cells(program: &Program, kind: SectionKind, table: &Table, unit: Unit, page: &mut Page) {
    let own = program.cells.iter().filter(|((own, _), _)| *own == kind).map(|((_, place), said)| (*place, said));
    let texts = program.free_rows.iter().filter(|((own, _), _)| *own == kind && !table.rows.is_empty());
    let texts = texts.flat_map(|((_, row), parts)| parts.iter().map(|(part, said)| ((*row % ROWS_APART, *part), said)));
    let flat = flat(table);
    let shares = program.shares.iter().filter(|(own, _)| *own == kind).map(|(_, slot)| *slot).collect();
    let written = Written { table: &flat, own: own.collect(), texts: texts.collect(), shares, unit };
    let own = &written.own;
    if own.is_empty() && written.texts.is_empty() {
        return;
    }
    page.heading(&format!("【{}】", kind.name()));
    let mut columns: BTreeSet<usize> = typed_cells(&flat).map(|(place, _)| place.column).collect();
    if table.is_transposed {
        return written.write_transposed(table, page);
    }
    // A row has as many cells as are typed, or as many as there are columns.
    if own.keys().any(|place| !columns.contains(&place.column)) {
        columns = (0..table.value_columns().len()).collect();
    }
    let columns: Vec<usize> = columns.into_iter().collect();
    for (row, spec) in table.rows.iter().enumerate() {
        let label = format!("{}{}", "・".repeat(spec.level), spec.name);
        let has_cells = own.keys().any(|place| place.row == row);
        match (has_cells, spec.formula.is_some()) {
            (false, true) => {}
            (false, false) if table.is_computed(RowPlace::Declared(row)) => page.push(label),
            _ => written.write_row(&label, row, &columns, page),
        }
    }
    if let Some(total) = &table.total
        && own.keys().any(|place| place.row == table.rows.len())
    {
        written.write_row(total, table.rows.len(), &columns, page);
    }
}

impl Written<'_> {
    fn write_row(&self, label: &str, row: usize, columns: &[usize], page: &mut Page) {
        let mut notes: Vec<ReviewNote> = Vec::new();
        let text = |part: RowPart| self.texts.get(&(row, part)).map_or(String::new(), |said| one_line(&said.text));
        let front = (0..self.table.front.len()).map(|at| text(RowPart::Front(at)));
        let back = (0..self.table.back.len()).map(|at| text(RowPart::Back(at)));
        let values: Vec<String> = columns.iter().map(|column| self.cell(label, row, *column, &mut notes)).collect();
        let cells: String = front.chain(values).chain(back).map(|cell| format!("｜{cell}")).collect();
        page.push(format!("{label}{cells}"));
        notes.iter().for_each(|note| page.review_note(Some(note)));
    }

    fn cell(&self, label: &str, row: usize, column: usize, notes: &mut Vec<ReviewNote>) -> String {
        let Some((said, beside)) = self.own.get(&CellPlace { row, column }) else { return String::new() };
        notes.extend(said.review_note.clone());
        let value = self.table.value_columns().get(column).copied();
        if let Some(own @ Formula::Ratio(_)) = value.and_then(|value| self.table.formula(value)) {
            // A ratio is neither an amount nor, without ％, a share.
            if !is_rate(own) {
                return one_line(&said.text);
            }
            let is_shared = |(place, (said, _)): (&CellPlace, &&(SourcedText, Option<&str>))| {
                place.column == column && is_share(&said.text)
            };
            let has_shares = self.shares.contains(&column) || self.own.iter().any(is_shared);
            return percent(&said.text, has_shares).unwrap_or_else(|| one_line(&said.text));
        }
        let spec = self.table.rows.get(row);
        let holds_amounts = !spec.is_some_and(|spec| spec.is_text || crate::form::unit_in_name(&spec.name).is_some());
        if !holds_amounts || !value.is_some_and(|value| self.table.is_amount(value)) {
            let unit = self.texts.get(&(row, RowPart::Unit)).map_or("", |said| said.text.as_str());
            return put_behind_text(one_line(&said.text), unit);
        }
        let (text, what) = amount_of(label.trim_start_matches('・'), said, *beside, self.unit);
        notes.extend(what);
        text
    }

    /// The columns of the form as ・ rows under each fixed row.
    fn write_transposed(&self, table: &Table, page: &mut Page) {
        for (row, spec) in table.rows.iter().enumerate() {
            page.push(spec.name.clone());
            for (at, column) in table.columns.iter().enumerate() {
                let slots = slots_of(self.table, at);
                let has_cells = slots.iter().any(|column| self.own.contains_key(&CellPlace { row, column: *column }));
                if has_cells || column.formula.is_none() {
                    self.write_row(&format!("・{}", column.name), row, &slots, page);
                }
            }
        }
    }
}

/// The columns of values that are one of the form's, a year each.
fn slots_of(table: &Table, column: usize) -> Vec<usize> {
    slots(table, Some(column)).into_iter().map(|(slot, _)| slot).collect()
}

/// An amount of a table in the report's unit. A figure that nobody knows yet is none, and 2.5人 neither.
fn amount_of(name: &str, said: &SourcedText, beside: Option<&'static str>, unit: Unit) -> (String, Option<ReviewNote>) {
    if other_quantity(&said.text).is_some() || is_unknown_amount(said.text.trim()) {
        return (one_line(&said.text), None);
    }
    let (text, _, what) = amount_in(name, &said.text, beside, unit);
    (text, what.map(|what| ReviewNote::new(what, &said.place)))
}

/// Whether a formula makes a rate in ％: a spreadsheet may hold it as a share of 1.
fn is_rate(formula: &Formula) -> bool {
    matches!(formula, Formula::Ratio(ratio) if ratio.figure.is_percent())
}

/// 0.916 of a spreadsheet is 91.6％ of the form; 1 among shares is 100％.
fn percent(text: &str, has_shares: bool) -> Option<String> {
    let is_whole = has_shares && matches!(text.trim(), "0" | "1");
    let share: Decimal = text.trim().parse().ok().filter(|_| is_share(text) || is_whole)?;
    let rate = (share * Decimal::ONE_HUNDRED).round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
    Some(format!("{rate:.1}％"))
}

/// The rows of a table whose rows are free.
pub(super) fn write_free_rows(program: &Program, kind: SectionKind, table: &Table, unit: Unit, page: &mut Page) {
    if !table.rows.is_empty() {
        return;
    }
    let rows: Vec<(usize, &FreeRow)> =
        program.free_rows.iter().filter(|((own, _), _)| *own == kind).map(|((_, at), row)| (*at, row)).collect();
    // What stands once for several rows of the list may stand in each of them.
    let is_again = |(at, row): &(usize, &FreeRow)| {
        rows.iter().any(|(other, known)| other < at && other % ROWS_APART == at % ROWS_APART && **known == **row)
    };
    let all: Vec<&FreeRow> = rows.iter().map(|(_, row)| *row).collect();
    let free = FreeRows { table: &flat(table), all, program, kind, unit };
    for (index, (_, row)) in rows.iter().filter(|row| !is_again(row)).enumerate() {
        if index == 0 {
            page.heading(&format!("【{}】", kind.name()));
        }
        match table.is_transposed {
            true => free.write_transposed(row, page),
            false => {
                let (row, notes) = free.row(row);
                page.row(&row);
                notes.iter().for_each(|note| page.review_note(Some(note)));
            }
        }
    }
}

/// The rows of a free table, which one row may need to know.
struct FreeRows<'a> {
    table: &'a Table,
    all: Vec<&'a FreeRow>,
    program: &'a Program,
    kind: SectionKind,
    unit: Unit,
}

impl FreeRows<'_> {
    fn row(&self, row: &FreeRow) -> (Row, Vec<ReviewNote>) {
        let columns = self.table.value_columns();
        let is_typed = |slot: &usize| columns.get(*slot).is_some_and(|column| self.table.formula(*column).is_none());
        let mut slots: Vec<usize> = (0..columns.len()).filter(is_typed).collect();
        let has_computed = row.keys().any(|part| matches!(part, RowPart::Value(slot) if !slots.contains(slot)));
        if has_computed {
            slots = (0..columns.len()).collect();
        }
        let mut notes = Vec::new();
        let values: Vec<String> = slots.into_iter().map(|slot| self.value(row, slot, &mut notes)).collect();
        let text = |part: RowPart| text_of(row, part);
        let front = (0..self.table.front.len()).map(|at| text(RowPart::Front(at)));
        let back = (0..self.table.back.len()).map(|at| text(RowPart::Back(at)));
        let values = front.chain(values).chain(back).collect();
        (Row { label: text(RowPart::Label), values, ..Row::default() }, notes)
    }

    fn value(&self, row: &FreeRow, slot: usize, notes: &mut Vec<ReviewNote>) -> String {
        let (part, value) = (RowPart::Value(slot), text_of(row, RowPart::Value(slot)));
        let Some(column) = self.table.value_columns().get(slot).copied() else { return value };
        match self.table.formula(column) {
            Some(own) if is_rate(own) => {
                let is_shared = |row: &&FreeRow| row.get(&part).is_some_and(|said| is_share(&said.text));
                let has_shares = self.program.shares.contains(&(self.kind, slot)) || self.all.iter().any(is_shared);
                return percent(&value, has_shares).unwrap_or(value);
            }
            // A ratio counts nothing.
            Some(Formula::Ratio(_)) => return put_behind_text(value, ""),
            Some(_) | None => {}
        }
        let unit = text_of(row, RowPart::Unit);
        let beside = self.program.free_units.get(&(self.kind, part)).copied();
        match row.get(&part).filter(|said| self.table.is_amount(column) && unit.is_empty() && !said.text.contains('\n'))
        {
            Some(said) => {
                let (text, what) = amount_of(&text_of(row, RowPart::Label), said, beside, self.unit);
                notes.extend(what);
                text
            }
            None => put_behind_text(value, &unit),
        }
    }

    /// The label alone, and the columns of the form as ・ rows below it.
    fn write_transposed(&self, row: &FreeRow, page: &mut Page) {
        page.row(&Row { kind: RowKind::Group, label: text_of(row, RowPart::Label), ..Row::default() });
        for (at, column) in self.table.columns.iter().enumerate() {
            let slots = slots_of(self.table, at);
            let has_cells = slots.iter().any(|slot| row.contains_key(&RowPart::Value(*slot)));
            if !has_cells && column.formula.is_some() {
                continue;
            }
            let mut notes = Vec::new();
            let values = slots.iter().map(|slot| self.value(row, *slot, &mut notes)).collect::<Vec<_>>();
            let front = (0..self.table.front.len()).map(|at| text_of(row, RowPart::Front(at)));
            let back = (0..self.table.back.len()).map(|at| text_of(row, RowPart::Back(at)));
            let cells: String = front.chain(values).chain(back).map(|cell| format!("｜{}", one_line(&cell))).collect();
            page.push(format!("・{}{cells}", column.name));
            notes.iter().for_each(|note| page.review_note(Some(note)));
        }
    }
}

fn text_of(row: &FreeRow, part: RowPart) -> String {
    row.get(&part).map(|said| said.text.clone()).unwrap_or_default()
}
