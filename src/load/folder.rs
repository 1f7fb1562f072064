//! A report's folder on the real disk.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Content, Disk, MAX_FILE_BYTES, MAX_PICTURE_BYTES, PictureError, RawFile};
use super::{clean_relative, decode, has_txt_added, is_jigyo, is_skipped_folder};
use crate::natural_order;

/// Folders deeper than this are not entered: no report is, but a loop of links may be.
const MAX_DEPTH: usize = 16;

/// The folder of a report.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where a path of the report lies on the disk. Paths are kept with か + ゛ composed; a folder copied from a Mac has
    /// them apart.
    pub fn path_of(&self, relative: &str) -> PathBuf {
        // Part by part: what is shown on Windows then has its own separator throughout.
        let plain = relative.split('/').fold(self.root.clone(), |path, part| path.join(part));
        if relative.is_ascii() || plain.exists() {
            return plain;
        }
        let mut path = self.root.clone();
        for part in relative.split('/').filter(|part| !part.is_empty()) {
            let next = path.join(part);
            path = if next.exists() { next } else { find_composed(&path, part).unwrap_or(next) };
        }
        path
    }

    /// When a file of the report was last changed, in seconds since 1970.
    pub fn changed_at(&self, relative: &str) -> Option<i64> {
        let changed = fs::metadata(self.path_of(relative)).ok()?.modified().ok()?;
        i64::try_from(changed.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs()).ok()
    }

    /// The `.jigyo` files directly in the folder, without those below.
    pub fn read_own_texts(&self) -> io::Result<Vec<RawFile>> {
        let mut found = Vec::new();
        for (name, kind) in entries(&self.root)? {
            if kind == Kind::File && is_jigyo(&name) {
                found.push(read_text(&self.root.join(&name), name));
            }
        }
        Ok(found)
    }

    /// The folders directly in this one that a report may lie in, in the order of their names. A folder that cannot be
    /// opened has none.
    pub fn own_folders(&self) -> Vec<PathBuf> {
        let found = entries(&self.root).unwrap_or_default().into_iter();
        let folders = found.filter(|(name, kind)| *kind == Kind::Folder && !is_skipped_folder(name));
        folders.map(|(name, _)| self.root.join(name)).collect()
    }

    /// Every `.jigyo` file that belongs to the folder, unread, in the default order of names.
    pub(super) fn find_texts(&self) -> io::Result<Vec<Found>> {
        let mut found = Vec::new();
        self.collect("", 0, &mut found)?;
        Ok(found)
    }

    fn collect(&self, relative: &str, depth: usize, found: &mut Vec<Found>) -> io::Result<()> {
        for (name, kind) in entries(&self.root.join(relative))? {
            let path = if relative.is_empty() { name.clone() } else { format!("{relative}/{name}") };
            let refused = |reason: &str| {
                Found::Known(RawFile { path: path.clone(), content: Content::Unreadable(reason.to_string()) })
            };
            if kind == Kind::File {
                if is_jigyo(&name) {
                    found.push(Found::Text(path));
                } else if has_txt_added(&name) {
                    let path = super::compose_voiced_kana(path);
                    found.push(Found::Known(RawFile { path, content: Content::TxtAdded }));
                }
            } else if is_skipped_folder(&name) {
                continue;
            } else if kind == Kind::LinkedFolder {
                found.push(refused("ほかの場所へのリンクです。中身を、報告書のフォルダーの中に写してください"));
            } else if depth >= MAX_DEPTH {
                found.push(refused("フォルダーの重なりが深すぎます"));
            } else if let Err(error) = self.collect(&path, depth + 1, found)
                && error.kind() != io::ErrorKind::NotFound
            {
                // One that went away meanwhile is not there.
                // A folder that may not be opened is no reason to lose the others.
                found.push(refused(&super::explain_io(&error)));
            }
        }
        Ok(())
    }

    /// Reads a file of `find_texts`.
    pub(super) fn read_found(&self, relative: String) -> RawFile {
        read_text(&self.root.join(&relative), relative)
    }

    /// Where a picture lies, named as in 【写真】.
    ///
    /// # Errors
    /// When it is not there, or not inside the report after following links.
    pub(super) fn find_picture(&self, folder: &str, name: &str) -> Result<PathBuf, PictureError> {
        let relative = clean_relative(folder, name).ok_or(PictureError::Outside)?;
        let plain = self.path_of(&relative);
        let real = match (fs::canonicalize(&plain), fs::canonicalize(&self.root)) {
            (Ok(real), Ok(root)) if real.starts_with(&root) => real,
            (Ok(_), Ok(_)) => return Err(PictureError::Outside),
            // Some drives (in memory, on a share) cannot say where a file really is: then no link is followed.
            _ if self.is_reached_by_link(&relative) => return Err(PictureError::Outside),
            _ => plain,
        };
        if real.is_file() { Ok(real) } else { Err(PictureError::NotFound) }
    }

    fn is_reached_by_link(&self, relative: &str) -> bool {
        let steps = relative.match_indices('/').map(|(at, _)| at).chain([relative.len()]);
        let mut paths = steps.filter_map(|end| relative.get(..end)).map(|part| self.path_of(part));
        paths.any(|path| fs::symlink_metadata(path).is_ok_and(|data| data.file_type().is_symlink()))
    }
}

/// A file of the language in the folder.
pub(super) enum Found {
    /// Its path from the report, as the disk spells it
    Text(String),
    /// Nothing to read: what is wrong is seen from outside.
    Known(RawFile),
}

/// The bytes of a picture.
pub(super) fn read_picture_at(path: &Path) -> Result<Arc<[u8]>, PictureError> {
    match read_bounded(path, MAX_PICTURE_BYTES) {
        Ok(Some(bytes)) => Ok(bytes.into()),
        Ok(None) => Err(PictureError::TooLarge),
        Err(_) => Err(PictureError::Unreadable),
    }
}

impl Disk for Folder {
    fn read_texts(&self) -> io::Result<Vec<RawFile>> {
        let read = |found| match found {
            Found::Text(path) => self.read_found(path),
            Found::Known(file) => file,
        };
        Ok(self.find_texts()?.into_iter().map(read).collect())
    }

    fn read_picture(&self, folder: &str, name: &str) -> Result<Arc<[u8]>, PictureError> {
        read_picture_at(&self.find_picture(folder, name)?)
    }

    fn read_file(&self, path: &str) -> io::Result<Arc<[u8]>> {
        fs::read(self.path_of(path)).map(Arc::from)
    }

    fn read_report(&self, folder: &str) -> io::Result<Vec<RawFile>> {
        // 「パスのコピー」 of Explorer has quotation marks.
        let folder = crate::source::with_slashes(folder.trim_matches(['"', '“', '”']));
        // On another drive or a share: no way leads there from this report, part by part.
        let is_whole = Path::new(&folder).has_root();
        let named = Self::new(if is_whole { PathBuf::from(folder) } else { self.path_of(&folder) });
        // A report begins with a file of its own: a drive or a folder of reports is not gone through for nothing.
        let begins = entries(&named.root)?.iter().any(|(name, kind)| *kind == Kind::File && is_jigyo(name));
        if begins { named.read_texts() } else { Ok(Vec::new()) }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let Ok(found) = entries(&self.path_of(folder)) else {
            return Vec::new();
        };
        found.into_iter().filter(|(_, kind)| *kind == Kind::File).map(|(name, _)| name).collect()
    }
}

/// What a name in a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    LinkedFolder,
}

/// Names in a folder in their default order.
fn entries(path: &Path) -> io::Result<Vec<(String, Kind)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let entry_kind = if kind.is_file() {
            Kind::File
        } else if kind.is_dir() {
            Kind::Folder
        } else if kind.is_symlink() && entry.path().is_dir() {
            Kind::LinkedFolder
        } else if entry.path().is_file() {
            Kind::File
        } else {
            // A pipe or device would never end.
            continue;
        };
        found.push((name, entry_kind));
    }
    found.sort_by(|a, b| natural_order::compare(&a.0, &b.0));
    Ok(found)
}

/// The entry whose name is the given one after composing.
fn find_composed(folder: &Path, name: &str) -> Option<PathBuf> {
    let found = fs::read_dir(folder)
        .ok()?
        .filter_map(Result::ok)
        .find(|entry| super::compose_voiced_kana(entry.file_name().to_string_lossy().into_owned()) == name)?;
    Some(found.path())
}

fn read_text(path: &Path, relative: String) -> RawFile {
    let content = match read_bounded(path, MAX_FILE_BYTES) {
        Ok(Some(bytes)) => match decode(&bytes) {
            Ok(text) => Content::Text(text.into()),
            Err(error) => Content::Undecodable(error),
        },
        Ok(None) => Content::TooLarge { bytes: fs::metadata(path).map_or(MAX_FILE_BYTES, |data| data.len()) },
        Err(error) => Content::Unreadable(super::explain_io(&error)),
    };
    RawFile { path: super::compose_voiced_kana(relative), content }
}

/// The bytes of a file, or nothing where it has more than `limit`: then it is not read to its end.
pub fn read_bounded(path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let file = fs::File::open(path)?;
    if file.metadata()?.len() > limit {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_reports_own_folders_are_entered() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        for path in ["a.jigyo", "01/b.jigyo", "out/c.jigyo", "_旧/d.jigyo", ".x/e.jigyo", "01/f.txt"] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("has a parent"))?;
            fs::write(path, "あ")?;
        }
        let found = Folder::new(folder.path()).read_texts()?;
        let paths: Vec<&str> = found.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["01/b.jigyo", "a.jigyo"]);
        Ok(())
    }

    #[test]
    fn another_report_is_read_from_wherever_it_lies() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (old, new) = (folder.path().join("旧/令和元年度"), folder.path().join("令和2年度"));
        fs::create_dir_all(old.join("01"))?;
        fs::create_dir(&new)?;
        fs::write(old.join("報告書.jigyo"), "あ")?;
        fs::write(old.join("01/b.jigyo"), "い")?;
        let disk = Folder::new(&new);
        let whole = old.to_string_lossy();
        for typed in ["../旧/令和元年度", r"..\旧\令和元年度\", &whole, &format!("\"{whole}\"")] {
            assert_eq!(disk.read_report(typed)?.len(), 2, "{typed}");
        }
        assert_eq!(disk.read_report("../旧")?, [], "a folder of reports");
        assert!(disk.read_report("../平成30年度").is_err());
        Ok(())
    }

    #[test]
    fn a_large_file_is_not_read() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let file = fs::File::create(folder.path().join("大.jigyo"))?;
        file.set_len(50 * 1024 * 1024)?;
        let found = Folder::new(folder.path()).read_texts()?;
        assert_eq!(found[0].content, Content::TooLarge { bytes: 50 * 1024 * 1024 });
        Ok(())
    }

    #[test]
    fn names_from_a_mac_are_found() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        fs::create_dir(folder.path().join("か\u{3099}っこう"))?;
        fs::write(folder.path().join("か\u{3099}っこう/は\u{309A}.jigyo"), "あ")?;
        fs::write(folder.path().join("か\u{3099}っこう/は\u{309A}.png"), "x")?;
        let disk = Folder::new(folder.path());
        let texts = disk.read_texts()?;
        assert_eq!(texts[0].path, "がっこう/ぱ.jigyo");
        assert!(disk.path_of(&texts[0].path).exists());
        assert_eq!(disk.read_picture("がっこう", "ぱ.png").as_deref(), Ok(b"x".as_slice()));
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_picture_behind_a_link_out_of_the_report_is_refused() -> io::Result<()> {
        let outside = tempfile::tempdir()?;
        fs::write(outside.path().join("a.png"), "x")?;
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("in.png"), "x")?;
        std::os::unix::fs::symlink(outside.path().join("a.png"), folder.path().join("link.png"))?;
        std::os::unix::fs::symlink(folder.path().join("in.png"), folder.path().join("own.png"))?;
        let disk = Folder::new(folder.path());
        assert_eq!(disk.read_picture("", "link.png"), Err(PictureError::Outside));
        assert_eq!(disk.read_picture("", "own.png").as_deref(), Ok(b"x".as_slice()));
        assert_eq!(disk.read_picture("", "none.png"), Err(PictureError::NotFound));
        Ok(())
    }
}
