//! Photographs: one or two to a row, of one height where they can be, captions below. The measures are those of
//! `templates/official/photos.typ`.

use docx_rs::{
    LineSpacing, LineSpacingType, Paragraph, Pic, Run, Table, TableAlignmentType, TableCell, TableLayoutType, TableRow,
    VAlignType, WidthType,
};

use super::WordPicture;
use super::look::{plain_twips, twips};
use super::styles::{PICTURE, PICTURE_CAPTION};
use super::text::{PLAIN, clean, faulty, run, said};
use super::writer::{ToldPicture, Writer};
use crate::view::PhotoView;

const GAP: f64 = 16.0;
const LOWEST_ALONE: f64 = 110.0;
const LOWEST_PAIR: f64 = 80.0;
/// A pixel is no larger than at 96 to the inch.
const LARGEST_PIXEL: f64 = 72.0 / 96.0;
const LEAST_PART: f64 = 0.6;
/// English metric units in a twentieth of a pt
const EMU: u32 = 635;

/// Width to height, and the greatest height
struct Shape {
    ratio: f64,
    most: f64,
}

/// `is_of_case`: they belong to the case above them.
pub(super) fn photos(writer: &mut Writer<'_>, list: &[PhotoView], is_of_case: bool) {
    let before = writer.told.len();
    let alone = if list.len() == 1 { 0.56 * writer.look.width } else { (writer.look.width - GAP) / 2.0 };
    for pair in list.chunks(2) {
        row(writer, pair, alone);
    }
    writer.told.iter_mut().skip(before).for_each(|told| told.is_of_case = is_of_case);
}

fn row(writer: &mut Writer<'_>, pair: &[PhotoView], alone: f64) {
    let shapes: Vec<Shape> = pair.iter().map(|photo| shape(writer, photo)).collect();
    let ratios: f64 = shapes.iter().map(|shape| shape.ratio).sum();
    let is_pair = pair.len() == 2;
    let width = writer.look.width;
    let room = if is_pair { width - GAP } else { width.min(alone.max(LOWEST_ALONE * ratios)) };
    let height = (writer.look.height / 3.0).min(room / ratios.max(f64::EPSILON));
    if is_pair && height < LOWEST_PAIR {
        pair.chunks(1).for_each(|one| row(writer, one, alone));
        return;
    }
    let lowest = shapes.iter().map(|shape| shape.most).fold(f64::INFINITY, f64::min);
    let sizes: Vec<(f64, f64)> = shapes
        .iter()
        .map(|shape| {
            let height = if lowest >= LEAST_PART * height { height.min(lowest) } else { height.min(shape.most) };
            (shape.ratio * height, height)
        })
        .collect();
    match (pair, sizes.as_slice()) {
        ([photo], [size]) => {
            let picture = picture(writer, photo, *size).keep_next(!photo.caption.is_empty());
            writer.add(picture);
            if !photo.caption.is_empty() {
                writer.add(caption(photo));
            }
        }
        _ => side_by_side(writer, pair, &sizes),
    }
}

fn shape(writer: &Writer<'_>, photo: &PhotoView) -> Shape {
    let tallest = writer.look.height / 3.0;
    let known = photo.path.as_ref().and_then(|path| writer.photos.get(path));
    known.map_or(Shape { ratio: 4.0 / 3.0, most: tallest }, |picture| {
        let (wide, high) = (f64::from(picture.width.max(1)), f64::from(picture.height.max(1)));
        let most = if picture.is_drawing { tallest } else { tallest.min(LARGEST_PIXEL * high) };
        Shape { ratio: wide / high, most }
    })
}

fn caption(photo: &PhotoView) -> Paragraph {
    said(PICTURE_CAPTION, &photo.caption, PLAIN)
}

/// The picture in a paragraph as high as it is.
fn picture(writer: &mut Writer<'_>, photo: &PhotoView, (width, height): (f64, f64)) -> Paragraph {
    let line = LineSpacing::new()
        .before(u32::try_from(twips(0.3 * writer.look.pitch)).unwrap_or(0))
        .after(60)
        .line(240)
        .line_rule(LineSpacingType::Auto);
    let paragraph = Paragraph::new().style(PICTURE).line_spacing(line);
    let known = photo.path.as_ref().and_then(|path| writer.photos.get(path));
    let Some(WordPicture { bytes, name, width: pixels, height: lines, .. }) = known else {
        return paragraph.add_run(run(&format!("（写真：{}）", photo.alt), faulty(true)));
    };
    let emu = |length: f64| u32::try_from(twips(length)).unwrap_or(0).saturating_mul(EMU);
    let id = format!("picture{}", writer.told.len() + 1);
    let pic = Pic::new_with_dimensions(bytes.clone(), *pixels, *lines).id(id).size(emu(width), emu(height));
    let alt = if photo.alt.is_empty() { "写真" } else { photo.alt.as_str() };
    let told = ToldPicture { alt: clean(alt), file: clean(name), is_of_case: false };
    writer.told.push(told);
    paragraph.add_run(Run::new().add_image(pic))
}

/// Two pictures stand in a table without rules.
fn side_by_side(writer: &mut Writer<'_>, pair: &[PhotoView], sizes: &[(f64, f64)]) {
    let least = 8.0 * writer.look.table;
    let widths: Vec<f64> = sizes.iter().map(|(width, _)| width.max(least) + GAP / 2.0).collect();
    let cells = pair.iter().zip(sizes).zip(&widths).map(|((photo, size), width)| {
        let picture = picture(writer, photo, *size);
        let cell = TableCell::new().vertical_align(VAlignType::Bottom).width(plain_twips(*width), WidthType::Dxa);
        let captioned = photo.caption.is_empty();
        let cell = cell.add_paragraph(picture.keep_next(!captioned));
        if captioned { cell } else { cell.add_paragraph(caption(photo)) }
    });
    let row = TableRow::new(cells.collect()).cant_split();
    let table = Table::without_borders(vec![row])
        .set_grid(widths.iter().map(|width| plain_twips(*width)).collect())
        .width(plain_twips(widths.iter().sum()), WidthType::Dxa)
        .align(TableAlignmentType::Center)
        .layout(TableLayoutType::Fixed);
    writer.add_table(table);
}
