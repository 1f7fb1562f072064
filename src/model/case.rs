//! 【事例】 and 【写真】.

use super::{Block, Text};
use crate::source::Span;

/// 【事例】 with the photographs right after it.
#[derive(Debug, Clone)]
pub struct Case {
    pub heading: Span,
    pub title: Option<Text>,
    pub blocks: Vec<Block>,
    pub photos: Vec<Photo>,
}

/// A row of 【写真】.
#[derive(Debug, Clone)]
pub struct Photo {
    pub span: Span,
    /// The path as typed, from the folder of the file
    pub file_name: Text,
    /// Lines; none for no caption
    pub caption: Vec<Text>,
    /// Lines of the alternative text; required
    pub alt: Vec<Text>,
}
