//! J030, J031, J035 and J036: what the cells of 【指標】 count, and in which unit.

use super::unit::{counter_at, is_kanji_numeral, is_same, kanji_number, narrowed, starts_with_counter, unified};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Cell, Columns, Context, Indicator, Program, Quantity, Row, parse_quantities};
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

/// What may stand before and after a number that was not written so that it can be read.
const BEFORE: &[&str] = &["", "約", "延べ", "延", "のべ", "各", "計", "およそ", "おおよそ", "ほぼ"];
const AFTER: &[&str] =
    &["", "以上", "以下", "未満", "程度", "前後", "超", "余", "余り", "強", "弱", "くらい", "ほど", "ずつ"];

const MONEY: &[&str] = &["円", "千円", "万円", "百万円", "億円"];
const RANGE: &[char] = &['〜', '～', '~', '-', '－'];

pub(super) fn check(program: &Program, context: &Context, diagnostics: &mut Diagnostics) {
    for table in &program.indicators {
        let columns = value_columns(table);
        for row in &table.rows {
            check_readable(row, &columns, diagnostics);
            // One cause, one message: the label's unit is the surer sign.
            if !check_label(table, row, &columns, diagnostics) {
                check_years(table, row, context, diagnostics);
            }
            check_unit(table, row, &columns, diagnostics);
        }
    }
}

/// The columns whose values the label counts; not a 達成率 beside 目標 and 実績, nor remarks.
pub(super) fn value_columns(table: &Indicator) -> Vec<usize> {
    let Columns::Own(columns) = &table.columns else { return vec![0, 1] };
    let is_value = |label: &str| {
        ["目標", "計画", "実績", "見込"].iter().any(|word| label.contains(word))
            && !["率", "比", "割合", "差", "増減"].iter().any(|word| label.contains(word))
    };
    let of_values =
        columns.iter().enumerate().filter(|(_, column)| column.year.is_some() || is_value(&column.label.value));
    of_values.map(|(index, _)| index).collect()
}

/// The own cells of a row in some columns: a shared one was looked at in its own row.
fn own_cells<'a>(row: &'a Row, columns: &'a [usize]) -> impl Iterator<Item = &'a Cell> {
    columns.iter().filter_map(|column| match row.values.get(*column) {
        Some(crate::model::Value::Own(cell)) => Some(cell),
        _ => None,
    })
}

/// J030.
fn check_readable(row: &Row, columns: &[usize], diagnostics: &mut Diagnostics) {
    for cell in own_cells(row, columns) {
        let [line] = cell.lines.as_slice() else { continue };
        if !(cell.quantities.is_empty() || cell.quantities.iter().any(is_misread)) || is_no_value(&line.value) {
            continue;
        }
        let text = line.value.trim_matches(is_blank);
        let Some(instead) = unreadable(text) else { continue };
        let help = match instead {
            _ if text.contains(is_latin_digit) => {
                "英字の「O」や「l」が混じっています。数字の「0」や「1」で打ち直してください。".to_string()
            }
            None if !text.contains(RANGE) && text.contains(is_comma) => {
                "「,」の位置が違います。数を確かめ、3けたごとに「,」を入れて打ち直してください。".to_string()
            }
            Some(instead) => format!("「{instead}」と書いてください。"),
            None => "「100名」「約100名」のように、1つの数と単位で書いてください。".to_string(),
        };
        diagnostics.push(
            Diagnostic::new(Code::J030, line.span, format!("「{text}」は数として読めません。"))
                .help(help)
                .or_acknowledge("【事業】", text),
        );
    }
}

/// Whether a short cell is a count that cannot be read, and how to write it where that is certain.
fn unreadable(text: &str) -> Option<Option<String>> {
    let body = without_remark(text);
    let parsed = parse_quantities(body);
    if body.is_empty() || (!parsed.is_empty() && !parsed.iter().any(is_misread)) || body == "一部" {
        return None;
    }
    let start = body.find(|c| is_numeral(c) || is_latin_digit(c))?;
    let (before, rest) = (body.get(..start)?.trim_matches(is_blank), body.get(start..)?);
    let length = rest.find(|c: char| !is_numeral(c) && !is_blank(c) && !is_mistaken_digit(c)).unwrap_or(rest.len());
    let (number, after) = (rest.get(..length)?, rest.get(length..)?);
    if !BEFORE.contains(&before) || !number.contains(is_numeral) {
        return None;
    }
    // 10～20名
    if let Some(to) = after.strip_prefix(RANGE) {
        return starts_with_counter(to.trim_start_matches(is_numeral)).then_some(None);
    }
    let unit = counter_at(after).or_else(|| MONEY.iter().find(|unit| after.starts_with(**unit)).copied())?;
    let tail = after.get(unit.len()..)?.trim_matches(is_blank);
    if AFTER.contains(&tail) {
        return Some(instead(before, number, unit, tail));
    }
    // 10名～20名
    let is_range = tail.starts_with(RANGE);
    is_range.then_some(None)
}

fn instead(before: &str, number: &str, unit: &str, tail: &str) -> Option<String> {
    let number: String = number.chars().filter(|c| !is_blank(*c)).collect();
    let value = if number.chars().all(is_kanji_numeral) {
        crate::model::format_amount(i64::from(kanji_number(&number)?))
    } else if number.chars().all(|c| is_digit(c) || is_comma(c)) {
        crate::model::parse_number(&number).map(|_| narrowed(&number))?
    } else {
        return None;
    };
    let about = ["程度", "前後", "くらい", "ほど", "余", "余り", "強", "弱"].contains(&tail);
    let prefix = match before {
        "のべ" => "延べ",
        "およそ" | "おおよそ" | "ほぼ" => "約",
        "" if about => "約",
        other => other,
    };
    (tail.is_empty() || about).then(|| format!("{prefix}{value}{unit}"))
}

/// A cell without a remark in brackets behind it.
pub(super) fn without_remark(text: &str) -> &str {
    let Some(inner) = text.strip_suffix(['）', ')']) else { return text };
    inner.rfind(['（', '(']).and_then(|open| text.get(..open)).map_or(text, |body| body.trim_end_matches(is_blank))
}

fn is_numeral(c: char) -> bool {
    is_digit(c) || is_comma(c) || is_kanji_numeral(c) || matches!(c, '数' | '.' | '．' | '万')
}

/// 8O名: a letter for a digit, read as a part of the unit.
fn is_misread(quantity: &Quantity) -> bool {
    quantity.unit.strip_prefix(is_mistaken_digit).is_some_and(starts_with_counter)
}

/// A letter or a mark that somebody typed for 0 or 1.
fn is_mistaken_digit(c: char) -> bool {
    is_latin_digit(c) || matches!(c, '○' | '〇')
}

fn is_latin_digit(c: char) -> bool {
    matches!(c, 'O' | 'o' | 'l' | 'I' | 'Ｏ' | 'ｏ' | 'ｌ' | 'Ｉ')
}

/// J031, once a row; whether it was said.
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

/// A label without its （４） and its line breaks.
pub(super) fn label_of(row: &Row) -> String {
    let lines = row.label.lines.iter().map(|line| match row.item {
        Some((_, rest)) if line.span.start < rest.start => {
            line.value.get(rest.start - line.span.start..).unwrap_or(&line.value).to_string()
        }
        _ => line.value.clone(),
    });
    lines.collect::<Vec<_>>().concat().trim_matches(is_blank).to_string()
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
    let years = match context.fiscal_year {
        Some(year) => table.year_columns(year),
        None => return,
    };
    let (Some(year), [Some(before), Some(now)]) = (context.fiscal_year, years) else { return };
    let (Some(old), Some(new)) = (table.cell(row, before), table.cell(row, now)) else { return };
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
fn check_unit(table: &Indicator, row: &Row, columns: &[usize], diagnostics: &mut Diagnostics) {
    if has_unit_elsewhere(table, row) {
        return;
    }
    let bare: Vec<(&Cell, &Quantity)> = own_cells(row, columns)
        .flat_map(|cell| cell.quantities.iter().map(move |quantity| (cell, quantity)))
        .filter(|(_, quantity)| quantity.unit.is_empty())
        .collect();
    let Some((cell, first)) = bare.first() else { return };
    let values: Vec<String> = bare.iter().map(|(cell, _)| format!("「{}」", cell.text().replace('\n', " "))).collect();
    let known = own_cells(row, columns).flat_map(|cell| &cell.quantities).find(|quantity| !quantity.unit.is_empty());
    let help = match known {
        Some(known) => format!("隣の「{}」に合わせるなら「{}{}」です。", shown(known), first.number, known.unit),
        None => format!(
            "「{}件」のように、どの値にも「名」「件」「回」などの単位を付けてください。項目名の後に「（件）」と書いてもかまいません。",
            cell.text().replace('\n', " ")
        ),
    };
    diagnostics.push(
        Diagnostic::new(Code::J036, cell.span, format!("{}に単位がありません。", values.concat()))
            .help(help)
            .or_acknowledge("【事業】", &label_of(row)),
    );
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
    is_pure
        || [label].into_iter().chain(parent).chain(caption).chain(heads).any(|text| holds_unit(&text))
        || notes.into_iter().any(|note| note.contains("単位"))
}

/// A bracket whose end is a unit: （人）, （億円）, （税込、円）, （MWh）, （H27=100）, （5段階）.
pub(super) fn holds_unit(text: &str) -> bool {
    const ENDS: &[char] = &[
        '円', '月', '年', '日', '時', '間', '分', '点', '倍', '位', '階', '泊', '度', '℃', '％', '㎡', '㎞', '㎏',
        '㎥', '%',
    ];
    text.split(['（', '(', '［', '[']).skip(1).any(|part| {
        let inner = part.split(['）', ')', '］', ']']).next().unwrap_or("").trim_matches(is_blank);
        let is_counter = |start: (usize, char)| inner.get(start.0..).is_some_and(|end| counter_at(end) == Some(end));
        inner.contains("単位")
            || inner.ends_with(|c: char| ENDS.contains(&c) || c.is_ascii_alphanumeric() || ('Ａ'..='ｚ').contains(&c))
            || inner.char_indices().any(is_counter)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_that_cannot_be_read() {
        for (text, instead) in [
            ("約百名", Some("約100名")),
            ("二十社", Some("20社")),
            ("30名程度", Some("約30名")),
            ("100名以上", None),
            ("1,08名", None),
            ("数十名", None),
            ("8O名", None),
            ("10名～20名", None),
            ("10～20名", None),
        ] {
            assert_eq!(unreadable(text), Some(instead.map(str::to_string)), "{text}");
        }
        for text in [
            "138名（2日間）",
            "中止",
            "第3回",
            "3校が参加",
            "一部",
            "一部中止",
            "R2年3月",
            "感染症の影響により中止（実績なし）",
            "青森・弘前・八戸　138名",
            "3月5日",
        ] {
            assert_eq!(unreadable(text), None, "{text}");
        }
    }
}
