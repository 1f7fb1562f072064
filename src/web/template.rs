//! The template of the web edition: built in, or a folder of the office's own.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::catalog::Licence;
use crate::load::{Disk, MAX_PICTURE_BYTES};

/// Its name beside those of the templates for paper.
pub const WEB_TEMPLATE: &str = "web";

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates/web");

/// Files that a page loads; copied as they are.
const ASSETS: &str = "assets";
const MANIFEST: &str = "template.json";

/// `template.json`
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct WebSettings {
    /// One line, in Japanese
    #[serde(default)]
    pub description: String,
    /// The `format` of the `report.json` that the template reads; absent: whatever there is.
    pub format: Option<u32>,
    /// Under what the texts and data may be used; absent: the pages say nothing of it.
    pub licence: Option<Licence>,
    /// Where the edition will lie, with `/` at its end; absent: addresses of the data stay relative.
    pub base: Option<String>,
}

/// Files of a template by their path in it. Clones share them.
#[derive(Debug, Clone)]
pub struct WebTemplate {
    /// What a message calls it
    pub name: String,
    pub settings: WebSettings,
    /// Jinja, by the names that they have for each other
    pub(super) pages: BTreeMap<String, String>,
    /// `assets/…`
    pub assets: BTreeMap<String, Arc<[u8]>>,
}

impl WebTemplate {
    pub fn built_in() -> Self {
        let files = embedded().into_iter().map(|(path, bytes)| (path, Arc::from(bytes)));
        Self::of(WEB_TEMPLATE, files.collect())
    }

    /// A folder of the report; nothing where there is no such template.
    pub fn from_folder(disk: &dyn Disk, folder: &str) -> Option<Self> {
        let mut files = BTreeMap::new();
        for below in ["", ASSETS] {
            let inside = [folder, below].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
            for name in disk.list(&inside).into_iter().filter(|name| !is_leftover(name)) {
                let path = [&*inside, &*name].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
                let Ok(bytes) = disk.read("", &path, MAX_PICTURE_BYTES) else { continue };
                let own = if below.is_empty() { name } else { format!("{below}/{name}") };
                files.insert(own, bytes);
            }
        }
        let name = if folder.is_empty() { WEB_TEMPLATE } else { folder };
        files.keys().any(|path| path.ends_with(".html")).then(|| Self::of(name, files))
    }

    /// The same under another name.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        Self { name: name.into(), ..self }
    }

    fn of(name: &str, files: BTreeMap<String, Arc<[u8]>>) -> Self {
        let text =
            |bytes: &Arc<[u8]>| String::from_utf8_lossy(bytes).trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
        let settings =
            files.get(MANIFEST).and_then(|bytes| serde_json::from_str(&text(bytes)).ok()).unwrap_or_default();
        let is_page = |path: &&String| path.ends_with(".html") && !path.contains('/');
        let pages = files.keys().filter(is_page).filter_map(|path| Some((path.clone(), text(files.get(path)?))));
        Self {
            name: name.to_string(),
            settings,
            pages: pages.collect(),
            assets: files
                .iter()
                .filter(|(path, _)| path.starts_with("assets/"))
                .map(|(path, bytes)| (path.clone(), Arc::clone(bytes)))
                .collect(),
        }
    }
}

/// What editors and systems leave beside a file is no part of a template.
fn is_leftover(name: &str) -> bool {
    name.starts_with(['.', '_', '~']) || name.ends_with('~') || name.ends_with(".tmp") || name.ends_with(".bak")
}

/// The files that a copy of the built-in template consists of, by their path in it.
pub fn copy_of_web() -> BTreeMap<String, &'static [u8]> {
    embedded()
}

fn embedded() -> BTreeMap<String, &'static [u8]> {
    let folders = std::iter::once(&EMBEDDED).chain(EMBEDDED.dirs());
    let files = folders.flat_map(|folder| folder.files());
    files.map(|file| (file.path().to_string_lossy().replace('\\', "/"), file.contents())).collect()
}
