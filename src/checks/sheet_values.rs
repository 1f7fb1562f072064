//! J044, what a spreadsheet computes with and nobody meant to print: a formula as it was typed, a number with all its decimals, and
//! the days that 0 and an empty cell become.

use super::error_words::ErrorWord;
use super::normalized::Narrow;
use super::unit::counter_at;
use crate::diagnostic::Severity;

const FORMULA: &str = "表計算の式がそのまま入ったものです。式の答えの値を書いてください。";
const UNROUNDED: &str = "計算の結果がそのまま入ったものです。「33.3」のように丸めた値を書いてください。";
const NO_DAY: &str = "表計算で0や空の欄が日付として表示されたものです。正しい日付を書いてください。";

/// What nobody writes behind = but in a formula.
const FUNCTIONS: &[&str] = &[
    "SUM",
    "SUMIF",
    "SUMIFS",
    "SUMPRODUCT",
    "SUBTOTAL",
    "AVERAGE",
    "AVERAGEIF",
    "IF",
    "IFS",
    "IFERROR",
    "IFNA",
    "ROUND",
    "ROUNDUP",
    "ROUNDDOWN",
    "INT",
    "COUNT",
    "COUNTA",
    "COUNTIF",
    "COUNTIFS",
    "MAX",
    "MIN",
    "VLOOKUP",
    "HLOOKUP",
    "XLOOKUP",
    "INDEX",
    "INDIRECT",
    "TEXT",
    "VALUE",
    "CONCAT",
    "CONCATENATE",
    "TODAY",
    "NOW",
    "DATE",
    "PRODUCT",
];
/// Words behind a function that speak of it.
const SPOKEN_OF: &[&str] = &["関数", "」", "』"];
/// The longest formula that is looked at: a hostile line is long.
const LONGEST: usize = 200;
/// So many decimals has no figure that was rounded; a place on a map has six.
const DECIMALS_OF_A_COUNT: usize = 6;
const DECIMALS_OF_NOTHING: usize = 10;

/// Days that 0 is shown as, by what shows it.
const DAYS_OF_ZERO: &[&str] =
    &["1900年1月0日", "1900/1/0", "1900-1-0", "1900-01-00", "1900/01/00", "1/0/1900", "明治33年1月0日", "M33.1.0"];
/// The same in other programs; each is a day that was, too.
const FIRST_DAYS: &[&str] = &[
    "1899年12月30日",
    "1899/12/30",
    "1899-12-30",
    "明治32年12月30日",
    "1900年1月1日",
    "1900/1/1",
    "1900-01-01",
    "1/1/1900",
    "明治33年1月1日",
    "M33.1.1",
];

/// Every such value of a line.
pub(super) fn find_all(text: &Narrow<'_>, is_cell: bool) -> Vec<ErrorWord> {
    if is_cell && text.word().is_some_and(|word| FIRST_DAYS.contains(&word.as_str())) {
        return vec![ErrorWord { severity: Severity::Warning, ..ErrorWord::new(0, text.line.len(), NO_DAY) }];
    }
    let mut found = Vec::new();
    let mut index = 0;
    while let Some(c) = text.at(index) {
        let (length, help) = match c {
            '=' => (formula_at(text, index).unwrap_or(0), FORMULA),
            '0'..='9' => match day_at(text, index) {
                0 => (unrounded_at(text, index).unwrap_or(0), UNROUNDED),
                length => (length, NO_DAY),
            },
            '明' | 'M' => (day_at(text, index), NO_DAY),
            _ => (0, ""),
        };
        if length > 0 {
            found.push(ErrorWord::new(text.offset(index), text.offset(index + length), help));
        }
        // A number is looked at from its beginning.
        let digits = text.count_from(index, |c| c.is_ascii_digit());
        index += length.max(digits).max(1);
    }
    found
}

fn day_at(text: &Narrow<'_>, index: usize) -> usize {
    let before = index.checked_sub(1).and_then(|index| text.at(index));
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.')) {
        return 0;
    }
    let length = DAYS_OF_ZERO.iter().find(|day| text.reads(index, day)).map_or(0, |day| day.chars().count());
    let goes_on = text.at(index + length).is_some_and(|c| c.is_ascii_digit());
    if goes_on { 0 } else { length }
}

/// 33.333333333333336％
fn unrounded_at(text: &Narrow<'_>, index: usize) -> Option<usize> {
    let before = index.checked_sub(1).and_then(|index| text.at(index));
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/')) {
        return None;
    }
    let whole = text.count_from(index, |c| c.is_ascii_digit() || c == ',');
    let decimals = text.count_from(index + whole + 1, |c| c.is_ascii_digit());
    let end = index + whole + 1 + decimals;
    let has_point = text.at(index + whole) == Some('.');
    let goes_on = text.at(end).is_some_and(|c| c.is_ascii_alphabetic() || c == '.');
    let after: String = text.chars.iter().skip(end).map(|(_, c)| *c).skip_while(|c| *c == ' ').take(4).collect();
    let is_counted = counter_at(&after).is_some() || after.starts_with(['%', '円', '千', '万', '百', '億', '倍', '点']);
    let fewest = if is_counted { DECIMALS_OF_A_COUNT } else { DECIMALS_OF_NOTHING };
    (has_point && !goes_on && decimals >= fewest).then_some(end - index)
}

/// =SUM(A1:A3), =A1+B1
fn formula_at(text: &Narrow<'_>, index: usize) -> Option<usize> {
    let before = index.checked_sub(1).and_then(|index| text.at(index));
    let begins = text.chars.iter().take(index).all(|(_, c)| *c == ' ');
    let rest: String = text.chars.iter().skip(index + 1).take(LONGEST).map(|(_, c)| *c).collect();
    function_in(&rest)
        .filter(|_| !before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '「' | '『')))
        .or_else(|| {
            let length = rest.find(|c: char| !is_of_formula(c)).unwrap_or(rest.len());
            let typed = rest.get(..length)?.trim_end();
            let is_whole = begins && length == rest.len();
            // In a sentence 合計=A1+B1 may explain the columns.
            let is_inside = before.is_some_and(|c| ('ぁ'..='ゖ').contains(&c)) && typed.contains(['+', '-', '*', '/']);
            ((is_whole || is_inside) && names_a_cell(typed)).then(|| 1 + typed.chars().count())
        })
}

/// The length of =SUM(…), with its =.
fn function_in(rest: &str) -> Option<usize> {
    let (name, inner) = rest.split_once('(')?;
    let mut depth = 1_usize;
    let end = inner.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at + 1)
    })?;
    let after = inner.get(end..)?;
    let is_spoken_of = SPOKEN_OF.iter().any(|word| after.starts_with(word));
    let length = 1 + name.chars().count() + 1 + inner.get(..end)?.chars().count();
    (FUNCTIONS.contains(&name) && !is_spoken_of).then_some(length)
}

fn is_of_formula(c: char) -> bool {
    c.is_ascii_alphanumeric() || " $+-*/().,:!'".contains(c)
}

/// A1, $AB$12, and nothing that is no part of a formula beside.
fn names_a_cell(typed: &str) -> bool {
    let mut names = typed.split(|c: char| !c.is_ascii_alphanumeric() && c != '$').filter(|word| !word.is_empty());
    names.any(|word| {
        let word = word.trim_start_matches('$');
        let letters = word.chars().take_while(char::is_ascii_uppercase).count();
        let row = word.get(letters..).unwrap_or("").trim_start_matches('$');
        (1..=3).contains(&letters) && (1..=5).contains(&row.len()) && row.bytes().all(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str, is_cell: bool) -> Vec<&str> {
        find_all(&Narrow::new(line), is_cell).iter().map(|found| &line[found.start..found.end]).collect()
    }

    #[test]
    fn what_a_spreadsheet_leaves() {
        for line in [
            "=SUM(A1:A3)",
            "＝ＳＵＭ（Ａ１：Ａ３）",
            "=A1+B1",
            "=$B$3",
            "='R2'!B3",
            "=IF(A1>0,ROUND(A1/B1,1),\"\")",
            "33.333333333333336",
            "1900年1月0日",
            "１９００年１月０日",
            "1/0/1900",
            "明治33年1月0日",
        ] {
            assert_eq!(found(line, true), [line], "{line}");
        }
        assert_eq!(found("達成率は33.333333333333336％で、平均は1,234.5678901名", false).len(), 2);
        assert_eq!(found("合計は=SUM(A1:A3)名、費用は=A1+B1円であった。", false), ["=SUM(A1:A3)", "=A1+B1"]);
        assert_eq!(found("1900年1月0日に開いた。", false), ["1900年1月0日"]);
        assert_eq!(found("1900年1月1日", true), ["1900年1月1日"]);
    }

    #[test]
    fn right_values_stay_silent() {
        for line in [
            "「=SUM(A1:A3)」のような式を学んだ。",
            "=SUM(A1:A3)関数の使い方を教えた。",
            "合計=A1+B1（A1は前期、B1は後期）",
            "率＝A÷B",
            "A=1、B=2",
            "北緯40.824444、東経140.740556の地点",
            "33.33％",
            "1.2.3456789",
            "0.123456",
            "1900年1月1日に創立した。",
            "1900年1月10日",
            "3か月0日",
            "＝国道",
        ] {
            assert_eq!(found(line, false), Vec::<&str>::new(), "{line}");
        }
        for line in ["＝", "=A", "40.824444", "1900年"] {
            assert_eq!(found(line, true), Vec::<&str>::new(), "{line}");
        }
    }
}
