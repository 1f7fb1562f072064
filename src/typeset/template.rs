//! Templates: built in, or a folder.

use std::collections::BTreeMap;
use std::sync::Arc;

use typst::foundations::Bytes;
use typst::text::Font;

use super::built_in::{built_in, is_font, texts_of};
use crate::load::{Disk, MAX_PICTURE_BYTES};

/// Files of a template by their path in it, with a leading `/`, and its fonts. Clones share them.
#[derive(Debug, Clone)]
pub struct Template {
    /// As 体裁 names it
    pub name: String,
    /// Where its files lie, as whoever reads a message finds them
    home: String,
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
        let known = built_in().into_iter().find(|known| known.name == name)?;
        Some(Self::embedded(known.name, &[name]))
    }

    /// The 正誤表, which no 体裁 may name: the parts of the official template under an entry of its own.
    pub fn errata() -> Self {
        Self::embedded("正誤表".to_string(), &["official", "errata"])
    }

    fn embedded(name: String, folders: &[&str]) -> Self {
        let home = format!("備付けの体裁/{name}");
        Self { name, home, raw: BTreeMap::new(), files: texts_of(folders), fonts: Vec::new() }
    }

    /// A folder with a `main.typ`; nothing where there is none. Its `fonts/` come before the embedded faces. `before`, a
    /// template that may still be the same, spares reading its fonts once more.
    pub fn from_folder(name: &str, disk: &dyn Disk, folder: &str, before: Option<&Self>) -> Option<Self> {
        let mut raw = BTreeMap::new();
        read_folder(disk, folder, "", &mut raw);
        if !raw.contains_key("/main.typ") {
            return None;
        }
        // A designer's sample is never read in place of the report.
        raw.remove("/report.json");
        raw.remove("/report.schema.json");
        // Those that templates have: their own parts, fonts and pictures.
        for below in ["fonts", "images", "parts"] {
            read_folder(disk, folder, below, &mut raw);
        }
        if let Some(same) = before.filter(|before| before.name == name && before.raw == raw) {
            return Some(same.clone());
        }
        let (fonts, files): (Vec<_>, Vec<_>) = raw.iter().partition(|(path, _)| path.starts_with("/fonts/"));
        let fonts = fonts.into_iter().filter(|(path, _)| is_font(path));
        Some(Self {
            name: name.to_string(),
            home: folder.to_string(),
            fonts: fonts.flat_map(|(_, bytes)| Font::iter(Bytes::new(Arc::clone(bytes)))).collect(),
            files: files.into_iter().map(|(path, bytes)| (path.clone(), Bytes::new(Arc::clone(bytes)))).collect(),
            raw,
        })
    }

    /// The same, whose files are found under another name than that of the report's folder.
    #[must_use]
    pub fn at(mut self, home: impl Into<String>) -> Self {
        self.home = home.into();
        self
    }

    /// What to do where it fails.
    pub(super) fn help(&self) -> &'static str {
        if self.raw.is_empty() {
            "この報告書のフォルダーと、この表示を添えて、report を配った人に連絡してください。"
        } else {
            "体裁を直した人に、この表示を添えて連絡してください。報告書.jigyo の「体裁：」の行を消すと、備付けの体裁で作れます。"
        }
    }

    /// A file of the template, as whoever reads a message finds it.
    pub(super) fn path_of(&self, path: &str) -> String {
        format!("{}{path}", self.home)
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
        let Ok(bytes) = disk.read("", &path, MAX_PICTURE_BYTES) else { continue };
        let inside = if below.is_empty() { format!("/{name}") } else { format!("/{below}/{name}") };
        raw.insert(inside, bytes);
    }
}
