//! Templates: built in, or a folder.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use typst::foundations::Bytes;
use typst::text::Font;

use super::faces::is_font;
use crate::load::Disk;

/// The folder `templates/` as it was when the program was built.
pub(super) static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Names that 体裁 may give without a folder.
pub const BUILT_IN: &[&str] = &["official"];

/// Files of a template by their path in it, with a leading `/`, and its fonts.
#[derive(Debug, Clone)]
pub struct Template {
    /// As 体裁 names it
    pub name: String,
    pub(super) files: BTreeMap<String, Bytes>,
    pub(super) fonts: Vec<Font>,
}

impl Template {
    /// A built-in template.
    pub fn built_in(name: &str) -> Option<Self> {
        let name = BUILT_IN.iter().find(|known| **known == name)?;
        let folder = EMBEDDED.get_dir(name)?;
        let mut files = BTreeMap::new();
        collect(folder, name, &mut files);
        Some(Self { name: (*name).to_string(), files, fonts: Vec::new() })
    }

    /// A folder with a `main.typ`; nothing where there is none. Its `fonts/` come before the embedded faces.
    pub fn from_folder(name: &str, disk: &dyn Disk, folder: &str) -> Option<Self> {
        let mut template = Self { name: name.to_string(), files: BTreeMap::new(), fonts: Vec::new() };
        template.read_folder(disk, folder, "", 0);
        template.files.contains_key("/main.typ").then_some(template)
    }

    fn read_folder(&mut self, disk: &dyn Disk, root: &str, below: &str, depth: usize) {
        // Sub-folders are those that templates have: their own parts, fonts and pictures.
        const FOLDERS: &[&str] = &["fonts", "images", "parts"];
        let folder = [root, below].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
        for name in disk.list(&folder) {
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            let Ok(bytes) = disk.read_picture("", &path) else { continue };
            if below == "fonts" {
                if is_font(&name) {
                    self.fonts.extend(Font::iter(Bytes::new(bytes)));
                }
                continue;
            }
            let inside = if below.is_empty() { format!("/{name}") } else { format!("/{below}/{name}") };
            self.files.insert(inside, Bytes::new(bytes));
        }
        if depth == 0 {
            for below in FOLDERS {
                self.read_folder(disk, root, below, 1);
            }
        }
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
