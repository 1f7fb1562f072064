//! Paragraphs and what hangs at them: from the blocks of the view, which say how deep each hangs, to lists in lists.

use serde::Serialize;

use crate::view::{BlockKind, BlockView};

/// A paragraph, a sub-heading, a list, or an entry of one.
#[derive(Serialize)]
pub(super) struct Piece {
    /// `paragraph`, `subheading`, `list` or `entry`
    kind: &'static str,
    marker: String,
    text: String,
    /// The entries of a list, and what hangs at an entry
    inner: Vec<Piece>,
}

/// The blocks as they hang.
pub(super) fn pieces(blocks: &[BlockView]) -> Vec<Piece> {
    pieces_at(blocks, 0)
}

fn pieces_at(blocks: &[BlockView], level: usize) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut rest = blocks;
    while let Some((first, behind)) = rest.split_first() {
        let inner = behind.iter().take_while(|block| block.level > level).count();
        let (inner, after) = behind.split_at(inner);
        rest = after;
        let inner = pieces_at(inner, level + 1);
        let alone = match first.kind {
            BlockKind::Paragraph => Some("paragraph"),
            BlockKind::Subheading => Some("subheading"),
            BlockKind::Item | BlockKind::Bullet | BlockKind::Note => None,
        };
        if let Some(kind) = alone {
            out.push(piece(kind, first, Vec::new()));
            out.extend(inner);
            continue;
        }
        let entry = piece("entry", first, inner);
        match out.last_mut().filter(|last| last.kind == "list") {
            Some(list) => list.inner.push(entry),
            None => out.push(Piece { kind: "list", marker: String::new(), text: String::new(), inner: vec![entry] }),
        }
    }
    out
}

fn piece(kind: &'static str, block: &BlockView, inner: Vec<Piece>) -> Piece {
    Piece { kind, marker: block.marker.clone(), text: block.text.clone(), inner }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(pieces: &[Piece]) -> String {
        let one = |piece: &Piece| match piece.inner.as_slice() {
            [] => piece.text.clone(),
            inner => format!("{}[{}]", piece.text, shape(inner)),
        };
        pieces.iter().map(one).collect::<Vec<_>>().join(",")
    }

    #[test]
    fn what_hangs_deeper_stands_inside() {
        let block = |kind, level, text: &str| BlockView {
            kind,
            marker: String::new(),
            level,
            text: text.to_string(),
            faulty: false,
        };
        let blocks = [
            block(BlockKind::Paragraph, 0, "あ"),
            block(BlockKind::Item, 0, "い"),
            block(BlockKind::Bullet, 1, "う"),
            block(BlockKind::Note, 2, "え"),
            block(BlockKind::Paragraph, 1, "お"),
            block(BlockKind::Item, 0, "か"),
            block(BlockKind::Bullet, 3, "き"),
        ];
        assert_eq!(shape(&pieces(&blocks)), "あ,[い[[う[[え]]],お],か[[き]]]");
    }
}
