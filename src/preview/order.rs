//! `order`: a name of a 【構成】 goes before another one. Of the file nothing else changes.

use serde::{Deserialize, Serialize};

use super::Backend;
use super::composition_move::moved;
use super::edit::{SavedAnswer, with};
use super::http::Answer;
use crate::editing::{Change, EditStores, Opened, Save, SaveError};
use crate::load::explain_io;

#[derive(Deserialize)]
struct OrderRequest {
    /// The file of a chapter; absent for the report's own
    file: Option<String>,
    name: String,
    /// Absent for the end
    before: Option<String>,
}

/// The file that was changed, and what takes the change back.
#[derive(Serialize)]
struct OrderAnswer {
    file: String,
    #[serde(flatten)]
    saved: SavedAnswer,
}

/// Answers a change of the order; nothing for another path.
pub(super) fn order(stores: &EditStores, backend: &dyn Backend, path: &str, body: &[u8]) -> Option<Answer> {
    (path == "order").then(|| with(body, |request| put_before(stores, backend, request)))
}

fn put_before(stores: &EditStores, backend: &dyn Backend, request: OrderRequest) -> Answer {
    let OrderRequest { file, name, before } = request;
    let Some((file, names)) = backend.entries(file.as_deref()) else { return elsewhere() };
    let Opened { seen, text } = match stores.editor.open(&file) {
        Ok(opened) => opened,
        Err(error) => return refused(&error),
    };
    let Some((stretch, text)) = moved(&text, &names, &name, before.as_deref()) else { return elsewhere() };
    let changes = vec![Change { stretch, text }];
    match stores.editor.save(&Save { file: file.clone(), seen, changes, as_utf8: false, verbatim: true }) {
        Ok(saved) => Answer::json(&OrderAnswer { file, saved: SavedAnswer::of(saved) }),
        Err(error) => refused(&error),
    }
}

fn elsewhere() -> Answer {
    Answer::words(422, "並べ替えられませんでした。目次が変わっています。もう一度選んでください。")
}

fn refused(error: &SaveError) -> Answer {
    let words = match error {
        SaveError::Io(error) => format!("並べ替えられませんでした（{}）。", explain_io(error)),
        SaveError::Unencodable(c) => format!("このファイルの文字コードでは「{c}」を書けないので、並べ替えられません。"),
        SaveError::Conflict(_) => "同じ所がほかで書き換えられました。もう一度並べ替えてください。".to_string(),
        SaveError::Control | SaveError::OtherText => "ファイルが読めない形に変わっています。".to_string(),
    };
    Answer::words(422, &words)
}
