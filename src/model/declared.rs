//! A table that the form declares: its rows in the order of the form, what is computed filled in.

use super::computed::Computed;
use super::declared_cells::{Cells, open_cell, written};
use super::declared_messages as messages;
use super::declared_rows::{TypedRow, TypedTable, assign, collect};
use super::indicator::{Column, Columns, DeclaredColumn, DeclaredRow, DeclaredTable, Indicator, Role, Row, Value};
use super::year::{FiscalYear, YearLabel};
use super::{Block, BlockKind, Cell, Context, Quantity, Text, cell_lines, format_amount};
use crate::diagnostic::Diagnostics;
use crate::form::{Table, Values, is_alike};
use crate::source::{SourceFile, Span};
use crate::syntax::Section;
use crate::syntax::chars::{parse_item_number, without_blanks};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::sync::Arc;

/// Reads a table of the form.
pub(super) fn lower_declared(
    file: &SourceFile,
    section: &Section,
    table: &Arc<Table>,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Indicator {
    let typed = collect(file, &section.lines, diagnostics);
    let (columns, meanings) = columns_of(table, section.heading, context.fiscal_year);
    let names: Vec<String> = columns.iter().map(|column| name_of(column, context.fiscal_year)).collect();
    let caption = (!section.rest.is_empty()).then(|| Text::new(file.slice(section.rest).to_string(), section.rest));
    let declared = DeclaredTable { table: Arc::clone(table), columns: meanings, unit: context.unit() };
    let mut lowering = Lowering {
        file,
        declared: &declared,
        names,
        made: Indicator {
            heading: section.heading,
            caption,
            columns: Columns::Own(columns),
            rows: Vec::new(),
            notes: notes_of(file, &typed),
            declared: Some(declared.clone()),
        },
        diagnostics,
    };
    lowering.lower_rows(typed);
    let mut made = lowering.made;
    made.take_units();
    fill_in(&mut made);
    made
}

fn notes_of(file: &SourceFile, typed: &TypedTable) -> Vec<Block> {
    let lines = |note: &Vec<Span>| note.iter().map(|span| Text::new(file.slice(*span).to_string(), *span)).collect();
    typed.notes.iter().map(|note| Block { kind: BlockKind::Note, lines: lines(note) }).collect()
}

/// The printed columns with what each one is. Labels are the program's own.
fn columns_of(table: &Table, heading: Span, current: Option<FiscalYear>) -> (Vec<Column>, Vec<DeclaredColumn>) {
    let year = |offset: i32| current.map(|current| YearLabel::Fiscal(FiscalYear::new(current.year() + offset)));
    let text =
        |name: &String| (Column { label: written(name, heading), year: None, group: None }, DeclaredColumn::Text);
    let value = |value: crate::form::ValueColumn| {
        let own = value.column.and_then(|column| table.columns.get(column)).map(|column| column.name.as_str());
        let of_year = value.year.and_then(year);
        let (year, group) = if own.is_some() { (None, of_year) } else { (of_year, None) };
        (Column { label: written(own.unwrap_or("年度"), heading), year, group }, DeclaredColumn::Value(value))
    };
    let front = table.front.iter().map(text);
    front.chain(table.value_columns().into_iter().map(value)).chain(table.back.iter().map(text)).unzip()
}

/// 5年度の目標
fn name_of(column: &Column, current: Option<FiscalYear>) -> String {
    let label = |year: YearLabel| current.map(|current| year.resolve(current).column()).unwrap_or_default();
    match (column.year, column.group) {
        (Some(year), _) => label(year),
        (None, Some(group)) => format!("{}の{}", label(group), column.label.value),
        (None, None) => column.label.value.clone(),
    }
}

struct Lowering<'a> {
    file: &'a SourceFile,
    declared: &'a DeclaredTable,
    names: Vec<String>,
    made: Indicator,
    diagnostics: &'a mut Diagnostics,
}

impl Lowering<'_> {
    fn lower_rows(&mut self, mut typed: TypedTable) {
        if typed.rows.first().is_some_and(|row| self.is_head(row)) {
            let head = typed.rows.remove(0);
            self.check_head(&head);
        }
        if self.declared.table.rows.is_empty() {
            self.lower_free(&typed.rows);
        } else {
            self.lower_fixed(&typed);
        }
    }

    fn is_head(&self, row: &TypedRow) -> bool {
        let label = without_blanks(self.file.slice(row.label));
        let table = &self.declared.table;
        let is_row = table.rows.iter().any(|row| is_alike(&row.name, &label));
        let is_known = |cell: &Span| self.is_column(self.file.slice(*cell));
        let is_named = ["項目名", "項目", "指標名"].contains(&label.as_str());
        row.has_cells && !is_row && (is_named || (!row.cells.is_empty() && row.cells.iter().all(is_known)))
    }

    /// Whether a text is the head of a column, of its year, or of both.
    fn is_column(&self, text: &str) -> bool {
        let Columns::Own(columns) = &self.made.columns else { return false };
        let year = super::parse_year_label(text);
        self.names.iter().any(|name| is_alike(name, text))
            || columns.iter().any(|column| is_alike(&column.label.value, text))
            || year.is_some_and(|_| columns.iter().any(|column| column.year.is_some() || column.group.is_some()))
    }

    fn check_head(&mut self, head: &TypedRow) {
        let wrong = head.cells.iter().find(|cell| !self.is_column(self.file.slice(**cell)) && !cell.is_empty());
        if let Some(cell) = wrong {
            self.diagnostics.push(messages::wrong_head(*cell, self.file.slice(*cell), &self.names));
        }
    }

    /// Rows as they were typed, and 計 at the end.
    fn lower_free(&mut self, typed: &[TypedRow]) {
        let total = self.declared.table.total.clone();
        let is_total = |row: &TypedRow| {
            total.as_ref().is_some_and(|name| row.level == 0 && is_alike(name, self.file.slice(row.label)))
        };
        let (totals, rows): (Vec<&TypedRow>, Vec<&TypedRow>) = typed.iter().partition(|row| is_total(row));
        for (index, row) in rows.iter().enumerate() {
            let has_children = rows.get(index + 1).is_some_and(|next| next.level > row.level);
            self.push_typed(row, row.level, None, has_children);
        }
        if rows.is_empty() && totals.is_empty() {
            return;
        }
        match (totals.first(), &total) {
            (Some(row), _) => self.push_typed(row, 0, Some(DeclaredRow::Total), false),
            (None, Some(name)) => self.push_written(name, 0, DeclaredRow::Total),
            (None, None) => {}
        }
    }

    /// Rows in the order of the form; what it does not have stands at the end of a draft.
    fn lower_fixed(&mut self, typed: &TypedTable) {
        if typed.rows.is_empty() {
            return;
        }
        let places = assign(self.file, &typed.rows, &self.declared.table, self.diagnostics);
        let at =
            |wanted: usize| places.iter().position(|place| *place == Some(wanted)).and_then(|at| typed.rows.get(at));
        let table = Arc::clone(&self.declared.table);
        let mut missing: Vec<(String, String)> = Vec::new();
        for (place, spec) in table.rows.iter().enumerate() {
            let has_children = table.rows.get(place + 1).is_some_and(|next| next.level > spec.level);
            let row = DeclaredRow::Row(place);
            match at(place) {
                Some(typed) => self.push_typed(typed, spec.level, Some(row), has_children),
                None if spec.formula.is_some() || (has_children && table.values == Values::Amount) => {
                    self.push_written(&spec.name, spec.level, row);
                }
                None => {
                    missing.push((spec.name.clone(), self.example(&spec.name, spec.level)));
                    self.push_missing(&spec.name, spec.level, row);
                }
            }
        }
        match (at(table.rows.len()), &table.total) {
            (Some(typed), Some(_)) => self.push_typed(typed, 0, Some(DeclaredRow::Total), false),
            (None, Some(name)) => self.push_written(name, 0, DeclaredRow::Total),
            (_, None) => {}
        }
        for (row, _) in typed.rows.iter().zip(&places).filter(|(_, place)| place.is_none()) {
            self.push_typed(row, 0, None, false);
        }
        // A row that could not be read may be the one that lacks.
        if !missing.is_empty() && !typed.has_unread {
            let (names, rows): (Vec<String>, Vec<String>) = missing.into_iter().unzip();
            self.diagnostics.push(messages::missing_rows(self.made.heading, &table.name, &names, &rows));
        }
    }

    /// 一般財源｜—｜—
    fn example(&self, name: &str, level: usize) -> String {
        let table = &self.declared.table;
        let is_typed = |column: &&DeclaredColumn| match column {
            DeclaredColumn::Value(value) => table.formula(*value).is_none(),
            DeclaredColumn::Text => true,
        };
        let count = self.declared.columns.iter().filter(is_typed).count();
        format!("{}{name}{}", "・".repeat(level), "｜—".repeat(count))
    }

    fn role(&self, level: usize) -> Role {
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

    fn push(&mut self, span: Span, label: Cell, role: Role, values: Vec<Value>, declared: Option<DeclaredRow>) {
        let is_written = label.lines.iter().all(|line| line.span.is_empty());
        let item = label.lines.first().and_then(|line| {
            let (rest, number) = parse_item_number(&line.value).ok()?;
            Some((number, Span { end: line.span.end - rest.len(), ..line.span }))
        });
        let item = item.filter(|_| !is_written);
        self.made.rows.push(Row { span, label, role, values, item, declared, is_written });
    }

    fn push_typed(&mut self, row: &TypedRow, level: usize, declared: Option<DeclaredRow>, has_children: bool) {
        let role = self.role(level);
        let label = self.label(row);
        if self.declared.table.is_upright && declared != Some(DeclaredRow::Total) {
            return self.push_upright(row, label, declared);
        }
        let is_summed = has_children && self.declared.table.values == Values::Amount;
        let is_formula = self.is_formula(declared) || declared == Some(DeclaredRow::Total);
        if !row.has_cells {
            let values = match (is_summed || is_formula, has_children) {
                (true, _) => self.open_values(row.span),
                (false, true) if level == 0 => return self.push(row.span, label, Role::Group, Vec::new(), declared),
                (false, _) => {
                    let names = self.typed_names();
                    self.diagnostics.push(messages::lone_label(row.span, self.file.slice(row.label), &names));
                    self.declared.columns.iter().map(|_| Value::Hole(row.span)).collect()
                }
            };
            return self.push(row.span, label, role, values, declared);
        }
        let cells = Cells { file: self.file, declared: self.declared, names: &self.names, is_computed_row: false };
        let values = cells.lower(row, role, &self.made, self.diagnostics);
        self.push(row.span, label, role, values, declared);
    }

    /// An indicator of an upright table: its label, and below it a row for each column of the form. Those rows stand in the
    /// lines below, by name or in order.
    fn push_upright(&mut self, row: &TypedRow, label: Cell, declared: Option<DeclaredRow>) {
        let table = Arc::clone(&self.declared.table);
        let text = self.file.slice(row.label);
        let place = table.columns.iter().position(|column| is_alike(&column.name, text));
        match place.filter(|_| row.level > 0) {
            Some(place) => {
                let role = self.role(1);
                let is_computed_row = table.columns.get(place).is_some_and(|column| column.formula.is_some());
                let cells =
                    Cells { file: self.file, declared: self.declared, names: &self.names, is_computed_row: false };
                let values = if row.has_cells {
                    cells.lower(row, role, &self.made, self.diagnostics)
                } else if is_computed_row {
                    self.open_values(row.span)
                } else {
                    self.declared.columns.iter().map(|_| Value::Hole(row.span)).collect()
                };
                self.push_written_columns(place);
                self.push(row.span, label, role, values, Some(DeclaredRow::Column(place)));
                self.finish_upright(place + 1, row);
            }
            None if row.level > 0 => {
                let known: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
                self.diagnostics.push(messages::surplus_row(row.label, &table.name, text, &known));
            }
            None => self.push(row.span, label, Role::Group, Vec::new(), declared),
        }
    }

    /// The computed rows between the last row of an indicator and the column of that place.
    fn push_written_columns(&mut self, place: usize) {
        let table = Arc::clone(&self.declared.table);
        let next = match self.made.rows.last().and_then(|row| row.declared) {
            Some(DeclaredRow::Column(last)) => last + 1,
            _ => 0,
        };
        for (index, column) in table.columns.iter().enumerate().take(place).skip(next) {
            if column.formula.is_some() {
                self.push_written(&column.name, 1, DeclaredRow::Column(index));
            }
        }
    }

    /// Behind the last typed row of an indicator come the computed ones that follow it in the form.
    fn finish_upright(&mut self, next: usize, _row: &TypedRow) {
        let table = Arc::clone(&self.declared.table);
        let rest = table.columns.iter().enumerate().skip(next);
        let is_last = rest.clone().all(|(_, column)| column.formula.is_some());
        if is_last {
            for (index, column) in rest {
                self.push_written(&column.name, 1, DeclaredRow::Column(index));
            }
        }
    }

    fn label(&self, row: &TypedRow) -> Cell {
        let mut lines = cell_lines(self.file, row.label);
        let more = row.more.iter().filter_map(|(_, cells)| cells.first()).filter(|cell| !cell.is_empty());
        lines.extend(more.flat_map(|cell| cell_lines(self.file, *cell)));
        Cell { span: row.label, lines, quantities: Vec::new() }
    }

    fn open_values(&self, span: Span) -> Vec<Value> {
        let open = |column: &DeclaredColumn| match column {
            DeclaredColumn::Value(_) => open_cell(span),
            DeclaredColumn::Text => {
                let span = Span { start: span.end, ..span };
                Value::Own(Cell { span, lines: Vec::new(), quantities: Vec::new() })
            }
        };
        self.declared.columns.iter().map(open).collect()
    }

    fn is_formula(&self, declared: Option<DeclaredRow>) -> bool {
        match declared {
            Some(DeclaredRow::Row(place)) => {
                self.declared.table.rows.get(place).is_some_and(|row| row.formula.is_some())
            }
            Some(DeclaredRow::Total | DeclaredRow::Column(_)) | None => false,
        }
    }

    fn typed_names(&self) -> Vec<String> {
        let is_typed = |column: &DeclaredColumn| match column {
            DeclaredColumn::Value(value) => self.declared.table.formula(*value).is_none(),
            DeclaredColumn::Text => true,
        };
        let columns = self.declared.columns.iter().zip(&self.names);
        columns.filter(|(column, _)| is_typed(column)).map(|(_, name)| name.clone()).collect()
    }

    /// A row that the program writes and computes.
    fn push_written(&mut self, name: &str, level: usize, declared: DeclaredRow) {
        let place = self.made.rows.last().map_or(self.made.heading, |row| row.span);
        let place = Span { start: place.end, ..place };
        let label = Cell { span: place, lines: vec![written(name, place)], quantities: Vec::new() };
        let (role, values) = (self.role(level), self.open_values(place));
        self.push(place, label, role, values, Some(declared));
    }

    fn push_missing(&mut self, name: &str, level: usize, declared: DeclaredRow) {
        let place = Span { start: self.made.heading.end, ..self.made.heading };
        let label = Cell { span: place, lines: vec![written(name, place)], quantities: Vec::new() };
        let values = self.declared.columns.iter().map(|_| Value::Hole(place)).collect();
        let role = self.role(level);
        self.push(place, label, role, values, Some(declared));
    }
}

/// Computes what is left open.
fn fill_in(table: &mut Indicator) {
    let mut found = Vec::new();
    for (row, own) in table.rows.iter().enumerate() {
        for (column, value) in own.values.iter().enumerate() {
            if let Value::Computed(cell) = value {
                let computed = table.computed(row, column).map(|(_, computed)| computed);
                found.push((row, column, computed_cell(cell.span, computed, table)));
            }
        }
    }
    for (row, column, value) in found {
        if let Some(slot) = table.rows.get_mut(row).and_then(|row| row.values.get_mut(column)) {
            *slot = value;
        }
    }
}

fn computed_cell(span: Span, computed: Option<Computed>, table: &Indicator) -> Value {
    let unit = table.declared.as_ref().map(|declared| declared.unit.name());
    let (text, quantities) = match computed {
        Some(Computed::Hole) | None => return Value::Hole(span),
        Some(Computed::Rate(None) | Computed::Amount(None, _)) => ("—".to_string(), Vec::new()),
        Some(Computed::Rate(Some(number))) => (format!("{number:.1}％"), vec![quantity(number, "％")]),
        Some(Computed::Amount(Some(number), own)) => {
            let shown = if Some(own.as_str()) == unit { "" } else { own.as_str() };
            (format!("{}{shown}", figure(number)), vec![quantity(number, &own)])
        }
    };
    Value::Computed(Cell { span, lines: vec![written(&text, span)], quantities })
}

fn quantity(number: Decimal, unit: &str) -> Quantity {
    Quantity { prefix: None, number, unit: unit.to_string() }
}

/// 1,234.5 with its commas; △ in front of what is below 0
fn figure(number: Decimal) -> String {
    let number = number.normalize();
    let whole = number.trunc();
    let text = format_amount(whole.to_i64().unwrap_or_default());
    let fraction = number.to_string().split_once('.').map(|(_, digits)| format!(".{digits}")).unwrap_or_default();
    let is_small_negative = number.is_sign_negative() && whole.is_zero() && !number.is_zero();
    if is_small_negative { format!("△{text}{fraction}") } else { format!("{text}{fraction}") }
}
