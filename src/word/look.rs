//! Measures, faces and greys of the Word edition: those of `templates/official/look.typ`, so that both have the same pages.
//!
//! Lengths are in pt. Word wants twentieths of a pt (`twips`), half points for letters and eighths for rules.

use crate::view::{ArrangementView, LayoutView, ListShapeView};

pub(super) const MINCHO: &str = "BIZ UDMincho Medium";
pub(super) const GOTHIC: &str = "BIZ UDGothic";
pub(super) const GREY: &str = "E6E6E6";
pub(super) const BAR_GREY: &str = "737373";
pub(super) const RED: &str = "C8102E";
pub(super) const BLACK: &str = "000000";
/// Rules, in eighths of a pt
pub(super) const RULE: usize = 4;
pub(super) const HEAVY_RULE: usize = 8;

const MM: f64 = 72.0 / 25.4;
/// Where the form says nothing of 本文
const BODY_SIZE: f64 = 10.5;

#[derive(Debug, Clone)]
pub(super) struct Look {
    pub(super) body: f64,
    /// From one line to the next
    pub(super) pitch: f64,
    /// Letters of tables
    pub(super) table: f64,
    pub(super) page_width: f64,
    pub(super) page_height: f64,
    pub(super) top: f64,
    /// Of the text
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) arrangement: ArrangementView,
    pub(super) list: ListShapeView,
}

impl Look {
    pub(super) fn of(layout: &LayoutView) -> Self {
        let body = layout.body_size.unwrap_or(BODY_SIZE);
        let pitch = 1.75 * body;
        let (page_width, page_height) = (layout.width * MM, layout.height * MM);
        let is_small = layout.width.min(layout.height) < 200.0;
        let (margin, bottom) = if is_small { (20.0 * MM, 24.0 * MM) } else { (25.0 * MM, 28.0 * MM) };
        let characters = ((page_width - 2.0 * margin) / body).floor();
        let lines = ((page_height - margin - bottom - body) / pitch).floor();
        Self {
            body,
            pitch,
            table: (9.5 * body / BODY_SIZE).max(7.5),
            page_width,
            page_height,
            top: margin,
            width: characters * body,
            height: lines * pitch + body,
            arrangement: layout.arrangement,
            list: layout.list,
        }
    }

    /// Letters of other sizes grow with those of the text.
    pub(super) fn zoomed(&self, size: f64) -> f64 {
        size * self.body / BODY_SIZE
    }

    /// Between two lines in a cell
    pub(super) fn table_line(&self, size: f64) -> f64 {
        1.45 * size
    }

    pub(super) fn side(&self) -> f64 {
        (self.page_width - self.width) / 2.0
    }

    /// A sheet that lies on its side is as wide as a table needs.
    pub(super) fn turns(&self) -> bool {
        self.page_width < self.page_height
    }

    /// Width of the text on a page turned sideways
    pub(super) fn turned_width(&self) -> f64 {
        self.height
    }
}

pub(super) fn twips(length: f64) -> i32 {
    // Lengths of a page: far from the ends of the range.
    #[allow(clippy::cast_possible_truncation, reason = "lengths of a page")]
    let twips = (length * 20.0).round() as i32;
    twips
}

/// A length that is never less than nothing.
pub(super) fn plain_twips(length: f64) -> usize {
    usize::try_from(twips(length)).unwrap_or(0)
}

pub(super) fn half_points(size: f64) -> usize {
    plain_twips(size).div_ceil(10)
}

/// Half an em for ASCII, one for others.
pub(super) fn ems(text: &str) -> f64 {
    let halves: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    // A text of 2^52 letters there is not.
    #[allow(clippy::cast_precision_loss, reason = "lengths of texts")]
    let ems = halves as f64 / 2.0;
    ems
}

/// The longest line of a text
pub(super) fn widest(text: &str) -> f64 {
    text.split('\n').map(ems).fold(0.0, f64::max)
}
