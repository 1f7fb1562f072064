//! J044 in the values of 【指標】: a unit whose figure was left out, 参加者　名, 延べ　　人, （　）名, and 名 alone among figures.

use super::figures::head_of;
use super::gap_words::{BEFORE_A_NUMBER, COUNTED, MONEY};
use super::gaps::{find_all, message};
use super::texts::for_each_prose;
use super::unit::counter_at;
use crate::diagnostic::Diagnostics;
use crate::model::{Cell, Columns, Indicator, Program, Row, Text, Value};
use crate::source::Files;
use crate::syntax::chars::is_blank;

/// Counters that are no words: 構成員　企業 says who the members are.
const PURE: &[&str] = &[
    "名", "人", "回", "件", "社", "校", "組", "冊", "枚", "台", "戸", "隻", "棟", "か所", "ヶ所", "カ所", "箇所",
    "世帯",
];
const SIGNS: &[char] = &['△', '▲', '金', '計'];

pub(super) fn check(program: &Program, files: &Files, diagnostics: &mut Diagnostics) {
    // A cell of a declared table is read as what the form says.
    for table in program.tables().filter(|table| table.declared.is_none()) {
        for (place, row) in table.rows.iter().enumerate() {
            for (column, value) in row.values.iter().enumerate().filter(|(at, _)| Some(*at) != table.unit_column()) {
                let Value::Own(cell) = value else { continue };
                check_cell(cell, (table, place, column), files, diagnostics);
            }
        }
    }
    // ・参加者　名 in a list of results
    for_each_prose(program, &mut |block| {
        for line in &block.lines {
            if let Some(end) = noun_without_figure(&line.value) {
                diagnostics.push(message(line, 0, end, files));
            }
        }
    });
}

fn check_cell(
    cell: &Cell,
    (table, row, column): (&Indicator, usize, usize),
    files: &Files,
    diagnostics: &mut Diagnostics,
) {
    for line in &cell.lines {
        let found = match whole(&line.value) {
            Some(end) => vec![(0, end)],
            None => find_all(&line.value),
        };
        found.into_iter().for_each(|(start, end)| diagnostics.push(message(line, start, end, files)));
    }
    if let [line] = cell.lines.as_slice()
        && is_bare_unit(line)
        && is_among_figures(table, row, column)
    {
        diagnostics.push(message(line, 0, line.value.len(), files));
    }
}

/// A whole line that is a unit behind a gap: its length.
fn whole(line: &str) -> Option<usize> {
    let text = line.trim_matches(is_blank);
    let (before, after) = parted(text)?;
    let is_number_word =
        BEFORE_A_NUMBER.contains(&before) || (!before.is_empty() && before.trim_matches(SIGNS).is_empty());
    let is_whole = (is_number_word && (counter_at(after) == Some(after) || MONEY.contains(&after)))
        || (matches!(before, "（" | "(") && matches!(after, "）" | ")"));
    if is_whole { Some(line.len()) } else { noun_without_figure(line) }
}

/// 参加者　名: who or what is counted, with its unit and no figure.
fn noun_without_figure(line: &str) -> Option<usize> {
    let (before, after) = parted(line.trim_matches(is_blank).trim_end_matches('。'))?;
    let is_noun = before.chars().count() >= 2 && before.ends_with(COUNTED) && !before.contains(is_blank);
    (is_noun && (PURE.contains(&after) || MONEY.contains(&after))).then_some(line.len())
}

/// A text in two at its last gap.
fn parted(text: &str) -> Option<(&str, &str)> {
    let (before, after) = text.rsplit_once(is_blank)?;
    Some((before.trim_end_matches(is_blank), after))
}

fn is_bare_unit(line: &Text) -> bool {
    let text = line.value.trim_matches(is_blank);
    PURE.contains(&text) || MONEY.contains(&text)
}

/// Whether figures stand in the place of a cell in other rows; a column 数え方 holds none.
fn is_among_figures(table: &Indicator, row: usize, column: usize) -> bool {
    let has_figure = |row: &Row, column: usize| table.cell(row, column).is_some_and(|cell| !cell.quantities.is_empty());
    let others = table.rows.iter().enumerate().filter(|(place, _)| *place != row);
    let in_column = others.clone().any(|(_, other)| has_figure(other, column));
    match &table.columns {
        Columns::Years => in_column || table.rows.get(row).is_some_and(|own| (0..2).any(|at| has_figure(own, at))),
        Columns::Own(_) => in_column && !head_of(table, column).contains("単位"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_without_their_figures() {
        for text in [
            "受講者　名",
            "延べ　　名",
            "約　　件",
            "（　　）",
            "　　延べ　人　",
            "△　　円",
            "助成額　　千円",
            "合計　社",
        ] {
            assert!(whole(text).is_some(), "{text}");
        }
    }

    #[test]
    fn words_with_blanks_stay_silent() {
        for text in [
            "個　人",
            "本　店",
            "受講者　12名",
            "延べ　12名",
            "構成員　企業",
            "第　一　回",
            "（　）内は延べ数",
            "参加者　個人",
            "県　外　者　名",
            "3回　名",
            "中止",
        ] {
            assert!(whole(text).is_none(), "{text}");
        }
    }
}
