//! What the system said has changed.

use std::collections::BTreeSet;
use std::path::Path;

use super::compose_voiced_kana;

/// What the system said has changed: names of files and folders, wherever they lie.
#[derive(Debug, Clone, Default)]
pub struct Touched {
    everything: bool,
    names: BTreeSet<String>,
}

impl Touched {
    pub fn everything() -> Self {
        Self { everything: true, names: BTreeSet::new() }
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
        self.everything || path.split(['/', '\\']).any(is_named)
    }
}

/// A name as disks compare it: some keep か + ゛ apart, some do not tell A from a.
fn plain(name: &str) -> String {
    compose_voiced_kana(name.to_string()).to_lowercase()
}
