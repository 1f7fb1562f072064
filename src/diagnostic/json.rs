//! One message as one line of JSON, for other programs.

use serde::Serialize;

use super::Diagnostic;
use crate::source::Files;

/// The line's shape. Lines and columns count from 1, columns in characters; a message about a whole file is at 1:1.
#[derive(Debug, Serialize)]
struct Line<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    /// Relative to the report, with `/`.
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    department: Option<&'a str>,
}

/// Renders a message without a line end. `department` is the one whose file it is.
pub fn render_json(files: &Files, diagnostic: &Diagnostic, department: Option<&str>) -> String {
    let span = diagnostic.primary.span;
    let file = files.get(span.file);
    let (start, end) = (file.position(span.start), file.position(span.end));
    let line = Line {
        code: diagnostic.code.name(),
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        file: file.path(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        department,
    };
    serde_json::to_string(&line).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::Span;

    #[test]
    fn places_count_characters_from_one() {
        let mut files = Files::new();
        let id = files.add("a/b.jigyo", "【事業】あ\n指標｜\n");
        let start = "【事業】あ\n指標".len();
        let diagnostic = Diagnostic::new(Code::J023, Span::new(id, start..start + 3), "空です").help("書く");
        assert_eq!(
            render_json(&files, &diagnostic, Some("監理課")),
            r#"{"code":"J023","severity":"error","message":"空です","help":"書く","file":"a/b.jigyo","line":2,"column":3,"end_line":2,"end_column":4,"department":"監理課"}"#
        );
    }
}
