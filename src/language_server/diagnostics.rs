//! The messages of a report in the editor's words and places.

use std::collections::BTreeMap;

use super::client::Client;
use super::files::EditorFiles;
use super::kept_report::State;
use super::protocol::{self, RelatedInformation};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{FileId, Span};

/// Who says it.
const SOURCE: &str = "report";

/// The messages of the last check by file; of a file that is not there beside every open text.
pub(super) fn told(files: &EditorFiles<'_>, client: &Client) -> BTreeMap<String, Vec<protocol::Diagnostic>> {
    let mut found: BTreeMap<String, Vec<protocol::Diagnostic>> = BTreeMap::new();
    let Some(state) = files.report.state() else { return found };
    for diagnostic in state.checked.diagnostics.iter() {
        let span = diagnostic.primary.span;
        let message = tell(files, client, state, diagnostic);
        if is_there(files, state, span.file) {
            found.entry(state.checked.files.get(span.file).path().to_string()).or_default().push(message);
        } else {
            for relative in files.open.keys() {
                found.entry((*relative).to_string()).or_default().push(message.clone());
            }
        }
    }
    found
}

/// A message that no file has stands in one without a text.
fn is_there(files: &EditorFiles<'_>, state: &State, file: FileId) -> bool {
    let file = state.checked.files.get(file);
    let is_shown = !file.text().is_empty() || files.open.contains_key(file.path());
    is_shown || files.report.is_on_disk(file.path())
}

/// A message as the editor shows it.
pub(super) fn tell(
    files: &EditorFiles<'_>,
    client: &Client,
    state: &State,
    diagnostic: &Diagnostic,
) -> protocol::Diagnostic {
    let all = &state.checked.files;
    let related = diagnostic.related.iter().filter(|_| client.shows_related);
    let related = related
        .map(|label| RelatedInformation { location: files.location(all, label.span), message: label.text.clone() });
    protocol::Diagnostic {
        range: files.range(all, shown_span(state, diagnostic)),
        severity: match diagnostic.severity {
            Severity::Error => 1,
            Severity::Warning => 2,
            // Counted and not told, as at the terminal: dots under the text, and no line in the list
            Severity::Info => 4,
        },
        code: diagnostic.code.name(),
        source: SOURCE,
        message: words(diagnostic),
        related_information: related.collect(),
    }
}

/// What is marked: of a message about a whole file its first line.
pub(super) fn shown_span(state: &State, diagnostic: &Diagnostic) -> Span {
    let span = diagnostic.primary.span;
    if span != Span::whole_file(span.file) {
        return span;
    }
    Span { end: state.checked.files.get(span.file).line_range(0).end, ..span }
}

/// What is wrong, then what to type. How to leave it as it is, is an action of its own.
fn words(diagnostic: &Diagnostic) -> String {
    let help = diagnostic.help.as_deref().unwrap_or_default();
    let end = diagnostic.acknowledging.as_ref().map_or(help.len(), |own| own.begins);
    match help.get(..end).unwrap_or(help).trim_matches('\n') {
        "" => diagnostic.message.clone(),
        help => format!("{}\n{help}", diagnostic.message),
    }
}
