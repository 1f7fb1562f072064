//! J048: the same digits in another order in prose and table, 23,450人 and 23,540人, for the same thing.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::figures::{bare, head_of, unit_beside};
use super::named_years::may_be_of;
use super::rows::label_of;
use super::texts::for_each_prose;
use super::two_units::{is_alike, speaks_of};
use super::unit::figure_runs;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Cell, Columns, Context, FiscalYear, Indicator, Program, Text, Value, parse_number};
use crate::syntax::chars::{is_blank, is_digit};

/// Of two digits half of all pairs are the same by chance.
const FEWEST_DIGITS: usize = 3;

const TEN_THOUSAND: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

/// A number of a sentence, with what stands behind it.
struct ToldNumber<'a> {
    line: &'a Text,
    start: usize,
    end: usize,
    number: Decimal,
    after: &'a str,
}

pub(super) fn check(program: &Program, context: &Context, diagnostics: &mut Diagnostics) {
    let mut told: BTreeMap<String, Vec<ToldNumber<'_>>> = BTreeMap::new();
    let mut in_prose: BTreeSet<Decimal> = BTreeSet::new();
    for_each_prose(program, &mut |block| {
        for line in &block.lines {
            for number in numbers(line) {
                in_prose.insert(number.number);
                told.entry(sorted_digits(number.number)).or_default().push(number);
            }
        }
    });
    let cells = || {
        program.tables().flat_map(|table| {
            table.rows.iter().flat_map(move |row| {
                let own = row.values.iter().enumerate();
                own.filter_map(move |(column, value)| match value {
                    Value::Own(cell) | Value::Computed(cell) => Some((table, row, column, cell)),
                    Value::Shared { .. } | Value::Hole(_) => None,
                })
            })
        })
    };
    let in_tables: BTreeSet<Decimal> =
        cells().flat_map(|(_, _, _, cell)| &cell.quantities).map(|one| one.number).collect();
    for (table, row, column, cell) in cells() {
        let parent = table.parent(row).map(label_of).unwrap_or_default();
        let own_label = label_of(row);
        let head = Some(head_of(table, column)).filter(|head| bare(head).ends_with('数')).unwrap_or_default();
        let label = format!("{parent}{own_label}{head}");
        for quantity in cell.quantities.iter().filter(|one| !in_prose.contains(&one.number)) {
            let alike = told.get(&sorted_digits(quantity.number)).map(Vec::as_slice).unwrap_or_default();
            if alike.is_empty() {
                continue;
            }
            // 来場者数（人）｜23,540
            let unit = match quantity.unit.as_str() {
                "" => unit_beside(table, row, column).unwrap_or_default(),
                unit => unit.to_string(),
            };
            let swapped = alike.iter().find(|number| {
                number.number.scale() == quantity.number.scale()
                    && digits(number.number) >= FEWEST_DIGITS
                    && !in_tables.contains(&number.number)
                    && !unit.is_empty()
                    && has_unit(number.after, &unit)
                    && (speaks_of(&number.line.value, number.start, &label) || are_visitors(number, &label))
                    && counts_the_same(number, &label)
                    && is_of_year(number, context.fiscal_year, |current| year_of(table, column, current))
            });
            if let Some(number) = swapped {
                diagnostics.push(differs(cell, &own_label, number, &unit));
                break;
            }
        }
    }
}

/// The year that a column's values are of; without one of its own they are of this year.
fn year_of(table: &Indicator, column: usize, current: FiscalYear) -> FiscalYear {
    match &table.columns {
        Columns::Years => [current.previous(), current].into_iter().nth(column),
        Columns::Own(columns) => columns.get(column).and_then(|column| column.fiscal_year(current)),
    }
    .unwrap_or(current)
}

/// 令和4年度の421件 is none of a table of 令和5年度 and 令和6年度.
fn is_of_year(
    number: &ToldNumber<'_>,
    current: Option<FiscalYear>,
    of_column: impl Fn(FiscalYear) -> FiscalYear,
) -> bool {
    current.is_none_or(|current| may_be_of(&number.line.value, number.start, of_column(current), current))
}

fn differs(cell: &Cell, label: &str, number: &ToldNumber<'_>, unit: &str) -> Diagnostic {
    let typed = number.line.value.get(number.start..number.end).unwrap_or("");
    let shown = cell.text().replace('\n', " ");
    Diagnostic::new(
        Code::J048,
        cell.span,
        format!("本文は「{typed}{unit}」、表は「{shown}」で、数字の並びが入れ替わっています。"),
    )
    .help("同じものを数えているなら、本文か表の正しくないほうを直してください。")
    .or_acknowledge("【事業】", label)
    .related(number.line.stretch(number.start..number.end), "本文はここです")
}

/// The numbers of a line; 第23号 and parts of codes are none.
fn numbers(line: &Text) -> Vec<ToldNumber<'_>> {
    let text = line.value.as_str();
    let mut found: Vec<ToldNumber<'_>> = Vec::new();
    let mut man: Option<(usize, usize, Decimal)> = None;
    for (start, digits, after) in figure_runs(text) {
        // 2万3,450人 is one figure.
        if let Some((first, _, thousands)) = man.take().filter(|(_, end, _)| *end == start) {
            let rest = parse_number(digits).filter(|rest| *rest < TEN_THOUSAND);
            if let Some(number) = rest.and_then(|rest| thousands.checked_add(rest)) {
                let end = start + digits.len();
                found.push(ToldNumber { line, start: first, end, number, after: after.trim_start_matches(is_blank) });
            }
            continue;
        }
        if after.starts_with('万') {
            let end = start + digits.len() + '万'.len_utf8();
            let number = parse_number(digits).and_then(|number| number.checked_mul(TEN_THOUSAND));
            man = number.map(|number| (start, end, number));
            continue;
        }
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let is_code = matches!(before, Some('第' | '.' | '．' | '-' | '/' | 'A'..='Z' | 'a'..='z'));
        if let Some(number) = parse_number(digits).filter(|_| !is_code) {
            found.push(ToldNumber {
                line,
                start,
                end: start + digits.len(),
                number,
                after: after.trim_start_matches(is_blank),
            });
        }
    }
    found
}

/// Whether a text goes on with a unit, or with another word for it.
fn has_unit(after: &str, unit: &str) -> bool {
    after.starts_with(unit) || super::unit::counter_at(after).is_some_and(|counter| is_alike(counter, unit))
}

/// Words that stand before a figure and do not say what is counted, and the ends of words that do.
const NO_NOUNS: &[&str] =
    &["延べ", "延", "約", "計", "合計", "総計", "全体", "全部", "今回", "当日", "昨年", "前年", "例年"];
const TIMES: &[char] = &['年', '度', '月', '日', '間', '期', '回'];
const COUNT_ENDS: &[&str] = &["件数", "人数", "総数", "数", "実績", "総計", "合計"];
const PARTICLES: &[&str] =
    &["では", "には", "とも", "から", "まで", "は", "が", "も", "を", "に", "の", "で", "と", "へ", "：", ":", "、"];

/// 23,450人が訪れた beside 来場者数: a verb that shares no word with the label.
fn are_visitors(number: &ToldNumber<'_>, label: &str) -> bool {
    const VISITORS: &[&str] = &["来場", "来館", "来園", "来訪", "入場", "入館", "入園", "来客"];
    const VERBS: &[&str] = &["訪れ", "来場", "来館", "来園", "来訪", "入場", "入館", "入園"];
    let clause = number.after.split(['。', '、']).next().unwrap_or("");
    VISITORS.iter().any(|word| label.contains(word)) && VERBS.iter().any(|verb| clause.contains(verb))
}

/// Words that name a part of what is counted.
const PARTS: &[&str] = &[
    "県外",
    "県内",
    "市外",
    "市内",
    "町外",
    "町内",
    "村外",
    "村内",
    "国外",
    "国内",
    "海外",
    "外国",
    "男性",
    "女性",
    "男子",
    "女子",
    "若者",
    "高齢者",
    "学生",
    "生徒",
    "児童",
    "親子",
    "新規",
    "継続",
    "電話",
    "メール",
    "来所",
    "面談",
    "対面",
    "オンライン",
    "個別",
    "夜間",
    "休日",
    "午前",
    "午後",
    "前期",
    "後期",
];

/// Whether the figure is one of a part that the label does not name: 県外からの相談は124件 beside 相談件数.
fn is_of_a_part(before: &str, noun: usize, label: &str) -> bool {
    let bounds = ['。', '、', '，', 'は', 'が', 'を', 'て'];
    let start = before.get(..noun).and_then(|before| before.rfind(bounds)).map_or(0, |at| at + '。'.len_utf8());
    let clause = before.get(start..).unwrap_or("").trim_start_matches(is_blank);
    let qualifier = before.get(start..noun).unwrap_or("").trim_end_matches(is_blank);
    let names_a_part = PARTS.iter().any(|word| clause.contains(word) && !label.contains(word));
    // 高校からの, 窓口への, 電話による
    let is_by = ["からの", "への", "による", "での"].iter().any(|end| qualifier.ends_with(end));
    names_a_part || is_by || clause.starts_with("うち") || clause.starts_with("そのうち")
}

/// Whether what is counted in the sentence is what the label counts: 参加者は23,450人 is not 相談件数｜23,540件, though both were of one fair.
fn counts_the_same(number: &ToldNumber<'_>, label: &str) -> bool {
    let before = number.line.value.get(..number.start).unwrap_or("");
    let Some((at, noun)) = noun_before(before) else { return !is_of_a_part(before, before.len(), label) };
    if is_of_a_part(before, at, label) {
        return false;
    }
    let last_two: String = noun.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
    if label.contains(&last_two) {
        return true;
    }
    // 県内から23,450人が来場した
    let after = number.after.split(['。', '、']).next().unwrap_or("");
    let after = after.split(is_digit).next().unwrap_or("");
    let own = label.rsplit(['の', '・']).next().unwrap_or(label);
    speaks_of(after, 0, own)
}

/// The word that the figure behind it belongs to, and where it begins; nothing where that is a time, or no word of two characters.
fn noun_before(before: &str) -> Option<(usize, &str)> {
    let mut rest = before.trim_end_matches(|c: char| is_blank(c) || matches!(c, '（' | '('));
    while let Some(shorter) = NO_NOUNS.iter().chain(PARTICLES).find_map(|word| rest.strip_suffix(word)) {
        rest = shorter.trim_end_matches(is_blank);
    }
    let is_of_word = |c: char| c.is_alphabetic() && !('ぁ'..='ゖ').contains(&c);
    let at = rest.char_indices().rev().take_while(|(_, c)| is_of_word(*c)).last().map(|(at, _)| at)?;
    let noun = rest.get(at..)?;
    let noun = COUNT_ENDS.iter().find_map(|end| noun.strip_suffix(end)).unwrap_or(noun);
    (noun.chars().count() >= 2 && !noun.ends_with(TIMES)).then_some((at, noun))
}

fn digits(number: Decimal) -> usize {
    sorted_digits(number).len()
}

fn sorted_digits(number: Decimal) -> String {
    let mut digits: Vec<char> = number.abs().to_string().chars().filter(char::is_ascii_digit).collect();
    digits.sort_unstable();
    digits.into_iter().collect()
}
