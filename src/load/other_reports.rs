//! Reports that a report reads beside itself, 前年度: each is read once, until somebody says that something in it changed.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::RawFile;

/// By their folder as typed.
#[derive(Default)]
pub(super) struct OtherReports {
    by_name: BTreeMap<String, OtherReport>,
}

struct OtherReport {
    place: Place,
    /// Absent where it could not be read, or may be another now
    texts: Option<Vec<RawFile>>,
}

/// A folder, however its path is spelled: with `..` in it, or through a link.
struct Place {
    plain: PathBuf,
    on_disk: Option<PathBuf>,
}

impl OtherReports {
    pub(super) fn known(&self, name: &str) -> Option<&[RawFile]> {
        self.by_name.get(name)?.texts.as_deref()
    }

    /// Keeps what was read; of one that could not be read its place, where it may come to lie.
    pub(super) fn keep(&mut self, name: &str, folder: &Path, read: &io::Result<Vec<RawFile>>) {
        let texts = read.as_ref().ok().cloned();
        self.by_name.insert(name.to_string(), OtherReport { place: Place::of(folder), texts });
    }

    /// Whether one of them lies in this very folder.
    pub(super) fn lie_at(&self, folder: &Path) -> bool {
        self.by_name.values().any(|report| report.place.is(folder))
    }

    /// Forgets the texts of those that a file belongs to; whether there are any.
    pub(super) fn forget_with(&mut self, path: &Path) -> bool {
        let mut changed = false;
        for report in self.by_name.values_mut().filter(|report| report.place.holds(path)) {
            report.texts = None;
            changed = true;
        }
        changed
    }
}

/// Whether two paths lead to one folder.
pub(super) fn is_same_folder(one: &Path, other: &Path) -> bool {
    Place::of(one).is(other)
}

impl Place {
    fn of(folder: &Path) -> Self {
        Self { plain: plain(folder), on_disk: fs::canonicalize(folder).ok() }
    }

    fn is(&self, folder: &Path) -> bool {
        self.plain == plain(folder)
            || self.on_disk.as_ref().is_some_and(|own| fs::canonicalize(folder).is_ok_and(|folder| folder == *own))
    }

    fn holds(&self, path: &Path) -> bool {
        // What is gone has a folder that is there.
        let there = || path.ancestors().find_map(|above| fs::canonicalize(above).ok());
        path.starts_with(&self.plain)
            || self.on_disk.as_ref().is_some_and(|own| there().is_some_and(|there| there.starts_with(own)))
    }
}

/// Without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut plain, part| {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
        plain
    })
}
