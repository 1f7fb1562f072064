//! Rows of a sheet that are a table of the office's form: its heads by name and year, its fixed rows by name. Changes nothing:
//! where the figures go is in `form_sheets`.

use super::document::{Cell, Merged, text_at};
use super::form_heads::HeadsOf;
use super::form_layout::{Layout, OwnRow, OwnRows, Search, head_at, is_figure};
use super::form_names::OwnTable;
use super::meanings::{Meaning, Own};
use super::recognise::Recogniser;
use crate::syntax::SectionKind;

/// Heads in so many rows at most
const ROWS_OF_HEADS: usize = 2;

impl Recogniser<'_> {
    /// The table of the form that some rows begin with: the one that a heading names before others.
    pub(super) fn form_sheet_rows(&self, rows: &[Vec<Cell>]) -> Option<OwnRows> {
        let tables = &self.words.own.tables;
        if tables.is_empty() || !self.in_program() {
            return None;
        }
        let (begin, side) = self.side_label(rows);
        let hint = side.or(self.cursor.table_section);
        let search = |own| Search {
            own,
            heads_of: HeadsOf::new(&own.table, self.year),
            begin,
            is_hinted: hint == Some(own.kind),
            rows,
        };
        let hinted = tables.iter().filter(|own| hint == Some(own.kind));
        if let Some(found) = hinted.filter_map(|own| self.find_own(&search(own))).next() {
            return Some(found);
        }
        // A heading of another table goes before 指標名.
        let is_other = |own: &&OwnTable| match own.table.rows.is_empty() {
            true => hint.is_none() && self.words.own.is_usual(own),
            false => hint != Some(own.kind),
        };
        let others = tables.iter().filter(is_other);
        let mut found = others.filter_map(|own| self.find_own(&search(own)));
        found.next().filter(|_| found.next().is_none())
    }

    /// A label at the left that is merged over several rows, and the table that it names.
    fn side_label(&self, rows: &[Vec<Cell>]) -> (usize, Option<SectionKind>) {
        let label = rows.first().map_or("", |row| text_at(row, 0));
        let is_merged = rows.get(1).and_then(|row| row.first()).is_some_and(|cell| cell.merged == Merged::Up);
        let kind = self.words.table_of(label).filter(|_| !label.is_empty());
        let below = rows.get(1).map_or("", |row| text_at(row, 0));
        let has_heads =
            rows.first().is_some_and(|row| row.iter().skip(1).filter(|cell| !cell.text.is_empty()).count() > 1);
        let begins = !label.is_empty() && (is_merged || (kind.is_some() && below.is_empty() && rows.len() > 1));
        // The head of the rows may be merged over two rows of heads, and be no label at the side.
        let is_head = || {
            rows.iter().skip(1).take_while(|row| row.first().is_some_and(|cell| cell.merged == Merged::Up)).count() == 1
                && rows.get(2).is_some_and(|row| !text_at(row, 0).is_empty())
        };
        if begins && has_heads && !(is_merged && kind.is_none() && is_head()) { (1, kind) } else { (0, None) }
    }

    fn find_own(&self, search: &Search<'_>) -> Option<OwnRows> {
        if let Some(found) = (1..=ROWS_OF_HEADS).find_map(|depth| self.below_heads(search, depth)) {
            return Some(found);
        }
        search.rows_as_heads()
    }

    /// Heads in so many rows over the rows of the table.
    fn below_heads(&self, search: &Search<'_>, depth: usize) -> Option<OwnRows> {
        let heads = search.heads(depth)?;
        let is_free = search.own.table.rows.is_empty();
        let layout = search.layout(&heads)?;
        if is_free && !search.is_hinted && !self.is_head_of_labels(head_at(&heads, search.begin)) {
            return None;
        }
        let (rows, count) = self.rows_below(search, &layout, depth)?;
        let matched = rows.iter().filter(|row| row.row.is_some()).count();
        let wanted = if search.is_hinted { 1 } else { search.own.table.rows.len().min(2) };
        let fits = if is_free { !rows.is_empty() } else { matched >= wanted };
        fits.then_some(OwnRows { kind: search.own.kind, begin: search.begin, heads, depth, rows, count })
    }

    fn is_head_of_labels(&self, text: &str) -> bool {
        self.words.label(text) == Some(Meaning::IndicatorHead)
    }

    /// The rows below the heads, up to one that is something else. Nothing where a figure has no column.
    fn rows_below(&self, search: &Search<'_>, layout: &Layout, depth: usize) -> Option<(Vec<OwnRow>, usize)> {
        let mut found: Vec<OwnRow> = Vec::new();
        let mut used = Vec::new();
        let mut outer = String::new();
        let mut count = depth;
        for (index, row) in search.rows.iter().enumerate().skip(depth) {
            let is_below = search.begin == 0 || row.first()?.merged == Merged::Up || text_at(row, 0).is_empty();
            let Some((label, parts)) = search.parts_of_row(row, layout, &mut outer) else { break };
            let place = search.fixed_row(&label, &used, matches!(layout, Layout::Years { .. }));
            // 財源内訳 at the side of further fixed rows begins no other table.
            if place.is_none() && (!is_below || self.ends_own(&label, row, search)) {
                break;
            }
            if search.has_stray(row, &parts, layout) {
                return None;
            }
            used.extend(place);
            let goes_on = matches!(layout, Layout::Years { .. }) && text_at(row, search.begin).is_empty();
            found.push(OwnRow { index, label, row: place, goes_on, parts });
            count = index + 1;
        }
        Some((found, count))
    }

    /// Whether a row that the form does not have ends the table.
    fn ends_own(&self, label: &str, row: &[Cell], search: &Search<'_>) -> bool {
        let meaning = self.meaning(label);
        let is_other = meaning.is_some_and(|meaning| {
            !matches!(meaning, Meaning::Own(Own::Cell(..)) | Meaning::Memo | Meaning::Amount | Meaning::Name)
        });
        let mut values =
            row.iter().skip(search.begin + 1).map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
        let is_blank = values.clone().next().is_none();
        let is_free = search.own.table.rows.is_empty();
        label.starts_with(['※', '＊', '*']) || is_other || is_blank || (!is_free && !values.any(is_figure))
    }
}
