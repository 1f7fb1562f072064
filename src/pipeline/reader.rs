//! A report's folder to a checked report: load, syntax, model, checks, in this order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::cache::{Cache, KeptFile, Meaning};
use super::copies::copies_among;
use super::form::report_form;
use super::last_year::read_last_year;
use super::pictures::read_pictures;
use super::read::{Checked, NotCheckable, read_own_texts};
use super::reference_data::{OFFICE, ReferenceData};
use super::suppress::apply_levels_and_acknowledgements;
use super::trial_mends::try_mends;
use crate::checks::{
    CheckContext, Faces, Fingerprint, LedgerContext, check_characters, check_content, check_heads, check_last_year,
    check_ledger, check_organization, check_program, check_twins, no_report, two_reports,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::form::Form;
use crate::load::{Content, Disk, RawFile};
use crate::model::{
    ChapterHead, Context, MissingProgram, Program, Report, ReportHead, UnreadFiles, assemble, lower_chapter,
    lower_program, lower_report,
};
use crate::source::{FileId, Files, Span, with_slashes};
use crate::syntax::{Ast, FileKind, Vocabulary, file_kind, parse};
use crate::typeset::{Coverage, Template, built_in_names};

/// Checks a whole report; only what needs a page, J080 and J082, is not found here. What `cache` holds of files that did
/// not change is not worked out again.
///
/// # Errors
/// When the folder itself cannot be read.
pub(super) fn check(disk: &dyn Disk, cache: &mut Cache) -> Result<Checked, NotCheckable> {
    let (raw, nested) = read_own_texts(disk).map_err(NotCheckable)?;
    cache.take_fonts(disk);
    let mut checked = check_texts(disk, raw.clone(), nested.clone(), cache);
    try_mends(&mut checked, cache, |path, text, cache| {
        let mut raw = raw.clone();
        if let Some(file) = raw.iter_mut().find(|file| file.path == path) {
            file.content = Content::Text(text.into());
        }
        // What is kept of the file is of its own text.
        let own = cache.files.remove(path);
        let mended = check_texts(disk, raw, nested.clone(), cache);
        cache.files.remove(path);
        cache.files.extend(own.map(|own| (path.to_string(), own)));
        mended
    });
    Ok(checked)
}

/// Checks the texts of a report, whatever the disk holds of them.
fn check_texts(disk: &dyn Disk, raw: Vec<RawFile>, nested: Vec<String>, cache: &mut Cache) -> Checked {
    let mut reader = Reader {
        files: Files::new(),
        diagnostics: Diagnostics::new(),
        unread: UnreadFiles::default(),
        prints: BTreeMap::new(),
        form: cache.take_form(&raw),
        cache,
    };
    reader.unread.reports = nested;
    let asts: Vec<Arc<Ast>> = reader.read_files(raw);
    let (report, reference) = reader.lower_all(disk, &asts);
    let context = Context::of(report.head.as_ref(), Arc::clone(&report.form));
    let about = CheckContext { context, words: &reader.cache.words };
    check_heads(&report, &reader.files, &about, &mut reader.diagnostics);
    check_twins(&report, &reader.prints, &mut reader.diagnostics);
    let in_ledger = reader.compare(&report, &reference);
    let kept_pictures = &mut reader.cache.pictures;
    let (pictures, good_pictures) = read_pictures(disk, &report, &reader.files, kept_pictures, &mut reader.diagnostics);
    let template = reader.find_template(disk, &report);
    let mut departments = departments_of(&reader, &report, &asts);
    departments.extend(reference.departments());
    let fonts = reader.cache.fonts.clone();
    let Reader { files, mut diagnostics, unread, .. } = reader;
    if report.head.is_none() && unread.files.iter().all(|(folder, _)| !folder.is_empty()) {
        // Without a report the rest is not known to belong to one.
        diagnostics.retain(|diagnostic| diagnostic.code == Code::J006);
    }
    apply_levels_and_acknowledgements(&report, &reference, &files, &mut diagnostics);
    diagnostics.sort();
    // What a person has declared to belong elsewhere is not waited for.
    let said: BTreeSet<Span> = diagnostics.iter().map(|diagnostic| diagnostic.primary.span).collect();
    let awaited = report.missing.iter().cloned().chain(in_ledger);
    let awaited = awaited.filter(|missing| said.contains(&missing.line)).collect();
    Checked { files, report, awaited, diagnostics, departments, pictures, good_pictures, fonts, template, reference }
}

struct Reader<'a> {
    files: Files,
    diagnostics: Diagnostics,
    unread: UnreadFiles,
    /// Of the programs' texts
    prints: BTreeMap<FileId, Arc<Fingerprint>>,
    form: Arc<Form>,
    cache: &'a mut Cache,
}

impl Reader<'_> {
    /// The trees of the files that can be read; reports why the others cannot.
    fn read_files(&mut self, raw: Vec<RawFile>) -> Vec<Arc<Ast>> {
        let mut before = std::mem::take(&mut self.cache.files);
        let fonts = self.cache.fonts.clone();
        let coverage = Coverage::new(&fonts);
        let copies = copies_among(&raw);
        let mut asts = Vec::new();
        for raw in raw {
            let copy_of = copies.get(&raw.path).map(String::as_str);
            let known = before.remove(&raw.path).filter(|cache| cache.is_still(&raw, copy_of, &mut self.files));
            let read = known.unwrap_or_else(|| self.read_file(raw, copy_of, &coverage));
            self.diagnostics.extend(read.found.clone());
            let is_unread = read.ast.as_ref().is_none_or(|ast| ast.refused || ast.kind.is_none());
            if is_unread {
                let stem = read.source.stem().trim_end_matches(".jigyo").to_string();
                self.unread.files.push((read.source.folder().to_string(), stem));
            }
            asts.extend(read.ast.clone().filter(|ast| !ast.refused));
            self.cache.files.insert(read.source.path().to_string(), read);
        }
        asts
    }

    fn read_file(&mut self, raw: RawFile, copy_of: Option<&str>, coverage: &Coverage<'_>) -> KeptFile {
        let RawFile { path, content } = raw;
        let (content, text) = match content {
            Content::Text(text) => (Content::Text("".into()), text),
            refused @ (Content::Undecodable(_)
            | Content::TooLarge { .. }
            | Content::TxtAdded
            | Content::Unreadable(_)) => (refused, "".into()),
        };
        let id = self.files.add(path, text);
        let mut found = Diagnostics::new();
        let ast = match check_content(self.files.get(id), &content, copy_of) {
            Some(diagnostic) => {
                found.push(diagnostic);
                None
            }
            None => Some(parse(self.files.get(id), &self.vocabulary(id), &mut found)),
        };
        if let Some(ast) = ast.as_ref().filter(|ast| !ast.refused) {
            let faces = Faces { has_glyph: &|c| coverage.has_glyph(c), is_embedded: &|c| coverage.is_embedded(c) };
            check_characters(&self.files, ast, &faces, &mut found);
        }
        let copy_of = copy_of.map(str::to_string);
        KeptFile { source: self.files.share(id), content, copy_of, ast: ast.map(Arc::new), found, meaning: None }
    }

    /// A form has headings of its own.
    fn vocabulary(&self, file: FileId) -> Arc<Vocabulary> {
        match file_kind(self.files.get(file).text()) {
            Some(FileKind::Form) => Vocabulary::of_forms(),
            Some(FileKind::Report | FileKind::Chapter | FileKind::Program) | None => Arc::clone(&self.form.vocabulary),
        }
    }

    /// Lowers the report's file first: the others depend on its unit, its year and the word list that it names.
    fn lower_all(&mut self, disk: &dyn Disk, asts: &[Arc<Ast>]) -> (Report, ReferenceData) {
        let head = self.lower_head(asts);
        let mut reference = ReferenceData::read(disk, head.as_ref(), &mut self.files, &mut self.diagnostics);
        self.cache.take_words(std::mem::take(&mut reference.words));
        let form_file = report_form(&self.files, asts, head.as_ref(), &mut self.diagnostics);
        let context = Context::of(head.as_ref(), Arc::clone(&self.form));
        let mut chapters: Vec<ChapterHead> = Vec::new();
        let mut programs: Vec<Arc<Program>> = Vec::new();
        for ast in asts {
            match ast.kind {
                Some(FileKind::Report | FileKind::Form) => {}
                Some(FileKind::Chapter) => {
                    chapters.push(lower_chapter(self.files.get(ast.file), ast, &mut self.diagnostics));
                }
                Some(FileKind::Program) => programs.push(self.lower_program(ast, &context)),
                // Its messages are worth having; the program itself is not known to be one.
                None => {
                    lower_program(self.files.get(ast.file), ast, &context, &mut self.diagnostics);
                }
            }
        }
        reference.last_year = read_last_year(disk, self.cache, head.as_ref(), &mut self.diagnostics);
        let owners = reference.owners();
        let report = assemble(&self.files, head, chapters, programs, &self.unread, &owners, &mut self.diagnostics);
        (report.with_form(context.form, form_file), reference)
    }

    /// Compares the report with its reference data; returns the programs that the ledger has and nobody handed in.
    fn compare(&mut self, report: &Report, reference: &ReferenceData) -> Vec<MissingProgram> {
        let said = &mut self.diagnostics;
        let wrong_departments = check_organization(reference.organization.as_ref(), report, said);
        let mut missing = Vec::new();
        if let (Some(ledger), Some(unit)) = (&reference.ledger, report.head.as_ref().and_then(|head| head.unit)) {
            let unread = &self.unread.files;
            let context = LedgerContext { files: &self.files, unit, unread, wrong_departments: &wrong_departments };
            missing = check_ledger(ledger, report, &context, said);
        }
        if let Some(last_year) = &reference.last_year {
            check_last_year(&last_year.report, report, said);
        }
        missing
    }

    fn lower_program(&mut self, ast: &Ast, context: &Context) -> Arc<Program> {
        let file = self.files.get(ast.file);
        let Cache { files: cache, words, .. } = &mut *self.cache;
        let cache = cache.get_mut(file.path());
        if let Some(meaning) = cache.as_ref().and_then(|cache| cache.meaning.as_ref())
            && meaning.context == *context
        {
            self.diagnostics.extend(meaning.found.clone());
            self.prints.insert(ast.file, Arc::clone(&meaning.print));
            return Arc::clone(&meaning.program);
        }
        let mut found = Diagnostics::new();
        let program = Arc::new(lower_program(file, ast, context, &mut found));
        let about = CheckContext { context: context.clone(), words };
        check_program(&program, &self.files, &about, &mut found);
        self.diagnostics.extend(found.clone());
        let print = Arc::new(Fingerprint::new(&program));
        self.prints.insert(ast.file, Arc::clone(&print));
        if let Some(cache) = cache {
            cache.meaning = Some(Meaning { context: context.clone(), program: Arc::clone(&program), print, found });
        }
        program
    }

    fn lower_head(&mut self, asts: &[Arc<Ast>]) -> Option<ReportHead> {
        let mut reports = asts.iter().filter(|ast| ast.kind == Some(FileKind::Report));
        let Some(first) = reports.next() else {
            // One that lies there and cannot be read was reported.
            if !self.unread.files.iter().any(|(folder, _)| folder.is_empty()) {
                let place = self.files.add("報告書.jigyo", "");
                self.diagnostics.push(no_report(place));
            }
            return None;
        };
        let heading = |ast: &Ast| ast.head().map_or(Span::whole_file(ast.file), |head| head.heading);
        for second in reports {
            self.diagnostics.push(two_reports(heading(second), heading(first)));
        }
        Some(lower_report(self.files.get(first.file), first, &mut self.diagnostics))
    }

    /// The template that 体裁 names: a folder of the report, or a built-in one.
    fn find_template(&mut self, disk: &dyn Disk, report: &Report) -> Option<Template> {
        let Some(named) = report.head.as_ref().and_then(|head| head.template.as_ref()) else {
            return Template::built_in("official");
        };
        let folder = with_slashes(&named.value);
        let folder = folder.trim_matches('/');
        let before = self.cache.template.take();
        let found = Template::from_folder(&named.value, disk, folder, before.as_ref())
            .or_else(|| Template::built_in(&named.value));
        self.cache.template.clone_from(&found);
        if found.is_none() {
            let message = if disk.list(folder).is_empty() {
                format!("体裁「{}」がありません。", named.value)
            } else {
                format!("体裁のフォルダー「{}」に main.typ がありません。", named.value)
            };
            self.diagnostics.push(Diagnostic::new(Code::J018, named.span, message).help(format!(
                "使えるのは {} か、報告書のフォルダーの中にある、main.typ の入ったフォルダーの名前です。",
                built_in_names()
            )));
        }
        found
    }
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
