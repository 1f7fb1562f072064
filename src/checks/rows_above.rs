//! The rows above a 計 that it may be the sum of: those since the last 計, all of them, or the 計 themselves.

use super::figures::{is_bare_total, is_part_name, is_total, is_within};
use super::rows::label_of;
use crate::model::{Indicator, Role, Row};

/// Without うち…, whose figure lies within another row's.
pub(super) struct RowsAbove<'a> {
    /// Since the last 計
    pub(super) since: Vec<&'a Row>,
    /// Without the 計
    pub(super) all: Vec<&'a Row>,
    totals: Vec<&'a Row>,
}

impl<'a> RowsAbove<'a> {
    /// Of the 計 at that place in its table. Where it stands above all others, those below it are its rows.
    pub(super) fn of(table: &'a Indicator, total: usize, role: Role) -> Self {
        let mut above = Self { since: Vec::new(), all: Vec::new(), totals: Vec::new() };
        if table.rows.first().filter(|_| total == 0).is_some_and(|first| is_bare_total(&label_of(first))) {
            let below = leaves(table.rows.get(1..).unwrap_or(&[]), role, 1);
            above.since = below.into_iter().take_while(|row| !is_total(&label_of(row))).collect();
            above.since.retain(|row| !is_part_name(&label_of(row)));
            above.all.clone_from(&above.since);
            return above;
        }
        for row in leaves(table.rows.get(..total).unwrap_or(&[]), role, 0) {
            let name = label_of(row);
            if is_part_name(&name) {
                continue;
            }
            if is_total(&name) {
                above.since.clear();
                above.totals.push(row);
            } else {
                above.since.push(row);
                above.all.push(row);
            }
        }
        above
    }

    /// The 計, and what stands below the last of them.
    pub(super) fn with_totals(&self) -> Vec<&'a Row> {
        self.totals.iter().chain(&self.since).copied().collect()
    }
}

/// The rows of one level that hold figures, of a table without its first ones; a label without cells stands for its ・ rows.
fn leaves(rows: &[Row], role: Role, skipped: usize) -> Vec<&Row> {
    let is_group = |row: &Row| matches!(row.role, Role::Group) && !is_within(&label_of(row));
    let of_group = |parent: usize| parent.checked_sub(skipped).and_then(|at| rows.get(at)).is_some_and(is_group);
    let is_leaf = |row: &&Row| match (role, row.role) {
        (Role::Child { parent }, Role::Child { parent: other }) => parent == other,
        (Role::Plain, Role::Plain) => true,
        (Role::Plain, Role::Child { parent }) => of_group(parent),
        _ => false,
    };
    rows.iter().filter(is_leaf).collect()
}
