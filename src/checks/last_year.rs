//! J039, J056, J060 for what is gone, and the last-year half of J015 and J038: a report beside the one that was published before it.
//!
//! Nothing of the older report is ever taken over: it is only compared.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::missing_since_last_year;
use super::rows::{label_of, without_remark};
use super::table_values::slip_of_places;
use super::unit::is_same;
use super::yen::{self, looks_like_yen};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Amount, Cell, FiscalYear, Indicator, Program, Prose, Report, Row, Succession, Unit, Value, format_amount,
    parse_quantities,
};
use crate::source::Span;
use crate::syntax::Scope;
use crate::syntax::chars::{is_blank, is_no_value, unified};

/// A shorter text is the same by chance: 「中止した。」
const SHORTEST_PROSE: usize = 20;

/// Compares each program with what it was last year.
pub fn check_last_year(old: &Report, new: &Report, diagnostics: &mut Diagnostics) {
    let Some(year) = new.head.as_ref().and_then(|head| head.fiscal_year) else { return };
    let unit = |report: &Report| report.unit();
    let succession = Succession::find(old, new);
    missing_since_last_year::check(old, new, &succession, diagnostics);
    // What the ledger has already told: one cause, one message.
    let told: BTreeSet<Span> = diagnostics.iter().filter(|d| d.code == Code::J015).map(|d| d.primary.span).collect();
    for (index, program) in new.printed_programs() {
        let Some(before) = succession.before(index).and_then(|was| old.program(was)) else { continue };
        if unit(old) == unit(new) && !program.amount_place.is_some_and(|place| told.contains(&place)) {
            check_amount(before, program, unit(new), diagnostics);
        }
        check_cells(before, program, year, diagnostics);
        check_prose(before, program, diagnostics);
    }
}

/// J015 and J038.
fn check_amount(before: &Program, program: &Program, unit: Unit, diagnostics: &mut Diagnostics) {
    let (Some(Amount::Value(old)), Some(Amount::Value(new)), Some(place)) =
        (before.amount, program.amount, program.amount_place)
    else {
        return;
    };
    if unit != Unit::Yen && looks_like_yen(new, old) {
        let was = format!("昨年度は {} {}", format_amount(old), unit.name());
        diagnostics.push(yen::message(new, unit, place, &was));
    } else if let Some(change) = slip_of_places(Decimal::from(old), Decimal::from(new)) {
        diagnostics.push(
            Diagnostic::new(
                Code::J038,
                place,
                format!(
                    "事業費が昨年度の {}{} から {}{} と、ほぼ{}です。けた違いではありませんか。",
                    format_amount(old),
                    unit.name(),
                    format_amount(new),
                    unit.name(),
                    change
                ),
            )
            .help("金額を確かめ、違っていれば直してください。")
            .or_acknowledge("【事業】", "事業費"),
        );
    }
}

/// J039: what was last year's own column is now the column of the year before.
fn check_cells(before: &Program, program: &Program, year: FiscalYear, diagnostics: &mut Diagnostics) {
    let mut published: BTreeMap<RowName, Vec<&Cell>> = BTreeMap::new();
    for table in before.tables() {
        let [_, Some(column)] = table.year_columns(year.previous()) else { continue };
        for row in &table.rows {
            if let Some(cell) = table.cell(row, column) {
                published.entry(row_name(table, row)).or_default().push(cell);
            }
        }
    }
    let mut seen: BTreeMap<RowName, usize> = BTreeMap::new();
    for table in program.tables() {
        let [Some(column), _] = table.year_columns(year) else { continue };
        for row in table.rows.iter().filter(|row| !row.values.is_empty()) {
            let name = row_name(table, row);
            // Rows of one name are the same by their order.
            let place = seen.entry(name.clone()).or_default();
            let was = published.get(&name).and_then(|cells| cells.get(*place));
            *place += 1;
            if let (Some(was), Some(Value::Own(cell))) = (was, row.values.get(column))
                && !is_same_value(was, cell)
            {
                diagnostics.push(other_value(was, cell, row, year.previous()));
            }
        }
    }
}

fn other_value(was: &Cell, cell: &Cell, row: &Row, year: FiscalYear) -> Diagnostic {
    let shown = |cell: &Cell| cell.text().replace('\n', " ");
    let label = label_of(row);
    Diagnostic::new(
        Code::J039,
        cell.span,
        format!("{}の値が、昨年の報告書では「{}」、今回は「{}」です。", year.column(), shown(was), shown(cell)),
    )
    .help(format!("写し間違いなら「{}」に直してください。", shown(was)))
    .or_acknowledge("【事業】", &label)
}

/// Caption, label of the group, label: a row keeps its name from year to year, whatever the width of its letters.
type RowName = (String, String, String);

fn row_name(table: &Indicator, row: &Row) -> RowName {
    let caption = table.caption.as_ref().map(|caption| caption.value.as_str()).unwrap_or_default();
    (
        unified(caption),
        table.parent(row).map(|parent| unified(&label_of(parent))).unwrap_or_default(),
        unified(&label_of(row)),
    )
}

/// The same numbers in the same units, or else the same words.
fn is_same_value(a: &Cell, b: &Cell) -> bool {
    // 87名（3月末現在） is 87名.
    let bare = |cell: &Cell| match cell.lines.as_slice() {
        [line] if cell.quantities.is_empty() => parse_quantities(without_remark(line.value.trim_matches(is_blank))),
        _ => cell.quantities.clone(),
    };
    let (in_a, in_b) = (bare(a), bare(b));
    if in_a.is_empty() || in_b.is_empty() {
        let words = |cell: &Cell| {
            let lines = cell
                .lines
                .iter()
                .map(|line| if is_no_value(&line.value) { "—".to_string() } else { unified(&line.value) });
            lines.collect::<String>()
        };
        return words(a) == words(b);
    }
    in_a.len() == in_b.len() && in_a.iter().zip(&in_b).all(|(a, b)| a.number == b.number && is_same(&a.unit, &b.unit))
}

/// J056, of what is written anew each year.
fn check_prose(before: &Program, program: &Program, diagnostics: &mut Diagnostics) {
    for (kind, new) in program.prose().filter(|(kind, _)| kind.spec().speaks_of == Scope::OfTheYear) {
        let Some(old) = before.prose_of(kind) else { continue };
        let (was, is) = (words(old), words(new));
        if let Some(heading) = new.heading.filter(|_| was == is && is.chars().count() >= SHORTEST_PROSE) {
            diagnostics.push(
                Diagnostic::new(Code::J056, heading, "昨年の文章と全く同じです。")
                    .help("今年度のことが書いてあるか、確かめてください。"),
            );
        }
    }
}

fn words(prose: &Prose) -> String {
    prose.blocks.iter().flat_map(|block| &block.lines).map(|line| unified(&line.value)).collect()
}
