//! Which pictures can be printed: PNG, JPEG and SVG that the typesetter can read and that the PDF may hold.

use std::sync::Arc;

use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};

/// Why a picture cannot be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadPicture {
    UnknownFormat,
    Damaged,
}

/// A picture that can be printed. Clones share its bytes.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The ending that the template's path of it gets: `png`, `jpg` or `svg`. The bytes decide, not the file's name.
    pub extension: &'static str,
    pub(super) bytes: Bytes,
}

impl Picture {
    /// Reads a picture as the typesetter will.
    ///
    /// # Errors
    /// Another format, a JPEG in the four colours of a printing press (PDF/A wants a profile for these), damaged bytes.
    pub fn new(bytes: Arc<[u8]>) -> Result<Self, BadPicture> {
        let bytes = Bytes::new(bytes);
        let (format, extension) = match bytes.as_slice() {
            [0x89, b'P', b'N', b'G', ..] => (ExchangeFormat::Png, "png"),
            [0xFF, 0xD8, 0xFF, ..] => (ExchangeFormat::Jpg, "jpg"),
            // Text would need a face, and a linked picture a file, that the PDF cannot be sure of.
            svg if looks_like_svg(svg) && holds_foreign_parts(svg) => return Err(BadPicture::UnknownFormat),
            svg if looks_like_svg(svg) => {
                SvgImage::new(bytes.clone()).map_err(|_| BadPicture::Damaged)?;
                return Ok(Self { extension: "svg", bytes });
            }
            _ => return Err(BadPicture::UnknownFormat),
        };
        if extension == "jpg" && jpeg_components(&bytes) == Some(4) {
            return Err(BadPicture::UnknownFormat);
        }
        RasterImage::plain(bytes.clone(), format).map_err(|_| BadPicture::Damaged)?;
        Ok(Self { extension, bytes })
    }

    pub fn bytes(&self) -> &[u8] {
        self.bytes.as_slice()
    }
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
        let format_of = |bytes: &[u8]| Picture::new(Arc::from(bytes)).map(|picture| picture.extension);
        let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>"#;
        assert_eq!(format_of(svg), Ok("svg"));
        assert_eq!(format_of(b"<svg><text>a</text></svg>"), Err(BadPicture::UnknownFormat));
        assert_eq!(format_of(b"<svg broken"), Err(BadPicture::Damaged));
        assert_eq!(format_of(b"\x89PNG\r\n\x1a\nrubbish"), Err(BadPicture::Damaged));
        assert_eq!(format_of(b"GIF89a"), Err(BadPicture::UnknownFormat));
        assert_eq!(format_of(b""), Err(BadPicture::UnknownFormat));
    }
}
