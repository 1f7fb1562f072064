//! Fiscal years and eras.
//!
//! A fiscal year begins on 1 April and has the era of its last day: 2019 is 令和元年度, short R元.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::satisfy;
use nom::combinator::{all_consuming, map_opt, opt, value};
use nom::{IResult, Parser};

use crate::natural_order::digit;
use crate::syntax::chars::{is_blank, is_digit, without_blanks};

/// An era: its name, its letter and its first day. A new one is one more line of `ERAS`.
pub struct Era {
    name: &'static str,
    letter: char,
    first_day: Day,
}

/// Year, month and day, from 1
type Day = (i32, u32, u32);

const ERAS: &[Era] = &[
    Era { name: "令和", letter: 'R', first_day: (2019, 5, 1) },
    Era { name: "平成", letter: 'H', first_day: (1989, 1, 8) },
    Era { name: "昭和", letter: 'S', first_day: (1926, 12, 25) },
    Era { name: "大正", letter: 'T', first_day: (1912, 7, 30) },
    Era { name: "明治", letter: 'M', first_day: (1868, 10, 23) },
];

impl Era {
    /// The era of a day; `None` before 明治.
    pub fn of_day(day: Day) -> Option<&'static Self> {
        ERAS.iter().find(|era| era.first_day <= day)
    }

    /// 令和
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// R
    pub fn letter(&self) -> char {
        self.letter
    }

    /// The number of a western year in it: 2 of 2020
    pub fn number_of(&self, year: i32) -> i32 {
        year - self.first_day.0 + 1
    }

    /// The western year of its year of that number, whether or not it lasted so long.
    pub(super) fn year(&self, number: i32) -> i32 {
        self.first_day.0 + number - 1
    }

    /// The eras that a report may speak of as its own or the last ones
    pub fn recent() -> &'static [Self] {
        ERAS.get(..3).unwrap_or(ERAS)
    }

    /// 令, to which a name is cut
    pub(super) fn initial(&self) -> Option<char> {
        self.name.chars().next()
    }

    pub(super) fn is_newest(&self) -> bool {
        ERAS.first().is_some_and(|newest| newest.letter == self.letter)
    }
}

/// How many years ahead a plan's year may lie that names no era.
const FURTHEST_PLAN: i32 = 10;

/// A fiscal year, by the western year in which it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalYear(i32);

impl FiscalYear {
    pub fn new(year: i32) -> Self {
        Self(year)
    }

    pub fn year(self) -> i32 {
        self.0
    }

    pub fn previous(self) -> Self {
        Self(self.0 - 1)
    }

    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// Whether it is this year, the one before or the next one.
    pub fn is_at_hand(self, current: Self) -> bool {
        (current.previous()..=current.next()).contains(&self)
    }

    /// The era of the last day, and the year's number in it.
    fn era(self) -> Option<(&'static Era, i32)> {
        let last_day = (self.0 + 1, 3, 31);
        ERAS.iter()
            .filter(|era| era.first_day <= last_day)
            .map(|era| (era, era.number_of(self.0)))
            // An era that began in the last quarter has no fiscal year of that number: 1988 is 昭和63年度.
            .find(|(_, number)| *number >= 1)
    }

    /// 令和2年度
    pub fn label(self) -> String {
        self.era().map_or_else(|| format!("{}年度", self.0), |(era, n)| format!("{}{}年度", era.name, number(n)))
    }

    /// R2
    pub fn short(self) -> String {
        self.era().map_or_else(|| self.0.to_string(), |(era, n)| format!("{}{}", era.letter, number(n)))
    }

    /// 2年度, the head of a column
    pub fn column(self) -> String {
        self.era().map_or_else(|| format!("{}年度", self.0), |(_, n)| format!("{}年度", number(n)))
    }

    /// Number in the era, for labels that name no era.
    fn era_number(self) -> Option<i32> {
        self.era().map(|(_, n)| n)
    }
}

fn number(n: i32) -> String {
    if n == 1 { "元".to_string() } else { n.to_string() }
}

/// 令和3, of a day; the western year before all eras.
pub(super) fn label_of_year(day: (i32, u32, u32)) -> String {
    let era = Era::of_day(day);
    era.map_or_else(|| day.0.to_string(), |era| format!("{}{}", era.name, number(era.number_of(day.0))))
}

/// A year as the head of a column or a title names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearLabel {
    /// 令和2年度, R2, 2020年度
    Fiscal(FiscalYear),
    /// 2年度: the era is left out
    Number(i32),
    /// 前年度
    Previous,
    /// 当年度
    Current,
}

impl YearLabel {
    /// The fiscal year that is meant in a report of `current`.
    pub fn resolve(self, current: FiscalYear) -> FiscalYear {
        match self {
            Self::Fiscal(year) => year,
            Self::Previous => current.previous(),
            Self::Current => current,
            // The era is the one that puts the label nearest: in a report of 令和6年度, 30年度 was and 7年度 is to come. Further
            // ahead than a plan reaches it is the year before that is meant.
            Self::Number(n) => (0..40)
                .flat_map(|away| [-away, if away <= FURTHEST_PLAN { away } else { -away }])
                .map(|away| FiscalYear(current.0 + away))
                .find(|year| year.era_number() == Some(n))
                .unwrap_or(FiscalYear(current.0 - current.era_number().unwrap_or(0) + n)),
        }
    }
}

/// A whole text that is a year label.
pub fn parse_year_label(text: &str) -> Option<YearLabel> {
    let text = without_blanks(text);
    all_consuming(year_label).parse(&text).ok().map(|(_, label)| label)
}

/// The year that a label begins with: 元年度実績, R2目標. A label with further digits is no such label.
pub fn leading_year(text: &str) -> Option<YearLabel> {
    split_year(text).map(|(year, _)| year)
}

/// The year that a label begins with, and what stands behind it.
pub fn split_year(text: &str) -> Option<(YearLabel, String)> {
    let text = without_blanks(text);
    let (rest, year) = year_label(&text).ok()?;
    (!rest.contains(is_digit)).then(|| (year, rest.to_string()))
}

/// The value of 年度: 令和2年度, R2, 2020年度.
pub(super) fn parse_fiscal_year(text: &str) -> Option<FiscalYear> {
    match parse_year_label(text)? {
        YearLabel::Fiscal(year) => Some(year),
        YearLabel::Number(_) | YearLabel::Previous | YearLabel::Current => None,
    }
}

pub(super) fn year_label(input: &str) -> IResult<&str, YearLabel> {
    let suffix = |input| opt(tag("年度")).parse(input);
    alt((
        value(YearLabel::Previous, alt((tag("前年度"), tag("昨年度")))),
        value(YearLabel::Current, alt((tag("当年度"), tag("今年度"), tag("本年度")))),
        (era_year, suffix).map(|(year, _)| YearLabel::Fiscal(FiscalYear(year))),
        (western_year, tag("年度")).map(|(year, _)| YearLabel::Fiscal(FiscalYear(year))),
        (era_number, tag("年度")).map(|(n, _)| YearLabel::Number(n)),
    ))
    .parse(input)
}

/// 令和2, R2, Ｒ元, 令和六: the western year.
pub(super) fn era_year(input: &str) -> IResult<&str, i32> {
    map_opt(year_of_era, |(era, n)| {
        let year = era.year(n);
        // 平成31年度 is 2019: an era runs into the year in which the next one begins, and no further.
        let last = ERAS.iter().map(|other| other.first_day.0).filter(|first| *first > era.first_day.0).min();
        (n >= 1 && last.is_none_or(|last| year <= last)).then_some(year)
    })
    .parse(input)
}

pub(super) fn era(input: &str) -> IResult<&str, &'static Era> {
    if let Some(era) = ERAS.iter().find(|era| input.starts_with(era.name)) {
        return tag(era.name).map(|_| era).parse(input);
    }
    map_opt(satisfy(|_| true), |c| {
        let narrow = if ('Ａ'..='Ｚ').contains(&c) { char::from_u32(c as u32 - 0xFEE0)? } else { c };
        ERAS.iter().find(|era| era.letter == narrow)
    })
    .parse(input)
}

/// An era and the number of a year in it, whether or not it lasted so long. Behind a name the number may be of kanji.
pub(super) fn year_of_era(input: &str) -> IResult<&str, (&'static Era, i32)> {
    let (rest, era) = era(input)?;
    let rest = rest.trim_start_matches(is_blank);
    let (rest, number) = match input.starts_with(era.name) {
        true => alt((era_number, kanji_number)).parse(rest)?,
        false => era_number(rest)?,
    };
    Ok((rest, (era, number)))
}

pub(super) fn era_number(input: &str) -> IResult<&str, i32> {
    alt((value(1, tag("元")), digits(1, 2))).parse(input)
}

pub(super) const KANJI_DIGITS: &str = "〇一二三四五六七八九";

/// Whether a number of a year may hold it: 六, 十二, 三〇.
pub(super) fn is_kanji_number(c: char) -> bool {
    c == '十' || KANJI_DIGITS.contains(c)
}

/// 六, 十二, 三十, 三〇: up to 99.
pub(super) fn kanji_number(input: &str) -> IResult<&str, i32> {
    let digit = |c: char| KANJI_DIGITS.chars().position(|other| other == c).and_then(|n| i32::try_from(n).ok());
    map_opt(take_while_m_n(1, 3, is_kanji_number), |text: &str| match text.split_once('十') {
        Some((tens, ones)) => {
            let one = |text: &str, none| match text.chars().collect::<Vec<_>>().as_slice() {
                [] => Some(none),
                [c] => digit(*c),
                _ => None,
            };
            Some(one(tens, 1)? * 10 + one(ones, 0)?)
        }
        None => text.chars().try_fold(0, |sum, c| Some(sum * 10 + digit(c)?)).filter(|number| *number < 100),
    })
    .parse(input)
}

pub(super) fn western_year(input: &str) -> IResult<&str, i32> {
    map_opt(digits(4, 4), |year| (1868..=9998).contains(&year).then_some(year)).parse(input)
}

pub(super) fn digits<'a>(
    least: usize,
    most: usize,
) -> impl Parser<&'a str, Output = i32, Error = nom::error::Error<&'a str>> {
    map_opt(take_while_m_n(least, most, is_digit), |text: &str| {
        let mut number = 0_i32;
        for c in text.chars() {
            number = number * 10 + i32::try_from(digit(c)?).ok()?;
        }
        Some(number)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fiscal_year_has_the_era_of_its_last_day() {
        let label = |year| (FiscalYear(year).label(), FiscalYear(year).short(), FiscalYear(year).column());
        assert_eq!(label(2020), ("令和2年度".into(), "R2".into(), "2年度".into()));
        assert_eq!(label(2019), ("令和元年度".into(), "R元".into(), "元年度".into()));
        assert_eq!(label(2018), ("平成30年度".into(), "H30".into(), "30年度".into()));
        assert_eq!(label(1988).0, "昭和63年度");
        assert_eq!(label(1989).0, "平成元年度");
        assert_eq!(label(1800).0, "1800年度");
    }

    #[test]
    fn years_in_every_form() {
        for text in ["令和2年度", "R2", "Ｒ２年度", "2020年度", "令和 2 年度", "２０２０年度"] {
            assert_eq!(parse_fiscal_year(text), Some(FiscalYear(2020)), "{text}");
        }
        assert_eq!(parse_fiscal_year("平成31年度"), Some(FiscalYear(2019)));
        assert_eq!(parse_fiscal_year("2年度"), None);
        for wrong in ["令和0年度", "平成99年度", "0000年度"] {
            assert_eq!(parse_fiscal_year(wrong), None, "{wrong}");
        }
        assert_eq!(parse_year_label("元年度"), Some(YearLabel::Number(1)));
        assert_eq!(parse_year_label("R2目標"), None);
        assert_eq!(YearLabel::Number(30).resolve(FiscalYear(2019)), FiscalYear(2018));
        assert_eq!(YearLabel::Number(1).resolve(FiscalYear(2020)), FiscalYear(2019));
        for (n, current, meant) in
            [(3, 2020, 2021), (7, 2024, 2025), (16, 2024, 2034), (17, 2024, 2005), (20, 2024, 2008), (31, 2018, 2019)]
        {
            assert_eq!(YearLabel::Number(n).resolve(FiscalYear(current)), FiscalYear(meant), "{n}年度 in {current}");
        }
    }

    #[test]
    fn numbers_of_kanji_stand_behind_the_name_of_an_era() {
        for (text, year) in [
            ("令和六年度", Some(2024)),
            ("令和十二年度", Some(2030)),
            ("平成三十年度", Some(2018)),
            ("平成三〇年度", Some(2018)),
            ("R六年度", None),
            ("六年度", None),
            ("令和十一二年度", None),
            ("令和〇年度", None),
        ] {
            assert_eq!(parse_fiscal_year(text), year.map(FiscalYear), "{text}");
        }
    }
}
