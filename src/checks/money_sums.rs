//! J071: parts of money that do not add up to their whole: ・ rows under a row, rows above 計, columns beside 計.
//!
//! An エラー only where the parts are surely all: they name 一般財源, are called 内訳, or add up elsewhere in the same table.
//! Otherwise it is a question. Rounded parts may differ from the sum by less than their number.

use rust_decimal::Decimal;

use super::figures::{
    figure, head_of, is_bare_total, is_fund, is_no_summand, is_of_no_sum, is_part_name, is_partial, is_total, is_within,
};
use super::money_cells::{is_of_counts, money, summand};
use super::rows::{in_words, label_of};
use super::rows_above::RowsAbove;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::{Cell, Columns, Indicator, Program, Role, Row, format_figure};
use crate::syntax::chars::is_blank;

pub(super) fn check(program: &Program, diagnostics: &mut Diagnostics) {
    for table in program.tables() {
        // The amounts that the form declares are computed exactly: `declared_sums`. But 合計 among free rows is one of them.
        let is_computed = table.is_of_amounts();
        if is_computed && !table.has_free_rows() {
            continue;
        }
        let caption = table.caption.as_ref().map(|caption| caption.value.as_str()).unwrap_or_default();
        if is_partial(caption) || is_within(caption) {
            continue;
        }
        for (index, row) in table.rows.iter().enumerate() {
            if is_total(&label_of(row)) {
                check_total(table, index, row, diagnostics);
            }
            // A whole may stand above its parts under any name: 合計, and the ・ rows below it.
            if !is_computed && matches!(row.role, Role::Plain) && !row.values.is_empty() {
                check_children(table, index, row, caption, diagnostics);
                check_funds_below(table, index, row, diagnostics);
            }
        }
        if !is_computed {
            check_columns(table, diagnostics);
        }
    }
}

/// Whether the parts that a table shows are all there are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parts {
    All,
    /// Surely where they add up elsewhere in the table
    Perhaps,
    /// 流用 and 予備費 of a budget are often not shown.
    Several,
}

impl Parts {
    fn all_if(is_whole: bool) -> Self {
        if is_whole { Self::All } else { Self::Perhaps }
    }
}

/// A whole and its parts in one column or row.
struct MoneySum<'a> {
    whole: &'a Cell,
    number: Decimal,
    parts: Decimal,
    unit: String,
    /// Where it stands, for the message.
    of: String,
    holds: bool,
}

/// The sum of some places beside their whole; nothing where one of them is no money.
fn sum_up<'a>(
    table: &'a Indicator,
    whole: (&'a Row, usize),
    parts: &[(&Row, usize)],
    of: String,
) -> Option<MoneySum<'a>> {
    let all = money(table, whole.0, whole.1)?;
    let (mut sum, mut grain) = (Decimal::ZERO, Decimal::ZERO);
    for (row, column) in parts {
        sum = sum.checked_add(summand(table, row, *column, &all.unit)?)?;
        if let Some(part) = money(table, row, *column) {
            grain = grain.max(part.grain_in(&all.unit)?);
        }
    }
    // Figures cut or rounded in one way: the whole may be off by less than its last place, or the parts together by less than
    // theirs.
    let off = grain.checked_mul(Decimal::from(parts.len()))?.max(all.grain_in(&all.unit)?);
    let difference = (sum - all.number).abs();
    let holds = difference.is_zero() || difference < off;
    Some(MoneySum { whole: all.cell, number: all.number, parts: sum, unit: all.unit, of, holds })
}

/// ・ rows under a row with cells.
fn check_children(table: &Indicator, index: usize, row: &Row, caption: &str, diagnostics: &mut Diagnostics) {
    let children: Vec<&Row> = table.children(index).collect();
    let label = label_of(row);
    let names: Vec<String> = children.iter().map(|child| label_of(child)).collect();
    if is_partial(&label) || is_within(&label) || names.iter().any(|name| is_of_no_sum(name)) {
        return;
    }
    let parts: Vec<&Row> =
        children.into_iter().filter(|child| !is_part_name(&label_of(child)) && !is_total(&label_of(child))).collect();
    let is_whole = has_general_fund(&names) || label.contains("内訳") || caption.contains("内訳");
    let sums = (0..table.columns.count()).filter_map(|column| {
        let places: Vec<(&Row, usize)> = parts.iter().map(|part| (*part, column)).collect();
        sum_up(table, (row, column), &places, label.clone())
    });
    match parts.as_slice() {
        [] => {}
        // One source of money alone may be the only one that is shown, and is not more than its whole.
        [only] if is_fund(&label_of(only)) => {
            let sums = sums.filter(|sum| sum.holds || sum.parts > sum.number);
            say(sums.collect(), Parts::Perhaps, diagnostics);
        }
        [_] => {}
        _ => say(sums.collect(), Parts::all_if(is_whole), diagnostics),
    }
}

/// 事業費 above its sources of money, without ・: all rows down to the end or to a 計.
fn check_funds_below(table: &Indicator, index: usize, row: &Row, diagnostics: &mut Diagnostics) {
    const WHOLES: &[&str] = &["事業費", "決算額", "予算額", "経費", "財源合計", "財源の合計", "財源内訳計", "財源計"];
    let label = label_of(row);
    let is_whole = WHOLES.iter().any(|whole| label.contains(whole)) && !is_part_name(&label) && !is_bare_total(&label);
    if !is_whole || row.role != Role::Plain {
        return;
    }
    let rows = table.rows.get(index + 1..).unwrap_or_default();
    let is_own = |other: &&Row| other.role == Role::Plain && is_fund(&label_of(other)) && !is_total(&label_of(other));
    let below: Vec<&Row> = rows.iter().take_while(is_own).collect();
    let is_end = rows.get(below.len()).is_none_or(|next| is_total(&label_of(next)));
    let names: Vec<String> = below.iter().map(|other| label_of(other)).collect();
    if below.len() < 2 || !is_end || !has_general_fund(&names) {
        return;
    }
    let parts = without_subtotal(&below, |other| label_of(other));
    let sums = (0..table.columns.count()).filter_map(|column| {
        let places: Vec<(&Row, usize)> = parts.iter().map(|part| (*part, column)).collect();
        sum_up(table, (row, column), &places, label.clone())
    });
    say(sums.collect(), Parts::Perhaps, diagnostics);
}

fn has_general_fund(names: &[String]) -> bool {
    names.iter().any(|name| name.contains("一般財源") && is_fund(name))
}

/// A row 計 and the rows above it: those since the last 計, all of them, or the 計 themselves; or those below it. Rows of counts
/// are no parts of an amount.
fn check_total(table: &Indicator, index: usize, row: &Row, diagnostics: &mut Diagnostics) {
    if is_of_counts(table, row) {
        return;
    }
    let mut above = RowsAbove::of(table, index, |other| !is_of_counts(table, other));
    above.leave_out(|other| is_of_counts(table, other));
    // Between other rows only sources of money are surely its parts.
    let are_parts = !above.are_below
        || index == 0
        || row.role != Role::Plain
        || above.since.iter().all(|other| is_fund(&label_of(other)));
    if above.all.iter().any(|other| is_of_no_sum(&label_of(other))) {
        return;
    }
    let with_totals = above.with_totals();
    let RowsAbove { since, all, .. } = above;
    // Where amounts stand among the sources of their money, both say the same money.
    let (funds, others): (Vec<&Row>, Vec<&Row>) = since.iter().partition(|row| is_fund(&label_of(row)));
    let is_mixed = !funds.is_empty() && !others.is_empty();
    let choices = [since, all, with_totals, others, without_subtotal(&funds, |row| label_of(row))];
    let choices: Vec<Vec<&Row>> = choices.into_iter().filter(|rows| rows.len() >= 2).collect();
    let Some(first) = choices.first() else { return };
    let is_whole = !is_mixed && has_general_fund(&first.iter().map(|row| label_of(row)).collect::<Vec<_>>());
    let sums = (0..table.columns.count()).filter_map(|column| {
        let mut sums = choices.iter().filter_map(|rows| {
            let places: Vec<(&Row, usize)> = rows.iter().map(|row| (*row, column)).collect();
            sum_up(table, (row, column), &places, label_of(row))
        });
        let first = sums.next()?;
        let holds = first.holds || sums.any(|sum| sum.holds);
        Some(MoneySum { holds, ..first })
    });
    let sums: Vec<MoneySum> = sums.collect();
    if are_parts || adds_up(&sums) {
        say(sums, Parts::all_if(is_whole), diagnostics);
    }
}

fn adds_up(sums: &[MoneySum]) -> bool {
    sums.iter().any(|sum| sum.holds && !sum.number.is_zero())
}

/// Columns: 計 beside its parts, or an amount beside its sources of money.
fn check_columns(table: &Indicator, diagnostics: &mut Diagnostics) {
    let Columns::Own(columns) = &table.columns else { return };
    let heads: Vec<String> = (0..columns.len()).map(|column| head_of(table, column)).collect();
    let funds: Vec<usize> = matching(&heads, |head| is_fund(head) && !is_total(head));
    if funds.len() >= 2 && has_general_fund(&heads) {
        let wholes = matching(&heads, |head| !is_part_name(head) && (!is_fund(head) || is_total(head)));
        let parts = without_subtotal(&funds, |column| heads.get(*column).cloned().unwrap_or_default());
        check_across(table, &wholes, &parts, &heads, Parts::All, diagnostics);
        return;
    }
    check_budget(table, &heads, diagnostics);
    let totals = matching(&heads, is_total);
    // 備考 holds no figure and is no part.
    let has_figure = |column: &usize| {
        table.rows.iter().any(|row| figure(table, row, *column).is_some() || money(table, row, *column).is_some())
    };
    let mut parts = matching(&heads, |head| !is_total(head) && !is_part_name(head));
    parts.retain(has_figure);
    let is_sum = totals.len() == 1 && parts.len() >= 2;
    if is_sum && !parts.iter().filter_map(|part| heads.get(*part)).any(|head| is_of_no_sum(head)) {
        check_across(table, &totals, &parts, &heads, Parts::Perhaps, diagnostics);
    }
}

/// 予算現額 beside what it is made of: 当初予算額, 補正予算額, 繰越額.
fn check_budget(table: &Indicator, heads: &[String], diagnostics: &mut Diagnostics) {
    let is_whole = |head: &str| ["予算現額", "最終予算額", "現計予算額"].contains(&head);
    let is_part =
        |head: &str| ["当初", "補正", "前年度繰越", "流用", "予備費"].iter().any(|word| head.starts_with(word));
    let wholes = matching(heads, is_whole);
    let parts = matching(heads, is_part);
    let has_both = ["当初", "補正"].iter().all(|word| heads.iter().any(|head| head.starts_with(word)));
    if wholes.len() == 1 && has_both {
        check_across(table, &wholes, &parts, heads, Parts::Several, diagnostics);
    }
}

/// 特定財源 beside 国庫支出金 and 県支出金 is their sum, and no part of its own; その他特定財源 is one.
fn without_subtotal<T: Copy>(funds: &[T], name: impl Fn(&T) -> String) -> Vec<T> {
    let is_subtotal = |fund: &T| name(fund).contains("特定財源") && !name(fund).contains("その他");
    let has_parts = funds.iter().any(|fund| !is_subtotal(fund) && !name(fund).contains("一般財源"));
    funds.iter().copied().filter(|fund| !has_parts || !is_subtotal(fund)).collect()
}

fn matching(heads: &[String], is: impl Fn(&str) -> bool) -> Vec<usize> {
    heads.iter().enumerate().filter(|(_, head)| is(head)).map(|(index, _)| index).collect()
}

/// Of several wholes (予算額, 決算額) the parts belong to one.
fn check_across(
    table: &Indicator,
    wholes: &[usize],
    parts: &[usize],
    heads: &[String],
    are_all: Parts,
    diagnostics: &mut Diagnostics,
) {
    let sums =
        table.rows.iter().filter(|row| !is_no_summand(&label_of(row)) || are_all == Parts::All).filter_map(|row| {
            let places: Vec<(&Row, usize)> = parts.iter().map(|part| (row, *part)).collect();
            let mut sums: Vec<MoneySum> = wholes
                .iter()
                .filter_map(|whole| {
                    let head = heads.get(*whole).map(String::as_str).unwrap_or_default();
                    sum_up(table, (row, *whole), &places, format!("{}の{head}", label_of(row)))
                })
                .collect();
            let holds = sums.iter().any(|sum| sum.holds);
            let last = sums.pop()?;
            Some(MoneySum { holds, ..last })
        });
    say(sums.collect(), are_all, diagnostics);
}

fn say(sums: Vec<MoneySum>, are_all: Parts, diagnostics: &mut Diagnostics) {
    let is_error = match are_all {
        Parts::All => true,
        Parts::Perhaps => adds_up(&sums),
        Parts::Several => false,
    };
    for sum in sums.iter().filter(|sum| !sum.holds) {
        let MoneySum { whole, parts, unit, of, .. } = sum;
        let shown = in_words(whole);
        let message = format!("「{of}」は{shown}ですが、内訳の合計は{}{unit}です。", format_figure(*parts));
        let diagnostic = Diagnostic::new(Code::J071, whole.span, message);
        diagnostics.push(if is_error {
            diagnostic.help("内訳か全体の、違っているほうの金額を直してください。")
        } else {
            diagnostic
                .help("内訳か全体の、違っているほうの金額を直してください。内訳が全部でなければ、項目名を「うち…」か「主な…」で始めます。")
                .or_acknowledge("【事業】", whole.lines.first().map_or("", |line| line.value.trim_matches(is_blank)))
                .severity(Severity::Warning)
        });
    }
}
