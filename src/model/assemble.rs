//! Files to a report: chapters with their programs in order. J007, J060 and J061 are said here and in the three files it calls.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::chapter_order::order_chapters;
use super::draft::{Draft, Silent, listed_twice};
use super::elsewhere::{Elsewhere, empty_composition, lies_elsewhere, not_there, wanted_names};
use super::listing::list_programs;
use super::placement::{assign_programs, report_misplaced};
use super::{Chapter, ChapterHead, MissingProgram, Owners, Program, Report, ReportHead};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::natural_order;
use crate::source::Files;
use crate::syntax::nearest;

/// Puts the lowered files of one report together. Files come in the default order of their names.
pub fn assemble(
    files: &Files,
    head: Option<ReportHead>,
    chapters: Vec<ChapterHead>,
    programs: Vec<Arc<Program>>,
    silent: &Silent,
    owners: &Owners,
    diagnostics: &mut Diagnostics,
) -> Report {
    let mut drafts = collect_chapters(files, chapters, diagnostics);
    let programs = report_misplaced(files, programs, &drafts, diagnostics);
    let misplaced: BTreeSet<String> = programs.misplaced.iter().map(|program| program.id.clone()).collect();
    let mut unlisted = assign_programs(files, programs.in_place, &mut drafts, silent, diagnostics);
    unlisted.extend(programs.misplaced);
    report_duplicates(&drafts, &unlisted, diagnostics);
    let drafts = order_chapters(files, head.as_ref(), drafts, &mut unlisted, silent, diagnostics);
    let elsewhere = Elsewhere::new(files, &drafts, &unlisted);
    let wanted = wanted_names(&drafts);
    let mut report = Report { head, chapters: Vec::new(), unlisted, missing: Vec::new() };
    let mut compositions = Vec::new();
    for draft in drafts {
        let known = Known { elsewhere: &elsewhere, wanted: &wanted, misplaced: &misplaced, silent, owners };
        let ordered = order_programs(files, draft, &known, diagnostics);
        report.unlisted.extend(ordered.left_out);
        report.missing.extend(ordered.missing);
        compositions.push(ordered.chapter.head.composition.clone());
        report.chapters.push(ordered.chapter);
    }
    list_programs(&mut report, &compositions, silent, diagnostics);
    report
}

fn collect_chapters(files: &Files, chapters: Vec<ChapterHead>, diagnostics: &mut Diagnostics) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for head in chapters {
        let folder = files.get(head.file).folder().to_string();
        if let Some(first) = drafts.iter().find(|draft| draft.folder == folder) {
            diagnostics.push(
                Diagnostic::new(Code::J007, head.heading, "このフォルダーには【章】のファイルが2つあります。")
                    .help("どちらか1つを、フォルダー「_旧」に移すか消してください。")
                    .related(first.head.heading, "もう1つはここです"),
            );
            continue;
        }
        drafts.push(Draft { folder, head, programs: Vec::new() });
    }
    drafts
}

/// J061: the same ID, or the same name, twice in the report. Copies by name (J003) were set aside before.
fn report_duplicates(drafts: &[Draft], unlisted: &[Arc<Program>], diagnostics: &mut Diagnostics) {
    let mut ids: BTreeMap<&str, &Program> = BTreeMap::new();
    let mut names: BTreeMap<&str, &Program> = BTreeMap::new();
    for program in drafts.iter().flat_map(|draft| &draft.programs).chain(unlisted) {
        if let Some(first) = ids.insert(&program.id, program) {
            diagnostics.push(
                Diagnostic::new(
                    Code::J061,
                    program.heading,
                    format!("「{}.jigyo」という名前のファイルが2つあります。", program.id),
                )
                .help("写しなら、古いほうをフォルダー「_旧」に移してください。別の事業なら、どちらかのファイル名を変えます。")
                .related(first.heading, "もう1つはここです"),
            );
            continue;
        }
        let Some(name) = &program.name else { continue };
        if let Some(first) = names.insert(&name.value, program) {
            diagnostics.push(
                Diagnostic::new(Code::J061, name.span, format!("「{}」という事業が2つあります。", name.value))
                    .help("写しなら、古いほうのファイルをフォルダー「_旧」に移してください。別の事業なら、名前の（ ）まで同じか確認し、違う名前にします。")
                    .related(first.heading, "もう1つはここです"),
            );
        }
    }
}

/// What is known of names beyond their own chapter.
struct Known<'a> {
    elsewhere: &'a Elsewhere,
    /// What the 【構成】 of other chapters name, with their folders
    wanted: &'a BTreeMap<String, BTreeSet<String>>,
    /// Programs beside their chapters, said where they lie
    misplaced: &'a BTreeSet<String>,
    silent: &'a Silent,
    owners: &'a Owners,
}

/// A chapter in order, and what its 【構成】 and its files do not share.
struct Ordered {
    chapter: Chapter,
    left_out: Vec<Arc<Program>>,
    missing: Vec<MissingProgram>,
}

/// Programs in the order of the chapter's 【構成】, or of their names; and those it leaves out.
fn order_programs(files: &Files, draft: Draft, known: &Known<'_>, diagnostics: &mut Diagnostics) -> Ordered {
    let Draft { folder, head, mut programs } = draft;
    programs.sort_by(|a, b| natural_order::compare(&a.id, &b.id));
    let chapter = |programs, head| Chapter { folder: folder.clone(), head, programs, listing: Vec::new() };
    let Some(composition) = head.composition.clone().filter(|lines| !lines.is_empty()) else {
        if let Some(heading) = head.empty_composition.filter(|_| !programs.is_empty()) {
            diagnostics.push(empty_composition(heading, &programs));
        }
        return Ordered { chapter: chapter(programs, head), left_out: Vec::new(), missing: Vec::new() };
    };
    let mut waiting: BTreeMap<String, Arc<Program>> = BTreeMap::new();
    let mut left_out: Vec<Arc<Program>> = Vec::new();
    for program in programs {
        if waiting.contains_key(&program.id) {
            left_out.push(program);
        } else {
            waiting.insert(program.id.clone(), program);
        }
    }
    let mut ordered: Vec<Arc<Program>> = Vec::new();
    let mut meant: Vec<String> = Vec::new();
    let mut absent = 0;
    let mut missing: Vec<MissingProgram> = Vec::new();
    for listed in composition.iter().filter(|listed| !listed.relisted) {
        let name = &listed.name.value;
        if let Some(program) = waiting.remove(name) {
            ordered.push(program);
        } else if ordered.iter().any(|program| &program.id == name) {
            diagnostics.push(listed_twice(listed));
        } else if let Some(renamed) = waiting.values().find(|program| has_name(program, name)).map(|p| p.id.clone()) {
            // The name inside is the one that is wanted: the file was renamed.
            if let Some(program) = waiting.remove(&renamed) {
                diagnostics.push(
                    Diagnostic::new(
                        Code::J060,
                        program.heading,
                        format!("ファイルの名前が【構成】と違います（{renamed}.jigyo）。"),
                    )
                    .help(format!("ファイルの名前を「{name}.jigyo」に戻してください。"))
                    .related(listed.line, "【構成】ではこの名前です"),
                );
                ordered.push(program);
            }
        } else if !known.silent.has_stem(name) && !known.misplaced.contains(name) {
            // With many names missing nobody reads the suggestions, and each costs a look at every file.
            let candidates = waiting.keys().take(if absent < 100 { usize::MAX } else { 0 });
            let near = nearest(name, candidates.map(String::as_str)).map(str::to_string);
            absent += 1;
            let elsewhere = known.elsewhere.find(name, &folder);
            let department = known.owners.of(name).map(str::to_string);
            diagnostics.push(match &elsewhere {
                Some((id, place)) => lies_elsewhere(listed, id, place, &folder),
                None => not_there(listed, near.as_deref(), department.as_deref()),
            });
            if near.is_none() && elsewhere.is_none() {
                missing.push(MissingProgram { id: name.clone(), line: listed.line, department });
            }
            meant.extend(near.filter(|_| elsewhere.is_none()));
        }
    }
    // One that another chapter names was said there.
    let is_named =
        |name: &str| known.wanted.get(name).is_some_and(|folders| folders.iter().any(|other| *other != folder));
    let is_wanted =
        |program: &Program| is_named(&program.id) || program.name.as_ref().is_some_and(|name| is_named(&name.value));
    for program in waiting.values().filter(|program| !meant.contains(&program.id) && !is_wanted(program)) {
        diagnostics.push(
            Diagnostic::new(
                Code::J060,
                program.heading,
                format!("このファイル「{}」が章の【構成】にありません。", program.id),
            )
            .help(format!(
                "{} の【構成】に「{}」の行を加えるか、ファイルをフォルダー「_旧」に移してください。",
                files.get(head.file).name(),
                program.id
            )),
        );
    }
    left_out.extend(waiting.into_values());
    Ordered { chapter: chapter(ordered, head), left_out, missing }
}

/// Whether the program's own name is the one that 【構成】 names, widths of brackets aside.
fn has_name(program: &Program, wanted: &str) -> bool {
    let unified = |text: &str| text.replace('(', "（").replace(')', "）");
    program.name.as_ref().is_some_and(|name| unified(&name.value) == unified(wanted))
}
