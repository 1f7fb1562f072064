//! The rows of a declared table as they were typed, and which row of the form each one is.

use super::declared_messages as messages;
use crate::diagnostic::Diagnostics;
use crate::form::{Table, is_alike};
use crate::source::{SourceFile, Span};
use crate::syntax::chars::{is_blank, is_bullet};
use crate::syntax::{Line, LineKind};

/// A row with the lines that go on with it.
pub(super) struct TypedRow {
    pub(super) span: Span,
    /// 0, 1 for ・, 2 for ・・
    pub(super) level: usize,
    pub(super) label: Span,
    /// Behind the label; none in a line without ｜
    pub(super) cells: Vec<Span>,
    pub(super) has_cells: bool,
    /// Cells of ＋ lines, the first of each below the label
    pub(super) more: Vec<(Span, Vec<Span>)>,
}

/// What stands in the lines under the heading.
#[derive(Default)]
pub(super) struct TypedTable {
    pub(super) rows: Vec<TypedRow>,
    /// ※, each with the lines that go on with it
    pub(super) notes: Vec<Vec<Span>>,
    /// Lines that were reported where they were read
    pub(super) has_unread: bool,
}

pub(super) fn collect(file: &SourceFile, lines: &[Line], diagnostics: &mut Diagnostics) -> TypedTable {
    let mut table = TypedTable::default();
    let mut in_note = false;
    for line in lines {
        match &line.kind {
            LineKind::Row { child, cells } => {
                let Some((label, cells)) = cells.split_first() else { continue };
                let (deeper, label) = marks(file, *label);
                let level = usize::from(*child) + deeper;
                let (span, cells) = (line.span, cells.to_vec());
                table.rows.push(TypedRow { span, level, label, cells, has_cells: true, more: Vec::new() });
                in_note = false;
            }
            LineKind::Label { child, text } => {
                let (deeper, label) = marks(file, *text);
                let level = usize::from(*child) + deeper;
                let (span, cells, more) = (line.span, Vec::new(), Vec::new());
                table.rows.push(TypedRow { span, level, label, cells, has_cells: false, more });
                in_note = false;
            }
            LineKind::Note { text } => {
                table.notes.push(vec![*text]);
                in_note = true;
            }
            LineKind::Continuation { cells } => match (in_note, table.rows.last_mut()) {
                (true, _) => table.notes.last_mut().into_iter().for_each(|note| note.extend(cells.iter().copied())),
                (false, Some(row)) => row.more.push((line.span, cells.clone())),
                (false, None) => diagnostics.push(super::prose::nothing_above(line.span)),
            },
            LineKind::Unread => table.has_unread = true,
            LineKind::Blank
            | LineKind::Misread { .. }
            | LineKind::Field { .. }
            | LineKind::Paragraph
            | LineKind::Subheading { .. }
            | LineKind::Item { .. }
            | LineKind::Bullet { .. }
            | LineKind::Name { .. } => {}
        }
    }
    level_out(file, &mut table.rows, diagnostics);
    table
}

/// A second ・ that stands in front of a label.
fn marks(file: &SourceFile, label: Span) -> (usize, Span) {
    let text = file.slice(label);
    let body = text.trim_start_matches(|c| is_bullet(c) || is_blank(c));
    let count = text.get(..text.len() - body.len()).unwrap_or("").chars().filter(|c| is_bullet(*c)).count();
    (count, Span { start: label.end - body.len(), ..label })
}

/// J024 for a row that stands more than one level below the one above it; it is then read one level below.
fn level_out(file: &SourceFile, rows: &mut [TypedRow], diagnostics: &mut Diagnostics) {
    let mut deepest = 0;
    for row in rows {
        if row.level > deepest {
            diagnostics.push(messages::too_deep(row.span, file.slice(row.label)));
            row.level = deepest;
        }
        deepest = (row.level + 1).min(2);
    }
}

/// Which rows of the form the typed rows are.
pub(super) struct Assigned {
    /// Of each typed row; `None` for one that the form does not have, which is reported. 計 is the row behind the last one.
    pub(super) places: Vec<Option<usize>>,
    /// Rows that a typed one was probably meant to be: that they lack is not reported too.
    pub(super) guessed: Vec<usize>,
}

/// Finds the row of the form that each typed row is.
pub(super) fn assign(file: &SourceFile, typed: &[&TypedRow], table: &Table, diagnostics: &mut Diagnostics) -> Assigned {
    let total = table.rows.len();
    let names: Vec<(&str, usize)> = table
        .rows
        .iter()
        .map(|row| (row.name.as_str(), row.level))
        .chain(table.total.iter().map(|name| (name.as_str(), 0)))
        .collect();
    let mut taken: Vec<Option<Span>> = vec![None; total + 1];
    let (mut last, mut found, mut surplus) = (0, Vec::new(), Vec::new());
    for row in typed {
        let label = file.slice(row.label);
        let fits = |place: &usize| names.get(*place).is_some_and(|(name, _)| is_alike(name, label));
        let is_free = |place: &usize| taken.get(*place).is_some_and(Option::is_none);
        let level = |place: &usize| names.get(*place).is_some_and(|(_, level)| *level == row.level);
        let places = || (0..names.len()).filter(fits);
        // Below different rows the same name may stand: the next one in order is meant.
        let ahead = places().filter(|place| *place >= last && is_free(place) && level(place)).min();
        let place =
            ahead.or_else(|| places().find(|place| is_free(place) && level(place))).or_else(|| places().find(is_free));
        match place {
            Some(place) => {
                last = place;
                if let Some(slot) = taken.get_mut(place) {
                    *slot = Some(row.span);
                }
            }
            None => match places().find_map(|place| *taken.get(place)?) {
                Some(first) => diagnostics.push(messages::row_twice(row.span, label, first)),
                None => surplus.push(row.label),
            },
        }
        found.push(place);
    }
    let is_open = |place: &usize| {
        let is_computed = table.rows.get(*place).is_none_or(|row| row.formula.is_some());
        taken.get(*place).is_some_and(Option::is_none) && !is_computed
    };
    let open: Vec<(&str, usize)> =
        names.iter().enumerate().filter(|(place, _)| is_open(place)).map(|(place, (name, _))| (*name, place)).collect();
    let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    let mut guessed = Vec::new();
    for label in &surplus {
        let guess = guess(file.slice(*label), &open, surplus.len());
        guessed.extend(guess.map(|(_, place)| place));
        diagnostics.push(messages::surplus_row(
            *label,
            &table.name,
            file.slice(*label),
            (&known, guess.map(|(name, _)| name)),
        ));
    }
    Assigned { places: found, guessed }
}

/// The row that is missing and was probably meant: the nearest by name, or the only one.
fn guess<'a>(label: &str, open: &[(&'a str, usize)], surplus: usize) -> Option<(&'a str, usize)> {
    let near = crate::syntax::nearest(label, open.iter().map(|(name, _)| *name));
    let by_name = near.and_then(|near| open.iter().find(|(name, _)| *name == near));
    by_name.or(open.first().filter(|_| surplus == 1 && open.len() == 1)).copied()
}
