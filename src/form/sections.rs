//! 【見出し】 and 【章の見出し】: `名称｜種類｜条件｜別名`. The order of the rows is the printed order.

use std::sync::Arc;

use super::aliases::own_names;
use super::choices::Choices;
use super::conditions::{CONDITIONS, Conditions, with_own_role};
use super::fields::{choices, without_words};
use super::grades::Criterion;
use super::lines::{Row, Text, parted};
use super::messages::{fault, twice, unknown};
use super::names::is_alike;
use super::repaired::{Words, repaired};
use super::table::Table;
use crate::diagnostic::Diagnostics;
use crate::source::Span;
use crate::syntax::chars::without_blanks;
use crate::syntax::{FileKind, Presence, Scope, SectionKind, SectionSpec, Shape, interned};

/// A section of a program or a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub kind: SectionKind,
    pub content: ContentSpec,
    /// Read like the name
    pub others: Vec<&'static str>,
}

/// What stands in a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContentSpec {
    Prose,
    /// Declared by a 【表】 of its name; without one the officer makes its columns.
    Table(Option<Arc<Table>>),
    Grades(Vec<Criterion>),
    Choice(Choices),
    Photos,
    Cases,
}

impl ContentSpec {
    /// The table that a 【表】 declares.
    pub fn table(&self) -> Option<&Arc<Table>> {
        match self {
            Self::Table(table) => table.as_ref(),
            Self::Prose | Self::Grades(_) | Self::Choice(_) | Self::Photos | Self::Cases => None,
        }
    }
}

pub(super) const KINDS: &[&str] = &["文章", "表", "評価", "選択", "写真", "事例"];
pub(super) const WORDS: Words = Words { kinds: KINDS, with_words: &["選択"], conditions: CONDITIONS };
/// Headings that every file has, or that open one.
const TAKEN: &[&str] = &["メモ", "構成", "報告書", "章", "事業", "様式"];

/// A row of the table, before its declaration is looked for.
pub(super) struct Declared {
    pub(super) name: Text,
    pub(super) section: Section,
    /// 別名, as typed
    others: Vec<Text>,
}

/// `declared`: the names for which a table or grades are declared, with the word of their kind.
pub(super) fn read_sections(
    rows: &[Row],
    (file, declared): (FileKind, &[(String, &'static str)]),
    diagnostics: &mut Diagnostics,
) -> Vec<Declared> {
    let mut found: Vec<Declared> = Vec::new();
    let mut roles: Vec<(String, Span)> = Vec::new();
    let results = rows.iter().position(|row| row.cell(2).is_some_and(|cell| cell.value.contains("事業実績として")));
    for (index, row) in rows.iter().enumerate() {
        let row = repaired(row, WORDS, diagnostics);
        let Some(name) = row.cell(0) else {
            diagnostics.push(shape(&row));
            continue;
        };
        if row.cell(1).is_none() || row.cells.len() > 4 {
            diagnostics.push(shape(&row));
        }
        if TAKEN.contains(&without_blanks(&name.value).as_str()) || name.value.contains(['【', '】']) {
            diagnostics.push(fault(
                name.span,
                format!("「{}」は見出しの名前にできません。", name.value),
                format!("別の名前にしてください。{} は決まった働きをする名前です。", TAKEN.join("・")),
            ));
            continue;
        }
        if let Some(first) = found.iter().find(|first| is_alike(&first.name.value, &name.value)) {
            diagnostics.push(twice(name.span, "見出し", &name.value, first.name.span));
            continue;
        }
        let name = &name.clone();
        let row = &with_own_role(row, &mut roles, diagnostics);
        // What is said above 事業実績 says what a program is, and stays from year to year.
        let speaks_of = if results.is_some_and(|results| index >= results) { Scope::OfTheYear } else { Scope::Lasting };
        let above: Vec<&Text> = found.iter().map(|declared| &declared.name).collect();
        let mut kind = row.cell(1).map_or(Kind::Unread, |kind| read_kind(kind, diagnostics));
        if let Some((_, word)) = declared.iter().find(|(declared, _)| is_alike(declared, &name.value)) {
            kind = kind.declared(row, name, word, diagnostics);
        }
        // Grades are given anew each year.
        let is_graded = matches!(kind, Kind::Known(Shape::Grades, _));
        let speaks_of = if is_graded { Scope::OfTheYear } else { speaks_of };
        let section = read_section(row, name, kind, (file, speaks_of), &above, diagnostics);
        let others = row.cell(3).map(parted).unwrap_or_default();
        found.push(Declared { name: name.clone(), section, others });
    }
    let typed = |declared: &mut Declared| (declared.name.clone(), std::mem::take(&mut declared.others));
    let typed = found.iter_mut().map(typed).collect();
    let others = own_names(typed, "見出し", TAKEN, diagnostics);
    for (declared, others) in found.iter_mut().zip(others) {
        declared.section.others = others.iter().map(|other| interned(&without_blanks(&other.value))).collect();
    }
    found
}

fn shape(row: &Row) -> crate::diagnostic::Diagnostic {
    let name = row.cell(0).map_or("名称", |name| &name.value);
    fault(
        row.span,
        format!("見出し「{name}」の行は「名称｜種類｜条件｜別名」の形になっていません。"),
        format!("「{name}｜文章」や「{name}｜文章｜必須」のように書いてください。種類は {} です。", KINDS.join("・")),
    )
}

fn read_section(
    row: &Row,
    name: &Text,
    kind: Kind,
    (file, speaks_of): (FileKind, Scope),
    above: &[&Text],
    diagnostics: &mut Diagnostics,
) -> Section {
    let (shape, content) = match kind {
        Kind::Known(shape, content) => (shape, content),
        // Programs have it, and it is not looked at.
        Kind::Unread => (Shape::Memo, ContentSpec::Photos),
    };
    let mut conditions = Conditions::default();
    let before = diagnostics.iter().count();
    for condition in row.cell(2).map(parted).unwrap_or_default() {
        conditions.read(&condition, above, diagnostics);
    }
    // What a condition that could not be read would allow is allowed.
    conditions.may_repeat |= diagnostics.iter().count() > before;
    if shape == Shape::Memo {
        conditions = Conditions { may_repeat: true, is_printed: false, ..Conditions::default() };
    } else {
        conditions.check_role(shape, row.cell(1).unwrap_or(name), diagnostics);
    }
    let presence = match (conditions.is_required, conditions.may_repeat || shape == Shape::Case) {
        (true, true) => Presence::OneOrMore,
        (true, false) => Presence::Required,
        (false, true) => Presence::Repeatable,
        (false, false) => Presence::Optional,
    };
    let word = interned(&without_blanks(&name.value));
    let spec = SectionSpec {
        name: word,
        key: word,
        homes: if file == FileKind::Chapter { &[FileKind::Chapter] } else { &[FileKind::Program] },
        shape,
        presence,
        speaks_of,
        role: conditions.role,
        is_printed: conditions.is_printed,
        below: conditions.below,
    };
    Section { kind: of_language(&spec).unwrap_or_else(|| SectionKind::own(spec)), content, others: Vec::new() }
}

/// The section of the language that a row describes to the letter: it keeps its key and its look.
fn of_language(spec: &SectionSpec) -> Option<SectionKind> {
    let is_it = |known: SectionSpec| SectionSpec { key: known.key, speaks_of: known.speaks_of, ..*spec } == known;
    SectionKind::ALL.iter().copied().find(|kind| kind.is_content() && is_it(kind.spec()))
}

/// What stands in a section, and how its lines are read.
enum Kind {
    Known(Shape, ContentSpec),
    /// Told at its row
    Unread,
}

impl Kind {
    /// The kind that a 【表】 or a 【評価】 of the section's name says; J073 where its row says another.
    fn declared(self, row: &Row, name: &Text, word: &str, diagnostics: &mut Diagnostics) -> Self {
        let declared = known_kind(word);
        let (Self::Known(own, _), Self::Known(other, _)) = (&self, &declared) else { return declared };
        if own == other {
            return self;
        }
        let (name, place) = (&name.value, row.cell(1).unwrap_or(name));
        diagnostics.push(fault(
            place.span,
            format!("見出し「{name}」の種類は「{}」ですが、【{word}】{name} があります。", place.value),
            format!("「{name}｜{word}」と書くか、【{word}】{name} とその下の行を消してください。"),
        ));
        declared
    }
}

/// 表 or 評価
fn known_kind(word: &str) -> Kind {
    if word == "表" {
        Kind::Known(Shape::Table, ContentSpec::Table(None))
    } else {
        Kind::Known(Shape::Grades, ContentSpec::Grades(Vec::new()))
    }
}

fn read_kind(kind: &Text, diagnostics: &mut Diagnostics) -> Kind {
    let at = kind.value.find(['：', ':']);
    let word = without_blanks(kind.value.get(..at.unwrap_or(kind.value.len())).unwrap_or(""));
    let rest = at.map(|at| {
        let start = at + kind.value.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Text::new(kind.value.get(start..).unwrap_or("").to_string(), kind.stretch(start..kind.value.len()))
    });
    if let Some(rest) = rest.as_ref().filter(|_| KINDS.contains(&word.as_str()) && word != "選択") {
        diagnostics.push(match word.as_str() {
            "評価" => fault(
                kind.span,
                format!("種類「評価」の後ろの「{}」は使われません。", rest.value),
                "「評価」とだけ書き、観点と評価は【評価】の下に「必要性｜Ａ、Ｂ、Ｃ」のように書いてください。",
            ),
            _ => without_words(kind, &word, &rest.value),
        });
    }
    match word.as_str() {
        "文章" => Kind::Known(Shape::Prose, ContentSpec::Prose),
        "表" | "評価" => known_kind(&word),
        "選択" => Kind::Known(Shape::Choice, ContentSpec::Choice(choices(kind, rest, diagnostics))),
        "写真" => Kind::Known(Shape::Photos, ContentSpec::Photos),
        "事例" => Kind::Known(Shape::Case, ContentSpec::Cases),
        _ => {
            diagnostics.push(unknown(kind.span, "見出しの種類", &word, KINDS));
            Kind::Unread
        }
    }
}
