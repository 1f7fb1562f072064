//! A report's folder to a checked report: load, syntax, model, checks, in this order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::cache::Cache;
use super::checked::{Checked, NotCheckable, read_own_texts};
use super::form::hold_what_the_form_decides;
use super::last_year::read_last_year;
use super::pictures::read_pictures;
use super::reader::Reader;
use super::reference_data::{OFFICE, ReferenceData};
use super::suppress::apply_levels_and_acknowledgements;
use super::table_fit::check_rooms;
use super::trial_fixes::try_fixes;
use crate::checks::{
    CheckContext, LedgerContext, check_heads, check_last_year, check_ledger, check_near_departments,
    check_organization, check_twins,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::{Content, Disk, RawFile};
use crate::model::{Context, MissingProgram, Report};
use crate::source::{FileId, SourceFile, Span, with_slashes};
use crate::syntax::{Ast, FileKind, SectionKind};
use crate::typeset::{Template, built_in_names};

/// Checks a whole report; only what needs a page, J080 and J082, is not found here. What `cache` holds of files that did
/// not change is not worked out again.
///
/// # Errors
/// When the folder itself cannot be read.
pub(super) fn check_report(disk: &dyn Disk, cache: &mut Cache) -> Result<Checked, NotCheckable> {
    let (mut checked, texts) = check_without_trials(disk, cache)?;
    prove_fixes(disk, &mut checked, &texts, cache, |_| true);
    Ok(checked)
}

/// The texts of a report, and the folders that hold another one.
pub(super) type OwnTexts = (Vec<RawFile>, Vec<String>);

/// As `check_report`, but that the certain fixes are not proved yet; and the texts that were checked, to prove them by.
pub(super) fn check_without_trials(disk: &dyn Disk, cache: &mut Cache) -> Result<(Checked, OwnTexts), NotCheckable> {
    let (raw, nested) = read_own_texts(disk).map_err(NotCheckable)?;
    cache.take_fonts(disk);
    Ok((check_texts(disk, raw.clone(), nested.clone(), cache), (raw, nested)))
}

/// Leaves only the proved fixes of a check certain, in the files that are `wanted`. The folder is not gone through again: that begins a
/// check of its own.
pub(super) fn prove_fixes(
    disk: &dyn Disk,
    checked: &mut Checked,
    (raw, nested): &OwnTexts,
    cache: &mut Cache,
    wanted: impl Fn(&SourceFile) -> bool,
) {
    try_fixes(checked, cache, wanted, |path, text, cache| {
        let mut raw = raw.clone();
        if let Some(file) = raw.iter_mut().find(|file| file.path == path) {
            file.content = Content::Text(text.into());
        }
        // What is kept of the file is of its own text.
        let own = cache.files.remove(path);
        let fixed = check_texts(disk, raw, nested.clone(), cache);
        cache.files.remove(path);
        cache.files.extend(own.map(|own| (path.to_string(), own)));
        fixed
    });
}

/// Checks the texts of a report, whatever the disk holds of them.
fn check_texts(disk: &dyn Disk, raw: Vec<RawFile>, nested: Vec<String>, cache: &mut Cache) -> Checked {
    let mut reader = Reader::new(nested, cache);
    let asts = reader.read_files(raw);
    let (report, reference) = lower(&mut reader, disk, &asts);
    let context = Context::of(report.head.as_ref(), Arc::clone(&report.form));
    let about = CheckContext { context, words: &reader.cache.words };
    check_heads(&report, &reader.files, &about, &mut reader.diagnostics);
    check_twins(&report, &reader.prints, &mut reader.diagnostics);
    let in_ledger = compare(&mut reader, &report, &reference);
    check_rooms(&report, list_place(&report, &asts), &mut reader.diagnostics);
    let kept_pictures = &mut reader.cache.pictures;
    let (pictures, good_pictures) = read_pictures(disk, &report, &reader.files, kept_pictures, &mut reader.diagnostics);
    let template = find_template(&mut reader, disk, &report);
    let mut departments = departments_of(&reader, &report, &asts);
    departments.extend(reference.departments());
    let fonts = reader.cache.fonts.clone();
    let Reader { files, mut diagnostics, unread, .. } = reader;
    if report.head.is_none() && unread.files.iter().all(|(folder, _)| !folder.is_empty()) {
        // Without a report the rest is not known to belong to one.
        diagnostics.retain(|diagnostic| diagnostic.code == Code::J006);
    }
    hold_what_the_form_decides(&report, &mut diagnostics);
    apply_levels_and_acknowledgements(&report, &reference, &files, &mut diagnostics);
    diagnostics.sort();
    // What a person has declared to belong elsewhere is not waited for.
    let said: BTreeSet<Span> = diagnostics.iter().map(|diagnostic| diagnostic.primary.span).collect();
    let awaited = report.missing.iter().cloned().chain(in_ledger);
    let awaited = awaited.filter(|missing| said.contains(&missing.line)).collect();
    Checked { files, report, awaited, diagnostics, departments, pictures, good_pictures, fonts, template, reference }
}

/// Where the columns of the list are declared: 【一覧】 of the report's own form, else what names a built-in one.
fn list_place(report: &Report, asts: &[Arc<Ast>]) -> Option<Span> {
    let is_form = |ast: &&Arc<Ast>| Some(ast.file) == report.form_file;
    let own = asts.iter().find(is_form).and_then(|ast| ast.sections_of(SectionKind::FormList).next());
    let head = || report.head.as_ref().map(|head| head.heading);
    own.map(|section| section.heading).or_else(|| report.form_file.map(Span::whole_file)).or_else(head)
}

/// The report, and what it is compared with.
fn lower(reader: &mut Reader<'_>, disk: &dyn Disk, asts: &[Arc<Ast>]) -> (Report, ReferenceData) {
    let head = reader.lower_head(asts);
    let mut reference = ReferenceData::read(disk, head.as_ref(), &mut reader.files, &mut reader.diagnostics);
    reader.cache.take_words(std::mem::take(&mut reference.words));
    reference.last_year = read_last_year(disk, reader.cache, head.as_ref(), &mut reader.diagnostics);
    let mut report = reader.lower_report(head, asts, &reference.owners());
    report.department_order = reference.organization.as_ref().map(|own| own.order.clone()).unwrap_or_default();
    (report, reference)
}

/// Compares the report with its reference data; returns the programs that the ledger has and nobody handed in.
fn compare(reader: &mut Reader<'_>, report: &Report, reference: &ReferenceData) -> Vec<MissingProgram> {
    let said = &mut reader.diagnostics;
    let wrong_departments = check_organization(reference.organization.as_ref(), report, said);
    if reference.organization.is_none() {
        check_near_departments(report, said);
    }
    let mut missing = Vec::new();
    if let (Some(ledger), Some(unit)) = (&reference.ledger, report.head.as_ref().and_then(|head| head.unit)) {
        let unread = &reader.unread.files;
        let context = LedgerContext { files: &reader.files, unit, unread, wrong_departments: &wrong_departments };
        missing = check_ledger(ledger, report, &context, said);
    }
    if let Some(last_year) = &reference.last_year {
        check_last_year(&last_year.report, report, said);
    }
    missing
}

/// The template that 体裁 names: a folder of the report, or a built-in one.
fn find_template(reader: &mut Reader<'_>, disk: &dyn Disk, report: &Report) -> Option<Template> {
    let Some(named) = report.head.as_ref().and_then(|head| head.template.as_ref()) else {
        return Template::built_in("official");
    };
    let folder = with_slashes(&named.value);
    let folder = folder.trim_matches('/');
    let before = reader.cache.template.take();
    let found =
        Template::from_folder(&named.value, disk, folder, before.as_ref()).or_else(|| Template::built_in(&named.value));
    reader.cache.template.clone_from(&found);
    if found.is_none() {
        let message = if disk.list(folder).is_empty() {
            format!("体裁「{}」がありません。", named.value)
        } else {
            format!("体裁のフォルダー「{}」に main.typ がありません。", named.value)
        };
        reader.diagnostics.push(Diagnostic::new(Code::J018, named.span, message).help(format!(
            "使えるのは {} か、報告書のフォルダーの中にある、main.typ の入ったフォルダーの名前です。",
            built_in_names()
        )));
    }
    found
}

/// The first 担当 owns a program's messages; 報告書 and 章 belong to the coordinating office.
fn departments_of(reader: &Reader<'_>, report: &Report, asts: &[Arc<Ast>]) -> BTreeMap<FileId, String> {
    let mut departments = BTreeMap::new();
    for ast in asts {
        if matches!(ast.kind, Some(FileKind::Report | FileKind::Chapter | FileKind::Form)) {
            departments.insert(ast.file, OFFICE.to_string());
        }
    }
    for program in report.all_programs() {
        if let Some(department) = program.departments.first() {
            departments.insert(program.file, department.name.clone());
        }
    }
    // Messages about the report as a whole stand in a file that is not there.
    for file in reader.files.iter().filter(|file| file.text().is_empty() && file.path() == "報告書.jigyo") {
        departments.entry(file.id()).or_insert_with(|| OFFICE.to_string());
    }
    departments
}
