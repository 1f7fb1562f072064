//! `report check --by-department`: a text a department, in a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::Failure;
use super::overwrite::{refuse_outside, write_inside};
use super::place::name_of;
use super::status::progress_of;
use crate::load::{Disk, Folder, read_bounded};
use crate::office::{Letter, addressee, clean_letter, is_letter_name, write_letters};
use crate::pipeline::Checked;

/// Letters are far smaller; what is larger is none.
const MOST: u64 = 256 * 1024 * 1024;

/// Writes the letters; one of an earlier run to a department that has nothing to fix now says so.
pub(super) fn write(checked: &Checked, root: &Path, out: &Path, all: bool) -> Result<(), Failure> {
    // A folder in the report that a link leads out of would be made outside.
    refuse_outside(&out.join("_"))?;
    fs::create_dir_all(out).map_err(|error| Failure::io("に書き込めません", out, &error))?;
    let progress = progress_of(checked, root);
    let report = name_of(root);
    let letters = write_letters(checked, &progress, &report, all);
    let before = letters_in(out);
    for Letter { file_name, .. } in &letters {
        let path = out.join(file_name);
        if path.exists() && !before.contains_key(file_name) {
            return Err(Failure::new(format!(
                "「{}」は「report check」が作ったファイルではないので、上書きしません。別のフォルダーを指定してください。",
                path.display()
            )));
        }
    }
    for Letter { file_name, text } in &letters {
        write_inside(&out.join(file_name), text.as_bytes())?;
    }
    let stale = before.iter().filter(|(name, _)| letters.iter().all(|letter| letter.file_name != **name));
    for (name, department) in stale {
        let text = clean_letter(&progress, &report, department);
        write_inside(&out.join(name), text.as_bytes())?;
    }
    match letters.len() {
        0 => say!("指摘のある課はありません。"),
        count => say!("課ごとの指摘を、フォルダー「{}」の {count} 個のファイルに書きました。", out.display()),
    }
    Ok(())
}

/// The letters that lie in a folder, with their departments.
fn letters_in(out: &Path) -> BTreeMap<String, String> {
    let names = Folder::new(out).list("").into_iter().filter(|name| is_letter_name(name));
    let read = |name: String| {
        let bytes = read_bounded(&out.join(&name), MOST).ok().flatten()?;
        let department = addressee(&bytes)?.to_string();
        Some((name, department))
    };
    names.filter_map(read).collect()
}
