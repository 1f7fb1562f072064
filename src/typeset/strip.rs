//! A picture's file without what a camera wrote beside the picture: place, time, owner, thumbnails, further pictures.
//!
//! The picture's own data stay as they are, byte for byte. Knows nothing of what they show.

use img_parts::Bytes;
use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::{Png, PngChunk};

/// A JPEG File Interchange header without a density (a pixel is a point) and without a thumbnail.
const PLAIN_JFIF: &[u8] = b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0";

/// Chunks of a PNG that its picture needs, its colours among them.
const NEEDED_CHUNKS: &[&[u8; 4]] =
    &[b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"IDAT", b"IEND"];

/// A JPEG's parts up to the end of its picture. Nothing where it ends before.
pub(super) fn whole_jpeg(bytes: &[u8]) -> Option<Jpeg> {
    let end = end_of_picture(bytes)?;
    Jpeg::from_bytes(Bytes::copy_from_slice(bytes.get(..end)?)).ok()
}

/// Number of colours in a JPEG, from its frame header.
pub(super) fn colours(jpeg: &Jpeg) -> Option<u8> {
    let is_frame = |marker| {
        matches!(marker, markers::SOF0..=markers::SOF15)
            && !matches!(marker, markers::DHT | markers::JPG | markers::DAC)
    };
    jpeg.segments().iter().find(|segment| is_frame(segment.marker()))?.contents().get(5).copied()
}

/// The JPEG with its picture and its colour profile alone.
pub(super) fn strip_jpeg(mut jpeg: Jpeg) -> Vec<u8> {
    jpeg.segments_mut().retain_mut(|segment| {
        let contents = segment.contents();
        match segment.marker() {
            markers::APP0 if contents.starts_with(b"JFIF\0") => {
                *segment = JpegSegment::new_with_contents(markers::APP0, Bytes::from_static(PLAIN_JFIF));
                true
            }
            markers::APP2 => contents.starts_with(b"ICC_PROFILE\0"),
            // How the three colours are meant.
            markers::APP14 => contents.starts_with(b"Adobe"),
            markers::APP0..=markers::APP15 | markers::COM => false,
            _ => true,
        }
    });
    jpeg.encoder().bytes().to_vec()
}

/// The PNG with its picture and its colours alone. Nothing for a damaged one.
pub(super) fn strip_png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut png = Png::from_bytes(Bytes::copy_from_slice(bytes)).ok()?;
    png.chunks_mut().retain(|chunk| NEEDED_CHUNKS.contains(&&chunk.kind()));
    Some(png.encoder().bytes().to_vec())
}

/// The PNG with a density, in pixels to the metre.
pub(super) fn with_density(bytes: Vec<u8>, per_metre: u32) -> Option<Vec<u8>> {
    let mut png = Png::from_bytes(Bytes::from(bytes)).ok()?;
    let [a, b, c, d] = per_metre.to_be_bytes();
    let density = PngChunk::new(*b"pHYs", Bytes::copy_from_slice(&[a, b, c, d, a, b, c, d, 1]));
    let first_data = png.chunks().iter().position(|chunk| chunk.kind() == *b"IDAT")?;
    png.chunks_mut().insert(first_data, density);
    Some(png.encoder().bytes().to_vec())
}

/// Behind the marker that ends a JPEG's picture: telephones put further pictures there, and films.
fn end_of_picture(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        // The next marker: inside a scan FF 00 is data and FF D0 to D7 are rests; FF FF fills.
        let marker = loop {
            at += bytes.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
            match bytes.get(at + 1)? {
                0x00 | 0x01 | 0xD0..=0xD7 => at += 2,
                0xFF => at += 1,
                marker => break *marker,
            }
        };
        at += 2;
        if marker == markers::EOI {
            return Some(at);
        }
        let [high, low, ..] = bytes.get(at..)? else { return None };
        at += usize::from(u16::from_be_bytes([*high, *low])).max(2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg() -> Vec<u8> {
        let mut bytes = Vec::new();
        let image = image::RgbImage::from_fn(24, 16, |x, y| image::Rgb([x as u8 * 10, y as u8 * 10, 90]));
        image.write_with_encoder(image::codecs::jpeg::JpegEncoder::new(&mut bytes)).expect("is written");
        bytes
    }

    fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
        let length = u16::try_from(contents.len() + 2).expect("is short").to_be_bytes();
        [&[0xFF, marker], length.as_slice(), contents].concat()
    }

    #[test]
    fn what_a_camera_wrote_goes_and_the_picture_stays() {
        let plain = jpeg();
        let noisy = [
            &[0xFF, 0xD8][..],
            &segment(0xE0, b"JFIF\0\x01\x01\x01\x01\x2C\x01\x2C\0\0"),
            &segment(0xE0, b"JFXX\0\x10secret"),
            &segment(0xE1, b"Exif\0\0secret"),
            &segment(0xE2, b"ICC_PROFILE\0\x01\x01colour"),
            &segment(0xE2, b"MPF\0secret"),
            &segment(0xED, b"Photoshop 3.0\0secret"),
            &segment(0xEE, b"Adobe\0d\0\0\0\0\x01"),
            &segment(0xFE, b"secret"),
            &plain[20..],
            &jpeg(),
            b"secret",
        ]
        .concat();
        let stripped = strip_jpeg(whole_jpeg(&noisy).expect("is whole"));
        let expected = [
            &[0xFF, 0xD8][..],
            &segment(0xE0, PLAIN_JFIF),
            &segment(0xE2, b"ICC_PROFILE\0\x01\x01colour"),
            &segment(0xEE, b"Adobe\0d\0\0\0\0\x01"),
            &plain[20..],
        ]
        .concat();
        assert_eq!(stripped, expected);
        assert_eq!(colours(&whole_jpeg(&noisy).expect("is whole")), Some(3));
    }

    #[test]
    fn a_jpeg_that_was_cut_is_not_whole() {
        let plain = jpeg();
        assert!(whole_jpeg(&plain).is_some());
        for end in 0..plain.len() {
            assert!(whole_jpeg(&plain[..end]).is_none(), "{end}");
        }
    }

    #[test]
    fn a_png_keeps_its_picture_and_colours() {
        let mut bytes = Vec::new();
        let image = image::RgbImage::from_pixel(4, 3, image::Rgb([1, 2, 3]));
        image.write_with_encoder(image::codecs::png::PngEncoder::new(&mut bytes)).expect("is written");
        let mut png = Png::from_bytes(bytes.clone().into()).expect("is a PNG");
        for kind in [*b"eXIf", *b"tEXt", *b"iTXt", *b"pHYs", *b"caBX"] {
            png.chunks_mut().insert(1, PngChunk::new(kind, Bytes::from_static(b"secret")));
        }
        let noisy = [&png.encoder().bytes()[..], b"secret"].concat();
        assert_eq!(strip_png(&noisy).as_deref(), Some(bytes.as_slice()));
        assert_eq!(strip_png(&bytes[..20]), None);
    }
}
