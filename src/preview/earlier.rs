//! A file as it was on earlier days, beside what it is now; and the way back to it, which is a save like any other.

use serde::{Deserialize, Serialize};

use super::edit::{SavedAnswer, refused, with};
use super::http::Answer;
use super::own_files::not_found;
use crate::editing::{Change, EditStores, LineChange, Opened, Save, SaveError, line_changes};
use crate::load::decode;

#[derive(Serialize)]
struct DaysAnswer {
    days: Vec<String>,
}

#[derive(Serialize)]
struct DayAnswer {
    /// The file as it is now
    seen: String,
    lines: Vec<LineAnswer>,
}

#[derive(Serialize)]
struct LineAnswer {
    kind: &'static str,
    text: String,
}

#[derive(Deserialize)]
struct RestoreRequest {
    file: String,
    day: String,
    seen: String,
}

/// The days of a file; of one of them, what going back to its beginning would change.
pub(super) fn earlier(stores: &EditStores, file: &str, day: Option<&str>) -> Answer {
    let store = stores.editor.store();
    let Some(day) = day else {
        return store.days_of(file).map_or_else(|_| not_found(), |days| Answer::json(&DaysAnswer { days }));
    };
    let (Some(then), Ok(Opened { seen, text })) = (text_of_day(stores, file, day), stores.editor.open(file)) else {
        return not_found();
    };
    let lines = line_changes(&text, &then).into_iter().map(|line| {
        let (kind, text) = match line {
            LineChange::Same(text) => ("same", text),
            LineChange::Gone(text) => ("gone", text),
            LineChange::New(text) => ("new", text),
            LineChange::Skipped => ("skipped", String::new()),
        };
        LineAnswer { kind, text }
    });
    Answer::json(&DayAnswer { seen, lines: lines.collect() })
}

fn text_of_day(stores: &EditStores, file: &str, day: &str) -> Option<String> {
    decode(&stores.editor.store().read_day(file, day).ok()?).ok()
}

/// Answers the way back; nothing for another path.
pub(super) fn restore(stores: &EditStores, path: &str, body: &[u8]) -> Option<Answer> {
    (path == "restore").then(|| with(body, |request| go_back(stores, request)))
}

fn go_back(stores: &EditStores, request: RestoreRequest) -> Answer {
    let RestoreRequest { file, day, seen } = request;
    let (Some(then), Some(now)) = (text_of_day(stores, &file, &day), stores.editor.seen(&file, &seen)) else {
        return not_found();
    };
    if let Err(error) = stores.editor.store().keep_before_going_back(&file) {
        return refused(&SaveError::Io(error), "何も変えていません。");
    }
    let changes = vec![Change { stretch: 0..now.len(), text: then }];
    match stores.editor.save(&Save { file, seen, changes, as_utf8: true, verbatim: true }) {
        Ok(saved) => Answer::json(&SavedAnswer::of(saved)),
        Err(SaveError::Conflict(_)) => Answer::words(
            409,
            "ファイルが、ほかの画面かメモ帳で書き換えられています。何も変えていません。日付を選び直してください。",
        ),
        Err(error) => refused(&error, "何も変えていません。"),
    }
}
