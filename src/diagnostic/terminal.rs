//! Messages for a person at a terminal, drawn by ariadne behind an adapter.
//!
//! ariadne panics on a span inside a character, counts VT, NEL and U+2028 as line ends, prints U+3000 at half width
//! and long lines whole. So it gets a copy of the lines in question in which none of that can happen, and the marks
//! that stand for blanks are put back afterwards. Colour and character set are decided by the caller.

use ariadne::{CharSet, Color, Config, IndexType, Label, Report, ReportKind};

use super::excerpt::{Excerpt, WIDE_BLANK};
use super::{Diagnostic, Severity, display_width, wrap};
use crate::source::{Files, Span};

/// How to draw.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub color: bool,
    /// Lines and corners in ASCII: box characters are two places wide on CP932 consoles.
    pub ascii: bool,
    /// Places in a line.
    pub width: usize,
}

/// Stands for the file's name until the true place is known.
const FILE_MARK: &str = "\u{FA6F}";
/// Places that ariadne's margin takes.
const MARGIN: usize = 12;

/// Draws one message, with a line end after it.
pub fn render_terminal(files: &Files, diagnostic: &Diagnostic, style: Style) -> String {
    let mut text = if diagnostic.primary.span.is_empty() && files.get(diagnostic.primary.span.file).text().is_empty()
        || is_about_whole_file(diagnostic)
    {
        render_plain(files, diagnostic, style)
    } else {
        render_snippet(files, diagnostic, style)
    };
    if let Some(help) = &diagnostic.help {
        const HEAD: &str = "   直し方：";
        for (index, line) in wrap(help, style.width.saturating_sub(display_width(HEAD))).iter().enumerate() {
            let lead = if index == 0 { HEAD.to_string() } else { " ".repeat(display_width(HEAD)) };
            text.push_str(&format!("{lead}{line}\n"));
        }
    }
    text
}

fn is_about_whole_file(diagnostic: &Diagnostic) -> bool {
    diagnostic.primary.span.start == 0 && diagnostic.primary.span.end == 0
}

fn head(diagnostic: &Diagnostic) -> String {
    format!("[{}] {} ", diagnostic.code, diagnostic.severity.label())
}

/// The message broken so that it fits behind `head`.
fn wrapped_message(diagnostic: &Diagnostic, style: Style) -> String {
    let indent = display_width(&head(diagnostic));
    wrap(&diagnostic.message, style.width.saturating_sub(indent)).join(&format!("\n{}", " ".repeat(indent)))
}

fn render_plain(files: &Files, diagnostic: &Diagnostic, style: Style) -> String {
    let path = files.get(diagnostic.primary.span.file).path();
    let (open, close) = if style.ascii { (",-[", "]") } else { ("╭─[", "]") };
    format!("{}{}\n   {open} {path} {close}\n", head(diagnostic), wrapped_message(diagnostic, style))
}

fn render_snippet(files: &Files, diagnostic: &Diagnostic, style: Style) -> String {
    // ariadne colours its own kinds only where colour is wanted; their English names are replaced below.
    let (kind, kind_name, color) = match diagnostic.severity {
        Severity::Error => (ReportKind::Error, "Error:", Color::Red),
        Severity::Warning => (ReportKind::Warning, "Warning:", Color::Yellow),
        Severity::Info => (ReportKind::Advice, "Advice:", Color::Cyan),
    };
    let primary_file = diagnostic.primary.span.file;
    let labels: Vec<&super::Label> = std::iter::once(&diagnostic.primary)
        .chain(diagnostic.related.iter().filter(|label| label.span.file == primary_file))
        .collect();
    let excerpt = Excerpt::new(files.get(primary_file), &labels, style.width.saturating_sub(MARGIN).max(20));
    let config = Config::new().with_index_type(IndexType::Byte).with_color(style.color).with_char_set(if style.ascii {
        CharSet::Ascii
    } else {
        CharSet::Unicode
    });
    let place = excerpt.place(diagnostic.primary.span);
    let mut report = Report::build(kind, (FILE_MARK, place))
        .with_config(config)
        .with_code(diagnostic.code)
        .with_message(wrapped_message(diagnostic, style));
    // ariadne joins labels to one group only in rising order, and underlines only those with words.
    let mut ordered: Vec<(usize, &super::Label)> = labels.iter().copied().enumerate().collect();
    ordered.sort_by_key(|(_, label)| label.span.start);
    for (index, label) in ordered {
        let words = if label.text.is_empty() { "ここ" } else { &label.text };
        let mut drawn = Label::new((FILE_MARK, excerpt.place(label.span))).with_message(words);
        if index == 0 && style.color {
            drawn = drawn.with_color(color);
        }
        report = report.with_label(drawn);
    }
    let mut bytes = Vec::new();
    let source = ariadne::Source::from(excerpt.text.clone());
    if report.finish().write((FILE_MARK, source), &mut bytes).is_err() {
        return render_plain(files, diagnostic, style);
    }
    let head_lines = wrapped_message(diagnostic, style).lines().count();
    let drawn = excerpt
        .put_numbers_back(&String::from_utf8_lossy(&bytes), head_lines)
        .replacen(kind_name, diagnostic.severity.label(), 1)
        .replace(WIDE_BLANK, "\u{3000}");
    let mut text = trim_lines(&put_place_back(&drawn, files, diagnostic.primary.span));
    for label in diagnostic.related.iter().filter(|label| label.span.file != primary_file) {
        let file = files.get(label.span.file);
        let position = file.position(label.span.start);
        text.push_str(&format!("   {}:{}  {}\n", file.path(), position.line, label.text));
    }
    text
}

/// `MARK:line:column` becomes the true place: columns of a cut line are not those of the file.
fn put_place_back(drawn: &str, files: &Files, span: Span) -> String {
    let file = files.get(span.file);
    let position = file.position(span.start);
    let Some(start) = drawn.find(FILE_MARK) else {
        return drawn.to_string();
    };
    let (before, rest) = drawn.split_at(start);
    let rest =
        rest.trim_start_matches(FILE_MARK).trim_start_matches(|c: char| c == ':' || c == '?' || c.is_ascii_digit());
    format!("{before}{}:{}:{}{rest}", file.path(), position.line, position.column)
}

fn trim_lines(text: &str) -> String {
    let mut trimmed = String::with_capacity(text.len());
    for line in text.lines() {
        trimmed.push_str(line.trim_end_matches(' '));
        trimmed.push('\n');
    }
    trimmed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    const STYLE: Style = Style { color: false, ascii: false, width: 80 };

    fn render(text: &str, marked: &str) -> String {
        let mut files = Files::new();
        let id = files.add("01/a.jigyo", text);
        let start = text.find(marked).expect("the marked text is there");
        let diagnostic = Diagnostic::new(Code::J023, Span::new(id, start..start + marked.len()), "2年度の欄が空です。")
            .help("実績がなければ「—」と書いてください。");
        render_terminal(&files, &diagnostic, STYLE)
    }

    #[test]
    fn full_width_blanks_keep_their_width() {
        let drawn = render("一行目\n　　・名\u{3000}前｜58名｜\n", "58名");
        assert!(drawn.contains("01/a.jigyo:2:8"), "{drawn}");
        assert!(drawn.contains("　　・名　前｜58名｜"), "{drawn}");
    }

    #[test]
    fn other_programs_line_ends_are_not_ours() {
        let drawn = render("一\u{b}二\u{2028}三\u{85}四\n五｜六\n", "六");
        assert!(drawn.contains("01/a.jigyo:2:3"), "{drawn}");
    }

    #[test]
    fn a_long_line_is_cut_to_a_window() {
        let text = format!("{}ここです{}", "あ".repeat(300), "い".repeat(300));
        let drawn = render(&text, "ここです");
        assert!(drawn.contains("01/a.jigyo:1:301"), "{drawn}");
        assert!(drawn.lines().all(|line| display_width(line) <= 80), "{drawn}");
    }

    #[test]
    fn numbers_in_the_margin_are_those_of_the_file() {
        let mut files = Files::new();
        let id = files.add("a.jigyo", "一\n".repeat(120) + "二\n");
        let (first, last) = (Span::new(id, 4 * 7..4 * 7 + 3), Span::new(id, 4 * 120..4 * 120 + 3));
        let diagnostic = Diagnostic::new(Code::J017, last, "「区分」が2回あります。").related(first, "1つ目はここです");
        for color in [false, true] {
            let drawn = render_terminal(&files, &diagnostic, Style { color, ..STYLE });
            let plain: Vec<String> = drawn.lines().map(without_colour).collect();
            let numbered: Vec<&str> =
                plain.iter().map(String::as_str).filter(|line| line.contains('一') || line.contains('二')).collect();
            assert_eq!(numbered, ["   8 │ 一", " 121 │ 二"], "{drawn}");
            assert!(plain.iter().any(|line| line == "─────╯"), "{drawn}");
        }
    }

    fn without_colour(line: &str) -> String {
        let parts = line.split('\u{1b}').enumerate();
        parts
            .map(|(index, part)| if index == 0 { part } else { part.split_once('m').map_or("", |(_, text)| text) })
            .collect()
    }

    #[test]
    fn no_escape_without_colour() {
        assert!(!render("あ｜い", "い").contains('\u{1b}'));
    }
}
