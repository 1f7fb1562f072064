//! Tables of money inside a form: heads of years, or of 予算 and 決算, over rows of figures; and the sources of money in one row
//! with their figures below. 事業費 is taken where one head fits; every figure stands with its head in the memo.

use std::ops::Range;

use super::amounts::{of_another_year, rank, year_in};
use super::document::{Cell, Merged, Table, text_at};
use super::draft::ReviewNote;
use super::meanings::Meaning;
use super::money_units::unit_of;
use super::place::{place_of_cell, place_of_row};
use super::recognise::Recogniser;
use super::words::compared;
use crate::syntax::chars::{is_digit, is_no_value};

impl Recogniser<'_> {
    /// The columns with 決算 or 予算 over them, and how many rows of figures stand below; nothing where this row heads no such table.
    pub(super) fn costs_in(&self, head: &[Cell], body: &[Vec<Cell>]) -> Option<(Vec<usize>, usize)> {
        let heads = self.cost_heads(head);
        let count = body.iter().take_while(|row| self.is_cost_row(row, &heads)).count();
        (heads.len() > 1 && count > 0).then_some((heads, count))
    }

    /// `rows` are the head and so many rows as stand below.
    pub(super) fn costs(&mut self, table: &Table, rows: Range<usize>, heads: &[usize]) {
        let Some((head, body)) = table.rows.get(rows.clone()).and_then(<[_]>::split_first) else { return };
        self.note_of_no_table(&place_of_row(&table.place, rows.start));
        head.iter().for_each(|cell| {
            self.note_unit(&cell.text);
            self.understood(&cell.text);
        });
        let unit = head.iter().find_map(|cell| unit_of(&cell.text)).or(self.cursor.unit);
        let first = heads.first().copied().unwrap_or(0);
        let mut group = String::new();
        for (row, index) in body.iter().zip(rows.skip(1)) {
            let labels: Vec<&Cell> = row.iter().take(first).filter(|cell| !cell.text.is_empty()).collect();
            if let [outer, _, ..] = labels.as_slice() {
                group = outer.text.replace('\n', "");
            } else if row.first().is_some_and(|cell| cell.merged != Merged::Up) {
                group.clear();
            }
            let own = labels.last().map_or("", |cell| &cell.text).replace('\n', "");
            let is_cost = self.words.label(&own) == Some(Meaning::Amount);
            let label = if group.is_empty() || group == own { own } else { format!("{group}　{own}") };
            let label = match unit {
                Some(unit) if unit_of(&label).is_none() => format!("{label}（{unit}）"),
                _ => label,
            };
            let values = (first..row.len()).filter(|at| !text_at(row, *at).is_empty());
            let values: Vec<String> = values.map(|at| format!("{} {}", text_at(head, at), text_at(row, at))).collect();
            self.understood(&label);
            let line = format!("{label}：{}", values.join("　")).replace('\n', "");
            self.memo(&line, &place_of_row(&table.place, index));
            if is_cost {
                self.cost((head, row), heads, unit, |at| place_of_cell(table, index, at));
            }
        }
    }

    /// The columns with a year's 決算 or 予算 over them, side by side.
    fn cost_heads(&self, row: &[Cell]) -> Vec<usize> {
        let is_head = |text: &str| {
            let bare = compared(text);
            let is_money = ["決算", "予算", "当初", "見込"].iter().any(|word| bare.contains(word));
            is_money
                && !bare.contains('。')
                && (year_in(text).is_some() || self.words.label(text) == Some(Meaning::Amount))
        };
        let Some(first) = row.iter().skip(1).position(|cell| is_head(&cell.text)).map(|at| at + 1) else {
            return Vec::new();
        };
        let run =
            row.iter().enumerate().skip(first).take_while(|(_, cell)| cell.text.is_empty() || is_head(&cell.text));
        run.filter(|(_, cell)| !cell.text.is_empty()).map(|(at, _)| at).collect()
    }

    /// Figures below the heads, beside a label that is no section and no other field.
    fn is_cost_row(&self, row: &[Cell], heads: &[usize]) -> bool {
        let values: Vec<&str> = heads.iter().filter_map(|at| row.get(*at)).map(|cell| cell.text.as_str()).collect();
        let first = heads.first().copied().unwrap_or(0);
        let labels = row.iter().take(first).filter(|cell| !cell.text.is_empty());
        let is_label = |cell: &Cell| {
            let meaning = self.meaning(&cell.text);
            !is_figure(&cell.text) && matches!(meaning, None | Some(Meaning::Amount | Meaning::Memo))
        };
        values.iter().any(|text| is_figure(text))
            && values.iter().all(|text| text.is_empty() || is_figure(text))
            && labels.clone().all(is_label)
    }

    /// 事業費 from the one head that fits the report's year, or that the office named.
    fn cost(
        &mut self,
        (head, row): (&[Cell], &[Cell]),
        heads: &[usize],
        unit: Option<&'static str>,
        place: impl Fn(usize) -> String,
    ) {
        let text = |at: &usize| text_at(head, *at);
        let named: Vec<usize> =
            heads.iter().copied().filter(|at| self.words.chosen(text(at)) == Some(Meaning::Amount)).collect();
        let ranks: Vec<((u8, u8), usize)> = heads.iter().map(|at| (rank(text(at), self.year), *at)).collect();
        let best = ranks.iter().map(|(rank, _)| *rank).max().unwrap_or_default();
        let fitting: Vec<usize> = ranks.iter().filter(|(rank, _)| *rank == best).map(|(_, at)| *at).collect();
        let is_sure = best.1 > 0 && fitting.iter().all(|at| of_another_year(text(at), self.year).is_none());
        let chosen = match (named.as_slice(), fitting.as_slice()) {
            ([only], _) => Some(*only),
            ([], [only]) if is_sure => Some(*only),
            _ => None,
        };
        let place = place(chosen.or(heads.first().copied()).unwrap_or(0));
        if let Some(at) = chosen {
            let (label, value) = (text_at(head, at), text_at(row, at));
            if !value.is_empty() {
                self.give(Meaning::Amount, label, value, &place);
                let program = self.program(&place);
                program.unit = program.unit.or(unit).filter(|_| program.amount_label == label);
            }
            return;
        }
        let heads: Vec<&str> = heads.iter().map(text).collect();
        let what = format!(
            "事業費がどの欄か決められません（{}）。事業費は空けておき、どの額も【メモ】に入れました。正しい額を書くか、対応表（--mapping）に「欄の見出し,事業費」と書いて取り込み直してください",
            heads.join("、").replace('\n', "")
        );
        let review_note = ReviewNote::new(what, &self.place(&place));
        self.program(&place).amount_note = Some(review_note);
    }

    /// Whether two rows are 財源内訳: its sources, and their figures below.
    pub(super) fn are_sources(&self, heads: &[Cell], values: &[Cell]) -> bool {
        let label = text_at(heads, 0);
        let is_merged = values.first().is_some_and(|cell| cell.merged == Merged::Up);
        let is_pair = |(head, value): &(&Cell, &Cell)| {
            let is_head = !head.text.is_empty() && !is_figure(&head.text) && self.meaning(&head.text).is_none();
            is_head && (value.text.is_empty() || is_figure(&value.text))
        };
        let is_label = matches!(self.meaning(label), None | Some(Meaning::Memo)) && !label.is_empty();
        let pairs = pairs(heads, values);
        is_label && is_merged && pairs.len() > 1 && pairs.iter().all(is_pair)
    }

    pub(super) fn sources(&mut self, table: &Table, index: usize) {
        let (Some(heads), Some(values)) = (table.rows.get(index), table.rows.get(index + 1)) else { return };
        self.note_of_no_table(&place_of_row(&table.place, index));
        let label = text_at(heads, 0);
        let pairs = pairs(heads, values);
        let typed: Vec<String> = pairs.iter().map(|(head, value)| format!("{} {}", head.text, value.text)).collect();
        self.memo(&format!("{label}：{}", typed.join("　")).replace('\n', ""), &place_of_row(&table.place, index + 1));
    }
}

/// Heads with what stands below them.
fn pairs<'a>(heads: &'a [Cell], values: &'a [Cell]) -> Vec<(&'a Cell, &'a Cell)> {
    let pairs = heads.iter().zip(values).skip(1);
    pairs.filter(|(head, value)| !(head.text.is_empty() && value.text.is_empty())).collect()
}

fn is_figure(text: &str) -> bool {
    text.trim_start_matches(['△', '▲', '-', '－', '−', '(', '（', '¥', '￥']).starts_with(is_digit) || is_no_value(text)
}
