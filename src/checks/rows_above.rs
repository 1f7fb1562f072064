//! The rows that a 計 may be the sum of: those above it since the last 計, all of them, or the 計 themselves; and where it stands
//! above its parts, those below it.

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
    /// They stand below the 計.
    pub(super) are_below: bool,
}

impl<'a> RowsAbove<'a> {
    /// Of the 計 at that place in its table. Where no row above it may be one of its parts, those below it are.
    pub(super) fn of(table: &'a Indicator, total: usize, may_be_part: impl Fn(&Row) -> bool) -> Self {
        let (mut since, mut all, mut totals): (Vec<&Row>, Vec<&Row>, Vec<&Row>) = Default::default();
        let Some(own) = table.rows.get(total) else { return Self { since, all, totals, are_below: false } };
        for row in leaves(table.rows.get(..total).unwrap_or(&[]), own.role, 0) {
            let name = label_of(row);
            if is_part_name(&name) {
                continue;
            }
            if is_total(&name) {
                since.clear();
                totals.push(row);
            } else {
                since.push(row);
                all.push(row);
            }
        }
        // With ・ rows of its own its parts are those.
        let has_children = table.children(total).next().is_some();
        let is_above = !has_children && totals.is_empty() && is_bare_total(&label_of(own));
        if is_above && !all.iter().any(|row| may_be_part(row)) {
            let below = leaves(table.rows.get(total + 1..).unwrap_or(&[]), own.role, total + 1);
            since = below.into_iter().take_while(|row| !is_total(&label_of(row))).collect();
            since.retain(|row| !is_part_name(&label_of(row)));
            all.clone_from(&since);
            return Self { since, all, totals, are_below: true };
        }
        Self { since, all, totals, are_below: false }
    }

    /// Without rows that can be no parts.
    pub(super) fn leave_out(&mut self, is: impl Fn(&Row) -> bool) {
        self.since.retain(|row| !is(row));
        self.all.retain(|row| !is(row));
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
