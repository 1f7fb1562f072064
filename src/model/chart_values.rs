//! Which cells of a table can be drawn: last year's and this year's results, side by side.

use rust_decimal::Decimal;

use super::indicator::{Cell, DeclaredColumn, DeclaredRow, DeclaredTable, Indicator, Row};
use super::year::FiscalYear;
use crate::form::{Formula, ValueColumn};

impl Indicator {
    /// The cells of both years with their columns, where each is one figure that is not negative and both are of one kind.
    pub fn drawable_cells<'a>(&'a self, row: &'a Row, current: FiscalYear) -> Option<[(usize, &'a Cell); 2]> {
        let columns = match &self.declared {
            Some(declared) => result_columns(declared, row)?,
            None => self.year_columns(current),
        };
        let [before, now] = columns.map(|column| Some((column?, self.cell(row, column?)?)));
        let cells @ [(_, before), (_, now)] = [before?, now?];
        let (one, other) = (before.only_figure()?, now.only_figure()?);
        let is_alike = one.unit == other.unit && one.prefix == other.prefix;
        let is_positive = one.number >= Decimal::ZERO && other.number >= Decimal::ZERO;
        (is_alike && is_positive).then_some(cells)
    }
}

/// The columns of last year's results and of this year's; nothing for a row that holds none.
fn result_columns(declared: &DeclaredTable, row: &Row) -> Option<[Option<usize>; 2]> {
    let table = &declared.table;
    if table.is_transposed && row.declared != result_row(declared) {
        return None;
    }
    let is_of = |column: &DeclaredColumn, offset: i32| match column {
        DeclaredColumn::Value(value @ ValueColumn { year: Some(year), column }) => {
            let own = column.and_then(|column| table.columns.get(column));
            *year == offset && own.is_none_or(|own| is_result(&own.name, table.formula(*value)))
        }
        DeclaredColumn::Value(_) | DeclaredColumn::Text => false,
    };
    Some([-1, 0].map(|offset| declared.columns.iter().rposition(|column| is_of(column, offset))))
}

/// In a transposed table the results stand in a row.
fn result_row(declared: &DeclaredTable) -> Option<DeclaredRow> {
    let columns = &declared.table.columns;
    columns.iter().rposition(|own| is_result(&own.name, own.formula.as_ref())).map(DeclaredRow::Column)
}

/// What was aimed at, and what is computed from both, is no result.
fn is_result(name: &str, formula: Option<&Formula>) -> bool {
    formula.is_none() && !["目標", "計画", "見込"].iter().any(|word| name.contains(word)) && !name.ends_with('率')
}
