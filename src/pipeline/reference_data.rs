//! The reference data that 【報告書】 names: CSV files, read before the programs are, and last year's report.

use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::load::{Disk, RawFile};
use crate::model::{Owners, Report, ReportHead, Text};
use crate::source::{FileId, Files, with_slashes};
use crate::tables::{Ledger, Organization, Paper, Word, read_ledger, read_organization, read_words, unavailable};

/// Who owns the messages about 報告書 and 章.
pub const OFFICE: &str = "取りまとめ課";

/// Last year's report as it was read last.
pub(super) struct LastYear {
    pub(super) texts: Vec<RawFile>,
    pub(super) report: Report,
}

/// What the report is compared with. A file that is not named, or cannot be read, is absent.
#[derive(Default)]
pub struct ReferenceData {
    pub ledger: Option<Ledger>,
    pub organization: Option<Organization>,
    pub(super) last_year: Option<Arc<LastYear>>,
    pub(super) words: Vec<Word>,
    /// The word list could be read
    pub(super) has_words: bool,
    /// Every CSV file that was read: its messages belong to the coordinating office.
    pub(super) files: Vec<FileId>,
}

impl ReferenceData {
    /// Reads them; J065 for what cannot be.
    pub(super) fn read(
        disk: &dyn Disk,
        head: Option<&ReportHead>,
        files: &mut Files,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut reference = Self::default();
        let Some(head) = head else { return reference };
        let mut open = |named: Option<&Text>, paper| -> Option<FileId> {
            let named = named?;
            match disk.read_table(&named.value) {
                Ok(text) => {
                    let id = files.add(with_slashes(&named.value), text);
                    reference.files.push(id);
                    Some(id)
                }
                Err(error) => {
                    diagnostics.push(unavailable(paper, named, error));
                    None
                }
            }
        };
        let ledger = open(head.ledger.as_ref(), Paper::Ledger);
        let words = open(head.words.as_ref(), Paper::Words);
        let organization = open(head.organization.as_ref(), Paper::Organization);
        reference.ledger = ledger.and_then(|id| read_ledger(files.get(id), diagnostics));
        let words = words.and_then(|id| read_words(files.get(id), diagnostics));
        reference.has_words = words.is_some();
        reference.words = words.unwrap_or_default();
        reference.organization = organization.and_then(|id| read_organization(files.get(id), diagnostics));
        reference
    }

    /// Whose programs without a file are: the ledger is believed before last year's report.
    pub fn owners(&self) -> Owners {
        let mut owners = Owners::default();
        for row in self.ledger.iter().flat_map(|ledger| &ledger.rows) {
            let Some(department) = row.department.as_deref() else { continue };
            let department = department.split_whitespace().collect::<Vec<_>>().join("　");
            for name in row.id.iter().chain(&row.name) {
                owners.add(name, &department);
            }
        }
        for program in self.last_year.iter().flat_map(|last_year| last_year.report.all_programs()) {
            let Some(department) = program.departments.first() else { continue };
            for name in program.name.iter().map(|name| &name.value).chain([&program.id]) {
                owners.add(name, &department.name);
            }
        }
        owners
    }

    /// The department of the messages about these files.
    pub(super) fn departments(&self) -> impl Iterator<Item = (FileId, String)> {
        self.files.iter().map(|file| (*file, OFFICE.to_string()))
    }
}
