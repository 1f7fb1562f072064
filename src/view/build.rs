//! From a report to its picture.

use std::collections::BTreeMap;

use super::contract::*;
use super::part::is_part_anchor;
use super::style::{Printer, UNPRINTABLE};
use super::sum::SumView;
use crate::diagnostic::{Diagnostic, Diagnostics, Errors};
use crate::model::{Amount, Date, FiscalYear, Program, ProgramIndex, Report, format_amount};
use crate::source::{FileId, Files, Span};
use crate::totals::{self, Sum};

/// What a photograph became: its place for the template, or nothing for a bad one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureState {
    /// `png`, `jpg` or `svg`
    pub extension: Option<&'static str>,
}

/// Photographs by the place of their row.
pub type Pictures = BTreeMap<Span, PictureState>;

/// What a view is made from.
pub struct ViewInput<'a> {
    pub files: &'a Files,
    pub report: &'a Report,
    pub diagnostics: &'a Diagnostics,
    pub pictures: &'a Pictures,
    /// Families in the report's own `fonts/`
    pub fonts: &'a [String],
    /// Whether a face has the character
    pub has_glyph: &'a (dyn Fn(char) -> bool + Sync),
    pub draft: bool,
}

/// Builds the view of a report and its programs: with the house style, and knowing which places are faulty.
pub struct ViewBuilder<'a> {
    pub(super) printer: Printer<'a>,
    pub(super) year: FiscalYearView,
    pub(super) fiscal_year: Option<FiscalYear>,
    pub(super) input: &'a ViewInput<'a>,
    /// None but in a draft
    pub(super) errors: Errors<'a>,
}

fn year_view(year: Option<FiscalYear>) -> FiscalYearView {
    match year {
        Some(year) => FiscalYearView {
            year: year.year(),
            label: year.label(),
            short: year.short(),
            column: year.column(),
            previous_column: year.previous().column(),
        },
        // Only in a draft: 年度 could not be read.
        None => FiscalYearView {
            year: 0,
            label: UNPRINTABLE.to_string(),
            short: UNPRINTABLE.to_string(),
            column: "当年度".to_string(),
            previous_column: "前年度".to_string(),
        },
    }
}

impl From<Date> for DateView {
    fn from(date: Date) -> Self {
        Self { year: date.year, month: date.month, day: date.day, label: date.label() }
    }
}

pub(super) fn sum_view(label: &str, sum: Sum) -> SumView {
    SumView {
        label: label.to_string(),
        text: sum_text(sum.value),
        value: sum.value,
        programs: sum.programs,
        new_programs: sum.new_programs,
    }
}

/// 845,745; 〓 where an amount could not be read
pub(super) fn sum_text(value: Option<i64>) -> String {
    value.map_or_else(|| UNPRINTABLE.to_string(), format_amount)
}

/// ASCII name of a chapter, unique in the report.
pub fn chapter_anchor(index: usize) -> String {
    format!("c{}", index + 1)
}

/// ASCII name of a program, unique in the report.
pub fn program_anchor(index: ProgramIndex) -> String {
    format!("p{}-{}", index.chapter + 1, index.program + 1)
}

/// Whether a label of the pages is the anchor of a chapter (c1), a program (p1-3) or a part (part-index): a template may
/// have others of its own.
pub fn is_anchor(name: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let program = name.strip_prefix('p').and_then(|name| name.split_once('-'));
    is_part_anchor(name)
        || name.strip_prefix('c').is_some_and(is_number)
        || program.is_some_and(|(chapter, program)| is_number(chapter) && is_number(program))
}

/// The path of a program's own file.
pub fn program_path(index: ProgramIndex) -> String {
    format!("/programs/{}.json", program_anchor(index))
}

pub(super) fn photo_path(anchor: &str, number: usize, extension: &str) -> String {
    format!("/photos/{anchor}-{number}.{extension}")
}

/// The path that the view gives to each good photograph that is printed.
pub fn photo_paths(report: &Report, pictures: &Pictures) -> BTreeMap<Span, String> {
    let mut paths = BTreeMap::new();
    for (index, program) in report.printed_programs() {
        let anchor = program_anchor(index);
        for (number, photo) in program.all_photos().enumerate() {
            let extension = pictures.get(&photo.span).and_then(|picture| picture.extension);
            if let Some(extension) = extension {
                paths.insert(photo.span, photo_path(&anchor, number + 1, extension));
            }
        }
    }
    paths
}

/// The last program before each chapter of level 0, and before the end.
fn last_programs(chapters: &[ChapterView<String>]) -> Vec<String> {
    let mut out = Vec::new();
    let mut last: Option<&String> = None;
    for chapter in chapters {
        if chapter.level == 0 {
            out.extend(last.take().cloned());
        }
        last = chapter.programs.last().or(last);
    }
    out.extend(last.cloned());
    out
}

impl<'a> ViewBuilder<'a> {
    pub fn new(input: &'a ViewInput<'a>) -> Self {
        let fiscal_year = input.report.head.as_ref().and_then(|head| head.fiscal_year);
        Self {
            printer: Printer { has_glyph: input.has_glyph },
            year: year_view(fiscal_year),
            fiscal_year,
            errors: if input.draft { Errors::of(input.diagnostics) } else { Errors::default() },
            input,
        }
    }

    /// The report without its programs, each of which is a path. With errors in the report it is fit for a draft alone.
    pub fn report(&self) -> View<String> {
        let report = self.input.report;
        let head = report.head.as_ref();
        let unit = self.unit();
        let chapters: Vec<_> = (0..report.chapters.len()).filter_map(|index| self.chapter(index)).collect();
        View {
            format: FORMAT,
            draft: self.input.draft,
            title: head
                .and_then(|head| head.title.as_ref())
                .map_or_else(|| "（題名なし）".to_string(), |title| self.printer.text(&title.value)),
            publisher: head
                .and_then(|head| head.publisher.as_ref())
                .map(|text| self.printer.text(&text.value))
                .unwrap_or_default(),
            date: head.and_then(|head| head.issue_date).map(DateView::from),
            unit: unit.to_string(),
            amount_word: self.amount_word().unwrap_or_default().to_string(),
            has_new: self.has_new(),
            usual_category: self.usual_category().to_string(),
            first_page: head.map_or(1, |head| head.first_page),
            fonts: self.input.fonts.to_vec(),
            layout: report.form.layout.into(),
            has_nested_chapters: report.is_nested(),
            list_columns: self.list_columns(),
            last_programs: last_programs(&chapters),
            chapters,
            total: self.shown_sum(sum_view("合計", totals::total(report))),
            fiscal_year: self.year.clone(),
            front: self.front_matter(),
            back: self.back_matter(),
            excerpt: None,
        }
    }

    /// 千円, 百万円 or 円
    pub fn unit(&self) -> &'static str {
        self.input.report.unit().name()
    }

    pub(super) fn is_faulty(&self, span: Span) -> bool {
        self.errors.touch(span)
    }

    /// A text in prose or a title, in the house style.
    pub fn text(&self, text: &str) -> String {
        self.printer.text(text)
    }

    /// 3,254, or —; 〓 where it could not be read
    pub fn amount_text(&self, program: &Program) -> String {
        match program.amount {
            Some(Amount::Value(value)) => format_amount(value),
            Some(Amount::NotApplicable) => "—".to_string(),
            None => UNPRINTABLE.to_string(),
        }
    }

    pub fn program_name(&self, program: &Program) -> String {
        program
            .name
            .as_ref()
            .map_or_else(|| format!("（事業名なし：{}）", program.id), |name| self.printer.text(&name.value))
    }

    /// The errors of the program's file, for its draft.
    pub(super) fn faults(&self, program: &Program) -> Vec<String> {
        self.errors_of(|file| file == program.file, false)
    }

    /// Errors in words, with their line and, where it is not plain, their file.
    pub(super) fn errors_of(&self, is_wanted: impl Fn(FileId) -> bool, with_file: bool) -> Vec<String> {
        let files = self.errors.files().filter(|file| is_wanted(*file));
        files.flat_map(|file| self.errors.of_file(file)).map(|error| self.fault(error, with_file)).collect()
    }

    /// ▲3行目：…
    pub(super) fn fault(&self, diagnostic: &Diagnostic, with_file: bool) -> String {
        let file = self.input.files.get(diagnostic.primary.span.file);
        let name = if with_file { format!("{}　", file.path()) } else { String::new() };
        let line = file.position(diagnostic.primary.span.start).line;
        self.printer.text(&format!("▲{name}{line}行目：{}", self.with_numbers(&diagnostic.message)))
    }

    /// A character that cannot be printed is named by its number beside the 〓 that stands for it.
    fn with_numbers(&self, message: &str) -> String {
        message
            .chars()
            .map(|c| match (self.printer.has_glyph)(c) {
                true => c.to_string(),
                false => format!("{c}（番号 {:X}）", c as u32),
            })
            .collect()
    }
}
