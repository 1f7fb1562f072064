//! 前付 and 後付: the figures of their tables and charts.

use std::collections::BTreeMap;

use super::change::{Change, ChangeKind, PrintedPlace, Subject, Wording};
use super::chapters::Chapters;
use super::side::Side;
use crate::model::Part;
use crate::view::{ChartKind, ChartsView, PartView, SummaryRowView, SummaryView, chapter_anchor, part_anchor};

/// The figures of the parts that both states print. A sum that could not be made of everything is compared with none.
pub(super) fn compare_parts(old: &Side<'_>, new: &Side<'_>, chapters: &Chapters) -> Vec<Change> {
    if !old.is_all_read() || !new.is_all_read() {
        return Vec::new();
    }
    let parts_of = |side: &Side<'_>| side.builder.parts().collect::<Vec<Part>>();
    let there = parts_of(old);
    let both = parts_of(new).into_iter().filter(|part| there.contains(part));
    // A chapter stays the same row when another number or title stands in it.
    let anchors: BTreeMap<String, String> = (0..new.state.report.chapters.len())
        .filter_map(|at| Some((chapter_anchor(at), chapter_anchor(chapters.before(at)?))))
        .collect();
    both.flat_map(|part| {
        let (was, is) = (rows_of(&old.builder.part(part)), rows_of(&new.builder.part(part)));
        compare_part(part, &was, is.into_iter().map(|row| row.with_old_anchor(&anchors)).collect())
    })
    .collect()
}

fn rows_of(view: &PartView) -> Vec<PartRow> {
    match view {
        PartView::Summary(table) | PartView::Departments(table) => rows_of_tables(table),
        PartView::Charts(charts) => rows_of_charts(charts),
        PartView::Cover | PartView::Contents(_) | PartView::Index(_) => Vec::new(),
    }
}

fn compare_part(part: Part, was: &[PartRow], is: Vec<PartRow>) -> Vec<Change> {
    let mut changes = Vec::new();
    for row in &is {
        match was.iter().find(|other| other.is_same(row)) {
            Some(before) => changes.extend(compare_cells(part, before, row)),
            None => changes.push(change(part, &row.name, None, Some(row.whole()))),
        }
    }
    for row in was.iter().filter(|row| is.iter().all(|other| !other.is_same(row))) {
        changes.push(change(part, &row.name, Some(row.whole()), None));
    }
    changes
}

/// A line of a table or a bar of a chart.
struct PartRow {
    /// Of which table, or which kind of chart
    of: String,
    /// ①人材の育成
    name: String,
    /// Of its chapter in the older state; empty for others, and for a new chapter
    anchor: String,
    /// Heads and figures
    cells: Vec<(String, String)>,
}

impl PartRow {
    fn with_old_anchor(self, anchors: &BTreeMap<String, String>) -> Self {
        let anchor = anchors.get(&self.anchor).cloned().unwrap_or_default();
        Self { anchor, ..self }
    }

    fn is_same(&self, other: &Self) -> bool {
        self.of == other.of && self.anchor == other.anchor && (!self.anchor.is_empty() || self.name == other.name)
    }

    fn whole(&self) -> String {
        self.cells.iter().map(|(_, figure)| figure.as_str()).collect::<Vec<_>>().join("・")
    }
}

/// The amounts, and how often each grade was given.
fn rows_of_tables(table: &SummaryView) -> Vec<PartRow> {
    let mut rows = rows_of_table("", &table.columns, table.rows.iter().chain([&table.total]));
    for counts in &table.grades {
        rows.extend(rows_of_table(&counts.title, &counts.columns, counts.rows.iter().chain([&counts.total])));
    }
    rows
}

fn rows_of_table<'a>(title: &str, columns: &[String], rows: impl Iterator<Item = &'a SummaryRowView>) -> Vec<PartRow> {
    let cells = |cells: &[String]| columns.iter().skip(1).cloned().zip(cells.iter().cloned()).collect();
    let of_title = usize::from(!title.is_empty());
    // A chapter in chapters has their names before its own: there may be another of its name.
    let mut above: Vec<String> = Some(title.to_string()).filter(|title| !title.is_empty()).into_iter().collect();
    let mut named = Vec::new();
    for row in rows {
        above.truncate(row.level + of_title);
        above.push(format!("{}{}", row.number, row.label));
        let (of, name, anchor) = (title.to_string(), above.join("　"), row.anchor.clone());
        named.push(PartRow { of, name, anchor, cells: cells(&row.cells) });
    }
    named
}

/// The bars of amounts; those of indicators are the programs' own.
fn rows_of_charts(charts: &ChartsView) -> Vec<PartRow> {
    let amounts = charts.charts.iter().filter(|chart| chart.kind != ChartKind::Indicators);
    let bars = amounts.flat_map(|chart| {
        let kind = chart.title.split('（').next().unwrap_or_default();
        chart.groups.iter().map(move |group| PartRow {
            of: kind.to_string(),
            name: format!("{kind}　{}", group.label),
            anchor: group.anchor.clone(),
            cells: group.bars.iter().map(|bar| (String::new(), bar.text.clone())).collect(),
        })
    });
    bars.collect()
}

fn compare_cells(part: Part, before: &PartRow, now: &PartRow) -> Vec<Change> {
    let changed = now.cells.iter().filter_map(|(head, figure)| {
        let (_, was) = before.cells.iter().find(|(other, _)| other == head)?;
        let name = &before.name;
        let spot = if head.is_empty() { name.clone() } else { format!("{name}　{head}") };
        (was != figure).then(|| change(part, &spot, Some(was.clone()), Some(figure.clone())))
    });
    changed.collect()
}

fn change(part: Part, spot: &str, before: Option<String>, after: Option<String>) -> Change {
    let what = match (&before, &after) {
        (Some(_), Some(_)) => ChangeKind::Changed,
        (Some(_), None) => ChangeKind::Removed,
        (None, _) => ChangeKind::Added,
    };
    Change {
        subject: Subject::Sums,
        subject_before: None,
        what,
        spot: format!("{}　{spot}", part.name()),
        printed: vec![PrintedPlace { anchor: part_anchor(part), words: before.clone() }],
        before: before.map(Wording::whole),
        after: after.map(Wording::whole),
        place: None,
        on_page: true,
    }
}
