//! What a long-lived process keeps from one state of a report to the next.
//!
//! Everything is found again by its content: with nothing kept a check gives the same, only later.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::form::form_among;
use super::pictures::{Judged, PhotoName};
use super::reference_data::LastYear;
use crate::checks::{Fingerprint, WordList};
use crate::diagnostic::Diagnostics;
use crate::form::Form;
use crate::load::{Content, Disk, MAX_FONTS_BYTES, MAX_PICTURE_BYTES, RawFile};
use crate::model::{Context, Program};
use crate::source::{Files, SourceFile};
use crate::syntax::Ast;
use crate::tables::Word;
use crate::typeset::{ReportFonts, Template};

#[derive(Default)]
pub(super) struct Cache {
    /// By path
    pub(super) files: BTreeMap<String, CachedFile>,
    font_files: Vec<Arc<[u8]>>,
    pub(super) fonts: ReportFonts,
    pub(super) pictures: BTreeMap<PhotoName, Judged>,
    pub(super) template: Option<Template>,
    pub(super) last_year: Option<Arc<LastYear>>,
    pub(super) words: Arc<WordList>,
    form: Option<Arc<Form>>,
}

/// What one file gave by itself.
pub(super) struct CachedFile {
    pub(super) source: Arc<SourceFile>,
    /// Its kind alone: the text is in `source`.
    pub(super) content: Content,
    /// Stem of the file that it is a copy of, by its name beside the others
    pub(super) copy_of: Option<String>,
    pub(super) ast: Option<Arc<Ast>>,
    pub(super) found: Diagnostics,
    pub(super) meaning: Option<CachedProgram>,
}

/// What a program's file means in its report.
#[derive(Clone)]
pub(super) struct CachedProgram {
    pub(super) context: Context,
    pub(super) program: Arc<Program>,
    /// Of what its text says; nothing where the checks are not run
    pub(super) print: Option<Arc<Fingerprint>>,
    pub(super) found: Diagnostics,
}

impl CachedFile {
    /// Whether the file is as it was, and takes the same place among the files: places in a text name that place.
    pub(super) fn is_still(&self, raw: &RawFile, copy_of: Option<&str>, files: &mut Files) -> bool {
        let is_same = self.copy_of.as_deref() == copy_of
            && match (&self.content, &raw.content) {
                (Content::Text(_), Content::Text(text)) => self.source.text() == &**text,
                _ => false,
            };
        is_same && files.add_again(&self.source).is_some()
    }
}

impl Cache {
    /// Another word list finds other words: every program is then looked at anew.
    pub(super) fn take_words(&mut self, list: Vec<Word>) {
        if self.words.list() != list {
            self.words = Arc::new(WordList::new(list));
            for file in self.files.values_mut() {
                file.meaning = None;
            }
        }
    }

    /// Reads the report's form. Another form has other headings: every file is then read anew.
    pub(super) fn take_form(&mut self, raw: &[RawFile]) -> Arc<Form> {
        let found = form_among(raw);
        match &self.form {
            Some(known) if *known == found => Arc::clone(known),
            _ => {
                self.files.clear();
                self.form = Some(Arc::clone(&found));
                found
            }
        }
    }

    /// Reads the report's own fonts. Other fonts can print other characters: every file is then looked at anew.
    pub(super) fn take_fonts(&mut self, disk: &dyn Disk) {
        let names = disk.list("fonts");
        let read = names.iter().filter_map(|name| disk.read("fonts", name, MAX_PICTURE_BYTES).ok());
        let within = |sum: &mut u64, bytes: Arc<[u8]>| {
            *sum += bytes.len() as u64;
            (*sum <= MAX_FONTS_BYTES).then_some(bytes)
        };
        let found: Vec<Arc<[u8]>> = read.scan(0, within).collect();
        if found != self.font_files {
            self.fonts = ReportFonts::new(found.iter().cloned());
            self.font_files = found;
            self.files.clear();
        }
    }
}
