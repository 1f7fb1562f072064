//! Which report a command is about, and what is found in it.

use std::path::{Path, PathBuf};

use super::Failure;
use crate::load::Folder;
use crate::pipeline::{self, Checked, NotCheckable, find_root};

/// A report's folder, and the one file that was asked for.
pub(super) struct LocatedReport {
    pub(super) root: PathBuf,
    /// Relative to the root, with `/`
    pub(super) file: Option<String>,
}

/// The report at or above `path`, or above the current folder. Where there is none, the folder itself: the check then
/// says so.
pub(super) fn locate(path: Option<&Path>) -> Result<LocatedReport, Failure> {
    let typed = path.unwrap_or(Path::new("."));
    let absolute = absolute(typed)?;
    let data = std::fs::metadata(&absolute).map_err(|error| Failure::io("を開けません", typed, &error))?;
    let folder = if data.is_dir() { absolute.clone() } else { absolute.parent().unwrap_or(&absolute).to_path_buf() };
    let root = find_root(&folder).unwrap_or(folder);
    let file = (!data.is_dir()).then(|| relative(&root, &absolute));
    Ok(LocatedReport { root, file })
}

/// Checks the report in a folder.
pub(super) fn check_folder(root: &Path) -> Result<Checked, Failure> {
    pipeline::check(&Folder::new(root)).map_err(|NotCheckable(error)| Failure::io("を読めません", root, &error))
}

/// A path as it was typed, from the root of its disk.
pub(super) fn absolute(typed: &Path) -> Result<PathBuf, Failure> {
    let absolute = std::path::absolute(typed).map_err(|error| Failure::io("を開けません", typed, &error))?;
    Ok(without_dots(&absolute))
}

/// `.` and `..` resolved by name alone: a report keeps the name it was opened by.
fn without_dots(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        if part == std::path::Component::ParentDir {
            clean.pop();
        } else if part != std::path::Component::CurDir {
            clean.push(part);
        }
    }
    clean
}

pub(super) fn relative(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    let names: Vec<String> = parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    crate::load::compose_voiced_kana(names.join("/"))
}

/// The folder's own name, for files that are named after the report.
pub(super) fn name_of(root: &Path) -> String {
    root.file_name().map_or_else(|| "報告書".to_string(), |name| name.to_string_lossy().into_owned())
}
