//! What a page asks for beside a message, as JSON: `mend` changes several stretches of a file together, `acknowledge` puts a line
//! of 確認済 below the title. A save that is taken back is a `mend` too.

use std::ops::Range;

use serde::Deserialize;

use super::Backend;
use super::edit::{SavedAnswer, refused, with};
use super::http::Answer;
use crate::diagnostic::Code;
use crate::editing::{Change, EditStores, Save, SaveError, mark_of_text};
use crate::model::Acknowledgement;

/// Stretches of a file that was seen: by its bytes, or by its text as it was checked.
#[derive(Deserialize)]
struct MendRequest {
    file: String,
    seen: String,
    edits: Vec<EditFields>,
    #[serde(default)]
    as_utf8: bool,
    /// The texts stood in the file before.
    #[serde(default)]
    verbatim: bool,
}

#[derive(Deserialize)]
struct EditFields {
    start: usize,
    end: usize,
    text: String,
}

#[derive(Deserialize)]
struct AcknowledgeRequest {
    file: String,
    seen: String,
    at: usize,
    code: String,
    word: String,
    reason: String,
}

/// Answers a change; nothing for a path that is none of these.
pub(super) fn change(stores: &EditStores, backend: &dyn Backend, path: &str, body: &[u8]) -> Option<Answer> {
    Some(match path {
        "mend" => with(body, |request| mend(stores, backend, request)),
        "acknowledge" => with(body, |request| acknowledge(stores, backend, &request)),
        _ => return None,
    })
}

fn mend(stores: &EditStores, backend: &dyn Backend, request: MendRequest) -> Answer {
    let MendRequest { file, seen, edits, as_utf8, verbatim } = request;
    let change = |EditFields { start, end, text }: EditFields| Change { stretch: Range { start, end }, text };
    let changes = edits.into_iter().map(change).collect();
    write(stores, backend, &Save { file, seen, changes, as_utf8, verbatim })
}

fn write(stores: &EditStores, backend: &dyn Backend, save: &Save) -> Answer {
    let Save { file, seen, .. } = save;
    if let Some(checked) = backend.text_of(file).filter(|text| mark_of_text(text) == *seen) {
        stores.editor.remember(file, seen, &checked);
    }
    match stores.editor.save(save) {
        Ok(saved) => Answer::json(&SavedAnswer::of(saved)),
        Err(SaveError::Conflict(_)) => {
            Answer::words(409, "このファイルは、ほかの画面かメモ帳で書き換えられています。何も変えていません。")
        }
        Err(error) => refused(&error, "何も変えていません。"),
    }
}

fn acknowledge(stores: &EditStores, backend: &dyn Backend, request: &AcknowledgeRequest) -> Answer {
    let AcknowledgeRequest { file, seen, at, code, word, reason } = request;
    let Ok(code) = code.parse::<Code>() else { return Answer::words(400, "この操作はできません。") };
    let line = match Acknowledgement::written(code, word, reason) {
        Ok(line) => line,
        Err(words) => return Answer::words(400, &words),
    };
    let opened = match stores.editor.open(file) {
        Ok(opened) => opened,
        Err(error) => return refused(&error, "何も変えていません。"),
    };
    if opened.text.split(['\n', '\r']).any(|line| Acknowledgement::is_written(line, code, word)) {
        return Answer::words(409, "同じ指摘の確認済が、もう書かれています。");
    }
    let changes = vec![Change { stretch: *at..*at, text: format!("\n{line}") }];
    let save = Save { file: file.clone(), seen: seen.clone(), changes, as_utf8: false, verbatim: false };
    write(stores, backend, &save)
}
