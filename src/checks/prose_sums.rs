//! J071 in a sentence: parts that do not add up to the 計 behind them (補助金1,200千円、委託料2,000千円の計3,300千円), or to the whole in front of
//! brackets that name all of them (3,344千円（国庫1,000千円、一般財源2,000千円）).

use rust_decimal::Decimal;

use super::figures::is_of_no_sum;
use super::texts::{for_each_prose, sentences};
use super::unit::{counter_at, figure_runs, money_at, unified};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::{Program, Text, format_figure, parse_number};
use crate::syntax::chars::is_blank;

/// How a whole is introduced behind its parts.
const TOTALS: &[&str] =
    &["の計", "、計", "合計", "の合計", "合計で", "あわせて", "合わせて", "の総額", "、総額", "総計"];
/// Words of a sentence whose figures may be no parts, or not whole.
const OPEN: &[&str] = &[
    "うち",
    "約",
    "延べ",
    "延",
    "実人",
    "余り",
    "以上",
    "未満",
    "前年",
    "昨年",
    "累計",
    "増",
    "減",
    "差",
    "平均",
    "当たり",
    "あたり",
    "など",
    "等",
    "ほか",
    "主な",
    "万",
    "億",
];

/// An amount or a count in a sentence.
struct Part<'a> {
    start: usize,
    end: usize,
    number: Decimal,
    unit: &'a str,
}

pub(super) fn check(program: &Program, diagnostics: &mut Diagnostics) {
    for_each_prose(program, &mut |block| {
        for line in &block.lines {
            check_line(line, diagnostics);
        }
    });
}

fn check_line(line: &Text, diagnostics: &mut Diagnostics) {
    for (start, sentence) in sentences(&line.value) {
        if !OPEN.iter().any(|word| sentence.contains(word)) {
            let parts = parts_of(sentence);
            check_total(line, start, sentence, &parts, diagnostics);
            check_brackets(line, start, sentence, &parts, diagnostics);
        }
    }
}

/// Every figure with a unit, in order.
fn parts_of(sentence: &str) -> Vec<Part<'_>> {
    let found = figure_runs(sentence).filter_map(|(start, digits, after)| {
        let behind = after.trim_start_matches(is_blank);
        let unit = money_at(behind).or_else(|| counter_at(behind))?;
        let end = sentence.len() - behind.len() + unit.len();
        Some(Part { start, end, number: parse_number(digits)?, unit })
    });
    found.collect()
}

/// A list that ends in 計. What stands further left may belong to something else: one of its ends that adds up is enough.
fn check_total(line: &Text, offset: usize, sentence: &str, parts: &[Part<'_>], diagnostics: &mut Diagnostics) {
    for (index, whole) in parts.iter().enumerate().skip(2) {
        let Some(last) = parts.get(index - 1) else { continue };
        let before = sentence.get(last.end..whole.start).unwrap_or("").trim_matches(is_blank);
        if !TOTALS.contains(&before.trim_start_matches('、').trim_matches(is_blank)) && !TOTALS.contains(&before) {
            continue;
        }
        let earlier = parts.get(..index).unwrap_or(&[]);
        let list = list_before(sentence, earlier, whole.unit);
        let sums: Vec<Decimal> = list
            .iter()
            .rev()
            .scan(Decimal::ZERO, |sum, part| {
                *sum = sum.checked_add(part.number)?;
                Some(*sum)
            })
            .skip(1)
            .collect();
        if let Some(sum) = sums.last().filter(|_| !sums.contains(&whole.number)) {
            diagnostics.push(message(line, offset, sentence, whole, *sum));
        }
    }
}

/// The parts at the end of a list: of one unit, each behind a name of its own and a comma.
fn list_before<'p, 'a>(sentence: &str, parts: &'p [Part<'a>], unit: &str) -> &'p [Part<'a>] {
    let is_next = |pair: &[Part<'_>]| {
        let [one, next] = pair else { return false };
        let between = sentence.get(one.end..next.start).unwrap_or("").trim_matches(is_blank);
        let name = between.strip_prefix(['、', '，', '・', '及', 'と']).unwrap_or("");
        !name.is_empty() && name.chars().count() <= 20 && !name.contains(['、', '（', '('])
    };
    let is_of_unit = |part: &Part<'_>| unified(part.unit) == unified(unit);
    let mut start = parts.len();
    while start > 0 && parts.get(start - 1).is_some_and(is_of_unit) {
        if start < parts.len() && !parts.get(start - 1..=start).is_some_and(is_next) {
            break;
        }
        start -= 1;
    }
    parts.get(start..).unwrap_or(&[])
}

/// A whole in front of brackets that hold 一般財源 among others, or begin with 内訳.
fn check_brackets(line: &Text, offset: usize, sentence: &str, parts: &[Part<'_>], diagnostics: &mut Diagnostics) {
    for (index, whole) in parts.iter().enumerate() {
        let behind = sentence.get(whole.end..).unwrap_or("");
        let Some(inner) = behind.strip_prefix(['（', '(']) else { continue };
        let Some(length) = inner.find(['）', ')']) else { continue };
        let inner = inner.get(..length).unwrap_or("");
        let is_all = inner.starts_with("内訳") || inner.contains("一般財源");
        if !is_all || inner.contains(['（', '(']) || is_of_no_sum(inner) {
            continue;
        }
        let within: Vec<&Part<'_>> = parts
            .iter()
            .skip(index + 1)
            .take_while(|part| part.start < sentence.len() - behind.len() + length)
            .collect();
        let sum = within.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.number));
        let is_of_one_unit = within.iter().all(|part| unified(part.unit) == unified(whole.unit));
        if let Some(sum) = sum.filter(|sum| within.len() >= 2 && is_of_one_unit && *sum != whole.number) {
            diagnostics.push(message(line, offset, sentence, whole, sum));
        }
    }
}

fn message(line: &Text, offset: usize, sentence: &str, whole: &Part<'_>, sum: Decimal) -> Diagnostic {
    let shown = sentence.get(whole.start..whole.end).unwrap_or("");
    let place = line.stretch(offset + whole.start..offset + whole.end);
    let message = format!("本文の「{shown}」は、内訳を合計すると{}{}です。", format_figure(sum), whole.unit);
    Diagnostic::new(Code::J071, place, message)
        .help("内訳か全体の、違っているほうの数を直してください。")
        .or_acknowledge("【事業】", shown)
        .severity(Severity::Warning)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::texts::said_of;

    fn found(text: &str) -> Vec<String> {
        said_of(text, check_line)
    }

    #[test]
    fn parts_that_do_not_add_up() {
        for (text, sum) in [
            ("補助金1,200千円、委託料2,000千円、事務費244千円の計3,544千円を支出した。", "3,444千円"),
            ("県内20名、県外10名、合計31名が参加した。", "30名"),
            ("説明会3回、研修会4回の合計8回を開いた。", "7回"),
            ("事業費3,344千円（国庫1,000千円、一般財源2,000千円）を支出した。", "3,000千円"),
            ("4件（内訳：県内2件、県外1件）に交付した。", "3件"),
        ] {
            assert_eq!(found(text), [format!("本文の「{}」は、内訳を合計すると{sum}です。", quoted(text))], "{text}");
        }
    }

    /// The whole of each of the texts above.
    fn quoted(text: &str) -> &str {
        ["3,544千円", "31名", "8回", "3,344千円", "4件"].into_iter().find(|whole| text.contains(whole)).unwrap_or("")
    }

    #[test]
    fn honest_sentences() {
        for text in [
            "補助金1,200千円、委託料2,000千円、事務費244千円の計3,444千円を支出した。",
            "前期の計40名のほか、県内20名、県外10名、合計30名が参加した。",
            "4月に5名、県内20名、県外10名、合計30名が参加した。",
            "県内20名、県外10名、延べ合計40名が参加した。",
            "うち県内20名、県外5名、合計30名であった。",
            "説明会3回、参加者40名、合計43点の資料を配った。",
            "事業費3,344千円（国庫1,000千円）を支出した。",
            "事業費3,344千円（国庫1,344千円、一般財源2,000千円）を支出した。",
            "約20名と約10名の計29名であった。",
            "3社、5社の計8社であった。",
            "県内20名、県外10名が参加し、4回で合計12時間の実習をした。",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
