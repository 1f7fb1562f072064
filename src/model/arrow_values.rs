//! Columns of 【指標】 in which ↑ may be a value: beside ↓ and →, nobody can tell it from the mark that shares a cell.

use super::quantity::parse_quantities;
use crate::source::SourceFile;
use crate::syntax::chars::{is_blank, is_no_value, is_selector};
use crate::syntax::{Line, LineKind};

/// Arrows that say how a figure moves. ← and ⬆ stand for "the same" too often.
const ARROWS: &[char] = &[
    '▼', '▽', '↓', '→', '↗', '↘', '⇒', '⇑', '⇓', '⇗', '⇘', '⇩', '⇨', '⬇', '➡', '⬈', '⬊', '⮕', '➘', '➚', '➔', '↔', '⇔',
    '⤵', '⤴',
];
/// The same in words, as whole cells.
const MOVES: &[&str] = &[
    "増",
    "減",
    "増加",
    "減少",
    "増やす",
    "減らす",
    "横ばい",
    "横這い",
    "上昇",
    "低下",
    "向上",
    "維持",
    "拡大",
    "縮小",
    "下降",
    "悪化",
    "良化",
    "改善",
    "好転",
    "変化なし",
    "変わらず",
    "増減なし",
    "前年並み",
    "同程度",
    "±0",
    "±０",
    "＝",
];
/// How heads of columns end that say how a figure moves: where no cell holds a figure or a sentence, ↑ is a value.
const TRENDS: &[&str] = &["推移", "増減", "傾向", "方向", "変化", "前年比", "動向"];
/// A longer text behind an arrow is a sentence.
const LONGEST_WORD: usize = 8;

/// By column: an arrow or a word that some cell holds, or else 下 or 中.
#[derive(Default)]
pub(super) struct ArrowValues {
    columns: Vec<Column>,
}

#[derive(Default, Clone)]
struct Column {
    value: Option<String>,
    trend: Option<String>,
    /// A cell holds a figure, or words that are no arrow.
    has_other: bool,
}

impl ArrowValues {
    pub(super) fn find(file: &SourceFile, lines: &[&Line]) -> Self {
        let mut found = Self::default();
        for line in lines {
            let LineKind::Row { cells, .. } = &line.kind else { continue };
            for (index, cell) in cells.iter().skip(1).enumerate() {
                found.add(index, file.slice(*cell));
            }
        }
        found
    }

    /// A cell of a column, or its head.
    pub(super) fn add(&mut self, index: usize, text: &str) {
        if self.columns.len() <= index {
            self.columns.resize(index + 1, Column::default());
        }
        let Some(column) = self.columns.get_mut(index) else { return };
        let value = arrow(text);
        if value.is_none() && is_trend(text) {
            column.trend = Some(text.to_string());
        } else if value.is_none() && text != "↑" && !text.is_empty() && !is_no_value(text) {
            // The head of a column of words comes first, and is none of its cells.
            column.has_other |= column.trend.is_some() || !parse_quantities(text).is_empty();
        }
        if let Some(value) = value.filter(|_| column.value.as_deref().is_none_or(is_level)) {
            column.value = Some(value);
        }
    }

    /// The arrow, or what stands for one, beside which ↑ may be one too.
    pub(super) fn beside(&self, column: usize) -> Option<&str> {
        let column = self.columns.get(column)?;
        let trend = column.trend.as_deref().filter(|_| !column.has_other);
        column.value.as_deref().filter(|value| !is_level(value)).or(trend)
    }

    /// Whether what looks like ↑ is a value: ⬆ beside other arrows, 上 beside 中 or 下.
    pub(super) fn is_value(&self, column: usize, text: &str) -> bool {
        match self.columns.get(column).and_then(|column| column.value.as_deref()) {
            Some(value) if is_level(value) => text == "上",
            Some(_) => matches!(text, "⇧" | "⬆"),
            None => false,
        }
    }
}

fn is_trend(head: &str) -> bool {
    head.chars().count() <= LONGEST_WORD && TRENDS.iter().any(|trend| head.ends_with(trend))
}

fn is_level(value: &str) -> bool {
    matches!(value, "中" | "下")
}

/// The value of a cell that is an arrow, with a word before or behind it or without, or a level.
fn arrow(text: &str) -> Option<String> {
    let word = text.trim_matches(is_blank);
    if MOVES.contains(&word) {
        return Some(word.to_string());
    }
    // やや↓, 減（↓）
    let closed = word.trim_end_matches(['）', ')']);
    if let Some(last) = closed.chars().next_back().filter(|c| ARROWS.contains(c))
        && closed.chars().count() <= LONGEST_WORD
    {
        return Some(last.to_string());
    }
    let mut chars = text.chars().filter(|c| !is_selector(*c) && !is_blank(*c));
    let first = chars.next()?;
    let is_arrow = ARROWS.contains(&first);
    let longest = if is_arrow { LONGEST_WORD } else { 0 };
    let is_short = chars.take(longest + 1).count() <= longest;
    ((is_arrow || matches!(first, '中' | '下')) && is_short).then(|| first.to_string())
}
