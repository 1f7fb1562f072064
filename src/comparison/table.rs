//! 【指標】 and the tables of a form: cells by row and column, with shared values as they read.

use std::collections::BTreeMap;

use super::align::{AlignedItem, Pair, align};
use super::order::{Listed, Order};
use super::printed_table::PrintedTable;
use super::prose::compare_blocks;
use super::scope::{Scope, Seen};
use super::words::Extent;
use crate::model::{Columns, Indicator};
use crate::source::Span;
use crate::syntax::SectionKind;

/// Characters of a cell that is shown whole.
const LONG: usize = 48;

/// All tables under headings of a kind.
pub(super) fn compare_tables(scope: &mut Scope<'_>, kind: SectionKind, old: &[Indicator], new: &[Indicator]) {
    let heading = format!("【{}】", kind.name());
    let (old_side, new_side) = (scope.old, scope.new);
    let old: Vec<PrintedTable<'_>> = old.iter().map(|table| PrintedTable::new(old_side, table)).collect();
    let new: Vec<PrintedTable<'_>> = new.iter().map(|table| PrintedTable::new(new_side, table)).collect();
    let items = |tables: &[PrintedTable<'_>]| -> Vec<AlignedItem> {
        tables.iter().map(|table| AlignedItem { key: table.caption(), text: table.labels.join("\n") }).collect()
    };
    let several = old.len().max(new.len()) > 1;
    let pairs = align(&items(&old), &items(&new), true);
    let listed = |tables: &[PrintedTable<'_>], at: usize| {
        let (table, place) = (tables.get(at)?, format!("{}つ目の表", at + 1));
        Some(Listed { name: table.caption(), place, span: table.table.heading })
    };
    scope.order(
        (&heading, &format!("{heading}表の順")),
        &Order::of_pairs(&pairs),
        (&|at| listed(&old, at), &|at| listed(&new, at)),
    );
    for pair in pairs {
        let (was, is) = (pair.old.and_then(|at| old.get(at)), pair.new.and_then(|at| new.get(at)));
        let Some(named) = is.or(was) else { continue };
        let name = match (named.caption(), pair.new.or(pair.old)) {
            (caption, _) if !caption.is_empty() => format!("{heading}{caption}　"),
            (_, Some(at)) if several => format!("{heading}{}つ目の表　", at + 1),
            _ => heading.clone(),
        };
        match (was, is) {
            (Some(was), Some(is)) => {
                compare_captions(scope, &heading, was, is);
                compare_table(scope, &name, was, is);
            }
            _ => {
                scope.differ(name.trim_end(), was.map(PrintedTable::whole), is.map(PrintedTable::whole), Extent::Whole);
            }
        }
    }
}

fn compare_captions(scope: &mut Scope<'_>, heading: &str, old: &PrintedTable<'_>, new: &PrintedTable<'_>) {
    let caption = |table: &PrintedTable<'_>| {
        let text = Some(table.caption()).filter(|caption| !caption.is_empty());
        text.map(|text| Seen::new(text, table.table.caption.as_ref().map_or(table.table.heading, |c| c.span)))
    };
    scope.differ(format!("{heading}表の題"), caption(old), caption(new), Extent::Whole);
}

fn compare_table(scope: &mut Scope<'_>, name: &str, old: &PrintedTable<'_>, new: &PrintedTable<'_>) {
    let columns = compare_columns(scope, name, old, new);
    let pairs = align(&old.rows(), &new.rows(), false);
    let rows: BTreeMap<usize, usize> = pairs.iter().filter_map(|pair| pair.new.zip(pair.old)).collect();
    compare_row_order(scope, name, (old, new), &pairs);
    let mut last = None;
    for pair in pairs {
        match (pair.old, pair.new) {
            (Some(was), Some(is)) => {
                compare_row(scope, name, (old, was), (new, is), (&rows, &columns));
            }
            (was, is) => {
                let seen = |table: &PrintedTable<'_>, row: usize| Seen::new(table.row_text(row), table.span(row));
                let (before, after) = (was.map(|row| seen(old, row)), is.map(|row| seen(new, row)));
                let label = was.map(|row| old.path(row)).or_else(|| is.map(|row| new.path(row))).unwrap_or_default();
                if let Some(change) = scope.differ(format!("{name}{label}"), before, after, Extent::Whole) {
                    // What is new goes behind the row before it.
                    near(change, was.or(last).and_then(|row| old.labels.get(row)).cloned().unwrap_or_default());
                }
            }
        }
        last = pair.old.or(last);
    }
    compare_blocks(scope, &format!("{name}注"), (&old.table.notes, &new.table.notes), new.table.heading);
}

/// The rows that stand under no other, then those under each: a ・ that goes with its row did not move.
fn compare_row_order(
    scope: &mut Scope<'_>,
    name: &str,
    (old, new): (&PrintedTable<'_>, &PrintedTable<'_>),
    pairs: &[Pair],
) {
    let mut lists: BTreeMap<Option<usize>, Vec<(usize, usize)>> = BTreeMap::new();
    for (was, is) in pairs.iter().filter_map(|pair| pair.old.zip(pair.new)) {
        lists.entry(new.parent(is)).or_default().push((was, is));
    }
    for (parent, stayed) in lists {
        let section = parent.map_or_else(|| name.to_string(), |parent| format!("{name}{}　", new.path(parent)));
        let list = format!("{section}行の順");
        scope.order((&section, &list), &Order::of(&stayed), (&|row| old.listed(row), &|row| new.listed(row)));
    }
}

/// The columns of both tables that are one; years are what they are, whatever they are called.
fn compare_columns(
    scope: &mut Scope<'_>,
    name: &str,
    old: &PrintedTable<'_>,
    new: &PrintedTable<'_>,
) -> Vec<(usize, usize)> {
    if (&old.table.columns, &new.table.columns) == (&Columns::Years, &Columns::Years) {
        return vec![(0, 0), (1, 1)];
    }
    let items = |table: &PrintedTable<'_>| -> Vec<AlignedItem> {
        table.columns.iter().map(|label| AlignedItem { key: label.clone(), text: label.clone() }).collect()
    };
    let mut same = Vec::new();
    let pairs = align(&items(old), &items(new), true);
    let listed = |table: &PrintedTable<'_>, at: usize| {
        let (label, place) = (table.columns.get(at)?.clone(), format!("{}列目", at + 1));
        Some(Listed { name: label, place, span: head_place(table.table, at) })
    };
    scope.order(
        (&format!("{name}列　"), &format!("{name}列の順")),
        &Order::of_pairs(&pairs),
        (&|at| listed(old, at), &|at| listed(new, at)),
    );
    for pair in pairs {
        match (pair.old, pair.new) {
            (Some(was), Some(is)) => {
                let label = |table: &PrintedTable<'_>, at: usize| {
                    table.columns.get(at).map(|label| Seen::new(label.clone(), head_place(table.table, at)))
                };
                scope.differ(format!("{name}列の見出し"), label(old, was), label(new, is), Extent::Whole);
                same.push((was, is));
            }
            (was, is) => {
                let seen =
                    |table: &PrintedTable<'_>, at: usize| Seen::new(table.column_text(at), head_place(table.table, at));
                let (before, after) = (was.map(|at| seen(old, at)), is.map(|at| seen(new, at)));
                scope.differ(format!("{name}列"), before, after, Extent::Whole);
            }
        }
    }
    same
}

fn head_place(table: &Indicator, column: usize) -> Span {
    match &table.columns {
        Columns::Years => table.heading,
        Columns::Own(columns) => columns.get(column).map_or(table.heading, |column| column.label.span),
    }
}

fn compare_row(
    scope: &mut Scope<'_>,
    name: &str,
    (old, was): (&PrintedTable<'_>, usize),
    (new, is): (&PrintedTable<'_>, usize),
    (rows, columns): (&BTreeMap<usize, usize>, &[(usize, usize)]),
) {
    if let (Some(before), Some(after)) = (old.label(was), new.label(is)) {
        scope.differ(format!("{name}項目名"), Some(before), Some(after), Extent::Whole);
    }
    for (old_column, new_column) in columns {
        // One merged cell on paper is one change, at its first row.
        let owners = old.owner(was, *old_column).zip(new.owner(is, *new_column));
        if owners.is_some_and(|(was, is)| rows.get(&is) == Some(&was)) {
            continue;
        }
        // A hole of either side says nothing.
        let (Some(before), Some(after)) = (old.value(was, *old_column), new.value(is, *new_column)) else { continue };
        let column = new.names.get(*new_column).map_or("", String::as_str);
        let spot = format!("{name}{}　{column}", new.path(is)).replace('\n', "");
        let is_long = [&before, &after].iter().any(|seen| seen.text.chars().count() > LONG);
        let extent = if is_long { Extent::Near } else { Extent::Whole };
        if let Some(change) = scope.differ(spot, Some(before), Some(after), extent) {
            near(change, old.labels.get(was).cloned().unwrap_or_default());
        }
    }
}

/// A figure may stand anywhere on a page: its row is found by its label.
fn near(change: &mut super::Change, label: String) {
    for printed in &mut change.printed {
        printed.words = Some(label.clone()).filter(|label| !label.is_empty());
    }
}
