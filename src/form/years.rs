//! Years in words: 前年度, 5年前, 3年後. They are counted from the report's year and move with it.

use crate::natural_order::digit;
use crate::syntax::chars::without_blanks;

const WORDS: &[(&str, i32)] = &[
    ("前々年度", -2),
    ("前前年度", -2),
    ("前年度", -1),
    ("当年度", 0),
    ("今年度", 0),
    ("翌年度", 1),
    ("次年度", 1),
    ("翌々年度", 2),
    ("翌翌年度", 2),
];

/// What a year is called in a form, and how many years it lies behind the report's.
pub(super) fn offset(word: &str) -> Option<i32> {
    let word = without_blanks(word);
    if let Some((_, offset)) = WORDS.iter().find(|(known, _)| *known == word) {
        return Some(*offset);
    }
    let counted = |ends: [&str; 2]| ends.iter().find_map(|end| number(word.strip_suffix(end)?));
    counted(["年前", "年度前"]).map(|years| -years).or_else(|| counted(["年後", "年度後"]))
}

/// The word of a year near the report's.
pub(super) fn word(years: i32) -> Option<&'static str> {
    WORDS.iter().find(|(_, offset)| *offset == years).map(|(word, _)| *word)
}

/// What a year is called wherever it lies.
pub(super) fn name(years: i32) -> String {
    let counted = || if years < 0 { format!("{}年前", -years) } else { format!("{years}年後") };
    word(years).map_or_else(counted, str::to_string)
}

/// The words for years that were typed by their numbers, where they rise by one: 令和4年度, 令和5年度 are 前年度～当年度. The last one
/// is taken for the report's.
pub(super) fn in_words(typed: &[&str]) -> Option<String> {
    let year = |text: &&str| {
        let text = without_blanks(text);
        let digits: String =
            text.chars().skip_while(|c| digit(*c).is_none()).take_while(|c| digit(*c).is_some()).collect();
        number(&digits)
    };
    let years: Vec<i32> = typed.iter().map(year).collect::<Option<_>>()?;
    let rises = years.windows(2).all(|pair| matches!(pair, [one, next] if *next == one + 1));
    let first = 1 - i32::try_from(years.len()).ok()?;
    match years.len() {
        _ if !rises => None,
        0 => None,
        1 => Some(name(0)),
        2 => Some(format!("{}、{}", name(first), name(0))),
        _ => Some(format!("{}～{}", name(first), name(0))),
    }
}

fn number(digits: &str) -> Option<i32> {
    let value = digits.chars().try_fold(0_i32, |value, c| {
        value.checked_mul(10)?.checked_add(i32::try_from(digit(c)?).ok()?).filter(|value| *value <= 30)
    });
    value.filter(|value| !digits.is_empty() && *value > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_words() {
        for (word, years) in [("前々年度", -2), ("当年度", 0), ("翌年度", 1), ("5年前", -5), ("３年後", 3)]
        {
            assert_eq!(offset(word), Some(years), "{word}");
        }
        assert_eq!([offset("令和2年度"), offset("0年前"), offset("年前")], [None; 3]);
    }
}
