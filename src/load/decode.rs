//! Bytes to text: UTF-8 with or without BOM, UTF-16 with BOM, Shift_JIS (CP932).
//!
//! Only か + U+3099 and its kin are composed. NFC and NFKC are never applied: they change name kanji and ① ㈱ ㎡.

use encoding_rs::{Encoding, SHIFT_JIS, UTF_16BE, UTF_16LE};
use unicode_normalization::char::compose;

/// Why bytes are no text of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecodeError {
    /// None of the encodings that are read.
    Unknown,
    /// UTF-8 in which some bytes are broken.
    DamagedUtf8,
}

/// How a file's bytes are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoded {
    Utf8 { has_bom: bool },
    Utf16Le,
    Utf16Be,
    ShiftJis,
}

impl Encoded {
    /// The bytes before the text.
    pub(super) fn bom(self) -> &'static [u8] {
        match self {
            Self::Utf8 { has_bom: true } => b"\xEF\xBB\xBF",
            Self::Utf8 { has_bom: false } | Self::ShiftJis => b"",
            Self::Utf16Le => b"\xFF\xFE",
            Self::Utf16Be => b"\xFE\xFF",
        }
    }

    /// The text of the bytes after the mark, with nothing composed.
    pub(super) fn decode_body(self, body: &[u8]) -> Result<String, DecodeError> {
        match self {
            Self::Utf8 { .. } => decode_utf8(body),
            Self::Utf16Le => decode_strictly(UTF_16LE, body),
            Self::Utf16Be => decode_strictly(UTF_16BE, body),
            Self::ShiftJis if is_mostly_utf8(body) => Err(DecodeError::DamagedUtf8),
            Self::ShiftJis => decode_shift_jis(body),
        }
    }

    /// How many bytes a character takes whose first byte is `first`.
    pub(super) fn length_of(self, c: char, first: Option<u8>) -> usize {
        match self {
            Self::Utf8 { .. } => c.len_utf8(),
            Self::Utf16Le | Self::Utf16Be => 2 * c.len_utf16(),
            Self::ShiftJis => match first {
                Some(0x81..=0x9F | 0xE0..=0xFC) => 2,
                _ => 1,
            },
        }
    }
}

pub(super) fn encoding_of(bytes: &[u8]) -> Encoded {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Encoded::Utf8 { has_bom: true },
        [0xFF, 0xFE, ..] => Encoded::Utf16Le,
        [0xFE, 0xFF, ..] => Encoded::Utf16Be,
        _ if std::str::from_utf8(bytes).is_ok() => Encoded::Utf8 { has_bom: false },
        _ => Encoded::ShiftJis,
    }
}

/// The text of a file. Line ends stay as they are.
pub fn decode(bytes: &[u8]) -> Result<String, DecodeError> {
    let text = decode_apart(bytes)?;
    // NUL is UTF-16 without its mark or no text at all; ESC is the old encoding of mail.
    if text.contains(['\0', '\u{1B}']) {
        return Err(DecodeError::Unknown);
    }
    Ok(compose_voiced_kana(text))
}

/// As `decode`, with か and ゛ left apart: the text that an editor shows of the file.
pub(super) fn decode_apart(bytes: &[u8]) -> Result<String, DecodeError> {
    let encoded = encoding_of(bytes);
    encoded.decode_body(bytes.get(encoded.bom().len()..).unwrap_or_default())
}

/// か followed by a combining voiced or semi-voiced mark becomes が; nothing else changes.
pub fn compose_voiced_kana(text: String) -> String {
    if !text.contains(['\u{3099}', '\u{309A}']) {
        return text;
    }
    let mut composed = String::with_capacity(text.len());
    for c in text.chars() {
        if let Some(whole) = composed.chars().next_back().and_then(|base| compose_pair(base, c)) {
            composed.pop();
            composed.push(whole);
        } else {
            composed.push(c);
        }
    }
    composed
}

/// The one character that a letter and a voiced or semi-voiced mark make.
pub(super) fn compose_pair(base: char, mark: char) -> Option<char> {
    if matches!(mark, '\u{3099}' | '\u{309A}') { compose(base, mark) } else { None }
}

fn decode_utf8(bytes: &[u8]) -> Result<String, DecodeError> {
    std::str::from_utf8(bytes).map(str::to_string).map_err(|_| DecodeError::DamagedUtf8)
}

fn decode_strictly(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, DecodeError> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(std::borrow::Cow::into_owned)
        .ok_or(DecodeError::Unknown)
}

/// EUC-JP and binary data pass for Shift_JIS now and then; what comes out is mostly half-width kana.
fn decode_shift_jis(bytes: &[u8]) -> Result<String, DecodeError> {
    let text = decode_strictly(SHIFT_JIS, bytes)?;
    let (mut kana, mut wide) = (0_usize, 0_usize);
    for c in text.chars() {
        match c {
            '\u{FF61}'..='\u{FF9F}' => kana += 1,
            '\u{80}'..='\u{9F}' => return Err(DecodeError::Unknown),
            c if !c.is_ascii() => wide += 1,
            _ => {}
        }
    }
    if kana > wide { Err(DecodeError::Unknown) } else { Ok(text) }
}

/// Whether characters of three and more bytes outnumber the broken places: chance hardly makes such a character.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| c.len_utf8() >= 3).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "【事業】訓練校事業①\r\n事業費：178千円\n";
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let mut little = vec![0xFF, 0xFE];
        let mut big = vec![0xFE, 0xFF];
        for unit in utf16 {
            little.extend(unit.to_le_bytes());
            big.extend(unit.to_be_bytes());
        }
        let bom = [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat();
        let shift_jis = SHIFT_JIS.encode(text).0.into_owned();
        for bytes in [text.as_bytes().to_vec(), bom, little, big, shift_jis] {
            assert_eq!(decode(&bytes).as_deref(), Ok(text));
        }
    }

    #[test]
    fn damaged_and_foreign_bytes_are_refused() {
        let mut damaged = "【事業】就職ガイダンス".as_bytes().to_vec();
        damaged[5] = 0xFF;
        assert_eq!(decode(&damaged), Err(DecodeError::DamagedUtf8));
        let euc = encoding_rs::EUC_JP.encode("【事業】就職ガイダンス開催事業を行う").0.into_owned();
        assert_eq!(decode(&euc), Err(DecodeError::Unknown));
        assert_eq!(decode(b"P\0K\0\x03\x04"), Err(DecodeError::Unknown));
    }

    #[test]
    fn only_voiced_kana_are_composed() {
        assert_eq!(
            decode("か\u{3099}は\u{309A}漢\u{3099}渚\u{FA46}①".as_bytes()).as_deref(),
            Ok("がぱ漢\u{3099}渚\u{FA46}①")
        );
    }
}
