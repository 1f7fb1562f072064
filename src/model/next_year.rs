//! Labels of years moved on by one, each written as it was: R2 to R3, 平成30年度 to 令和元年度, 2年度 to 3年度.

use std::ops::Range;

use super::loose_years::loose_years;
use super::title_years::{Shared, TitleForm, TitleYear, joins, years_in_title};
use super::year::{FiscalYear, KANJI_DIGITS, YearLabel, is_kanji_number, year_label};
use crate::natural_order::digit;
use crate::syntax::chars::{is_digit, without_blanks};

/// The label that a text begins with, a year later, and what follows it: 2年度実績 to 3年度実績. Nothing for 前年度 and
/// 当年度, which stay true, and for a text that begins with no year.
pub fn next_label(text: &str, current: FiscalYear) -> Option<String> {
    let bare = without_blanks(text);
    let (rest, label) = year_label(&bare).ok()?;
    let typed = bare.get(..bare.len() - rest.len())?;
    match label {
        YearLabel::Fiscal(_) | YearLabel::Number(_) if !rest.contains(is_digit) => {
            Some(format!("{}{rest}", label.resolve(current).next().written_like(typed)))
        }
        YearLabel::Fiscal(_) | YearLabel::Number(_) | YearLabel::Previous | YearLabel::Current => None,
    }
}

/// A title a year later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedTitle {
    pub text: String,
    /// Years at hand that stay, as they were typed, because nobody but the office knows what they say: 令和6年10月, the end of
    /// a period of several years.
    pub left: Vec<String>,
}

/// A title with this year's and last year's 令和2年度, R2 and 令和2（2020）年度 and this year's 令和2年版 moved on. Older years stay.
pub fn next_title(text: &str, current: FiscalYear) -> MovedTitle {
    let (mut moved, mut left, mut at): (String, Vec<Range<usize>>, usize) = Default::default();
    let mut before: Option<FiscalYear> = None;
    let mut is_behind_moved = false;
    let years = years_in_title(text, current);
    for (place, found) in years.iter().enumerate() {
        let Some(typed) = text.get(found.range.clone()) else { continue };
        let joined = joined(text, &years, place);
        let is_moved = is_one_step(joined, current) || (moves(found, current) && !has_year_ahead(joined, current));
        let is_at_hand = found.year.is_at_hand(current);
        // 5 of 令和6・5年度 is looked at where 令和6 moves on.
        if !is_moved && (is_at_hand || (is_behind_moved && found.shares.is_some())) {
            left.push(found.range.clone());
        }
        is_behind_moved = is_moved;
        let next = if is_moved { found.year.next() } else { found.year };
        let in_front = before.replace(next);
        let Some(stays) = text.get(at..found.range.start).filter(|_| is_moved) else { continue };
        moved.push_str(stays);
        moved.push_str(&match found.shares {
            // 平成30・29年度 goes on to 令和元・平成30年度.
            Some(Shared::Era) if in_front.is_some_and(|in_front| in_front.era_name() != next.era_name()) => {
                format!("{}{}", next.era_name(), next.written_like(typed))
            }
            Some(Shared::Century) => {
                let number: String = typed.chars().filter(|c| is_digit(*c)).collect();
                typed.replacen(&number, &format!("{:02}", next.year() % 100), 1)
            }
            Some(Shared::Era) | None => {
                typed.split_inclusive(['（', '(']).map(|part| next.written_like(part)).collect()
            }
        });
        at = found.range.end;
    }
    moved.push_str(text.get(at..).unwrap_or(""));
    left.extend(loose_years(text, current));
    left.sort_by_key(|range| range.start);
    let left = left.into_iter().filter_map(|range| text.get(range)).map(str::to_string).collect();
    MovedTitle { text: moved, left }
}

/// The years that are joined with the one at `place`, from the first to the last.
fn joined<'a>(text: &str, years: &'a [TitleYear], place: usize) -> &'a [TitleYear] {
    let is_joined = |at: usize| {
        let (Some(one), Some(next)) = (years.get(at), years.get(at + 1)) else { return false };
        text.get(one.range.end..next.range.start).is_some_and(joins)
    };
    let start = (0..place).rev().take_while(|at| is_joined(*at)).last().unwrap_or(place);
    let end = (place..years.len()).take_while(|at| is_joined(*at)).last().map_or(place, |at| at + 1);
    years.get(start..=end).unwrap_or_default()
}

/// 令和4・5・6年度: all of them move on where the last is this year.
fn is_one_step(group: &[TitleYear], current: FiscalYear) -> bool {
    let is_period = group.iter().any(|year| year.since.is_some());
    let is_near = group.iter().all(|year| (current.year() - 3..=current.year()).contains(&year.year.year()));
    let is_fiscal = group.iter().all(|year| year.form == TitleForm::Fiscal);
    group.len() > 1 && !is_period && is_near && is_fiscal && group.iter().any(|year| year.year == current)
}

/// 令和6・7年度 in a report of 令和6年度: half of it moved on would say another thing, and nobody knows what is meant.
fn has_year_ahead(group: &[TitleYear], current: FiscalYear) -> bool {
    group.len() > 1 && group.iter().any(|year| year.form == TitleForm::Fiscal && year.year > current)
}

/// Whether a title of the next year names the year after this one.
fn moves(found: &TitleYear, current: FiscalYear) -> bool {
    let is_near = |year: FiscalYear| year == current || year == current.previous();
    // The last year of a plan stays what it was.
    let is_in_step = found.since.is_none_or(is_near);
    match found.form {
        TitleForm::Fiscal => is_in_step && is_near(found.year),
        // A book of the year in which it comes out is a year ahead.
        TitleForm::Edition => is_in_step && (is_near(found.year) || found.year == current.next()),
        TitleForm::Calendar => false,
    }
}

impl FiscalYear {
    /// 令和; nothing before all eras.
    fn era_name(self) -> String {
        let label = self.label();
        let number = self.column();
        label.strip_suffix(&number).unwrap_or("").to_string()
    }

    /// This year in the form of another one's label: what follows the number stays, blanks go.
    fn written_like(self, typed: &str) -> String {
        let typed = without_blanks(typed);
        let is_number = |c: char| is_digit(c) || c == '元' || is_kanji_number(c);
        let head: String = typed.chars().take_while(|c| !is_number(*c)).collect();
        let number: String = typed.chars().skip(head.chars().count()).take_while(|c| is_number(*c)).collect();
        let tail = typed.get(head.len() + number.len()..).unwrap_or("");
        let is_wide = |text: &str| text.chars().any(|c| ('０'..='９').contains(&c) || ('Ａ'..='Ｚ').contains(&c));
        let widened = |text: String, wide: bool| if wide { text.chars().map(full_width).collect() } else { text };
        // 元 has no width of its own.
        let is_number_wide = is_wide(&number) || (number == "元" && is_wide(&head));
        let own = self.column();
        let own = own.trim_end_matches("年度").to_string();
        let letter: String = self.short().chars().take_while(char::is_ascii_alphabetic).collect();
        let digits = match number.chars().next() {
            _ if number.chars().count() == 4 => self.year().to_string(),
            Some(first) if is_kanji_number(first) => in_kanji(&own, number.contains('〇')),
            _ => own,
        };
        let head = match head.chars().count() {
            0 => String::new(),
            1 => widened(letter, is_wide(&head)),
            _ => self.era_name(),
        };
        format!("{head}{}{tail}", widened(digits, is_number_wide))
    }
}

/// 6 as 六, 30 as 三十, or as 三〇 digit by digit; 元 stays.
fn in_kanji(number: &str, by_digit: bool) -> String {
    let kanji = |c: char| digit(c).and_then(|n| KANJI_DIGITS.chars().nth(usize::try_from(n).ok()?)).unwrap_or(c);
    let digits: Vec<char> = number.chars().map(kanji).collect();
    match digits.as_slice() {
        [tens, ones] if !by_digit => {
            let tens = Some(*tens).filter(|tens| *tens != '一');
            let ones = Some(*ones).filter(|ones| *ones != '〇');
            tens.into_iter().chain(['十']).chain(ones).collect()
        }
        digits => digits.iter().collect(),
    }
}

fn full_width(c: char) -> char {
    if c.is_ascii_alphanumeric() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_move_on_in_their_own_form() {
        for (year, before, after) in [
            (2020, "令和2年度", Some("令和3年度")),
            (2020, "R2", Some("R3")),
            (2020, "Ｒ２", Some("Ｒ３")),
            (2020, "2020年度", Some("2021年度")),
            (2020, "２年度", Some("３年度")),
            (2020, "元年度", Some("2年度")),
            (2020, "令和 2 年度", Some("令和3年度")),
            (2018, "平成30年度", Some("令和元年度")),
            (2018, "H30", Some("R元")),
            (2018, "30年度", Some("元年度")),
            (2018, "29年度実績", Some("30年度実績")),
            (2019, "令和元年度", Some("令和2年度")),
            (2019, "平成31年度", Some("令和2年度")),
            (2020, "R2目標", Some("R3目標")),
            (2020, "当年度", None),
            (2020, "前年度", None),
            (2020, "目標", None),
            (2020, "R2からR3", None),
        ] {
            assert_eq!(next_label(before, FiscalYear::new(year)).as_deref(), after, "{before}");
        }
    }

    #[test]
    fn titles_move_on_and_other_years_stay() {
        let moved = |text, year| next_title(text, FiscalYear::new(year)).text;
        for (year, before, after) in [
            (2020, "令和2年度主要施策（令和元年度との比較）", "令和3年度主要施策（令和2年度との比較）"),
            (2020, "２０２０年度の報告", "２０２１年度の報告"),
            (2020, "令和2（2020）年度報告書", "令和3（2021）年度報告書"),
            (2020, "平成25年度開始の計画、令和3年版", "平成25年度開始の計画、令和4年版"),
            (2018, "平成30年度報告書", "令和元年度報告書"),
            (2019, "平成31年度報告書", "令和2年度報告書"),
            (2018, "30年度の港（H30）", "元年度の港（R元）"),
            (2024, "R6港湾施策（Ｒ５との比較）", "R7港湾施策（Ｒ６との比較）"),
            (2020, "Ｒ元の港", "Ｒ２の港"),
            (2024, "令和六年度の港", "令和七年度の港"),
            (2027, "令和九年度の港", "令和十年度の港"),
            (2018, "平成三〇年度の港", "令和元年度の港"),
            (2024, "令和6・5年度の比較", "令和7・6年度の比較"),
            (2018, "平成30・29年度の比較", "令和元・平成30年度の比較"),
            (2019, "令和元・平成30年度の比較", "令和2・令和元年度の比較"),
            (2024, "2023・24年度の比較", "2024・25年度の比較"),
            (2024, "令和5年度及び令和6年度", "令和6年度及び令和7年度"),
            (2024, "令和5～6年度の港", "令和6～7年度の港"),
            (2024, "令和6年度末の港", "令和7年度末の港"),
            (2024, "R5-R6 の港", "R6-R7 の港"),
            (2024, "Ｒ５／Ｒ６の港", "Ｒ６／Ｒ７の港"),
            (2024, "H30-R元の港", "H30-R元の港"),
            (2024, "令和五・六年度の港", "令和六・七年度の港"),
            (2024, "令和5，6年度の港", "令和6，7年度の港"),
            (2024, "R5・6の港", "R6・7の港"),
            (2024, "令和4・5・6年度の港", "令和5・6・7年度の港"),
        ] {
            assert_eq!(moved(before, year), after, "{before}");
        }
    }

    #[test]
    fn years_that_may_mean_something_else_are_named() {
        let left = |text| {
            let moved = next_title(text, FiscalYear::new(2024));
            assert_eq!(moved.text, text);
            moved.left
        };
        assert_eq!(left("令和6年10月の調査"), ["令和6年"]);
        assert_eq!(left("第2次計画（令和2年度～令和6年度）"), ["令和6年度"]);
        assert_eq!(left("令和7年度の予定"), ["令和7年度"]);
        assert_eq!(left("令和6・7年度の方針"), ["令和6", "7年度"]);
        assert_eq!(left("令和6年度・令和7年度の報告"), ["令和6年度", "令和7年度"]);
        assert_eq!(left("令和6～7年度の計画"), ["令和6", "7年度"]);
        assert_eq!(left("田の白書2024"), ["2024"]);
        assert_eq!(left("R2-R6の田"), ["R6"]);
        assert_eq!(left("平成25年度開始の計画、令和10年度目標"), Vec::<String>::new());
        // A report one year behind: the older one stays, beside one that moved on.
        assert_eq!(next_title("令和6・5年度の比較", FiscalYear::new(2025)).left, ["5年度"]);
    }
}
