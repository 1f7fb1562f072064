//! A report in one state after the other: only what an edit changed is worked out again.

use std::collections::BTreeMap;
use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::attachments::{data_files, manuscripts};
use super::cache::Cache;
use super::check_report::{OwnTexts, check_report, check_without_trials, prove_fixes};
use super::checked::{Checked, NotCheckable};
use crate::diagnostic::Errors;
use crate::load::Disk;
use crate::model::{FiscalYear, Program};
use crate::source::{Position, Span};
use crate::typeset::{
    Attachment, AttachmentMaker, Coverage, Engine, Input, PagedDocument, PdfRequest, Picture, Template, write_pdf,
};
use crate::view::{
    EditKind, PageRun, ProgramView, SourceMapping, View, ViewBuilder, ViewInput, photo_paths, program_path,
};

/// What a build is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct BuildOptions {
    pub draft: bool,
    /// Seconds since 1970 for the PDF of a report without 発行日
    pub timestamp: Option<i64>,
    /// The manuscripts travel in the PDF beside its data.
    pub with_sources: bool,
    /// A smaller PDF, for readers of PDF 1.5 and later
    pub compact: bool,
}

/// The stages of one report with what they keep. A new one gives what a kept one gives, byte for byte.
#[derive(Default)]
pub struct Session {
    cache: Cache,
    programs: BTreeMap<String, KeptView>,
    engine: Option<Engine>,
    /// What `check_without_trials` read, until its fixes are proved
    unproved: Option<OwnTexts>,
    /// Of the pages that were laid out last, where it was asked for with them
    data: Option<Data>,
}

/// The data that travels in a PDF: made beside the pages, until it is asked for.
enum Data {
    Underway(JoinHandle<Vec<Attachment>>),
    Made(Vec<Attachment>),
}

impl Data {
    fn get(self) -> Vec<Attachment> {
        match self {
            Self::Underway(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Self::Made(files) => files,
        }
    }
}

/// A program's file for the template, and what it was made from.
struct KeptView {
    program: Arc<Program>,
    key: ViewKey,
    json: Arc<str>,
}

/// What a program's file depends on beyond the program.
#[derive(PartialEq)]
struct ViewKey {
    year: Option<FiscalYear>,
    unit: &'static str,
    draft: bool,
    /// Only in a draft: the errors of its file.
    errors: Vec<(Span, String)>,
    pictures: Vec<Option<&'static str>>,
}

/// The files that a template reads.
pub struct ViewFiles {
    /// `/report.json` and `/programs/…`
    pub texts: BTreeMap<String, Arc<str>>,
    /// `/photos/…`
    pub photos: BTreeMap<String, Picture>,
}

impl Session {
    /// Checks a whole report. Only what needs a page, J080 and J082, is not found here.
    ///
    /// # Errors
    /// When the folder itself cannot be read.
    pub fn check(&mut self, disk: &dyn Disk) -> Result<Checked, NotCheckable> {
        check_report(disk, &mut self.cache)
    }

    /// As `check`, sooner: the fixes that are called certain are not proved yet.
    ///
    /// # Errors
    /// As `check`.
    pub fn check_without_trials(&mut self, disk: &dyn Disk) -> Result<Checked, NotCheckable> {
        let (checked, texts) = check_without_trials(disk, &mut self.cache)?;
        self.unproved = Some(texts);
        Ok(checked)
    }

    /// Leaves only the proved fixes of the last `check_without_trials` certain in one file.
    pub fn prove_fixes(&mut self, disk: &dyn Disk, checked: &mut Checked, path: &str) {
        if let Some(texts) = &self.unproved {
            prove_fixes(disk, checked, texts, &mut self.cache, |file| file.path() == path);
        }
    }

    /// Lays out the pages. Nothing where the template fails: the reason is then among the diagnostics.
    pub fn lay_out(&mut self, checked: &mut Checked, template: Template, draft: bool) -> Option<PagedDocument> {
        self.data = None;
        let ViewFiles { texts, photos } = self.view_files(checked, draft);
        let engine = match self.engine.take().filter(|engine| engine.is_for(&template, &checked.fonts)) {
            Some(engine) => self.engine.insert(engine),
            None => self.engine.insert(Engine::new(template, &checked.fonts)),
        };
        let document = engine.typeset(Input { texts, photos }, &mut checked.files, &mut checked.diagnostics);
        checked.diagnostics.sort();
        document
    }

    /// As `lay_out`, of pages that are written as a PDF: its data is made meanwhile.
    pub fn lay_out_with_data(
        &mut self,
        checked: &mut Checked,
        template: Template,
        draft: bool,
    ) -> Option<PagedDocument> {
        // Its programs are shared, and not copied.
        let report = (!draft).then(|| checked.report.clone());
        let data = report.map(|report| Data::Underway(thread::spawn(move || data_files(&report))));
        let document = self.lay_out(checked, template, draft);
        self.data = data;
        document
    }

    /// Writes the PDF of pages that this session laid out last: an official one with the report's data inside. Nothing
    /// where the standards cannot be kept: the reason is then among the diagnostics.
    pub fn write_pdf(
        &mut self,
        checked: &mut Checked,
        document: &PagedDocument,
        options: BuildOptions,
    ) -> Option<Vec<u8>> {
        let Self { engine, data, .. } = self;
        let engine = engine.as_ref()?;
        let report = &checked.report;
        // Packing them takes time, which only those who asked for them spend.
        let sources = if options.with_sources { manuscripts(&checked.files).collect() } else { Vec::new() };
        let attachments = || {
            let made = data.take().map_or_else(|| data_files(report), Data::get);
            *data = Some(Data::Made(made.clone()));
            made.into_iter().chain(sources).collect()
        };
        // Figures of a draft are not to be taken for the report's.
        let attachments: Option<AttachmentMaker<'_>> = if options.draft { None } else { Some(Box::new(attachments)) };
        let request = PdfRequest { timestamp: options.timestamp, attachments, compact: options.compact };
        let pdf = write_pdf(engine, document, request, &mut checked.files, &mut checked.diagnostics);
        checked.diagnostics.sort();
        pdf
    }

    /// The files for an excerpt of pages that this session laid out, and what stands in the head of each.
    pub(super) fn excerpt_files(
        &mut self,
        checked: &Checked,
        draft: bool,
        title: &str,
        runs: &[PageRun],
        pages: BTreeMap<String, String>,
    ) -> (ViewFiles, String) {
        let mut files = self.view_files(checked, draft);
        let view = with_view_builder(checked, draft, |builder| builder.excerpt(title, runs, pages));
        files.texts.insert("/report.json".to_string(), to_json(&view).into());
        (files, view.excerpt.map(|excerpt| excerpt.title).unwrap_or_default())
    }

    fn view_files(&mut self, checked: &Checked, draft: bool) -> ViewFiles {
        with_view_builder(checked, draft, |builder| {
            let mut before = std::mem::take(&mut self.programs);
            let errors = if draft { Errors::of(&checked.diagnostics) } else { Errors::default() };
            let programs = checked.report.printed_programs().map(|(index, program)| {
                let path = program_path(index);
                let key = ViewKey::of(checked, program, draft, &errors);
                let known = before.remove(&path).filter(|kept| Arc::ptr_eq(&kept.program, program) && kept.key == key);
                (index, path, known.ok_or((program, key)))
            });
            let programs: Vec<_> = programs.collect();
            let made = programs.into_par_iter().map(|(index, path, known)| {
                let kept = known.unwrap_or_else(|(program, key)| KeptView {
                    program: Arc::clone(program),
                    key,
                    json: to_json(&builder.program(index)).into(),
                });
                (path, kept)
            });
            self.programs = made.collect();
            let mut texts: BTreeMap<String, Arc<str>> =
                self.programs.iter().map(|(path, kept)| (path.clone(), Arc::clone(&kept.json))).collect();
            texts.insert("/report.json".to_string(), to_json(&builder.report()).into());
            ViewFiles { texts, photos: photos(checked) }
        })
    }
}

impl ViewKey {
    fn of(checked: &Checked, program: &Program, draft: bool, errors: &Errors<'_>) -> Self {
        let head = checked.report.head.as_ref();
        Self {
            year: head.and_then(|head| head.fiscal_year),
            unit: checked.report.unit().name(),
            draft,
            errors: errors.of_file(program.file).iter().map(|d| (d.primary.span, d.message.clone())).collect(),
            pictures: program
                .all_photos()
                .map(|photo| checked.pictures.get(&photo.span).and_then(|picture| picture.extension))
                .collect(),
        }
    }
}

pub(super) fn photos(checked: &Checked) -> BTreeMap<String, Picture> {
    photo_paths(&checked.report, &checked.pictures)
        .into_iter()
        .filter_map(|(span, path)| checked.good_pictures.get(&span).map(|picture| (path, picture.clone())))
        .collect()
}

pub(super) fn with_view_builder<T>(checked: &Checked, draft: bool, build: impl FnOnce(&ViewBuilder<'_>) -> T) -> T {
    let coverage = Coverage::new(&checked.fonts);
    let input = ViewInput {
        files: &checked.files,
        report: &checked.report,
        diagnostics: &checked.diagnostics,
        pictures: &checked.pictures,
        fonts: &checked.fonts.families(),
        // Without errors every character has a face: there is nothing to look up.
        has_glyph: &|c| !draft || coverage.has_glyph(c),
        draft,
    };
    build(&ViewBuilder::new(&input))
}

/// A view is made of strings, numbers and lists: it always serializes.
fn to_json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// As `to_json`, for people to read: more than half of it is blanks, which the typesetter would read too.
fn to_readable_json(value: &impl serde::Serialize) -> String {
    let mut json = serde_json::to_string_pretty(value).unwrap_or_default();
    json.push('\n');
    json
}

/// The files that a template reads, for people too.
pub fn view_files(checked: &Checked, draft: bool) -> ViewFiles {
    with_view_builder(checked, draft, |builder| {
        let programs = checked.report.printed_programs();
        let mut texts: BTreeMap<String, Arc<str>> = programs
            .map(|(index, _)| (program_path(index), to_readable_json(&builder.program(index)).into()))
            .collect();
        texts.insert("/report.json".to_string(), to_readable_json(&builder.report()).into());
        ViewFiles { texts, photos: photos(checked) }
    })
}

/// The whole report as one text: `/report.json` with each program in the place of its path.
pub fn view_json(checked: &Checked, draft: bool) -> String {
    with_view_builder(checked, draft, |builder| {
        let mut programs = checked.report.printed_programs().map(|(index, _)| builder.program(index));
        let whole: View<Option<ProgramView>> = builder.report().with_programs(|_| programs.next().flatten());
        to_readable_json(&whole)
    })
}

/// A printed line and the place it was written at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedMapping {
    /// As it is printed
    pub text: String,
    /// From the report, with `/`
    pub file: String,
    pub position: Position,
    /// The whole line as it was typed
    pub source: String,
    /// Where it stands in the text of the file, in bytes
    pub stretch: Range<usize>,
    /// How it may be changed from the page
    pub editing: Option<EditKind>,
}

/// What the pages of a chapter or program print, and where it was written; without an anchor what the report itself prints.
pub fn source_mappings(checked: &Checked, draft: bool, anchor: &str) -> Vec<ResolvedMapping> {
    let place = |SourceMapping { text, place, editing }| {
        let file = checked.files.get(place.file);
        let position = file.position(place.start);
        let line = file.line_range(position.line - 1);
        let source = file.text().get(line).unwrap_or("").to_string();
        let stretch = place.start..place.end;
        ResolvedMapping { text, file: file.path().to_string(), position, source, stretch, editing }
    };
    with_view_builder(checked, draft, |builder| builder.source_mappings(anchor).into_iter().map(place).collect())
}
