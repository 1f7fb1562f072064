//! Years inside a sentence, in either calendar or in both.

use nom::IResult;

use super::year::{Era, era_year, western_year, year_of_era};
use crate::syntax::chars::{is_blank, is_digit};

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
    let (rest, era, number) = match year_of_era(input) {
        Ok((rest, (era, number))) => (rest, Some(era), number),
        Err(_) => western_year(input).ok().map(|(rest, year)| (rest, None, year))?,
    };
    let after = rest.trim_start_matches(is_blank).strip_prefix('年')?;
    let (after, is_fiscal) = after.strip_prefix('度').map_or((after, false), |after| (after, true));
    Some(YearInText {
        year: era.map_or(number, |era| era.year(number)),
        number,
        is_western: era.is_none(),
        is_newest_era: era.is_some_and(Era::is_newest),
        is_fiscal,
        range: 0..input.len() - after.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_a_sentence() {
        let read = |text| years_in(text).iter().map(|y| (y.year, y.is_western, y.is_fiscal)).collect::<Vec<_>>();
        assert_eq!(
            read("令和2年（2021年）と平成 31 年度、２０２０年度"),
            [(2020, false, false), (2021, true, false), (2019, false, true), (2020, true, true)]
        );
        assert_eq!(years_in("令和0年、令和32年").iter().map(|y| y.number).collect::<Vec<_>>(), [0, 32]);
        assert_eq!(read("12020年、2020件、3年、PR2年"), []);
        assert_eq!(read("R元年度、令和六年度"), [(2019, false, true), (2024, false, true)]);
        let both = |text| bracketed_years(text).iter().map(|y| (y.era, y.western)).collect::<Vec<_>>();
        assert_eq!(both("令和3（2020）年と2021(令和2)年度、R2（2020）"), [(2021, 2020), (2020, 2021), (2020, 2020)]);
        assert_eq!(both("令和3年（2021）、（令和3）、（2020）"), []);
    }
}
