//! Rows of a table of the form without a figure stand alone on a sheet, and part it: it is one table again.

use std::borrow::Cow;

use super::continued::whole;
use super::document::{Block, Paragraph, Table};
use super::head_keys::letters;
use super::place::row_number;
use super::recognise::Recogniser;

impl Recogniser<'_> {
    /// The blocks of a document, as many as before: what went into a table leaves a blank paragraph behind.
    pub(super) fn joined_own<'b>(&self, mut blocks: Cow<'b, [Block]>) -> Cow<'b, [Block]> {
        if self.words.own.tables.iter().all(|own| own.table.rows.is_empty()) {
            return blocks;
        }
        let mut index = 0;
        while index < blocks.len() {
            let end = self.end_of_own(&blocks, index);
            let table = blocks.get(index..end).filter(|parts| parts.len() > 1).and_then(whole);
            if let Some(table) = table
                && let Some(slots) = blocks.to_mut().get_mut(index..end)
            {
                slots.fill(Block::Paragraph(Paragraph { text: String::new(), heading: None, place: String::new() }));
                slots.iter_mut().take(1).for_each(|first| *first = Block::Table(table.clone()));
            }
            index = end;
        }
        blocks
    }

    /// Behind the last block of the table that begins here: names of fixed rows, each right below the row before, and more rows.
    fn end_of_own(&self, blocks: &[Block], index: usize) -> usize {
        let mut end = index + 1;
        let Some(Block::Table(first)) = blocks.get(index) else { return end };
        let behind = |table: &Table| Some(row_number(&table.place)? + table.rows.len());
        let Some(mut row) = behind(first) else { return end };
        loop {
            let rest = blocks.get(end..).unwrap_or_default();
            let is_row = |(at, block): &(usize, &Block)| {
                matches!(block, Block::Paragraph(line)
                    if row_number(&line.place) == Some(row + at) && self.is_fixed_row(&line.text))
            };
            let alone = rest.iter().enumerate().take_while(is_row).count();
            match rest.get(alone) {
                Some(Block::Table(table)) if alone > 0 && self.goes_on_at(table, row + alone) => {
                    (end, row) = (end + alone + 1, row + alone + table.rows.len());
                }
                Some(_) | None => return end,
            }
        }
    }

    fn goes_on_at(&self, table: &Table, row: usize) -> bool {
        let first = table.rows.first().and_then(|row| row.iter().find(|cell| !cell.text.is_empty()));
        row_number(&table.place) == Some(row) && first.is_some_and(|cell| self.is_fixed_row(&cell.text))
    }

    fn is_fixed_row(&self, text: &str) -> bool {
        let tables = self.words.own.tables.iter().filter(|own| !own.table.rows.is_empty());
        let names =
            tables.flat_map(|own| own.table.rows.iter().map(|row| row.name.as_str()).chain(own.table.total.as_deref()));
        let text = letters(text);
        names.into_iter().any(|name| letters(name) == text)
    }
}
