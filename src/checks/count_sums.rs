//! J071: rows of counts above a 計 that they do not add up to, or below it: 男性 20名, 女性 10名, 計 53名. Columns: `count_columns`.
//!
//! Rows of counts are often no parts of what stands below them. They are looked at only where their names leave nothing out
//! (男性, 女性), or where another column of the same rows adds up; and the message is a question.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::figures::{Figure, bare, figure_of_any_size, is_of_no_sum, is_partial, is_total, is_within};
use super::rows::label_of;
use super::rows_above::RowsAbove;
use super::unit::{counter_at, unified};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::{Cell, Indicator, Program, Row, Value, format_figure, parse_number};
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
const COUNTED_TWICE: &[&str] =
    &["実人", "実数", "実件", "実社", "実参加", "実利用", "実来", "実受講", "延", "重複", "複数", "再掲", "同一"];

pub(super) fn check(program: &Program, diagnostics: &mut Diagnostics) {
    // The amounts that the form declares are computed exactly: `declared_sums`.
    for table in program.tables().filter(|table| !table.is_of_amounts() && says_nothing_else(table)) {
        for (index, row) in table.rows.iter().enumerate() {
            let label = label_of(row);
            if is_total(&label) {
                check_total(table, index, row, diagnostics);
            }
            if is_total(&label) || is_total_of_a_name(&label) {
                check_pair(table, index, row, diagnostics);
            }
        }
    }
}

/// 参加者数計, 参加者総数, 参加者数（計）
fn is_total_of_a_name(label: &str) -> bool {
    ["数計", "総数", "数（計）", "数(計)", "数合計", "数（合計）"].iter().any(|end| label.ends_with(end))
}

/// 参加者数計 over ・男性 and ・女性, or below 男性 and 女性, which leave nothing out. Under another name than 計 some may be of neither.
fn check_pair(table: &Indicator, index: usize, row: &Row, diagnostics: &mut Diagnostics) {
    let mut children: Vec<&Row> = table.children(index).collect();
    let are_above = children.is_empty();
    // A bare 計 below its parts is `check_total`'s.
    if are_above && !is_total(&label_of(row)) {
        let above = table.rows.get(index.saturating_sub(2)..index).unwrap_or(&[]);
        children.extend(above.iter().filter(|other| other.role == row.role));
    }
    let [_, _] = children.as_slice() else { return };
    let (label, names): (String, Vec<String>) = (label_of(row), children.iter().map(|row| label_of(row)).collect());
    if !are_all(&names) || names.iter().any(|name| is_within(name)) || is_counted_twice(&label) {
        return;
    }
    for column in 0..table.columns.count() {
        let places: Vec<(&Row, usize)> = children.iter().map(|child| (*child, column)).collect();
        if let Some(sum) = sum_up(table, (row, column), &places).filter(|sum| !sum.holds && sum.filled == 2) {
            diagnostics.push(message(&sum, &label, if are_above { "上の行" } else { "下の行" }));
        }
    }
}

/// Whether neither caption nor notes say that the parts are not all, or that one is counted twice.
pub(super) fn says_nothing_else(table: &Indicator) -> bool {
    let caption = table.caption.as_ref().map(|caption| caption.value.as_str()).unwrap_or_default();
    let notes = table.notes.iter().flat_map(|note| &note.lines).map(|line| line.value.as_str());
    let is_open =
        |note: &str| is_counted_twice(note) || ["不明", "未回答", "無回答"].iter().any(|word| note.contains(word));
    !is_partial(caption) && !is_within(caption) && !is_counted_twice(caption) && !notes.into_iter().any(is_open)
}

pub(super) fn is_counted_twice(text: &str) -> bool {
    COUNTED_TWICE.iter().any(|word| text.contains(word))
}

/// A 計 and what stands above it in one column.
pub(super) struct CountSum<'a> {
    whole: &'a Cell,
    pub(super) number: Decimal,
    pub(super) parts: Decimal,
    pub(super) unit: String,
    pub(super) holds: bool,
    /// How many of the parts are more than 0
    pub(super) filled: usize,
}

fn check_total<'t>(table: &'t Indicator, index: usize, row: &'t Row, diagnostics: &mut Diagnostics) {
    let columns = 0..table.columns.count();
    let unit_of = |row: &Row, column: usize| {
        figure_of_any_size(table, row, column)
            .map(|figure| unified(&figure.unit).to_string())
            .filter(|unit| !unit.is_empty())
    };
    let is_of_one_unit =
        |column: usize, other: &Row| unit_of(row, column).is_some_and(|unit| unit_of(other, column) == Some(unit));
    let above = RowsAbove::of(table, index, |other| columns.clone().any(|column| is_of_one_unit(column, other)));
    if above.since.len() < 2 {
        return;
    }
    let names: Vec<String> = above.since.iter().map(|row| label_of(row)).collect();
    if names.iter().any(|name| is_of_no_sum(name) || is_counted_twice(name)) || is_counted_twice(&label_of(row)) {
        return;
    }
    let others = [above.all.clone(), above.with_totals()];
    let sums: Vec<CountSum> = columns
        .filter_map(|column| {
            let places = |rows: &[&'t Row]| rows.iter().map(|row| (*row, column)).collect::<Vec<_>>();
            let sum = sum_up(table, (row, column), &places(&above.since))?;
            let mut others = others.iter().filter_map(|rows| sum_up(table, (row, column), &places(rows)));
            let holds = sum.holds || others.any(|other| other.holds);
            Some(CountSum { holds, ..sum })
        })
        .collect();
    let adds_up_elsewhere = sums.iter().any(|sum| sum.holds && !sum.number.is_zero());
    if adds_up_elsewhere || are_all(&names) {
        for sum in sums.iter().filter(|sum| !sum.holds) {
            diagnostics.push(message(sum, &label_of(row), if above.are_below { "下の行" } else { "上の行" }));
        }
    }
}

/// Whether the names leave nothing out: a pair with the same words around (県内企業, 県外企業), months that follow each other, the
/// four quarters.
pub(super) fn are_all(names: &[String]) -> bool {
    if follow_each_other(names) {
        return true;
    }
    let [one, other] = names else { return false };
    let is_pair = |first: &str, second: &str| {
        ALL_OF_THEM.iter().any(|[a, b]| first.contains(a) && first.replacen(a, b, 1) == second)
    };
    is_pair(one, other) || is_pair(other, one)
}

/// 4月, 5月, 6月; 第1四半期 to 第4四半期.
fn follow_each_other(names: &[String]) -> bool {
    let number = |name: &String, end: &str| {
        let digits = bare(name);
        let digits = digits.strip_suffix(end)?.trim_start_matches('第');
        parse_number(digits).and_then(|number| number.to_u32())
    };
    let all = |end: &str| names.iter().map(|name| number(name, end)).collect::<Option<Vec<u32>>>();
    let months = all("月").filter(|months| months.len() >= 2);
    let is_run = |months: &Vec<u32>| {
        months.iter().all(|month| (1..=12).contains(month))
            && months.windows(2).all(|pair| matches!(pair, [one, next] if *next == one % 12 + 1))
    };
    months.as_ref().is_some_and(is_run) || all("四半期").is_some_and(|quarters| quarters == [1, 2, 3, 4])
}

/// The sum of some places beside their whole; nothing where one of them counts something else.
pub(super) fn sum_up<'a>(
    table: &'a Indicator,
    whole: (&'a Row, usize),
    parts: &[(&Row, usize)],
) -> Option<CountSum<'a>> {
    let is_count = |all: &Figure<'_>| counter_at(&all.unit) == Some(all.unit.as_str());
    let all = figure_of_any_size(table, whole.0, whole.1).filter(is_count)?;
    let (mut sum, mut filled) = (Decimal::ZERO, 0);
    for (row, column) in parts {
        let Some(Value::Own(cell)) = row.values.get(*column) else { return None };
        if cell.lines.iter().all(|line| is_no_value(&line.value)) {
            continue;
        }
        let part = figure_of_any_size(table, row, *column).filter(|part| unified(&part.unit) == unified(&all.unit))?;
        sum = sum.checked_add(part.number)?;
        filled += usize::from(!part.number.is_zero());
    }
    Some(CountSum { whole: all.cell, number: all.number, parts: sum, holds: sum == all.number, unit: all.unit, filled })
}

/// `beside`: 上の行
pub(super) fn message(sum: &CountSum<'_>, label: &str, beside: &str) -> Diagnostic {
    let text = sum.whole.text();
    let shown = text.trim_matches(is_blank);
    let parts = format!("{}{}", format_figure(sum.parts), sum.unit);
    Diagnostic::new(Code::J071, sum.whole.span, format!("「{label}」は{shown}ですが、{beside}の合計は{parts}です。"))
        .help("内訳か全体の、違っているほうの数を直してください。")
        .or_acknowledge("【事業】", shown)
        .severity(Severity::Warning)
}
