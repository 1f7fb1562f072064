//! A save: the file is read again, and the stretch alone is changed.

use std::io;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::merge::{Placement, place_anew};
use super::versions::{Versions, mark_of};
use crate::load::{MAX_FILE_BYTES, Replaced, RewriteError, compose_voiced_kana, decode, rewrite};

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

/// A stretch that is to be changed. Places are bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Save {
    /// Relative to the report's folder, with `/`
    pub file: String,
    /// The mark of the whole file that was seen
    pub seen: String,
    pub stretch: Range<usize>,
    pub text: String,
    /// The whole file becomes UTF-8: it has a character that the file's encoding lacks.
    pub as_utf8: bool,
}

/// A file as it is opened for editing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    pub seen: String,
    pub text: String,
}

/// What a save made: the file's mark, and where the typed text stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    pub seen: String,
    pub stretch: Range<usize>,
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

    /// Saves a stretch: where the file is another one than was seen, at its new place, if nobody touched it.
    ///
    /// # Errors
    /// `Conflict` where somebody did; what cannot be written.
    pub fn save(&self, save: &Save) -> Result<Saved, SaveError> {
        if save.text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(SaveError::Control);
        }
        for _ in 0..MOST_TURNS {
            let bytes = self.store.read(&save.file).map_err(SaveError::Io)?;
            let Opened { seen: mark, text: now } = self.know(&save.file, &bytes)?;
            let stretch = self.place(save, (&mark, &now))?;
            let typed = compose_voiced_kana(with_line_ends(&save.text, &now));
            let after = written(&bytes, &now, (stretch.clone(), &typed), save.as_utf8)?;
            if after.len() as u64 > MAX_FILE_BYTES {
                return Err(SaveError::Io(io::ErrorKind::FileTooLarge.into()));
            }
            match self.store.replace(&save.file, &bytes, &after).map_err(SaveError::Io)? {
                Replaced::Changed => {}
                Replaced::Done => {
                    let (start, end) = (stretch.start, stretch.start + typed.len());
                    let Opened { seen, .. } = self.know(&save.file, &after)?;
                    return Ok(Saved { seen, stretch: start..end });
                }
            }
        }
        Err(SaveError::Io(io::ErrorKind::ResourceBusy.into()))
    }

    /// Where the stretch stands in the file as it is now.
    fn place(&self, save: &Save, (mark, now): (&str, &str)) -> Result<Range<usize>, SaveError> {
        if mark == save.seen {
            return now.get(save.stretch.clone()).map(|_| save.stretch.clone()).ok_or(SaveError::OtherText);
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
            return Err(conflict(save.text.clone(), None, 0..now.len()));
        };
        match place_anew(&before, now, save.stretch.clone()).ok_or(SaveError::OtherText)? {
            Placement::Apart(stretch) => Ok(stretch),
            Placement::Touched { before: old, now: new } => {
                let part = |range: Range<usize>| before.get(range).unwrap_or_default();
                let head = part(old.start..save.stretch.start);
                let tail = part(save.stretch.end..old.end);
                let mine = format!("{head}{}{tail}", save.text);
                // Both typed the same.
                if now.get(new.clone()) == Some(mine.as_str()) {
                    let start = new.start + head.len();
                    return Ok(start..start + save.text.len());
                }
                Err(conflict(mine, Some(part(old)), new))
            }
        }
    }
}

/// The bytes of the file with the text in the stretch.
fn written(
    bytes: &[u8],
    now: &str,
    (stretch, typed): (Range<usize>, &str),
    as_utf8: bool,
) -> Result<Vec<u8>, SaveError> {
    match rewrite(bytes, &[(stretch.clone(), typed)]) {
        Ok(after) => Ok(after),
        Err(RewriteError::Unencodable(_)) if as_utf8 => {
            let mut text = now.to_string();
            text.replace_range(stretch, typed);
            Ok(text.into_bytes())
        }
        Err(RewriteError::Unencodable(c)) => Err(SaveError::Unencodable(c)),
        Err(RewriteError::OtherText) => Err(SaveError::OtherText),
    }
}

/// The typed text with the line ends that the file has.
fn with_line_ends(typed: &str, now: &str) -> String {
    let plain = typed.replace("\r\n", "\n").replace('\r', "\n");
    let at = now.find(['\r', '\n']);
    match at.and_then(|at| now.get(at..)) {
        Some(rest) if rest.starts_with("\r\n") => plain.replace('\n', "\r\n"),
        Some(rest) if rest.starts_with('\r') => plain.replace('\n', "\r"),
        _ => plain,
    }
}
