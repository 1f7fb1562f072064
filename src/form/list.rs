//! 【一覧】: `what｜head`, in printed order.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::address;
use super::fields::{Field, FieldKind};
use super::lines::{Row, Text, without_marks};
use super::messages::{fault, twice};
use super::names::{is_alike, listed};
use super::sections::{ContentSpec, Section};
use super::table::{Address, Table};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::syntax::{FieldName, SectionKind};

/// The list of programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    pub title: String,
    pub columns: Vec<ListColumn>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListColumn {
    pub what: ColumnSource,
    /// As the form has it
    pub head: String,
    /// 当年度 in the head is printed as the year: it was typed for a head, or is a cell's address. A name that only begins so is
    /// a name.
    pub has_year: bool,
}

/// What a column of the list shows of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnSource {
    Number,
    Name,
    Amount,
    /// ○ for 新規
    New,
    Category,
    Department,
    Page,
    Field(FieldName),
    Choice(SectionKind),
    /// A section of grades, and the criterion's place in it
    Grade(SectionKind, usize),
    Cell(SectionKind, Address),
    /// In the wide form alone
    Prose(SectionKind),
    /// In the wide form alone
    Table(SectionKind),
}

/// The 区分 of which 新規 is the mark
const NEW: &str = "新規";

const WORDS: &[(&str, ColumnSource)] = &[
    ("No.", ColumnSource::Number),
    ("事業名", ColumnSource::Name),
    ("事業費", ColumnSource::Amount),
    ("新規", ColumnSource::New),
    ("区分", ColumnSource::Category),
    ("担当", ColumnSource::Department),
    ("担当課", ColumnSource::Department),
    ("掲載頁", ColumnSource::Page),
];

/// Whether a list knows a name without the form's help.
pub(super) fn is_word(name: &str) -> bool {
    WORDS.iter().any(|(word, _)| is_alike(word, name))
}

/// What a list may name.
pub(super) struct Names<'a> {
    pub(super) fields: &'a [Field],
    pub(super) sections: &'a [Section],
    pub(super) is_wide: bool,
    pub(super) has_amount: bool,
    /// A name that is not found may be one of what could not be read of the form, which was told at its own line.
    pub(super) has_faults: bool,
}

/// Printed above a list that has no title of its own.
pub(super) const TITLE: &str = "事業一覧";

/// The list of a form that says nothing of one, under the form's own words.
pub(super) fn default_list(names: &Names<'_>) -> List {
    let field = |name: FieldName| names.fields.iter().find(|field| field.name == name);
    let word = |name: FieldName, other: &'static str| field(name).map_or(other, |field| field.word);
    let is_used = |name: FieldName| field(name).is_none_or(|field| field.kind != FieldKind::None);
    let column = |what, head: &str| ListColumn { what, head: head.to_string(), has_year: false };
    let has_new = field(FieldName::Category)
        .is_some_and(|field| matches!(&field.kind, FieldKind::Choice(choices) if choices.find(NEW).is_some()));
    let columns = [
        Some(column(ColumnSource::Number, "No.")),
        Some(column(ColumnSource::Name, "事業名")),
        names.has_amount.then(|| column(ColumnSource::Amount, word(FieldName::Amount, "事業費"))),
        has_new.then(|| column(ColumnSource::New, NEW)),
        is_used(FieldName::Department).then(|| column(ColumnSource::Department, word(FieldName::Department, "担当課"))),
        Some(column(ColumnSource::Page, "掲載頁")),
    ];
    List { title: TITLE.to_string(), columns: columns.into_iter().flatten().collect() }
}

pub(super) fn read_list(title: &str, rows: &[Row], names: &Names<'_>, diagnostics: &mut Diagnostics) -> List {
    let mut columns: Vec<ListColumn> = Vec::new();
    let mut places = Vec::new();
    for (typed, row) in rows.iter().zip(without_marks(rows, diagnostics)) {
        // One with a mark was told as such.
        let is_marked = typed.span != row.span;
        let Some(typed) = row.cell(0) else { continue };
        if row.cells.len() > 2 {
            diagnostics.push(fault(
                row.span,
                format!("一覧の列「{}」の行は「名前｜見出し」の形になっていません。", typed.value),
                format!("「{}」か「{0}｜見出し」のように書いてください。", typed.value),
            ));
        }
        let mut found = names.find(typed);
        if found.len() > 1 {
            diagnostics.push(fault(
                typed.span,
                format!("「{}」に当てはまるものが{}つあります。", typed.value, found.len()),
                "「表の名前の合計の決算額」「評価Ａの必要性」のように、どれかが分かる名前で書いてください。",
            ));
        }
        let Some(what) = (if found.is_empty() { None } else { Some(found.swap_remove(0)) }) else {
            if !names.has_faults {
                diagnostics.push(names.unknown(typed));
            }
            continue;
        };
        let head = row.cell(1).map_or_else(|| typed.value.clone(), |head| head.value.clone());
        // Under another head it is a column of its own.
        let is_it = |column: &ListColumn| column.what == what && is_alike(&column.head, &head);
        if let Some(first) = columns.iter().position(is_it) {
            if !is_marked {
                let first = places.get(first).copied().unwrap_or(row.span);
                diagnostics.push(twice(typed.span, "一覧の列", &typed.value, first));
            }
            continue;
        }
        places.push(typed.span);
        let has_year = row.cell(1).is_some() || matches!(what, ColumnSource::Cell(..));
        columns.push(ListColumn { what, head, has_year });
    }
    List { title: title.to_string(), columns }
}

impl Names<'_> {
    /// Everything that a name fits; a word of the language comes before all others.
    fn find(&self, typed: &Text) -> Vec<ColumnSource> {
        let name = typed.value.as_str();
        // A number that the office types stands in the place of the one that is counted.
        let is_number = |field: &&Field| {
            matches!(field.name, FieldName::Custom(_))
                && is_alike(field.name.name(), name)
                && field.kind != FieldKind::None
        };
        if let Some(own) = self.fields.iter().find(is_number).filter(|_| is_alike(name, "No.")) {
            return vec![ColumnSource::Field(own.name)];
        }
        let word = WORDS.iter().find(|(word, _)| is_alike(word, name)).map(|(_, what)| what.clone());
        if let Some(what) = word.filter(|what| *what != ColumnSource::Amount || self.has_amount) {
            return vec![what];
        }
        let is_own = |field: &&Field| {
            field.kind != FieldKind::None && (is_alike(field.name.name(), name) || is_alike(field.word, name))
        };
        let mut found: Vec<ColumnSource> =
            self.fields.iter().filter(is_own).map(|field| ColumnSource::Field(field.name)).collect();
        for section in self.sections {
            self.find_in(section, name, &mut found);
        }
        found
    }

    fn find_in(&self, section: &Section, name: &str, found: &mut Vec<ColumnSource>) {
        let kind = section.kind;
        let is_it = is_alike(kind.name(), name);
        // 評価Ａの必要性
        let inside =
            name.strip_prefix(kind.name()).map(|rest| rest.trim_start()).and_then(|rest| rest.strip_prefix('の'));
        match &section.content {
            ContentSpec::Choice(_) if is_it => found.push(ColumnSource::Choice(kind)),
            ContentSpec::Prose if is_it && self.is_wide => found.push(ColumnSource::Prose(kind)),
            ContentSpec::Table(_) if is_it && self.is_wide => found.push(ColumnSource::Table(kind)),
            ContentSpec::Grades(criteria) => {
                let is_criterion = |criterion: &str| {
                    is_alike(criterion, name) || inside.is_some_and(|inside| is_alike(criterion, inside))
                };
                let places = criteria.iter().enumerate().filter(|(_, criterion)| is_criterion(&criterion.name));
                found.extend(places.map(|(place, _)| ColumnSource::Grade(kind, place)));
            }
            ContentSpec::Table(Some(table)) => {
                let cells = |text: &str| address::parse(text, table).unwrap_or_default();
                // An empty address would be the table's only cell, and no name.
                let own = inside.map(cells).filter(|cells| !cells.is_empty()).unwrap_or_else(|| cells(name));
                found.extend(own.into_iter().map(|address| ColumnSource::Cell(kind, address)));
            }
            ContentSpec::Prose
            | ContentSpec::Table(None)
            | ContentSpec::Choice(_)
            | ContentSpec::Photos
            | ContentSpec::Cases => {}
        }
    }

    fn unknown(&self, typed: &Text) -> Diagnostic {
        let name = typed.value.as_str();
        let is_content = self.sections.iter().any(|section| is_alike(section.kind.name(), name));
        if is_content {
            return fault(
                typed.span,
                format!("見出し「{name}」は、「一覧の形：表」のときだけ一覧の列にできます。"),
                "この行を消すか、【様式】のすぐ下に「一覧の形：表」と書いてください。",
            );
        }
        if let Some(right) = self.tables().find_map(|table| address::in_order(name, table)) {
            return fault(
                typed.span,
                format!("一覧の列「{name}」は、並べる順が違います。表の欄は、年度、行、列の順に書きます。"),
                format!("「{right}」と書いてください。"),
            );
        }
        let words = self.words();
        let near = crate::syntax::nearest(name, words.iter().copied());
        let guess = near.map(|near| format!("「{near}」の誤りではありませんか。")).unwrap_or_default();
        let example = self.tables().map(|table| address::example(table)).find(|example| !example.is_empty());
        let cell = example.map(|example| format!("表の欄は、年度、行、列の順に「{example}」のように書きます。"));
        fault(
            typed.span,
            format!("一覧の列「{name}」は分かりません。{guess}"),
            format!("書けるのは {} です。{}", listed(&words), cell.unwrap_or_default()),
        )
    }

    fn tables(&self) -> impl Iterator<Item = &Arc<Table>> {
        self.sections.iter().filter_map(|section| section.content.table())
    }

    /// Everything that has a name of one word, each once.
    fn words(&self) -> Vec<&str> {
        let known = WORDS.iter().map(|(word, _)| *word).filter(|word| *word != "担当課");
        let known = known.filter(|word| *word != "事業費" || self.has_amount);
        let fields = self.fields.iter().filter(|field| field.kind != FieldKind::None).map(|field| field.name.name());
        let mut words: Vec<&str> = known.chain(fields).collect();
        for section in self.sections {
            match &section.content {
                ContentSpec::Choice(_) => words.push(section.kind.name()),
                ContentSpec::Grades(criteria) => words.extend(criteria.iter().map(|criterion| criterion.name.as_str())),
                ContentSpec::Prose | ContentSpec::Table(_) if self.is_wide => words.push(section.kind.name()),
                ContentSpec::Prose | ContentSpec::Table(_) | ContentSpec::Photos | ContentSpec::Cases => {}
            }
        }
        let mut seen = BTreeSet::new();
        words.retain(|word| seen.insert(*word));
        words
    }
}
