//! The cells of a row of 【指標】: their values, the gaps that are reported, and ↑. J020, J023, J024 and J026 are reported here.

use super::indicator::{Cell, Columns, Role, Value};
use super::lower_indicator::Lowering;
use super::table_messages as messages;
use super::{PLACEHOLDER, Text, cell_lines};
use crate::source::Span;
use crate::syntax::chars::{is_ditto, is_soft_break};

/// What is meant where something looks like ↑.
enum LikeUp {
    /// `shares`: a ↑ would be right there.
    Slip {
        shares: bool,
    },
    /// Beside this arrow ↑ cannot be written.
    Beside(String),
    /// Nothing stands above that ↑ could share.
    Nothing,
    /// In the place of a label
    Label,
    Value,
}

impl Lowering<'_> {
    pub(super) fn lower_values(&mut self, span: Span, role: Role, label: Span, cells: &[Span]) -> Vec<Value> {
        let columns = self.table.columns.count();
        let names = self.column_names();
        self.is_wide = cells.len() > columns;
        if self.is_wide {
            self.diagnostics.push(messages::too_many_cells(span, cells, &names));
        }
        let is_open = |cell: &Span| cell.is_empty() || self.text(*cell) == PLACEHOLDER;
        // A column without a head was reported with the head.
        let is_named = |index: &usize| match &self.table.columns {
            Columns::Own(columns) => columns.get(*index).is_none_or(|column| !column.label.value.is_empty()),
            Columns::Years => true,
        };
        let blanks = cells.iter().take(columns).enumerate().filter(|(_, cell)| is_open(cell)).map(|(index, _)| index);
        let blanks: Vec<usize> = blanks.filter(is_named).collect();
        if self.is_faulty_row {
            // J022 asks for the whole row.
        } else if cells.len() < columns && blanks.len() == cells.len() {
            // `名｜`: nothing was filled in at all.
            let all: Vec<usize> = (0..columns).collect();
            self.diagnostics.push(messages::blank_cells(span, &all, &names, &self.filled(label, cells)));
        } else if cells.len() < columns {
            self.diagnostics.push(messages::too_few_cells(span, cells.len(), &names, self.text(span)));
        } else if !blanks.is_empty() {
            let place =
                if blanks.len() == columns { label.to(span) } else { messages::blank_place(span, cells, &blanks) };
            self.diagnostics.push(messages::blank_cells(place, &blanks, &names, &self.filled(label, cells)));
        }
        (0..columns)
            .map(|column| match cells.get(column) {
                Some(cell) if self.is_share(*cell) => self.lower_shared(*cell, column, role),
                Some(cell) if !cell.is_empty() && self.text(*cell) != PLACEHOLDER => {
                    let above = self.cell_above(column, role);
                    let shares = matches!(above, Some(Value::Own(_) | Value::Shared { .. }));
                    let is_nothing_above = above.is_none();
                    let up = match self.arrows.beside(column) {
                        _ if self.arrows.is_value(column, self.text(*cell)) => LikeUp::Value,
                        Some(arrow) => LikeUp::Beside(arrow.to_string()),
                        None if is_nothing_above => LikeUp::Nothing,
                        None => LikeUp::Slip { shares },
                    };
                    Value::Own(self.lower_cell(*cell, label, up))
                }
                Some(cell) => Value::Hole(*cell),
                None => Value::Hole(Span { start: span.end, ..span }),
            })
            .collect()
    }

    /// A row as it could be written, — in its blank cells.
    fn filled(&self, label: Span, cells: &[Span]) -> String {
        let columns = self.table.columns.count();
        let text = |span: Option<&Span>| span.map_or("", |span| self.text(*span)).replace(is_soft_break, " ");
        let values = (0..columns)
            .map(|column| text(cells.get(column)))
            .map(|text| if text.is_empty() || text == PLACEHOLDER { "—".to_string() } else { text });
        std::iter::once(text(Some(&label))).chain(values).collect::<Vec<_>>().join("｜")
    }

    /// ↑ stays in its column and its group.
    fn lower_shared(&mut self, span: Span, column: usize, role: Role) -> Value {
        if let Some(arrow) = self.arrows.beside(column) {
            let said = messages::arrow_as_value(span, arrow);
            self.diagnostics.push(said);
            return Value::Hole(span);
        }
        let above = self.table.rows.len().saturating_sub(1);
        match self.cell_above(column, role) {
            Some(Value::Own(_) | Value::Computed(_)) => Value::Shared { row: above, span },
            Some(Value::Shared { row, .. }) => Value::Shared { row: *row, span },
            // The cell above was reported already.
            Some(Value::Hole(_)) => Value::Hole(span),
            None => {
                self.diagnostics.push(messages::nothing_to_share(span));
                Value::Hole(span)
            }
        }
    }

    /// The cell that a ↑ in the row at hand would share.
    fn cell_above(&self, column: usize, role: Role) -> Option<&Value> {
        let row = self.table.rows.last()?;
        let in_group = match (role, row.role) {
            (Role::Child { parent }, Role::Child { parent: other }) => parent == other,
            (Role::Child { .. } | Role::Plain, Role::Plain) => true,
            _ => false,
        };
        row.values.get(column).filter(|_| in_group)
    }

    fn lower_cell(&mut self, span: Span, label: Span, up: LikeUp) -> Cell {
        let mut lines = cell_lines(self.file, span);
        let further = lines.split_off(lines.len().min(1));
        if let Some(first) = lines.first().filter(|first| is_like_up(&first.value)) {
            let message = match up {
                LikeUp::Slip { shares } => {
                    Some(messages::like_up(first.span, &first.value, shares && further.is_empty()))
                }
                LikeUp::Beside(arrow) => Some(messages::like_up_beside(first.span, &first.value, &arrow)),
                // 上 may be a mark that somebody gave: 上・中・下.
                LikeUp::Nothing | LikeUp::Label if first.value == "上" => None,
                LikeUp::Nothing => Some(messages::nothing_above_to_repeat(first.span, &first.value)),
                LikeUp::Label => Some(messages::repeated_label(first.span, &first.value)),
                LikeUp::Value => None,
            };
            message.into_iter().for_each(|message| self.diagnostics.push(message));
        }
        let further = self.without_shares(further);
        if span != label {
            self.check_continued(&further);
        }
        lines.extend(further);
        let mut cell = Cell { span, lines: Vec::new(), quantities: Vec::new() };
        cell.push_lines(lines, span != label);
        cell
    }

    /// What continues a cell shares no other: a ↑ there is reported.
    pub(super) fn without_shares(&mut self, lines: Vec<Text>) -> Vec<Text> {
        let (shares, lines): (Vec<Text>, Vec<Text>) = lines.into_iter().partition(|line| line.value == "↑");
        for line in shares {
            self.diagnostics.push(messages::share_in_continuation(line.span));
        }
        lines
    }

    /// A line that goes on in a cell, behind ＋ or a soft break, and only says "as above" is no value, and ↑ cannot stand there.
    pub(super) fn check_continued(&mut self, lines: &[Text]) {
        for line in lines.iter().filter(|line| is_like_up(&line.value) && line.value != "上") {
            self.diagnostics.push(messages::continued_repeat(line.span, &line.value));
        }
    }

    /// Whether a cell is ↑; lines after it are reported.
    fn is_share(&mut self, span: Span) -> bool {
        let lines = cell_lines(self.file, span);
        let Some((_, further)) = lines.split_first().filter(|(first, _)| first.value == "↑") else { return false };
        for line in further {
            self.diagnostics.push(messages::continued_share(line.span));
        }
        true
    }

    pub(super) fn lower_cell_label(&mut self, label: Span) -> Cell {
        let mut cell = self.lower_cell(label, label, LikeUp::Label);
        cell.quantities.clear();
        cell
    }
}

/// Alone in a cell, these are ↑ as somebody might write it.
fn is_like_up(text: &str) -> bool {
    text != "↑" && (is_ditto(text) || ["个", "上", "⇧", "⬆"].contains(&text))
}
