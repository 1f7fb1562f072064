//! A text that is open in the editor, as the editor holds it.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::position::{Lines, Units};
use super::protocol::{self, ContentChange, Position};
use crate::load::ComposedText;

/// A text with the places of its lines as an editor counts them.
#[derive(Debug, Clone)]
pub(super) struct TypedText {
    text: ComposedText,
    lines: Lines,
}

impl TypedText {
    pub(super) fn new(text: ComposedText) -> Self {
        let lines = Lines::of(text.typed());
        Self { text, lines }
    }

    pub(super) fn typed(&self) -> &str {
        self.text.typed()
    }

    pub(super) fn text(&self) -> &ComposedText {
        &self.text
    }

    /// The place of a byte of the composed text.
    pub(super) fn position(&self, byte: usize, units: Units) -> Position {
        self.lines.position(self.text.typed(), self.text.typed_place(byte), units)
    }

    /// The place of a stretch of the composed text.
    pub(super) fn range(&self, bytes: Range<usize>, units: Units) -> protocol::Range {
        protocol::Range { start: self.position(bytes.start, units), end: self.position(bytes.end, units) }
    }

    /// The place of a stretch of the typed text.
    pub(super) fn typed_range(&self, bytes: Range<usize>, units: Units) -> protocol::Range {
        let at = |byte| self.lines.position(self.text.typed(), byte, units);
        protocol::Range { start: at(bytes.start), end: at(bytes.end) }
    }

    /// The byte of the composed text for a place.
    pub(super) fn byte(&self, position: Position, units: Units) -> usize {
        self.text.composed_place(self.lines.byte(self.text.typed(), position, units))
    }

    /// The bytes of the composed text for a range.
    pub(super) fn bytes(&self, range: protocol::Range, units: Units) -> Range<usize> {
        let (start, end) = (self.byte(range.start, units), self.byte(range.end, units));
        start.min(end)..start.max(end)
    }

    /// The text after some changes, one after the other.
    pub(super) fn changed(&self, changes: Vec<ContentChange>, units: Units) -> Self {
        let mut text = self.text.typed().to_string();
        let mut lines = self.lines.clone();
        for change in changes {
            match change.range {
                Some(range) => {
                    let (start, end) = (lines.byte(&text, range.start, units), lines.byte(&text, range.end, units));
                    text.replace_range(start.min(end)..start.max(end), &change.text);
                }
                None => text = change.text,
            }
            lines = Lines::of(&text);
        }
        Self { text: ComposedText::new(text), lines }
    }
}

/// Where a document lies: the report's folder, and its path from there, with `/` and か composed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Home {
    pub root: PathBuf,
    pub relative: String,
    /// Whether a 【報告書】 was found at or above it
    pub is_report: bool,
}

/// An open document.
#[derive(Debug)]
pub(super) struct Document {
    /// As the editor spells it
    pub uri: String,
    pub version: i32,
    pub text: Arc<TypedText>,
    /// Absent for what is no file
    pub home: Option<Home>,
}
