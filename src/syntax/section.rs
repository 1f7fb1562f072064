//! Sections: which heading a line opens, and which kinds of line the section under it knows.

use std::ops::Range;

use super::ast::{Ast, FileKind, Line, LineKind, Section, SectionKind};
use super::chars::{is_blank, is_soft_break};
use super::field::{is_program_field, parse_field};
use super::heading::{HeadingLine, Name, parse_heading};
use super::line::{parse_prose, parse_table_line, trimmed};
use super::names::nearest;
use super::{MAX_TABLE_ROWS, quoted};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceFile, Span};

/// Reads all lines of a file whose lines are not too long.
pub(super) fn parse_sections(file: &SourceFile, diagnostics: &mut Diagnostics) -> Ast {
    let lines: Vec<Range<usize>> = file.lines().collect();
    let mut parser = Parser {
        file,
        diagnostics,
        ast: Ast { file: file.id(), kind: None, before: Vec::new(), sections: Vec::new(), refused: false },
        rows: 0,
        closed: false,
    };
    let mut index = 0;
    while let Some(range) = lines.get(index) {
        index += 1 + parser.parse_line(range.clone(), lines.get(index + 1..).unwrap_or(&[]));
    }
    parser.finish()
}

struct Parser<'a> {
    file: &'a SourceFile,
    diagnostics: &'a mut Diagnostics,
    ast: Ast,
    /// Rows of the table at hand.
    rows: usize,
    /// A second title heading was met: what follows is kept and not read.
    closed: bool,
}

impl Parser<'_> {
    fn text(&self, range: &Range<usize>) -> &str {
        self.file.text().get(range.clone()).unwrap_or("")
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file.id(), range)
    }

    /// Reads a line, and says how many of the following ones it took along.
    fn parse_line(&mut self, range: Range<usize>, following: &[Range<usize>]) -> usize {
        let text = self.text(&range);
        if let Some(heading) = parse_heading(text)
            && self.opens_section(&heading, text)
        {
            self.open_section(&heading, range);
            return 0;
        }
        let Some(section) = self.ast.sections.last() else {
            let kind = if text.trim_matches(is_blank).is_empty() { LineKind::Blank } else { LineKind::Unread };
            let line = Line { span: self.span(range), kind };
            self.ast.before.push(line);
            return 0;
        };
        if matches!(section.kind, Some(SectionKind::Indicators)) {
            let rest = following.iter().map(|range| self.file.text().get(range.clone()).unwrap_or(""));
            if let Some(count) = quoted::lines_of_open_cell(text, rest) {
                self.keep_quoted_row(range, following, count);
                return count;
            }
        }
        self.parse_body_line(range);
        0
    }

    /// Whether a line that opens with 【…】 is a heading here.
    fn opens_section(&self, heading: &HeadingLine, text: &str) -> bool {
        match &heading.name {
            Name::Known(_) => true,
            Name::Unknown(name) => {
                let section = self.ast.sections.last();
                let in_memo = section.is_some_and(|section| section.kind == Some(SectionKind::Memo));
                let in_table = section
                    .is_some_and(|section| matches!(section.kind, Some(SectionKind::Indicators | SectionKind::Photos)));
                let is_row = in_table && text.contains(|c| super::chars::is_bar(c) || c == '\t');
                heading.start == 0 && !name.is_empty() && !in_memo && !is_row
            }
        }
    }

    fn open_section(&mut self, heading: &HeadingLine, range: Range<usize>) {
        self.rows = 0;
        let span = self.span(range.start + heading.start..range.start + heading.rest);
        let rest = trimmed(self.text(&range), self.span(range.clone()), heading.rest, range.len());
        let (kind, quiet) = self.decide_kind(heading, span);
        let kind = kind.filter(|_| !self.closed);
        self.ast.sections.push(Section {
            kind,
            heading: span,
            rest,
            exact: heading.exact && !heading.unclosed && matches!(heading.name, Name::Known(_)),
            quiet: quiet || self.closed,
            lines: Vec::new(),
        });
        // 残り is a title in a head and in 事例, a caption in 指標; elsewhere it is the first line.
        let has_title = matches!(
            kind,
            None | Some(SectionKind::Head(_) | SectionKind::Case | SectionKind::Indicators | SectionKind::Memo)
        );
        if !has_title && !rest.is_empty() {
            self.parse_body_line(rest.start..rest.end);
        }
    }

    /// The section a heading opens, and whether what is under it stays without messages.
    fn decide_kind(&mut self, heading: &HeadingLine, span: Span) -> (Option<SectionKind>, bool) {
        let is_first = self.ast.sections.is_empty();
        if heading.unclosed && !self.closed {
            self.diagnostics.push(
                Diagnostic::new(Code::J011, span, "見出しの終わりの「】」がありません。")
                    .help(format!("「{}】」と書いてください。", self.file.slice(span).trim_end())),
            );
        }
        match &heading.name {
            Name::Known(SectionKind::Head(kind)) if is_first => {
                self.ast.kind = Some(*kind);
                (Some(SectionKind::Head(*kind)), heading.unclosed)
            }
            Name::Known(SectionKind::Head(_)) if self.ast.kind.is_some() => {
                self.report_second_title(span);
                (None, true)
            }
            Name::Known(kind) => {
                let file_kind = self.ast.kind.unwrap_or(FileKind::Program);
                if !kind.belongs_to(file_kind) && self.ast.kind.is_some() && !self.closed {
                    self.report_foreign_section(*kind, file_kind, span);
                    return (None, true);
                }
                (Some(*kind), heading.unclosed)
            }
            Name::Unknown(name) => (self.report_unknown(name, span, is_first), true),
        }
    }

    fn report_second_title(&mut self, span: Span) {
        if !self.closed {
            let first = self.ast.sections.first().map_or(span, |section| section.heading);
            let name = self.ast.kind.map_or("事業", |kind| SectionKind::Head(kind).name());
            self.diagnostics.push(
                Diagnostic::new(Code::J007, span, format!("1つのファイルに書ける{name}は1つです。"))
                    .help("ここから下を切り取り、新しいファイルに貼り付けて保存してください。")
                    .related(first, "1つ目はここです"),
            );
        }
        self.closed = true;
    }

    fn report_foreign_section(&mut self, kind: SectionKind, file_kind: FileKind, span: Span) {
        let home = SectionKind::Head(file_kind).name();
        let near = match (kind, file_kind) {
            (SectionKind::ChapterOverview, FileKind::Program) => "【事業概要】の誤りではありませんか。",
            (SectionKind::Overview, FileKind::Chapter) => "【取組の概要】の誤りではありませんか。",
            _ => "この見出しと下の文を、書くべきファイルに移してください。",
        };
        self.diagnostics.push(
            Diagnostic::new(Code::J011, span, format!("【{}】は【{home}】のファイルには書けません。", kind.name()))
                .help(format!("{near}【{home}】のファイルで使える見出しは {} です。", list_sections(file_kind))),
        );
    }

    /// The section that a misspelt heading most likely means.
    fn report_unknown(&mut self, name: &str, span: Span, is_first: bool) -> Option<SectionKind> {
        if self.closed {
            return None;
        }
        let file_kind = self.ast.kind.unwrap_or(FileKind::Program);
        let candidates = SectionKind::ALL.iter().filter(|kind| {
            let is_title = matches!(kind, SectionKind::Head(_));
            is_title == is_first && (is_title || kind.belongs_to(file_kind))
        });
        let near = nearest(name, candidates.map(|kind| kind.name())).and_then(SectionKind::from_name);
        if is_first && near.is_none() {
            // J004 speaks of the first heading.
            return None;
        }
        let message = match near {
            Some(near) => format!("【{name}】という見出しはありません。【{}】の誤りではありませんか。", near.name()),
            None if super::FieldName::from_name(name, file_kind).is_some() => {
                format!("【{name}】という見出しはありません。「{name}：」という項目ではありませんか。")
            }
            None => format!("【{name}】という見出しはありません。"),
        };
        let mut diagnostic = Diagnostic::new(Code::J011, span, message)
            .help(format!("使える見出しは {} です。本文なら行頭に空白を1つ入れてください。", list_sections(file_kind)));
        if let Some(near) = near {
            diagnostic = diagnostic.fix(span, format!("【{}】", near.name()));
        }
        self.diagnostics.push(diagnostic);
        if let Some(SectionKind::Head(kind)) = near {
            self.ast.kind = Some(kind);
        }
        near
    }

    /// A line under a heading, cut where Word left a soft break.
    fn parse_body_line(&mut self, range: Range<usize>) {
        let Some(kind) = self.ast.sections.last().map(|section| section.kind) else {
            return;
        };
        let text = self.text(&range);
        let is_table = matches!(kind, Some(SectionKind::Indicators | SectionKind::Photos));
        let is_kept = matches!(kind, None | Some(SectionKind::Memo | SectionKind::Head(_) | SectionKind::Composition));
        if is_table || is_kept || !text.contains(is_soft_break) {
            self.push_part(kind, range, true);
            return;
        }
        let mut start = range.start;
        let breaks: Vec<(usize, usize)> =
            text.match_indices(is_soft_break).map(|(offset, matched)| (range.start + offset, matched.len())).collect();
        for (index, (offset, length)) in breaks.into_iter().enumerate() {
            self.push_part(kind, start..offset, index == 0);
            start = offset + length;
        }
        self.push_part(kind, start..range.end, false);
    }

    /// A whole line, or a part of one after a soft break, which continues what stands before it.
    fn push_part(&mut self, kind: Option<SectionKind>, range: Range<usize>, starts_line: bool) {
        let whole = self.span(range.clone());
        let text = self.file.text().get(range).unwrap_or("");
        let span = trimmed(text, whole, 0, text.len());
        let body = self.file.slice(span);
        let line_kind = match kind {
            _ if body.chars().all(is_soft_break) => LineKind::Blank,
            None | Some(SectionKind::Memo) => LineKind::Unread,
            Some(_) if !starts_line => LineKind::Continuation { cells: vec![span] },
            Some(kind) => self.parse_kind(kind, text, whole, body, span),
        };
        let keeps_blanks = line_kind == LineKind::Unread || line_kind == LineKind::Blank;
        let line = Line { span: if keeps_blanks { whole } else { span }, kind: line_kind };
        if let Some(section) = self.ast.sections.last_mut() {
            section.lines.push(line);
        }
    }

    fn parse_kind(&mut self, kind: SectionKind, text: &str, whole: Span, body: &str, span: Span) -> LineKind {
        let quiet = self.ast.sections.last().is_some_and(|section| section.quiet);
        let mut ignored = Diagnostics::new();
        let diagnostics = if quiet { &mut ignored } else { &mut *self.diagnostics };
        match kind {
            SectionKind::Head(file_kind) => parse_field(body, span, file_kind, diagnostics),
            SectionKind::Composition => parse_name(body, span, diagnostics),
            _ if self.ast.kind == Some(FileKind::Program) && is_program_field(body).is_some() => {
                let name = is_program_field(body).map_or("", super::FieldName::name);
                diagnostics.push(
                    Diagnostic::new(Code::J027, span, format!("「{name}：」は【事業】のすぐ下に書いてください。"))
                        .help("この行を切り取り、1行目の【事業】のすぐ下に貼り付けてください。"),
                );
                LineKind::Unread
            }
            SectionKind::Indicators | SectionKind::Photos => {
                let line = parse_table_line(text, whole);
                self.rows += usize::from(matches!(line, LineKind::Row { .. } | LineKind::Continuation { .. }));
                if self.rows > MAX_TABLE_ROWS {
                    if self.rows == MAX_TABLE_ROWS + 1 {
                        self.rows += 1;
                        diagnostics.push(
                            Diagnostic::new(Code::J005, span, "この表は大きすぎます（5,000行まで）。").help(
                                "表計算のデータを丸ごと貼り付けていませんか。報告書に載せる行だけにしてください。",
                            ),
                        );
                    }
                    return LineKind::Unread;
                }
                line
            }
            SectionKind::ChapterOverview => parse_prose(body, span, true),
            SectionKind::Overview
            | SectionKind::Results
            | SectionKind::Outcome
            | SectionKind::Issues
            | SectionKind::Direction
            | SectionKind::Case
            | SectionKind::Memo => parse_prose(body, span, false),
        }
    }

    fn keep_quoted_row(&mut self, range: Range<usize>, following: &[Range<usize>], count: usize) {
        let end = following.get(count - 1).map_or(range.end, |last| last.end);
        let quiet = self.ast.sections.last().is_some_and(|section| section.quiet);
        let text = self.file.text().get(range.start..end).unwrap_or("");
        let start = range.start + text.len() - text.trim_start_matches(is_blank).len();
        if !quiet {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::J020,
                    self.span(start..range.end),
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
    fn finish(self) -> Ast {
        let stray = self.ast.before.iter().find(|line| line.kind != LineKind::Blank);
        if self.ast.kind.is_none() {
            let span = match (stray, self.ast.sections.first()) {
                (Some(line), _) => trimmed(self.file.slice(line.span), line.span, 0, line.span.end - line.span.start),
                (None, Some(section)) => section.heading,
                (None, None) => Span::whole_file(self.file.id()),
            };
            self.diagnostics.push(
                Diagnostic::new(Code::J004, span, "1行目に「【事業】事業名」と書いてください。")
                    .help("報告書のファイルは「【報告書】題名」、章のファイルは「【章】題名」で始めます。"),
            );
        } else if let Some(line) = stray {
            let span = trimmed(self.file.slice(line.span), line.span, 0, line.span.end - line.span.start);
            self.diagnostics.push(
                Diagnostic::new(Code::J019, span, "最初の見出しより上に文があります。")
                    .help("見出しの下に移すか、消してください。"),
            );
        }
        self.ast
    }
}

/// A line of 【構成】: `stem`, `folder/path`, or `再掲　stem`.
fn parse_name(body: &str, span: Span, diagnostics: &mut Diagnostics) -> LineKind {
    let (relisted, start) = match body.strip_prefix("再掲") {
        Some(rest) if rest.starts_with(|c| is_blank(c) || super::chars::is_colon(c)) => {
            (true, body.len() - rest.trim_start_matches(|c| is_blank(c) || super::chars::is_colon(c)).len())
        }
        _ => (false, 0),
    };
    let name = body.get(start..).unwrap_or("");
    if name.contains('。') || name.chars().count() > 120 {
        diagnostics.push(
            Diagnostic::new(Code::J027, span, "【構成】には名前だけを書きます。文は書けません。")
                .help("この行を消すか、【メモ】の下に移してください。"),
        );
        return LineKind::Unread;
    }
    let ending = name.len().checked_sub(6).and_then(|at| name.get(at..));
    let end = match ending {
        Some(ending) if ending.eq_ignore_ascii_case(".jigyo") => body.len() - 6,
        _ => body.len(),
    };
    LineKind::Name { relisted, name: trimmed(body, span, start, end) }
}

fn list_sections(kind: FileKind) -> String {
    let names: Vec<String> = SectionKind::ALL
        .iter()
        .filter(|section| !matches!(section, SectionKind::Head(_)) && section.belongs_to(kind))
        .map(|section| format!("【{}】", section.name()))
        .collect();
    names.join("")
}
