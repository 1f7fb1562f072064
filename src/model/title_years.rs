//! Years in a title, in all the forms that titles have: 令和6年度, 6年度, R6, 令和6年版, 令和6・5年度, 令和2～6年度.

use std::ops::Range;

use nom::Parser;
use nom::branch::alt;

use super::year::{
    FiscalYear, YearLabel, era_number, era_year, is_kanji_number, kanji_number, western_year, year_of_era,
};
use super::year_in_text::bracketed_years;
use crate::syntax::chars::{is_blank, is_digit};

/// What part two years that share their era or their 年度.
const JOINS: &[&str] = &["・", "･", "、", "，", ",", "／", "/", "及び", "および", "並びに", "と"];
/// What stands between the first year and the last of a period.
const PERIODS: &[&str] = &["～", "〜", "~", "－", "-", "–", "—", "―", "ー", "から", "まで"];

/// A year of a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleYear {
    pub year: FiscalYear,
    pub form: TitleForm,
    /// The year with which the period begins that ends in this one
    pub since: Option<FiscalYear>,
    pub range: Range<usize>,
    /// It stands behind another one, and leaves out what that one says: 5 of 令和6・5年度.
    pub shares: Option<Shared>,
}

/// How a title names a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleForm {
    /// 令和6年度, 6年度, R6
    Fiscal,
    /// 令和6年版, 令和6年度版: a book of that year, about it or about the one before
    Edition,
    /// 令和6年
    Calendar,
}

/// What a year takes from the one in front of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shared {
    Era,
    Century,
}

/// A year as it was read, before its neighbours are looked at.
struct Token {
    era_year: Option<i32>,
    western: Option<i32>,
    /// Without its era
    number: Option<i32>,
    form: Option<TitleForm>,
    range: Range<usize>,
}

/// Every year of a title; `current` tells which era 6年度 without one is of.
pub fn years_in_title(text: &str, current: FiscalYear) -> Vec<TitleYear> {
    let both: Vec<_> = bracketed_years(text).into_iter().filter(|found| found.era == found.western).collect();
    let mut found: Vec<TitleYear> = Vec::new();
    for pair in &both {
        let (form, _) = suffix(text.get(pair.range.end..).unwrap_or(""));
        let (year, form) = (FiscalYear::new(pair.era), form.unwrap_or(TitleForm::Fiscal));
        found.push(TitleYear { year, form, since: None, range: pair.range.clone(), shares: None });
    }
    let overlaps =
        |range: &Range<usize>| both.iter().any(|pair| range.start < pair.range.end && pair.range.start < range.end);
    let mut tokens = tokens(text);
    tokens.retain(|token| !overlaps(&token.range));
    share_forms(text, &mut tokens);
    let mut before: Option<TitleYear> = None;
    // R5-R6, R5/R6: what follows is a year and no number of a day.
    let is_followed = |at: usize| {
        let (token, next) = (tokens.get(at)?, tokens.get(at + 1)?);
        let gap = text.get(token.range.end..next.range.start)?;
        let is_year = next.era_year.is_some() || (next.number.is_some() && stands_alone(text.get(next.range.end..)?));
        Some(is_year && (is_mark(gap, PERIODS) || is_mark(gap, JOINS)))
    };
    for (at, token) in tokens.iter().enumerate() {
        let gap = before.as_ref().and_then(|before| text.get(before.range.end..token.range.start));
        let is_period = gap.is_some_and(|gap| is_mark(gap, PERIODS));
        let neighbour = before.take().filter(|_| is_period || gap.is_some_and(|gap| is_mark(gap, JOINS)));
        let is_followed = is_followed(at).unwrap_or_default();
        let Some(read) = resolve((token, is_followed), neighbour.as_ref(), text, current) else { continue };
        let since = neighbour.filter(|_| is_period).map(|first| first.year);
        let year = TitleYear { since, ..read };
        found.push(year.clone());
        before = Some(year);
    }
    found.sort_by_key(|year| year.range.start);
    found
}

/// Whether what stands between two years makes one statement of them.
pub(super) fn joins(gap: &str) -> bool {
    is_mark(gap, JOINS) || is_mark(gap, PERIODS)
}

fn is_mark(gap: &str, marks: &[&str]) -> bool {
    marks.contains(&gap.trim_matches(is_blank))
}

/// 年度, 年版 and 年, with or without blanks before it; and how many bytes it is long.
fn suffix(text: &str) -> (Option<TitleForm>, usize) {
    let rest = text.trim_start_matches(is_blank);
    let length = |suffix: &str| text.len() - rest.len() + suffix.len();
    if rest.starts_with("年度版") || rest.starts_with("年版") {
        (Some(TitleForm::Edition), length(if rest.starts_with("年度") { "年度" } else { "年" }))
    } else if rest.starts_with("年度") {
        (Some(TitleForm::Fiscal), length("年度"))
    } else if rest.starts_with('年') {
        (Some(TitleForm::Calendar), length("年"))
    } else {
        (None, 0)
    }
}

fn is_wordlike(c: char) -> bool {
    is_digit(c) || c.is_ascii_alphabetic() || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        // A longer number or word, 第6, 1,006: no year begins there.
        let last: Option<&Token> = found.last();
        let gap = last.and_then(|last| text.get(last.range.end..at));
        let is_joined = gap.is_some_and(|gap| is_mark(gap, JOINS) || is_mark(gap, PERIODS));
        let is_inside = before.is_some_and(|c| {
            is_wordlike(c) || matches!(c, '第' | '.' | '．') || (matches!(c, ',' | '，') && !is_joined)
        });
        // 令和五・六年度
        let in_kanji = || last.filter(|last| is_joined && is_in_kanji(text, last)).and_then(|_| kanji_token(rest));
        match token(rest).filter(|_| !is_inside).or_else(in_kanji) {
            Some(token) => {
                let end = at + token.range.end;
                found.push(Token { range: at..end, ..token });
                at = end;
            }
            // 平成40 is no year, and 40 none either.
            None => match year_of_era(rest) {
                Ok((behind, _)) => at += rest.len() - behind.len(),
                Err(_) => at += rest.chars().next().map_or(1, char::len_utf8),
            },
        }
    }
    found
}

fn is_in_kanji(text: &str, token: &Token) -> bool {
    let typed = text.get(token.range.clone()).unwrap_or("");
    token.number.is_some() || token.era_year.is_some() && typed.contains(is_kanji_number)
}

/// 六年度, or 六 in front of ・.
fn kanji_token(input: &str) -> Option<Token> {
    let (rest, number) = kanji_number(input).ok()?;
    let (form, length) = suffix(rest);
    let end = input.len() - rest.len() + length;
    let is_token = form.is_some() || JOINS.iter().any(|join| rest.starts_with(join));
    is_token.then_some(Token { era_year: None, western: None, number: Some(number), form, range: 0..end })
}

/// Whether what stands behind R5・6 counts nothing: R5・6の比較, and not R5・6号線.
fn stands_alone(after: &str) -> bool {
    after.chars().next().is_none_or(|c| is_blank(c) || matches!(c, '）' | ')' | '、' | 'の' | '」' | '』'))
}

fn token(input: &str) -> Option<Token> {
    let (rest, (era_year, western, number)) = alt((
        era_year.map(|year| (Some(year), None, None)),
        western_year.map(|year| (None, Some(year), None)),
        era_number.map(|number| (None, None, Some(number))),
    ))
    .parse(input)
    .ok()?;
    if rest.starts_with(is_digit) {
        return None;
    }
    let (form, length) = suffix(rest);
    Some(Token { era_year, western, number, form, range: 0..input.len() - rest.len() + length })
}

/// 令和6・5年度: what stands behind the last one holds for those in front of it.
fn share_forms(text: &str, tokens: &mut [Token]) {
    let mut behind: Option<(usize, Option<TitleForm>)> = None;
    for token in tokens.iter_mut().rev() {
        let gap = behind.and_then(|(start, _)| text.get(token.range.end..start)).unwrap_or("。");
        if token.form.is_none() && (is_mark(gap, JOINS) || is_mark(gap, PERIODS)) {
            token.form = behind.and_then(|(_, form)| form);
        }
        behind = Some((token.range.start, token.form));
    }
}

/// `is_followed`: another year of an era stands behind a mark that joins the two.
fn resolve(
    (token, is_followed): (&Token, bool),
    neighbour: Option<&TitleYear>,
    text: &str,
    current: FiscalYear,
) -> Option<TitleYear> {
    let typed = text.get(token.range.clone())?;
    let after = text.get(token.range.end..)?;
    let read = |year, form, shares| Some(TitleYear { year, form, since: None, range: token.range.clone(), shares });
    if let Some(year) = token.era_year {
        // R6 alone; R6.3.31 and R6-1 are a day and a number.
        let goes_on = after.starts_with(|c| is_wordlike(c) || matches!(c, '.' | '．' | '-' | '－' | '/' | '／'));
        let form = token.form.or((!goes_on || is_followed).then_some(TitleForm::Fiscal))?;
        return read(FiscalYear::new(year), form, None);
    }
    // R5・6
    let is_short = |other: &TitleYear| {
        text.get(other.range.clone()).is_some_and(|typed| !typed.starts_with(is_digit) && !typed.contains('年'))
    };
    let is_joined = neighbour.is_some_and(is_short) && token.number.is_some() && stands_alone(after);
    let form = token.form.or(is_joined.then_some(TitleForm::Fiscal))?;
    if let Some(year) = token.western {
        return read(FiscalYear::new(year), form, None);
    }
    let number = token.number?;
    let in_front = neighbour.map(|other| (other.year, text.get(other.range.clone()).unwrap_or("")));
    if let Some((year, other)) = in_front {
        let is_western = other.chars().take_while(|c| is_digit(*c)).count() == 4;
        if is_western && typed.chars().filter(|c| is_digit(*c)).count() == 2 {
            return read(FiscalYear::new(year.year() / 100 * 100 + number), form, Some(Shared::Century));
        }
        return read(YearLabel::Number(number).resolve(year), form, Some(Shared::Era));
    }
    // 3年 is as long as it is a year, and 2年度目 the second one.
    let is_year = form != TitleForm::Calendar && !after.starts_with('目');
    is_year.then(|| YearLabel::Number(number).resolve(current)).and_then(|year| read(year, form, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, i32, TitleForm)> {
        let years = years_in_title(text, FiscalYear::new(2024));
        years.into_iter().map(|found| (&text[found.range], found.year.year(), found.form)).collect()
    }

    #[test]
    fn years_in_every_form_of_titles() {
        use TitleForm::{Calendar, Edition, Fiscal};
        for (text, found) in [
            ("令和6年度報告書", vec![("令和6年度", 2024, Fiscal)]),
            ("30年度の港", vec![("30年度", 2018, Fiscal)]),
            ("R6港湾施策（Ｒ５との比較）", vec![("R6", 2024, Fiscal), ("Ｒ５", 2023, Fiscal)]),
            ("令和六年度の港", vec![("令和六年度", 2024, Fiscal)]),
            ("港の白書　令和6年版", vec![("令和6年", 2024, Edition)]),
            ("2024年度版", vec![("2024年度", 2024, Edition)]),
            ("令和6・5年度の比較", vec![("令和6", 2024, Fiscal), ("5年度", 2023, Fiscal)]),
            ("2023・24年度の比較", vec![("2023", 2023, Fiscal), ("24年度", 2024, Fiscal)]),
            ("令和元・平成30年度", vec![("令和元", 2019, Fiscal), ("平成30年度", 2018, Fiscal)]),
            ("令和6年10月の調査", vec![("令和6年", 2024, Calendar)]),
            ("令和6（2024）年度の港", vec![("令和6（2024）", 2024, Fiscal)]),
            ("令和五・六年度の港", vec![("令和五", 2023, Fiscal), ("六年度", 2024, Fiscal)]),
            ("令和四、五・六年度の港", vec![("令和四", 2022, Fiscal), ("五", 2023, Fiscal), ("六年度", 2024, Fiscal)]),
            ("令和5，6年度の港", vec![("令和5", 2023, Fiscal), ("6年度", 2024, Fiscal)]),
            ("R5・6の港", vec![("R5", 2023, Fiscal), ("6", 2024, Fiscal)]),
            ("港（R5-6）", vec![("R5", 2023, Fiscal), ("6", 2024, Fiscal)]),
        ] {
            assert_eq!(read(text), found, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_year() {
        for text in [
            "3年間の歩み",
            "第6年度",
            "2年度目の港",
            "JR6社の港",
            "R6.3.31現在",
            "港R6-1号線",
            "1,006年度",
            "平成40年度",
            "2024",
            "6・5人",
            "R6-1号線とR6.3.31",
            "1,006年度と2,024人",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }

    #[test]
    fn a_period_knows_its_first_year() {
        let since = |text: &str| {
            let years = years_in_title(text, FiscalYear::new(2024));
            years.into_iter().map(|found| (found.year.year(), found.since.map(FiscalYear::year))).collect::<Vec<_>>()
        };
        for text in
            ["令和2年度～令和6年度の港", "令和2年度から令和6年度まで", "令和2～6年度", "R2〜R6", "2020-2024年度"]
        {
            assert_eq!(since(text), [(2020, None), (2024, Some(2020))], "{text}");
        }
        assert_eq!(since("令和5年度及び令和6年度"), [(2023, None), (2024, None)]);
    }
}
