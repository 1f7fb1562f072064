//! Sections: the flow of lines, and which kinds of line the section under a heading knows.
//!
//! ```text
//! section = heading { line }
//! line    = part { soft break part }        in a head each part is a field; elsewhere a further part continues the first
//! part    = field | prose | table | listing | memo       by the section's shape; a row keeps its soft breaks
//! ```

use std::ops::Range;

use nom::Offset;

use super::ast::{Ast, FieldName, Line, LineKind, Section};
use super::chars::{is_bar, is_blank, is_colon, is_edge, is_soft_break};
use super::composition::parse_name;
use super::field::{parse_field, program_field};
use super::heading::{HeadingLine, Name, parse_heading, parse_heading_like};
use super::line::{parse_prose, parse_table_line, trimmed};
use super::opening::Opening;
use super::sections::{FileKind, SectionKind, Shape};
use super::untitled::has_no_title;
use super::vocabulary::Vocabulary;
use super::{MAX_TABLE_ROWS, quoted};
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

struct Parser<'a> {
    file: &'a SourceFile,
    vocabulary: &'a Vocabulary,
    diagnostics: &'a mut Diagnostics,
    ast: Ast,
    /// Rows of the table at hand.
    rows: usize,
    /// A second title heading was met: what follows is kept and not read.
    closed: bool,
}

fn is_table(kind: Option<SectionKind>) -> bool {
    kind.is_some_and(|kind| matches!(kind.spec().shape, Shape::Table | Shape::Photos | Shape::Grades))
}

/// Whether the lines are kept as they stand.
fn is_kept(kind: Option<SectionKind>) -> bool {
    kind.is_none_or(|kind| matches!(kind.spec().shape, Shape::Memo | Shape::Form))
}

fn has_separator(text: &str) -> bool {
    text.contains(|c| is_bar(c) || c == '\t')
}

impl Parser<'_> {
    fn text(&self, range: &Range<usize>) -> &str {
        self.file.text().get(range.clone()).unwrap_or("")
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file.id(), range)
    }

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

    /// Kind of the section at hand, and whether it gives messages.
    fn section(&self) -> Option<(Option<SectionKind>, bool)> {
        self.ast.sections.last().map(|section| (section.kind, section.quiet))
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

    /// A line under a heading, cut where Word left a soft break. A row keeps its breaks inside its cells.
    fn parse_body_line(&mut self, range: Range<usize>) {
        let Some((kind, _)) = self.section() else { return };
        let text = self.file.text().get(range.clone()).unwrap_or("");
        let is_kept = is_kept(kind) || kind == Some(SectionKind::Composition);
        // On a line of its own a part that begins with 【 would be a heading.
        let holds_heading =
            text.split(is_soft_break).skip(1).any(|part| part.trim_start_matches(is_blank).starts_with('【'));
        let is_field = matches!(kind, Some(SectionKind::Head(_)));
        let is_row = is_table(kind) && has_separator(text);
        if is_kept || !text.contains(is_soft_break) || is_row || (is_field && holds_heading) {
            self.push_part(kind, range, true);
            return;
        }
        // In a head each part is a field of its own.
        let mut has_begun = false;
        for part in text.split(is_soft_break) {
            let start = range.start + text.offset(part);
            self.push_part(kind, start..start + part.len(), is_field || !has_begun);
            has_begun |= !part.chars().all(is_blank);
        }
    }

    /// A whole line, or a part of one after a soft break, which continues what stands before it.
    fn push_part(&mut self, kind: Option<SectionKind>, range: Range<usize>, starts_line: bool) {
        let whole = self.span(range.clone());
        let text = self.file.text().get(range).unwrap_or("");
        let span = trimmed(text, whole, text);
        let body = self.file.slice(span);
        let line_kind = match kind {
            _ if body.chars().all(is_soft_break) => LineKind::Blank,
            _ if is_kept(kind) => LineKind::Unread,
            None => LineKind::Unread,
            Some(_) if !starts_line => LineKind::Continuation { cells: vec![span] },
            Some(kind) => self.parse_kind(kind, text, whole, body, span),
        };
        let keeps_blanks = matches!(line_kind, LineKind::Unread | LineKind::Misread { .. } | LineKind::Blank);
        let line = Line { span: if keeps_blanks { whole } else { span }, kind: line_kind };
        if let Some(section) = self.ast.sections.last_mut() {
            section.lines.push(line);
        }
    }

    fn parse_kind(&mut self, kind: SectionKind, text: &str, whole: Span, body: &str, span: Span) -> LineKind {
        let quiet = self.section().is_some_and(|(_, quiet)| quiet);
        let in_head = matches!(kind, SectionKind::Head(_));
        let is_misplaced_title = in_head && self.is_title_on_next_line(body);
        let continues_department = in_head && self.continues_department(body);
        let is_row = is_table(Some(kind)) && has_separator(text);
        let is_first = self.is_first_line();
        let misplaced = if in_head || is_row { None } else { self.misplaced_field(body) };
        let mut ignored = Diagnostics::new();
        let diagnostics = if quiet { &mut ignored } else { &mut *self.diagnostics };
        if let Some(meant) = misplaced {
            diagnostics.push(
                Diagnostic::new(
                    Code::J027,
                    span,
                    format!("「{}：」は【事業】のすぐ下に書いてください。", meant.name()),
                )
                .help("この行を切り取り、1行目の【事業】のすぐ下に貼り付けてください。"),
            );
            return LineKind::Misread { meant };
        }
        match kind.spec().shape {
            Shape::Fields if is_misplaced_title => LineKind::Unread,
            Shape::Fields if continues_department && kind == SectionKind::Head(FileKind::Program) => {
                diagnostics.push(
                    Diagnostic::new(Code::J019, span, format!("「{body}」は「担当：{body}」ではありませんか。"))
                        .help("担当が2つ以上あるときは、どの行も「担当：」で始めてください。")
                        .proposal(span, format!("担当：{body}")),
                );
                LineKind::Misread { meant: FieldName::Department }
            }
            Shape::Fields => parse_field(body, span, kind.home(), self.vocabulary, diagnostics),
            Shape::Names => parse_name(body, span, diagnostics),
            Shape::Table | Shape::Photos | Shape::Grades => {
                let line = parse_table_line(text, whole);
                self.rows += usize::from(matches!(line, LineKind::Row { .. } | LineKind::Continuation { .. }));
                if self.rows <= MAX_TABLE_ROWS {
                    return line;
                }
                if self.rows == MAX_TABLE_ROWS + 1 {
                    self.rows += 1;
                    diagnostics.push(
                        Diagnostic::new(Code::J005, span, "この表は大きすぎます（5,000行まで）。")
                            .help("表計算のデータを丸ごと貼り付けていませんか。報告書に載せる行だけにしてください。"),
                    );
                }
                LineKind::Unread
            }
            // A choice may begin with what is a mark in prose: ○, ※, （１）.
            Shape::Choice if is_first => LineKind::Paragraph,
            Shape::Prose | Shape::Case | Shape::Choice | Shape::Memo | Shape::Form => {
                parse_prose(body, span, kind.home() == FileKind::Chapter)
            }
        }
    }

    /// Whether nothing stands yet under the heading at hand.
    fn is_first_line(&self) -> bool {
        let lines = self.ast.sections.last().map_or(&[][..], |section| &section.lines);
        lines.iter().all(|line| line.kind == LineKind::Blank)
    }

    /// The field of a program's head that a line in its body is.
    fn misplaced_field(&self, body: &str) -> Option<FieldName> {
        program_field(body, self.vocabulary).filter(|_| self.ast.kind == Some(FileKind::Program))
    }

    /// The title typed under its heading: J010 speaks of it.
    fn is_title_on_next_line(&self, body: &str) -> bool {
        let is_open = self.ast.sections.last().is_some_and(|section| section.rest.is_empty());
        is_open && self.is_first_line() && !body.contains(is_colon)
    }

    /// A second department on a line of its own.
    fn continues_department(&self, body: &str) -> bool {
        let mut lines = self.ast.sections.last().map_or(&[][..], |section| &section.lines).iter().rev();
        let last = lines.find(|line| line.kind != LineKind::Blank);
        let after_department =
            last.is_some_and(|line| matches!(line.kind, LineKind::Field { name: FieldName::Department, .. }));
        let first_word = body.split(is_blank).next().unwrap_or("");
        let is_office = ["課", "室", "局", "所", "センター", "校", "班"].iter().any(|end| first_word.ends_with(end));
        after_department && is_office && !body.contains(is_colon) && !body.starts_with('【')
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
                    line.kind = LineKind::Misread { meant };
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
