//! What a check asks of a folder beside its texts, and the answers.

use std::path::Path;
use std::sync::Arc;

use super::folder::read_at;
use super::photograph::{ContentHash, Photograph};
use super::stamp::Stamp;
use super::{ChangedPaths, Disk, Folder, MAX_PICTURE_BYTES, ReadError, compose_voiced_kana};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Query {
    File { folder: String, name: String, limit: u64 },
    Photograph { folder: String, name: String },
    List(String),
}

#[derive(Debug, Clone)]
pub(super) enum QueryResult {
    File(Option<Stamp>, Result<Arc<[u8]>, ReadError>),
    /// Without its bytes: photographs are many and large.
    Photograph(Option<Stamp>, Result<ContentHash, ReadError>),
    List(Vec<String>),
}

impl QueryResult {
    fn stamp(&self) -> Option<&Stamp> {
        match self {
            Self::File(stamp, _) | Self::Photograph(stamp, _) => stamp.as_ref(),
            Self::List(_) => None,
        }
    }

    pub(super) fn is_gap(&self) -> bool {
        match self {
            Self::Photograph(_, result) => result.map_or(true, ContentHash::is_of_nothing),
            Self::File(_, result) => result.as_ref().map_or(true, |bytes| bytes.is_empty()),
            Self::List(_) => false,
        }
    }

    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Photograph(_, one), Self::Photograph(_, two)) => one == two,
            (Self::File(_, one), Self::File(_, two)) => one == two,
            (Self::List(one), Self::List(two)) => one == two,
            _ => false,
        }
    }
}

/// Reads a photograph: the answer to keep, and what was read.
pub(super) fn read_photograph(folder: &Folder, base: &str, name: &str) -> (QueryResult, Result<Photograph, ReadError>) {
    let found = folder.find(base, name);
    let stamp = found.as_ref().ok().and_then(|path| Stamp::of(path, None));
    let read = found.and_then(|path| read_at(&path, MAX_PICTURE_BYTES)).map(|bytes| (ContentHash::of(&bytes), bytes));
    let answer = QueryResult::Photograph(stamp, read.as_ref().map(|(mark, _)| *mark).map_err(|error| *error));
    (answer, read.map(|(mark, bytes)| Photograph::New(mark, bytes)))
}

/// Asks the disk, or takes the answer from before where the file's stamp vouches for it.
pub(super) fn look_up(folder: &Folder, query: &Query, before: Option<(&QueryResult, &ChangedPaths)>) -> QueryResult {
    let then = before.and_then(|(answer, _)| answer.stamp());
    let vouched = |path: &Path, stamp: Option<Stamp>| {
        let (answer, changed_paths) = before?;
        let is_still = stamp.zip(then).is_some_and(|(now, then)| now.vouches_for(then));
        (is_still && !changed_paths.holds(&compose_voiced_kana(path.to_string_lossy().into_owned())))
            .then(|| answer.clone())
    };
    match query {
        Query::List(below) => QueryResult::List(folder.list(below)),
        Query::File { folder: base, name, limit } => match folder.find(base, name) {
            Err(error) => QueryResult::File(None, Err(error)),
            Ok(path) => {
                let stamp = Stamp::of(&path, then);
                vouched(&path, stamp).unwrap_or_else(|| QueryResult::File(stamp, read_at(&path, *limit)))
            }
        },
        Query::Photograph { folder: base, name } => match folder.find(base, name) {
            Err(error) => QueryResult::Photograph(None, Err(error)),
            Ok(path) => {
                let stamp = Stamp::of(&path, then);
                let read = || {
                    QueryResult::Photograph(
                        stamp,
                        read_at(&path, MAX_PICTURE_BYTES).map(|bytes| ContentHash::of(&bytes)),
                    )
                };
                vouched(&path, stamp).unwrap_or_else(read)
            }
        },
    }
}
