//! Blocks of prose as they are printed.

use super::build::ViewBuilder;
use super::contract::{BlockKind, BlockView};
use super::levels::set_levels;
use crate::model;

impl ViewBuilder<'_> {
    /// Blocks of prose, with the marks that they hang behind.
    pub fn blocks(&self, blocks: &[model::Block]) -> Vec<BlockView> {
        let mut views: Vec<BlockView> = blocks.iter().map(|block| self.block(block)).collect();
        set_levels(&mut views);
        views
    }

    fn block(&self, block: &model::Block) -> BlockView {
        let (kind, marker) = match &block.kind {
            model::BlockKind::Paragraph => (BlockKind::Paragraph, String::new()),
            model::BlockKind::Hanging(marker) => (BlockKind::Bullet, self.printer.text(marker)),
            model::BlockKind::Subheading => (BlockKind::Subheading, "○".to_string()),
            model::BlockKind::Item(number) => (BlockKind::Item, format!("({number})")),
            model::BlockKind::Bullet => (BlockKind::Bullet, "・".to_string()),
            model::BlockKind::Note => (BlockKind::Note, "※".to_string()),
        };
        BlockView {
            kind,
            marker,
            level: 0,
            text: self.lines(&block.lines),
            faulty: block.span().is_some_and(|span| self.is_faulty(span)),
        }
    }

    /// Lines of a paragraph as one string; an empty one says nothing.
    pub fn lines(&self, lines: &[model::Text]) -> String {
        let printed: Vec<String> = lines.iter().map(|line| self.printer.text(&line.value)).collect();
        printed.join("\n").trim_matches('\n').to_string()
    }
}
