//! That nothing was dropped: every text of the office's files stands in what is written, or was a word that was understood.

use std::collections::BTreeSet;

use super::document::{Block, Document};
use super::draft::SourcedText;
use super::place::{Place, place_of_cell};
use super::words::compared;
use crate::syntax::chars::{is_bar, is_blank, is_colon, unified};

/// The texts that stand nowhere in `written`.
pub(super) fn lost(documents: &[Document], written: &[&str], structure: &BTreeSet<String>) -> Vec<SourcedText> {
    let whole: String = written.iter().map(|text| essence(text)).collect::<Vec<_>>().join("\n");
    let mut known: BTreeSet<String> = BTreeSet::new();
    for line in written.iter().flat_map(|text| text.lines()) {
        let bare = essence(line);
        // An amount stands beside its unit.
        known.extend(bare.split(|c: char| !c.is_ascii_digit()).map(str::to_string));
        known.insert(bare);
        known.extend(line.split(is_part).map(essence));
        known.extend(line.split_once(is_colon).map(|(_, value)| essence(value)));
    }
    let mut lost = Vec::new();
    for document in documents {
        let texts = document.blocks.iter().flat_map(|block| texts(block).into_iter().map(move |found| (block, found)));
        for (block, (text, at)) in texts {
            let is_known = |text: &str| {
                let bare = essence(text);
                bare.is_empty() || known.contains(&bare) || structure.contains(&compared(text))
            };
            // To search all that was written takes long: only what is no line and no part of one is looked for there.
            let stands = |text: &str| is_known(text) || whole.contains(&essence(text));
            for line in text.split('\n') {
                let is_found = is_known(line) || line.split(is_part).all(is_known);
                if !is_found && !stands(line) && !line.split(is_part).all(stands) {
                    lost.push(SourcedText::new(line, &Place::new(&document.name, &place_in(block, at))));
                }
            }
        }
    }
    lost
}

fn is_part(c: char) -> bool {
    is_blank(c) || is_bar(c) || is_colon(c) || "（）()・、，【】「」".contains(c)
}

/// Letters and figures alone: marks and widths may change on the way.
fn essence(text: &str) -> String {
    unified(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The texts of a block, those of a table with their row and column.
fn texts(block: &Block) -> Vec<(&str, (usize, usize))> {
    match block {
        Block::Paragraph(paragraph) => vec![(&paragraph.text, (0, 0))],
        Block::Table(table) => {
            let all = table
                .rows
                .iter()
                .enumerate()
                .flat_map(|(row, cells)| cells.iter().enumerate().map(move |at| (row, at)));
            all.map(|(row, (column, cell))| (cell.text.as_str(), (row, column))).collect()
        }
    }
}

fn place_in(block: &Block, (row, column): (usize, usize)) -> String {
    match block {
        Block::Paragraph(paragraph) => paragraph.place.clone(),
        Block::Table(table) => place_of_cell(table, row, column),
    }
}
