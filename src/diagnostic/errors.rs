//! Where the errors of a report are.

use std::collections::BTreeMap;

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{FileId, Span};

/// The errors of a report by their files.
#[derive(Debug, Default)]
pub struct Errors<'a> {
    by_file: BTreeMap<FileId, Vec<&'a Diagnostic>>,
}

impl<'a> Errors<'a> {
    pub fn of(diagnostics: &'a Diagnostics) -> Self {
        let mut by_file: BTreeMap<FileId, Vec<&Diagnostic>> = BTreeMap::new();
        for error in diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error) {
            by_file.entry(error.primary.span.file).or_default().push(error);
        }
        Self { by_file }
    }

    /// Files with errors, in their order.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        self.by_file.keys().copied()
    }

    /// The errors of a file, in the order of the messages.
    pub fn of_file(&self, file: FileId) -> &[&'a Diagnostic] {
        self.by_file.get(&file).map_or(&[], Vec::as_slice)
    }

    pub fn is_in(&self, file: FileId) -> bool {
        self.by_file.contains_key(&file)
    }

    /// Whether an error lies at the place: what was read there is a guess.
    pub fn touch(&self, place: Span) -> bool {
        self.of_file(place.file).iter().any(|error| error.primary.span.touches(place))
    }
}
