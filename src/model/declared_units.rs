//! Figures of other units in a table of amounts: 2.5人 is no amount, but 58,432十 is one with a slip behind it.

use super::declared_cells::Cells;
use super::declared_messages as messages;
use super::declared_rows::TypedRow;
use super::indicator::{DeclaredColumn, Indicator, Row, Value};
use super::{Cell, Quantity, parse_amount};
use crate::diagnostic::Diagnostics;
use crate::form::{is_counted, is_rate_name, may_be_unit, unit_in_name};

impl Cells<'_> {
    /// Reports J014 for what stands behind an amount and is no unit, and for a row that has amounts beside figures of another
    /// unit. What is reported becomes a hole: a row of another unit enters no sum, and the figure would be lost unsaid.
    pub(super) fn check_units(&self, row: &TypedRow, values: &mut [Value], diagnostics: &mut Diagnostics) {
        let figure = |column: usize| {
            let Some(Value::Own(cell)) = values.get(column).filter(|_| self.is_amount(column)) else { return None };
            cell.quantities.first().map(|figure| (column, cell.clone(), figure.clone()))
        };
        let figures: Vec<(usize, Cell, Quantity)> = (0..values.len()).filter_map(figure).collect();
        let money = self.declared.unit.name();
        let (money, other): (Vec<_>, Vec<_>) = figures.into_iter().partition(|(_, _, figure)| figure.unit == money);
        let amounts: Vec<_> = money.iter().filter(|(_, _, figure)| !figure.number.is_zero()).collect();
        let label = self.file.slice(row.label);
        let is_rate = is_rate_name(label);
        let is_slip = |unit: &str| {
            let stands_again = other.iter().filter(|(_, _, figure)| figure.unit == unit).count() > 1;
            let is_percent = matches!(unit, "％" | "%") && (is_rate || stands_again);
            !(is_percent || is_counted(unit) || (may_be_unit(unit) && stands_again))
        };
        let is_mixed = !is_rate && amounts.len() >= other.len();
        for (column, cell, figure) in &other {
            if is_mixed || is_slip(&figure.unit) {
                self.report_unit(*column, cell, values, diagnostics);
            }
        }
        if let Some((_, _, figure)) = other.first().filter(|_| !is_rate && amounts.len() < other.len()) {
            for (column, cell, _) in amounts {
                diagnostics.push(messages::without_unit(cell.span, label, &cell.text(), &figure.unit));
                values.get_mut(*column).into_iter().for_each(|value| *value = Value::Hole(cell.span));
            }
        }
    }

    fn report_unit(&self, column: usize, cell: &Cell, values: &mut [Value], diagnostics: &mut Diagnostics) {
        let text = self.file.slice(cell.span);
        if let Err(error) = parse_amount(text, self.declared.unit) {
            let name = self.names.get(column).map_or("", String::as_str);
            diagnostics.push(messages::no_amount(cell.span, name, text, self.declared.unit.name(), &error));
        }
        values.get_mut(column).into_iter().for_each(|value| *value = Value::Hole(cell.span));
    }
}

impl Indicator {
    pub(super) fn is_amount_column(&self, column: usize) -> bool {
        self.declared.as_ref().is_some_and(|declared| match declared.columns.get(column) {
            Some(DeclaredColumn::Value(value)) => declared.table.is_amount(*value),
            Some(DeclaredColumn::Text) | None => false,
        })
    }

    /// 職員数（人）, or a row whose figures have a unit of their own: also where one of them is not known yet.
    pub(super) fn is_of_other_unit(&self, row: &Row) -> bool {
        let money = self.declared.as_ref().map_or("", |declared| declared.unit.name());
        let figure = |value: &Value| match value {
            Value::Own(cell) => cell.quantities.first().map(|figure| figure.unit != money),
            Value::Shared { .. } | Value::Computed(_) | Value::Hole(_) => None,
        };
        let mut is_other = row.values.iter().filter_map(figure).peekable();
        unit_in_name(&row.label.text()).is_some() || (is_other.peek().is_some() && is_other.all(|is_other| is_other))
    }
}
