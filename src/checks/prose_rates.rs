//! J072 in a sentence: 目標200名に対し227名（達成率131.5％).
//!
//! Only a sentence with one goal, one result of the same unit and one rate says what its rate is of.

use super::computed_kinds::ColumnKind;
use super::figures::Measure;
use super::rates::{is_rate_of, rate, shown_rate};
use super::texts::{for_each_text_of_program, sentences};
use super::unit::{Count, counts, figure_runs, is_same};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Program, Text, parse_number};
use crate::syntax::chars::is_blank;
use rust_decimal::Decimal;

/// Words of a sentence that speaks of other years too, or of what is no whole figure.
const OTHERS: &[&str] = &[
    "前年",
    "昨年",
    "翌年",
    "累計",
    "最終",
    "年度末",
    "うち",
    "残",
    "約",
    "延べ",
    "以上",
    "万",
    "億",
    "基準",
    "計画期間",
    "のべ",
    "当初",
    "倍",
];

pub(super) fn check(program: &Program, diagnostics: &mut Diagnostics) {
    for_each_text_of_program(program, &mut |text| {
        for line in text.lines {
            check_line(line, diagnostics);
        }
    });
}

fn check_line(line: &Text, diagnostics: &mut Diagnostics) {
    for (start, sentence) in sentences(&line.value) {
        if sentence.matches("目標").count() == 1 && !OTHERS.iter().any(|word| sentence.contains(word)) {
            check_sentence(line, start, sentence, diagnostics);
        }
    }
}

fn check_sentence(line: &Text, offset: usize, sentence: &str, diagnostics: &mut Diagnostics) {
    let found = counts(sentence);
    let [one, other] = found.as_slice() else { return };
    let is_goal = |count: &Count<'_>| {
        let before = sentence.get(..count.start).unwrap_or("");
        before.rfind("目標").is_some_and(|at| {
            let between = before.get(at + "目標".len()..).unwrap_or("");
            between.chars().count() <= 6 && !between.contains(char::is_numeric) && !between.contains(['、', '。'])
        })
    };
    let (goal, result) = match (is_goal(one), is_goal(other)) {
        (true, false) => (one, other),
        (false, true) => (other, one),
        _ => return,
    };
    let Some((typed, place)) = only_rate(sentence, result) else { return };
    let measure = |count: &Count<'_>| Measure::new(count.number, count.counter);
    let is_readable = is_same(goal.counter, result.counter) && goal.number > Decimal::ZERO;
    if is_readable && !is_rate_of(typed, measure(goal), measure(result), ColumnKind::Achievement) {
        let shown = sentence.get(place.clone()).unwrap_or("");
        let right = shown_rate(rate(result.number, goal.number), typed.scale());
        let message = format!("本文の達成率は{shown}ですが、{}÷{}を計算すると{right}％です。", result.text, goal.text);
        let stretch = |start: usize, end: usize| line.stretch(offset + start..offset + end);
        let diagnostic = Diagnostic::new(Code::J072, stretch(place.start, place.end), message)
            .help("率か、もとの数の、違っているほうを直してください。")
            .or_acknowledge("【事業】", shown);
        diagnostics.push(
            diagnostic
                .related(stretch(result.start, result.start + result.text.len()), "この数を")
                .related(stretch(goal.start, goal.start + goal.text.len()), "この数で割りました"),
        );
    }
}

/// The one rate of a sentence: behind 達成率 or 達成度, or in brackets right behind the result.
fn only_rate(sentence: &str, result: &Count<'_>) -> Option<(Decimal, std::ops::Range<usize>)> {
    let mut rates = figure_runs(sentence).filter_map(|(start, digits, after)| {
        let behind = after.trim_start_matches(is_blank);
        let unit = ["％", "%", "パーセント"].into_iter().find(|unit| behind.starts_with(*unit))?;
        Some((parse_number(digits)?, start..sentence.len() - behind.len() + unit.len()))
    });
    let (number, place) = rates.next().filter(|_| rates.next().is_none())?;
    let before = sentence.get(..place.start)?.trim_end_matches(is_blank);
    let is_named = ["", "は", "が", "：", ":", "で"].iter().any(|word| {
        before.strip_suffix(word).is_some_and(|before| before.ends_with("達成率") || before.ends_with("達成度"))
    });
    let end = result.start + result.text.len();
    let follows = before.ends_with(['（', '(']) && before.trim_end_matches(['（', '(']).len() == end;
    (is_named || follows).then_some((number, place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::texts::said_of;

    fn found(text: &str) -> Vec<String> {
        said_of(text, check_line)
    }

    #[test]
    fn rates_that_differ() {
        for text in [
            "受講者は目標200名に対して227名（達成率131.5％）であった。",
            "目標値の200名に対し227名（131.5％）が受講した。",
            "227名が受講し、目標（200名）の達成率は131.5％となった。",
        ] {
            let right = "本文の達成率は131.5％ですが、227名÷200名を計算すると113.5％です。";
            assert_eq!(found(text), [right], "{text}");
        }
    }

    #[test]
    fn honest_sentences() {
        for text in [
            "受講者は目標200名に対して227名（達成率113.5％）であった。",
            "受講者は目標200名に対して227名（達成率114％）であった。",
            "目標の200名に対し、前年度は227名（131.5％）であった。",
            "目標200名に対し4回の講習に227名（31.5％）が参加した。",
            "目標200名に対し227名で、満足度は93.2％であった。",
            "目標200名に対し227社（131.5％）であった。",
            "達成率131.5％を目標とし、200名のうち227名に案内した。",
            "事故を目標の20件から16件に減らした（達成率120％）。",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
