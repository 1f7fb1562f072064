//! The columns of a declared table: which are typed, where the cells of a row stand, and of which year each speaks.

use super::Quantity;
use super::declared_cells::is_unknown_amount;
use super::indicator::{DeclaredColumn, DeclaredRow, DeclaredTable};
use super::quantity::parse_quantities;
use super::table_head::is_planned;
use crate::form::{Formula, ValueColumn};
use crate::syntax::chars::is_no_value;

/// Whether a row was typed with what is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WithComputed {
    No,
    Surely,
    Perhaps,
}

/// 決算書の頁, 事業番号: a column of text that holds figures.
fn may_hold_figure(name: &str) -> bool {
    ["頁", "ページ", "番号", "コード", "No", "№", "年", "数", "額", "款", "項", "目", "順位"]
        .iter()
        .any(|word| name.contains(word))
}

impl DeclaredTable {
    /// Whether a column holds values; the others hold text.
    pub fn is_value(&self, column: usize) -> bool {
        self.value(column).is_some()
    }

    /// Whether a column is typed by nobody.
    pub fn is_computed(&self, column: usize) -> bool {
        self.value(column).is_some_and(|value| self.table.formula(value).is_some())
    }

    fn value(&self, column: usize) -> Option<ValueColumn> {
        match self.columns.get(column)? {
            DeclaredColumn::Value(value) => Some(*value),
            DeclaredColumn::Text => None,
        }
    }

    /// The columns that are to be typed.
    pub fn typed_columns(&self) -> Vec<usize> {
        (0..self.columns.len()).filter(|column| !self.is_computed(*column)).collect()
    }

    /// The same by their names, of which `names` has one for each column.
    pub(super) fn typed_names(&self, names: &[String]) -> Vec<String> {
        self.typed_columns().into_iter().filter_map(|column| names.get(column).cloned()).collect()
    }

    /// How many of the columns that are to be typed a row may leave out at its end: those of text.
    pub fn columns_behind(&self) -> usize {
        self.typed_columns().iter().rev().take_while(|column| !self.is_value(**column)).count()
    }

    /// Whether a column of text stands behind all values.
    pub(super) fn is_behind(&self, column: usize) -> bool {
        (column..self.columns.len()).all(|column| !self.is_value(column))
    }

    /// The columns of a row's cells, from left to right: all of them, or those that are to be typed, of either of which the
    /// columns of text behind the values may all be left out. Were one alone left out, a value that lacks would move the others:
    /// nothing for any other count.
    pub fn places(&self, cells: &[&str]) -> Option<Vec<usize>> {
        let count = cells.len();
        if count == self.columns.len() {
            return Some((0..count).collect());
        }
        let typed = self.typed_columns();
        let fits_typed = count == typed.len() || count + self.columns_behind() == typed.len();
        (self.leaves_words_out(count) && (!fits_typed || self.with_computed(cells) == WithComputed::Surely))
            .then(|| (0..count).collect())
            .or_else(|| fits_typed.then_some(typed))
    }

    /// Whether so many cells are all columns but those of text behind.
    fn leaves_words_out(&self, count: usize) -> bool {
        let behind = self.columns_behind();
        behind > 0 && count + behind == self.columns.len()
    }

    /// Whether nobody can tell which columns the cells of a row are: with what is computed and without the text behind, or the other way
    /// round.
    pub(super) fn is_ambiguous(&self, cells: &[&str]) -> bool {
        self.leaves_words_out(cells.len())
            && cells.len() == self.typed_columns().len()
            && self.with_computed(cells) == WithComputed::Perhaps
    }

    /// Whether the cells of a row may hold what is computed, too, and the columns of text behind are left out.
    fn with_computed(&self, cells: &[&str]) -> WithComputed {
        let figure = |cell: &str| match parse_quantities(cell).as_slice() {
            [only] if matches!(only.unit.as_str(), "" | "％" | "%") || only.unit == self.unit.name() => {
                Some(only.clone())
            }
            _ => None,
        };
        let is_amount = |column| self.value(column).is_some_and(|value| self.table.is_amount(value));
        let is_value = |cell: &str| figure(cell).is_some() || is_no_value(cell) || is_unknown_amount(cell);
        let places = || cells.iter().copied().enumerate();
        let computed = || places().filter(|(column, _)| self.is_computed(*column));
        let may_be = places().all(|(column, cell)| !is_amount(column) || is_value(cell))
            && computed().any(|(_, cell)| figure(cell).is_some())
            && computed().all(|(_, cell)| figure(cell).is_some() || is_no_value(cell));
        if !may_be {
            return WithComputed::No;
        }
        // A rate has its sign or a decimal; a page has neither.
        let is_rate = |column| {
            self.value(column)
                .and_then(|value| self.table.formula(value))
                .is_some_and(|own| matches!(own, Formula::Ratio(_)))
        };
        let rates: Vec<Quantity> =
            computed().filter(|(column, _)| is_rate(*column)).filter_map(|(_, cell)| figure(cell)).collect();
        let is_shown = |rate: &Quantity| !rate.unit.is_empty() || rate.number.scale() > 0;
        if !self.table.back.iter().any(|name| may_hold_figure(name)) || rates.iter().any(is_shown) {
            return WithComputed::Surely;
        }
        if rates.is_empty() { WithComputed::Perhaps } else { WithComputed::No }
    }

    /// `その他｜0`: one cell that counts for all columns of its row.
    pub fn counts_for_all(&self, text: &str) -> bool {
        self.table.front.is_empty() && (is_no_value(text) || matches!(text, "0" | "０"))
    }

    /// Of which year a cell speaks, in years behind the report's, and what of it: the name of its column, in a transposed table of
    /// its row. Nothing for text, and in a table without years.
    pub fn subject(&self, column: usize, row: Option<DeclaredRow>) -> Option<(i32, &str)> {
        let value = self.value(column)?;
        let own = match row {
            Some(DeclaredRow::Column(place)) => Some(place),
            Some(DeclaredRow::Row(_) | DeclaredRow::Total) | None => value.column,
        };
        let name = own.and_then(|own| self.table.columns.get(own)).map_or("", |own| own.name.as_str());
        Some((value.year?, name))
    }

    /// The column of the next year's report in which what a cell says is still true: that of the same year and the same name.
    /// What was said of a year to come was a plan; where its name does not say so it is not what came of it.
    pub fn column_next_year(&self, column: usize, row: Option<DeclaredRow>) -> Option<usize> {
        let Some(value) = self.value(column) else { return Some(column) };
        let (offset, name) = self.subject(column, row)?;
        let next = DeclaredColumn::Value(ValueColumn { year: Some(offset - 1), ..value });
        let place = self.columns.iter().position(|other| *other == next);
        place.filter(|_| offset != 1 || is_planned(name))
    }

    /// Whether what a column says stood in the report of the year before, too. A plan that stood there is not what came of it.
    pub fn stood_before(&self, column: usize) -> bool {
        let Some(value) = self.value(column) else { return true };
        let before = value.year.filter(|year| *year < 0).map(|year| ValueColumn { year: Some(year + 1), ..value });
        before.is_some_and(|before| self.columns.contains(&DeclaredColumn::Value(before)))
    }
}

/// Whether a published figure is to stand unchanged in the next year's report: one of the report's own year or of an older
/// one, and a plan that is called one.
pub fn is_settled(offset: i32, name: &str) -> bool {
    offset <= 0 || is_planned(name)
}
