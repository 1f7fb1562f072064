//! What mends the texts of a state, as the page sends it back: stretches of files that were seen.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::Edit;
use crate::editing::mark_of_text;
use crate::pipeline::Checked;
use crate::source::{FileId, Files};

/// A stretch of a file's text and what takes its place. Places are bytes.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ToldEdit {
    start: usize,
    end: usize,
    was: String,
    text: String,
}

impl ToldEdit {
    pub(super) fn of(files: &Files, edit: &Edit) -> Self {
        let Edit { span, replacement, .. } = edit;
        let was = files.get(span.file).slice(*span).to_string();
        Self { start: span.start, end: span.end, was, text: replacement.clone() }
    }
}

/// The marks of texts, each worked out once.
pub(super) struct Marks<'a> {
    files: &'a Files,
    known: BTreeMap<FileId, String>,
}

impl<'a> Marks<'a> {
    pub(super) fn new(files: &'a Files) -> Self {
        Self { files, known: BTreeMap::new() }
    }

    pub(super) fn of(&mut self, file: FileId) -> String {
        self.known.entry(file).or_insert_with(|| mark_of_text(self.files.get(file).text())).clone()
    }
}

/// The mends of a file that nobody need look at.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FileMends {
    file: String,
    seen: String,
    edits: Vec<ToldEdit>,
}

impl FileMends {
    pub(super) fn count(&self) -> usize {
        self.edits.len()
    }
}

/// The certain mends of a report, by file: those that `check --fix` makes.
pub(super) fn certain_mends(checked: &Checked) -> Vec<FileMends> {
    let mut by_file: BTreeMap<FileId, Vec<ToldEdit>> = BTreeMap::new();
    for edit in checked.diagnostics.certain_edits() {
        by_file.entry(edit.span.file).or_default().push(ToldEdit::of(&checked.files, edit));
    }
    let mut marks = Marks::new(&checked.files);
    let mends = by_file.into_iter().map(|(file, edits)| FileMends {
        file: checked.files.get(file).path().to_string(),
        seen: marks.of(file),
        edits,
    });
    mends.collect()
}
