//! The JSON document. Nothing in it is made ready to print: texts are as they were typed, line by line.
//!
//! docs/data.md explains every field, and a test holds it to them. Counts of rows and places begin at 1.

use serde::{Serialize, Serializer};

use crate::syntax::SectionKind;

/// Raised when a field goes away, changes its name, its type or its meaning; a new field raises nothing.
pub const FORMAT: u32 = 1;
/// Says who wrote the document.
pub(super) const GENERATOR: &str = "report export";

/// Which report a document is of, and how to read it
#[derive(Serialize)]
pub(super) struct JsonHead<'a> {
    pub(super) format: u32,
    pub(super) generator: &'static str,
    pub(super) title: Option<&'a str>,
    pub(super) publisher: Option<&'a str>,
    pub(super) issued: Option<JsonDay>,
    pub(super) fiscal_year: Option<JsonYear>,
    /// 千円, 百万円 or 円: the unit of every amount
    pub(super) unit: &'static str,
}

#[derive(Serialize)]
pub(super) struct JsonDocument<'a> {
    #[serde(flatten)]
    pub(super) head: JsonHead<'a>,
    pub(super) first_page: u32,
    pub(super) chapters: Vec<JsonChapter<'a>>,
    /// 合計
    pub(super) total: JsonSum,
}

/// One program of the report, as it stands in the document
#[derive(Serialize)]
pub(super) struct JsonProgramDocument<'a> {
    #[serde(flatten)]
    pub(super) head: JsonHead<'a>,
    pub(super) chapter: JsonChapterName<'a>,
    pub(super) program: JsonProgram<'a>,
}

/// The chapter of a program
#[derive(Serialize)]
pub(super) struct JsonChapterName<'a> {
    pub(super) order: usize,
    pub(super) number: String,
    pub(super) title: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct JsonDay {
    /// 2021-09-01
    pub(super) date: String,
    /// 令和3年9月1日
    pub(super) label: String,
}

#[derive(Serialize)]
pub(super) struct JsonYear {
    /// The western year in which it begins
    pub(super) year: i32,
    /// 令和2年度
    pub(super) label: String,
}

#[derive(Serialize)]
pub(super) struct JsonChapter<'a> {
    pub(super) order: usize,
    #[serde(flatten)]
    pub(super) place: Option<ChapterPlace>,
    /// ①, or what 番号 says
    pub(super) number: String,
    pub(super) title: Option<&'a str>,
    pub(super) folder: &'a str,
    pub(super) overview: Vec<JsonBlock<'a>>,
    /// 【基本方針事業一覧】
    pub(super) list: Vec<JsonListRow<'a>>,
    pub(super) programs: Vec<JsonProgram<'a>>,
    /// Of the office's form; nothing without one
    #[serde(skip_serializing_if = "JsonFields::is_empty")]
    pub(super) fields: JsonFields<'a>,
    /// Of the office's form, each under its name, in printed order
    #[serde(flatten)]
    pub(super) sections: JsonSections<'a>,
    /// 小計
    pub(super) subtotal: JsonSum,
}

/// Of a chapter in a report that has chapters in chapters.
#[derive(Serialize)]
pub(super) struct ChapterPlace {
    /// 1 for one that is a part of no other
    pub(super) level: usize,
    /// The `order` of the chapter that it is a part of
    pub(super) parent: Option<usize>,
    /// 計, with the chapters in it
    pub(super) whole: JsonSum,
}

#[derive(Serialize)]
pub(super) struct JsonListRow<'a> {
    /// 再掲
    pub(super) relisted: bool,
    /// The chapter that prints the program
    pub(super) chapter: usize,
    pub(super) no: usize,
    pub(super) id: &'a str,
}

#[derive(Serialize)]
pub(super) struct JsonSum {
    pub(super) amount: Option<i64>,
    pub(super) programs: usize,
    pub(super) new_programs: usize,
}

#[derive(Serialize)]
pub(super) struct JsonProgram<'a> {
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
    pub(super) departments: Vec<JsonDepartment<'a>>,
    /// Of the office's form; nothing without one
    #[serde(skip_serializing_if = "JsonFields::is_empty")]
    pub(super) fields: JsonFields<'a>,
    /// Each under its key, in printed order
    #[serde(flatten)]
    pub(super) sections: JsonSections<'a>,
}

/// `overview`, `results`, `indicators` … as the language's table has them; empty lists too.
pub(super) struct JsonSections<'a>(pub(super) Vec<(SectionKind, JsonSection<'a>)>);

impl Serialize for JsonSections<'_> {
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
pub(super) enum JsonSection<'a> {
    Prose(Vec<JsonBlock<'a>>),
    Tables(Vec<JsonIndicator<'a>>),
    Cases(Vec<JsonCase<'a>>),
    /// Those that belong to no case
    Photos(Vec<JsonPhoto<'a>>),
    Choice(JsonChoice<'a>),
    Grades(Vec<JsonGrade<'a>>),
}

/// A section that is a choice of the office's form
#[derive(Serialize)]
pub(super) struct JsonChoice<'a> {
    /// Absent where nobody wrote one
    pub(super) choice: Option<&'a str>,
    pub(super) blocks: Vec<JsonBlock<'a>>,
}

#[derive(Serialize)]
pub(super) struct JsonGrade<'a> {
    pub(super) criterion: &'a str,
    pub(super) grade: Option<&'a str>,
    pub(super) reason: Vec<&'a str>,
}

/// Fields of the office's form by their names, as typed; a list of one that may be repeated
pub(super) struct JsonFields<'a>(pub(super) Vec<(&'static str, JsonField<'a>)>);

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum JsonField<'a> {
    One(&'a str),
    Several(Vec<&'a str>),
}

impl JsonFields<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for JsonFields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, field)| (name, field)))
    }
}

#[derive(Serialize)]
pub(super) struct JsonDepartment<'a> {
    pub(super) name: &'a str,
    pub(super) group: Option<&'a str>,
    pub(super) office: Option<&'a str>,
}

/// A paragraph or what stands like one.
#[derive(Serialize)]
pub(super) struct JsonBlock<'a> {
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
pub(super) struct JsonIndicator<'a> {
    pub(super) caption: Option<&'a str>,
    pub(super) columns: Vec<JsonColumn>,
    pub(super) rows: Vec<JsonRow<'a>>,
    pub(super) notes: Vec<JsonBlock<'a>>,
}

#[derive(Serialize)]
pub(super) struct JsonColumn {
    pub(super) label: String,
    /// Whose values the column holds
    pub(super) fiscal_year: Option<JsonYear>,
}

#[derive(Serialize)]
pub(super) struct JsonRow<'a> {
    /// Lines
    pub(super) label: Vec<&'a str>,
    /// `plain`, `group` or `child`
    pub(super) role: &'static str,
    /// The row that a child belongs to
    pub(super) parent: Option<usize>,
    /// The item of 【事業実績】 that the label names
    pub(super) item: Option<u8>,
    /// As many as there are columns; none in a group
    pub(super) values: Vec<JsonValue<'a>>,
}

#[derive(Serialize)]
pub(super) struct JsonValue<'a> {
    /// The row whose cell this is as well (↑); its lines are repeated here
    pub(super) shared_with: Option<usize>,
    /// None where there is no value
    pub(super) lines: Vec<JsonLine<'a>>,
}

#[derive(Serialize)]
pub(super) struct JsonLine<'a> {
    pub(super) text: &'a str,
    /// `number`, `not_applicable` (—), `cancelled` (中止) or `text`
    pub(super) state: &'static str,
    pub(super) quantities: Vec<JsonQuantity>,
}

#[derive(Serialize)]
pub(super) struct JsonQuantity {
    /// 延べ, 延, 約, 各 or 計
    pub(super) prefix: Option<&'static str>,
    /// Exact: `2.30`
    pub(super) number: String,
    /// Empty for none
    pub(super) unit: String,
}

#[derive(Serialize)]
pub(super) struct JsonCase<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) blocks: Vec<JsonBlock<'a>>,
    pub(super) photos: Vec<JsonPhoto<'a>>,
}

#[derive(Serialize)]
pub(super) struct JsonPhoto<'a> {
    /// As typed, from the folder of the program's file
    pub(super) file: &'a str,
    pub(super) caption: Vec<&'a str>,
    /// What it shows
    pub(super) alt: Vec<&'a str>,
}
