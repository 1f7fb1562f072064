//! Prose that a form leaves as it is, because it does not say from which heading on the year is told.

use crate::form::ContentSpec;
use crate::model::{Report, SectionContent};
use crate::syntax::{FileKind, SectionKind, SectionRole};

/// 章の【施策の目標】: the headings whose texts stay, of files whose form has no 事業実績として.
pub(super) fn kept_headings(report: &Report) -> Vec<String> {
    let of_chapters = report.chapters.iter().flat_map(|chapter| chapter.head.contents());
    let of_programs = report.printed_programs().flat_map(|(_, program)| program.contents());
    let mut found = headings(report, FileKind::Program, of_programs);
    found.extend(headings(report, FileKind::Chapter, of_chapters));
    found
}

fn headings<'a>(
    report: &Report,
    file: FileKind,
    contents: impl Iterator<Item = (SectionKind, &'a SectionContent)>,
) -> Vec<String> {
    let sections = report.form.sections_of(file);
    let role = |kind: SectionKind| kind.spec().role;
    if sections.iter().any(|section| role(section.kind) == Some(SectionRole::Results)) {
        return Vec::new();
    }
    let written: Vec<SectionKind> = contents.filter(|(_, content)| is_written(content)).map(|(kind, _)| kind).collect();
    let is_prose = |content: &ContentSpec| matches!(content, ContentSpec::Prose | ContentSpec::Choice(_));
    let kept = sections.iter().filter(|section| is_prose(&section.content) && written.contains(&section.kind));
    let kept = kept.filter(|section| role(section.kind) != Some(SectionRole::Overview));
    let whose = if file == FileKind::Chapter { "章" } else { "事業" };
    kept.map(|section| format!("{whose}の【{}】", section.kind.name())).collect()
}

fn is_written(content: &SectionContent) -> bool {
    match content {
        SectionContent::Prose(prose) => !prose.is_empty(),
        SectionContent::Choice(chosen) => chosen.place.is_some(),
        SectionContent::Tables(_)
        | SectionContent::Cases(_)
        | SectionContent::Photos(_)
        | SectionContent::Grades(_) => false,
    }
}
