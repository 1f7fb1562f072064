//! What is known of a file while its lines are read.

use std::ops::Range;

use super::ast::Ast;
use super::chars::is_cell_separator;
use super::sections::{SectionKind, Shape};
use super::vocabulary::Vocabulary;
use crate::diagnostic::Diagnostics;
use crate::source::{SourceFile, Span};

pub(super) struct Parser<'a> {
    pub(super) file: &'a SourceFile,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) ast: Ast,
    /// Rows of the table at hand.
    pub(super) rows: usize,
    /// A second title heading was met: what follows is kept and not read.
    pub(super) closed: bool,
}

impl Parser<'_> {
    pub(super) fn text(&self, range: &Range<usize>) -> &str {
        self.file.text().get(range.clone()).unwrap_or("")
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file.id(), range)
    }

    /// Kind of the section at hand, and whether it gives messages.
    pub(super) fn section(&self) -> Option<(Option<SectionKind>, bool)> {
        self.ast.sections.last().map(|section| (section.kind, section.quiet))
    }
}

pub(super) fn is_table(kind: Option<SectionKind>) -> bool {
    kind.is_some_and(|kind| matches!(kind.spec().shape, Shape::Table | Shape::Photos | Shape::Grades))
}

/// Whether the lines are kept as they stand.
pub(super) fn is_kept(kind: Option<SectionKind>) -> bool {
    kind.is_none_or(|kind| matches!(kind.spec().shape, Shape::Memo | Shape::Form))
}

pub(super) fn has_separator(text: &str) -> bool {
    text.contains(is_cell_separator)
}
