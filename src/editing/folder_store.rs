//! A report's own files on the disk, and nothing else that lies there.

use std::io;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use super::history::History;
use super::save::Store;
use crate::load::{Folder, MAX_FILE_BYTES, Replaced, create_new, read_bounded, replace};

/// So long is waited for a scanner, a copy to a cloud or an editor that holds a file.
const PATIENCE: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(50);

/// Whether a path is one of the report's texts, as the last check found them.
pub type IsListed = Box<dyn Fn(&str) -> bool + Send + Sync>;

/// The files of a report.
pub struct FolderStore {
    folder: Folder,
    is_listed: IsListed,
    history: Option<History>,
}

impl FolderStore {
    /// `history`: where a file is kept before its first change of a day.
    pub fn new(folder: Folder, is_listed: IsListed, history: Option<History>) -> Self {
        Self { folder, is_listed, history }
    }

    /// Where a file of the report lies.
    ///
    /// # Errors
    /// `NotFound` for a path that the report does not have, or that a link leads to.
    pub fn find(&self, file: &str) -> io::Result<PathBuf> {
        let path = self.folder.path_of(file);
        if !(self.is_listed)(file) || !self.folder.holds(&path) || self.folder.is_reached_by_link(&path) {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(path)
    }

    /// Makes a file that is not there yet.
    ///
    /// # Errors
    /// As `find`; `AlreadyExists`, and the operating system's others.
    pub fn create(&self, file: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.find(file)?;
        patiently(|| create_new(&path, bytes))
    }

    /// Whether files are kept as they were.
    pub fn has_history(&self) -> bool {
        self.history.is_some()
    }

    /// The days on which a file was changed, the latest first.
    ///
    /// # Errors
    /// As `find`.
    pub fn days_of(&self, file: &str) -> io::Result<Vec<String>> {
        self.find(file)?;
        Ok(self.history.as_ref().map(|history| history.days_of(file)).unwrap_or_default())
    }

    /// A file as it was at the beginning of a day.
    ///
    /// # Errors
    /// As `find`; `NotFound` for a day that has none of it.
    pub fn read_day(&self, file: &str, day: &str) -> io::Result<Vec<u8>> {
        self.find(file)?;
        self.history.as_ref().ok_or(io::ErrorKind::NotFound)?.read(day, file)
    }
}

impl FolderStore {
    /// Keeps a file as it is before somebody goes back to an earlier day.
    ///
    /// # Errors
    /// The operating system's.
    pub fn keep_before_going_back(&self, file: &str) -> io::Result<()> {
        let bytes = self.read(file)?;
        self.history.as_ref().map_or(Ok(()), |history| history.keep_before_going_back(file, &bytes))
    }
}

impl Store for FolderStore {
    fn read(&self, file: &str) -> io::Result<Vec<u8>> {
        let path = self.find(file)?;
        patiently(|| read_bounded(&path, MAX_FILE_BYTES))?.ok_or_else(|| io::ErrorKind::FileTooLarge.into())
    }

    fn replace(&self, file: &str, before: &[u8], after: &[u8]) -> io::Result<Replaced> {
        let path = self.find(file)?;
        if std::fs::metadata(&path)?.permissions().readonly() {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        if let Some(history) = &self.history {
            patiently(|| history.keep(file, before))?;
        }
        patiently(|| replace(&path, before, after))
    }
}

/// Tries again while somebody holds the file.
fn patiently<T>(act: impl Fn() -> io::Result<T>) -> io::Result<T> {
    let started = Instant::now();
    loop {
        match act() {
            Err(error) if is_held(&error) && started.elapsed() < PATIENCE => thread::sleep(PAUSE),
            Err(error) if is_shared(&error) => return Err(io::ErrorKind::ResourceBusy.into()),
            result => return result,
        }
    }
}

/// ERROR_ACCESS_DENIED and ERROR_SHARING_VIOLATION: what Windows says of a file that another program has open. The first one it says of
/// a folder that nobody may write into, too.
fn is_held(error: &io::Error) -> bool {
    is_shared(error) || (cfg!(windows) && error.raw_os_error() == Some(5))
}

fn is_shared(error: &io::Error) -> bool {
    cfg!(windows) && error.raw_os_error() == Some(32)
}
