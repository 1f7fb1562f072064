//! Two values in one cell, 実績（達成率） over 227名（131.5％）: two columns in a table, and no text of a section.

use super::document::{Cell, Merged};
use crate::syntax::chars::{is_digit, is_no_value};

/// How the second head ends.
const RATES: &[&str] = &["率", "達成度", "進捗度", "割合", "前年度比", "前年比", "構成比"];
/// The language has room for no more columns of values.
const MOST_COLUMNS: usize = 6;

/// 実績（達成率） as 実績 and 達成率.
pub(super) fn heads(text: &str) -> Option<(&str, &str)> {
    parted(text).filter(|(_, rate)| RATES.iter().any(|end| rate.ends_with(end)))
}

/// 227名（131.5％） as 227名 and 131.5％.
pub(super) fn values(text: &str) -> Option<(&str, &str)> {
    let is_rate = |text: &str| {
        text.starts_with(|c| is_digit(c) || "△▲-－−".contains(c)) && text.ends_with(['%', '％', '倍'])
            || is_no_value(text)
    };
    parted(text).filter(|(value, rate)| value.contains(is_digit) && is_rate(rate))
}

/// What a value under such a head is as a text of a section, which it is not: its head goes before it.
pub(super) fn with_head(head: &str, value: &str) -> Option<String> {
    (heads(head).is_some() && values(value).is_some()).then(|| format!("{head}：{value}").replace('\n', ""))
}

/// What is said of it.
pub(super) fn message(text: &str, section: &str) -> String {
    format!(
        "「{text}」は文ではなく値です。見出しを付けて【{section}】に入れました。【指標】の行なら「項目名｜実績｜達成率」の形で移してください"
    )
}

/// The rows with a column for each of the two; nothing where no column is such, or one of its cells is not.
pub(super) fn fold(rows: &[Vec<Cell>]) -> Option<Vec<Vec<Cell>>> {
    let (head, body) = rows.split_first()?;
    let is_own = |row: &Vec<Cell>, at: usize| {
        row.get(at).is_none_or(|cell| cell.text.is_empty() || is_no_value(&cell.text) || values(&cell.text).is_some())
    };
    let is_paired = |at: usize| {
        head.get(at).is_some_and(|cell| heads(&cell.text).is_some()) && body.iter().all(|row| is_own(row, at))
    };
    let paired: Vec<bool> = (0..head.len()).map(|at| at > 0 && is_paired(at)).collect();
    let count = paired.iter().filter(|is_paired| **is_paired).count();
    if count == 0 || head.len() + count > MOST_COLUMNS + 1 {
        return None;
    }
    let fold = |(index, row): (usize, &Vec<Cell>)| {
        let cells = row.iter().zip(paired.iter().chain(std::iter::repeat(&false)));
        cells
            .flat_map(|(cell, is_paired)| if *is_paired { both(cell, index == 0) } else { vec![cell.clone()] })
            .collect()
    };
    Some(rows.iter().enumerate().map(fold).collect())
}

/// A cell as two; one that is blank, says that there is nothing, or is merged is so twice.
fn both(cell: &Cell, is_head: bool) -> Vec<Cell> {
    let parts = if is_head { heads(&cell.text) } else { values(&cell.text) };
    match parts.filter(|_| cell.merged == Merged::No) {
        Some((first, second)) => {
            [first, second].map(|text| Cell { text: text.to_string(), ..Cell::default() }).to_vec()
        }
        None => vec![cell.clone(), cell.clone()],
    }
}

/// What stands before one bracket and in it.
fn parted(text: &str) -> Option<(&str, &str)> {
    let (first, rest) = text.trim().split_once(['（', '('])?;
    let inside = rest.strip_suffix(['）', ')'])?.trim();
    let is_plain = !first.trim().is_empty() && !inside.is_empty() && !inside.contains(['（', '(', '）', ')']);
    is_plain.then_some((first.trim(), inside))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(rows: &[&[&str]]) -> Option<Vec<String>> {
        let cell = |text: &&str| Cell { text: text.to_string(), ..Cell::default() };
        let rows: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        let joined = |row: &Vec<Cell>| row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|");
        Some(fold(&rows)?.iter().map(joined).collect())
    }

    #[test]
    fn a_column_of_two_values_is_two_columns() {
        assert_eq!(
            folded(&[
                &["項目", "目標", "実績（達成率）"],
                &["参加者数", "200名", "227名\n（131.5％）"],
                &["相談件数", "20件", "—"],
                &["見学", "", ""]
            ]),
            Some(
                ["項目|目標|実績|達成率", "参加者数|200名|227名|131.5％", "相談件数|20件|—|—", "見学|||"]
                    .map(String::from)
                    .to_vec()
            )
        );
    }

    #[test]
    fn other_brackets_stay_in_their_cell() {
        for rows in [
            &[&["項目", "実績（達成率）"][..], &["参加者数", "227名（131.5％）"], &["相談", "30件"]][..],
            &[&["項目", "実績（人）"], &["参加者数", "227名（131.5％）"]],
            &[&["項目", "実績（達成率）"], &["参加者数", "227名（延べ300名）"]],
            &[&["項目", "実績（達成率）"], &["参加者数", "中止"]],
        ] {
            assert_eq!(folded(rows), None, "{rows:?}");
        }
    }
}
