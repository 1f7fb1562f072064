//! Lines of 【指標】 to a table. J020 to J026 are said here.

use std::collections::BTreeSet;

use super::arrow_values::ArrowValues;
use super::indicator::{Cell, Columns, Indicator, MOST_COLUMNS, Role, Row, Value};
use super::table_messages as messages;
use super::{Block, BlockKind, Context, PLACEHOLDER, Text, cell_lines};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceFile, Span};
use crate::syntax::chars::{is_ditto, is_soft_break, parse_item_number};
use crate::syntax::line::trimmed;
use crate::syntax::{Line, LineKind, MAX_TABLE_ROWS, Section};

/// Alone in a cell, these are ↑ as somebody might write it.
fn is_like_up(text: &str) -> bool {
    text != "↑" && (is_ditto(text) || ["个", "上", "⇧", "⬆"].contains(&text))
}

/// Reads one 【指標】.
pub(super) fn lower_indicator(
    file: &SourceFile,
    section: &Section,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Indicator {
    let caption = (!section.rest.is_empty()).then(|| Text::new(file.slice(section.rest).to_string(), section.rest));
    let table =
        Indicator { heading: section.heading, caption, columns: Columns::Years, rows: Vec::new(), notes: Vec::new() };
    let lines: Vec<&Line> = section.lines.iter().filter(|line| line.kind != LineKind::Blank).collect();
    let arrows = ArrowValues::find(file, &lines);
    let mut lowering = Lowering {
        file,
        context,
        diagnostics,
        table,
        last: Last::Nothing,
        header_seen: false,
        is_faulty_row: false,
        is_wide: false,
        arrows,
        said_below: BTreeSet::new(),
    };
    for (index, line) in lines.iter().enumerate() {
        let following = lines.get(index + 1..).unwrap_or(&[]);
        lowering.lower_line(line, opens_group(following));
    }
    lowering.table.take_units();
    lowering.table
}

/// Whether the next row is a ・ row: notes and ＋ lines do not part a label from its children.
fn opens_group(following: &[&Line]) -> bool {
    following
        .iter()
        .find(|line| !matches!(line.kind, LineKind::Note { .. } | LineKind::Continuation { .. }))
        .is_some_and(|line| {
            matches!(line.kind, LineKind::Row { child: true, .. } | LineKind::Label { child: true, .. })
        })
}

/// What a ＋ continues.
pub(super) enum Last {
    Nothing,
    /// A head row with columns of the table's own
    Header,
    Row,
    Note,
    /// A line with a fault of its own: what continues it stays silent.
    Faulty,
}

pub(super) struct Lowering<'a> {
    pub(super) file: &'a SourceFile,
    pub(super) context: &'a Context,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) table: Indicator,
    pub(super) last: Last,
    header_seen: bool,
    /// The row at hand has no label, which was said with its other gaps
    is_faulty_row: bool,
    /// The row at hand has too many cells: its ＋ rows may have as many.
    pub(super) is_wide: bool,
    arrows: ArrowValues,
    /// Count of rows and column where a ＋ row went on with ↑ or below a group, and that was said
    pub(super) said_below: BTreeSet<(usize, usize)>,
}

/// After one of them 十 may be a number.
const NUMERALS: &[&str] = &["一", "二", "三", "四", "五", "六", "七", "八", "九"];

impl Lowering<'_> {
    pub(super) fn text(&self, span: Span) -> &str {
        self.file.slice(span)
    }

    fn lower_line(&mut self, line: &Line, before_children: bool) {
        match &line.kind {
            LineKind::Row { child, cells } => self.lower_row(line.span, *child, cells, before_children),
            LineKind::Label { child, text } => self.lower_label(line.span, *child, *text, before_children),
            LineKind::Continuation { cells } => self.lower_continuation(line.span, cells),
            LineKind::Note { text } => {
                let text = Text::new(self.text(*text).to_string(), *text);
                self.table.notes.push(Block { kind: BlockKind::Note, lines: vec![text] });
                self.last = Last::Note;
            }
            LineKind::Unread => self.keep_unread(line.span),
            LineKind::Blank
            | LineKind::Misread { .. }
            | LineKind::Field { .. }
            | LineKind::Paragraph
            | LineKind::Subheading { .. }
            | LineKind::Item { .. }
            | LineKind::Bullet { .. }
            | LineKind::Name { .. } => {}
        }
    }

    fn lower_row(&mut self, span: Span, child: bool, cells: &[Span], before_children: bool) {
        let Some((label, values)) = cells.split_first() else { return };
        let (mut label, mut values) = (*label, values);
        let is_first = self.table.rows.is_empty() && !self.header_seen;
        let is_misnamed = !child && is_first && self.is_misnamed_header(label, values);
        if !child && (self.is_header(label, values, is_first) || is_misnamed) {
            self.header_seen = true;
            self.last = Last::Faulty;
            if !self.is_header(label, values, is_first)
                && values.len() <= MOST_COLUMNS
                && values.iter().all(|value| !value.is_empty())
            {
                self.diagnostics.push(messages::misnamed_header(span, label, self.text(label), self.text(span)));
            }
            if is_first {
                self.lower_header(span, values);
            } else {
                self.diagnostics.push(messages::late_header(span));
            }
            return;
        }
        self.header_seen = true;
        self.is_faulty_row = false;
        values = self.without_surplus(values);
        // Behind ・ nobody types ＋, and after 九 it is the tenth.
        let is_like_plus = self.text(label) == "十" && !child && !self.follows(&["九"]);
        if is_like_plus && values.iter().any(|value| value.is_empty()) {
            // Only a continuation has blank cells: it is read as the ＋ it was meant to be.
            let is_certain = !matches!(self.last, Last::Nothing) && !self.follows(NUMERALS);
            self.diagnostics.push(messages::like_plus(label, is_certain));
            self.lower_continuation(span, cells);
            return;
        }
        let is_group = !child && before_children && values.iter().all(|value| value.is_empty());
        if label.is_empty() {
            self.diagnostics.push(messages::blank_label(span, label, values.iter().all(|value| value.is_empty())));
            if values.iter().all(|value| value.is_empty()) {
                self.last = Last::Faulty;
                return;
            }
            self.is_faulty_row = true;
            if values.len() > self.table.columns.count() {
                // A ｜ or Tab too many in front: the cells are read one further on.
                if let Some((first, rest)) = values.split_first() {
                    (label, values) = (*first, rest);
                }
            }
        } else if is_like_plus {
            // A row that is whole may be the tenth of a series.
            self.diagnostics.push(messages::like_plus(label, false));
        } else if self.text(label) == "↑" {
            self.diagnostics.push(messages::shared_label(label));
        }
        let Some(role) = self.role(span, child, is_group) else {
            return;
        };
        let values = if is_group { Vec::new() } else { self.lower_values(span, role, label, values) };
        self.push_row(span, label, role, values);
    }

    /// Whether a row not far above has one of these labels. Rows may stand between them.
    fn follows(&self, labels: &[&str]) -> bool {
        self.table.rows.iter().rev().take(10).any(|row| labels.contains(&row.label.text().as_str()))
    }

    /// Blank cells at the end beyond the table's columns say nothing.
    fn without_surplus<'s>(&self, values: &'s [Span]) -> &'s [Span] {
        let columns = self.table.columns.count();
        let mut end = values.len();
        while end > columns && values.get(end - 1).is_some_and(|value| value.is_empty()) {
            end -= 1;
        }
        values.get(..end).unwrap_or(values)
    }

    fn role(&mut self, span: Span, child: bool, is_group: bool) -> Option<Role> {
        if is_group {
            return Some(Role::Group);
        }
        let role = self.role_silently(child);
        if role.is_none() {
            self.diagnostics.push(messages::child_without_parent(span));
            self.last = Last::Faulty;
        }
        role
    }

    fn lower_values(&mut self, span: Span, role: Role, label: Span, cells: &[Span]) -> Vec<Value> {
        let columns = self.table.columns.count();
        let names = self.column_names();
        self.is_wide = cells.len() > columns;
        if self.is_wide {
            self.diagnostics.push(messages::too_many_cells(span, cells, &names));
        }
        let is_open = |cell: &Span| cell.is_empty() || self.text(*cell) == PLACEHOLDER;
        let blanks: Vec<usize> =
            cells.iter().take(columns).enumerate().filter(|(_, cell)| is_open(cell)).map(|(index, _)| index).collect();
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
                    let shares = matches!(self.cell_above(column, role), Some(Value::Own(_) | Value::Shared { .. }));
                    let is_value = self.arrows.is_value(column, self.text(*cell));
                    // Beside other arrows ↑ is no certain mend.
                    let shares = shares && self.arrows.beside(column).is_none();
                    Value::Own(self.lower_cell(*cell, label, shares, is_value))
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
            self.diagnostics.push(messages::arrow_as_value(span, arrow));
            return Value::Hole(span);
        }
        let above = self.table.rows.len().saturating_sub(1);
        match self.cell_above(column, role) {
            Some(Value::Own(_)) => Value::Shared { row: above, span },
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

    /// `shares`: a ↑ would be right here; `is_value`: what looks like ↑ is no slip for it.
    fn lower_cell(&mut self, span: Span, label: Span, shares: bool, is_value: bool) -> Cell {
        let mut lines = cell_lines(self.file, span);
        let further = lines.split_off(lines.len().min(1));
        if let Some(first) = lines.first().filter(|first| !is_value && is_like_up(&first.value)) {
            self.diagnostics.push(messages::like_up(first.span, &first.value, shares && further.is_empty()));
        }
        lines.extend(self.without_shares(further));
        let mut cell = Cell { span, lines: Vec::new(), quantities: Vec::new() };
        cell.push_lines(lines, span != label);
        cell
    }

    /// What continues a cell shares no other: a ↑ there is said.
    pub(super) fn without_shares(&mut self, lines: Vec<Text>) -> Vec<Text> {
        let (shares, lines): (Vec<Text>, Vec<Text>) = lines.into_iter().partition(|line| line.value == "↑");
        for line in shares {
            self.diagnostics.push(messages::share_in_continuation(line.span));
        }
        lines
    }

    /// Whether a cell is ↑; lines after it are said.
    fn is_share(&mut self, span: Span) -> bool {
        let lines = cell_lines(self.file, span);
        let Some((_, further)) = lines.split_first().filter(|(first, _)| first.value == "↑") else { return false };
        for line in further {
            self.diagnostics.push(messages::continued_share(line.span));
        }
        true
    }

    fn push_row(&mut self, span: Span, label: Span, role: Role, values: Vec<Value>) {
        let item = parse_item_number(self.text(label))
            .ok()
            .map(|(rest, number)| (number, Span { end: label.end - rest.len(), ..label }));
        let cell = self.lower_cell_label(label);
        self.table.rows.push(Row { span, label: cell, role, values, item });
        self.last = Last::Row;
    }

    fn lower_cell_label(&mut self, label: Span) -> Cell {
        let mut cell = self.lower_cell(label, label, false, false);
        cell.quantities.clear();
        cell
    }

    fn lower_label(&mut self, span: Span, child: bool, text: Span, before_children: bool) {
        self.header_seen = true;
        if self.lower_unmarked_note(span, text) {
            return;
        }
        if !child && before_children {
            self.push_row(span, text, Role::Group, Vec::new());
            return;
        }
        self.diagnostics.push(messages::label_alone(span, child, text, self.file, &self.column_names()));
        let Some(role) = self.role_silently(child) else {
            self.last = Last::Faulty;
            return;
        };
        let values = (0..self.table.columns.count()).map(|_| Value::Hole(span)).collect();
        self.push_row(span, text, role, values);
    }

    /// A line that could not be read, said where it was read: one row of a draft, however many lines it has.
    fn keep_unread(&mut self, span: Span) {
        let text = self.text(span);
        let place = trimmed(text, span, text);
        if !matches!(self.last, Last::Faulty) && self.table.rows.len() < MAX_TABLE_ROWS {
            let values = (0..self.table.columns.count()).map(|_| Value::Hole(place)).collect();
            self.push_row(place, place, Role::Plain, values);
        }
        self.last = Last::Faulty;
    }

    fn role_silently(&self, child: bool) -> Option<Role> {
        if !child {
            return Some(Role::Plain);
        }
        let parent = self.table.rows.iter().rposition(|row| !matches!(row.role, Role::Child { .. }));
        parent.map(|parent| Role::Child { parent })
    }

    /// Names of the value columns, as messages call them.
    pub(super) fn column_names(&self) -> Vec<String> {
        match (&self.table.columns, self.context.fiscal_year) {
            (Columns::Own(columns), _) => columns
                .iter()
                .map(|column| Some(column.label.value.clone()).filter(|label| !label.is_empty()))
                .map(|label| label.unwrap_or_else(|| "見出しのない列".to_string()))
                .collect(),
            (Columns::Years, Some(year)) => vec![year.previous().column(), year.column()],
            (Columns::Years, None) => vec!["前年度".to_string(), "当年度".to_string()],
        }
    }
}

/// J041: a label that begins with (4) names item (4) of 【事業実績】.
pub(super) fn check_items(tables: &[Indicator], has_item: impl Fn(u8) -> bool, diagnostics: &mut Diagnostics) {
    for (number, span) in tables.iter().flat_map(|table| &table.rows).filter_map(|row| row.item) {
        if !has_item(number) {
            diagnostics.push(
                Diagnostic::new(
                    Code::J041,
                    span,
                    format!("指標に「({number})」とありますが、事業実績に ({number}) がありません。"),
                )
                .help(format!("【事業実績】に「（{number}）」の項目を書くか、指標の番号を直してください。")),
            );
        }
    }
}
