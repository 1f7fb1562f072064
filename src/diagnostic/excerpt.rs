//! The marked lines of a file as a drawing gets them, and the way from places of the file to places of the copy and back.
//!
//! Only marked lines are copied: what draws them walks over every line that it is given.

use std::collections::BTreeMap;

use super::display_width;
use crate::source::{SourceFile, Span};

/// Stands for U+3000 in the copy: unassigned, as wide, of as many bytes, and no white space.
pub(super) const WIDE_BLANK: char = '\u{FA6E}';
/// The marked lines, made safe for ariadne, and the way from places of the file to places of the copy.
pub(super) struct Excerpt {
    pub(super) text: String,
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
    pub(super) fn new(file: &SourceFile, labels: &[&super::Label], width: usize) -> Self {
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
    pub(super) fn put_numbers_back(&self, drawn: &str, head_lines: usize) -> String {
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
    pub(super) fn place(&self, span: Span) -> std::ops::Range<usize> {
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
        // U+009B and its kin, which terminals obey too.
        c if c.is_control() && c.len_utf8() == 2 => '\u{A0}',
        c => c,
    }
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
