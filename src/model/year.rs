//! Fiscal years, eras and dates.
//!
//! A fiscal year begins on 1 April and has the era of its last day: 2019 is 令和元年度, short R元.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::{one_of, satisfy};
use nom::combinator::{all_consuming, map_opt, opt, value};
use nom::{IResult, Parser};

use crate::natural_order::digit;
use crate::syntax::chars::{is_blank, is_digit, without_blanks};

/// An era: its name, its letter and its first day. A new one is one more line here.
struct Era {
    name: &'static str,
    letter: char,
    first_day: (i32, u32, u32),
}

const ERAS: &[Era] = &[
    Era { name: "令和", letter: 'R', first_day: (2019, 5, 1) },
    Era { name: "平成", letter: 'H', first_day: (1989, 1, 8) },
    Era { name: "昭和", letter: 'S', first_day: (1926, 12, 25) },
    Era { name: "大正", letter: 'T', first_day: (1912, 7, 30) },
    Era { name: "明治", letter: 'M', first_day: (1868, 10, 23) },
];

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

    /// The era of the last day, and the year's number in it.
    fn era(self) -> Option<(&'static Era, i32)> {
        let last_day = (self.0 + 1, 3, 31);
        ERAS.iter()
            .filter(|era| era.first_day <= last_day)
            .map(|era| (era, self.0 - era.first_day.0 + 1))
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
            // The era is the one that puts the label nearest before the report's year.
            Self::Number(n) => (0..40)
                .map(|back| FiscalYear(current.0 - back))
                .find(|year| year.era_number() == Some(n))
                .unwrap_or(FiscalYear(current.0 - current.era_number().unwrap_or(0) + n)),
        }
    }
}

/// A whole text that is a year label.
pub(super) fn parse_year_label(text: &str) -> Option<YearLabel> {
    let text = without_blanks(text);
    all_consuming(year_label).parse(&text).ok().map(|(_, label)| label)
}

/// The year that a label begins with: 元年度実績, R2目標. A label with further digits is no such label.
pub(super) fn leading_year(text: &str) -> Option<YearLabel> {
    let text = without_blanks(text);
    let (rest, year) = year_label(&text).ok()?;
    (!rest.contains(is_digit)).then_some(year)
}

/// The value of 年度: 令和2年度, R2, 2020年度.
pub(super) fn parse_fiscal_year(text: &str) -> Option<FiscalYear> {
    match parse_year_label(text)? {
        YearLabel::Fiscal(year) => Some(year),
        YearLabel::Number(_) | YearLabel::Previous | YearLabel::Current => None,
    }
}

/// The first …年度 inside a text that names its era or western year, with its byte range.
pub fn find_fiscal_year(text: &str) -> Option<(FiscalYear, std::ops::Range<usize>)> {
    text.char_indices().find_map(|(start, _)| {
        let rest = text.get(start..)?;
        let (after, year) = alt((era_year, western_year)).parse(rest).ok()?;
        let after = after.strip_prefix("年度")?;
        Some((FiscalYear(year), start..text.len() - after.len()))
    })
}

/// A year inside a text that names its era or western year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearInText {
    /// Western year; of a fiscal year the one in which it begins
    pub year: i32,
    /// As typed: 2 of 令和2年
    pub number: i32,
    pub is_western: bool,
    pub is_newest_era: bool,
    /// …年度
    pub is_fiscal: bool,
    pub range: std::ops::Range<usize>,
}

/// Every 令和2年, 平成31年度, 2020年 of a text. An era's year is taken as typed, even where there is no such year.
pub fn years_in(text: &str) -> Vec<YearInText> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        match typed_year(rest) {
            // A longer number ends in what looks like a year.
            Some(year)
                if !text
                    .get(..at)
                    .is_some_and(|before| before.ends_with(|c: char| is_digit(c) || c.is_ascii_alphabetic())) =>
            {
                let end = at + year.range.end;
                found.push(YearInText { range: at..end, ..year });
                at = end;
            }
            _ => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// 令和3（2021）年, 2021（令和3）年, R2（2020）: a year in both calendars, the other one in brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BracketedYear {
    /// What the era's year is in the western calendar
    pub era: i32,
    pub western: i32,
    pub range: std::ops::Range<usize>,
}

/// Every such year of a text.
pub fn bracketed_years(text: &str) -> Vec<BracketedYear> {
    let mut found = Vec::new();
    for (open, bracket) in text.match_indices(['（', '(']) {
        let (before, inside) = (text.get(..open).unwrap_or(""), text.get(open + bracket.len()..).unwrap_or(""));
        let Some((inner, _)) = inside.split_once(['）', ')']) else { continue };
        let start_of = |length: usize| before.char_indices().rev().nth(length - 1).map_or(0, |(at, _)| at);
        let whole = |parsed: IResult<&str, i32>| parsed.ok().filter(|(rest, _)| rest.is_empty()).map(|(_, year)| year);
        let inner_western = whole(western_year(inner));
        // The longest first: 令和12 before 和12.
        let outer_era = (2..=4).rev().map(start_of).find_map(|at| Some((at, whole(era_year(before.get(at..)?))?)));
        let outer_western =
            (open >= 4).then(|| start_of(4)).and_then(|at| Some((at, whole(western_year(before.get(at..)?))?)));
        let end = open + bracket.len() + inner.len() + bracket.len();
        match (outer_era, inner_western, outer_western, whole(era_year(inner))) {
            (Some((start, era)), Some(western), _, _) | (_, _, Some((start, western)), Some(era)) => {
                found.push(BracketedYear { era, western, range: start..end.min(text.len()) });
            }
            _ => {}
        }
    }
    found
}

fn typed_year(input: &str) -> Option<YearInText> {
    let of_letter = |input: &str| {
        let narrow = input
            .chars()
            .next()
            .map(|c| if ('Ａ'..='Ｚ').contains(&c) { char::from_u32(c as u32 - 0xFEE0).unwrap_or(c) } else { c });
        ERAS.iter().find(|era| Some(era.letter) == narrow)
    };
    let named = ERAS.iter().find(|era| input.starts_with(era.name)).map(|era| (era, era.name.len()));
    let found = named.or_else(|| Some((of_letter(input)?, input.chars().next()?.len_utf8())));
    let era = found.map(|(era, _)| era);
    let (rest, number) = match found {
        Some((_, length)) => {
            let rest = input.get(length..)?;
            alt((value(1, tag("元")), digits(1, 2))).parse(rest.trim_start_matches(is_blank)).ok()?
        }
        None => western_year(input).ok()?,
    };
    let after = rest.trim_start_matches(is_blank).strip_prefix('年')?;
    let (after, is_fiscal) = after.strip_prefix('度').map_or((after, false), |after| (after, true));
    Some(YearInText {
        year: era.map_or(number, |era| era.first_day.0 + number - 1),
        number,
        is_western: era.is_none(),
        is_newest_era: era.is_some_and(|era| ERAS.first().is_some_and(|newest| newest.letter == era.letter)),
        is_fiscal,
        range: 0..input.len() - after.len(),
    })
}

fn year_label(input: &str) -> IResult<&str, YearLabel> {
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

/// 令和2, R2, Ｒ元: the western year.
fn era_year(input: &str) -> IResult<&str, i32> {
    map_opt((era, era_number), |(era, n)| {
        let year = era.first_day.0 + n - 1;
        // 平成31年度 is 2019: an era runs into the year in which the next one begins, and no further.
        let last = ERAS.iter().map(|other| other.first_day.0).filter(|first| *first > era.first_day.0).min();
        (n >= 1 && last.is_none_or(|last| year <= last)).then_some(year)
    })
    .parse(input)
}

fn era(input: &str) -> IResult<&str, &'static Era> {
    if let Some(era) = ERAS.iter().find(|era| input.starts_with(era.name)) {
        return tag(era.name).map(|_| era).parse(input);
    }
    map_opt(satisfy(|_| true), |c| {
        let narrow = if ('Ａ'..='Ｚ').contains(&c) { char::from_u32(c as u32 - 0xFEE0)? } else { c };
        ERAS.iter().find(|era| era.letter == narrow)
    })
    .parse(input)
}

fn era_number(input: &str) -> IResult<&str, i32> {
    alt((value(1, tag("元")), digits(1, 2))).parse(input)
}

fn western_year(input: &str) -> IResult<&str, i32> {
    map_opt(digits(4, 4), |year| (1868..=9998).contains(&year).then_some(year)).parse(input)
}

fn digits<'a>(least: usize, most: usize) -> impl Parser<&'a str, Output = i32, Error = nom::error::Error<&'a str>> {
    map_opt(take_while_m_n(least, most, is_digit), |text: &str| {
        let mut number = 0_i32;
        for c in text.chars() {
            number = number * 10 + i32::try_from(digit(c)?).ok()?;
        }
        Some(number)
    })
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub year: i32,
    pub month: u32,
    pub day: u32,
}

impl Date {
    /// 令和3年9月1日
    pub fn label(self) -> String {
        let day = (self.year, self.month, self.day);
        let era = ERAS.iter().find(|era| era.first_day <= day);
        let year = era.map_or_else(
            || self.year.to_string(),
            |era| format!("{}{}", era.name, number(self.year - era.first_day.0 + 1)),
        );
        format!("{year}年{}月{}日", self.month, self.day)
    }
}

/// 令和3年9月1日, R3.9.1, 2021-09-01, 2021/9/1.
pub(super) fn parse_date(text: &str) -> Option<Date> {
    let text = without_blanks(text);
    let (_, (year, _, month, _, day, _)) = all_consuming((
        alt((era_year, western_year)),
        alt((tag("年"), separator)),
        digits(1, 2),
        alt((tag("月"), separator)),
        digits(1, 2),
        opt(tag("日")),
    ))
    .parse(text.as_str())
    .ok()?;
    let (month, day) = (u32::try_from(month).ok()?, u32::try_from(day).ok()?);
    (day >= 1 && day <= days_in(year, month)?).then_some(Date { year, month, day })
}

fn separator(input: &str) -> IResult<&str, &str> {
    nom::combinator::recognize(one_of(".．-－/／")).parse(input)
}

fn days_in(year: i32, month: u32) -> Option<u32> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    Some(match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => return None,
    })
}

/// The date a number of days after 1 January 1970; nothing before it and beyond four digits of the year.
pub fn date_from_days(mut days: i64) -> Option<Date> {
    if days < 0 {
        return None;
    }
    for year in 1970..=9999 {
        for month in 1..=12 {
            let length = i64::from(days_in(year, month)?);
            if days < length {
                return Some(Date { year, month, day: u32::try_from(days + 1).ok()? });
            }
            days -= length;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_since_1970() {
        let date = |days| date_from_days(days).map(|d| (d.year, d.month, d.day));
        assert_eq!(date(0), Some((1970, 1, 1)));
        assert_eq!(date(18_871), Some((2021, 9, 1)));
        assert_eq!(date(19_782), Some((2024, 2, 29)));
        assert_eq!((date(-1), date(i64::MAX)), (None, None));
    }

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
        assert_eq!(parse_year_label("元年度"), Some(YearLabel::Number(1)));
        assert_eq!(parse_year_label("R2目標"), None);
        assert_eq!(YearLabel::Number(30).resolve(FiscalYear(2019)), FiscalYear(2018));
        assert_eq!(YearLabel::Number(1).resolve(FiscalYear(2020)), FiscalYear(2019));
        assert_eq!(YearLabel::Number(3).resolve(FiscalYear(2020)).year(), 2021 - 30);
    }

    #[test]
    fn a_year_inside_a_title() {
        let (year, range) = find_fiscal_year("第3次計画 令和元年度実施状況").expect("there is one");
        assert_eq!((year, &"第3次計画 令和元年度実施状況"[range]), (FiscalYear(2019), "令和元年度"));
        assert_eq!(find_fiscal_year("実施状況"), None);
    }

    #[test]
    fn years_in_a_sentence() {
        let read = |text| years_in(text).iter().map(|y| (y.year, y.is_western, y.is_fiscal)).collect::<Vec<_>>();
        assert_eq!(
            read("令和2年（2021年）と平成 31 年度、２０２０年度"),
            [(2020, false, false), (2021, true, false), (2019, false, true), (2020, true, true)]
        );
        assert_eq!(years_in("令和0年、令和32年").iter().map(|y| y.number).collect::<Vec<_>>(), [0, 32]);
        assert_eq!(read("12020年、2020件、3年、PR2年"), []);
        assert_eq!(read("R元年度"), [(2019, false, true)]);
        let both = |text| bracketed_years(text).iter().map(|y| (y.era, y.western)).collect::<Vec<_>>();
        assert_eq!(both("令和3（2020）年と2021(令和2)年度、R2（2020）"), [(2021, 2020), (2020, 2021), (2020, 2020)]);
        assert_eq!(both("令和3年（2021）、（令和3）、（2020）"), []);
    }

    #[test]
    fn dates_in_every_form() {
        let date = Date { year: 2021, month: 9, day: 1 };
        for text in ["令和3年9月1日", "R3.9.1", "2021-09-01", "2021/9/1", "令和３年９月１日"] {
            assert_eq!(parse_date(text), Some(date), "{text}");
        }
        assert_eq!(date.label(), "令和3年9月1日");
        assert_eq!(Date { year: 2019, month: 4, day: 30 }.label(), "平成31年4月30日");
        assert_eq!(parse_date("2021-02-29"), None);
        assert_eq!(parse_date("2021-13-01"), None);
        for wrong in ["令和0年1月1日", "平成40年1月1日", "0000-01-01"] {
            assert_eq!(parse_date(wrong), None, "{wrong}");
        }
        for wrong in ["令和0年度", "平成99年度", "0000年度"] {
            assert_eq!(parse_fiscal_year(wrong), None, "{wrong}");
        }
    }
}
