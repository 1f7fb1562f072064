//! The lines under a heading: which kind of line each is, by the section's shape.

use std::ops::Range;

use nom::Offset;

use super::MAX_TABLE_ROWS;
use super::ast::{FieldName, Line, LineKind, Meant};
use super::chars::{is_blank, is_colon, is_soft_break};
use super::composition::parse_name;
use super::field::{parse_field, program_field};
use super::line::{parse_prose, parse_table_line, trimmed};
use super::parser::{Parser, has_separator, is_kept, is_table};
use super::sections::{FileKind, SectionKind, Shape};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

impl Parser<'_> {
    /// A line under a heading, cut where Word left a soft break. A row keeps its breaks inside its cells.
    pub(super) fn parse_body_line(&mut self, range: Range<usize>) {
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
            return LineKind::Misread { meant: Meant::Field(meant) };
        }
        match kind.spec().shape {
            Shape::Fields if is_misplaced_title => LineKind::Unread,
            Shape::Fields if continues_department && kind == SectionKind::Head(FileKind::Program) => {
                diagnostics.push(
                    Diagnostic::new(Code::J019, span, format!("「{body}」は「担当：{body}」ではありませんか。"))
                        .help("担当が2つ以上あるときは、どの行も「担当：」で始めてください。")
                        .proposal(span, format!("担当：{body}")),
                );
                LineKind::Misread { meant: Meant::Field(FieldName::Department) }
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
}
