//! That nothing was dropped: every text of the office's files stands in what is written, or was a word that was understood.

use std::collections::BTreeSet;

use super::document::{Block, Document};
use super::draft::Said;
use super::words::compared;
use crate::syntax::chars::{is_bar, is_blank, is_colon, unified};

/// The texts that stand nowhere in `written`.
pub(super) fn lost(documents: &[Document], written: &[&str], structure: &BTreeSet<String>) -> Vec<Said> {
    let whole: String = written.iter().map(|text| essence(text)).collect::<Vec<_>>().join("\n");
    let mut known: BTreeSet<String> = BTreeSet::new();
    for line in written.iter().flat_map(|text| text.lines()) {
        known.insert(essence(line));
        known.extend(line.split(is_part).map(essence));
    }
    let mut lost = Vec::new();
    for document in documents {
        for (text, place) in document.blocks.iter().flat_map(texts) {
            let stands = |text: &str| {
                let bare = essence(text);
                bare.is_empty() || known.contains(&bare) || structure.contains(&compared(text)) || whole.contains(&bare)
            };
            for line in text.split('\n') {
                if !stands(line) && !line.split(is_part).all(stands) {
                    lost.push(Said::new(line, &format!("{} {place}", document.name)));
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

fn texts(block: &Block) -> Vec<(&str, &str)> {
    match block {
        Block::Paragraph(paragraph) => vec![(&paragraph.text, &paragraph.place)],
        Block::Table(table) => {
            table.rows.iter().flatten().map(|cell| (cell.text.as_str(), table.place.as_str())).collect()
        }
    }
}
