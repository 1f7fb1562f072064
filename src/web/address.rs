//! Addresses that last: a page's file is named after what stays from year to year, the ID of a program and the folder of a chapter.
//!
//! ```text
//! name  = ID where it is a-z 0-9 - _ alone, no more than 64 letters, and no name of a device
//!       | "p-" hash                     of every other program
//!       | "c-" hash                     of every chapter
//! hash  = ten letters of 0-9 a-z without i l o u: the highest 50 bits of FNV-1a (64 bits) over the UTF-8 of the ID or folder
//! ```
//!
//! ASCII alone, since a server, a portal or an archive that a page passes through may know nothing else.

use std::collections::{BTreeMap, BTreeSet};

use crate::load::{fnv, is_device_name};
use crate::model::{Part, ProgramIndex, Report};
use crate::view::{chapter_anchor, part_anchor, program_anchor};

/// The longest ID that is an address as it stands.
const LONGEST: usize = 64;
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The name of a program's files, without folder and ending.
pub fn address_of(id: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    let starts_well = id.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    // What looks like a hash may be one.
    let is_taken = id.starts_with("p-") || is_device_name(id);
    if starts_well && !is_taken && id.len() <= LONGEST && id.bytes().all(is_plain) {
        return id.to_string();
    }
    format!("p-{}", hash(id))
}

/// The name of a chapter's page, by its folder.
pub(super) fn address_of_chapter(folder: &str) -> String {
    format!("c-{}", hash(folder))
}

fn hash(text: &str) -> String {
    let whole = fnv(text.as_bytes());
    let letter = |place: u32| {
        let five = usize::try_from((whole >> (59 - 5 * place)) & 31).unwrap_or_default();
        LETTERS.get(five).copied().map_or('0', char::from)
    };
    (0..10).map(letter).collect()
}

/// Where the pages of a report lie, from the edition's folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addresses {
    /// By anchor of the view
    pages: BTreeMap<String, String>,
}

impl Addresses {
    pub fn of(report: &Report) -> Self {
        let mut pages = BTreeMap::new();
        for part in [Part::Cover, Part::Contents, Part::Summary, Part::Departments, Part::Index, Part::Charts] {
            pages.insert(part_anchor(part), part_page(part).to_string());
        }
        let mut taken = BTreeSet::new();
        for (index, chapter) in report.chapters.iter().enumerate() {
            let name = free(address_of_chapter(&chapter.folder), &mut taken);
            pages.insert(chapter_anchor(index), format!("chapters/{name}.html"));
        }
        taken.clear();
        for (index, program) in report.printed_programs() {
            let name = free(address_of(&program.id), &mut taken);
            pages.insert(program_anchor(index), format!("programs/{name}.html"));
        }
        Self { pages }
    }

    /// The page on which an anchor stands.
    pub fn page(&self, anchor: &str) -> Option<&str> {
        self.pages.get(anchor).map(String::as_str)
    }

    pub fn program(&self, index: ProgramIndex) -> Option<&str> {
        self.page(&program_anchor(index))
    }

    pub(super) fn by_anchor(&self) -> &BTreeMap<String, String> {
        &self.pages
    }
}

/// Of two IDs with one hash, which nobody will ever see, the later in the book has another name.
fn free(name: String, taken: &mut BTreeSet<String>) -> String {
    let mut own = name.clone();
    let mut count = 1;
    while !taken.insert(own.clone()) {
        count += 1;
        own = format!("{name}.{count}");
    }
    own
}

/// The page of a part. 表紙 and 目次 are the front page.
pub(super) fn part_page(part: Part) -> &'static str {
    match part {
        Part::Cover | Part::Contents => "index.html",
        Part::Summary => "summary.html",
        Part::Departments => "departments.html",
        Part::Index => "names.html",
        Part::Charts => "charts.html",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_ascii_and_stays() {
        assert_eq!(address_of("0101-wind_power"), "0101-wind_power");
        // These stand in links that people have: they never change.
        assert_eq!(address_of("就職ガイダンス開催事業"), "p-rp82z7hahy");
        assert_eq!(address_of("con"), format!("p-{}", hash("con")));
        for odd in ["", "A", "-a", "p-0123456789", "a.b", "a/b", "..", "\u{FFFD}", &"a".repeat(65)] {
            let address = address_of(odd);
            assert!(address.starts_with("p-") && address.len() == 12, "{odd}: {address}");
            assert!(address.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
        }
        assert_ne!(address_of("A"), address_of("a"));
    }
}
