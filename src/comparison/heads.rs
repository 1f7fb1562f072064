//! 【報告書】: what of its head is printed.

use super::change::{Change, Subject};
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
        anchor: Some(String::new()),
        old_file: Some(old.file),
        new_file: Some(new.file),
        changes: Vec::new(),
    };
    if let (Some(was), Some(is)) = (&old.title, &new.title) {
        let before = Seen::new(old_side.painter.text(&was.value), was.span);
        let after = Seen::new(new_side.painter.text(&is.value), is.span);
        scope.differ("題名", Some(before), Some(after), Extent::Whole);
    }
    for (field, text) in FIELDS {
        let seen = |side: &Side<'_>, head: &ReportHead| {
            let line = side.field_line(head.heading, field);
            (!side.is_hole(Some(line))).then(|| text(side, head).map(|text| Seen::new(text, line)))
        };
        if let (Some(before), Some(after)) = (seen(old_side, old), seen(new_side, new))
            && let Some(change) = scope.differ(*field, before, after, Extent::Whole)
        {
            // Only the title stands on a page in these words.
            change.printed.clear();
        }
    }
    scope.changes
}

type Printed = fn(&Side<'_>, &ReportHead) -> Option<String>;

const FIELDS: &[(&str, Printed)] = &[
    ("年度", |_, head| head.fiscal_year.map(|year| year.label())),
    ("発行", |side, head| head.publisher.as_ref().map(|text| side.painter.text(&text.value))),
    ("発行日", |_, head| head.issue_date.map(|date| date.label())),
    ("単位", |_, head| Some(head.unit.name().to_string())),
    ("開始頁", |_, head| Some(head.first_page.to_string())),
];
