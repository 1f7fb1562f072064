//! The shape of what is printed before and after the chapters: a part of the template's contract.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Part;

/// One part of 前付 or 後付. Every part begins on a new page, and its heading carries its anchor.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PartView {
    /// 表紙: title, year, publisher and date of the report, which carries its title's heading
    Cover,
    /// 目次
    Contents(ContentsView),
    /// 総括表, a row a chapter
    Summary(SummaryView),
    /// 所管課別集計, a row a department
    Departments(SummaryView),
    /// 索引
    Index(IndexView),
    /// 図表
    Charts(ChartsView),
}

/// 目次: what is found in the book, in its order.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ContentsView {
    /// Printed above it
    pub heading: String,
    /// ASCII name for links, unique in the report: part-index
    pub anchor: String,
    /// In the order of the book
    pub entries: Vec<EntryView>,
}

/// A line that names where something begins.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EntryView {
    /// What begins there
    pub kind: EntryKind,
    /// Depth in the book, from 1: of a part and an outermost chapter 1, of a program one more than of its chapter
    pub level: usize,
    /// ① or 12; empty for a part
    pub number: String,
    /// Without its number
    pub title: String,
    /// Where it begins
    pub anchor: String,
}

/// What a line of 目次 or 索引 names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    Part,
    Chapter,
    Program,
}

/// A table of sums: 総括表, 所管課別集計.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SummaryView {
    /// Printed above it
    pub heading: String,
    /// ASCII name for links, unique in the report: part-index
    pub anchor: String,
    /// Heads: of the label, then of each cell
    pub columns: Vec<String>,
    /// In printed order
    pub rows: Vec<SummaryRowView>,
    /// 合計
    pub total: SummaryRowView,
    /// ※ lines under the table, without their mark
    pub notes: Vec<String>,
    /// Further tables: how often each grade was given. Empty where the office's form has none
    pub grades: Vec<GradeCountView>,
}

/// How often each grade of a criterion, or each choice, was given, a row a chapter.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct GradeCountView {
    /// 評価：必要性
    pub title: String,
    /// Heads: of the label, then of each cell
    pub columns: Vec<String>,
    /// In printed order
    pub rows: Vec<SummaryRowView>,
    /// 合計
    pub total: SummaryRowView,
}

/// A row of a table of sums.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SummaryRowView {
    /// Of a chapter as in the book, 0 for others. A chapter's row counts the chapters in it, whose rows follow it.
    pub level: usize,
    /// ① of a chapter; empty for others
    pub number: String,
    /// Of a chapter its title, else the department
    pub label: String,
    /// Figures, ready to print
    pub cells: Vec<String>,
    /// Where the chapter begins; empty for others
    pub anchor: String,
}

/// 索引, in lists that follow each other.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct IndexView {
    /// Printed above it
    pub heading: String,
    /// ASCII name for links, unique in the report: part-index
    pub anchor: String,
    /// 事業名索引, 所管課別索引
    pub lists: Vec<IndexListView>,
}

/// 事業名索引, 所管課別索引
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct IndexListView {
    /// 事業名索引, 所管課別索引
    pub heading: String,
    /// In reading order, or in that of the departments
    pub groups: Vec<IndexGroupView>,
}

/// あ行, or a department.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct IndexGroupView {
    /// あ行, or the department
    pub heading: String,
    /// By reading, or in the order of the book
    pub entries: Vec<EntryView>,
}

/// 図表
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ChartsView {
    /// Printed above it
    pub heading: String,
    /// ASCII name for links, unique in the report: part-index
    pub anchor: String,
    /// In printed order
    pub charts: Vec<ChartView>,
}

/// Horizontal bars in groups, one below the other.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ChartView {
    /// What is drawn
    pub kind: ChartKind,
    /// Without its unit
    pub title: String,
    /// （単位：千円）; empty where each bar carries its unit
    pub unit: String,
    /// What each bar of a group stands for: 元年度, 2年度. One where there is nothing to tell apart.
    pub series: Vec<String>,
    /// Where the bars begin, from 0 to 1: more than 0 where an amount is negative.
    pub zero: f64,
    /// From top to bottom
    pub groups: Vec<BarGroupView>,
    /// ※ lines under the bars, without their mark: what is not in them, and which can be compared
    pub notes: Vec<String>,
    /// The program that is drawn; empty for others
    pub anchor: String,
}

/// What a chart draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    AmountByChapter,
    AmountByDepartment,
    /// Bars of one unit have one measure, those of another unit another.
    Indicators,
}

/// Bars that stand together.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct BarGroupView {
    /// Printed beside the bars
    pub label: String,
    /// The same in a sentence, with every figure: the alternative text of a chart is made of these.
    pub alt: String,
    /// Where the chapter begins; empty for others
    pub anchor: String,
    /// One of each series, in their order
    pub bars: Vec<BarView>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct BarView {
    /// The figure at the bar's end
    pub text: String,
    /// Left end of the bar, from 0 to 1
    pub from: f64,
    /// Right end of the bar, from 0 to 1; the same as the left one where there is nothing to draw
    pub to: f64,
}

const PREFIX: &str = "part-";

/// ASCII name of a part, unique in the report.
pub fn part_anchor(part: Part) -> String {
    let name = match part {
        Part::Cover => "cover",
        Part::Contents => "contents",
        Part::Summary => "summary",
        Part::Departments => "departments",
        Part::Index => "index",
        Part::Charts => "charts",
    };
    format!("{PREFIX}{name}")
}

/// Whether an anchor is that of a part.
pub fn is_part_anchor(name: &str) -> bool {
    name.starts_with(PREFIX)
}
