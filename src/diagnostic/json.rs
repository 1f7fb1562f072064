//! One message as one line of JSON, for other programs. `docs/messages.md` is its contract, and a test compares the two.

use serde::Serialize;

use super::{Diagnostic, Edit, Label};
use crate::source::{Files, Span};

/// Version of the line. Raised when a program that reads the old one would go wrong; a new field alone raises nothing.
pub const MESSAGE_FORMAT: u32 = 1;

#[derive(Debug, Serialize)]
struct JsonLine<'a> {
    format: u32,
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    label: Option<&'a str>,
    help: Option<&'a str>,
    #[serde(flatten)]
    place: JsonPlace<'a>,
    department: Option<&'a str>,
    related: Vec<Related<'a>>,
    fix: Option<Fix<'a>>,
}

/// Lines and columns count from 1, columns in characters; a message about a whole file is at 1:1.
#[derive(Debug, Serialize)]
struct JsonPlace<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Debug, Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: JsonPlace<'a>,
    label: &'a str,
}

#[derive(Debug, Serialize)]
struct Fix<'a> {
    #[serde(flatten)]
    place: JsonPlace<'a>,
    replacement: &'a str,
    certain: bool,
}

impl<'a> JsonPlace<'a> {
    fn of(files: &'a Files, span: Span) -> Self {
        let file = files.get(span.file);
        let (start, end) = (file.position(span.start), file.position(span.end));
        Self { file: file.path(), line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }
}

/// Renders a message without a line end. `department` is the one whose file it is.
pub fn render_json(files: &Files, diagnostic: &Diagnostic, department: Option<&str>) -> String {
    let related = diagnostic
        .related
        .iter()
        .map(|Label { span, text }| Related { place: JsonPlace::of(files, *span), label: text });
    let line = JsonLine {
        format: MESSAGE_FORMAT,
        code: diagnostic.code.name(),
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        label: Some(diagnostic.primary.text.as_str()).filter(|text| !text.is_empty()),
        help: diagnostic.help.as_deref(),
        place: JsonPlace::of(files, diagnostic.primary.span),
        department,
        related: related.collect(),
        fix: diagnostic.fix.as_ref().map(|Edit { span, replacement, certain }| Fix {
            place: JsonPlace::of(files, *span),
            replacement,
            certain: *certain,
        }),
    };
    serde_json::to_string(&line).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn places_count_characters_from_one() {
        let mut files = Files::new();
        let id = files.add("a/b.jigyo", "【事業】あ\n指標｜\n");
        let start = "【事業】あ\n指標".len();
        let diagnostic = Diagnostic::new(Code::J023, Span::new(id, start..start + 3), "空です").help("書く");
        assert_eq!(
            render_json(&files, &diagnostic, Some("監理課")),
            r#"{"format":1,"code":"J023","severity":"error","message":"空です","label":null,"help":"書く","file":"a/b.jigyo","line":2,"column":3,"end_line":2,"end_column":4,"department":"監理課","related":[],"fix":null}"#
        );
    }
}
