//! What lies in a folder, by what it is after following links.

use std::fs;
use std::io;
use std::path::Path;

use crate::natural_order;

/// What a name in a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryKind {
    /// A plain file of the report, perhaps by a link to another place in it
    File,
    Folder,
    LinkedFolder,
    /// A file that a link shows, and that lies outside the report
    Outside,
    DeadLink,
    /// A pipe or a device, which would never end
    Special,
}

/// Names in a folder of a report in their default order. `holds` says what lies inside the report.
pub(super) fn entries(holds: &dyn Fn(&Path) -> bool, path: &Path) -> io::Result<Vec<(String, EntryKind)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let entry_kind = if kind.is_symlink() {
            kind_of_link(holds, &entry.path())
        } else if kind.is_dir() {
            EntryKind::Folder
        } else if kind.is_file() || entry.path().is_file() {
            // Windows has files that are neither a file nor a link to its own words.
            EntryKind::File
        } else {
            EntryKind::Special
        };
        found.push((entry.file_name().to_string_lossy().into_owned(), entry_kind));
    }
    found.sort_by(|a, b| natural_order::compare(&a.0, &b.0));
    Ok(found)
}

fn kind_of_link(holds: &dyn Fn(&Path) -> bool, path: &Path) -> EntryKind {
    match fs::metadata(path) {
        Ok(data) if data.is_dir() => EntryKind::LinkedFolder,
        Ok(_) if !holds(path) => EntryKind::Outside,
        Ok(data) if data.is_file() => EntryKind::File,
        Ok(_) => EntryKind::Special,
        Err(_) => EntryKind::DeadLink,
    }
}
