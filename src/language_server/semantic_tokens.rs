//! What each stretch of a text is, for its colours: told from the tree, so that a heading of an office's own form is one too.

use std::ops::Range;

use serde_json::{Value, json};

use super::protocol;
use super::sight::Sight;
use crate::form::FieldKind;
use crate::source::Span;
use crate::syntax::chars::{is_bar, is_blank, is_cell_separator, is_no_value};
use crate::syntax::{FieldName, Line, LineKind, Section, SectionKind};

/// The kinds in the order of their numbers
pub(super) const TOKEN_TYPES: &[&str] =
    &["keyword", "class", "property", "number", "operator", "variable", "comment", "string", "enumMember"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// 【見出し】, 再掲
    Keyword,
    /// A title
    Title,
    Field,
    /// A figure, —, ↑
    Figure,
    /// ・ ※ ＋ （１） ｜
    Mark,
    /// What a row is called
    Label,
    /// 【メモ】 and what stands in it
    Memo,
    /// Names of files
    Name,
    Choice,
}

type Token = (Range<usize>, Kind);

/// The tokens of a document, or of a part of it.
pub(super) fn tokens(sight: &Sight<'_>, part: Option<protocol::Range>) -> Value {
    let mut found: Vec<Token> = Vec::new();
    for section in &sight.ast.sections {
        heading_tokens(section, &mut found);
        section.lines.iter().for_each(|line| line_tokens(sight, section, line, &mut found));
    }
    found.retain(|(range, _)| !range.is_empty());
    found.sort_by_key(|(range, kind)| (range.start, range.end, *kind));
    json!({ "data": encoded(sight, &found, part) })
}

/// Each token by its distance from the one before: lines, characters, length, kind, no modifiers.
fn encoded(sight: &Sight<'_>, tokens: &[Token], part: Option<protocol::Range>) -> Vec<u32> {
    let mut data = Vec::with_capacity(tokens.len() * 5);
    let (mut line, mut character, mut end) = (0, 0, 0);
    for (range, kind) in tokens {
        let place = sight.range(range.clone());
        let is_wanted = part.is_none_or(|part| place.end >= part.start && place.start <= part.end);
        // None spans lines, and none lies over another.
        if !is_wanted || range.start < end || place.start.line != place.end.line {
            continue;
        }
        end = range.end;
        let start = place.start;
        let column = if start.line == line { start.character - character } else { start.character };
        data.extend([start.line - line, column, place.end.character - start.character, *kind as u32, 0]);
        (line, character) = (start.line, start.character);
    }
    data
}

fn bytes(span: Span) -> Range<usize> {
    span.start..span.end
}

fn heading_tokens(section: &Section, found: &mut Vec<Token>) {
    let is_memo = section.kind == Some(SectionKind::Memo);
    found.push((bytes(section.heading), if is_memo { Kind::Memo } else { Kind::Keyword }));
    let is_title = matches!(section.kind, Some(SectionKind::Head(_) | SectionKind::Case | SectionKind::Indicators));
    if is_title {
        found.push((bytes(section.rest), Kind::Title));
    }
}

fn line_tokens(sight: &Sight<'_>, section: &Section, line: &Line, found: &mut Vec<Token>) {
    match &line.kind {
        LineKind::Field { name, value } => field_tokens(sight, *name, line.span, *value, found),
        LineKind::Subheading { text } => {
            found.push((line.span.start..text.start, Kind::Mark));
            found.push((bytes(*text), Kind::Title));
        }
        LineKind::Item { text, .. } | LineKind::Bullet { text } | LineKind::Note { text } => {
            found.push((line.span.start..text.start, Kind::Mark));
        }
        LineKind::Label { text, .. } => {
            found.push((line.span.start..text.start, Kind::Mark));
            found.push((bytes(*text), Kind::Label));
        }
        LineKind::Row { cells, .. } => row_tokens(sight, line.span, cells, found),
        LineKind::Continuation { cells } => {
            let mark = sight.slice(line.span).chars().next().map_or(0, char::len_utf8);
            found.push((line.span.start..line.span.start + mark, Kind::Mark));
            if cells.len() > 1 {
                separators(sight, line.span, found);
            }
        }
        LineKind::Name { relisted, name } => {
            if *relisted {
                let word =
                    sight.text(line.span.start..name.start).trim_end_matches(|c| is_blank(c) || c == '：' || c == ':');
                found.push((line.span.start..line.span.start + word.len(), Kind::Keyword));
            }
            found.push((bytes(*name), Kind::Name));
        }
        LineKind::Unread if section.kind == Some(SectionKind::Memo) => {
            found.push((trimmed(sight, line.span), Kind::Memo))
        }
        LineKind::Blank | LineKind::Paragraph | LineKind::Misread { .. } | LineKind::Unread => {}
    }
}

/// Without the blanks around it, and in its line.
fn trimmed(sight: &Sight<'_>, span: Span) -> Range<usize> {
    let text = sight.slice(span);
    let start = span.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}

fn field_tokens(sight: &Sight<'_>, name: FieldName, line: Span, value: Span, found: &mut Vec<Token>) {
    let typed = sight.text(line.start..value.start);
    let word = typed.trim_end_matches(is_blank).trim_end_matches(['：', ':']).trim_end_matches(is_blank);
    found.push((line.start..line.start + word.len(), Kind::Field));
    let is_choice = sight.form().field(name).is_some_and(|field| matches!(field.kind, FieldKind::Choice(_)));
    match name {
        FieldName::Amount => found.push((bytes(value), Kind::Figure)),
        FieldName::Category | FieldName::Chart => found.push((bytes(value), Kind::Choice)),
        FieldName::Custom(_) if is_choice => found.push((bytes(value), Kind::Choice)),
        FieldName::Acknowledged => found.push((bytes(value), Kind::Memo)),
        FieldName::FiscalYear
        | FieldName::Publisher
        | FieldName::IssueDate
        | FieldName::Deadline
        | FieldName::Unit
        | FieldName::FirstPage
        | FieldName::Template
        | FieldName::LastYear
        | FieldName::Licence
        | FieldName::Ledger
        | FieldName::Words
        | FieldName::Organization
        | FieldName::Rules
        | FieldName::FrontMatter
        | FieldName::BackMatter
        | FieldName::Form
        | FieldName::ChapterNumber
        | FieldName::Department
        | FieldName::OutsideTotal
        | FieldName::FormerName
        | FieldName::Reading
        | FieldName::Custom(_) => {}
    }
}

fn row_tokens(sight: &Sight<'_>, line: Span, cells: &[Span], found: &mut Vec<Token>) {
    separators(sight, line, found);
    let Some((label, values)) = cells.split_first() else { return };
    let lead = sight.text(line.start..label.start).trim_end_matches(|c| is_blank(c) || is_bar(c));
    if !lead.is_empty() && !lead.contains(is_cell_separator) {
        found.push((line.start..line.start + lead.len(), Kind::Mark));
    }
    found.push((bytes(*label), Kind::Label));
    for value in values {
        let text = sight.slice(*value);
        let is_figure = text == "↑" || is_no_value(text) || !crate::model::parse_quantities(text).is_empty();
        if is_figure {
            found.push((bytes(*value), Kind::Figure));
        }
    }
}

fn separators(sight: &Sight<'_>, line: Span, found: &mut Vec<Token>) {
    let bars = sight.slice(line).char_indices().filter(|(_, c)| is_bar(*c));
    found.extend(bars.map(|(at, c)| (line.start + at..line.start + at + c.len_utf8(), Kind::Mark)));
}
