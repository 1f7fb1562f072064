//! 【様式】: what the programs of an office have to say, in what order, and how it is printed. One readable file that the
//! coordinating office keeps.
//!
//! Owns plain values and how they are read from the text of a form; J073 is reported here, in the form's own lines (of a heading
//! in `syntax`). Knows nothing of programs: what a name means in one is decided in `model`.
//!
//! ```text
//! form     = "【様式】" title { setting } { fields | sections | table | grades | list | memo }
//! setting  = name "：" value
//! fields   = ( "【項目】" | "【章の項目】" ) { name "｜" kind [ "｜" conditions [ "｜" other names ] ] }
//! sections = ( "【見出し】" | "【章の見出し】" ) { name "｜" kind [ "｜" conditions [ "｜" other names ] ] }
//! table    = "【表】" name { setting { continuation } }
//! grades   = "【評価】" name { criterion "｜" choices }
//! list     = "【一覧】" title { what [ "｜" head ] }
//! ```
//! A line that begins with ※ is a remark, and so is what follows a ※ behind a blank.

mod address;
mod aliases;
mod built_in;
mod choice_marks;
mod choices;
mod conditions;
mod declarations;
mod fields;
mod figure_form;
mod formula;
mod formulas;
mod grades;
mod layout;
mod line_guesses;
mod lines;
mod list;
mod list_signs;
mod messages;
mod missing_headings;
mod names;
mod numbering;
mod outline;
mod read;
mod read_table;
mod repaired;
mod sections;
mod specimen;
mod standard;
mod table;
mod table_faults;
mod units;
mod unlisted;
mod years;

pub use built_in::{BUILT_IN, BuiltInForm, built_in};
pub use choices::Choices;
pub use fields::{Field, FieldKind};
pub use figure_form::{FigureForm, is_rate_name};
pub use formula::{Formula, Product, Ratio};
pub use grades::Criterion;
pub use layout::{Arrangement, Layout, ListShape, Paper, TitleYear};
pub use list::{ColumnSource, List, ListColumn};
pub use names::{is_alike, listed};
pub use numbering::{CHAPTER_LEVELS, Numbering};
pub use read::read_form;
pub use sections::{ContentSpec, Section};
pub use specimen::{blank_rows, remark, specimen, typed_columns};
pub use standard::standard;
pub use table::{Address, Column, Row, RowPlace, Table, ValueColumn, Values, Year, is_counted_elsewhere, is_within};
pub use units::{COUNTERS, is_counted, may_be_unit, unit_in_name};

use std::sync::Arc;

use crate::syntax::{FileKind, SectionKind, Vocabulary};

/// A form. What was wrong in it was reported, and is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Also the title of a report that has none of its own
    pub title: String,
    pub title_year: TitleYear,
    /// Of 【事業】, in printed order: those of the office, and those of the language for which it says something
    pub fields: Vec<Field>,
    /// Of 【章】
    pub chapter_fields: Vec<Field>,
    /// Of a program, in printed order
    pub sections: Vec<Section>,
    /// Of a chapter
    pub chapter_sections: Vec<Section>,
    pub list: List,
    /// 章の番号, by example
    pub numbering: Numbering,
    pub layout: Layout,
    pub vocabulary: Arc<Vocabulary>,
    /// False where a line that says what programs have could not be read: of their headings, fields, rows and cells nobody can then
    /// say which are wrong.
    pub is_certain: bool,
}

impl Form {
    /// What the form says of a section.
    pub fn section(&self, kind: SectionKind) -> Option<&Section> {
        self.sections.iter().chain(&self.chapter_sections).find(|section| section.kind == kind)
    }

    /// The declared table of a section.
    pub fn table(&self, kind: SectionKind) -> Option<&Arc<Table>> {
        self.section(kind)?.content.table()
    }

    /// A criterion of a section of grades.
    pub fn criterion(&self, kind: SectionKind, place: usize) -> Option<&Criterion> {
        match &self.section(kind)?.content {
            ContentSpec::Grades(criteria) => criteria.get(place),
            ContentSpec::Prose
            | ContentSpec::Table(_)
            | ContentSpec::Choice(_)
            | ContentSpec::Photos
            | ContentSpec::Cases => None,
        }
    }

    /// The sections of a kind of file, in printed order.
    pub fn sections_of(&self, file: FileKind) -> &[Section] {
        match file {
            FileKind::Program => &self.sections,
            FileKind::Chapter => &self.chapter_sections,
            FileKind::Report | FileKind::Form => &[],
        }
    }

    /// What the form says of a field of a program; nothing for one that it leaves as it is.
    pub fn field(&self, name: crate::syntax::FieldName) -> Option<&Field> {
        self.fields.iter().chain(&self.chapter_fields).find(|field| field.name == name)
    }

    /// What is typed for a field: its word in an office's form, its name in the standard one.
    pub fn typed_word(&self, name: crate::syntax::FieldName) -> &'static str {
        let own = self.field(name).filter(|_| *self != **standard());
        own.map_or(name.name(), |field| field.word)
    }

    /// Whether programs have an amount at all.
    pub fn has_amount(&self) -> bool {
        !self.field(crate::syntax::FieldName::Amount).is_some_and(|field| field.kind == FieldKind::None)
    }

    /// Whether 事業費 is typed by whoever writes.
    pub fn asks_for_amount(&self) -> bool {
        let gives = |section: &Section| section.content.table().is_some_and(|table| table.gives_amount);
        self.has_amount() && !self.sections.iter().any(gives)
    }

    /// The table whose cell is the program's amount, with the place of that cell.
    pub fn amount_table(&self) -> Option<(SectionKind, &Arc<Table>, &Address)> {
        self.sections.iter().find_map(|section| {
            let table = self.table(section.kind)?;
            Some((section.kind, table, table.program_amount.as_ref()?))
        })
    }
}
