//! What changed between two states of a report: those that were printed and those that are now.
//!
//! What is printed is compared, never what was typed: two texts that the house style prints alike are no change. What
//! could not be read in one of the states is left out, because nobody knows what it will be. Knows nothing of disks,
//! commands and pages; `PrintedPlace` only tells where the older state printed a thing, for whoever looks for its page.

mod align;
mod cases;
mod change;
mod chapters;
mod custom_form;
mod cut;
mod errata;
mod heads;
mod listings;
mod order;
mod parts;
mod printed_table;
mod programs;
mod prose;
mod scope;
mod sections;
mod sheet;
mod side;
mod sums;
mod table;
mod text;
mod words;

pub use change::{Change, ChangeKind, FileLine, PrintedPlace, Subject, TextPart, Wording, departments};
pub use errata::{Errata, ErrataGroup, ErrataPart, ErrataRow, PrintedPages, errata_groups};
pub use sheet::{is_own_table, to_csv};
pub use side::ReportState;
pub use text::to_text;

use std::collections::BTreeMap;

use chapters::{Chapters, compare_chapter, compare_gone, compare_order, scope_of};
use heads::compare_head;
use order::{Listed, Order};
use parts::compare_parts;
use programs::{compare_lone, compare_program};
use side::Side;
use sums::compare_sums;

use crate::diagnostic::Diagnostics;
use crate::model::{ProgramIndex, Succession};
use crate::view::{Pictures, ViewBuilder, ViewInput, chapter_anchor};

/// Everything that is printed otherwise in `new` than in `old`: the report's head, its chapters with their programs in
/// order, what is gone after what stayed, the sums last.
pub fn compare(old: &ReportState<'_>, new: &ReportState<'_>) -> Vec<Change> {
    let (silent, pictures) = (Diagnostics::new(), Pictures::new());
    let (old_input, new_input) = (input(old, &silent, &pictures), input(new, &silent, &pictures));
    let old = Side::new(old, ViewBuilder::new(&old_input));
    let new = Side::new(new, ViewBuilder::new(&new_input));
    let chapters = Chapters::find(&old, &new);
    let succession = Succession::find(old.state.report, new.state.report);
    let mut gone: BTreeMap<Option<usize>, Vec<ProgramIndex>> = BTreeMap::new();
    let homes: BTreeMap<usize, usize> =
        (0..new.state.report.chapters.len()).filter_map(|at| Some((chapters.before(at)?, at))).collect();
    for index in succession.gone() {
        gone.entry(homes.get(&index.chapter).copied()).or_default().push(*index);
    }
    let mut changes = compare_head(&old, &new);
    changes.extend(compare_order((&old, &new), &chapters));
    for at in 0..new.state.report.chapters.len() {
        changes.extend(compare_chapter((&old, &new), &chapters, &succession, at));
        changes.extend(compare_programs(&old, &new, &chapters, &succession, at));
        changes.extend(compare_gone_programs(&old, &new, gone.get(&Some(at))));
    }
    for at in &chapters.gone {
        changes.extend(compare_gone((&old, &new), *at));
    }
    changes.extend(compare_gone_programs(&old, &new, gone.get(&None)));
    changes.extend(compare_sums(&old, &new, &chapters));
    changes.extend(compare_parts(&old, &new, &chapters));
    changes
}

fn input<'a>(state: &ReportState<'a>, silent: &'a Diagnostics, pictures: &'a Pictures) -> ViewInput<'a> {
    ViewInput {
        files: state.files,
        report: state.report,
        diagnostics: silent,
        pictures,
        fonts: &[],
        has_glyph: &|_| true,
        draft: false,
    }
}

/// The programs of a chapter as it is now.
fn compare_programs(
    old: &Side<'_>,
    new: &Side<'_>,
    chapters: &Chapters,
    succession: &Succession,
    chapter: usize,
) -> Vec<Change> {
    let programs = new.state.report.chapters.get(chapter).map_or(&[][..], |chapter| &chapter.programs);
    let home = chapters.before(chapter);
    let was: Vec<Option<ProgramIndex>> =
        (0..programs.len()).map(|program| succession.before(ProgramIndex { chapter, program })).collect();
    // A number that only gave way to a new program did not move.
    let stayed: Vec<(usize, usize)> = was
        .iter()
        .enumerate()
        .filter_map(|(at, was)| was.filter(|was| Some(was.chapter) == home).map(|was| (was.program, at)))
        .collect();
    let order = Order::of(&stayed);
    let mut changes = compare_program_order((old, new), (home, chapter), &order);
    let has_moved =
        |at: usize, was: ProgramIndex| Some(was.chapter) != home || matches!(order, Order::One(_, is) if is == at);
    for (at, program) in programs.iter().enumerate() {
        let placed = (ProgramIndex { chapter, program: at }, program.as_ref());
        let before = was.get(at).copied().flatten();
        match before.and_then(|index| Some((index, old.state.report.program(index)?))) {
            Some(before) => {
                let has_moved = has_moved(at, before.0);
                changes.extend(compare_program((old, new), before, placed, has_moved));
            }
            None if old.is_unread(&program.id) => {}
            None => {
                let mut added = compare_lone(old, new, None, Some(placed));
                let before = was.iter().take(at).rev().find_map(|was| was.filter(|was| Some(was.chapter) == home));
                let place = home.map(|home| listed_behind(old, home, before));
                added.iter_mut().for_each(|change| change.printed.extend(place.clone()));
                changes.extend(added);
            }
        }
    }
    changes
}

/// Where the list of a chapter has a program, or begins: there a new one goes.
fn listed_behind(old: &Side<'_>, home: usize, before: Option<ProgramIndex>) -> PrintedPlace {
    let name = before.and_then(|index| Some(old.builder.program_name(old.state.report.program(index)?)));
    PrintedPlace { anchor: chapter_anchor(home), words: Some(name.unwrap_or_default()) }
}

/// Several programs of a chapter in another order, as one statement of the chapter; one that moved says so itself.
fn compare_program_order(
    sides: (&Side<'_>, &Side<'_>),
    (home, chapter): (Option<usize>, usize),
    order: &Order,
) -> Vec<Change> {
    let (Order::Several(..), Some(home)) = (order, home) else { return Vec::new() };
    let listed = |side: &Side<'_>, chapter: usize, program: usize| {
        let found = side.state.report.program(ProgramIndex { chapter, program })?;
        let place = format!("No.{}", program + 1);
        let span = side.state.report.chapters.get(chapter)?.head.heading;
        Some(Listed { name: side.builder.program_name(found), place, span })
    };
    let mut scope = scope_of(sides, Some(home), Some(chapter));
    scope.order(("", "事業の順"), order, (&|at| listed(sides.0, home, at), &|at| listed(sides.1, chapter, at)));
    scope.changes
}

fn compare_gone_programs(old: &Side<'_>, new: &Side<'_>, gone: Option<&Vec<ProgramIndex>>) -> Vec<Change> {
    let gone = gone.into_iter().flatten();
    let programs = gone.filter_map(|index| Some((*index, old.state.report.program(*index)?)));
    programs
        .filter(|(_, program)| !new.is_unread(&program.id))
        .flat_map(|placed| compare_lone(old, new, Some(placed), None))
        .collect()
}
