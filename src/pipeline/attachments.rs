//! What travels inside an official PDF: the report's data, and its manuscripts where that is asked for.

use super::read::Checked;
use crate::typeset::Attachment;

pub(super) fn attachments(checked: &Checked, with_sources: bool) -> Vec<Attachment> {
    let mut files = Vec::new();
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
