//! A message in the words of the page, with what mends it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::http::escaped;
use super::told_mends::{Marks, ToldEdit};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::pipeline::{Acknowledgeable, AcknowledgementPlace, Checked};
use crate::source::FileId;

#[derive(Debug, Clone, Serialize)]
pub(super) struct ToldMessage {
    severity: &'static str,
    code: String,
    message: String,
    help: Option<String>,
    /// What the help says of 確認済
    leave: Option<String>,
    file: String,
    line: usize,
    column: usize,
    source: String,
    /// In UTF-16 units of `source`, as the page counts
    start: usize,
    end: usize,
    anchor: Option<String>,
    link: String,
    /// Other places that it speaks of
    related: Vec<ToldPlace>,
    mend: Option<ToldMend>,
    acknowledge: Option<ToldAcknowledgement>,
}

/// Another place, and what it is.
#[derive(Debug, Clone, Serialize)]
struct ToldPlace {
    words: String,
    file: String,
    line: usize,
}

/// What takes a message away. All its places are changed together.
#[derive(Debug, Clone, Serialize)]
struct ToldMend {
    seen: String,
    certain: bool,
    edits: Vec<ToldEdit>,
}

/// Where the line of 確認済 goes that takes a message away.
#[derive(Debug, Clone, Serialize)]
struct ToldAcknowledgement {
    file: String,
    seen: String,
    at: usize,
    word: String,
}

/// Tells the messages of a state.
pub(super) struct MessageTeller<'a> {
    checked: &'a Checked,
    on_disk: &'a dyn Fn(&str) -> PathBuf,
    anchors: &'a BTreeMap<FileId, String>,
    /// Where the page may write
    mending: Option<(Marks<'a>, Acknowledgeable<'a>)>,
}

impl<'a> MessageTeller<'a> {
    /// `on_disk` tells where a file of the report lies.
    pub(super) fn new(
        checked: &'a Checked,
        on_disk: &'a dyn Fn(&str) -> PathBuf,
        anchors: &'a BTreeMap<FileId, String>,
        writes: bool,
    ) -> Self {
        let mending = writes.then(|| (Marks::new(&checked.files), Acknowledgeable::new(checked)));
        Self { checked, on_disk, anchors, mending }
    }

    pub(super) fn tell(&mut self, diagnostic: &Diagnostic) -> ToldMessage {
        let span = diagnostic.primary.span;
        let file = self.checked.files.get(span.file);
        let position = file.position(span.start);
        let line = file.line_range(position.line - 1);
        let text = |from: usize, to: usize| file.text().get(from..to).unwrap_or("");
        let units = |text: &str| text.encode_utf16().count();
        let start = span.start.clamp(line.start, line.end);
        let end = span.end.clamp(start, line.end);
        let (help, leave) = help_of(diagnostic);
        ToldMessage {
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "info",
            },
            code: diagnostic.code.to_string(),
            message: diagnostic.message.clone(),
            help,
            leave,
            file: file.path().to_string(),
            line: position.line,
            column: position.column,
            source: text(line.start, line.end).to_string(),
            start: units(text(line.start, start)),
            end: units(text(line.start, end)),
            anchor: self.anchors.get(&span.file).cloned(),
            link: editor_link(&(self.on_disk)(file.path()), position.line, position.column),
            related: diagnostic.related.iter().map(|label| self.place(label)).collect(),
            mend: self.mend(diagnostic),
            acknowledge: self.acknowledge(diagnostic),
        }
    }

    fn place(&self, Label { span, text }: &Label) -> ToldPlace {
        let file = self.checked.files.get(span.file);
        ToldPlace { words: text.clone(), file: file.path().to_string(), line: file.position(span.start).line }
    }

    fn mend(&mut self, diagnostic: &Diagnostic) -> Option<ToldMend> {
        let (marks, _) = self.mending.as_mut()?;
        let file = diagnostic.fix.as_ref()?.span.file;
        let mut edits: Vec<_> = diagnostic.edits().collect();
        if edits.iter().any(|edit| edit.span.file != file) {
            return None;
        }
        edits.sort_by_key(|edit| edit.span);
        let certain = edits.iter().all(|edit| edit.certain);
        let edits = edits.into_iter().map(|edit| ToldEdit::of(&self.checked.files, edit)).collect();
        Some(ToldMend { seen: marks.of(file), certain, edits })
    }

    fn acknowledge(&mut self, diagnostic: &Diagnostic) -> Option<ToldAcknowledgement> {
        let (marks, acknowledgeable) = self.mending.as_mut()?;
        let AcknowledgementPlace { file, at, word } = acknowledgeable.place_of(diagnostic)?;
        let path = self.checked.files.get(file).path().to_string();
        Some(ToldAcknowledgement { file: path, seen: marks.of(file), at, word })
    }
}

/// The help, and what it says of 確認済.
fn help_of(diagnostic: &Diagnostic) -> (Option<String>, Option<String>) {
    let Some(help) = &diagnostic.help else { return (None, None) };
    let begins = diagnostic.acknowledging.as_ref().map_or(help.len(), |own| own.begins);
    let (help, leave) = help.split_at_checked(begins).unwrap_or((help, ""));
    let part = |text: &str| Some(text.trim_start_matches('\n').to_string()).filter(|text| !text.is_empty());
    (part(help), part(leave))
}

/// `vscode://file/C:/報告書/章.jigyo:3:5`, with everything but ASCII letters escaped.
pub(super) fn editor_link(path: &Path, line: usize, column: usize) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let path = escaped(path.trim_start_matches("//?/").trim_start_matches('/'), b"/~:");
    format!("vscode://file/{path}:{line}:{column}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_the_file_for_the_editor() {
        assert_eq!(editor_link(Path::new("/a b/章.jigyo"), 3, 5), "vscode://file/a%20b/%E7%AB%A0.jigyo:3:5");
        assert_eq!(editor_link(Path::new("C:\\r\\a.jigyo"), 1, 1), "vscode://file/C:/r/a.jigyo:1:1");
    }
}
