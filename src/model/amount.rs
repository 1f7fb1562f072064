//! 事業費: a whole amount in the report's unit, exact.
//!
//! ```text
//! amount = "—" | [sign] digits { "," 3digits } [blank] [unit]
//! sign   = "△" | "▲" | "-" and their kin
//! unit   = "円" | "千円" | "百万円"
//! ```

use nom::bytes::complete::{take_while, take_while1};
use nom::character::complete::satisfy;
use nom::combinator::{all_consuming, opt, rest};
use nom::{IResult, Parser};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::fmt;

use crate::natural_order::digit;
use crate::syntax::chars::{is_blank, is_comma, is_digit, is_no_value};

/// Amounts beyond this are a slip of the hand. The sum of 10,000 programs still is a whole number that every program which
/// reads our data holds exactly (2^53).
const LARGEST: i64 = 900_000_000_000;

/// 単位 of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    Yen,
    #[default]
    ThousandYen,
    MillionYen,
}

impl Unit {
    pub const ALL: &[Self] = &[Self::ThousandYen, Self::MillionYen, Self::Yen];

    pub fn name(self) -> &'static str {
        match self {
            Self::Yen => "円",
            Self::ThousandYen => "千円",
            Self::MillionYen => "百万円",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|unit| unit.name() == name)
    }

    /// The unit that a text names: 千円 of `単位：千円`.
    pub fn named_in(text: &str) -> Option<Self> {
        // 円 stands in the others too.
        [Self::MillionYen, Self::ThousandYen, Self::Yen].into_iter().find(|unit| text.contains(unit.name()))
    }

    /// Yen in one unit.
    pub fn yen(self) -> i64 {
        match self {
            Self::Yen => 1,
            Self::ThousandYen => 1_000,
            Self::MillionYen => 1_000_000,
        }
    }
}

/// An amount that was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// In the report's unit.
    Value(i64),
    /// —: the program has no amount of its own.
    NotApplicable,
}

impl Amount {
    /// What the amount adds to a sum.
    pub fn value(self) -> i64 {
        match self {
            Self::Value(value) => value,
            Self::NotApplicable => 0,
        }
    }
}

/// What is wrong with an amount, in Japanese by `Display`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountFault {
    Parted,
    NoNumber,
    Decimals,
    OtherUnit,
    Trailing,
    TooLarge,
    Commas,
}

impl fmt::Display for AmountFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Parted => "数字が空白で分かれています",
            Self::NoNumber => "数字ではありません",
            Self::Decimals => "小数は書けません",
            Self::OtherUnit => "単位が違います",
            Self::Trailing => "数字の後に余分な文字があります",
            Self::TooLarge => "けた数が多すぎます",
            Self::Commas => "「,」の位置が違います",
        })
    }
}

/// Why an amount cannot be taken, with the figure to write where it is exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountError {
    pub reason: AmountFault,
    pub exact: Option<i64>,
}

/// Reads the value of 事業費.
///
/// # Errors
/// Decimals, commas out of place, 億 and 万, another unit, and what is no number at all.
pub fn parse_amount(text: &str, unit: Unit) -> Result<Amount, AmountError> {
    if is_no_value(text) {
        return Ok(Amount::NotApplicable);
    }
    let parted = text.split(is_blank).filter(|part| part.ends_with(is_digit)).count();
    if parted > 1 {
        return Err(AmountError { reason: AmountFault::Parted, exact: None });
    }
    let narrow = narrow(text);
    let Ok((_, (sign, number, tail))) = all_consuming(plain).parse(&narrow) else {
        return Err(AmountError { reason: AmountFault::NoNumber, exact: exact_in_words(&narrow, unit) });
    };
    let tail = tail.trim_matches(is_blank);
    if number.contains('.') {
        return Err(AmountError { reason: AmountFault::Decimals, exact: exact_in_words(&narrow, unit) });
    }
    if !tail.is_empty() && tail != unit.name() {
        let reason = if Unit::from_name(tail).is_some() { AmountFault::OtherUnit } else { AmountFault::Trailing };
        return Err(AmountError { reason, exact: exact_in_words(&narrow, unit) });
    }
    let digits: String = number.chars().filter(|c| *c != ',').collect();
    let value = digits.parse::<i64>().ok().filter(|value| *value <= LARGEST);
    let Some(value) = value.map(|value| if sign.is_some() { -value } else { value }) else {
        return Err(AmountError { reason: AmountFault::TooLarge, exact: None });
    };
    if !has_right_commas(number) {
        // 1455,748 can be nothing else; of 1,00 nobody knows which digit is missing.
        let is_certain = number.split(',').skip(1).all(|group| group.len() == 3);
        return Err(AmountError { reason: AmountFault::Commas, exact: is_certain.then_some(value) });
    }
    Ok(Amount::Value(value))
}

/// `1,455,748`; negative ones with △ as in official papers.
pub fn format_amount(value: i64) -> String {
    format_figure(value.into())
}

/// The same of a number with decimals, which it keeps: `1,234.50`, `△0.5`.
pub fn format_figure(number: Decimal) -> String {
    let text = number.abs().to_string();
    let (digits, fraction) = text.find('.').map_or((text.as_str(), ""), |point| text.split_at(point));
    let mut figure = if number.is_sign_negative() && !number.is_zero() { "△".to_string() } else { String::new() };
    for (index, c) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            figure.push(',');
        }
        figure.push(c);
    }
    figure + fraction
}

fn plain(input: &str) -> IResult<&str, (Option<char>, &str, &str)> {
    (opt(satisfy(is_minus)), take_while1(|c: char| c.is_ascii_digit() || c == ',' || c == '.'), rest).parse(input)
}

fn is_minus(c: char) -> bool {
    matches!(c, '△' | '▲' | '-' | '－' | '−' | '‐')
}

/// Digits, comma and point at half width, without blanks.
fn narrow(text: &str) -> String {
    text.chars()
        .filter(|c| !is_blank(*c))
        .map(|c| match c {
            c if is_digit(c) => digit(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c),
            c if is_comma(c) => ',',
            '．' => '.',
            c => c,
        })
        .collect()
}

/// Whether the commas of a number, where it has any, part it into groups of three.
pub fn has_right_commas(number: &str) -> bool {
    let mut groups = number.split(',');
    let first = groups.next().unwrap_or("");
    let mut rest = groups.peekable();
    if rest.peek().is_none() {
        return true;
    }
    (1..=3).contains(&first.len()) && rest.all(|group| group.len() == 3)
}

/// `14億5,574万8千円` in the report's unit, where nothing would have to be rounded.
fn exact_in_words(text: &str, unit: Unit) -> Option<i64> {
    let (body, sign) = match text.chars().next() {
        Some(c) if is_minus(c) => (text.get(c.len_utf8()..)?, -Decimal::ONE),
        _ => (text, Decimal::ONE),
    };
    // 約 is dropped only for the help, as is what stands in brackets behind; 5,517千 is 千円.
    let body = body.strip_prefix('約').unwrap_or(body);
    let body = body.split(['（', '(']).next().unwrap_or("");
    let thousand = body.strip_suffix('千').map(|_| body);
    let body = body.strip_suffix('円').or(thousand).or_else(|| (body.len() < text.len()).then_some(body))?;
    if body.bytes().all(|b| b.is_ascii_digit() || b == b',') && !text.contains('円') {
        return has_right_commas(body).then(|| body.replace(',', "").parse().ok()).flatten();
    }
    let (_, terms) = all_consuming(nom::multi::many1(term)).parse(body).ok()?;
    // 1億2千 may be 1億2千万円.
    if !text.contains('円') && terms.len() > 1 {
        return None;
    }
    let yen = added_up(&terms)?;
    let value = yen.checked_mul(sign)?.checked_div(unit.yen().into())?.normalize();
    value.is_integer().then(|| value.to_i64()).flatten().filter(|value| value.abs() <= LARGEST)
}

/// 2千3百万 is 2,300万: 百 and 千 count up to the next 万, 億 or 兆.
fn added_up(terms: &[(&str, &str)]) -> Option<Decimal> {
    let (mut total, mut section) = (Decimal::ZERO, Decimal::ZERO);
    let (mut last_large, mut has_small) = (None, false);
    for (number, factors) in terms {
        let number: String = number.chars().filter(|c| *c != ',').collect();
        let mut factors = factors.chars().peekable();
        let mut value = number.parse::<Decimal>().ok()?;
        if let Some(small) = factors.next_if(|c| matches!(c, '百' | '千')) {
            value = value.checked_mul(factor_of(small)?)?;
            has_small = true;
        }
        section = section.checked_add(value)?;
        if let Some(large) = factors.next() {
            // 3千百万 says nothing in front of 百.
            total =
                total.checked_add(section.checked_mul(factor_of(large).filter(|_| !matches!(large, '百' | '千'))?)?)?;
            section = Decimal::ZERO;
            (last_large, has_small) = (Some(large), false);
        }
        if factors.next().is_some() {
            return None;
        }
    }
    // 1億2千円 may be 1億2千万円.
    let is_unclear = has_small && matches!(last_large, Some('億' | '兆'));
    if is_unclear { None } else { total.checked_add(section) }
}

fn term(input: &str) -> IResult<&str, (&str, &str)> {
    (take_while1(|c: char| c.is_ascii_digit() || c == ',' || c == '.'), take_while(|c: char| factor_of(c).is_some()))
        .parse(input)
}

fn factor_of(c: char) -> Option<Decimal> {
    Some(Decimal::from(match c {
        '百' => 100_i64,
        '千' => 1_000,
        '万' => 10_000,
        '億' => 100_000_000,
        '兆' => 1_000_000_000_000,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Amount, (AmountFault, Option<i64>)> {
        parse_amount(text, Unit::ThousandYen).map_err(|error| (error.reason, error.exact))
    }

    #[test]
    fn what_can_be_read() {
        for (text, value) in [
            ("3,344千円", 3344),
            ("3254", 3254),
            ("３，２５４　千円", 3254),
            ("0", 0),
            ("△1,234", -1234),
            ("▲1,234千円", -1234),
            ("-5", -5),
        ] {
            assert_eq!(read(text), Ok(Amount::Value(value)), "{text}");
        }
        assert_eq!(read("—"), Ok(Amount::NotApplicable));
        assert_eq!(read("900,000,000,000"), Ok(Amount::Value(LARGEST)));
        assert_eq!(read("900,000,000,001"), Err((AmountFault::TooLarge, None)));
        const { assert!(LARGEST * 10_000 <= 1 << 53) };
    }

    #[test]
    fn what_cannot_names_the_figure_where_it_is_exact() {
        assert_eq!(read("14億5,574万8千円"), Err((AmountFault::Trailing, Some(1_455_748))));
        assert_eq!(read("3,254,000円"), Err((AmountFault::OtherUnit, Some(3254))));
        assert_eq!(read("3,254,500円"), Err((AmountFault::OtherUnit, None)));
        assert_eq!(read("12百万円"), Err((AmountFault::OtherUnit, Some(12_000))));
        assert_eq!(read("12.5百万円"), Err((AmountFault::Decimals, Some(12_500))));
        assert_eq!(read("12.5"), Err((AmountFault::Decimals, None)));
        assert_eq!(read("32,54"), Err((AmountFault::Commas, None)));
        assert_eq!(read("1455,748"), Err((AmountFault::Commas, Some(1_455_748))));
        assert_eq!(read("3,254 3,544"), Err((AmountFault::Parted, None)));
        assert_eq!(read("8,18l"), Err((AmountFault::Trailing, None)));
        assert_eq!(read("12,345千円（うち国庫 6,172千円）").map_err(|e| e.1), Err(Some(12_345)));
        assert_eq!(read("約1,368万円").map_err(|e| e.1), Err(Some(13_680)));
        assert_eq!(read("5,517千").map_err(|e| e.1), Err(Some(5_517)));
        assert_eq!(read("2千3百万円").map_err(|e| e.1), Err(Some(23_000)));
        assert_eq!(read("10億5千3百万円").map_err(|e| e.1), Err(Some(1_053_000)));
        assert_eq!(read("1千2百万5千円").map_err(|e| e.1), Err(Some(12_005)));
        for unclear in ["1億2千", "1億2千円", "3千百万円"] {
            assert_eq!(read(unclear).map_err(|e| e.1), Err(None), "{unclear}");
        }
        assert_eq!(read("未定"), Err((AmountFault::NoNumber, None)));
        assert_eq!(read("99999999999999999999"), Err((AmountFault::TooLarge, None)));
        assert_eq!(read(""), Err((AmountFault::NoNumber, None)));
    }

    #[test]
    fn amounts_are_printed_with_commas() {
        assert_eq!(format_amount(845_745), "845,745");
        assert_eq!(format_amount(-1_234), "△1,234");
        assert_eq!(format_amount(i64::MIN), "△9,223,372,036,854,775,808");
        assert_eq!(format_amount(999), "999");
    }
}
