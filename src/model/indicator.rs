//! What 【指標】 holds: tables of labels and values, with merged cells and groups resolved.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::quantity::Quantity;
use super::quantity::parse_quantities;
use super::year::{FiscalYear, YearLabel, parse_year_label};
use super::{Block, Text, Unit};
use crate::form::{Table, ValueColumn, Values};
use crate::source::Span;
use crate::syntax::chars::{is_no_value, without_blanks};

pub(super) const MOST_COLUMNS: usize = 6;

/// One 【指標】.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    pub heading: Span,
    pub caption: Option<Text>,
    pub columns: Columns,
    pub rows: Vec<Row>,
    /// ※ lines
    pub notes: Vec<Block>,
    /// What the form says of it, where it declares the table
    pub declared: Option<DeclaredTable>,
}

/// A table of the form, with the meaning of each of its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredTable {
    pub table: Arc<Table>,
    /// As many as the table has columns
    pub columns: Vec<DeclaredColumn>,
    /// 千円: of the amounts in it
    pub unit: Unit,
}

/// What stands in a column of a declared table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeclaredColumn {
    /// Text before the values or behind them
    Text,
    Value(ValueColumn),
}

impl Indicator {
    /// The cell that holds a row's value: its own, or the one that ↑ shares. Nothing for a hole.
    pub fn cell<'a>(&'a self, row: &'a Row, column: usize) -> Option<&'a Cell> {
        match row.values.get(column)? {
            Value::Own(cell) | Value::Computed(cell) => Some(cell),
            Value::Shared { row, .. } => match self.rows.get(*row)?.values.get(column)? {
                Value::Own(cell) | Value::Computed(cell) => Some(cell),
                Value::Shared { .. } | Value::Hole(_) => None,
            },
            Value::Hole(_) => None,
        }
    }

    /// The amount that a cell of a declared table is, in the report's unit.
    pub fn amount_in(&self, column: usize, cell: &Cell) -> Option<Decimal> {
        let declared = self.declared.as_ref()?;
        let is_amount = match declared.columns.get(column)? {
            DeclaredColumn::Value(value) => declared.table.is_amount(*value),
            DeclaredColumn::Text => false,
        };
        let figure = cell.only_figure()?;
        (is_amount && figure.unit == declared.unit.name()).then_some(figure.number)
    }

    /// Whether the form declares it a table of amounts, or meant to: of a declaration that could not be read nobody knows.
    pub fn is_of_amounts(&self) -> bool {
        self.declared.as_ref().is_some_and(|own| own.table.values == Values::Amount || own.table.is_faulty)
    }

    /// Whether the form leaves the rows to the programs and makes no 計 of them.
    pub fn has_free_rows(&self) -> bool {
        let is_free = |table: &Table| table.rows.is_empty() && table.total.is_none() && !table.is_faulty;
        self.declared.as_ref().is_some_and(|declared| is_free(&declared.table))
    }

    /// The cell of a row in a column 単位
    pub fn unit_cell<'a>(&'a self, row: &'a Row) -> Option<&'a Cell> {
        self.cell(row, self.unit_column()?)
    }

    /// A column 単位 says in what the figures of each row without a unit count.
    pub(super) fn take_units(&mut self) {
        let Some(place) = self.unit_column() else { return };
        let units: Vec<Option<String>> =
            self.rows.iter().map(|row| self.cell(row, place).map(Cell::text).filter(|unit| is_unit(unit))).collect();
        self.give_units(|row| units.get(row).cloned().flatten());
    }

    /// Gives figures without a unit that of their row, which has it by its place.
    pub(super) fn give_units(&mut self, unit_of: impl Fn(usize) -> Option<String>) {
        let place = self.unit_column();
        // A rate counts in none of its row's units.
        let rates: Vec<bool> = match &self.columns {
            Columns::Years => Vec::new(),
            Columns::Own(columns) => columns.iter().map(|column| is_ratio_name(&column.label.value)).collect(),
        };
        let is_rate = |column: usize| rates.get(column).copied().unwrap_or(false);
        for (index, row) in self.rows.iter_mut().enumerate() {
            let Some(unit) = unit_of(index) else { continue };
            let cells =
                row.values.iter_mut().enumerate().filter(|(column, _)| Some(*column) != place && !is_rate(*column));
            for (_, value) in cells {
                let Value::Own(cell) = value else { continue };
                for quantity in cell.quantities.iter_mut().filter(|quantity| quantity.unit.is_empty()) {
                    quantity.unit.clone_from(&unit);
                }
            }
        }
    }

    /// The place of the column 単位.
    pub fn unit_column(&self) -> Option<usize> {
        let Columns::Own(columns) = &self.columns else { return None };
        columns.iter().position(|column| without_blanks(&column.label.value) == "単位")
    }

    /// The cells of last year and of this year in a row, where the table has both columns and both are filled in.
    pub fn year_cells<'a>(&'a self, row: &'a Row, current: FiscalYear) -> Option<(&'a Cell, &'a Cell)> {
        let [before, now] = self.year_columns(current);
        Some((self.cell(row, before?)?, self.cell(row, now?)?))
    }

    /// The row whose ・ child a row is.
    pub fn parent(&self, row: &Row) -> Option<&Row> {
        match row.role {
            Role::Child { parent } => self.rows.get(parent),
            Role::Plain | Role::Group => None,
        }
    }

    /// The ・ rows of a row, by its place.
    pub fn children(&self, parent: usize) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.role == Role::Child { parent })
    }

    /// The columns of last year's values and of this year's, in a report of `current`.
    pub fn year_columns(&self, current: FiscalYear) -> [Option<usize>; 2] {
        match &self.columns {
            Columns::Years => [Some(0), Some(1)],
            Columns::Own(columns) => [current.previous(), current].map(|year| {
                columns.iter().position(|column| column.year.is_some_and(|label| label.resolve(current) == year))
            }),
        }
    }
}

/// Whether the figures of a column are no counts of their row's unit: 執行率, 倍率, 前年比.
fn is_ratio_name(name: &str) -> bool {
    ["率", "比", "割合"].iter().any(|end| name.ends_with(end))
}

/// 名, 千円: short, and no figure. m3 and 5段階評価 hold a figure; 20 is none, and 20人 is a value.
fn is_unit(text: &str) -> bool {
    let is_short = (1..=8).contains(&text.chars().count()) && !text.contains('\n') && !is_no_value(text);
    is_short && parse_quantities(text).first().is_none_or(|quantity| quantity.unit.ends_with("評価"))
}

/// The columns after the label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Columns {
    /// The year before and this year; no head was typed, or a right one.
    Years,
    /// One to six of the table's own.
    Own(Vec<Column>),
}

impl Columns {
    pub fn count(&self) -> usize {
        match self {
            Self::Years => 2,
            Self::Own(columns) => columns.len(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub label: Text,
    /// The label is nothing but a year.
    pub year: Option<YearLabel>,
    /// The year that stands over it in a head of two rows
    pub group: Option<YearLabel>,
}

impl Column {
    /// The fiscal year that the values are of, in a report of `current`: 2年度, R2目標. 前年度比 is of none.
    pub fn fiscal_year(&self, current: FiscalYear) -> Option<FiscalYear> {
        const KINDS: [&str; 8] = ["目標", "目標値", "実績", "実績値", "計画", "見込", "予算", "決算"];
        if let Some(group) = self.group {
            return Some(group.resolve(current));
        }
        let label = self.label.value.replace('\n', "");
        let bare = KINDS.iter().find_map(|kind| label.strip_suffix(kind)).unwrap_or(&label);
        Some(parse_year_label(bare)?.resolve(current))
    }
}

/// One row. A row with faults is kept: what could not be read of it is `Value::Hole`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub span: Span,
    pub label: Cell,
    pub role: Role,
    /// As many as the table has columns; none in a group.
    pub values: Vec<Value>,
    /// The item of 【事業実績】 that the label names in front.
    pub item: Option<(u8, Span)>,
    /// Which row of the form it is; `None` in a table of free rows
    pub declared: Option<DeclaredRow>,
    /// The program writes its label: nobody typed the row.
    pub is_written: bool,
}

/// A row of a declared table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeclaredRow {
    /// By its place in 行
    Row(usize),
    /// 計
    Total,
    /// In a transposed table, the column that stands as a row, by its place in 列
    Column(usize),
}

/// Where a row stands in its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Plain,
    /// A label without values: one merged cell beside its children.
    Group,
    /// A ・ row under the row of that index.
    Child {
        parent: usize,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Own(Cell),
    /// What the form computes. Its lines are in no file.
    Computed(Cell),
    /// ↑: the value of the row of that index, which is never itself shared.
    Shared {
        row: usize,
        span: Span,
    },
    /// Could not be read; said once.
    Hole(Span),
}

/// Lines of a cell, with what they say in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub span: Span,
    pub lines: Vec<Text>,
    pub quantities: Vec<Quantity>,
}

impl Cell {
    /// The one figure that the cell says.
    pub fn only_figure(&self) -> Option<&Quantity> {
        match (self.lines.as_slice(), self.quantities.as_slice()) {
            ([_], [quantity]) => Some(quantity),
            _ => None,
        }
    }

    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.value.as_str()).collect();
        lines.join("\n")
    }
}

impl Cell {
    /// Further lines; those of a value are read for quantities.
    pub(super) fn push_lines(&mut self, lines: Vec<Text>, is_value: bool) {
        if is_value {
            self.quantities.extend(lines.iter().flat_map(|line| parse_quantities(&line.value)));
        }
        self.lines.extend(lines);
    }
}
