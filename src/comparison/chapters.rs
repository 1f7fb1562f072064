//! Which chapter was which, and the heads of chapters: title, number, order, 【取組の概要】, 再掲.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Subject};
use super::custom_form::{compare_fields, pairs};
use super::listings::{compare_list_order, compare_relisted};
use super::order::{Listed, ListedAt, Order};
use super::prose::compare_blocks;
use super::scope::{Scope, Seen, repeated};
use super::sections::compare_content;
use super::side::Side;
use super::words::Extent;
use crate::model::{Chapter, Part, Report, Succession};
use crate::view::chapter_anchor;

/// The chapters of both states side by side.
pub(super) struct Chapters {
    /// Old place of each new chapter
    was: Vec<Option<usize>>,
    /// New chapters that stand elsewhere among those beside them, alone, or in another chapter
    moved: BTreeSet<usize>,
    /// Where several of the chapters in one, or of the outermost, are in another order: their old and their new places
    reordered: BTreeMap<Option<usize>, (Vec<usize>, Vec<usize>)>,
    /// Old chapters that none of the new ones was
    pub(super) gone: Vec<usize>,
}

impl Chapters {
    /// By folder, then by title.
    pub(super) fn find(old: &Side<'_>, new: &Side<'_>) -> Self {
        let (old_chapters, new_chapters) = (&old.state.report.chapters, &new.state.report.chapters);
        let mut was: Vec<Option<usize>> = vec![None; new_chapters.len()];
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        let title = |side: &Side<'_>, chapter: &Chapter| {
            chapter.head.title.as_ref().map(|title| side.builder.text(&title.value))
        };
        let by_folder: BTreeMap<Option<String>, usize> =
            old_chapters.iter().enumerate().rev().map(|(at, chapter)| (Some(chapter.folder.clone()), at)).collect();
        let by_title: BTreeMap<Option<String>, usize> =
            old_chapters.iter().enumerate().rev().map(|(at, chapter)| (title(old, chapter), at)).collect();
        let folders = new_chapters.iter().map(|chapter| Some(chapter.folder.clone())).collect::<Vec<_>>();
        let titles = new_chapters.iter().map(|chapter| title(new, chapter)).collect::<Vec<_>>();
        for (keys, places) in [(folders, by_folder), (titles, by_title)] {
            for (key, was) in keys.iter().zip(&mut was).filter(|(key, was)| key.is_some() && was.is_none()) {
                *was = places.get(key).copied().filter(|place| taken.insert(*place));
            }
        }
        let parent = |side: &Side<'_>, at: usize| side.state.report.chapters.get(at).and_then(|chapter| chapter.parent);
        let changed_parent = |at: usize, before: usize| {
            let now = parent(new, at).map(|parent| was.get(parent).copied().flatten());
            now != parent(old, before).map(Some)
        };
        let (mut moved, mut reordered) = (BTreeSet::new(), BTreeMap::new());
        let mut siblings: BTreeMap<Option<usize>, Vec<(usize, usize)>> = BTreeMap::new();
        for (at, before) in was.iter().enumerate().filter_map(|(at, was)| Some((at, (*was)?))) {
            if changed_parent(at, before) {
                moved.insert(at);
            } else {
                siblings.entry(parent(new, at)).or_default().push((before, at));
            }
        }
        for (outer, stayed) in siblings {
            match Order::of(&stayed) {
                Order::Kept => {}
                Order::One(_, at) => drop(moved.insert(at)),
                Order::Several(before, after) => drop(reordered.insert(outer, (before, after))),
            }
        }
        let gone = (0..old_chapters.len()).filter(|at| !taken.contains(at)).collect();
        Self { was, moved, reordered, gone }
    }

    /// What a chapter was.
    pub(super) fn before(&self, new: usize) -> Option<usize> {
        self.was.get(new).copied().flatten()
    }

    pub(super) fn has_moved(&self, new: usize) -> bool {
        self.moved.contains(&new)
    }
}

pub(super) fn number_of(side: &Side<'_>, at: usize) -> String {
    side.state.report.chapter_number(at, |typed| side.builder.text(typed))
}

fn title(side: &Side<'_>, at: usize) -> Option<String> {
    let chapter = side.state.report.chapters.get(at)?;
    chapter.head.title.as_ref().map(|title| side.builder.text(&title.value))
}

/// ①人材の育成; of a chapter in chapters with their numbers: ①（2）若者の定着, 政策1　施策1-1　防災
pub(super) fn chapter_name(side: &Side<'_>, at: usize) -> String {
    let report = side.state.report;
    let title = title(side, at).unwrap_or_else(|| "（章の題名なし）".to_string());
    let mut number = number_of(side, at);
    let gap = if report.is_nested() { Report::gap_behind(&number) } else { "" };
    let mut outer = report.chapters.get(at).and_then(|chapter| chapter.parent);
    while let Some(above) = outer {
        let outer_number = number_of(side, above);
        number = format!("{outer_number}{}{number}", Report::gap_behind(&outer_number));
        outer = report.chapters.get(above).and_then(|chapter| chapter.parent);
    }
    format!("{number}{gap}{title}")
}

pub(super) fn scope_of<'a>(
    (old_side, new_side): (&'a Side<'a>, &'a Side<'a>),
    old: Option<usize>,
    new: Option<usize>,
) -> Scope<'a> {
    let subject = |side: &Side<'_>, at| Subject::Chapter { name: chapter_name(side, at) };
    let before = old.map(|at| subject(old_side, at));
    let now = new.map(|at| subject(new_side, at)).or_else(|| before.clone());
    let file = |side: &Side<'_>, at: Option<usize>| Some(side.state.report.chapters.get(at?)?.head.file);
    Scope {
        old: old_side,
        new: new_side,
        subject: now.unwrap_or(Subject::Report),
        subject_before: before,
        anchor: old.map(chapter_anchor),
        old_file: file(old_side, old),
        new_file: file(new_side, new),
        changes: Vec::new(),
    }
}

/// A chapter's own words and list; `new` is its place now.
pub(super) fn compare_chapter(
    sides: (&Side<'_>, &Side<'_>),
    chapters: &Chapters,
    succession: &Succession,
    new: usize,
) -> Vec<Change> {
    let (old_side, new_side) = sides;
    let Some(is) = new_side.state.report.chapters.get(new) else { return Vec::new() };
    let old = chapters.before(new);
    let Some((at, was)) = old.and_then(|at| Some((at, old_side.state.report.chapters.get(at)?))) else {
        if old_side.has_unread_in(&is.folder) {
            return Vec::new();
        }
        let mut scope = scope_of(sides, None, Some(new));
        scope.differ("章", None, Some(Seen::new(chapter_name(new_side, new), is.head.heading)), Extent::Whole);
        return scope.changes;
    };
    let mut scope = scope_of(sides, old, Some(new));
    if chapters.has_moved(new) {
        let place = |side: &Side<'_>, at: usize, heading| Seen::new(chapter_name(side, at), heading);
        scope.moved("章の順", place(old_side, at, was.head.heading), place(new_side, new, is.head.heading));
    }
    if was.head.number.is_some() || is.head.number.is_some() {
        let (before, after) = (number_of(old_side, at), number_of(new_side, new));
        let place = |chapter: &Chapter| chapter.head.number.as_ref().map_or(chapter.head.heading, |text| text.span);
        let (before, after) = (Seen::new(before, place(was)), Seen::new(after, place(is)));
        scope.differ("番号", Some(before), Some(after), Extent::Whole);
    }
    if let (Some(before), Some(after)) = (title(old_side, at), title(new_side, new)) {
        let place = |chapter: &Chapter| chapter.head.title.as_ref().map_or(chapter.head.heading, |text| text.span);
        let (before, after) = (Seen::new(before, place(was)), Seen::new(after, place(is)));
        let words = before.text.clone();
        if let Some(change) = scope.differ("章の題名", Some(before), Some(after), Extent::Whole) {
            change.printed.extend(repeated(old_side, &[Part::Contents, Part::Summary, Part::Charts], &words));
        }
    }
    let blocks = (was.head.overview.blocks.as_slice(), is.head.overview.blocks.as_slice());
    compare_blocks(&mut scope, "【取組の概要】", blocks, is.head.heading);
    compare_fields(&mut scope, &was.head.fields, &is.head.fields, is.head.heading);
    let forms = (&*old_side.state.report.form, &*new_side.state.report.form);
    for pair in pairs(forms, was.head.contents(), is.head.contents()) {
        compare_content(&mut scope, pair, is.head.heading);
    }
    compare_relisted(&mut scope, was, is, succession);
    compare_list_order(&mut scope, was, is, (at, new), succession);
    scope.changes
}

/// A chapter that is no longer there.
pub(super) fn compare_gone(sides: (&Side<'_>, &Side<'_>), old: usize) -> Vec<Change> {
    let (old_side, new_side) = sides;
    let Some(was) = old_side.state.report.chapters.get(old) else { return Vec::new() };
    if new_side.has_unread_in(&was.folder) {
        return Vec::new();
    }
    let mut scope = scope_of(sides, Some(old), None);
    scope.differ("章", Some(Seen::new(chapter_name(old_side, old), was.head.heading)), None, Extent::Whole);
    scope.changes
}

/// Chapters of which several stand in another order, each list of chapters as one statement of the report.
pub(super) fn compare_order(sides: (&Side<'_>, &Side<'_>), chapters: &Chapters) -> Vec<Change> {
    let (old_side, new_side) = sides;
    let mut changes = Vec::new();
    let listed = |side: &Side<'_>, at: usize| {
        let span = side.state.report.chapters.get(at)?.head.heading;
        Some(Listed { name: title(side, at).unwrap_or_default(), place: number_of(side, at), span })
    };
    for (outer, (before, after)) in &chapters.reordered {
        let first = before.first().copied();
        let mut scope = Scope {
            subject: Subject::Report,
            subject_before: Some(Subject::Report),
            ..scope_of(sides, first, after.first().copied())
        };
        let list =
            outer.map_or_else(|| "章の順".to_string(), |outer| format!("{}　章の順", chapter_name(new_side, outer)));
        let order = Order::Several(before.clone(), after.clone());
        let names = first.and_then(|at| title(old_side, at)).unwrap_or_default();
        let both: (&ListedAt<'_>, &ListedAt<'_>) = (&|at| listed(old_side, at), &|at| listed(new_side, at));
        if let Some(change) = scope.order(("", &list), &order, both) {
            change.printed.extend(repeated(old_side, &[Part::Contents, Part::Summary], &names));
        }
        changes.extend(scope.changes);
    }
    changes
}
