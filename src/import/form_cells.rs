//! Columns of a list that are cells of a table of the office's form: 国庫支出金（決算額）, R5 国庫支出金.

use super::column_years::words_of_year;
use crate::form::{RowPlace, Table, ValueColumn};
use crate::model::FiscalYear;

/// A cell of a table with fixed rows: its row, and its column among those of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CellPlace {
    pub(super) row: usize,
    pub(super) column: usize,
}

/// Further rows of the list that go on with a program have rows of their own in its free tables.
pub(super) const ROWS_APART: usize = 1000;

/// A cell of a table whose rows are free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FreePlace {
    /// Counted over all tables of a list
    pub(super) row: usize,
    pub(super) part: RowPart,
}

/// A part of a row of a table whose rows are free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RowPart {
    Label,
    /// Among the columns of text before the values
    Front(usize),
    /// A unit that no column of the table is for
    Unit,
    /// Among the table's columns of values
    Value(usize),
    /// Among the columns of text behind the values
    Back(usize),
}

/// A table whose columns stand below its rows (向き：縦) as one in which they stand side by side, each year with all of them: so its
/// cells are counted here.
pub(super) fn flat(table: &Table) -> Table {
    Table { is_transposed: false, ..table.clone() }
}

/// The rows and columns of values that are typed.
pub(super) fn typed_cells(table: &Table) -> impl Iterator<Item = (CellPlace, ValueColumn)> + '_ {
    let columns: Vec<(usize, ValueColumn)> =
        table.value_columns().into_iter().enumerate().filter(|(_, column)| table.formula(*column).is_none()).collect();
    let rows = (0..table.rows.len()).filter(|row| !table.is_computed(RowPlace::Declared(*row)));
    rows.flat_map(move |row| columns.clone().into_iter().map(move |(column, value)| (CellPlace { row, column }, value)))
}

/// What may stand over a column that is that cell.
pub(super) fn names(table: &Table, place: CellPlace, column: ValueColumn, current: Option<FiscalYear>) -> Vec<String> {
    let Some(row) = table.rows.get(place.row).map(|row| row.name.as_str()) else { return Vec::new() };
    let own = column.column.and_then(|column| table.columns.get(column)).map(|column| column.name.as_str());
    let mut bases = match own {
        Some(own) => {
            let pairs = [(row, own), (own, row)];
            pairs.iter().flat_map(|(a, b)| [format!("{a}{b}"), format!("{a}({b})"), format!("{a}の{b}")]).collect()
        }
        None => vec![row.to_string()],
    };
    if table.columns.iter().filter(|column| column.formula.is_none()).count() == 1 && own.is_some() {
        bases.push(row.to_string());
    }
    let Some(offset) = column.year else { return bases };
    let labels = words_of_year(offset, current);
    let mut names: Vec<String> = Vec::new();
    for base in &bases {
        names.extend(labels.iter().flat_map(|year| {
            [format!("{year}{base}"), format!("{base}{year}"), format!("{base}({year})"), format!("{year}({base})")]
        }));
    }
    // A list of this year's figures does not say so.
    if offset == 0 {
        names.extend(bases);
    }
    names
}
