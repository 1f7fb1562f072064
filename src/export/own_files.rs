//! Files that an earlier export wrote, known again by what stands in them: nobody else's is replaced.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::document::GENERATOR;
use super::table::first_columns;
use crate::load::to_cp932;
use crate::tables::BOM;

/// What is looked at of a workbook's properties.
const MOST: u64 = 64 * 1024;

/// Whether a CSV file begins with the columns that all of ours have, in either encoding.
pub fn is_own_csv(bytes: &[u8]) -> bool {
    let head = first_columns();
    bytes.starts_with(format!("{BOM}{head}").as_bytes()) || bytes.starts_with(&to_cp932(&head))
}

/// Whether a JSON document is ours, of whatever format.
pub fn is_own_json(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(bytes.get(..80).unwrap_or(bytes));
    start.starts_with("{\n  \"format\": ") && start.contains(&format!("\"generator\": \"{GENERATOR}\""))
}

/// Whether this program was the last to write a workbook: one that somebody worked in and saved is theirs.
pub fn is_own_workbook(bytes: &[u8]) -> bool {
    let mut properties = String::new();
    let read = |text: &mut String| {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        archive.by_name("docProps/core.xml").ok()?.take(MOST).read_to_string(text).ok()
    };
    read(&mut properties).is_some() && properties.contains(&format!("<cp:lastModifiedBy>{GENERATOR}<"))
}
