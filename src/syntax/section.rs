//! Sections: the flow of lines, and which kinds of line the section under a heading knows.
//!
//! ```text
//! section = heading { line }
//! line    = part { soft break part }        in a head each part is a field; elsewhere a further part continues the first
//! part    = field | prose | table | listing | memo       by the section's shape; a row keeps its soft breaks
//! ```

use std::ops::Range;

use super::ast::{Ast, Line, LineKind, Meant, Section};
use super::chars::{is_bar, is_blank, is_edge};
use super::field::program_field;
use super::heading::{HeadingLine, Name, parse_heading, parse_heading_like};
use super::line::trimmed;
use super::opening::Opening;
use super::parser::{Parser, has_separator, is_table};
use super::quoted;
use super::sections::{FileKind, SectionKind, Shape};
use super::untitled::has_no_title;
use super::vocabulary::Vocabulary;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceFile, Span};

/// Reads all lines of a file whose lines are not too long.
pub(super) fn parse_sections(file: &SourceFile, vocabulary: &Vocabulary, diagnostics: &mut Diagnostics) -> Ast {
    let lines: Vec<Range<usize>> = file.lines().collect();
    let mut parser = Parser {
        file,
        vocabulary,
        diagnostics,
        ast: Ast { file: file.id(), kind: None, before: Vec::new(), sections: Vec::new(), refused: false },
        rows: 0,
        closed: false,
    };
    parser.open_untitled_form();
    let mut index = 0;
    while let Some(range) = lines.get(index) {
        index += 1 + parser.parse_line(range.clone(), lines.get(index + 1..).unwrap_or(&[]));
    }
    parser.finish()
}

impl Parser<'_> {
    /// A form without its first line is read as if it stood there: an empty heading.
    fn open_untitled_form(&mut self) {
        let is_form = self.vocabulary.section("見出し", None) == Some(SectionKind::FormSections);
        if is_form && has_no_title(self.file.text()) {
            let place = self.span(0..0);
            self.ast.kind = Some(FileKind::Form);
            self.ast.sections.push(Section {
                kind: Some(SectionKind::Head(FileKind::Form)),
                heading: place,
                rest: place,
                exact: false,
                quiet: false,
                lines: Vec::new(),
            });
        }
    }

    /// Reads a line, and says how many of the following ones it took along.
    fn parse_line(&mut self, range: Range<usize>, following: &[Range<usize>]) -> usize {
        let text = self.text(&range);
        let in_head = matches!(self.section(), Some((Some(SectionKind::Head(_)), _)));
        let heading = parse_heading(text, self.vocabulary, self.ast.kind)
            .or_else(|| parse_heading_like(text, in_head, self.vocabulary, self.ast.kind));
        if let Some(heading) = heading
            && self.opens_section(&heading, text)
        {
            return self.open_section(&heading, range, following);
        }
        if self.section().is_none() {
            let kind = if text.trim_matches(is_edge).is_empty() { LineKind::Blank } else { LineKind::Unread };
            let line = Line { span: self.span(range), kind };
            self.ast.before.push(line);
            return 0;
        }
        self.parse_section_line(range, following)
    }

    /// Reads a line of the section at hand, and says how many of the following ones it took along.
    fn parse_section_line(&mut self, range: Range<usize>, following: &[Range<usize>]) -> usize {
        let Some((kind, quiet)) = self.section() else { return 0 };
        if is_table(kind) {
            let text = self.text(&range);
            let rest = following.iter().map(|range| self.file.text().get(range.clone()).unwrap_or(""));
            if let Some(count) = quoted::lines_of_open_cell(text, rest) {
                self.keep_quoted_row(range, following, count, quiet);
                return count;
            }
        }
        self.parse_body_line(range);
        0
    }

    /// Whether a line that opens with 【…】 is a heading here.
    fn opens_section(&self, heading: &HeadingLine, text: &str) -> bool {
        let kind = self.section().and_then(|(kind, _)| kind);
        let in_memo = kind == Some(SectionKind::Memo);
        // 【目的】｜文章 in a form is a row with a name in brackets.
        let rest = text.get(heading.rest..).unwrap_or("").trim_start_matches(is_blank);
        if kind.is_some_and(|kind| kind.spec().shape == Shape::Form) && rest.starts_with(is_bar) {
            return false;
        }
        match &heading.name {
            Name::Known(_) => !(in_memo && heading.fault.is_some()),
            Name::Unknown(name) => {
                let is_row = is_table(kind) && has_separator(text);
                heading.start == 0 && !name.is_empty() && !in_memo && !is_row
            }
        }
    }

    fn open_section(&mut self, heading: &HeadingLine, range: Range<usize>, following: &[Range<usize>]) -> usize {
        self.rows = 0;
        let text = self.text(&range);
        let span = self.span(range.start + heading.start..range.start + heading.rest);
        let rest = trimmed(text, self.span(range.clone()), text.get(heading.rest..).unwrap_or(""));
        let mut opening = Opening {
            file: self.file,
            vocabulary: self.vocabulary,
            diagnostics: &mut *self.diagnostics,
            file_kind: self.ast.kind,
            first: self.ast.sections.first().map(|section| section.heading),
            closed: self.closed,
        };
        let opened = opening.open(heading, span, rest);
        (self.ast.kind, self.closed) = (opening.file_kind, opening.closed);
        let kind = opened.kind.filter(|_| !self.closed);
        // 残り is a title in a head and in 事例, a caption in 指標; elsewhere, and where it is a row, the first line.
        let has_title = match kind.map(|kind| kind.spec().shape) {
            None | Some(Shape::Fields | Shape::Case | Shape::Memo | Shape::Form) => true,
            Some(Shape::Table) => !has_separator(self.file.slice(rest)),
            Some(Shape::Names | Shape::Prose | Shape::Photos | Shape::Grades | Shape::Choice) => false,
        };
        self.ast.sections.push(Section {
            kind,
            heading: span,
            rest: if has_title { rest } else { Span { end: rest.start, ..rest } },
            exact: heading.exact && !opened.quiet && matches!(heading.name, Name::Known(_)),
            quiet: opened.quiet || self.closed,
            lines: Vec::new(),
        });
        if has_title || rest.is_empty() {
            return 0;
        }
        self.parse_section_line(rest.start..rest.end, following)
    }

    fn keep_quoted_row(&mut self, range: Range<usize>, following: &[Range<usize>], count: usize, quiet: bool) {
        let end = following.get(count - 1).map_or(range.end, |last| last.end);
        let text = self.file.text().get(range.start..end).unwrap_or("");
        let start = range.start + text.len() - text.trim_start_matches(is_blank).len();
        if !quiet {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::J020,
                    self.span(start..range.end.max(start)),
                    "Excel の1つの欄の中の改行が、そのまま貼り付けられています。",
                )
                .help(format!("次のように書き直してください。\n{}", quoted::rewritten(text))),
            );
        }
        let spans: Vec<Span> =
            std::iter::once(&range).chain(following.iter().take(count)).map(|line| self.span(line.clone())).collect();
        if let Some(section) = self.ast.sections.last_mut() {
            section.lines.extend(spans.into_iter().map(|span| Line { span, kind: LineKind::Unread }));
        }
    }

    /// J004 and text before the first heading.
    fn finish(mut self) -> Ast {
        let stray = self.ast.before.iter().find(|line| line.kind != LineKind::Blank).map(|line| {
            let text = self.file.slice(line.span);
            trimmed(text, line.span, text)
        });
        if self.ast.kind.is_none() {
            let place = stray.or_else(|| self.ast.sections.first().map(|section| section.heading));
            let place = place.unwrap_or(Span::whole_file(self.file.id()));
            let line = self.file.slice(place);
            let titles = ["【事業】", "【章】", "【報告書】"];
            let diagnostic = no_title(self.file, place);
            self.diagnostics.push(match titles.iter().find_map(|title| line.find(title).map(|at| (at, title))) {
                Some((at, title)) if at > 0 => {
                    let before = line.get(..at).unwrap_or("").trim_matches(is_blank);
                    diagnostic.help(format!("「{title}」より前の「{before}」を消してください。"))
                }
                _ => diagnostic,
            });
        } else if let Some(span) = stray {
            self.diagnostics.push(
                Diagnostic::new(Code::J019, span, "最初の見出しより上に文があります。")
                    .help("見出しの下に移すか、消してください。"),
            );
            // A field above its heading is out of place, not missing.
            for line in &mut self.ast.before {
                if let Some(meant) = program_field(self.file.slice(line.span), self.vocabulary) {
                    line.kind = LineKind::Misread { meant: Meant::Field(meant) };
                }
            }
        }
        self.ast
    }
}

/// J004, in the words of the file that its name makes likely.
fn no_title(file: &SourceFile, span: Span) -> Diagnostic {
    let (first, others) = match file.stem() {
        "章" => {
            ("「【章】題名」", "事業のファイルは「【事業】事業名」、報告書のファイルは「【報告書】題名」で始めます。")
        }
        "報告書" => {
            ("「【報告書】題名」", "章のファイルは「【章】題名」、事業のファイルは「【事業】事業名」で始めます。")
        }
        _ => ("「【事業】事業名」", "報告書のファイルは「【報告書】題名」、章のファイルは「【章】題名」で始めます。"),
    };
    Diagnostic::new(Code::J004, span, format!("1行目に{first}と書いてください。")).help(others)
}
