//! A photograph as a camera gave it, to one that can be printed: upright, no larger than paper shows, and without what
//! the camera wrote beside it.

use std::io::Cursor;
use std::sync::{Mutex, PoisonError};

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, Limits};

use super::raster::{Format, encode, in_eight_bits, shrink};
use super::strip::{colours, strip_jpeg, strip_png, whole_jpeg};
use crate::checks::BadPicture;

/// Pixels of A4 at the printed resolution: no page shows more.
const PAPER: (f64, f64) = (1654.0, 2339.0);
/// The longest side of the stand-in. At the size at which the official template prints, it is as fine as the print.
const STAND_IN: u32 = 800;
/// More pixels than any camera gives; a few bytes can claim a thousand times as many.
const MOST_PIXELS: u64 = 120_000_000;
/// Pixels from which on only one picture is worked on at a time.
const MANY_PIXELS: u64 = 25_000_000;
const MOST_BYTES: u64 = 512 * 1024 * 1024;
/// A colour profile larger than this is none.
const LARGEST_PROFILE: usize = 4 * 1024 * 1024;

static LARGE_ONE: Mutex<()> = Mutex::new(());

/// A photograph that can be printed.
#[derive(Debug)]
pub(super) struct Photograph {
    pub(super) format: Format,
    pub(super) bytes: Vec<u8>,
    /// The same, coarser and of the same natural size, for laying out pages; absent where the picture is small enough.
    pub(super) stand_in: Option<Vec<u8>>,
}

/// Makes a photograph ready to be printed.
///
/// # Errors
/// Damaged or cut bytes, more pixels than can be handled, a JPEG in the four colours of a printing press (PDF/A wants a
/// profile for these).
pub(super) fn develop(bytes: &[u8], format: Format) -> Result<Photograph, BadPicture> {
    let limits = limits();
    match format {
        Format::Jpeg => {
            let jpeg = JpegDecoder::new(Cursor::new(bytes)).map_err(|_| BadPicture::Damaged)?;
            check_size(jpeg.dimensions())?;
            let whole = whole_jpeg(bytes).ok_or(BadPicture::Cut)?;
            if colours(&whole) == Some(4) {
                return Err(BadPicture::FourColours);
            }
            develop_with(jpeg, bytes.len(), format, || Some(strip_jpeg(whole)))
        }
        Format::Png => {
            let png = PngDecoder::with_limits(Cursor::new(bytes), limits).map_err(|_| BadPicture::Damaged)?;
            check_size(png.dimensions())?;
            develop_with(png, bytes.len(), format, || strip_png(bytes))
        }
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    limits
}

/// Before anything is decoded: a claim alone takes no memory.
fn check_size((width, height): (u32, u32)) -> Result<(), BadPicture> {
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(BadPicture::TooManyPixels { width, height });
    }
    Ok(())
}

/// `stripped` is the file itself without the camera's notes: it serves where its pixels can stay as they are.
fn develop_with(
    mut decoder: impl ImageDecoder,
    length: usize,
    format: Format,
    stripped: impl FnOnce() -> Option<Vec<u8>>,
) -> Result<Photograph, BadPicture> {
    let (width, height) = decoder.dimensions();
    let is_large = u64::from(width) * u64::from(height) > MANY_PIXELS;
    let _alone = is_large.then(|| LARGE_ONE.lock().unwrap_or_else(PoisonError::into_inner));
    let profile = decoder.icc_profile().ok().flatten();
    let profile = profile.filter(|profile| !profile.is_empty() && profile.len() <= LARGEST_PROFILE);
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let is_fine = decoder.color_type().bytes_per_pixel() > decoder.color_type().channel_count();
    decoder.set_limits(limits()).map_err(|error| why(&error, (width, height)))?;
    let image = DynamicImage::from_decoder(decoder).map_err(|error| why(&error, (width, height)))?;
    let (fitting_width, fitting_height) = fitting(width, height);
    let is_untouched =
        !is_fine && orientation == Orientation::NoTransforms && (fitting_width, fitting_height) == (width, height);
    let (image, format, bytes) = if is_untouched {
        (image, format, stripped())
    } else {
        let format = format.to_write(&image, length);
        let mut image = in_eight_bits(image);
        if (fitting_width, fitting_height) != (width, height) {
            image = shrink(image, fitting_width, fitting_height);
        }
        image.apply_orientation(orientation);
        let bytes = encode(&image, profile.as_deref(), format, 1);
        (image, format, bytes)
    };
    let bytes = bytes.ok_or(BadPicture::Damaged)?;
    let stand_in = stand_in(image, profile.as_deref(), format);
    Ok(Photograph { format, bytes, stand_in })
}

fn why(error: &ImageError, (width, height): (u32, u32)) -> BadPicture {
    match error {
        ImageError::Limits(_) => BadPicture::TooManyPixels { width, height },
        ImageError::Decoding(_)
        | ImageError::Encoding(_)
        | ImageError::Parameter(_)
        | ImageError::Unsupported(_)
        | ImageError::IoError(_) => BadPicture::Damaged,
    }
}

/// The largest size of this shape that a page can show, upright or lying; never larger than it is.
fn fitting(width: u32, height: u32) -> (u32, u32) {
    let (short, long) = (f64::from(width.min(height)), f64::from(width.max(height)));
    let scale = (PAPER.0 / short).min(PAPER.1 / long);
    if scale >= 1.0 { (width, height) } else { (scaled(width, scale), scaled(height, scale)) }
}

fn scaled(length: u32, scale: f64) -> u32 {
    // From 0 to the length itself.
    (f64::from(length) * scale).round().max(1.0) as u32
}

fn stand_in(image: DynamicImage, profile: Option<&[u8]>, format: Format) -> Option<Vec<u8>> {
    let (width, height) = (image.width(), image.height());
    let coarseness = width.max(height).div_ceil(STAND_IN);
    if coarseness < 2 {
        return None;
    }
    let coarse = |length: u32| (length + coarseness / 2) / coarseness;
    let small = shrink(image, coarse(width), coarse(height));
    encode(&small, profile, format, u16::try_from(coarseness).ok()?)
}
