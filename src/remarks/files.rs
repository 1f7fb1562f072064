//! Which text of `_連絡` belongs to which file of the report.

use std::collections::BTreeMap;

use crate::load::{Disk, MAX_FILE_BYTES, compose_voiced_kana, decode};

/// Begins with `_`: no file in it is a manuscript.
const FOLDER: &str = "_連絡";
const ENDING: &str = ".txt";

/// The texts of a report's remarks, by their path from its folder.
pub type RemarkTexts = BTreeMap<String, String>;

/// The texts that can be read.
pub fn read_remarks(disk: &dyn Disk) -> RemarkTexts {
    let names = disk.list(FOLDER).into_iter().filter(|name| name.ends_with(ENDING));
    let texts = names.filter_map(|name| {
        let text = decode(&disk.read(FOLDER, &name, MAX_FILE_BYTES).ok()?).ok()?;
        Some((compose_voiced_kana(format!("{FOLDER}/{name}")), text))
    });
    texts.collect()
}

/// Where the remarks on a file of the report lie: by its name alone, so that a program may move to another chapter. Chapters are all
/// of one name; theirs are told apart by their folders.
pub fn path_of(file: &str) -> String {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let folder = if stem == "章" && !folder.is_empty() {
        format!("（{}）", folder.replace('/', "　"))
    } else {
        String::new()
    };
    format!("{FOLDER}/{stem}{folder}{ENDING}")
}

/// Whether a path is that of remarks.
pub fn is_remark_file(path: &str) -> bool {
    let name = path.strip_prefix(FOLDER).and_then(|rest| rest.strip_prefix('/'));
    name.is_some_and(|name| name.ends_with(ENDING) && !name.contains(['/', '\\']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Memory;

    #[test]
    fn each_file_has_its_own_remarks() {
        assert_eq!(path_of("01_人材/移住支援事業.jigyo"), "_連絡/移住支援事業.txt");
        assert_eq!(path_of("報告書.jigyo"), "_連絡/報告書.txt");
        assert_eq!(path_of("01_人材/02_育成/章.jigyo"), "_連絡/章（01_人材　02_育成）.txt");
        assert!(is_remark_file("_連絡/一.txt"));
        for other in ["_連絡/../一.txt", "_連絡/一.jigyo", "_連絡一.txt", "一.txt", r"_連絡/..\一.txt"] {
            assert!(!is_remark_file(other), "{other}");
        }
        let disk = Memory::new().with("_連絡/一.txt", "■ 連絡\n").with("_連絡/控え.docx", "x").with("一.txt", "あ");
        assert_eq!(read_remarks(&disk).into_keys().collect::<Vec<_>>(), ["_連絡/一.txt"]);
    }
}
