//! `report fmt`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::Fmt;
use super::output::print;
use super::overwrite::refuse_outside;
use super::place::locate;
use super::{Failure, Outcome};
use crate::diagnostic::Diagnostics;
use crate::fmt::format;
use crate::load::{Content, Folder, MAX_FILE_BYTES, RawFile, Replaced, decode, read_bounded, replace, shown};
use crate::pipeline::{find_root, form_of, read_own_texts};
use crate::source::Files;
use crate::syntax::{Vocabulary, parse};

pub(super) fn run(arguments: &Fmt) -> Result<Outcome, Failure> {
    let mut files: Vec<FoundFile> = Vec::new();
    if arguments.paths.is_empty() {
        files.extend(files_of(Path::new("."))?);
    }
    for path in &arguments.paths {
        if path.is_dir() {
            // A chapter's folder is formatted alone.
            let folder = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            files.extend(files_of(path)?.into_iter().filter(|file| file.path.starts_with(&folder)));
        } else {
            files.push(FoundFile { path: path.clone(), refused: None });
        }
    }
    let mut outcome = Outcome::Clean;
    let mut vocabularies = Vocabularies::default();
    for FoundFile { path, refused } in files {
        let state = match refused {
            Some(reason) => FileState::Refused(reason),
            None => format_file(&path, &vocabularies.of(&path), arguments.check)?,
        };
        match state {
            FileState::Same => {}
            // `check` says it of the files of a folder.
            FileState::Foreign if !arguments.paths.contains(&path) => {}
            FileState::Foreign => {
                say!(
                    "{}：1行目に【事業】などの見出しがなく、報告書の原稿ではないので、書き換えませんでした。",
                    shown(&path.to_string_lossy())
                );
                outcome = Outcome::Errors;
            }
            FileState::Refused(reason) => {
                say!("{}：{reason}", shown(&path.to_string_lossy()));
                outcome = Outcome::Errors;
            }
            FileState::Differs if arguments.check => {
                print(&format!("{}\n", shown(&path.to_string_lossy())))?;
                outcome = Outcome::Errors;
            }
            FileState::Differs => say!("{} をそろえました。", shown(&path.to_string_lossy())),
        }
    }
    Ok(outcome)
}

/// A file to format, or why there is nothing to format in what lies there.
struct FoundFile {
    path: PathBuf,
    refused: Option<String>,
}

enum FileState {
    Same,
    Differs,
    /// No first heading says what the file is.
    Foreign,
    /// Nothing was written, for this reason.
    Refused(String),
}

/// The words of the reports that the files belong to, each read once.
#[derive(Default)]
struct Vocabularies(BTreeMap<Option<PathBuf>, Arc<Vocabulary>>);

impl Vocabularies {
    fn of(&mut self, path: &Path) -> Arc<Vocabulary> {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let root = path.parent().and_then(find_root);
        let read = |root: &Option<PathBuf>| match root {
            Some(root) => Arc::clone(&form_of(&Folder::new(root)).vocabulary),
            None => Vocabulary::standard(),
        };
        Arc::clone(self.0.entry(root).or_insert_with_key(read))
    }
}

/// The report's files, or a folder's own where it is no report.
fn files_of(path: &Path) -> Result<Vec<FoundFile>, Failure> {
    let place = locate(Some(path))?;
    let disk = Folder::new(&place.root);
    let (texts, _) = read_own_texts(&disk).map_err(|error| Failure::io("を読めません", &place.root, &error))?;
    let found = |RawFile { path, content }| FoundFile {
        path: disk.path_of(&path),
        refused: match content {
            Content::Unreadable(reason) => Some(format!("読めません（{reason}）。")),
            Content::Text(_) | Content::Undecodable(_) | Content::TooLarge { .. } | Content::TxtAdded => None,
        },
    };
    Ok(texts.into_iter().map(found).collect())
}

fn format_file(path: &Path, vocabulary: &Vocabulary, check: bool) -> Result<FileState, Failure> {
    refuse_outside(path)?;
    let bytes = read_bounded(path, MAX_FILE_BYTES).map_err(|error| Failure::io("を読めません", path, &error))?;
    let Some(text) = bytes.as_deref().and_then(|bytes| decode(bytes).ok()) else {
        return Ok(FileState::Refused(
            "文字コードが読み取れないため、書き換えませんでした。「report check」で確かめてください。".to_string(),
        ));
    };
    let bytes = bytes.unwrap_or_default();
    let mut files = Files::new();
    let id = files.add(path.display().to_string(), text);
    let ast = parse(files.get(id), vocabulary, &mut Diagnostics::new());
    if ast.kind.is_none() {
        return Ok(FileState::Foreign);
    }
    // A mark at the start that Notepad put there stays: it may need it next time.
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { "\u{FEFF}" } else { "" };
    let formatted = format!("{mark}{}", format(files.get(id), &ast));
    if formatted.as_bytes() == bytes {
        return Ok(FileState::Same);
    }
    if !check {
        let replaced = replace(path, &bytes, formatted.as_bytes());
        match replaced.map_err(|error| Failure::io("に書き込めません", path, &error))? {
            Replaced::Done => {}
            Replaced::Changed => {
                return Ok(FileState::Refused(
                    "そろえている間に保存されたので、書き換えませんでした。もう一度実行してください。".to_string(),
                ));
            }
        }
    }
    Ok(FileState::Differs)
}
