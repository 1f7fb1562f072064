//! Rows of 【指標】 as rules read them: labels, the columns that count, cells in words.

use super::unit::counter_at;
use crate::model::{Cell, Columns, Indicator, Row};
use crate::syntax::chars::is_blank;

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
pub(super) fn own_cells<'a>(row: &'a Row, columns: &'a [usize]) -> impl Iterator<Item = &'a Cell> {
    columns.iter().filter_map(|column| match row.values.get(*column) {
        Some(crate::model::Value::Own(cell)) => Some(cell),
        _ => None,
    })
}

/// A cell without a remark in brackets behind it.
pub(super) fn without_remark(text: &str) -> &str {
    let Some(inner) = text.strip_suffix(['）', ')']) else { return text };
    inner.rfind(['（', '(']).and_then(|open| text.get(..open)).map_or(text, |body| body.trim_end_matches(is_blank))
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

/// A cell as a message quotes it: on one line, and no more of it than one reads, cut where no number is cut.
pub(super) fn in_words(cell: &Cell) -> String {
    const MOST: usize = 40;
    let text = cell.text().replace('\n', " ");
    let text = text.trim_matches(is_blank);
    match text.char_indices().nth(MOST) {
        Some((end, _)) => {
            let start = text.get(..end).unwrap_or(text);
            format!("{}…", start.rsplit_once(is_blank).map_or(start, |(whole, _)| whole))
        }
        None => text.to_string(),
    }
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
