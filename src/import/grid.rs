//! A sheet of scattered cells cut into paragraphs and tables, as an eye parts it: at blank rows, and at rows in which
//! one cell stands alone. Knows no file format.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Block, Cell, Merged, Paragraph, Table};
use super::place::letters;

/// More places than this in one table, or in merged cells together, are no form and no list.
pub(super) const MOST_CELLS: u64 = 1_000_000;
/// No list of programs is as long or as wide; heads are compared with each other, and each row becomes a draft.
const MOST_ROWS: usize = 100_000;
pub(super) const MOST_COLUMNS: usize = 1_000;

/// A merged cell, ends included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region {
    pub(super) top: u32,
    pub(super) left: u32,
    pub(super) bottom: u32,
    pub(super) right: u32,
}

/// Cells by row and column, without blank ones.
#[derive(Debug, Default)]
pub(super) struct Grid {
    cells: BTreeMap<(u32, u32), String>,
    /// By row and column of their first place
    regions: BTreeMap<(u32, u32), Region>,
}

impl Region {
    fn is_one_cell(&self) -> bool {
        self.top == self.bottom && self.left == self.right
    }

    fn places(&self) -> u64 {
        (u64::from(self.bottom - self.top) + 1) * (u64::from(self.right - self.left) + 1)
    }
}

impl Grid {
    pub(super) fn set(&mut self, row: u32, column: u32, text: String) {
        if !text.is_empty() {
            self.cells.insert((row, column), text);
        }
    }

    /// Only a region with a text takes part: a blank one changes nothing that is read.
    pub(super) fn merge(&mut self, region: Region) {
        let is_sound = region.top <= region.bottom && region.left <= region.right && !region.is_one_cell();
        if is_sound && self.cells.contains_key(&(region.top, region.left)) {
            self.regions.insert((region.top, region.left), region);
        }
    }

    /// What stands in the grid, from above. Nothing where it is too large.
    pub(super) fn blocks(mut self, place: impl Fn(u32, u32) -> String) -> Option<Vec<Block>> {
        let merged: u64 = self.regions.values().map(Region::places).sum();
        if merged > MOST_CELLS {
            return None;
        }
        self.clear_below_regions();
        let rows = self.rows();
        let mut blocks = Vec::new();
        let mut table: Vec<u32> = Vec::new();
        let mut past = None;
        for (&row, held) in &rows {
            if past.is_some_and(|past| row <= past) {
                continue;
            }
            let alone = self.alone(row, held, &rows);
            let is_next = table.last().is_some_and(|last| last + 1 == row);
            if alone.is_some() || !is_next {
                blocks.extend(self.table(&table, &place)?);
                table.clear();
            }
            match alone {
                Some((column, bottom)) => {
                    let text = self.cells.get(&(row, column)).cloned().unwrap_or_default();
                    blocks.push(Block::Paragraph(Paragraph { text, heading: None, place: place(row, column) }));
                    past = Some(bottom);
                }
                None => table.push(row),
            }
        }
        blocks.extend(self.table(&table, &place)?);
        Some(blocks)
    }

    /// Files may keep values under a merged cell; nobody sees them.
    fn clear_below_regions(&mut self) {
        for region in self.regions.values() {
            for row in region.top..=region.bottom {
                let hidden: Vec<(u32, u32)> = self
                    .cells
                    .range((row, region.left)..=(row, region.right))
                    .map(|(place, _)| *place)
                    .filter(|place| *place != (region.top, region.left))
                    .collect();
                for place in hidden {
                    self.cells.remove(&place);
                }
            }
        }
        let cells = &self.cells;
        self.regions.retain(|place, _| cells.contains_key(place));
    }

    /// Rows in which something stands: the columns of their own cells, and how many cells reach into them from above.
    fn rows(&self) -> BTreeMap<u32, Held> {
        let mut rows: BTreeMap<u32, Held> = BTreeMap::new();
        for (row, column) in self.cells.keys() {
            rows.entry(*row).or_default().columns.push(*column);
        }
        for region in self.regions.values() {
            for row in region.top.saturating_add(1)..=region.bottom {
                rows.entry(row).or_default().from_above += 1;
            }
        }
        rows
    }

    /// The column of a cell beside which nothing stands, and the last row it reaches.
    fn alone(&self, row: u32, held: &Held, rows: &BTreeMap<u32, Held>) -> Option<(u32, u32)> {
        let [column] = held.columns.as_slice() else { return None };
        if held.from_above > 0 {
            return None;
        }
        let region = self.regions.get(&(row, *column));
        let bottom = region.map_or(row, |region| region.bottom);
        let is_alone = |held: &Held| held.columns.is_empty() && held.from_above == 1;
        rows.range(row.saturating_add(1)..=bottom.max(row.saturating_add(1)))
            .filter(|(below, _)| **below <= bottom)
            .all(|(_, held)| is_alone(held))
            .then_some((*column, bottom))
    }

    /// One table of rows that follow on each other; `None` where it is too large.
    fn table(&self, rows: &[u32], place: impl Fn(u32, u32) -> String) -> Option<Option<Block>> {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Some(None) };
        let marks = self.marks(*first, *last);
        let filled: BTreeSet<u32> = self.cells.range((*first, 0)..=(*last, u32::MAX)).map(|((_, c), _)| *c).collect();
        let (Some(left), Some(right)) = (filled.first(), filled.last()) else { return Some(None) };
        // A column in which no cell begins is only there because others are merged over it.
        let idle: BTreeSet<u32> =
            marks.iter().filter(|(_, mark)| **mark == Merged::Left).map(|((_, column), _)| *column).collect();
        let columns: Vec<u32> =
            (*left..=*right).filter(|column| filled.contains(column) || !idle.contains(column)).collect();
        let cells = (rows.len() as u64) * (columns.len() as u64);
        if cells > MOST_CELLS || rows.len() > MOST_ROWS || columns.len() > MOST_COLUMNS {
            return None;
        }
        let cell = |row: u32, column: u32| Cell {
            text: self.cells.get(&(row, column)).cloned().unwrap_or_default(),
            merged: marks.get(&(row, column)).copied().unwrap_or_default(),
        };
        let begins = self.cells.range((*first, 0)..).next().map_or(*left, |((_, column), _)| *column);
        let rows = rows.iter().map(|row| columns.iter().map(|column| cell(*row, *column)).collect()).collect();
        Some(Some(Block::Table(Table {
            rows,
            place: place(*first, begins),
            columns: columns.iter().map(|column| letters(*column)).collect(),
        })))
    }

    /// Places in these rows that belong to a cell that begins elsewhere.
    fn marks(&self, first: u32, last: u32) -> BTreeMap<(u32, u32), Merged> {
        let mut marks = BTreeMap::new();
        for region in self.regions.range((first, 0)..=(last, u32::MAX)).map(|(_, region)| region) {
            for row in region.top..=region.bottom.min(last) {
                for column in region.left..=region.right {
                    match (row == region.top, column == region.left) {
                        (true, true) => {}
                        (false, true) => _ = marks.insert((row, column), Merged::Up),
                        (_, false) => _ = marks.insert((row, column), Merged::Left),
                    }
                }
            }
        }
        marks
    }
}

#[derive(Debug, Default)]
struct Held {
    columns: Vec<u32>,
    from_above: usize,
}

/// `="0980"`, as it is written so that Excel keeps the nought.
pub(super) fn bare(field: &str) -> &str {
    field
        .strip_prefix("=\"")
        .and_then(|inner| inner.strip_suffix('"'))
        .filter(|inner| !inner.contains('"'))
        .unwrap_or(field)
}

/// A cell's text with its lines parted by `\n`, without what Excel leaves of a carriage return.
pub(super) fn tidy(text: &str) -> String {
    let text =
        text.replace("_x000D_", "").replace("_x000A_", "\n").replace("\r\n", "\n").replace(['\r', '\u{b}'], "\n");
    let shown: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let lines: Vec<&str> = shown.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_string()
}
