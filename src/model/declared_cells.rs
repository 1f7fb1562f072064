//! The cells of one row of a declared table.

use super::arrow_values::ArrowValues;
use super::declared_messages as messages;
use super::declared_rows::TypedRow;
use super::indicator::{DeclaredColumn, DeclaredTable, Indicator, Role, Value};
use super::{Amount, Cell, PLACEHOLDER, Quantity, Text, Unit, cell_lines, parse_amount, parse_quantities};
use crate::diagnostic::Diagnostics;
use crate::form::{Formula, Values, unit_in_name};
use crate::source::{SourceFile, Span};
use crate::syntax::chars::without_blanks;

/// What is needed to read the cells of a table.
pub(super) struct Cells<'a> {
    pub(super) file: &'a SourceFile,
    pub(super) declared: &'a DeclaredTable,
    /// Of all columns, as messages call them
    pub(super) names: &'a [String],
    pub(super) kind: RowKind,
    pub(super) arrows: &'a ArrowValues,
}

/// What the form makes of a row.
#[derive(Default)]
pub(super) struct RowKind {
    /// Computed all the same: a cell may be left blank.
    pub(super) is_computed: bool,
    /// Of a transposed table: the column of the form that the row is, by its place in 列
    pub(super) column: Option<usize>,
    /// 文字の行
    pub(super) is_text: bool,
    /// 1人当たり＝総コスト÷利用者（円）: its figures are of the unit that the formula gives them, and no amounts
    pub(super) has_own_unit: bool,
    /// 職員数（人）: its figures are of that unit, and no amounts
    pub(super) unit: Option<&'static str>,
}

impl Cells<'_> {
    fn is_computed(&self, column: usize) -> bool {
        self.declared.is_computed(column)
    }

    fn formula(&self, column: usize) -> Option<&Formula> {
        match self.declared.columns.get(column)? {
            DeclaredColumn::Value(value) => self.declared.table.formula(*value),
            DeclaredColumn::Text => None,
        }
    }

    fn is_value(&self, column: usize) -> bool {
        self.declared.is_value(column)
    }

    pub(super) fn is_amount(&self, column: usize) -> bool {
        let table = &self.declared.table;
        let Some(DeclaredColumn::Value(value)) = self.declared.columns.get(column) else { return false };
        if self.kind.is_text || self.kind.has_own_unit || self.kind.unit.is_some() {
            return false;
        }
        match self.kind.column.and_then(|column| table.columns.get(column)) {
            Some(own) => (table.values == Values::Amount || own.is_amount) && !has_own_unit(own.formula.as_ref()),
            None => table.is_amount(*value) && !has_own_unit(self.formula(column)),
        }
    }

    /// 利用者数（人） in a table of amounts
    fn column_unit(&self, column: usize) -> Option<&'static str> {
        let table = &self.declared.table;
        let Some(DeclaredColumn::Value(value)) = self.declared.columns.get(column) else { return None };
        let own = table.columns.get(value.column?)?;
        unit_in_name(&own.name).filter(|_| table.values == Values::Amount)
    }

    /// The columns in which the typed cells stand.
    fn places(&self, row: &TypedRow, diagnostics: &mut Diagnostics) -> Option<Vec<usize>> {
        let count = row.cells.len();
        let texts: Vec<&str> = row.cells.iter().map(|cell| self.file.slice(*cell)).collect();
        if let Some(places) = self.declared.places(&texts) {
            if self.declared.is_ambiguous(&texts) {
                diagnostics.push(messages::two_readings(
                    row.span,
                    self.file.slice(row.label),
                    self.declared,
                    self.names,
                ));
            }
            return Some(places);
        }
        let names = self.declared.typed_names(self.names);
        diagnostics.push(messages::wrong_count(row.span, self.file.slice(row.label), count, &names));
        // Where some lack nobody knows which value stands in which column, and no sum is made of them.
        let typed = self.declared.typed_columns();
        (self.declared.table.front.is_empty() && count > typed.len()).then_some(typed)
    }

    /// Whether a column holds remarks, in a table some of whose columns are computed: who types one of those too moves a figure
    /// there.
    fn is_computed_beside_remarks(&self, name: &str) -> bool {
        const REMARKS: &[&str] = &["備考", "摘要", "説明", "理由", "特記事項", "内容", "コメント"];
        REMARKS.contains(&without_blanks(name).as_str())
            && (0..self.declared.columns.len()).any(|column| self.declared.is_computed(column))
    }

    /// `その他｜0`
    fn lone_value(&self, row: &TypedRow) -> Option<Span> {
        let [only] = row.cells.as_slice() else { return None };
        self.declared.counts_for_all(self.file.slice(*only)).then_some(*only)
    }

    /// The values of a row, those that are computed left open.
    pub(super) fn lower(
        &self,
        row: &TypedRow,
        role: Role,
        above: &Indicator,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Value> {
        let hole = Value::Hole(Span { start: row.span.end, ..row.span });
        let mut values: Vec<Value> = (0..self.declared.columns.len())
            .map(|column| if self.is_computed(column) { open_cell(row.span) } else { hole.clone() })
            .collect();
        if let Some(only) = self.lone_value(row) {
            for (column, value) in values.iter_mut().enumerate().filter(|(column, _)| !self.is_computed(*column)) {
                *value = if self.is_value(column) {
                    self.lower_cell(column, only, role, above, diagnostics)
                } else {
                    empty_cell(row.span)
                };
            }
            return values;
        }
        let Some(places) = self.places(row, diagnostics) else { return values };
        let mut blanks: Vec<usize> = Vec::new();
        for (cell, column) in row.cells.iter().zip(&places) {
            let text = self.file.slice(*cell);
            let Some(slot) = values.get_mut(*column) else { continue };
            if text.is_empty() || text == PLACEHOLDER {
                match (self.is_value(*column), self.is_computed(*column)) {
                    (_, true) => {}
                    (true, false) if self.kind.is_computed => *slot = open_cell(row.span),
                    (false, _) => *slot = Value::Own(Cell { span: *cell, lines: Vec::new(), quantities: Vec::new() }),
                    (true, false) => blanks.push(*column),
                }
                continue;
            }
            *slot = self.lower_cell(*column, *cell, role, above, diagnostics);
        }
        let typed = places.get(..row.cells.len()).unwrap_or(&places);
        for (column, slot) in values.iter_mut().enumerate() {
            if self.declared.is_behind(column) && !typed.contains(&column) {
                *slot = empty_cell(row.span);
            }
        }
        if !blanks.is_empty() {
            let names: Vec<String> = blanks.iter().filter_map(|column| self.names.get(*column).cloned()).collect();
            diagnostics.push(messages::blank_cells(row.span, self.file.slice(row.label), &names));
        }
        self.go_on(row, &places, &mut values, diagnostics);
        self.check_units(row, &mut values, diagnostics);
        values
    }

    fn lower_cell(
        &self,
        column: usize,
        span: Span,
        role: Role,
        above: &Indicator,
        diagnostics: &mut Diagnostics,
    ) -> Value {
        let lines = cell_lines(self.file, span);
        let text = self.file.slice(span);
        let name = self.names.get(column).map_or("", String::as_str);
        if text == "↑" {
            if self.is_amount(column) {
                diagnostics.push(messages::no_arrow(span, name));
                return Value::Hole(span);
            }
            if let Some(arrow) = self.arrows.beside(column) {
                diagnostics.push(super::table_messages::arrow_as_value(span, arrow));
                return Value::Hole(span);
            }
            return self.shared(column, span, role, above, diagnostics);
        }
        let quantities = if self.is_amount(column) {
            match self.amount(text) {
                Ok(quantities) => quantities,
                Err(error) => {
                    diagnostics.push(messages::no_amount(span, name, text, self.declared.unit.name(), &error));
                    return Value::Hole(span);
                }
            }
        } else if self.is_value(column) && !self.kind.is_text {
            let mut quantities: Vec<Quantity> = lines.iter().flat_map(|line| parse_quantities(&line.value)).collect();
            let unit = self.kind.unit.or_else(|| self.column_unit(column));
            for quantity in quantities.iter_mut().filter(|quantity| quantity.unit.is_empty()) {
                quantity.unit = unit.unwrap_or("").to_string();
            }
            quantities
        } else {
            if without_blanks(name) == "単位" && is_figure(text) {
                diagnostics.push(messages::unit_is_figure(span, text, &self.declared.typed_names(self.names)));
                return Value::Hole(span);
            }
            if self.is_computed_beside_remarks(name) && is_figure(text.trim_end_matches(['％', '%'])) {
                diagnostics.push(messages::remark_is_figure(span, name, text, &self.declared.typed_names(self.names)));
            }
            Vec::new()
        };
        Value::Own(Cell { span, lines, quantities })
    }

    /// An amount in the report's unit; a quantity of what may be another unit (2.5人) stays one, and 調査中 is none yet.
    fn amount(&self, text: &str) -> Result<Vec<Quantity>, super::AmountError> {
        if is_unknown_amount(text) {
            return Ok(Vec::new());
        }
        let unit = self.declared.unit.name().to_string();
        let error = match parse_amount(text, self.declared.unit) {
            Ok(Amount::NotApplicable) => return Ok(Vec::new()),
            Ok(Amount::Value(value)) => return Ok(vec![Quantity { prefix: None, number: value.into(), unit }]),
            Err(error) => error,
        };
        other_quantity(text).map(|quantity| vec![quantity]).ok_or(error)
    }

    fn shared(&self, column: usize, span: Span, role: Role, above: &Indicator, diagnostics: &mut Diagnostics) -> Value {
        let last = above.rows.last().filter(|last| last.role == role);
        match last.and_then(|last| last.values.get(column)) {
            Some(Value::Own(_)) => Value::Shared { row: above.rows.len() - 1, span },
            Some(Value::Shared { row, .. }) => Value::Shared { row: *row, span },
            Some(Value::Hole(_) | Value::Computed(_)) => Value::Hole(span),
            None => {
                diagnostics.push(super::table_messages::nothing_to_share(span));
                Value::Hole(span)
            }
        }
    }

    /// ＋ lines, cell by cell.
    fn go_on(&self, row: &TypedRow, places: &[usize], values: &mut [Value], diagnostics: &mut Diagnostics) {
        for (_, cells) in &row.more {
            for (cell, column) in cells.iter().skip(1).zip(places).filter(|(cell, _)| !cell.is_empty()) {
                let name = self.names.get(*column).map_or("", String::as_str);
                if self.is_amount(*column) {
                    diagnostics.push(messages::no_continuation(*cell, name));
                } else if let Some(Value::Own(own)) = values.get_mut(*column) {
                    own.push_lines(cell_lines(self.file, *cell), self.is_value(*column));
                }
            }
        }
    }
}

/// The only quantity of a text, where it is none of money: 2.5人.
pub fn other_quantity(text: &str) -> Option<Quantity> {
    let is_other = |quantity: &Quantity| {
        !quantity.unit.is_empty() && !quantity.unit.ends_with('円') && Unit::from_name(&quantity.unit).is_none()
    };
    match parse_quantities(text).as_slice() {
        [only] if is_other(only) => Some(only.clone()),
        _ => None,
    }
}

/// Words for an amount that nobody knows yet, or that is not published.
pub fn is_unknown_amount(text: &str) -> bool {
    const WORDS: &[&str] =
        &["調査中", "集計中", "算定中", "精算中", "確認中", "調整中", "未定", "未確定", "非公表", "未公表"];
    WORDS.contains(&text)
}

/// A number and nothing else: no unit.
fn is_figure(text: &str) -> bool {
    matches!(parse_quantities(text).as_slice(), [only] if only.unit.is_empty())
}

/// A cell that is still to be computed.
pub(super) fn open_cell(row: Span) -> Value {
    Value::Computed(Cell { span: Span { start: row.end, ..row }, lines: Vec::new(), quantities: Vec::new() })
}

/// A text of the program's own at a place.
pub(super) fn written(text: &str, place: Span) -> Text {
    Text::new(text.to_string(), Span { start: place.end, ..place })
}

/// A cell of words that nobody wrote.
fn empty_cell(row: Span) -> Value {
    Value::Own(Cell { span: Span { start: row.end, ..row }, lines: Vec::new(), quantities: Vec::new() })
}

/// Whether a formula gives its figures a unit that need not be that of the amounts it is made of.
pub(super) fn has_own_unit(formula: Option<&Formula>) -> bool {
    match formula {
        Some(Formula::Ratio(_)) => true,
        Some(Formula::Product(product)) => product.figure.is_some(),
        Some(Formula::Sum(_)) | None => false,
    }
}
