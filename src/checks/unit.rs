//! Units as the rules compare them: written ways of one unit are one.

use rust_decimal::Decimal;

use crate::form::COUNTERS;
use crate::model::parse_number;
use crate::natural_order::digit;
use crate::syntax::chars::{is_blank, is_comma, is_digit};

/// Ways to write one unit, the usual one first.
const SAME: &[&[&str]] = &[
    &["名", "人"],
    &["%", "％", "パーセント"],
    &["か所", "ヶ所", "ケ所", "カ所", "ヵ所", "箇所", "個所"],
    &["か月", "ヶ月", "ケ月", "カ月", "ヵ月", "箇月"],
    &["か国", "ヶ国", "ケ国", "カ国", "ヵ国", "箇国"],
    &["円", "圓"],
    &["㎡", "m²", "m2", "平方メートル"],
    &["㎞", "km", "キロメートル", "キロ"],
    &["t", "ｔ", "トン"],
];

/// Units of money that a sum may be made of; none begins as another one does.
pub(super) const MONEY: &[&str] = &["円", "千円", "万円", "百万円", "億円"];

/// The unit of money that a text begins with.
pub(super) fn money_at(text: &str) -> Option<&'static str> {
    MONEY.iter().copied().find(|unit| text.starts_with(unit))
}

/// Words that go on where a counter seems to end: 100人材, 2回線, 3部門.
const GOES_ON: &[(&str, &[char])] = &[
    ("人", &['材', '財', '口', '員', '工', '気', '々', '格', '命']),
    ("部", &['門', '会', '署', '局', '長', '品', '分', '隊']),
    ("本", &['県', '年', '市', '部', '校', '社', '庁', '来', '格']),
    ("校", &['長', '舎', '区', '外', '内']),
    ("社", &['会', '員', '長', '内', '外']),
    ("回", &['線', '復', '答', '目', '収', '転']),
    ("件", &['名', '目']),
    ("名", &['称', '目', '前', '簿', '義']),
    ("組", &['合', '織', '目', '込']),
    ("台", &['帳', '風', '湾', '所']),
    ("団体", &['目']),
];

/// A unit as it is compared.
pub(super) fn unified(unit: &str) -> &str {
    SAME.iter().find(|ways| ways.contains(&unit)).and_then(|ways| ways.first()).unwrap_or(&unit)
}

/// Whether two units count the same things; what cannot be told apart for certain is the same.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    unified(a) == unified(b)
}

/// A number with its counter inside a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Count<'a> {
    pub(super) number: Decimal,
    pub(super) counter: &'static str,
    /// As typed, 48件
    pub(super) text: &'a str,
    pub(super) start: usize,
}

/// Every run of digits, commas and points in a line: where it begins, the run, and what stands behind it.
pub(super) fn figure_runs(line: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + line.get(at..)?.find(is_digit)?;
        let rest = line.get(start..)?;
        let length =
            rest.find(|c: char| !is_digit(c) && !is_comma(c) && !matches!(c, '.' | '．')).unwrap_or(rest.len());
        at = start + length;
        let (digits, after) = rest.split_at(length);
        Some((start, digits, after))
    })
}

/// Every number with a counter in a line of prose. 第3回 and No.12 are no counts, nor are parts of longer numbers.
pub(super) fn counts(line: &str) -> Vec<Count<'_>> {
    let mut found = Vec::new();
    for (start, digits, after) in figure_runs(line) {
        let before = line.get(..start).unwrap_or("").trim_end_matches(is_blank).chars().next_back();
        let is_ordinal =
            matches!(before, Some('第' | '.' | '．' | 'A'..='Z' | 'a'..='z' | '△' | '▲' | '-' | '～' | '〜'));
        let unit = after.trim_start_matches(is_blank);
        let Some(counter) = counter_at(unit).filter(|_| !is_ordinal) else { continue };
        let Some(number) = parse_number(digits) else { continue };
        let end = line.len() - unit.len() + counter.len();
        found.push(Count { number, counter, text: line.get(start..end).unwrap_or(""), start });
    }
    found
}

/// The longest counter that a text begins with.
pub(super) fn counter_at(text: &str) -> Option<&'static str> {
    let counter = COUNTERS.iter().filter(|counter| text.starts_with(**counter)).max_by_key(|counter| counter.len())?;
    let next = text.get(counter.len()..).and_then(|rest| rest.chars().next());
    let goes_on =
        GOES_ON.iter().find(|(of, _)| of == counter).is_some_and(|(_, after)| next.is_some_and(|c| after.contains(&c)));
    (!goes_on).then_some(counter)
}

/// Whether a text begins with a counter of things.
pub(super) fn starts_with_counter(text: &str) -> bool {
    counter_at(text).is_some()
}

/// The value of a number in kanji up to 9,999 — 百, 二十五, 千二百 — and of one digit by digit, 一〇〇.
pub(super) fn kanji_number(text: &str) -> Option<u32> {
    let (mut total, mut current, mut has_unit) = (0_u32, None::<u32>, false);
    for c in text.chars() {
        let value =
            "〇一二三四五六七八九".chars().position(|other| other == c).and_then(|value| u32::try_from(value).ok());
        let unit = [('十', 10), ('百', 100), ('千', 1_000)].into_iter().find(|(other, _)| *other == c);
        match (value, unit) {
            (Some(value), _) => current = Some(current.unwrap_or(0).checked_mul(10)?.checked_add(value)?),
            (None, Some((_, unit))) => {
                total = total.checked_add(current.take().unwrap_or(1).checked_mul(unit)?)?;
                has_unit = true;
            }
            (None, None) => return None,
        }
    }
    let is_one_form = !has_unit || current.is_none_or(|last| last < 10);
    is_one_form.then_some(total + current.unwrap_or(0)).filter(|value| *value > 0)
}

/// A character of a number in kanji.
pub(super) fn is_kanji_numeral(c: char) -> bool {
    "〇一二三四五六七八九十百千".contains(c)
}

/// A digit in any width at half width, commas kept.
pub(super) fn narrowed(text: &str) -> String {
    text.chars().map(|c| digit(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_prose() {
        let read =
            |text| counts(text).iter().map(|count| format!("{}{}", count.number, count.counter)).collect::<Vec<_>>();
        assert_eq!(read("交通費について、48件支援し、延べ1,200名と 8 社が参加した。"), ["48件", "1200名", "8社"]);
        for text in
            ["令和2年3月5日", "第3回", "40歳代", "100人材", "2部門", "1,08名", "2,000千円", "R3.3卒", "2回線", "4日間"]
        {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn numbers_in_kanji() {
        for (text, value) in [("百", 100), ("二十五", 25), ("千二百", 1_200), ("一〇〇", 100), ("十", 10)] {
            assert_eq!(kanji_number(text), Some(value), "{text}");
        }
        for text in ["", "数十", "〇", "十二三", "百名"] {
            assert_eq!(kanji_number(text), None, "{text}");
        }
    }
}
