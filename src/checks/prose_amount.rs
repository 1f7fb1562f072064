//! J071: 事業費12,354千円 in a sentence beside 事業費：12,345千円, with digits in another order or one that differs.
//!
//! An amount that differs by more is another amount.

use rust_decimal::Decimal;

use super::texts::for_each_prose;
use super::unit::figure_runs;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::{Context, Program, Text, Value, format_amount, parse_number, years_in};
use crate::source::Span;
use crate::syntax::chars::is_blank;

/// Words of a sentence that speaks of other money than this year's whole.
const OTHER_MONEY: &[&str] = &[
    "当初",
    "補正",
    "予算",
    "前年",
    "昨年",
    "前々",
    "翌年",
    "来年",
    "次年",
    "内訳",
    "うち",
    "見込",
    "計画",
    "予定",
    "目標",
    "繰越",
    "県全体",
    "他の",
    "「",
    "平均",
    "当たり",
    "あたり",
    "増",
    "減",
    "累計",
    "年間で",
    "国費",
    "一部",
];
/// What may stand before 事業費.
const BEFORE: &[&str] = &[
    "",
    "本事業の",
    "この事業の",
    "当事業の",
    "同事業の",
    "今年度の",
    "本年度の",
    "当年度の",
    "年度の",
    "また",
    "なお",
];
const BETWEEN: &[&str] =
    &["", "は", "の", "が", "：", ":", "として", "の総額は", "の決算額は", "は総額", "は計", "は合計", "に"];
const FEWEST_DIGITS: usize = 3;

pub(super) fn check(program: &Program, (amount, place): (i64, Span), context: &Context, diagnostics: &mut Diagnostics) {
    let in_tables = |number: Decimal| {
        let mut cells = program.tables().flat_map(|table| &table.rows).flat_map(|row| &row.values);
        cells.any(|value| match value {
            Value::Own(cell) | Value::Computed(cell) => cell.quantities.iter().any(|one| one.number == number),
            Value::Shared { .. } | Value::Hole(_) => false,
        })
    };
    let mut said = false;
    for_each_prose(program, &mut |block| {
        for line in block.lines.iter().filter(|line| line.value.contains("事業費")) {
            for (range, number) in amounts(line, context) {
                if !said && is_slip(number, amount.into()) && !in_tables(number) {
                    diagnostics.push(message(line, range, (amount, place), context));
                    said = true;
                }
            }
        }
    });
}

/// The amounts that a line calls the 事業費 of this year.
fn amounts(line: &Text, context: &Context) -> Vec<(std::ops::Range<usize>, Decimal)> {
    let text = line.value.as_str();
    let found = figure_runs(text).filter_map(|(start, digits, after)| {
        let unit = after.trim_start_matches(is_blank).strip_prefix(context.unit().name())?;
        let end = text.len() - unit.len();
        let number = parse_number(digits).filter(|_| !unit.starts_with("から"))?;
        let from = text.get(..start)?.rfind('。').map_or(0, |at| at + '。'.len_utf8());
        let sentence = text.get(from..)?.split('。').next()?;
        let before = text.get(from..start)?.trim_end_matches(is_blank);
        let is_own = !OTHER_MONEY.iter().any(|word| sentence.contains(word))
            && years_in(sentence).iter().all(|year| context.fiscal_year.is_some_and(|own| own.year() == year.year))
            && figure_runs(sentence).filter(|(_, _, after)| after.starts_with(context.unit().name())).count() == 1;
        (is_own && names_the_amount(before)).then_some((start..end, number))
    });
    found.collect()
}

/// 事業費は, この事業の事業費
fn names_the_amount(before: &str) -> bool {
    BETWEEN.iter().filter_map(|word| before.strip_suffix(word)).filter_map(|rest| rest.strip_suffix("事業費")).any(
        |rest| {
            let clause = rest.rsplit(['、', '（', '(']).next().unwrap_or(rest).trim_matches(is_blank);
            BEFORE.iter().any(|word| if *word == "年度の" { clause.ends_with(word) } else { clause == *word })
        },
    )
}

/// The same digits in another order, or one digit that differs.
fn is_slip(typed: Decimal, amount: Decimal) -> bool {
    let (a, b) = (typed.to_string(), amount.to_string());
    if a.len() != b.len() || a.len() < FEWEST_DIGITS || a == b {
        return false;
    }
    let sorted = |text: &str| {
        let mut digits: Vec<char> = text.chars().collect();
        digits.sort_unstable();
        digits
    };
    sorted(&a) == sorted(&b) || a.chars().zip(b.chars()).filter(|(a, b)| a != b).count() == 1
}

fn message(line: &Text, range: std::ops::Range<usize>, (amount, place): (i64, Span), context: &Context) -> Diagnostic {
    let shown = line.value.get(range.clone()).unwrap_or("").to_string();
    let own = format!("{}{}", format_amount(amount), context.unit().name());
    Diagnostic::new(
        Code::J071,
        line.stretch(range),
        format!("本文は「事業費{shown}」ですが、この事業の事業費は{own}です。"),
    )
    .help("同じ額のはずなら、違っているほうを直してください。")
    .or_acknowledge("【事業】", &shown)
    .severity(Severity::Warning)
    .related(place, "事業費はここです")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_hand() {
        let is = |a: i64, b: i64| is_slip(a.into(), b.into());
        assert!(is(12_354, 12_345) && is(12_845, 12_345) && is(453, 435));
        assert!(!is(12_345, 12_345) && !is(1_234, 12_345) && !is(13_245, 12_300) && !is(21, 12));
    }

    #[test]
    fn what_is_called_the_amount() {
        for before in ["事業費", "事業費は", "また、事業費は総額", "この事業の事業費は", "令和2年度の事業費"]
        {
            assert!(names_the_amount(before), "{before}");
        }
        for before in ["総事業費は", "国の事業費は", "1件の事業費は", "事業費補助金は", "会の費用は"]
        {
            assert!(!names_the_amount(before), "{before}");
        }
    }
}
