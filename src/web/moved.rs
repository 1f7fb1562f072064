//! Addresses that no page of this year has any more: each has a page that says where its program went.
//!
//! What a program was called is known from 旧名称, its own and those that it had last year, and, where 前年度 is named, from the ID
//! that it had there. Last year's programs that are nowhere in this report have a page too.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::address::{Addresses, address_of, address_of_chapter};
use crate::model::{Chapter, Program, Report, Succession};
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
    /// It is known from an edition that lay in the same place before.
    pub is_carried: bool,
}

/// The pages that lead on, in the order of their addresses.
pub fn moved_pages(report: &Report, last: Option<&Report>, addresses: &Addresses) -> Vec<Moved> {
    let used: BTreeSet<&str> = addresses.by_anchor().values().map(String::as_str).collect();
    let mut found: BTreeMap<String, Moved> = BTreeMap::new();
    let mut add = |path: String, name: &str, anchor: Option<String>| {
        if !used.contains(path.as_str()) {
            found.entry(path.clone()).or_insert_with(|| Moved {
                path,
                name: name.to_string(),
                anchor,
                is_carried: false,
            });
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
        for (path, title, anchor) in chapters(report, last, &succession) {
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

/// Last year's chapters whose folder is called otherwise now, and those that are gone. One that may be several leads to none.
fn chapters(report: &Report, last: &Report, succession: &Succession) -> Vec<(String, String, Option<String>)> {
    let (before, now) = (trails(last), trails(report));
    let places = last.chapters.iter().zip(&before).enumerate().map(|(at, (was, trail))| {
        let anchor = same_chapter((at, trail), (&before, &now), report, succession).map(chapter_anchor);
        (format!("chapters/{}.html", address_of_chapter(&was.folder)), title_of(was), anchor)
    });
    places.collect()
}

fn title_of(chapter: &Chapter) -> String {
    chapter.head.title.as_ref().map(|title| title.value.clone()).unwrap_or_default()
}

/// Of each chapter the titles of those that it lies in, the outermost first, and its own.
fn trails(report: &Report) -> Vec<Vec<String>> {
    let mut open: Vec<(usize, String)> = Vec::new();
    let trails = report.chapters.iter().map(|chapter| {
        open.retain(|(level, _)| *level < chapter.level);
        open.push((chapter.level, unified(&title_of(chapter))));
        open.iter().map(|(_, title)| title.clone()).collect()
    });
    trails.collect()
}

/// What a chapter of last year is now: by the titles of it and of what it lies in, else by where most of its programs are, else by
/// a title that both reports have once.
fn same_chapter(
    (at, trail): (usize, &Vec<String>),
    (before, now): (&[Vec<String>], &[Vec<String>]),
    report: &Report,
    succession: &Succession,
) -> Option<usize> {
    let named: Vec<usize> = (0..now.len()).filter(|own| now.get(*own) == Some(trail)).collect();
    if let [one] = named.as_slice() {
        return Some(*one);
    }
    let mut programs: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, _) in report.printed_programs() {
        if succession.before(index).is_some_and(|was| was.chapter == at) {
            *programs.entry(index.chapter).or_default() += 1;
        }
    }
    let most = programs.values().copied().max();
    let holds_most: Vec<usize> =
        programs.iter().filter(|(_, count)| Some(**count) == most).map(|(own, _)| *own).collect();
    match holds_most.as_slice() {
        [one] => return Some(*one),
        [_, _, ..] => return None,
        [] => {}
    }
    let titled = |trails: &[Vec<String>]| -> Vec<usize> {
        (0..trails.len()).filter(|own| trails.get(*own).and_then(|own| own.last()) == trail.last()).collect()
    };
    match (titled(before).as_slice(), titled(now).as_slice()) {
        ([_], [one]) => Some(*one),
        _ => None,
    }
}
