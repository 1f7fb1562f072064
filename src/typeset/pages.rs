//! The pages of a document for a screen: their pictures, their text with its places, and what tells one from another.

use std::hash::{Hash, Hasher};

use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::model::Numbering;
use typst::utils::hash128;
use typst_layout::{Page, PagedDocument};
use typst_svg::{SvgOptions, svg};

/// The pages of one state of a report.
#[derive(Debug, Clone)]
pub struct Pages {
    document: PagedDocument,
}

/// What a page shows, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub enum PageItem {
    /// A program or chapter begins.
    Anchor {
        name: String,
        y: f64,
    },
    Line(PrintedLine),
}

/// Letters that stand beside each other. In pt from the page's upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedLine {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub text: String,
}

impl Pages {
    pub fn new(document: PagedDocument) -> Self {
        Self { document }
    }

    pub fn document(&self) -> &PagedDocument {
        &self.document
    }

    pub fn count(&self) -> usize {
        self.document.pages().len()
    }

    fn page(&self, index: usize) -> Option<&Page> {
        self.document.pages().get(index)
    }

    /// Width and height in pt.
    pub fn size(&self, index: usize) -> (f64, f64) {
        self.page(index).map_or((0.0, 0.0), |page| (page.frame.width().to_pt(), page.frame.height().to_pt()))
    }

    /// The number that is printed on the page.
    pub fn number(&self, index: usize) -> u64 {
        self.page(index).map_or(0, |page| page.number)
    }

    /// The number as it is printed: 22, iv; empty for a page that has none.
    pub fn label(&self, index: usize) -> String {
        let Some((page, numbering)) = self.page(index).and_then(|page| Some((page, page.numbering.as_ref()?))) else {
            return String::new();
        };
        let printed = match numbering {
            Numbering::Pattern(pattern) => pattern.apply(None, &[page.number]).ok(),
            Numbering::Func(_) => None,
        };
        printed.map_or_else(|| page.number.to_string(), |printed| printed.to_string())
    }

    /// Equal for pages that are equal in everything, unseen marks included. Quick for what was laid out before.
    pub fn identity(&self, index: usize) -> u128 {
        self.page(index).map_or(0, hash128)
    }

    /// Equal for pages that look the same.
    pub fn look(&self, index: usize) -> u128 {
        self.page(index).map_or(0, |page| hash128(&(&page.fill, Visible(&page.frame))))
    }

    /// The page as a picture.
    pub fn svg(&self, index: usize) -> Option<String> {
        self.page(index).map(|page| svg(page, &SvgOptions::default()))
    }

    /// What the page shows.
    pub fn printed(&self, index: usize) -> Vec<PageItem> {
        let mut printed = Vec::new();
        if let Some(page) = self.page(index) {
            collect(&page.frame, Transform::identity(), &mut printed);
        }
        printed
    }
}

/// A frame without its unseen marks.
struct Visible<'a>(&'a Frame);

impl Hash for Visible<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.size().hash(state);
        for (place, item) in self.0.items() {
            match item {
                FrameItem::Tag(_) => continue,
                FrameItem::Group(group) => {
                    (group.transform, &group.clip).hash(state);
                    Visible(&group.frame).hash(state);
                }
                FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) => {
                    item.hash(state);
                }
            }
            place.hash(state);
        }
    }
}

fn collect(frame: &Frame, transform: Transform, printed: &mut Vec<PageItem>) {
    for (place, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                let moved = transform.pre_concat(Transform::translate(place.x, place.y));
                collect(&group.frame, moved.pre_concat(group.transform), printed);
            }
            FrameItem::Text(text) => {
                let start = place.transform(transform);
                let size = text.size.to_pt();
                push_text(
                    PrintedLine {
                        x: start.x.to_pt(),
                        // From the top of a full-width letter to its foot: the places are those of its baseline.
                        y: start.y.to_pt() - 0.88 * size,
                        width: text.width().to_pt(),
                        height: size,
                        text: text.text.to_string(),
                    },
                    printed,
                );
            }
            FrameItem::Tag(Tag::Start(element, _)) => {
                if let Some(label) = element.label() {
                    let y = Point::transform(*place, transform).y.to_pt();
                    printed.push(PageItem::Anchor { name: label.resolve().to_string(), y });
                }
            }
            FrameItem::Tag(Tag::End(..)) | FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) => {}
        }
    }
}

/// Runs that follow each other without a gap make one line.
fn push_text(run: PrintedLine, printed: &mut Vec<PageItem>) {
    if let Some(PageItem::Line(last)) = printed.last_mut() {
        let is_level = (last.y + last.height - run.y - run.height).abs() < 0.3 * run.height;
        let gap = run.x - last.x - last.width;
        if is_level && gap > -0.6 * run.height && gap < 0.6 * run.height {
            last.text.push_str(&run.text);
            last.width = run.x + run.width - last.x;
            let top = last.y.min(run.y);
            last.height = (last.y + last.height).max(run.y + run.height) - top;
            last.y = top;
            return;
        }
    }
    printed.push(PageItem::Line(run));
}
