//! Fields of a head.
//!
//! ```text
//! field = name colon value
//! name  = { any character but colon }     blanks inside do not matter; 47 characters are looked at
//! colon = "：" | ":"
//! value = { any character }
//! ```

use nom::bytes::complete::take_while_m_n;
use nom::character::complete::satisfy;
use nom::combinator::rest;
use nom::{IResult, Parser};

use super::ast::{FieldName, LineKind};
use super::chars::{is_colon, without_blanks};
use super::field_messages::{report_no_field, report_unknown};
use super::line::trimmed;
use super::sections::FileKind;
use super::vocabulary::Vocabulary;
use crate::diagnostic::Diagnostics;
use crate::source::Span;

/// A name longer than this is no field's: such a line is text.
const LONGEST_NAME: usize = 12;

/// A line of a head; `line` has no blanks around it. Reports J013 and J019.
pub(super) fn parse_field(
    line: &str,
    span: Span,
    kind: FileKind,
    vocabulary: &Vocabulary,
    diagnostics: &mut Diagnostics,
) -> LineKind {
    let Ok((_, (typed, value))) = field(line) else {
        return report_no_field(line, span, kind, vocabulary, diagnostics);
    };
    let name = without_blanks(typed);
    match vocabulary.field(&name, kind) {
        Some(name) => LineKind::Field { name, value: trimmed(line, span, value) },
        None if name.chars().count() <= LONGEST_NAME => {
            report_unknown(&name, trimmed(line, span, typed), kind, vocabulary, diagnostics)
        }
        None => report_no_field(line, span, kind, vocabulary, diagnostics),
    }
}

/// The field of a program's head that a line is: in the body such a line is out of place.
pub(super) fn program_field(line: &str, vocabulary: &Vocabulary) -> Option<FieldName> {
    let (_, (name, _)) = field(line).ok()?;
    vocabulary.field(&without_blanks(name), FileKind::Program)
}

fn field(line: &str) -> IResult<&str, (&str, &str)> {
    // Blanks may stand between the letters of a name.
    let name = take_while_m_n(0, LONGEST_NAME * 4 - 1, |c| !is_colon(c));
    (name, satisfy(is_colon), rest).map(|(name, _, value)| (name, value)).parse(line)
}
