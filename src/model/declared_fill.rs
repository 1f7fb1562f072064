//! What a declared table computes is filled in, once all that was typed stands.

use super::computed_figures::Computed;
use super::declared_cells::written;
use super::declared_messages as messages;
use super::indicator::{DeclaredColumn, DeclaredRow, Indicator, Row, Value};
use super::{Cell, Quantity, format_amount, format_figure};
use crate::diagnostic::Diagnostics;
use crate::form::unit_in_name;
use crate::source::Span;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

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
            found.push((row, column, computed_cell(cell.span, computed, unit_of(table, column))));
        }
    }
    for (row, column, value) in found {
        if let Some(slot) = table.rows.get_mut(row).and_then(|row| row.values.get_mut(column)) {
            *slot = value;
        }
    }
}

impl Indicator {
    /// A computed figure stands bare, as typed ones do, where 単位 of its row says what it counts.
    pub(super) fn bare_units(&mut self) {
        let Some(place) = self.unit_column() else { return };
        let mut units: Vec<Option<String>> =
            self.rows.iter().map(|row| self.cell(row, place).map(Cell::text)).collect();
        // 計 of rows that count the same has their unit.
        let total = self.rows.iter().position(|row| row.declared == Some(DeclaredRow::Total));
        if let Some((row, unit)) = total.and_then(|row| Some((row, self.unit_of_total(row, &units)?))) {
            let Some(Row { values, span, .. }) = self.rows.get_mut(row) else { return };
            if let Some(slot) = values.get_mut(place) {
                let span = Span { start: span.end, ..*span };
                *slot = Value::Computed(Cell { span, lines: vec![written(&unit, span)], quantities: Vec::new() });
            }
            units.get_mut(row).into_iter().for_each(|slot| *slot = Some(unit.clone()));
        }
        let rates = self.rates();
        for (at, (row, unit)) in self.rows.iter_mut().zip(units).enumerate() {
            let Some(unit) = unit else { continue };
            for (column, value) in row.values.iter_mut().enumerate() {
                if rates.contains(&(at, column)) {
                    continue;
                }
                let Value::Computed(Cell { lines, quantities, .. }) = value else { continue };
                if let ([line], [quantity]) = (lines.as_mut_slice(), quantities.as_slice())
                    && quantity.unit == unit
                    && let Some(bare) = line.value.strip_suffix(unit.as_str())
                {
                    line.value = bare.to_string();
                }
            }
        }
    }

    /// Rows and columns of rates in ％. They have their sign also in a row that is counted in ％: in the rows beside it they have it.
    fn rates(&self) -> BTreeSet<(usize, usize)> {
        let columns = |row: &Row| 0..row.values.len();
        let cells = self.rows.iter().enumerate();
        let cells = cells.flat_map(|(at, row)| columns(row).map(move |column| (at, column)));
        cells.filter(|(row, column)| matches!(self.computed(*row, *column), Some((_, Computed::Rate(_))))).collect()
    }

    /// The unit of all computed figures of 計, where it has none of its own yet and another row has that.
    fn unit_of_total(&self, row: usize, units: &[Option<String>]) -> Option<String> {
        let figures = self.rows.get(row)?.values.iter().filter_map(|value| match value {
            Value::Computed(cell) => cell.quantities.first(),
            Value::Own(_) | Value::Shared { .. } | Value::Hole(_) => None,
        });
        let figures: Vec<&Quantity> = figures.collect();
        let unit = &figures.first()?.unit;
        let is_open = units.get(row)?.as_ref().is_none_or(String::is_empty);
        let is_same = figures.iter().all(|figure| figure.unit == *unit);
        let is_known = !unit.is_empty() && units.iter().flatten().any(|known| known == unit);
        (is_open && is_same && is_known).then(|| unit.clone())
    }
}

/// The unit that is not written in a column: that of its name, 利用者数（人）, or the report's.
fn unit_of(table: &Indicator, column: usize) -> Option<&'static str> {
    let declared = table.declared.as_ref()?;
    let own = match declared.columns.get(column) {
        Some(DeclaredColumn::Value(value)) => value.column.and_then(|column| declared.table.columns.get(column)),
        Some(DeclaredColumn::Text) | None => None,
    };
    own.and_then(|own| unit_in_name(&own.name)).or(Some(declared.unit.name()))
}

fn computed_cell(span: Span, computed: Option<Computed>, unit: Option<&str>) -> Value {
    let (text, quantities) = match computed {
        Some(Computed::Hole) | None => return Value::Hole(span),
        Some(Computed::Open | Computed::Rate(None) | Computed::Amount(None, _) | Computed::Figure(None, _)) => {
            ("—".to_string(), Vec::new())
        }
        Some(Computed::Rate(Some(number))) => (rate(number), vec![quantity(number, "％")]),
        Some(Computed::Amount(Some(number), own)) => {
            let shown = if Some(own.as_str()) == unit { "" } else { own.as_str() };
            (format!("{}{shown}", format_figure(number.normalize())), vec![quantity(number, &own)])
        }
        Some(Computed::Figure(Some(number), own)) => {
            let shown = if Some(own.as_str()) == unit { "" } else { own.as_str() };
            (format!("{}{shown}", format_figure(number)), vec![quantity(number, &own)])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_their_decimals() {
        let written = |number: i64, decimals| format_figure(Decimal::new(number, decimals));
        assert_eq!(written(123_450, 2), "1,234.50");
        assert_eq!(written(-5, 1), "△0.5");
        assert_eq!([written(-1_234, 0), written(0, 1)], ["△1,234", "0.0"]);
    }
}
