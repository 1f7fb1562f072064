//! Lines of 【指標】 to a table. J020 to J026 are reported here and in the files that read heads and cells.

use std::collections::BTreeSet;

use super::arrow_values::ArrowValues;
use super::indicator::{Columns, Indicator, MOST_COLUMNS, Role, Row, Value};
use super::table_messages as messages;
use super::{Block, BlockKind, Context, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceFile, Span};
use crate::syntax::chars::{is_blank, parse_item_number};
use crate::syntax::line::trimmed;
use crate::syntax::{Line, LineKind, MAX_TABLE_ROWS, Section};

/// Reads one 【指標】.
pub(super) fn lower_indicator(
    file: &SourceFile,
    section: &Section,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Indicator {
    let caption = (!section.rest.is_empty()).then(|| Text::new(file.slice(section.rest).to_string(), section.rest));
    let table = Indicator {
        heading: section.heading,
        caption,
        columns: Columns::Years,
        rows: Vec::new(),
        notes: Vec::new(),
        declared: None,
    };
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
    let (lines, unit) = lowering.take_unit_lines(lines);
    let opening = lowering.take_opening(&lines);
    for (index, line) in lines.iter().enumerate().skip(opening) {
        let following = lines.get(index + 1..).unwrap_or(&[]);
        lowering.lower_line(line, opens_group(following));
    }
    lowering.table.take_units();
    lowering.table.give_units(|_| unit.clone());
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
    pub(super) header_seen: bool,
    /// The row at hand has no label, which was reported with its other gaps
    pub(super) is_faulty_row: bool,
    /// The row at hand has too many cells: its ＋ rows may have as many.
    pub(super) is_wide: bool,
    pub(super) arrows: ArrowValues,
    /// Count of rows and column where a ＋ row went on with ↑ or below a group, and that was reported
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

    /// Whether a row 十一 or the like stands anywhere in the file.
    fn counts_on(&self) -> bool {
        let is_further = |line: &str| {
            let behind = line.trim_start_matches(is_blank).strip_prefix('十');
            behind.is_some_and(|rest| NUMERALS.iter().any(|numeral| rest.starts_with(numeral)))
        };
        self.file.text().lines().any(is_further)
    }

    fn lower_row(&mut self, span: Span, child: bool, cells: &[Span], before_children: bool) {
        let Some((label, values)) = cells.split_first() else { return };
        if !child && self.take_header(span, *label, values) {
            return;
        }
        self.header_seen = true;
        self.is_faulty_row = false;
        let (mut label, mut values) = (*label, self.without_surplus(values));
        let is_blank = values.iter().all(|value| value.is_empty());
        // Behind ・ nobody types ＋, and after 九 it is the tenth.
        let is_like_plus = self.text(label) == "十" && !child && !self.follows(&["九"]);
        if is_like_plus && values.iter().any(|value| value.is_empty()) {
            // Only a continuation has blank cells: it is read as the ＋ it was meant to be.
            let is_certain = !matches!(self.last, Last::Nothing) && !self.follows(NUMERALS) && !self.counts_on();
            self.diagnostics.push(messages::like_plus(label, is_certain));
            self.lower_continuation(span, cells);
            return;
        }
        if label.is_empty() {
            self.diagnostics.push(messages::blank_label(span, label, is_blank));
            if is_blank {
                self.last = Last::Faulty;
                return;
            }
            self.is_faulty_row = true;
            // A ｜ or Tab too many in front: the cells are read one further on.
            if values.len() > self.table.columns.count()
                && let Some((first, rest)) = values.split_first()
            {
                (label, values) = (*first, rest);
            }
        } else if is_like_plus {
            // A row that is whole may be the tenth of a series.
            self.diagnostics.push(messages::like_plus(label, false));
        } else if self.text(label) == "↑" {
            self.diagnostics.push(messages::shared_label(label));
        }
        let is_group = !child && before_children && is_blank;
        let Some(role) = self.role(span, child, is_group) else { return };
        let values = if is_group { Vec::new() } else { self.lower_values(span, role, label, values) };
        self.push_row(span, label, role, values);
    }

    /// Whether the row is one of heads, which it then is for the table too.
    fn take_header(&mut self, span: Span, label: Span, values: &[Span]) -> bool {
        let is_first = self.table.rows.is_empty() && !self.header_seen;
        let is_header = self.is_header(label, values, is_first);
        let is_misnamed = !is_header && is_first && self.is_misnamed_header(label, values);
        if !is_header && !is_misnamed {
            return false;
        }
        self.header_seen = true;
        self.last = Last::Faulty;
        if is_misnamed && values.len() <= MOST_COLUMNS && values.iter().all(|value| !value.is_empty()) {
            self.diagnostics.push(messages::misnamed_header(span, label, self.text(label), self.text(span)));
        }
        if is_first {
            self.lower_header(span, values);
        } else {
            self.diagnostics.push(messages::late_header(span));
        }
        true
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

    pub(super) fn push_row(&mut self, span: Span, label: Span, role: Role, values: Vec<Value>) {
        let item = parse_item_number(self.text(label))
            .ok()
            .map(|(rest, number)| (number, Span { end: label.end - rest.len(), ..label }));
        let cell = self.lower_cell_label(label);
        self.table.rows.push(Row { span, label: cell, role, values, item, declared: None, is_written: false });
        self.last = Last::Row;
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
pub(super) fn check_items<'a>(
    tables: impl Iterator<Item = &'a Indicator>,
    has_item: impl Fn(u8) -> bool,
    (indicators, results): (&str, &str),
    diagnostics: &mut Diagnostics,
) {
    for (number, span) in tables.flat_map(|table| &table.rows).filter_map(|row| row.item) {
        if !has_item(number) {
            diagnostics.push(
                Diagnostic::new(
                    Code::J041,
                    span,
                    format!("{indicators}に「({number})」とありますが、{results}に ({number}) がありません。"),
                )
                .help(format!("【{results}】に「（{number}）」の項目を書くか、{indicators}の番号を直してください。")),
            );
        }
    }
}
