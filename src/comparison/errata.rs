//! Changes as a 正誤表, in the order of the book's pages: what its template reads.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::change::{Change, ChangeKind, Subject, Wording};
use crate::view::DateView;

/// `/report.json` of `templates/errata`. Every string is ready to print.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Errata {
    /// Of the report that was printed
    pub title: String,
    /// When that report came out: 令和7年9月1日; empty where nobody knows
    pub issued: String,
    pub publisher: String,
    /// Of the 正誤表 itself; absent where none was given
    pub date: Option<DateView>,
    /// Of the PDF where the 正誤表 has no date of its own: 発行日 of the newer state
    pub document_date: Option<DateView>,
    /// Families in the report's own `fonts/`
    pub fonts: Vec<String>,
    /// What a reader must know of the whole
    pub notes: Vec<String>,
    /// In the order of the book
    pub groups: Vec<ErrataGroup>,
}

/// What stands on one page of the book.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ErrataGroup {
    /// 35 or 35〜36; empty for what stands on no page, and where nobody knows
    pub pages: String,
    pub rows: Vec<ErrataRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ErrataRow {
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

/// Pages of the book that print a thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PrintedPages {
    /// Places of the first and the last in the book, from 0
    pub first: usize,
    pub last: usize,
    /// 35 or 35〜36
    pub label: String,
}

/// The changes that a reader of the pages sees, by the page that he comes to first; the other pages are named behind the
/// spot, and what stands on no page comes last. `pages` finds the pages of a change, `print` makes a text fit for the page.
pub fn errata_groups(
    changes: &[Change],
    pages: &dyn Fn(&Change) -> Vec<PrintedPages>,
    print: &dyn Fn(&str) -> String,
) -> Vec<ErrataGroup> {
    let mut groups: BTreeMap<(bool, Option<PrintedPages>), Vec<ErrataRow>> = BTreeMap::new();
    for change in changes.iter().filter(|change| change.on_page) {
        let mut found = pages(change).into_iter().collect::<BTreeSet<_>>().into_iter();
        let first = found.next();
        let others: Vec<String> = found.map(|pages| pages.label).filter(|label| !label.is_empty()).collect();
        let also = (!others.is_empty()).then(|| format!("（{}頁にも）", others.join("、")));
        groups.entry((first.is_none(), first)).or_default().push(ErrataRow {
            spot: spot(change).into_iter().chain(also).map(|line| print(&line)).collect(),
            before: parts(change.before.as_ref(), "（記載なし）", print),
            after: parts(change.after.as_ref(), "（削除）", print),
        });
    }
    let label = |pages: Option<PrintedPages>| pages.map(|pages| pages.label).unwrap_or_default();
    groups.into_iter().map(|((_, pages), rows)| ErrataGroup { pages: label(pages), rows }).collect()
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
        ChangeKind::Reordered | ChangeKind::Changed | ChangeKind::Added | ChangeKind::Removed => change.spot.clone(),
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
