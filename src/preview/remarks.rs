//! Words between the offices, as the page shows and writes them. What they are, and how they are typed, is decided in `remarks`.

use std::io;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Backend;
use super::edit::{refused, with};
use super::http::Answer;
use super::snapshot::ReportEntry;
use super::state::{PlaceFields, PrintedPlace, Shown};
use crate::editing::{Change, EditStores, Save, SaveError, mark_of_text};
use crate::remarks::{
    Entry, EntryKind, NewEntry, Place, ProgramRemarks, Thread, end_of, find_line, is_remark_file, path_of,
    program_remarks, word_lines, written,
};

/// A text is read again so often while others keep writing in it.
const MOST_TURNS: usize = 20;

#[derive(Serialize)]
struct RemarksAnswer {
    open: usize,
    programs: Vec<ProgramAnswer>,
}

#[derive(Serialize)]
struct ProgramAnswer {
    /// Of the report; of the remarks alone where the report has no such file any more
    file: String,
    name: String,
    anchor: Option<String>,
    open: usize,
    state: Option<EntryAnswer>,
    threads: Vec<ThreadAnswer>,
}

#[derive(Serialize)]
struct ThreadAnswer {
    #[serde(flatten)]
    first: EntryAnswer,
    section: Option<String>,
    quote: Option<String>,
    /// From 1; nothing where the line is gone
    line: Option<usize>,
    at: Option<PrintedPlace>,
    is_open: bool,
    following: Vec<EntryAnswer>,
}

#[derive(Serialize)]
struct EntryAnswer {
    /// By which it is found again, whoever writes meanwhile
    id: String,
    kind: &'static str,
    date: String,
    who: String,
    words: String,
}

impl EntryAnswer {
    fn of(entry: &Entry, text: &str) -> Self {
        let Entry { kind, date, who, words, .. } = entry.clone();
        Self { id: id_of(entry, text), kind: kind.word(), date, who, words }
    }
}

#[derive(Deserialize)]
struct RemarkRequest {
    file: String,
    kind: String,
    office: String,
    name: String,
    words: String,
    place: Option<PlaceFields>,
    /// What is answered
    thread: Option<String>,
}

#[derive(Deserialize)]
struct RewordRequest {
    file: String,
    entry: String,
    /// Absent where the entry is to go
    words: Option<String>,
}

/// Everything that was said, program by program; then what was said of programs that are gone.
pub(super) fn remarks(shown: &Shown, entries: Vec<ReportEntry>, backend: &dyn Backend) -> Answer {
    let mut texts = backend.remarks();
    let mut programs = Vec::new();
    for entry in entries {
        if let Some(text) = texts.remove(&path_of(&entry.file)) {
            programs.push(program(shown, entry, &text, backend));
        }
    }
    for (path, text) in texts {
        let name = path.rsplit('/').next().unwrap_or(&path).trim_end_matches(".txt").to_string();
        let remarks = program_remarks(&text);
        let threads = remarks.threads.iter().map(|one| thread(one, &text, None, None)).collect();
        programs.push(answer(ReportEntry { file: path, name, anchor: None }, (&remarks, &text), threads));
    }
    programs.retain(|program| !program.threads.is_empty());
    Answer::json(&RemarksAnswer { open: programs.iter().map(|program| program.open).sum(), programs })
}

fn program(shown: &Shown, entry: ReportEntry, text: &str, backend: &dyn Backend) -> ProgramAnswer {
    let source = backend.text_of(&entry.file).unwrap_or_default();
    let remarks = program_remarks(text);
    let line_of = |thread: &Thread| thread.first.place.as_ref().and_then(|place| find_line(&source, place));
    let lines: Vec<_> = remarks.threads.iter().map(line_of).collect();
    let places = shown.printed_at(entry.anchor.as_deref(), &entry.file, &lines, backend);
    let threads = remarks.threads.iter().zip(&lines).zip(places).map(|((one, line), at)| {
        let line = line.as_ref().map(|line| source.get(..line.start).unwrap_or_default());
        let number = line.map(|above| above.replace("\r\n", "\n").matches(['\n', '\r']).count() + 1);
        thread(one, text, number, at)
    });
    let threads = threads.collect();
    answer(entry, (&remarks, text), threads)
}

fn answer(entry: ReportEntry, (remarks, text): (&ProgramRemarks, &str), threads: Vec<ThreadAnswer>) -> ProgramAnswer {
    let ReportEntry { file, name, anchor } = entry;
    let state = remarks.state().map(|entry| EntryAnswer::of(entry, text));
    ProgramAnswer { file, name, anchor, open: remarks.open(), state, threads }
}

fn thread(thread: &Thread, text: &str, line: Option<usize>, at: Option<PrintedPlace>) -> ThreadAnswer {
    let place = thread.first.place.clone();
    ThreadAnswer {
        first: EntryAnswer::of(&thread.first, text),
        section: place.as_ref().and_then(|place| place.section.clone()),
        quote: place.map(|place| place.quote),
        line,
        at,
        is_open: thread.is_open(),
        following: thread.following.iter().map(|entry| EntryAnswer::of(entry, text)).collect(),
    }
}

/// The same while nobody changes it.
fn id_of(entry: &Entry, text: &str) -> String {
    mark_of_text(text.get(entry.stretch.clone()).unwrap_or_default())
}

/// Writes what somebody says, or says otherwise; nothing for another path.
pub(super) fn change(stores: &EditStores, backend: &dyn Backend, path: &str, body: &[u8]) -> Option<Answer> {
    match path {
        "remark" => Some(with(body, |request| write(stores, backend, request))),
        "reword" => Some(with(body, |request| reword(stores, backend, request))),
        _ => None,
    }
}

fn write(stores: &EditStores, backend: &dyn Backend, request: RemarkRequest) -> Answer {
    let RemarkRequest { file, kind, office, name, words, place, thread } = request;
    let Some(kind) = EntryKind::ALL.into_iter().find(|own| own.word() == kind) else {
        return Answer::words(400, "この操作はできません。");
    };
    if name.trim().is_empty() {
        return Answer::words(400, "お名前を書いてください。");
    }
    if lacks_words(kind, &words) {
        return no_words();
    }
    let Some(path) = remark_file(stores, backend, &file) else { return gone() };
    let place = place.map(|PlaceFields { section, quote }| Place { section, quote });
    let entry = written(&NewEntry { kind, date: backend.today(), office, name, place, words });
    put(stores, &path, &entry, thread.as_deref())
}

/// Where the words on a file of the report lie, or on one that is gone.
fn remark_file(stores: &EditStores, backend: &dyn Backend, file: &str) -> Option<String> {
    if is_remark_file(file) {
        return backend.remarks().contains_key(file).then(|| file.to_string());
    }
    stores.editor.store().find(file).is_ok().then(|| path_of(file))
}

fn gone() -> Answer {
    Answer::words(404, "このファイルは、もうこの報告書にありません。")
}

fn lacks_words(kind: EntryKind, words: &str) -> bool {
    words.trim().is_empty() && matches!(kind, EntryKind::Remark | EntryKind::Answer)
}

fn no_words() -> Answer {
    Answer::words(400, "文を書いてください。")
}

fn other_words() -> Answer {
    Answer::words(409, "この連絡は、ほかの画面かメモ帳で書き換えられています。もう一度選び直してください。")
}

/// Puts other words in the place of an entry's, or takes the entry away. Its head stays as it was typed.
fn reword(stores: &EditStores, backend: &dyn Backend, request: RewordRequest) -> Answer {
    let RewordRequest { file, entry: id, words } = request;
    let Some(path) = remark_file(stores, backend, &file) else { return gone() };
    let opened = match stores.remarks.open(&path) {
        Ok(opened) => opened,
        Err(error) => return refused(&error, LEFT),
    };
    let remarks = program_remarks(&opened.text);
    let Some((thread, entry)) = find_entry(&remarks, &opened.text, &id) else { return other_words() };
    let change = match words {
        Some(words) if lacks_words(entry.kind, &words) => return no_words(),
        Some(words) => Change { stretch: entry.words_from..entry.stretch.end, text: word_lines(&words) },
        None if id == id_of(&thread.first, &opened.text) && !thread.following.is_empty() => {
            return Answer::words(409, "回答か済が付いているので、消せません。書き直すことはできます。");
        }
        None => Change { stretch: with_line_end(&opened.text, &entry.stretch), text: String::new() },
    };
    let save = Save { file: path, seen: opened.seen, changes: vec![change], as_utf8: true, verbatim: false };
    match stores.remarks.save(&save) {
        Ok(_) => Answer::json(&()),
        Err(SaveError::Conflict(_)) => other_words(),
        Err(error) => refused(&error, LEFT),
    }
}

fn find_entry<'a>(remarks: &'a ProgramRemarks, text: &str, id: &str) -> Option<(&'a Thread, &'a Entry)> {
    let entries = |thread: &'a Thread| thread.entries().map(move |entry| (thread, entry));
    remarks.threads.iter().flat_map(entries).find(|(_, entry)| id_of(entry, text) == id)
}

/// A stretch with the end of its last line.
fn with_line_end(text: &str, stretch: &Range<usize>) -> Range<usize> {
    let rest = text.get(stretch.end..).unwrap_or_default();
    let ending = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with(['\n', '\r'])) };
    stretch.start..stretch.end + ending
}

/// Adds an entry behind what it answers, or at the end. What others write meanwhile stays.
fn put(stores: &EditStores, path: &str, entry: &str, thread: Option<&str>) -> Answer {
    for _ in 0..MOST_TURNS {
        let opened = match stores.remarks.open(path) {
            Ok(opened) => opened,
            Err(SaveError::Io(error)) if error.kind() == io::ErrorKind::NotFound && thread.is_none() => {
                let text = format!("{entry}\n").replace('\n', "\r\n");
                match stores.remarks.store().create(path, text.as_bytes()) {
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                    Err(error) => return refused(&SaveError::Io(error), LEFT),
                    Ok(()) => return Answer::json(&()),
                }
            }
            Err(error) => return refused(&error, LEFT),
        };
        let Some((at, lead)) = place_of(&opened.text, thread) else {
            return other_words();
        };
        let changes = vec![Change { stretch: at..at, text: format!("{lead}{entry}") }];
        let save = Save { file: path.to_string(), seen: opened.seen, changes, as_utf8: true, verbatim: false };
        match stores.remarks.save(&save) {
            Ok(_) => return Answer::json(&()),
            // Somebody wrote there just now: it is read once more.
            Err(SaveError::Conflict(_)) => {}
            Err(error) => return refused(&error, LEFT),
        }
    }
    refused(&SaveError::Io(io::ErrorKind::ResourceBusy.into()), LEFT)
}

const LEFT: &str = "書いた文は残してあります。";

/// Where an entry goes, and what is typed before it.
fn place_of(text: &str, thread: Option<&str>) -> Option<(usize, &'static str)> {
    let Some(id) = thread else {
        let end = end_of(text);
        return Some((end, if end == 0 { "" } else { "\n\n" }));
    };
    let remarks = program_remarks(text);
    let found = remarks.threads.iter().find(|thread| id_of(&thread.first, text) == id)?;
    Some((found.end(), "\n"))
}
