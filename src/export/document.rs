//! The JSON document. Nothing in it is made ready to print: texts are as they were typed, line by line.
//!
//! docs/data.md explains every field, and a test holds it to them. Counts of rows and places begin at 1.

use serde::{Serialize, Serializer};

use crate::syntax::SectionKind;

/// Raised when a field goes away, changes its name, its type or its meaning; a new field raises nothing.
pub const FORMAT: u32 = 1;
/// Says who wrote the document.
pub(super) const GENERATOR: &str = "report export";

#[derive(Serialize)]
pub(super) struct Document<'a> {
    pub(super) format: u32,
    pub(super) generator: &'static str,
    pub(super) title: Option<&'a str>,
    pub(super) publisher: Option<&'a str>,
    pub(super) issued: Option<Day>,
    pub(super) fiscal_year: Option<Year>,
    /// 千円, 百万円 or 円: the unit of every amount
    pub(super) unit: &'static str,
    pub(super) first_page: u32,
    pub(super) chapters: Vec<Chapter<'a>>,
    /// 合計
    pub(super) total: Sum,
}

#[derive(Serialize)]
pub(super) struct Day {
    /// 2021-09-01
    pub(super) date: String,
    /// 令和3年9月1日
    pub(super) label: String,
}

#[derive(Serialize)]
pub(super) struct Year {
    /// The western year in which it begins
    pub(super) year: i32,
    /// 令和2年度
    pub(super) label: String,
}

#[derive(Serialize)]
pub(super) struct Chapter<'a> {
    pub(super) order: usize,
    #[serde(flatten)]
    pub(super) place: Option<ChapterPlace>,
    /// ①, or what 番号 says
    pub(super) number: String,
    pub(super) title: Option<&'a str>,
    pub(super) folder: &'a str,
    pub(super) overview: Vec<Block<'a>>,
    /// 【基本方針事業一覧】
    pub(super) list: Vec<ListRow<'a>>,
    pub(super) programs: Vec<Program<'a>>,
    /// 小計
    pub(super) subtotal: Sum,
}

/// Of a chapter in a report that has chapters in chapters.
#[derive(Serialize)]
pub(super) struct ChapterPlace {
    /// 1 for one that is a part of no other
    pub(super) level: usize,
    /// The `order` of the chapter that it is a part of
    pub(super) parent: Option<usize>,
    /// 計, with the chapters in it
    pub(super) whole: Sum,
}

#[derive(Serialize)]
pub(super) struct ListRow<'a> {
    /// 再掲
    pub(super) relisted: bool,
    /// The chapter that prints the program
    pub(super) chapter: usize,
    pub(super) no: usize,
    pub(super) id: &'a str,
}

#[derive(Serialize)]
pub(super) struct Sum {
    pub(super) amount: Option<i64>,
    pub(super) programs: usize,
    pub(super) new_programs: usize,
}

#[derive(Serialize)]
pub(super) struct Program<'a> {
    pub(super) no: usize,
    pub(super) id: &'a str,
    pub(super) name: Option<&'a str>,
    /// よみ
    pub(super) reading: Option<&'a str>,
    /// 旧名称
    pub(super) former_names: Vec<&'a str>,
    /// 新規, 拡充, 継続 or 終了
    pub(super) category: &'static str,
    /// Absent for —: see `amount_state`
    pub(super) amount: Option<i64>,
    pub(super) amount_state: &'static str,
    /// Whether the amount is in 小計 and 合計
    pub(super) counted: bool,
    pub(super) not_counted_because: Option<&'a str>,
    pub(super) departments: Vec<Department<'a>>,
    /// Each under its key, in printed order
    #[serde(flatten)]
    pub(super) sections: Sections<'a>,
}

/// `overview`, `results`, `indicators` … as the language's table has them; empty lists too.
pub(super) struct Sections<'a>(pub(super) Vec<(SectionKind, Section<'a>)>);

impl Serialize for Sections<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(kind, section)| {
            // A list of them, in the words of the language of the document
            let key = if *kind == SectionKind::Case { "cases" } else { kind.spec().key };
            (key, section)
        }))
    }
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Section<'a> {
    Prose(Vec<Block<'a>>),
    Tables(Vec<Indicator<'a>>),
    Cases(Vec<Case<'a>>),
    /// Those that belong to no case
    Photos(Vec<Photo<'a>>),
}

#[derive(Serialize)]
pub(super) struct Department<'a> {
    pub(super) name: &'a str,
    pub(super) group: Option<&'a str>,
    pub(super) office: Option<&'a str>,
}

/// A paragraph or what stands like one.
#[derive(Serialize)]
pub(super) struct Block<'a> {
    /// `paragraph`, `hanging`, `subheading`, `item`, `bullet` or `note`
    pub(super) kind: &'static str,
    /// Of an item
    pub(super) number: Option<u8>,
    /// What a hanging paragraph hangs behind: ①
    pub(super) mark: Option<&'a str>,
    pub(super) lines: Vec<&'a str>,
}

/// A table of 【指標】.
#[derive(Serialize)]
pub(super) struct Indicator<'a> {
    pub(super) caption: Option<&'a str>,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row<'a>>,
    pub(super) notes: Vec<Block<'a>>,
}

#[derive(Serialize)]
pub(super) struct Column {
    pub(super) label: String,
    /// Whose values the column holds
    pub(super) fiscal_year: Option<Year>,
}

#[derive(Serialize)]
pub(super) struct Row<'a> {
    /// Lines
    pub(super) label: Vec<&'a str>,
    /// `plain`, `group` or `child`
    pub(super) role: &'static str,
    /// The row that a child belongs to
    pub(super) parent: Option<usize>,
    /// The item of 【事業実績】 that the label names
    pub(super) item: Option<u8>,
    /// As many as there are columns; none in a group
    pub(super) values: Vec<Value<'a>>,
}

#[derive(Serialize)]
pub(super) struct Value<'a> {
    /// The row whose cell this is as well (↑); its lines are repeated here
    pub(super) shared_with: Option<usize>,
    /// None where there is no value
    pub(super) lines: Vec<Line<'a>>,
}

#[derive(Serialize)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    /// `number`, `not_applicable` (—), `cancelled` (中止) or `text`
    pub(super) state: &'static str,
    pub(super) quantities: Vec<Quantity>,
}

#[derive(Serialize)]
pub(super) struct Quantity {
    /// 延べ, 延, 約, 各 or 計
    pub(super) prefix: Option<&'static str>,
    /// Exact: `2.30`
    pub(super) number: String,
    /// Empty for none
    pub(super) unit: String,
}

#[derive(Serialize)]
pub(super) struct Case<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) blocks: Vec<Block<'a>>,
    pub(super) photos: Vec<Photo<'a>>,
}

#[derive(Serialize)]
pub(super) struct Photo<'a> {
    /// As typed, from the folder of the program's file
    pub(super) file: &'a str,
    pub(super) caption: Vec<&'a str>,
    /// What it shows
    pub(super) alt: Vec<&'a str>,
}
