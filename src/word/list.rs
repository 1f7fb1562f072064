//! The list of a chapter's programs: its columns by their kinds, 掲載頁 as fields, 小計 and 合計, the notes below; and the wide table
//! that is all there is of the programs.

use docx_rs::{AlignmentType, Paragraph};

use super::columns::{tracks, wide_tracks};
use super::fields::add_runs;
use super::look::{ems, half_points};
use super::program::subheading;
use super::prose::{cell_prose, note_texts};
use super::styles::{CELL, heading};
use super::tables::{Cell, Grid, at_right, gothic_run, table};
use super::text::{PLAIN, Shade, faulty, run, said};
use super::writer::Writer;
use crate::view::{
    GridContent, ListCellView, ListColumnKind, ListColumnView, ListRowView, ListSumView, ListView, PartSide,
    ShownColumns, SumRun, head_column, part_side, program_lines, sum_runs,
};

pub(super) fn program_list(writer: &mut Writer<'_>, list: &ListView, columns: &[ListColumnView]) {
    let (size, widths) = tracks(columns, list, writer.look.width, writer.look.table);
    let head: Vec<Cell> = columns.iter().map(|column| head(&column.head)).collect();
    let mut rows = vec![head];
    for row in &list.rows {
        let cells =
            columns.iter().zip(&row.cells).map(|(column, cell)| list_cell(writer, row, column, cell, size).at_top());
        rows.push(cells.collect());
    }
    let sums = list.sums.iter().map(|sum| sum_row(sum, columns, size));
    rows.extend(sums);
    let foot = list.sums.len();
    let grid = Grid { size, foot, ..Grid::new(&writer.look, &widths, rows) };
    let made = table(&writer.look, grid);
    writer.add_table(made);
    note_texts(writer, &list.notes);
}

/// R2事業費 / （千円）
fn head(label: &str) -> Cell {
    match label.find('（').and_then(|at| label.split_at_checked(at)) {
        Some((name, unit)) if !name.is_empty() && !name.ends_with('\n') => Cell::head(&format!("{name}\n{unit}")),
        _ => Cell::head(label),
    }
}

fn list_cell(writer: &Writer<'_>, row: &ListRowView, column: &ListColumnView, cell: &ListCellView, size: f64) -> Cell {
    let shade = faulty(row.faulty);
    match column.kind {
        ListColumnKind::Number if row.relisted => Cell::centred(&cell.text, shade),
        ListColumnKind::Number => Cell::at_right(&cell.text, 0.4 * size, shade),
        ListColumnKind::Amount => amount(&cell.text, size, shade),
        ListColumnKind::Mark => Cell::centred(&cell.text, PLAIN),
        ListColumnKind::Departments => Cell::said(&departments(&cell.text), shade),
        ListColumnKind::Page => {
            let paragraph = at_right(Paragraph::new().style(CELL), 0.45 * size);
            Cell::of(vec![add_runs(paragraph, writer.page(&row.anchor))])
        }
        ListColumnKind::Name | ListColumnKind::Text | ListColumnKind::Prose | ListColumnKind::Table => {
            Cell::said(&cell.text, shade)
        }
    }
}

/// A regional office stands below its department where it does not fit beside it.
fn departments(text: &str) -> String {
    let line = |line: &str| match line.find('（').and_then(|at| line.split_at_checked(at)) {
        Some((name, office)) if ems(line) > 10.0 && !name.is_empty() => format!("{name}\n{office}"),
        _ => line.to_string(),
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// （3,254） hangs by its bracket, so that its figures stand below the others'. A word stands in the middle.
fn amount(text: &str, size: f64, shade: Shade) -> Cell {
    if !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '—' | '〓')) {
        return Cell::centred(text, shade);
    }
    let right = if text.ends_with('）') { 0.0 } else { 0.5 * size };
    Cell::at_right(text, right, shade)
}

fn sum_row(sum: &ListSumView, columns: &[ListColumnView], size: f64) -> Vec<Cell> {
    let cell = |run: SumRun<'_>| match run {
        SumRun::Label(span) => {
            let paragraph = Paragraph::new().style(CELL).align(AlignmentType::Center).add_run(gothic_run(&sum.label));
            Cell::of(vec![paragraph]).over(span, 1)
        }
        SumRun::Amount(_, text) => amount(text, size, PLAIN),
        SumRun::Blank(span) => Cell::said("", PLAIN).over(span, 1),
    };
    sum_runs(&sum.cells, &all(columns)).into_iter().map(cell).collect()
}

/// All programs of a chapter as one wide table, a row or a few a program: they have no pages of their own.
pub(super) fn wide_table(writer: &mut Writer<'_>, list: &ListView, columns: &[ListColumnView], level: usize) {
    let wanted = writer.look.zoomed(8.5).max(7.5);
    let (size, widths) = wide_tracks(columns, list, writer.look.width, wanted);
    let mut rows = wide_heads(columns);
    let shown = all(columns);
    for row in &list.rows {
        rows.extend(wide_row(writer, row, &shown, (size, level)));
    }
    rows.extend(list.sums.iter().map(|sum| sum_row(sum, columns, size)));
    let foot = list.sums.len();
    let grid = Grid { widths: &widths, rows, size, inset: 0.5 * size, vertical: 0.2 * size, foot };
    let made = table(&writer.look, grid);
    writer.add_table(made);
    note_texts(writer, &list.notes);
}

/// Two rows where a table stands under one of the heads.
fn wide_heads(columns: &[ListColumnView]) -> Vec<Vec<Cell>> {
    let has_parts = columns.iter().any(|column| !column.parts.is_empty());
    let upper = columns.iter().map(|column| {
        if column.parts.is_empty() {
            head(&column.head).over(1, if has_parts { 2 } else { 1 })
        } else {
            head(&column.head).over(column.parts.len(), 1)
        }
    });
    let lower: Vec<Cell> = columns.iter().flat_map(|column| &column.parts).map(|part| Cell::head(part)).collect();
    std::iter::once(upper.collect()).chain((!lower.is_empty()).then_some(lower)).collect()
}

/// A program's rows.
fn wide_row(
    writer: &mut Writer<'_>,
    row: &ListRowView,
    columns: &ShownColumns<'_>,
    look: (f64, usize),
) -> Vec<Vec<Cell>> {
    let head = head_column(columns);
    let mut rows = Vec::new();
    for line in program_lines(row, columns) {
        let mut made = Vec::new();
        for cell in line {
            let is_head = head.map_or(cell.at == 0, |head| head == cell.at);
            let set = match cell.content {
                GridContent::Whole(whole) => wide_cell(writer, (row, is_head), cell.column, whole, look),
                GridContent::Alone(text) => Cell::said(text, PLAIN),
                GridContent::Part(part, text) => part_cell(part, text, look.0),
            };
            made.push(set.over(cell.colspan, cell.rowspan).at_top());
        }
        rows.push(made);
    }
    rows
}

fn part_cell(part: usize, text: &str, size: f64) -> Cell {
    match part_side(part, text) {
        PartSide::Start => Cell::said(text, PLAIN),
        PartSide::End => Cell::at_right(text, 0.2 * size, PLAIN),
        PartSide::Centre => Cell::centred(text, PLAIN),
    }
}

/// Paper has every column.
fn all(columns: &[ListColumnView]) -> Vec<(usize, &ListColumnView)> {
    columns.iter().enumerate().collect()
}

fn wide_cell(
    writer: &mut Writer<'_>,
    (row, is_head): (&ListRowView, bool),
    column: &ListColumnView,
    cell: &ListCellView,
    (size, level): (f64, usize),
) -> Cell {
    if is_head && !row.relisted && !row.anchor.is_empty() {
        return Cell::of(vec![name(writer, row, &cell.text, level)]);
    }
    match column.kind {
        ListColumnKind::Prose => {
            let text = (!cell.text.is_empty()).then(|| said(CELL, &cell.text, PLAIN));
            let blocks = cell_prose(writer, &cell.blocks, size);
            let all: Vec<Paragraph> = text.into_iter().chain(blocks).collect();
            if all.is_empty() { Cell::said("", PLAIN) } else { Cell::of(all) }
        }
        ListColumnKind::Table if cell.blocks.is_empty() => Cell::centred("—", PLAIN),
        ListColumnKind::Table => Cell::of(cell_prose(writer, &cell.blocks, size)),
        ListColumnKind::Number
        | ListColumnKind::Name
        | ListColumnKind::Amount
        | ListColumnKind::Mark
        | ListColumnKind::Departments
        | ListColumnKind::Page
        | ListColumnKind::Text => list_cell(writer, row, column, cell, size),
    }
}

/// Where links lead to, and a heading, so that it stands in Word's outline and in 目次.
fn name(writer: &mut Writer<'_>, row: &ListRowView, text: &str, level: usize) -> Paragraph {
    let text = if text.is_empty() { &row.name } else { text };
    let size = half_points(writer.look.table);
    let line = docx_rs::LineSpacing::new().before(0).after(0);
    let paragraph = Paragraph::new().style(&heading(level)).keep_next(false).line_spacing(line);
    let plain = run(text, Shade { faulty: row.faulty, size: Some(size), gothic: false }).disable_bold();
    writer.marked(paragraph, &row.anchor, plain)
}

/// 【事業一覧】 and what stands below it.
pub(super) fn list_heading(writer: &mut Writer<'_>, list: &ListView, breaks: bool) {
    let level = writer.levels.heads();
    if breaks && !writer.is_at_start() {
        writer.add(said(&heading(level), &list.heading, PLAIN).page_break_before(true));
    } else {
        subheading(writer, &list.heading, level);
    }
}
