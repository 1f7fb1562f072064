//! Columns of 【指標】 in which ↑ may be a value: beside ↓ and →, nobody can tell it from the mark that shares a cell.

use crate::source::{SourceFile, Span};
use crate::syntax::chars::{is_blank, is_selector};
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
    "横ばい",
    "上昇",
    "低下",
    "向上",
    "維持",
    "拡大",
    "縮小",
    "下降",
    "悪化",
    "改善",
    "好転",
];
/// A longer text behind an arrow is a sentence.
const LONGEST_WORD: usize = 8;

/// By column: an arrow that some cell holds, or else 下 or 中.
pub(super) struct ArrowValues {
    columns: Vec<Option<char>>,
}

impl ArrowValues {
    pub(super) fn find(file: &SourceFile, lines: &[&Line]) -> Self {
        let mut columns: Vec<Option<char>> = Vec::new();
        for line in lines {
            let LineKind::Row { cells, .. } = &line.kind else { continue };
            for (index, cell) in cells.iter().skip(1).enumerate() {
                let Some(value) = arrow(file, *cell) else { continue };
                if columns.len() <= index {
                    columns.resize(index + 1, None);
                }
                if let Some(column) = columns.get_mut(index).filter(|column| column.is_none_or(is_level)) {
                    *column = Some(value);
                }
            }
        }
        Self { columns }
    }

    /// The arrow beside which ↑ may be one too.
    pub(super) fn beside(&self, column: usize) -> Option<char> {
        self.columns.get(column).copied().flatten().filter(|value| !is_level(*value))
    }

    /// Whether what looks like ↑ is a value: ⬆ beside other arrows, 上 beside 中 or 下.
    pub(super) fn is_value(&self, column: usize, text: &str) -> bool {
        match self.columns.get(column).copied().flatten() {
            Some(value) if is_level(value) => text == "上",
            Some(_) => matches!(text, "⇧" | "⬆"),
            None => false,
        }
    }
}

fn is_level(value: char) -> bool {
    matches!(value, '中' | '下')
}

/// The value of a cell that is an arrow, with a word before or behind it or without, or a level.
fn arrow(file: &SourceFile, cell: Span) -> Option<char> {
    if MOVES.contains(&file.slice(cell).trim_matches(is_blank)) {
        return file.slice(cell).trim_matches(is_blank).chars().next();
    }
    // やや↓, 減（↓）
    let closed = file.slice(cell).trim_matches(is_blank).trim_end_matches(['）', ')']);
    if let Some(last) = closed.chars().next_back().filter(|c| ARROWS.contains(c))
        && closed.chars().count() <= LONGEST_WORD
    {
        return Some(last);
    }
    let mut chars = file.slice(cell).chars().filter(|c| !is_selector(*c) && !is_blank(*c));
    let first = chars.next()?;
    let longest = if ARROWS.contains(&first) { LONGEST_WORD } else { 0 };
    let is_short = chars.take(longest + 1).count() <= longest;
    ((ARROWS.contains(&first) || is_level(first)) && is_short).then_some(first)
}
