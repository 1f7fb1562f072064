//! Lines of 【構成】.
//!
//! ```text
//! listing  = [ relisted ] stem { ".jigyo" }     a chapter's folder is a path from the report
//! relisted = "再掲" ( gap { gap } | end )        再掲 alone lacks its stem
//! gap      = blank | "：" | ":"
//! ```

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::combinator::{eof, opt, rest};
use nom::{IResult, Parser};

use super::ast::LineKind;
use super::chars::{is_blank, is_colon};
use super::line::trimmed;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// Longer than this no name of a file is.
const LONGEST_NAME: usize = 120;

/// A line of 【構成】: `stem`, `folder/path`, or `再掲　stem`. Reports J027 of a sentence.
pub(super) fn parse_name(body: &str, span: Span, diagnostics: &mut Diagnostics) -> LineKind {
    let (relisted, name) = listing(body).map_or((None, body), |(_, parts)| parts);
    if name.contains('。') || name.chars().count() > LONGEST_NAME {
        diagnostics.push(
            Diagnostic::new(Code::J027, span, "【構成】には名前だけを書きます。文は書けません。")
                .help("この行を消すか、【メモ】の下に移してください。"),
        );
        return LineKind::Unread;
    }
    LineKind::Name { relisted: relisted.is_some(), name: trimmed(body, span, without_extension(name)) }
}

fn listing(body: &str) -> IResult<&str, (Option<&str>, &str)> {
    let gap = take_while1(|c| is_blank(c) || is_colon(c));
    let relisted = (tag("再掲"), alt((gap, eof))).map(|(word, _)| word);
    (opt(relisted), rest).parse(body)
}

/// A name as the file manager shows it, or as it is typed: with the ending once, or more than once.
fn without_extension(name: &str) -> &str {
    let mut stem = name;
    while let Some((before, ending)) = stem.len().checked_sub(EXTENSION.len()).and_then(|at| stem.split_at_checked(at))
        && !before.is_empty()
        && ending.eq_ignore_ascii_case(EXTENSION)
    {
        stem = before;
    }
    stem
}

const EXTENSION: &str = ".jigyo";
