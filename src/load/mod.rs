//! The only reader and writer of files; bytes to text and text to bytes.
//!
//! `Disk` is the door to a report's folder: the real one is `Folder`, tests use one in memory. Knows nothing of the
//! language: which file is a report, a chapter or a program is found out above.

mod cached_folder;
mod changed_paths;
mod composed;
mod decode;
mod device_name;
mod encode;
mod entries;
mod exchange;
mod folder;
mod hash;
mod lock;
mod memory;
mod other_reports;
mod pending_writes;
mod photograph;
mod plain_file;
mod query;
mod reason;
mod rewrite;
mod stamp;
mod write;

pub use cached_folder::{CachedFolder, Refreshed};
pub use changed_paths::ChangedPaths;
pub use composed::ComposedText;
pub use decode::{DecodeError, compose_voiced_kana, decode};
pub use device_name::is_device_name;
pub use encode::{in_cp932, to_cp932};
pub use folder::Folder;
pub use hash::{fingerprint, fnv};
pub use memory::Memory;
pub use photograph::{ContentHash, Photograph};
pub use plain_file::{read_beginning, read_bounded};
pub use reason::explain_io;
pub use rewrite::{RewriteError, rewrite};
pub use write::{Replaced, create_new, is_left_over, make_folder_whole, replace, write_one_of_many, write_whole};

use std::borrow::Cow;
use std::sync::Arc;

use crate::source::with_slashes;

/// A text larger than this is refused unread (language.md §6).
pub const MAX_FILE_BYTES: u64 = 5 * 1024 * 1024;
/// A CSV file larger than this is refused.
pub const MAX_TABLE_BYTES: u64 = 32 * 1024 * 1024;
/// A picture larger than this is refused unread.
pub const MAX_PICTURE_BYTES: u64 = 64 * 1024 * 1024;
/// The files of `fonts/` are read up to this sum; a face of every kanji has some 20 MB.
pub const MAX_FONTS_BYTES: u64 = 256 * 1024 * 1024;

/// A `.jigyo` file as it lies in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawFile {
    /// Relative to the report's folder, with `/`.
    pub path: String,
    pub content: Content,
}

/// What reading a file gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Text(Arc<str>),
    Undecodable(DecodeError),
    TooLarge {
        bytes: u64,
    },
    /// Notepad put `.txt` behind the name.
    TxtAdded,
    /// The operating system's reason.
    Unreadable(String),
}

/// Why a file that the report names cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadError {
    NotFound,
    /// Absolute, or outside the report after following links.
    Outside,
    TooLarge,
    Unreadable,
}

/// Why a table cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableError {
    Read(ReadError),
    Undecodable(DecodeError),
}

/// Where a report's files come from.
pub trait Disk {
    /// Every `.jigyo` file that belongs to the folder, in the default order of names.
    fn read_texts(&self) -> std::io::Result<Vec<RawFile>>;

    /// A file of at most `limit` bytes, named from the folder (relative to the report, with `/`) of the file that names it.
    fn read(&self, folder: &str, name: &str, limit: u64) -> Result<Arc<[u8]>, ReadError>;

    /// A photograph of 【写真】, named as in `read`; its bytes only where it is not the one of the mark `known`: they are many,
    /// and of a photograph that is known nobody needs them.
    fn read_photograph(&self, folder: &str, name: &str, known: Option<ContentHash>) -> Result<Photograph, ReadError> {
        Ok(Photograph::new(self.read(folder, name, MAX_PICTURE_BYTES)?, known))
    }

    /// The text of a CSV file that a field of 【報告書】 names.
    fn read_table(&self, name: &str) -> Result<String, TableError> {
        let bytes = self.read("", name, MAX_TABLE_BYTES).map_err(TableError::Read)?;
        decode(&bytes).map_err(TableError::Undecodable)
    }

    /// Every `.jigyo` file of another report, by its folder as typed, from this one. Nothing else is read outside.
    fn read_report(&self, folder: &str) -> std::io::Result<Vec<RawFile>>;

    /// Names of the plain files in a folder of the report, sorted; empty where it is not there.
    fn list(&self, folder: &str) -> Vec<String>;

    /// Names of the folders in a folder of the report, sorted; empty where it is not there.
    fn folders(&self, folder: &str) -> Vec<String>;
}

/// Whether a file or folder name is one that is never entered: `out`, `_…`, `.…`.
pub fn is_skipped_folder(name: &str) -> bool {
    name.eq_ignore_ascii_case("out") || is_hidden(name)
}

/// Names that begin with `_` or `.` are the officer's own, or a Mac's.
fn is_hidden(name: &str) -> bool {
    name.starts_with(['_', '.'])
}

/// A name or path as a line of text may hold it: signs that a terminal obeys, or that turn the direction of what
/// follows, stand as 〓.
pub fn shown(name: &str) -> Cow<'_, str> {
    if name.chars().any(is_command) { name.replace(is_command, "〓").into() } else { name.into() }
}

fn is_command(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a path from a report's folder, with `/`, is one of the texts that are read.
pub fn is_read(path: &str) -> bool {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop().is_some_and(is_jigyo) && !parts.into_iter().any(is_skipped_folder)
}

fn is_jigyo(name: &str) -> bool {
    !is_hidden(name)
        && name.len() > 6
        && name.get(name.len() - 6..).is_some_and(|ending| ending.eq_ignore_ascii_case(".jigyo"))
}

/// `\` and `¥` as `/`; nothing for a path that is absolute or that climbs above its start.
fn clean_relative(base: &str, name: &str) -> Option<String> {
    let name = with_slashes(name);
    if name.starts_with('/') || name.contains(':') || name.contains('\0') {
        return None;
    }
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// `事業.jigyo.txt`: what Notepad makes of a name where all kinds of file are not chosen.
fn has_txt_added(name: &str) -> bool {
    let stem = name.len().checked_sub(4).and_then(|at| name.split_at_checked(at));
    stem.is_some_and(|(stem, ending)| ending.eq_ignore_ascii_case(".txt") && is_jigyo(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_names_stay_inside() {
        assert_eq!(clean_relative("01_人材", "写真\\会場.jpg").as_deref(), Some("01_人材/写真/会場.jpg"));
        assert_eq!(clean_relative("01_人材", "../a¥b.png").as_deref(), Some("a/b.png"));
        assert_eq!(clean_relative("01_人材", "../../b.png"), None);
        assert_eq!(clean_relative("", "/etc/passwd"), None);
        assert_eq!(clean_relative("", "C:\\a.png"), None);
    }

    #[test]
    fn the_ending_is_known_in_any_case() {
        assert!(is_jigyo("あ.JIGYO") && is_jigyo("a.jigyo"));
        assert!(!is_jigyo(".jigyo") && !is_jigyo("a.jigyo.txt"));
    }
}
