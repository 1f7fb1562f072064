//! What a declared table computes is filled in, once all that was typed stands.

use super::computed::Computed;
use super::declared_cells::written;
use super::declared_messages as messages;
use super::indicator::{Indicator, Value};
use super::{Cell, Quantity, format_amount};
use crate::diagnostic::Diagnostics;
use crate::source::Span;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// J025 for a row above others that can be added up to nothing: hours and persons below an amount.
pub(super) fn fill_in(table: &mut Indicator, diagnostics: &mut Diagnostics) {
    let mut found = Vec::new();
    for (row, own) in table.rows.iter().enumerate() {
        let mut is_said = false;
        for (column, value) in own.values.iter().enumerate() {
            let Value::Computed(cell) = value else { continue };
            let computed = table.computed(row, column).map(|(_, computed)| computed);
            if computed.is_none() && !is_said {
                is_said = true;
                diagnostics.push(messages::not_added_up(own.span, &own.label.text()));
            }
            found.push((row, column, computed_cell(cell.span, computed, table)));
        }
    }
    for (row, column, value) in found {
        if let Some(slot) = table.rows.get_mut(row).and_then(|row| row.values.get_mut(column)) {
            *slot = value;
        }
    }
}

fn computed_cell(span: Span, computed: Option<Computed>, table: &Indicator) -> Value {
    let unit = table.declared.as_ref().map(|declared| declared.unit.name());
    let (text, quantities) = match computed {
        Some(Computed::Hole) | None => return Value::Hole(span),
        Some(Computed::Open | Computed::Rate(None) | Computed::Amount(None, _)) => ("—".to_string(), Vec::new()),
        Some(Computed::Rate(Some(number))) => (rate(number), vec![quantity(number, "％")]),
        Some(Computed::Amount(Some(number), own)) => {
            let shown = if Some(own.as_str()) == unit { "" } else { own.as_str() };
            (format!("{}{shown}", figure(number)), vec![quantity(number, &own)])
        }
    };
    Value::Computed(Cell { span, lines: vec![written(&text, span)], quantities })
}

/// 97.9％, △2.5％, 1,234.5％
fn rate(number: Decimal) -> String {
    let sign = if number.is_sign_negative() && !number.is_zero() { "△" } else { "" };
    let text = format!("{:.1}", number.abs());
    let (whole, tenths) = text.split_once('.').unwrap_or((&text, "0"));
    let whole = whole.parse().map_or_else(|_| whole.to_string(), format_amount);
    format!("{sign}{whole}.{tenths}％")
}

fn quantity(number: Decimal, unit: &str) -> Quantity {
    Quantity { prefix: None, number, unit: unit.to_string() }
}

/// 1,234.5 with its commas; △ in front of what is below 0
fn figure(number: Decimal) -> String {
    let number = number.normalize();
    let whole = number.trunc();
    let text = format_amount(whole.to_i64().unwrap_or_default());
    let fraction = number.to_string().split_once('.').map(|(_, digits)| format!(".{digits}")).unwrap_or_default();
    let is_small_negative = number.is_sign_negative() && whole.is_zero() && !number.is_zero();
    if is_small_negative { format!("△{text}{fraction}") } else { format!("{text}{fraction}") }
}
