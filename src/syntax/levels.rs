//! Lines of ・ that stand further in than the first one of their run: a level that the page does not have.

use super::chars::{is_blank, is_bullet};
use super::{Line, LineKind, Section};
use crate::source::{SourceFile, Span};

/// A line of ・ below another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deeper<'a> {
    pub line: &'a Line,
    /// The first one of its run
    pub above: &'a Line,
    /// By blanks, and not by a second ・ alone
    pub is_indented: bool,
}

/// Every line of ・ that stands further in than the first one of its run, by two blanks or by a second ・.
pub fn deeper_lines<'a>(file: &SourceFile, section: &'a Section) -> Vec<Deeper<'a>> {
    let mut first: Option<(usize, &Line)> = None;
    let mut found = Vec::new();
    for line in &section.lines {
        let own = match &line.kind {
            LineKind::Blank | LineKind::Note { .. } | LineKind::Continuation { .. } => continue,
            LineKind::Bullet { .. } | LineKind::Row { child: true, .. } | LineKind::Label { child: true, .. } => {
                indent(file, line.span)
            }
            LineKind::Row { .. }
            | LineKind::Label { .. }
            | LineKind::Field { .. }
            | LineKind::Paragraph
            | LineKind::Subheading { .. }
            | LineKind::Item { .. }
            | LineKind::Name { .. }
            | LineKind::Misread { .. }
            | LineKind::Unread => None,
        };
        match (first, own) {
            (Some((outer, above)), Some(own)) if own >= outer + 2 || is_doubled(file, line) => {
                found.push(Deeper { line, above, is_indented: own >= outer + 2 });
            }
            (_, own) => first = own.map(|own| (own, line)),
        }
    }
    found
}

/// ・・ in a table, where a label has no ・ of its own.
fn is_doubled(file: &SourceFile, line: &Line) -> bool {
    line.label().is_some_and(|label| file.slice(label).starts_with(is_bullet))
}

/// The blanks in front of a line's mark: 2 for a full-width one. `None` for one that stands behind its heading.
fn indent(file: &SourceFile, line: Span) -> Option<usize> {
    let range = file.line_range(file.line_index(line.start));
    let text = file.text().get(range)?;
    let lead = text.get(..text.len() - text.trim_start_matches(is_blank).len())?;
    let width = |c: char| match c {
        '\u{FEFF}' | '\u{200B}' => 0,
        '\u{3000}' | '\t' => 2,
        _ => 1,
    };
    (!text.trim_start_matches(is_blank).starts_with('【')).then(|| lead.chars().map(width).sum())
}
