//! The data of one program as files of its own, for its page on the web: the rows that the tables of the report have of it, and its
//! part of the JSON document.

use super::csv_writer::{Encoding, csv_file};
use super::indicators::indicators;
use super::json::program_json;
use super::programs::programs;
use super::table::{Cell, Keys, NO_COLUMN, ORDER_COLUMN, Table, with_tree};
use crate::model::Report;

/// The files of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramFiles {
    pub json: String,
    /// Its row of 事業
    pub facts: Vec<u8>,
    /// Its rows of 指標; absent where it has none
    pub values: Option<Vec<u8>>,
}

/// The files of every printed program, in the order of the book.
pub fn program_files(report: &Report) -> Vec<ProgramFiles> {
    let keys = Keys::of(report);
    let facts = with_tree(programs(&keys), report);
    let values = with_tree(indicators(&keys), report);
    let part = |table: &Table<'_>, rows: &[Vec<Cell<'_>>]| {
        csv_file(&Table { name: table.name, columns: table.columns.clone(), rows: rows.to_vec() }, Encoding::Utf8).bytes
    };
    let mut runs = values.rows.chunk_by(|one, next| place(one) == place(next)).peekable();
    let files = report.printed_programs().zip(&facts.rows).map(|((index, program), row)| {
        // Tables of a chapter stand before those of its programs, under no number.
        while runs.next_if(|run| run.first().is_some_and(|row| row.get(NO_COLUMN) == Some(&Cell::Empty))).is_some() {}
        let own = runs.next_if(|run| run.first().is_some_and(|first| place(first) == place(row)));
        ProgramFiles {
            json: program_json(report, index, program),
            facts: part(&facts, std::slice::from_ref(row)),
            values: own.map(|rows| part(&values, rows)),
        }
    });
    files.collect()
}

/// 章の順 and No.
fn place<'r>(row: &'r [Cell<'_>]) -> [Option<&'r Cell<'r>>; 2] {
    [row.get(ORDER_COLUMN), row.get(NO_COLUMN)]
}
