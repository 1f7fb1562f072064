//! Writing so that neither a crash nor a full disk costs what was there before.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file beside its target and renames it into place. The folder is made where it is missing; a link stays a
/// link, and what it points to is replaced.
///
/// # Errors
/// The operating system's; the target is then as it was, and nothing is left beside it. `InvalidInput` for a target that
/// is no plain file.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let target = real_path(path);
    if fs::metadata(&target).is_ok_and(|data| !data.is_file()) {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix("_report-").suffix(".tmp");
    if let Some(permissions) = ordinary_permissions(&target) {
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

/// A path after following links; of a file that is not there yet, its folder's. On Windows this is the form in which a
/// path may be longer than 260 characters: the library that renames does not make it itself.
fn real_path(path: &Path) -> PathBuf {
    let in_real_folder = || {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(fs::canonicalize(folder).ok()?.join(path.file_name()?))
    };
    fs::canonicalize(path).ok().or_else(in_real_folder).unwrap_or_else(|| path.to_path_buf())
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

/// Writes a file that must not be there yet.
///
/// # Errors
/// `AlreadyExists`, and the operating system's others; nothing is left then.
pub fn create_new(path: &Path, bytes: impl AsRef<[u8]>) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::File::create_new(path)?;
    file.write_all(bytes.as_ref()).inspect_err(|_| {
        // Half a file would be taken for a whole one.
        let _ = fs::remove_file(path);
    })
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
}
