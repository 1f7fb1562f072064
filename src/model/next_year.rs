//! Labels of years moved on by one, each written as it was: R2 to R3, 平成30年度 to 令和元年度, 2年度 to 3年度.

use super::year::{FiscalYear, YearLabel, year_label};
use super::year_in_text::{bracketed_years, years_in};
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

/// A title with this year's and last year's 令和2年度, 2020年度 and 令和2（2020）年度 moved on. Other years stay.
pub fn next_title(text: &str, current: FiscalYear) -> String {
    let is_near = |year: i32| year == current.year() || year == current.year() - 1;
    let in_brackets = bracketed_years(text)
        .into_iter()
        .filter(|found| found.era == found.western && is_near(found.era))
        .map(|found| (found.era, found.range));
    let plain = years_in(text)
        .into_iter()
        .filter(|found| found.is_fiscal && is_near(found.year))
        .map(|found| (found.year, found.range));
    let mut places: Vec<_> = in_brackets.chain(plain).collect();
    places.sort_by_key(|(_, range)| range.start);
    let (mut moved, mut at) = (String::new(), 0);
    for (year, range) in places.into_iter().filter(|(_, range)| text.is_char_boundary(range.start)) {
        let (Some(before), Some(typed)) = (text.get(at..range.start), text.get(range.clone())) else { continue };
        let next = FiscalYear::new(year).next();
        let parts: Vec<String> = typed.split_inclusive(['（', '(']).map(|part| next.written_like(part)).collect();
        moved.push_str(before);
        moved.push_str(&parts.concat());
        at = range.end;
    }
    moved.push_str(text.get(at..).unwrap_or(""));
    moved
}

impl FiscalYear {
    /// This year in the form of another one's label: what follows the number stays, blanks go.
    fn written_like(self, typed: &str) -> String {
        let typed = without_blanks(typed);
        let is_number = |c: char| is_digit(c) || c == '元';
        let head: String = typed.chars().take_while(|c| !is_number(*c)).collect();
        let number: String = typed.chars().skip(head.chars().count()).take_while(|c| is_number(*c)).collect();
        let tail = typed.get(head.len() + number.len()..).unwrap_or("");
        let is_wide = |text: &str| text.chars().any(|c| ('０'..='９').contains(&c) || ('Ａ'..='Ｚ').contains(&c));
        let widened = |text: String, wide: bool| if wide { text.chars().map(full_width).collect() } else { text };
        let own = self.column();
        let own = own.trim_end_matches("年度").to_string();
        let label = self.label();
        let era = label.trim_end_matches("年度").trim_end_matches(&own).to_string();
        let letter: String = self.short().chars().take_while(char::is_ascii_alphabetic).collect();
        let digits = if number.chars().count() == 4 { self.year().to_string() } else { own };
        let head = match head.chars().count() {
            0 => String::new(),
            1 => widened(letter, is_wide(&head)),
            _ => era,
        };
        format!("{head}{}{tail}", widened(digits, is_wide(&number)))
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
        let moved = |text| next_title(text, FiscalYear::new(2020));
        assert_eq!(moved("令和2年度主要施策（令和元年度との比較）"), "令和3年度主要施策（令和2年度との比較）");
        assert_eq!(moved("２０２０年度の報告"), "２０２１年度の報告");
        assert_eq!(moved("令和2（2020）年度報告書"), "令和3（2021）年度報告書");
        assert_eq!(moved("平成25年度開始の計画、令和3年版"), "平成25年度開始の計画、令和3年版");
        assert_eq!(next_title("平成30年度報告書", FiscalYear::new(2018)), "令和元年度報告書");
        assert_eq!(next_title("平成31年度報告書", FiscalYear::new(2019)), "令和2年度報告書");
    }
}
