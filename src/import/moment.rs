//! Days and times as a sheet shows them: 45017 is 2023年4月1日, 令和5年, 土曜日; 0.0625 is 1:30.

use rust_decimal::{Decimal, RoundingStrategy};

use super::format::{Part, Section};
use super::numerals::{digits_in, words_of};
use crate::model::Era;

const MILLISECONDS: i64 = 86_400_000;
/// 9999-12-31
const LAST_DAY: i64 = 2_958_465;
/// Days between the two beginnings
const FROM_1904: i64 = 1_462;
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [(&str, &str); 7] = [
    ("土", "Saturday"),
    ("日", "Sunday"),
    ("月", "Monday"),
    ("火", "Tuesday"),
    ("水", "Wednesday"),
    ("木", "Thursday"),
    ("金", "Friday"),
];

struct Moment {
    date: (i64, i64, i64),
    /// 0 is a Saturday.
    weekday: usize,
    /// Milliseconds of the day, and from the beginning
    time: i64,
    elapsed: i64,
}

/// Nothing but marks of dates and words, and digits only for parts of a second.
pub(super) fn is_moment(parts: &[Part]) -> bool {
    let mut is_part = false;
    parts.iter().all(|part| match part {
        Part::Literal(_) | Part::Noon(_) | Part::Comma => true,
        Part::Date(letter, _) | Part::Elapsed(letter, _) => {
            is_part = *letter == 's';
            true
        }
        // `yyyy.m.d`
        Part::Point => true,
        Part::Digit(kind) => *kind == '0' && is_part,
        Part::Percent | Part::Exponent(_) | Part::General | Part::Text => false,
    })
}

pub(super) fn moment(value: Decimal, section: &Section, from_1904: bool) -> Option<String> {
    let has_seconds = section.parts.iter().any(|part| matches!(part, Part::Date('s', _) | Part::Elapsed('s', _)));
    let places = section.parts.iter().filter(|part| matches!(part, Part::Digit(_))).count();
    let moment = Moment::new(value, from_1904, has_seconds && places == 0)?;
    let is_half = section.parts.iter().any(|part| matches!(part, Part::Noon(_)));
    let mut parts = section.parts.iter().peekable();
    let mut text = String::new();
    while let Some(part) = parts.next() {
        match part {
            Part::Literal(literal) => text.push_str(literal),
            Part::Comma => text.push(','),
            Part::Point if matches!(parts.peek(), Some(Part::Digit(_))) => {
                let places = places.min(3);
                while parts.next_if(|part| matches!(part, Part::Digit(_))).is_some() {}
                text.push_str(&format!(".{:03}", moment.time % 1000).chars().take(places + 1).collect::<String>());
            }
            Part::Point => text.push('.'),
            Part::Noon(is_long) => text.push_str(moment.noon(*is_long, section.is_japanese)),
            Part::Elapsed(letter, width) => {
                let divisor = match letter {
                    'h' => 3_600_000,
                    'm' => 60_000,
                    _ => 1_000,
                };
                text.push_str(&format!("{:0width$}", moment.elapsed / divisor, width = *width));
            }
            Part::Date(letter, count) => text.push_str(&moment.write(*letter, *count, section, is_half)?),
            Part::Digit(_) | Part::Percent | Part::Exponent(_) | Part::General | Part::Text => return None,
        }
    }
    Some(text)
}

impl Moment {
    fn new(value: Decimal, from_1904: bool, to_seconds: bool) -> Option<Self> {
        let milliseconds = value.checked_mul(Decimal::from(MILLISECONDS))?;
        let rounded = milliseconds.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        let mut elapsed = i64::try_from(rounded).ok().filter(|elapsed| *elapsed >= 0)?;
        if to_seconds {
            elapsed = (elapsed + 500) / 1_000 * 1_000;
        }
        let day = elapsed / MILLISECONDS + if from_1904 { FROM_1904 } else { 0 };
        (day <= LAST_DAY).then_some(())?;
        let weekday = usize::try_from(day % 7).ok()?;
        Some(Self { date: date(day), weekday, time: elapsed % MILLISECONDS, elapsed })
    }

    fn noon(&self, is_long: bool, is_japanese: bool) -> &'static str {
        match (self.time < MILLISECONDS / 2, is_long, is_japanese) {
            (true, true, true) => "午前",
            (false, true, true) => "午後",
            (true, true, false) => "AM",
            (false, true, false) => "PM",
            (true, false, _) => "A",
            (false, false, _) => "P",
        }
    }

    fn write(&self, letter: char, count: usize, section: &Section, is_half: bool) -> Option<String> {
        let (year, month, day) = self.date;
        let number = |value: i64| {
            let text = format!("{value:0count$}");
            match section.numerals {
                Some(3) => digits_in(&text, 3),
                Some(kind) => words_of(&value.to_string(), kind).unwrap_or(text),
                None => text,
            }
        };
        let era = || {
            let (year, month, day) = (i32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?);
            Era::of_day((year, month, day)).map(|era| (era, i64::from(era.number_of(year))))
        };
        Some(match (letter, count) {
            ('y', 1..=2) => self.digits(&format!("{:02}", year % 100), section),
            ('y', _) => self.digits(&format!("{year:04}"), section),
            ('e', _) => match era()?.1 {
                1 if section.has_first_year => "元".to_string(),
                year => number(year),
            },
            ('g', 1) => era()?.0.letter().to_string(),
            ('g', 2) => era()?.0.name().chars().take(1).collect(),
            ('g', _) => era()?.0.name().to_string(),
            ('a', 3) => DAYS.get(self.weekday)?.0.to_string(),
            ('a', _) => format!("{}曜日", DAYS.get(self.weekday)?.0),
            ('m', 1..=2) => number(month),
            ('m', _) => {
                let name = MONTHS.get(usize::try_from(month - 1).ok()?)?;
                name.chars()
                    .take(match count {
                        3 => 3,
                        4 => 9,
                        _ => 1,
                    })
                    .collect()
            }
            ('d', 1..=2) => number(day),
            ('d', _) => DAYS.get(self.weekday)?.1.chars().take(if count == 3 { 3 } else { 9 }).collect(),
            ('h', _) => {
                let hour = self.time / 3_600_000;
                number(if is_half { (hour + 11) % 12 + 1 } else { hour })
            }
            ('n', _) => number(self.time / 60_000 % 60),
            ('s', _) => number(self.time / 1_000 % 60),
            _ => return None,
        })
    }

    fn digits(&self, text: &str, section: &Section) -> String {
        section.numerals.map_or(text.to_string(), |kind| digits_in(text, kind))
    }
}

/// Excel has a 29 February 1900, and a day 0 before the first.
fn date(serial: i64) -> (i64, i64, i64) {
    match serial {
        0 => return (1900, 1, 0),
        60 => return (1900, 2, 29),
        _ => {}
    }
    // Days from 1 March of the year 0, so that a leap day is the last of its year.
    let days = serial + if serial < 60 { 693_900 } else { 693_899 };
    let cycle = days.div_euclid(146_097);
    let of_cycle = days.rem_euclid(146_097);
    let year = (of_cycle - of_cycle / 1_460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
    let of_year = of_cycle - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + cycle * 400 + i64::from(month <= 2), month, day)
}
