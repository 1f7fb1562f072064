//! J071 and J072 in the tables that the form declares: typed figures held against what the form computes, parts against their
//! whole. Exact, and not a question.

use rust_decimal::{Decimal, RoundingStrategy};

use super::figures::head_of;
use super::table_values::{is_share, may_be_parts};
use super::unit::is_same;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::{
    Cell, Columns, Computation, Computed, Context, Indicator, Program, Quantity, Role, Value, YearLabel, format_amount,
};
use crate::source::Span;
use crate::syntax::chars::is_no_value;
use rust_decimal::prelude::ToPrimitive;

pub(super) fn check(program: &Program, context: &Context, diagnostics: &mut Diagnostics) {
    let is_checked = |table: &&Indicator| table.declared.as_ref().is_some_and(|declared| !declared.table.is_faulty);
    for table in program.tables().filter(is_checked) {
        for (row, own) in table.rows.iter().enumerate() {
            for (column, value) in own.values.iter().enumerate() {
                if let Value::Own(cell) = value {
                    check_cell((table, context), (row, column), cell, diagnostics);
                }
            }
            if let Role::Child { parent } = own.role {
                check_part(table, (row, parent), diagnostics);
            }
        }
    }
}

/// A typed cell against what the form makes of the others.
fn check_cell(
    (table, context): (&Indicator, &Context),
    (row, column): (usize, usize),
    cell: &Cell,
    diagnostics: &mut Diagnostics,
) {
    let Some((computation, computed)) = table.computed(row, column) else { return };
    let (number, unit) = match computed {
        Computed::Hole | Computed::Open => return,
        Computed::Rate(number) => (number, "％".to_string()),
        Computed::Amount(number, unit) | Computed::Figure(number, unit) => (number, unit),
    };
    let typed = cell.only_figure().map(|figure| (figure.number, figure.unit.as_str()));
    let is_none = matches!(cell.lines.as_slice(), [line] if is_no_value(&line.value));
    let is_right = match (typed, number) {
        (Some((typed, own)), Some(number)) => is_same_figure(typed, number, computation) && is_same_unit(own, &unit),
        (None, None) => is_none,
        // Of nothing but — a 0 is right too, and of parts that nobody knows every whole is.
        (Some((typed, _)), None) => {
            computation == Computation::Parts || (typed.is_zero() && computation == Computation::Sum)
        }
        (None, Some(number)) => is_none && number.is_zero(),
    };
    // One 0 that counts for all columns is one cell.
    let is_said = || diagnostics.iter().any(|said| said.primary.span == cell.span);
    if !is_right && !is_said() {
        diagnostics.push(message((table, context), (row, column), cell, computation, (number, &unit)));
    }
}

/// A rate may be typed without its decimal.
fn is_same_figure(typed: Decimal, computed: Decimal, computation: Computation) -> bool {
    let is_whole = computation == Computation::Rate && typed.scale() == 0;
    let rounded = |number: Decimal| number.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    typed == computed || (is_whole && typed == rounded(computed))
}

fn is_same_unit(typed: &str, computed: &str) -> bool {
    let plain = |unit: &str| if unit == "%" { "％".to_string() } else { unit.to_string() };
    typed.is_empty() || plain(typed) == plain(computed)
}

fn message(
    (table, context): (&Indicator, &Context),
    (row, column): (usize, usize),
    cell: &Cell,
    computation: Computation,
    (number, unit): (Option<Decimal>, &str),
) -> Diagnostic {
    let own = table.rows.get(row).map(|row| row.label.text()).unwrap_or_default();
    let shown = number.map_or_else(|| "—".to_string(), |number| shown(number, unit, table));
    let typed = cell.text();
    let (code, severity, what) = match computation {
        Computation::Rate if unit == "％" => (Code::J072, Severity::Warning, "計算した率"),
        Computation::Rate => (Code::J072, Severity::Warning, "計算した数"),
        Computation::Sum => (Code::J072, Severity::Error, "計算した数"),
        Computation::Parts => (Code::J071, Severity::Error, "内訳の合計"),
    };
    let place = column_in_words(table, column, context);
    let message = format!("「{own}」{place}の「{typed}」が、{what}「{shown}」と違います。");
    let help = match computation {
        Computation::Parts => "「・」の行か、この欄の、違っているほうを直してください。".to_string(),
        Computation::Rate | Computation::Sum => {
            format!("「{shown}」に直すか、もとの数を直してください。この欄は書かなくても計算して印刷します。")
        }
    };
    let diagnostic = Diagnostic::new(code, cell.span, message).severity(severity).help(help);
    if computation == Computation::Rate { diagnostic.or_acknowledge("【事業】", &own) } else { diagnostic }
}

fn shown(number: Decimal, unit: &str, table: &Indicator) -> String {
    let is_money = table.declared.as_ref().is_some_and(|declared| declared.unit.name() == unit);
    match number.to_i64().filter(|_| number.is_integer()) {
        Some(value) if is_money => format_amount(value),
        Some(value) if unit != "％" => format!("{}{unit}", format_amount(value)),
        _ if unit == "％" => {
            format!("{}{:.1}％", if number < Decimal::ZERO { "△" } else { "" }, number.abs())
        }
        _ => format!("{number}{unit}"),
    }
}

/// （2年度の決算額）
fn column_in_words(table: &Indicator, column: usize, context: &Context) -> String {
    let Columns::Own(columns) = &table.columns else { return String::new() };
    let Some(column) = columns.get(column) else { return String::new() };
    let label = |year: YearLabel| context.fiscal_year.map(|current| year.resolve(current).column()).unwrap_or_default();
    match (column.year, column.group) {
        (Some(year), _) => format!("（{}）", label(year)),
        (None, Some(group)) => format!("（{}の{}）", label(group), column.label.value),
        (None, None) => format!("（{}）", column.label.value),
    }
}

/// J037: a row called うち is a part of the one above it.
fn check_part(table: &Indicator, (row, parent): (usize, usize), diagnostics: &mut Diagnostics) {
    let (Some(part), Some(whole)) = (table.rows.get(row), table.rows.get(parent)) else { return };
    if !part.is_within() {
        return;
    }
    for column in (0..part.values.len()).filter(|column| may_be_parts(&head_of(table, *column))) {
        let figure = |row| table.cell(row, column).and_then(Cell::only_figure);
        let (Some(one), Some(all)) = (figure(part), figure(whole)) else { continue };
        if is_same(&one.unit, &all.unit) && !is_share(one) && one.number > all.number && all.number >= Decimal::ZERO {
            let place = table.cell(part, column).map_or(part.span, |cell| cell.span);
            diagnostics.push(larger_part(place, part.label.text(), one, whole.label.text(), all));
        }
    }
}

fn larger_part(place: Span, part: String, one: &Quantity, whole: String, all: &Quantity) -> Diagnostic {
    let number = |number: Decimal| match number.to_i64().filter(|_| number.is_integer()) {
        Some(value) => format_amount(value),
        None => number.to_string(),
    };
    let shown = |figure: &Quantity| format!("{}{}", number(figure.number), figure.unit);
    let message = format!("「{part}」（{}）が、全体の「{whole}」（{}）より多くなっています。", shown(one), shown(all));
    Diagnostic::new(Code::J037, place, message)
        .help("違っているほうを直してください。")
        .or_acknowledge("【事業】", &part)
}
