//! What a section of a page holds, as a template reads it: texts, grades, tables with their cells, photographs.

use schemars::JsonSchema;
use serde::Serialize;

use super::block::BlockView;
use super::section_key::SectionKey;

/// A section of a program's page, or of a chapter's. What it is not is empty.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SectionView {
    /// Decides which of the contents below are filled
    pub kind: SectionKey,
    /// `overview`, `results` or `indicators`, whatever the form calls the section; empty for others
    pub role: &'static str,
    /// 【事業概要】; empty for 指標 and 写真 of the language, which are printed without a head
    pub heading: String,
    /// 拡充, of a section that is a choice
    pub choice: String,
    /// Prose; of a case too
    pub blocks: Vec<BlockView>,
    /// Of 指標
    pub tables: Vec<TableView>,
    /// Of 写真, and those of a case
    pub photos: Vec<PhotoView>,
    /// Of a section of grades
    pub grades: Vec<GradeView>,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TableView {
    /// Printed above the table; empty for none
    pub caption: String,
    /// （単位：千円）, printed above a table of amounts; empty for none
    pub unit: String,
    /// The table stands on a page turned sideways.
    pub turned: bool,
    /// Share of the usual type of tables: less than 1 where even a turned page has no room for it
    pub size: f64,
    /// Share of the usual blank at the sides of a cell: less than 1 where the smallest type alone is not enough
    pub inset: f64,
    /// 1, or 2 when a group's label stands as a merged cell beside its children.
    pub label_columns: usize,
    /// The upper row of a head of two rows, over the columns behind the labels; empty for a head of one row
    pub groups: Vec<HeadGroupView>,
    /// Head row: the first entry spans the label columns.
    pub columns: Vec<ColumnView>,
    /// From top to bottom, the head row left out
    pub rows: Vec<RowView>,
    /// ※ lines under the table
    pub notes: Vec<BlockView>,
}

/// What stands over some columns in the upper row of a head.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct HeadGroupView {
    /// 5年度; empty for a column whose head has one row
    pub label: String,
    /// How many columns it covers
    pub columns: usize,
}

/// A column, or the label columns together.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ColumnView {
    /// 項目名, 元年度, 2年度, 目標 …; `\n` begins a new line inside it
    pub label: String,
    /// Share of the table's width; the shares add up to 1. Label columns together have the first share.
    pub width: f64,
}

/// The cells that begin in this row, from left to right; places covered by a cell that spans from above are absent.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RowView {
    /// From left to right
    pub cells: Vec<CellView>,
}

/// A cell of the table.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CellView {
    /// A label heads its row.
    pub label: bool,
    /// 0, or 1 for a child that stands indented below its parent; 2 for a child of a child.
    pub level: usize,
    /// `\n` begins a new line inside it.
    pub text: String,
    /// Columns that it covers
    pub colspan: usize,
    /// Rows that it covers
    pub rowspan: usize,
    /// How it stands in its column
    pub align: Align,
    /// Blank to put left and right of a quantity, in em of the cell's text, so that figures of a column stand by place.
    pub pad_left: f64,
    pub pad_right: f64,
    /// What the text says in numbers, in its order.
    pub quantities: Vec<QuantityView>,
    /// Only in a draft: something is wrong here.
    pub faulty: bool,
}

/// Where the text of a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Labels and sentences
    Left,
    /// Quantities and —
    Center,
}

/// A number in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct QuantityView {
    /// 延べ, 約 …; empty for none
    pub prefix: String,
    /// Exact decimal without commas: 1087, 2.3
    pub number: String,
    /// 名, 千円 …; empty for none
    pub unit: String,
}

/// A photograph.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PhotoView {
    /// `/photos/…`; absent when the picture is bad (draft: a framed box)
    pub path: Option<String>,
    /// Printed below it; empty for none
    pub caption: String,
    /// Alternative text
    pub alt: String,
}

/// A row of a section of grades.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct GradeView {
    /// 必要性
    pub criterion: String,
    /// Ａ; 〓 in a draft where there is none
    pub grade: String,
    /// `\n` begins a new line inside it; empty for none
    pub reason: String,
    /// Only in a draft: something is wrong here.
    pub faulty: bool,
}
