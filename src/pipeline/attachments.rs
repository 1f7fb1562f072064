//! What travels inside an official PDF: the report's data, and its manuscripts where that is asked for.

use crate::export::{Encoding, csv_files, json};
use crate::model::Report;
use crate::source::Files;
use crate::typeset::Attachment;

/// The data as `report export` writes it.
pub(super) fn data_files(report: &Report) -> Vec<Attachment> {
    let mut files = vec![Attachment {
        name: "報告書.json".to_string(),
        media_type: "application/json",
        description: "報告書のすべてのデータ（JSON）".to_string(),
        is_source: false,
        bytes: json(report).into_bytes(),
    }];
    files.extend(csv_files(report, Encoding::Utf8).into_iter().map(|file| Attachment {
        description: format!("{}の表（CSV）", file.name.trim_end_matches(".csv")),
        name: file.name,
        media_type: "text/csv",
        is_source: false,
        bytes: file.bytes,
    }));
    files
}

/// The texts that the pages were made from.
pub(super) fn manuscripts(files: &Files) -> impl Iterator<Item = Attachment> {
    let manuscripts = files.iter().filter(|file| file.path().to_lowercase().ends_with(".jigyo"));
    manuscripts.map(|file| Attachment {
        name: file.path().to_string(),
        media_type: "text/plain",
        description: "原稿".to_string(),
        is_source: true,
        bytes: file.text().as_bytes().to_vec(),
    })
}
