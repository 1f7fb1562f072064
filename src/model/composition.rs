//! 【構成】 as typed.

use super::Text;
use super::prose::report_twice;
use crate::diagnostic::Diagnostics;
use crate::source::{SourceFile, Span};
use crate::syntax::{Ast, LineKind, Section, SectionKind};

/// One line of 【構成】.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    pub line: Span,
    pub name: Text,
    pub relisted: bool,
}

/// The lines of 【構成】; absent where there is none.
pub(super) fn lower_composition(file: &SourceFile, ast: &Ast, diagnostics: &mut Diagnostics) -> Option<Vec<Listed>> {
    let mut listed: Option<(Span, Vec<Listed>)> = None;
    for section in ast.sections_of(SectionKind::Composition) {
        let lines = section.lines.iter().filter_map(|line| {
            let LineKind::Name { relisted, name } = line.kind else { return None };
            Some(Listed { line: line.span, name: Text::new(file.slice(name).to_string(), name), relisted })
        });
        match &mut listed {
            None => listed = Some((section.heading, lines.collect())),
            Some((first, all)) => {
                report_twice(file, SectionKind::Composition, *first, section.heading, diagnostics);
                all.extend(lines);
            }
        }
    }
    listed.map(|(_, all)| all)
}

/// The heading of a 【構成】 below which nobody wrote anything.
pub(super) fn empty_composition(ast: &Ast) -> Option<Span> {
    let mut sections = ast.sections_of(SectionKind::Composition);
    let is_empty =
        |section: &Section| section.rest.is_empty() && section.lines.iter().all(|line| line.kind == LineKind::Blank);
    let first = sections.next().filter(|section| is_empty(section))?;
    sections.all(is_empty).then_some(first.heading)
}
