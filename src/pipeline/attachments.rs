//! What travels inside an official PDF: the report's data, and its manuscripts where that is asked for.

use super::checked::Checked;
use crate::export::{Encoding, csv_files, json};
use crate::typeset::Attachment;

/// The data as `report export` writes it, then the manuscripts.
pub(super) fn attachments(checked: &Checked, with_sources: bool) -> Vec<Attachment> {
    let mut files = vec![Attachment {
        name: "報告書.json".to_string(),
        media_type: "application/json",
        description: "報告書のすべてのデータ（JSON）".to_string(),
        is_source: false,
        bytes: json(&checked.report).into_bytes(),
    }];
    files.extend(csv_files(&checked.report, Encoding::Utf8).into_iter().map(|file| Attachment {
        description: format!("{}の表（CSV）", file.name.trim_end_matches(".csv")),
        name: file.name,
        media_type: "text/csv",
        is_source: false,
        bytes: file.bytes,
    }));
    if with_sources {
        let manuscripts = checked.files.iter().filter(|file| file.path().to_lowercase().ends_with(".jigyo"));
        files.extend(manuscripts.map(|file| Attachment {
            name: file.path().to_string(),
            media_type: "text/plain",
            description: "原稿".to_string(),
            is_source: true,
            bytes: file.text().as_bytes().to_vec(),
        }));
    }
    files
}
