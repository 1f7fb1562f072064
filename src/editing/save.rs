//! A save: the file is read again, and its stretches alone are changed, all of them or none.

use std::io;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::merge::{Placement, place_anew};
use super::versions::{Versions, mark_of};
use crate::load::{MAX_FILE_BYTES, Replaced, RewriteError, compose_voiced_kana, decode, rewrite};
use crate::source::line_end;

/// A file is read again so often while others keep saving it.
const MOST_TURNS: usize = 50;

/// Where files lie.
pub trait Store: Send + Sync {
    /// The bytes of a file of the report.
    ///
    /// # Errors
    /// `NotFound` for what is no file of the report, and the operating system's.
    fn read(&self, file: &str) -> io::Result<Vec<u8>>;

    /// Puts other bytes in the place of `before`, whole or not at all.
    ///
    /// # Errors
    /// The operating system's.
    fn replace(&self, file: &str, before: &[u8], after: &[u8]) -> io::Result<Replaced>;
}

/// Stretches of a file that are changed together, or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Save {
    /// Relative to the report's folder, with `/`
    pub file: String,
    /// The mark of the whole file that was seen
    pub seen: String,
    /// In the order of their places, apart from each other
    pub changes: Vec<Change>,
    /// The whole file becomes UTF-8: it has a character that the file's encoding lacks.
    pub as_utf8: bool,
    /// The texts stood in the file before: they keep their line ends, and every sign that they had.
    pub verbatim: bool,
}

/// A stretch and the text that takes its place. Places are bytes of the text that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub stretch: Range<usize>,
    pub text: String,
}

/// A file as it is opened for editing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    pub seen: String,
    pub text: String,
}

/// What a save made: the file's mark, and what stands where now. With it the save can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    pub seen: String,
    pub stretches: Vec<SavedStretch>,
}

/// A stretch as it is now, and what stood there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedStretch {
    pub stretch: Range<usize>,
    pub before: String,
    pub after: String,
}

/// Two changed the same stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What was to be saved, with what lies between both changes
    pub mine: String,
    pub theirs: String,
    /// What both came from; nothing where nobody knows it any more
    pub before: Option<String>,
    /// The file as it is now, and the stretch that `theirs` is: with them the choice is saved.
    pub seen: String,
    pub stretch: Range<usize>,
}

/// Why nothing was saved. The file is as it was.
#[derive(Debug)]
pub enum SaveError {
    Conflict(Box<Conflict>),
    /// The file's encoding has no such character.
    Unencodable(char),
    /// The text has a character that no text has.
    Control,
    /// The file is no text that can be read, or the stretch is none of it.
    OtherText,
    Io(io::Error),
}

/// Saves stretches of a report's files.
pub struct Editor<S> {
    store: S,
    versions: Mutex<Versions>,
}

impl<S: Store> Editor<S> {
    pub fn new(store: S) -> Self {
        Self { store, versions: Mutex::default() }
    }

    pub fn store(&self) -> &S {
        &self.store
    }

    fn versions(&self) -> MutexGuard<'_, Versions> {
        // Texts that were kept stay right, whoever panicked.
        self.versions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers a text that a page saw in an earlier run.
    pub fn remember(&self, file: &str, seen: &str, text: &str) {
        self.versions().keep(file, seen, text);
    }

    /// The text that a page saw, where it is still known.
    pub fn seen(&self, file: &str, seen: &str) -> Option<String> {
        self.versions().text(file, seen).map(|text| text.to_string())
    }

    /// Reads a file for editing.
    ///
    /// # Errors
    /// The operating system's, and `OtherText` for what is no text.
    pub fn open(&self, file: &str) -> Result<Opened, SaveError> {
        let bytes = self.store.read(file).map_err(SaveError::Io)?;
        self.know(file, &bytes)
    }

    /// The text of a file's bytes, from now on known by their mark.
    fn know(&self, file: &str, bytes: &[u8]) -> Result<Opened, SaveError> {
        let text = decode(bytes).map_err(|_| SaveError::OtherText)?;
        let seen = mark_of(bytes);
        self.versions().keep(file, &seen, &text);
        Ok(Opened { seen, text })
    }

    /// Saves stretches: where the file is another one than was seen, at their new places, if nobody touched any of them.
    ///
    /// # Errors
    /// `Conflict` where somebody did; what cannot be written. Nothing is changed then.
    pub fn save(&self, save: &Save) -> Result<Saved, SaveError> {
        if !save.verbatim && save.changes.iter().any(|change| has_control(&change.text)) {
            return Err(SaveError::Control);
        }
        for _ in 0..MOST_TURNS {
            let bytes = self.store.read(&save.file).map_err(SaveError::Io)?;
            let Opened { seen: mark, text: now } = self.know(&save.file, &bytes)?;
            let placed = self.place_all(save, (&mark, &now))?;
            let after = written(&bytes, &now, &placed, save.as_utf8)?;
            if after.len() as u64 > MAX_FILE_BYTES {
                return Err(SaveError::Io(io::ErrorKind::FileTooLarge.into()));
            }
            let is_there = after == bytes;
            if is_there || self.store.replace(&save.file, &bytes, &after).map_err(SaveError::Io)? == Replaced::Done {
                let Opened { seen, .. } = self.know(&save.file, &after)?;
                return Ok(Saved { seen, stretches: stretches_after(&now, placed) });
            }
        }
        Err(SaveError::Io(io::ErrorKind::ResourceBusy.into()))
    }

    /// Where the stretches stand in the file as it is now, and what is written there.
    fn place_all(&self, save: &Save, seen: (&str, &str)) -> Result<Vec<Change>, SaveError> {
        let place = |change: &Change| {
            let stretch = self.place(save, change, seen)?;
            let text = if save.verbatim {
                change.text.clone()
            } else {
                compose_voiced_kana(with_line_ends(&change.text, seen.1))
            };
            let is_again = seen.0 != save.seen && change.stretch.is_empty();
            let there = if is_again { self.inserted(save, change, (&text, stretch.start, seen.1)) } else { None };
            Ok(Change { stretch: there.unwrap_or(stretch), text })
        };
        let placed = save.changes.iter().map(place).collect::<Result<Vec<_>, SaveError>>()?;
        let is_apart = placed.is_sorted_by(|one, next| one.stretch.end <= next.stretch.start);
        if is_apart { Ok(placed) } else { Err(SaveError::OtherText) }
    }

    /// Where a text that is to be inserted stands already, and did not where it was seen: its first save was written, and the answer
    /// was lost.
    fn inserted(&self, save: &Save, change: &Change, (text, at, now): (&str, usize, &str)) -> Option<Range<usize>> {
        let before = self.versions().text(&save.file, &save.seen)?;
        if beside(text, change.stretch.start, &before).is_some() { None } else { beside(text, at, now) }
    }

    /// Where the stretch stands in the file as it is now.
    fn place(&self, save: &Save, change: &Change, (mark, now): (&str, &str)) -> Result<Range<usize>, SaveError> {
        let stretch = change.stretch.clone();
        if mark == save.seen {
            return now.get(stretch.clone()).map(|_| stretch).ok_or(SaveError::OtherText);
        }
        let conflict = |mine: String, before: Option<&str>, stretch: Range<usize>| {
            SaveError::Conflict(Box::new(Conflict {
                mine,
                theirs: now.get(stretch.clone()).unwrap_or_default().to_string(),
                before: before.map(str::to_string),
                seen: mark.to_string(),
                stretch,
            }))
        };
        let Some(before) = self.versions().text(&save.file, &save.seen) else {
            return Err(conflict(change.text.clone(), None, 0..now.len()));
        };
        match place_anew(&before, now, stretch.clone()).ok_or(SaveError::OtherText)? {
            Placement::Apart(stretch) => Ok(stretch),
            Placement::Touched { before: old, now: new } => {
                let part = |range: Range<usize>| before.get(range).unwrap_or_default();
                let head = part(old.start..stretch.start);
                let tail = part(stretch.end..old.end);
                let mine = format!("{head}{}{tail}", change.text);
                // Both typed the same.
                if now.get(new.clone()) == Some(mine.as_str()) {
                    let start = new.start + head.len();
                    return Ok(start..start + change.text.len());
                }
                Err(conflict(mine, Some(part(old)), new))
            }
        }
    }
}

/// Where a text stands right before or behind a place.
fn beside(text: &str, at: usize, whole: &str) -> Option<Range<usize>> {
    let (before, behind) = (whole.get(..at)?, whole.get(at..)?);
    if text.is_empty() {
        return None;
    }
    if before.ends_with(text) {
        return Some(at - text.len()..at);
    }
    behind.starts_with(text).then(|| at..at + text.len())
}

/// The bytes of the file with the texts in their stretches.
fn written(bytes: &[u8], now: &str, placed: &[Change], as_utf8: bool) -> Result<Vec<u8>, SaveError> {
    let edits: Vec<(Range<usize>, &str)> =
        placed.iter().map(|change| (change.stretch.clone(), change.text.as_str())).collect();
    match rewrite(bytes, &edits) {
        Ok(after) => Ok(after),
        Err(RewriteError::Unencodable(_)) if as_utf8 => {
            let mut text = now.to_string();
            for (stretch, typed) in edits.into_iter().rev() {
                text.replace_range(stretch, typed);
            }
            Ok(text.into_bytes())
        }
        Err(RewriteError::Unencodable(c)) => Err(SaveError::Unencodable(c)),
        Err(RewriteError::OtherText) => Err(SaveError::OtherText),
    }
}

/// Where the texts stand once they are all written.
fn stretches_after(now: &str, placed: Vec<Change>) -> Vec<SavedStretch> {
    let (mut added, mut removed) = (0, 0);
    let after = |Change { stretch, text }: Change| {
        let start = stretch.start - removed + added;
        added += text.len();
        removed += stretch.len();
        let before = now.get(stretch).unwrap_or_default().to_string();
        SavedStretch { stretch: start..start + text.len(), before, after: text }
    };
    placed.into_iter().map(after).collect()
}

/// What no text has, but for the ends of lines and Tabs.
fn has_control(text: &str) -> bool {
    text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// The typed text with the line ends that the file has.
fn with_line_ends(typed: &str, now: &str) -> String {
    let plain = typed.replace("\r\n", "\n").replace('\r', "\n");
    plain.replace('\n', line_end(now).unwrap_or("\n"))
}
