//! Changes to one file, by places of its text: everything else stays byte for byte.

use std::ops::Range;

use super::LeftYear;
use crate::model::{FiscalYear, PLACEHOLDER, TitleYear, loose_years, next_title, years_in_title};
use crate::source::{SourceFile, Span};
use crate::syntax::chars::{is_bar, is_blank, without_blanks};
use crate::syntax::{Ast, LineKind, Section, SectionKind, Vocabulary};

/// A file that is being carried over.
pub(super) struct Draft<'a> {
    pub(super) file: &'a SourceFile,
    pub(super) ast: &'a Ast,
    vocabulary: &'a Vocabulary,
    /// 令和2年度, the year that the file was written for
    label: String,
    edits: Vec<(Range<usize>, String)>,
    /// Years that stay, each at its place in the old text
    left: Vec<(usize, LeftYear)>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(file: &'a SourceFile, ast: &'a Ast, vocabulary: &'a Vocabulary, label: String) -> Self {
        Self { file, ast, vocabulary, label, edits: Vec::new(), left: Vec::new() }
    }

    /// A title a year later; what stays of it is to be looked at.
    pub(super) fn move_title(&mut self, span: Span, current: FiscalYear) {
        let moved = next_title(self.text(span), current);
        self.leave(span, &moved.text, moved.left);
        if moved.text != self.text(span) {
            self.replace(span, moved.text);
        }
    }

    /// A name or a label that stays as it is, with years at hand.
    pub(super) fn keep_title(&mut self, span: Span, current: FiscalYear) {
        let text = self.text(span);
        let is_at_hand = |year: &TitleYear| year.year.is_at_hand(current);
        let years = years_in_title(text, current).into_iter().filter(is_at_hand).map(|year| year.range);
        let mut years: Vec<Range<usize>> = years.chain(loose_years(text, current)).collect();
        years.sort_by_key(|year| year.start);
        let typed = years.into_iter().filter_map(|year| text.get(year)).map(str::to_string).collect();
        self.leave(span, text, typed);
    }

    fn leave(&mut self, span: Span, text: &str, typed: Vec<String>) {
        let place = |typed| LeftYear { line: 0, typed, text: text.to_string() };
        self.left.extend(typed.into_iter().map(|typed| (span.start, place(typed))));
    }

    pub(super) fn text(&self, span: Span) -> &'a str {
        self.file.slice(span)
    }

    pub(super) fn replace(&mut self, span: Span, text: impl Into<String>) {
        self.edits.push((span.start..span.end, text.into()));
    }

    /// The cells of a row behind its label. Those that are more than were typed stand behind them, parted as these are; those
    /// that are fewer take the rest with them.
    pub(super) fn replace_cells(&mut self, cells: &[Span], values: &[String]) {
        let Some((label, typed)) = cells.split_first() else { return };
        let (Some(last), Some((end, more))) = (typed.last(), values.split_at_checked(typed.len())) else {
            let end = typed.last().map_or(label.end, |cell| cell.end);
            let bar = self.separator(*label, typed);
            let all: String = values.iter().map(|value| format!("{bar}{value}")).collect();
            self.edits.push((label.end..end, all));
            return;
        };
        let bar = self.separator(*label, typed);
        let behind: String = more.iter().map(|value| format!("{bar}{value}")).collect();
        for (cell, value) in typed.iter().zip(end) {
            let behind = if cell == last { behind.as_str() } else { "" };
            self.replace(*cell, format!("{value}{behind}"));
        }
    }

    /// What parts the cells of a row: ｜, or the Tab of a paste.
    fn separator(&self, label: Span, typed: &[Span]) -> char {
        let end = typed.first().map_or(label.end, |cell| cell.start);
        let between = self.slice(label.end..end);
        if between.contains('\t') && !between.contains(is_bar) { '\t' } else { '｜' }
    }

    /// Takes a line out with its line end; a part of a line, between the breaks that Word leaves, alone.
    pub(super) fn delete_line(&mut self, span: Span) {
        let line = self.line(span.start);
        let is_whole = self.slice(line.clone()).trim_matches(is_blank) == self.text(span).trim_matches(is_blank);
        let range = if is_whole { line.start..self.line_start_after(span.start) } else { span.start..span.end };
        self.edits.push((range, String::new()));
    }

    /// A line of its own behind the one that holds the span.
    pub(super) fn insert_after(&mut self, span: Span, line: &str) {
        let end = self.line(span.end).end;
        self.edits.push((end..end, format!("{}{line}", self.file.line_end())));
    }

    /// Everything under a heading goes to a 【メモ】 above it; the heading stays, with a place to fill in. Nothing is done where
    /// nothing stands, and where nothing was filled in.
    pub(super) fn empty_section(&mut self, section: &Section) {
        let lines = self.lines_of(section);
        if lines.is_empty() || lines == [PLACEHOLDER] {
            return;
        }
        self.add_memo(section, &lines);
        // Where one that must be there is empty, that is reported.
        let is_required = section.kind.is_some_and(SectionKind::is_required);
        let open = if is_required { String::new() } else { format!("{}{PLACEHOLDER}", self.file.line_end()) };
        self.edits.push((self.rest_of_heading(section), open));
        self.edits.push((self.body(section), String::new()));
    }

    /// The rows go to a 【メモ】 above the heading; their criteria stay, to be graded anew. Nothing is done where nothing was graded.
    pub(super) fn empty_grades(&mut self, section: &Section) {
        let cells = section
            .lines
            .iter()
            .filter_map(|line| if let LineKind::Row { cells, .. } = &line.kind { cells.split_first() } else { None });
        let rows: Vec<(Span, &[Span])> = cells.map(|(first, rest)| (*first, rest)).collect();
        if rows.iter().all(|(_, rest)| rest.iter().all(|cell| cell.is_empty())) {
            return;
        }
        self.add_memo(section, &self.lines_of(section));
        let line_end = self.file.line_end();
        let open: String = rows.iter().map(|(name, _)| format!("{}｜{line_end}", self.text(*name))).collect();
        let rest = self.rest_of_heading(section);
        let body = self.body(section);
        // Where the heading is the file's last line the rows need a line end before them.
        let needs_end = body.start == rest.end;
        self.edits.push((rest, String::new()));
        self.edits.push((body, if needs_end { format!("{line_end}{open}") } else { open }));
    }

    /// The lines under a heading and in it, as they were typed.
    pub(super) fn lines_of(&self, section: &Section) -> Vec<&'a str> {
        let rest = self.slice(self.rest_of_heading(section)).trim_matches(is_blank);
        let first = Some(rest).filter(|rest| !rest.is_empty());
        first.into_iter().chain(trimmed_lines(self.slice(self.body(section)))).collect()
    }

    /// A 【メモ】 with last year's lines above a section's heading.
    pub(super) fn add_memo(&mut self, section: &Section, lines: &[&str]) {
        let name = section.kind.map_or("", SectionKind::name);
        let at = self.line(section.heading.start).start;
        self.insert_memo(at, name, lines);
        self.spell_heading(section);
    }

    /// A 【メモ】 with lines of the head behind it.
    pub(super) fn add_head_memo(&mut self, lines: &[&str]) {
        let Some(head) = self.ast.head().filter(|_| !lines.is_empty()) else { return };
        let name = head.kind.map_or("", SectionKind::name);
        // A heading that is not known would not end the memo.
        let known = |section: &&Section| section.kind.is_some() && section.heading.start > head.heading.start;
        match self.ast.sections.iter().find(known) {
            Some(next) => {
                self.insert_memo(self.line(next.heading.start).start, name, lines);
                self.spell_heading(next);
            }
            None => self.insert_memo(self.file.text().len(), name, lines),
        }
    }

    fn insert_memo(&mut self, at: usize, name: &str, lines: &[&str]) {
        let line_end = self.file.line_end();
        let before = self.file.text().get(..at).unwrap_or("");
        let lines_before = split_lines(before);
        let (ends_line, has_gap) = match lines_before.as_slice() {
            [.., above, ""] => (true, is_blank_line(above)),
            _ => (before.is_empty(), before.is_empty()),
        };
        let mut memo = String::new();
        for _ in 0..usize::from(!ends_line) + usize::from(!has_gap) {
            memo.push_str(line_end);
        }
        memo.push_str(&format!("【メモ】昨年度の文（{}　{name}）{line_end}", self.label));
        for line in lines {
            memo.push_str(&format!("{}{line}{line_end}", if opens_section(line, self.vocabulary) { "・" } else { "" }));
        }
        if at < self.file.text().len() {
            memo.push_str(line_end);
        }
        self.edits.push((at..at, memo));
    }

    /// Behind a 【メモ】 only a heading that stands exactly so ends it.
    fn spell_heading(&mut self, section: &Section) {
        if let Some(kind) = section.kind.filter(|_| !section.exact) {
            self.replace(section.heading, format!("【{}】", kind.name()));
        }
    }

    /// What stands behind a heading in its line.
    fn rest_of_heading(&self, section: &Section) -> Range<usize> {
        section.heading.end..self.line(section.heading.end).end
    }

    /// The lines under a heading, to the end of the last one that is not blank.
    fn body(&self, section: &Section) -> Range<usize> {
        let start = self.line_start_after(section.heading.end);
        let next = self.ast.sections.iter().find(|other| other.heading.start > section.heading.start);
        let end = next.map_or(self.file.text().len(), |next| self.line(next.heading.start).start);
        let mut last = start;
        let mut at = start;
        while at < end {
            let next = self.line_start_after(at);
            if !self.slice(self.line(at)).trim_matches(is_blank).is_empty() {
                last = next;
            }
            at = next.max(at + 1);
        }
        start..last.min(end.max(start))
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.file.text().get(range).unwrap_or("")
    }

    /// The line that holds a byte, without its end.
    fn line(&self, offset: usize) -> Range<usize> {
        self.file.line_range(self.file.line_index(offset))
    }

    fn line_start_after(&self, offset: usize) -> usize {
        self.file.line_range(self.file.line_index(offset) + 1).start
    }

    /// The text with all changes, of two that overlap the first; and the years that stay, with their lines in it.
    pub(super) fn finish(mut self) -> (String, Vec<LeftYear>) {
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        self.left.sort_by_key(|(offset, _)| *offset);
        let text = self.file.text();
        let (mut written, mut at) = (String::new(), 0);
        let mut left = self.left.into_iter().peekable();
        let mut found = Vec::new();
        let end = (text.len()..text.len(), String::new());
        for (range, replacement) in self.edits.into_iter().chain([end]) {
            let Some(kept) = text.get(at..range.start) else { continue };
            while let Some((offset, year)) = left.next_if(|(offset, _)| *offset <= range.start && *offset >= at) {
                let line = lines_in(&written) + lines_in(kept.get(..offset - at).unwrap_or("")) + 1;
                found.push(LeftYear { line, ..year });
            }
            // What lies inside a stretch that is replaced is gone.
            while left.next_if(|(offset, _)| *offset < range.end).is_some() {}
            written.push_str(kept);
            written.push_str(&replacement);
            at = range.end.max(at);
        }
        (written, found)
    }
}

fn lines_in(text: &str) -> usize {
    split_lines(text).len() - 1
}

/// The lines of a text without the blank ones around them.
fn trimmed_lines(text: &str) -> Vec<&str> {
    let mut lines = split_lines(text);
    while lines.last().is_some_and(|line| is_blank_line(line)) {
        lines.pop();
    }
    let first = lines.iter().position(|line| !is_blank_line(line)).unwrap_or(0);
    lines.split_off(first)
}

fn split_lines(text: &str) -> Vec<&str> {
    text.split("\r\n").flat_map(|part| part.split(['\n', '\r'])).collect()
}

fn is_blank_line(line: &str) -> bool {
    line.trim_matches(is_blank).is_empty()
}

/// A line that would open a section in a 【メモ】: one that lay inside an open cell of Excel's.
fn opens_section(line: &str, vocabulary: &Vocabulary) -> bool {
    let bare = without_blanks(line);
    let name = bare.strip_prefix('【').and_then(|rest| rest.split_once('】'));
    name.is_some_and(|(name, _)| vocabulary.section(name, None).is_some())
}
