//! What the form computes in a table: rates, differences and sums of columns and rows, 計, and rows above their parts. Exact.

use rust_decimal::{Decimal, RoundingStrategy};

use super::indicator::{DeclaredColumn, DeclaredRow, DeclaredTable, Indicator, Role, Row, Value};
use super::{Cell, Quantity};
use crate::form::{Address, Formula, RowPlace, ValueColumn, is_within};
use crate::syntax::chars::is_no_value;

/// A computed value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Computed {
    /// In ％ with one decimal; `None` is —
    Rate(Option<Decimal>),
    /// Of a sum or a difference; `None` is —
    Amount(Option<Decimal>, String),
    /// Words, a figure that is not exact, or figures of several units: there is nothing to compute.
    Open,
    /// A cell that it needs could not be read.
    Hole,
}

/// What a cell brings into a computation.
enum Term {
    Number(Decimal, String),
    /// —
    Dash,
    /// Words, or several figures
    Text,
    Hole,
}

/// A value and how it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Computation {
    /// 目標÷実績
    Rate,
    /// A formula of ＋ or －, or 計
    Sum,
    /// Of the ・ rows below
    Parts,
}

impl Indicator {
    /// The cell at an address of the form.
    pub fn cell_at(&self, address: &Address) -> Option<&Cell> {
        let (row, column) = self.place_of(address)?;
        self.cell(self.rows.get(row)?, column)
    }

    fn place_of(&self, address: &Address) -> Option<(usize, usize)> {
        let declared = self.declared.as_ref()?;
        let is_upright = declared.table.is_upright;
        let is_column = |column: &DeclaredColumn| match column {
            DeclaredColumn::Value(value) => {
                value.year == address.year && (is_upright || value.column == address.column)
            }
            DeclaredColumn::Text => false,
        };
        let column = declared.columns.iter().position(is_column)?;
        let row = self.rows.iter().position(|row| self.is_at(row, address, is_upright))?;
        Some((row, column))
    }

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

    fn is_at(&self, row: &Row, address: &Address, is_upright: bool) -> bool {
        let own = if is_upright { self.parent(row).unwrap_or(row) } else { row };
        let is_row = match address.row {
            RowPlace::Declared(place) => own.declared == Some(DeclaredRow::Row(place)),
            RowPlace::Total => own.declared == Some(DeclaredRow::Total),
            RowPlace::Only => true,
        };
        let is_column = !is_upright || row.declared == address.column.map(DeclaredRow::Column);
        is_row && is_column
    }

    /// What stands in a cell by the form; `None` for one that is to be typed.
    pub fn computed(&self, row: usize, column: usize) -> Option<(Computation, Computed)> {
        let declared = self.declared.as_ref()?;
        let own = self.rows.get(row)?;
        let value = match declared.columns.get(column)? {
            DeclaredColumn::Value(value) => *value,
            DeclaredColumn::Text => return None,
        };
        if let Some(formula) = declared.table.formula(value).filter(|_| !declared.table.is_upright) {
            let terms =
                |places: &[usize]| places.iter().map(|place| self.term_beside(declared, row, value, *place)).collect();
            return Some(evaluate(formula, terms));
        }
        match own.declared {
            Some(DeclaredRow::Column(place)) => {
                let formula = declared.table.columns.get(place)?.formula.as_ref()?;
                let sibling = |place: &usize| self.sibling(own, DeclaredRow::Column(*place));
                Some(evaluate(formula, |places| {
                    places.iter().map(|place| self.term_at(sibling(place), column)).collect()
                }))
            }
            Some(DeclaredRow::Total) => {
                let parts = self.summands(|other| self.is_of_the_first_level(other), column);
                Some((Computation::Sum, sum(self.of_its_unit(parts, column))))
            }
            Some(DeclaredRow::Row(place)) if declared.table.rows.get(place)?.formula.is_some() => {
                let formula = declared.table.rows.get(place)?.formula.as_ref()?;
                let row_of =
                    |place: &usize| self.rows.iter().position(|other| other.declared == Some(DeclaredRow::Row(*place)));
                Some(evaluate(formula, |places| {
                    places.iter().map(|place| self.term_at(row_of(place), column)).collect()
                }))
            }
            Some(DeclaredRow::Row(_)) | None => {
                // A part that says that it is one (うち) is not all there is.
                let is_part = |other: &Row| other.role == Role::Child { parent: row } && !other.is_within();
                let has_parts = self.rows.iter().any(is_part);
                if !has_parts || !declared.table.is_amount(value) || self.is_text(own) {
                    return None;
                }
                let parts = self.summands(|other| other.role == Role::Child { parent: row }, column);
                let has_number = |terms: &[Term]| terms.iter().any(|term| matches!(term, Term::Number(..)));
                let has_figures = has_number(&parts);
                let amounts = self.of_its_unit(parts, column);
                // Hours and persons are no parts of an amount.
                (has_number(&amounts) || !has_figures).then(|| (Computation::Parts, sum(amounts)))
            }
        }
    }

    /// The row of a place beside another one, under the same label.
    fn sibling(&self, row: &Row, place: DeclaredRow) -> Option<usize> {
        self.rows.iter().position(|other| other.role == row.role && other.declared == Some(place))
    }

    fn term_beside(&self, declared: &DeclaredTable, row: usize, value: ValueColumn, place: usize) -> Term {
        let wanted = DeclaredColumn::Value(ValueColumn { column: Some(place), ..value });
        let column = declared.columns.iter().position(|column| *column == wanted);
        column.map_or(Term::Text, |column| self.term_at(Some(row), column))
    }

    fn term_at(&self, row: Option<usize>, column: usize) -> Term {
        let Some((row, value)) = row.and_then(|row| Some((row, self.rows.get(row)?.values.get(column)?))) else {
            return Term::Text;
        };
        match value {
            Value::Hole(_) => Term::Hole,
            Value::Computed(_) => match self.computed(row, column) {
                Some((_, Computed::Rate(Some(rate)))) => Term::Number(rate, "％".to_string()),
                Some((_, Computed::Amount(Some(amount), unit))) => Term::Number(amount, unit),
                Some((_, Computed::Rate(None) | Computed::Amount(None, _))) => Term::Dash,
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
        let wanted =
            rows.filter(|(_, row)| is_wanted(row) && !is_computed(row) && !row.is_within() && !self.is_text(row));
        wanted.map(|(row, _)| self.term_at(Some(row), column)).collect()
    }

    /// In a column of amounts, the terms that are amounts.
    fn of_its_unit(&self, terms: Vec<Term>, column: usize) -> Vec<Term> {
        let declared = self.declared.as_ref();
        let is_amount = declared.is_some_and(|declared| match declared.columns.get(column) {
            Some(DeclaredColumn::Value(value)) => declared.table.is_amount(*value),
            Some(DeclaredColumn::Text) | None => false,
        });
        let unit = declared.map_or("", |declared| declared.unit.name());
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

/// The unit of two figures that count the same; one without a unit counts as the other.
fn common_unit(one: &str, other: &str) -> Option<String> {
    match (one, other) {
        (one, other) if one == other || other.is_empty() => Some(one.to_string()),
        ("", other) => Some(other.to_string()),
        _ => None,
    }
}

fn evaluate(formula: &Formula, terms: impl Fn(&[usize]) -> Vec<Term>) -> (Computation, Computed) {
    match formula {
        Formula::Ratio(part, whole) => (Computation::Rate, rate(&terms(&[*part, *whole]))),
        Formula::Difference(whole, part) => {
            let mut terms = terms(&[*whole, *part]);
            if let Some(Term::Number(number, _)) = terms.last_mut() {
                *number = -*number;
            }
            (Computation::Sum, sum(terms))
        }
        Formula::Sum(places) => (Computation::Sum, sum(terms(places))),
    }
}

/// — for a whole of 0 and for —.
fn rate(terms: &[Term]) -> Computed {
    match terms {
        [Term::Hole, _] | [_, Term::Hole] => Computed::Hole,
        [Term::Number(part, one), Term::Number(whole, other)] if common_unit(one, other).is_some() => {
            let percent = part.checked_mul(Decimal::ONE_HUNDRED).and_then(|part| part.checked_div(*whole));
            Computed::Rate(
                percent.map(|percent| percent.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero)),
            )
        }
        [Term::Number(..) | Term::Dash, Term::Number(..) | Term::Dash]
            if terms.iter().any(|term| matches!(term, Term::Dash)) =>
        {
            Computed::Rate(None)
        }
        _ => Computed::Open,
    }
}

/// — counts nothing; nothing but — is —. Words, or figures of two units, have no sum.
fn sum(terms: Vec<Term>) -> Computed {
    let mut total: Option<(Decimal, String)> = None;
    if terms.iter().any(|term| matches!(term, Term::Hole)) {
        return Computed::Hole;
    }
    for term in terms {
        match term {
            Term::Hole | Term::Dash => {}
            Term::Text => return Computed::Open,
            Term::Number(number, unit) => {
                let (sum, known) = total.unwrap_or((Decimal::ZERO, unit.clone()));
                let Some(next) = sum.checked_add(number).zip(common_unit(&known, &unit)) else {
                    return Computed::Open;
                };
                total = Some(next);
            }
        }
    }
    total.map_or(Computed::Amount(None, String::new()), |(sum, unit)| Computed::Amount(Some(sum), unit))
}

impl Row {
    /// うち人件費: a part of the row above, and not one of its summands
    pub fn is_within(&self) -> bool {
        is_within(&self.label.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(number: i64, unit: &str) -> Term {
        Term::Number(number.into(), unit.to_string())
    }

    fn rate_of(part: Term, whole: Term) -> Option<String> {
        match rate(&[part, whole]) {
            Computed::Rate(rate) => Some(rate.map_or("—".to_string(), |rate| format!("{rate:.1}"))),
            Computed::Amount(..) | Computed::Open | Computed::Hole => None,
        }
    }

    #[test]
    fn rates_have_one_decimal_and_need_a_whole() {
        assert_eq!(rate_of(term(1, "人"), term(8, "人")).as_deref(), Some("12.5"));
        assert_eq!(rate_of(term(2, ""), term(3, "人")).as_deref(), Some("66.7"));
        // 0.05 is rounded up.
        assert_eq!(rate_of(term(1, ""), term(2000, "")).as_deref(), Some("0.1"));
        assert_eq!(rate_of(term(5, ""), term(0, "")).as_deref(), Some("—"));
        assert_eq!(rate_of(Term::Dash, term(3, "")).as_deref(), Some("—"));
        assert_eq!(rate_of(term(3, "人"), term(3, "件")), None);
        assert_eq!(rate_of(Term::Text, term(3, "件")), None);
    }

    #[test]
    fn sums_of_dashes_words_and_holes() {
        let amount = |number: i64, unit: &str| Computed::Amount(Some(number.into()), unit.to_string());
        assert_eq!(sum(vec![term(2, "人"), Term::Dash, term(-3, "")]), amount(-1, "人"));
        assert_eq!(sum(vec![Term::Dash, Term::Dash]), Computed::Amount(None, String::new()));
        assert_eq!(sum(vec![term(2, "人"), Term::Text]), Computed::Open);
        assert_eq!(sum(vec![term(2, "人"), term(2, "時間")]), Computed::Open);
        assert_eq!(sum(vec![Term::Text, Term::Hole]), Computed::Hole);
    }

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
