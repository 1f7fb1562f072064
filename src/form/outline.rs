//! The sections of a form as they were meant: where the line of a heading was forgotten, or its name, the lines below it are read
//! as if it were there. One J073 for each.

use super::declarations::declarations;
use super::line_guesses::{Content, Known, Typed, begins_elsewhere};
use super::lines::{Row, Text, rest_of, rows, setting_of, without_remark};
use super::messages::fault;
use super::names::is_alike;
use super::repaired::repaired;
use super::sections;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{SourceFile, Span};
use crate::syntax::chars::{is_bar, is_colon, without_blanks};
use crate::syntax::line::trimmed;
use crate::syntax::{Ast, FileKind, Section, SectionKind};

/// A form whose headings are all there.
pub(super) struct Outline {
    pub(super) ast: Ast,
    /// Sections whose table or grades stand there, and nobody can tell which: nothing is said of them again.
    pub(super) lost: Vec<String>,
}

/// Sections of 【見出し】 that wait for a 【表】 or a 【評価】.
struct Waiting {
    tables: Vec<Text>,
    grades: Vec<Text>,
    lost: Vec<String>,
}

pub(super) fn outline(file: &SourceFile, ast: &Ast, diagnostics: &mut Diagnostics) -> Outline {
    let mut waiting = waiting(file, ast);
    let mut found: Vec<Section> = Vec::new();
    for section in &ast.sections {
        if let Some(named) = with_name(file, section, &mut waiting, diagnostics) {
            part(file, ast, named, &mut waiting, &mut found, diagnostics);
        }
    }
    Outline { ast: Ast { sections: found, ..ast.clone() }, lost: waiting.lost }
}

fn content_of(kind: Option<SectionKind>) -> Option<Content> {
    const CONTENTS: &[(SectionKind, Content)] = &[
        (SectionKind::Head(FileKind::Form), Content::Settings),
        (SectionKind::FormFields, Content::Fields),
        (SectionKind::FormChapterFields, Content::Fields),
        (SectionKind::FormSections, Content::Sections),
        (SectionKind::FormChapterSections, Content::Sections),
        (SectionKind::FormTable, Content::Table),
        (SectionKind::FormGrades, Content::Grades),
        (SectionKind::FormList, Content::List),
    ];
    CONTENTS.iter().find(|(known, _)| Some(*known) == kind).map(|(_, content)| *content)
}

/// The tables and grades of 【見出し】 that no heading declares.
fn waiting(file: &SourceFile, ast: &Ast) -> Waiting {
    let mut declared: Vec<String> = declarations(file, ast).into_iter().map(|(name, _)| name).collect();
    let bare = ast.sections.iter().filter(|section| section.kind.is_none());
    declared.extend(bare.map(|section| without_blanks(file.slice(section.heading).trim_matches(['【', '】']))));
    let of_kind = |wanted: &str| -> Vec<Text> {
        let all = ast.sections.iter().filter(|section| {
            matches!(content_of(section.kind), Some(Content::Settings | Content::Fields | Content::Sections))
        });
        let rows = all.flat_map(|section| rows(file, section));
        let read = rows.map(|row| repaired(&row, sections::WORDS, &mut Diagnostics::new()));
        let named = read.filter(|row| row.cell(1).is_some_and(|kind| without_blanks(&kind.value) == wanted));
        let names = named.filter_map(|row| row.cell(0).cloned());
        names.filter(|name| !declared.iter().any(|other| is_alike(other, &name.value))).collect()
    };
    Waiting { tables: of_kind("表"), grades: of_kind("評価"), lost: Vec::new() }
}

impl Waiting {
    fn names(&mut self, content: Content) -> Option<&mut Vec<Text>> {
        match content {
            Content::Table => Some(&mut self.tables),
            Content::Grades => Some(&mut self.grades),
            Content::Settings | Content::Fields | Content::Sections | Content::List => None,
        }
    }

    /// The one section that waits for such a declaration; with several nobody knows which, and all of them are lost.
    fn take(&mut self, content: Content) -> Option<Text> {
        let names = self.names(content)?;
        if names.len() == 1 {
            return names.pop();
        }
        let lost: Vec<String> = names.drain(..).map(|name| name.value).collect();
        self.lost.extend(lost);
        None
    }

    /// The heading as it is to be typed.
    fn heading(&mut self, content: Content, word: &str) -> String {
        let listed = |names: &[Text]| {
            let headings = names.iter().map(|name| format!("「【{word}】{}」", name.value));
            headings.collect::<Vec<_>>().join("か")
        };
        match self.names(content) {
            Some(names) if names.is_empty() => {
                format!("「【{word}】」と、すぐ後に【見出し】に書いた名前を")
            }
            Some(names) => format!("{}と", listed(names)),
            None if content == Content::List => "「【一覧】事業一覧」と".to_string(),
            None => format!("「【{word}】」と"),
        }
    }
}

/// 【表】 and 【評価】 without a name have that of the one section that waits for it; none where that cannot be told.
fn with_name(
    file: &SourceFile,
    section: &Section,
    waiting: &mut Waiting,
    diagnostics: &mut Diagnostics,
) -> Option<Section> {
    let (content, word) = match section.kind {
        Some(SectionKind::FormTable) => (Content::Table, "表"),
        Some(SectionKind::FormGrades) => (Content::Grades, "評価"),
        _ => return Some(section.clone()),
    };
    if !rest_of(file, section).is_empty() {
        return Some(section.clone());
    }
    let help = format!("{}書いてください。", waiting.heading(content, word));
    diagnostics.push(fault(section.heading, format!("【{word}】の後に名前がありません。"), help));
    let name = waiting.take(content)?;
    Some(Section { rest: name.span, ..section.clone() })
}

/// The sections that a section is, in order.
fn part(
    file: &SourceFile,
    ast: &Ast,
    mut section: Section,
    waiting: &mut Waiting,
    found: &mut Vec<Section>,
    diagnostics: &mut Diagnostics,
) {
    while let Some(home) = content_of(section.kind) {
        let typed = typed(file, &section);
        let Some((start, content)) = begins_elsewhere(&typed, home, &known(file, ast, waiting, found)) else { break };
        let Some(line) = typed.get(start) else { break };
        let (kind, word) = match content {
            Content::Fields => (SectionKind::FormFields, "項目"),
            Content::Sections => (SectionKind::FormSections, "見出し"),
            Content::Table => (SectionKind::FormTable, "表"),
            Content::Grades => (SectionKind::FormGrades, "評価"),
            Content::List | Content::Settings => (SectionKind::FormList, "一覧"),
        };
        diagnostics.push(forgotten(line, word, &waiting.heading(content, word)));
        let place = line.row.span;
        let lines = section.lines.split_off(line.at);
        let needs_name = waiting.names(content).is_some();
        let name = waiting.take(content);
        let below = Section {
            kind: Some(kind).filter(|_| !needs_name || name.is_some()),
            heading: place,
            rest: name.map_or(Span { end: place.start, ..place }, |name| name.span),
            exact: true,
            quiet: false,
            lines,
        };
        found.push(std::mem::replace(&mut section, below));
    }
    let is_lost = section.kind.is_none() && !file.slice(section.heading).starts_with('【');
    found.extend(Some(section).filter(|_| !is_lost));
}

fn known(file: &SourceFile, ast: &Ast, waiting: &Waiting, found: &[Section]) -> Known {
    let all = || ast.sections.iter().chain(found);
    let has = |kind| all().any(|section| section.kind == Some(kind));
    let named = all().filter(|section| {
        matches!(content_of(section.kind), Some(Content::Fields | Content::Sections | Content::Grades))
    });
    let with_kind = named.flat_map(|section| rows(file, section)).filter(|row| row.cells.len() > 1);
    Known {
        names: with_kind.filter_map(|row| row.cell(0).map(|name| name.value.clone())).collect(),
        has_list: has(SectionKind::FormList),
        has_fields: has(SectionKind::FormFields),
        has_sections: has(SectionKind::FormSections),
        awaits_table: !waiting.tables.is_empty(),
        awaits_grades: !waiting.grades.is_empty(),
    }
}

/// The lines of a section that say something.
fn typed(file: &SourceFile, section: &Section) -> Vec<Typed> {
    let mut found = Vec::new();
    let mut is_apart = false;
    for (at, line) in section.lines.iter().enumerate() {
        let text = without_remark(file.slice(line.span));
        let span = trimmed(text, line.span, text);
        let body = file.slice(span);
        if body.is_empty() || body.starts_with('※') {
            is_apart |= body.is_empty();
            continue;
        }
        let only = Section { lines: vec![line.clone()], ..section.clone() };
        let row = rows(file, &only).pop();
        let row = row.unwrap_or(Row { span, cells: Vec::new() });
        let setting = setting_of(body).filter(|_| !body.contains(is_bar));
        let setting = setting.map(|(name, value)| (without_blanks(name), without_blanks(value)));
        found.push(Typed { at, row, setting, is_apart: std::mem::take(&mut is_apart) });
    }
    found
}

fn forgotten(line: &Typed, word: &str, heading: &str) -> Diagnostic {
    let whole = line.name();
    let shown = match &line.setting {
        Some((name, _)) => format!("{name}："),
        None => whole.split(is_colon).next().unwrap_or(whole).to_string(),
    };
    fault(
        line.row.span,
        format!("「{shown}」の行の上に、【{word}】の行がありません。"),
        format!("「{shown}」の行の上に{heading}書いてください。"),
    )
}
