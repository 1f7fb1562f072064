//! The typesetter's `World`: `/report.json`, `/photos/…`, the template's own files, and nothing else.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_layout::PagedDocument;

use super::errors::{explain, explain_warnings};
use super::faces::{ReportFonts, embedded};
use super::template::Template;
use crate::diagnostic::Diagnostics;
use crate::source::Files;

/// What a report gives to its template.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// `/report.json`
    pub report: String,
    /// Pictures by their path, `/photos/…`
    pub photos: BTreeMap<String, Vec<u8>>,
}

/// A template with its fonts, ready to typeset one state of a report after the other.
///
/// Invariant: file ids are interned from fixed paths, so that a long-lived process never runs out of them, and the
/// library never carries data, so that no edit empties the typesetter's caches.
pub struct Engine {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    pub(super) template: Template,
    main: FileId,
    sources: Mutex<BTreeMap<String, Source>>,
    report: Bytes,
    photos: BTreeMap<String, Bytes>,
}

impl Engine {
    /// `report_fonts` stand after the template's own and the embedded faces.
    pub fn new(template: Template, report_fonts: &ReportFonts) -> Self {
        let fonts: Vec<Font> = template.fonts.iter().chain(embedded()).chain(&report_fonts.fonts).cloned().collect();
        let library = Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build();
        Self {
            library: LazyHash::new(library),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            template,
            main: file_id("/main.typ"),
            sources: Mutex::new(BTreeMap::new()),
            report: Bytes::new(Vec::<u8>::new()),
            photos: BTreeMap::new(),
        }
    }

    /// Lays out the pages. Nothing where the template fails (J080) or the page numbers do not settle (J082); the
    /// template's file then is in `files`.
    pub fn typeset(&mut self, input: Input, files: &mut Files, diagnostics: &mut Diagnostics) -> Option<PagedDocument> {
        self.report = Bytes::from_string(input.report);
        self.photos = input.photos.into_iter().map(|(path, bytes)| (path, Bytes::new(bytes))).collect();
        let result = typst::compile::<PagedDocument>(self);
        match result.output {
            Ok(document) => {
                let settled = explain_warnings(self, &result.warnings, files, diagnostics);
                settled.then_some(document)
            }
            Err(errors) => {
                explain(self, &errors, files, diagnostics);
                None
            }
        }
    }

    fn read(&self, path: &str) -> FileResult<Bytes> {
        let found = match path {
            "/report.json" => Some(self.report.clone()),
            path if path.starts_with("/photos/") => self.photos.get(path).cloned(),
            path => self.template.files.get(path).cloned(),
        };
        found.ok_or_else(|| FileError::NotFound(PathBuf::from(path)))
    }
}

/// The id of a path inside the template.
fn file_id(path: &str) -> FileId {
    // "/main.typ" is a valid path, and the only one that is asked for here.
    let path = VirtualPath::new(path).unwrap_or_else(|_| unreachable!("a fixed path"));
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World for Engine {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let path = project_path(id)?;
        let mut sources = self.sources.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(source) = sources.get(path) {
            return Ok(source.clone());
        }
        let bytes = self.read(path)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| FileError::InvalidUtf8)?;
        let source = Source::new(id, text.trim_start_matches('\u{FEFF}').to_string());
        sources.insert(path.to_string(), source.clone());
        Ok(source)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.read(project_path(id)?)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    /// There is no clock: the same input gives the same pages.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Packages would come from a network: there are none.
fn project_path(id: FileId) -> FileResult<&'static str> {
    let path = id.get();
    match path.root() {
        VirtualRoot::Project => Ok(path.vpath().get_with_slash()),
        VirtualRoot::Package(_) => Err(FileError::AccessDenied),
    }
}
