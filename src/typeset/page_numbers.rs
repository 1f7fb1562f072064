//! Whether each page shows its number. A template whose foot was changed, or whose margin has no room for it, would otherwise lose
//! the numbers that 目次, the list and the index lead to, and nobody would be told.

use typst::layout::{Frame, FrameItem, Point, Transform};

use super::PagedDocument;
use super::pages::Pages;

/// A number stands in a margin: within this part of the page from one of its edges.
const EDGE: f64 = 0.2;

/// The first page that should have a number and shows none, with that number. A page without `numbering` has none.
pub(super) fn page_without_number(document: &PagedDocument) -> Option<(usize, String)> {
    let pages = Pages::new(document.clone());
    document.pages().iter().enumerate().find_map(|(index, page)| {
        let label = pages.label(index);
        let is_shown = label.is_empty() || shows(&page.frame, Transform::identity(), pages.size(index), &label);
        (!is_shown).then_some((index, label))
    })
}

/// Whether the number stands at an edge of the page, by itself or beside marks (- 12 -, 12頁). The last things first: a foot is
/// among them.
fn shows(frame: &Frame, transform: Transform, page: (f64, f64), label: &str) -> bool {
    frame.items().rev().any(|(place, item)| match item {
        FrameItem::Group(group) => {
            let moved = transform.pre_concat(Transform::translate(place.x, place.y));
            shows(&group.frame, moved.pre_concat(group.transform), page, label)
        }
        FrameItem::Text(text) => is_at_edge(place.transform(transform), page) && stands_in(&text.text, label),
        FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => false,
    })
}

fn is_at_edge(place: Point, (width, height): (f64, f64)) -> bool {
    let is_on_page = |at: f64, whole: f64| at >= 0.0 && at <= whole;
    let is_near = |at: f64, whole: f64| at <= EDGE * whole || at >= (1.0 - EDGE) * whole;
    let (x, y) = (place.x.to_pt(), place.y.to_pt());
    is_on_page(x, width) && is_on_page(y, height) && (is_near(x, width) || is_near(y, height))
}

/// 12 stands in `- 12 -`, but not in `1,128` or `112`.
fn stands_in(text: &str, label: &str) -> bool {
    let goes_on = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == ',' || c == '.');
    text.match_indices(label).any(|(start, found)| {
        let (before, after) = (text.get(..start), text.get(start + found.len()..));
        !goes_on(before.and_then(|before| before.chars().next_back()))
            && !goes_on(after.and_then(|after| after.chars().next()))
    })
}
