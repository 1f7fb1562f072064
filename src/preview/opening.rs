//! Opens a file of the report with the system's own programs. Which files are the report's is decided in `editing`.

use serde::Deserialize;

use super::edit::with;
use super::http::Answer;
use super::own_files::not_found;
use super::{Backend, OpenWith};
use crate::editing::EditStores;
use crate::load::explain_io;

#[derive(Deserialize)]
struct OpenRequest {
    file: String,
    what: What,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum What {
    Editor,
    Folder,
}

/// Answers the wish to open a file; nothing for another path.
pub(super) fn open(stores: &EditStores, backend: &dyn Backend, path: &str, body: &[u8]) -> Option<Answer> {
    (path == "open").then(|| {
        with(body, |OpenRequest { file, what }| {
            let Ok(found) = stores.editor.store().find(&file) else { return not_found() };
            let with = match what {
                What::Editor => OpenWith::Editor,
                What::Folder => OpenWith::Folder,
            };
            match backend.open(&found, with) {
                Ok(()) => Answer::json(&()),
                Err(error) => Answer::words(503, &format!("開けませんでした（{}）。", explain_io(&error))),
            }
        })
    })
}
