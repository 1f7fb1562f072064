//! Which files of a folder a task made: those that were not there before it, or are others now.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::load::is_left_over;

/// A folder of what was made has one more folder in it, for letters.
const DEPTH: usize = 2;

/// What a command makes: nothing else that comes to lie in the folder meanwhile is offered to be opened.
const ENDINGS: [&str; 6] = ["pdf", "csv", "xlsx", "json", "html", "txt"];

/// The plain files of a folder with what tells that one is another now.
pub(super) struct Listing(BTreeMap<PathBuf, (u64, Option<SystemTime>)>);

/// Looks at a folder; one that is not there has no files.
pub(super) fn list(folder: &Path) -> Listing {
    let mut files = BTreeMap::new();
    let mut level = vec![folder.to_path_buf()];
    for _ in 0..DEPTH {
        let entries = level.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
        let mut next = Vec::new();
        for entry in entries {
            let Ok(data) = entry.metadata() else { continue };
            if data.is_dir() {
                next.push(entry.path());
            } else if data.is_file() && is_made(&entry.path()) && !is_left_over(&entry.file_name().to_string_lossy()) {
                files.insert(entry.path(), (data.len(), data.modified().ok()));
            }
        }
        level = next;
    }
    Listing(files)
}

fn is_made(path: &Path) -> bool {
    path.extension().is_some_and(|own| ENDINGS.iter().any(|ending| own.eq_ignore_ascii_case(ending)))
}

impl Listing {
    /// The files that are new since then.
    pub(super) fn since(self, before: &Self) -> Vec<PathBuf> {
        self.0.into_iter().filter(|(path, look)| before.0.get(path) != Some(look)).map(|(path, _)| path).collect()
    }
}
