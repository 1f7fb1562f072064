//! Changes as a 正誤表: what its template reads.

use serde::Serialize;

use super::change::{Change, ChangeKind, Subject, Wording, departments};
use crate::view::DateView;

/// `/report.json` of `templates/errata`. Every string is ready to print.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Errata {
    /// Of the report that was printed
    pub title: String,
    pub publisher: String,
    /// Absent when the newer state names none
    pub date: Option<DateView>,
    /// Families in the report's own `fonts/`
    pub fonts: Vec<String>,
    /// What a reader must know of the whole
    pub notes: Vec<String>,
    pub groups: Vec<ErrataGroup>,
}

/// A department, or the sums.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ErrataGroup {
    pub name: String,
    pub rows: Vec<ErrataRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ErrataRow {
    /// 35, 18、35 or 35〜36; empty where nobody knows
    pub pages: String,
    /// Lines
    pub spot: Vec<String>,
    pub before: Vec<ErrataPart>,
    pub after: Vec<ErrataPart>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ErrataPart {
    pub text: String,
    pub changed: bool,
}

/// The changes that a reader of the pages sees, by department, the sums last. `pages` finds the printed page numbers of
/// a change, `print` makes a text fit for the page.
pub fn errata_groups(
    changes: &[Change],
    office: &str,
    pages: &dyn Fn(&Change) -> String,
    print: &dyn Fn(&str) -> String,
) -> Vec<ErrataGroup> {
    let row = |change: &Change| ErrataRow {
        pages: pages(change),
        spot: spot(change).iter().map(|line| print(line)).collect(),
        before: parts(change.before.as_ref(), "（記載なし）", print),
        after: parts(change.after.as_ref(), "（削除）", print),
    };
    let group = |name: &str, changes: &mut dyn Iterator<Item = &Change>| ErrataGroup {
        name: print(name),
        rows: changes.filter(|change| change.on_page).map(row).collect(),
    };
    let mut groups: Vec<ErrataGroup> =
        departments(changes, office).into_iter().map(|(name, changes)| group(name, &mut changes.into_iter())).collect();
    groups.push(group("小計・合計", &mut changes.iter().filter(|change| change.subject == Subject::Sums)));
    groups.retain(|group| !group.rows.is_empty());
    groups
}

/// The place as the older state names it: the reader holds that one.
fn spot(change: &Change) -> Vec<String> {
    let subject = change.subject_before.as_ref().unwrap_or(&change.subject);
    let head = match subject {
        Subject::Report | Subject::Sums => None,
        Subject::Chapter { name } => Some(name.clone()),
        Subject::Program { number, no, name, .. } => Some(format!("{number} No.{no}　{name}")),
    };
    let spot = match change.what {
        ChangeKind::Moved => format!("{}（移動）", change.spot),
        ChangeKind::Changed | ChangeKind::Added | ChangeKind::Removed => change.spot.clone(),
    };
    head.into_iter().chain([spot.trim_end().to_string()]).collect()
}

fn parts(wording: Option<&Wording>, absent: &str, print: &dyn Fn(&str) -> String) -> Vec<ErrataPart> {
    match wording {
        None => vec![ErrataPart { text: absent.to_string(), changed: true }],
        Some(wording) => {
            wording.parts.iter().map(|part| ErrataPart { text: print(&part.text), changed: part.changed }).collect()
        }
    }
}
