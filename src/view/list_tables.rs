//! Tables in the list of a wide form: rows beside those of other programs, under heads that all share.

use super::build::ViewBuilder;
use super::list_contract::ListCellView;
use super::style::UNPRINTABLE;
use crate::model::{Indicator, Program, Role};
use crate::syntax::SectionKind;

impl ViewBuilder<'_> {
    /// The rows of a program's tables of a kind: the label, then the values. Below them the notes of all.
    pub(super) fn list_table(&self, kind: SectionKind, program: &Program) -> ListCellView {
        let title =
            |table: &Indicator| table.caption.iter().map(|title| vec![self.printer.text(&title.value)]).collect();
        let tables = program.tables_of(kind);
        let rows = tables.flat_map(|table| Vec::into_iter([title(table), self.list_rows(table)].concat()));
        ListCellView {
            rows: rows.collect(),
            blocks: program.tables_of(kind).flat_map(|table| self.blocks(&table.notes)).collect(),
            ..ListCellView::default()
        }
    }

    fn list_rows(&self, table: &Indicator) -> Vec<Vec<String>> {
        let value = |row, column| match table.cell(row, column) {
            Some(cell) => self.cell_text(cell),
            None => UNPRINTABLE.to_string(),
        };
        let rows = table.rows.iter().filter(|row| row.role != Role::Group);
        let printed = rows.map(|row| {
            let group = table.parent(row).filter(|parent| parent.role == Role::Group);
            let label = self.label_text(row);
            let label = match (group, row.role) {
                (Some(group), _) => format!("{}　{label}", self.label_text(group)),
                (None, Role::Child { .. }) => format!("　{label}"),
                (None, Role::Plain | Role::Group) => label,
            };
            std::iter::once(label).chain((0..row.values.len()).map(|column| value(row, column))).collect()
        });
        printed.collect()
    }

    /// Heads of a table's columns, each below the year that stands over it, with the unit of amounts among other values.
    fn labels_with_years(&self, table: &Indicator) -> Vec<String> {
        let heads = self.column_labels(table).into_iter().zip(self.years_above(table)).zip(self.head_units(table));
        heads
            .map(|((label, year), unit)| {
                let year = year.map(|year| format!("{year}\n")).unwrap_or_default();
                let unit = unit.map(|unit| format!("（{unit}）")).unwrap_or_default();
                format!("{year}{label}{unit}")
            })
            .collect()
    }

    /// Heads of the columns of a table in the list: those of the first program that has one.
    pub(super) fn list_parts(&self, kind: SectionKind) -> Vec<String> {
        let printed = self.input.report.printed_programs();
        let first =
            printed.map(|(_, program)| program.as_ref()).find_map(|program: &Program| program.tables_of(kind).next());
        let values = first.map(|table| self.labels_with_years(table));
        let label = "項目".to_string();
        std::iter::once(label).chain(values.unwrap_or_else(|| vec![self.year.column.clone()])).collect()
    }
}
