//! How much room the page gives a table, by the paper and the type of the office's form, as `templates/official/look.typ` has it.

use super::layout::LayoutView;
use crate::form::Layout;

/// Width of the page's measure on upright A4 in em of a table's text (9.5 pt on 160 mm), and on such a page turned sideways
/// (242 mm).
const A4: (f64, f64) = (47.7, 72.2);
/// What that is in points: 43 characters of 10.5 pt, and 38 lines with their blanks.
const A4_POINTS: (f64, f64) = (451.5, 690.375);
const BODY: f64 = 10.5;
const TABLE: f64 = 9.5;
const SMALLEST: f64 = 7.5;
const SMALLER: f64 = 8.5;
const POINTS: f64 = 72.0 / 25.4;

/// The rooms of one report's tables.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measure {
    /// Width of the page's text, in em of a table's text
    pub(super) upright: f64,
    /// The same on a page turned sideways
    pub(super) turned: f64,
    /// The smallest type of a table, as a share of its usual one: 7.5 pt
    pub(super) smallest: f64,
    /// The smallest type for which a table stays upright (8.5 pt): a page turned for a few letters is no gain.
    pub(super) smaller: f64,
}

impl Measure {
    pub(super) fn of(layout: Layout) -> Self {
        let LayoutView { width, height, body_size, .. } = LayoutView::from(layout);
        let body = body_size.unwrap_or(BODY);
        let table = (TABLE * body / BODY).max(SMALLEST);
        let is_small = width.min(height) < 200.0;
        let (beside, above) = if is_small { (40.0, 44.0) } else { (50.0, 53.0) };
        let pitch = 1.75 * body;
        let across = ((width - beside) * POINTS / body).floor() * body;
        let down = (((height - above) * POINTS - body) / pitch).floor() * pitch + body;
        let em = |points: f64, (a4, of): (f64, f64)| a4 * (points / of) * (TABLE / table);
        let upright = em(across, (A4.0, A4_POINTS.0));
        // Paper that lies on its side is as wide as it gets.
        let turned = if width > height { upright } else { em(down, (A4.1, A4_POINTS.1)) };
        Self { upright, turned, smallest: (SMALLEST / table).min(1.0), smaller: (SMALLER / table).min(1.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Paper;

    #[test]
    fn the_room_follows_paper_and_type() {
        let of = |paper, body_size| Measure::of(Layout { paper, body_size, ..Layout::default() });
        let a4 = of(Paper::A4, None);
        assert_eq!((a4.upright, a4.turned), A4);
        assert_eq!(of(Paper::A4, Some(105)), a4);
        assert!(of(Paper::A4, Some(140)).upright < a4.upright && of(Paper::B5, None).upright < a4.upright);
        let wide = of(Paper::A3Landscape, None);
        assert!(wide.upright > a4.turned && wide.turned == wide.upright);
        // No table is smaller than 7.5 pt.
        assert_eq!(of(Paper::A4, Some(80)).smallest, 1.0);
    }
}
