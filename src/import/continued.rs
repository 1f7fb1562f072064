//! A list of programs that blank rows, struck rows, rows of one cell or the head of a new page part is one table again.
//! Another table that follows stays by itself.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::document::{Block, Cell, Paragraph, Table, is_short};
use super::list_heads::{best_name, is_figure, is_value_of};
use super::list_sections::{department_in, is_sum};
use super::meanings::Meaning;
use super::place::row_number;
use super::recognise::Recogniser;
use crate::syntax::chars::{is_digit, unified};

/// More lines than these between two tables are a text, not heads inside a list.
const LINES_BETWEEN: usize = 8;
/// A table as short as this may be the head of a list whose rows were parted from it.
const FEW_ROWS: usize = 3;

/// A list that may go on.
struct Begun<'a> {
    table: &'a Table,
    /// The first row below the heads
    body: usize,
    /// What its columns mean, by the names of the columns
    meanings: Vec<(String, Meaning)>,
}

/// What a table behind a list is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Rows,
    /// Its rows have no names: heads inside a list, where more of the list follows
    Nameless,
    Other,
}

impl Recogniser<'_> {
    /// The blocks of a document, as many as before: what went into a list leaves a blank paragraph behind.
    pub(super) fn joined_lists<'b>(&self, blocks: &'b [Block]) -> Cow<'b, [Block]> {
        let mut joined = Cow::Borrowed(blocks);
        let mut index = 0;
        while index < blocks.len() {
            let end = self.end_of_list(blocks, index);
            let parts = blocks.get(index..end).unwrap_or_default();
            if parts.len() > 1
                && let Some(slots) = joined.to_mut().get_mut(index..end)
            {
                slots.fill(Block::Paragraph(Paragraph { text: String::new(), heading: None, place: String::new() }));
                if let (Some(first), Some(table)) = (slots.first_mut(), whole(parts)) {
                    *first = Block::Table(table);
                }
            }
            index = end;
        }
        joined
    }

    /// Behind the last block of the list that begins here; the next block where none does.
    fn end_of_list(&self, blocks: &[Block], index: usize) -> usize {
        let (mut end, mut between) = (index + 1, 0);
        let rest = blocks.get(end..).unwrap_or_default();
        let Some(Block::Table(table)) = blocks.get(index) else { return end };
        let Some(list) = self.begun(table, rest) else { return end };
        for (at, block) in rest.iter().enumerate() {
            let next = match block {
                Block::Table(next) => self.behind(&list, next),
                Block::Paragraph(line) if self.may_stand_inside(&line.text) => Next::Nameless,
                Block::Paragraph(_) => Next::Other,
            };
            match next {
                Next::Rows => (end, between) = (index + at + 2, 0),
                Next::Nameless if between < LINES_BETWEEN => between += 1,
                Next::Nameless | Next::Other => break,
            }
        }
        end
    }

    /// A list, or the head of one whose rows follow in the next table.
    fn begun<'b>(&self, table: &'b Table, rest: &[Block]) -> Option<Begun<'b>> {
        row_number(&table.place)?;
        let with_next = || {
            let next = rest.iter().position(|block| matches!(block, Block::Table(_)))?;
            let next = rest.get(..=next).filter(|next| next.len() <= LINES_BETWEEN && table.rows.len() <= FEW_ROWS)?;
            let parts: Vec<Block> = [Block::Table(table.clone())].into_iter().chain(next.iter().cloned()).collect();
            self.list_head(&whole(&parts)?).filter(|head| *head < table.rows.len())
        };
        let head = self.list_head(table).or_else(with_next)?;
        let (heads, body) = self.whole_heads(table, head);
        let meanings: Vec<Option<Meaning>> =
            heads.iter().enumerate().map(|(at, cell)| self.meaning_of_column(table, at, &cell.text)).collect();
        let name = best_name(&heads, &meanings)?;
        let is_kept = |(at, meaning): (usize, &Option<Meaning>)| {
            let meaning = meaning.filter(|meaning| at == name || *meaning != Meaning::Name)?;
            Some((key(table, at), meaning))
        };
        let meanings = meanings.iter().enumerate().filter_map(is_kept).collect();
        Some(Begun { table, body, meanings })
    }

    /// A title, a head or a note; no heading of a section, and no sentence.
    fn may_stand_inside(&self, line: &str) -> bool {
        let is_note = line.starts_with('※') || !line.contains('\n');
        let is_other = self
            .labelled(line)
            .is_some_and(|(meaning, _, _)| !matches!(meaning, Meaning::List | Meaning::Department | Meaning::Division));
        is_short(line) && is_note && !is_other
    }

    fn behind(&self, list: &Begun<'_>, table: &Table) -> Next {
        let is_alike = match (list.table.columns.is_empty(), table.columns.is_empty()) {
            (true, true) => list.table.rows.first().map(Vec::len) == table.rows.first().map(Vec::len),
            (both, other) => both == other,
        };
        if !is_alike || row_number(&table.place).is_none() {
            return Next::Other;
        }
        let mut found = Next::Nameless;
        for row in table.rows.iter().filter(|row| row.iter().any(|cell| !cell.text.is_empty())) {
            match self.row_behind(list, table, row) {
                Next::Rows => found = Next::Rows,
                Next::Nameless => {}
                Next::Other => return Next::Other,
            }
        }
        found
    }

    fn row_behind(&self, list: &Begun<'_>, table: &Table, row: &[Cell]) -> Next {
        if repeats_head(list.table, list.body, row) || is_sum(row).is_some() {
            return Next::Rows;
        }
        let labels = row.iter().filter(|cell| self.is_label(&cell.text)).count();
        let filled = row.iter().filter(|cell| !cell.text.is_empty()).count();
        if self.is_list_head(row) || labels > 1 || super::heads::is_head(row, self.words) {
            return Next::Other;
        }
        let cells = row.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty());
        let known: Vec<(Meaning, &str)> = cells
            .filter_map(|(at, cell)| {
                let column = key(table, at);
                let meaning = list.meanings.iter().find(|(name, _)| *name == column).map(|(_, meaning)| *meaning);
                Some((meaning?, cell.text.as_str()))
            })
            .collect();
        let texts: Vec<&str> = known.iter().filter(|(m, _)| *m != Meaning::Amount).map(|(_, text)| *text).collect();
        // A department with the sum of its programs
        if matches!(texts.as_slice(), [only] if department_in(only).is_some()) {
            return Next::Nameless;
        }
        let is_sound = known.iter().all(|(meaning, text)| self.may_be(*meaning, text));
        let has_name = known.iter().any(|(meaning, _)| *meaning == Meaning::Name);
        match (is_sound, has_name) {
            (false, _) => Next::Other,
            (true, true) if known.len() > 1 => Next::Rows,
            (true, true) if filled > 1 => Next::Other,
            (true, _) => Next::Nameless,
        }
    }

    fn is_label(&self, text: &str) -> bool {
        !super::words::is_category(text) && self.meaning(text).is_some()
    }

    /// Whether a cell of another table can stand in a column of the list.
    fn may_be(&self, meaning: Meaning, text: &str) -> bool {
        if meaning == Meaning::Name {
            !is_figure(text) && !self.is_label(text)
        } else if meaning == Meaning::Amount {
            is_value_of(meaning, text) || text.contains(is_digit)
        } else if meaning == Meaning::Number {
            unified(text).starts_with(|c: char| c.is_ascii_alphanumeric() || !c.is_alphabetic())
        } else {
            !meaning.is_office() || !is_figure(text)
        }
    }
}

/// Whether a row says again what stands in or above the head of its list.
pub(super) fn repeats_head(table: &Table, body: usize, row: &[Cell]) -> bool {
    fn filled(row: &[Cell]) -> impl Iterator<Item = &str> {
        row.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty())
    }
    filled(row).next().is_some() && table.rows.iter().take(body).any(|head| filled(head).eq(filled(row)))
}

/// What a column is called; its place among the others where it has no name.
fn key(table: &Table, at: usize) -> String {
    table.columns.get(at).cloned().unwrap_or_else(|| at.to_string())
}

/// One table of all that stands in these blocks, with the blank rows between them.
pub(super) fn whole(blocks: &[Block]) -> Option<Table> {
    let Some(Block::Table(first)) = blocks.first() else { return None };
    let names = blocks.iter().flat_map(|block| match block {
        Block::Table(table) => table.columns.clone(),
        Block::Paragraph(line) => column_of(&line.place).into_iter().collect(),
    });
    // Z stands before AA.
    let names: BTreeSet<(usize, String)> = names.map(|name| (name.len(), name)).collect();
    let columns: Vec<String> = names.into_iter().map(|(_, name)| name).filter(|_| !first.columns.is_empty()).collect();
    let width = columns.len().max(first.rows.first().map_or(0, Vec::len));
    let at = |name: &str| columns.iter().position(|column| column == name);
    let top = row_number(&first.place)?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for block in blocks {
        let place = match block {
            Block::Table(table) => &table.place,
            Block::Paragraph(line) => &line.place,
        };
        let before = row_number(place)?.saturating_sub(top);
        rows.resize(before.max(rows.len()), vec![Cell::default(); width]);
        match block {
            Block::Table(table) => {
                let to: Vec<usize> =
                    (0..width).map(|own| table.columns.get(own).map_or(own, |name| at(name).unwrap_or(own))).collect();
                rows.extend(table.rows.iter().map(|row| spread(row, &to, width)));
            }
            Block::Paragraph(line) => {
                let to = column_of(&line.place).and_then(|name| at(&name)).unwrap_or(0);
                let cell = Cell { text: line.text.clone(), ..Cell::default() };
                rows.push(spread(&[cell], &[to], width));
            }
        }
    }
    Some(Table { rows, place: first.place.clone(), columns })
}

fn spread(row: &[Cell], to: &[usize], width: usize) -> Vec<Cell> {
    let mut spread = vec![Cell::default(); width];
    for (cell, to) in row.iter().zip(to) {
        if let Some(slot) = spread.get_mut(*to) {
            slot.clone_from(cell);
        }
    }
    spread
}

/// `B` of `B4`
fn column_of(place: &str) -> Option<String> {
    let letters = place.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_cell = !letters.is_empty() && letters.len() < place.len() && letters.bytes().all(|b| b.is_ascii_uppercase());
    is_cell.then(|| letters.to_string())
}
