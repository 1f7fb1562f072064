//! A report's folder on the real disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::decode::decode_apart;
use super::entries::{EntryKind, entries};
use super::plain_file::read_bounded;
use super::{
    ComposedText, Content, Disk, MAX_FILE_BYTES, MAX_FONTS_BYTES, MAX_PICTURE_BYTES, MAX_TABLE_BYTES, RawFile,
    ReadError,
};
use super::{clean_relative, decode, has_txt_added, is_jigyo, is_skipped_folder, shown};

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

    /// What lies in a folder of the report.
    fn names(&self, folder: &str, wanted: EntryKind) -> Vec<String> {
        let path = self.path_of(folder);
        if !self.holds(&path) {
            return Vec::new();
        }
        let found = self.entries(&path).unwrap_or_default().into_iter();
        let plain = found.filter(|(name, kind)| *kind == wanted && shown(name) == name.as_str());
        plain.map(|(name, _)| name).collect()
    }

    /// The folder of another report, as 前年度 names it.
    pub(super) fn report_named(&self, folder: &str) -> PathBuf {
        // 「パスのコピー」 of Explorer has quotation marks.
        let folder = crate::source::with_slashes(folder.trim_matches(['"', '“', '”']));
        // On another drive or a share: no way leads there from this report, part by part.
        if Path::new(&folder).has_root() { PathBuf::from(folder) } else { self.path_of(&folder) }
    }

    /// The text of a file as an editor shows it; nothing where it cannot be read.
    pub fn typed_text(&self, relative: &str) -> Option<ComposedText> {
        let bytes = read_bounded(&self.path_of(relative), MAX_TABLE_BYTES).ok()??;
        decode_apart(&bytes).ok().map(ComposedText::new)
    }

    /// When a file of the report was last changed, in seconds since 1970.
    pub fn changed_at(&self, relative: &str) -> Option<i64> {
        let changed = fs::metadata(self.path_of(relative)).ok()?.modified().ok()?;
        i64::try_from(changed.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs()).ok()
    }

    /// The `.jigyo` files directly in the folder, without those below.
    pub fn read_own_texts(&self) -> io::Result<Vec<RawFile>> {
        let mut found = Vec::new();
        for (name, kind) in self.entries(&self.root)? {
            if kind == EntryKind::File && is_jigyo(&name) {
                found.push(read_text(&self.root.join(&name), name));
            }
        }
        Ok(found)
    }

    /// The folders directly in this one that a report may lie in, in the order of their names. A folder that cannot be
    /// opened has none.
    pub fn own_folders(&self) -> Vec<PathBuf> {
        let found = self.entries(&self.root).unwrap_or_default().into_iter();
        let folders = found.filter(|(name, kind)| *kind == EntryKind::Folder && !is_skipped_folder(name));
        folders.map(|(name, _)| self.root.join(name)).collect()
    }

    fn entries(&self, path: &Path) -> io::Result<Vec<(String, EntryKind)>> {
        entries(&|path| self.holds(path), path)
    }

    /// Every `.jigyo` file that belongs to the folder, unread, in the default order of names.
    pub(super) fn find_texts(&self) -> io::Result<Vec<Found>> {
        let mut found = Vec::new();
        self.collect("", 0, &mut found)?;
        Ok(found)
    }

    fn collect(&self, relative: &str, depth: usize, found: &mut Vec<Found>) -> io::Result<()> {
        let is_fonts = relative == FONTS;
        let mut fonts = 0;
        for (name, kind) in self.entries(&self.root.join(relative))? {
            let path = if relative.is_empty() { name.clone() } else { format!("{relative}/{name}") };
            let is_wanted = is_fonts || is_jigyo(&name);
            let reason = match kind {
                EntryKind::Folder | EntryKind::LinkedFolder if is_skipped_folder(&name) => continue,
                EntryKind::Folder if is_bad(&name) => BAD_NAME.to_string(),
                EntryKind::Folder if depth >= MAX_DEPTH => "フォルダーの重なりが深すぎます".to_string(),
                EntryKind::Folder => match self.collect(&path, depth + 1, found) {
                    // A folder that may not be opened is no reason to lose the others; one that went away meanwhile is
                    // not there.
                    Err(error) if error.kind() != io::ErrorKind::NotFound => super::explain_io(&error),
                    _ => continue,
                },
                EntryKind::LinkedFolder => {
                    "ほかの場所へのリンクです。中身を、報告書のフォルダーの中に写してください".to_string()
                }
                EntryKind::File if is_fonts => match self.refuse_font(&path, &mut fonts) {
                    Some(reason) => reason,
                    None => continue,
                },
                EntryKind::File if has_txt_added(&name) => {
                    let path = super::compose_voiced_kana(shown(&path).into_owned());
                    found.push(Found::Known(RawFile { path, content: Content::TxtAdded }));
                    continue;
                }
                _ if !is_wanted => continue,
                _ if is_bad(&name) => BAD_NAME.to_string(),
                EntryKind::File => {
                    found.push(Found::Text(path));
                    continue;
                }
                EntryKind::Outside => OUTSIDE.to_string(),
                EntryKind::Special => super::plain_file::not_plain().to_string(),
                EntryKind::DeadLink => "リンクの先に、ファイルがありません".to_string(),
            };
            let path = super::compose_voiced_kana(shown(&path).into_owned());
            found.push(Found::Known(RawFile { path, content: Content::Unreadable(reason) }));
        }
        Ok(())
    }

    /// Why a file of `fonts/` is not read, after others of `before` bytes together.
    fn refuse_font(&self, path: &str, before: &mut u64) -> Option<String> {
        let bytes = fs::metadata(self.root.join(path)).map_or(0, |data| data.len());
        if bytes > MAX_PICTURE_BYTES {
            let (bytes, most) = (in_megabytes(bytes), in_megabytes(MAX_PICTURE_BYTES));
            return Some(format!("字体のファイルとしては大きすぎます。{bytes} MB あり、{most} MB までです"));
        }
        *before += bytes;
        let most = in_megabytes(MAX_FONTS_BYTES);
        (*before > MAX_FONTS_BYTES).then(|| format!("フォルダー fonts のファイルが、合わせて {most} MB を超えます"))
    }

    /// Reads a file of `find_texts`.
    pub(super) fn read_found(&self, relative: String) -> RawFile {
        read_text(&self.root.join(&relative), relative)
    }

    /// Where a file lies, named from a folder of the report.
    ///
    /// # Errors
    /// When it is not there, or not inside the report after following links.
    pub(super) fn find(&self, folder: &str, name: &str) -> Result<PathBuf, ReadError> {
        let relative = clean_relative(folder, name).ok_or(ReadError::Outside)?;
        let path = self.path_of(&relative);
        match fs::metadata(&path) {
            Ok(_) if !self.holds(&path) => Err(ReadError::Outside),
            Ok(data) if data.is_file() => Ok(fs::canonicalize(&path).unwrap_or(path)),
            _ => Err(ReadError::NotFound),
        }
    }

    /// Whether a path whose name lies in this folder lies there after following links, as far as it is there. The one rule
    /// for everything that is read, listed or written under a report's name.
    pub fn holds(&self, path: &Path) -> bool {
        let there = path.ancestors().find(|part| fs::symlink_metadata(part).is_ok()).unwrap_or(path);
        match (fs::canonicalize(there), fs::canonicalize(&self.root)) {
            (Ok(real), Ok(root)) => real.starts_with(root),
            // Some drives (in memory, on a share) cannot say where a file really is: then no link is followed.
            _ => !self.is_reached_by_link(there),
        }
    }

    /// Whether a part of a path, or the file itself, is a link.
    pub fn is_reached_by_link(&self, path: &Path) -> bool {
        let mut parts = path.ancestors().take_while(|part| *part != self.root);
        parts.any(|part| fs::symlink_metadata(part).is_ok_and(|data| data.file_type().is_symlink()))
    }
}

/// Where a report's own fonts lie.
const FONTS: &str = "fonts";
const OUTSIDE: &str = "報告書のフォルダーの外へのリンクです。中身を、報告書のフォルダーの中に写してください";
const BAD_NAME: &str = "名前に、改行などの見えない文字か、読み取れない文字があります。名前を付け直してください";

/// Whether a name cannot be written in a text: it has marks that are not seen, or is no Unicode on the disk, which is read as U+FFFD.
fn is_bad(name: &str) -> bool {
    shown(name) != name || name.contains(char::REPLACEMENT_CHARACTER)
}

fn in_megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1024 * 1024)
}

/// A file of the language in the folder.
pub(super) enum Found {
    /// Its path from the report, as the disk spells it
    Text(String),
    /// Nothing to read: what is wrong is seen from outside.
    Known(RawFile),
}

/// The bytes of a file that was found.
pub(super) fn read_at(path: &Path, limit: u64) -> Result<Arc<[u8]>, ReadError> {
    match read_bounded(path, limit) {
        Ok(Some(bytes)) => Ok(bytes.into()),
        Ok(None) => Err(ReadError::TooLarge),
        Err(_) => Err(ReadError::Unreadable),
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

    fn read(&self, folder: &str, name: &str, limit: u64) -> Result<Arc<[u8]>, ReadError> {
        read_at(&self.find(folder, name)?, limit)
    }

    fn read_report(&self, folder: &str) -> io::Result<Vec<RawFile>> {
        let named = Self::new(self.report_named(folder));
        // A report begins with a file of its own: a drive or a folder of reports is not gone through for nothing.
        let begins = named.entries(&named.root)?.iter().any(|(name, kind)| *kind == EntryKind::File && is_jigyo(name));
        if begins { named.read_texts() } else { Ok(Vec::new()) }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        self.names(folder, EntryKind::File)
    }

    fn folders(&self, folder: &str) -> Vec<String> {
        self.names(folder, EntryKind::Folder)
    }
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
        assert_eq!(disk.read("がっこう", "ぱ.png", MAX_PICTURE_BYTES).as_deref(), Ok(b"x".as_slice()));
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
        assert_eq!(disk.read("", "link.png", MAX_PICTURE_BYTES), Err(ReadError::Outside));
        assert_eq!(disk.read("", "own.png", MAX_PICTURE_BYTES).as_deref(), Ok(b"x".as_slice()));
        assert_eq!(disk.read("", "none.png", MAX_PICTURE_BYTES), Err(ReadError::NotFound));
        Ok(())
    }
}
