//! The settings under 【表】 to a table.

use super::address;
use super::formula::{self, Terms};
use super::formulas::{read_formula, with_formulas};
use super::lines::{Setting, Text, bracketed, entries, level, named, parted};
use super::list_signs::{SETTINGS, report_wrong_signs, with_commas};
use super::messages::{fault, twice, unknown};
use super::names::is_alike;
use super::table::{Address, Column, Row, Table, Values, Year};
use super::table_faults::{check_size, check_total, empty, is_empty, report_formulas, report_twice};
use super::years;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Span;
use crate::syntax::chars::without_blanks;

/// The table of a 【表】. `place` is its heading.
pub(super) fn read_table(name: &str, place: Span, settings: &[Setting], diagnostics: &mut Diagnostics) -> Table {
    if report_wrong_signs(settings, diagnostics) {
        // What the other lines of it say nobody can tell.
        let table = read_settings(name, place, settings, &mut Diagnostics::new());
        return Table { is_faulty: true, gives_amount: true, ..table };
    }
    read_settings(name, place, settings, diagnostics)
}

fn read_settings(name: &str, place: Span, settings: &[Setting], diagnostics: &mut Diagnostics) -> Table {
    let (settings, is_unsure) = &with_commas(settings, diagnostics);
    let before = diagnostics.iter().count();
    let list = |wanted: &str| -> Vec<Text> { named(settings, wanted).flat_map(entries).collect() };
    for setting in settings {
        if !SETTINGS.contains(&without_blanks(&setting.name.value).as_str()) {
            diagnostics.push(unknown(setting.name.span, "表の項目", &setting.name.value, SETTINGS));
        } else if is_empty(setting) {
            diagnostics.push(empty(setting));
        }
    }
    let total = named(settings, "計").map(|setting| formula::split(&setting.value).0.value);
    let total = total.into_iter().find(|name| !name.is_empty());
    let mut columns = read_columns(&list("列"), total.as_deref(), diagnostics);
    let has_columns = named(settings, "列").next().is_some();
    let typed_years = named(settings, "年度").next().is_some().then(|| list("年度"));
    let years = read_years((typed_years, total.as_deref()), has_columns, &mut columns, diagnostics);
    diagnostics.extend(unused_columns(settings, &years, &columns));
    take_amount_columns(&list("金額の列"), &mut columns, diagnostics);
    let mut table = Table {
        name: without_blanks(name),
        values: read_values(settings, diagnostics),
        years,
        columns,
        front: texts(&list("前の列")),
        back: texts(&list("後の列")),
        is_transposed: read_direction(settings, diagnostics),
        rows: read_rows(&list("行"), total.as_deref(), diagnostics),
        total,
        program_amount: None,
        gives_amount: false,
        is_faulty: false,
    };
    take_text_rows(&list("文字の行"), &mut table.rows, diagnostics);
    report_twice(settings, diagnostics);
    report_formulas(settings, diagnostics);
    check_size(&table, place, diagnostics);
    check_total(&table, settings, diagnostics);
    // An address that names what could not be read is no fault of its own.
    table.is_faulty = *is_unsure || diagnostics.iter().count() > before;
    let mut said = Diagnostics::new();
    for setting in named(settings, "事業費") {
        table.program_amount = read_program_amount(setting, &table, &mut said);
    }
    table.gives_amount = table.is_faulty || named(settings, "事業費").next().is_some();
    if !table.is_faulty {
        diagnostics.extend(said);
    }
    table
}

fn texts(entries: &[Text]) -> Vec<String> {
    entries.iter().map(|entry| entry.value.clone()).collect()
}

fn read_values(settings: &[Setting], diagnostics: &mut Diagnostics) -> Values {
    let Some(setting) = named(settings, "値").filter(|setting| !is_empty(setting)).last() else {
        return Values::Number;
    };
    match setting.value.value.as_str() {
        "金額" => Values::Amount,
        "数" => Values::Number,
        typed => {
            diagnostics.push(unknown(setting.span, "値", typed, &["金額", "数"]));
            Values::Number
        }
    }
}

fn read_direction(settings: &[Setting], diagnostics: &mut Diagnostics) -> bool {
    let Some(setting) = named(settings, "向き").filter(|setting| !is_empty(setting)).last() else { return false };
    match setting.value.value.as_str() {
        "縦" => true,
        "横" => false,
        typed => {
            diagnostics.push(unknown(setting.span, "向き", typed, &["縦", "横"]));
            false
        }
    }
}

fn read_columns(entries: &[Text], total: Option<&str>, diagnostics: &mut Diagnostics) -> Vec<Column> {
    let named = with_formulas(entries, ("列", total), diagnostics);
    named.into_iter().map(|(name, formula)| Column { name, formula, is_amount: false }).collect()
}

fn read_rows(entries: &[Text], total: Option<&str>, diagnostics: &mut Diagnostics) -> Vec<Row> {
    let (mut levels, mut names): (Vec<usize>, Vec<Text>) = (Vec::new(), Vec::new());
    for entry in entries {
        let (typed, name) = level(entry);
        let deepest = levels.last().map_or(0, |last| last + 1).min(2);
        if typed > deepest {
            diagnostics.push(fault(
                entry.span,
                format!("「{}」の上に、1つ浅い行がありません。", entry.value),
                "「・」の行は、「・」の付かない行のすぐ下に書きます。段は「・・」までです。",
            ));
        }
        levels.push(typed.min(deepest));
        names.push(name);
    }
    report_rows_twice(&names, &levels, diagnostics);
    let found = with_formulas(&names, ("行", total), diagnostics);
    found.into_iter().zip(levels).map(|((name, formula), level)| Row { name, level, formula, is_text: false }).collect()
}

/// Below one row a name stands once.
fn report_rows_twice(names: &[Text], levels: &[usize], diagnostics: &mut Diagnostics) {
    let name = |text: &Text| formula::split(text).0;
    let rows: Vec<(Text, usize)> = names.iter().map(name).zip(levels.iter().copied()).collect();
    for (index, (own, level)) in rows.iter().enumerate() {
        let beside = rows.iter().take(index).rev().take_while(|(_, other)| other >= level);
        let first = beside.filter(|(_, other)| other == level).find(|(other, _)| is_alike(&other.value, &own.value));
        if let Some((first, _)) = first {
            diagnostics.push(twice(own.span, "行", &own.value, first.span));
        }
    }
}

/// The years of the columns; years may name columns of their own, which then join those of 列.
fn read_years(
    (typed, total): (Option<Vec<Text>>, Option<&str>),
    has_columns: bool,
    columns: &mut Vec<Column>,
    diagnostics: &mut Diagnostics,
) -> Vec<Year> {
    let all: Vec<usize> = (0..columns.len()).collect();
    let usual = |offset| Year { offset, columns: Vec::new() };
    let Some(entries) = typed else {
        return if has_columns { Vec::new() } else { vec![usual(-1), usual(0)] };
    };
    if let [only] = entries.as_slice()
        && only.value == "なし"
    {
        return Vec::new();
    }
    let mut years: Vec<(Year, Span)> = Vec::new();
    let unread: Vec<Text> =
        entries.iter().map(|entry| bracketed(entry).0).filter(|name| offsets(&name.value).is_none()).collect();
    diagnostics.extend(unread_years(&unread));
    for entry in &entries {
        let (name, own) = bracketed(entry);
        let Some(offsets) = offsets(&name.value) else { continue };
        let own = own.map(|own| own_columns(&own, total, columns, diagnostics));
        for offset in offsets {
            if let Some((_, first)) = years.iter().find(|(year, _)| year.offset == offset) {
                diagnostics.push(twice(entry.span, "年度", &name.value, *first));
                continue;
            }
            years.push((Year { offset, columns: own.clone().unwrap_or_else(|| all.clone()) }, entry.span));
        }
    }
    years.into_iter().map(|(year, _)| year).collect()
}

/// Columns of 列 that no year has, where each year names its own.
fn unused_columns(settings: &[Setting], years: &[Year], columns: &[Column]) -> Diagnostics {
    let mut said = Diagnostics::new();
    let is_used = |place: &usize| years.iter().any(|year| year.columns.contains(place));
    let unused: Vec<&str> = columns
        .iter()
        .enumerate()
        .filter(|(place, _)| !years.is_empty() && !is_used(place))
        .map(|(_, column)| column.name.as_str())
        .collect();
    if let (Some(first), Some(setting)) = (unused.first(), named(settings, "列").next()) {
        said.push(fault(
            setting.span,
            format!("列「{}」は、どの年度の欄にもありません。", unused.join("」「")),
            format!("「年度：前年度（目標、実績）、当年度（目標、実績、{first}）」のように、出す年度の（ ）に書くか、列から消してください。"),
        ));
    }
    said
}

/// Years that the report's own do not move with, told together.
fn unread_years(names: &[Text]) -> Diagnostics {
    let mut said = Diagnostics::new();
    let Some(first) = names.first() else { return said };
    let typed: Vec<&str> = names.iter().map(|name| name.value.as_str()).collect();
    let help = match years::in_words(&typed) {
        Some(words) => format!(
            "報告書の年度を「当年度」、その前を「前年度」と、言葉で書きます。一番新しいのが報告書の年度なら「{words}」です。"
        ),
        None => "「前年度、当年度」「前々年度～当年度」「5年前～翌年度」のように、言葉で書いてください。".to_string(),
    };
    said.push(fault(first.span, format!("年度「{}」は分かりません。", typed.join("」「")), help));
    said
}

/// One year, or those from one to another.
fn offsets(text: &str) -> Option<Vec<i32>> {
    if let Some((from, to)) = text.split_once(['～', '〜', '~']) {
        let (from, to) = (years::offset(from)?, years::offset(to)?);
        return (from < to).then(|| (from..=to).collect());
    }
    Some(vec![years::offset(text)?])
}

fn own_columns(
    typed: &Text,
    total: Option<&str>,
    columns: &mut Vec<Column>,
    diagnostics: &mut Diagnostics,
) -> Vec<usize> {
    let split: Vec<(Text, Option<Text>)> = parted(typed).iter().map(formula::split).collect();
    let mut places = Vec::new();
    for (name, _) in &split {
        let known = columns.iter().position(|column| is_alike(&column.name, &name.value));
        places.push(known.unwrap_or_else(|| {
            columns.push(Column { name: name.value.clone(), formula: None, is_amount: false });
            columns.len() - 1
        }));
    }
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    for ((name, text), place) in split.iter().zip(&places) {
        let Some(text) = text else { continue };
        let terms = Terms { names: &names, total };
        let formula = read_formula((name, text), &terms, "列", diagnostics);
        if let Some(column) = columns.get_mut(*place) {
            column.formula = Some(formula);
        }
    }
    places
}

fn take_amount_columns(entries: &[Text], columns: &mut [Column], diagnostics: &mut Diagnostics) {
    for entry in entries {
        match columns.iter_mut().find(|column| is_alike(&column.name, &entry.value)) {
            Some(column) => column.is_amount = true,
            None => diagnostics.push(fault(
                entry.span,
                format!("金額の列「{}」が、列にありません。", entry.value),
                "「列：」に書いた名前を書いてください。",
            )),
        }
    }
}

/// 文字の行: rows of a table of amounts that say something in words.
fn take_text_rows(entries: &[Text], rows: &mut [Row], diagnostics: &mut Diagnostics) {
    for entry in entries {
        let mut named = rows.iter_mut().filter(|row| is_alike(&row.name, &entry.value)).peekable();
        if named.peek().is_none() {
            diagnostics.push(fault(
                entry.span,
                format!("文字の行「{}」が、行にありません。", entry.value),
                "「行：」に書いた名前を書いてください。",
            ));
        }
        named.for_each(|row| row.is_text = true);
    }
}

fn read_program_amount(setting: &Setting, table: &Table, diagnostics: &mut Diagnostics) -> Option<Address> {
    let typed = setting.value.value.as_str();
    let found = match address::parse(typed, table) {
        Ok(found) => found,
        Err(why) => {
            let help = match address::in_order(typed, table) {
                Some(right) => format!("年度、行、列の順に「事業費：{right}」と書いてください。"),
                None => format!(
                    "「事業費：{}」のように、年度、行、列の順に「の」でつないで書いてください。",
                    address::example(table)
                ),
            };
            diagnostics.push(fault(setting.span, why, help));
            return None;
        }
    };
    if found.len() > 1 {
        diagnostics.push(fault(
            setting.span,
            format!("「{typed}」に当てはまる欄が{}つあります。", found.len()),
            "「事業費：人件費のその他の決算額」のように、上の行の名前も書いてください。",
        ));
    }
    let address = found.into_iter().next()?;
    if !table.is_amount_at(&address) {
        diagnostics.push(no_amount(setting, table));
        return None;
    }
    Some(address)
}

/// 事業費 of a cell that holds persons or a rate, or stands in a table of figures.
fn no_amount(setting: &Setting, table: &Table) -> Diagnostic {
    let has_amounts = table.values == Values::Amount || table.columns.iter().any(|column| column.is_amount);
    let help = if has_amounts {
        format!(
            "金額の欄を、「事業費：{}」のように書いてください。率、人数、文字の欄は事業費になりません。",
            address::example(table)
        )
    } else {
        format!(
            "【表】{} の値が金額なら、「値：金額」の行を加えてください。金額でなければ、「事業費：」の行を消してください。",
            table.name
        )
    };
    fault(setting.span, format!("事業費にする欄「{}」は、金額の欄ではありません。", setting.value.value), help)
}
