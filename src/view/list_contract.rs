//! The list of a chapter's programs as it is printed: a part of the template's contract.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::block::BlockView;
use super::sum::SumView;

/// A column of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListColumnView {
    /// R2事業費（千円）
    pub head: String,
    /// What its cells are, and so how wide it is and how they stand
    pub kind: ListColumnKind,
    /// It has 小計 and 合計.
    pub summed: bool,
    /// Heads of the columns that stand under it; empty where it is one column
    pub parts: Vec<String>,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListColumnKind {
    /// No.
    Number,
    /// 事業名, the head of its row
    Name,
    /// Figures that stand by place
    Amount,
    /// ○, a grade: a word that stands in the middle
    Mark,
    /// Each department a line
    Departments,
    /// 掲載頁: its cells are empty, since only the page knows them
    Page,
    /// A field or a cell
    Text,
    /// Text of a section; in the wide form also a choice or a grade with what is said of it
    Prose,
    /// A table: its rows stand beside each other's
    Table,
}

/// The list of a chapter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListView {
    /// 【事業一覧】
    pub heading: String,
    /// In printed order
    pub rows: Vec<ListRowView>,
    /// The last rows: 小計, 計 of each chapter that ends with this list and has chapters in it, the innermost first, and in the
    /// last of several lists 合計. Empty where no column is summed.
    pub sums: Vec<ListSumView>,
    /// 小計 of 事業費
    pub subtotal: SumView,
    /// 計 of 事業費 of each chapter that ends with this list and has chapters in it, the innermost first: ①人材の育成　計
    pub wholes: Vec<SumView>,
    /// 合計 of 事業費, only in the last of several lists.
    pub total: Option<SumView>,
    /// What stands under the list: why a program is outside the sum, what （ ） means.
    pub notes: Vec<String>,
}

/// A program in a list, or a 再掲.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListRowView {
    /// 12, or 再掲
    pub no: String,
    /// 事業名
    pub name: String,
    /// One a column
    pub cells: Vec<ListCellView>,
    /// Anchor of the program whose page is printed; of the original for 再掲. Empty when it is not printed at all.
    pub anchor: String,
    /// A 再掲: a program of another chapter
    pub relisted: bool,
    /// Only in a draft: its file has errors.
    pub faulty: bool,
}

/// A cell of the list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListCellView {
    /// `\n` begins a new line inside it; （3,254） of an amount of a 再掲. Empty for a page, a text of a section and a table.
    pub text: String,
    /// Of a text of a section; in the wide form what is said of a choice or a grade, below its text; of a table its notes,
    /// below its rows; empty for others
    pub blocks: Vec<BlockView>,
    /// Of a table: its rows, each with a text a part of the column, or with one text that has all of them (the table's title);
    /// empty for others
    pub rows: Vec<Vec<String>>,
}

/// A row of sums.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListSumView {
    /// 小計 or 合計
    pub label: String,
    /// One a column; empty where it is not summed
    pub cells: Vec<String>,
}
