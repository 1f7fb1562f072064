//! The plain, serializable picture of a report: what a template reads as `/report.json` and `/programs/…`, and what
//! exports see.
//!
//! Owns the shape of that picture and nothing else. Every string is ready to print (house style applied); numbers
//! for machines stand beside it. Field names here are the template's contract: a change is a change of `FORMAT`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

pub use super::block::{BlockKind, BlockView};
use super::layout::LayoutView;
use super::list_contract::{ListColumnView, ListView};
use super::part::PartView;
pub use super::section_contract::{
    Align, CellView, ColumnView, GradeView, HeadGroupView, PhotoView, QuantityView, RowView, SectionView, TableView,
};
use super::sum::SumView;

/// Version of the contract. Raised whenever a template written for the old shape would no longer work.
pub const FORMAT: u32 = 4;

/// The report. A program stands in it as `P`: the path of its own file for a template, itself where one text is wanted.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct View<P> {
    /// Version of the contract
    pub format: u32,
    /// A draft carries 下書き in the head of every page and marks faulty things in red.
    pub draft: bool,
    /// 題名 of the report
    pub title: String,
    /// 発行; empty where the report names none
    pub publisher: String,
    /// 年度 of the report
    pub fiscal_year: FiscalYearView,
    /// 発行日, also the date of the PDF. Absent when the report names none.
    pub date: Option<DateView>,
    /// Unit of every 事業費: 千円, 百万円 or 円.
    pub unit: String,
    /// 事業費, or what the office's form calls it; empty where it has none, and then no amount is printed.
    pub amount_word: String,
    /// Whether a program may be 新規
    pub has_new: bool,
    /// 継続, or the standard one of the form's 区分: nothing to be marked.
    pub usual_category: String,
    /// Number printed on the first page of the chapters.
    pub first_page: u32,
    /// Families in the report's own `fonts/`, to stand after the template's.
    pub fonts: Vec<String>,
    /// Paper, size of the text, how programs follow each other
    pub layout: LayoutView,
    /// Whether chapters stand in chapters, in the whole report
    pub has_nested_chapters: bool,
    /// Paths of the programs below which a page ends: the last before a chapter of level 0 and before the end, in the whole report
    pub last_programs: Vec<String>,
    /// Columns of every list, from left to right
    pub list_columns: Vec<ListColumnView>,
    /// What is printed before the chapters
    pub front: Vec<PartView>,
    /// In printed order
    pub chapters: Vec<ChapterView<P>>,
    /// What is printed after the chapters
    pub back: Vec<PartView>,
    /// 合計 of all chapters, counted once however often a program is listed.
    pub total: SumView,
    /// Absent in the whole report. Otherwise these pages of it are printed and nothing else.
    pub excerpt: Option<ExcerptView<P>>,
}

/// Some pages of a report, each as it stands in the report. The chapters then hold the programs of these pages alone.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ExcerptView<P> {
    /// Stands in the head of every page: 抜粋　監理課
    pub title: String,
    /// Each begins on a new page.
    pub runs: Vec<RunView<P>>,
    /// Numbers of the pages in the report, by anchor: of all that a list on these pages may name. Empty where none is on them.
    pub pages: BTreeMap<String, String>,
}

/// Pages that follow each other. What is on them begins at the top of the first of them.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RunView<P> {
    /// Number printed on the first page.
    pub first_page: u32,
    /// The title of the report stands above what is on them.
    pub has_title: bool,
    /// In printed order
    pub programs: Vec<P>,
    /// What stands before the programs of a chapter, where it is on these pages too
    pub chapters: Vec<RunChapterView>,
}

/// Where the head of a chapter, with its list, stands among the programs of a run.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RunChapterView {
    /// Before which of the programs, from 0; as many as there are: behind the last
    pub before: usize,
    /// That of the chapter
    pub anchor: String,
}

/// Labels of the report's fiscal year.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FiscalYearView {
    /// Western year in which the fiscal year begins.
    pub year: i32,
    /// 令和2年度
    pub label: String,
    /// R2
    pub short: String,
    /// Head of the column of this year: 2年度
    pub column: String,
    /// Head of the column of the year before: 元年度
    pub previous_column: String,
}

/// A day.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DateView {
    pub year: i32,
    pub month: u32,
    pub day: u32,
    /// 令和3年9月1日
    pub label: String,
}

/// A chapter: its head, its list, its programs.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ChapterView<P> {
    /// ASCII name for links, unique in the report.
    pub anchor: String,
    /// 0 for a chapter that is a part of no other, up to 3. The chapters in it follow it, before the next one of its level.
    pub level: usize,
    /// ①, or what 番号 says
    pub number: String,
    /// Without its number
    pub title: String,
    /// Fields of the office's form, printed under the head
    pub fields: Vec<FieldView>,
    /// 【取組の概要】; absent when the chapter has none
    pub overview: Option<ProseView>,
    /// Sections of the office's form, in printed order
    pub sections: Vec<SectionView>,
    /// 【事業一覧】; absent where the chapter has nothing to list but the chapters in it
    pub list: Option<ListView>,
    /// 計: of the chapter with all chapters in it; 小計 again where there are none
    pub whole: SumView,
    /// In printed order, without those of the chapters in it; for a template the path of each: /programs/p1-3.json
    pub programs: Vec<P>,
    /// Only in a draft: errors of the chapter's own file and of files that are not printed.
    pub faults: Vec<String>,
}

/// Text under a heading.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ProseView {
    /// 【取組の概要】
    pub heading: String,
    /// In printed order
    pub blocks: Vec<BlockView>,
}

/// One program: `/programs/<anchor>.json`, a file of its own, so that an edit of one program re-reads one file.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ProgramView {
    /// ASCII name for links, unique in the report.
    pub anchor: String,
    /// File stem, unique in the report.
    pub id: String,
    /// That of its chapter
    pub level: usize,
    /// Its number in the chapter: 12
    pub no: String,
    /// 事業名
    pub name: String,
    /// 事業費 3,254 千円; empty where the form has no amounts
    pub amount: String,
    /// In the report's unit; absent for — and for what could not be read.
    pub amount_value: Option<i64>,
    /// Only in a draft: 事業費 could not be read.
    pub amount_faulty: bool,
    /// 新規 / 拡充 / 継続 / 終了; empty where the form prints it among the fields, and where it is left open
    pub category: String,
    /// Fields of the office's form, printed under the band
    pub fields: Vec<FieldView>,
    /// In printed order.
    pub sections: Vec<SectionView>,
    /// （担当課：…）, one line a department
    pub departments: Vec<String>,
    /// Only in a draft: there is none.
    pub departments_faulty: bool,
    /// Only in a draft: what is wrong with the program as a whole.
    pub faults: Vec<String>,
}

/// A field of the office's form.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FieldView {
    /// 予算科目
    pub label: String,
    pub text: String,
    /// Only in a draft: something is wrong here.
    pub faulty: bool,
}

impl<P> View<P> {
    /// The same report with its programs in another form.
    pub fn with_programs<Q>(self, mut to: impl FnMut(P) -> Q) -> View<Q> {
        let chapters = self
            .chapters
            .into_iter()
            .map(|chapter| ChapterView {
                programs: chapter.programs.into_iter().map(&mut to).collect(),
                anchor: chapter.anchor,
                level: chapter.level,
                whole: chapter.whole,
                number: chapter.number,
                title: chapter.title,
                fields: chapter.fields,
                overview: chapter.overview,
                sections: chapter.sections,
                list: chapter.list,
                faults: chapter.faults,
            })
            .collect();
        let excerpt = self.excerpt.map(|excerpt| ExcerptView {
            title: excerpt.title,
            pages: excerpt.pages,
            runs: excerpt
                .runs
                .into_iter()
                .map(|run| RunView {
                    first_page: run.first_page,
                    has_title: run.has_title,
                    programs: run.programs.into_iter().map(&mut to).collect(),
                    chapters: run.chapters,
                })
                .collect(),
        });
        View {
            chapters,
            excerpt,
            format: self.format,
            draft: self.draft,
            title: self.title,
            publisher: self.publisher,
            fiscal_year: self.fiscal_year,
            date: self.date,
            unit: self.unit,
            amount_word: self.amount_word,
            has_new: self.has_new,
            usual_category: self.usual_category,
            first_page: self.first_page,
            fonts: self.fonts,
            layout: self.layout,
            has_nested_chapters: self.has_nested_chapters,
            last_programs: self.last_programs,
            list_columns: self.list_columns,
            front: self.front,
            back: self.back,
            total: self.total,
        }
    }
}
