//! J071: rows of counts above a 計 that they do not add up to: 男性 20名, 女性 10名, 計 53名.
//!
//! Rows of counts are often no parts of what stands below them. They are looked at only where their names leave nothing out
//! (男性, 女性), or where another column of the same rows adds up; and the message is a question.

use rust_decimal::Decimal;

use super::figures::{figure, is_of_no_sum, is_partial, is_total, is_within};
use super::money_sums::with_commas;
use super::rows::label_of;
use super::rows_above::RowsAbove;
use super::unit::{counter_at, unified};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::{Cell, Indicator, Program, Row, Value};
use crate::syntax::chars::{is_blank, is_no_value};

/// Names that together leave nothing out.
const ALL_OF_THEM: &[[&str; 2]] = &[
    ["男性", "女性"],
    ["男", "女"],
    ["男子", "女子"],
    ["県内", "県外"],
    ["市内", "市外"],
    ["町内", "町外"],
    ["村内", "村外"],
    ["管内", "管外"],
    ["国内", "国外"],
    ["国内", "海外"],
    ["前期", "後期"],
    ["上半期", "下半期"],
    ["上期", "下期"],
    ["午前", "午後"],
    ["新規", "継続"],
    ["昼間", "夜間"],
    ["対面", "オンライン"],
];
/// One person may be in two of the rows, and once in the 計.
const COUNTED_TWICE: &[&str] = &["実人", "実数", "実件", "実社", "延", "重複", "複数", "再掲", "同一"];

pub(super) fn check(program: &Program, diagnostics: &mut Diagnostics) {
    // The amounts that the form declares are computed exactly: `declared_sums`.
    for table in program.tables().filter(|table| !table.is_of_amounts()) {
        let caption = table.caption.as_ref().map(|caption| caption.value.as_str()).unwrap_or_default();
        let mut texts = table.notes.iter().flat_map(|note| &note.lines).map(|line| line.value.as_str());
        if is_partial(caption) || is_within(caption) || is_counted_twice(caption) || texts.any(is_counted_twice) {
            continue;
        }
        for (index, row) in table.rows.iter().enumerate().filter(|(_, row)| is_total(&label_of(row))) {
            check_total(table, index, row, diagnostics);
        }
    }
}

fn is_counted_twice(text: &str) -> bool {
    COUNTED_TWICE.iter().any(|word| text.contains(word))
}

/// A 計 and what stands above it in one column.
struct CountSum<'a> {
    whole: &'a Cell,
    number: Decimal,
    parts: Decimal,
    unit: String,
    holds: bool,
}

fn check_total(table: &Indicator, index: usize, row: &Row, diagnostics: &mut Diagnostics) {
    let above = RowsAbove::of(table, index, row.role);
    if above.since.len() < 2 {
        return;
    }
    let names: Vec<String> = above.since.iter().map(|row| label_of(row)).collect();
    if names.iter().any(|name| is_of_no_sum(name) || is_counted_twice(name)) || is_counted_twice(&label_of(row)) {
        return;
    }
    let others = [above.all.clone(), above.with_totals()];
    let sums: Vec<CountSum> = (0..table.columns.count())
        .filter_map(|column| {
            let sum = sum_up(table, (row, column), &above.since)?;
            let mut others = others.iter().filter_map(|rows| sum_up(table, (row, column), rows));
            let holds = sum.holds || others.any(|other| other.holds);
            Some(CountSum { holds, ..sum })
        })
        .collect();
    let adds_up_elsewhere = sums.iter().any(|sum| sum.holds && !sum.number.is_zero());
    if adds_up_elsewhere || are_all(&names) {
        for sum in sums.iter().filter(|sum| !sum.holds) {
            diagnostics.push(message(sum, &label_of(row), if index == 0 { "下" } else { "上" }));
        }
    }
}

/// Whether the names are a pair that leaves nothing out, with the same words around: 県内企業, 県外企業.
fn are_all(names: &[String]) -> bool {
    let [one, other] = names else { return false };
    let is_pair = |first: &str, second: &str| {
        ALL_OF_THEM.iter().any(|[a, b]| first.contains(a) && first.replacen(a, b, 1) == second)
    };
    is_pair(one, other) || is_pair(other, one)
}

fn sum_up<'a>(table: &'a Indicator, whole: (&'a Row, usize), parts: &[&Row]) -> Option<CountSum<'a>> {
    let all = figure(table, whole.0, whole.1).filter(|all| counter_at(&all.unit) == Some(all.unit.as_str()))?;
    let mut sum = Decimal::ZERO;
    for row in parts {
        let Some(Value::Own(cell)) = row.values.get(whole.1) else { return None };
        if cell.lines.iter().all(|line| is_no_value(&line.value)) {
            continue;
        }
        let part = figure(table, row, whole.1).filter(|part| unified(&part.unit) == unified(&all.unit))?;
        sum = sum.checked_add(part.number)?;
    }
    Some(CountSum { whole: all.cell, number: all.number, parts: sum, holds: sum == all.number, unit: all.unit })
}

fn message(sum: &CountSum<'_>, label: &str, beside: &str) -> Diagnostic {
    let text = sum.whole.text();
    let shown = text.trim_matches(is_blank);
    let parts = format!("{}{}", with_commas(sum.parts), sum.unit);
    Diagnostic::new(
        Code::J071,
        sum.whole.span,
        format!("「{label}」は{shown}ですが、{beside}の行の合計は{parts}です。"),
    )
    .help("内訳か全体の、違っているほうの数を直してください。")
    .or_acknowledge("【事業】", shown)
    .severity(Severity::Warning)
}
