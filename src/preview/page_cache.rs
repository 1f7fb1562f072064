//! Pages as they were looked at: a page that is the same is not looked at again.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::typeset::{PageItem, Pages, PrintedLine};
use crate::view::is_anchor;

/// A page with its text and its places.
#[derive(Debug)]
pub(super) struct KnownPage {
    /// Equal for pages that look the same, in 32 letters
    pub(super) hash: String,
    /// Anchors and lines in reading order
    pub(super) printed: Vec<PageItem>,
}

impl KnownPage {
    pub(super) fn lines(&self) -> impl Iterator<Item = &PrintedLine> {
        self.printed.iter().filter_map(|printed| match printed {
            PageItem::Line(line) => Some(line),
            PageItem::Anchor { .. } => None,
        })
    }
}

/// Looks at each page, but at those that were known before only by their identity.
pub(super) fn look_at(pages: &Pages, known: &mut BTreeMap<u128, Arc<KnownPage>>) -> Vec<Arc<KnownPage>> {
    let mut before = std::mem::take(known);
    (0..pages.count())
        .map(|index| {
            let identity = pages.identity(index);
            let page = before.remove(&identity).or_else(|| known.get(&identity).cloned()).unwrap_or_else(|| {
                Arc::new(KnownPage {
                    hash: format!("{:032x}", pages.look(index)),
                    printed: pages.printed(index).into_iter().filter(is_known).collect(),
                })
            });
            known.insert(identity, Arc::clone(&page));
            page
        })
        .collect()
}

fn is_known(printed: &PageItem) -> bool {
    !matches!(printed, PageItem::Anchor { name, .. } if !is_anchor(name))
}
