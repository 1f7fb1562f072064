//! 【指標】 as it is printed: merged cells placed, widths shared out, figures lined up by place.

use std::collections::BTreeMap;

use super::build::ViewBuilder;
use super::contract::{Align, CellView, ColumnView, QuantityView, RowView, TableView};
use super::measure::Measure;
use super::table_fit::{INSET, Room, amount_text, em, room_of};
use super::table_heads::row_unit;
use crate::model::{Cell, Indicator, Role, Row, Value};
use crate::syntax::chars::{is_blank, parse_item_number};

impl ViewBuilder<'_> {
    pub(super) fn table(&self, table: &Indicator) -> TableView {
        let label_columns = if table.rows.iter().any(|row| row.role == Role::Group) { 2 } else { 1 };
        let Room { widths, measure, is_turned, size, inset, .. } = self.room(table);
        let rooms: Vec<f64> = widths.iter().skip(1).map(|width| width * measure - INSET * inset).collect();
        let places: Vec<BTreeMap<&str, Places>> =
            (0..table.columns.count()).map(|column| self.places(table, column)).collect();
        let mut rows = Vec::new();
        for (index, row) in table.rows.iter().enumerate() {
            if row.role == Role::Group {
                continue;
            }
            let mut cells = self.label_cells(table, index, row, label_columns);
            for (column, value) in row.values.iter().enumerate() {
                let rowspan = 1 + shared_rows(table, index, column);
                let room = rooms.get(column).copied().unwrap_or(0.0);
                if let Some(cell) = self.value_cell((table, column, value), rowspan, places.get(column), room) {
                    cells.push(cell);
                }
            }
            rows.push(RowView { cells });
        }
        let head = if table.is_of_amounts() { "区分" } else { "項目名" };
        let heads = self.column_labels(table).into_iter().zip(self.head_units(table));
        let heads = heads.map(|(label, unit)| label + &unit.map(|unit| format!("\n（{unit}）")).unwrap_or_default());
        let labels = std::iter::once(head.to_string()).chain(heads);
        TableView {
            caption: table.caption.as_ref().map(|caption| self.printer.text(&caption.value)).unwrap_or_default(),
            unit: self.unit_above(table),
            turned: is_turned,
            size,
            inset,
            label_columns,
            groups: self.head_groups(table),
            columns: labels.zip(widths).map(|(label, width)| ColumnView { label, width }).collect(),
            rows,
            notes: self.blocks(&table.notes),
        }
    }

    fn room(&self, table: &Indicator) -> Room {
        match &table.declared {
            None => {
                let (widths, measure) = (self.widths(table), self.measure().upright);
                Room { widths, measure, is_turned: false, size: 1.0, inset: 1.0, without: None }
            }
            Some(_) => room_of(table, &self.measure(), &|column, cell| self.declared_text(table, column, cell)),
        }
    }

    pub(super) fn measure(&self) -> Measure {
        Measure::of(self.input.report.form.layout)
    }

    /// A cell of a table, an amount of the form's in its one form.
    pub fn declared_text(&self, table: &Indicator, column: usize, cell: &Cell) -> String {
        amount_text(table, column, cell).unwrap_or_else(|| self.cell_text(cell))
    }

    /// The label of a row; before the first child of a group, the group's label beside its children.
    fn label_cells(&self, table: &Indicator, index: usize, row: &Row, label_columns: usize) -> Vec<CellView> {
        let mut cells = Vec::new();
        let group = match row.role {
            Role::Child { parent } => {
                table.rows.get(parent).filter(|row| row.role == Role::Group).map(|row| (parent, row))
            }
            Role::Plain | Role::Group => None,
        };
        if let Some((parent, group)) = group
            && index == parent + 1
        {
            let children = table.children(parent).count();
            cells.push(self.label_cell(group, 0, 1, children));
        }
        let (level, colspan) = match (row.role, group) {
            (Role::Child { parent }, None) => {
                let is_below = table.rows.get(parent).is_some_and(|row| matches!(row.role, Role::Child { .. }));
                (if is_below { 2 } else { 1 }, label_columns)
            }
            (_, Some(_)) => (0, 1),
            // うち… is a part of the row above, with ・ or without.
            (Role::Plain, None) if index > 0 && row.is_within() => (1, label_columns),
            _ => (0, label_columns),
        };
        let mut label = self.label_cell(row, level, colspan, 1);
        label.text += &row_unit(table, row).map(|unit| format!("（{unit}）")).unwrap_or_default();
        cells.push(label);
        cells
    }

    fn label_cell(&self, row: &Row, level: usize, colspan: usize, rowspan: usize) -> CellView {
        CellView {
            label: true,
            level,
            text: self.label_text(row),
            colspan,
            rowspan,
            align: Align::Left,
            pad_left: 0.0,
            pad_right: 0.0,
            quantities: Vec::new(),
            faulty: self.is_faulty(row.label.span) || row.label.lines.is_empty(),
        }
    }

    /// A label that names an item of 【事業実績】 does so as the item itself is printed.
    pub fn label_text(&self, row: &Row) -> String {
        let mut lines: Vec<String> = row.label.lines.iter().map(|line| line.value.clone()).collect();
        if let (Some((number, _)), Some(first)) = (row.item, lines.first_mut())
            && let Ok((rest, _)) = parse_item_number(first)
        {
            *first = format!("({number}){}", rest.trim_start_matches(is_blank));
        }
        let printed: Vec<String> = lines.iter().map(|line| self.printer.text(line)).collect();
        if printed.is_empty() { super::style::UNPRINTABLE.to_string() } else { printed.join("\n") }
    }

    /// Nothing for a cell that is part of the one above it.
    fn value_cell(
        &self,
        (table, column, value): (&Indicator, usize, &Value),
        rowspan: usize,
        places: Option<&BTreeMap<&str, Places>>,
        room: f64,
    ) -> Option<CellView> {
        let cell = match value {
            Value::Own(cell) | Value::Computed(cell) => cell,
            Value::Shared { .. } => return None,
            Value::Hole(_) => return Some(hole_cell()),
        };
        let text = self.declared_text(table, column, cell);
        let places = places.and_then(|of_units| of_units.get(unit_of(cell)));
        let (pad_left, pad_right) = match (places, split_quantity(cell, &text)) {
            (Some(places), Some((left, right))) if places.left + places.right <= room => {
                (places.left - left, places.right - right)
            }
            _ => (0.0, 0.0),
        };
        Some(CellView {
            label: false,
            level: 0,
            align: alignment(cell, &text),
            text,
            colspan: 1,
            rowspan,
            pad_left,
            pad_right,
            quantities: cell
                .quantities
                .iter()
                .map(|quantity| QuantityView {
                    prefix: quantity.prefix.unwrap_or("").to_string(),
                    number: quantity.number.to_string(),
                    unit: quantity.unit.clone(),
                })
                .collect(),
            faulty: self.is_faulty(cell.span),
        })
    }

    /// A cell, its lines parted by `\n`.
    pub fn cell_text(&self, cell: &Cell) -> String {
        let lines: Vec<String> = cell.lines.iter().map(|line| self.printer.cell_line(&line.value)).collect();
        lines.join("\n")
    }

    /// The widest whole part, and the widest fraction with its unit, of the figures of each unit in a column: those of another unit
    /// are no neighbours.
    fn places<'t>(&self, table: &'t Indicator, column: usize) -> BTreeMap<&'t str, Places> {
        let mut of_units = BTreeMap::new();
        for row in &table.rows {
            let Some(Value::Own(cell) | Value::Computed(cell)) = row.values.get(column) else { continue };
            if let Some((left, right)) = split_quantity(cell, &self.declared_text(table, column, cell)) {
                let places = of_units.entry(unit_of(cell)).or_insert(Places { left: 0.0, right: 0.0 });
                places.left = places.left.max(left);
                places.right = places.right.max(right);
            }
        }
        of_units
    }
}

/// Widths, in em, of the part up to the last digit before the decimal point, and of what follows it.
struct Places {
    left: f64,
    right: f64,
}

/// 名, of a cell that is one figure
fn unit_of(cell: &Cell) -> &str {
    cell.only_figure().map_or("", |figure| figure.unit.as_str())
}

/// A cell that is one figure with its unit, parted behind the units' place.
fn split_quantity(cell: &Cell, printed: &str) -> Option<(f64, f64)> {
    let [_] = cell.lines.as_slice() else { return None };
    let [_] = cell.quantities.as_slice() else { return None };
    let figure = printed.get(..=printed.rfind(|c: char| c.is_ascii_digit())?)?;
    let fraction = figure.trim_end_matches(|c: char| c.is_ascii_digit());
    let whole = fraction.strip_suffix('.').filter(|whole| whole.ends_with(|c: char| c.is_ascii_digit()));
    let place = whole.unwrap_or(figure).len();
    Some((em(printed.get(..place)?), em(printed.get(place..)?)))
}

fn alignment(cell: &Cell, printed: &str) -> Align {
    let is_short = !printed.contains('\n') && em(printed) <= 7.0;
    // A short remark below its figure stands as the figure does.
    let is_remark = |line: &&str| line.starts_with('（') && line.ends_with('）') && em(line) <= 10.0;
    let lines = printed.split('\n').filter(|line| !is_remark(line)).count();
    let all_quantities = !cell.quantities.is_empty() && cell.quantities.len() >= lines.max(1);
    let all_dashes = printed.split('\n').all(|line| line == "—");
    if is_short || all_quantities || all_dashes { Align::Center } else { Align::Left }
}

/// How many rows below share this row's cell.
fn shared_rows(table: &Indicator, owner: usize, column: usize) -> usize {
    table
        .rows
        .iter()
        .skip(owner + 1)
        .take_while(|row| matches!(row.values.get(column), Some(Value::Shared { row, .. }) if *row == owner))
        .count()
}

/// Only in a draft.
fn hole_cell() -> CellView {
    CellView {
        label: false,
        level: 0,
        text: super::style::UNPRINTABLE.to_string(),
        colspan: 1,
        rowspan: 1,
        align: Align::Center,
        pad_left: 0.0,
        pad_right: 0.0,
        quantities: Vec::new(),
        faulty: true,
    }
}
