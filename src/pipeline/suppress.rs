//! What a report says of its own messages: 検査 and 確認済. J066 is reported here.

use std::collections::{BTreeMap, BTreeSet};

use super::reference_data::ReferenceData;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::{Acknowledgement, Report};
use crate::source::{FileId, Files};

/// More 確認済 of one code in one file are none that a person wrote.
const MOST: usize = 1_000;

/// 検査 changes levels, then 確認済 silences; one that silences nothing is itself reported.
pub(super) fn apply_levels_and_acknowledgements(
    report: &Report,
    reference: &ReferenceData,
    files: &Files,
    diagnostics: &mut Diagnostics,
) {
    let mut acknowledged: BTreeMap<(FileId, Code), Vec<TrackedAcknowledgement<'_>>> = BTreeMap::new();
    for (file, list) in acknowledgements(report) {
        for acknowledgement in list {
            let of_code = acknowledged.entry((file, acknowledgement.code)).or_default();
            of_code.push(TrackedAcknowledgement { acknowledgement, used: false });
        }
    }
    set_levels(report, diagnostics);
    diagnostics.retain(|diagnostic| {
        let owner = owner_of(report, reference, diagnostic);
        let Some(list) = acknowledged.get_mut(&(owner, diagnostic.code)).filter(|_| may_be_silenced(diagnostic)) else {
            return true;
        };
        let line = line_of(diagnostic, files);
        let mut is_silenced = false;
        for wanted in list.iter_mut().take(MOST).filter(|wanted| wanted.holds(line)) {
            wanted.used = true;
            is_silenced = true;
        }
        !is_silenced
    });
    report_unused(reference, &acknowledged, diagnostics);
    set_levels(report, diagnostics);
}

/// The file whose head a message's 確認済 stands in: a CSV file has no head of its own.
pub(super) fn owner_of(report: &Report, reference: &ReferenceData, diagnostic: &Diagnostic) -> FileId {
    let file = diagnostic.primary.span.file;
    report.head.as_ref().map(|head| head.file).filter(|_| reference.files.contains(&file)).unwrap_or(file)
}

pub(super) fn may_be_silenced(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity != Severity::Error || diagnostic.code.error_can_be_acknowledged()
}

/// A 確認済, and whether a message was silenced by it.
struct TrackedAcknowledgement<'a> {
    acknowledgement: &'a Acknowledgement,
    used: bool,
}

impl TrackedAcknowledgement<'_> {
    fn holds(&self, line: &str) -> bool {
        self.acknowledgement.word.as_ref().is_none_or(|word| line.contains(word.as_str()))
    }
}

/// The line that a message marks.
pub(super) fn line_of<'a>(diagnostic: &Diagnostic, files: &'a Files) -> &'a str {
    let span = diagnostic.primary.span;
    let file = files.get(span.file);
    file.text().get(file.line_range(file.line_index(span.start))).unwrap_or("")
}

pub(super) fn acknowledgements(report: &Report) -> impl Iterator<Item = (FileId, &[Acknowledgement])> {
    let programs = report.all_programs().map(|program| (program.file, program.acknowledgements.as_slice()));
    let chapters = report.chapters.iter().map(|chapter| (chapter.head.file, chapter.head.acknowledgements.as_slice()));
    let own = report.head.iter().map(|head| (head.file, head.acknowledgements.as_slice()));
    programs.chain(chapters).chain(own)
}

/// The last line of 検査 about a code counts.
fn set_levels(report: &Report, diagnostics: &mut Diagnostics) {
    let Some(head) = report.head.as_ref().filter(|head| !head.rules.is_empty()) else { return };
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.severity == diagnostic.code.severity()) {
        if let Some(rule) = head.rules.iter().rev().find(|rule| rule.code == diagnostic.code) {
            diagnostic.severity = rule.severity;
        }
    }
}

/// Whether what a code compares with was there: without it nobody knows whether a 確認済 is still needed.
fn was_compared(code: Code, reference: &ReferenceData) -> bool {
    let is_one_of = |codes: &[Code]| codes.contains(&code);
    if code == Code::J063 {
        reference.ledger.is_some() || reference.organization.is_some()
    } else if code == Code::J015 {
        reference.ledger.is_some() || reference.last_year.is_some()
    } else if is_one_of(&[Code::J053, Code::J054]) {
        reference.has_words
    } else {
        !is_one_of(&[Code::J039, Code::J056, Code::J060]) || reference.last_year.is_some()
    }
}

/// J066. Where a file has errors, what a 確認済 was written for may be hidden behind them.
fn report_unused(
    reference: &ReferenceData,
    acknowledged: &BTreeMap<(FileId, Code), Vec<TrackedAcknowledgement<'_>>>,
    diagnostics: &mut Diagnostics,
) {
    let faulty: BTreeSet<FileId> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .map(|diagnostic| diagnostic.primary.span.file)
        .collect();
    for wanted in acknowledged.values().flatten().filter(|wanted| !wanted.used) {
        let Acknowledgement { span, code, word, .. } = wanted.acknowledgement;
        let is_error = code.severity() == Severity::Error && !code.error_can_be_acknowledged();
        if (faulty.contains(&span.file) || !was_compared(*code, reference)) && !is_error {
            continue;
        }
        let named = word.as_ref().map_or_else(|| code.to_string(), |word| format!("{code}「{word}」"));
        let diagnostic = if is_error {
            Diagnostic::new(Code::J066, *span, format!("{code} の指摘は、確認済では消せません。"))
                .help("この行を消してください。指摘が出ていれば、その所を直します。")
        } else {
            Diagnostic::new(Code::J066, *span, format!("確認済 {named} に当たる指摘は、このファイルにもうありません。"))
                .help("この行を消してください。ほかのファイルの指摘なら、そのファイルの1行目のすぐ下に移します。")
        };
        diagnostics.push(diagnostic);
    }
}
