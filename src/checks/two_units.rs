//! J033: the same number in prose and table, with two units.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::rows::{label_of, value_columns};
use super::texts::for_each_prose;
use super::unit::{Count, counts, is_same, starts_with_counter};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Cell, Program, Quantity, Text};

/// Companies are counted as 社, 企業, 事業者…: one kind of thing, however it is called.
const KINDS: &[&[&str]] = &[
    &["社", "企業", "事業者", "事業所", "法人", "者", "店舗", "店", "施設"],
    &["件", "回"],
    &["講座", "コース", "組", "班"],
    &["部", "冊", "枚"],
    &["種類", "品目", "品", "種"],
];

pub(super) fn check(program: &Program, diagnostics: &mut Diagnostics) {
    let mut in_prose: BTreeMap<Decimal, Vec<(&Text, Count<'_>)>> = BTreeMap::new();
    for_each_prose(program, &mut |block| {
        for line in &block.lines {
            for count in counts(&line.value) {
                in_prose.entry(count.number).or_default().push((line, count));
            }
        }
    });
    let in_tables = numbers_of_tables(program, &in_prose);
    for (number, cells) in &in_tables {
        let told = in_prose.get(number).map(Vec::as_slice).unwrap_or_default();
        let is_alike_in_table = |counter: &str| cells.iter().any(|found| is_alike(&found.quantity.unit, counter));
        // The prose speaks of that row, or the table has what the prose speaks of.
        if told.iter().any(|(_, count)| is_alike_in_table(count.counter)) {
            continue;
        }
        let pair = cells.iter().find_map(|found| {
            let of_row = told.iter().find(|(line, count)| speaks_of(&line.value, count.start, &found.label));
            of_row.map(|(line, count)| (found, *line, count))
        });
        if let Some((found, line, count)) = pair {
            diagnostics.push(differs(found, line, count));
        }
    }
}

fn differs(found: &UnitUse<'_>, line: &Text, count: &Count<'_>) -> Diagnostic {
    let place = line.stretch(count.start..count.start + count.text.len());
    let shown = found.cell.text().replace('\n', " ");
    Diagnostic::new(Code::J033, found.cell.span, format!("本文は「{}」、表は「{shown}」です。", count.text))
        .help("同じものを数えているなら、本文か表の正しくないほうを直してください。")
        .or_acknowledge("【事業】", &found.own_label)
        .related(place, "本文はここです")
}

/// A number of a table.
struct UnitUse<'a> {
    quantity: &'a Quantity,
    cell: &'a Cell,
    own_label: String,
    /// With that of its group
    label: String,
}

/// The numbers of the tables that the prose holds too; below ten the same number says nothing.
fn numbers_of_tables<'a>(
    program: &'a Program,
    in_prose: &BTreeMap<Decimal, Vec<(&Text, Count<'_>)>>,
) -> BTreeMap<Decimal, Vec<UnitUse<'a>>> {
    let mut found: BTreeMap<Decimal, Vec<UnitUse<'a>>> = BTreeMap::new();
    for table in program.tables().filter(|table| !table.is_of_amounts()) {
        let columns = value_columns(table);
        for row in &table.rows {
            let parent = table.parent(row).map(label_of).unwrap_or_default();
            for cell in columns.iter().filter_map(|column| table.cell(row, *column)) {
                // Money, shares, times and measures stand beside counts without contradicting them.
                let counted = cell.quantities.iter().filter(|quantity| {
                    quantity.number >= Decimal::TEN
                        && in_prose.contains_key(&quantity.number)
                        && starts_with_counter(&quantity.unit)
                });
                for quantity in counted {
                    let own_label = label_of(row);
                    let label = format!("{parent}{own_label}");
                    found.entry(quantity.number).or_default().push(UnitUse { quantity, cell, own_label, label });
                }
            }
        }
    }
    found
}

/// Whether the sentence around a place shares a word of two characters with a label: the same number alone is chance.
pub(super) fn speaks_of(line: &str, at: usize, label: &str) -> bool {
    let start = line.get(..at).and_then(|before| before.rfind('。')).unwrap_or(0);
    let sentence = line.get(start..).unwrap_or("");
    let sentence = sentence
        .get('。'.len_utf8()..)
        .and_then(|rest| rest.find('。'))
        .map_or(sentence, |end| sentence.get(..end + '。'.len_utf8()).unwrap_or(sentence));
    let chars: Vec<char> = label.chars().collect();
    let is_word = |pair: &[char]| pair.iter().all(|c| c.is_alphabetic() && !('ぁ'..='ゖ').contains(c) && *c != '数');
    chars.windows(2).filter(|pair| is_word(pair)).any(|pair| sentence.contains(&pair.iter().collect::<String>()))
}

/// The same unit, or two words for one kind of thing. 48件 of grants are not 48名.
pub(super) fn is_alike(a: &str, b: &str) -> bool {
    is_same(a, b) || KINDS.iter().any(|kind| kind.contains(&a) && kind.contains(&b))
}
