//! J039: what a report has published, held against what the next one says of the same years.

use std::collections::BTreeMap;

use super::rows::{label_of, without_remark};
use super::unit::is_same;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::form::RowPlace;
use crate::model::{
    Cell, Columns, DeclaredRow, FiscalYear, Indicator, Row, SectionContent, Value, is_settled, parse_quantities,
    split_year,
};
use crate::syntax::SectionKind;
use crate::syntax::chars::{is_blank, is_no_value, unified};

/// A table with the name of its section.
type Named<'a> = (&'static str, &'a Indicator);

/// The tables among the contents of a program or a chapter.
pub(super) fn tables<'a>(contents: impl Iterator<Item = (SectionKind, &'a SectionContent)>) -> Vec<Named<'a>> {
    let tables = contents.filter_map(|(kind, content)| match content {
        SectionContent::Tables(tables) => Some(tables.iter().map(move |table| (kind.name(), table))),
        SectionContent::Prose(_)
        | SectionContent::Cases(_)
        | SectionContent::Photos(_)
        | SectionContent::Choice(_)
        | SectionContent::Grades(_) => None,
    });
    tables.flatten().collect()
}

/// Compares every cell whose year and column both reports have. `year` is that of the newer one, `heading` that under which
/// its 確認済 stands.
pub(super) fn check(
    (before, after): (&[Named<'_>], &[Named<'_>]),
    year: FiscalYear,
    heading: &str,
    diagnostics: &mut Diagnostics,
) {
    let has = |all: &[Named<'_>], name: &str| all.iter().any(|(other, _)| unified(other) == unified(name));
    let mut published: BTreeMap<&str, Rows<'_>> = BTreeMap::new();
    let mut rows: BTreeMap<RowName, usize> = BTreeMap::new();
    for (section, table) in after {
        let published = published.entry(section).or_insert_with(|| {
            // A section that is not there any more may be this one under its old name.
            let is_known = has(before, section);
            let is_it = |name: &str| if is_known { unified(name) == unified(section) } else { !has(after, name) };
            rows_of(before.iter().filter(|(name, _)| is_it(name)).map(|(_, table)| *table))
        });
        for row in table.rows.iter().filter(|row| !row.values.is_empty()) {
            let name = row_name(section, table, row);
            // Rows of one name are the same by their order.
            let place = rows.entry(name.clone()).or_default();
            let was = published.get(&RowName { section: String::new(), ..name }).and_then(|rows| rows.get(*place));
            *place += 1;
            if let Some(was) = was {
                check_row(*was, (table, row), year, heading, diagnostics);
            }
        }
    }
}

/// Rows with their tables, by name and in their order.
type Rows<'a> = BTreeMap<RowName, Vec<(&'a Indicator, &'a Row)>>;

fn rows_of<'a>(tables: impl Iterator<Item = &'a Indicator>) -> Rows<'a> {
    let mut rows: Rows<'_> = BTreeMap::new();
    for table in tables {
        for row in table.rows.iter().filter(|row| !row.values.is_empty()) {
            rows.entry(row_name("", table, row)).or_default().push((table, row));
        }
    }
    rows
}

fn check_row(
    (old, was): (&Indicator, &Row),
    (table, row): (&Indicator, &Row),
    year: FiscalYear,
    heading: &str,
    diagnostics: &mut Diagnostics,
) {
    let published = subjects(old, was, year.previous());
    let mut told = None;
    for own in subjects(table, row, year) {
        let is_it = |other: &&Subject| other.year == own.year && unified(&other.name) == unified(&own.name);
        let Some(other) = published.iter().find(is_it) else { continue };
        // A plan without the name of one is not what came of it.
        if !is_settled(other.year.year() - year.previous().year(), &other.name) {
            continue;
        }
        let Some(Value::Own(cell)) = row.values.get(own.column) else { continue };
        let Some(before) = old.cell(was, other.column) else { continue };
        let is_comparable = !cell.lines.is_empty() && !before.lines.is_empty() && has_one_unit(old, table);
        // One 0 that counts for all columns is one cell.
        if is_comparable && told != Some(cell.span) && !is_same_cell((old, other.column, before), cell) {
            told = Some(cell.span);
            diagnostics.push(other_value(before, cell, row, &own, heading));
        }
    }
}

/// What a cell of a row is about.
struct Subject {
    column: usize,
    year: FiscalYear,
    /// 目標; empty in a column that is of a year alone
    name: String,
}

/// The columns of a row that speak of a year, but for those that are computed.
fn subjects(table: &Indicator, row: &Row, current: FiscalYear) -> Vec<Subject> {
    let subject = |column, year, name: &str| Subject { column, year, name: name.to_string() };
    if let Some(declared) = &table.declared {
        let of = |column: usize| {
            let (offset, name) = declared.subject(column, row.declared)?;
            let year = FiscalYear::new(current.year() + offset);
            (!is_computed(table, row, column)).then(|| subject(column, year, name))
        };
        return (0..row.values.len()).filter_map(of).collect();
    }
    match &table.columns {
        Columns::Years => vec![subject(0, current.previous(), ""), subject(1, current, "")],
        Columns::Own(columns) => {
            let of = |(column, own): (usize, &crate::model::Column)| {
                let (year, words) = split_year(&own.label.value)?;
                Some(subject(column, year.resolve(current), &words))
            };
            columns.iter().enumerate().filter_map(of).collect()
        }
    }
}

fn is_computed(table: &Indicator, row: &Row, column: usize) -> bool {
    let Some(declared) = &table.declared else { return false };
    let is_row = match row.declared {
        Some(DeclaredRow::Row(place)) => declared.table.is_computed(RowPlace::Declared(place)),
        Some(DeclaredRow::Total) => true,
        Some(DeclaredRow::Column(place)) => declared.table.columns.get(place).is_some_and(|own| own.formula.is_some()),
        None => false,
    };
    is_row || declared.is_computed(column)
}

/// Whether the amounts of two tables are in one unit.
fn has_one_unit(one: &Indicator, other: &Indicator) -> bool {
    let unit = |table: &Indicator| table.declared.as_ref().map(|declared| declared.unit);
    let has_amounts = one.is_of_amounts() || other.is_of_amounts();
    !has_amounts || unit(one).zip(unit(other)).is_none_or(|(one, other)| one == other)
}

fn other_value(was: &Cell, cell: &Cell, row: &Row, own: &Subject, heading: &str) -> Diagnostic {
    let shown = |cell: &Cell| cell.text().replace('\n', " ");
    let name = if own.name.is_empty() { String::new() } else { format!("の{}", own.name) };
    let year = own.year.column();
    Diagnostic::new(
        Code::J039,
        cell.span,
        format!("{year}{name}の値が、昨年の報告書では「{}」、今回は「{}」です。", shown(was), shown(cell)),
    )
    .help(format!("写し間違いなら「{}」に直してください。", shown(was)))
    .or_acknowledge(heading, &label_of(row))
}

/// A row keeps its name from year to year, whatever the width of its letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct RowName {
    section: String,
    caption: String,
    /// The labels of the rows above it, the nearest first
    groups: Vec<String>,
    label: String,
}

fn row_name(section: &str, table: &Indicator, row: &Row) -> RowName {
    let caption = table.caption.as_ref().map(|caption| caption.value.as_str()).unwrap_or_default();
    // A row stands below its parent, so that this ends.
    let above = std::iter::successors(table.parent(row), |own| table.parent(own));
    RowName {
        section: unified(section),
        caption: unified(caption),
        groups: above.take(3).map(|own| unified(&label_of(own))).collect(),
        label: unified(&label_of(row)),
    }
}

/// In a table of amounts — is 0.
fn is_same_cell((table, column, was): (&Indicator, usize, &Cell), cell: &Cell) -> bool {
    let is_nothing = |cell: &Cell| match (cell.lines.as_slice(), table.amount_in(column, cell)) {
        (_, Some(amount)) => amount.is_zero(),
        ([line], None) => is_no_value(&line.value),
        (_, None) => false,
    };
    (table.is_of_amounts() && is_nothing(was) && is_nothing(cell)) || is_same_value(was, cell)
}

/// The same numbers in the same units, or else the same words.
fn is_same_value(a: &Cell, b: &Cell) -> bool {
    // 87名（3月末現在） is 87名.
    let bare = |cell: &Cell| match cell.lines.as_slice() {
        [line] if cell.quantities.is_empty() => parse_quantities(without_remark(line.value.trim_matches(is_blank))),
        _ => cell.quantities.clone(),
    };
    let (in_a, in_b) = (bare(a), bare(b));
    if in_a.is_empty() || in_b.is_empty() {
        let words = |cell: &Cell| {
            let lines = cell
                .lines
                .iter()
                .map(|line| if is_no_value(&line.value) { "—".to_string() } else { unified(&line.value) });
            lines.collect::<String>()
        };
        return words(a) == words(b);
    }
    in_a.len() == in_b.len() && in_a.iter().zip(&in_b).all(|(a, b)| a.number == b.number && is_same(&a.unit, &b.unit))
}
