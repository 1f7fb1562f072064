//! What a reader makes of a workbook.

use super::grid::MOST_CELLS;
use super::package::Fault;
use super::sheet::{MOST_TEXT, Sheet};

/// What a reader makes of a workbook.
#[derive(Default)]
pub(super) struct Book {
    pub(super) sheets: Vec<Sheet>,
    /// Names of sheets that nobody sees
    pub(super) hidden: Vec<String>,
    /// Sheets that hold a chart alone
    pub(super) charts: usize,
    /// All sheets
    pub(super) count: usize,
    cells: u64,
    size: usize,
}

impl Book {
    /// A small file may ask for the same million cells on a hundred sheets.
    pub(super) fn add(&mut self, mut sheet: Sheet) -> Result<(), Fault> {
        sheet.close_rules();
        let (cells, size) = sheet.weight();
        self.cells += cells;
        self.size += size;
        self.sheets.push(sheet);
        if self.cells > 2 * MOST_CELLS || self.size > MOST_TEXT { Err(Fault::Large) } else { Ok(()) }
    }
}
