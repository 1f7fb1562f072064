//! What may have changed: what the system said, or all that is to be looked at.

use std::collections::BTreeSet;
use std::path::Path;

use super::compose_voiced_kana;

/// What may have changed: names of files and folders, wherever they lie.
#[derive(Debug, Clone, Default)]
pub struct ChangedPaths {
    everything: bool,
    texts: bool,
    names: BTreeSet<String>,
}

impl ChangedPaths {
    pub fn everything() -> Self {
        Self { everything: true, ..Self::default() }
    }

    /// Manuscripts and lists, whatever their sizes and times say: some programs put a file's time back when they saved it,
    /// and a file that has a second name elsewhere is written there without a notice. Pictures are too large for that.
    pub fn texts() -> Self {
        Self { texts: true, ..Self::default() }
    }

    pub fn add(&mut self, path: &Path) {
        if let Some(name) = path.file_name() {
            self.names.insert(plain(&name.to_string_lossy()));
        }
    }

    /// Whether a file or a folder of the path was named. Asked for every file on every look: it makes no copies.
    pub(super) fn holds(&self, path: &str) -> bool {
        let is_named = |part: &str| {
            let mut names = self.names.iter();
            names.any(|name| part.chars().flat_map(char::to_lowercase).eq(name.chars()))
        };
        self.everything || (self.texts && is_text(path)) || path.split(['/', '\\']).any(is_named)
    }
}

fn is_text(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| ["jigyo", "csv"].iter().any(|text| ending.eq_ignore_ascii_case(text)))
}

/// A name as disks compare it: some keep か + ゛ apart, some do not tell A from a.
fn plain(name: &str) -> String {
    compose_voiced_kana(name.to_string()).to_lowercase()
}
