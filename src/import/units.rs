//! A column 単位 in a table of indicators: its units go behind the figures of their rows, where the language has them.

use super::document::{Cell, Merged};
use crate::syntax::chars::{is_blank, is_digit, is_ditto};

/// The rows without their column 単位; nothing where the head has none.
pub(super) fn fold(rows: &[Vec<Cell>]) -> Option<Vec<Vec<Cell>>> {
    let at = rows.first()?.iter().skip(1).position(|cell| cell.text.trim() == "単位")? + 1;
    let mut unit = String::new();
    let fold = |(index, row): (usize, &Vec<Cell>)| {
        let mut row = row.clone();
        if at >= row.len() {
            return row;
        }
        let cell = row.remove(at);
        if index > 0 && cell.merged != Merged::Up && !is_ditto(cell.text.trim()) {
            unit = cell.text.trim().to_string();
        }
        if index > 0 && !unit.is_empty() {
            put_behind(&mut row, &unit);
        }
        row
    };
    Some(rows.iter().enumerate().map(fold).collect())
}

/// A row without a figure that takes its unit keeps it at its label.
fn put_behind(row: &mut [Cell], unit: &str) {
    let mut is_kept = false;
    let Some((label, values)) = row.split_first_mut() else { return };
    // 35 of 100万円 is not 35100万円.
    let is_plain = !unit.contains(is_digit);
    for cell in values {
        if is_plain && is_bare_figure(&cell.text) {
            cell.text.push_str(unit);
            is_kept = true;
        }
        is_kept |= cell.text.contains(unit) || (unit == "％" && cell.text.contains('%'));
    }
    if !is_kept && !label.text.is_empty() {
        label.text.push_str(&format!("（{unit}）"));
    }
}

/// A figure with its unit.
pub(super) fn put_behind_text(text: String, unit: &str) -> String {
    if !unit.contains(is_digit) && is_bare_figure(&text) { format!("{text}{unit}") } else { text }
}

fn is_bare_figure(text: &str) -> bool {
    let figure = text.trim().trim_start_matches(['△', '▲', '-', '−', '－']).trim_start_matches(is_blank);
    figure.ends_with(is_digit) && figure.chars().all(|c| is_digit(c) || ",.，．".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_go_behind_their_figures() {
        let rows = [
            ["指標名", "単位", "元年度", "2年度"],
            ["案内件数", "件", "1,200", "3,450"],
            ["満足度", "％", "85.3%", "—"],
            ["開設", "か所", "中止", "中止"],
            ["研修", "", "", "2"],
            ["商談額", "100万円", "35", "42"],
            ["増減", "人", "△ 5", "2020-10-01"],
            ["うち県外", "〃", "3", "4"],
        ];
        let cell = |text: &str| Cell { text: text.to_string(), merged: Merged::No };
        let rows: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().map(|text| cell(text)).collect()).collect();
        let folded = fold(&rows).expect("has a column of units");
        let texts: Vec<String> =
            folded.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|")).collect();
        assert_eq!(
            texts,
            [
                "指標名|元年度|2年度",
                "案内件数|1,200件|3,450件",
                "満足度|85.3%|—",
                "開設（か所）|中止|中止",
                "研修||2",
                "商談額（100万円）|35|42",
                "増減|△ 5人|2020-10-01",
                "うち県外|3人|4人"
            ]
        );
        assert_eq!(fold(&[vec![cell("単位"), cell("2年度")]]), None);
    }
}
