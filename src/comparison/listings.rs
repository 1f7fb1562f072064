//! The list of a chapter: which programs it shows, and in what order.

use std::collections::{BTreeMap, BTreeSet};

use super::order::{Listed, Order};
use super::scope::{Scope, Seen};
use super::side::Side;
use super::words::Extent;
use crate::model::{Chapter, Listing, ProgramIndex, Succession};
use crate::source::Span;

/// Which programs a list shows as 再掲.
pub(super) fn compare_relisted(scope: &mut Scope<'_>, old: &Chapter, new: &Chapter, succession: &Succession) {
    let relisted = |chapter: &Chapter| -> Vec<(ProgramIndex, Span)> {
        let rows = chapter.listing.iter();
        rows.filter_map(|row| match row {
            Listing::Own(_) => None,
            Listing::Relisted { target, line } => Some((*target, *line)),
        })
        .collect()
    };
    let (old_rows, new_rows) = (relisted(old), relisted(new));
    // A program that the other state could not read is in none of its lists.
    let name = |side: &Side<'_>, other: &Side<'_>, (index, line): (ProgramIndex, Span)| {
        let program = side.state.report.program(index).filter(|program| !other.is_unread(&program.id))?;
        Some(Seen::new(side.builder.program_name(program), line))
    };
    let stayed: BTreeSet<ProgramIndex> = new_rows.iter().filter_map(|(index, _)| succession.before(*index)).collect();
    let were: BTreeSet<ProgramIndex> = old_rows.iter().map(|(index, _)| *index).collect();
    let (old_side, new_side) = (scope.old, scope.new);
    for row in old_rows.into_iter().filter(|(index, _)| !stayed.contains(index)) {
        scope.differ("一覧の再掲", name(old_side, new_side, row), None, Extent::Whole);
    }
    for row in new_rows {
        if succession.before(row.0).is_none_or(|was| !were.contains(&was)) {
            scope.differ("一覧の再掲", None, name(new_side, old_side, row), Extent::Whole);
        }
    }
}

/// A row by the program's place in the older state, and whether it is 再掲.
type RowKey = (ProgramIndex, bool);

/// The order of the rows, as one statement: of all where the chapter's own programs kept theirs, which has a statement of
/// its own, else of 再掲 alone.
pub(super) fn compare_list_order(
    scope: &mut Scope<'_>,
    old: &Chapter,
    new: &Chapter,
    (was, is): (usize, usize),
    succession: &Succession,
) {
    let keys =
        |chapter: &Chapter, at: usize, before: &dyn Fn(ProgramIndex) -> Option<ProgramIndex>| -> Vec<Option<RowKey>> {
            let key = |row: &Listing| match row {
                Listing::Own(program) => Some((before(ProgramIndex { chapter: at, program: *program })?, false)),
                Listing::Relisted { target, .. } => Some((before(*target)?, true)),
            };
            chapter.listing.iter().map(key).collect()
        };
    let olds = keys(old, was, &|index| Some(index));
    let news = keys(new, is, &|index| succession.before(index));
    let places: BTreeMap<RowKey, usize> =
        olds.into_iter().enumerate().filter_map(|(row, key)| Some((key?, row))).collect();
    let stayed: Vec<(usize, usize, bool)> = news
        .into_iter()
        .enumerate()
        .filter_map(|(row, key)| key.and_then(|key| Some((*places.get(&key)?, row, key.1))))
        .collect();
    let order_of = |is_in: &dyn Fn(bool) -> bool| {
        let rows = stayed.iter().filter(|(.., relisted)| is_in(*relisted)).map(|(was, is, _)| (*was, *is));
        Order::of(&rows.collect::<Vec<_>>())
    };
    let own_kept = order_of(&|relisted| !relisted) == Order::Kept;
    let order = order_of(&|relisted| own_kept || relisted);
    let (old_side, new_side) = (scope.old, scope.new);
    scope.order(
        ("一覧　", "一覧の順"),
        &order,
        (&|row| listed_row(old_side, old, was, row), &|row| listed_row(new_side, new, is, row)),
    );
}

fn listed_row(side: &Side<'_>, chapter: &Chapter, at: usize, row: usize) -> Option<Listed> {
    let (index, mark, line) = match chapter.listing.get(row)? {
        Listing::Own(program) => (ProgramIndex { chapter: at, program: *program }, "", None),
        Listing::Relisted { target, line } => (*target, "（再掲）", Some(*line)),
    };
    let program = side.state.report.program(index)?;
    Some(Listed {
        name: format!("{}{mark}", side.builder.program_name(program)),
        place: format!("{}行目", row + 1),
        span: line.unwrap_or(program.heading),
    })
}
