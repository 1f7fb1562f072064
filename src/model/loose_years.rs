//! Years at hand that a title holds in forms that nobody can move on for certain: 白書2024, '24, FY2024, R.6, 令6, 2023-24,
//! 24年度 of 2024, R6.4～R7.3.

use std::ops::Range;

use super::title_years::{TitleYear, years_in_title};
use super::year::{Era, FiscalYear, era_number, era_year};
use crate::syntax::chars::{is_blank, is_digit};

/// What stands behind a number that counts: 2024人.
const COUNTED: &[&str] = &["人の", "人が", "名", "件", "回", "円", "千円", "個", "㎡", "%", "％", "号", "条"];

/// Years of a text at hand — this one, the one before, the next one — that `years_in_title` does not read.
pub fn loose_years(text: &str, current: FiscalYear) -> Vec<Range<usize>> {
    // A number alone may be the year of an era long past, and of the century the one at hand.
    let is_read = |year: &TitleYear| {
        let is_bare = text.get(year.range.clone()).is_some_and(|typed| typed.starts_with(is_digit));
        !is_bare || year.shares.is_some() || year.year.is_at_hand(current)
    };
    let taken: Vec<Range<usize>> =
        years_in_title(text, current).into_iter().filter(is_read).map(|year| year.range).collect();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let before = text.get(..at).unwrap_or("");
        let is_taken = |range: &Range<usize>| taken.iter().any(|year| year.start < range.end && range.start < year.end);
        let length = loose_year(before, rest, current);
        match length.map(|length| at..at + length).filter(|range| !is_taken(range)) {
            Some(range) => {
                at = range.end;
                found.push(range);
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// How long the year is that a text begins with behind `before`.
fn loose_year(before: &str, rest: &str, current: FiscalYear) -> Option<usize> {
    let last = before.chars().next_back();
    if last.is_some_and(|c| is_digit(c) || matches!(c, '.' | '．' | ',' | '，' | '第')) {
        return None;
    }
    let (_, digits) = number_at(rest, 4).unwrap_or_default();
    let behind = rest.get(digits..)?;
    let is_count = is_counted(behind);
    let at_hand = |year: i32| FiscalYear::new(year).is_at_hand(current);
    let of_century = |number: i32| current.year() / 100 * 100 + number;
    if let Some((_, length)) = number_at(rest, 4).filter(|(year, _)| at_hand(*year) && !is_count) {
        return Some(length + second_half(behind));
    }
    // 24年度 is 2024 or the 24th year of an era.
    if let Some((_, length)) = number_at(rest, 2).filter(|(number, _)| at_hand(of_century(*number))) {
        let suffix = rest.get(length..)?;
        return suffix.starts_with("年度").then_some(length + "年度".len());
    }
    let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '’' | '‘' | '＇'));
    if let Some(quote) = quote {
        let (number, length) = number_at(rest.get(quote.len_utf8()..)?, 2)?;
        return at_hand(of_century(number)).then_some(quote.len_utf8() + length);
    }
    if last.is_some_and(|c| c.is_ascii_alphanumeric() || ('Ａ'..='ｚ').contains(&c)) {
        return None;
    }
    cut_era(last, rest, current).or_else(|| day_of_era(rest, current))
}

fn is_counted(behind: &str) -> bool {
    COUNTED.iter().any(|unit| behind.trim_start_matches(is_blank).starts_with(unit))
}

/// R.6, 令6: not 政令6, and not 令6号.
fn cut_era(last: Option<char>, rest: &str, current: FiscalYear) -> Option<usize> {
    let letter = rest.chars().next()?;
    let after = rest.get(letter.len_utf8()..)?;
    let (era, number) = match Era::recent().iter().find(|era| era.initial() == Some(letter)) {
        Some(_) if last.is_some_and(char::is_alphabetic) => return None,
        Some(era) => (era.letter(), after),
        None => (letter, after.strip_prefix(['.', '．'])?),
    };
    let number = number.trim_start_matches(is_blank);
    let (behind, _) = era_number(number).ok().filter(|(behind, _)| !behind.starts_with(is_digit))?;
    let typed = number.get(..number.len() - behind.len())?;
    let (_, year) = era_year(&format!("{era}{typed}")).ok()?;
    let is_year = FiscalYear::new(year).is_at_hand(current) && !is_counted(behind);
    is_year.then_some(rest.len() - behind.len())
}

/// R6 of R6.4: a month or a day of it.
fn day_of_era(rest: &str, current: FiscalYear) -> Option<usize> {
    let (behind, year) = era_year(rest).ok()?;
    let month = behind.strip_prefix(['.', '．', '/', '／'])?;
    (FiscalYear::new(year).is_at_hand(current) && month.starts_with(is_digit)).then_some(rest.len() - behind.len())
}

/// -24 of 2023-24
fn second_half(behind: &str) -> usize {
    let mut chars = behind.chars();
    let mark = chars.next().filter(|c| "-－‐–—―~～〜/／・".contains(*c));
    let half = mark.and_then(|mark| Some((mark, number_at(behind.get(mark.len_utf8()..)?, 2)?)));
    half.map_or(0, |(mark, (_, length))| mark.len_utf8() + length)
}

/// A number of exactly so many digits, and its length in bytes.
fn number_at(text: &str, digits: usize) -> Option<(i32, usize)> {
    let run: String = text.chars().take_while(|c| is_digit(*c)).collect();
    let number = || {
        run.chars().try_fold(0, |number, c| Some(number * 10 + i32::try_from(crate::natural_order::digit(c)?).ok()?))
    };
    if run.chars().count() == digits { Some((number()?, run.len())) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        loose_years(text, FiscalYear::new(2024)).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn years_that_only_the_office_can_move_on() {
        for (text, years) in [
            ("農業白書2024", vec!["2024"]),
            ("2024人権白書", vec!["2024"]),
            ("農業白書（２０２４）", vec!["２０２４"]),
            ("FY2024農業", vec!["2024"]),
            ("農業白書'24", vec!["'24"]),
            ("農業白書’24", vec!["’24"]),
            ("R.6農業白書", vec!["R.6"]),
            ("Ｒ．６の田", vec!["Ｒ．６"]),
            ("令6農業", vec!["令6"]),
            ("2023-2024農業", vec!["2023", "2024"]),
            ("甲事業（2023-24）", vec!["2023-24"]),
            ("24年度", vec!["24年度"]),
            ("R6.4～R7.3", vec!["R6", "R7"]),
        ] {
            assert_eq!(found(text), years, "{text}");
        }
    }

    #[test]
    fn what_is_no_year_or_is_read_already() {
        for text in [
            "農業白書2010",
            "2024人の集い",
            "第2024号",
            "12024",
            "政令6号",
            "命令6の件",
            "令6条",
            "港R6-1号線",
            "JR6.3駅",
            "令和6年度の田",
            "平成25年度の田",
            "平成24・23年度の田",
            "2024年度の田",
            "令和6（2024）年度",
            "2023・24年度の比較",
            "R6の田",
            "10年度",
            "'98",
            "1.24年度",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
