//! What goes with files and folders that a person renames or moves in the editor's own list of files: the lines of 【構成】 and 再掲
//! that name programs and chapters, and the rows of 【写真】.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::client::Client;
use super::definition::{joined, lines_naming};
use super::files::{EditorFiles, FileChanges, workspace_edit};
use super::names::{Named, named, named_lines};
use super::protocol::RenamedFiles;
use super::rename::{line_edits, whole_line};
use super::uri::path_of_uri;
use crate::diagnostic::Diagnostics;
use crate::load::{compose_voiced_kana, is_read};
use crate::model::Program;
use crate::pipeline::Checked;
use crate::source::{FileId, Span, with_slashes, without_end_slashes};
use crate::syntax::{LineKind, SectionKind, parse};

pub(super) fn of_renamed_files(reports: &[EditorFiles<'_>], client: &Client, params: &RenamedFiles) -> Value {
    let paths = params.files.iter().filter_map(|own| Some((path_of_uri(&own.old_uri)?, path_of_uri(&own.new_uri)?)));
    let paths: Vec<(PathBuf, PathBuf)> = paths.collect();
    let changes: Vec<FileChanges> = reports.iter().flat_map(|files| changes_of(files, &paths)).collect();
    if changes.is_empty() { Value::Null } else { workspace_edit(client, &changes, Vec::new()) }
}

fn changes_of(files: &EditorFiles<'_>, paths: &[(PathBuf, PathBuf)]) -> Vec<FileChanges> {
    let Some(state) = files.report.state() else { return Vec::new() };
    let inside = |path: &Path| relative(path, files.report.root());
    let moves = paths.iter().filter_map(|(old, new)| Some((inside(old)?, inside(new)?)));
    let (checked, moves) = (&state.checked, Moves(moves.collect()));
    if moves.0.is_empty() {
        return Vec::new();
    }
    let mut edits = chapter_edits(checked, &moves);
    for program in checked.report.all_programs() {
        edits.extend(program_edits(checked, program, &moves));
        edits.extend(photo_edits(checked, program, &moves));
    }
    // All at once: places of one text are those before the first edit.
    files.changes(&checked.files, &edits)
}

/// A path of the report; nothing for what lies elsewhere.
fn relative(path: &Path, root: &Path) -> Option<String> {
    let parts = path.strip_prefix(root).ok()?.components();
    let names: Vec<String> = parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    Some(compose_voiced_kana(names.join("/")))
}

/// Files and folders with their new paths.
struct Moves(Vec<(String, String)>);

impl Moves {
    /// Where a file or folder will lie.
    fn after(&self, path: &str) -> String {
        let moved = self.0.iter().find_map(|(old, new)| {
            let rest = path.strip_prefix(old.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{new}{rest}"))
        });
        moved.unwrap_or_else(|| path.to_string())
    }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path as it is named in a folder above it.
fn named_from<'a>(folder: &str, path: &'a str) -> Option<&'a str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

/// The lines that name chapters whose folder is another one.
fn chapter_edits(checked: &Checked, moves: &Moves) -> Vec<(Span, String)> {
    let lines = named_lines(checked).into_iter();
    let edits = lines.filter_map(|line| {
        let Named::Chapter(_, chapter) = named(checked, &line)? else { return None };
        let (folder, above) = (moves.after(&chapter.folder), moves.after(&line.folder));
        let name = named_from(&above, &folder)?;
        (name != without_end_slashes(&line.text)).then(|| (line.name, name.to_string()))
    });
    edits.collect()
}

/// The lines that name a program whose file is another one: in the chapter that it leaves and in the one that it comes to.
fn program_edits(checked: &Checked, program: &Program, moves: &Moves) -> Vec<(Span, String)> {
    let source = checked.files.get(program.file);
    let path = moves.after(source.path());
    let stem = path.rsplit_once('/').map_or(path.as_str(), |(_, name)| name);
    let Some((stem, _)) = stem.rsplit_once('.').filter(|_| path != source.path() && is_read(&path)) else {
        return Vec::new();
    };
    let (folder, is_renamed) = (folder_of(&path), stem != program.id);
    if moves.after(source.folder()) == folder {
        return if is_renamed { line_edits(checked, program, stem) } else { Vec::new() };
    }
    let mut edits = Vec::new();
    let mut is_listed = false;
    for line in lines_naming(checked, Named::Program(program)) {
        let text = checked.files.get(line.line.file);
        if moves.after(&line.folder) == folder {
            // Shown again until now, at home from now on.
            is_listed = true;
            edits.push((Span { end: line.name.end, ..line.line }, stem.to_string()));
        } else if line.folder == source.folder() && !line.is_relisted {
            edits.push((whole_line(text, line.line), String::new()));
        } else if is_renamed {
            edits.push((line.name, stem.to_string()));
        }
    }
    let mut chapters = checked.report.chapters.iter().filter(|_| !is_listed);
    let home = chapters.find(|chapter| moves.after(&chapter.folder) == folder);
    edits.extend(home.and_then(|chapter| new_line(checked, chapter.head.file, stem)));
    edits
}

/// A line at the end of a chapter's 【構成】; nothing where it has none, and its programs stand by their names.
fn new_line(checked: &Checked, file: FileId, name: &str) -> Option<(Span, String)> {
    let source = checked.files.get(file);
    let ast = parse(source, &checked.report.form.vocabulary, &mut Diagnostics::new());
    let section = ast.sections.iter().rfind(|section| section.kind == Some(SectionKind::Composition))?;
    let last = section.lines.iter().rfind(|line| matches!(line.kind, LineKind::Name { .. }));
    let last = last.map_or(section.heading.start, |line| line.span.start);
    let at = source.line_range(source.line_index(last)).end;
    Some((Span::new(file, at..at), format!("{}{name}", source.line_end())))
}

/// The rows of photographs whose file is another one, seen from their program.
fn photo_edits(checked: &Checked, program: &Program, moves: &Moves) -> Vec<(Span, String)> {
    let source = checked.files.get(program.file);
    let path = moves.after(source.path());
    let edits = program.all_photos().filter_map(|photo| {
        let file = joined(source.folder(), &photo.file_name.value)?;
        let moved = moves.after(&file);
        // One that stays where it was while its program goes has no name from there.
        let name = named_from(folder_of(&path), &moved)?;
        let is_other = name != with_slashes(&photo.file_name.value) && (moved != file || path != source.path());
        is_other.then(|| (photo.file_name.span, name.to_string()))
    });
    edits.collect()
}
