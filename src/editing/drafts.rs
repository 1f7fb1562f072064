//! What was typed and not saved yet, in the user's own folder for such things: a page may be closed, a browser may fail.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::versions::mark_of;
use crate::load::{MAX_FILE_BYTES, read_bounded, write_whole};

/// More are none that a person left.
const MOST: usize = 1_000;
/// Two texts of the largest size, as JSON may write them
const LONGEST: u64 = 12 * MAX_FILE_BYTES;

/// A text that was typed into a stretch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Of the box that it was typed into: letters and digits
    pub id: String,
    pub file: String,
    pub seen: String,
    pub stretch: Range<usize>,
    pub text: String,
    /// The whole file as the box saw it; nothing where nobody knows it any more
    pub before: Option<String>,
}

/// The drafts of one report.
pub struct Drafts {
    folder: PathBuf,
}

impl Drafts {
    /// `home`: the user's folder for what programs keep; `root`: the report's.
    pub fn new(home: &Path, root: &Path) -> Self {
        let real = fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
        Self { folder: home.join("drafts").join(mark_of(real.to_string_lossy().as_bytes())) }
    }

    fn path_of(&self, id: &str) -> Option<PathBuf> {
        let is_right = !id.is_empty() && id.len() <= 40 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_right.then(|| self.folder.join(format!("{id}.json")))
    }

    /// Keeps a draft in the place of the one of the same box.
    ///
    /// # Errors
    /// `InvalidInput` for an id that is none, and the operating system's.
    pub fn keep(&self, draft: &Draft) -> io::Result<()> {
        let path = self.path_of(&draft.id).ok_or(io::ErrorKind::InvalidInput)?;
        make_own(&self.folder)?;
        let mut draft = draft.clone();
        if draft.before.is_none() {
            draft.before = read(&path).filter(|known| known.seen == draft.seen).and_then(|known| known.before);
        }
        write_whole(&path, &serde_json::to_vec(&draft)?)
    }

    /// Forgets a draft that was saved or taken back.
    ///
    /// # Errors
    /// The operating system's.
    pub fn forget(&self, id: &str) -> io::Result<()> {
        let Some(path) = self.path_of(id) else { return Ok(()) };
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The drafts that are left, in the order of their files. One that cannot be read is not touched.
    pub fn left(&self) -> Vec<Draft> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let paths = paths.filter(|path| path.extension().is_some_and(|ending| ending == "json")).take(MOST);
        let mut drafts: Vec<Draft> = paths.filter_map(|path| read(&path)).collect();
        drafts.sort_by(|one, other| (&one.file, one.stretch.start).cmp(&(&other.file, other.stretch.start)));
        drafts
    }
}

fn read(path: &Path) -> Option<Draft> {
    serde_json::from_slice(&read_bounded(path, LONGEST).ok()??).ok()
}

/// A folder that only its owner may look into.
#[cfg(unix)]
fn make_own(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_own(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(id: &str, text: &str) -> Draft {
        Draft {
            id: id.to_string(),
            file: "一.jigyo".to_string(),
            seen: "1".to_string(),
            stretch: 0..3,
            text: text.to_string(),
            before: Some("あ\n".to_string()),
        }
    }

    #[test]
    fn a_draft_stays_until_it_is_forgotten() -> io::Result<()> {
        let home = tempfile::tempdir()?;
        let root = tempfile::tempdir()?;
        let drafts = Drafts::new(home.path(), root.path());
        drafts.keep(&draft("a1", "い"))?;
        drafts.keep(&draft("a1", "いう"))?;
        drafts.keep(&draft("b2", "え"))?;
        let texts = |drafts: &Drafts| drafts.left().into_iter().map(|draft| draft.text).collect::<Vec<_>>();
        // Another run of the program, and another report
        assert_eq!(texts(&Drafts::new(home.path(), root.path())).len(), 2);
        assert_eq!(texts(&Drafts::new(home.path(), home.path())).len(), 0);
        drafts.forget("a1")?;
        drafts.forget("a1")?;
        assert_eq!(texts(&drafts), ["え"]);
        for id in ["", "..", "a/b", "あ"] {
            assert!(drafts.keep(&draft(id, "お")).is_err(), "{id}");
        }
        Ok(())
    }
}
