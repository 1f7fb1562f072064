//! What a report says of its own messages: 検査 and 確認済.

use std::collections::BTreeMap;

use super::papers::Papers;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::{Acknowledgement, Report};
use crate::source::{FileId, Files};

/// 検査 changes levels, then 確認済 silences.
pub(super) fn apply_rules(report: &Report, papers: &Papers, files: &Files, diagnostics: &mut Diagnostics) {
    if let Some(head) = &report.head {
        for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.severity == diagnostic.code.severity())
        {
            // The last line about a code counts.
            if let Some(rule) = head.rules.iter().rev().find(|rule| rule.code == diagnostic.code) {
                diagnostic.severity = rule.severity;
            }
        }
    }
    let mut acknowledged: BTreeMap<FileId, &[Acknowledgement]> = BTreeMap::new();
    for program in report.all_programs() {
        acknowledged.insert(program.file, &program.acknowledgements);
    }
    for chapter in &report.chapters {
        acknowledged.insert(chapter.head.file, &chapter.head.acknowledgements);
    }
    if let Some(head) = &report.head {
        acknowledged.insert(head.file, &head.acknowledgements);
        // A CSV file has no head of its own.
        acknowledged.extend(papers.files.iter().map(|file| (*file, head.acknowledgements.as_slice())));
    }
    diagnostics.retain(|diagnostic| {
        let list = acknowledged.get(&diagnostic.primary.span.file).copied().unwrap_or_default();
        !list.iter().any(|acknowledgement| silences(acknowledgement, diagnostic, files))
    });
}

fn silences(acknowledgement: &Acknowledgement, diagnostic: &Diagnostic, files: &Files) -> bool {
    let may = diagnostic.severity != Severity::Error || diagnostic.code.error_can_be_acknowledged();
    if !may || acknowledgement.code != Some(diagnostic.code) || diagnostic.code == Code::J018 {
        return false;
    }
    let Some(word) = &acknowledgement.word else { return true };
    let span = diagnostic.primary.span;
    let file = files.get(span.file);
    let line = file.line_range(file.line_index(span.start));
    file.text().get(line).is_some_and(|line| line.contains(word.as_str()))
}
