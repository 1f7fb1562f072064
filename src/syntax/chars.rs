//! Structure characters in every width that the input method produces.

use nom::branch::alt;
use nom::bytes::complete::take_while_m_n;
use nom::character::complete::{one_of, satisfy};
use nom::combinator::map_opt;
use nom::sequence::delimited;
use nom::{IResult, Parser};

use unicode_normalization::UnicodeNormalization;

use crate::natural_order::digit;

/// A blank of any width. U+FEFF and U+200B count as blanks too: they come with pasted text and cannot be seen.
pub fn is_blank(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{200B}') || (c.is_whitespace() && !is_soft_break(c) && c != '\n' && c != '\r')
}

/// A character that takes no place: it is neither missed by an officer nor printed.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// Variation selectors say which form of the character before them is meant: they are printed with it.
pub fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// What Word and Excel leave for a new line inside a paragraph.
pub fn is_soft_break(c: char) -> bool {
    matches!(c, '\u{B}' | '\u{2028}')
}

/// What stands around a text and is none of it.
pub fn is_edge(c: char) -> bool {
    is_blank(c) || is_soft_break(c)
}

/// ｜ and its kin; Tab is decided by the line.
pub fn is_bar(c: char) -> bool {
    matches!(c, '｜' | '|' | '│')
}

/// What may stand between two cells.
pub fn is_cell_separator(c: char) -> bool {
    is_bar(c) || c == '\t'
}

pub fn is_colon(c: char) -> bool {
    matches!(c, '：' | ':')
}

pub fn is_plus(c: char) -> bool {
    matches!(c, '＋' | '+')
}

pub fn is_bullet(c: char) -> bool {
    matches!(c, '・' | '･' | '•' | '‧')
}

pub fn is_circle(c: char) -> bool {
    matches!(c, '○' | '〇' | '◯')
}

pub fn is_comma(c: char) -> bool {
    matches!(c, '，' | ',')
}

pub fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// A cell of one or two of these says that there is no value.
pub fn is_no_value(text: &str) -> bool {
    let mut count = 0;
    let all = text.chars().all(|c| {
        count += 1;
        matches!(c, '—' | '―' | '–' | '-' | '－' | '−' | '‐' | '─' | '━' | 'ー' | 'ｰ')
    });
    all && (count == 1 || count == 2)
}

/// A mark that says: as above. `↑` is one in a list; in a table of indicators it is this language's own.
pub fn is_ditto(text: &str) -> bool {
    let marks = ["〃", "々", "\"", "”", "“", "＂", "″", "同上", "上に同じ", "上と同じ", "↑"];
    marks.contains(&text.trim_end_matches('。'))
}

/// `item = "(" digit [digit] ")" | "⑴" … "⑽"…`, 1 to 99, in every width.
pub fn parse_item_number(input: &str) -> IResult<&str, u8> {
    alt((
        map_opt(delimited(one_of("(（"), take_while_m_n(1, 2, is_digit), one_of(")）")), |digits: &str| {
            let value = digits.chars().filter_map(digit).fold(0, |value, digit| value * 10 + digit);
            u8::try_from(value).ok().filter(|value| *value > 0)
        }),
        map_opt(satisfy(|c| ('⑴'..='⒇').contains(&c)), |c| u8::try_from(c as u32 - '⑴' as u32 + 1).ok()),
    ))
    .parse(input)
}

/// A text without the blanks inside it, as headings and field names are compared.
pub fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).collect()
}

/// A name as names are compared: widths and blanks aside. Never for a text that is shown.
pub fn unified(name: &str) -> String {
    name.nfkc().filter(|c| !c.is_whitespace() && !is_blank(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn item_numbers_in_every_width() {
        for (text, number) in
            [("(1)あ", 1), ("（１）あ", 1), ("（1)あ", 1), ("⑴あ", 1), ("⒇あ", 20), ("（９９）あ", 99)]
        {
            assert_eq!(parse_item_number(text), Ok(("あ", number)), "{text}");
        }
        for text in ["（100）", "(0)", "（ア）", "（ ）", "1)"] {
            assert!(parse_item_number(text).is_err(), "{text}");
        }
    }

    #[test]
    fn no_value_is_one_or_two_dashes() {
        assert!(is_no_value("—") && is_no_value("ーー") && is_no_value("-"));
        assert!(!is_no_value("———") && !is_no_value("") && !is_no_value("-1"));
    }
}
