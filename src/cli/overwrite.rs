//! Files that the program writes: nobody's manuscript, ledger or paper is ever replaced, and nothing outside a report is
//! reached by a name in it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::Failure;
use super::place::{absolute, relative};
use crate::load::{Folder, create_new, is_left_over, read_beginning, write_whole};
use crate::pipeline::find_root;

/// What is looked at of a file to know it again.
const MOST: u64 = 64 * 1024 * 1024;

/// Writes a file that is not there, or that an earlier run wrote.
pub(super) fn write_own(path: &Path, bytes: &[u8], is_own: fn(&[u8]) -> bool) -> Result<(), Failure> {
    refuse_others(path, is_own)?;
    write_inside(path, bytes)
}

/// Writes a file, but not through a link that leads out of the report that its name lies in.
pub(super) fn write_inside(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    refuse_outside(path)?;
    write_whole(path, bytes).map_err(|error| Failure::io("に書き込めません", path, &error))
}

/// Fails where a file lies that no earlier run wrote.
pub(super) fn refuse_others(path: &Path, is_own: fn(&[u8]) -> bool) -> Result<(), Failure> {
    refuse_outside(path)?;
    let may_replace = match path.try_exists() {
        Ok(true) if path.is_file() => read_beginning(path, MOST).is_ok_and(|old| old.is_empty() || is_own(&old)),
        _ => true,
    };
    if may_replace {
        return Ok(());
    }
    Err(Failure::new(format!(
        "「{}」は report が作ったファイルではないので、上書きしません。別の名前を指定してください。",
        path.display()
    )))
}

/// Fails where the path lies in a report by its name and a link in it leads out of there. Of a `.jigyo` file that lies in
/// no report its folder is meant.
pub(super) fn refuse_outside(path: &Path) -> Result<(), Failure> {
    let whole = absolute(path)?;
    let Some(folder) = whole.parent() else { return Ok(()) };
    let is_text = whole.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("jigyo"));
    // The file itself may be the report's own.
    let root = find_root(folder).or_else(|| is_text.then(|| folder.to_path_buf()));
    root.map_or(Ok(()), |root| refuse_outside_of(&root, path))
}

/// Fails where a path in this folder leads out of it.
pub(super) fn refuse_outside_of(root: &Path, path: &Path) -> Result<(), Failure> {
    if Folder::new(root).holds(&absolute(path)?) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "「{}」は、報告書のフォルダーの外へのリンクなので、使いません。中身を報告書のフォルダーの中に写すか、ほかの場所を指定してください。",
        path.display()
    )))
}

/// Whether a folder holds nothing but some of these files, each as it is to be written: what a run left that was ended.
pub(super) fn is_begun(folder: &Path, files: &[(String, Vec<u8>)]) -> bool {
    let wanted: BTreeMap<&str, &[u8]> = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let mut folders = vec![folder.to_path_buf()];
    let mut found = 0;
    while let Some(next) = folders.pop() {
        let Ok(entries) = fs::read_dir(&next) else { return false };
        for entry in entries {
            let Ok(entry) = entry else { return false };
            let (path, kind) = (entry.path(), entry.file_type());
            if kind.as_ref().is_ok_and(fs::FileType::is_dir) {
                folders.push(path);
            } else if !is_left_over(&entry.file_name().to_string_lossy()) {
                let is_same = |bytes: &&[u8]| read_beginning(&path, MOST).is_ok_and(|there| there == **bytes);
                if !kind.is_ok_and(|kind| kind.is_file())
                    || wanted.get(relative(folder, &path).as_str()).filter(|bytes| is_same(bytes)).is_none()
                {
                    return false;
                }
                found += 1;
            }
        }
    }
    found < files.len()
}

/// Makes those of the files, named with `/`, that are not there yet in a folder.
pub(super) fn make_files(folder: &Path, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<(), Failure> {
    for (path, bytes) in files {
        let path = path.split('/').fold(folder.to_path_buf(), |folder, part| folder.join(part));
        refuse_outside_of(folder, &path)?;
        match create_new(&path, bytes) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(Failure::io("を作れません", &path, &error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether a file may be replaced by a PDF.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF")
}
