//! What a check asks of a folder beside its texts, and the answers.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::folder::read_picture_at;
use super::photograph::{ContentHash, Photograph};
use super::stamp::Stamp;
use super::{ChangedPaths, Disk, Folder, PictureError, compose_voiced_kana};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Query {
    Picture { folder: String, name: String },
    Photograph { folder: String, name: String },
    File(String),
    List(String),
}

#[derive(Debug, Clone)]
pub(super) enum QueryResult {
    Picture(Option<Stamp>, Result<Arc<[u8]>, PictureError>),
    /// Without its bytes: photographs are many and large.
    Photograph(Option<Stamp>, Result<ContentHash, PictureError>),
    File(Option<Stamp>, Result<Arc<[u8]>, io::ErrorKind>),
    List(Vec<String>),
}

impl QueryResult {
    fn stamp(&self) -> Option<&Stamp> {
        match self {
            Self::Picture(stamp, _) | Self::Photograph(stamp, _) | Self::File(stamp, _) => stamp.as_ref(),
            Self::List(_) => None,
        }
    }

    pub(super) fn is_gap(&self) -> bool {
        match self {
            Self::Picture(_, result) => result.as_ref().map_or(true, |bytes| bytes.is_empty()),
            Self::Photograph(_, result) => result.map_or(true, ContentHash::is_of_nothing),
            Self::File(_, result) => result.as_ref().map_or(true, |bytes| bytes.is_empty()),
            Self::List(_) => false,
        }
    }

    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Picture(_, one), Self::Picture(_, two)) => one == two,
            (Self::Photograph(_, one), Self::Photograph(_, two)) => one == two,
            (Self::File(_, one), Self::File(_, two)) => one == two,
            (Self::List(one), Self::List(two)) => one == two,
            _ => false,
        }
    }
}

/// Reads a photograph: the answer to keep, and what was read.
pub(super) fn read_photograph(
    folder: &Folder,
    base: &str,
    name: &str,
) -> (QueryResult, Result<Photograph, PictureError>) {
    let found = folder.find_picture(base, name);
    let stamp = found.as_ref().ok().and_then(|path| Stamp::of(path, None));
    let read = found.and_then(|path| read_picture_at(&path)).map(|bytes| (ContentHash::of(&bytes), bytes));
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
        Query::Picture { folder: base, name } => match folder.find_picture(base, name) {
            Err(error) => QueryResult::Picture(None, Err(error)),
            Ok(path) => {
                let stamp = Stamp::of(&path, then);
                vouched(&path, stamp).unwrap_or_else(|| QueryResult::Picture(stamp, read_picture_at(&path)))
            }
        },
        Query::Photograph { folder: base, name } => match folder.find_picture(base, name) {
            Err(error) => QueryResult::Photograph(None, Err(error)),
            Ok(path) => {
                let stamp = Stamp::of(&path, then);
                let read =
                    || QueryResult::Photograph(stamp, read_picture_at(&path).map(|bytes| ContentHash::of(&bytes)));
                vouched(&path, stamp).unwrap_or_else(read)
            }
        },
        Query::File(path) => {
            let on_disk = folder.path_of(path);
            let stamp = Stamp::of(&on_disk, then);
            let read = || QueryResult::File(stamp, folder.read_file(path).map_err(|error| error.kind()));
            vouched(&on_disk, stamp).unwrap_or_else(read)
        }
    }
}
