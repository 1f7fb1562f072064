//! Paragraphs, items and bullets as they are printed: a part of the template's contract.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One printed paragraph, item, bullet, note or sub-heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BlockView {
    /// What stands before the text, and how it hangs
    pub kind: BlockKind,
    /// What hangs before the text: `(1)` `・` `※` `○` `①`; empty for a paragraph.
    pub marker: String,
    /// How deep it hangs: at the text of the last block before it whose level is one less; 0 at none.
    pub level: usize,
    /// The text as one string; `\n` begins a new line inside it.
    pub text: String,
    /// Only in a draft: something is wrong here.
    pub faulty: bool,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    Paragraph,
    /// ○ in 【取組の概要】
    Subheading,
    /// A numbered item
    Item,
    /// ・, or a bullet pasted from Word
    Bullet,
    /// ※
    Note,
}
