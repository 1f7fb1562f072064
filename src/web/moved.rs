//! Addresses that no page of this year has any more: each has a page that says where its program went.
//!
//! What a program was called is known from 旧名称, its own and those that it had last year, and, where 前年度 is named, from the ID
//! that it had there. Last year's programs that are nowhere in this report have a page too.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::address::{Addresses, address_of, address_of_chapter};
use crate::model::{Program, Report, Succession};
use crate::syntax::chars::unified;
use crate::view::{chapter_anchor, program_anchor};

/// An address that a program or a chapter had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// From the edition's folder
    pub path: String,
    /// What stood there
    pub name: String,
    /// The anchor of what it is now; absent where it is nowhere in this report
    pub anchor: Option<String>,
}

/// The pages that lead on, in the order of their addresses.
pub fn moved_pages(report: &Report, last: Option<&Report>, addresses: &Addresses) -> Vec<Moved> {
    let used: BTreeSet<&str> = addresses.by_anchor().values().map(String::as_str).collect();
    let mut found: BTreeMap<String, Moved> = BTreeMap::new();
    let mut add = |path: String, name: &str, anchor: Option<String>| {
        if !used.contains(path.as_str()) {
            found.entry(path.clone()).or_insert_with(|| Moved { path, name: name.to_string(), anchor });
        }
    };
    let page = |id: &str| format!("programs/{}.html", address_of(id));
    let succession = last.map(|last| Succession::find(last, report));
    for (index, program) in report.printed_programs() {
        let anchor = || Some(program_anchor(index));
        let was = succession.as_ref().and_then(|own| own.before(index)).and_then(|was| last?.program(was));
        if let Some(was) = was {
            add(page(&was.id), name_of(was), anchor());
        }
        let former = |program: &Program| program.former_names.iter().map(|name| name.value.clone()).collect::<Vec<_>>();
        for name in former(program).iter().chain(was.map(former).iter().flatten()) {
            add(page(&id_of(name, last)), name, anchor());
        }
    }
    if let Some((last, succession)) = last.zip(succession) {
        for program in succession.gone().iter().filter_map(|place| last.program(*place)) {
            add(page(&program.id), name_of(program), None);
            for name in &program.former_names {
                add(page(&name.value), &name.value, None);
            }
        }
        for (path, title, anchor) in chapters(report, last) {
            add(path, &title, anchor);
        }
    }
    found.into_values().collect()
}

fn name_of(program: &Program) -> &str {
    program.name.as_ref().map_or(&program.id, |name| &name.value)
}

/// 旧名称 names a program by its name or by its ID; where last year's report is there, it says which ID the name had.
fn id_of(former: &str, last: Option<&Report>) -> String {
    let wanted = unified(former);
    let named = |program: &Program| program.name.as_ref().is_some_and(|name| unified(&name.value) == wanted);
    let known = last.and_then(|last| last.printed_programs().find(|(_, program)| named(program)));
    known.map_or_else(|| former.to_string(), |(_, program)| program.id.clone())
}

/// Last year's chapters whose folder is called otherwise now, by their titles, and those that are gone.
fn chapters(report: &Report, last: &Report) -> Vec<(String, String, Option<String>)> {
    let title = |chapter: &crate::model::Chapter| {
        chapter.head.title.as_ref().map(|title| title.value.clone()).unwrap_or_default()
    };
    let places = last.chapters.iter().map(|was| {
        let own = title(was);
        let now = report.chapters.iter().position(|chapter| unified(&title(chapter)) == unified(&own));
        (format!("chapters/{}.html", address_of_chapter(&was.folder)), own, now.map(chapter_anchor))
    });
    places.collect()
}
