//! A section of grades: for each criterion of the form its grade and the reason.

use std::ops::Range;

use serde::Serialize;

use super::pieces::{Piece, Pieces};
use crate::form::{Criterion, is_alike};
use crate::source::Span;
use crate::syntax::{LineKind, Section};

/// A criterion.
#[derive(Debug, Clone, Serialize)]
pub struct GradeEntry {
    pub name: String,
    pub choices: Vec<String>,
    pub grade: Piece,
    pub reason: Piece,
}

/// A typed row: its cells, and where its ＋ lines end.
struct Typed<'a> {
    cells: &'a [Span],
    more: Vec<Span>,
    end: usize,
}

/// The criteria of a section, and the lines that belong to none.
pub(super) fn grades(pieces: Pieces<'_>, section: &Section, criteria: &[Criterion]) -> (Vec<GradeEntry>, Vec<Piece>) {
    let (typed, others) = typed_rows(pieces, section, criteria);
    let mut end = pieces.line_of(section.heading.start).end;
    let mut made = Vec::new();
    for criterion in criteria {
        let is_it = |row: &&Typed<'_>| {
            row.cells.first().is_some_and(|name| is_alike(&criterion.name, pieces.text(name.start..name.end)))
        };
        let entry = match typed.iter().find(is_it) {
            Some(row) => {
                end = row.end;
                there(pieces, row, criterion)
            }
            None => missing(pieces, end, "\n", criterion),
        };
        made.push(entry);
    }
    (made, others.into_iter().map(|range| pieces.there(range, "\n")).collect())
}

/// The criteria of a section that the file does not have; `before` opens it.
pub(super) fn absent(pieces: Pieces<'_>, at: usize, before: &str, criteria: &[Criterion]) -> Vec<GradeEntry> {
    criteria.iter().map(|criterion| missing(pieces, at, before, criterion)).collect()
}

fn typed_rows<'a>(
    pieces: Pieces<'_>,
    section: &'a Section,
    criteria: &[Criterion],
) -> (Vec<Typed<'a>>, Vec<Range<usize>>) {
    let (mut typed, mut others): (Vec<Typed<'_>>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
    let is_known = |cells: &[Span]| {
        let name = cells.first().map_or("", |name| pieces.text(name.start..name.end));
        cells.len() > 1 && criteria.iter().any(|criterion| is_alike(&criterion.name, name))
    };
    let mut is_open = false;
    for line in section.lines.iter().filter(|line| line.kind != LineKind::Blank) {
        let range = pieces.start_in(section, line.span.start)..pieces.line_of(line.span.end).end;
        match (&line.kind, typed.last_mut().filter(|_| is_open)) {
            (LineKind::Row { cells, .. }, _) if is_known(cells) => {
                typed.push(Typed { cells, more: Vec::new(), end: range.end });
                is_open = true;
            }
            (LineKind::Continuation { cells }, Some(row)) => {
                row.more.extend(cells.first().zip(cells.last()).map(|(first, last)| first.to(*last)));
                row.end = range.end;
            }
            _ => {
                others.push(range);
                is_open = false;
            }
        }
    }
    (typed, others)
}

fn there(pieces: Pieces<'_>, row: &Typed<'_>, criterion: &Criterion) -> GradeEntry {
    let at = |place: usize| row.cells.get(place);
    let grade = at(1).map_or(row.end..row.end, |cell| cell.start..cell.end);
    let reason = match at(2) {
        Some(first) => {
            let last = row.cells.last().unwrap_or(first);
            let lines: Vec<&str> = std::iter::once(&first.to(*last))
                .chain(&row.more)
                .map(|line| pieces.text(line.start..line.end))
                .filter(|line| !line.is_empty())
                .collect();
            let value = lines.join("\n");
            pieces.there(first.start..row.end, "\n").showing(value)
        }
        // ＋ lines right below the grade
        None => {
            let end = row.cells.last().map_or(row.end, |cell| cell.end);
            let lines: Vec<&str> = row.more.iter().map(|line| pieces.text(line.start..line.end)).collect();
            let reason = pieces.there(end..row.end, "\n").showing(lines.join("\n"));
            Piece { before: "｜".to_string(), is_there: end < row.end, ..reason }
        }
    };
    let grade = pieces.there(grade, "　");
    GradeEntry {
        name: criterion.name.clone(),
        choices: criterion.choices.list.clone(),
        grade,
        reason: reason.between("\n＋"),
    }
}

fn missing(pieces: Pieces<'_>, at: usize, before: &str, criterion: &Criterion) -> GradeEntry {
    let name = &criterion.name;
    GradeEntry {
        name: name.clone(),
        choices: criterion.choices.list.clone(),
        grade: pieces.missing(at, format!("{before}{name}｜"), ""),
        reason: pieces.missing(at, format!("{before}{name}｜｜"), "").between("\n＋"),
    }
}
