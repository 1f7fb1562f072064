//! Headings.
//!
//! ```text
//! heading = { blank } "【" name "】" rest
//! name    = { any character but 【 】 }      blanks inside do not matter
//! ```

use nom::bytes::complete::{take_till, take_while};
use nom::character::complete::char;
use nom::combinator::opt;
use nom::{IResult, Parser};

use super::ast::SectionKind;
use super::chars::{is_blank, is_soft_break, without_blanks};

/// What stands between 【 and 】.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    Known(SectionKind),
    Unknown(String),
}

/// A heading in its line; offsets are bytes of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeadingLine {
    pub(super) name: Name,
    /// Where 【 stands; 0 is column 1.
    pub(super) start: usize,
    /// Where what follows 】 begins.
    pub(super) rest: usize,
    /// 】 is missing.
    pub(super) unclosed: bool,
    /// Written without blanks inside.
    pub(super) exact: bool,
}

/// A line that opens with 【. One without 】 counts only in column 1 and where a known name follows.
pub(super) fn parse_heading(line: &str) -> Option<HeadingLine> {
    // Most lines are prose: they are told apart by their first character.
    if !line.trim_start_matches(is_lead).starts_with('【') {
        return None;
    }
    let (rest, (lead, name, closed)) = heading(line).ok()?;
    let compact = without_blanks(name);
    let known = SectionKind::from_name(&compact);
    if closed.is_none() && (known.is_none() || !lead.is_empty()) {
        return None;
    }
    Some(HeadingLine {
        exact: compact == name,
        name: known.map_or(Name::Unknown(compact), Name::Known),
        start: lead.len(),
        rest: line.len() - rest.len(),
        unclosed: closed.is_none(),
    })
}

/// Blanks, and the soft breaks that Word leaves in front.
fn is_lead(c: char) -> bool {
    is_blank(c) || is_soft_break(c)
}

fn heading(line: &str) -> IResult<&str, (&str, &str, Option<char>)> {
    (take_while(is_lead), nom::sequence::preceded(char('【'), take_till(|c| c == '】' || c == '【')), opt(char('】')))
        .parse(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(line: &str) -> Option<Name> {
        parse_heading(line).map(|heading| heading.name)
    }

    #[test]
    fn known_names_with_blanks_anywhere() {
        for line in ["【事業概要】", "　\t【 事業 概要　】あ", "\u{FEFF}【事業概要】\t\t"] {
            assert_eq!(name(line), Some(Name::Known(SectionKind::Overview)), "{line:?}");
        }
        assert_eq!(name("【R3卒対象】"), Some(Name::Unknown("R3卒対象".into())));
        assert_eq!(name("本文【事業概要】"), None);
        assert_eq!(name("【事業概要"), Some(Name::Known(SectionKind::Overview)));
        assert_eq!(name("【本文"), None);
    }
}
