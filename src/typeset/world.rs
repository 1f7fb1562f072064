//! The typesetter's `World`: `/report.json`, `/programs/…`, `/photos/…`, the template's own files, and nothing else.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use typst::diag::{FileError, FileResult, SourceResult, Warned};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_layout::PagedDocument;

use super::compile::lay_out;
use super::contents_tag::define_in;
use super::faces::{ReportFonts, embedded};
use super::picture::Picture;
use super::printed::RasterCache;
use super::template::Template;

/// What a report gives to its template.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// `/report.json` and `/programs/…`, by their path
    pub texts: BTreeMap<String, Arc<str>>,
    /// Pictures by their path, `/photos/…`
    pub photos: BTreeMap<String, Picture>,
}

/// A template with its fonts, ready to typeset one state of a report after the other.
///
/// Invariant: file ids are interned from fixed paths, so that a long-lived process never runs out of them, and the
/// library never carries data, so that no edit empties the typesetter's caches.
pub struct Engine {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    report_fonts: ReportFonts,
    pub(super) template: Template,
    main: FileId,
    sources: Mutex<BTreeMap<String, Source>>,
    texts: BTreeMap<String, (Arc<str>, Bytes)>,
    photos: BTreeMap<String, Picture>,
    printed: RasterCache,
    /// Where the page numbers last settled
    last: Option<PagedDocument>,
}

impl Engine {
    /// `report_fonts` stand after the template's own and the embedded faces.
    pub fn new(template: Template, report_fonts: &ReportFonts) -> Self {
        let fonts: Vec<Font> = template.fonts.iter().chain(embedded()).chain(&report_fonts.fonts).cloned().collect();
        let mut library = Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build();
        define_in(&mut library);
        Self {
            library: LazyHash::new(library),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            report_fonts: report_fonts.clone(),
            template,
            main: file_id("/main.typ"),
            sources: Mutex::new(BTreeMap::new()),
            texts: BTreeMap::new(),
            photos: BTreeMap::new(),
            printed: RasterCache::default(),
            last: None,
        }
    }

    /// Lays out the pages, whatever the typesetter says of them.
    pub(super) fn lay_out(&mut self, input: Input) -> Warned<SourceResult<PagedDocument>> {
        self.take_in(input);
        let result = lay_out(self, self.last.as_ref());
        self.last = result.output.as_ref().ok().cloned();
        result
    }

    /// The pages with their photographs as fine as paper shows them; nothing where they have none. Pages that this engine
    /// laid out last.
    pub(super) fn for_print(&self, document: &PagedDocument) -> Option<PagedDocument> {
        self.printed.fill_in(document, self.photos.values())
    }

    /// A text that did not change keeps its bytes, whose hash is known.
    fn take_in(&mut self, input: Input) {
        let mut before = std::mem::take(&mut self.texts);
        let kept = |(path, text): (String, Arc<str>)| {
            let same = before.remove(&path).filter(|(other, _)| *other == text);
            let bytes = same.map_or_else(|| Bytes::from_string(Arc::clone(&text)), |(_, bytes)| bytes);
            (path, (text, bytes))
        };
        self.texts = input.texts.into_iter().map(kept).collect();
        self.photos = input.photos;
    }

    /// Whether the engine typesets with this template and these fonts.
    pub fn is_for(&self, template: &Template, report_fonts: &ReportFonts) -> bool {
        self.template == *template && self.report_fonts == *report_fonts
    }

    /// Names of the families that the template may use.
    pub(super) fn families(&self) -> Vec<&str> {
        self.book.families().map(|(name, _)| name).collect()
    }

    fn read(&self, path: &str) -> FileResult<Bytes> {
        let found = match path {
            path if path == "/report.json" || path.starts_with("/programs/") => {
                self.texts.get(path).map(|(_, bytes)| bytes.clone())
            }
            path if path.starts_with("/photos/") => self.photos.get(path).map(|picture| picture.stand_in.clone()),
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
