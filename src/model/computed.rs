//! What the form computes in a table: rates, differences and sums of columns and rows, 計, and rows above their parts. Exact.

use super::computed_figures::{Computed, Term, product, rate, sum};
use super::indicator::{DeclaredColumn, DeclaredRow, DeclaredTable, Indicator, Role, Row, Value};
use super::{Cell, Quantity};
use crate::form::{Address, Formula, ValueColumn, Values, is_counted_elsewhere, is_rate_name, is_within};
use crate::syntax::chars::is_no_value;

/// A value and how it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Computation {
    /// 目標÷実績
    Rate,
    /// A formula of ＋, － or ×, or 計
    Sum,
    /// Of the ・ rows below
    Parts,
}

impl Indicator {
    /// The words, in the cell at an address or in one that it is computed from, for which there is no figure there.
    pub fn words_behind(&self, address: &Address) -> Option<&Cell> {
        let (row, column) = self.place_of(address)?;
        let is_open = matches!(self.computed(row, column), Some((_, Computed::Open)));
        let is_words = |cell: &&Cell| matches!(term_of(cell), Term::Text) && !cell.lines.is_empty();
        let own = self.rows.get(row).and_then(|row| self.cell(row, column)).filter(is_words);
        let in_column = || {
            self.rows.iter().filter(|row| !self.is_text(row)).find_map(|row| self.cell(row, column).filter(is_words))
        };
        own.or_else(|| if is_open { in_column() } else { None })
    }

    /// What stands in a cell by the form; `None` for one that is to be typed.
    pub fn computed(&self, row: usize, column: usize) -> Option<(Computation, Computed)> {
        let declared = self.declared.as_ref()?;
        let own = self.rows.get(row)?;
        let value = match declared.columns.get(column)? {
            DeclaredColumn::Value(value) => *value,
            DeclaredColumn::Text => return None,
        };
        let of_column = declared.table.formula(value).filter(|_| !declared.table.is_transposed);
        // Below products stands the sum of them, and not the product of sums.
        let is_summed = matches!(of_column, Some(Formula::Product(_))) && self.is_summed(row, value);
        if let Some(formula) = of_column.filter(|_| !is_summed) {
            let term = |place, is_of_total| self.term_beside(declared, (row, is_of_total), value, place);
            return Some(evaluate(formula, term));
        }
        match own.declared {
            Some(DeclaredRow::Column(place)) => {
                let formula = declared.table.columns.get(place)?.formula.as_ref()?;
                let sibling = |place| self.sibling(own, DeclaredRow::Column(place));
                Some(evaluate(formula, |place, _| self.term_at(sibling(place), column)))
            }
            Some(DeclaredRow::Total) if self.is_of_typed_rates(value) => Some((Computation::Sum, Computed::Open)),
            Some(DeclaredRow::Total) => {
                let parts = self.summands(|other| self.is_of_the_first_level(other), column);
                Some((Computation::Sum, sum(self.of_its_unit(parts, column))))
            }
            Some(DeclaredRow::Row(place)) if declared.table.rows.get(place)?.formula.is_some() => {
                let formula = declared.table.rows.get(place)?.formula.as_ref()?;
                Some(self.row_of_formula(declared, formula, (column, value)))
            }
            Some(DeclaredRow::Row(_)) | None => self.sum_of_parts(declared, row, (column, value)),
        }
    }

    /// A row that is computed from others, in one column. Rates are not added up: 執行率 of 収入 less that of 支出 says nothing.
    fn row_of_formula(
        &self,
        declared: &DeclaredTable,
        formula: &Formula,
        (column, value): (usize, ValueColumn),
    ) -> (Computation, Computed) {
        let row_at = |wanted| self.rows.iter().position(|other| other.declared == Some(wanted));
        let row_of = |place| row_at(DeclaredRow::Row(place));
        let term = |place, is_of_total: bool| {
            let row = if is_of_total { row_at(DeclaredRow::Total) } else { row_of(place) };
            self.term_at(row, column)
        };
        let is_rate = || {
            let is_named = self.column_of(value).is_some_and(|own| is_rate_name(&own.name));
            let places = formula.places();
            let figures = |column| places.iter().filter_map(move |place| self.unit_at(row_of(*place), column));
            let others = || (0..declared.columns.len()).filter(|other| *other != column).flat_map(figures);
            // Where all is in ％, the difference of two rates is meant.
            is_named || (figures(column).any(|unit| is_percent(&unit)) && others().any(|unit| !is_percent(&unit)))
        };
        if !matches!(formula, Formula::Ratio(_)) && is_rate() {
            return (Computation::Sum, Computed::Open);
        }
        evaluate(formula, term)
    }

    /// The unit of the figure that stands in a cell.
    fn unit_at(&self, row: Option<usize>, column: usize) -> Option<String> {
        match self.term_at(row, column) {
            Term::Number(_, unit) => Some(unit),
            Term::Dash | Term::Text | Term::Hole => None,
        }
    }

    fn column_of(&self, value: ValueColumn) -> Option<&crate::form::Column> {
        self.declared.as_ref()?.table.columns.get(value.column?)
    }

    /// A column of rates that are typed: nothing is the sum of them. Shares (構成比, 割合) add up to 100.
    fn is_of_typed_rates(&self, value: ValueColumn) -> bool {
        self.column_of(value).is_some_and(|own| {
            own.formula.is_none()
                && is_rate_name(&own.name)
                && !["構成比", "割合"].iter().any(|name| own.name.contains(name))
        })
    }

    /// A row above ・ rows whose amounts it is the sum of.
    fn sum_of_parts(
        &self,
        declared: &DeclaredTable,
        row: usize,
        (column, value): (usize, ValueColumn),
    ) -> Option<(Computation, Computed)> {
        if !self.has_summed_parts(declared, row, value) {
            return None;
        }
        if self.is_of_typed_rates(value) {
            return Some((Computation::Parts, Computed::Open));
        }
        let parts = self.summands(|other| other.role == Role::Child { parent: row }, column);
        let has_number = |terms: &[Term]| terms.iter().any(|term| matches!(term, Term::Number(..)));
        let has_figures = has_number(&parts);
        let amounts = self.of_its_unit(parts, column);
        // Hours and persons are no parts of an amount.
        (has_number(&amounts) || !has_figures).then(|| (Computation::Parts, sum(amounts)))
    }

    fn has_summed_parts(&self, declared: &DeclaredTable, row: usize, value: ValueColumn) -> bool {
        let Some(own) = self.rows.get(row) else { return false };
        // A part that says that it is one (うち) is not all there is.
        let is_part = |other: &Row| other.role == Role::Child { parent: row } && !other.is_counted_elsewhere();
        let is_amount = declared.table.values == Values::Amount || declared.table.is_amount(value);
        is_amount && self.rows.iter().any(is_part) && !self.is_text(own)
    }

    /// Whether a row is computed from other rows: 計, a formula, or its ・ rows.
    fn is_summed(&self, row: usize, value: ValueColumn) -> bool {
        let (Some(declared), Some(own)) = (&self.declared, self.rows.get(row)) else { return false };
        let is_of_formula = match own.declared {
            Some(DeclaredRow::Total) => true,
            Some(DeclaredRow::Row(place)) => declared.table.rows.get(place).is_some_and(|row| row.formula.is_some()),
            Some(DeclaredRow::Column(_)) | None => false,
        };
        is_of_formula || self.has_summed_parts(declared, row, value)
    }

    /// The row of a place beside another one, under the same label.
    fn sibling(&self, row: &Row, place: DeclaredRow) -> Option<usize> {
        self.rows.iter().position(|other| other.role == row.role && other.declared == Some(place))
    }

    /// Another column of the same row, or of 計.
    fn term_beside(
        &self,
        declared: &DeclaredTable,
        (row, is_of_total): (usize, bool),
        value: ValueColumn,
        place: usize,
    ) -> Term {
        let wanted = DeclaredColumn::Value(ValueColumn { column: Some(place), ..value });
        let column = declared.columns.iter().position(|column| *column == wanted);
        let total = || self.rows.iter().position(|row| row.declared == Some(DeclaredRow::Total));
        let row = if is_of_total { total() } else { Some(row) };
        column.map_or(Term::Text, |column| self.term_at(row, column))
    }

    fn term_at(&self, row: Option<usize>, column: usize) -> Term {
        let Some((row, value)) = row.and_then(|row| Some((row, self.rows.get(row)?.values.get(column)?))) else {
            return Term::Text;
        };
        match value {
            Value::Hole(_) => Term::Hole,
            Value::Computed(_) => match self.computed(row, column) {
                Some((_, Computed::Rate(Some(rate)))) => Term::Number(rate, "％".to_string()),
                Some((_, Computed::Amount(Some(number), unit) | Computed::Figure(Some(number), unit))) => {
                    Term::Number(number, unit)
                }
                Some((_, Computed::Rate(None) | Computed::Amount(None, _) | Computed::Figure(None, _))) => Term::Dash,
                Some((_, Computed::Hole)) => Term::Hole,
                Some((_, Computed::Open)) => Term::Text,
                None => Term::Hole,
            },
            Value::Own(_) | Value::Shared { .. } => {
                let cell = self.rows.get(row).and_then(|row| self.cell(row, column));
                cell.map_or(Term::Hole, term_of)
            }
        }
    }

    /// The terms of the rows that a sum takes. A computed row enters no sum, and neither does one that is a part of another
    /// (うち) or counts in another unit.
    fn summands(&self, is_wanted: impl Fn(&Row) -> bool, column: usize) -> Vec<Term> {
        let declared = self.declared.as_ref();
        let is_computed = |row: &Row| match row.declared {
            Some(DeclaredRow::Row(place)) => {
                declared.and_then(|declared| declared.table.rows.get(place)).is_some_and(|row| row.formula.is_some())
            }
            Some(DeclaredRow::Total) => true,
            Some(DeclaredRow::Column(_)) | None => false,
        };
        let rows = self.rows.iter().enumerate();
        let wanted = rows.filter(|(_, row)| {
            is_wanted(row) && !is_computed(row) && !row.is_counted_elsewhere() && !self.is_text(row)
        });
        // Of persons nobody needs to know how many they are.
        let is_of_others = |row: &Row| self.is_amount_column(column) && self.is_of_other_unit(row);
        let terms = wanted.map(|(place, row)| (row, self.term_at(Some(place), column)));
        terms.filter(|(row, term)| !(matches!(term, Term::Text) && is_of_others(row))).map(|(_, term)| term).collect()
    }

    /// In a column of amounts, the terms that are amounts.
    fn of_its_unit(&self, terms: Vec<Term>, column: usize) -> Vec<Term> {
        let is_amount = self.is_amount_column(column);
        let unit = self.declared.as_ref().map_or("", |declared| declared.unit.name());
        terms
            .into_iter()
            .filter(|term| !is_amount || !matches!(term, Term::Number(_, other) if other != unit))
            .collect()
    }

    /// A row of its own, or one below a label without figures.
    fn is_of_the_first_level(&self, row: &Row) -> bool {
        row.role != Role::Group && self.parent(row).is_none_or(|parent| parent.role == Role::Group)
    }

    /// 文字の行
    fn is_text(&self, row: &Row) -> bool {
        let rows = self.declared.as_ref().map_or(&[][..], |declared| declared.table.rows.as_slice());
        matches!(row.declared, Some(DeclaredRow::Row(place)) if rows.get(place).is_some_and(|row| row.is_text))
    }
}

fn term_of(cell: &Cell) -> Term {
    match (cell.lines.as_slice(), cell.quantities.as_slice()) {
        ([line], []) if is_no_value(&line.value) => Term::Dash,
        ([_], [Quantity { prefix, number, unit }]) if *prefix != Some("約") && !is_vague(unit) => {
            Term::Number(*number, unit.clone())
        }
        _ => Term::Text,
    }
}

/// 20億円以上 is no figure to compute with.
fn is_vague(unit: &str) -> bool {
    const ENDS: &[&str] = &["以上", "以下", "以内", "未満", "超", "程度", "前後", "余", "余り", "弱", "強", "台"];
    ENDS.iter().any(|end| unit != *end && unit.ends_with(end))
}

fn is_percent(unit: &str) -> bool {
    matches!(unit, "％" | "%")
}

/// `term`: what stands in a place of the list, or there in the row 計.
fn evaluate(formula: &Formula, term: impl Fn(usize, bool) -> Term) -> (Computation, Computed) {
    match formula {
        Formula::Ratio(ratio) => {
            let (part, whole) = (term(ratio.part, false), term(ratio.whole, ratio.is_of_total));
            (Computation::Rate, rate(&part, &whole, &ratio.figure))
        }
        Formula::Sum(summands) => {
            let terms = summands.iter().map(|summand| match (term(summand.place, false), summand.is_taken_away) {
                (Term::Number(number, unit), true) => Term::Number(-number, unit),
                (term, _) => term,
            });
            (Computation::Sum, sum(terms.collect()))
        }
        Formula::Product(own) => {
            let [one, other] = own.factors.map(|place| term(place, false));
            (Computation::Sum, product(&one, &other, own.figure.as_ref()))
        }
    }
}

impl Row {
    /// うち人件費: a part of the row above, and not one of its summands
    pub fn is_within(&self) -> bool {
        is_within(&self.label.text())
    }

    /// 補助金（再掲）, too: none of the summands of a sum
    pub fn is_counted_elsewhere(&self) -> bool {
        is_counted_elsewhere(&self.label.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vague_figures_are_no_terms() {
        for unit in ["円以上", "人程度", "人未満"] {
            assert!(is_vague(unit), "{unit}");
        }
        for unit in ["", "人", "台", "円"] {
            assert!(!is_vague(unit), "{unit}");
        }
    }
}
