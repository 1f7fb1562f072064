//! J064: numbers of programs and sums of money that a chapter's text quotes, against those that are computed.

use std::collections::BTreeSet;

use super::texts::{Checked, for_each_text_of_heads};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Report, Text, format_amount, parse_number};
use crate::source::Span;
use crate::syntax::chars::{is_blank, is_comma, is_digit};
use crate::totals::{Sum, subtotal, total};

/// What is said of all programs together, in front of the number.
const WHOLE: &[&str] = &["全", "計", "合わせて", "あわせて", "合計", "総数", "すべて", "全部で", "次の", "以下の"];
/// And behind it.
const DONE: &[&str] = &["を実施", "に取り組", "を行", "を展開", "を推進", "で構成", "からなる", "を掲載", "について"];
/// What is said of a part.
const PART: &[&str] =
    &["うち", "ほか", "他", "など", "等", "第", "新たに", "廃止", "終了", "統合", "見直", "再掲", "主な"];
/// What is said of a sum of money.
const SUMS: &[&str] = &["合計", "小計", "総額", "総事業費", "事業費の計", "事業費総額", "合わせて"];

pub(super) fn check(report: &Report, diagnostics: &mut Diagnostics) {
    let sums: Vec<Sum> = report.chapters.iter().map(subtotal).chain([total(report)]).collect();
    let counts: BTreeSet<i64> = sums.iter().map(|sum| whole(sum.programs)).collect();
    let new_counts: BTreeSet<i64> = sums.iter().map(|sum| whole(sum.new_programs)).collect();
    let amounts: BTreeSet<i64> = sums.iter().filter_map(|sum| sum.value).collect();
    let unit = report.head.as_ref().map(|head| head.unit).unwrap_or_default().name();
    let mut visit = |text: &Checked<'_>| {
        let own = text.lines.first().and_then(|line| own_sum(report, line));
        let own = own.unwrap_or_else(|| total(report));
        for line in text.lines {
            for quoted in numbers(line) {
                if quoted.after.starts_with("事業")
                    && !quoted.after.starts_with("事業者")
                    && !quoted.after.starts_with("事業所")
                {
                    check_programs(line, &quoted, &counts, &new_counts, own, diagnostics);
                } else if quoted.after.starts_with(unit)
                    && !amounts.is_empty()
                    && sums.iter().all(|sum| sum.value.is_some())
                {
                    check_amount(line, &quoted, &amounts, own, unit, diagnostics);
                }
            }
        }
    };
    for_each_text_of_heads(report, &mut visit);
}

/// The sum of the chapter that a line stands in.
fn own_sum(report: &Report, line: &Text) -> Option<Sum> {
    report.chapters.iter().find(|chapter| chapter.head.file == line.span.file).map(subtotal)
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A number in a line, with what stands before and after it.
struct Quoted<'a> {
    value: i64,
    start: usize,
    end: usize,
    before: &'a str,
    after: &'a str,
}

fn numbers(line: &Text) -> Vec<Quoted<'_>> {
    let text = line.value.as_str();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text.get(at..).and_then(|rest| rest.find(is_digit)) {
        let start = at + offset;
        let rest = text.get(start..).unwrap_or("");
        let length = rest.find(|c: char| !is_digit(c) && !is_comma(c)).unwrap_or(rest.len());
        at = start + length;
        let value = rest.get(..length).and_then(parse_number).and_then(|number| i64::try_from(number).ok());
        let after = rest.get(length..).unwrap_or("").trim_start_matches(is_blank);
        if let Some(value) = value {
            found.push(Quoted { value, start, end: at, before: text.get(..start).unwrap_or(""), after });
        }
    }
    found
}

/// The last few characters, back to the sentence's start.
fn nearby(before: &str, most: usize) -> String {
    let tail: Vec<char> = before.chars().rev().take_while(|c| !"。、（(".contains(*c)).take(most).collect();
    tail.into_iter().rev().collect()
}

fn check_programs(
    line: &Text,
    quoted: &Quoted<'_>,
    counts: &BTreeSet<i64>,
    new_counts: &BTreeSet<i64>,
    own: Sum,
    diagnostics: &mut Diagnostics,
) {
    let before = nearby(quoted.before, 8);
    let after = quoted.after.strip_prefix("事業").unwrap_or("");
    if before.contains("新規") {
        if !new_counts.contains(&quoted.value) {
            let actual = format!("新規{}事業", own.new_programs);
            diagnostics.push(differs(
                line,
                quoted,
                "事業",
                &actual,
                "本文の数を直すか、新規の事業の原稿に「区分：新規」と書いてください。",
            ));
        }
        return;
    }
    let is_part = PART.iter().any(|word| before.contains(word))
        || ["のうち", "など", "等", "ほか"].iter().any(|word| after.starts_with(word));
    let is_whole = WHOLE.iter().any(|word| before.trim_end_matches(is_blank).ends_with(word))
        || DONE.iter().any(|word| after.starts_with(word));
    if is_whole && !is_part && !counts.contains(&quoted.value) {
        let help = "本文の数を直すか、足りない事業の原稿を加えてください。";
        diagnostics.push(differs(line, quoted, "事業", &format!("{}事業", own.programs), help));
    }
}

fn check_amount(
    line: &Text,
    quoted: &Quoted<'_>,
    amounts: &BTreeSet<i64>,
    own: Sum,
    unit: &str,
    diagnostics: &mut Diagnostics,
) {
    let before = nearby(quoted.before, 10);
    let is_part = PART.iter().any(|word| before.contains(word));
    if SUMS.iter().any(|word| before.contains(word)) && !is_part && !amounts.contains(&quoted.value) {
        let actual = format!("{}{unit}", format_amount(own.value.unwrap_or_default()));
        diagnostics.push(differs(
            line,
            quoted,
            unit,
            &actual,
            "本文の金額か、事業費の違っているほうを直してください。",
        ));
    }
}

fn differs(line: &Text, quoted: &Quoted<'_>, unit: &str, actual: &str, help: &str) -> Diagnostic {
    let span = Span {
        start: (line.span.start + quoted.start).min(line.span.end),
        end: (line.span.start + quoted.end).min(line.span.end),
        ..line.span
    };
    let typed = line.value.get(quoted.start..quoted.end).unwrap_or("");
    Diagnostic::new(Code::J064, span, format!("本文に「{typed}{unit}」とありますが、実際は{actual}です。"))
        .help(help)
        .or_acknowledge("【章】", &format!("{typed}{unit}"))
}
