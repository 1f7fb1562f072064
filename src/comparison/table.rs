//! 【指標】 and the tables of a form: cells by row and column, with shared values as they read.

use std::collections::BTreeMap;

use super::align::{AlignedItem, align};
use super::prose::compare_blocks;
use super::scope::{Scope, Seen};
use super::side::Side;
use super::words::Extent;
use crate::model::{Columns, Indicator, Role, Value};
use crate::source::Span;
use crate::syntax::SectionKind;

/// Characters of a cell that is shown whole.
const LONG: usize = 48;

/// A table as it is printed.
struct PrintedTable<'a> {
    table: &'a Indicator,
    columns: Vec<String>,
    /// Each column where it stands alone: 6年度の決算額
    names: Vec<String>,
    labels: Vec<String>,
    side: &'a Side<'a>,
}

impl<'a> PrintedTable<'a> {
    fn new(side: &'a Side<'a>, table: &'a Indicator) -> Self {
        let labels = table.rows.iter().map(|row| match row.label.lines.is_empty() {
            true => String::new(),
            false => side.builder.label_text(row),
        });
        let (columns, names) = (side.builder.column_labels(table), side.builder.column_names(table));
        Self { table, columns, names, labels: labels.collect(), side }
    }

    fn caption(&self) -> String {
        self.table.caption.as_ref().map(|caption| self.side.builder.text(&caption.value)).unwrap_or_default()
    }

    /// The label, behind that of its group.
    fn path(&self, row: usize) -> String {
        let label = self.labels.get(row).cloned().unwrap_or_default();
        let parent = self.parent(row).and_then(|parent| self.labels.get(parent));
        parent.map_or(label.clone(), |parent| format!("{parent}　{label}"))
    }

    /// The value as it reads; nothing for a hole.
    fn value(&self, row: usize, column: usize) -> Option<Seen> {
        let value = self.table.rows.get(row)?.values.get(column)?;
        let (cell, span) = match value {
            Value::Own(cell) | Value::Computed(cell) => (cell, cell.span),
            Value::Shared { row, span } => match self.table.rows.get(*row)?.values.get(column)? {
                Value::Own(cell) | Value::Computed(cell) => (cell, *span),
                Value::Shared { .. } | Value::Hole(_) => return None,
            },
            Value::Hole(_) => return None,
        };
        Some(Seen::new(self.side.builder.cell_text(cell), span))
    }

    /// The row whose cell this one shares.
    fn owner(&self, row: usize, column: usize) -> Option<usize> {
        match self.table.rows.get(row)?.values.get(column)? {
            Value::Shared { row, .. } => Some(*row),
            Value::Own(_) | Value::Computed(_) | Value::Hole(_) => None,
        }
    }

    /// 参加者数｜10名｜20名
    fn row_text(&self, row: usize) -> String {
        format!("{}{}", self.path(row), self.values_text(row))
    }

    fn values_text(&self, row: usize) -> String {
        let count = self.table.rows.get(row).map_or(0, |row| row.values.len());
        let value = |column| self.value(row, column).map_or_else(String::new, |seen| seen.text);
        (0..count).map(|column| format!("｜{}", value(column))).collect()
    }

    /// By what a row is known again whose label, or whose group's, is another one.
    fn likeness(&self, row: usize) -> String {
        let own = |row: usize| format!("{}{}", self.labels.get(row).map_or("", String::as_str), self.values_text(row));
        let is_child = |other: &usize| self.parent(*other) == Some(row) && self.is_group(row);
        let children = (row + 1..self.table.rows.len()).take_while(is_child).map(own);
        std::iter::once(own(row)).chain(children).collect()
    }

    fn parent(&self, row: usize) -> Option<usize> {
        match self.table.rows.get(row)?.role {
            Role::Child { parent } => Some(parent),
            Role::Plain | Role::Group => None,
        }
    }

    fn whole(&self) -> Seen {
        let rows = (0..self.table.rows.len()).map(|row| self.row_text(row));
        let head = std::iter::once(self.caption()).filter(|caption| !caption.is_empty());
        let lines: Vec<String> = head.chain(rows).collect();
        Seen::new(lines.join("\n"), self.table.heading)
    }

    fn rows(&self) -> Vec<AlignedItem> {
        let key = |row: usize| format!("{}{}", self.path(row), if self.is_group(row) { "\n" } else { "" });
        (0..self.table.rows.len()).map(|row| AlignedItem { key: key(row), text: self.likeness(row) }).collect()
    }

    fn is_group(&self, row: usize) -> bool {
        self.table.rows.get(row).is_some_and(|row| row.role == Role::Group)
    }

    fn label(&self, row: usize) -> Option<Seen> {
        let label = self.labels.get(row).filter(|label| !label.is_empty())?;
        Some(Seen::new(label.clone(), self.span(row)))
    }

    fn span(&self, row: usize) -> Span {
        self.table.rows.get(row).map_or(self.table.heading, |row| row.label.span)
    }

    /// The head of a column with all that stands under it.
    fn column_text(&self, column: usize) -> String {
        let cells = (0..self.table.rows.len())
            .filter_map(|row| self.value(row, column).map(|value| format!("{}｜{}", self.path(row), value.text)));
        self.names.get(column).cloned().into_iter().chain(cells).collect::<Vec<_>>().join("\n")
    }
}

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
    for pair in align(&items(&old), &items(&new), true) {
        let (was, is) = (pair.old.and_then(|at| old.get(at)), pair.new.and_then(|at| new.get(at)));
        let Some(named) = is.or(was) else { continue };
        let name = match (named.caption(), pair.new.or(pair.old)) {
            (caption, _) if !caption.is_empty() => format!("{heading}{caption}　"),
            (_, Some(at)) if several => format!("{heading}{}つ目の表　", at + 1),
            _ => heading.clone(),
        };
        match (was, is) {
            (Some(was), Some(is)) => {
                if let (true, Some(from), Some(to)) = (pair.moved, pair.old, pair.new) {
                    let place = |at: usize| format!("{}つ目の表", at + 1);
                    let (before, after) = (place(from), place(to));
                    let (before, after) = (Seen::new(before, was.table.heading), Seen::new(after, is.table.heading));
                    scope.moved(name.trim_end(), before, after);
                }
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
    for pair in pairs {
        match (pair.old, pair.new) {
            (Some(was), Some(is)) => {
                if pair.moved {
                    let place = |row: usize| format!("{}行目", row + 1);
                    let before = Seen::new(place(was), old.span(was));
                    let change =
                        scope.moved(format!("{name}{}", new.path(is)), before, Seen::new(place(is), new.span(is)));
                    near(change, old.path(was));
                }
                compare_row(scope, name, (old, was), (new, is), (&rows, &columns));
            }
            (was, is) => {
                let seen = |table: &PrintedTable<'_>, row: usize| Seen::new(table.row_text(row), table.span(row));
                let (before, after) = (was.map(|row| seen(old, row)), is.map(|row| seen(new, row)));
                let label = was.map(|row| old.path(row)).or_else(|| is.map(|row| new.path(row))).unwrap_or_default();
                if let Some(change) = scope.differ(format!("{name}{label}"), before, after, Extent::Whole) {
                    near(change, was.and_then(|row| old.labels.get(row)).cloned().unwrap_or_default());
                }
            }
        }
    }
    compare_blocks(scope, &format!("{name}注"), (&old.table.notes, &new.table.notes), new.table.heading);
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
    for pair in align(&items(old), &items(new), true) {
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
