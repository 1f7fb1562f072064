//! Which files of a report are copies by their names beside the others'.

use std::collections::BTreeMap;

use crate::checks::find_copies;
use crate::load::RawFile;

/// By path the stem of the file that each copy was made of. A synchronising service may have put it into another folder;
/// a chapter's file is one of many of its name, and stands for its own folder alone.
pub(super) fn copies_among(raw: &[RawFile]) -> BTreeMap<String, String> {
    let mut folders: BTreeMap<&str, Vec<(&RawFile, &str)>> = BTreeMap::new();
    for file in raw {
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        folders.entry(folder).or_default().push((file, stem));
    }
    let stems = folders.values().flatten().map(|(_, stem)| *stem);
    let everywhere = find_copies(stems.filter(|stem| !is_of_the_office(stem)));
    let mut found = BTreeMap::new();
    for files in folders.values() {
        let beside = find_copies(files.iter().map(|(_, stem)| *stem));
        for (file, stem) in files {
            if let Some(original) = beside.get(stem).or_else(|| everywhere.get(stem)) {
                found.insert(file.path.clone(), (*original).to_string());
            }
        }
    }
    found
}

fn is_of_the_office(stem: &str) -> bool {
    stem.starts_with("章") || stem.starts_with("報告書")
}
