//! What a report computes of the thing at a place: No., 小計, 掲載頁, and the cells that a form computes.

use std::ops::Range;

use super::definition::{label_item, named_at};
use super::names::{Named, index_of, program_of};
use super::sight::Sight;
use crate::model::{Chapter, Program, Report, Value, format_amount};
use crate::source::Span;
use crate::syntax::{FieldName, FileKind, LineKind};
use crate::totals::{Sum, subtotal, total, whole_chapter};

/// The stretch that is spoken of, and the lines that tell of it.
pub(super) fn computed_words(sight: &Sight<'_>, byte: usize) -> Option<(Range<usize>, Vec<String>)> {
    if let Some((number, span, item)) = label_item(sight, byte) {
        return Some((span.start..span.end, vec![format!("（{number}）{}", sight.slice(item))]));
    }
    let state = sight.state.filter(|_| sight.is_of_report())?;
    let report = &state.checked.report;
    if let Some((line, named)) = named_at(sight, byte) {
        let words = match named {
            Named::Program(program) => program_words(sight, report, program, true),
            Named::Chapter(index, chapter) => chapter_words(report, index, chapter),
        };
        return Some((line.name.start..line.name.end, words));
    }
    let head = sight.ast.head()?;
    let own = sight.line_of(byte);
    if own.contains(&head.heading.start) {
        return Some((own, head_words(sight, report)?));
    }
    let (_, line) = sight.line_at(byte)?;
    if let LineKind::Field { name: FieldName::Amount, .. } = line.kind {
        return Some((own, amount_words(sight, report)?));
    }
    let is_row = matches!(line.kind, LineKind::Row { .. });
    is_row.then(|| row_words(sight, report, line.span)).flatten().map(|words| (own, words))
}

fn head_words(sight: &Sight<'_>, report: &Report) -> Option<Vec<String>> {
    match sight.kind() {
        FileKind::Program => Some(program_words(sight, report, program_of(report, sight.source.id())?, false)),
        FileKind::Chapter => {
            let mut chapters = report.chapters.iter().enumerate();
            let (index, chapter) = chapters.find(|(_, chapter)| chapter.head.file == sight.source.id())?;
            Some(chapter_words(report, index, chapter))
        }
        FileKind::Report => {
            Some(vec![format!("章：{}", report.chapters.len()), sum_words("合計", report, total(report))])
        }
        FileKind::Form => None,
    }
}

fn chapter_title(report: &Report, index: usize) -> String {
    let Some(chapter) = report.chapters.get(index) else { return String::new() };
    let number = report.chapter_number(index, str::to_string);
    let title = chapter.head.title.as_ref().map_or(chapter.folder.as_str(), |title| title.value.as_str());
    format!("{number}{}{title}", Report::gap_behind(&number))
}

fn program_words(sight: &Sight<'_>, report: &Report, program: &Program, is_named: bool) -> Vec<String> {
    let mut words = Vec::new();
    let name = program.name.as_ref().map_or(program.id.as_str(), |name| name.value.as_str());
    match index_of(report, program.file) {
        Some(index) => {
            let place = format!("{}　No.{}", chapter_title(report, index.chapter), index.program + 1);
            words.push(if is_named { format!("{place}　{name}") } else { place });
        }
        None => words.push(format!("{name}（どの【構成】にもありません）")),
    }
    if let Some(amount) = program.amount.filter(|_| is_named) {
        words.push(format!("事業費：{}{}", format_amount(amount.value()), report.unit().name()));
    }
    if is_named && let Some(department) = program.departments.first() {
        words.push(format!("担当：{}", department.name));
    }
    if let Some(page) = sight.files.as_ref().and_then(|files| files.report.page_of(&program.id)) {
        words.push(format!("掲載頁：{page}（前に作った PDF による）"));
    }
    words
}

fn chapter_words(report: &Report, index: usize, chapter: &Chapter) -> Vec<String> {
    let mut words = vec![chapter_title(report, index), sum_words("小計", report, subtotal(chapter))];
    if report.has_inner(index) {
        words.push(sum_words("中の章を含む計", report, whole_chapter(report, index)));
    }
    words
}

fn sum_words(name: &str, report: &Report, sum: Sum) -> String {
    let counted = format!("{}事業（うち新規 {}）", sum.programs, sum.new_programs);
    match sum.value.filter(|_| report.form.has_amount()) {
        Some(value) => format!("{name}：{}{}　{counted}", format_amount(value), report.unit().name()),
        None if report.form.has_amount() => format!("{name}：読めない事業費があるので出せません　{counted}"),
        None => format!("{name}：{counted}"),
    }
}

/// The sum of the chapter that an amount counts in.
fn amount_words(sight: &Sight<'_>, report: &Report) -> Option<Vec<String>> {
    let program = program_of(report, sight.source.id())?;
    let index = index_of(report, program.file)?;
    let chapter = report.chapters.get(index.chapter)?;
    let mut words = vec![sum_words("章の小計", report, subtotal(chapter)), sum_words("合計", report, total(report))];
    if program.outside_total.is_some() {
        words.insert(0, "この事業費は、小計にも合計にも入りません。".to_string());
    }
    Some(words)
}

/// What the form computes in a row.
fn row_words(sight: &Sight<'_>, report: &Report, line: Span) -> Option<Vec<String>> {
    let program = program_of(report, sight.source.id())?;
    let table = program.tables().find(|table| table.rows.iter().any(|row| row.span.start == line.start))?;
    let row = table.rows.iter().find(|row| row.span.start == line.start)?;
    let names = match &table.columns {
        crate::model::Columns::Years => Vec::new(),
        crate::model::Columns::Own(columns) => columns.iter().map(|own| own.label.value.replace('\n', "")).collect(),
    };
    let computed = row.values.iter().enumerate().filter_map(|(column, value)| {
        let Value::Computed(cell) = value else { return None };
        let name = names.get(column).map_or("計算", String::as_str);
        Some(format!("{name}：{}（計算した値）", cell.text().replace('\n', " ")))
    });
    Some(computed.collect::<Vec<_>>()).filter(|words| !words.is_empty())
}
