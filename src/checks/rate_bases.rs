//! What a 達成率 or 執行率 may honestly be of, besides the figures nearest to it: a budget after its changes, with what was carried
//! over, or the goal of a later year. A rate that one of them gives is right.

use rust_decimal::Decimal;

use super::figures::{Figure, figure, head_of};
use super::rows::label_of;
use crate::model::{Columns, FiscalYear, Indicator, Row, split_year};

/// What is added to a budget, or goes out of it, before the rate is taken.
const CHANGES: &[&str] = &["繰越", "流用", "予備費", "補正"];
/// A table with more changes than these has ways without number.
const MOST_CHANGES: usize = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RateOf {
    Goal,
    Budget,
}

/// Every whole in a row that the rate may be of.
pub(super) fn in_columns(table: &Indicator, row: &Row, rate: RateOf) -> Vec<Decimal> {
    let Columns::Own(columns) = &table.columns else { return Vec::new() };
    let figures = (0..columns.len()).filter_map(|column| Some((head_of(table, column), figure(table, row, column)?)));
    wholes(figures, rate)
}

/// Every whole in a column that the rate of a row may be of, in rows of the same group.
pub(super) fn in_rows(table: &Indicator, row: &Row, column: usize, rate: RateOf) -> Vec<Decimal> {
    let others = table.rows.iter().filter(|other| other.role == row.role);
    wholes(others.filter_map(|other| Some((label_of(other), figure(table, other, column)?))), rate)
}

fn wholes<'a>(figures: impl Iterator<Item = (String, Figure<'a>)>, rate: RateOf) -> Vec<Decimal> {
    let is_rate = |name: &str| name.contains('率') || name.contains('差') || name.contains("不用");
    let figures: Vec<(String, Decimal)> =
        figures.filter(|(name, _)| !is_rate(name)).map(|(name, figure)| (name, figure.number)).collect();
    let is_change = |name: &str| CHANGES.iter().any(|word| name.contains(word)) && !name.contains("補正後");
    let numbers = |is: &dyn Fn(&str) -> bool| -> Vec<Decimal> {
        figures.iter().filter(|(name, _)| is(name)).map(|(_, number)| *number).collect()
    };
    if rate == RateOf::Goal {
        return numbers(&|name| name.contains("目標") || name.contains("計画"));
    }
    let mut found = numbers(&|name| (name.contains("予算") || name.contains("現額")) && !is_change(name));
    for change in numbers(&is_change).into_iter().take(MOST_CHANGES) {
        let with = |whole: &Decimal| [Some(*whole), whole.checked_add(change), whole.checked_sub(change)];
        found = found.iter().flat_map(with).flatten().collect();
    }
    found
}

/// Whether a goal names a year that is neither the report's nor that of the result beside it.
pub(super) fn is_of_another_year(goal: &str, result: &str, year: Option<FiscalYear>) -> bool {
    let inner = |name: &str| {
        let (_, inner) = name.split_once(['（', '('])?;
        Some(inner.trim_end_matches(['）', ')']).to_string())
    };
    let named = |name: &str| {
        let inner = inner(name).filter(|inner| inner.contains(|c: char| c.is_numeric() || c == '元'));
        split_year(name).map(|(year, _)| year).or_else(|| inner.as_deref().and_then(split_year).map(|(year, _)| year))
    };
    match (named(goal), year) {
        (Some(own), Some(year)) => {
            own.resolve(year) != year && named(result).is_none_or(|other| other.resolve(year) != own.resolve(year))
        }
        // （R8末）, （R4～R8）
        (None, _) => {
            inner(goal).is_some_and(|inner| inner.contains(['Ｒ', 'R', '年']) && inner.contains(char::is_numeric))
        }
        (Some(_), None) => true,
    }
}
