//! J051 and J052: years in texts that contradict the report, or each other.

use super::heading_of;
use super::texts::CheckedText;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{BracketedYear, Context, FiscalYear, Text, YearInText, bracketed_years, years_in};
use crate::source::Files;
use crate::syntax::chars::is_blank;

/// Words for the report's own year.
const THIS_YEAR: &[&str] = &["本年度", "今年度", "当年度"];
/// A year of 令和 further ahead than a plan reaches is a slip of the hand.
const FURTHEST: i32 = 25;

pub(super) fn check(text: &CheckedText<'_>, context: &Context, files: &Files, diagnostics: &mut Diagnostics) {
    for line in text.lines {
        if !line.value.contains('年') {
            continue;
        }
        let years = years_in(&line.value);
        if let Some(current) = context.fiscal_year {
            check_this_year(line, &years, current, files, diagnostics);
            check_far(line, &years, current, diagnostics);
        }
        check_pairs(line, &years, diagnostics);
        check_bracketed(line, diagnostics);
    }
}

/// Whether two places of a line are parted by an opening bracket, or by nothing.
fn is_beside(line: &str, end: usize, start: usize) -> bool {
    line.get(end..start).is_some_and(|between| {
        let between = between.trim_matches(is_blank);
        matches!(between, "" | "（" | "(" | "である" | "=" | "＝")
    })
}

/// J051: 今年度（令和元年度） in a report of another year.
fn check_this_year(
    line: &Text,
    years: &[YearInText],
    current: FiscalYear,
    files: &Files,
    diagnostics: &mut Diagnostics,
) {
    for (start, word) in THIS_YEAR.iter().flat_map(|word| line.value.match_indices(word)) {
        let end = start + word.len();
        let beside = years.iter().find(|year| {
            year.is_fiscal
                && (is_beside(&line.value, end, year.range.start) || is_beside(&line.value, year.range.end, start))
        });
        let Some(year) = beside.filter(|year| year.year != current.year()) else { continue };
        let (from, to) = (start.min(year.range.start), end.max(year.range.end));
        let typed = line.value.get(from..to).unwrap_or("");
        let close = if typed.contains(['（', '(']) { "）" } else { "" };
        diagnostics.push(
            Diagnostic::new(
                Code::J051,
                line.stretch(from..to),
                format!("「{typed}{close}」とあります。この報告書は{}分です。", current.label()),
            )
            .help("昨年の文章が残っていないか確かめ、年度を直してください。")
            .or_acknowledge(heading_of(files.get(line.span.file)), typed),
        );
    }
}

/// J052: 令和32年, unless the western year beside it says that it is meant.
fn check_far(line: &Text, years: &[YearInText], current: FiscalYear, diagnostics: &mut Diagnostics) {
    for year in years.iter().filter(|year| year.is_newest_era) {
        let is_confirmed = partner(line, years, year).is_some();
        if year.number > 0 && (year.year <= current.year() + FURTHEST || is_confirmed) {
            continue;
        }
        let typed = line.value.get(year.range.clone()).unwrap_or("");
        let (message, help) = if year.number == 0 {
            (
                format!("「{typed}」という年はありません。"),
                "正しい年に直してください。最初の年は「元年」と書きます。".to_string(),
            )
        } else {
            (
                format!("「{typed}」は西暦{}年です。年の数字を打ち間違えていませんか。", year.year),
                format!(
                    "正しい年に直してください。正しければ「{typed}（{}年）」のように、西暦を添えてください。",
                    year.year
                ),
            )
        };
        diagnostics
            .push(Diagnostic::new(Code::J052, line.stretch(year.range.start..year.range.end), message).help(help));
    }
}

/// The year of the other calendar that stands beside one.
fn partner<'a>(line: &Text, years: &'a [YearInText], year: &YearInText) -> Option<&'a YearInText> {
    years.iter().find(|other| {
        other.is_western != year.is_western
            && (is_beside(&line.value, year.range.end, other.range.start)
                || is_beside(&line.value, other.range.end, year.range.start))
    })
}

/// J052: 令和3（2020）年, as official papers write the two.
fn check_bracketed(line: &Text, diagnostics: &mut Diagnostics) {
    for BracketedYear { era, western, range } in
        bracketed_years(&line.value).into_iter().filter(|pair| pair.era != pair.western)
    {
        let typed = line.value.get(range.clone()).unwrap_or("");
        diagnostics.push(
            Diagnostic::new(
                Code::J052,
                line.stretch(range.start..range.end),
                format!("「{typed}」の元号の年は西暦{era}年です（{western}とあります）。"),
            )
            .help("どちらかの年を直してください。"),
        );
    }
}

/// J052: 令和2年（2021年）.
fn check_pairs(line: &Text, years: &[YearInText], diagnostics: &mut Diagnostics) {
    for year in years.iter().filter(|year| !year.is_western && year.number > 0) {
        let Some(other) = partner(line, years, year) else { continue };
        // 令和2年度（2021年3月） and the like: a fiscal year ends in the next year of the calendar.
        let is_mixed = year.is_fiscal != other.is_fiscal && (year.year - other.year).abs() <= 1;
        if year.year == other.year || is_mixed {
            continue;
        }
        let (from, to) = (year.range.start.min(other.range.start), year.range.end.max(other.range.end));
        let (era, western) =
            (line.value.get(year.range.clone()).unwrap_or(""), line.value.get(other.range.clone()).unwrap_or(""));
        let kind = if year.is_fiscal { "年度" } else { "年" };
        diagnostics.push(
            Diagnostic::new(
                Code::J052,
                line.stretch(from..to),
                format!("{era}は{}{kind}です（{western}とあります）。", year.year),
            )
            .help("どちらかの年を直してください。"),
        );
    }
}
