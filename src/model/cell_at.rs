//! The cell of a declared table at an address of the form.

use super::Cell;
use super::indicator::{DeclaredColumn, DeclaredRow, Indicator, Row};
use crate::form::{Address, RowPlace};

impl Indicator {
    /// The cell at an address of the form.
    pub fn cell_at(&self, address: &Address) -> Option<&Cell> {
        let (row, column) = self.place_of(address)?;
        self.cell(self.rows.get(row)?, column)
    }

    /// Row and column of the cell
    pub(super) fn place_of(&self, address: &Address) -> Option<(usize, usize)> {
        let declared = self.declared.as_ref()?;
        let is_transposed = declared.table.is_transposed;
        let is_column = |column: &DeclaredColumn| match column {
            DeclaredColumn::Value(value) => {
                value.year == address.year && (is_transposed || value.column == address.column)
            }
            DeclaredColumn::Text => false,
        };
        let column = declared.columns.iter().position(is_column)?;
        let row = self.rows.iter().position(|row| self.is_at(row, address, is_transposed))?;
        Some((row, column))
    }

    fn is_at(&self, row: &Row, address: &Address, is_transposed: bool) -> bool {
        let own = if is_transposed { self.parent(row).unwrap_or(row) } else { row };
        let is_row = match address.row {
            RowPlace::Declared(place) => own.declared == Some(DeclaredRow::Row(place)),
            RowPlace::Total => own.declared == Some(DeclaredRow::Total),
            RowPlace::Only => true,
        };
        let is_column = !is_transposed || row.declared == address.column.map(DeclaredRow::Column);
        is_row && is_column
    }
}
