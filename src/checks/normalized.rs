//! A line as rules about what other programs leave in a text read it.

use crate::syntax::chars::is_blank;

/// No word that other programs leave as a whole line is longer.
const LONGEST_WORD: usize = 40;

/// A line with its letters, digits and signs at half width and in capitals, each with its place.
pub(super) struct Narrow<'a> {
    pub(super) chars: Vec<(usize, char)>,
    /// As it was typed
    pub(super) line: &'a str,
}

impl<'a> Narrow<'a> {
    pub(super) fn new(line: &'a str) -> Self {
        let narrow = |c: char| match c {
            '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c).to_ascii_uppercase(),
            '−' => '-',
            c if is_blank(c) => ' ',
            c => c.to_ascii_uppercase(),
        };
        Self { chars: line.char_indices().map(|(offset, c)| (offset, narrow(c))).collect(), line }
    }

    /// The line without the blanks around it, where it is as short as a word.
    pub(super) fn word(&self) -> Option<String> {
        let is_wide = |(_, c): &&(usize, char)| !c.is_whitespace();
        let start = self.chars.iter().position(|c| is_wide(&c)).unwrap_or(0);
        let end = self.chars.iter().rposition(|c| is_wide(&c)).map_or(0, |last| last + 1);
        let chars = self.chars.get(start..end).filter(|chars| chars.len() <= LONGEST_WORD)?;
        Some(chars.iter().map(|(_, c)| *c).collect())
    }

    pub(super) fn at(&self, index: usize) -> Option<char> {
        self.chars.get(index).map(|(_, c)| *c)
    }

    pub(super) fn offset(&self, index: usize) -> usize {
        self.chars.get(index).map_or(self.line.len(), |(offset, _)| *offset)
    }

    pub(super) fn reads(&self, index: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(offset, c)| self.at(index + offset) == Some(c))
    }

    pub(super) fn count_from(&self, index: usize, is: fn(char) -> bool) -> usize {
        self.chars.iter().skip(index).take_while(|(_, c)| is(*c)).count()
    }

    /// How many # stand in a row.
    pub(super) fn run_of_signs(&self, index: usize) -> usize {
        self.count_from(index, |c| c == '#')
    }
}
