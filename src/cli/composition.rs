//! Adding lines at the end of 【構成】, and nothing else: every other byte of the file stays.

use std::ops::Range;
use std::path::Path;

use super::Failure;
use super::overwrite::refuse_outside;
use crate::diagnostic::Diagnostics;
use crate::load::{MAX_FILE_BYTES, Replaced, RewriteError, decode, read_bounded, replace, rewrite};
use crate::source::{Files, Span, line_end, without_end_slashes};
use crate::syntax::{Ast, LineKind, Section, SectionKind, Vocabulary, chars, parse};

/// Two programs that add to the same file take turns; an editor that saves more often than this is not waited for.
const TRIES: usize = 20;

/// Adds the names that are not there yet, in one go; how many. Without 【構成】 the order is by name and none is added; under
/// an empty one stands first what so far stood in that order, `by_name`.
///
/// # Errors
/// When the file cannot be read or written, or its encoding lacks a character.
pub(super) fn add_to_composition(path: &Path, by_name: &[String], names: &[String]) -> Result<usize, Failure> {
    let mut added = 0;
    change(path, |text| {
        let addition = addition(text, by_name, names);
        added = addition.as_ref().map_or(0, |addition| addition.count);
        addition.map(|Addition { at, lines, .. }| (at..at, lines))
    })?;
    Ok(added)
}

/// Takes the line of a name away, if there is one.
///
/// # Errors
/// When the file cannot be read or written.
pub(super) fn remove_from_composition(path: &Path, name: &str) -> Result<(), Failure> {
    change(path, |text| line_of(text, name).map(|line| (line, String::new())))
}

/// Puts a text in the place of a stretch, as long as the file does not change meanwhile; nothing where `edit` gives nothing.
fn change(path: &Path, mut edit: impl FnMut(String) -> Option<(Range<usize>, String)>) -> Result<(), Failure> {
    refuse_outside(path)?;
    for _ in 0..TRIES {
        let bytes = read_bounded(path, MAX_FILE_BYTES).map_err(|error| Failure::io("を読めません", path, &error))?;
        let Some(bytes) = bytes else { return Ok(()) };
        let Ok(text) = decode(&bytes) else { return Ok(()) };
        let Some((stretch, lines)) = edit(text) else { return Ok(()) };
        let written = rewrite(&bytes, &[(stretch, &lines)]).map_err(|error| refusal(path, error))?;
        match replace(path, &bytes, &written).map_err(|error| Failure::io("に書き込めません", path, &error))? {
            Replaced::Done => return Ok(()),
            Replaced::Changed => {}
        }
    }
    Err(Failure::new(format!(
        "「{}」は、ほかのソフトが書き換えています。保存し終わってから、もう一度実行してください。",
        path.display()
    )))
}

/// How many of the names `add_to_composition` would add.
pub(super) fn missing_in_composition(path: &Path, names: &[String]) -> usize {
    let bytes = read_bounded(path, MAX_FILE_BYTES).ok().flatten();
    let text = bytes.and_then(|bytes| decode(&bytes).ok());
    text.and_then(|text| addition(text, &[], names)).map_or(0, |addition| addition.count)
}

fn refusal(path: &Path, error: RewriteError) -> Failure {
    let path = path.display();
    Failure::new(match error {
        RewriteError::Unencodable(c) => format!(
            "「{path}」の文字コードでは「{c}」を書けません。メモ帳で開き、「名前を付けて保存」で「UTF-8」を選んで保存し直してから、もう一度実行してください。"
        ),
        RewriteError::OtherText => {
            format!("「{path}」の【構成】に加えられません。手で加えてから、もう一度実行してください。")
        }
    })
}

/// Lines to put at a place of a text.
#[derive(Debug, PartialEq, Eq)]
struct Addition {
    at: usize,
    lines: String,
    /// How many of them were asked for
    count: usize,
}

/// Nothing where there is no 【構成】, or all of the names are in it.
fn addition(text: String, by_name: &[String], names: &[String]) -> Option<Addition> {
    let mut files = Files::new();
    let id = files.add("章.jigyo", text);
    let file = files.get(id);
    let ast = parse(file, &Vocabulary::standard(), &mut Diagnostics::new());
    let listed: Vec<String> = listed_names(&ast).map(|name| without_end_slashes(file.slice(name))).collect();
    let new: Vec<&String> = names.iter().filter(|name| !listed.contains(&without_end_slashes(name))).collect();
    // Two sections are one list, whose end is the last line of either.
    let filled = ast.sections_of(SectionKind::Composition).filter_map(last_line).last();
    let after = filled.or_else(|| Some(ast.sections_of(SectionKind::Composition).next()?.heading))?.end;
    if new.is_empty() {
        return None;
    }
    let others = by_name.iter().filter(|name| filled.is_none() && !names.contains(name));
    let text = file.text();
    let rest = text.get(after..)?;
    let at = after + rest.find(['\n', '\r']).unwrap_or(rest.len());
    let line_end = line_end(text.get(at..)?).or_else(|| line_end(text)).unwrap_or("\n");
    let lines = others.chain(new.iter().copied()).flat_map(|name| [line_end, name]).collect();
    Some(Addition { at, lines, count: new.len() })
}

/// The line of a name with its end; what stands behind a heading goes without it.
fn line_of(text: String, name: &str) -> Option<Range<usize>> {
    let mut files = Files::new();
    let id = files.add("章.jigyo", text);
    let file = files.get(id);
    let ast = parse(file, &Vocabulary::standard(), &mut Diagnostics::new());
    let wanted = without_end_slashes(name);
    let found = listed_names(&ast).find(|listed| without_end_slashes(file.slice(*listed)) == wanted)?;
    let text = file.text();
    let (before, after) = (text.get(..found.start)?, text.get(found.end..)?);
    let bare = before.trim_end_matches(chars::is_blank);
    if !bare.is_empty() && !bare.ends_with(['\n', '\r']) {
        return Some(found.start..found.end);
    }
    let end = found.end + after.find(['\n', '\r']).unwrap_or(after.len());
    let rest = text.get(end..)?;
    let ending = if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
    Some(bare.len()..end + ending)
}

/// Names of files in 【構成】.
fn listed_names(ast: &Ast) -> impl Iterator<Item = Span> {
    let lines = ast.sections_of(SectionKind::Composition).flat_map(|section| &section.lines);
    lines.filter_map(|line| if let LineKind::Name { relisted: false, name } = line.kind { Some(name) } else { None })
}

fn last_line(section: &Section) -> Option<Span> {
    section.lines.iter().rfind(|line| line.kind != LineKind::Blank).map(|line| line.span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_listed(text: &str, by_name: &[&str], names: &[&str]) -> Option<String> {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_string()).collect::<Vec<_>>();
        let Addition { at, lines, .. } = addition(text.to_string(), &owned(by_name), &owned(names))?;
        let (before, after) = text.split_at(at);
        Some(format!("{before}{lines}{after}"))
    }

    #[test]
    fn the_lines_go_to_the_end_of_the_list() {
        let added = |text| with_listed(text, &["零"], &["二", "三"]);
        assert_eq!(
            added("【章】あ\r\n\r\n【構成】\r\n一  \r\n\r\n【メモ】\r\nx\r\n\r\n\r\n").as_deref(),
            Some("【章】あ\r\n\r\n【構成】\r\n一  \r\n二\r\n三\r\n\r\n【メモ】\r\nx\r\n\r\n\r\n")
        );
        assert_eq!(added("【章】あ\r【構成】\r一\r").as_deref(), Some("【章】あ\r【構成】\r一\r二\r三\r"));
        assert_eq!(added("【章】あ\n【構成】\n一").as_deref(), Some("【章】あ\n【構成】\n一\n二\n三"));
        assert_eq!(added("【章】あ\n"), None);
    }

    #[test]
    fn the_line_of_a_name_goes_and_no_other() {
        let without = |text: &str, name: &str| {
            let line = line_of(text.to_string(), name)?;
            let mut text = text.to_string();
            text.replace_range(line, "");
            Some(text)
        };
        let text = "【章】二\r\n【構成】\r\n一\r\n　二.jigyo \r\n再掲　二\r\n\r\n【メモ】\r\n二\r\n";
        assert_eq!(without(text, "二").as_deref(), Some(&*text.replace("　二.jigyo \r\n", "")));
        assert_eq!(without("【章】あ\n【構成】一\n二", "一").as_deref(), Some("【章】あ\n【構成】\n二"));
        assert_eq!(without("【章】あ\n【構成】一\n二", "二").as_deref(), Some("【章】あ\n【構成】一\n"));
        assert_eq!(without(text, "三"), None);
    }

    #[test]
    fn what_is_listed_is_not_listed_again() {
        let text = "【章】あ\n【構成】\n一\n三.jigyo\n再掲　二\n";
        let whole = "【章】あ\n【構成】\n一\n三.jigyo\n再掲　二\n二\n";
        assert_eq!(with_listed(text, &[], &["一", "二", "三"]).as_deref(), Some(whole));
        assert_eq!(with_listed(whole, &[], &["一", "二", "三"]), None);
        assert_eq!(with_listed("【報告書】あ\n【構成】\n01_人材\\\n", &[], &["01_人材"]), None);
    }

    #[test]
    fn a_name_in_a_memo_is_not_listed() {
        let text = "【章】あ\n【構成】一\n【メモ】\n二\n";
        assert_eq!(with_listed(text, &[], &["二"]).as_deref(), Some("【章】あ\n【構成】一\n二\n【メモ】\n二\n"));
    }

    #[test]
    fn under_an_empty_heading_stands_first_what_stood_there_by_name() {
        let text = "【章】あ\n【構成】\n\n【メモ】\n";
        assert_eq!(
            with_listed(text, &["一", "二"], &["二", "三"]).as_deref(),
            Some("【章】あ\n【構成】\n一\n二\n三\n\n【メモ】\n")
        );
        assert_eq!(with_listed("【章】あ\n【構成】", &[], &["一"]).as_deref(), Some("【章】あ\n【構成】\n一"));
    }
}
