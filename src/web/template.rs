//! The template of the web edition: built in, or a folder of the office's own.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::catalog::Licence;
use super::template_fault::TemplateFault;
use crate::load::{Disk, MAX_PICTURE_BYTES, ReadError, is_skipped_folder};
use crate::view::FORMAT;

/// Its name beside those of the templates for paper.
pub const WEB_TEMPLATE: &str = "web";

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates/web");

/// Files that a page loads; copied as they are.
const ASSETS: &str = "assets";
const MANIFEST: &str = "template.json";
/// Folders in folders of `assets/`: a loop of links has no end.
const MOST_LEVELS: usize = 8;

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
    /// Where the edition will lie, whole, with `/` at its end; absent: addresses of the data stay relative.
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
        let files = embedded().into_iter().map(|(path, bytes)| (path, Arc::from(bytes))).collect();
        // Its settings are tested with the program.
        let settings = settings(WEB_TEMPLATE, &files).unwrap_or_default();
        Self::of(WEB_TEMPLATE, settings, files)
    }

    /// A folder of the report; nothing where there is no such template. `name` is what a message calls it.
    ///
    /// # Errors
    /// Where a file of it cannot be read, or its settings are not understood.
    pub fn from_folder(disk: &dyn Disk, folder: &str, name: &str) -> Result<Option<Self>, TemplateFault> {
        let is_page = |file: &String| file.ends_with(".html") || file == MANIFEST;
        let pages = disk.list(folder).into_iter().filter(|file| is_page(file) && !is_leftover(file));
        let mut paths: Vec<String> = pages.collect();
        if !paths.iter().any(|path| path.ends_with(".html")) {
            return Ok(None);
        }
        add_below(disk, folder, ASSETS, &mut paths);
        let mut files = BTreeMap::new();
        for path in paths {
            let bytes = disk.read("", &joined(folder, &path), MAX_PICTURE_BYTES);
            let bytes = bytes.map_err(|error| fault(name, &path, None, unread(error)))?;
            files.insert(path, bytes);
        }
        let settings = settings(name, &files)?;
        Ok(Some(Self::of(name, settings, files)))
    }

    fn of(name: &str, settings: WebSettings, files: BTreeMap<String, Arc<[u8]>>) -> Self {
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

/// The files in a folder of a template and in those below it.
fn add_below(disk: &dyn Disk, folder: &str, below: &str, paths: &mut Vec<String>) {
    let mut open = vec![(below.to_string(), 0)];
    while let Some((next, depth)) = open.pop() {
        let inside = joined(folder, &next);
        let own = |name: &String| !is_leftover(name);
        paths.extend(disk.list(&inside).into_iter().filter(own).map(|name| joined(&next, &name)));
        if depth < MOST_LEVELS {
            let inner = disk.folders(&inside).into_iter().filter(own).filter(|name| !is_skipped_folder(name));
            open.extend(inner.map(|name| (joined(&next, &name), depth + 1)));
        }
    }
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") }
}

fn text(bytes: &Arc<[u8]>) -> String {
    String::from_utf8_lossy(bytes).trim_start_matches('\u{FEFF}').replace("\r\n", "\n")
}

/// What `template.json` says; a template may be without one.
fn settings(name: &str, files: &BTreeMap<String, Arc<[u8]>>) -> Result<WebSettings, TemplateFault> {
    let Some(text) = files.get(MANIFEST).map(text) else { return Ok(WebSettings::default()) };
    let read: Result<WebSettings, _> = serde_json::from_str(&text);
    let mut read = read.map_err(|error| fault(name, MANIFEST, Some(error.line()), error.to_string()))?;
    let line_of = |key: &str| text.lines().position(|line| line.contains(&format!("\"{key}\""))).map(|at| at + 1);
    if let Some(format) = read.format.filter(|format| *format != FORMAT) {
        let reason = format!(
            "版 {format} の中身に合わせて作られていますが、この report が渡すのは版 {FORMAT} です。「report template init web」で新しい写しを作り、比べて直してください"
        );
        return Err(fault(name, MANIFEST, line_of("format"), reason));
    }
    if let Some(base) = read.base.take() {
        let whole = whole_base(&base).ok_or_else(|| {
            let reason = format!(
                "base「{base}」は、https:// で始まる場所ではありません。「https://例.jp/r2/」のように書いてください"
            );
            fault(name, MANIFEST, line_of("base"), reason)
        })?;
        read.base = Some(whole);
    }
    Ok(read)
}

/// Where an edition will lie, with `/` at its end; nothing for what is no place of the web.
fn whole_base(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let (scheme, rest) = typed.split_once("://")?;
    let is_web = ["http", "https"].iter().any(|own| scheme.eq_ignore_ascii_case(own));
    let is_one = !rest.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#'));
    let has_host = rest.split('/').next().is_some_and(|host| !host.is_empty());
    (is_web && is_one && has_host).then(|| format!("{}/", typed.trim_end_matches('/')))
}

fn fault(template: &str, file: &str, line: Option<usize>, reason: String) -> TemplateFault {
    TemplateFault { template: template.to_string(), file: file.to_string(), line, reason }
}

fn unread(error: ReadError) -> String {
    match error {
        ReadError::TooLarge => format!("大きすぎます。{}MB までです", MAX_PICTURE_BYTES / 1024 / 1024),
        ReadError::Outside => "体裁のフォルダーの外にあるので、読みません".to_string(),
        ReadError::NotFound | ReadError::Unreadable => "ファイルを読めません".to_string(),
    }
}

/// What editors and systems leave beside a file is no part of a template.
fn is_leftover(name: &str) -> bool {
    let is_of_system = ["Thumbs.db", "desktop.ini"].iter().any(|own| name.eq_ignore_ascii_case(own));
    is_of_system
        || name.starts_with(['.', '~'])
        || name.ends_with('~')
        || name.ends_with(".tmp")
        || name.ends_with(".bak")
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
