//! Columns of indicators in a list of programs: a name, its unit and its years, once or several times in a row.

use super::document::Cell;
use super::draft::Program;
use super::indicators::{self, Rows};
use super::meanings::Meaning;
use super::paired_values;
use super::place::Place;
use super::units::fold;
use super::words::{Words, compared};
use crate::model::{FiscalYear, leading_year, parse_year_label};
use crate::syntax::chars::unified;

/// Neighbouring columns that hold one indicator a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Series {
    /// The column of names; those of the unit and the values follow it.
    at: usize,
    /// What stands over these columns
    head: Vec<Cell>,
}

/// Where a row stands, and what is known of its report.
pub(super) struct At<'a> {
    /// The place of the list's first row
    pub(super) table: &'a Place,
    pub(super) head: usize,
    pub(super) row: usize,
    pub(super) words: &'a Words,
    pub(super) year: Option<FiscalYear>,
}

/// The indicators that a row of the list has room for.
pub(super) fn find_series(heads: &[Cell], words: &Words) -> Vec<Series> {
    let mut found: Vec<Series> = Vec::new();
    for (at, cell) in heads.iter().enumerate() {
        if let Some(open) = found.last_mut().filter(|series| series.at + series.head.len() == at)
            && let Some(text) = part(&cell.text)
        {
            open.head.push(Cell { text, ..Cell::default() });
        } else if is_name(&cell.text, words) {
            found.push(Series { at, head: vec![Cell { text: "項目名".to_string(), ..Cell::default() }] });
        }
    }
    found.retain(|series| series.head.iter().skip(1).any(|cell| cell.text != "単位"));
    for series in &mut found {
        // Beside R5目標 the year alone would not say what it counts.
        if series.head.iter().any(|cell| leading_year(&cell.text).is_some() && parse_year_label(&cell.text).is_none()) {
            let years = series.head.iter_mut().filter(|cell| parse_year_label(&cell.text).is_some());
            years.for_each(|cell| cell.text.push_str("実績"));
        }
    }
    found
}

/// 指標名, 指標1, 指標①の名称, 成果指標名１; 成果指標（実績） is a value.
pub(super) fn is_name(text: &str, words: &Words) -> bool {
    if ["目標", "実績", "計画", "達成"].iter().any(|word| text.contains(word)) {
        return false;
    }
    let bare: String = compared(text).chars().filter(|c| !c.is_numeric()).collect();
    let short = bare.trim_end_matches("の名称").trim_end_matches("名称");
    [bare.as_str(), short].into_iter().any(|text| words.label(text) == Some(Meaning::IndicatorHead))
}

/// What the head of a unit or of a value says, without the name of its indicator: `指標1 令和2年度実績` is 令和2年度.
pub(super) fn part(text: &str) -> Option<String> {
    let whole = unified(text);
    let behind = whole.find("指標").and_then(|at| whole.get(at + "指標".len()..)).unwrap_or(&whole);
    let numberless = behind.trim_start_matches(|c: char| c.is_numeric()).trim_start_matches(['の', '_', '-', ':']);
    // 2年度 begins with its number, 指標2年度 does not exist.
    let rest = if leading_year(behind).is_some() { behind } else { numberless };
    if rest == "単位" {
        return Some(rest.to_string());
    }
    let year = ["実績値", "実績", "値"].into_iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    if parse_year_label(year).is_some() {
        return Some(year.to_string());
    }
    if paired_values::heads(rest).is_some() {
        return Some(rest.to_string());
    }
    // Right of 指標名 these are values, and no text of 【事業実績】.
    let rest = rest.trim().trim_end_matches(char::is_numeric).trim_matches(['(', ')']);
    let is_short = ["実績", "計画", "見込", "達成度", "進捗率"].contains(&rest);
    let is_value =
        is_short || ["目標値", "実績値", "計画値", "基準値", "達成率", "目標"].iter().any(|word| rest.ends_with(word));
    is_value.then(|| rest.to_string())
}

impl Series {
    pub(super) fn has(&self, column: usize) -> bool {
        (self.at..self.at + self.head.len()).contains(&column)
    }

    /// Its name, its unit and its values
    pub(super) fn columns(&self) -> std::ops::Range<usize> {
        self.at..self.at + self.head.len()
    }

    pub(super) fn is_unit(&self, column: usize) -> bool {
        column.checked_sub(self.at).and_then(|at| self.head.get(at)).is_some_and(|head| head.text == "単位")
    }

    /// Adds a row's indicator to the program's table of the same head.
    pub(super) fn add(&self, row: &[Cell], program: &mut Program, rows: &At<'_>) {
        let cells: Vec<Cell> = row.iter().skip(self.at).take(self.head.len()).cloned().collect();
        let is_open = cells.iter().zip(&self.head).all(|(cell, head)| cell.text.is_empty() || head.text == "単位");
        if is_open {
            return;
        }
        let both = [self.head.clone(), cells];
        let folded = fold(&both).unwrap_or_else(|| both.to_vec());
        let folded = paired_values::fold(&folded).unwrap_or(folded);
        let (head, body) = folded.split_at(1);
        let empty = indicators::read(Rows { rows: head, place: rows.table, above: rows.head }, rows.words, rows.year);
        let row = Rows { rows: body, place: rows.table, above: rows.row };
        match program.tables.last_mut().filter(|table| table.columns == empty.columns) {
            Some(table) => indicators::read_more(row, table),
            None => {
                let mut table = empty;
                indicators::read_more(row, &mut table);
                program.tables.push(table);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_right_of_a_name_of_an_indicator() {
        for (head, said) in [
            ("目標", Some("目標")),
            ("目標②", Some("目標")),
            ("指標1実績", Some("実績")),
            ("成果指標（目標）", Some("目標")),
            ("実績", Some("実績")),
            ("R6実績", Some("R6")),
            ("実績（達成率）", Some("実績(達成率)")),
            ("単位", Some("単位")),
            ("事業実績", None),
            ("実績の内容", None),
        ] {
            assert_eq!(part(head).as_deref(), said, "{head}");
        }
    }
}
