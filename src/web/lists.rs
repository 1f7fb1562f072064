//! The list of a chapter's programs, and the wide table that is all there is of them, as HTML wants them: without the column of
//! page numbers, which the web has links for, and with the lines that a program takes where a table stands in it.

use serde::{Deserialize, Serialize};

use super::blocks::{Block, Piece, pieces};

/// What is read of a list of the view.
#[derive(Deserialize)]
pub(super) struct List {
    rows: Vec<Row>,
    sums: Vec<Sum>,
}

#[derive(Deserialize)]
pub(super) struct Column {
    head: String,
    kind: String,
    summed: bool,
    parts: Vec<String>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    cells: Vec<Cell>,
    anchor: String,
}

#[derive(Deserialize)]
struct Cell {
    text: String,
    blocks: Vec<Block>,
    rows: Vec<Vec<String>>,
}

#[derive(Deserialize)]
struct Sum {
    label: String,
    cells: Vec<String>,
}

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
pub(super) fn html_list(list: List, columns: &[Column], prefix: &str) -> HtmlList {
    let shown: Vec<usize> =
        (0..columns.len()).filter(|at| columns.get(*at).is_some_and(|own| own.kind != "page")).collect();
    let named = |at: &usize| Some((*at, columns.get(*at)?));
    let columns: Vec<(usize, &Column)> = shown.iter().filter_map(named).collect();
    let setting = Setting {
        head: head_column(&columns),
        has_parts: columns.iter().any(|(_, own)| !own.parts.is_empty()),
        prefix,
    };
    let sums = list.sums.into_iter().enumerate();
    HtmlList {
        head: setting.heads(&columns),
        sums: sums.map(|(number, sum)| setting.sum(number, &sum, &columns)).collect(),
        body: list
            .rows
            .into_iter()
            .enumerate()
            .flat_map(|(number, row)| setting.lines(number, row, &columns))
            .collect(),
        wide: columns.iter().map(|(_, own)| own.parts.len().max(1)).sum::<usize>() > NARROW,
    }
}

/// The column whose cell heads the row: the name, else the first that says something.
fn head_column(columns: &[(usize, &Column)]) -> Option<usize> {
    let kinds = ["name", "text", "mark"].iter();
    kinds.filter_map(|wanted| columns.iter().find(|(_, own)| own.kind == *wanted)).map(|(at, _)| *at).next()
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

    fn heads(&self, columns: &[(usize, &Column)]) -> Vec<Vec<ListCell>> {
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
        let parts = |(at, own): &(usize, &Column)| {
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

    /// The lines of a program: as many as its longest table has rows.
    fn lines(&self, number: usize, row: Row, columns: &[(usize, &Column)]) -> Vec<ListRow> {
        let own_lines =
            |own: &Column, cell: &Cell| cell.rows.len() + usize::from(own.kind == "table" && !cell.blocks.is_empty());
        let cells: Vec<(usize, &Column, &Cell, usize)> = columns
            .iter()
            .filter_map(|(at, own)| row.cells.get(*at).map(|cell| (*at, *own, cell, own_lines(own, cell))))
            .collect();
        let count = cells.iter().map(|(.., own)| *own).max().unwrap_or(0).max(1);
        let head = self.id("r", number, 0);
        let line = |line: usize| ListRow {
            cells: cells.iter().flat_map(|cell| self.cells_at(line, count, &row, &head, *cell)).collect(),
            first: line == 0,
        };
        (0..count).map(line).collect()
    }

    /// The cells of a column that begin in a line. What stands alone in its row of a table has all of its columns.
    fn cells_at(
        &self,
        line: usize,
        count: usize,
        row: &Row,
        head: &str,
        (at, column, cell, own): (usize, &Column, &Cell, usize),
    ) -> Vec<ListCell> {
        let rowspan = if line + 1 >= own { count - line } else { 1 };
        let whole = column.parts.len().max(1);
        let value = |text: &str, part: Option<usize>, colspan: usize| ListCell {
            tag: "td",
            text: text.to_string(),
            colspan,
            rowspan,
            headers: self.headers(head, at, part),
            look: if part.is_some() { part_look(text, part) } else { look(&column.kind, text) },
            ..ListCell::default()
        };
        if own == 0 && line == 0 || line < own && line == cell.rows.len() {
            let is_head = self.head == Some(at);
            let text = if is_head && cell.text.is_empty() { &row.name } else { &cell.text };
            let shown = if column.kind == "table" && cell.blocks.is_empty() { "—" } else { text };
            let made = ListCell { pieces: pieces(&cell.blocks), ..value(shown, None, whole) };
            return vec![if is_head { self.row_head(made, row, head) } else { made }];
        }
        match cell.rows.get(line).map(Vec::as_slice) {
            Some([alone]) => vec![value(alone, Some(0), whole)],
            Some(texts) => {
                (0..whole).map(|part| value(texts.get(part).map_or("", String::as_str), Some(part), 1)).collect()
            }
            None => Vec::new(),
        }
    }

    fn row_head(&self, cell: ListCell, row: &Row, head: &str) -> ListCell {
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

    /// A row of sums: its label before the first sum, the sums, and what is empty between and behind.
    fn sum(&self, number: usize, sum: &Sum, columns: &[(usize, &Column)]) -> Vec<ListCell> {
        let label = self.id("s", number, 0);
        let mut cells: Vec<ListCell> = Vec::new();
        for (at, column) in columns {
            let span = column.parts.len().max(1);
            let is_labelled = cells.iter().any(|cell| cell.tag == "th");
            if column.summed {
                cells.push(ListCell {
                    tag: "td",
                    text: sum.cells.get(*at).cloned().unwrap_or_default(),
                    colspan: 1,
                    rowspan: 1,
                    headers: self.headers(&label, *at, None),
                    look: "num",
                    ..ListCell::default()
                });
            } else if let Some(last) = cells.last_mut().filter(|last| last.look != "num") {
                last.colspan += span;
            } else if is_labelled {
                cells.push(ListCell { tag: "td", colspan: span, rowspan: 1, look: "mid", ..ListCell::default() });
            } else {
                cells.push(ListCell {
                    tag: "th",
                    scope: "row",
                    text: sum.label.clone(),
                    colspan: span,
                    rowspan: 1,
                    id: label.clone(),
                    look: "label",
                    ..ListCell::default()
                });
            }
        }
        cells
    }
}

fn look(kind: &str, text: &str) -> &'static str {
    match kind {
        "number" | "mark" => "mid",
        "amount" if text.contains(|c: char| c.is_ascii_digit() || c == '—') => "num",
        "amount" => "mid",
        "prose" => "prose",
        _ => "text",
    }
}

fn part_look(text: &str, part: Option<usize>) -> &'static str {
    let is_figure = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '△' | ',' | '.'));
    match part {
        Some(0) | None => "text",
        Some(_) if is_figure => "num",
        Some(_) if text.chars().count() > 8 => "text",
        Some(_) => "mid",
    }
}
