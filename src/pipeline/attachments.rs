//! What travels inside an official PDF: the report's data, and its manuscripts where that is asked for.

use crate::export::{Encoding, csv_files, json};
use crate::model::Report;
use crate::source::Files;
use crate::typeset::Attachment;

/// The data as `report export` writes it.
pub(super) fn data_files(report: &Report) -> Vec<Attachment> {
    let description = "報告書のすべてのデータ（JSON）".to_string();
    let whole = json(report);
    let whole = Attachment::new("報告書.json".to_string(), "application/json", description, false, whole.as_bytes());
    let tables = csv_files(report, Encoding::Utf8).into_iter().map(|file| {
        let description = format!("{}の表（CSV）", file.name.trim_end_matches(".csv"));
        Attachment::new(file.name, "text/csv", description, false, &file.bytes)
    });
    std::iter::once(whole).chain(tables).collect()
}

/// The texts that the pages were made from.
pub(super) fn manuscripts(files: &Files) -> impl Iterator<Item = Attachment> {
    let manuscripts = files.iter().filter(|file| file.path().to_lowercase().ends_with(".jigyo"));
    manuscripts.map(|file| {
        let path = file.path().to_string();
        Attachment::new(path, "text/plain", "原稿".to_string(), true, file.text().as_bytes())
    })
}
