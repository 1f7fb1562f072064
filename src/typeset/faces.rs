//! Faces: the embedded ones, and those of a report's `fonts/` after them. No system font is ever used.

use std::iter;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, LazyLock};

use ttf_parser::Face;
use typst::foundations::Bytes;
use typst::text::Font;

use super::built_in::fonts;

/// Faces inside the program: every template may use them.
static FACES: LazyLock<Vec<Font>> = LazyLock::new(|| fonts().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect());

/// The same faces' tables of characters alone. To read them costs a hundredth of reading the faces, which `check`,
/// where nothing is set, has no need of.
static TABLES: LazyLock<Vec<Face<'static>>> =
    LazyLock::new(|| fonts().filter_map(|bytes| Face::parse(bytes, 0).ok()).collect());

/// Reads the embedded faces, which takes as long as reading a report's texts: beside that, where pages will be set.
pub fn load_faces() {
    LazyLock::force(&FACES);
}

pub(super) fn embedded() -> &'static [Font] {
    &FACES
}

/// Fonts that lie in a report's own `fonts/`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReportFonts {
    pub(super) fonts: Vec<Font>,
}

impl ReportFonts {
    /// Takes the bytes of font files; what is no font is left out.
    pub fn new(files: impl IntoIterator<Item = Arc<[u8]>>) -> Self {
        Self { fonts: files.into_iter().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect() }
    }

    /// Names of the families, each once, in order.
    pub fn families(&self) -> Vec<String> {
        let mut families: Vec<String> = Vec::new();
        for font in &self.fonts {
            if !families.contains(&font.info().family) {
                families.push(font.info().family.clone());
            }
        }
        families
    }
}

/// Which characters can be printed.
pub struct Coverage<'a> {
    report: &'a ReportFonts,
    /// What was looked up, as the number of a `FaceFound`: a report uses some two thousand characters, each many times.
    known: Vec<AtomicU8>,
}

/// Where a character was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FaceFound {
    /// In the embedded faces, body and headings both
    Embedded = 1,
    /// In a face of the report's alone
    OfReport,
    Nowhere,
}

impl<'a> Coverage<'a> {
    pub fn new(report: &'a ReportFonts) -> Self {
        Self { report, known: iter::repeat_with(AtomicU8::default).take(0x1_0000).collect() }
    }

    /// Whether body and headings both have the character, or a face of the report's has it.
    pub fn has_glyph(&self, c: char) -> bool {
        self.find(c) != FaceFound::Nowhere
    }

    /// Whether the embedded faces have the character.
    pub fn is_embedded(&self, c: char) -> bool {
        self.find(c) == FaceFound::Embedded
    }

    fn find(&self, c: char) -> FaceFound {
        let Some(known) = self.known.get(c as usize) else { return self.look_up(c) };
        let number = known.load(Ordering::Relaxed);
        let before = [FaceFound::Embedded, FaceFound::OfReport, FaceFound::Nowhere];
        before.into_iter().find(|found| *found as u8 == number).unwrap_or_else(|| {
            let found = self.look_up(c);
            known.store(found as u8, Ordering::Relaxed);
            found
        })
    }

    fn look_up(&self, c: char) -> FaceFound {
        if TABLES.iter().all(|face| face.glyph_index(c).is_some_and(|glyph| glyph.0 != 0)) {
            FaceFound::Embedded
        } else if self.report.fonts.iter().any(|font| font.info().coverage.contains(c as u32)) {
            FaceFound::OfReport
        } else {
            FaceFound::Nowhere
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_faces_have_what_offices_write() {
        let fonts = ReportFonts::default();
        let coverage = Coverage::new(&fonts);
        for c in "青森県﨑髙①㈱㎡—△①〓○※・々〇★".chars() {
            assert!(coverage.has_glyph(c), "{c}");
        }
        for c in ['𠮷', '✔', '\u{2060}', '\u{E000}'] {
            assert!(!coverage.has_glyph(c), "{c}");
        }
        assert_eq!(embedded().len(), 3);
    }
}
