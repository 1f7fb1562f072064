//! The rows of a table as they were typed, each with its ＋ lines and its stretch.

use std::ops::Range;

use serde::Serialize;

use super::pieces::{Pieces, plain};
use crate::source::Span;
use crate::syntax::chars::{is_blank, is_bullet, is_soft_break};
use crate::syntax::{LineKind, Section};

/// What a row of a grid is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RowKind {
    /// The names of the table's own columns
    Head,
    Row,
    /// A label without cells
    Group,
    /// ※
    Note,
    /// Kept as it stands
    Other,
    Blank,
    /// The form has it and nobody typed it yet
    Open,
    /// As `Open`, a label without cells
    OpenGroup,
    /// The program writes it
    Computed,
}

/// A row of a grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowEntry {
    pub kind: RowKind,
    /// 1 for ・, 2 for ・・
    pub level: usize,
    /// What stands in front of the label: blanks and ・
    pub lead: String,
    pub label: String,
    /// By columns; line breaks for ＋
    pub cells: Vec<String>,
    /// What is computed, by columns; empty where nothing is
    pub computed: Vec<String>,
    /// Its label is the form's.
    pub is_fixed: bool,
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub line: usize,
    pub last_line: usize,
}

/// A row and where its first line begins without its blanks, by which the model knows it.
pub(super) struct Typed {
    pub(super) entry: RowEntry,
    pub(super) place: usize,
}

/// The rows from the first to the last line that is not blank.
pub(super) fn typed_rows(pieces: Pieces<'_>, section: &Section) -> Vec<Typed> {
    let mut rows: Vec<Typed> = Vec::new();
    for line in &section.lines {
        if line.kind == LineKind::Blank && rows.is_empty() {
            continue;
        }
        let range = pieces.start_in(section, line.span.start)..pieces.line_of(line.span.end).end;
        if let LineKind::Continuation { cells } = &line.kind
            && goes_on(pieces, &mut rows, cells, &range)
        {
            continue;
        }
        let entry = entry(pieces, &line.kind, line.span, range);
        rows.push(Typed { entry, place: line.span.start });
    }
    while rows.last().is_some_and(|row| row.entry.kind == RowKind::Blank) {
        rows.pop();
    }
    rows
}

fn entry(pieces: Pieces<'_>, kind: &LineKind, span: Span, range: Range<usize>) -> RowEntry {
    let text = |span: Span| pieces.text(span.start..span.end).to_string();
    let (kind, label, cells) = match kind {
        LineKind::Row { cells, .. } => {
            let (label, cells) = cells.split_first().map_or((span, &[][..]), |(label, cells)| (*label, cells));
            (RowKind::Row, label, cells.iter().map(|cell| cell_text(&text(*cell))).collect())
        }
        LineKind::Label { text, .. } => (RowKind::Group, *text, Vec::new()),
        LineKind::Note { text } => (RowKind::Note, *text, Vec::new()),
        LineKind::Blank => (RowKind::Blank, Span { end: span.start, ..span }, Vec::new()),
        LineKind::Unread
        | LineKind::Continuation { .. }
        | LineKind::Misread { .. }
        | LineKind::Field { .. }
        | LineKind::Paragraph
        | LineKind::Subheading { .. }
        | LineKind::Item { .. }
        | LineKind::Bullet { .. }
        | LineKind::Name { .. } => (RowKind::Other, Span { start: range.start, end: range.end, ..span }, Vec::new()),
    };
    let label = if matches!(kind, RowKind::Row | RowKind::Group) { without_marks(pieces, label) } else { label };
    let lead = pieces.text(range.start..label.start).to_string();
    let level = if kind == RowKind::Note { 0 } else { lead.chars().filter(|c| is_bullet(*c)).count() };
    RowEntry {
        kind,
        level,
        label: cell_text(&text(label)),
        lead,
        cells,
        computed: Vec::new(),
        is_fixed: false,
        text: pieces.text(range.clone()).to_string(),
        line: pieces.file.line_index(range.start) + 1,
        last_line: pieces.file.line_index(range.end) + 1,
        start: range.start,
        end: range.end,
    }
}

/// A label without further ・ in front of it.
fn without_marks(pieces: Pieces<'_>, label: Span) -> Span {
    let text = pieces.text(label.start..label.end);
    let body = text.trim_start_matches(|c| is_bullet(c) || is_blank(c));
    Span { start: label.end - body.len(), ..label }
}

fn cell_text(text: &str) -> String {
    plain(text).replace(is_soft_break, "\n")
}

/// Adds the cells of a ＋ line to the row above; false where there is none.
fn goes_on(pieces: Pieces<'_>, rows: &mut Vec<Typed>, cells: &[Span], range: &Range<usize>) -> bool {
    let Some(at) = rows.iter().rposition(|row| row.entry.kind != RowKind::Blank) else { return false };
    let Some(row) = rows.get_mut(at).map(|row| &mut row.entry) else { return false };
    let mut texts = cells.iter().map(|cell| cell_text(pieces.text(cell.start..cell.end)));
    match row.kind {
        RowKind::Row => {
            add_line(&mut row.label, &texts.next().unwrap_or_default());
            for (column, text) in texts.enumerate() {
                if row.cells.len() <= column && !text.is_empty() {
                    row.cells.resize(column + 1, String::new());
                }
                row.cells.get_mut(column).into_iter().for_each(|cell| add_line(cell, &text));
            }
        }
        RowKind::Note => add_line(&mut row.label, &texts.collect::<Vec<_>>().join("｜")),
        // Values under a label without any: they are none of its own.
        RowKind::Group if cells.iter().skip(1).any(|cell| !cell.is_empty()) => row.kind = RowKind::Other,
        RowKind::Group => add_line(&mut row.label, &texts.next().unwrap_or_default()),
        RowKind::Head | RowKind::Other | RowKind::Blank | RowKind::Open | RowKind::OpenGroup | RowKind::Computed => {
            return false;
        }
    }
    row.end = range.end;
    row.text = pieces.text(row.start..row.end).to_string();
    row.last_line = pieces.file.line_index(row.end) + 1;
    if row.kind == RowKind::Other {
        row.label.clone_from(&row.text);
        row.lead.clear();
    }
    rows.truncate(at + 1);
    true
}

fn add_line(text: &mut String, line: &str) {
    if line.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}
