//! What a cell says in numbers, beside its text.
//!
//! ```text
//! quantities = quantity { ( "・" | "、" | blank ) quantity }
//! quantity   = [ "延べ" | "延" | "約" | "各" | "計" ] [sign] digits [ "." digits ] [unit]
//! ```
//! A line that is anything else — a sentence, a date, a note in brackets — has no quantities.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::satisfy;
use nom::combinator::{all_consuming, map_opt, opt};
use nom::multi::separated_list1;
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};
use rust_decimal::Decimal;

use crate::natural_order::digit;
use crate::syntax::chars::{is_blank, is_comma, is_digit};

/// One number with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// 延べ, 延, 約, 各 or 計
    pub prefix: Option<&'static str>,
    pub number: Decimal,
    /// As typed; empty for none
    pub unit: String,
}

const PREFIXES: &[&str] = &["延べ", "延", "約", "各", "計"];
/// A longer "unit" is a sentence.
const LONGEST_UNIT: usize = 8;

/// The quantities of one line of a cell; none where the line is anything else.
pub fn parse_quantities(line: &str) -> Vec<Quantity> {
    let parsed =
        all_consuming(delimited(take_while(is_blank), separated_list1(separator, quantity), take_while(is_blank)))
            .parse(line);
    parsed.map(|(_, quantities)| quantities).unwrap_or_default()
}

fn separator(input: &str) -> IResult<&str, &str> {
    nom::combinator::recognize((take_while(is_blank), opt(satisfy(|c| "・、".contains(c))), take_while(is_blank)))
        .parse(input)
}

fn quantity(input: &str) -> IResult<&str, Quantity> {
    let sign = opt(satisfy(|c| matches!(c, '△' | '▲' | '-' | '−' | '－')));
    let (rest, (prefix, _, sign, number, unit)) =
        (opt(prefix), take_while(is_blank), sign, number, preceded(take_while(is_blank), unit)).parse(input)?;
    let number = if sign.is_some() && !number.is_zero() { -number } else { number };
    // 1万人 is ten thousand 人; 千円 and 百万円 are units of their own.
    let (unit, factor) = match unit.chars().next() {
        Some('万') => (unit.trim_start_matches('万'), Decimal::from(10_000)),
        Some('億') => (unit.trim_start_matches('億'), Decimal::from(100_000_000)),
        _ => (unit, Decimal::ONE),
    };
    let number = number.checked_mul(factor).unwrap_or(number);
    Ok((rest, Quantity { prefix, number, unit: unit.to_string() }))
}

fn prefix(input: &str) -> IResult<&str, &'static str> {
    PREFIXES
        .iter()
        .find(|prefix| input.starts_with(**prefix))
        .map_or_else(|| tag("延").map(|_| "延").parse(input), |prefix| tag(*prefix).map(|_| *prefix).parse(input))
}

fn number(input: &str) -> IResult<&str, Decimal> {
    map_opt(
        nom::combinator::recognize((
            take_while1(|c| is_digit(c) || is_comma(c)),
            opt((alt((tag("."), tag("．"))), take_while1(is_digit))),
        )),
        parse_number,
    )
    .parse(input)
}

/// A number of digits in any width, with commas where they belong; nothing for anything else.
pub fn parse_number(text: &str) -> Option<Decimal> {
    let mut narrow = String::with_capacity(text.len());
    let mut since_comma = None;
    for c in text.chars() {
        match c {
            c if is_comma(c) => {
                if narrow.is_empty() || since_comma.is_some_and(|count| count != 3) {
                    return None;
                }
                since_comma = Some(0);
            }
            '.' | '．' => narrow.push('.'),
            c => {
                narrow.push(char::from_digit(digit(c)?, 10)?);
                since_comma = since_comma.map(|count| count + 1);
            }
        }
    }
    // With a fraction the last group has been counted on; commas and a fraction together are rare enough.
    if !narrow.contains('.') && since_comma.is_some_and(|count| count != 3) {
        return None;
    }
    narrow.parse().ok()
}

fn unit(input: &str) -> IResult<&str, &str> {
    let end = input
        .char_indices()
        .find(|(_, c)| is_digit(*c) || is_blank(*c) || "・、／/。（）()「」".contains(*c))
        .map_or(input.len(), |(offset, _)| offset);
    let unit = input.get(..end).unwrap_or("");
    let is_word =
        unit.chars().count() <= LONGEST_UNIT && !unit.contains(['の', 'は', 'が', 'を', 'に', 'で', 'と', 'も']);
    // 1½日, 10³人: the figure goes on in a sign of its own.
    let is_figure = unit.starts_with(char::is_numeric);
    // Dates are text, and so is a second number that only a prefix parts from the first (4日間延べ131名).
    let is_date = matches!(unit, "年" | "月" | "時" | "." | "．") || unit.starts_with("年度") || unit.starts_with("月");
    // 100名以上, 30名程度: no exact number.
    let is_vague = unit.trim_start_matches(['万', '億', '千', '百']).starts_with('数')
        || (unit.starts_with('万') && unit.contains(['千', '百', '十']) && !unit.ends_with('円'))
        || ["以上", "以下", "未満", "程度", "前後", "超", "余", "強", "弱"].iter().any(|end| unit.ends_with(end));
    let holds_prefix =
        end < input.len() && input.get(end..).is_some_and(|rest| rest.starts_with(is_digit)) && !unit.is_empty();
    if is_word && !is_figure && !is_date && !is_vague && !holds_prefix {
        take_unit(input, end)
    } else {
        Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)))
    }
}

fn take_unit(input: &str, end: usize) -> IResult<&str, &str> {
    nom::bytes::complete::take(input.get(..end).map_or(0, |unit| unit.chars().count())).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        parse_quantities(text)
            .iter()
            .map(|q| format!("{}[{}]{}", q.prefix.unwrap_or(""), q.number, q.unit))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn quantities_of_real_cells() {
        for (text, expected) in [
            ("58名", "[58]名"),
            ("1,087名", "[1087]名"),
            ("延べ186名", "延べ[186]名"),
            ("延68社", "延[68]社"),
            ("約100名", "約[100]名"),
            ("各25本", "各[25]本"),
            ("19名・4名", "[19]名 [4]名"),
            ("47事業者 230名", "[47]事業者 [230]名"),
            ("63%", "[63]%"),
            ("2.30％", "[2.30]％"),
            ("３　回", "[3]回"),
            ("2,209", "[2209]"),
            ("△5件", "[-5]件"),
            ("0件", "[0]件"),
            ("1万人", "[10000]人"),
            ("5,000千円", "[5000]千円"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn sentences_and_dates_have_none() {
        for text in [
            "中止",
            "—",
            "R2年3月",
            "3月",
            "2年度",
            "4日間延べ131名",
            "開催中止となったため実績なし",
            "3校が参加",
            "1,08名",
            "",
            "1½日",
            "10³人",
            "138名（2日間）",
            "3/4",
            "100名以上",
            "2年度実績",
            "約1万数千人",
            "約30数名",
            "1万二千人",
        ] {
            assert_eq!(read(text), "", "{text}");
        }
    }
}
