//! Which pictures can be printed: PNG, JPEG and SVG that the typesetter can read and that the PDF may hold.

use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};

/// Why a picture cannot be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadPicture {
    UnknownFormat,
    Damaged,
}

/// The ending that the template's path of the picture gets; the bytes decide, not the file's name.
///
/// # Errors
/// Another format, a JPEG in the four colours of a printing press (PDF/A wants a profile for these), damaged bytes.
pub fn picture_format(bytes: &[u8]) -> Result<&'static str, BadPicture> {
    let (format, extension) = match bytes {
        [0x89, b'P', b'N', b'G', ..] => (ExchangeFormat::Png, "png"),
        [0xFF, 0xD8, 0xFF, ..] => (ExchangeFormat::Jpg, "jpg"),
        // Text would need a face, and a linked picture a file, that the PDF cannot be sure of.
        _ if looks_like_svg(bytes) && holds_foreign_parts(bytes) => return Err(BadPicture::UnknownFormat),
        _ if looks_like_svg(bytes) => {
            return SvgImage::new(Bytes::new(bytes.to_vec())).map(|_| "svg").map_err(|_| BadPicture::Damaged);
        }
        _ => return Err(BadPicture::UnknownFormat),
    };
    if extension == "jpg" && jpeg_components(bytes) == Some(4) {
        return Err(BadPicture::UnknownFormat);
    }
    RasterImage::plain(Bytes::new(bytes.to_vec()), format).map(|_| extension).map_err(|_| BadPicture::Damaged)
}

fn looks_like_svg(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or(bytes);
    String::from_utf8_lossy(head).contains("<svg")
}

fn holds_foreign_parts(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    ["<text", "<image", "<foreignObject", "<feImage", "<use xlink:href=\"http"].iter().any(|part| text.contains(part))
}

/// Number of colours in a JPEG, from its frame header.
fn jpeg_components(bytes: &[u8]) -> Option<u8> {
    let mut at = 2;
    loop {
        let [0xFF, marker, high, low, ..] = bytes.get(at..)? else { return None };
        let is_frame = matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC);
        if is_frame {
            return bytes.get(at + 9).copied();
        }
        at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_decide() {
        let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>"#;
        assert_eq!(picture_format(svg), Ok("svg"));
        assert_eq!(picture_format(b"<svg><text>a</text></svg>"), Err(BadPicture::UnknownFormat));
        assert_eq!(picture_format(b"<svg broken"), Err(BadPicture::Damaged));
        assert_eq!(picture_format(b"\x89PNG\r\n\x1a\nrubbish"), Err(BadPicture::Damaged));
        assert_eq!(picture_format(b"GIF89a"), Err(BadPicture::UnknownFormat));
        assert_eq!(picture_format(b""), Err(BadPicture::UnknownFormat));
    }
}
