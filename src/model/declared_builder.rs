//! A declared table in the making: rows are pushed one by one, each with its place in its group.

use super::arrow_values::ArrowValues;
use super::declared_cells::{Cells, RowKind, has_own_unit, open_cell, written};
use super::declared_messages as messages;
use super::declared_rows::TypedRow;
use super::indicator::{DeclaredColumn, DeclaredRow, DeclaredTable, Indicator, Role, Row, Value};
use super::{Cell, FiscalYear, cell_lines};
use crate::diagnostic::Diagnostics;
use crate::form::{Values, unit_in_name};
use crate::source::{SourceFile, Span};
use crate::syntax::chars::parse_item_number;

pub(super) struct TableBuilder<'a> {
    pub(super) file: &'a SourceFile,
    pub(super) declared: &'a DeclaredTable,
    /// The report's year
    pub(super) current: Option<FiscalYear>,
    /// Of all columns, as messages call them
    pub(super) names: Vec<String>,
    pub(super) made: Indicator,
    /// Of all columns, as they are typed
    pub(super) arrows: ArrowValues,
    /// The typed head names other columns: what that makes of the rows is not said again.
    pub(super) is_head_wrong: bool,
    pub(super) diagnostics: &'a mut Diagnostics,
}

/// What lies below a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Below {
    Nothing,
    /// Nothing but parts that say so (うち)
    Parts,
    /// Rows whose sum it is
    Summands,
}

impl TableBuilder<'_> {
    pub(super) fn push_typed(&mut self, row: &TypedRow, level: usize, declared: Option<DeclaredRow>, below: Below) {
        let role = self.role(level);
        let label = self.label(row);
        let is_summed = below == Below::Summands && self.declared.table.values == Values::Amount;
        let is_computed = is_summed || self.is_formula(declared) || declared == Some(DeclaredRow::Total);
        if row.has_cells {
            let kind = RowKind { is_computed, ..self.kind_of(row, declared) };
            let values = self.lower_cells(row, role, kind);
            return self.push(row.span, label, role, values, declared);
        }
        if is_computed {
            return self.push(row.span, label, role, self.open_values(row.span), declared);
        }
        let is_group = below != Below::Nothing && level == 0 && self.declared.table.values == Values::Number;
        if is_group {
            return self.push(row.span, label, Role::Group, Vec::new(), declared);
        }
        self.diagnostics.push(messages::lone_label(row.span, self.file.slice(row.label), &self.typed_names()));
        self.push(row.span, label, role, self.holes(row.span), declared);
    }

    fn kind_of(&self, row: &TypedRow, declared: Option<DeclaredRow>) -> RowKind {
        let own = match declared {
            Some(DeclaredRow::Row(place)) => self.declared.table.rows.get(place),
            Some(DeclaredRow::Total | DeclaredRow::Column(_)) | None => None,
        };
        RowKind {
            is_text: own.is_some_and(|own| own.is_text),
            has_own_unit: has_own_unit(own.and_then(|own| own.formula.as_ref())),
            unit: unit_in_name(self.file.slice(row.label)),
            ..RowKind::default()
        }
    }

    pub(super) fn lower_cells(&mut self, row: &TypedRow, role: Role, kind: RowKind) -> Vec<Value> {
        let arrows = &self.arrows;
        let cells = Cells { file: self.file, declared: self.declared, names: &self.names, kind, arrows };
        cells.lower(row, role, &self.made, self.diagnostics)
    }

    /// A row that the program writes and computes.
    pub(super) fn push_written(&mut self, name: &str, level: usize, declared: DeclaredRow) {
        let place = self.made.rows.last().map_or(self.made.heading, |row| row.span);
        let place = Span { start: place.end, ..place };
        let (role, values) = (self.role(level), self.open_values(place));
        self.push(place, written_label(name, place), role, values, Some(declared));
    }

    /// A row that nobody typed and that cannot be computed; in a draft it stands open.
    pub(super) fn push_missing(&mut self, name: &str, level: usize, declared: DeclaredRow) {
        let place = Span { start: self.made.heading.end, ..self.made.heading };
        let (role, values) = (self.role(level), self.holes(place));
        self.push(place, written_label(name, place), role, values, Some(declared));
    }

    pub(super) fn push(
        &mut self,
        span: Span,
        label: Cell,
        role: Role,
        values: Vec<Value>,
        declared: Option<DeclaredRow>,
    ) {
        let is_written = label.lines.iter().all(|line| line.span.is_empty());
        let item = label.lines.first().and_then(|line| {
            let (rest, number) = parse_item_number(&line.value).ok()?;
            Some((number, Span { end: line.span.end - rest.len(), ..line.span }))
        });
        // A number in the name of a row of the form names no item.
        let item = item.filter(|_| !is_written && declared.is_none());
        self.made.rows.push(Row { span, label, role, values, item, declared, is_written });
    }

    pub(super) fn role(&self, level: usize) -> Role {
        let Some(above) = level.checked_sub(1) else { return Role::Plain };
        let parent = self.made.rows.iter().rposition(|row| self.level_of(row) == above);
        parent.map_or(Role::Plain, |parent| Role::Child { parent })
    }

    fn level_of(&self, row: &Row) -> usize {
        let mut level = 0;
        let mut at = row;
        while let Some(parent) = self.made.parent(at).filter(|_| level < 3) {
            level += 1;
            at = parent;
        }
        level
    }

    pub(super) fn label(&self, row: &TypedRow) -> Cell {
        let mut lines = cell_lines(self.file, row.label);
        let more = row.more.iter().filter_map(|(_, cells)| cells.first()).filter(|cell| !cell.is_empty());
        lines.extend(more.flat_map(|cell| cell_lines(self.file, *cell)));
        Cell { span: row.label, lines, quantities: Vec::new() }
    }

    pub(super) fn open_values(&self, span: Span) -> Vec<Value> {
        let open = |column: &DeclaredColumn| match column {
            DeclaredColumn::Value(_) => open_cell(span),
            DeclaredColumn::Text => {
                let span = Span { start: span.end, ..span };
                Value::Own(Cell { span, lines: Vec::new(), quantities: Vec::new() })
            }
        };
        self.declared.columns.iter().map(open).collect()
    }

    pub(super) fn holes(&self, span: Span) -> Vec<Value> {
        self.declared.columns.iter().map(|_| Value::Hole(span)).collect()
    }

    fn is_formula(&self, declared: Option<DeclaredRow>) -> bool {
        match declared {
            Some(DeclaredRow::Row(place)) => {
                self.declared.table.rows.get(place).is_some_and(|row| row.formula.is_some())
            }
            Some(DeclaredRow::Total | DeclaredRow::Column(_)) | None => false,
        }
    }

    /// The columns that are to be typed, by name.
    pub(super) fn typed_names(&self) -> Vec<String> {
        self.declared.typed_names(&self.names)
    }

    /// ・一般財源｜—｜—
    pub(super) fn example(&self, name: &str, level: usize) -> String {
        format!("{}{name}{}", "・".repeat(level), "｜—".repeat(self.typed_names().len()))
    }
}

fn written_label(name: &str, place: Span) -> Cell {
    Cell { span: place, lines: vec![written(name, place)], quantities: Vec::new() }
}
