//! The CSV files that 【報告書】 names: 台帳, 用語 and 組織, as plain values with their places. J065 is reported here. And how a
//! table is written for spreadsheets.
//!
//! They are only compared, never merged (language.md §3). Knows neither programs nor units of a report: an amount stays
//! what its column says. A hole that was reported once is silent further on.

mod columns;
mod ledger;
mod messages;
mod organization;
mod rows;
mod sheet;
mod words;

pub use ledger::{Ledger, LedgerAmount, LedgerRow, read_ledger};
pub use messages::{Paper, unavailable};
pub use organization::{Organization, read_organization};
pub use sheet::{BOM, harmless, is_risky, write_cells, write_sheet};
pub use words::{Word, read_words};

use columns::CsvHeading;
use messages::{RowFault, without_columns};
use rows::{CsvRow, read_rows};

use crate::diagnostic::Diagnostics;
use crate::source::{SourceFile, Span};

/// A title, a date and a unit may stand above the header; further down is no header.
const ROWS_ABOVE: usize = 20;

/// The rows of a table whose columns were found.
struct CsvTable<C> {
    columns: C,
    /// What stands above the header
    above: Vec<CsvRow>,
    rows: Vec<CsvRow>,
    /// A row whose quotation mark never closes: what follows it was not read.
    unclosed: Option<Span>,
}

/// Splits a text at commas or, where that gives no header, at Tabs. J065 where neither does.
fn open<C>(
    file: &SourceFile,
    paper: Paper,
    find: impl Fn(&[CsvHeading]) -> Option<C>,
    diagnostics: &mut Diagnostics,
) -> Option<CsvTable<C>> {
    for delimiter in *b",\t" {
        let read = read_rows(file, delimiter);
        let mut above = Vec::new();
        let mut rows = read.rows.into_iter();
        for row in rows.by_ref().take(ROWS_ABOVE) {
            let headings: Vec<CsvHeading> = row.cells.iter().map(|cell| CsvHeading::parse(cell)).collect();
            if let Some(columns) = find(&headings) {
                return Some(CsvTable { columns, above, rows: rows.collect(), unclosed: read.unclosed });
            }
            above.push(row);
        }
    }
    diagnostics.push(without_columns(file, paper));
    None
}

impl<C> CsvTable<C> {
    /// Reads the rows that say something, and says what is wrong with the others.
    fn read<R>(
        self,
        file: &SourceFile,
        diagnostics: &mut Diagnostics,
        mut read: impl FnMut(&C, &CsvRow, &mut Vec<RowFault>) -> Option<R>,
    ) -> Vec<R> {
        let mut faults = Vec::new();
        let found =
            self.rows.iter().filter(|row| !row.is_remark()).filter_map(|row| read(&self.columns, row, &mut faults));
        let found = found.collect();
        if let Some(row) = self.unclosed {
            faults.push(RowFault::unclosed(row));
        }
        messages::say(file, faults, diagnostics);
        found
    }
}
