//! The folder of a web edition. What lies in it and is not ours, or was changed since, is never touched: then nothing is written.
//! Who reads the folder while it is written finds each file whole, the old one or the new one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;

use serde::{Deserialize, Serialize};

use super::Failure;
use super::place::relative;
use crate::load::{explain_io, is_left_over, make_folder_whole, read_bounded, shown, write_one_of_many, write_whole};
use crate::web::{WebFile, fingerprint};

/// Which files of the folder are ours.
pub(super) const LIST: &str = "files.json";
const GENERATOR: &str = "report export html";
/// What is read of a file to know it again.
const MOST: u64 = 256 * 1024 * 1024;
/// Names of files in a message
const MOST_NAMED: usize = 3;
/// Files are written by so many at once: most of the time is spent waiting for the disk's list of names.
const WRITERS: usize = 4;

/// `files.json`. While files are written, one may have the mark of the old one as well as that of the new one.
#[derive(Default, Serialize, Deserialize)]
struct FileList {
    generator: String,
    files: BTreeMap<String, BTreeSet<String>>,
}

/// What an earlier run left in a folder, and nobody touched since.
pub(super) struct OwnFiles {
    folder: PathBuf,
    list: FileList,
    /// What a run that was ended left beside its files
    left_over: Vec<PathBuf>,
    /// Nothing lies there, not even a folder
    is_new: bool,
}

impl OwnFiles {
    /// Looks through a folder.
    ///
    /// # Errors
    /// Where something lies there that no earlier run wrote, or that somebody changed since.
    pub(super) fn read(folder: &Path) -> Result<Self, Failure> {
        let list = read_list(folder)?;
        let mut own = Self {
            folder: folder.to_path_buf(),
            list,
            left_over: Vec::new(),
            is_new: fs::symlink_metadata(folder).is_err(),
        };
        let mut foreign = Vec::new();
        if !own.is_new {
            own.look_through(&mut foreign)?;
        }
        foreign.sort();
        if foreign.is_empty() { Ok(own) } else { Err(others(folder, &foreign)) }
    }

    fn look_through(&mut self, foreign: &mut Vec<String>) -> Result<(), Failure> {
        let mut open = vec![self.folder.clone()];
        while let Some(next) = open.pop() {
            let unreadable = |error: io::Error| Failure::io("を読めません", &next, &error);
            for entry in fs::read_dir(&next).map_err(unreadable)? {
                let entry = entry.map_err(unreadable)?;
                let (path, kind) = (entry.path(), entry.file_type());
                let name = relative(&self.folder, &path);
                if kind.as_ref().is_ok_and(fs::FileType::is_dir) {
                    open.push(path);
                } else if is_left_over(&entry.file_name().to_string_lossy()) {
                    self.left_over.push(path);
                } else if name != LIST && !self.is_own(&path, &name) {
                    foreign.push(name);
                }
            }
        }
        Ok(())
    }

    fn is_own(&self, path: &Path, name: &str) -> bool {
        // What systems leave in every folder that was looked at is nobody's work.
        let last = name.rsplit('/').next().unwrap_or_default();
        if ["Thumbs.db", "desktop.ini", ".DS_Store"].contains(&last) {
            return true;
        }
        let Some(marks) = self.list.files.get(name) else { return false };
        let is_plain = fs::symlink_metadata(path).is_ok_and(|data| data.is_file());
        is_plain
            && read_bounded(path, MOST)
                .is_ok_and(|bytes| bytes.is_some_and(|bytes| marks.contains(&fingerprint(&bytes))))
    }

    /// Puts these files in the place of those that are there. Whoever ends it in the middle can run it again.
    pub(super) fn replace(self, files: &[WebFile]) -> Result<(), Failure> {
        let marks = files.iter().map(|file| (file.path.clone(), BTreeSet::from([fingerprint(&file.bytes)])));
        let new = FileList { generator: GENERATOR.to_string(), files: marks.collect() };
        if self.is_new { make(&self.folder, files, &new) } else { self.change(files, new) }
    }

    /// Writes what is new or another, then takes away what is no page any more.
    fn change(self, files: &[WebFile], new: FileList) -> Result<(), Failure> {
        let mut both = FileList { generator: GENERATOR.to_string(), files: self.list.files };
        for (path, marks) in &new.files {
            both.files.entry(path.clone()).or_default().extend(marks.iter().cloned());
        }
        write_list(&self.folder, &both)?;
        for file in files {
            let path = place(&self.folder, &file.path);
            let is_there = read_bounded(&path, MOST).is_ok_and(|there| there.is_some_and(|there| there == file.bytes));
            if !is_there {
                write_one_of_many(&path, &file.bytes)
                    .map_err(|error| Failure::io("に書き込めません", &path, &error))?;
            }
        }
        let gone =
            both.files.keys().filter(|path| !new.files.contains_key(*path)).map(|path| place(&self.folder, path));
        for path in gone.chain(self.left_over) {
            remove(&path)?;
        }
        write_list(&self.folder, &new)
    }
}

/// Makes a folder that is not there.
fn make(folder: &Path, files: &[WebFile], list: &FileList) -> Result<(), Failure> {
    let fill = |begun: &Path| {
        let folders: BTreeSet<PathBuf> =
            files.iter().filter_map(|file| Some(place(begun, &file.path).parent()?.to_path_buf())).collect();
        for folder in folders {
            fs::create_dir_all(&folder)?;
        }
        let write =
            |files: &[WebFile]| files.iter().try_for_each(|file| fs::write(place(begun, &file.path), &file.bytes));
        let parts = files.chunks(files.len().div_ceil(WRITERS).max(1));
        thread::scope(|scope| {
            let writers: Vec<_> = parts.map(|part| scope.spawn(move || write(part))).collect();
            writers
                .into_iter()
                .try_for_each(|writer| writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })?;
        fs::write(begun.join(LIST), text_of(list))
    };
    make_folder_whole(folder, fill).map_err(|error| Failure::io("を作れません", folder, &error))
}

/// Which files an earlier run wrote there; none where it wrote nothing.
fn read_list(folder: &Path) -> Result<FileList, Failure> {
    let path = folder.join(LIST);
    let bytes = match read_bounded(&path, MOST) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Err(others(folder, &[LIST.to_string()])),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(FileList::default()),
        Err(error) => return Err(Failure::io("を読めません", &path, &error)),
    };
    let list: Option<FileList> = serde_json::from_slice(&bytes).ok();
    // Nothing outside the folder is ever taken away, whatever somebody wrote into the list.
    let is_inside =
        |path: &String| path.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':']));
    list.filter(|list| list.generator == GENERATOR && list.files.keys().all(is_inside))
        .ok_or_else(|| others(folder, &[LIST.to_string()]))
}

fn others(folder: &Path, names: &[String]) -> Failure {
    let named: Vec<String> = names.iter().take(MOST_NAMED).map(|name| format!("「{}」", shown(name))).collect();
    let more = names.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" など{}個", names.len()) } else { String::new() };
    Failure::new(format!(
        "「{}」には、report が作ったのではないファイルか、作った後で直されたファイル（{}{more}）があるので、何も書きません。別のフォルダーを指定するか、そのファイルをほかへ移してください。",
        folder.display(),
        named.join("")
    ))
}

fn place(folder: &Path, path: &str) -> PathBuf {
    path.split('/').fold(folder.to_path_buf(), |folder, part| folder.join(part))
}

fn write_list(folder: &Path, list: &FileList) -> Result<(), Failure> {
    let path = folder.join(LIST);
    write_whole(&path, text_of(list).as_bytes()).map_err(|error| Failure::io("に書き込めません", &path, &error))
}

fn text_of(list: &FileList) -> String {
    // Strings and lists: it always serializes.
    serde_json::to_string_pretty(list).unwrap_or_default() + "\n"
}

fn remove(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Failure::new(format!("「{}」を消せません（{}）。", path.display(), explain_io(&error))))
        }
        _ => Ok(()),
    }
}
