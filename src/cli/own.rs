//! Files that the program writes: nobody's manuscript, ledger or paper is ever replaced.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::Failure;
use crate::load::write_whole;

/// What is looked at of a file to know it again.
const MOST: u64 = 64 * 1024 * 1024;

/// Writes a file that is not there, or that an earlier run wrote.
pub(super) fn write_own(path: &Path, bytes: &[u8], is_own: fn(&[u8]) -> bool) -> Result<(), Failure> {
    refuse_others(path, is_own)?;
    write_whole(path, bytes).map_err(|error| Failure::io("に書き込めません", path, &error))
}

/// Fails where a file lies that no earlier run wrote.
pub(super) fn refuse_others(path: &Path, is_own: fn(&[u8]) -> bool) -> Result<(), Failure> {
    let may_replace = match path.try_exists() {
        Ok(true) if path.is_file() => beginning(path).is_ok_and(|old| old.is_empty() || is_own(&old)),
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

fn beginning(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether a file may be replaced by a PDF.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF")
}
