//! The sections of a program or a chapter, as the form has them, to their contents in printed order.

use super::choice::lower_choice;
use super::contents::{Contents, SectionContent};
use super::declared::lower_declared;
use super::grades::lower_grades;
use super::lower_cases::lower_cases;
use super::lower_indicator::lower_indicator;
use super::prose::{lower_prose, report_twice};
use super::{Context, Indicator, Prose};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::form::{ContentSpec, Section as FormSection, Table};
use crate::source::{SourceFile, Span};
use crate::syntax::chars::is_blank;
use crate::syntax::{Ast, LineKind, Section, SectionKind, SectionRole, Shape};
use std::sync::Arc;

/// Reads every section of a file. `head_said` takes what a file without a title of its own is not asked for.
pub(super) fn lower_sections(
    file: &SourceFile,
    ast: &Ast,
    sections: &[FormSection],
    context: &Context,
    (head_said, diagnostics): (&mut Diagnostics, &mut Diagnostics),
) -> Contents {
    let mut found = lower_required_prose(file, ast, sections, head_said);
    found.extend(lower_tables(file, ast, sections, context, diagnostics));
    found.extend(lower_other_sections(file, ast, sections, diagnostics));
    let mut contents = Contents::default();
    in_order(found, sections).into_iter().for_each(|(kind, content)| contents.push(kind, content));
    contents
}

/// J012 for what is required and no prose, J067 for a program without indicators.
pub(super) fn check_required(file: &SourceFile, ast: &Ast, sections: &[FormSection], diagnostics: &mut Diagnostics) {
    let heading = ast.head().map_or(Span::whole_file(file.id()), |head| head.heading);
    for section in sections {
        let kind = section.kind;
        let is_there = ast.sections_of(kind).any(|section| !has_no_text(file, section));
        if is_there {
            continue;
        }
        if kind.is_required() && section.content != ContentSpec::Prose && !ast.may_hold(kind) {
            diagnostics.push(without_section(heading, kind));
        } else if kind.is_required() && section.content != ContentSpec::Prose {
            let place = ast.sections_of(kind).next().map_or(heading, |section| section.heading);
            diagnostics.push(empty_section(place, kind));
        } else if kind.spec().role == Some(SectionRole::Indicators) {
            diagnostics.push(without_indicators(heading, kind));
        }
    }
}

fn without_indicators(heading: Span, kind: SectionKind) -> Diagnostic {
    let name = kind.name();
    Diagnostic::new(Code::J067, heading, format!("{name}がありません。"))
        .help(format!("成果を表す数があれば【{name}】に書いてください。"))
}

pub(super) fn required_prose(sections: &[FormSection]) -> impl Iterator<Item = SectionKind> {
    let required = sections.iter().filter(|section| section.content == ContentSpec::Prose);
    required.map(|section| section.kind).filter(|kind| kind.is_required())
}

/// A section's content, and the place of its heading; `None` where it is not in the file.
type Found = (SectionKind, Option<Span>, SectionContent);

fn lower_required_prose(file: &SourceFile, ast: &Ast, sections: &[FormSection], said: &mut Diagnostics) -> Vec<Found> {
    let prose = |kind| {
        let prose = lower_required(file, ast, kind, said);
        (kind, prose.heading, SectionContent::Prose(prose))
    };
    required_prose(sections).map(prose).collect()
}

/// Prose that may lack, choices, grades, cases and photographs.
fn lower_other_sections(
    file: &SourceFile,
    ast: &Ast,
    sections: &[FormSection],
    diagnostics: &mut Diagnostics,
) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for FormSection { kind, content, .. } in sections {
        let kind = *kind;
        match content {
            ContentSpec::Prose if kind.is_required() => {}
            ContentSpec::Prose if kind.may_repeat() => {
                for section in ast.sections_of(kind) {
                    let mut silent = Diagnostics::new();
                    let said = if section.quiet { &mut silent } else { &mut *diagnostics };
                    let prose = Prose { heading: Some(section.heading), blocks: lower_prose(file, section, said) };
                    found.push((kind, prose.heading, SectionContent::Prose(prose)));
                }
            }
            ContentSpec::Prose => {
                let prose = lower_prose_sections(file, ast, kind, diagnostics).unwrap_or_default();
                found.push((kind, prose.heading, SectionContent::Prose(prose)));
            }
            ContentSpec::Choice(choices) => {
                let chosen = lower_choice(file, ast, kind, choices, diagnostics);
                found.push((kind, chosen.heading, SectionContent::Choice(chosen)));
            }
            ContentSpec::Grades(criteria) => {
                for section in ast.sections_of(kind) {
                    let mut silent = Diagnostics::new();
                    let said = if section.quiet { &mut silent } else { &mut *diagnostics };
                    let grades = lower_grades(file, section, criteria, said);
                    found.push((kind, Some(section.heading), SectionContent::Grades(grades)));
                }
            }
            ContentSpec::Table(_) | ContentSpec::Photos | ContentSpec::Cases => {}
        }
    }
    found.extend(lower_cases(file, ast, sections, diagnostics));
    found
}

/// Sections in the order of the form; one that belongs below another stands right behind the nearest of those above it.
fn in_order(found: Vec<Found>, sections: &[FormSection]) -> Vec<(SectionKind, SectionContent)> {
    let rank = |kind: SectionKind| sections.iter().position(|section| section.kind == kind).unwrap_or(sections.len());
    let owners: Vec<(SectionKind, Span)> =
        found.iter().filter_map(|(kind, place, _)| Some((*kind, (*place)?))).collect();
    let key = |(kind, place, _): &Found| {
        let own = (rank(*kind), place.map_or(0, |place| place.start));
        let owner = kind.spec().below.zip(*place).and_then(|(name, place)| {
            let above = owners.iter().filter(|(kind, other)| kind.name() == name && other.start < place.start);
            above.map(|(kind, other)| (rank(*kind), other.start)).max_by_key(|(_, start)| *start)
        });
        (owner.unwrap_or(own), owner.map(|_| own))
    };
    let mut found: Vec<_> = found.into_iter().map(|found| (key(&found), found)).collect();
    found.sort_by_key(|(key, _)| *key);
    found.into_iter().map(|(_, (kind, _, content))| (kind, content)).collect()
}

/// The prose of a section. J012 where it stands twice; the texts are then joined. Nothing where it is not there.
pub(super) fn lower_prose_sections(
    file: &SourceFile,
    ast: &Ast,
    kind: SectionKind,
    diagnostics: &mut Diagnostics,
) -> Option<Prose> {
    let mut prose: Option<Prose> = None;
    for section in ast.sections_of(kind) {
        let mut silent = Diagnostics::new();
        let said = if section.quiet { &mut silent } else { &mut *diagnostics };
        let blocks = lower_prose(file, section, said);
        match &mut prose {
            None => prose = Some(Prose { heading: Some(section.heading), blocks }),
            Some(first) => {
                // A misspelt second heading was reported; it need not be a second one.
                if !section.quiet {
                    report_twice(file, kind, first.heading.unwrap_or(section.heading), section.heading, diagnostics);
                }
                first.blocks.extend(blocks);
            }
        }
    }
    prose
}

pub(super) fn has_no_text(file: &SourceFile, section: &Section) -> bool {
    section.rest.is_empty() && section.lines.iter().all(|line| file.slice(line.span).trim_matches(is_blank).is_empty())
}

/// J012 for a section that is missing or empty. A misspelt heading near enough was read as the section.
fn lower_required(file: &SourceFile, ast: &Ast, kind: SectionKind, diagnostics: &mut Diagnostics) -> Prose {
    match lower_prose_sections(file, ast, kind, diagnostics) {
        // The text may stand under a heading that was not understood: that is one message.
        None if ast.may_hold(kind) => Prose::default(),
        None => {
            let place = ast.head().map_or(Span::whole_file(file.id()), |head| head.heading);
            diagnostics.push(without_section(place, kind));
            Prose::default()
        }
        Some(prose) => {
            let quiet = ast.sections_of(kind).any(|section| section.quiet || !section.lines.iter().all(is_blank_line));
            if prose.is_empty() && !quiet {
                diagnostics.push(empty_section(prose.heading.unwrap_or(Span::whole_file(file.id())), kind));
            }
            prose
        }
    }
}

fn without_section(place: Span, kind: SectionKind) -> Diagnostic {
    let name = kind.name();
    let what = if kind.spec().shape == Shape::Prose { "文" } else { "内容" };
    Diagnostic::new(Code::J012, place, format!("【{name}】がありません。"))
        .help(format!("見出し「【{name}】」を書き、その下に{what}を書いてください。"))
}

fn empty_section(place: Span, kind: SectionKind) -> Diagnostic {
    let what = if kind.spec().shape == Shape::Prose { "文" } else { "内容" };
    Diagnostic::new(Code::J012, place, format!("【{}】が未記入です。", kind.name()))
        .help(format!("すぐ下の行に{what}を書いてください。"))
        .open()
}

fn is_blank_line(line: &crate::syntax::Line) -> bool {
    line.kind == LineKind::Blank
}

/// The tables of every section that holds some: one content a section, and of one that the form declares one a table.
fn lower_tables(
    file: &SourceFile,
    ast: &Ast,
    sections: &[FormSection],
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Vec<Found> {
    let mut found = Vec::new();
    for FormSection { kind, content, .. } in sections {
        let ContentSpec::Table(declared) = content else { continue };
        let mut tables = Vec::new();
        let mut first = None;
        for section in ast.sections_of(*kind) {
            let mut silent = Diagnostics::new();
            let said = if section.quiet { &mut silent } else { &mut *diagnostics };
            let table = lower_table(file, section, declared.as_ref(), context, said);
            report_empty_table(section, &table, said);
            first = first.or(Some(section.heading));
            if !table.rows.is_empty() || !table.notes.is_empty() {
                tables.push(table);
            }
        }
        found.push((*kind, first, SectionContent::Tables(tables)));
    }
    found
}

fn lower_table(
    file: &SourceFile,
    section: &Section,
    declared: Option<&Arc<Table>>,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Indicator {
    match declared {
        None => lower_indicator(file, section, context, diagnostics),
        Some(declared) => lower_declared(file, section, declared, context, diagnostics),
    }
}

/// Reads one table by itself, silently. It has its columns where nothing is typed in it, too.
pub fn read_table(file: &SourceFile, section: &Section, declared: Option<&Arc<Table>>, context: &Context) -> Indicator {
    lower_table(file, section, declared, context, &mut Diagnostics::new())
}

/// J025 for a caption or a head row with nothing below it: printed it would be nothing.
fn report_empty_table(section: &Section, table: &Indicator, diagnostics: &mut Diagnostics) {
    let is_unread = section.lines.iter().any(|line| line.kind == LineKind::Unread);
    let head = section.lines.iter().find(|line| matches!(line.kind, LineKind::Row { .. }));
    let place = head.map(|line| line.span).or(table.caption.as_ref().map(|caption| caption.span));
    let Some(place) = place.filter(|_| table.rows.is_empty() && !is_unread) else { return };
    let has_fault = diagnostics.iter().any(|diagnostic| diagnostic.primary.span.touches(place));
    if !has_fault {
        diagnostics.push(
            Diagnostic::new(Code::J025, place, "見出しだけで、下に表の行がありません。").help(
                "次の行から「項目名｜前年度の値｜今年度の値」の形で書いてください。文なら「指標」のように、別のかっこで書いてください。",
            ),
        );
    }
}
