//! Drafts as `.jigyo` texts. Knows what a field wants; how a line is kept from being misread is the page's.

use super::boxes::boxes_in;
use super::draft::{Chapter, Indicators, Program, ReviewNote, Row, RowKind, SourcedText};
use super::form_choices::chosen;
use super::money_units::has_unit;
use super::page::{Page, Written, one_line};
use super::place::Place;
use super::words::is_category;
use super::write_tables::{write_cells, write_free_rows};
use super::written_amount::amount_in;
use crate::form::{Choices, ContentSpec, Criterion, FieldKind, Section};
use crate::model::Context;
use crate::syntax::{FieldName, SectionKind, SectionRole, Vocabulary};

/// A program's file, its amount in the report's unit where it could be read, and the places that are empty.
pub(super) struct WrittenProgram {
    pub(super) file: Written,
    pub(super) amount: Option<i64>,
    pub(super) missing: Vec<&'static str>,
    /// What the office typed and the file says in another way: ①直営 for 直営
    pub(super) placed: Vec<String>,
}

pub(super) fn write_program(program: &Program, context: &Context) -> WrittenProgram {
    let mut page = Page::new(&context.form.vocabulary);
    let mut missing = Vec::new();
    let name = program.name.as_ref().map(|name| one_line(&name.text)).unwrap_or_default();
    page.heading(&format!("【事業】{name}"));
    if name.is_empty() {
        page.review_note(Some(&ReviewNote::new("事業名がありません。1行目に書いてください", &program.place)));
    }
    program.review_notes.iter().for_each(|review_note| page.review_note_at(1, review_note));
    let mut memo = Vec::new();
    let asks_for_amount = context.form.asks_for_amount();
    let amount = if asks_for_amount || program.amount.is_some() {
        write_amount(program, context, &mut page, &mut memo)
    } else {
        None
    };
    if program.amount.is_none() && asks_for_amount {
        missing.push("事業費");
    }
    for (field, said) in [("区分", &program.category), ("よみ", &program.reading), ("旧名称", &program.former_name)]
    {
        if let Some(said) = said {
            write_field(field, said, &mut page);
        }
    }
    write_departments(program, &mut page, &mut missing);
    write_fields(program, context, &mut page);
    write_sections(program, context, &mut page, &mut missing);
    let numbers = [("番号", &program.number), ("掲載頁", &program.page)];
    let numbers = numbers.iter().filter_map(|(word, said)| {
        Some(SourcedText::new(format!("{word}：{}", said.as_ref()?.text), &Place::default()))
    });
    memo.extend(numbers);
    let altered = std::mem::take(&mut page.altered);
    memo.extend(altered.into_iter().map(|text| SourcedText::new(format!("もとの欄：{text}"), &Place::default())));
    let place = SourcedText::new(format!("取り込み元：{}", program.place), &program.place);
    page.heading("【メモ】");
    [place].iter().chain(&memo).chain(&program.memo).for_each(|said| page.memo(said));
    let placed = placed(program, context);
    WrittenProgram { file: page.written(name), amount, missing, placed }
}

fn placed(program: &Program, context: &Context) -> Vec<String> {
    let choices = context.form.sections.iter().filter(|own| matches!(own.content, ContentSpec::Choice(_)));
    let chosen = choices.filter_map(|own| program.sections.get(&own.kind)?.first());
    program.converted().chain(chosen).map(|said| said.text.clone()).collect()
}

fn write_field(field: &str, said: &SourcedText, page: &mut Page) {
    page.field(field, &said.text);
    let is_known = field != "区分" || is_category(&said.text);
    if !is_known {
        let what = format!("区分「{}」は読めません。新規・拡充・継続・終了 のどれかに直してください", said.text);
        page.review_note(Some(&ReviewNote::new(what, &said.place)));
    }
    page.review_note(said.review_note.as_ref());
}

/// The form's own fields, in its order; one that must be there and is not stands open.
fn write_fields(program: &Program, context: &Context, page: &mut Page) {
    for field in context.form.fields.iter().filter(|field| matches!(field.name, FieldName::Custom(_))) {
        let mut typed = program.fields.iter().filter(|(name, _)| *name == field.name).peekable();
        if typed.peek().is_none() && field.is_required {
            page.field(field.name.name(), "");
        }
        for (name, said) in typed {
            let (text, what) = if let FieldKind::Choice(choices) = &field.kind {
                let chosen = chosen(choices, &said.text, name.name());
                page.altered.extend(chosen.has_boxes.then(|| format!("{}：{}", name.name(), one_line(&said.text))));
                (chosen.text, chosen.what)
            } else if let FieldKind::Amount(_) = &field.kind {
                let unit = program.field_units.get(name).copied();
                let (text, _, what) = amount_in(name.name(), &said.text, unit, context.unit());
                (text, what)
            } else {
                (said.text.clone(), None)
            };
            page.field(name.name(), &text);
            page.review_note(what.map(|what| ReviewNote::new(what, &said.place)).as_ref());
            page.review_note(said.review_note.as_ref());
        }
    }
}

fn write_departments(program: &Program, page: &mut Page, missing: &mut Vec<&'static str>) {
    for said in &program.departments {
        page.field("担当", &said.text);
        page.review_note(said.review_note.as_ref());
    }
    if program.departments.is_empty() {
        page.field("担当", "");
        missing.push("担当");
    }
}

/// The amount in the report's unit where that is exact; otherwise as it was typed.
fn write_amount(program: &Program, context: &Context, page: &mut Page, memo: &mut Vec<SourcedText>) -> Option<i64> {
    let Some(said) = &program.amount else {
        page.field("事業費", "");
        page.review_note(program.amount_note.as_ref());
        return None;
    };
    let (text, value, review_note) = amount_in("事業費", &said.text, program.unit, context.unit());
    page.field("事業費", &text);
    page.review_note(review_note.map(|what| ReviewNote::new(what, &said.place)).as_ref());
    page.review_note(said.review_note.as_ref());
    if digits(&text) != digits(&said.text) {
        let unit = program.unit.filter(|_| !has_unit(&said.text)).unwrap_or("");
        memo.push(SourcedText::new(format!("もとの事業費：{}{unit}", said.text), &said.place));
    }
    value
}

fn digits(text: &str) -> String {
    crate::syntax::chars::unified(text).chars().filter(char::is_ascii_digit).collect()
}

fn write_sections(program: &Program, context: &Context, page: &mut Page, missing: &mut Vec<&'static str>) {
    let (form, unit) = (&context.form, context.unit());
    // A table whose heading is none of the form's stands where the form has its indicators.
    let tables = || form.sections.iter().filter(|section| matches!(section.content, ContentSpec::Table(_)));
    let of_role = |section: &&Section| section.kind.spec().role == Some(SectionRole::Indicators);
    let usual = tables().find(of_role).or_else(|| tables().next()).map(|section| section.kind);
    for section in &form.sections {
        let kind = section.kind;
        match &section.content {
            ContentSpec::Table(declared) => {
                if let Some(table) = declared {
                    write_cells(program, kind, table, unit, page);
                    write_free_rows(program, kind, table, unit, page);
                    write_table_notes(program, kind, page);
                }
                write_tables(program, kind, usual == Some(kind), page);
                continue;
            }
            ContentSpec::Grades(criteria) => {
                write_grades(program, kind, criteria, page);
                continue;
            }
            ContentSpec::Prose | ContentSpec::Choice(_) | ContentSpec::Photos | ContentSpec::Cases => {}
        }
        let lines = program.sections.get(&kind).map_or(&[][..], Vec::as_slice);
        if lines.is_empty() && !kind.is_required() {
            continue;
        }
        if lines.is_empty() {
            missing.push(kind.name());
        }
        let heading = format!("【{}】", kind.name());
        page.heading(&heading);
        let heads = format!("【事業】一\n{heading}");
        let choices = if let ContentSpec::Choice(choices) = &section.content { Some(choices) } else { None };
        let mut lines = lines;
        if let Some(choices) = choices
            && let Some((said, rest)) = with_boxes(lines)
        {
            write_choice(choices, &said, (kind, &heads), page);
            lines = rest;
        }
        let is_first = choices.is_none();
        lines.iter().enumerate().for_each(|(index, said)| page.prose(said, &heads, is_first && index == 0));
    }
}

/// The first line, with those below it where each has boxes, and the others.
fn with_boxes(lines: &[SourcedText]) -> Option<(SourcedText, &[SourcedText])> {
    let boxes = lines.iter().take_while(|said| boxes_in(&said.text).is_some()).count();
    let (first, rest) = lines.split_at_checked(boxes.max(1))?;
    let text = first.iter().map(|said| said.text.as_str()).collect::<Vec<_>>().join("\n");
    Some((SourcedText { text, ..first.first()?.clone() }, rest))
}

/// The first line under a heading of choices.
fn write_choice(choices: &Choices, said: &SourcedText, (kind, heads): (SectionKind, &str), page: &mut Page) {
    let chosen = chosen(choices, &said.text, kind.name());
    page.altered.extend(chosen.has_boxes.then(|| format!("{}：{}", kind.name(), one_line(&said.text))));
    if !chosen.text.is_empty() {
        page.prose(&SourcedText { text: chosen.text, ..said.clone() }, heads, true);
    }
    page.review_note(chosen.what.map(|what| ReviewNote::new(what, &said.place)).as_ref());
}

fn write_table_notes(program: &Program, kind: SectionKind, page: &mut Page) {
    for (_, said) in program.table_notes.iter().filter(|(own, _)| *own == kind) {
        let label = said.text.trim_start_matches('※').to_string();
        page.row(&Row { kind: RowKind::Note, label, ..Row::default() });
    }
}

fn write_grades(program: &Program, kind: SectionKind, criteria: &[Criterion], page: &mut Page) {
    let grades = criteria
        .iter()
        .enumerate()
        .filter_map(|(place, criterion)| Some((criterion, program.grades.get(&(kind, place))?)));
    for (index, (criterion, said)) in grades.enumerate() {
        if index == 0 {
            page.heading(&format!("【{}】", kind.name()));
        }
        let (grade, reason) = said.text.split_once('\n').unwrap_or((&said.text, ""));
        let chosen = chosen(&criterion.choices, grade, &criterion.name);
        page.altered.extend(chosen.has_boxes.then(|| format!("{}：{}", criterion.name, one_line(grade))));
        let mut values = vec![chosen.text, reason.to_string()];
        while values.last().is_some_and(String::is_empty) {
            values.pop();
        }
        page.row(&Row { label: criterion.name.clone(), values, ..Row::default() });
        page.review_note(chosen.what.map(|what| ReviewNote::new(what, &said.place)).as_ref());
        page.review_note(said.review_note.as_ref());
    }
}

/// `is_usual`: tables whose heading is none of the form's stand here too.
fn write_tables(program: &Program, kind: SectionKind, is_usual: bool, page: &mut Page) {
    let is_here = |table: &&Indicators| table.section == Some(kind) || (is_usual && table.section.is_none());
    let filled = program.tables.iter().filter(|table| !table.rows.is_empty() || table.head.is_some());
    for table in filled.filter(is_here) {
        page.heading(&format!("【{}】", kind.name()));
        table.head.iter().chain(&table.rows).for_each(|row| page.row(row));
    }
}

/// A chapter's file; `stems` are its programs' files in their order.
pub(super) fn write_chapter(chapter: &Chapter, stems: &[String]) -> Written {
    let mut page = Page::new(&Vocabulary::standard());
    let title = chapter.title.as_ref().map(|title| one_line(&title.text)).unwrap_or_default();
    page.heading(&format!("【章】{title}"));
    if title.is_empty() {
        page.review_note(Some(&ReviewNote::new(
            "章の題名が見つかりません。1行目に書いてください",
            &Place::new("全体", ""),
        )));
    }
    if !chapter.overview.is_empty() {
        page.heading("【取組の概要】");
        for (index, said) in chapter.overview.iter().enumerate() {
            page.prose(said, "【章】一\n【取組の概要】", index == 0);
        }
    }
    page.heading("【構成】");
    stems.iter().for_each(|stem| page.push(stem.as_str()));
    if !chapter.memo.is_empty() {
        page.heading("【メモ】");
        chapter.memo.iter().for_each(|said| page.memo(said));
    }
    page.written(title)
}
