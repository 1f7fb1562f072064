//! J030: cells of 【指標】 that are a count which cannot be read.

use super::rows::{own_cells, without_remark};
use super::unit::{counter_at, is_kanji_numeral, kanji_number, money_at, narrowed, starts_with_counter};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Quantity, Row, parse_quantities};
use crate::syntax::chars::{is_blank, is_comma, is_digit, is_no_value};

/// What may stand before and after a number that was not written so that it can be read.
const BEFORE: &[&str] = &["", "約", "延べ", "延", "のべ", "各", "計", "およそ", "おおよそ", "ほぼ"];
const AFTER: &[&str] =
    &["", "以上", "以下", "未満", "程度", "前後", "超", "余", "余り", "強", "弱", "くらい", "ほど", "ずつ"];

/// Those that make a bound
const BOUNDS: &[&str] = &["以上", "以下", "未満", "以内", "超"];

const RANGE: &[char] = &['〜', '～', '~', '-', '－'];

/// What is aimed at may be a bound: 5人以下. What was reached is a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bounds {
    Allowed,
    NoFigure,
}

/// Looks at a row's own cells in the columns whose values its label counts.
pub(super) fn check(row: &Row, columns: &[usize], bounds: Bounds, diagnostics: &mut Diagnostics) {
    for cell in own_cells(row, columns) {
        let [line] = cell.lines.as_slice() else { continue };
        if !(cell.quantities.is_empty() || cell.quantities.iter().any(is_misread)) || is_no_value(&line.value) {
            continue;
        }
        let text = line.value.trim_matches(is_blank);
        let figure = BOUNDS.iter().find_map(|word| text.strip_suffix(word));
        if bounds == Bounds::Allowed && figure.is_some_and(|figure| !parse_quantities(figure).is_empty()) {
            continue;
        }
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
    // 1½日, 10³人
    let is_raised = |(digit, next): (char, char)| is_digit(digit) && next.is_numeric() && !is_digit(next);
    if body.chars().zip(body.chars().skip(1)).any(is_raised) {
        return Some(None);
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
    if after.trim_matches(is_blank).is_empty() && is_bare_figure(number) {
        return Some(None);
    }
    let unit = counter_at(after).or_else(|| money_at(after))?;
    let tail = after.get(unit.len()..)?.trim_matches(is_blank);
    if AFTER.contains(&tail) {
        return Some(instead(before, number, unit, tail));
    }
    // 10名～20名
    let is_range = tail.starts_with(RANGE);
    is_range.then_some(None)
}

/// 80,0000, 3.200.1 or 35OO, whose unit stands elsewhere; 2024.4.1 is a date.
fn is_bare_figure(number: &str) -> bool {
    let number = number.trim_matches(is_blank);
    let parts: Vec<&str> = number.split(['.', '．']).collect();
    let is_date = matches!(parts.as_slice(), [_, month, day] if month.chars().count() <= 2 && day.chars().count() <= 2);
    let is_of_digits =
        number.chars().all(|c| is_digit(c) || is_comma(c) || is_latin_digit(c) || matches!(c, '.' | '．'));
    is_of_digits && !is_date && number.starts_with(is_digit)
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

fn is_numeral(c: char) -> bool {
    is_digit(c) || is_comma(c) || is_kanji_numeral(c) || matches!(c, '数' | '.' | '．' | '万')
}

/// 8O名: a letter for a digit, read as a part of the unit.
fn is_misread(quantity: &Quantity) -> bool {
    // 35l is litres.
    let is_of_letters = quantity.unit.chars().all(is_latin_digit) && !matches!(quantity.unit.as_str(), "" | "l" | "ｌ");
    is_of_letters || quantity.unit.strip_prefix(is_mistaken_digit).is_some_and(starts_with_counter)
}

/// A letter or a mark that somebody typed for 0 or 1.
fn is_mistaken_digit(c: char) -> bool {
    is_latin_digit(c) || matches!(c, '○' | '〇')
}

fn is_latin_digit(c: char) -> bool {
    matches!(c, 'O' | 'o' | 'l' | 'I' | 'Ｏ' | 'ｏ' | 'ｌ' | 'Ｉ')
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
            ("1½日", None),
            ("10³人", None),
            ("80,0000", None),
            ("3.200.1", None),
            ("35OO", None),
            ("3,2000", None),
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
            "2024.4.1",
            "R6.4.1",
            "1,234.5",
            "十",
            "IoT",
        ] {
            assert_eq!(unreadable(text), None, "{text}");
        }
    }
}
