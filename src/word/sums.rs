//! 総括表 and 所管課別集計: a row a chapter or department, 合計, notes; how often each grade was given.

use docx_rs::{AlignmentType, Paragraph};

use super::front::part_heading;
use super::look::ems;
use super::prose::note_texts;
use super::styles::{CAPTION, CELL};
use super::tables::{Cell, Grid, gothic_run, table};
use super::text::{PLAIN, run, said, tab};
use super::writer::Writer;
use crate::view::{GradeCountView, SummaryRowView, SummaryView};

pub(super) fn summary(writer: &mut Writer<'_>, view: &SummaryView, breaks: bool) {
    part_heading(writer, (&view.heading, &view.anchor), breaks);
    let widths = figure_widths(view);
    sums_table(writer, (&view.columns, &view.rows, &view.total), &widths, 0.4);
    note_texts(writer, &view.notes);
    for grades in &view.grades {
        grade_table(writer, grades);
    }
}

/// Of each column of figures, in em: as wide as its widest figure or its head, but not so wide that the names lack room.
fn figure_widths(view: &SummaryView) -> Vec<f64> {
    let rows = || view.rows.iter().chain([&view.total]);
    let width = |(index, head): (usize, &String)| {
        let figures = rows().filter_map(|row| row.cells.get(index)).map(|cell| ems(cell)).fold(0.0, f64::max);
        let head = head.split('（').map(ems).fold(0.0, f64::max);
        (figures + 2.0).max(head + 1.4)
    };
    view.columns.iter().skip(1).enumerate().map(width).collect()
}

type Parts<'a> = (&'a [String], &'a [SummaryRowView], &'a SummaryRowView);

/// `figures`: the widths of the columns of figures, in em; `right`: what stays free at their right.
fn sums_table(writer: &mut Writer<'_>, (columns, rows, total): Parts<'_>, figures: &[f64], right: f64) {
    let size = writer.look.table;
    let rest = writer.look.width - figures.iter().sum::<f64>() * size;
    let widths: Vec<f64> = std::iter::once(rest).chain(figures.iter().map(|width| width * size)).collect();
    let head = columns.iter().map(|column| Cell::head(&in_two_lines(column))).collect();
    let numbers = |row: &SummaryRowView| {
        row.cells.iter().map(|cell| Cell::at_right(cell, right * size, PLAIN)).collect::<Vec<Cell>>()
    };
    let row = |row: &SummaryRowView| std::iter::once(Cell::of(vec![label(row, size)])).chain(numbers(row)).collect();
    let last = Paragraph::new().style(CELL).align(AlignmentType::Center).add_run(gothic_run(&total.label));
    let last = std::iter::once(Cell::of(vec![last])).chain(numbers(total)).collect();
    let rows = std::iter::once(head).chain(rows.iter().map(row)).chain([last]).collect();
    let grid = Grid { foot: 1, ..Grid::new(&writer.look, &widths, rows) };
    let made = table(&writer.look, grid);
    writer.add_table(made);
}

fn in_two_lines(head: &str) -> String {
    match head.find('（').and_then(|at| head.split_at_checked(at)) {
        Some((name, unit)) if !name.is_empty() => format!("{name}\n{unit}"),
        _ => head.to_string(),
    }
}

/// A chapter's name hangs behind its number.
fn label(row: &SummaryRowView, size: f64) -> Paragraph {
    let level = f64::from(u8::try_from(row.level).unwrap_or(0));
    let paragraph = Paragraph::new().style(CELL);
    if row.number.is_empty() {
        return paragraph.add_run(run(&row.label, PLAIN));
    }
    let hang = ems(&row.number) + 0.5;
    let indent = docx_rs::SpecialIndentType::Hanging(super::look::twips(hang * size));
    let left = super::look::twips((level + hang) * size);
    let paragraph = paragraph.indent(Some(left), Some(indent), None, None);
    paragraph.add_run(run(&row.number, PLAIN)).add_run(tab()).add_run(run(&row.label, PLAIN))
}

fn grade_table(writer: &mut Writer<'_>, view: &GradeCountView) {
    writer.add(said(CAPTION, &view.title, PLAIN));
    let names = view.rows.iter().map(|row| ems(&row.number) + ems(&row.label).min(10.0) + 1.5).fold(12.0, f64::max);
    let room = writer.look.width / writer.look.table - names;
    let choices = view.columns.iter().skip(1).take(view.columns.len().saturating_sub(2));
    let widest = choices.map(|choice| ems(choice)).fold(0.0, f64::max);
    let count = view.columns.len().saturating_sub(2).max(1);
    let count_of = f64::from(u32::try_from(count).unwrap_or(1));
    let width = (widest + 1.2).clamp(3.2, 9.0).min(((room - 3.2) / count_of).max(3.2));
    let mut widths = vec![width; count];
    widths.push(3.2);
    widths.truncate(view.total.cells.len());
    sums_table(writer, (&view.columns, &view.rows, &view.total), &widths, 0.4);
}
