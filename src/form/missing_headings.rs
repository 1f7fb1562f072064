//! Rows of 【項目】 and 【見出し】, also below 【章の項目】, above which the heading was forgotten. One message a heading; the rows are read all the same.

use super::fields;
use super::lines::{Row, before_colon, rows};
use super::messages::fault;
use super::sections;
use crate::diagnostic::Diagnostics;
use crate::source::SourceFile;
use crate::syntax::chars::is_bar;
use crate::syntax::{Ast, Section, SectionKind};

/// Rows of programs and of chapters' fields, and the lines under 【様式】 without them.
pub(super) struct RowsOf {
    pub(super) head: Option<Section>,
    pub(super) fields: Vec<Row>,
    pub(super) chapter_fields: Vec<Row>,
    pub(super) sections: Vec<Row>,
}

pub(super) fn take_rows_without_heading(file: &SourceFile, ast: &Ast, diagnostics: &mut Diagnostics) -> RowsOf {
    let has = |kind| ast.sections_of(kind).next().is_some();
    let under = |kind| ast.sections_of(kind).flat_map(|section| rows(file, section)).collect::<Vec<_>>();
    let (mut fields, mut sections) = (Vec::new(), Vec::new());
    let mut head = ast.head().cloned();
    if let Some(head) = &mut head {
        let is_row = |line: &crate::syntax::Line| {
            let text = file.slice(line.span);
            text.contains(is_bar) && !text.trim_start().starts_with('※')
        };
        let (typed, kept) = std::mem::take(&mut head.lines).into_iter().partition(is_row);
        head.lines = kept;
        let typed = rows(file, &Section { lines: typed, ..head.clone() });
        let (of_fields, of_sections) = at_first_section(typed);
        say(of_fields.first(), "項目", has(SectionKind::FormFields), diagnostics);
        say(of_sections.first(), "見出し", has(SectionKind::FormSections), diagnostics);
        fields.extend(of_fields);
        sections.extend(of_sections);
    }
    let has_sections = has(SectionKind::FormSections);
    let mut own = |kind: SectionKind| {
        let (of_fields, of_sections) = match has_sections || !sections.is_empty() {
            true => (under(kind), Vec::new()),
            false => at_first_section(under(kind)),
        };
        say(of_sections.first(), "見出し", false, diagnostics);
        sections.extend(of_sections);
        of_fields
    };
    fields.extend(own(SectionKind::FormFields));
    let chapter_fields = own(SectionKind::FormChapterFields);
    sections.extend(under(SectionKind::FormSections));
    RowsOf { head, fields, chapter_fields, sections }
}

/// Rows above the first one whose kind only a section has, and those from it on.
fn at_first_section(mut rows: Vec<Row>) -> (Vec<Row>, Vec<Row>) {
    let is_section = |row: &Row| {
        let word = row.cell(1).map(|kind| before_colon(&kind.value));
        word.is_some_and(|word| sections::KINDS.contains(&word.as_str()) && !fields::KINDS.contains(&word.as_str()))
    };
    let at = rows.iter().position(is_section).unwrap_or(rows.len());
    let below = rows.split_off(at);
    (rows, below)
}

fn say(first: Option<&Row>, heading: &str, is_elsewhere: bool, diagnostics: &mut Diagnostics) {
    let Some(row) = first else { return };
    let name = row.cell(0).map_or("", |name| name.value.as_str());
    let help = if is_elsewhere {
        format!("「{name}」の行から下を、【{heading}】の下に移してください。")
    } else {
        format!("「{name}」の行の上に「【{heading}】」と書いてください。")
    };
    diagnostics.push(fault(row.span, format!("「{name}」の行の上に、【{heading}】の行がありません。"), help));
}
