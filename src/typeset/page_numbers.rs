//! Whether each page shows its number. A template whose foot was changed, or whose margin has no room for it, would otherwise lose
//! the numbers that 目次, the list and the index lead to, and nobody would be told.
//! A text in the last line that looks like the number passes for it: a book without numbers is found on another page.

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use typst::layout::{Frame, FrameItem, Point, Transform};

use super::PagedDocument;
use super::pages::Pages;

/// How far from the edge of the paper a number at the side of the text stands at most, as a part of the page's width.
const SIDE: f64 = 0.06;
/// Lines that are level, in pt.
const LEVEL: f64 = 3.0;

/// The first page that should have a number and shows none, with that number. A page without `numbering` has none.
pub(super) fn page_without_number(document: &PagedDocument) -> Option<(usize, String)> {
    let pages = Pages::new(document.clone());
    document.pages().par_iter().enumerate().find_map_first(|(index, page)| {
        let label = pages.label(index);
        let is_shown = label.is_empty() || shows(&page.frame, pages.size(index), &label);
        (!is_shown).then_some((index, label))
    })
}

/// Whether the number stands in the lowest or the highest line of the page, or at its side: by itself or beside marks (- 12 -, 12頁).
fn shows(frame: &Frame, (width, height): (f64, f64), label: &str) -> bool {
    let mut texts = Vec::new();
    collect(frame, Transform::identity(), &mut texts);
    let is_on_page = |place: &Point| {
        let (x, y) = (place.x.to_pt(), place.y.to_pt());
        (0.0..=width).contains(&x) && (0.0..=height).contains(&y)
    };
    texts.retain(|(place, _)| is_on_page(place));
    let levels = || texts.iter().map(|(place, _)| place.y.to_pt());
    let (highest, lowest) = (levels().fold(height, f64::min), levels().fold(0.0, f64::max));
    texts.iter().any(|(place, text)| {
        let (x, y) = (place.x.to_pt(), place.y.to_pt());
        let is_outside = y >= lowest - LEVEL || y <= highest + LEVEL || x <= SIDE * width || x >= (1.0 - SIDE) * width;
        is_outside && stands_in(text, label)
    })
}

/// All texts of a page, each with the place of its baseline.
fn collect<'a>(frame: &'a Frame, transform: Transform, texts: &mut Vec<(Point, &'a str)>) {
    for (place, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                let moved = transform.pre_concat(Transform::translate(place.x, place.y));
                collect(&group.frame, moved.pre_concat(group.transform), texts);
            }
            FrameItem::Text(text) => texts.push((place.transform(transform), &text.text)),
            FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
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
