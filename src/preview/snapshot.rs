//! A state of the report in the words of the page: what `events` sends.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::page_cache::KnownPage;
use super::told_message::{MessageTeller, ToldMessage};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{ProgramIndex, Text};
use crate::pipeline::Checked;
use crate::source::FileId;
use crate::typeset::{PageItem, Pages};
use crate::view::{chapter_anchor, program_anchor};

/// More messages than anyone reads are counted and not sent.
const MOST_MESSAGES: usize = 500;

/// What is published.
pub struct Snapshot<'a> {
    pub checked: &'a Checked,
    /// Absent where the template failed: the last pages then stay.
    pub pages: Option<&'a Arc<Pages>>,
    /// The report's folder
    pub root: &'a Path,
    /// Where a file of the report lies on the disk
    pub on_disk: &'a dyn Fn(&str) -> std::path::PathBuf,
    pub saved: &'a [String],
    pub draft: bool,
    pub round: u64,
    /// 14:03:22
    pub time: String,
}

/// The state as JSON.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Told {
    /// Raised by everything that is sent
    pub(super) serial: u64,
    round: u64,
    time: String,
    pub(super) problem: Option<String>,
    title: String,
    folder: String,
    draft: bool,
    errors: usize,
    warnings: usize,
    pages: Vec<ToldPage>,
    chapters: Vec<ToldChapter>,
    messages: Vec<ToldMessage>,
    /// Messages beyond those that are sent
    unsent: usize,
    saved: Option<ToldSaved>,
    writing: Writing,
}

/// What a page may do to the report.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(super) struct Writing {
    pub(super) is_on: bool,
    /// Whether files are kept as they were
    pub(super) has_history: bool,
    /// Places that can be mended and nobody need look at
    pub(super) certain: usize,
}

#[derive(Debug, Clone, Serialize)]
struct ToldPage {
    hash: String,
    label: String,
    width: f64,
    height: f64,
}

#[derive(Debug, Clone, Serialize)]
struct ToldChapter {
    anchor: String,
    number: String,
    title: String,
    file: String,
    page: Option<usize>,
    y: Option<f64>,
    errors: usize,
    warnings: usize,
    programs: Vec<ToldProgram>,
}

#[derive(Debug, Clone, Serialize)]
struct ToldProgram {
    anchor: String,
    no: String,
    name: String,
    file: String,
    department: Option<String>,
    page: Option<usize>,
    y: Option<f64>,
    errors: usize,
    warnings: usize,
}

#[derive(Debug, Clone, Serialize)]
struct ToldSaved {
    file: String,
    anchor: Option<String>,
    page: Option<usize>,
    y: Option<f64>,
}

/// A chapter or a program.
#[derive(Debug, Clone)]
pub(super) struct ReportEntry {
    pub(super) file: String,
    pub(super) name: String,
    pub(super) anchor: Option<String>,
}

impl Told {
    /// Chapters and programs, in the order of the report.
    pub(super) fn entries(&self) -> Vec<ReportEntry> {
        let entry = |file: &str, name: &str, anchor: &str| ReportEntry {
            file: file.to_string(),
            name: name.to_string(),
            anchor: Some(anchor.to_string()),
        };
        let mut entries = Vec::new();
        for chapter in &self.chapters {
            entries.push(entry(&chapter.file, &chapter.title, &chapter.anchor));
            let programs = chapter.programs.iter();
            entries.extend(programs.map(|program| entry(&program.file, &program.name, &program.anchor)));
        }
        entries
    }

    /// The state of a scene. `known` are its pages; without pages those told last stay.
    pub(super) fn of(snapshot: &Snapshot<'_>, known: &[Arc<KnownPage>], writing: Writing, last: &Self) -> Self {
        let checked = snapshot.checked;
        let anchors = anchors_of(checked);
        let places = places_of(known);
        let counts = counts_of(checked);
        let mut shown: Vec<&Diagnostic> = checked.diagnostics.iter().filter(|d| d.severity != Severity::Info).collect();
        // The saved file's messages are among those that are sent, whatever stands in the others.
        shown.sort_by_key(|d| !snapshot.saved.iter().any(|path| path == checked.files.get(d.primary.span.file).path()));
        Self {
            serial: last.serial,
            round: snapshot.round,
            time: snapshot.time.clone(),
            problem: snapshot
                .pages
                .is_none()
                .then(|| checked.template_fault().unwrap_or("頁を作れませんでした。").to_string()),
            title: text_of(checked.report.head.as_ref().and_then(|head| head.title.as_ref())),
            folder: snapshot.root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            draft: snapshot.draft,
            errors: checked.diagnostics.count(Severity::Error),
            warnings: checked.diagnostics.count(Severity::Warning),
            pages: snapshot.pages.map_or_else(|| last.pages.clone(), |pages| tell_pages(pages, known)),
            chapters: tell_chapters(checked, &places, &counts),
            unsent: shown.len().saturating_sub(MOST_MESSAGES),
            messages: {
                let mut teller = MessageTeller::new(checked, snapshot.on_disk, &anchors, writing.is_on);
                shown.into_iter().take(MOST_MESSAGES).map(|diagnostic| teller.tell(diagnostic)).collect()
            },
            saved: tell_saved(snapshot, &anchors, &places),
            writing,
        }
    }
}

fn text_of(text: Option<&Text>) -> String {
    text.map(|text| text.value.clone()).unwrap_or_default()
}

/// Errors and warnings of each file.
fn counts_of(checked: &Checked) -> BTreeMap<FileId, [usize; 2]> {
    let mut counts: BTreeMap<FileId, [usize; 2]> = BTreeMap::new();
    for diagnostic in checked.diagnostics.iter() {
        let [errors, warnings] = counts.entry(diagnostic.primary.span.file).or_default();
        match diagnostic.severity {
            Severity::Error => *errors += 1,
            Severity::Warning => *warnings += 1,
            Severity::Info => {}
        }
    }
    counts
}

/// The anchor of the chapter or program that a file becomes.
fn anchors_of(checked: &Checked) -> BTreeMap<FileId, String> {
    let report = &checked.report;
    let heads = report.chapters.iter().enumerate().map(|(index, chapter)| (chapter.head.file, chapter_anchor(index)));
    heads.chain(report.printed_programs().map(|(index, program)| (program.file, program_anchor(index)))).collect()
}

/// Page and height of each anchor.
fn places_of(known: &[Arc<KnownPage>]) -> BTreeMap<&str, (usize, f64)> {
    let mut places = BTreeMap::new();
    for (page, known) in known.iter().enumerate() {
        for printed in &known.printed {
            if let PageItem::Anchor { name, y } = printed {
                places.entry(name.as_str()).or_insert((page, *y));
            }
        }
    }
    places
}

/// The first file of the report among those that were saved. At the start, and after a folder was moved, nobody has saved a
/// program.
fn tell_saved(
    snapshot: &Snapshot<'_>,
    anchors: &BTreeMap<FileId, String>,
    places: &BTreeMap<&str, (usize, f64)>,
) -> Option<ToldSaved> {
    if snapshot.round <= 1 || snapshot.saved.len() > 3 {
        return None;
    }
    snapshot.saved.iter().find_map(|path| {
        let file = snapshot.checked.files.iter().find(|file| file.path() == path)?;
        let anchor = anchors.get(&file.id()).cloned();
        let (page, y) = anchor.as_ref().and_then(|anchor| places.get(anchor.as_str())).copied().unzip();
        Some(ToldSaved { file: path.clone(), anchor, page, y })
    })
}

fn tell_pages(pages: &Pages, known: &[Arc<KnownPage>]) -> Vec<ToldPage> {
    let tell = |(index, known): (usize, &Arc<KnownPage>)| {
        let (width, height) = pages.size(index);
        ToldPage { hash: known.hash.clone(), label: pages.label(index), width, height }
    };
    known.iter().enumerate().map(tell).collect()
}

fn tell_chapters(
    checked: &Checked,
    places: &BTreeMap<&str, (usize, f64)>,
    counts: &BTreeMap<FileId, [usize; 2]>,
) -> Vec<ToldChapter> {
    let count = |file| counts.get(&file).copied().unwrap_or_default();
    let mut told = Vec::new();
    for (chapter, content) in checked.report.chapters.iter().enumerate() {
        let anchor = chapter_anchor(chapter);
        let (page, y) = places.get(anchor.as_str()).copied().unzip();
        let [errors, warnings] = count(content.head.file);
        let programs = content.programs.iter().enumerate().map(|(program, found)| {
            let anchor = program_anchor(ProgramIndex { chapter, program });
            let (page, y) = places.get(anchor.as_str()).copied().unzip();
            let [errors, warnings] = count(found.file);
            ToldProgram {
                no: (program + 1).to_string(),
                name: found.name.as_ref().map_or_else(|| found.id.clone(), |name| name.value.clone()),
                file: checked.files.get(found.file).path().to_string(),
                department: found.departments.first().map(|department| department.name.clone()),
                page,
                y,
                anchor,
                errors,
                warnings,
            }
        });
        told.push(ToldChapter {
            number: checked.report.chapter_number(chapter, str::to_string),
            title: text_of(content.head.title.as_ref()),
            file: checked.files.get(content.head.file).path().to_string(),
            page,
            y,
            programs: programs.collect(),
            anchor,
            errors,
            warnings,
        });
    }
    told
}
