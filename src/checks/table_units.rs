//! J031, J035 and J036: in which unit the cells of 【指標】 count. J030, which comes first, has a file of its own.

use super::rows::{holds_unit, in_words, label_of, own_cells, value_columns, without_remark};
use super::unit::{is_same, unified};
use super::unreadable;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Cell, Columns, Computation, Context, DeclaredColumn, Indicator, Program, Quantity, Row, Value, parse_quantities,
};
use crate::syntax::chars::{is_blank, is_comma, is_digit, is_no_value};

/// The only endings of a label that say the unit for certain, each with the units it may have.
const ENDINGS: &[(&str, &[&str])] = &[
    ("件数", &["件"]),
    ("回数", &["回"]),
    ("校数", &["校"]),
    ("社数", &["社"]),
    ("部数", &["部"]),
    ("割合", &["%", "割"]),
];

pub(super) fn check(program: &Program, context: &Context, diagnostics: &mut Diagnostics) {
    for table in program.tables().filter(|table| !table.is_of_amounts()) {
        let (columns, unit) = (value_columns(table), table.unit_column());
        // Where the unit itself could not be read, the cells may be out of their places.
        let has_unit = |row: &Row| !matches!(unit.and_then(|place| row.values.get(place)), Some(Value::Hole(_)));
        for (place, row) in table.rows.iter().enumerate().filter(|(_, row)| has_unit(row)) {
            let (goals, others) =
                figure_columns(table, &columns).into_iter().partition::<Vec<_>, _>(|column| is_goal(table, *column));
            unreadable::check(row, &others, unreadable::Bounds::NoFigure, diagnostics);
            unreadable::check(row, &goals, unreadable::Bounds::Allowed, diagnostics);
            // One cause, one message: the label's unit is the surer sign.
            if !check_label(table, row, &columns, diagnostics) {
                check_years(table, row, context, diagnostics);
            }
            check_unit(table, (place, row), &columns, diagnostics);
        }
    }
}

/// The columns of figures: of a declared table all that it does not compute.
/// Whether a column says what is aimed at.
fn is_goal(table: &Indicator, column: usize) -> bool {
    let Columns::Own(columns) = &table.columns else { return false };
    columns.get(column).is_some_and(|column| ["目標", "計画"].iter().any(|word| column.label.value.contains(word)))
}

fn figure_columns(table: &Indicator, columns: &[usize]) -> Vec<usize> {
    let Some(declared) = &table.declared else { return columns.to_vec() };
    let is_typed = |column: &DeclaredColumn| match column {
        DeclaredColumn::Value(value) => declared.table.formula(*value).is_none(),
        DeclaredColumn::Text => false,
    };
    (0..declared.columns.len()).filter(|column| declared.columns.get(*column).is_some_and(is_typed)).collect()
}

/// J031, once a row; whether it was reported.
fn check_label(table: &Indicator, row: &Row, columns: &[usize], diagnostics: &mut Diagnostics) -> bool {
    let label = label_of(row);
    let parts = label_parts(&label, table, row, columns);
    for (index, part) in parts.iter().enumerate() {
        let part = without_remark(part).trim_matches(is_blank);
        let Some((ending, units)) = ENDINGS.iter().find(|(ending, _)| part.ends_with(ending)) else { continue };
        let wrong: Vec<(&Cell, &Quantity)> = own_cells(row, columns)
            .filter(|cell| cell.quantities.len() == parts.len())
            .filter_map(|cell| Some((cell, cell.quantities.get(index)?)))
            .filter(|(_, quantity)| !fits(units, unified(&quantity.unit)))
            .collect();
        let Some((cell, first)) = wrong.first() else { continue };
        let values: Vec<String> = wrong.iter().map(|(_, quantity)| format!("「{}」", shown(quantity))).collect();
        let unit = units.first().unwrap_or(&"");
        let right: Vec<String> = wrong.iter().map(|(_, quantity)| format!("「{}{unit}」", quantity.number)).collect();
        // 件 gives 件数; what else is counted is for the officer to name.
        let other = ENDINGS.iter().find(|(_, units)| units.contains(&unified(&first.unit)));
        let rename = other.map_or("項目名".to_string(), |(other, _)| format!("項目名の終わりを「{other}」"));
        diagnostics.push(
            Diagnostic::new(
                Code::J031,
                cell.span,
                format!("項目名は「{ending}」ですが、値は{}です。", values.concat()),
            )
            .help(format!(
                "値を{}に直すか、{rename}{}直してください。",
                right.concat(),
                if other.is_some() { "に" } else { "を" }
            ))
            .or_acknowledge("【事業】", part)
            .related(row.label.span, "項目名はここです"),
        );
        return true;
    }
    false
}

/// Whether a unit is one of an ending's. One that is missing is J036.
fn fits(units: &[&str], unit: &str) -> bool {
    unit.is_empty() || units.contains(&unit) || is_part_unit(unit)
}

/// 千件 counts 件.
fn is_part_unit(unit: &str) -> bool {
    unit.starts_with('千') || unit.starts_with("百万")
}

/// The label's parts at ・ where the label and all values have as many; otherwise the label as one.
fn label_parts<'a>(label: &'a str, table: &Indicator, row: &Row, columns: &[usize]) -> Vec<&'a str> {
    let parts: Vec<&str> = label.split(['・', '、']).collect();
    let is_split = parts.len() > 1
        && columns
            .iter()
            .filter_map(|column| table.cell(row, *column))
            .all(|cell| cell.quantities.len() == parts.len() || cell.lines.iter().all(|line| is_no_value(&line.value)));
    if is_split { parts } else { vec![label] }
}

fn shown(quantity: &Quantity) -> String {
    format!("{}{}{}", quantity.prefix.unwrap_or(""), quantity.number, quantity.unit)
}

/// J035: the two years of one row.
fn check_years(table: &Indicator, row: &Row, context: &Context, diagnostics: &mut Diagnostics) {
    let Some(year) = context.fiscal_year else { return };
    let Some((old, new)) = table.year_cells(row, year) else { return };
    if old.quantities.len() != new.quantities.len() || old.span == new.span {
        return;
    }
    let differing = old
        .quantities
        .iter()
        .zip(&new.quantities)
        .find(|(old, new)| !old.unit.is_empty() && !new.unit.is_empty() && !is_same(&old.unit, &new.unit));
    if let Some((old_one, new_one)) = differing {
        let label = label_of(row);
        diagnostics.push(
            Diagnostic::new(
                Code::J035,
                new.span,
                format!(
                    "{}は「{}」、{}は「{}」です。",
                    year.previous().column(),
                    old_one.unit,
                    year.column(),
                    new_one.unit
                ),
            )
            .help(format!(
                "単位をそろえてください。数えるものが違うなら、「{label}（{}）｜{}｜—」「{label}（{}）｜—｜{}」のように行を分けます。",
                old_one.unit,
                shown(old_one),
                new_one.unit,
                shown(new_one)
            ))
            .or_acknowledge("【事業】", &label)
            .related(old.span, "前の年度はここです"),
        );
    }
}

/// J036: once a row.
fn check_unit(table: &Indicator, (place, row): (usize, &Row), columns: &[usize], diagnostics: &mut Diagnostics) {
    // A rate that the form computes is one in ％, whatever was typed.
    let is_rate = |column: &usize| matches!(table.computed(place, *column), Some((Computation::Rate, _)));
    let columns: Vec<usize> = columns.iter().copied().filter(|column| !is_rate(column)).collect();
    let columns = columns.as_slice();
    let bare: Vec<(&Cell, &Quantity)> = own_cells(row, columns)
        .flat_map(|cell| cell.quantities.iter().map(move |quantity| (cell, quantity)))
        .filter(|(_, quantity)| quantity.unit.is_empty())
        .collect();
    let Some((cell, first)) = bare.first().filter(|_| !has_unit_elsewhere(table, row)) else { return };
    let mut cells: Vec<&Cell> = bare.iter().map(|(cell, _)| *cell).collect();
    cells.dedup_by_key(|cell| cell.span);
    let values: Vec<String> = cells.iter().map(|cell| format!("「{}」", in_words(cell))).collect();
    let known = own_cells(row, columns).flat_map(|cell| &cell.quantities).find(|quantity| !quantity.unit.is_empty());
    let help = match known {
        _ if is_serial_day(&label_of(row), first) => format!(
            "「{}」は表計算が日付を数えた番号です。元の表を見て「令和6年7月20日」のように日付を書いてください。",
            first.number
        ),
        _ if let Some(whole) = torn_figure(cell) => {
            format!("数の中の空白が余分なら「{whole}」と書いてください。2つの数なら、どちらにも単位を付けてください。")
        }
        Some(known) => format!("隣の「{}」に合わせるなら「{}{}」です。", shown(known), first.number, known.unit),
        None => format!(
            "「{}件」のように、どの値にも「名」「件」「回」などの単位を付けてください。項目名の後に「（件）」と書いてもかまいません。",
            cell.lines.first().map_or("", |line| line.value.trim_matches(is_blank))
        ),
    };
    diagnostics.push(
        Diagnostic::new(Code::J036, cell.span, format!("{}に単位がありません。", values.concat()))
            .help(help)
            .or_acknowledge("【事業】", &label_of(row)),
    );
}

/// 14名 of a cell 1 4名: digits parted by blanks, with one unit behind them.
fn torn_figure(cell: &Cell) -> Option<String> {
    let [line] = cell.lines.as_slice() else { return None };
    let parts: Vec<&str> = line.value.split(is_blank).filter(|part| !part.is_empty()).collect();
    let (last, first) = parts.split_last().filter(|(_, first)| !first.is_empty())?;
    let are_digits = first.iter().all(|part| part.chars().all(|c| is_digit(c) || is_comma(c)));
    let whole: String = parts.concat();
    (are_digits && last.starts_with(is_digit) && parse_quantities(&whole).len() == 1).then_some(whole)
}

/// 45383 under 開催日: the days of 2000 to 2050 as spreadsheets count them.
fn is_serial_day(label: &str, quantity: &Quantity) -> bool {
    let is_day = ["日", "日付", "年月日", "月日", "期日", "日程", "日時"].iter().any(|end| label.ends_with(end));
    is_day && quantity.number.is_integer() && (36_526.into()..=55_153.into()).contains(&quantity.number)
}

/// A unit in brackets behind the label, in the caption or in the head of the columns; or a label that has no unit: 倍率.
fn has_unit_elsewhere(table: &Indicator, row: &Row) -> bool {
    let label = label_of(row);
    let bare = without_remark(&label);
    let is_pure = ["倍率", "指数", "順位", "比", "番号", "スコア", "係数", "点数", "得点", "出生率", "偏差値"]
        .iter()
        .any(|end| bare.ends_with(end));
    let heads = match &table.columns {
        Columns::Years => Vec::new(),
        Columns::Own(columns) => columns.iter().map(|column| column.label.value.clone()).collect(),
    };
    let parent = table.parent(row).map(label_of);
    let caption = table.caption.as_ref().map(|caption| caption.value.clone());
    let notes = table.notes.iter().flat_map(|note| &note.lines).map(|line| line.value.clone());
    // 単位｜—
    let has_none = table.unit_cell(row).is_some_and(|cell| is_no_value(cell.text().trim_matches(is_blank)));
    is_pure
        || has_none
        || [label].into_iter().chain(parent).chain(caption).chain(heads).any(|text| holds_unit(&text))
        || notes.into_iter().any(|note| note.contains("単位"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_spreadsheets_count_them() {
        let is_day = |label: &str, value: &str| is_serial_day(label, &parse_quantities(value).remove(0));
        assert!(is_day("開催日", "45383") && is_day("実施年月日", "45,383"));
        assert!(!is_day("参加者数", "45383") && !is_day("開催日", "20") && !is_day("開催日", "99999"));
    }
}
