//! The one amount of money that a cell says, among counts and remarks: 90千円（2件）, 2件（90千円）, 総額90千円, 90千円※1.
//!
//! ```text
//! cell    = { sep } { word | count | mark | remark | sep } amount { … }
//! amount  = [sign] number unit        one alone outside of the brackets, or one alone in them
//! ```
//! Beside the amount nothing may stand that could say that it is not the whole: 約, 1人当たり, ×2件, （県費を除く）.

use rust_decimal::Decimal;

use super::figures::{figure_of_any_size, head_of, unit_beside};
use super::unit::counter_at;
use crate::model::{Cell, Indicator, Row, Value, parse_number, yen};
use crate::syntax::chars::{is_blank, is_comma, is_digit, is_no_value};

/// Units in which money is typed in a cell, the longest first.
const UNITS: &[&str] = &["百万円", "千円", "円"];
/// Words that say no more than that a figure is the whole.
const WORDS: &[&str] = &["総額", "合計", "総計", "全額", "計", "金", "也"];
/// In brackets these say that the figure beside them is another one than the sum of its parts.
const NOT_THE_WHOLE: &[&str] = &[
    "当たり",
    "あたり",
    "単価",
    "平均",
    "月額",
    "日額",
    "上限",
    "最大",
    "限度",
    "除",
    "含",
    "ほか",
    "外数",
    "外に",
    "別途",
    "約",
    "概算",
    "概数",
    "繰",
    "程度",
    "累計",
    "一部",
    "主な",
];

/// An amount of money.
pub(super) struct Money<'a> {
    pub(super) cell: &'a Cell,
    pub(super) number: Decimal,
    /// Empty under 予算額 in a unit that nobody knows
    pub(super) unit: String,
}

impl Money<'_> {
    /// The number in another unit; nothing where one of the two is not known.
    pub(super) fn number_in(&self, unit: &str) -> Option<Decimal> {
        self.converted(self.number, unit)
    }

    /// The worth of the last place that was typed, in another unit.
    pub(super) fn grain_in(&self, unit: &str) -> Option<Decimal> {
        let is_rounded = self.number.scale() > 0 || matches!(self.unit.as_str(), "千円" | "百万円" | "");
        let grain = if is_rounded { Decimal::new(1, self.number.scale()) } else { Decimal::ZERO };
        self.converted(grain, unit)
    }

    fn converted(&self, number: Decimal, unit: &str) -> Option<Decimal> {
        if unit == self.unit {
            return Some(number);
        }
        number.checked_mul(yen(&self.unit)?)?.checked_div(yen(unit)?).map(|number| number.normalize())
    }
}

/// The amount of a row's own cell in a column.
pub(super) fn money<'a>(table: &'a Indicator, row: &'a Row, column: usize) -> Option<Money<'a>> {
    if let Some(figure) = figure_of_any_size(table, row, column)
        && (figure.is_money() || (figure.unit.is_empty() && head_of(table, column).ends_with(['額', '費'])))
    {
        return Some(Money { cell: figure.cell, number: figure.number, unit: figure.unit });
    }
    let Value::Own(cell) = row.values.get(column)? else { return None };
    let beside = unit_beside(table, row, column).filter(|unit| UNITS.contains(&unit.as_str()));
    let (number, unit) = amount_in(&cell.text(), beside.as_deref())?;
    Some(Money { cell, number, unit })
}

/// What a cell adds to a sum of money in some unit: — is nothing.
pub(super) fn summand(table: &Indicator, row: &Row, column: usize, unit: &str) -> Option<Decimal> {
    if let Some(Value::Own(cell)) = row.values.get(column)
        && cell.lines.iter().all(|line| is_no_value(&line.value))
    {
        return Some(Decimal::ZERO);
    }
    if unit.is_empty() {
        return figure_of_any_size(table, row, column)
            .filter(|figure| figure.unit.is_empty())
            .map(|figure| figure.number);
    }
    money(table, row, column)?.number_in(unit)
}

/// Whether a row counts something else than money wherever it has figures: 開催回数 above 合計｜90千円.
pub(super) fn is_of_counts(table: &Indicator, row: &Row) -> bool {
    let columns = 0..table.columns.count();
    let is_count = |column: usize| {
        figure_of_any_size(table, row, column).is_some_and(|figure| counter_at(&figure.unit) == Some(&figure.unit))
    };
    columns.clone().any(is_count) && columns.clone().all(|column| money(table, row, column).is_none())
}

/// The amount of a text, with its unit; `beside` is that of numbers without one.
fn amount_in(text: &str, beside: Option<&str>) -> Option<(Decimal, String)> {
    if text.replace("百万円", "円").contains(['万', '億', '兆']) {
        return None;
    }
    let (outside, remarks) = split_remarks(text)?;
    let is_other =
        |remark: &String| NOT_THE_WHOLE.iter().any(|word| remark.contains(word)) || remark.starts_with(['外', '他']);
    if remarks.iter().any(is_other) {
        return None;
    }
    match read(&outside, beside)? {
        (Some(amount), _) => Some(amount),
        // 2件（90千円）: in the brackets too nothing but the amount.
        (None, true) => {
            let mut amounts = remarks.iter().filter_map(|remark| read(remark, beside)?.0);
            amounts.next().filter(|_| amounts.next().is_none() && remarks.len() == 1)
        }
        (None, false) => None,
    }
}

/// A text without its brackets, and what stands in them; nothing where one stays open.
fn split_remarks(text: &str) -> Option<(String, Vec<String>)> {
    let (mut outside, mut remarks, mut depth) = (String::new(), Vec::new(), 0_usize);
    for c in text.chars() {
        match c {
            '（' | '(' | '［' | '[' => {
                depth += 1;
                if depth == 1 {
                    outside.push('　');
                    remarks.push(String::new());
                }
            }
            '）' | ')' | '］' | ']' => depth = depth.checked_sub(1)?,
            c if depth == 0 => outside.push(c),
            c => remarks.last_mut()?.push(c),
        }
    }
    (depth == 0).then_some((outside, remarks))
}

/// An amount with its unit.
type Amount = (Decimal, String);

/// The one amount of a text at most, and whether it has a count; nothing where anything else stands in it.
fn read(text: &str, beside: Option<&str>) -> Option<(Option<Amount>, bool)> {
    let (mut amount, mut has_count, mut rest) = (None, false, text);
    // 1件90千円 is the price of one.
    let mut is_behind_one = false;
    while let Some(first) = rest.chars().next() {
        let after_mark = |mark: &str| Some(rest.strip_prefix(mark)?.trim_start_matches(is_digit));
        if is_blank(first) || matches!(first, '\n' | '・' | '、' | '，' | '／' | '/') {
            rest = rest.get(first.len_utf8()..)?;
            is_behind_one = false;
        } else if let Some(after) = WORDS.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = after;
        } else if let Some(after) = ["※", "＊", "*", "注"].into_iter().find_map(after_mark) {
            rest = after;
        } else {
            let (number, after) = number_at(rest)?;
            let behind = after.trim_start_matches(is_blank);
            if let Some(unit) = UNITS.iter().find(|unit| behind.starts_with(**unit)) {
                if is_behind_one || amount.replace((number, (*unit).to_string())).is_some() {
                    return None;
                }
                rest = behind.get(unit.len()..)?;
            } else if let Some(counter) = counter_at(behind) {
                (has_count, is_behind_one) = (true, number == Decimal::ONE);
                rest = behind.get(counter.len()..)?;
            } else {
                let unit = beside.filter(|_| !is_behind_one)?;
                if amount.replace((number, unit.to_string())).is_some() {
                    return None;
                }
                rest = after;
            }
        }
    }
    Some((amount, has_count))
}

fn number_at(text: &str) -> Option<(Decimal, &str)> {
    let unsigned = text.strip_prefix(['△', '▲', '-', '−', '－']);
    let digits = unsigned.unwrap_or(text).trim_start_matches(is_blank);
    let end = digits.find(|c: char| !is_digit(c) && !is_comma(c) && !matches!(c, '.' | '．')).unwrap_or(digits.len());
    let (number, rest) = digits.split_at_checked(end)?;
    let number = parse_number(number)?;
    Some((if unsigned.is_some() { -number } else { number }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> String {
        amount_in(text, None).map(|(number, unit)| format!("{number}{unit}")).unwrap_or_default()
    }

    #[test]
    fn one_amount_among_counts_and_remarks() {
        for (text, expected) in [
            ("70千円　3台", "70千円"),
            ("3台　70千円", "70千円"),
            ("3台（70千円）", "70千円"),
            ("3台（計70千円）", "70千円"),
            ("（3台）70千円", "70千円"),
            ("70千円（見込）", "70千円"),
            ("70千円（注2）", "70千円"),
            ("70千円（うち市費20千円）", "70千円"),
            ("70千円\n（3台）", "70千円"),
            ("70千円／3台", "70千円"),
            ("70千円（補助率2/3）", "70千円"),
            ("合計70千円", "70千円"),
            ("金70千円也", "70千円"),
            ("70千円※2", "70千円"),
            ("７０，０００円", "70000円"),
            ("0.07百万円", "0.07百万円"),
            ("△70千円（3台）", "-70千円"),
        ] {
            assert_eq!(amount(text), expected, "{text}");
        }
        assert_eq!(amount_in("70（3台）", Some("千円")), Some((Decimal::from(70), "千円".to_string())));
    }

    #[test]
    fn what_may_be_no_whole_is_none() {
        for text in [
            "約70千円",
            "70千円以上",
            "1台70千円",
            "70千円/台",
            "70千円×3台",
            "1人当たり70千円",
            "70千円（1台当たり）",
            "70千円・20千円",
            "70千円～90千円",
            "3台（1台70千円）",
            "3台（70千円、20千円）",
            "70千円（市費を除く）",
            "70千円（ほか20千円）",
            "7万円（3台）",
            "70（3台）",
            "70千円）",
            "中止",
            "3台",
        ] {
            assert_eq!(amount(text), "", "{text}");
        }
    }
}
