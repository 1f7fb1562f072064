//! The files that the pages are made of: scripts, styles, texts. They lie inside the program.

use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::http::Answer;

static PAGE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/preview/page");
const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/preview/page");

/// A file by its name. A debug build takes it as it stands in the source now: whoever works on the page need not build.
pub(super) fn own_file(name: &str) -> Answer {
    let Some(file) = PAGE.get_file(name) else { return not_found() };
    let now = if cfg!(debug_assertions) { fs::read(Path::new(SOURCE).join(name)).ok() } else { None };
    Answer::new(kind_of(name), now.unwrap_or_else(|| file.contents().to_vec()))
}

pub(super) fn not_found() -> Answer {
    Answer::words(404, "この頁はありません。画面に出たアドレスを写し直してください。")
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
