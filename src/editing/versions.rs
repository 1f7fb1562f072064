//! Texts of files as pages saw them, by a mark of their bytes.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// All texts together, in bytes: a report's files many times over.
const MOST: usize = 64 * 1024 * 1024;

/// Equal for equal bytes, and for nothing else that happens; the same in every version of the program (FNV-1a).
pub(super) fn mark_of(bytes: &[u8]) -> String {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325, step);
    format!("{hash:016x}-{:x}", bytes.len())
}

/// The mark of a text by which a page knows it that saw no bytes; that of its bytes where they are UTF-8.
pub fn mark_of_text(text: &str) -> String {
    mark_of(text.as_bytes())
}

/// The texts; the oldest are let go.
#[derive(Default)]
pub(super) struct Versions {
    texts: BTreeMap<(String, String), Arc<str>>,
    order: VecDeque<(String, String)>,
    bytes: usize,
}

impl Versions {
    pub(super) fn keep(&mut self, file: &str, mark: &str, text: &str) {
        let key = (file.to_string(), mark.to_string());
        if self.texts.contains_key(&key) {
            return;
        }
        self.bytes += text.len();
        self.texts.insert(key.clone(), text.into());
        self.order.push_back(key);
        while self.bytes > MOST && self.order.len() > 1 {
            let Some(oldest) = self.order.pop_front() else { return };
            self.bytes -= self.texts.remove(&oldest).map_or(0, |text| text.len());
        }
    }

    pub(super) fn text(&self, file: &str, mark: &str) -> Option<Arc<str>> {
        self.texts.get(&(file.to_string(), mark.to_string())).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_are_let_go_and_the_latest_stays() {
        let mut versions = Versions::default();
        let long = "あ".repeat(8 * 1024 * 1024);
        for mark in ["1", "2", "3", "4"] {
            versions.keep("一.jigyo", mark, &long);
        }
        assert!(versions.text("一.jigyo", "1").is_none());
        assert!(versions.text("一.jigyo", "4").is_some() && versions.text("二.jigyo", "4").is_none());
    }
}
