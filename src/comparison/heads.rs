//! 【報告書】: what of its head is printed.

use super::change::{Change, Subject};
use super::custom_form::compare_forms;
use super::scope::{Scope, Seen};
use super::side::Side;
use super::words::Extent;
use crate::model::ReportHead;

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
    compare_forms(&mut scope);
    scope.changes
}

type PrintedPlace = fn(&Side<'_>, &ReportHead) -> Option<String>;

/// The fields, and whether they stand in the heads of lists and tables.
const FIELDS: &[(&str, bool, PrintedPlace)] = &[
    ("年度", true, |_, head| head.fiscal_year.map(|year| year.label())),
    ("発行", false, |side, head| head.publisher.as_ref().map(|text| side.builder.text(&text.value))),
    ("発行日", false, |_, head| head.issue_date.map(|date| date.label())),
    ("単位", true, |_, head| Some(head.unit.unwrap_or_default().name().to_string())),
    ("開始頁", false, |_, head| Some(head.first_page.to_string())),
];
