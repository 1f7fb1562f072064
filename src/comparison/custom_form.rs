//! What an office's own form has in both states: fields, choices, grades; and what of the form itself changed.

use super::change::{Change, Wording};
use super::prose::compare_blocks;
use super::scope::{Scope, Seen};
use super::side::Side;
use super::words::Extent;
use crate::form::{Field, FieldKind, Form};
use crate::model::{Chosen, CustomField, Grade, Grades, SectionContent};
use crate::source::Span;
use crate::syntax::{FieldName, SectionKind};

/// A section of both states; absent where it was not written, or the form of that state has none of its name.
pub(super) type Pair<'a> = (SectionKind, Option<&'a SectionContent>, Option<&'a SectionContent>);

/// The sections of both states by their names, the second of a name beside the second. One that the other form does not
/// have is left out: that is a change of the form.
pub(super) fn pairs<'a>(
    (old_form, new_form): (&Form, &Form),
    old: impl Iterator<Item = (SectionKind, &'a SectionContent)>,
    new: impl Iterator<Item = (SectionKind, &'a SectionContent)>,
) -> Vec<Pair<'a>> {
    let mut rest: Vec<(SectionKind, &SectionContent)> = new.collect();
    let mut found: Vec<Pair<'a>> = Vec::new();
    for (kind, was) in old {
        match rest.iter().position(|(other, _)| other.name() == kind.name()) {
            Some(at) => {
                let (kind, is) = rest.remove(at);
                found.push((kind, Some(was), Some(is)));
            }
            None if has_section(new_form, kind) => found.push((kind, Some(was), None)),
            None => {}
        }
    }
    let added = rest.into_iter().filter(|(kind, _)| has_section(old_form, *kind));
    found.extend(added.map(|(kind, is)| (kind, None, Some(is))));
    found
}

fn has_section(form: &Form, kind: SectionKind) -> bool {
    form.sections.iter().chain(&form.chapter_sections).any(|section| section.kind.name() == kind.name())
}

/// Printed fields, each under its name.
pub(super) fn compare_fields(scope: &mut Scope<'_>, old: &[CustomField], new: &[CustomField], heading: Span) {
    let forms = [&*scope.old.state.report.form, &*scope.new.state.report.form];
    let names = own_names(forms[1]).into_iter().filter(|name| own_names(forms[0]).contains(name));
    for name in names.collect::<Vec<_>>() {
        let seen = |side: &Side<'_>, fields: &[CustomField]| {
            let named: Vec<&CustomField> = fields.iter().filter(|field| field.name.name() == name).collect();
            let texts: Vec<String> = named.iter().map(|field| side.builder.field_text(field)).collect();
            named.first().map(|first| {
                let place = if first.value.span.is_empty() { heading } else { first.value.span };
                Seen::new(texts.join("\n"), place)
            })
        };
        let (before, after) = (seen(scope.old, old), seen(scope.new, new));
        scope.differ(name, before, after, Extent::Whole);
    }
}

fn own_names(form: &Form) -> Vec<&'static str> {
    let is_printed = |field: &&Field| {
        field.is_printed && field.kind != FieldKind::None && matches!(field.name, FieldName::Custom(_))
    };
    form.fields.iter().chain(&form.chapter_fields).filter(is_printed).map(|field| field.name.name()).collect()
}

/// The choice under its heading's name, then what is said of it.
pub(super) fn compare_choice(scope: &mut Scope<'_>, kind: SectionKind, (old, new): (&Chosen, &Chosen), heading: Span) {
    let name = format!("【{}】", kind.name());
    let seen = |side: &Side<'_>, chosen: &Chosen| {
        let place = chosen.place.or(chosen.heading).unwrap_or(heading);
        chosen.choice.as_ref().map(|choice| Seen::new(side.builder.text(choice), place))
    };
    let (before, after) = (seen(scope.old, old), seen(scope.new, new));
    if let Some(change) = scope.differ(name.as_str(), before, after, Extent::Whole) {
        behind(change, kind.name());
    }
    compare_blocks(scope, &name, (&old.blocks, &new.blocks), new.heading.or(old.heading).unwrap_or(heading));
}

/// Grades and reasons, each under its criterion.
pub(super) fn compare_grades(scope: &mut Scope<'_>, kind: SectionKind, old: Option<&Grades>, new: Option<&Grades>) {
    let rows = |grades: Option<&Grades>| grades.map_or(Vec::new(), |grades| grades.rows.clone());
    let (old_rows, new_rows) = (rows(old), rows(new));
    let mut criteria: Vec<&str> = Vec::new();
    for row in new_rows.iter().chain(&old_rows) {
        if !criteria.contains(&row.criterion.value.as_str()) {
            criteria.push(&row.criterion.value);
        }
    }
    for criterion in criteria {
        let row = |rows: &'_ [Grade]| rows.iter().position(|row| row.criterion.value == criterion);
        let (was, is) =
            (row(&old_rows).and_then(|at| old_rows.get(at)), row(&new_rows).and_then(|at| new_rows.get(at)));
        let grade = |side: &Side<'_>, row: Option<&Grade>| {
            let grade = row?.grade.as_ref()?;
            Some(Seen::new(side.builder.text(&grade.value), grade.span))
        };
        let reason = |side: &Side<'_>, row: Option<&Grade>| {
            let row = row?;
            Some(Seen::new(side.builder.lines(&row.reason), row.reason.first()?.span))
        };
        let spot = format!("【{}】{criterion}", kind.name());
        let (before, after) = (grade(scope.old, was), grade(scope.new, is));
        if let Some(change) = scope.differ(spot.as_str(), before, after, Extent::Whole) {
            behind(change, criterion);
        }
        let (before, after) = (reason(scope.old, was), reason(scope.new, is));
        scope.differ(format!("{spot}の理由"), before, after, Extent::Near);
    }
}

/// A grade is a letter that stands everywhere: its page is that of the words before it.
fn behind(change: &mut Change, label: &str) {
    let grade = change.before.as_ref().map(Wording::text).unwrap_or_default();
    for printed in &mut change.printed {
        printed.words = Some(format!("{label}{grade}"));
    }
}

/// Sections and fields that only one of the forms has, said once.
pub(super) fn compare_forms(scope: &mut Scope<'_>) {
    let (old, new) = (scope.old.state.report, scope.new.state.report);
    let place = |report: &crate::model::Report, heading: Span| report.form_file.map_or(heading, Span::whole_file);
    let (Some(old_head), Some(new_head)) = (&old.head, &new.head) else { return };
    let places = (place(old, old_head.heading), place(new, new_head.heading));
    let names = |form: &Form| [("様式の項目", own_names(form)), ("様式の見出し", section_names(form))];
    for ((spot, was), (_, is)) in names(&old.form).into_iter().zip(names(&new.form)) {
        let only = |names: &[&'static str], others: &[&'static str], place| {
            let own: Vec<&str> = names.iter().copied().filter(|name| !others.contains(name)).collect();
            (!own.is_empty()).then(|| Seen::new(own.join("・"), place))
        };
        let (before, after) = (only(&was, &is, places.0), only(&is, &was, places.1));
        if let Some(change) = scope.differ(spot, before, after, Extent::Whole) {
            change.printed.clear();
            change.on_page = false;
        }
    }
}

fn section_names(form: &Form) -> Vec<&'static str> {
    form.sections.iter().chain(&form.chapter_sections).map(|section| section.kind.name()).collect()
}
