//! J033: the same number in prose and table, with two units.

use rust_decimal::Decimal;

use super::table_units::value_columns;
use super::texts::for_each_prose;
use super::unit::{Count, counts, is_same};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Cell, Program, Text};
use crate::source::Span;

/// Companies are counted as 社, 企業, 事業者…: one kind of thing, however it is called.
const KINDS: &[&[&str]] = &[
    &["社", "企業", "事業者", "事業所", "法人", "者", "店舗", "店", "施設"],
    &["件", "回"],
    &["講座", "コース", "組", "班"],
    &["部", "冊", "枚"],
    &["種類", "品目", "品", "種"],
];

pub(super) fn check(program: &Program, diagnostics: &mut Diagnostics) {
    let mut lines: Vec<&Text> = Vec::new();
    for_each_prose(program, &mut |block| lines.extend(&block.lines));
    let in_prose: Vec<(&Text, Count<'_>)> =
        lines.iter().flat_map(|line| counts(&line.value).into_iter().map(|count| (*line, count))).collect();
    if in_prose.is_empty() {
        return;
    }
    let in_tables: Vec<(Decimal, &str, &Cell)> = program
        .indicators
        .iter()
        .flat_map(|table| {
            table
                .rows
                .iter()
                .flat_map(|row| value_columns(table).into_iter().filter_map(|column| table.cell(row, column)))
        })
        .flat_map(|cell| cell.quantities.iter().map(move |quantity| (quantity.number, quantity.unit.as_str(), cell)))
        .filter(|(number, unit, _)| *number >= Decimal::TEN && is_counted(unit))
        .collect();
    let mut said: Vec<Decimal> = Vec::new();
    for (number, unit, cell) in &in_tables {
        let same_number = || in_prose.iter().filter(|(_, count)| count.number == *number);
        let is_told = same_number().any(|(_, count)| is_alike(count.counter, unit));
        let Some((line, count)) = same_number().next().filter(|_| !is_told && !said.contains(number)) else { continue };
        // The table has it too: the prose speaks of that row.
        if in_tables.iter().any(|(other, unit, _)| other == number && is_alike(unit, count.counter)) {
            continue;
        }
        said.push(*number);
        let place = Span {
            start: line.span.start + count.start,
            end: line.span.start + count.start + count.text.len(),
            ..line.span
        };
        diagnostics.push(
            Diagnostic::new(
                Code::J033,
                cell.span,
                format!("本文は「{}」、表は「{}」です。", count.text, cell.text().replace('\n', " ")),
            )
            .help("同じものを数えているなら、本文か表の正しくないほうを直してください。")
            .or_acknowledge("【事業】", &cell.text())
            .related(place, "本文はここです"),
        );
    }
}

/// A unit of things; money, shares, times and measures stand beside counts without contradicting them.
fn is_counted(unit: &str) -> bool {
    super::unit::starts_with_counter(unit)
}

/// The same unit, or two words for one kind of thing. 48件 of grants are not 48名.
fn is_alike(a: &str, b: &str) -> bool {
    is_same(a, b) || KINDS.iter().any(|kind| kind.contains(&a) && kind.contains(&b))
}
