//! Chapters on the way to a report, before their programs are in order.

use std::sync::Arc;

use super::composition::Listed;
use super::{ChapterHead, Program};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A chapter whose programs are not in order yet.
pub(super) struct ChapterDraft {
    pub(super) folder: String,
    pub(super) head: ChapterHead,
    pub(super) programs: Vec<Arc<Program>>,
    /// Lines of its 【構成】 that speak of the chapters in it
    pub(super) chapter_lines: Vec<Span>,
}

impl ChapterDraft {
    /// What 【構成】 says of the programs of this chapter.
    pub(super) fn program_lines(&self) -> impl Iterator<Item = &Listed> {
        let lines = self.head.composition.iter().flatten();
        lines.filter(|listed| !self.chapter_lines.contains(&listed.line))
    }
}

/// A chapter in its place of the tree.
pub(super) struct ChapterInTree {
    pub(super) draft: ChapterDraft,
    pub(super) level: usize,
    pub(super) parent: Option<usize>,
}

/// Files and folders that are there and say nothing of themselves: what was reported of them is not said again.
#[derive(Debug, Clone, Default)]
pub struct UnreadFiles {
    /// Folder and stem of files that could not be read, and of copies.
    pub files: Vec<(String, String)>,
    /// Folders that hold a report of their own.
    pub reports: Vec<String>,
}

impl UnreadFiles {
    pub(super) fn has_stem(&self, stem: &str) -> bool {
        self.files.iter().any(|(_, other)| other == stem)
    }

    pub(super) fn has_file_in(&self, folder: &str) -> bool {
        self.files.iter().any(|(other, _)| other == folder)
    }
}

pub(super) fn listed_twice(listed: &Listed) -> Diagnostic {
    Diagnostic::new(Code::J061, listed.line, format!("「{}」が【構成】に2回あります。", listed.name.value))
        .help("どちらかの行を消してください。")
}
