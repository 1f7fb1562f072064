//! Which report an open text belongs to: the nearest folder upward with a 【報告書】, on the disk or open.

use std::path::Path;

use super::document::{Document, Home};
use super::uri::path_of_uri;
use crate::load::compose_voiced_kana;
use crate::pipeline::is_report;
use crate::syntax::{FileKind, file_kind};

/// Nothing for what is no file.
pub(super) fn home_of<'a>(uri: &str, open: impl Iterator<Item = &'a Document>) -> Option<Home> {
    let path = path_of_uri(uri)?;
    let folder = path.parent()?;
    let open_reports: Vec<_> = open.filter_map(report_file).collect();
    let begins = |folder: &&Path| is_report(folder) || open_reports.iter().any(|report| report == *folder);
    let root = folder.ancestors().find(begins);
    let is_report = root.is_some();
    let root = root.unwrap_or(folder).to_path_buf();
    let parts = path.strip_prefix(&root).ok()?.components();
    let names: Vec<String> = parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    Some(Home { root, relative: compose_voiced_kana(names.join("/")), is_report })
}

/// The folder of an open 【報告書】.
fn report_file(document: &Document) -> Option<std::path::PathBuf> {
    (file_kind(document.text.typed()) == Some(FileKind::Report))
        .then(|| path_of_uri(&document.uri))??
        .parent()
        .map(Path::to_path_buf)
}
