//! Days of the calendar, as heads of reports write them.

use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::one_of;
use nom::combinator::{all_consuming, opt};
use nom::{IResult, Parser};

use super::year::{FiscalYear, digits, era_year, label_of_year, western_year};
use crate::syntax::chars::without_blanks;

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub year: i32,
    pub month: u32,
    pub day: u32,
}

impl Date {
    /// A day on which a report of that year may come out.
    pub fn example(year: FiscalYear) -> Self {
        Self { year: year.next().year(), month: 9, day: 1 }
    }

    /// Days from the first one to this one; negative where it lies before it.
    pub fn days_since(self, first: Self) -> i64 {
        self.day_number() - first.day_number()
    }

    /// Days since 1 March of the year 0, as if the calendar had always been today's.
    fn day_number(self) -> i64 {
        let (year, month) = if self.month > 2 { (self.year, self.month - 3) } else { (self.year - 1, self.month + 9) };
        let year = i64::from(year);
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        year * 365 + leap_days + i64::from((153 * month + 2) / 5) + i64::from(self.day)
    }

    /// 令和3年9月1日
    pub fn label(self) -> String {
        let year = label_of_year((self.year, self.month, self.day));
        format!("{year}年{}月{}日", self.month, self.day)
    }
}

/// 令和3年9月1日, R3.9.1, 2021-09-01, 2021/9/1.
pub fn parse_date(text: &str) -> Option<Date> {
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
        let first = Date { year: 1970, month: 1, day: 1 };
        for days in (0..100_000).step_by(13) {
            assert_eq!(date_from_days(days).map(|date| date.days_since(first)), Some(days));
        }
        assert_eq!(first.days_since(Date { year: 1970, month: 1, day: 3 }), -2);
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
    }
}
