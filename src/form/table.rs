//! 【表】: the columns, rows and computed cells of a table.

use super::formula::Formula;
use super::units::unit_in_name;

/// A declared table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The heading that it stands under
    pub name: String,
    pub values: Values,
    /// Empty in a table without years
    pub years: Vec<Year>,
    /// 列; with years each has those that it names
    pub columns: Vec<Column>,
    /// Columns of text before the values
    pub front: Vec<String>,
    /// Columns of text behind the values
    pub back: Vec<String>,
    /// 向き：縦: the columns of 列 stand as ・ rows under each row, and the years alone are columns.
    pub is_transposed: bool,
    /// Fixed rows; none where rows are free
    pub rows: Vec<Row>,
    /// 計: the name of a last row, the sum of the rows of the first level
    pub total: Option<String>,
    /// The cell that is the program's 事業費
    pub program_amount: Option<Address>,
    /// Whether the form means to take the program's 事業費 from it, also where it could not be read from which cell
    pub gives_amount: bool,
    /// Something in its declaration could not be read: what that makes of the programs' tables is not said again.
    pub is_faulty: bool,
}

/// 値
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Values {
    /// Text, with the quantities that it says
    #[default]
    Number,
    /// In the report's unit
    Amount,
}

/// A year of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// How many years behind the report's; negative before it
    pub offset: i32,
    /// Places in the table's columns; none where the year itself is the column
    pub columns: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub formula: Option<Formula>,
    pub is_amount: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub name: String,
    /// 0, 1 for ・, 2 for ・・
    pub level: usize,
    pub formula: Option<Formula>,
    /// 文字の行: words, also in a table of amounts
    pub is_text: bool,
}

impl Row {
    /// うち人件費: a part of the row above, and not one of its summands
    pub fn is_within(&self) -> bool {
        is_within(&self.name)
    }
}

/// Whether a label says that it is a part of the one above: うち人件費, （うち人件費）.
pub fn is_within(label: &str) -> bool {
    label.trim_start_matches(['（', '(', '「', '［', '[']).starts_with("うち")
}

/// Whether a label says that its figure is counted elsewhere too: うち人件費, （内数）管理費, 補助金（再掲）.
pub fn is_counted_elsewhere(label: &str) -> bool {
    let bare = label.trim_matches(['（', '(', '「', '［', '[', '）', ')', '」', '］', ']']);
    let says = |word: &&str| bare.starts_with(*word) || (bare.ends_with(*word) && bare.len() < label.len());
    is_within(label) || ["内数", "再掲"].iter().any(says)
}

/// A cell of a declared table. What is not named is the year of the report, 計 or the only row, the only column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// How many years behind the report's; `None` in a table without years
    pub year: Option<i32>,
    pub row: RowPlace,
    /// In the table's columns; `None` in a table whose columns are years alone
    pub column: Option<usize>,
}

/// A row by its place among the declared ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowPlace {
    Declared(usize),
    /// 計
    Total,
    /// The only row that a table of free rows has
    Only,
}

/// A printed column of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueColumn {
    pub year: Option<i32>,
    /// In the table's columns
    pub column: Option<usize>,
}

impl Table {
    /// The printed columns of values, from left to right. In a transposed table they are the years.
    pub fn value_columns(&self) -> Vec<ValueColumn> {
        let all = || self.columns.iter().enumerate().map(|(index, _)| Some(index));
        if self.years.is_empty() {
            return all().map(|column| ValueColumn { year: None, column }).collect();
        }
        let of_year = |year: &Year| {
            let columns: Vec<Option<usize>> = if year.columns.is_empty() || self.is_transposed {
                vec![None]
            } else {
                year.columns.iter().map(|column| Some(*column)).collect()
            };
            columns.into_iter().map(|column| ValueColumn { year: Some(year.offset), column }).collect::<Vec<_>>()
        };
        self.years.iter().flat_map(of_year).collect()
    }

    /// The rows below a declared row, one level deeper.
    pub fn children(&self, place: usize) -> impl Iterator<Item = &Row> {
        let level = self.rows.get(place).map_or(0, |row| row.level);
        let below = self.rows.iter().skip(place + 1).take_while(move |row| row.level > level);
        below.filter(move |row| row.level == level + 1)
    }

    /// What a column of values is computed from.
    pub fn formula(&self, column: ValueColumn) -> Option<&Formula> {
        self.columns.get(column.column?)?.formula.as_ref()
    }

    /// Whether a row is typed by nobody: it is computed, or the sum of its ・ rows.
    pub fn is_computed(&self, row: RowPlace) -> bool {
        let RowPlace::Declared(place) = row else { return row == RowPlace::Total };
        let Some(own) = self.rows.get(place) else { return false };
        let below = self.rows.get(place + 1..).unwrap_or_default().iter().take_while(|next| next.level > own.level);
        let has_parts = below.filter(|next| next.level == own.level + 1).any(|next| !is_counted_elsewhere(&next.name));
        own.formula.is_some() || (has_parts && self.values == Values::Amount)
    }

    /// Whether the cells of a column are amounts.
    pub fn is_amount(&self, column: ValueColumn) -> bool {
        let named = column.column.and_then(|column| self.columns.get(column));
        match named {
            Some(own) => own.is_amount || (self.values == Values::Amount && unit_in_name(&own.name).is_none()),
            None => {
                let has_amounts = self.is_transposed && self.columns.iter().any(|column| column.is_amount);
                has_amounts || self.values == Values::Amount
            }
        }
    }

    /// Whether a cell is an amount: its column is one of amounts, and neither that nor its row has a unit of its own or is a
    /// rate.
    pub fn is_amount_at(&self, address: &Address) -> bool {
        let column = ValueColumn { year: address.year, column: address.column };
        let row = match address.row {
            RowPlace::Declared(row) => self.rows.get(row),
            RowPlace::Total | RowPlace::Only => None,
        };
        let is_other = |row: &Row| row.is_text || unit_in_name(&row.name).is_some() || is_ratio(row.formula.as_ref());
        self.is_amount(column) && !is_ratio(self.formula(column)) && !row.is_some_and(is_other)
    }
}

fn is_ratio(formula: Option<&Formula>) -> bool {
    matches!(formula, Some(Formula::Ratio(..)))
}
