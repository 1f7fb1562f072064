//! Editions of other years that stand beside this one.

use super::edition::EditionFile;

/// The editions of the years before and after that stand beside this one, each with the way to its folder.
#[derive(Debug, Clone, Default)]
pub struct Neighbours {
    pub previous: Option<(String, EditionFile)>,
    pub next: Option<(String, EditionFile)>,
}

impl Neighbours {
    /// Of the editions in folders beside this one: that of the year before, if it is of the report that 前年度 names, and that of
    /// the year after, if its report names this one.
    pub fn choose(beside: Vec<(String, EditionFile)>, own: &EditionFile) -> Self {
        let mut found = Self::default();
        for (folder, edition) in beside {
            let way = format!("../{}/", encoded(&folder));
            let is_named = !own.previous_title.is_empty() && edition.title == own.previous_title;
            if edition.year == own.year - 1 && is_named {
                found.previous.get_or_insert((way, edition));
            } else if edition.year == own.year + 1 && edition.previous_title == own.title {
                found.next.get_or_insert((way, edition));
            }
        }
        found
    }
}

/// A folder's name in an address.
fn encoded(name: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    name.bytes()
        .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
