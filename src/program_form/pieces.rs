//! Pieces of a file: where one stands, what a box shows of it, and what is written around it where it does not stand there yet.

use std::ops::Range;

use serde::Serialize;

use crate::source::SourceFile;
use crate::syntax::chars::is_soft_break;
use crate::syntax::{LineKind, Section};

/// A stretch of the file that one box changes. What is saved in its place is `before`, the value with `between` for its line
/// breaks, and `after`; nothing for an empty value that does not stand in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// Bytes of the text
    pub start: usize,
    pub end: usize,
    /// What stands there
    pub text: String,
    /// Lines of the file, from 1
    pub line: usize,
    pub last_line: usize,
    /// What the box shows
    pub value: String,
    pub before: String,
    pub after: String,
    pub between: &'static str,
    /// Whether it stands in the file
    pub is_there: bool,
}

/// Makes the pieces of one file.
#[derive(Clone, Copy)]
pub(super) struct Pieces<'a> {
    pub(super) file: &'a SourceFile,
}

impl Pieces<'_> {
    pub(super) fn text(&self, range: Range<usize>) -> &str {
        self.file.text().get(range).unwrap_or_default()
    }

    /// What stands in the file; `soft` is what Word's breaks inside a line are shown as.
    pub(super) fn there(&self, range: Range<usize>, soft: &str) -> Piece {
        let text = self.text(range.clone()).to_string();
        let value = plain(&text).replace(is_soft_break, soft);
        Piece { text, value, is_there: true, ..self.missing(range.start, "", "").at(self.file, range) }
    }

    /// What is to be inserted.
    pub(super) fn missing(&self, at: usize, before: impl Into<String>, after: &str) -> Piece {
        let empty = Piece {
            start: at,
            end: at,
            text: String::new(),
            line: 0,
            last_line: 0,
            value: String::new(),
            before: before.into(),
            after: after.to_string(),
            between: "\n",
            is_there: false,
        };
        empty.at(self.file, at..at)
    }

    /// The line that holds a place, without its end.
    pub(super) fn line_of(&self, place: usize) -> Range<usize> {
        self.file.line_range(self.file.line_index(place))
    }

    /// Where the last line of a section ends that is not blank.
    pub(super) fn end_of(&self, section: &Section) -> usize {
        let last = section.lines.iter().rev().find(|line| line.kind != LineKind::Blank);
        self.line_of(last.map_or(section.heading.end, |line| line.span.start)).end
    }

    /// Where a line of a section begins: behind the heading where it stands there.
    pub(super) fn start_in(&self, section: &Section, place: usize) -> usize {
        let line = self.line_of(place);
        if line.contains(&section.heading.start) { place } else { line.start }
    }

    /// All lines of a section from the first to the last that is not blank, but for the first `skipped` ones that are not.
    pub(super) fn body(&self, section: &Section, skipped: usize) -> Piece {
        let mut filled = section.lines.iter().filter(|line| line.kind != LineKind::Blank);
        let above = skipped.checked_sub(1).and_then(|above| filled.by_ref().nth(above));
        match filled.next() {
            Some(first) => self.there(self.start_in(section, first.span.start)..self.end_of(section), "\n＋"),
            None => {
                let end = self.line_of(above.map_or(section.heading.end, |line| line.span.start)).end;
                self.missing(end, "\n", "")
            }
        }
    }
}

impl Piece {
    fn at(self, file: &SourceFile, range: Range<usize>) -> Self {
        let line = file.line_index(range.start) + 1;
        let last_line = file.line_index(range.end) + 1;
        Self { start: range.start, end: range.end, line, last_line, ..self }
    }

    pub(super) fn between(self, between: &'static str) -> Self {
        Self { between, ..self }
    }

    pub(super) fn showing(self, value: String) -> Self {
        Self { value, ..self }
    }
}

/// With one kind of line end, as a box knows them.
pub(super) fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}
