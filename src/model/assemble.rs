//! Files to a report: chapters with their programs in order. J007 and J061 are reported here, J060 in the files it calls.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::chapter_tree::order_chapters;
use super::draft::{ChapterDraft, UnreadFiles};
use super::listing::list_programs;
use super::misplaced::{Elsewhere, wanted_names};
use super::placement::{assign_programs, report_misplaced};
use super::program_order::{KnownNames, order_programs};
use super::{ChapterHead, Owners, Program, Report, ReportHead};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::form::standard;
use crate::source::Files;

/// Puts the lowered files of one report together. Files come in the default order of their names.
pub fn assemble(
    files: &Files,
    head: Option<ReportHead>,
    chapters: Vec<ChapterHead>,
    programs: Vec<Arc<Program>>,
    unread: &UnreadFiles,
    owners: &Owners,
    diagnostics: &mut Diagnostics,
) -> Report {
    let mut drafts = collect_chapters(files, chapters, diagnostics);
    let programs = report_misplaced(files, programs, &drafts, diagnostics);
    let misplaced: BTreeSet<String> = programs.misplaced.iter().map(|program| program.id.clone()).collect();
    let mut unlisted = assign_programs(files, programs.in_place, &mut drafts, unread, diagnostics);
    unlisted.extend(programs.misplaced);
    report_duplicates(&drafts, &unlisted, diagnostics);
    let placed = order_chapters(files, head.as_ref(), drafts, &mut unlisted, unread, diagnostics);
    let drafts = || placed.iter().map(|placed| &placed.draft);
    let elsewhere = Elsewhere::new(files, drafts(), &unlisted);
    let wanted = wanted_names(drafts());
    let known = KnownNames { elsewhere: &elsewhere, wanted: &wanted, misplaced: &misplaced, unread, owners };
    let form = Arc::clone(standard());
    let mut report = Report {
        head,
        chapters: Vec::new(),
        unlisted,
        missing: Vec::new(),
        form,
        form_file: None,
        department_order: Vec::new(),
    };
    for placed in placed {
        let ordered = order_programs(files, placed, &known, diagnostics);
        report.unlisted.extend(ordered.left_out);
        report.missing.extend(ordered.missing);
        report.chapters.push(ordered.chapter);
    }
    list_programs(&mut report, unread, diagnostics);
    report
}

fn collect_chapters(files: &Files, chapters: Vec<ChapterHead>, diagnostics: &mut Diagnostics) -> Vec<ChapterDraft> {
    let mut drafts: Vec<ChapterDraft> = Vec::new();
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
        drafts.push(ChapterDraft { folder, head, programs: Vec::new(), chapter_lines: Vec::new() });
    }
    drafts
}

/// J061: the same ID, or the same name, twice in the report. Copies by name (J003) were set aside before.
fn report_duplicates(drafts: &[ChapterDraft], unlisted: &[Arc<Program>], diagnostics: &mut Diagnostics) {
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
            // A file whose name is another one's was most likely meant to bear that.
            let is_own = |program: &Program| program.id == name.value;
            let (told, other) =
                if is_own(program) && !is_own(first) { (first, program.as_ref()) } else { (program.as_ref(), first) };
            let place = told.name.as_ref().map_or(told.heading, |name| name.span);
            diagnostics.push(
                Diagnostic::new(Code::J061, place, format!("「{}」という事業が2つあります。", name.value))
                    .help("写しなら、古いほうのファイルをフォルダー「_旧」に移してください。別の事業なら、名前の（ ）まで同じか確認し、違う名前にします。")
                    .related(other.heading, "もう1つはここです"),
            );
        }
    }
}
