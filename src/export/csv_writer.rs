//! The tables as CSV files: UTF-8 with its mark, or CP932 for programs that know nothing else.

use std::borrow::Cow;

use super::table::{Cell, Changed, Keys, Table};
use super::tables;
use crate::load::{in_cp932, to_cp932};
use crate::model::Report;
use crate::tables::{BOM, harmless, write_cells};

/// Stands for a character that the encoding lacks, as on paper for one that no face has.
const LOST: char = '〓';

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Cp932,
}

/// A file of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvFile {
    /// 事業.csv
    pub name: String,
    pub bytes: Vec<u8>,
    /// What the encoding could not hold; always empty for UTF-8.
    pub changed: Vec<Changed>,
}

/// Every table of a report as a file.
pub fn csv_files(report: &Report, encoding: Encoding) -> Vec<CsvFile> {
    let keys = Keys::of(report);
    tables(&keys).iter().map(|table| csv_file(table, encoding)).collect()
}

pub(super) fn csv_file(table: &Table<'_>, encoding: Encoding) -> CsvFile {
    let name = format!("{}.csv", table.name);
    if encoding == Encoding::Utf8 {
        return CsvFile { name, bytes: write(table, |_, _, cell| text(cell)), changed: Vec::new() };
    }
    let mut changed = Vec::new();
    let bytes = write(table, |row, column, cell| {
        let (text, mut lost) = (text(cell), String::new());
        let held = in_cp932(&text, LOST, |c| lost.push(c)).into_owned();
        if !lost.is_empty() {
            changed.push(Changed { table: table.name, row, column, lost });
        }
        Cow::Owned(held)
    });
    let whole = String::from_utf8_lossy(&bytes);
    CsvFile { name, bytes: to_cp932(whole.trim_start_matches(BOM)), changed }
}

/// `form` gets the row and column of a cell too.
fn write<'a>(table: &'a Table<'a>, mut form: impl FnMut(usize, &'static str, &'a Cell<'a>) -> Cow<'a, str>) -> Vec<u8> {
    let head = table.columns.iter().map(|column| Cow::Borrowed(*column)).collect::<Vec<_>>();
    let rows = table.rows.iter().enumerate().map(|(index, row)| {
        let cells = table.columns.iter().zip(row);
        cells.map(|(column, cell)| form(index + 2, column, cell)).collect::<Vec<_>>()
    });
    let rows = std::iter::once(head).chain(rows);
    write_cells(rows.map(|row| row.into_iter().map(Cow::into_owned)))
}

/// Only texts can be taken for formulas: -5 is a number.
fn text<'a>(cell: &'a Cell<'a>) -> Cow<'a, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) => harmless(text),
        Cell::Integer(number) => Cow::Owned(number.to_string()),
        Cell::Figure(number) => Cow::Owned(number.to_string()),
    }
}
