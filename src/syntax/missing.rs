//! What is not missing but was typed wrongly, so that one slip is one message.

use super::ast::{Ast, FieldName, Line, LineKind, Meant};
use super::opening::is_heading_of;
use super::sections::SectionKind;
use crate::source::SourceFile;

/// Whether a field stands somewhere in the file in a form or place that was reported.
pub fn has_misread(file: &SourceFile, ast: &Ast, field: FieldName) -> bool {
    let lines = ast.before.iter().chain(ast.sections.iter().flat_map(|section| &section.lines));
    lines.into_iter().any(|line| line.kind == LineKind::Misread { meant: Meant::Field(field) })
        || ast
            .sections
            .iter()
            .filter(|section| section.kind.is_none())
            .any(|section| is_heading_of(file.slice(section.heading), field))
}

impl Ast {
    /// Whether a section may stand under a heading that was not understood, or behind its name as a field.
    pub fn may_hold(&self, kind: SectionKind) -> bool {
        let is_field = |line: &Line| line.kind == LineKind::Misread { meant: Meant::Heading(kind) };
        self.sections
            .iter()
            .any(|section| section.kind.is_none() || section.kind == Some(kind) || section.lines.iter().any(is_field))
    }
}
