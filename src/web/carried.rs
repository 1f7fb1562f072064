//! Addresses of an edition that lay in the same place: they last, however many years ago their pages were made.
//!
//! `moved_pages` knows what last year's report knows. What stood there before that is known from the edition that is replaced: its
//! programs where it is of an earlier year, and the addresses that led on in it. Of an edition of the same year, which may be a
//! draft, only what it carried itself is carried on.

use std::collections::{BTreeMap, BTreeSet};

use super::address::Addresses;
use super::edition::EditionFile;
use super::moved::Moved;
use crate::model::Report;
use crate::syntax::chars::unified;
use crate::view::program_anchor;

/// Adds the pages for addresses of the edition before that no page of this one has, and marks those that this year's report knows
/// too: it may know them no more when the edition is made again. `year` is that of this one.
pub fn carry_on(moved: &mut Vec<Moved>, before: &EditionFile, year: i32, report: &Report, addresses: &Addresses) {
    let programs = before.programs.iter().filter(|_| before.year < year).map(|program| &program.path);
    let led = before.moved.keys().filter(|path| before.year < year || before.carried.contains_key(*path));
    let known = programs.chain(led.filter(|_| before.year <= year));
    let known: BTreeSet<&String> = known.filter(|path| is_address(path)).collect();
    for own in moved.iter_mut() {
        own.is_carried = known.contains(&own.path);
    }
    let ways = Ways {
        pages: addresses.by_anchor().iter().map(|(anchor, path)| (path.as_str(), anchor.as_str())).collect(),
        moved: moved.iter().map(|own| (own.path.as_str(), own.anchor.as_deref())).collect(),
        before,
        by_name: anchors_by_name(report),
    };
    let gone = known.into_iter().filter(|path| !ways.has(path));
    let carried = gone.map(|path| Moved {
        path: path.clone(),
        name: before.name_at(path),
        anchor: ways.follow(path).map(str::to_string),
        is_carried: true,
    });
    let carried: Vec<Moved> = carried.collect();
    moved.extend(carried);
    moved.sort_by(|one, other| one.path.cmp(&other.path));
}

/// Whether somebody's file names a page of ours: it becomes a path.
fn is_address(path: &str) -> bool {
    let name = ["programs/", "chapters/"].iter().find_map(|folder| path.strip_prefix(folder)?.strip_suffix(".html"));
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    name.is_some_and(|name| !name.is_empty() && name.len() <= 80 && name.bytes().all(is_plain))
}

/// The programs of a report by what they are and were called; nothing where two have the name.
fn anchors_by_name(report: &Report) -> BTreeMap<String, Option<String>> {
    let mut found: BTreeMap<String, Option<String>> = BTreeMap::new();
    for (index, program) in report.printed_programs() {
        let names = program.name.iter().chain(&program.former_names).map(|name| unified(&name.value));
        for name in names.collect::<BTreeSet<_>>() {
            found.entry(name).and_modify(|anchor| *anchor = None).or_insert_with(|| Some(program_anchor(index)));
        }
    }
    found
}

/// Where addresses lead.
struct Ways<'a> {
    /// The anchor of each page of this edition
    pages: BTreeMap<&'a str, &'a str>,
    /// The anchor that each address of this edition leads on to
    moved: BTreeMap<&'a str, Option<&'a str>>,
    before: &'a EditionFile,
    by_name: BTreeMap<String, Option<String>>,
}

impl Ways<'_> {
    fn has(&self, path: &str) -> bool {
        self.pages.contains_key(path) || self.moved.contains_key(path)
    }

    /// What an address of the edition before is now; nothing for what is nowhere in this report.
    fn follow(&self, path: &str) -> Option<&str> {
        let mut next = path;
        // In a file that somebody changed addresses may lead in a circle.
        for _ in 0..=self.before.moved.len() {
            if let Some(anchor) = self.pages.get(next) {
                return Some(*anchor);
            }
            if let Some(anchor) = self.moved.get(next) {
                return *anchor;
            }
            match self.before.moved.get(next) {
                Some(Some(target)) => next = target,
                Some(None) | None => break,
            }
        }
        let program = self.before.programs.iter().find(|program| program.path == next)?;
        self.by_name.get(&unified(&program.name))?.as_deref()
    }
}
