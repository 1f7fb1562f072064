//! Text to `Ast`: one pass over the lines, which never stops and always gives a tree.
//!
//! ```text
//! file     = { line } { heading { line } }
//! heading  = { blank } "【" name "】" rest          a known name anywhere; an unknown one in column 1 is J011
//! line     = field | prose | table | name | memo   by the section it stands in (line.rs, field.rs)
//! ```
//!
//! Knows nothing of files on a disk and nothing of meaning. What it cannot read it keeps as `Unread`.

mod ast;
mod body;
pub mod chars;
mod composition;
mod field;
mod field_messages;
mod heading;
mod interned;
mod levels;
pub mod line;
pub mod look_alikes;
mod missing;
mod names;
mod opening;
mod parser;
mod quoted;
mod section;
mod sections;
mod synonyms;
mod untitled;
mod vocabulary;

pub use ast::{Ast, FieldName, FieldSpec, Line, LineKind, Section};
pub use interned::interned;
pub use levels::deeper_lines;
pub use missing::has_misread;
pub use names::nearest;
pub use sections::{FileKind, Presence, Scope, SectionKind, SectionRole, SectionSpec, Shape};
pub use vocabulary::Vocabulary;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceFile, Span};

/// A line longer than this is refused (language.md §6).
pub const MAX_LINE_BYTES: usize = 64 * 1024;
/// A file with more lines than this is refused: a book of its own, which would take minutes to lay out.
pub const MAX_LINES: usize = 30_000;
/// A table with more rows than this is refused.
pub const MAX_TABLE_ROWS: usize = 5_000;

/// Reads a file whose headings and fields are those of `vocabulary`. Messages are about what can be seen without knowing what
/// the text means.
pub fn parse(file: &SourceFile, vocabulary: &Vocabulary, diagnostics: &mut Diagnostics) -> Ast {
    let Some(refusal) = too_large(file) else { return section::parse_sections(file, vocabulary, diagnostics) };
    diagnostics.push(refusal);
    Ast { file: file.id(), kind: None, before: Vec::new(), sections: Vec::new(), refused: true }
}

/// J005 of a file whose lines are too long or too many to be a manuscript.
fn too_large(file: &SourceFile) -> Option<Diagnostic> {
    let mut lines = 0;
    for line in file.lines() {
        lines += 1;
        let place = Span::new(file.id(), line.start..line.start);
        if line.len() > MAX_LINE_BYTES {
            let message = format!(
                "この行は長すぎます（{} KB）。1行は 64 KB までです。写真や表計算のデータを貼り付けていませんか。",
                line.len() / 1024
            );
            return Some(
                Diagnostic::new(Code::J005, place, message)
                    .help("貼り付けたものを消してください。文章なら段落ごとに改行してください。"),
            );
        }
        if lines > MAX_LINES {
            return Some(
                Diagnostic::new(Code::J005, place, "このファイルは行が多すぎます（30,000行まで）。")
                    .help("名簿や表計算のデータを丸ごと貼り付けていませんか。報告書に載せる文だけにしてください。"),
            );
        }
    }
    None
}

/// The kind that a text's first heading names: what tells a report from a chapter before anything else is read. A form whose
/// first line was forgotten is told by its other headings.
pub fn file_kind(text: &str) -> Option<FileKind> {
    titled_kind(text).or_else(|| untitled::is_form(text).then_some(FileKind::Form))
}

fn titled_kind(text: &str) -> Option<FileKind> {
    let vocabulary = Vocabulary::standard();
    text.split(['\n', '\r']).find_map(|line| match heading::parse_heading(line, &vocabulary, None)?.name {
        heading::Name::Known(SectionKind::Head(kind)) => Some(Some(kind)),
        heading::Name::Known(_) => Some(None),
        heading::Name::Unknown(_) => None,
    })?
}

#[cfg(test)]
mod tests;
