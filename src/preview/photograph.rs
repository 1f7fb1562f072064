//! Photographs that a page sends, and those that it shows beside their rows.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::Backend;
use super::http::Answer;
use super::own_files::not_found;
use crate::checks::refuse_picture;
use crate::editing::{EditStores, PhotographError};
use crate::load::{MAX_PICTURE_BYTES, explain_io};
use crate::typeset::Picture;

/// The largest photograph that a report may have, as base64 in JSON: no text is so long.
pub(super) const LONGEST_PHOTOGRAPH: usize = MAX_PICTURE_BYTES as usize / 3 * 4 + 64 * 1024;

#[derive(Deserialize)]
struct PhotographRequest {
    /// The program that is to show it
    file: String,
    name: String,
    /// Its bytes, as base64
    data: String,
}

#[derive(Serialize)]
struct PhotographAnswer {
    /// What a row of the program calls it
    name: String,
}

/// Takes a photograph that can be printed.
pub(super) fn add_photograph(stores: &EditStores, body: &[u8]) -> Answer {
    let Ok(request) = serde_json::from_slice::<PhotographRequest>(body) else {
        return Answer::words(400, "この操作はできません。");
    };
    let PhotographRequest { file, name, data } = request;
    let Ok(bytes) = STANDARD.decode(&data) else {
        return Answer::words(400, "写真を受け取れませんでした。");
    };
    if stores.editor.open(&file).is_err() {
        return Answer::words(422, "このファイルは、今は開けません。");
    }
    let bytes: Arc<[u8]> = bytes.into();
    if let Err(bad) = Picture::new(&bytes) {
        return Answer::words(422, &refuse_picture(&name, bad));
    }
    match stores.photographs.add(&file, &name, &bytes) {
        Ok(name) => Answer::json(&PhotographAnswer { name }),
        Err(PhotographError::Name) => Answer::words(
            422,
            "このファイル名は使えません。記号（\\ / : * ? \" < > | ｜ ¥）のない、短い名前に変えてから選び直してください。",
        ),
        Err(PhotographError::TooLarge) => Answer::words(413, "写真が大きすぎます（64 MB まで）。"),
        Err(PhotographError::Io(error)) => {
            Answer::words(422, &format!("写真をフォルダーに写せませんでした（{}）。", explain_io(&error)))
        }
    }
}

/// A photograph as a row of a program names it.
pub(super) fn picture(backend: &dyn Backend, file: &str, name: &str) -> Answer {
    let found = || {
        let stores = backend.stores()?;
        stores.editor.open(file).ok()?;
        let bytes = stores.photographs.read(file, name)?;
        Some(Answer::new(kind_of(&bytes)?, bytes.to_vec()))
    };
    found().unwrap_or_else(not_found)
}

/// What the first bytes say, of the kinds that are printed.
fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or(bytes);
    if head.starts_with(b"\x89PNG") {
        return Some("image/png");
    }
    if head.starts_with(b"\xFF\xD8") {
        return Some("image/jpeg");
    }
    String::from_utf8_lossy(head).contains("<svg").then_some("image/svg+xml")
}
