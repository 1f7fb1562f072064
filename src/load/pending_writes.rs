//! Files that an editor may be about to write: emptied, or taken away, a moment ago.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::{Content, RawFile};

/// How long a file that an editor has emptied or taken away keeps its last content.
pub(super) const SAVING: Duration = Duration::from_millis(100);
/// What was taken away together is given up together.
const TOGETHER: Duration = Duration::from_millis(30);

/// Files that an editor may be about to write.
pub(super) struct PendingWrites {
    pub(super) before: BTreeMap<String, Instant>,
    pub(super) now: BTreeMap<String, Instant>,
    pub(super) at: Instant,
}

impl PendingWrites {
    /// Whether what is missing is young enough to be waited for.
    pub(super) fn opens(&mut self, name: &str) -> bool {
        let since = self.before.get(name).copied().unwrap_or(self.at);
        let is_young = self.at.duration_since(since) < SAVING - TOGETHER;
        if is_young {
            self.now.insert(name.to_string(), since);
        }
        is_young
    }

    /// The new content, or the last one while a file has just become empty or cannot be opened.
    pub(super) fn bridge(&mut self, known: Option<&RawFile>, new: RawFile) -> RawFile {
        let is_gap = match &new.content {
            Content::Text(text) => text.is_empty(),
            Content::Unreadable(_) => true,
            Content::Undecodable(_) | Content::TooLarge { .. } | Content::TxtAdded => false,
        };
        let had_text = |known: &&RawFile| matches!(&known.content, Content::Text(text) if !text.is_empty());
        match known.filter(|known| is_gap && had_text(known) && self.opens(&new.path)) {
            Some(known) => known.clone(),
            None => new,
        }
    }
}
