//! What was recognised, before it is written: a chapter and its programs, with what a person must decide.

use std::collections::{BTreeMap, BTreeSet};

use super::form_cells::{CellPlace, RowPart};
use super::place::Place;

use crate::syntax::{FieldName, SectionKind};

/// Something that a person must decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReviewNote {
    /// What it is, and what to do
    pub(super) what: String,
    pub(super) place: Place,
}

/// A text with its place in the office's file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SourcedText {
    pub(super) text: String,
    pub(super) place: Place,
    pub(super) review_note: Option<ReviewNote>,
}

/// What all documents gave.
#[derive(Debug, Clone, Default)]
pub(super) struct Drafts {
    pub(super) chapter: Chapter,
    pub(super) programs: Vec<Program>,
    /// The rows of a list of programs, as programs
    pub(super) listed: Vec<Program>,
    /// 小計 of a list, with the unit above its column
    pub(super) subtotal: Option<(SourcedText, Option<&'static str>)>,
    pub(super) review_notes: Vec<ReviewNote>,
    /// Labels and headings that are not known: how often, and where first
    pub(super) unknown: BTreeMap<String, (usize, Place)>,
    /// Words that were understood and are not written again
    pub(super) structure: BTreeSet<String>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Chapter {
    pub(super) title: Option<SourcedText>,
    pub(super) overview: Vec<SourcedText>,
    pub(super) memo: Vec<SourcedText>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Program {
    pub(super) name: Option<SourcedText>,
    pub(super) amount: Option<SourcedText>,
    /// The unit that stands beside or above the amount, where it is not in its text
    pub(super) unit: Option<&'static str>,
    /// What the amount is called
    pub(super) amount_label: String,
    /// Why there is no amount: a person decides
    pub(super) amount_note: Option<ReviewNote>,
    pub(super) category: Option<SourcedText>,
    /// `課　グループ（県民局）`
    pub(super) departments: Vec<SourcedText>,
    /// The head of the names said that a department stands behind each.
    pub(super) has_department_in_name: bool,
    /// The 部 of a list that has 課 too, for where the 課 is blank
    pub(super) divisions: Vec<SourcedText>,
    pub(super) number: Option<SourcedText>,
    pub(super) page: Option<SourcedText>,
    pub(super) reading: Option<SourcedText>,
    pub(super) former_name: Option<SourcedText>,
    /// Of the office's form
    pub(super) fields: Vec<(FieldName, SourcedText)>,
    /// The units over or in front of them
    pub(super) field_units: BTreeMap<FieldName, &'static str>,
    /// By section and criterion
    pub(super) grades: BTreeMap<(SectionKind, usize), SourcedText>,
    /// Of tables of the form, each with the unit over its column
    pub(super) cells: BTreeMap<(SectionKind, CellPlace), (SourcedText, Option<&'static str>)>,
    /// Rows of tables whose rows are free, in the order of the list; of fixed rows the texts before and behind the values
    pub(super) free_rows: BTreeMap<(SectionKind, usize), FreeRow>,
    /// ※ below tables of the form
    pub(super) table_notes: Vec<(SectionKind, SourcedText)>,
    /// Columns of a list whose rates are shares of 1
    pub(super) shares: BTreeSet<(SectionKind, usize)>,
    /// The units over their columns
    pub(super) free_units: BTreeMap<(SectionKind, RowPart), &'static str>,
    /// Rows of the list that went on with it
    pub(super) further: usize,
    pub(super) sections: BTreeMap<SectionKind, Vec<SourcedText>>,
    pub(super) tables: Vec<Indicators>,
    pub(super) memo: Vec<SourcedText>,
    /// What is reported of the whole program
    pub(super) review_notes: Vec<ReviewNote>,
    pub(super) place: Place,
    /// Its last line, （担当課：…）, was met.
    pub(super) closed: bool,
}

/// A row of a table whose rows are free, from columns of a list.
pub(super) type FreeRow = BTreeMap<RowPart, SourcedText>;

/// A table of 【指標】.
#[derive(Debug, Clone, Default)]
pub(super) struct Indicators {
    pub(super) head: Option<Row>,
    pub(super) rows: Vec<Row>,
    /// What stands over the columns of values; none without a head
    pub(super) columns: Vec<String>,
    /// Columns of labels
    pub(super) labels: usize,
    /// The table of the office's form that it is, where its heading says so
    pub(super) section: Option<SectionKind>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub(super) kind: RowKind,
    pub(super) label: String,
    pub(super) values: Vec<String>,
    pub(super) review_note: Option<ReviewNote>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum RowKind {
    #[default]
    Plain,
    /// A label over its ・ rows
    Group,
    /// ・
    Child,
    /// ※
    Note,
}

impl SourcedText {
    pub(super) fn new(text: impl Into<String>, place: &Place) -> Self {
        Self { text: text.into(), place: place.clone(), review_note: None }
    }

    pub(super) fn noted(self, what: &str) -> Self {
        Self { review_note: Some(ReviewNote::new(what, &self.place)), ..self }
    }
}

impl ReviewNote {
    pub(super) fn new(what: impl Into<String>, place: &Place) -> Self {
        Self { what: what.into(), place: place.clone() }
    }
}
