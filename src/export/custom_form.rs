//! What only an office's own form has: columns of its fields and choices, and 評価, one row a grade.

use super::table::{Cell, Keys, Table, joined, program_columns};
use crate::form::{ContentSpec, Field, FieldKind, Section};
use crate::model::{Amount, CustomField, FieldMeaning, Grades, ProgramIndex, SectionContent};
use crate::syntax::{FieldName, SectionKind, interned};

/// A program's or a chapter's sections, as they are walked over.
type Contents<'a> = Vec<(SectionKind, &'a SectionContent)>;

/// Adds the columns of a form's fields, then of its choices; none in the standard form. One whose name is taken says that it is the
/// form's: a program that reads the table goes by names.
pub(super) fn add_columns(columns: &mut Vec<&'static str>, fields: &[Field], sections: &[Section]) {
    for name in own(fields).map(FieldName::name).chain(choices(sections).map(SectionKind::name)) {
        let (mut own, mut place) = (name, 1);
        while columns.contains(&own) {
            own = interned(&if place == 1 {
                format!("{name}（様式）")
            } else {
                format!("{name}（様式{place}）")
            });
            place += 1;
        }
        columns.push(own);
    }
}

fn own(fields: &[Field]) -> impl Iterator<Item = FieldName> {
    let used = fields.iter().filter(|field| field.kind != FieldKind::None);
    used.map(|field| field.name).filter(|name| matches!(name, FieldName::Custom(_)))
}

fn choices(sections: &[Section]) -> impl Iterator<Item = SectionKind> {
    let is_choice = |section: &&Section| matches!(section.content, ContentSpec::Choice(_));
    sections.iter().filter(is_choice).map(|section| section.kind)
}

/// A cell for each of `columns`.
pub(super) fn cells<'a>(
    (fields, sections): (&[Field], &[Section]),
    typed: &'a [CustomField],
    contents: &Contents<'a>,
) -> Vec<Cell<'a>> {
    let of_fields = own(fields).map(|name| field_cell(typed.iter().filter(|field| field.name == name).collect()));
    let of_choices = choices(sections).map(|kind| {
        let chosen = contents.iter().find_map(|(other, content)| match content {
            SectionContent::Choice(chosen) if *other == kind => chosen.choice.as_deref(),
            SectionContent::Prose(_)
            | SectionContent::Tables(_)
            | SectionContent::Cases(_)
            | SectionContent::Photos(_)
            | SectionContent::Choice(_)
            | SectionContent::Grades(_) => None,
        });
        chosen.into()
    });
    of_fields.chain(of_choices).collect()
}

/// An amount is a number, a choice is as the form has it, the rest as typed; of a repeated field all of them.
fn field_cell(typed: Vec<&CustomField>) -> Cell<'_> {
    match typed.as_slice() {
        [] => Cell::Empty,
        [one] => match &one.meaning {
            FieldMeaning::Amount(Amount::Value(value)) => super::table::figure(Some(*value)),
            FieldMeaning::Choice(choice) => choice.as_str().into(),
            FieldMeaning::Text
            | FieldMeaning::Word
            | FieldMeaning::Amount(Amount::NotApplicable)
            | FieldMeaning::Year(_)
            | FieldMeaning::Period(..) => (&one.value).into(),
        },
        several => several.iter().map(|field| field.value.value.as_str()).collect::<Vec<_>>().join("、").into(),
    }
}

/// 評価; nothing where the form grades nothing.
pub(super) fn grades<'a>(keys: &'a Keys<'a>) -> Option<Table<'a>> {
    let form = &keys.report.form;
    let is_graded = |section: &Section| matches!(section.content, ContentSpec::Grades(_));
    if !form.sections.iter().chain(&form.chapter_sections).any(is_graded) {
        return None;
    }
    let mut rows = Vec::new();
    for (index, chapter) in keys.report.chapters.iter().enumerate() {
        let mut key = keys.chapter(Some(index));
        key.extend([Cell::Empty, Cell::Empty, Cell::Empty]);
        push_grades(&mut rows, &key, &chapter.head.contents().collect());
        for (place, program) in chapter.programs.iter().enumerate() {
            let key = keys.program(ProgramIndex { chapter: index, program: place }, program);
            push_grades(&mut rows, &key, &program.contents().collect());
        }
    }
    let columns = program_columns(&["見出し", "見出しの順", "観点の順", "観点", "評価", "理由"]);
    Some(Table { name: "評価", columns, rows })
}

fn push_grades<'a>(rows: &mut Vec<Vec<Cell<'a>>>, key: &[Cell<'a>], contents: &Contents<'a>) {
    let mut before: Vec<SectionKind> = Vec::new();
    for (kind, content) in contents {
        let SectionContent::Grades(Grades { rows: grades, .. }) = content else { continue };
        before.push(*kind);
        let place = before.iter().filter(|other| *other == kind).count();
        for (number, row) in grades.iter().enumerate() {
            let mut cells = key.to_vec();
            cells.extend([kind.name().into(), place.into(), (number + 1).into(), (&row.criterion).into()]);
            cells.extend([row.grade.as_ref().into(), joined(&row.reason).into()]);
            rows.push(cells);
        }
    }
}
