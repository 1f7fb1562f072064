//! Names that one file of a report has for another: the lines of every 【構成】.

use crate::diagnostic::Diagnostics;
use crate::model::{Chapter, Program, ProgramIndex, Report};
use crate::pipeline::Checked;
use crate::source::{FileId, Span, without_end_slashes};
use crate::syntax::{LineKind, SectionKind, parse};

/// A line of a 【構成】.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedLine {
    pub(super) line: Span,
    pub(super) name: Span,
    pub(super) text: String,
    pub(super) is_relisted: bool,
    /// Of the folder of the file that it stands in
    pub(super) folder: String,
    /// It stands in 報告書 and names chapters.
    pub(super) is_of_report: bool,
}

/// What a line names.
#[derive(Debug, Clone, Copy)]
pub(super) enum Named<'a> {
    Program(&'a Program),
    Chapter(usize, &'a Chapter),
}

/// The lines of every 【構成】, those of 報告書 first.
pub(super) fn named_lines(checked: &Checked) -> Vec<NamedLine> {
    let report = checked.report.head.as_ref().map(|head| (head.file, true));
    let chapters = checked.report.chapters.iter().map(|chapter| (chapter.head.file, false));
    report.into_iter().chain(chapters).flat_map(|(file, is_of_report)| lines_of(checked, file, is_of_report)).collect()
}

fn lines_of(checked: &Checked, file: FileId, is_of_report: bool) -> Vec<NamedLine> {
    let source = checked.files.get(file);
    let ast = parse(source, &checked.report.form.vocabulary, &mut Diagnostics::new());
    let sections = ast.sections.iter().filter(|section| section.kind == Some(SectionKind::Composition));
    let lines = sections.flat_map(|section| &section.lines).filter_map(|line| {
        let LineKind::Name { relisted, name } = line.kind else { return None };
        let (text, folder) = (source.slice(name).to_string(), source.folder().to_string());
        Some(NamedLine { line: line.span, name, text, is_relisted: relisted, folder, is_of_report })
    });
    lines.collect()
}

/// What a name in a 【構成】 means; nothing for one that means nothing.
pub(super) fn named<'a>(checked: &'a Checked, line: &NamedLine) -> Option<Named<'a>> {
    let report = &checked.report;
    let program = || report.all_programs().find(|program| program.id == line.text);
    if line.is_relisted {
        return program().map(Named::Program);
    }
    let inner = without_end_slashes(&line.text);
    let folder = if line.folder.is_empty() { inner } else { format!("{}/{inner}", line.folder) };
    let chapter = report.chapters.iter().enumerate().find(|(_, chapter)| chapter.folder == folder);
    let chapter = chapter.map(|(index, chapter)| Named::Chapter(index, chapter));
    let own = program().filter(|_| !line.is_of_report).map(Named::Program);
    own.or(chapter)
}

/// The program of a file.
pub(super) fn program_of(report: &Report, file: FileId) -> Option<&Program> {
    report.all_programs().find(|program| program.file == file)
}

/// Where a program is printed; nothing for one that no 【構成】 lists.
pub(super) fn index_of(report: &Report, file: FileId) -> Option<ProgramIndex> {
    report.printed_programs().find(|(_, program)| program.file == file).map(|(index, _)| index)
}
