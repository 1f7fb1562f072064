//! Pictures for tests, made here: as a camera, a scanner or a bad copy would give them.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, Rgb, RgbImage, Rgba, RgbaImage};

/// Words that no report may give away: they stand in the camera's notes of `noted`.
pub(crate) const SECRET: &[u8] = b"35.6895N 139.6917E KENCHO-CAMERA";

/// Four corners of four colours, a little rough inside, so that it compresses as a photograph does.
pub(crate) fn scene(width: u32, height: u32) -> RgbImage {
    let mut random = fastrand::Rng::with_seed(u64::from(width) << 16 | u64::from(height));
    RgbImage::from_fn(width, height, |x, y| {
        let rough = random.u8(0..24);
        match (x < width / 2, y < height / 2) {
            (true, true) => Rgb([220 + rough, rough, rough]),
            (false, true) => Rgb([rough, 220 + rough, rough]),
            (true, false) => Rgb([rough, rough, 220 + rough]),
            (false, false) => Rgb([220 + rough, 220 + rough, rough]),
        }
    })
}

/// Which colours stand in the corners: above left, above right, below left, below right.
pub(crate) fn corners(bytes: &[u8]) -> String {
    let image = image::load_from_memory(bytes).unwrap().to_rgb8();
    let (right, below) = (image.width() * 7 / 8, image.height() * 7 / 8);
    let (left, above) = (image.width() / 8, image.height() / 8);
    [(left, above), (right, above), (left, below), (right, below)]
        .iter()
        .map(|(x, y)| match image.get_pixel(*x, *y).0.map(|colour| colour > 128) {
            [true, false, false] => '赤',
            [false, true, false] => '緑',
            [false, false, true] => '青',
            [true, true, false] => '黄',
            other => panic!("{other:?} at {x}, {y}"),
        })
        .collect()
}

pub(crate) fn jpeg(image: impl Into<DynamicImage>) -> Vec<u8> {
    let mut bytes = Vec::new();
    image.into().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 92)).unwrap();
    bytes
}

pub(crate) fn png(image: impl Into<DynamicImage>) -> Vec<u8> {
    let mut bytes = Vec::new();
    image.into().write_with_encoder(PngEncoder::new(&mut bytes)).unwrap();
    bytes
}

/// A drawing with transparent surroundings.
pub(crate) fn drawing(width: u32, height: u32) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, y| {
        if (x / 100 + y / 100) % 2 == 0 { Rgba([200, 30, 30, 255]) } else { Rgba([0, 0, 0, 0]) }
    })
}

/// The notes of a camera: which way it was held (1 to 8), and where and by whom.
pub(crate) fn exif(orientation: u16) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        let mut entry = Vec::new();
        entry.extend(tag.to_be_bytes());
        entry.extend(kind.to_be_bytes());
        entry.extend(count.to_be_bytes());
        entry.extend(value.to_be_bytes());
        entry
    };
    let length = u32::try_from(SECRET.len()).unwrap();
    let mut bytes = b"MM\0\x2A\0\0\0\x08\0\x03".to_vec();
    bytes.extend(entry(0x010F, 2, length, 68)); // Make
    bytes.extend(entry(0x0112, 3, 1, u32::from(orientation) << 16));
    bytes.extend(entry(0x8825, 4, 1, 50)); // GPS
    bytes.extend(0_u32.to_be_bytes());
    bytes.extend(1_u16.to_be_bytes());
    bytes.extend(entry(0x001B, 2, length, 68)); // how the place was found
    bytes.extend(0_u32.to_be_bytes());
    bytes.extend(SECRET);
    bytes
}

/// The JPEG with a camera's notes, and a second picture behind its end.
pub(crate) fn noted(jpeg: &[u8], orientation: u16) -> Vec<u8> {
    let exif = [b"Exif\0\0".as_slice(), &exif(orientation)].concat();
    [
        &jpeg[..2],
        &segment(0xE1, &exif),
        &segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", SECRET].concat()),
        &segment(0xFE, SECRET),
        &jpeg[2..],
        SECRET,
    ]
    .concat()
}

fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
    let length = u16::try_from(contents.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, marker], length.as_slice(), contents].concat()
}

pub(crate) fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
