//! From a name to the thing, and from the thing to all its names: 構成, 再掲, `(4)`, photographs, tables that a field names.

use serde_json::{Value, json};

use super::files::EditorFiles;
use super::names::{Named, NamedLine, named, named_lines};
use super::protocol::{Location, Position, Range};
use super::sight::Sight;
use super::uri::uri_of_path;
use crate::pipeline::Checked;
use crate::source::{Span, with_slashes};
use crate::syntax::chars::parse_item_number;
use crate::syntax::{FieldName, FileKind, Line, LineKind, SectionKind, SectionRole, Shape};

pub(super) fn definition(sight: &Sight<'_>, position: Position) -> Value {
    let byte = sight.byte(position);
    if let Some((_, _, item)) = label_item(sight, byte) {
        return json!(own_location(sight, item));
    }
    if let Some(place) = named_file(sight, byte) {
        return json!(place);
    }
    match (thing_at(sight, byte), sight.state, &sight.files) {
        (Some(thing), Some(state), Some(files)) => json!(thing.location(files, &state.checked)),
        (Some(_) | None, _, _) => Value::Null,
    }
}

/// All names of the thing at a place, with the thing itself where that is asked for.
pub(super) fn references(sight: &Sight<'_>, position: Position, with_declaration: bool) -> Value {
    let byte = sight.byte(position);
    if let Some((number, item)) = item_at(sight, byte) {
        let own = labels_of(sight, number).into_iter().map(|label| own_location(sight, label));
        let declaration = with_declaration.then(|| own_location(sight, item));
        return json!(declaration.into_iter().chain(own).collect::<Vec<_>>());
    }
    let (Some(state), Some(files)) = (sight.state, &sight.files) else { return json!([]) };
    if let Some(photograph) = photograph_at(sight, byte) {
        return json!(rows_with(files, &state.checked, &photograph));
    }
    let Some(thing) = thing_at(sight, byte) else { return json!([]) };
    let lines = lines_naming(&state.checked, thing);
    let own = lines.iter().map(|line| files.location(&state.checked.files, line.name));
    let declaration = with_declaration.then(|| thing.location(files, &state.checked));
    json!(declaration.into_iter().chain(own).collect::<Vec<_>>())
}

impl Named<'_> {
    /// Where its name stands in its own file.
    fn location(self, files: &EditorFiles<'_>, checked: &Checked) -> Location {
        let place = match self {
            Self::Program(program) => program.name.as_ref().map_or(program.heading, |name| name.span),
            Self::Chapter(_, chapter) => chapter.head.title.as_ref().map_or(chapter.head.heading, |title| title.span),
        };
        files.location(&checked.files, place)
    }

    fn is(self, other: Named<'_>) -> bool {
        match (self, other) {
            (Self::Program(one), Named::Program(two)) => one.file == two.file,
            (Self::Chapter(one, _), Named::Chapter(two, _)) => one == two,
            (Self::Program(_), Named::Chapter(..)) | (Self::Chapter(..), Named::Program(_)) => false,
        }
    }
}

/// The lines of every 【構成】 that name a thing.
pub(super) fn lines_naming(checked: &Checked, thing: Named<'_>) -> Vec<NamedLine> {
    let lines = named_lines(checked).into_iter();
    lines.filter(|line| named(checked, line).is_some_and(|own| own.is(thing))).collect()
}

/// The line of 【構成】 at a place with what it names.
pub(super) fn named_at<'a>(sight: &Sight<'a>, byte: usize) -> Option<(NamedLine, Named<'a>)> {
    let state = sight.state.filter(|_| sight.is_of_report())?;
    let lines = named_lines(&state.checked).into_iter();
    let is_here =
        |line: &NamedLine| line.line.file == sight.source.id() && line.line.start <= byte && byte <= line.line.end;
    let line = lines.into_iter().find(is_here)?;
    let named = named(&state.checked, &line)?;
    Some((line, named))
}

/// The program or chapter that a place names: in a 【構成】, or in the first line of its own file.
pub(super) fn thing_at<'a>(sight: &Sight<'a>, byte: usize) -> Option<Named<'a>> {
    if let Some((_, named)) = named_at(sight, byte) {
        return Some(named);
    }
    let report = &sight.state.filter(|_| sight.is_of_report())?.checked.report;
    let head = sight.ast.head()?;
    if !sight.line_of(byte).contains(&head.heading.start) {
        return None;
    }
    let file = sight.source.id();
    match sight.kind() {
        FileKind::Program => report.all_programs().find(|program| program.file == file).map(Named::Program),
        FileKind::Chapter => {
            let mut chapters = report.chapters.iter().enumerate();
            chapters.find(|(_, own)| own.head.file == file).map(|(index, own)| Named::Chapter(index, own))
        }
        FileKind::Report | FileKind::Form => None,
    }
}

fn own_location(sight: &Sight<'_>, span: Span) -> Location {
    Location { uri: sight.document.uri.clone(), range: sight.span_range(span) }
}

/// The lines of 【事業実績】 that bear numbers, with them.
fn items<'a>(sight: &'a Sight<'_>) -> impl Iterator<Item = (u8, &'a Line)> {
    let is_results =
        |kind: Option<SectionKind>| kind.is_some_and(|kind| kind.spec().role == Some(SectionRole::Results));
    let sections = sight.ast.sections.iter().filter(move |section| is_results(section.kind));
    sections.flat_map(|section| &section.lines).filter_map(|line| Some((line.kind.item_number()?, line)))
}

/// The rows of tables whose label begins with a number: its place and the number.
fn numbered_labels(sight: &Sight<'_>) -> Vec<(u8, Span)> {
    let is_table = |kind: Option<SectionKind>| kind.is_some_and(|kind| kind.spec().shape == Shape::Table);
    let tables = sight.ast.sections.iter().filter(|section| is_table(section.kind));
    let labels = tables.flat_map(|section| &section.lines).filter_map(Line::label);
    let numbered = labels.filter_map(|label| {
        let text = sight.slice(label);
        let (rest, number) = parse_item_number(text).ok()?;
        Some((number, Span { end: label.end - rest.len(), ..label }))
    });
    numbered.collect()
}

fn labels_of(sight: &Sight<'_>, number: u8) -> Vec<Span> {
    numbered_labels(sight).into_iter().filter(|(own, _)| *own == number).map(|(_, span)| span).collect()
}

/// `(4)` in front of a label at a place: the number, where it stands, and the text of the item that it names.
pub(super) fn label_item(sight: &Sight<'_>, byte: usize) -> Option<(u8, Span, Span)> {
    let here = numbered_labels(sight).into_iter().find(|(_, span)| span.start <= byte && byte <= span.end);
    let (number, span) = here?;
    let (_, line) = items(sight).find(|(own, _)| *own == number)?;
    let LineKind::Item { text, .. } = line.kind else { return None };
    Some((number, span, text))
}

/// The item that a place names or is.
fn item_at(sight: &Sight<'_>, byte: usize) -> Option<(u8, Span)> {
    if let Some((number, _, item)) = label_item(sight, byte) {
        return Some((number, item));
    }
    let (number, line) = items(sight).find(|(_, line)| line.span.start <= byte && byte <= line.span.end)?;
    // Words far behind the mark are words.
    let mark_end = line.span.start + sight.slice(line.span).find(['）', ')']).map_or(0, |at| at + 3);
    (byte <= mark_end).then_some((number, line.span))
}

/// The file of a photograph at a place, from the report.
fn photograph_at(sight: &Sight<'_>, byte: usize) -> Option<String> {
    let (section, line) = sight.line_at(byte)?;
    let is_photos = section.kind.is_some_and(|kind| kind.spec().shape == Shape::Photos);
    let LineKind::Row { cells, .. } = &line.kind else { return None };
    let name = cells.first().filter(|cell| is_photos && cell.start <= byte && byte <= cell.end)?;
    joined(sight.source.folder(), sight.slice(*name))
}

/// A name from a folder of the report, from the report; nothing for one that leads out.
pub(super) fn joined(folder: &str, name: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let name = with_slashes(name);
    if name.starts_with('/') || name.contains(':') {
        return None;
    }
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The rows of all programs that show a photograph.
fn rows_with(files: &EditorFiles<'_>, checked: &Checked, photograph: &str) -> Vec<Location> {
    let programs = checked.report.all_programs();
    let photos = programs.flat_map(|program| {
        let folder = checked.files.get(program.file).folder();
        program.all_photos().map(move |photo| (folder, photo))
    });
    let own = photos.filter(|(folder, photo)| joined(folder, &photo.file_name.value).as_deref() == Some(photograph));
    own.map(|(_, photo)| files.location(&checked.files, photo.file_name.span)).collect()
}

/// The file that a photograph's row or a field of 【報告書】 names, where it is there.
fn named_file(sight: &Sight<'_>, byte: usize) -> Option<Location> {
    let files = sight.files.as_ref()?;
    let relative = photograph_at(sight, byte).or_else(|| {
        let (_, line) = sight.line_at(byte)?;
        let LineKind::Field { name, value } = line.kind else { return None };
        let is_table = [FieldName::Ledger, FieldName::Words, FieldName::Organization].contains(&name);
        joined("", sight.slice(value)).filter(|_| is_table)
    })?;
    let start = Position { line: 0, character: 0 };
    let uri = uri_of_path(&files.report.path_of(&relative));
    files.report.is_on_disk(&relative).then_some(Location { uri, range: Range { start, end: start } })
}
