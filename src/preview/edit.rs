//! What a page that may write asks for, as JSON: `save`, `draft`, `forget`; and the drafts that are left. What the answers say is
//! decided in `editing`.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Backend;
use super::http::Answer;
use crate::editing::{Change, Conflict, Draft, EditStores, Opened, Save, SaveError, Saved, SavedStretch};
use crate::load::explain_io;
use crate::pipeline::ResolvedMapping;
use crate::view::EditKind;

/// A stretch of a file that was seen. Places are bytes of its text.
#[derive(Debug, Serialize, Deserialize)]
struct SeenStretch {
    seen: String,
    start: usize,
    end: usize,
}

impl SeenStretch {
    fn new(seen: String, stretch: &Range<usize>) -> Self {
        Self { seen, start: stretch.start, end: stretch.end }
    }
}

#[derive(Deserialize)]
struct SaveRequest {
    file: String,
    #[serde(flatten)]
    place: SeenStretch,
    text: String,
    #[serde(default)]
    as_utf8: bool,
    /// The draft that the text was kept as
    draft: Option<String>,
}

/// A draft, as it is kept and offered.
#[derive(Serialize, Deserialize)]
struct DraftFields {
    id: String,
    file: String,
    #[serde(flatten)]
    place: SeenStretch,
    text: String,
}

#[derive(Deserialize)]
struct ForgetRequest {
    id: String,
}

/// What a save made. A page that sends it back, with `before` for `after`, takes the save back.
#[derive(Serialize)]
pub(super) struct SavedAnswer {
    seen: String,
    stretches: Vec<SavedFields>,
}

#[derive(Serialize)]
struct SavedFields {
    start: usize,
    end: usize,
    before: String,
    after: String,
}

impl SavedAnswer {
    pub(super) fn of(saved: Saved) -> Self {
        let fields = |SavedStretch { stretch, before, after }| {
            let Range { start, end } = stretch;
            SavedFields { start, end, before, after }
        };
        Self { seen: saved.seen, stretches: saved.stretches.into_iter().map(fields).collect() }
    }
}

#[derive(Serialize)]
struct ConflictAnswer {
    mine: String,
    theirs: String,
    before: Option<String>,
    #[serde(flatten)]
    place: SeenStretch,
}

#[derive(Serialize)]
struct RefusedAnswer {
    message: String,
    /// Whether the text could be saved in a file of another encoding
    unencodable: bool,
}

/// A stretch that a page may change.
#[derive(Debug, Serialize)]
pub(super) struct Editable {
    #[serde(flatten)]
    place: SeenStretch,
    text: String,
    kind: &'static str,
}

#[derive(Serialize)]
struct DraftAnswer {
    #[serde(flatten)]
    draft: DraftFields,
    /// The stretch as it was
    before: String,
    is_there: bool,
}

/// Answers a change; nothing for a path that is none.
pub(super) fn change(stores: &EditStores, path: &str, body: &[u8]) -> Option<Answer> {
    Some(match path {
        "save" => with(body, |request| save(stores, request)),
        "draft" => with(body, |request| keep(stores, request)),
        "forget" => with(body, |request: ForgetRequest| match stores.drafts.forget(&request.id) {
            Ok(()) => Answer::json(&()),
            Err(error) => Answer::words(503, &format!("{}。", explain_io(&error))),
        }),
        _ => return None,
    })
}

pub(super) fn with<T: for<'a> Deserialize<'a>>(body: &[u8], answer: impl FnOnce(T) -> Answer) -> Answer {
    serde_json::from_slice(body).map_or_else(|_| Answer::words(400, "この操作はできません。"), answer)
}

fn save(stores: &EditStores, request: SaveRequest) -> Answer {
    let SaveRequest { file, place: SeenStretch { seen, start, end }, text, as_utf8, draft } = request;
    let changes = vec![Change { stretch: start..end, text }];
    match stores.editor.save(&Save { file, seen, changes, as_utf8, verbatim: false }) {
        Ok(saved) => {
            if let Some(id) = draft {
                // One that stays is offered once more, and is then the text of the file.
                let _ = stores.drafts.forget(&id);
            }
            Answer::json(&SavedAnswer::of(saved))
        }
        Err(SaveError::Conflict(conflict)) => {
            let Conflict { mine, theirs, before, seen, stretch } = *conflict;
            let place = SeenStretch::new(seen, &stretch);
            Answer { status: 409, ..Answer::json(&ConflictAnswer { mine, theirs, before, place }) }
        }
        Err(error) => refused(&error, "書いた文は残してあります。"),
    }
}

/// Why nothing was written, and what is left.
pub(super) fn refused(error: &SaveError, left: &str) -> Answer {
    let message = match error {
        SaveError::Unencodable(c) => format!("このファイルの文字コードでは「{c}」を書けません。"),
        SaveError::Io(error) => format!("保存できませんでした（{}）。{left}", explain_io(error)),
        SaveError::Control => "見えない制御文字が入っています。消してから保存してください。".to_string(),
        SaveError::Conflict(_) | SaveError::OtherText => format!("ファイルが読めない形に変わっています。{left}"),
    };
    let unencodable = matches!(error, SaveError::Unencodable(_));
    Answer { status: 422, ..Answer::json(&RefusedAnswer { message, unencodable }) }
}

fn keep(stores: &EditStores, request: DraftFields) -> Answer {
    let DraftFields { id, file, place: SeenStretch { seen, start, end }, text } = request;
    let before = stores.editor.seen(&file, &seen);
    match stores.drafts.keep(&Draft { id, file, seen, stretch: start..end, text, before }) {
        Ok(()) => Answer::json(&()),
        Err(error) => Answer::words(503, &format!("{}。", explain_io(&error))),
    }
}

/// The drafts that are left, whose files the editor then knows as they were.
pub(super) fn drafts(stores: &EditStores) -> Answer {
    let (saved, left): (Vec<Draft>, Vec<Draft>) =
        stores.drafts.left().into_iter().partition(|draft| is_saved(stores, draft));
    for draft in saved {
        // One that stays is offered once more.
        let _ = stores.drafts.forget(&draft.id);
    }
    let left = left.into_iter().map(|draft| {
        let Draft { id, file, seen, stretch, text, before } = draft;
        let before = before.unwrap_or_default();
        if !before.is_empty() {
            stores.editor.remember(&file, &seen, &before);
        }
        let part = before.get(stretch.clone()).unwrap_or_default().to_string();
        let is_there = stores.editor.open(&file).is_ok();
        let draft = DraftFields { id, file, place: SeenStretch::new(seen, &stretch), text };
        DraftAnswer { draft, before: part, is_there }
    });
    Answer::json(&left.collect::<Vec<_>>())
}

/// Whether the file says what a draft is to make of it: a page that goes keeps a text that it is just saving.
fn is_saved(stores: &EditStores, draft: &Draft) -> bool {
    let plain = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    let wanted = draft.before.as_ref().and_then(|before| {
        let (head, tail) = (before.get(..draft.stretch.start)?, before.get(draft.stretch.end..)?);
        Some(plain(&format!("{head}{}{tail}", draft.text)))
    });
    let now = stores.editor.open(&draft.file).ok();
    wanted.zip(now).is_some_and(|(wanted, now)| wanted == plain(&now.text))
}

/// What may be changed of a printed thing: nothing where nothing is typed there, or the file is no longer the one that was printed.
pub(super) fn editable(backend: &dyn Backend, mapping: &ResolvedMapping) -> Option<Editable> {
    let kind = match mapping.editing? {
        EditKind::Line => "line",
        EditKind::Prose => "prose",
        EditKind::Cell => "cell",
    };
    let stretch = mapping.stretch.clone();
    let Opened { seen, text } = backend.stores()?.editor.open(&mapping.file).ok()?;
    let is_printed = backend.text_of(&mapping.file).is_some_and(|printed| printed == text);
    let part = text.get(stretch.clone()).filter(|part| is_printed && !part.is_empty())?.to_string();
    Some(Editable { place: SeenStretch::new(seen, &stretch), text: part, kind })
}
