//! The head row of a table: which first rows are one, its columns and its years. J021 is reported here.

use super::Text;
use super::indicator::{Column, Columns, MOST_COLUMNS};
use super::lower_indicator::{Last, Lowering};
use super::table_messages as messages;
use super::year::{leading_year, parse_year_label, split_year};
use crate::source::Span;
use crate::syntax::chars::{is_digit, without_blanks};

const HEADER_LABELS: &[&str] = &["項目名", "項目", "指標名"];
/// Labels that a head pasted from elsewhere has.
const HEADER_LIKE: &[&str] = &["", "年度", "区分", "内容", "事項"];
/// What stands in the head of a table as offices make them, by itself or behind a year.
const HEAD_WORDS: &[&str] = &[
    "",
    "目標",
    "目標値",
    "計画",
    "計画値",
    "実績",
    "実績値",
    "見込",
    "見込み",
    "達成率",
    "達成状況",
    "進捗率",
    "単位",
    "備考",
    "内容",
    "区分",
    "種別",
    "摘要",
    "項目",
    "項目名",
    "指標名",
    "増減",
    "増減率",
    "前年比",
    "前年度比",
    "前年度",
    "当年度",
    "今年度",
    "予算",
    "予算額",
    "決算",
    "決算額",
    "評価",
    "基準値",
    "現状値",
    "最終目標",
];

/// Words about a year that is still to come: 7年度当初, 令和7年度（目標）.
const PLANS: &[&str] =
    &["当初", "予算", "補正", "要求", "目標", "計画", "見込", "見通", "予定", "推計", "予測", "想定"];

/// Whether the words behind a year say that it may lie ahead.
pub(super) fn is_planned(words: &str) -> bool {
    PLANS.iter().any(|plan| words.contains(plan))
}

/// 4月｜5月｜計, 男｜女｜計: parts beside their 計, and no figure.
fn is_of_parts(cells: &[String]) -> bool {
    let is_month = |cell: &str| cell.strip_suffix('月').is_some_and(|month| month.chars().all(is_digit));
    let is_total = |cell: &str| ["計", "合計", "総計", "総数"].contains(&cell);
    let is_name = |cell: &String| !cell.is_empty() && (is_month(cell) || !cell.contains(is_digit));
    cells.len() >= 2
        && cells.iter().all(is_name)
        && (cells.iter().any(|cell| is_total(cell)) || cells.iter().all(|cell| is_month(cell)))
}

impl Lowering<'_> {
    pub(super) fn is_header(&self, label: Span, values: &[Span], is_first: bool) -> bool {
        let label = without_blanks(self.text(label));
        let filled: Vec<&str> = values.iter().map(|value| self.text(*value)).filter(|text| !text.is_empty()).collect();
        let all = |is: fn(&str) -> bool| !filled.is_empty() && filled.iter().all(|text| is(text));
        let all_years = all(|text| parse_year_label(text).is_some());
        let is_named = HEADER_LABELS.contains(&label.as_str());
        if is_first {
            // A label with figures in it is a row that was typed wrongly: as a head it would be lost.
            let leading_years = HEADER_LIKE.contains(&label.as_str()) && all(|text| leading_year(text).is_some());
            return is_named || leading_years || (all_years && !label.contains(is_digit));
        }
        // Further down a row of years is a header only by its label: 開設年度｜H30｜R元 is a row.
        label == "項目名" || (all_years && (is_named || HEADER_LIKE.contains(&label.as_str())))
    }

    /// Whether a cell may stand where 項目名 should.
    pub(super) fn is_header_label(&self, label: Span) -> bool {
        let label = without_blanks(self.text(label));
        HEADER_LABELS.contains(&label.as_str()) || HEADER_LIKE.contains(&label.as_str())
    }

    /// A first row that is a head by its columns, whatever stands where 項目名 should.
    pub(super) fn is_misnamed_header(&self, label: Span, values: &[Span]) -> bool {
        let cells: Vec<String> = values.iter().map(|value| without_blanks(self.text(*value))).collect();
        let end = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let filled = cells.get(..end).unwrap_or(&[]);
        if self.text(label).is_empty() && is_of_parts(filled) {
            return true;
        }
        let is_word = |cell: &String| {
            let behind = split_year(cell).map_or_else(|| cell.clone(), |(_, rest)| rest);
            !cell.is_empty() && HEAD_WORDS.contains(&behind.as_str())
        };
        !self.text(label).contains(is_digit) && filled.len() >= 2 && filled.iter().all(is_word)
    }

    pub(super) fn lower_header(&mut self, span: Span, values: &[Span]) {
        let end = values.iter().rposition(|value| !value.is_empty()).map_or(0, |last| last + 1);
        let filled = values.get(..end).unwrap_or(values);
        let is_lone_year =
            filled.len() == 1 && filled.iter().all(|value| parse_year_label(self.text(*value)).is_some());
        if filled.is_empty() || filled.iter().any(|value| value.is_empty()) || (is_lone_year && values.len() > 1) {
            self.diagnostics.push(messages::blank_header(span));
        } else if filled.len() > MOST_COLUMNS {
            self.diagnostics.push(messages::too_many_columns(span, filled.len()));
        }
        let is_too_wide = filled.len() > MOST_COLUMNS;
        if filled.is_empty() || (is_lone_year && values.len() > 1) {
            return;
        }
        let columns: Vec<Column> = filled
            .iter()
            .map(|value| {
                let text = self.text(*value).to_string();
                Column { year: parse_year_label(&text), label: Text::new(text, *value), group: None }
            })
            .collect();
        if !is_too_wide {
            self.check_years(&columns);
        }
        let is_years = columns.len() == 2 && columns.iter().all(|column| column.year.is_some());
        self.last = if is_years { Last::Faulty } else { Last::Header };
        self.table.columns = if is_years { Columns::Years } else { Columns::Own(columns) };
    }

    /// J021: two year columns are the year before and this year; among others, years rise and end with this one. A
    /// year that begins a label (R2目標) is this one or one before it.
    fn check_years(&mut self, columns: &[Column]) {
        let Some(current) = self.context.fiscal_year else {
            return;
        };
        let years: Vec<(Span, _)> = columns
            .iter()
            .filter_map(|column| column.year.map(|year| (column.label.span, year.resolve(current))))
            .collect();
        let is_pair = years.len() == 2 && columns.len() == 2;
        let right = match years.as_slice() {
            [] => true,
            [first, last] if is_pair => first.1 == current.previous() && last.1 == current,
            [one] => one.1 == current || one.1 == current.previous(),
            [.., last] => years.windows(2).all(|pair| matches!(pair, [a, b] if a.1 < b.1)) && last.1 == current,
        };
        if let (false, Some(first), Some(last)) = (right, years.first(), years.last()) {
            let place = first.0.to(last.0);
            self.diagnostics.push(messages::wrong_years(place, self.file, columns, current, is_pair));
            return;
        }
        for (index, column) in columns.iter().enumerate() {
            let label = column.label.value.as_str();
            let is_double = columns.iter().take(index).any(|other| other.label.value == label);
            let is_ahead =
                split_year(label).is_some_and(|(year, words)| year.resolve(current) > current && !is_planned(&words));
            if is_double || is_ahead {
                self.diagnostics.push(messages::wrong_column(column.label.span, label, current, is_double));
            }
        }
    }

    /// Adds to the labels of the head row, cell by cell.
    pub(super) fn continue_header(&mut self, span: Span, cells: &[Span]) {
        let Columns::Own(columns) = &mut self.table.columns else { return };
        if cells.first().is_some_and(|cell| !cell.is_empty()) || cells.len() > columns.len() + 1 {
            self.diagnostics.push(messages::continued_header(span));
            return;
        }
        for (column, cell) in columns.iter_mut().zip(cells.iter().skip(1)).filter(|(_, cell)| !cell.is_empty()) {
            column.label.value.push('\n');
            column.label.value.push_str(self.file.slice(*cell));
            column.year = None;
        }
    }
}
