//! 指標, one row a figure: a line of a cell without figures is a row too.

use super::table::{Cell, Keys, Table, joined, program_columns, western};
use super::value::{LineValue, ValueState, headings, lines_of};
use crate::model::{FiscalYear, Indicator, ProgramIndex, Quantity, Role, Row, SectionContent, Value};
use crate::syntax::SectionKind;

pub(super) fn indicators<'a>(keys: &'a Keys<'a>) -> Table<'a> {
    let mut rows = Vec::new();
    for (index, chapter) in keys.report.chapters.iter().enumerate() {
        let mut key = keys.chapter(Some(index));
        key.extend([Cell::Empty, Cell::Empty, Cell::Empty]);
        push_tables(&mut rows, &key, chapter.head.contents(), keys.year);
        for (place, program) in chapter.programs.iter().enumerate() {
            let key = keys.program(ProgramIndex { chapter: index, program: place }, program);
            push_tables(&mut rows, &key, program.contents(), keys.year);
        }
    }
    let columns = program_columns(&[
        "表の順",
        "表の題",
        "表の行",
        "上位の行",
        "上位の項目名",
        "項目名",
        "列の順",
        "列の見出し",
        "対象年度（西暦）",
        "対象年度",
        "欄の行",
        "数の順",
        "接頭語",
        "数値",
        "単位",
        "状態",
        "原文",
        "同じ枠の行",
    ]);
    Table { name: "指標", columns, rows }
}

fn push_tables<'a>(
    rows: &mut Vec<Vec<Cell<'a>>>,
    key: &[Cell<'a>],
    contents: impl Iterator<Item = (SectionKind, &'a SectionContent)>,
    current: Option<FiscalYear>,
) {
    let tables = contents.flat_map(|(kind, content)| {
        let tables = if let SectionContent::Tables(tables) = content { tables.as_slice() } else { &[] };
        tables.iter().map(move |table| (kind, table))
    });
    for (number, (kind, table)) in tables.enumerate() {
        // A table of the office's form has its heading for a title.
        let heading = Some(kind.name()).filter(|_| matches!(kind, SectionKind::Custom(_)));
        let title: Cell<'a> = table.caption.as_ref().map_or_else(|| heading.into(), Into::into);
        let mut key = key.to_vec();
        key.extend([(number + 1).into(), title]);
        push_table(rows, &key, table, current);
    }
}

fn push_table<'a>(rows: &mut Vec<Vec<Cell<'a>>>, key: &[Cell<'a>], table: &'a Indicator, current: Option<FiscalYear>) {
    let headings = headings(table, current);
    for (number, row) in table.rows.iter().enumerate() {
        let parent = match row.role {
            Role::Child { parent } => Some(parent + 1),
            Role::Plain | Role::Group => None,
        };
        let above = table.parent(row).map(|parent| joined(&parent.label.lines));
        let labels: [Cell<'a>; 4] = [(number + 1).into(), parent.into(), above.into(), joined(&row.label.lines).into()];
        for (column, heading) in headings.iter().enumerate() {
            let head: [Cell<'a>; 4] = [
                (column + 1).into(),
                heading.label.replace('\n', "").into(),
                western(heading.year),
                heading.year.map(FiscalYear::label).into(),
            ];
            if is_told_by_figures(table, row, column) {
                continue;
            }
            for facts in values(table, row, column) {
                rows.push(key.iter().chain(&labels).chain(&head).cloned().chain(facts).collect());
            }
        }
    }
}

/// Whether a cell is the unit of its row's figures, each of which has it.
fn is_told_by_figures(table: &Indicator, row: &Row, column: usize) -> bool {
    let Some(unit) = table.cell(row, column).filter(|_| table.unit_column() == Some(column)) else { return false };
    let others = (0..row.values.len()).filter(|other| *other != column).filter_map(|other| table.cell(row, other));
    others.flat_map(|cell| &cell.quantities).any(|quantity| quantity.unit == unit.text())
}

/// The rows that a cell gives; none in a group, which has no cells.
fn values<'a>(table: &'a Indicator, row: &'a Row, column: usize) -> Vec<[Cell<'a>; 8]> {
    let shared = match row.values.get(column) {
        None => return Vec::new(),
        Some(Value::Shared { row, .. }) => Some(row + 1),
        Some(Value::Own(_) | Value::Computed(_) | Value::Hole(_)) => None,
    };
    let Some(cell) = table.cell(row, column) else {
        return vec![facts(None, None, ValueState::Missing, "", shared)];
    };
    let lines = lines_of(cell).enumerate();
    lines.flat_map(|(number, line)| line_values(number + 1, line, shared)).collect()
}

fn line_values<'a>(number: usize, line: LineValue<'a>, shared: Option<usize>) -> Vec<[Cell<'a>; 8]> {
    if line.quantities.is_empty() {
        return vec![facts(Some(number), None, line.state, line.text, shared)];
    }
    let quantities = line.quantities.into_iter().enumerate();
    quantities
        .map(|(place, quantity)| facts(Some(number), Some((place + 1, quantity)), line.state, line.text, shared))
        .collect()
}

fn facts<'a>(
    line: Option<usize>,
    quantity: Option<(usize, Quantity)>,
    state: ValueState,
    text: &'a str,
    shared: Option<usize>,
) -> [Cell<'a>; 8] {
    let (place, quantity) = quantity.unzip();
    let (prefix, number, unit) =
        quantity.map_or((None, None, None), |quantity| (quantity.prefix, Some(quantity.number), Some(quantity.unit)));
    [
        line.into(),
        place.into(),
        prefix.into(),
        number.into(),
        unit.into(),
        state.name().into(),
        text.into(),
        shared.into(),
    ]
}
