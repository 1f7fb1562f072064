//! The templates inside the program, and what a copy of one brings with it.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use typst::foundations::Bytes;

pub(super) const MANIFEST: &str = "/template.json";

const ENTRY: &str = "/main.typ";

/// `template.json`, beside `main.typ`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Manifest {
    /// One line, in Japanese
    #[serde(default)]
    pub description: String,
    /// The `format` of the `report.json` that the template reads; absent: whatever there is.
    pub format: Option<u32>,
}

/// The folder `templates/` as it was when the program was built: a folder a template, and what they share.
static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Shared by the templates, under the same names in each.
const PARTS: &str = "parts";
const FONTS: &str = "fonts";
/// What a template reads, of a small report, for whoever designs one.
const SAMPLE: &str = "sample";
/// For whoever changes a copy
const README: &str = "README.md";

/// A template that 体裁 may name without a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuiltIn {
    pub name: String,
    pub manifest: Manifest,
}

/// The built-in templates by name: the folders that say what they are.
pub fn built_in() -> Vec<BuiltIn> {
    let mut found: Vec<BuiltIn> = EMBEDDED
        .dirs()
        .filter_map(|folder| {
            let name = path_in("", folder.path());
            let manifest = EMBEDDED.get_file(format!("{name}{MANIFEST}"))?;
            // One for the web has none.
            EMBEDDED.get_file(format!("{name}{ENTRY}"))?;
            Some(BuiltIn { name, manifest: serde_json::from_slice(manifest.contents()).ok()? })
        })
        .collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

/// The names of the built-in templates: official・plain
pub fn built_in_names() -> String {
    built_in().into_iter().map(|template| template.name).collect::<Vec<_>>().join("・")
}

/// The files that a copy of a built-in template consists of, by their path in it.
pub fn copy_of(name: &str) -> Option<BTreeMap<String, &'static [u8]>> {
    built_in().into_iter().find(|template| template.name == name)?;
    let mut files = BTreeMap::new();
    for (folder, below) in [(name, ""), (SAMPLE, ""), (PARTS, PARTS), (FONTS, FONTS)] {
        for (path, bytes) in files_of(folder) {
            files.insert(
                [below, &path].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/"),
                bytes,
            );
        }
    }
    files.extend(EMBEDDED.get_file(README).map(|file| (README.to_string(), file.contents())));
    Some(files)
}

/// The texts of embedded folders as one template, the later before the earlier, with what all templates share.
pub(super) fn texts_of(folders: &[&str]) -> BTreeMap<String, Bytes> {
    let shared = files_of(PARTS).into_iter().map(|(path, bytes)| (format!("/{PARTS}/{path}"), bytes));
    let own = folders.iter().flat_map(|folder| files_of(folder)).map(|(path, bytes)| (format!("/{path}"), bytes));
    let texts = shared.chain(own).filter(|(path, _)| path.ends_with(".typ") || path == MANIFEST);
    texts.map(|(path, bytes)| (path, Bytes::new(bytes))).collect()
}

/// The embedded faces.
pub(super) fn fonts() -> impl Iterator<Item = &'static [u8]> {
    files_of(FONTS).into_iter().filter(|(path, _)| is_font(path)).map(|(_, bytes)| bytes)
}

/// Every file below an embedded folder, by its path from there, sorted.
fn files_of(folder: &str) -> BTreeMap<String, &'static [u8]> {
    let mut files = BTreeMap::new();
    let mut open: Vec<&'static Dir<'static>> = EMBEDDED.get_dir(folder).into_iter().collect();
    while let Some(dir) = open.pop() {
        files.extend(dir.files().map(|file| (path_in(folder, file.path()), file.contents())));
        open.extend(dir.dirs());
    }
    files
}

fn path_in(folder: &str, path: &std::path::Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    path.strip_prefix(folder).unwrap_or(&path).trim_start_matches('/').to_string()
}

pub(super) fn is_font(name: &str) -> bool {
    let name = name.to_lowercase();
    name.ends_with(".ttf") || name.ends_with(".otf") || name.ends_with(".ttc")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::FORMAT;

    #[test]
    fn every_built_in_template_says_what_it_is() {
        assert_eq!(built_in_names(), "official・plain");
        for template in built_in() {
            assert_eq!(template.manifest.format, Some(FORMAT), "{}", template.name);
            assert!(!template.manifest.description.is_empty());
        }
    }

    #[test]
    fn a_copy_has_all_that_the_plain_typesetter_needs() {
        let copy = copy_of("plain").expect("is built in");
        let faces = copy.keys().filter(|path| path.starts_with("fonts/") && path.ends_with(".ttf")).count();
        let licences = copy.keys().filter(|path| path.starts_with("fonts/OFL")).count();
        assert_eq!((faces, licences), (3, 2));
        for wanted in ["main.typ", "template.json", "README.md", "parts/text.typ", "report.json", "programs/p1-1.json"]
        {
            assert!(copy.contains_key(wanted), "{wanted}");
        }
        assert!(
            copy_of("errata").is_none()
                && copy_of("web").is_none()
                && copy_of("sample").is_none()
                && copy_of("").is_none()
        );
    }
}
