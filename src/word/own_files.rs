//! Documents that an earlier export wrote, known again by who saved them last: nobody else's is replaced.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::GENERATOR;

/// What is looked at of a document's properties.
const MOST: u64 = 64 * 1024;

/// Whether this program was the last to write a document: one that somebody worked in and saved is theirs.
pub fn is_own_document(bytes: &[u8]) -> bool {
    let mut properties = String::new();
    let mut read = || {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        archive.by_name("word/document.xml").ok()?;
        archive.by_name("docProps/core.xml").ok()?.take(MOST).read_to_string(&mut properties).ok()
    };
    read().is_some() && properties.contains(&format!("<cp:lastModifiedBy>{GENERATOR}<"))
}
