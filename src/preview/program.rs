//! The form of a program, as its file is on the disk now.

use serde::Serialize;

use super::Backend;
use super::http::Answer;
use super::own_files::not_found;
use crate::editing::Opened;
use crate::program_form::{ProgramForm, program_form};

#[derive(Serialize)]
struct ProgramAnswer<'a> {
    file: &'a str,
    /// The mark of the file that the places are of
    seen: String,
    #[serde(flatten)]
    form: ProgramForm,
}

/// By the path of its file.
pub(super) fn program(backend: &dyn Backend, file: Option<&str>) -> Answer {
    let Some(stores) = backend.stores() else { return not_found() };
    let Some(file) = file else {
        return Answer::words(400, "ファイルの名前が要ります。");
    };
    let Ok(Opened { seen, text }) = stores.editor.open(file) else {
        return Answer::words(404, "このファイルは、今は開けません。");
    };
    match program_form(file, &text, &backend.program_basis(file)) {
        Some(form) => Answer::json(&ProgramAnswer { file, seen, form }),
        None => Answer::words(404, "このファイルは事業の原稿ではありません。"),
    }
}
