//! A report's data for other programs: one JSON document, and the same tables as CSV and as a workbook.
//!
//! CSV and data sheets follow the national rules for statistical tables that machines read (総務省「統計表における機械判読可能な
//! データの表記方法の統一ルール」): one fact a cell, nothing merged or left out, number, unit and prefix apart, one header row.
//! docs/data.md lists every column and field. Values in, bytes out: knows no disk, no clock, and nothing of the page.

mod cells;
mod chapters;
mod csv_writer;
mod custom_form;
mod document;
mod indicators;
mod json;
mod list;
mod list_texts;
mod own_files;
mod paper;
mod program_files;
mod programs;
mod table;
mod texts;
mod value;
mod workbook;

pub use csv_writer::{CsvFile, Encoding, csv_files};
pub use document::FORMAT;
pub use json::json;
pub use own_files::{is_own_csv, is_own_json, is_own_workbook};
pub use program_files::{ProgramFiles, program_files};
pub use table::Changed;
pub use workbook::{Workbook, workbook};

use table::{Keys, Table};

/// Every table of a report, in the order of the files and sheets.
fn tables<'a>(keys: &'a Keys<'a>) -> Vec<Table<'a>> {
    let mut tables = vec![
        programs::programs(keys),
        programs::departments(keys),
        indicators::indicators(keys),
        chapters::sums(keys),
        chapters::listing(keys),
        texts::texts(keys),
    ];
    tables.extend(custom_form::grades(keys));
    tables.into_iter().map(|table| table::with_tree(table, keys.report)).collect()
}
