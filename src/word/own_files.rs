//! Documents that an earlier export wrote, known again by who saved them last and by their text: nobody else's is replaced. Some
//! programs change the text and leave the name of who saved it.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::GENERATOR;
use crate::load::fingerprint;
use crate::xml::{Element, Node};

/// What is looked at of a document's properties.
const MOST: u64 = 64 * 1024;
/// What is looked at of its text: what is packed small may be without end.
const MOST_TEXT: u64 = 256 * 1024 * 1024;

/// The property that says which text was written
const MARK: &str = "report.document";

/// What is kept among the document's own properties of its text.
pub(super) fn mark(document: &[u8]) -> Element {
    let mut value = Element::new("vt:lpwstr", &[]);
    value.children.push(Node::Text(fingerprint(document)));
    // The set of properties that a document has besides those of the standard; their numbers begin with 2.
    let format = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";
    let mut property = Element::new("property", &[("fmtid", format), ("pid", "2"), ("name", MARK)]);
    property.add(value);
    property
}

/// Whether this program was the last to write a document: one that somebody worked in and saved is theirs.
pub fn is_own_document(bytes: &[u8]) -> bool {
    let read = || {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let mut part = |name: &str, most: u64| {
            let mut part = Vec::new();
            archive.by_name(name).ok()?.take(most).read_to_end(&mut part).ok()?;
            Some(part)
        };
        let saved_by = format!("<cp:lastModifiedBy>{GENERATOR}<");
        let is_ours = String::from_utf8(part("docProps/core.xml", MOST)?).ok()?.contains(&saved_by);
        let mark = String::from_utf8(part("docProps/custom.xml", MOST)?).ok()?;
        let own = format!("{}</vt:lpwstr>", fingerprint(&part("word/document.xml", MOST_TEXT)?));
        Some(is_ours && mark.contains(&format!("name=\"{MARK}\"")) && mark.contains(&own))
    };
    read().unwrap_or(false)
}
