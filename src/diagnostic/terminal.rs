//! Messages for a person at a terminal, drawn by ariadne behind an adapter.
//!
//! ariadne panics on a span inside a character, counts VT, NEL and U+2028 as line ends, prints U+3000 at half width
//! and long lines whole. So it gets a copy of the lines in question in which none of that can happen, and the marks
//! that stand for blanks are put back afterwards. Colour and character set are decided by the caller.

use std::collections::BTreeMap;

use ariadne::{CharSet, Color, Config, IndexType, Label, Report, ReportKind};

use super::{Diagnostic, Severity, display_width, wrap};
use crate::source::{Files, SourceFile, Span};

/// How to draw.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub color: bool,
    /// Lines and corners in ASCII: box characters are two places wide on CP932 consoles.
    pub ascii: bool,
    /// Places in a line.
    pub width: usize,
}

/// Stands for U+3000 in the copy: unassigned, as wide, of as many bytes, and no white space.
const WIDE_BLANK: char = '\u{FA6E}';
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

/// The first byte of a drawn line that is neither blank nor colour.
fn margin_end(line: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = line.get(at..) {
        match rest.chars().next() {
            Some(' ') => at += 1,
            Some('\u{1b}') => at += rest.find('m').map_or(rest.len(), |end| end + 1),
            _ => break,
        }
    }
    at
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

/// The marked lines, made safe for ariadne, and the way from places of the file to places of the copy.
struct Excerpt {
    text: String,
    /// The file's line, from 0, that each line of the copy is
    numbers: Vec<usize>,
    lines: Vec<ExcerptLine>,
}

struct ExcerptLine {
    /// Byte of the file at which the shown part begins and ends.
    from: usize,
    to: usize,
    /// Byte of the copy at which the shown part begins.
    copied_to: usize,
}

impl Excerpt {
    fn new(file: &SourceFile, labels: &[&super::Label], width: usize) -> Self {
        let marked: BTreeMap<usize, usize> =
            labels.iter().rev().map(|label| (file.line_index(label.span.start), label.span.start)).collect();
        let mut excerpt = Self { text: String::new(), numbers: Vec::new(), lines: Vec::new() };
        for (index, start) in marked {
            // What lies between two marked lines is one empty line: ariadne walks over every line that it is given.
            if excerpt.numbers.last().is_some_and(|last| last + 1 < index) {
                excerpt.numbers.push(index);
                excerpt.text.push('\n');
            }
            excerpt.push_line(file.text(), file.line_range(index), start, width);
            excerpt.numbers.push(index);
            excerpt.text.push('\n');
        }
        excerpt
    }

    /// A drawing with the numbers of the file in its margin, which grows by what they are longer.
    fn put_numbers_back(&self, drawn: &str, head_lines: usize) -> String {
        let digits = |number: usize| (number + 1).to_string().len();
        let most = self.numbers.iter().copied().max().map_or(1, digits);
        let growth = most - digits(self.numbers.len().saturating_sub(1)).min(most);
        let mut text = String::with_capacity(drawn.len());
        for (index, line) in drawn.lines().enumerate() {
            if index < head_lines {
                text.push_str(line);
            } else {
                self.put_margin_back(line, growth, &mut text);
            }
            text.push('\n');
        }
        text
    }

    fn put_margin_back(&self, line: &str, growth: usize, text: &mut String) {
        let (margin, rest) = line.split_at(margin_end(line));
        let digits = rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
        let number = digits.parse::<usize>().ok().and_then(|number| self.numbers.get(number.checked_sub(1)?));
        match (number, rest.chars().next()) {
            (Some(number), _) => {
                let number = (number + 1).to_string();
                text.extend(std::iter::repeat_n(' ', (growth + digits.len()).saturating_sub(number.len())));
                text.push_str(margin);
                text.push_str(&number);
                text.push_str(rest.get(digits.len()..).unwrap_or(""));
            }
            // The last line, which closes the margin
            (None, Some(rule @ ('─' | '-'))) => {
                text.push_str(margin);
                text.extend(std::iter::repeat_n(rule, growth));
                text.push_str(rest);
            }
            (None, _) => {
                text.extend(std::iter::repeat_n(' ', growth));
                text.push_str(line);
            }
        }
    }

    /// Copies a line, or a window of it around `start` where it is wider than `width`.
    fn push_line(&mut self, text: &str, range: std::ops::Range<usize>, start: usize, width: usize) {
        let line = text.get(range.clone()).unwrap_or("");
        let (mut from, mut to) = (range.start, range.end);
        // No character is more than six bytes to a place: a line of so many is too wide without a walk over it.
        if line.len() > 6 * width || display_width(line) > width {
            let before = width / 4;
            let mut taken = 0;
            from = start.clamp(range.start, range.end);
            for (offset, c) in text.get(range.start..from).unwrap_or("").char_indices().rev() {
                taken += display_width(c.encode_utf8(&mut [0; 4]));
                if taken > before {
                    break;
                }
                from = range.start + offset;
            }
            taken = 0;
            to = from;
            for c in text.get(from..range.end).unwrap_or("").chars() {
                taken += display_width(c.encode_utf8(&mut [0; 4]));
                if taken > width.saturating_sub(4) {
                    break;
                }
                to += c.len_utf8();
            }
        }
        if from > range.start {
            self.text.push('…');
        }
        self.lines.push(ExcerptLine { from, to, copied_to: self.text.len() });
        self.text.extend(text.get(from..to).unwrap_or("").chars().map(made_safe));
        if to < range.end {
            self.text.push('…');
        }
    }

    /// The place in the copy, inside one line and at least one character long where the line allows it.
    fn place(&self, span: Span) -> std::ops::Range<usize> {
        let line = self.lines.iter().find(|line| line.from <= span.start && span.start <= line.to);
        let Some(line) = line else {
            return 0..0;
        };
        let start = span.start.clamp(line.from, line.to);
        let end = span.end.clamp(start, line.to);
        let start = line.copied_to + start - line.from;
        let mut end = line.copied_to + end - line.from;
        if start == end {
            end += self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        }
        self.floor(start)..self.floor(end)
    }

    fn floor(&self, mut index: usize) -> usize {
        while !self.text.is_char_boundary(index) {
            index -= 1;
        }
        index
    }
}

/// A character of as many bytes that ariadne neither widens, nor narrows, nor takes for a line end.
fn made_safe(c: char) -> char {
    match c {
        '\u{3000}' | '\u{2028}' | '\u{2029}' => WIDE_BLANK,
        '\u{85}' => '\u{A0}',
        '\t' => '\t',
        c if c.is_control() && c.len_utf8() == 1 => ' ',
        c => c,
    }
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
