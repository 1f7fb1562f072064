//! A program under another name: its title, its file, the lines of 【構成】 and 再掲 that name it, and 旧名称.

use std::path::Path;

use serde_json::{Value, json};

use super::client::Client;
use super::definition::{lines_naming, named_at, thing_at};
use super::files::{EditorFiles, workspace_edit};
use super::names::Named;
use super::protocol::Position;
use super::refused::{Answer, Refused};
use super::sight::Sight;
use super::uri::uri_of_path;
use crate::diagnostic::Diagnostics;
use crate::editing::file_stem;
use crate::model::{Category, Program};
use crate::pipeline::{Checked, is_of_last_year, title_of_last_year};
use crate::source::{SourceFile, Span};
use crate::syntax::chars::{is_blank, unified};
use crate::syntax::{FieldName, LineKind, parse};

/// What is renamed.
struct Target<'a> {
    program: &'a Program,
    /// Where its name stands under the cursor
    range: Span,
    /// The title was meant, and not the name of the file.
    is_title: bool,
}

fn target<'a>(sight: &Sight<'a>, byte: usize) -> Option<Target<'a>> {
    if let Some((line, Named::Program(program))) = named_at(sight, byte) {
        return Some(Target { program, range: line.name, is_title: false });
    }
    let Named::Program(program) = thing_at(sight, byte)? else { return None };
    Some(Target { program, range: program.name.as_ref()?.span, is_title: true })
}

/// What may be renamed at a place, with its name.
pub(super) fn prepare(sight: &Sight<'_>, position: Position) -> Answer {
    let Some(target) = target(sight, sight.byte(position)) else { return Ok(Value::Null) };
    let placeholder = sight.slice(target.range);
    Ok(json!({ "range": sight.span_range(target.range), "placeholder": placeholder }))
}

/// The names of a program after it was renamed.
struct NewNames {
    title: String,
    stem: String,
}

pub(super) fn rename(sight: &Sight<'_>, position: Position, new_name: &str) -> Answer {
    let target = target(sight, sight.byte(position));
    let (Some(target), Some(state), Some(files)) = (target, sight.state, &sight.files) else {
        return Err(Refused::with(
            "ここには、名前を変えられるものがありません。事業名か、【構成】の事業の行で行ってください。",
        ));
    };
    let checked = &state.checked;
    let names = new_names(&target, new_name)?;
    let is_moved = names.stem != target.program.id;
    let renamed =
        if is_moved { Some(renamed_file(checked, files, sight.client, target.program, &names.stem)?) } else { None };
    let mut edits = title_edits(checked, target.program, &names.title);
    if is_moved {
        edits.extend(line_edits(checked, target.program, &names.stem));
    }
    let changes = files.changes(&checked.files, &edits);
    Ok(workspace_edit(sight.client, &changes, renamed.into_iter().collect()))
}

/// The title goes into the name of the file where that holds it, and the other way round.
fn new_names(target: &Target<'_>, typed: &str) -> Result<NewNames, Refused> {
    let typed = typed.trim_matches(is_blank);
    if typed.is_empty() || typed.contains(|c: char| c.is_control()) {
        return Err(Refused::with("新しい名前を1行で書いてください。"));
    }
    let id = &target.program.id;
    let title = target.program.name.as_ref().map_or("", |name| name.value.as_str());
    let around = id.split_once(title).filter(|_| !title.is_empty());
    if target.is_title {
        let stem = around.map_or_else(|| id.clone(), |(before, after)| format!("{before}{typed}{after}"));
        let stem = if stem == *id { stem } else { file_stem(&stem) };
        return Ok(NewNames { title: typed.to_string(), stem });
    }
    let stem = file_stem(typed);
    let inside = around.and_then(|(before, after)| stem.strip_prefix(before)?.strip_suffix(after));
    let title = inside.filter(|inside| !inside.is_empty()).unwrap_or(title).to_string();
    Ok(NewNames { title, stem })
}

fn renamed_file(
    checked: &Checked,
    files: &EditorFiles<'_>,
    client: &Client,
    program: &Program,
    stem: &str,
) -> Result<Value, Refused> {
    if !client.renames_files {
        return Err(Refused::with("このエディターは、ファイルの名前を一緒に変えられません。"));
    }
    let source = checked.files.get(program.file);
    let old = files.report.path_of(source.path());
    let ending = Path::new(source.name()).extension().map_or_else(|| "jigyo".into(), |own| own.to_string_lossy());
    let new = old.with_file_name(format!("{stem}.{ending}"));
    let is_taken = checked.report.all_programs().any(|other| other.file != program.file && other.id == stem);
    let relative = [source.folder(), "/"].concat().trim_start_matches('/').to_string() + &format!("{stem}.{ending}");
    // On many disks A and a are one name: then it is the file itself.
    let is_itself = source.path().to_lowercase() == relative.to_lowercase();
    if is_taken || (files.report.is_on_disk(&relative) && !is_itself) {
        return Err(Refused::with(format!("「{stem}」という名前のファイルが、もうあります。")));
    }
    Ok(json!({
        "kind": "rename",
        "oldUri": files.uri(source.path()),
        "newUri": uri_of_path(&new),
        "options": { "overwrite": false },
    }))
}

/// The title, and 旧名称 for a program that was there under its old name before. A name that comes back is no former one.
fn title_edits(checked: &Checked, program: &Program, title: &str) -> Vec<(Span, String)> {
    let Some(old) = program.name.as_ref().filter(|old| old.value != title) else { return Vec::new() };
    let mut edits = vec![(old.span, title.to_string())];
    let source = checked.files.get(program.file);
    let former = |name: &str| program.former_names.iter().find(|own| unified(&own.value) == unified(name));
    let is_new = program.category == Some(Category::New) || is_of_last_year(checked, source.path()) == Some(false);
    let returned = former(title);
    // What it was called between two reports was never published: last year's name is the one that somebody looks for.
    let last = title_of_last_year(checked, source.path());
    let name = last.or(returned.is_none().then_some(old.value.as_str()));
    let name = name.filter(|name| !is_new && unified(name) != unified(title) && former(name).is_none());
    match (returned, name) {
        (Some(returned), Some(name)) => edits.push((returned.span, name.to_string())),
        (Some(returned), None) => edits.push((whole_line(source, returned.span), String::new())),
        (None, Some(name)) => edits.push(former_name_line(checked, program, name)),
        (None, None) => {}
    }
    edits
}

/// A line 旧名称 behind the fields that are there.
fn former_name_line(checked: &Checked, program: &Program, name: &str) -> (Span, String) {
    let source = checked.files.get(program.file);
    let ast = parse(source, &checked.report.form.vocabulary, &mut Diagnostics::new());
    let lines = ast.head().map(|head| head.lines.as_slice()).unwrap_or_default();
    let last = lines.iter().rfind(|line| matches!(line.kind, LineKind::Field { .. }));
    let at = source.line_range(source.line_index(last.map_or(program.heading.start, |line| line.span.start))).end;
    let word = checked.report.form.typed_word(FieldName::FormerName);
    (Span::new(program.file, at..at), format!("{}{word}：{name}", source.line_end()))
}

/// The line of a place, with its end.
pub(super) fn whole_line(source: &SourceFile, place: Span) -> Span {
    let line = source.line_range(source.line_index(place.start));
    let rest = source.text().get(line.end..).unwrap_or_default();
    let end = ["\r\n", "\n", "\r"].into_iter().find(|end| rest.starts_with(end)).map_or(0, str::len);
    Span::new(place.file, line.start..line.end + end)
}

/// The lines that name the program, with its new name.
pub(super) fn line_edits(checked: &Checked, program: &Program, stem: &str) -> Vec<(Span, String)> {
    let lines = lines_naming(checked, Named::Program(program)).into_iter();
    lines.map(|line| (line.name, stem.to_string())).collect()
}
