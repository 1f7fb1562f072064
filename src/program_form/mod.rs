//! A program's whole form: every field, section and table that the report's form asks for, as a page shows it in boxes. Each
//! piece has its stretch of the file; what does not stand there yet says where it goes and what is written around it.
//!
//! Reads with `syntax`, `form` and `model` what they read for the book. Never writes a parsed program back: whoever saves
//! changes the stretch that was typed.

mod columns;
mod fields;
mod grades;
mod grid;
mod hints;
mod pieces;
mod rows;
mod sections;
mod written_rows;

pub use columns::GridColumn;
pub use fields::FieldEntry;
pub use grades::GradeEntry;
pub use grid::Grid;
pub use pieces::Piece;
pub use rows::{RowEntry, RowKind};
pub use sections::{Body, SectionEntry};

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::Diagnostics;
use crate::model::Context;
use crate::source::Files;
use crate::syntax::{Ast, FileKind, LineKind, SectionKind, parse};
use pieces::Pieces;

/// What a form depends on beyond the text of its file.
#[derive(Debug, Clone, Default)]
pub struct Basis {
    pub context: Context,
    /// Whether a program should have its よみ
    pub asks_for_reading: bool,
    /// What may stand behind 担当
    pub departments: Vec<String>,
    /// What rows were called last year, by their section
    pub labels: BTreeMap<SectionKind, Vec<String>>,
}

/// The form of a program.
#[derive(Debug, Clone, Serialize)]
pub struct ProgramForm {
    pub title: Piece,
    pub fields: Vec<FieldEntry>,
    pub sections: Vec<SectionEntry>,
    /// Lines that belong to no field and no section
    pub others: Vec<Piece>,
}

/// The form of a program by its text; nothing for a file of another kind.
pub fn program_form(path: &str, text: &str, basis: &Basis) -> Option<ProgramForm> {
    let mut files = Files::new();
    let id = files.add(path, text);
    let file = files.get(id);
    let mut said = Diagnostics::new();
    let ast = parse(file, &basis.context.form.vocabulary, &mut said);
    if ast.refused || !matches!(ast.kind, None | Some(FileKind::Program)) {
        return None;
    }
    let pieces = Pieces { file };
    Some(ProgramForm {
        title: title(pieces, &ast),
        fields: fields::fields(pieces, &ast, basis),
        sections: sections::sections(pieces, &ast, basis),
        others: others(pieces, &ast),
    })
}

/// What stands behind 【事業】.
fn title(pieces: Pieces<'_>, ast: &Ast) -> Piece {
    match ast.head() {
        Some(head) if !head.rest.is_empty() => pieces.there(head.rest.start..head.rest.end, "　"),
        Some(head) => pieces.missing(head.heading.end, "", ""),
        None => pieces.missing(0, "【事業】", "\n"),
    }
}

/// Lines above the title, and those of the head that are no field: runs of lines that follow each other are one piece.
fn others(pieces: Pieces<'_>, ast: &Ast) -> Vec<Piece> {
    let head = ast.head().map_or(&[][..], |head| &head.lines);
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for line in ast.before.iter().chain(head) {
        if matches!(line.kind, LineKind::Blank | LineKind::Field { .. }) {
            continue;
        }
        let own = pieces.line_of(line.span.start);
        let follows = |last: &&mut std::ops::Range<usize>| {
            pieces.file.line_index(last.end) + 1 >= pieces.file.line_index(own.start)
        };
        match found.last_mut().filter(follows) {
            Some(last) => last.end = own.end,
            None => found.push(own),
        }
    }
    found.into_iter().map(|range| pieces.there(range, "\n")).collect()
}
