//! How rows of a sheet are those of one table of the office's form: which columns are labels, what the others are, and which row is
//! which fixed one. Knows no words but those of the table.

use super::document::{Cell, Merged, text_at};
use super::form_cells::RowPart;
use super::form_heads::{HeadsOf, is_like};
use super::form_names::OwnTable;
use super::head_keys::HeadKeys;
use crate::syntax::SectionKind;
use crate::syntax::chars::{is_digit, is_no_value};

/// A stretch of rows.
pub(super) struct OwnRows {
    pub(super) kind: SectionKind,
    /// Columns in front of the table, with a label that is merged over it
    pub(super) begin: usize,
    /// Whole heads by column
    pub(super) heads: Vec<String>,
    /// Rows of heads
    pub(super) depth: usize,
    pub(super) rows: Vec<OwnRow>,
    /// The first row that is no more of it
    pub(super) count: usize,
}

/// A row of figures.
pub(super) struct OwnRow {
    pub(super) index: usize,
    pub(super) label: String,
    /// Among the fixed rows of the form, 計 behind the last; nothing for a name that the form does not have
    pub(super) row: Option<usize>,
    /// More of the free row above
    pub(super) goes_on: bool,
    /// What stands in which column
    pub(super) parts: Vec<(usize, RowPart)>,
}

/// One table of the form as it is looked for.
pub(super) struct Search<'a> {
    pub(super) own: &'a OwnTable,
    pub(super) heads_of: HeadsOf<'a>,
    pub(super) begin: usize,
    pub(super) is_hinted: bool,
    pub(super) rows: &'a [Vec<Cell>],
}

/// What the last row of a table of sums may be called
const SUMS: &[&str] = &["計", "合計", "総計", "総額", "合計額"];
/// Columns of labels at most
const MOST_LABELS: usize = 3;

/// How the columns of a sheet are those of the form.
pub(super) enum Layout {
    /// So many columns of labels, then these
    Flat(usize, Vec<(usize, RowPart)>),
    /// Years over the columns; the names of the form's columns stand in one beside each row
    Years { names: usize, years: Vec<(usize, i32)>, texts: Vec<(usize, RowPart)> },
}

impl<'a> Search<'a> {
    /// The heads of the columns; of two rows the first says what stands over several of them.
    pub(super) fn heads(&self, depth: usize) -> Option<Vec<String>> {
        let first = self.rows.first()?;
        let own: Vec<String> = first.iter().map(|cell| cell.text.clone()).collect();
        if depth == 1 {
            return Some(own);
        }
        let second = self.rows.get(1)?;
        if second.get(self.begin)?.merged != Merged::Up && !text_at(second, self.begin).is_empty() {
            return None;
        }
        let mut above = String::new();
        let joined = first.iter().zip(second).map(|(cell, below)| {
            if !cell.text.is_empty() {
                above.clone_from(&cell.text);
            }
            match (below.text.is_empty(), above.is_empty()) {
                (true, _) => cell.text.clone(),
                (false, true) => below.text.clone(),
                (false, false) => format!("{above}\n{}", below.text),
            }
        });
        Some(joined.collect())
    }

    pub(super) fn layout(&self, heads: &[String]) -> Option<Layout> {
        for labels in 1..=2 {
            let over: Vec<(usize, String)> = heads
                .iter()
                .enumerate()
                .skip(self.begin + labels)
                .filter(|(at, text)| !text.is_empty() && self.is_used(*at))
                .map(|(at, text)| (at, text.clone()))
                .collect();
            // Columns whose head is blank, or merged over from the left, hold labels too.
            let labels = over.first().map_or(labels, |(at, _)| at - self.begin);
            if labels > MOST_LABELS || !self.are_labels(labels, heads) {
                continue;
            }
            if let Some(parts) = self.heads_of.parts(&over) {
                return Some(Layout::Flat(labels, parts));
            }
        }
        self.years_over(heads)
    }

    /// 目標 and 実績 in a column of their own, and years over the figures.
    fn years_over(&self, heads: &[String]) -> Option<Layout> {
        let holds_names = |at: &usize| {
            let mut texts = self.rows.iter().skip(1).map(|row| text_at(row, *at)).filter(|text| !text.is_empty());
            texts.next().is_some_and(|text| self.heads_of.column(text).is_some())
        };
        let names = (self.begin + 1..heads.len()).find(holds_names)?;
        let over = heads.iter().enumerate().skip(self.begin + 1);
        let over = over.filter(|(at, text)| *at != names && !text.is_empty() && self.is_used(*at));
        let over: Vec<(usize, String)> = over.map(|(at, text)| (at, text.clone())).collect();
        let (years, texts) = self.heads_of.years_alone(&over)?;
        Some(Layout::Years { names, years, texts })
    }

    /// Whether the columns behind the first can hold labels: no head of a figure stands over them, and no figure in them.
    fn are_labels(&self, labels: usize, heads: &[String]) -> bool {
        (self.begin + 1..self.begin + labels).all(|at| {
            let head = head_at(heads, at);
            let has_figure = || self.rows.iter().skip(1).any(|row| is_figure(text_at(row, at)));
            head.is_empty() || (!head.contains(is_digit) && !self.heads_of.is_known(head) && !has_figure())
        })
    }

    /// Whether anything stands in a column, its head aside, or could.
    fn is_used(&self, at: usize) -> bool {
        let is_head = self.rows.first().is_some_and(|row| row.get(at).is_some_and(|cell| cell.merged == Merged::No));
        is_head || self.rows.iter().skip(1).any(|row| !text_at(row, at).is_empty())
    }

    /// The label of a row, and its parts by column; nothing for a row without one.
    pub(super) fn parts_of_row(
        &self,
        row: &[Cell],
        layout: &Layout,
        outer: &mut String,
    ) -> Option<(String, Vec<(usize, RowPart)>)> {
        let text = |at: usize| text_at(row, self.begin + at).to_string();
        match layout {
            Layout::Flat(labels, parts) => {
                let label = (0..*labels).rev().map(text).find(|text| !text.is_empty())?;
                Some((label, parts.clone()))
            }
            Layout::Years { names, years, texts } => {
                if !text(0).is_empty() {
                    *outer = text(0);
                }
                let column = self.heads_of.column(text_at(row, *names))?;
                let slot =
                    |(at, year): &(usize, i32)| Some((*at, RowPart::Value(self.heads_of.slot(Some(column), *year)?)));
                let parts: Option<Vec<(usize, RowPart)>> = years.iter().map(slot).collect();
                let parts = parts.filter(|_| !outer.is_empty())?.into_iter().chain(texts.iter().copied());
                Some((outer.clone(), parts.collect()))
            }
        }
    }

    /// A cell right of the labels that no column of the form takes, or a word left of the label that is no head of a group.
    pub(super) fn has_stray(&self, row: &[Cell], parts: &[(usize, RowPart)], layout: &Layout) -> bool {
        let labels = match layout {
            Layout::Flat(labels, _) => *labels,
            Layout::Years { .. } => 1,
        };
        let is_name = |at: usize| matches!(layout, Layout::Years { names, .. } if *names == at);
        let values = row.iter().enumerate().skip(self.begin + labels).filter(|(at, _)| !is_name(*at));
        let mut texts = row.iter().skip(self.begin).take(labels).filter(|cell| !cell.text.is_empty()).rev();
        let _label = texts.next();
        // A word for several rows stands over fixed ones alone.
        let is_fixed = !self.own.table.rows.is_empty();
        let is_group = |text: &str| is_fixed && text.chars().count() <= 12 && !text.contains(is_digit);
        texts.any(|cell| !is_group(&cell.text))
            || values.filter(|(_, cell)| !cell.text.is_empty()).any(|(at, _)| parts.iter().all(|(own, _)| *own != at))
    }

    /// The fixed row of a name, the first that is not taken.
    pub(super) fn fixed_row(&self, label: &str, used: &[usize], may_repeat: bool) -> Option<usize> {
        let table = &self.own.table;
        let keys = HeadKeys::of(label);
        let names = table.rows.iter().map(|row| row.name.as_str()).chain(table.total.as_deref());
        let names: Vec<(usize, &str)> = names.enumerate().filter(|(at, _)| may_repeat || !used.contains(at)).collect();
        let names = names.iter().filter(|_| !table.rows.is_empty());
        let exact = names.clone().find(|(_, name)| HeadKeys::of(name).plain == keys.plain);
        let found = exact.or_else(|| names.clone().find(|(_, name)| is_like(name, &keys))).map(|(at, _)| *at);
        // 計 in the sheet is 合計 of the form.
        let sum = || table.total.as_ref().filter(|_| SUMS.contains(&keys.plain.as_str())).map(|_| table.rows.len());
        found.or_else(|| sum().filter(|at| !used.contains(at)))
    }

    /// Fixed rows side by side over their figures: 国庫支出金, 県債 and 一般財源 in one row, and below it the amounts.
    pub(super) fn rows_as_heads(&self) -> Option<OwnRows> {
        let heads = self.heads(1)?;
        let filled: Vec<usize> = (0..heads.len()).skip(1).filter(|at| !head_at(&heads, *at).is_empty()).collect();
        let mut used = Vec::new();
        let mut places: Vec<(usize, usize)> = Vec::new();
        for at in filled {
            let place = self.fixed_row(head_at(&heads, at), &used, false)?;
            used.push(place);
            places.push((at, place));
        }
        let mut rows = Vec::new();
        let mut count = 1;
        for (index, row) in self.rows.iter().enumerate().skip(1) {
            let label = text_at(row, 0);
            let slot = match row.first()?.merged == Merged::Up || label.is_empty() {
                true => self.heads_of.only_slot().filter(|_| rows.is_empty()),
                false => self.heads_of.slot_of_label(label),
            };
            let values: Vec<(usize, &Cell)> =
                row.iter().enumerate().skip(1).filter(|(_, cell)| !cell.text.is_empty()).collect();
            let is_all =
                values.iter().all(|(at, cell)| is_figure(&cell.text) && places.iter().any(|(own, _)| own == at));
            let (Some(slot), false, true) = (slot, values.is_empty(), is_all) else { break };
            rows.extend(places.iter().map(|(at, place)| OwnRow {
                index,
                label: head_at(&heads, *at).to_string(),
                row: Some(*place),
                goes_on: false,
                parts: vec![(*at, RowPart::Value(slot))],
            }));
            count = index + 1;
        }
        let fits = places.len() > 1 && count > 1;
        fits.then_some(OwnRows { kind: self.own.kind, begin: 1, heads, depth: 1, rows, count })
    }
}

pub(super) fn head_at(texts: &[String], at: usize) -> &str {
    texts.get(at).map_or("", String::as_str)
}

/// A figure, with what may stand in front of it, or the mark that there is none.
pub(super) fn is_figure(text: &str) -> bool {
    text.trim_start_matches(['△', '▲', '-', '－', '−', '(', '（', '¥', '￥', '約']).starts_with(is_digit)
        || is_no_value(text)
}
