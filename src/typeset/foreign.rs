//! Formats that are no PNG, JPEG or SVG, by their first bytes. Reads none of them.

use crate::checks::ForeignPicture;

/// What a file is that cannot be printed. A name says nothing: a telephone's `.jpg` may be HEIC inside.
pub(super) fn recognize(bytes: &[u8]) -> ForeignPicture {
    match bytes {
        [b'G', b'I', b'F', b'8', ..] => ForeignPicture::Gif,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => ForeignPicture::WebP,
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => ForeignPicture::Avif,
        [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', b'e' | b'i' | b's', ..] => ForeignPicture::Heic,
        [b'I', b'I', 0x2A, 0, ..] | [b'M', b'M', 0, 0x2A, ..] => ForeignPicture::Tiff,
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => ForeignPicture::Bmp,
        [b'%', b'P', b'D', b'F', ..] => ForeignPicture::Pdf,
        // Word, Excel and PowerPoint, the old ones too.
        [b'P', b'K', 3, 4, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] => ForeignPicture::Office,
        _ => ForeignPicture::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_the_format() {
        let known: [(&[u8], ForeignPicture); 10] = [
            (b"GIF89a", ForeignPicture::Gif),
            (b"RIFF\x10\0\0\0WEBPVP8 ", ForeignPicture::WebP),
            (b"\0\0\0\x18ftypheic\0\0\0\0", ForeignPicture::Heic),
            (b"\0\0\0\x18ftypmif1\0\0\0\0", ForeignPicture::Heic),
            (b"\0\0\0\x18ftypavif\0\0\0\0", ForeignPicture::Avif),
            (b"II*\0\x08\0\0\0", ForeignPicture::Tiff),
            (b"BM\x36\0\0\0\0\0\0\0\x36\0", ForeignPicture::Bmp),
            (b"%PDF-1.7", ForeignPicture::Pdf),
            (b"PK\x03\x04\x14\0", ForeignPicture::Office),
            (b"BMW 320", ForeignPicture::Unknown),
        ];
        for (bytes, expected) in known {
            assert_eq!(recognize(bytes), expected, "{bytes:?}");
            (0..4).for_each(|end| assert_eq!(recognize(&bytes[..end.min(2)]), ForeignPicture::Unknown));
        }
    }
}
