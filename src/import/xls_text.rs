//! The texts of a .xls: in one byte or two a letter, in pieces that may part a text anywhere, with fonts for its stretches.

use super::runs::Run;
use super::sheet::MOST_SHARED;
use super::xls_records::short;

/// Bytes across the pieces of a record.
pub(super) struct Pieces<'a> {
    pieces: &'a [&'a [u8]],
    at: usize,
}

/// The shared texts; fonts are asked by number.
pub(super) fn shared_texts(pieces: &[&[u8]], font: impl Fn(u16) -> Run) -> Option<Vec<Vec<Run>>> {
    let mut pieces = Pieces::new(pieces);
    pieces.skip(4)?;
    let count = usize::from(pieces.short()?) | usize::from(pieces.short()?) << 16;
    // A count that is damage ends with the bytes.
    (0..count.min(MOST_SHARED)).map(|_| pieces.rich_text(&font)).collect()
}

impl<'a> Pieces<'a> {
    pub(super) fn new(pieces: &'a [&'a [u8]]) -> Self {
        Self { pieces, at: 0 }
    }

    fn byte(&mut self) -> Option<u8> {
        while self.pieces.first().is_some_and(|piece| self.at >= piece.len()) {
            self.pieces = self.pieces.get(1..)?;
            self.at = 0;
        }
        let byte = self.pieces.first()?.get(self.at).copied();
        self.at += 1;
        byte
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, count: u32) -> Option<()> {
        (0..count).try_for_each(|_| self.byte().map(drop))
    }

    /// Letters behind a byte that says whether they are wide.
    pub(super) fn text(&mut self, length: usize) -> Option<String> {
        let is_wide = self.byte()? & 1 > 0;
        self.letters(length, is_wide).map(|units| String::from_utf16_lossy(&units))
    }

    /// A piece that goes on with letters says anew whether they are wide.
    fn letters(&mut self, length: usize, is_wide: bool) -> Option<Vec<u16>> {
        let (mut is_wide, mut units) = (is_wide, Vec::new());
        for _ in 0..length {
            if self.pieces.first().is_some_and(|piece| self.at >= piece.len()) {
                is_wide = self.byte()? & 1 > 0;
            }
            units.push(if is_wide { self.short()? } else { u16::from(self.byte()?) });
        }
        Some(units)
    }

    fn rich_text(&mut self, font: impl Fn(u16) -> Run) -> Option<Vec<Run>> {
        let length = usize::from(self.short()?);
        let marks = self.byte()?;
        let fonts = if marks & 8 > 0 { self.short()? } else { 0 };
        let reading = if marks & 4 > 0 { u32::from(self.short()?) | u32::from(self.short()?) << 16 } else { 0 };
        let units = self.letters(length, marks & 1 > 0)?;
        let (mut runs, mut from, mut run) = (Vec::new(), 0, Run::default());
        for _ in 0..fonts {
            let (start, id) = (usize::from(self.short()?), self.short()?);
            let text = units.get(from..start.max(from)).map(String::from_utf16_lossy);
            runs.extend(text.map(|text| Run { text, ..run.clone() }));
            (from, run) = (start.max(from), font(id));
        }
        // How it is read aloud
        self.skip(reading)?;
        let text = String::from_utf16_lossy(units.get(from..).unwrap_or_default());
        runs.push(Run { text, ..run });
        runs.retain(|run| !run.text.is_empty());
        Some(runs)
    }
}

/// A text with its length in two bytes.
pub(super) fn text(pieces: &[&[u8]], at: usize) -> Option<String> {
    let mut pieces = Pieces::new(pieces);
    pieces.skip(u32::try_from(at).ok()?)?;
    let length = usize::from(pieces.short()?);
    pieces.text(length)
}

/// A name with its length in one byte.
pub(super) fn short_text(bytes: &[u8], at: usize) -> Option<String> {
    let length = short(bytes, at)? & 0xff;
    Pieces::new(&[bytes.get(at + 1..)?]).text(usize::from(length))
}
