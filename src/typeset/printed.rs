//! Photographs in the pages of a PDF: as fine as paper shows them at the size at which they are printed, and no finer.
//!
//! Pages are laid out with stand-ins, whatever the template; here each gives place to the photograph itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use typst::ecow::EcoVec;
use typst::foundations::Bytes;
use typst::layout::{Frame, FrameItem, Size, Transform};
use typst::model::Document;
use typst::utils::hash128;
use typst::visualize::{Image, ImageKind, RasterImage};
use typst_layout::{Page, PagedDocument};

use super::picture::Picture;
use super::raster::{Format, decode, encode, shrink};

/// Pixels to the inch.
const RESOLUTION: f64 = 200.0;
/// A little finer does no harm, and spares a photograph another loss.
const TOLERANCE: f64 = 1.05;

/// Photographs as they were printed last, by their content and size in pixels.
#[derive(Default)]
pub(super) struct RasterCache(Mutex<BTreeMap<Print, RasterImage>>);

/// A photograph, by its stand-in, and the pixels that its place on paper can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Print {
    picture: u128,
    width: u32,
    height: u32,
}

impl Print {
    fn new(image: &Image, size: Size) -> Option<Self> {
        let ImageKind::Raster(raster) = image.kind() else { return None };
        let pixels = |length: f64| (length / 72.0 * RESOLUTION).ceil().clamp(1.0, 65_535.0) as u32;
        Some(Self { picture: hash128(raster.data()), width: pixels(size.x.to_pt()), height: pixels(size.y.to_pt()) })
    }
}

impl RasterCache {
    /// The pages with their photographs in the place of the stand-ins. A photograph that was printed in the last document,
    /// in the same size, is not worked on again.
    pub(super) fn fill_in<'a>(
        &self,
        document: &PagedDocument,
        photos: impl Iterator<Item = &'a Picture>,
    ) -> Option<PagedDocument> {
        let photos: BTreeMap<u128, &Picture> = photos.map(|picture| (hash128(&picture.stand_in), picture)).collect();
        if photos.is_empty() {
            return None;
        }
        let mut wanted = BTreeSet::new();
        let mut pages: EcoVec<Page> = document.pages().into();
        each_picture(&mut pages, &mut |image, size| {
            wanted.extend(Print::new(image, size).filter(|print| photos.contains_key(&print.picture)));
            None
        });
        if wanted.is_empty() {
            return None;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::take(&mut *kept);
        *kept = wanted
            .into_iter()
            .collect::<Vec<Print>>()
            .into_par_iter()
            .filter_map(|print| {
                let known = before.get(&print).cloned();
                Some((print, known.or_else(|| develop(photos.get(&print.picture)?, print))?))
            })
            .collect();
        each_picture(&mut pages, &mut |image, size| {
            let found = kept.get(&Print::new(image, size)?)?;
            Some(Image::new(found.clone(), image.alt().map(Into::into), image.scaling()))
        });
        Some(PagedDocument::new(pages, document.info().clone()))
    }
}

/// The photograph in as many pixels as its place can show, or as many as it has.
fn develop(picture: &Picture, print: Print) -> Option<RasterImage> {
    let format = Format::of(&picture.bytes)?;
    let (image, profile) = decode(&picture.bytes, format)?;
    let is_finer = |has: u32, shown: u32| f64::from(has) > TOLERANCE * f64::from(shown);
    if !is_finer(image.width(), print.width) && !is_finer(image.height(), print.height) {
        return RasterImage::plain(picture.bytes.clone(), format).ok();
    }
    let format = format.to_write(&image, picture.bytes.len());
    let (width, height) = (image.width().min(print.width), image.height().min(print.height));
    let small = encode(&shrink(image, width, height), profile.as_deref(), format, 1)?;
    RasterImage::plain(Bytes::new(small), format).ok()
}

/// Shows every picture with the size at which it is printed, and puts what is given for it in its place.
fn each_picture(pages: &mut EcoVec<Page>, give: &mut dyn FnMut(&Image, Size) -> Option<Image>) {
    for page in pages.make_mut().iter_mut().filter(|page| holds_pictures(&page.frame)) {
        each_picture_in(&mut page.frame, Transform::identity(), give);
    }
}

fn each_picture_in(frame: &mut Frame, transform: Transform, give: &mut dyn FnMut(&Image, Size) -> Option<Image>) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) if holds_pictures(&group.frame) => {
                each_picture_in(&mut group.frame, transform.pre_concat(group.transform), give);
            }
            FrameItem::Image(image, size, _) => {
                if let Some(given) = give(image, on_paper(*size, transform)) {
                    *image = given;
                }
            }
            FrameItem::Group(_)
            | FrameItem::Text(_)
            | FrameItem::Shape(..)
            | FrameItem::Link(..)
            | FrameItem::Tag(_) => {}
        }
        true
    });
}

fn holds_pictures(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => holds_pictures(&group.frame),
        FrameItem::Image(..) => true,
        FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(_) => false,
    })
}

/// The size that a template's scaling and turning leave.
fn on_paper(size: Size, transform: Transform) -> Size {
    let Transform { sx, ky, kx, sy, .. } = transform;
    let length = |along: f64, across: f64| along.hypot(across);
    Size::new(size.x * length(sx.get(), ky.get()), size.y * length(kx.get(), sy.get()))
}
