//! Paragraphs, items, bullets and notes of one section.

use super::align::{AlignedItem, align};
use super::cut::cut;
use super::order::{Listed, Order, stands_at};
use super::scope::{Scope, Seen};
use super::side::Side;
use super::words::Extent;
use crate::model::Block;
use crate::source::Span;
use crate::view::{BlockKind, BlockView};

/// A section's blocks as they are printed.
struct PrintedBlock {
    views: Vec<BlockView>,
    spans: Vec<Span>,
    names: Vec<String>,
}

impl PrintedBlock {
    fn new(side: &Side<'_>, blocks: &[Block], heading: Span) -> Self {
        let views = side.builder.blocks(blocks);
        Self {
            names: names(&views),
            views,
            spans: blocks.iter().map(|block| block.span().unwrap_or(heading)).collect(),
        }
    }

    fn items(&self) -> Vec<AlignedItem> {
        // An item stays the same when another one before it changes its number.
        let text = |view: &BlockView| match view.kind {
            BlockKind::Item => format!("( ){}", view.text),
            BlockKind::Paragraph | BlockKind::Subheading | BlockKind::Bullet | BlockKind::Note => with_marker(view),
        };
        self.views.iter().map(|view| AlignedItem { key: text(view), text: view.text.clone() }).collect()
    }

    fn get(&self, at: Option<usize>) -> Option<(&BlockView, Span)> {
        at.and_then(|at| self.views.get(at).zip(self.spans.get(at).copied()))
    }

    fn name(&self, at: usize) -> String {
        self.names.get(at).cloned().unwrap_or_default()
    }

    /// A block by its first words.
    fn listed(&self, at: usize) -> Option<Listed> {
        let (view, span) = self.get(Some(at))?;
        Some(Listed { name: cut(&view.text, true, false), place: self.name(at), span })
    }

    /// The whole section as one text.
    fn whole(&self) -> Option<Seen> {
        let lines: Vec<String> = self.views.iter().map(with_marker).collect();
        self.spans.first().map(|span| Seen::new(lines.join("\n"), *span))
    }
}

/// (2), (2)の※, 3段落目
fn names(views: &[BlockView]) -> Vec<String> {
    let (mut paragraphs, mut item) = (0, None);
    let name = |view: &BlockView| {
        let own = match view.kind {
            BlockKind::Paragraph => {
                (paragraphs, item) = (paragraphs + 1, None);
                return format!("{paragraphs}段落目");
            }
            BlockKind::Item => {
                item = Some(view.marker.clone());
                return view.marker.clone();
            }
            BlockKind::Subheading => "小見出し",
            BlockKind::Bullet | BlockKind::Note => view.marker.as_str(),
        };
        item.as_ref().map_or_else(|| own.to_string(), |item| format!("{item}の{own}"))
    };
    views.iter().map(name).collect()
}

fn with_marker(view: &BlockView) -> String {
    format!("{}{}", view.marker, view.text)
}

/// `section` is how the place is named; `heading` where it stands when it has no block. A section that one of the states
/// has not at all is one change.
pub(super) fn compare_blocks(scope: &mut Scope<'_>, section: &str, (old, new): (&[Block], &[Block]), heading: Span) {
    let (old, new) = (PrintedBlock::new(scope.old, old, heading), PrintedBlock::new(scope.new, new, heading));
    if old.views.is_empty() || new.views.is_empty() {
        scope.differ(section, old.whole(), new.whole(), Extent::Near);
        return;
    }
    let pairs = align(&old.items(), &new.items(), true);
    scope.order(
        (section, &format!("{section}文の順")),
        &Order::of_pairs(&pairs),
        (&|at| old.listed(at), &|at| new.listed(at)),
    );
    let mut last: Option<&BlockView> = None;
    for pair in pairs {
        let name = match (pair.new, pair.old) {
            (Some(new_at), _) => new.name(new_at),
            (None, Some(old_at)) => old.name(old_at),
            (None, None) => continue,
        };
        let (before, after) = (old.get(pair.old), new.get(pair.new));
        let spot = format!("{section}{name}");
        // The number of an item that stayed is in the name of the place.
        let is_item = |found: Option<(&BlockView, Span)>| found.is_some_and(|(view, _)| view.kind == BlockKind::Item);
        let both_items = is_item(before) && is_item(after);
        let seen = |found: Option<(&BlockView, Span)>| {
            found.map(|(view, span)| Seen::new(if both_items { view.text.clone() } else { with_marker(view) }, span))
        };
        let change = scope.differ(spot, seen(before), seen(after), Extent::Near);
        match (before, change, last) {
            (Some((view, _)), _, _) => last = Some(view),
            // What is new goes behind the block before it.
            (None, Some(change), Some(last)) => stands_at(change, &cut(&last.text, false, true)),
            (None, _, _) => {}
        }
    }
}
