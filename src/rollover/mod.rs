//! The report of the next fiscal year, made from this one's: names, order and what stays true are carried over, this
//! year's values become those of the year before, and what must be written anew is left open.
//!
//! Values and texts only: what is to be written where is given back. Every change is made by its place in the text, so
//! that memos, unknown headings and blank lines stay byte for byte. Nothing of the old text is lost: what is taken out
//! goes to a 【メモ】 above its place.

mod declared;
mod draft;
mod kept;
mod program;
mod table;

use std::collections::BTreeSet;
use std::fmt;

use crate::diagnostic::Diagnostics;
use crate::form::{Form, TitleYear};
use crate::model::{Category, ChapterHead, FiscalYear, PLACEHOLDER, Report, next_label};
use crate::source::{FileId, Files};
use crate::syntax::{FieldName, LineKind, Scope, Shape, Vocabulary, parse};
use draft::Draft;

/// The files of a report of the next year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewYear {
    pub fiscal_year: FiscalYear,
    /// 報告書, 様式, each 章, and its programs in their order
    pub files: Vec<NewFile>,
    /// Programs that have ended
    pub ended: Vec<Ended>,
    /// Headings whose texts stay because the form does not say which ones tell of the year: 章の【施策の目標】
    pub kept: Vec<String>,
}

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// The file that it was made from
    pub from: FileId,
    /// From the report's folder, with `/`; the same as before
    pub path: String,
    pub text: String,
    /// Where it is a program: its ID
    pub program: Option<String>,
    /// The path of the 章 that lists it
    pub chapter: Option<String>,
    /// 【様式】, as it was
    pub is_form: bool,
    /// Years in its titles and labels that were not moved on
    pub left: Vec<LeftYear>,
}

/// A year that stays in a title or a label, because it may say something else than which year the report is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftYear {
    /// In the new text, from 1
    pub line: usize,
    /// 令和2年
    pub typed: String,
    /// The title that it stands in
    pub text: String,
}

/// A program that is not carried over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub file: FileId,
    pub name: String,
}

/// What stays the same for every file.
struct Rollover<'a> {
    files: &'a Files,
    vocabulary: &'a Vocabulary,
    form: &'a Form,
    /// The year of the older report
    current: FiscalYear,
    /// The year that its title names
    titled: FiscalYear,
    ended: BTreeSet<&'a str>,
}

/// Makes the next year of a report; `way_back` is what `前年度：` of the new one says. Nothing where the report has no head
/// or no year that could be read.
pub fn make_next_year(files: &Files, report: &Report, way_back: &str) -> Option<NewYear> {
    let head = report.head.as_ref()?;
    let has_ended = |category: Category| category == Category::Ended;
    let printed = || report.printed_programs().map(|(_, program)| program);
    let ended = printed().filter(|program| has_ended(program.category())).map(|program| program.id.as_str()).collect();
    let current = head.fiscal_year?;
    let titled = if report.form.title_year == TitleYear::Next { current.next() } else { current };
    let vocabulary = &report.form.vocabulary;
    let rollover = Rollover { files, vocabulary, form: &report.form, current, titled, ended };
    let mut made = vec![rollover.make_report(head.file, way_back)];
    if let Some(form) = report.form_file {
        let text = files.get(form).text().to_string();
        made.push(NewFile { is_form: true, ..rollover.file(form, (text, Vec::new())) });
    }
    for chapter in &report.chapters {
        let own = rollover.make_chapter(&chapter.head);
        let path = own.path.clone();
        made.push(own);
        for program in chapter.programs.iter().filter(|program| !has_ended(program.category())) {
            let text = rollover.make_program(program);
            made.push(NewFile {
                program: Some(program.id.clone()),
                chapter: Some(path.clone()),
                ..rollover.file(program.file, text)
            });
        }
    }
    note_left(&mut made, rollover.current);
    let ended = printed().filter(|program| has_ended(program.category())).map(|program| Ended {
        file: program.file,
        name: program.name.as_ref().map_or(&program.id, |name| &name.value).clone(),
    });
    let kept = kept::kept_headings(report);
    Some(NewYear { fiscal_year: rollover.current.next(), files: made, ended: ended.collect(), kept })
}

/// A 【メモ】 at the end of 【報告書】: the years that somebody must look at.
fn note_left(made: &mut [NewFile], current: FiscalYear) {
    let places: Vec<String> =
        made.iter().flat_map(|file| file.left.iter().map(|left| format!("{}　{left}", file.path))).collect();
    let Some(report) = made.first_mut().filter(|_| !places.is_empty()) else { return };
    let line_end = if report.text.contains("\r\n") { "\r\n" } else { "\n" };
    let text = report.text.trim_end_matches(['\n', '\r']);
    let head = format!("【メモ】{}のままにした年度（直したら、この【メモ】は消してください）", current.label());
    report.text = format!("{text}{line_end}{line_end}{head}{line_end}{}{line_end}", places.join(line_end));
}

/// 3行目：「令和2年」（令和2年10月の調査）
impl fmt::Display for LeftYear {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}行目：「{}」（{}）", self.line, self.typed, self.text)
    }
}

impl Rollover<'_> {
    fn file(&self, from: FileId, (text, left): (String, Vec<LeftYear>)) -> NewFile {
        NewFile {
            from,
            path: self.files.get(from).path().to_string(),
            text,
            program: None,
            chapter: None,
            is_form: false,
            left,
        }
    }

    /// Changes one file and gives its new text.
    fn rewrite(&self, file: FileId, change: impl FnOnce(&mut Draft<'_>)) -> (String, Vec<LeftYear>) {
        let source = self.files.get(file);
        let ast = parse(source, self.vocabulary, &mut Diagnostics::new());
        let mut draft = Draft::new(source, &ast, self.vocabulary, self.current.label());
        change(&mut draft);
        draft.finish()
    }

    fn make_report(&self, file: FileId, way_back: &str) -> NewFile {
        let text = self.rewrite(file, |draft| {
            move_title(draft, self.titled);
            let (mut year, mut has_way_back) = (None, false);
            for line in draft.ast.head().map_or(&[][..], |head| &head.lines) {
                let LineKind::Field { name, value } = line.kind else { continue };
                if name == FieldName::FiscalYear && year.is_none() {
                    year = Some(line.span);
                    draft.replace(value, next_label(draft.text(value), self.current).unwrap_or_default());
                } else if name == FieldName::IssueDate {
                    draft.replace(value, "");
                } else if name == FieldName::LastYear {
                    draft.replace(value, way_back);
                    has_way_back = true;
                }
            }
            if let Some(year) = year.filter(|_| !has_way_back) {
                draft.insert_after(year, &format!("前年度：{way_back}"));
            }
            put_away(draft, &[FieldName::Ledger, FieldName::Deadline], &[]);
        });
        self.file(file, text)
    }

    fn make_chapter(&self, head: &ChapterHead) -> NewFile {
        let text = self.rewrite(head.file, |draft| {
            move_title(draft, self.current);
            self.open_amounts(draft, &self.form.chapter_fields);
            for section in &draft.ast.sections {
                let Some(kind) = section.kind else { continue };
                let is_of_year = kind.spec().speaks_of == Scope::OfTheYear;
                match kind.spec().shape {
                    Shape::Prose | Shape::Choice | Shape::Case if is_of_year => draft.empty_section(section),
                    Shape::Grades if is_of_year => draft.empty_grades(section),
                    Shape::Table => {
                        if let Some(table) = head.tables().find(|table| table.heading == section.heading) {
                            self.move_table(draft, section, table);
                        }
                    }
                    Shape::Names => {
                        for line in &section.lines {
                            if let LineKind::Name { name, .. } = line.kind
                                && self.ended.contains(draft.text(name))
                            {
                                draft.delete_line(line.span);
                            }
                        }
                    }
                    Shape::Fields
                    | Shape::Prose
                    | Shape::Case
                    | Shape::Choice
                    | Shape::Grades
                    | Shape::Photos
                    | Shape::Memo
                    | Shape::Form => {}
                }
            }
        });
        self.file(head.file, text)
    }
}

fn move_title(draft: &mut Draft<'_>, named: FiscalYear) {
    if let Some(head) = draft.ast.head() {
        draft.move_title(head.rest, named);
    }
}

/// Lines of the head that speak of the old texts or amounts are shown in a 【メモ】: 確認済, which is about what was written
/// before, and those of these names. The `emptied` ones stay where they are, too.
fn put_away(draft: &mut Draft<'_>, removed: &[FieldName], emptied: &[FieldName]) {
    let mut lines = Vec::new();
    for line in draft.ast.head().map_or(&[][..], |head| &head.lines) {
        let LineKind::Field { name, value } = line.kind else { continue };
        if emptied.contains(&name) && !matches!(draft.text(value), "" | PLACEHOLDER) {
            lines.push(draft.text(line.span));
        }
        if name == FieldName::Acknowledged || removed.contains(&name) {
            lines.push(draft.text(line.span));
            draft.delete_line(line.span);
        }
    }
    draft.add_head_memo(&lines);
}
