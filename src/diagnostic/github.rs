//! One message as a workflow command, which the pages of a hosted repository show beside the line.

use super::{Diagnostic, Severity};
use crate::source::Files;

/// Renders a message without a line end. `path` is the file's as it is found from the folder that the run began in.
pub fn render_github(files: &Files, diagnostic: &Diagnostic, path: &str) -> String {
    let span = diagnostic.primary.span;
    let file = files.get(span.file);
    let (start, end) = (file.position(span.start), file.position(span.end));
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    // Columns are allowed only within one line.
    let columns =
        if start.line == end.line { format!(",col={},endColumn={}", start.column, end.column) } else { String::new() };
    let help = diagnostic.help.as_ref().map(|help| format!("\n直し方：{help}")).unwrap_or_default();
    format!(
        "::{command} file={},line={},endLine={}{columns},title={}::{}",
        escaped_property(path),
        start.line,
        end.line,
        diagnostic.code,
        escaped(&format!("{}{help}", diagnostic.message))
    )
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// In a property `:` and `,` mean something too.
fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::Span;

    #[test]
    fn what_a_command_gives_a_meaning_is_escaped() {
        let mut files = Files::new();
        let id = files.add("a.jigyo", "【事業】あ\n指標｜\n");
        let start = "【事業】あ\n指標".len();
        let diagnostic =
            Diagnostic::new(Code::J023, Span::new(id, start..start + 3), "100%\r\nです: a, b").help("書く");
        assert_eq!(
            render_github(&files, &diagnostic, "C:/a,b%.jigyo"),
            "::error file=C%3A/a%2Cb%25.jigyo,line=2,endLine=2,col=3,endColumn=4,title=J023::100%25%0D%0Aです: a, b%0A直し方：書く"
        );
    }

    #[test]
    fn over_several_lines_there_are_no_columns_and_severities_have_their_names() {
        let mut files = Files::new();
        let id = files.add("a.jigyo", "一\n二\n");
        let diagnostic = Diagnostic::new(Code::J068, Span::new(id, 0..7), "日付");
        assert_eq!(
            render_github(&files, &diagnostic, "a.jigyo"),
            "::warning file=a.jigyo,line=1,endLine=2,title=J068::日付"
        );
        let diagnostic = diagnostic.severity(Severity::Info);
        assert!(render_github(&files, &diagnostic, "a.jigyo").starts_with("::notice "));
    }
}
