//! What a check gives, and which files belong to a report.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::reference_data::{OFFICE, ReferenceData};
use crate::comparison::ReportState;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::{Content, Disk, Folder, RawFile};
use crate::model::{MissingProgram, Report};
use crate::source::{FileId, Files, Span};
use crate::syntax::{FileKind, file_kind};
use crate::typeset::{Picture, ReportFonts, Template};
use crate::view::Pictures;

/// A report with everything that was found.
pub struct Checked {
    pub files: Files,
    pub report: Report,
    /// Programs that 【構成】 or the ledger names and nobody handed in, but for those that a person said to belong elsewhere
    pub awaited: Vec<MissingProgram>,
    pub diagnostics: Diagnostics,
    /// The department whose file it is; absent where it cannot be known.
    pub departments: BTreeMap<FileId, String>,
    pub pictures: Pictures,
    /// The good ones, by the place of their row
    pub good_pictures: BTreeMap<Span, Picture>,
    pub fonts: ReportFonts,
    /// What 体裁 names; absent where there is no such template.
    pub template: Option<Template>,
    pub reference: ReferenceData,
}

impl Checked {
    /// The template to typeset with. A 体裁 that cannot be found was reported; its draft is set with the official one.
    pub fn template(&self) -> Option<Template> {
        self.template.clone().or_else(|| Template::built_in("official"))
    }

    /// What `comparison` compares.
    pub fn state(&self) -> ReportState<'_> {
        ReportState {
            files: &self.files,
            report: &self.report,
            diagnostics: &self.diagnostics,
            pictures: self.good_pictures.iter().map(|(span, picture)| (*span, picture.bytes())).collect(),
        }
    }

    /// What is wrong with the template, in words.
    pub fn template_fault(&self) -> Option<&str> {
        self.diagnostics.iter().find(|diagnostic| is_of_template(diagnostic)).map(|fault| fault.message.as_str())
    }

    /// The department that a message is for.
    pub fn department_of(&self, diagnostic: &Diagnostic) -> Option<&str> {
        if is_of_template(diagnostic) {
            return Some(OFFICE);
        }
        self.departments.get(&diagnostic.primary.span.file).map(String::as_str)
    }
}

pub(super) fn is_of_template(diagnostic: &Diagnostic) -> bool {
    matches!(diagnostic.code, Code::J080 | Code::J082)
}

/// The folder could not be read at all.
#[derive(Debug)]
pub struct NotCheckable(pub io::Error);

/// The nearest folder upward from `start` that holds a 【報告書】.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| is_report(folder)).map(Path::to_path_buf)
}

/// The reports in the folders below, nearest first; the folder itself is not looked at, nor what lies in a report.
/// A program may lie in a folder of thousands: only the first 1,000 folders of `depth` levels are entered.
pub fn find_roots_below(folder: &Path, depth: usize) -> Vec<PathBuf> {
    const MOST: usize = 1_000;
    let mut found = Vec::new();
    let mut level = vec![folder.to_path_buf()];
    let mut seen = 0;
    for _ in 0..depth {
        let mut next: Vec<PathBuf> = level.iter().flat_map(|folder| Folder::new(folder).own_folders()).collect();
        next.truncate(MOST - seen);
        seen += next.len();
        let (reports, others): (Vec<_>, Vec<_>) = next.into_iter().partition(|folder| is_report(folder));
        found.extend(reports);
        level = others;
    }
    found
}

/// Whether a 【報告書】 lies directly in the folder.
pub fn is_report(folder: &Path) -> bool {
    let texts = Folder::new(folder).read_own_texts().unwrap_or_default();
    texts.iter().any(is_report_file)
}

fn is_report_file(raw: &RawFile) -> bool {
    matches!(&raw.content, Content::Text(text) if file_kind(text) == Some(FileKind::Report))
}

/// The texts that belong to a report, and the folders left out because they hold another 【報告書】.
///
/// # Errors
/// When the folder itself cannot be read.
pub fn read_own_texts(disk: &dyn Disk) -> io::Result<(Vec<RawFile>, Vec<String>)> {
    Ok(own_texts(disk.read_texts()?))
}

/// As `read_own_texts`, of the texts in a folder.
pub(super) fn own_texts(raw: Vec<RawFile>) -> (Vec<RawFile>, Vec<String>) {
    let folder = |path: &str| path.rfind('/').and_then(|slash| path.get(..slash)).map(str::to_string);
    let nested: Vec<String> =
        raw.iter().filter(|file| is_report_file(file)).filter_map(|file| folder(&file.path)).collect();
    let is_inside = |path: &str| {
        nested.iter().any(|folder| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/')))
    };
    let own = raw.into_iter().filter(|file| !is_inside(&file.path)).collect();
    (own, nested)
}
