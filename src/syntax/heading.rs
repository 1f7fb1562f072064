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

use super::chars::{is_blank, is_soft_break, without_blanks};
use super::sections::SectionKind;

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
    /// What is wrong with its brackets.
    pub(super) fault: Option<&'static str>,
    /// Written without blanks inside.
    pub(super) exact: bool,
}

/// Brackets that are taken for 【 】 now and then.
const OTHER_BRACKETS: &[char] =
    &['［', '］', '〔', '〕', '[', ']', '〈', '〉', '《', '》', '「', '」', '＜', '＞', '<', '>', '【', '】'];

/// A line that opens with 【. One without 】 counts only in column 1 and where a known name follows.
pub(super) fn parse_heading(line: &str) -> Option<HeadingLine> {
    // Most lines are prose: they are told apart by their first character.
    if !line.trim_start_matches(is_lead).starts_with('【') {
        return None;
    }
    let (rest, (lead, inside, closed)) = heading(line).ok()?;
    // Without 】 the name ends at the first blank.
    let (name, rest) = match closed {
        Some(_) => (inside, rest),
        None => {
            let name = inside.split(is_lead).next().unwrap_or("");
            (name, line.get(lead.len() + '【'.len_utf8() + name.len()..)?)
        }
    };
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
        fault: closed.is_none().then_some("見出しの終わりの「】」がありません。"),
    })
}

/// A line that is nothing but a known name in other brackets or, in a head, without any.
pub(super) fn parse_heading_like(line: &str, in_head: bool) -> Option<HeadingLine> {
    let text = line.trim_matches(is_lead);
    // Names are short: longer lines are not looked at.
    if text.len() > 40 {
        return None;
    }
    let unmarked = text.trim_start_matches(['■', '●', '◆', '□', '◎', '◇']).trim_start_matches(is_lead);
    let name = unmarked.trim_matches(OTHER_BRACKETS);
    let is_bracketed = unmarked.starts_with(OTHER_BRACKETS) && unmarked.ends_with(OTHER_BRACKETS);
    let is_marked = unmarked.len() < text.len() && name.len() == unmarked.len();
    let is_bare = in_head && name.len() == text.len();
    if !is_bracketed && !is_marked && !is_bare {
        return None;
    }
    let kind = SectionKind::from_name(&without_blanks(name)).filter(|kind| !matches!(kind, SectionKind::Head(_)))?;
    Some(HeadingLine {
        name: Name::Known(kind),
        start: line.len() - line.trim_start_matches(is_lead).len(),
        rest: line.trim_end_matches(is_lead).len(),
        fault: Some("見出しのかっこが違います。"),
        exact: false,
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
        assert_eq!(name("【事業概要　研修を行う。"), Some(Name::Known(SectionKind::Overview)));
        assert_eq!(name("【本文"), None);
    }

    #[test]
    fn other_brackets_are_seen() {
        for line in ["［事業概要］", "〔事業 概要〕", "【事業概要]"] {
            assert!(parse_heading_like(line, false).is_some(), "{line}");
        }
        assert!(parse_heading_like("事業概要", true).is_some());
        assert!(parse_heading_like("事業概要", false).is_none());
        assert!(parse_heading_like("「青森」", false).is_none());
    }
}
