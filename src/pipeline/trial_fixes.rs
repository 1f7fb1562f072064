//! Every fix that is called certain is made in memory first: it stays certain where every other line is read as before,
//! every other row prints the same, and the only messages that differ are those that went from the fixed lines.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use super::cache::Cache;
use super::checked::Checked;
use crate::diagnostic::{Code, Diagnostics, Edit, Severity};
use crate::model::{Indicator, Program, Role, Row, Value};
use crate::source::{FileId, SourceFile, Span};
use crate::syntax::{Vocabulary, parse};

/// Trials in one check. What is left then is for a person.
const MOST: usize = 100;

/// Leaves only the proved fixes certain, of those in the files that are `wanted`; the others stay as they are. `check_with` checks the
/// report with another text in the place of a file's.
pub(super) fn try_fixes(
    checked: &mut Checked,
    cache: &mut Cache,
    wanted: impl Fn(&SourceFile) -> bool,
    mut check_with: impl FnMut(&str, String, &mut Cache) -> Checked,
) {
    let mut by_file: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    for edit in checked.diagnostics.certain_edits().into_iter().filter(|edit| wanted(checked.files.get(edit.span.file)))
    {
        by_file.entry(edit.span.file).or_default().push(edit.clone());
    }
    let mut trials = 0;
    let mut proved: Vec<Edit> = Vec::new();
    for (file, edits) in by_file {
        let source = checked.files.share(file);
        let mut holds = |edits: &[Edit]| {
            trials += 1;
            if edits.is_empty() || trials > MOST {
                return false;
            }
            let Some(text) = with_fixes(&source, edits) else { return false };
            let after = check_with(source.path(), text, cache);
            let lines = edits.iter().map(|edit| source.line_index(edit.span.start)).collect();
            is_only_fixed(checked, &after, file, &lines)
        };
        if holds(&edits) {
            proved.extend(edits);
            continue;
        }
        let alone: Vec<Edit> = edits.into_iter().filter(|edit| holds(std::slice::from_ref(edit))).collect();
        if alone.len() == 1 || holds(&alone) {
            proved.extend(alone);
        }
    }
    for diagnostic in checked.diagnostics.iter_mut() {
        for edit in diagnostic.fix.iter_mut().chain(&mut diagnostic.also) {
            edit.certain &= proved.contains(edit) || !wanted(checked.files.get(edit.span.file));
        }
    }
}

/// The text with its fixes, which are in the order of their places. Nothing where one would move lines.
fn with_fixes(file: &SourceFile, edits: &[Edit]) -> Option<String> {
    let is_line_end = |c: char| matches!(c, '\n' | '\r');
    let mut text = String::new();
    let mut end = 0;
    for edit in edits {
        if file.slice(edit.span).contains(is_line_end) || edit.replacement.contains(is_line_end) {
            return None;
        }
        text.push_str(file.text().get(end..edit.span.start)?);
        text.push_str(&edit.replacement);
        end = edit.span.end;
    }
    text.push_str(file.text().get(end..)?);
    Some(text)
}

fn is_only_fixed(before: &Checked, after: &Checked, file: FileId, lines: &BTreeSet<usize>) -> bool {
    let (old, new) = (before.files.get(file), after.files.get(file));
    let vocabulary = &before.report.form.vocabulary;
    old.path() == new.path()
        && messages_agree(before, after, file, lines)
        && readings(old, vocabulary, lines) == readings(new, vocabulary, lines)
        && rows(before, file, lines) == rows(after, file, lines)
}

/// File, line, rule and words; without the words in a fixed line, which they may quote.
type MessageKey = (FileId, usize, Code, Severity, Option<String>);

fn messages(checked: &Checked, file: FileId, lines: &BTreeSet<usize>) -> BTreeMap<MessageKey, usize> {
    let mut found = BTreeMap::new();
    for diagnostic in checked.diagnostics.iter() {
        let span = diagnostic.primary.span;
        let line = checked.files.get(span.file).line_index(span.start);
        let is_mended = span.file == file && lines.contains(&line);
        let words = (!is_mended).then(|| diagnostic.message.clone());
        let message = (span.file, line, diagnostic.code, diagnostic.severity, words);
        *found.entry(message).or_default() += 1;
    }
    found
}

/// No message that was not there; none gone but from the fixed lines.
fn messages_agree(before: &Checked, after: &Checked, file: FileId, lines: &BTreeSet<usize>) -> bool {
    let (before, after) = (messages(before, file, lines), messages(after, file, lines));
    let has_as_many = |list: &BTreeMap<MessageKey, usize>, message: &MessageKey, count: usize| {
        list.get(message).is_some_and(|other| *other >= count)
    };
    after.iter().all(|(message, count)| has_as_many(&before, message, *count))
        && before.iter().all(|(message, count)| {
            (message.0 == file && lines.contains(&message.1)) || has_as_many(&after, message, *count)
        })
}

/// How each other line is read: its section, its kind, its text.
fn readings<'a>(
    file: &'a SourceFile,
    vocabulary: &Vocabulary,
    lines: &BTreeSet<usize>,
) -> Vec<(usize, String, &'a str)> {
    let ast = parse(file, vocabulary, &mut Diagnostics::new());
    let mut found = Vec::new();
    for (index, section) in ast.sections.iter().enumerate() {
        let heading = format!("{:?} {} {}", section.kind, section.exact, section.quiet);
        found.push((index, heading, file.slice(section.heading)));
        for line in &section.lines {
            if !lines.contains(&file.line_index(line.span.start)) {
                found.push((index, format!("{:?}", discriminant(&line.kind)), file.slice(line.span)));
            }
        }
    }
    found
}

/// What each other row prints, and what it belongs to; a fixed one only takes its place.
fn rows(checked: &Checked, file: FileId, lines: &BTreeSet<usize>) -> Vec<String> {
    let source = checked.files.get(file);
    let own = |program: &&Program| program.file == file;
    let mut found = Vec::new();
    for table in checked.report.all_programs().filter(own).flat_map(|program| program.tables()) {
        for row in &table.rows {
            let line = source.line_index(row.span.start);
            let is_mended = lines.contains(&line);
            let is_other = |span: Span| !lines.contains(&source.line_index(span.start));
            found.push(if is_mended {
                format!("{line}")
            } else {
                format!("{line} {}", row_as_printed(table, row, &is_other))
            });
        }
    }
    found
}

/// The label without what a fixed line adds to it: 十 was read as a line of it.
fn row_as_printed(table: &Indicator, row: &Row, is_other: &impl Fn(Span) -> bool) -> String {
    let label = row.label.lines.iter().filter(|line| is_other(line.span)).map(|line| line.value.as_str());
    let label = label.collect::<Vec<_>>().join("\n");
    let role = match row.role {
        Role::Plain => "行".to_string(),
        Role::Group => "組".to_string(),
        Role::Child { parent } => format!("内訳 {parent}"),
    };
    let values = row.values.iter().enumerate().map(|(column, value)| match value {
        Value::Own(cell) | Value::Computed(cell) => cell.text(),
        Value::Shared { row: owner, .. } => {
            format!("↑{owner} {}", table.cell(row, column).map(|cell| cell.text()).unwrap_or_default())
        }
        Value::Hole(_) => "〓".to_string(),
    });
    format!("{role} {label} {}", values.collect::<Vec<_>>().join("｜"))
}
