//! 【報告書】: what of its head is printed.

use super::change::{Change, ChangeKind, PrintedPlace, Subject};
use super::custom_form::compare_forms;
use super::scope::{Scope, Seen};
use super::side::Side;
use super::words::Extent;
use crate::model::{Part, ReportHead};
use crate::source::Span;
use crate::view::part_anchor;

pub(super) fn compare_head(old_side: &Side<'_>, new_side: &Side<'_>) -> Vec<Change> {
    let (Some(old), Some(new)) = (&old_side.state.report.head, &new_side.state.report.head) else {
        return Vec::new();
    };
    let mut scope = Scope {
        old: old_side,
        new: new_side,
        subject: Subject::Report,
        subject_before: Some(Subject::Report),
        anchor: Some(String::new()),
        old_file: Some(old.file),
        new_file: Some(new.file),
        changes: Vec::new(),
    };
    if let (Some(was), Some(is)) = (&old.title, &new.title) {
        let before = Seen::new(old_side.builder.text(&was.value), was.span);
        let after = Seen::new(new_side.builder.text(&is.value), is.span);
        scope.differ("題名", Some(before), Some(after), Extent::Whole);
    }
    for (field, on_page, text) in FIELDS {
        let seen = |side: &Side<'_>, head: &ReportHead| {
            let line = side.field_line(head.heading, field);
            let is_guessed = line == head.heading && side.has_errors_in(head.file);
            (!is_guessed && !side.is_hole(Some(line))).then(|| text(side, head).map(|text| Seen::new(text, line)))
        };
        if let (Some(before), Some(after)) = (seen(old_side, old), seen(new_side, new))
            && let Some(change) = scope.differ(*field, before, after, Extent::Whole)
        {
            change.printed.clear();
            change.on_page = *on_page;
        }
    }
    compare_matter(&mut scope, ("前付", &old.front_matter, &new.front_matter), (old.heading, new.heading));
    compare_matter(&mut scope, ("後付", &old.back_matter, &new.back_matter), (old.heading, new.heading));
    compare_forms(&mut scope);
    scope.changes
}

/// The parts before or behind the chapters, as the book prints them; in another order they are one statement too.
fn compare_matter(
    scope: &mut Scope<'_>,
    (field, old, new): (&str, &[Part], &[Part]),
    (old_heading, new_heading): (Span, Span),
) {
    let (old_side, new_side) = (scope.old, scope.new);
    let printed = |side: &Side<'_>, named: &[Part]| -> Vec<Part> {
        side.builder.parts().filter(|part| named.contains(part)).collect()
    };
    let (old, new) = (printed(old_side, old), printed(new_side, new));
    let seen = |side: &Side<'_>, parts: &[Part], heading: Span| {
        let names: Vec<&str> = parts.iter().map(|part| part.name()).collect();
        (!names.is_empty()).then(|| Seen::new(names.join("、"), side.field_line(heading, field)))
    };
    let (before, after) = (seen(old_side, &old, old_heading), seen(new_side, &new, new_heading));
    let is_reordered = old.len() == new.len() && old.iter().all(|part| new.contains(part));
    if let Some(change) = scope.differ(field, before, after, Extent::Whole) {
        if is_reordered {
            change.what = ChangeKind::Reordered;
        }
        // Where the first of them stands that is gone or elsewhere.
        let first = old.iter().enumerate().find(|(at, part)| new.get(*at) != Some(*part));
        let place = |part: &Part| PrintedPlace { anchor: part_anchor(*part), words: Some(String::new()) };
        change.printed = first.into_iter().map(|(_, part)| place(part)).collect();
    }
}

type PrintedText = fn(&Side<'_>, &ReportHead) -> Option<String>;

/// The fields, and whether they stand in the heads of lists and tables.
const FIELDS: &[(&str, bool, PrintedText)] = &[
    ("年度", true, |_, head| head.fiscal_year.map(|year| year.label())),
    ("発行", false, |side, head| head.publisher.as_ref().map(|text| side.builder.text(&text.value))),
    ("発行日", false, |_, head| head.issue_date.map(|date| date.label())),
    ("単位", true, |_, head| Some(head.unit.unwrap_or_default().name().to_string())),
    ("開始頁", false, |_, head| Some(head.first_page.to_string())),
];
