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

    pub(super) fn holds(&self, path: &Path) -> bool {
        self.everything
            || path.components().any(|part| self.names.contains(&plain(&part.as_os_str().to_string_lossy())))
    }
}

/// A name as disks compare it: some keep か + ゛ apart, some do not tell A from a.
fn plain(name: &str) -> String {
    compose_voiced_kana(name.to_string()).to_lowercase()
}
