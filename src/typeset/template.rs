//! Templates: built in, or a folder.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use typst::foundations::Bytes;
use typst::text::Font;

use super::faces::is_font;
use crate::load::Disk;

/// The folder `templates/` as it was when the program was built.
pub(super) static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Names that 体裁 may give without a folder.
pub const BUILT_IN: &[&str] = &["official"];

/// Files of a template by their path in it, with a leading `/`, and its fonts. Clones share them.
#[derive(Debug, Clone)]
pub struct Template {
    /// As 体裁 names it
    pub name: String,
    /// The files of a folder, as they were read: by them a template is known again.
    raw: BTreeMap<String, Arc<[u8]>>,
    pub(super) files: BTreeMap<String, Bytes>,
    pub(super) fonts: Vec<Font>,
}

impl PartialEq for Template {
    /// Whether both give the same pages.
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.raw == other.raw
    }
}

impl Template {
    /// A built-in template.
    pub fn built_in(name: &str) -> Option<Self> {
        let name = BUILT_IN.iter().find(|known| **known == name)?;
        let folder = EMBEDDED.get_dir(name)?;
        let mut files = BTreeMap::new();
        collect(folder, name, &mut files);
        Some(Self { name: (*name).to_string(), raw: BTreeMap::new(), files, fonts: Vec::new() })
    }

    /// The 正誤表, which no 体裁 may name: the parts of the official template under an entry of its own.
    pub fn errata() -> Self {
        let mut files = BTreeMap::new();
        for name in ["official", "errata"] {
            if let Some(folder) = EMBEDDED.get_dir(name) {
                collect(folder, name, &mut files);
            }
        }
        Self { name: "正誤表".to_string(), raw: BTreeMap::new(), files, fonts: Vec::new() }
    }

    /// A folder with a `main.typ`; nothing where there is none. Its `fonts/` come before the embedded faces. `before`, a
    /// template that may still be the same, spares reading its fonts once more.
    pub fn from_folder(name: &str, disk: &dyn Disk, folder: &str, before: Option<&Self>) -> Option<Self> {
        let mut raw = BTreeMap::new();
        read_folder(disk, folder, "", &mut raw);
        // Those that templates have: their own parts, fonts and pictures.
        for below in ["fonts", "images", "parts"] {
            read_folder(disk, folder, below, &mut raw);
        }
        if !raw.contains_key("/main.typ") {
            return None;
        }
        if let Some(same) = before.filter(|before| before.name == name && before.raw == raw) {
            return Some(same.clone());
        }
        let (fonts, files): (Vec<_>, Vec<_>) = raw.iter().partition(|(path, _)| path.starts_with("/fonts/"));
        let fonts = fonts.into_iter().filter(|(path, _)| is_font(path));
        Some(Self {
            name: name.to_string(),
            fonts: fonts.flat_map(|(_, bytes)| Font::iter(Bytes::new(Arc::clone(bytes)))).collect(),
            files: files.into_iter().map(|(path, bytes)| (path.clone(), Bytes::new(Arc::clone(bytes)))).collect(),
            raw,
        })
    }
}

/// What editors and systems leave beside a file is no part of a template.
fn is_leftover(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    name.starts_with(['.', '_', '~']) || name.ends_with('~') || ["tmp", "bak", "swp", "db"].contains(&ending)
}

fn read_folder(disk: &dyn Disk, root: &str, below: &str, raw: &mut BTreeMap<String, Arc<[u8]>>) {
    let folder = [root, below].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
    for name in disk.list(&folder).into_iter().filter(|name| !is_leftover(name)) {
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        let Ok(bytes) = disk.read_picture("", &path) else { continue };
        let inside = if below.is_empty() { format!("/{name}") } else { format!("/{below}/{name}") };
        raw.insert(inside, bytes);
    }
}

/// The files of a built-in template without its fonts and its sample, which only a designer needs.
fn collect(folder: &'static Dir<'static>, root: &str, files: &mut BTreeMap<String, Bytes>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let inside = path.strip_prefix(root).unwrap_or(&path).to_string();
        if !is_font(&inside) && inside.ends_with(".typ") {
            files.insert(inside, Bytes::new(file.contents()));
        }
    }
    for below in folder.dirs() {
        collect(below, root, files);
    }
}
