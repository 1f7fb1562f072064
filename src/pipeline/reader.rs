//! The texts of a report to its model, with the checks of each file or without.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::cache::{Cache, CachedFile, CachedProgram};
use super::copies::copies_among;
use super::form::report_form;
use crate::checks::{
    CheckContext, Faces, Fingerprint, check_characters, check_content, check_program, no_report, two_reports,
};
use crate::diagnostic::Diagnostics;
use crate::form::{Form, standard};
use crate::load::{Content, RawFile};
use crate::model::{
    ChapterHead, Context, Owners, Program, Report, ReportHead, UnreadFiles, assemble, lower_chapter, lower_program,
    lower_report,
};
use crate::source::{FileId, Files, Span};
use crate::syntax::{Ast, FileKind, Vocabulary, file_kind, parse};
use crate::typeset::Coverage;

pub(super) struct Reader<'a> {
    pub(super) files: Files,
    pub(super) diagnostics: Diagnostics,
    pub(super) unread: UnreadFiles,
    /// Of the programs' texts; nothing where the checks are not run
    pub(super) prints: BTreeMap<FileId, Arc<Fingerprint>>,
    pub(super) cache: &'a mut Cache,
    form: Arc<Form>,
    runs_checks: bool,
}

/// A file of a report: as it was, or to be read.
enum Known {
    Same(Box<CachedFile>),
    New { id: FileId, content: Content, copy_of: Option<String> },
}

impl<'a> Reader<'a> {
    /// `nested`: the folders that hold another report.
    pub(super) fn new(nested: Vec<String>, cache: &'a mut Cache) -> Self {
        Self {
            files: Files::new(),
            diagnostics: Diagnostics::new(),
            unread: UnreadFiles { reports: nested, ..UnreadFiles::default() },
            prints: BTreeMap::new(),
            cache,
            form: Arc::clone(standard()),
            runs_checks: true,
        }
    }

    /// For a report that is only compared with: the checks are half of the time.
    pub(super) fn without_checks(cache: &'a mut Cache) -> Self {
        Self { runs_checks: false, ..Self::new(Vec::new(), cache) }
    }

    /// The trees of the files that can be read; reports why the others cannot.
    pub(super) fn read_files(&mut self, raw: Vec<RawFile>) -> Vec<Arc<Ast>> {
        self.form = self.cache.take_form(&raw);
        let mut before = std::mem::take(&mut self.cache.files);
        let copies = copies_among(&raw);
        // Files have their numbers in their order before any of them is read.
        let mut known = Vec::new();
        for raw in raw {
            let copy_of = copies.get(&raw.path).cloned();
            let same = before.remove(&raw.path);
            known.push(match same.filter(|same| same.is_still(&raw, copy_of.as_deref(), &mut self.files)) {
                Some(same) => Known::Same(Box::new(same)),
                None => self.add(raw, copy_of),
            });
        }
        let fonts = self.cache.fonts.clone();
        let coverage = Coverage::new(&fonts);
        let reader = &*self;
        let read = known.into_par_iter().map(|known| match known {
            Known::Same(file) => *file,
            Known::New { id, content, copy_of } => reader.read_file(id, content, copy_of, &coverage),
        });
        let read: Vec<CachedFile> = read.collect();
        let mut asts = Vec::new();
        for read in read {
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

    fn add(&mut self, raw: RawFile, copy_of: Option<String>) -> Known {
        let RawFile { path, content } = raw;
        let (content, text) = match content {
            Content::Text(text) => (Content::Text("".into()), text),
            refused @ (Content::Undecodable(_)
            | Content::TooLarge { .. }
            | Content::TxtAdded
            | Content::Unreadable(_)) => (refused, "".into()),
        };
        Known::New { id: self.files.add(path, text), content, copy_of }
    }

    fn read_file(&self, id: FileId, content: Content, copy_of: Option<String>, coverage: &Coverage<'_>) -> CachedFile {
        let mut found = Diagnostics::new();
        let ast = match check_content(self.files.get(id), &content, copy_of.as_deref()) {
            Some(diagnostic) => {
                found.push(diagnostic);
                None
            }
            None => Some(parse(self.files.get(id), &self.vocabulary(id), &mut found)),
        };
        if let Some(ast) = ast.as_ref().filter(|ast| self.runs_checks && !ast.refused) {
            let faces = Faces { has_glyph: &|c| coverage.has_glyph(c), is_embedded: &|c| coverage.is_embedded(c) };
            check_characters(&self.files, ast, &self.form, &faces, &mut found);
        }
        CachedFile { source: self.files.share(id), content, copy_of, ast: ast.map(Arc::new), found, meaning: None }
    }

    /// A form has headings of its own.
    fn vocabulary(&self, file: FileId) -> Arc<Vocabulary> {
        match file_kind(self.files.get(file).text()) {
            Some(FileKind::Form) => Vocabulary::of_forms(),
            Some(FileKind::Report | FileKind::Chapter | FileKind::Program) | None => Arc::clone(&self.form.vocabulary),
        }
    }

    /// The report's file is lowered first: the others depend on its unit, its year and the word list that it names.
    pub(super) fn lower_head(&mut self, asts: &[Arc<Ast>]) -> Option<ReportHead> {
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
        Some(lower_report(self.files.get(first.file), first, &self.form, &mut self.diagnostics))
    }

    /// Lowers the chapters and programs, and puts the report together.
    pub(super) fn lower_report(&mut self, head: Option<ReportHead>, asts: &[Arc<Ast>], owners: &Owners) -> Report {
        let form_file = report_form(&self.files, asts, head.as_ref(), &mut self.diagnostics);
        let context = Context::of(head.as_ref(), Arc::clone(&self.form));
        let mut chapters: Vec<ChapterHead> = Vec::new();
        let mut programs: Vec<Arc<Program>> = Vec::new();
        let mut meanings = self.understand_programs(asts, &context).into_iter();
        for ast in asts {
            match ast.kind {
                Some(FileKind::Report | FileKind::Form) => {}
                Some(FileKind::Chapter) => {
                    chapters.push(lower_chapter(self.files.get(ast.file), ast, &context, &mut self.diagnostics));
                }
                Some(FileKind::Program) => {
                    programs.extend(meanings.next().map(|meaning| self.take_program(ast, meaning)));
                }
                // Its messages are worth having; the program itself is not known to be one.
                None => {
                    lower_program(self.files.get(ast.file), ast, &context, &mut self.diagnostics);
                }
            }
        }
        let report = assemble(&self.files, head, chapters, programs, &self.unread, owners, &mut self.diagnostics);
        report.with_form(context.form, form_file)
    }

    /// What each program means, as the cache has it or worked out, side by side: none needs another.
    fn understand_programs(&self, asts: &[Arc<Ast>], context: &Context) -> Vec<CachedProgram> {
        let programs = asts.par_iter().filter(|ast| ast.kind == Some(FileKind::Program));
        programs.map(|ast| self.understand(ast, context)).collect()
    }

    fn understand(&self, ast: &Ast, context: &Context) -> CachedProgram {
        let cached =
            self.cache.files.get(self.files.get(ast.file).path()).filter(|cached| cached.source.id() == ast.file);
        if let Some(meaning) =
            cached.and_then(|cached| cached.meaning.as_ref()).filter(|known| known.context == *context)
        {
            return meaning.clone();
        }
        let mut found = Diagnostics::new();
        let program = Arc::new(lower_program(self.files.get(ast.file), ast, context, &mut found));
        let mut print = None;
        if self.runs_checks {
            let about = CheckContext { context: context.clone(), words: &self.cache.words };
            check_program(&program, &self.files, &about, &mut found);
            print = Some(Arc::new(Fingerprint::new(&program)));
        }
        CachedProgram { context: context.clone(), program, print, found }
    }

    /// Keeps what a program means, and reports what was found in it.
    fn take_program(&mut self, ast: &Ast, meaning: CachedProgram) -> Arc<Program> {
        let program = Arc::clone(&meaning.program);
        if self.runs_checks {
            self.diagnostics.extend(meaning.found.clone());
        }
        self.prints.extend(meaning.print.iter().map(|print| (ast.file, Arc::clone(print))));
        let cached = self.cache.files.get_mut(self.files.get(ast.file).path());
        // Two files bear one path where their names are alike once they are composed: the cache has the second.
        if let Some(cached) = cached.filter(|cached| cached.source.id() == ast.file) {
            cached.meaning = Some(meaning);
        }
        program
    }
}
