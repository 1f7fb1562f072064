//! The head of a table of indicators: how many columns hold labels, what stands over the others, and whether its years are
//! the report's.

use super::document::{Cell, Merged, text_at};
use super::meanings::Meaning;
use super::words::{Words, compared};
use crate::model::{FiscalYear, YearLabel, parse_year_label};
use crate::syntax::chars::is_digit;

/// Whether a row can only be the head of such a table.
pub(super) fn is_head(row: &[Cell], words: &Words) -> bool {
    let mut filled = row.iter().skip(1).filter(|cell| !cell.text.is_empty()).peekable();
    let label = text_at(row, 0);
    let is_named = words.label(label) == Some(Meaning::IndicatorHead);
    let is_plain = label.is_empty() || ["年度", "区分", "内容", "事項"].contains(&compared(label).as_str());
    filled.peek().is_some() && (is_named || (is_plain && filled.all(|cell| parse_year_label(&cell.text).is_some())))
}

/// Labels stand in two columns where the head is merged over both, or blank over texts.
pub(super) fn label_columns(head: &[Cell], body: &[Vec<Cell>]) -> usize {
    let is_label = head.get(1).is_some_and(|cell| {
        let has_texts = body.iter().any(|row| row.get(1).is_some_and(|cell| !cell.text.is_empty()));
        let years = head.iter().skip(2).filter(|cell| !cell.text.is_empty());
        let is_before_years = !cell.text.is_empty()
            && parse_year_label(&cell.text).is_none()
            && years.clone().count() > 1
            && years.clone().all(|cell| parse_year_label(&cell.text).is_some());
        let has_figures = body.iter().filter_map(|row| row.get(1)).any(|cell| cell.text.contains(is_digit));
        cell.merged == Merged::Left
            || (cell.text.is_empty() && has_texts && head.len() > 2)
            || (is_before_years && has_texts && !has_figures)
    });
    if is_label { 2 } else { 1 }
}

/// What stands over the columns of values. A second row that the label of the first reaches into belongs to it.
pub(super) fn heads<'a>(head: &[Cell], body: &'a [Vec<Cell>], labels: usize) -> (Vec<String>, &'a [Vec<Cell>], usize) {
    let mut heads: Vec<String> = Vec::new();
    for cell in head.iter().skip(labels) {
        let text = match (cell.merged, heads.last()) {
            (Merged::Left, Some(left)) => left.clone(),
            _ => cell.text.clone(),
        };
        heads.push(text);
    }
    let mut doubled = 0;
    let mut body = body;
    if let Some((second, rest)) = body.split_first()
        && second.first().is_some_and(|cell| cell.merged == Merged::Up)
    {
        for (head, cell) in heads.iter_mut().zip(second.iter().skip(labels)).filter(|(_, cell)| !cell.text.is_empty()) {
            *head = if head.is_empty() { cell.text.clone() } else { format!("{head}\n{}", cell.text) };
        }
        (body, doubled) = (rest, 1);
    }
    while heads.last().is_some_and(String::is_empty) {
        heads.pop();
    }
    (heads, body, doubled)
}

/// Two years that are not the one before and the report's own.
pub(super) fn wrong_years(heads: &[String], year: Option<FiscalYear>) -> Option<String> {
    let [first, last] = heads else { return None };
    let (before, own) = (parse_year_label(first)?, parse_year_label(last)?);
    let what = if before == own {
        format!("年度の見出しが「{first}」「{last}」と同じです。")
    } else {
        let year = year?;
        if before.resolve(year) == year.previous() && own.resolve(year) == year {
            return None;
        }
        if matches!((before, own), (YearLabel::Previous, YearLabel::Current)) {
            return None;
        }
        format!(
            "年度の見出し「{first}」「{last}」が、この報告書の年度（{}・{}）と違います。報告書の年度が違うなら、報告書.jigyo の「年度：」を直します。",
            year.previous().column(),
            year.column()
        )
    };
    Some(format!("{what}欄の並びを確かめ、正しければこの見出しの行を消してください（年度は自動で入ります）"))
}
