//! `report fmt`

use std::fs;
use std::path::{Path, PathBuf};

use super::arguments::Fmt;
use super::output::print;
use super::place::locate;
use super::{Failure, Outcome};
use crate::diagnostic::Diagnostics;
use crate::fmt::format;
use crate::load::{Folder, MAX_FILE_BYTES, decode, read_bounded, write_whole};
use crate::pipeline::read_own_texts;
use crate::source::Files;
use crate::syntax::parse;

pub(super) fn run(arguments: &Fmt) -> Result<Outcome, Failure> {
    let mut paths: Vec<PathBuf> = Vec::new();
    if arguments.paths.is_empty() {
        paths.extend(files_of(Path::new("."))?);
    }
    for path in &arguments.paths {
        if path.is_dir() {
            // A chapter's folder is formatted alone.
            let folder = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            paths.extend(files_of(path)?.into_iter().filter(|file| file.starts_with(&folder)));
        } else {
            paths.push(path.clone());
        }
    }
    let mut outcome = Outcome::Clean;
    for path in paths {
        match format_file(&path, arguments.check)? {
            State::Same => {}
            State::Unreadable => {
                say!(
                    "{}：文字コードが読み取れないため、書き換えませんでした。「report check」で確かめてください。",
                    path.display()
                );
                outcome = Outcome::Errors;
            }
            State::Differs if arguments.check => {
                print(&format!("{}\n", path.display()))?;
                outcome = Outcome::Errors;
            }
            State::Differs => say!("{} をそろえました。", path.display()),
        }
    }
    Ok(outcome)
}

enum State {
    Same,
    Differs,
    Unreadable,
}

/// The report's files, or a folder's own where it is no report.
fn files_of(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let place = locate(Some(path))?;
    let disk = Folder::new(&place.root);
    let (texts, _) = read_own_texts(&disk).map_err(|error| Failure::io("を読めません", &place.root, &error))?;
    Ok(texts.into_iter().map(|file| disk.path_of(&file.path)).collect())
}

fn format_file(path: &Path, check: bool) -> Result<State, Failure> {
    let bytes = read_bounded(path, MAX_FILE_BYTES).map_err(|error| Failure::io("を読めません", path, &error))?;
    let Some(text) = bytes.as_deref().and_then(|bytes| decode(bytes).ok()) else {
        return Ok(State::Unreadable);
    };
    let bytes = bytes.unwrap_or_default();
    let mut files = Files::new();
    let id = files.add(path.display().to_string(), text);
    let ast = parse(files.get(id), &mut Diagnostics::new());
    if ast.kind.is_none() {
        return Ok(State::Same);
    }
    // A mark at the start that Notepad put there stays: it may need it next time.
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { "\u{FEFF}" } else { "" };
    let formatted = format!("{mark}{}", format(files.get(id), &ast));
    if formatted.as_bytes() == bytes {
        return Ok(State::Same);
    }
    if !check {
        // Through a link, so that the link stays one.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        write_whole(&target, formatted.as_bytes()).map_err(|error| Failure::io("に書き込めません", path, &error))?;
    }
    Ok(State::Differs)
}
