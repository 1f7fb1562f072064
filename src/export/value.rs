//! What tables and JSON say alike of a value: its state, the lines of a cell, the columns of an indicator table.

use crate::model::{Amount, Cell, Columns, FiscalYear, Indicator, Quantity, parse_quantities};
use crate::syntax::chars::{is_no_value, unified};

/// Why a number is there or not. —, 中止 and an empty cell are different facts, and 0 is a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueState {
    Number,
    /// —
    NotApplicable,
    /// 中止 and nothing else
    Cancelled,
    /// Words, dates, figures that are not exact
    Text,
    /// Could not be read, or is not there; only in a report with errors.
    Missing,
}

impl ValueState {
    /// In tables
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Number => "数値",
            Self::NotApplicable => "該当なし",
            Self::Cancelled => "中止",
            Self::Text => "文字",
            Self::Missing => "未記入",
        }
    }

    /// In JSON
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::NotApplicable => "not_applicable",
            Self::Cancelled => "cancelled",
            Self::Text => "text",
            Self::Missing => "missing",
        }
    }

    pub(super) fn of_amount(amount: Option<Amount>) -> Self {
        match amount {
            Some(Amount::Value(_)) => Self::Number,
            Some(Amount::NotApplicable) => Self::NotApplicable,
            None => Self::Missing,
        }
    }
}

/// The figure of an amount; nothing for —.
pub(super) fn figure(amount: Option<Amount>) -> Option<i64> {
    match amount {
        Some(Amount::Value(value)) => Some(value),
        Some(Amount::NotApplicable) | None => None,
    }
}

/// A line of a cell, with what it says in numbers.
pub(super) struct LineValue<'a> {
    pub(super) text: &'a str,
    pub(super) state: ValueState,
    pub(super) quantities: Vec<Quantity>,
}

/// The model keeps a cell's quantities together; here each belongs to its line.
pub(super) fn lines_of(cell: &Cell) -> impl Iterator<Item = LineValue<'_>> {
    cell.lines.iter().map(|line| {
        let text = line.value.as_str();
        // The only figure of a cell has the unit that its column or its table gives it.
        let quantities = match cell.only_figure() {
            Some(figure) => vec![figure.clone()],
            None if cell.quantities.is_empty() => Vec::new(),
            None => parse_quantities(text),
        };
        let state = match () {
            () if !quantities.is_empty() => ValueState::Number,
            () if is_no_value(text) => ValueState::NotApplicable,
            () if unified(text) == "中止" => ValueState::Cancelled,
            () => ValueState::Text,
        };
        LineValue { text, state, quantities }
    })
}

/// A column as it is headed, and the fiscal year of its values.
pub(super) struct Heading {
    pub(super) label: String,
    pub(super) year: Option<FiscalYear>,
}

/// `current` is absent only in a report with errors.
pub(super) fn headings(table: &Indicator, current: Option<FiscalYear>) -> Vec<Heading> {
    match (&table.columns, current) {
        (Columns::Years, Some(current)) => {
            [current.previous(), current].map(|year| Heading { label: year.column(), year: Some(year) }).into()
        }
        (Columns::Years, None) => {
            ["前年度", "当年度"].map(|label| Heading { label: label.to_string(), year: None }).into()
        }
        (Columns::Own(columns), current) => columns
            .iter()
            .map(|column| {
                // The head of a declared table's column of a year says no more than that it is one.
                let of_label = column.year.zip(current).map(|(label, current)| label.resolve(current));
                let year = of_label.or_else(|| current.and_then(|current| column.fiscal_year(current)));
                // A head that is nothing but a year is printed as computed, however it was typed.
                let computed = year.filter(|_| column.year.is_some()).map(FiscalYear::column);
                Heading { label: computed.unwrap_or_else(|| column.label.value.clone()), year }
            })
            .collect(),
    }
}
