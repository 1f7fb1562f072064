//! The files of a report as the editor names them and counts in them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::client::Client;
use super::document::{Document, TypedText};
use super::kept_report::KeptReport;
use super::position::Units;
use super::protocol::{Location, Range, TextEdit};
use super::uri::uri_of_path;
use crate::source::{FileId, Files, SourceFile, Span};

/// What changes in one file.
pub(super) struct FileChanges {
    uri: String,
    version: Option<i32>,
    edits: Vec<TextEdit>,
}

/// An edit of several files; `more` are the files that are renamed behind it, for editors that can.
pub(super) fn workspace_edit(client: &Client, changes: &[FileChanges], more: Vec<Value>) -> Value {
    if client.versions_edits {
        let edits = changes
            .iter()
            .map(|own| json!({ "textDocument": { "uri": own.uri, "version": own.version }, "edits": own.edits }));
        return json!({ "documentChanges": edits.chain(more).collect::<Vec<_>>() });
    }
    let by_file: BTreeMap<&str, &[TextEdit]> =
        changes.iter().map(|own| (own.uri.as_str(), own.edits.as_slice())).collect();
    json!({ "changes": by_file })
}

pub(super) struct EditorFiles<'a> {
    pub(super) report: &'a KeptReport,
    /// The open ones by their path from the report
    pub(super) open: BTreeMap<&'a str, &'a Document>,
    pub(super) units: Units,
}

impl<'a> EditorFiles<'a> {
    pub(super) fn new(
        report: &'a KeptReport,
        documents: impl Iterator<Item = &'a Document>,
        units: Units,
    ) -> EditorFiles<'a> {
        let own = documents.filter_map(|document| {
            let home = document.home.as_ref().filter(|home| home.root == report.root())?;
            Some((home.relative.as_str(), document))
        });
        EditorFiles { report, open: own.collect(), units }
    }

    /// The address, as the editor spelled it where the file is open.
    pub(super) fn uri(&self, relative: &str) -> String {
        match self.open.get(relative) {
            Some(document) => document.uri.clone(),
            None => uri_of_path(&self.report.path_of(relative)),
        }
    }

    /// The version of an open text.
    pub(super) fn version(&self, relative: &str) -> Option<i32> {
        self.open.get(relative).map(|document| document.version)
    }

    fn text(&self, file: &SourceFile) -> Arc<TypedText> {
        match self.open.get(file.path()) {
            Some(document) => Arc::clone(&document.text),
            None => self.report.typed_text(file),
        }
    }

    pub(super) fn range(&self, files: &Files, span: Span) -> Range {
        self.text(files.get(span.file)).range(span.start..span.end, self.units)
    }

    pub(super) fn location(&self, files: &Files, span: Span) -> Location {
        Location { uri: self.uri(files.get(span.file).path()), range: self.range(files, span) }
    }

    /// Edits as an editor makes them, by file; with the versions of the texts that they are of where it takes those.
    pub(super) fn changes(&self, files: &Files, edits: &[(Span, String)]) -> Vec<FileChanges> {
        let mut by_file: BTreeMap<FileId, Vec<TextEdit>> = BTreeMap::new();
        for (span, text) in edits {
            let edit = TextEdit { range: self.range(files, *span), new_text: text.clone() };
            by_file.entry(span.file).or_default().push(edit);
        }
        let changes = by_file.into_iter().map(|(file, edits)| {
            let path = files.get(file).path();
            FileChanges { uri: self.uri(path), version: self.version(path), edits }
        });
        changes.collect()
    }
}
