//! What tells columns of one head apart: the heads of their groups above them, or the names of the columns.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Cell, Merged, Table};
use super::money_units::unit_of;
use super::place::name_of_column;

/// Labels that tell columns of one head apart.
pub(super) fn labels(table: &Table, heads: &[Cell]) -> Vec<String> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    heads.iter().for_each(|cell| *times.entry(cell.text.as_str()).or_default() += 1);
    let label = |(at, cell): (usize, &Cell)| {
        let bare = cell.text.replace('\n', "");
        let is_one = times.get(cell.text.as_str()) == Some(&1);
        if is_one || bare.is_empty() { bare } else { format!("{bare}（{}）", name_of_column(table, at)) }
    };
    heads.iter().enumerate().map(label).collect()
}

/// What stands over groups of columns in the rows above a head; a title over all of them is no group.
pub(super) fn groups(table: &Table, head: usize) -> Vec<String> {
    let mut groups: Vec<String> = Vec::new();
    for row in table.rows.iter().take(head) {
        let texts =
            row.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty() && unit_of(text).is_none());
        if texts.collect::<BTreeSet<_>>().len() < 2 {
            continue;
        }
        let has_merged = row.iter().any(|cell| cell.merged == Merged::Left);
        let mut above = "";
        groups.resize(row.len().max(groups.len()), String::new());
        for (cell, group) in row.iter().zip(&mut groups) {
            match cell.merged {
                _ if !cell.text.is_empty() => above = &cell.text,
                Merged::No if has_merged => above = "",
                Merged::No | Merged::Left | Merged::Up => {}
            }
            if !above.is_empty() {
                let blank = if group.is_empty() { "" } else { "　" };
                *group = format!("{group}{blank}{}", above.replace('\n', ""));
            }
        }
    }
    groups
}
