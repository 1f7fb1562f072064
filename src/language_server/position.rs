//! Places of a text as an editor counts them: lines, and UTF-16, UTF-8 or UTF-32 units in a line. A line ends with LF, CRLF or CR.
//!
//! Every place that an editor may name has an answer: behind the end of a line it is the end, inside a character its start.

use super::protocol::Position;

/// What an editor counts in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Units {
    Utf8,
    #[default]
    Utf16,
    Utf32,
}

impl Units {
    pub(super) const ALL: &[Self] = &[Self::Utf8, Self::Utf16, Self::Utf32];

    /// The protocol's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    fn of(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }

    pub(super) fn count(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 | Self::Utf32 => text.chars().map(|c| self.of(c)).sum(),
        }
    }
}

/// Where the lines of a text start; a text that ends with a line end has an empty last line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (index, &byte) in bytes.iter().enumerate() {
            if byte == b'\n' || (byte == b'\r' && bytes.get(index + 1) != Some(&b'\n')) {
                starts.push(index + 1);
            }
        }
        Self(starts)
    }

    /// The bytes of a line, from 0, without its end; nothing for a line that is not there.
    fn line(&self, text: &str, index: usize) -> Option<std::ops::Range<usize>> {
        let start = *self.0.get(index)?;
        let end = self.0.get(index + 1).copied().unwrap_or(text.len());
        let body = text.get(start..end)?;
        Some(start..start + body.trim_end_matches(['\n', '\r']).len())
    }

    /// The byte of a place.
    pub(super) fn byte(&self, text: &str, position: Position, units: Units) -> usize {
        let Some(line) = self.line(text, position.line as usize) else { return text.len() };
        let mut left = position.character as usize;
        let body = text.get(line.clone()).unwrap_or_default();
        for (at, c) in body.char_indices() {
            let width = units.of(c);
            if left < width {
                return line.start + at;
            }
            left -= width;
        }
        line.end
    }

    /// The place of a byte; between CR and LF it is the end of the line.
    pub(super) fn position(&self, text: &str, byte: usize, units: Units) -> Position {
        let index = self.0.partition_point(|&start| start <= byte).saturating_sub(1);
        let line = self.line(text, index).unwrap_or(0..0);
        let before = text.get(line.start..byte.min(line.end)).unwrap_or_default();
        Position { line: number(index), character: number(units.count(before)) }
    }
}

/// Texts have at most some megabytes.
pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "あ𠮷葛\u{E0100}か\u{3099}x\r\n二\r\n\n三\r四";

    #[test]
    fn every_character_is_found_again_in_all_units() {
        let lines = Lines::of(TEXT);
        for units in Units::ALL {
            for (at, c) in TEXT.char_indices() {
                let place = lines.position(TEXT, at, *units);
                let expected = if c == '\n' && at > 0 && TEXT.as_bytes()[at - 1] == b'\r' { at - 1 } else { at };
                assert_eq!(lines.byte(TEXT, place, *units), expected, "{at} {units:?}");
            }
        }
        assert_eq!(lines.0.len(), 5);
    }

    #[test]
    fn what_lies_outside_or_inside_a_character_is_brought_to_a_boundary() {
        let lines = Lines::of(TEXT);
        let byte = |line, character, units| lines.byte(TEXT, Position { line, character }, units);
        assert_eq!(byte(0, 2, Units::Utf16), "あ".len());
        assert_eq!(byte(0, 4, Units::Utf8), "あ".len());
        assert_eq!(byte(0, 99, Units::Utf16), TEXT.find('\r').unwrap_or_default());
        assert_eq!(byte(9, 0, Units::Utf32), TEXT.len());
        assert_eq!(byte(u32::MAX, u32::MAX, Units::Utf8), TEXT.len());
        assert_eq!(byte(4, 1, Units::Utf16), TEXT.len());
    }
}
