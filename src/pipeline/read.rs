//! A report's folder to a checked report: load, syntax, model, checks, in this order.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use crate::checks::{
    PictureProblem, check_characters, check_content, check_picture, check_texts, no_report, two_reports,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::load::{Content, Disk, Folder, PictureError, RawFile};
use crate::model::{
    Acknowledgement, ChapterHead, Context, Program, Report, ReportHead, Silent, assemble, lower_chapter, lower_program,
    lower_report,
};
use crate::source::{FileId, Files, Span, with_slashes};
use crate::syntax::{Ast, FileKind, file_kind, parse};
use crate::typeset::{BUILT_IN, BadPicture, Coverage, ReportFonts, Template, picture_format};
use crate::view::{PictureState, Pictures};

/// Who owns the messages about 報告書 and 章.
pub const OFFICE: &str = "取りまとめ課";

/// A report with everything that was found.
pub struct Checked {
    pub files: Files,
    pub report: Report,
    pub diagnostics: Diagnostics,
    /// The department whose file it is; absent where it cannot be known.
    pub departments: BTreeMap<FileId, String>,
    pub pictures: Pictures,
    /// Bytes of the good pictures, by the place of their row
    pub picture_bytes: BTreeMap<Span, Vec<u8>>,
    pub fonts: ReportFonts,
    /// What 体裁 names; absent where there is no such template.
    pub template: Option<Template>,
}

impl Checked {
    /// The department that a message is for.
    pub fn department_of(&self, diagnostic: &Diagnostic) -> Option<&str> {
        if matches!(diagnostic.code, Code::J080 | Code::J082) {
            return Some(OFFICE);
        }
        self.departments.get(&diagnostic.primary.span.file).map(String::as_str)
    }
}

/// The folder could not be read at all.
#[derive(Debug)]
pub struct NotCheckable(pub io::Error);

/// The nearest folder upward from `start` that holds a 【報告書】.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| is_report(folder)).map(Path::to_path_buf)
}

/// Whether a 【報告書】 lies directly in the folder.
pub fn is_report(folder: &Path) -> bool {
    let texts = Folder::new(folder).read_own_texts().unwrap_or_default();
    texts.iter().any(is_report_file)
}

fn is_report_file(raw: &RawFile) -> bool {
    matches!(&raw.content, Content::Text(text) if file_kind(text) == Some(FileKind::Report))
}

/// Checks a whole report. Only what needs a page, J080 and J082, is not found here.
///
/// # Errors
/// When the folder itself cannot be read.
pub fn check(disk: &dyn Disk) -> Result<Checked, NotCheckable> {
    let mut reader = Reader::default();
    let (raw, nested) = read_own_texts(disk).map_err(NotCheckable)?;
    reader.silent.reports = nested;
    let mut asts = Vec::new();
    for file in raw {
        asts.extend(reader.read_file(file));
    }
    let fonts =
        ReportFonts::new(disk.list("fonts").iter().filter_map(|name| disk.read_file(&format!("fonts/{name}")).ok()));
    let coverage = Coverage::new(&fonts);
    for ast in &asts {
        check_characters(&reader.files, ast, &|c| coverage.has_glyph(c), &mut reader.diagnostics);
    }
    let report = reader.lower_all(&asts);
    check_texts(&report, &reader.files, &mut reader.diagnostics);
    let (pictures, picture_bytes) = reader.read_pictures(disk, &report);
    let template = find_template(disk, &report, &mut reader.diagnostics);
    let departments = departments_of(&reader, &report, &asts);
    let Reader { files, mut diagnostics, silent } = reader;
    if report.head.is_none() && silent.files.iter().all(|(folder, _)| !folder.is_empty()) {
        // Without a report the rest is not known to belong to one.
        diagnostics.retain(|diagnostic| diagnostic.code == Code::J006);
    }
    apply_rules(&report, &files, &mut diagnostics);
    diagnostics.sort();
    Ok(Checked { files, report, diagnostics, departments, pictures, picture_bytes, fonts, template })
}

/// The texts that belong to a report, and the folders left out because they hold another 【報告書】.
///
/// # Errors
/// When the folder itself cannot be read.
pub fn read_own_texts(disk: &dyn Disk) -> io::Result<(Vec<RawFile>, Vec<String>)> {
    let raw = disk.read_texts()?;
    let folder = |path: &str| path.rfind('/').and_then(|slash| path.get(..slash)).map(str::to_string);
    let nested: Vec<String> =
        raw.iter().filter(|file| is_report_file(file)).filter_map(|file| folder(&file.path)).collect();
    let is_inside = |path: &str| {
        nested.iter().any(|folder| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/')))
    };
    let own = raw.into_iter().filter(|file| !is_inside(&file.path)).collect();
    Ok((own, nested))
}

#[derive(Default)]
struct Reader {
    files: Files,
    diagnostics: Diagnostics,
    silent: Silent,
}

impl Reader {
    /// The tree of a file; nothing where its content cannot be read, which is then said.
    fn read_file(&mut self, raw: RawFile) -> Option<Ast> {
        let RawFile { path, content } = raw;
        let (content, text) = match content {
            Content::Text(text) => (Content::Text(String::new()), text),
            refused @ (Content::Undecodable(_)
            | Content::TooLarge { .. }
            | Content::TxtAdded
            | Content::Unreadable(_)) => (refused, String::new()),
        };
        let id = self.files.add(path, text);
        let file = self.files.get(id);
        if let Some(diagnostic) = check_content(file, &content) {
            self.diagnostics.push(diagnostic);
            let stem = file.stem().trim_end_matches(".jigyo").to_string();
            self.silent.files.push((file.folder().to_string(), stem));
            return None;
        }
        let ast = parse(file, &mut self.diagnostics);
        if ast.refused || ast.kind.is_none() {
            self.silent.files.push((file.folder().to_string(), file.stem().to_string()));
        }
        (!ast.refused).then_some(ast)
    }

    /// Lowers the report's file first: the others depend on its unit and year.
    fn lower_all(&mut self, asts: &[Ast]) -> Report {
        let head = self.lower_head(asts);
        let context = head.as_ref().map_or_else(Context::default, |head| Context {
            unit: head.unit,
            unit_is_unknown: head.unit_is_unknown,
            fiscal_year: head.fiscal_year,
        });
        let mut chapters: Vec<ChapterHead> = Vec::new();
        let mut programs: Vec<Program> = Vec::new();
        for ast in asts {
            let file = self.files.get(ast.file);
            match ast.kind {
                Some(FileKind::Report) => {}
                Some(FileKind::Chapter) => chapters.push(lower_chapter(file, ast, &mut self.diagnostics)),
                Some(FileKind::Program) => programs.push(lower_program(file, ast, &context, &mut self.diagnostics)),
                // Its messages are worth having; the program itself is not known to be one.
                None => {
                    lower_program(file, ast, &context, &mut self.diagnostics);
                }
            }
        }
        assemble(&self.files, head, chapters, programs, &self.silent, &mut self.diagnostics)
    }

    fn lower_head(&mut self, asts: &[Ast]) -> Option<ReportHead> {
        let mut reports = asts.iter().filter(|ast| ast.kind == Some(FileKind::Report));
        let Some(first) = reports.next() else {
            // One that lies there and cannot be read was said.
            if !self.silent.files.iter().any(|(folder, _)| folder.is_empty()) {
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

    fn read_pictures(&mut self, disk: &dyn Disk, report: &Report) -> (Pictures, BTreeMap<Span, Vec<u8>>) {
        let (mut pictures, mut all_bytes) = (Pictures::new(), BTreeMap::new());
        for photo in report.all_programs().flat_map(Program::all_photos) {
            let folder = self.files.get(photo.span.file).folder();
            let read = disk.read_picture(folder, &photo.file_name.value).map_err(|error| match error {
                PictureError::NotFound => PictureProblem::NotFound,
                PictureError::Outside => PictureProblem::Outside,
                PictureError::TooLarge => PictureProblem::TooLarge,
                PictureError::Unreadable => PictureProblem::Unreadable,
            });
            let judged = read.and_then(|bytes| match picture_format(&bytes) {
                Ok(extension) => Ok((extension, bytes)),
                Err(BadPicture::UnknownFormat) => Err(PictureProblem::UnknownFormat),
                Err(BadPicture::Damaged) => Err(PictureProblem::Damaged),
            });
            let extension = match judged {
                Ok((extension, bytes)) => {
                    all_bytes.insert(photo.span, bytes);
                    Some(extension)
                }
                Err(problem) => {
                    self.diagnostics.push(check_picture(photo, problem));
                    None
                }
            };
            pictures.insert(photo.span, PictureState { extension });
        }
        (pictures, all_bytes)
    }
}

/// The template that 体裁 names: built in, or a folder of the report.
fn find_template(disk: &dyn Disk, report: &Report, diagnostics: &mut Diagnostics) -> Option<Template> {
    let Some(named) = report.head.as_ref().and_then(|head| head.template.as_ref()) else {
        return Template::built_in("official");
    };
    let folder = with_slashes(&named.value);
    let found = Template::built_in(&named.value)
        .or_else(|| Template::from_folder(&named.value, disk, folder.trim_matches('/')));
    if found.is_none() {
        diagnostics.push(
            Diagnostic::new(Code::J018, named.span, format!("体裁「{}」がありません。", named.value)).help(format!(
                "使えるのは {} か、報告書のフォルダーの中にある、main.typ の入ったフォルダーの名前です。",
                BUILT_IN.join("・")
            )),
        );
    }
    found
}

/// The first 担当 owns a program's messages; 報告書 and 章 belong to the coordinating office.
fn departments_of(reader: &Reader, report: &Report, asts: &[Ast]) -> BTreeMap<FileId, String> {
    let mut departments = BTreeMap::new();
    for ast in asts {
        if matches!(ast.kind, Some(FileKind::Report | FileKind::Chapter)) {
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

/// 検査 changes levels, then 確認済 silences.
fn apply_rules(report: &Report, files: &Files, diagnostics: &mut Diagnostics) {
    if let Some(head) = &report.head {
        for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.severity == diagnostic.code.severity())
        {
            // The last line about a code counts.
            if let Some(rule) = head.rules.iter().rev().find(|rule| rule.code == diagnostic.code) {
                diagnostic.severity = rule.severity;
            }
        }
    }
    let mut acknowledged: BTreeMap<FileId, &[Acknowledgement]> = BTreeMap::new();
    for program in report.all_programs() {
        acknowledged.insert(program.file, &program.acknowledgements);
    }
    for chapter in &report.chapters {
        acknowledged.insert(chapter.head.file, &chapter.head.acknowledgements);
    }
    if let Some(head) = &report.head {
        acknowledged.insert(head.file, &head.acknowledgements);
    }
    diagnostics.retain(|diagnostic| {
        let list = acknowledged.get(&diagnostic.primary.span.file).copied().unwrap_or_default();
        !list.iter().any(|acknowledgement| silences(acknowledgement, diagnostic, files))
    });
}

fn silences(acknowledgement: &Acknowledgement, diagnostic: &Diagnostic, files: &Files) -> bool {
    let may = diagnostic.severity != Severity::Error || diagnostic.code.error_can_be_acknowledged();
    if !may || acknowledgement.code != Some(diagnostic.code) || diagnostic.code == Code::J018 {
        return false;
    }
    let Some(word) = &acknowledgement.word else { return true };
    let span = diagnostic.primary.span;
    let file = files.get(span.file);
    let line = file.line_range(file.line_index(span.start));
    file.text().get(line).is_some_and(|line| line.contains(word.as_str()))
}
