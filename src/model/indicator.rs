//! What 【指標】 holds: tables of labels and values, with merged cells and groups resolved.

use super::quantity::Quantity;
use super::year::YearLabel;
use super::{Block, Text};
use crate::source::Span;

/// One 【指標】.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    pub heading: Span,
    pub caption: Option<Text>,
    pub columns: Columns,
    pub rows: Vec<Row>,
    /// ※ lines
    pub notes: Vec<Block>,
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
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.value.as_str()).collect();
        lines.join("\n")
    }
}
