//! J071 and J072 in the tables that the form declares: typed figures held against what the form computes, parts against their
//! whole. Exact, and not a question.

use rust_decimal::Decimal;

use super::declared_wrong::{WrongCell, wrong_cells};
use super::figures::head_of;
use super::table_values::{is_share, may_be_parts};
use super::unit::is_same;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::{
    Cell, Columns, Computation, Context, Indicator, Program, Quantity, Role, Row, format_amount, name_of,
};
use crate::source::Span;
use rust_decimal::prelude::ToPrimitive;

pub(super) fn check(program: &Program, context: &Context, diagnostics: &mut Diagnostics) {
    let is_checked = |table: &&Indicator| table.declared.as_ref().is_some_and(|declared| !declared.table.is_faulty);
    for table in program.tables().filter(is_checked) {
        for wrong in wrong_cells(table) {
            // One 0 that counts for all columns is one cell.
            if !diagnostics.iter().any(|said| said.primary.span == wrong.cell.span) {
                diagnostics.push(message((table, context), &wrong));
            }
        }
        for (row, own) in table.rows.iter().enumerate() {
            if let Some(whole) = whole_of(table, (row, own)) {
                check_part(table, (row, whole), diagnostics);
            }
        }
    }
}

fn message((table, context): (&Indicator, &Context), wrong: &WrongCell) -> Diagnostic {
    let (row, column) = wrong.place;
    let own = table.rows.get(row).map(|row| row.label.text()).unwrap_or_default();
    let place = column_in_words(table, column, context);
    let typed = wrong.cell.text();
    if let Some(right) = wrong.right {
        let right = shown(right, &wrong.unit, table);
        let message = format!("「{own}」{place}の「{typed}」では、この欄を使う計算がどれも合いません。");
        return Diagnostic::new(Code::J071, wrong.cell.span, message)
            .help(format!("「{right}」なら、どれも合います。元の資料を見て、違っているほうを直してください。"));
    }
    let (code, severity, what) = match wrong.computation {
        Computation::Rate if wrong.unit == "％" => (Code::J072, Severity::Warning, "計算した率"),
        Computation::Rate => (Code::J072, Severity::Warning, "計算した数"),
        Computation::Sum => (Code::J072, Severity::Error, "計算した数"),
        Computation::Parts => (Code::J071, Severity::Error, "内訳の合計"),
    };
    let shown = wrong.computed.map_or_else(|| "—".to_string(), |number| shown(number, &wrong.unit, table));
    let message = format!("「{own}」{place}の「{typed}」が、{what}「{shown}」と違います。");
    let help = match wrong.computation {
        _ if wrong.may_be_rounded => {
            "千円未満などの端数を整えたための違いなら、このままでかまいません。そうでなければ、違っているほうを直してください。"
                .to_string()
        }
        Computation::Parts => "「・」の行か、この欄の、違っているほうを直してください。".to_string(),
        Computation::Rate | Computation::Sum => {
            format!("「{shown}」に直すか、もとの数を直してください。この欄は書かなくても計算して印刷します。")
        }
    };
    let severity = if wrong.may_be_rounded { Severity::Warning } else { severity };
    let diagnostic = Diagnostic::new(code, wrong.cell.span, message).severity(severity).help(help);
    if severity == Severity::Warning { diagnostic.or_acknowledge("【事業】", &own) } else { diagnostic }
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
    columns.get(column).map(|column| format!("（{}）", name_of(column, context.fiscal_year))).unwrap_or_default()
}

/// The row that a row called うち is a part of: the one that it stands below, as ・ or on the same level.
fn whole_of(table: &Indicator, (row, own): (usize, &Row)) -> Option<usize> {
    if !own.is_within() {
        return None;
    }
    match own.role {
        Role::Child { parent } => Some(parent),
        Role::Plain => {
            let mut above = table.rows.get(..row)?.iter();
            above.rposition(|other| other.role == Role::Plain && !other.is_within())
        }
        Role::Group => None,
    }
}

/// J037: a row called うち is a part of the one above it.
fn check_part(table: &Indicator, (row, whole): (usize, usize), diagnostics: &mut Diagnostics) {
    let (Some(part), Some(whole)) = (table.rows.get(row), table.rows.get(whole)) else { return };
    let is_typed = |column: &usize| table.declared.as_ref().is_some_and(|declared| !declared.is_computed(*column));
    let columns = (0..part.values.len()).filter(|column| is_typed(column) && may_be_parts(&head_of(table, *column)));
    for column in columns {
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
