//! A line as rules about what other programs leave in a text read it.

use crate::syntax::chars::is_blank;

/// A line with its letters, digits and signs at half width and in capitals, each with its place.
pub(super) struct Narrow {
    pub(super) chars: Vec<(usize, char)>,
    length: usize,
}

impl Narrow {
    pub(super) fn new(line: &str) -> Self {
        let narrow = |c: char| match c {
            '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c).to_ascii_uppercase(),
            '−' => '-',
            c if is_blank(c) => ' ',
            c => c.to_ascii_uppercase(),
        };
        Self { chars: line.char_indices().map(|(offset, c)| (offset, narrow(c))).collect(), length: line.len() }
    }

    pub(super) fn at(&self, index: usize) -> Option<char> {
        self.chars.get(index).map(|(_, c)| *c)
    }

    pub(super) fn offset(&self, index: usize) -> usize {
        self.chars.get(index).map_or(self.length, |(offset, _)| *offset)
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
