//! What stands over the columns of a table: labels, years, units.

use super::build::ViewBuilder;
use super::contract::HeadGroupView;
use super::table_fit::{are_all_amounts, head_unit};
use crate::form::Values;
use crate::model::{Column, Columns, DeclaredColumn, DeclaredRow, Indicator, Row, YearLabel};

impl ViewBuilder<'_> {
    /// （千円） of each column of amounts among other values: no unit stands above such a table.
    pub(super) fn head_units(&self, table: &Indicator) -> Vec<Option<&'static str>> {
        (0..table.columns.count()).map(|column| head_unit(table, column)).collect()
    }

    /// 6年度, over the columns that have a year above their own heads
    pub(super) fn years_above(&self, table: &Indicator) -> Vec<Option<String>> {
        let Columns::Own(columns) = &table.columns else { return vec![None; table.columns.count()] };
        let year = |column: &Column| Some(column.group?.resolve(self.fiscal_year?).column());
        columns.iter().map(year).collect()
    }

    /// What each column is called where it stands alone: 6年度の決算額
    pub fn column_names(&self, table: &Indicator) -> Vec<String> {
        let labels = self.column_labels(table).into_iter().zip(self.years_above(table));
        labels.map(|(label, year)| year.map_or(label.clone(), |year| format!("{year}の{label}"))).collect()
    }

    /// （単位：千円） where every value is an amount
    pub(super) fn unit_above(&self, table: &Indicator) -> String {
        let Some(declared) = &table.declared else { return String::new() };
        let has_values = declared
            .columns
            .iter()
            .any(|column| matches!(column, DeclaredColumn::Value(value) if declared.table.is_amount(*value)));
        if has_values && are_all_amounts(declared) {
            format!("（単位：{}）", declared.unit.name())
        } else {
            String::new()
        }
    }

    /// The upper row of a head: each year over its columns. Columns of no year stand by themselves, without a label.
    pub(super) fn head_groups(&self, table: &Indicator) -> Vec<HeadGroupView> {
        let Columns::Own(columns) = &table.columns else { return Vec::new() };
        if columns.iter().all(|column| column.group.is_none()) {
            return Vec::new();
        }
        let mut groups: Vec<(Option<YearLabel>, usize)> = Vec::new();
        for column in columns {
            match groups.last_mut().filter(|(year, _)| year.is_some() && *year == column.group) {
                Some((_, count)) => *count += 1,
                None => groups.push((column.group, 1)),
            }
        }
        let label =
            |year: Option<YearLabel>| year.zip(self.fiscal_year).map(|(year, current)| year.resolve(current).column());
        groups
            .into_iter()
            .map(|(year, columns)| HeadGroupView { label: label(year).unwrap_or_default(), columns })
            .collect()
    }

    /// Heads of the value columns: years are computed, whatever was typed.
    pub fn column_labels(&self, table: &Indicator) -> Vec<String> {
        match &table.columns {
            Columns::Years => vec![self.year.previous_column.clone(), self.year.column.clone()],
            Columns::Own(columns) => columns
                .iter()
                .map(|column| match (column.year, self.fiscal_year) {
                    (Some(year), Some(current)) => year.resolve(current).column(),
                    _ => self.printer.text(&column.label.value),
                })
                .collect(),
        }
    }
}

/// 千円, of a row of amounts in a transposed table whose other rows are none
pub(super) fn row_unit(table: &Indicator, row: &Row) -> Option<&'static str> {
    let declared = table.declared.as_ref().filter(|declared| declared.table.values != Values::Amount)?;
    let Some(DeclaredRow::Column(place)) = row.declared else { return None };
    let is_amount = declared.table.columns.get(place)?.is_amount && !are_all_amounts(declared);
    is_amount.then(|| declared.unit.name())
}
