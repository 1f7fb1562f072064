//! Pixels: brought down without a loss that shows, and written again as a file of the format they came in.

use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder, PixelDensity};
use image::codecs::png::{PngDecoder, PngEncoder};
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageEncoder};
use typst::visualize::{ExchangeFormat, RasterFormat};

use super::strip::with_density;

/// JPEG quality of what is written again: no loss that an eye finds on paper.
const QUALITY: u8 = 88;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Jpeg,
    Png,
}

impl Format {
    /// By the first bytes.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', ..] => Some(Self::Png),
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            _ => None,
        }
    }

    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// The format to write a picture in that came in this one with so many bytes. A PNG that took more than a byte a pixel
    /// is a photograph rather than a drawing, and as JPEG a fraction of that.
    pub(super) fn to_write(self, image: &DynamicImage, bytes: usize) -> Self {
        let pixels = u64::from(image.width()) * u64::from(image.height());
        let is_photograph = bytes as u64 > pixels && !image.color().has_alpha();
        if self == Self::Png && is_photograph { Self::Jpeg } else { self }
    }
}

impl From<Format> for RasterFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Jpeg => Self::Exchange(ExchangeFormat::Jpg),
            Format::Png => Self::Exchange(ExchangeFormat::Png),
        }
    }
}

/// A picture of our own, which is known to be good and upright, with its colour profile.
pub(super) fn decode(bytes: &[u8], format: Format) -> Option<(DynamicImage, Option<Vec<u8>>)> {
    fn read(mut decoder: impl ImageDecoder) -> Option<(DynamicImage, Option<Vec<u8>>)> {
        let profile = decoder.icc_profile().ok().flatten().filter(|profile| !profile.is_empty());
        Some((DynamicImage::from_decoder(decoder).ok()?, profile))
    }
    match format {
        Format::Jpeg => read(JpegDecoder::new(Cursor::new(bytes)).ok()?),
        Format::Png => read(PngDecoder::new(Cursor::new(bytes)).ok()?),
    }
}

/// Eight bits a colour: more than that no paper shows.
pub(super) fn in_eight_bits(image: DynamicImage) -> DynamicImage {
    match (image.color().has_color(), image.color().has_alpha()) {
        _ if image.color().bytes_per_pixel() == image.color().channel_count() => image,
        (true, true) => image.into_rgba8().into(),
        (true, false) => image.into_rgb8().into(),
        (false, true) => image.into_luma_alpha8().into(),
        (false, false) => image.into_luma8().into(),
    }
}

/// The picture in a smaller size, at least a pixel wide and high; of eight bits a colour.
pub(super) fn shrink(mut image: DynamicImage, width: u32, height: u32) -> DynamicImage {
    let (width, height) = (width.max(1), height.max(1));
    // What cannot be seen must not colour its neighbours.
    each_seen(&mut image, |colour, alpha| colour * alpha / 255);
    let mut small = image.resize_exact(width, height, FilterType::CatmullRom);
    each_seen(&mut small, |colour, alpha| (colour * 255).checked_div(alpha).unwrap_or(0));
    small
}

/// Works on every colour of a picture that has transparent places; the second number is how well it is seen.
fn each_seen(image: &mut DynamicImage, work: impl Fn(u32, u32) -> u32) {
    let (samples, channels): (&mut [u8], usize) = if let Some(image) = image.as_mut_rgba8() {
        (image, 4)
    } else if let Some(image) = image.as_mut_luma_alpha8() {
        (image, 2)
    } else {
        return;
    };
    for pixel in samples.chunks_exact_mut(channels) {
        if let Some((alpha, colours)) = pixel.split_last_mut() {
            for colour in colours {
                *colour = u8::try_from(work(u32::from(*colour), u32::from(*alpha))).unwrap_or(u8::MAX);
            }
        }
    }
}

/// Writes a picture. Each of its pixels stands for `coarseness` times as many in a row: its natural size is theirs, one
/// point a pixel. Nothing where the format cannot hold it.
pub(super) fn encode(image: &DynamicImage, profile: Option<&[u8]>, format: Format, coarseness: u16) -> Option<Vec<u8>> {
    let density = 72 / coarseness.max(1);
    let mut bytes = Vec::new();
    match format {
        Format::Jpeg => {
            let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
            if coarseness > 1 {
                encoder.set_pixel_density(PixelDensity::dpi(density));
            }
            if let Some(profile) = profile {
                encoder.set_icc_profile(profile.to_vec()).ok()?;
            }
            image.write_with_encoder(encoder).ok()?;
            bytes.shrink_to_fit();
            Some(bytes)
        }
        Format::Png => {
            let mut encoder = PngEncoder::new(&mut bytes);
            if let Some(profile) = profile {
                encoder.set_icc_profile(profile.to_vec()).ok()?;
            }
            image.write_with_encoder(encoder).ok()?;
            if coarseness > 1 { with_density(bytes, u32::from(density) * 3937 / 100) } else { Some(bytes) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgba, RgbaImage};

    #[test]
    fn what_is_transparent_does_not_colour_an_edge() {
        let striped = |x, _| if x % 2 == 0 { Rgba([200, 100, 50, 255]) } else { Rgba([0, 0, 0, 0]) };
        let small = shrink(RgbaImage::from_fn(64, 64, striped).into(), 16, 16).into_rgba8();
        let pixel = small.get_pixel(8, 8).0;
        assert!(
            pixel.iter().zip([200_u8, 100, 50, 128]).all(|(found, expected)| found.abs_diff(expected) < 6),
            "{pixel:?}"
        );
    }

    #[test]
    fn a_photograph_that_came_as_png_is_written_as_jpeg_and_a_drawing_stays() {
        let image = DynamicImage::new_rgb8(100, 100);
        assert_eq!(Format::Png.to_write(&image, 20_000), Format::Jpeg);
        assert_eq!(Format::Png.to_write(&image, 2_000), Format::Png);
        assert_eq!(Format::Png.to_write(&DynamicImage::new_rgba8(100, 100), 20_000), Format::Png);
        assert_eq!(Format::Jpeg.to_write(&image, 2_000), Format::Jpeg);
    }

    #[test]
    fn a_coarser_picture_is_of_the_same_natural_size() {
        for (format, words) in
            [(Format::Jpeg, b"JFIF\0\x01\x02\x01\0\x24\0\x24".as_slice()), (Format::Png, b"pHYs\0\0\x05\x89")]
        {
            let bytes = encode(&DynamicImage::new_rgb8(40, 30), None, format, 2).expect("is written");
            assert!(bytes.windows(words.len()).any(|window| window == words), "{format:?}");
        }
    }
}
