//! J064: numbers of programs and sums of money that a chapter's text quotes, against those that are computed.

use std::collections::BTreeSet;

use super::texts::{CheckedText, for_each_text_of_heads};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{FiscalYear, Report, Text, format_amount, parse_number, years_in};
use crate::syntax::chars::{is_blank, is_comma, is_digit};
use crate::totals::{Sum, subtotal, total, whole_chapter};

/// Words about all programs together, in front of the number.
const WHOLE: &[&str] =
    &["全", "計", "合わせて", "あわせて", "合計", "全部で", "次の", "以下の", "これらの", "本章の", "この章の"];
/// And behind it.
const DONE: &[&str] = &["を実施し", "に取り組", "を行っ", "を掲載", "で構成"];
/// Words about a sum of money.
const SUMS: &[&str] = &["合計", "小計", "総額", "総事業費", "事業費の計"];
/// A sentence that holds one of these speaks of a part, of another year, or of something else than these programs.
const OTHER: &[&str] = &[
    "うち",
    "ほか",
    "他",
    "など",
    "等",
    "第",
    "新たに",
    "廃止",
    "終了",
    "統合",
    "見直",
    "再掲",
    "主な",
    "昨年",
    "前年",
    "翌年",
    "来年",
    "年間",
    "これまで",
    "まで",
    "予算",
    "補助",
    "交付",
    "国",
    "全体",
    "対象",
    "重点",
    "予定",
    "計画",
    "見込",
    "市町村",
];

pub(super) fn check(report: &Report, diagnostics: &mut Diagnostics) {
    let sums: Vec<Sum> = sums_of(report);
    let known = Quotable {
        counts: sums.iter().map(|sum| whole(sum.programs)).collect(),
        new_counts: sums.iter().map(|sum| whole(sum.new_programs)).collect(),
        amounts: sums.iter().filter_map(|sum| sum.value).collect(),
        year: report.head.as_ref().and_then(|head| head.fiscal_year),
    };
    let unit = report.unit().name();
    let mut visit = |text: &CheckedText<'_>| {
        let own = text.lines.first().and_then(|line| own_sum(report, line));
        let own = own.unwrap_or_else(|| total(report));
        for line in text.lines {
            for quoted in numbers(line) {
                if quoted.after.starts_with("事業")
                    && !quoted.after.starts_with("事業者")
                    && !quoted.after.starts_with("事業所")
                {
                    check_programs(line, &quoted, &known, own, diagnostics);
                } else if quoted.after.starts_with(unit) && sums.iter().all(|sum| sum.value.is_some()) {
                    check_amount(line, &quoted, &known, own, unit, diagnostics);
                }
            }
        }
    };
    for_each_text_of_heads(report, &mut visit);
}

/// What may rightly be quoted: of each chapter, and of the whole.
struct Quotable {
    counts: BTreeSet<i64>,
    new_counts: BTreeSet<i64>,
    amounts: BTreeSet<i64>,
    year: Option<FiscalYear>,
}

/// Of each chapter, alone and with those in it, and of the whole.
fn sums_of(report: &Report) -> Vec<Sum> {
    let whole = (0..report.chapters.len()).map(|index| whole_chapter(report, index));
    report.chapters.iter().map(subtotal).chain(whole).chain([total(report)]).collect()
}

/// The sum of the chapter that a line stands in, with those in it.
fn own_sum(report: &Report, line: &Text) -> Option<Sum> {
    let index = report.chapters.iter().position(|chapter| chapter.head.file == line.span.file);
    index.map(|index| whole_chapter(report, index))
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

/// The sentence around a number.
fn sentence<'a>(line: &'a Text, quoted: &Quoted<'_>) -> &'a str {
    let text = line.value.as_str();
    let start = quoted.before.rfind('。').map_or(0, |at| at + '。'.len_utf8());
    let end = text.get(quoted.end..).and_then(|rest| rest.find('。')).map_or(text.len(), |at| quoted.end + at);
    text.get(start..end).unwrap_or("")
}

/// Whether a sentence speaks of the programs of this report and of this year.
fn is_about_these(sentence: &str, year: Option<FiscalYear>) -> bool {
    let names_other_year = years_in(sentence).iter().any(|other| year.is_some_and(|year| other.year != year.year()));
    !names_other_year && !OTHER.iter().any(|word| sentence.contains(word))
}

fn check_programs(line: &Text, quoted: &Quoted<'_>, known: &Quotable, own: Sum, diagnostics: &mut Diagnostics) {
    let whole = sentence(line, quoted);
    let after = quoted.after.strip_prefix("事業").unwrap_or("");
    let before = quoted.before.trim_end_matches(is_blank);
    let is_new = before.ends_with("新規は") || before.ends_with("新規事業は") || before.ends_with("新規");
    // うち新規は3事業: the part is the new ones.
    if is_new && is_about_these(&whole.replace("うち", ""), known.year) {
        if !known.new_counts.contains(&quoted.value) {
            let help = "本文の数を直すか、新規の事業の原稿に「区分：新規」と書いてください。";
            diagnostics.push(differs(line, quoted, "事業", &format!("新規{}事業", own.new_programs), help));
        }
        return;
    }
    let is_whole = WHOLE.iter().any(|word| before.ends_with(word)) && DONE.iter().any(|word| after.starts_with(word));
    if is_whole && is_about_these(whole, known.year) && !known.counts.contains(&quoted.value) {
        let help = "本文の数を直すか、足りない事業の原稿を加えてください。";
        diagnostics.push(differs(line, quoted, "事業", &format!("{}事業", own.programs), help));
    }
}

fn check_amount(
    line: &Text,
    quoted: &Quoted<'_>,
    known: &Quotable,
    own: Sum,
    unit: &str,
    diagnostics: &mut Diagnostics,
) {
    let whole = sentence(line, quoted);
    let before: String = quoted.before.chars().rev().take(10).collect::<Vec<_>>().into_iter().rev().collect();
    let is_sum = SUMS.iter().any(|word| before.contains(word));
    if is_sum && is_about_these(whole, known.year) && !known.amounts.contains(&quoted.value) {
        let actual = format!("{}{unit}", format_amount(own.value.unwrap_or_default()));
        let help = "本文の金額か、事業費の違っているほうを直してください。";
        diagnostics.push(differs(line, quoted, unit, &actual, help));
    }
}

fn differs(line: &Text, quoted: &Quoted<'_>, unit: &str, actual: &str, help: &str) -> Diagnostic {
    let span = line.stretch(quoted.start..quoted.end);
    let typed = line.value.get(quoted.start..quoted.end).unwrap_or("");
    Diagnostic::new(Code::J064, span, format!("本文に「{typed}{unit}」とありますが、実際は{actual}です。"))
        .help(help)
        .or_acknowledge("【章】", &format!("{typed}{unit}"))
}
