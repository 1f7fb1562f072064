//! Messages to the terminal or, for other programs, to standard output; the summary by department.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use super::options::{Color, Format, Look, Messages};
use super::{Failure, Outcome, console};
use crate::diagnostic::github::render_github;
use crate::diagnostic::json::render_json;
use crate::diagnostic::terminal::{Style, render_terminal};
use crate::diagnostic::{Code, Diagnostic, Severity, display_width, wrap};
use crate::load::Folder;
use crate::office::UNDECIDED;
use crate::pipeline::Checked;
use crate::source::with_slashes;

/// 注意 shown for one file on the terminal.
const WARNINGS_A_FILE: usize = 5;

/// Messages of the same words as often as this are one, with their places.
const SAME: usize = 4;

/// Shows everything that was found, or what was found in some files.
pub(super) fn show(
    checked: &Checked,
    root: &Path,
    only: Option<&[&str]>,
    messages: &Messages,
) -> Result<Outcome, Failure> {
    let shown: Vec<&Diagnostic> = checked
        .diagnostics
        .iter()
        .filter(|d| only.is_none_or(|only| only.contains(&checked.files.get(d.primary.span.file).path())))
        .collect();
    match messages.message_format {
        Format::Json => show_lines(&shown, messages.look.all, |diagnostic| {
            render_json(&checked.files, diagnostic, checked.department_of(diagnostic))
        })?,
        Format::Github => show_lines(&shown, messages.look.all, |diagnostic| {
            let file = checked.files.get(diagnostic.primary.span.file);
            render_github(&checked.files, diagnostic, &from_here(root, file.path()))
        })?,
        Format::Human => show_human(checked, &shown, messages, only)?,
    }
    let has_errors = shown.iter().any(|d| d.severity == Severity::Error);
    Ok(if has_errors { Outcome::Errors } else { Outcome::Clean })
}

fn show_lines(shown: &[&Diagnostic], all: bool, render: impl Fn(&Diagnostic) -> String) -> Result<(), Failure> {
    let mut text = String::new();
    for diagnostic in shown.iter().filter(|d| all || d.severity != Severity::Info) {
        text.push_str(&render(diagnostic));
        text.push('\n');
    }
    print_data(&text)
}

/// A file of the report as it is found from the current folder, with `/`; absolute where it lies elsewhere.
fn from_here(root: &Path, file: &str) -> String {
    let path = Folder::new(root).path_of(file);
    let here = std::env::current_dir().unwrap_or_default();
    // A folder may be reached by a link: then the names differ and the places do not.
    let found = path.strip_prefix(&here).map(Path::to_path_buf).or_else(|_| {
        let real = |path: &Path| std::fs::canonicalize(path);
        match (real(&path), real(&here)) {
            (Ok(path), Ok(here)) => path.strip_prefix(here).map(Path::to_path_buf).map_err(|_| ()),
            _ => Err(()),
        }
    });
    let found = found.unwrap_or(path).to_string_lossy().into_owned();
    if cfg!(windows) { with_slashes(&found) } else { found }
}

/// Writes words for people to standard output. A reader that went away is no fault.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    tolerate_closed_pipe(console::show(text))
}

/// Writes what another program reads to standard output, in UTF-8 always. A reader that went away is no fault.
pub(super) fn print_data(text: &str) -> Result<(), Failure> {
    tolerate_closed_pipe(io::stdout().lock().write_all(text.as_bytes()))
}

fn tolerate_closed_pipe(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("表示できません（{}）。", crate::load::explain_io(&error))))
        }
        _ => Ok(()),
    }
}

fn show_human(
    checked: &Checked,
    shown: &[&Diagnostic],
    messages: &Messages,
    only: Option<&[&str]>,
) -> Result<(), Failure> {
    let mut text = draw(checked, shown, &messages.look);
    text.push_str(&summary(checked, shown, messages.look.all, only));
    say_all(&text)
}

/// Writes to standard error. A reader that went away is no fault.
pub(super) fn say_all(text: &str) -> Result<(), Failure> {
    tolerate_closed_pipe(console::say(text))
}

/// Messages as they stand on a terminal; 注意 are cut after some for each file.
pub(super) fn draw(checked: &Checked, shown: &[&Diagnostic], look: &Look) -> String {
    let style = style(look);
    let mut text = String::new();
    let mut warnings: BTreeMap<&str, usize> = BTreeMap::new();
    let mut cut: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups = if look.all { BTreeMap::new() } else { repeated(shown) };
    let grouped: BTreeSet<Cause<'_>> = groups.keys().copied().collect();
    for diagnostic in shown {
        let same = groups.remove(&cause(diagnostic));
        if same.is_none() && grouped.contains(&cause(diagnostic)) {
            continue;
        }
        let path = checked.files.get(diagnostic.primary.span.file).path();
        match diagnostic.severity {
            Severity::Error => {}
            Severity::Info if !look.all => continue,
            Severity::Info => {}
            Severity::Warning => {
                let count = warnings.entry(path).or_default();
                *count += 1;
                if *count > WARNINGS_A_FILE && !look.all {
                    *cut.entry(path).or_default() += 1;
                    continue;
                }
            }
        }
        text.push_str(&render_terminal(&checked.files, diagnostic, style));
        if let Some(same) = same {
            text.push_str(&places(checked, &same, style.width));
        }
        text.push('\n');
    }
    for (path, count) in cut {
        text.push_str(&format!("{path}：注意がほか {count} 件あります（--all ですべて表示）。\n"));
    }
    text
}

/// What one thing to fix is recognised by.
type Cause<'a> = (Code, Severity, &'a str);

fn cause(diagnostic: &Diagnostic) -> Cause<'_> {
    (diagnostic.code, diagnostic.severity, &diagnostic.message)
}

/// What is reported often, with its messages behind the first.
fn repeated<'a>(shown: &[&'a Diagnostic]) -> BTreeMap<Cause<'a>, Vec<&'a Diagnostic>> {
    let mut groups: BTreeMap<Cause<'a>, Vec<&'a Diagnostic>> = BTreeMap::new();
    for diagnostic in shown.iter().filter(|diagnostic| diagnostic.severity != Severity::Info) {
        groups.entry(cause(diagnostic)).or_default().push(diagnostic);
    }
    groups.retain(|_, same| same.len() >= SAME);
    for same in groups.values_mut() {
        same.remove(0);
    }
    groups
}

/// Every place, however many: `01_人材/a.jigyo　12行目、15行目`.
fn places(checked: &Checked, same: &[&Diagnostic], width: usize) -> String {
    const INDENT: &str = "      ";
    let mut lines: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for diagnostic in same {
        let span = diagnostic.primary.span;
        let file = checked.files.get(span.file);
        let of_file = lines.entry(file.path()).or_default();
        if span.end > 0 {
            of_file.push(format!("{}行目", file.position(span.start).line));
        }
    }
    let mut text = format!("   ほかに、同じ指摘が {} か所（--all で1つずつ表示）\n", same.len());
    for (path, lines) in lines {
        for line in wrap(&format!("{path}　{}", lines.join("、")), width.saturating_sub(INDENT.len())) {
            text.push_str(&format!("{INDENT}{}\n", line.trim_end()));
        }
    }
    text
}

/// Counts by department, because each department gets its own list.
fn summary(checked: &Checked, shown: &[&Diagnostic], all: bool, only: Option<&[&str]>) -> String {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut sums = [0_usize; 3];
    for diagnostic in shown {
        let department = checked.department_of(diagnostic).unwrap_or(UNDECIDED);
        let index = match diagnostic.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Info => 2,
        };
        if let Some(count) = counts.entry(department).or_default().get_mut(index) {
            *count += 1;
        }
        if let Some(sum) = sums.get_mut(index) {
            *sum += 1;
        }
    }
    let [errors, warnings, infos] = sums;
    let hint = if infos > 0 && !all { "（参考は --all で表示）" } else { "" };
    if errors + warnings == 0 {
        let programs = checked.report.all_programs().count();
        let infos = if infos > 0 { format!("参考 {infos} 件{hint}。") } else { String::new() };
        return match only {
            Some(_) => format!("この原稿に誤りはありません。{infos}\n"),
            None => format!("誤りはありません（{programs}事業）。{infos}\n"),
        };
    }
    let width = counts.keys().map(|name| display_width(name)).max().unwrap_or(0);
    let mut text = String::new();
    if counts.len() > 1 {
        let mut rows: Vec<_> = counts.iter().filter(|(_, counts)| counts[0] + counts[1] > 0).collect();
        rows.sort_by_key(|(department, _)| checked.report.department_place(department));
        for (department, [errors, warnings, _]) in rows {
            let pad = " ".repeat(width - display_width(department));
            text.push_str(&format!("  {department}{pad}  エラー {errors:>3}  注意 {warnings:>3}\n"));
        }
    }
    text.push_str(&format!("エラー {errors} 件、注意 {warnings} 件、参考 {infos} 件{hint}\n"));
    if errors > 0
        && let Some(first) = shown.iter().find(|d| d.severity == Severity::Error)
    {
        text.push_str(&format!("番号の説明は「report explain {}」のようにして読めます。\n", first.code));
    }
    text
}

/// Colour only on a terminal and never under NO_COLOR, unless asked for.
pub(super) fn has_color(color: Color, is_terminal: bool) -> bool {
    let forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => is_terminal && !forbidden && !is_dumb,
    }
}

/// ASCII where consoles need it.
fn style(look: &Look) -> Style {
    Style {
        color: has_color(look.color, io::stderr().is_terminal()),
        // On Japanese consoles of Windows box characters take two places.
        ascii: look.ascii || cfg!(windows),
        width: 80,
    }
}
