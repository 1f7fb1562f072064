//! The columns of a table, as they are printed.

use serde::Serialize;

use crate::model::{Column, Columns, Context, DeclaredColumn, FiscalYear, Indicator, YearLabel};

/// A column behind the label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GridColumn {
    pub name: String,
    /// The year that stands over it in a head of two rows
    pub group: Option<String>,
    /// Typed by nobody
    pub is_computed: bool,
    /// Of words: what is above and below is offered
    pub is_text: bool,
    /// Of money: a count is no value there
    pub is_amount: bool,
}

impl GridColumn {
    pub(super) fn of_words(name: &str) -> Self {
        Self { name: name.to_string(), group: None, is_computed: false, is_text: true, is_amount: false }
    }
}

/// The columns of a table that was read.
pub(super) fn columns(table: &Indicator, context: &Context) -> Vec<GridColumn> {
    let year = context.fiscal_year;
    match &table.columns {
        Columns::Years => {
            let names = match year {
                Some(year) => [year.previous().column(), year.column()],
                None => ["前年度", "当年度"].map(str::to_string),
            };
            let plain = |name| GridColumn { name, group: None, is_computed: false, is_text: false, is_amount: false };
            names.into_iter().map(plain).collect()
        }
        Columns::Own(columns) => {
            columns.iter().enumerate().map(|(place, own)| column(table, place, own, year)).collect()
        }
    }
}

fn column(table: &Indicator, place: usize, own: &Column, current: Option<FiscalYear>) -> GridColumn {
    let label = |year: YearLabel| current.map(|current| year.resolve(current).column());
    let typed = own.label.value.clone();
    let declared = table.declared.as_ref();
    GridColumn {
        name: own.year.and_then(label).unwrap_or(typed),
        group: own.group.and_then(label),
        is_computed: declared.is_some_and(|declared| declared.is_computed(place)),
        is_amount: declared.is_some_and(|declared| match declared.columns.get(place) {
            Some(DeclaredColumn::Value(value)) => declared.table.is_amount(*value),
            Some(DeclaredColumn::Text) | None => false,
        }),
        is_text: declared.is_some_and(|declared| !declared.is_value(place)) || table.unit_column() == Some(place),
    }
}
