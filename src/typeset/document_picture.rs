//! Pictures for documents of other programs, which hold PNG and JPEG: a drawing becomes pixels.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, RgbaImage};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::picture::Picture;

/// Pixels of the longer side of a drawing: sharp on paper at the greatest size.
const DRAWING: f32 = 1_600.0;

/// A picture that other programs can show.
#[derive(Debug, Clone)]
pub struct DocumentPicture {
    /// PNG or JPEG
    pub bytes: Vec<u8>,
    /// In pixels
    pub width: u32,
    pub height: u32,
    /// It was lines and not pixels.
    pub is_drawing: bool,
}

impl Picture {
    /// The picture as it is, or its drawing in pixels. Nothing for one that cannot be drawn, of which none is known.
    pub fn for_document(&self) -> Option<DocumentPicture> {
        if self.extension == "svg" {
            return drawn(self.bytes());
        }
        let reader = ImageReader::new(Cursor::new(self.bytes())).with_guessed_format().ok()?;
        let (width, height) = reader.into_dimensions().ok()?;
        Some(DocumentPicture { bytes: self.bytes().to_vec(), width, height, is_drawing: false })
    }
}

fn drawn(svg: &[u8]) -> Option<DocumentPicture> {
    let tree = Tree::from_data(svg, &Options::default()).ok()?;
    let size = tree.size();
    let scale = DRAWING / size.width().max(size.height());
    let whole = size.to_int_size().scale_by(scale)?;
    let (width, height) = (whole.width(), whole.height());
    let mut pixels = Pixmap::new(width, height)?;
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let image = RgbaImage::from_raw(width, height, pixels.take())?;
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).ok()?;
    Some(DocumentPicture { bytes: bytes.into_inner(), width, height, is_drawing: true })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_drawing_becomes_pixels_of_its_shape() {
        let svg = br##"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#f00"/></svg>"##;
        let drawn = Picture::new(&Arc::from(&svg[..])).unwrap().for_document().unwrap();
        assert_eq!((drawn.width, drawn.height, drawn.is_drawing), (1_600, 800, true));
        let image = image::load_from_memory(&drawn.bytes).unwrap().to_rgb8();
        assert_eq!(image.get_pixel(800, 400).0, [255, 0, 0]);
    }
}
