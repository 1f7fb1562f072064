//! Which files of a folder a task made: those that were not there before it, or are others now.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::web_folder::LIST as EDITION_LIST;
use crate::load::is_left_over;

/// A folder of what was made has one more folder in it, for letters.
const DEPTH: usize = 2;

/// What a command makes: nothing else that comes to lie in the folder meanwhile is offered to be opened.
const ENDINGS: [&str; 7] = ["pdf", "csv", "xlsx", "docx", "json", "html", "txt"];

/// What tells that a file is another now: its length and its time.
type Look = (u64, Option<SystemTime>);

/// The plain files of a folder.
pub(super) struct Listing(BTreeMap<PathBuf, Look>);

/// Looks at a folder; one that is not there has no files.
pub(super) fn list(folder: &Path) -> Listing {
    let mut files = BTreeMap::new();
    let mut level = vec![folder.to_path_buf()];
    for _ in 0..DEPTH {
        let mut next = Vec::new();
        for folder in level {
            match edition(&folder) {
                Some((front, look)) => drop(files.insert(front, look)),
                None => look_into(&folder, &mut files, &mut next),
            }
        }
        level = next;
    }
    Listing(files)
}

fn look_into(folder: &Path, files: &mut BTreeMap<PathBuf, Look>, next: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(data) = entry.metadata() else { continue };
        if data.is_dir() {
            next.push(entry.path());
        } else if data.is_file() && is_made(&entry.path()) && !is_left_over(&entry.file_name().to_string_lossy()) {
            files.insert(entry.path(), (data.len(), data.modified().ok()));
        }
    }
}

/// Of a web edition the front page is enough; the list of its files is written each time.
fn edition(folder: &Path) -> Option<(PathBuf, Look)> {
    let data = fs::metadata(folder.join(EDITION_LIST)).ok()?;
    let front = folder.join("index.html");
    front.is_file().then_some((front, (data.len(), data.modified().ok())))
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
