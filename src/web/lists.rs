//! The list of a chapter's programs, and the wide table that is all there is of them, as HTML wants them: without the column of
//! page numbers, which the web has links for, and with the lines that a program takes where a table stands in it.

use serde::Serialize;

use super::blocks::{Piece, pieces};
use crate::view::{
    GridCell, GridContent, ListColumnKind, ListColumnView, ListRowView, ListSumView, ListView, PartSide, ShownColumns,
    SumRun, head_column, part_side, program_lines, sum_runs,
};

#[derive(Serialize)]
pub(super) struct HtmlList {
    head: Vec<Vec<ListCell>>,
    body: Vec<ListRow>,
    sums: Vec<Vec<ListCell>>,
    /// So many columns that a narrow window has to scroll
    wide: bool,
}

/// A line of the list; a program takes one or more.
#[derive(Serialize)]
struct ListRow {
    cells: Vec<ListCell>,
    /// The first line of a program
    first: bool,
}

#[derive(Default, Serialize)]
struct ListCell {
    /// `th` or `td`
    tag: &'static str,
    text: String,
    pieces: Vec<Piece>,
    colspan: usize,
    rowspan: usize,
    id: String,
    scope: &'static str,
    headers: String,
    look: &'static str,
    /// Where the head of a row leads to; empty for others
    anchor: String,
}

/// More columns than this have no room in a narrow window.
const NARROW: usize = 3;

/// The list with its heads; `prefix` begins every `id`.
pub(super) fn html_list(list: &ListView, columns: &[ListColumnView], prefix: &str) -> HtmlList {
    let columns: Vec<(usize, &ListColumnView)> =
        columns.iter().enumerate().filter(|(_, own)| own.kind != ListColumnKind::Page).collect();
    let setting = Setting {
        head: head_column(&columns),
        has_parts: columns.iter().any(|(_, own)| !own.parts.is_empty()),
        prefix,
    };
    let rows = list.rows.iter().enumerate();
    let sums = list.sums.iter().enumerate();
    HtmlList {
        head: setting.heads(&columns),
        body: rows.flat_map(|(number, row)| setting.lines(number, row, &columns)).collect(),
        sums: sums.map(|(number, sum)| setting.sum(number, sum, &columns)).collect(),
        wide: columns.iter().map(|(_, own)| own.parts.len().max(1)).sum::<usize>() > NARROW,
    }
}

struct Setting<'a> {
    head: Option<usize>,
    has_parts: bool,
    prefix: &'a str,
}

impl Setting<'_> {
    /// Only where the head has two rows do heads have names.
    fn id(&self, kind: &str, place: usize, part: usize) -> String {
        if self.has_parts { format!("{}{kind}{place}-{part}", self.prefix) } else { String::new() }
    }

    fn heads(&self, columns: &ShownColumns<'_>) -> Vec<Vec<ListCell>> {
        let rows = if self.has_parts { 2 } else { 1 };
        let cell = |text: &str, id: String, colspan: usize, rowspan: usize| ListCell {
            tag: if text.is_empty() { "td" } else { "th" },
            scope: if text.is_empty() {
                ""
            } else if colspan > 1 {
                "colgroup"
            } else {
                "col"
            },
            text: text.to_string(),
            colspan,
            rowspan,
            id,
            look: "label",
            ..ListCell::default()
        };
        let upper = columns.iter().map(|(at, own)| {
            let height = if own.parts.is_empty() { rows } else { 1 };
            cell(&own.head, self.id("c", *at, 0), own.parts.len().max(1), height)
        });
        let parts = |(at, own): &(usize, &ListColumnView)| {
            let at = *at;
            own.parts
                .iter()
                .enumerate()
                .map(|(part, text)| cell(text, self.id("c", at, part + 1), 1, 1))
                .collect::<Vec<_>>()
        };
        let lower: Vec<ListCell> = columns.iter().flat_map(parts).collect();
        [upper.collect(), lower].into_iter().filter(|row: &Vec<ListCell>| !row.is_empty()).collect()
    }

    fn headers(&self, row: &str, place: usize, part: Option<usize>) -> String {
        if !self.has_parts {
            return String::new();
        }
        let part = part.map(|part| format!(" {}", self.id("c", place, part + 1))).unwrap_or_default();
        format!("{}{part} {row}", self.id("c", place, 0))
    }

    fn lines(&self, number: usize, row: &ListRowView, columns: &ShownColumns<'_>) -> Vec<ListRow> {
        let head = self.id("r", number, 0);
        let lines = program_lines(row, columns).into_iter().enumerate();
        let line = |(line, cells): (usize, Vec<GridCell<'_>>)| ListRow {
            cells: cells.iter().map(|cell| self.cell(cell, row, &head)).collect(),
            first: line == 0,
        };
        lines.map(line).collect()
    }

    fn cell(&self, cell: &GridCell<'_>, row: &ListRowView, head: &str) -> ListCell {
        let value = |text: &str, part: Option<usize>, look: &'static str| ListCell {
            tag: "td",
            text: text.to_string(),
            colspan: cell.colspan,
            rowspan: cell.rowspan,
            headers: self.headers(head, cell.at, part),
            look,
            ..ListCell::default()
        };
        match cell.content {
            GridContent::Alone(text) => value(text, Some(0), part_look(0, text)),
            GridContent::Part(part, text) => value(text, Some(part), part_look(part, text)),
            GridContent::Whole(whole) => {
                let is_head = self.head == Some(cell.at);
                let text = if is_head && whole.text.is_empty() { &row.name } else { &whole.text };
                let is_empty_table = cell.column.kind == ListColumnKind::Table && whole.blocks.is_empty();
                let shown = if is_empty_table { "—" } else { text };
                let made =
                    ListCell { pieces: pieces(&whole.blocks), ..value(shown, None, look(cell.column.kind, shown)) };
                if is_head { self.row_head(made, row, head) } else { made }
            }
        }
    }

    fn row_head(&self, cell: ListCell, row: &ListRowView, head: &str) -> ListCell {
        ListCell {
            tag: "th",
            scope: if cell.rowspan > 1 { "rowgroup" } else { "row" },
            id: head.to_string(),
            headers: String::new(),
            anchor: row.anchor.clone(),
            look: "label",
            ..cell
        }
    }

    fn sum(&self, number: usize, sum: &ListSumView, columns: &ShownColumns<'_>) -> Vec<ListCell> {
        let label = self.id("s", number, 0);
        let cell = |run: SumRun<'_>| match run {
            SumRun::Label(span) => ListCell {
                tag: "th",
                scope: "row",
                text: sum.label.clone(),
                colspan: span,
                rowspan: 1,
                id: label.clone(),
                look: "label",
                ..ListCell::default()
            },
            SumRun::Amount(at, text) => ListCell {
                tag: "td",
                text: text.to_string(),
                colspan: 1,
                rowspan: 1,
                headers: self.headers(&label, at, None),
                look: "num",
                ..ListCell::default()
            },
            SumRun::Blank(span) => {
                ListCell { tag: "td", colspan: span, rowspan: 1, look: "mid", ..ListCell::default() }
            }
        };
        sum_runs(&sum.cells, columns).into_iter().map(cell).collect()
    }
}

fn look(kind: ListColumnKind, text: &str) -> &'static str {
    match kind {
        ListColumnKind::Number | ListColumnKind::Mark => "mid",
        ListColumnKind::Amount if text.contains(|c: char| c.is_ascii_digit() || c == '—') => "num",
        ListColumnKind::Amount => "mid",
        ListColumnKind::Prose => "prose",
        ListColumnKind::Name
        | ListColumnKind::Departments
        | ListColumnKind::Page
        | ListColumnKind::Text
        | ListColumnKind::Table => "text",
    }
}

fn part_look(part: usize, text: &str) -> &'static str {
    match part_side(part, text) {
        PartSide::Start => "text",
        PartSide::End => "num",
        PartSide::Centre => "mid",
    }
}
