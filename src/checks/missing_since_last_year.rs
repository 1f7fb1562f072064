//! J060, 注意: programs of last year's report that are nowhere in this one, and that no 【構成】 would miss.
//!
//! A program may have ended, and nothing in a report says so but last year's 区分; so all of them are one question.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::{Category, Program, ProgramIndex, Report, Succession, Text};
use crate::syntax::chars::unified;

/// Beyond these a list of names says no more.
const MOST_NAMED: usize = 10;
/// Messages after which nobody knows which programs there are.
const INCOMPLETE: &[Code] = &[Code::J001, Code::J003, Code::J004, Code::J005, Code::J007, Code::J060, Code::J061];

pub(super) fn check(old: &Report, new: &Report, succession: &Succession, diagnostics: &mut Diagnostics) {
    let is_incomplete = diagnostics.iter().any(|d| d.severity == Severity::Error && INCOMPLETE.contains(&d.code));
    let Some(named) = new.head.as_ref().and_then(|head| head.last_year.as_ref()).filter(|_| !is_incomplete) else {
        return;
    };
    let known = known_names(new);
    let is_gone = |program: &Program| {
        let name = program.name.as_ref().map(|name| unified(&name.value));
        program.category() != Category::Ended
            && !known.contains(&unified(&program.id))
            && name.is_none_or(|name| !known.contains(&name))
    };
    let gone: Vec<&Program> = succession
        .gone()
        .iter()
        .filter(|index| !is_listed(old, new, **index))
        .filter_map(|index| old.program(*index))
        .filter(|program| is_gone(program))
        .collect();
    if !gone.is_empty() {
        diagnostics.push(message(named, &gone));
    }
}

/// IDs, names and former names of all programs, and of those that another message misses.
fn known_names(new: &Report) -> BTreeSet<String> {
    let mut known: BTreeSet<String> = new.missing.iter().map(|missing| unified(&missing.id)).collect();
    for program in new.all_programs() {
        known.insert(unified(&program.id));
        known.extend(program.name.iter().chain(&program.former_names).map(|name| unified(&name.value)));
    }
    known
}

/// Whether the chapter that a program stood in now has a 【構成】, which misses what its author wants to be there.
fn is_listed(old: &Report, new: &Report, index: ProgramIndex) -> bool {
    let Some(was) = old.chapters.get(index.chapter) else { return true };
    let title = |title: Option<&Text>| title.map(|title| unified(&title.value));
    let is_same = |folder: &str, own: Option<&Text>| {
        folder == was.folder || (own.is_some() && title(own) == title(was.head.title.as_ref()))
    };
    let now = new.chapters.iter().find(|chapter| is_same(&chapter.folder, chapter.head.title.as_ref()));
    now.map_or_else(
        || new.head.as_ref().is_some_and(|head| head.lists_chapters()),
        |chapter| chapter.head.lists_programs(),
    )
}

fn message(named: &Text, gone: &[&Program]) -> Diagnostic {
    let name = |program: &&Program| program.name.as_ref().map_or(program.id.clone(), |name| name.value.clone());
    let mut names: Vec<String> = gone.iter().take(MOST_NAMED).map(name).collect();
    if gone.len() > MOST_NAMED {
        names.push("ほか".to_string());
    }
    Diagnostic::new(
        Code::J060,
        named.span,
        format!("前年度の報告書にある{}事業が、この報告書のどこにもありません（{}）。", gone.len(), names.join("、")),
    )
    .help(
        "ファイルがなくなったのなら、章のフォルダーに戻してください。名前を変えた事業には、その事業のファイルに「旧名称：前の事業名」と書きます。終わった事業なら、直すことはありません。",
    )
    .or_acknowledge("【報告書】", &named.value)
    .severity(Severity::Warning)
}
