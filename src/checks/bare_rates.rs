//! J036: a bare number in a column of rates, 86 below 113.5％. The columns whose values the label counts are looked at in `table_units`.

use super::rows::{holds_unit, label_of, value_columns};
use super::unit::unified;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Cell, Columns, Indicator, Program, Quantity, Row, Value};

pub(super) fn check(program: &Program, diagnostics: &mut Diagnostics) {
    for table in program.tables().filter(|table| table.declared.is_none()) {
        let Columns::Own(columns) = &table.columns else { continue };
        let counted = value_columns(table);
        let others = columns.iter().enumerate().filter(|(at, column)| {
            !counted.contains(at) && table.unit_column() != Some(*at) && !holds_unit(&column.label.value)
        });
        for (at, _) in others {
            check_column(table, at, diagnostics);
        }
    }
}

fn check_column(table: &Indicator, at: usize, diagnostics: &mut Diagnostics) {
    let cells = || table.rows.iter().filter_map(move |row| Some((row, single(row, at)?)));
    let is_bare = |quantity: &Quantity| quantity.unit.is_empty();
    let rates: Vec<_> = cells().filter(|(_, (_, quantity))| unified(&quantity.unit) == "%").collect();
    let bare: Vec<_> = cells().filter(|(_, (_, quantity))| is_bare(quantity)).collect();
    let Some((_, (_, example))) = rates.first().filter(|_| rates.len() > bare.len()) else { return };
    for (row, (cell, quantity)) in bare {
        let (typed, unit) = (quantity.number, &example.unit);
        diagnostics.push(
            Diagnostic::new(Code::J036, cell.span, format!("「{typed}」に単位がありません。"))
                .help(format!("同じ列の「{}{unit}」に合わせるなら「{typed}{unit}」です。", example.number))
                .or_acknowledge("【事業】", &label_of(row)),
        );
    }
}

/// A cell that holds one figure.
fn single(row: &Row, at: usize) -> Option<(&Cell, &Quantity)> {
    let Some(Value::Own(cell)) = row.values.get(at) else { return None };
    match cell.quantities.as_slice() {
        [quantity] => Some((cell, quantity)),
        _ => None,
    }
}
