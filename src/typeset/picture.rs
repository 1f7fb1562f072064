//! Which pictures can be printed: PNG, JPEG and SVG that the typesetter can read and that the PDF may hold.

use std::sync::Arc;

use typst::foundations::Bytes;
use typst::visualize::SvgImage;

use super::foreign::recognize;
use super::photograph::{Photograph, develop};
use super::raster::Format;
use crate::checks::{BadPicture, ForeignPicture};

/// A picture that can be printed. Clones share its bytes.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The ending that the template's path of it gets: `png`, `jpg` or `svg`. The bytes decide, not the file's name.
    pub extension: &'static str,
    pub(super) bytes: Bytes,
    /// What pages are laid out and shown with: the same picture in fewer pixels, which take the typesetter's memory each.
    pub(super) stand_in: Bytes,
}

impl Picture {
    /// Makes a picture ready to be printed: a photograph upright, no larger than paper shows, without place, time and
    /// owner.
    ///
    /// # Errors
    /// Another format, more than can be handled, or damaged bytes.
    pub fn new(bytes: &Arc<[u8]>) -> Result<Self, BadPicture> {
        if bytes.is_empty() {
            return Err(BadPicture::Empty);
        }
        if let Some(format) = Format::of(bytes) {
            let Photograph { format, bytes, stand_in } = develop(bytes, format)?;
            let bytes = Bytes::new(bytes);
            let stand_in = stand_in.map_or_else(|| bytes.clone(), Bytes::new);
            return Ok(Self { extension: format.extension(), bytes, stand_in });
        }
        if !looks_like_svg(bytes) {
            return Err(BadPicture::Foreign(recognize(bytes)));
        }
        // Text would need a face, and a linked picture a file, that the PDF cannot be sure of.
        if holds_foreign_parts(bytes) {
            return Err(BadPicture::Foreign(ForeignPicture::SvgWithText));
        }
        let bytes = Bytes::new(Arc::clone(bytes));
        SvgImage::new(bytes.clone()).map_err(|_| BadPicture::Damaged)?;
        Ok(Self { extension: "svg", stand_in: bytes.clone(), bytes })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_decide() {
        let format_of = |bytes: &[u8]| Picture::new(&Arc::from(bytes)).map(|picture| picture.extension);
        let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>"#;
        assert_eq!(format_of(svg), Ok("svg"));
        assert_eq!(format_of(b"<svg><text>a</text></svg>"), Err(BadPicture::Foreign(ForeignPicture::SvgWithText)));
        assert_eq!(format_of(b"<svg broken"), Err(BadPicture::Damaged));
        assert_eq!(format_of(b"\x89PNG\r\n\x1a\nrubbish"), Err(BadPicture::Damaged));
        assert_eq!(format_of(b"GIF89a"), Err(BadPicture::Foreign(ForeignPicture::Gif)));
        assert_eq!(format_of(b""), Err(BadPicture::Empty));
    }
}
