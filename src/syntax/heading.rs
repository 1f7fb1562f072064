//! Headings.
//!
//! ```text
//! heading = lead "【" name [ "】" ] rest           without 】 in column 1 alone, and where a known name follows, of a form with a title
//! like    = lead [ mark lead ] [ bracket ] name [ bracket ] lead      nothing else in the line
//! name    = { any character but 【 】 }            blanks inside do not matter
//! bracket = any of OTHER_BRACKETS
//! mark    = "■" | "●" | "◆" | "□" | "◎" | "◇"
//! lead    = { blank | soft break }
//! ```

use nom::bytes::complete::{take_till, take_while};
use nom::character::complete::char;
use nom::combinator::{all_consuming, opt, rest};
use nom::sequence::preceded;
use nom::{IResult, Offset, Parser};

use super::chars::{is_edge, without_blanks};
use super::sections::{FileKind, SectionKind};
use super::vocabulary::Vocabulary;

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
pub(super) fn parse_heading(line: &str, vocabulary: &Vocabulary, file: Option<FileKind>) -> Option<HeadingLine> {
    let (_, (lead, inside, closing, rest)) = heading(line).ok()?;
    // Without 】 the name ends at the first blank.
    let name = if closing.is_some() { inside } else { inside.split(is_edge).next().unwrap_or("") };
    let compact = without_blanks(name);
    let titled = || vocabulary.section_with_title(name).filter(|_| closing.is_none());
    let whole = vocabulary.section(&compact, file).map(|kind| (kind, name.len()));
    let (known, length) = whole.or_else(titled).map_or((None, name.len()), |(kind, length)| (Some(kind), length));
    if closing.is_none() && (known.is_none() || !lead.is_empty()) {
        return None;
    }
    let end = line.offset(name) + length;
    Some(HeadingLine {
        exact: compact == name,
        name: known.map_or(Name::Unknown(compact), Name::Known),
        start: lead.len(),
        rest: if closing.is_some() { line.offset(rest) } else { end },
        fault: closing.is_none().then_some("見出しの終わりの「】」がありません。"),
    })
}

/// A line that is nothing but a known name in other brackets or, in a head, without any.
pub(super) fn parse_heading_like(
    line: &str,
    in_head: bool,
    vocabulary: &Vocabulary,
    file: Option<FileKind>,
) -> Option<HeadingLine> {
    // Names are short: longer lines are not looked at.
    let text = line.trim_matches(is_edge);
    if text.len() > 40 {
        return None;
    }
    let (_, (mark, opening, name, closing)) = like(text).ok()?;
    let is_bracketed = !opening.is_empty() && !closing.is_empty();
    let is_bare = opening.is_empty() && closing.is_empty();
    if !is_bracketed && !(is_bare && (in_head || !mark.is_empty())) {
        return None;
    }
    let kind = vocabulary.section(&without_blanks(name), file);
    let kind = kind.filter(|kind| !matches!(kind, SectionKind::Head(_)))?;
    Some(HeadingLine {
        name: Name::Known(kind),
        start: line.offset(text),
        rest: line.offset(text) + text.len(),
        fault: Some("見出しのかっこが違います。"),
        exact: false,
    })
}

fn heading(line: &str) -> IResult<&str, (&str, &str, Option<char>, &str)> {
    let name = preceded(char('【'), take_till(|c| c == '】' || c == '【'));
    (take_while(is_edge), name, opt(char('】')), rest).parse(line)
}

fn like(text: &str) -> IResult<&str, (&str, &str, &str, &str)> {
    let is_mark = |c| matches!(c, '■' | '●' | '◆' | '□' | '◎' | '◇');
    let is_bracket = |c: char| OTHER_BRACKETS.contains(&c);
    let marks = (take_while(is_mark), take_while(is_edge));
    let parts = (marks, take_while(is_bracket), take_till(is_bracket), take_while(is_bracket));
    let (rest, ((mark, _), opening, name, closing)) = all_consuming(parts).parse(text)?;
    Ok((rest, (mark, opening, name, closing)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(line: &str) -> Option<Name> {
        parse_heading(line, &Vocabulary::standard(), None).map(|heading| heading.name)
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
        let vocabulary = Vocabulary::standard();
        let like = |line: &str, in_head| parse_heading_like(line, in_head, &vocabulary, None);
        for line in ["［事業概要］", "〔事業 概要〕", "【事業概要]"] {
            assert!(like(line, false).is_some(), "{line}");
        }
        assert!(like("事業概要", true).is_some());
        assert!(like("事業概要", false).is_none());
        assert!(like("「青森」", false).is_none());
    }
}
