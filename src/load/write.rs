//! Writing: whole or not at all, and never over what somebody else has written meanwhile. What a run that was ended left
//! beside its target is taken away by the next one that writes there.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

use super::exchange::exchange;
use super::lock::FolderLock;
use super::plain_file::{not_plain, read_bounded};

const PREFIX: &str = "_report-";
const SUFFIX: &str = ".tmp";

/// What became of a file that was to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaced {
    Done,
    /// It is no longer what it was: it stays as it is now.
    Changed,
}

/// Writes a file beside its target and renames it into place. The folder is made where it is missing; a link stays a
/// link, and what it points to is replaced.
///
/// # Errors
/// The operating system's; the target is then as it was, and nothing is left beside it. `InvalidInput` for a target that
/// is no plain file.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put(path, bytes, true)
}

/// As `write_whole`, without waiting until the disk has it and without asking who else writes there: for one of many files that are
/// made again from others at any time. Who writes them looks after what an ended run left.
///
/// # Errors
/// As `write_whole`.
pub fn write_one_of_many(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put(path, bytes, false)
}

/// Makes a folder that is not there: filled under another name beside its place first, so that it is there whole or not at all.
///
/// # Errors
/// The operating system's, and those of `fill`; nothing is left then.
pub fn make_folder_whole(folder: &Path, fill: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    make_folder_of(folder)?;
    let beside = folder_of(folder);
    let lock = FolderLock::take(beside);
    if lock.is_some() {
        sweep(beside);
    }
    let begun = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempdir_in(beside)?;
    fill(begun.path())?;
    open_to_others(begun.path())?;
    fs::rename(begun.path(), folder)?;
    // It has another name now.
    let _ = begun.keep();
    Ok(())
}

/// A folder that is made under another name is for its owner alone; this one is as those in it are.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let inner = fs::read_dir(folder)?.filter_map(Result::ok).find(|entry| entry.path().is_dir());
    let mode = inner.and_then(|entry| entry.metadata().ok()).map_or(0o755, |data| data.permissions().mode());
    fs::set_permissions(folder, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn open_to_others(_: &Path) -> io::Result<()> {
    Ok(())
}

fn put(path: &Path, bytes: &[u8], is_to_last: bool) -> io::Result<()> {
    make_folder_of(path)?;
    let target = real_path(path);
    match fs::metadata(&target) {
        Ok(data) if data.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(data) if !data.is_file() => return Err(not_plain()),
        _ => {}
    }
    let (_lock, file) = write_beside(&target, bytes, is_to_last)?;
    file.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

/// Replaces the content `before` of a file by `after`; another content, of whoever saved it meanwhile, stays.
///
/// # Errors
/// As `write_whole`.
pub fn replace(path: &Path, before: &[u8], after: &[u8]) -> io::Result<Replaced> {
    replace_after(path, before, after, || {}, || {})
}

/// `wait` runs when everything is written but the name, `save_between` between the last look at the file and its new name.
fn replace_after(
    path: &Path,
    before: &[u8],
    after: &[u8],
    wait: impl FnOnce(),
    save_between: impl FnOnce(),
) -> io::Result<Replaced> {
    let target = real_path(path);
    let (_lock, file) = write_beside(&target, after, true)?;
    wait();
    // The last thing before the name changes hands: writing to the disk takes as long as an editor needs for a save.
    let now = read_bounded(&target, before.len() as u64);
    match now {
        Ok(Some(now)) if now == before => {}
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => return Ok(Replaced::Changed),
    }
    save_between();
    match exchange(file.path(), &target, before, after)? {
        Some(true) => return Ok(Replaced::Done),
        Some(false) => return Ok(Replaced::Changed),
        None => {}
    }
    file.persist(&target).map_err(|error| error.error)?;
    Ok(Replaced::Done)
}

/// Writes a file that must not be there yet, whole or not at all. The folder is made where it is missing.
///
/// # Errors
/// `AlreadyExists`, and the operating system's others; nothing is left then.
pub fn create_new(path: &Path, bytes: impl AsRef<[u8]>) -> io::Result<()> {
    let is_there = |path: &Path| fs::symlink_metadata(path).is_ok();
    if is_there(path) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    make_folder_of(path)?;
    let target = in_real_folder(path).unwrap_or_else(|| path.to_path_buf());
    let (_lock, file) = write_beside(&target, bytes.as_ref(), true)?;
    let Err(refused) = file.persist_noclobber(&target) else { return Ok(()) };
    // Some drives cannot rename with that condition.
    if refused.error.kind() == io::ErrorKind::AlreadyExists || is_there(&target) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    refused.file.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

/// A name that a run leaves beside its target when it is ended in the middle.
pub fn is_left_over(name: &str) -> bool {
    let middle = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
    middle.is_some_and(|middle| middle.len() == 6 && middle.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The new content on the disk, in the folder of its target, which nobody else of us writes into meanwhile.
fn write_beside(target: &Path, bytes: &[u8], is_to_last: bool) -> io::Result<(Option<FolderLock>, NamedTempFile)> {
    let folder = folder_of(target);
    let lock = if is_to_last { FolderLock::take(folder) } else { None };
    if lock.is_some() {
        sweep(folder);
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    if let Some(permissions) = ordinary_permissions(target) {
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    if is_to_last {
        file.as_file().sync_all()?;
    }
    Ok((lock, file))
}

/// Takes away what runs that were ended left in a folder, once in a process. Only who holds the folder may: whatever
/// bears such a name then is nobody's.
fn sweep(folder: &Path) {
    static SWEPT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    if !SWEPT.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_path_buf()) {
        return;
    }
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok).filter(|entry| entry.file_name().to_str().is_some_and(is_left_over)) {
        // One that cannot be taken away does no harm.
        let _ = match entry.file_type() {
            Ok(kind) if kind.is_file() => fs::remove_file(entry.path()),
            Ok(kind) if kind.is_dir() => fs::remove_dir_all(entry.path()),
            _ => Ok(()),
        };
    }
}

fn make_folder_of(path: &Path) -> io::Result<()> {
    let folder = folder_of(path);
    fs::create_dir_all(folder).map_err(|error| {
        let in_the_way = folder.ancestors().find(|part| part.is_file()).and_then(Path::file_name);
        in_the_way.map_or(error, |name| {
            let name = name.to_string_lossy();
            io::Error::other(format!("「{name}」という名前のファイルがあり、その名前のフォルダーを作れません"))
        })
    })
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A path after following links; of a file that is not there yet, its folder's. On Windows this is the form in which a
/// path may be longer than 260 characters: the library that renames does not make it itself.
fn real_path(path: &Path) -> PathBuf {
    fs::canonicalize(path).ok().or_else(|| in_real_folder(path)).unwrap_or_else(|| path.to_path_buf())
}

fn in_real_folder(path: &Path) -> Option<PathBuf> {
    Some(fs::canonicalize(folder_of(path)).ok()?.join(path.file_name()?))
}

/// Temporary files are private; what replaces a report is as readable as what it replaces, or as a new file would be.
#[cfg(unix)]
fn ordinary_permissions(target: &Path) -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(target).map_or(0o666, |data| data.permissions().mode());
    Some(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn ordinary_permissions(_: &Path) -> Option<fs::Permissions> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_target_is_replaced_whole_and_nothing_is_left_beside_it() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("out/報告.pdf");
        write_whole(&path, b"old")?;
        write_whole(&path, b"new")?;
        assert_eq!(fs::read(&path)?, b"new");
        assert_eq!(fs::read_dir(folder.path().join("out"))?.count(), 1);
        Ok(())
    }

    #[test]
    fn a_target_that_cannot_be_replaced_stays() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a");
        fs::create_dir_all(path.join("b"))?;
        assert!(write_whole(&path, b"new").is_err());
        assert_eq!(fs::read_dir(folder.path())?.count(), 1);
        Ok(())
    }

    #[test]
    fn a_save_at_the_last_moment_stays() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("一.jigyo");
        let save = |text: &'static str| {
            let path = path.clone();
            move || fs::write(path, text).expect("is saved")
        };
        fs::write(&path, "前")?;
        assert_eq!(replace_after(&path, "前".as_bytes(), b"new", save("後"), || {})?, Replaced::Changed);
        assert_eq!(fs::read_to_string(&path)?, "後");
        // One as long, one that begins alike, an editor that empties first, one that takes the file away.
        for other in ["全", "前後", ""] {
            fs::write(&path, "前")?;
            assert_eq!(replace_after(&path, "前".as_bytes(), b"new", save(other), || {})?, Replaced::Changed);
            assert_eq!(fs::read_to_string(&path)?, other);
        }
        let gone = || fs::remove_file(&path).expect("is removed");
        assert_eq!(replace_after(&path, b"", b"new", gone, || {})?, Replaced::Changed);
        assert_eq!(fs::read_dir(folder.path())?.count(), 0);
        fs::write(&path, "前")?;
        assert_eq!(replace(&path, "前".as_bytes(), b"new")?, Replaced::Done);
        assert_eq!(fs::read_to_string(&path)?, "new");
        Ok(())
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_save_between_the_last_look_and_the_new_name_gets_its_place_back() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (path, beside) = (folder.path().join("一.jigyo"), folder.path().join("一.jigyo~"));
        fs::write(&path, "前")?;
        let save = || {
            fs::write(&beside, "後").expect("is written");
            fs::rename(&beside, &path).expect("is renamed");
        };
        assert_eq!(replace_after(&path, "前".as_bytes(), b"new", || {}, save)?, Replaced::Changed);
        assert_eq!(fs::read_to_string(&path)?, "後");
        let gone = || fs::remove_file(&path).expect("is removed");
        assert_eq!(replace_after(&path, "後".as_bytes(), b"new", || {}, gone)?, Replaced::Changed);
        assert_eq!(fs::read_dir(folder.path())?.count(), 0);
        Ok(())
    }

    #[test]
    fn what_is_there_is_never_created_anew() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("01/一.jigyo");
        create_new(&path, "一")?;
        let again = create_new(&path, "二").map_err(|error| error.kind());
        assert_eq!(again, Err(io::ErrorKind::AlreadyExists));
        assert_eq!(fs::read_to_string(&path)?, "一");
        assert_eq!(fs::read_dir(folder.path().join("01"))?.count(), 1);
        Ok(())
    }

    #[test]
    fn a_folder_is_made_whole_and_what_an_ended_run_left_beside_it_is_taken_away() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let made = folder.path().join("out/web");
        fs::create_dir_all(folder.path().join("out/_report-aB3xYz.tmp/p"))?;
        fs::create_dir_all(folder.path().join("out/控え.tmp"))?;
        let failed = make_folder_whole(&made, |begun| {
            fs::write(begun.join("a"), "half")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert_eq!(failed.map_err(|error| error.kind()), Err(io::ErrorKind::StorageFull));
        assert_eq!(fs::read_dir(folder.path().join("out"))?.count(), 1);
        make_folder_whole(&made, |begun| fs::write(begun.join("a"), "whole"))?;
        assert_eq!(fs::read_to_string(made.join("a"))?, "whole");
        assert_eq!(fs::read_dir(folder.path().join("out"))?.count(), 2);
        Ok(())
    }

    #[test]
    fn only_left_overs_are_swept() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        for name in ["_report-aB3xYz.tmp", "_report-控え.tmp", "_report-1.tmp", "report-aB3xYz.tmp", "a.tmp"] {
            fs::write(folder.path().join(name), "x")?;
        }
        create_new(&folder.path().join("一.jigyo"), "一")?;
        assert!(!folder.path().join("_report-aB3xYz.tmp").exists());
        assert_eq!(fs::read_dir(folder.path())?.count(), 5);
        Ok(())
    }
}
