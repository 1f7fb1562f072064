//! Where a watch writes its PDFs: the official one, the draft beside it, and one beside a file that is locked.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::load::{Folder, explain_io, write_whole};

/// The files that a watch writes.
#[derive(Debug, Clone)]
pub struct Output {
    /// The report's folder, which is never made: one that was renamed is not to come back empty.
    root: PathBuf,
    /// Absent where only drafts are wanted.
    official: Option<PathBuf>,
    draft: PathBuf,
}

/// What became of a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// Nothing is written at all.
    Nothing,
    /// No PDF could be made: what is there stays.
    Kept,
    File {
        path: PathBuf,
        /// A draft that is out of date and cannot be taken away
        stale: Option<PathBuf>,
    },
    /// The file is held by another program: the new PDF lies beside it.
    Beside {
        path: PathBuf,
        locked: PathBuf,
    },
    Failed {
        path: PathBuf,
        reason: String,
    },
}

impl Output {
    /// The official PDF, and `<name>_下書き.pdf` while there are errors.
    pub fn new(root: PathBuf, official: PathBuf) -> Self {
        let draft = draft_of(&official);
        Self { root, official: Some(official), draft }
    }

    /// One file for drafts alone.
    pub fn drafts(root: PathBuf, path: PathBuf) -> Self {
        Self { root, official: None, draft: path }
    }

    /// The names that this output takes: a notice about one of them is its own echo.
    pub(super) fn names(&self) -> Vec<PathBuf> {
        let all = self.official.iter().chain(std::iter::once(&self.draft));
        all.flat_map(|path| [path.clone(), with_suffix(path, "_最新")]).collect()
    }

    /// Writes a PDF, or beside it where another program holds it.
    pub(super) fn write(&self, pdf: &[u8], draft: bool) -> Written {
        let path = self.path(draft);
        self.put(pdf, draft).unwrap_or_else(|error| {
            let beside = with_suffix(path, "_最新");
            match is_locked(&error) && write_whole(&beside, pdf).is_ok() {
                true => Written::Beside { path: beside, locked: path.to_path_buf() },
                false => Written::Failed { path: path.to_path_buf(), reason: explain_io(&error) },
            }
        })
    }

    /// Writes a PDF where it belongs and nowhere else; after an official one the draft is taken away, for it is out of date.
    ///
    /// # Errors
    /// The operating system's; what was there is then as it was.
    pub(super) fn put(&self, pdf: &[u8], draft: bool) -> io::Result<Written> {
        let path = self.path(draft);
        if path.starts_with(&self.root) && !Folder::new(&self.root).holds(path) {
            return Err(io::Error::other("報告書のフォルダーの外へのリンクです"));
        }
        self.make_folder(path)?;
        write_whole(path, pdf)?;
        // One that is held is written anew the next time.
        let _ = fs::remove_file(with_suffix(path, "_最新"));
        let stale = if draft { None } else { self.remove_stale() };
        Ok(Written::File { path: path.to_path_buf(), stale })
    }

    /// Takes away what an official PDF makes out of date; what is left of it.
    pub(super) fn remove_stale(&self) -> Option<PathBuf> {
        self.official.as_ref()?;
        // Looked at below: only what stays matters.
        let _ = fs::remove_file(with_suffix(&self.draft, "_最新"));
        let _ = fs::remove_file(&self.draft);
        self.draft.exists().then(|| self.draft.clone())
    }

    /// Makes the folder of a PDF inside the report, but never the report.
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        let Some(below) = path.parent().and_then(|folder| folder.strip_prefix(&self.root).ok()) else { return Ok(()) };
        let mut folder = self.root.clone();
        if !folder.is_dir() {
            return Err(io::ErrorKind::NotFound.into());
        }
        for part in below.components() {
            folder.push(part);
            match fs::create_dir(&folder) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    fn path(&self, draft: bool) -> &Path {
        self.official.as_deref().filter(|_| !draft).unwrap_or(&self.draft)
    }
}

/// A viewer that shows a PDF keeps it from being replaced (Windows: sharing violation 32, lock violation 33).
fn is_locked(error: &io::Error) -> bool {
    let kinds = [io::ErrorKind::PermissionDenied, io::ErrorKind::ResourceBusy, io::ErrorKind::IsADirectory];
    kinds.contains(&error.kind()) || (cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)))
}

/// Where the draft of a PDF lies: beside it.
pub fn draft_of(official: &Path) -> PathBuf {
    with_suffix(official, "_下書き")
}

/// `報告書.pdf` as `報告書_最新.pdf`
fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    path.with_file_name(format!("{stem}{suffix}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &Path) -> Written {
        Written::File { path: path.to_path_buf(), stale: None }
    }

    #[test]
    fn a_report_that_was_renamed_is_not_made_anew() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let root = folder.path().join("報告書");
        let output = Output::new(root.clone(), root.join("out/報告書.pdf"));
        assert!(matches!(output.write(b"one", false), Written::Failed { .. }));
        assert!(!root.exists());
        Ok(())
    }

    #[test]
    fn the_draft_goes_when_the_official_one_comes() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let official = folder.path().join("out/報告書.pdf");
        let draft = folder.path().join("out/報告書_下書き.pdf");
        let output = Output::new(folder.path().to_path_buf(), official.clone());
        assert_eq!(output.write(b"one", false), file(&official));
        assert_eq!(output.write(b"draft", true), file(&draft));
        assert_eq!((fs::read(&official)?, fs::read(&draft)?), (b"one".to_vec(), b"draft".to_vec()));
        assert_eq!(output.write(b"two", false), file(&official));
        assert_eq!((fs::read(&official)?, draft.exists()), (b"two".to_vec(), false));
        Ok(())
    }

    #[test]
    fn beside_what_cannot_be_replaced() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let official = folder.path().join("報告書.pdf");
        let latest = folder.path().join("報告書_最新.pdf");
        fs::create_dir(&official)?;
        let output = Output::new(folder.path().to_path_buf(), official.clone());
        assert_eq!(output.write(b"one", false), Written::Beside { path: latest.clone(), locked: official.clone() });
        assert_eq!(fs::read(&latest)?, b"one");
        assert!(output.put(b"one", false).is_err());
        fs::remove_dir(&official)?;
        assert_eq!(output.put(b"one", false)?, file(&official));
        assert!(!latest.exists());
        Ok(())
    }

    #[test]
    fn drafts_alone_have_one_file() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a.pdf");
        let output = Output::drafts(folder.path().to_path_buf(), path.clone());
        assert_eq!(output.write(b"one", true), file(&path));
        assert_eq!(fs::read_dir(folder.path())?.count(), 1);
        Ok(())
    }
}
