//! Changing a stretch of a file's text while every other byte of it stays: its encoding, its mark, its line ends.

use std::ops::Range;

use super::decode::{Encoded, compose_pair, decode, encoding_of};
use super::encode::{encode_exactly, to_cp932};

/// Why a file cannot be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RewriteError {
    /// The file's encoding has no such character.
    Unencodable(char),
    /// The bytes are not the text that the places were found in.
    OtherText,
}

/// The bytes of a file with some stretches of its text replaced. Places are bytes of the text that `decode` gives, in
/// order and apart from each other.
///
/// # Errors
/// When a character cannot be written in the file's encoding, or a place is not of this text.
pub fn rewrite(bytes: &[u8], edits: &[(Range<usize>, &str)]) -> Result<Vec<u8>, RewriteError> {
    let text = decode(bytes).map_err(|_| RewriteError::OtherText)?;
    let encoded = encoding_of(bytes);
    let places = places(bytes, encoded);
    let place_of = |offset: usize| {
        let index = places.binary_search_by_key(&offset, |(text, _)| *text).map_err(|_| RewriteError::OtherText)?;
        places.get(index).map(|(_, byte)| *byte).ok_or(RewriteError::OtherText)
    };
    let (mut written, mut wanted) = (Vec::with_capacity(bytes.len()), String::with_capacity(text.len()));
    let (mut done, mut done_text) = (0, 0);
    for (range, replacement) in edits {
        let (start, end) = (place_of(range.start)?, place_of(range.end)?);
        written.extend(bytes.get(done..start).ok_or(RewriteError::OtherText)?);
        wanted.push_str(text.get(done_text..range.start).ok_or(RewriteError::OtherText)?);
        written.extend(encode(replacement, encoded)?);
        wanted.push_str(replacement);
        (done, done_text) = (end, range.end);
    }
    written.extend(bytes.get(done..).ok_or(RewriteError::OtherText)?);
    wanted.push_str(text.get(done_text..).ok_or(RewriteError::OtherText)?);
    // What is read back must be what was meant, whatever the encodings do.
    if decode(&written).as_ref() == Ok(&wanted) { Ok(written) } else { Err(RewriteError::OtherText) }
}

/// For each character that `decode` gives, and for the end: its place in the text and in the bytes. か and ゛ that lie
/// apart in the file are one character of the text.
fn places(bytes: &[u8], encoded: Encoded) -> Vec<(usize, usize)> {
    let mark = encoded.bom().len();
    let body = bytes.get(mark..).unwrap_or_default();
    let raw = encoded.decode_body(body).unwrap_or_default();
    let (mut places, mut text, mut byte): (Vec<(usize, usize)>, usize, usize) = (Vec::new(), 0, mark);
    let mut before: Option<char> = None;
    for c in raw.chars() {
        let length = encoded.length_of(c, bytes.get(byte).copied());
        match before.and_then(|before| compose_pair(before, c).map(|whole| (before, whole))) {
            Some((before_alone, whole)) => {
                text = text - before_alone.len_utf8() + whole.len_utf8();
                before = Some(whole);
            }
            None => {
                places.push((text, byte));
                text += c.len_utf8();
                before = Some(c);
            }
        }
        byte += length;
    }
    places.push((text, byte));
    places
}

fn encode(text: &str, encoded: Encoded) -> Result<Vec<u8>, RewriteError> {
    match encoded {
        Encoded::Utf8 { .. } => Ok(text.as_bytes().to_vec()),
        Encoded::Utf16Le => Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        Encoded::Utf16Be => Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        Encoded::ShiftJis => {
            let lacks = |c: &char| encode_exactly(c.encode_utf8(&mut [0; 4])).is_none();
            text.chars().find(lacks).map_or_else(|| Ok(to_cp932(text)), |c| Err(RewriteError::Unencodable(c)))
        }
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::SHIFT_JIS;

    use super::*;

    /// か and ゛ apart before and inside, a kanji of four bytes, all line ends.
    const TEXT: &str = "か\u{3099}っこう①\r\n十　｜は\u{309A}ち\r次\n";

    fn encodings(text: &str) -> Vec<Vec<u8>> {
        let utf16 = |order: fn(u16) -> [u8; 2], mark: [u8; 2]| {
            mark.into_iter().chain(text.encode_utf16().flat_map(order)).collect::<Vec<u8>>()
        };
        vec![
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            utf16(u16::to_le_bytes, [0xFF, 0xFE]),
            utf16(u16::to_be_bytes, [0xFE, 0xFF]),
        ]
    }

    #[test]
    fn only_the_stretch_changes_in_every_encoding() {
        for (before, after) in encodings(TEXT).into_iter().zip(encodings(&TEXT.replace('十', "＋"))) {
            let text = decode(&before).expect("decodes");
            let at = text.find('十').expect("is there");
            assert_eq!(rewrite(&before, &[(at..at + 3, "＋")]), Ok(after));
            assert_eq!(rewrite(&before, &[]), Ok(before));
        }
    }

    #[test]
    fn shift_jis_keeps_its_bytes_and_refuses_what_it_lacks() {
        // 0x87 0x90 and 0x81 0xE0 are both ≒: written again it would be the other.
        let mut bytes = vec![0x87, 0x90, 0xB1, b'a'];
        bytes.extend(SHIFT_JIS.encode("同上\r\n。").0.iter());
        let text = decode(&bytes).expect("decodes");
        let at = text.find("同上").expect("is there");
        let mut expected = vec![0x87, 0x90, 0xB1, b'a'];
        expected.extend(SHIFT_JIS.encode("↑\r\n。").0.iter());
        assert_eq!(rewrite(&bytes, &[(at..at + 6, "↑")]), Ok(expected));
        assert_eq!(rewrite(&bytes, &[(at..at + 6, "𠮷")]), Err(RewriteError::Unencodable('𠮷')));
    }

    #[test]
    fn places_of_another_text_are_refused() {
        assert_eq!(rewrite("あい".as_bytes(), &[(1..3, "う")]), Err(RewriteError::OtherText));
        assert_eq!(rewrite("か\u{3099}".as_bytes(), &[(6..9, "う")]), Err(RewriteError::OtherText));
        // か before a ゛ that stood alone would become one with it.
        assert_eq!(rewrite("漢\u{3099}".as_bytes(), &[(0..3, "か")]), Err(RewriteError::OtherText));
    }

    #[test]
    fn several_stretches_of_different_length() {
        let text = "H A C C Pと同上。";
        let edits = [(0..9, "HACCP"), (12..18, "↑")];
        assert_eq!(rewrite(text.as_bytes(), &edits), Ok("HACCPと↑。".as_bytes().to_vec()));
    }
}
