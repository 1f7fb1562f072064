//! How a table that the form declares is fitted to the page: the widths of its columns, whether its page is turned sideways, and
//! the size of its type. An amount is never broken, so that its column has the width of the longest one.

use rust_decimal::prelude::ToPrimitive;

use super::measure::Measure;
use crate::form::{Layout, Values};
use crate::model::{Cell, Columns, DeclaredColumn, DeclaredTable, Indicator, Role, Row, format_amount};

/// The room that labels keep before other columns get theirs: some six letters, and in two columns as many in each, the first of
/// which has 46 parts of 100.
const LEAST_LABEL: f64 = 6.0 + INSET;
const LEAST_LABELS: f64 = 16.0;
pub(super) const FIRST_LABEL: f64 = 0.46;
/// Blank inside a cell, left and right together, in em.
pub(super) const INSET: f64 = 1.4;
/// The same where a table has no room otherwise.
const COMPACT_INSET: f64 = 0.7;
/// The least and the most that a label, and a cell of words, is given, in em; and what is enough for words where there is little
/// room: they go on below themselves.
const LABEL: (f64, f64) = (5.0, 19.0);
const WORDS: (f64, f64) = (2.0, 9.0);
const ENOUGH_WORDS: f64 = 6.0;
/// A head goes on below itself from this width on.
const HEAD: f64 = 4.0;

/// Where a declared table is set.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Room {
    /// Shares of the width; the first is that of the labels
    pub(super) widths: Vec<f64>,
    /// The whole of them, in em of the table's own type
    pub(super) measure: f64,
    pub(super) is_turned: bool,
    /// Share of the usual type
    pub(super) size: f64,
    /// Share of the usual blank at the sides of a cell
    pub(super) inset: f64,
    /// The column that has no room even so
    pub(super) without: Option<usize>,
}

/// `text`: a cell as it is printed.
pub(super) fn room_of(table: &Indicator, page: &Measure, text: &dyn Fn(usize, &Cell) -> String) -> Room {
    let count = table.columns.count();
    let of_words = |most: f64| (0..count).map(|column| needed(table, column, text, most) + INSET).collect::<Vec<f64>>();
    let narrow = of_words(ENOUGH_WORDS);
    let (even, narrow_even) = (evened(table, &of_words(WORDS.1)), evened(table, &narrow));
    let labels_wanted = label_width(table);
    let least = labels_wanted.min(if has_groups(table) { LEAST_LABELS } else { LEAST_LABEL });
    let whole = |widths: &[f64]| widths.iter().sum::<f64>() + least;
    let mut inset = 1.0;
    let (widths, measure, is_turned, size) = if whole(&even) <= page.upright {
        (even, page.upright, false, 1.0)
    } else if whole(&narrow_even) <= page.upright {
        (between(&narrow_even, &even, page.upright - least), page.upright, false, 1.0)
    } else if whole(&narrow) <= page.upright / page.smaller {
        let widths = if whole(&narrow_even) <= page.upright / page.smaller { narrow_even } else { narrow };
        let size = (page.upright / whole(&widths)).min(1.0);
        (widths, page.upright / size, false, size)
    } else if whole(&even) <= page.turned {
        (even, page.turned, true, 1.0)
    } else {
        let is_tight = whole(&narrow) > page.turned / page.smallest;
        let saved = if is_tight { INSET - COMPACT_INSET } else { 0.0 };
        inset = 1.0 - saved / INSET;
        let narrow: Vec<f64> = narrow.iter().map(|width| width - saved).collect();
        let size = (page.turned / whole(&narrow)).clamp(page.smallest, 1.0);
        (narrow, page.turned / size, true, size)
    };
    let without = (whole(&widths) > measure + 0.01).then(|| widest(&widths)).flatten();
    let values: f64 = widths.iter().sum();
    let labels = (measure - values).max(least.min(measure * 0.2));
    // Columns share what a short label leaves.
    let spare = (labels - labels_wanted).max(0.0);
    let share = if spare < 1.0 { 0.0 } else { spare * 0.6 };
    let each = share / as_float(count.max(1));
    let shares = std::iter::once(labels - share).chain(widths.iter().map(|width| width + each));
    let widths = shares.map(|width| round(width / (labels + values))).collect();
    Room { widths, measure, is_turned, size, inset: round(inset), without }
}

/// Widths that fill a room between the narrow ones and the wide ones.
fn between(narrow: &[f64], wide: &[f64], room: f64) -> Vec<f64> {
    let (least, most) = (narrow.iter().sum::<f64>(), wide.iter().sum::<f64>());
    let part = if most > least { ((room - least) / (most - least)).clamp(0.0, 1.0) } else { 0.0 };
    narrow.iter().zip(wide).map(|(narrow, wide)| narrow + part * (wide - narrow)).collect()
}

/// Columns of the same name, one for each year, are as wide as the widest of them.
fn evened(table: &Indicator, needed: &[f64]) -> Vec<f64> {
    let kind = |column: usize| match table.declared.as_ref().and_then(|declared| declared.columns.get(column)) {
        Some(DeclaredColumn::Value(value)) => Some(value.column),
        Some(DeclaredColumn::Text) | None => None,
    };
    let widest = |own: &Option<usize>| {
        let alike = needed.iter().enumerate().filter(|(column, _)| kind(*column).as_ref() == Some(own));
        alike.map(|(_, width)| *width).fold(0.0, f64::max)
    };
    needed.iter().enumerate().map(|(column, width)| kind(column).as_ref().map_or(*width, widest)).collect()
}

/// The column of a declared table for which no page has room, by its place.
pub fn column_without_room(table: &Indicator, layout: Layout) -> Option<usize> {
    table.declared.as_ref()?;
    room_of(table, &Measure::of(layout), &|column, cell| {
        amount_text(table, column, cell).unwrap_or_else(|| cell.text())
    })
    .without
}

/// A typed amount of the form's in its one form. One with decimals was computed, and stands as it was computed.
pub(super) fn amount_text(table: &Indicator, column: usize, cell: &Cell) -> Option<String> {
    table.amount_in(column, cell).filter(|number| number.scale() == 0)?.to_i64().map(format_amount)
}

#[expect(clippy::cast_precision_loss, reason = "a table has a few dozen columns")]
pub(super) fn as_float(count: usize) -> f64 {
    count as f64
}

fn widest(needed: &[f64]) -> Option<usize> {
    needed.iter().enumerate().max_by(|(_, one), (_, other)| one.total_cmp(other)).map(|(column, _)| column)
}

fn has_groups(table: &Indicator) -> bool {
    table.rows.iter().any(|row| row.role == Role::Group)
}

/// Of all labels; those of groups stand in a column of their own.
fn label_width(table: &Indicator) -> f64 {
    let lines = |row: &Row| row.label.lines.iter().map(|line| em(&line.value)).fold(0.0, f64::max);
    let widest = |is_wanted: &dyn Fn(&Row) -> bool| {
        let rows = table.rows.iter().filter(|row| is_wanted(row));
        rows.map(lines).fold(0.0, f64::max).clamp(LABEL.0, LABEL.1) + INSET
    };
    if has_groups(table) {
        let groups = widest(&|row| row.role == Role::Group) / FIRST_LABEL;
        let others = widest(&|row| row.role != Role::Group) / (1.0 - FIRST_LABEL);
        return groups.max(others).min(LABEL.1 + LABEL.0 + 2.0 * INSET);
    }
    let indent = |row: &Row| if matches!(row.role, Role::Child { .. }) { 1.0 } else { 0.0 };
    table.rows.iter().map(|row| lines(row) + indent(row)).fold(0.0, f64::max).clamp(LABEL.0, LABEL.1) + INSET
}

/// 千円, of a column of amounts in a table whose other values are none; an upright one has years for columns.
pub(super) fn head_unit(table: &Indicator, column: usize) -> Option<&'static str> {
    let declared = table.declared.as_ref().filter(|declared| !declared.table.is_transposed)?;
    let DeclaredColumn::Value(value) = declared.columns.get(column)? else { return None };
    let is_among_others = declared.table.values != Values::Amount && declared.table.is_amount(*value);
    (is_among_others && !are_all_amounts(declared)).then(|| declared.unit.name())
}

/// Whether the unit of its amounts stands above the table: it has no other values but what is computed.
pub(super) fn are_all_amounts(declared: &DeclaredTable) -> bool {
    if declared.table.is_transposed && declared.table.values != Values::Amount {
        return declared.table.columns.iter().all(|column| column.is_amount || column.formula.is_some());
    }
    declared.columns.iter().all(|column| match column {
        DeclaredColumn::Value(value) => declared.table.is_amount(*value) || declared.table.formula(*value).is_some(),
        DeclaredColumn::Text => true,
    })
}

/// What a column cannot be narrower than: its longest figure, or some letters of its words.
fn needed(table: &Indicator, column: usize, text: &dyn Fn(usize, &Cell) -> String, most_words: f64) -> f64 {
    let cells = table.rows.iter().filter_map(|row| table.cell(row, column));
    let is_text =
        table.declared.as_ref().and_then(|declared| declared.columns.get(column)) == Some(&DeclaredColumn::Text);
    let width = |cell: &Cell| {
        let own = text(column, cell).lines().map(em).fold(0.0, f64::max);
        if is_text || cell.quantities.is_empty() { own.min(most_words) } else { own }
    };
    let head = match &table.columns {
        Columns::Own(columns) => columns.get(column).map_or(0.0, |column| em(&column.label.value).min(HEAD)),
        Columns::Years => HEAD,
    };
    let head = head_unit(table, column).map_or(head, |unit| head.max(em(unit) + 2.0));
    cells.map(width).fold(head.max(WORDS.0), f64::max)
}

fn round(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

/// Width in em, as the built-in faces have it: half for ASCII, Latin letters, half-width kana and the short dashes.
pub(super) fn em(text: &str) -> f64 {
    use crate::syntax::chars::{is_invisible, is_selector};
    let width = |c: char| match c {
        c if is_invisible(c) || is_selector(c) => 0.0,
        '§' | '¨' | '°' | '±' | '´' | '¶' | '×' | '÷' => 1.0,
        '\0'..='\u{36F}' | '–' | '—' | '−' | '\u{FF61}'..='\u{FF9F}' => 0.5,
        _ => 1.0,
    };
    text.chars().map(width).sum()
}
