//! A table of indicators: its head, its labels in one or two columns, merged cells as ↑, groups and ＋ lines. What a person
//! must decide is reported at its row. Knows nothing of programs.

use super::document::{Cell, Merged, text_at};
use super::draft::{Indicators, ReviewNote, Row, RowKind};
use super::heads::{heads, is_head, label_columns, wrong_years};
use super::paired_values;
use super::place::Place;
use super::units::fold;
use super::words::Words;
use crate::model::{FiscalYear, parse_year_label};
use crate::syntax::chars::{is_blank, is_bullet, is_digit, is_no_value};

/// The rows of one table, and where the first stands.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) rows: &'a [Vec<Cell>],
    pub(super) place: &'a Place,
    /// Rows of the table before these
    pub(super) above: usize,
}

/// Reads a table; of the years in its head the two that the report has anyway are not kept.
pub(super) fn read(table: Rows<'_>, words: &Words, year: Option<FiscalYear>) -> Indicators {
    let narrow =
        table.rows.first().filter(|row| is_head(row, words) && row.iter().any(|cell| cell.merged == Merged::Left));
    if let Some(rows) =
        narrow.map(|_| without_empty_columns(table.rows)).filter(|rows| rows.first() != table.rows.first())
    {
        return read(Rows { rows: &rows, ..table }, words, year);
    }
    let headed = table.rows.first().filter(|row| is_head(row, words)).map(|_| table.rows);
    if let Some(rows) = headed.and_then(|rows| fold(rows).or_else(|| paired_values::fold(rows))) {
        return read(Rows { rows: &rows, ..table }, words, year);
    }
    let has_head = table.rows.first().is_some_and(|row| is_head(row, words));
    let (head, body) = match table.rows.split_first() {
        Some((head, body)) if has_head => (Some(head), body),
        _ => (None, table.rows),
    };
    let labels = head.map_or(1, |head| label_columns(head, body));
    let (heads, body, doubled) = head.map_or((Vec::new(), body, 0), |head| heads(head, body, labels));
    let above = table.above + usize::from(has_head) + doubled;
    let mut indicators = Indicators { labels, columns: heads.clone(), ..Indicators::default() };
    read_more(Rows { rows: body, place: table.place, above }, &mut indicators);
    let review_note = wrong_years(&heads, year).map(|what| ReviewNote::new(what, &table.place.row(table.above)));
    let is_years = heads.len() == 2 && heads.iter().all(|head| parse_year_label(head).is_some());
    let typed = head.map_or("", |head| text_at(head, 0));
    let label = if ["項目名", "項目", "指標名"].contains(&typed) { typed } else { "項目名" };
    // Without a year to compare with, and above columns that the office's form makes, the head stays for `check`.
    let is_known = is_years && review_note.is_none() && year.is_some() && words.own.tables.is_empty();
    let head =
        (has_head && !is_known).then(|| Row { label: label.to_string(), values: heads, review_note, ..Row::default() });
    indicators.head = head;
    indicators
}

/// Rows that belong to a table that was begun.
pub(super) fn read_more(table: Rows<'_>, indicators: &mut Indicators) {
    let begun = std::mem::take(indicators);
    let heads = begun.columns.clone();
    let from = begun.rows.len();
    let opens_group = begun.rows.last().is_some_and(|row| row.kind == RowKind::Group);
    let labels = begun.labels.max(1);
    let mut reading = Reading { labels, columns: heads.len(), heads: &heads, indicators: begun, place: table.place };
    reading.read(table.rows, table.above);
    *indicators = reading.indicators;
    if opens_group {
        let rows = indicators.rows.iter_mut().skip(from).take_while(|row| row.kind != RowKind::Group);
        rows.filter(|row| row.kind == RowKind::Plain).for_each(|row| row.kind = RowKind::Child);
    }
}

/// A text alone in a row: the label of a group, or values whose label was lost.
pub(super) fn push_alone(text: &str, place: &Place, indicators: &mut Indicators) {
    // A mark that there is nothing is no label.
    if is_no_value(text) {
        return;
    }
    let in_group = indicators.rows.last().is_some_and(|row| row.kind == RowKind::Child);
    if !text.contains(is_digit) {
        indicators.rows.push(Row { kind: RowKind::Group, label: text.to_string(), ..Row::default() });
        return;
    }
    let group = indicators.rows.iter_mut().rev().take_while(|row| in_group && row.kind == RowKind::Child);
    group.for_each(|row| row.review_note = None);
    let kind = if in_group { RowKind::Child } else { RowKind::Plain };
    let mut values = vec![text.to_string()];
    values.resize(indicators.columns.len().max(1), String::new());
    indicators.rows.push(Row {
        kind,
        label: String::new(),
        values,
        review_note: Some(ReviewNote::new(lost_label(text), place)),
    });
}

fn lost_label(values: &str) -> String {
    format!("「{values}」の項目名がありません。上の行の空いた欄に入る値なら、そこへ移してこの行を消してください")
}

fn without_label(place: &Place) -> ReviewNote {
    ReviewNote::new("項目名が空です。項目名を書いてください。上の行の続きなら行頭に「＋」を付けてください", place)
}

struct Reading<'a> {
    /// Columns of labels
    labels: usize,
    /// Columns of values, as the head has them; 0 without a head
    columns: usize,
    heads: &'a [String],
    indicators: Indicators,
    place: &'a Place,
}

impl Reading<'_> {
    fn read(&mut self, body: &[Vec<Cell>], above: usize) {
        let mut index = 0;
        while let Some(row) = body.get(index) {
            let place = self.place.row(above + index);
            let run = if self.labels == 1 { group_without_column(body.get(index..).unwrap_or_default()) } else { 0 };
            if run > 0 {
                self.push_lost_group(body.get(index..index + run).unwrap_or_default(), above + index);
                index += run;
                continue;
            }
            let next_is_child =
                body.get(index + 1).and_then(|row| row.first()).is_some_and(|cell| cell.text.starts_with(is_bullet));
            self.push(row, next_is_child, &place);
            index += 1;
        }
    }

    fn push(&mut self, row: &[Cell], next_is_child: bool, place: &Place) {
        let mut filled = row.iter().filter(|cell| !cell.text.is_empty());
        let Some(first) = filled.next() else { return };
        let is_further = row.first().is_some_and(|cell| cell.merged == Merged::Up);
        if !is_further && row.iter().all(|cell| cell.text.is_empty() || is_no_value(&cell.text)) {
            return;
        }
        if filled.next().is_none() && first.text.starts_with(['※', '＊', '*']) {
            let label = first.text.trim_start_matches(['※', '＊', '*']).to_string();
            self.indicators.rows.push(Row { kind: RowKind::Note, label, ..Row::default() });
            return;
        }
        let label = row.first().cloned().unwrap_or_default();
        let (values, mut review_note) = self.values(row, place);
        if self.labels == 2 {
            self.push_in_group(&label, row.get(1).cloned().unwrap_or_default(), values, review_note, place);
            return;
        }
        if label.merged == Merged::Up {
            self.continue_row(&values);
            return;
        }
        let is_child = label.text.starts_with(is_bullet) && !self.indicators.rows.is_empty();
        let text = if is_child { label.text.trim_start_matches(is_bullet).trim().to_string() } else { label.text };
        let is_blank = values.iter().all(String::is_empty);
        let kind = match (is_child, is_blank && next_is_child) {
            (true, _) => RowKind::Child,
            (false, true) => RowKind::Group,
            (false, false) => RowKind::Plain,
        };
        if text.is_empty() {
            review_note = Some(without_label(place));
        }
        let review_note = review_note.filter(|_| kind != RowKind::Group);
        self.indicators.rows.push(Row { kind, label: text, values, review_note });
    }

    /// A row whose labels stand in two columns.
    fn push_in_group(
        &mut self,
        outer: &Cell,
        inner: Cell,
        values: Vec<String>,
        review_note: Option<ReviewNote>,
        place: &Place,
    ) {
        let continues = outer.merged == Merged::Up || outer.text.is_empty();
        if inner.text.is_empty() {
            if continues && inner.merged == Merged::Up {
                self.continue_row(&values);
                return;
            }
            let review_note = if continues { Some(without_label(place)) } else { review_note };
            let kind = if continues && !self.indicators.rows.is_empty() { RowKind::Child } else { RowKind::Plain };
            self.indicators.rows.push(Row { kind, label: outer.text.clone(), values, review_note });
            return;
        }
        if !continues {
            let label = outer.text.clone();
            self.indicators.rows.push(Row { kind: RowKind::Group, label, ..Row::default() });
        }
        let kind = if self.indicators.rows.is_empty() { RowKind::Plain } else { RowKind::Child };
        self.indicators.rows.push(Row { kind, label: inner.text, values, review_note });
    }

    /// A label that is merged over rows: their values are further lines of its cells.
    fn continue_row(&mut self, values: &[String]) {
        let Some(last) = self.indicators.rows.last_mut() else { return };
        last.values.resize(last.values.len().max(values.len()), String::new());
        for (value, more) in last.values.iter_mut().zip(values).filter(|(_, more)| !more.is_empty() && *more != "↑") {
            if !value.is_empty() {
                value.push('\n');
            }
            value.push_str(more);
        }
    }

    /// The values of a row, and what is missing in it.
    fn values(&self, row: &[Cell], place: &Place) -> (Vec<String>, Option<ReviewNote>) {
        let has_above = !self.indicators.rows.is_empty();
        let mut values: Vec<String> = Vec::new();
        let mut spread = None;
        let mut arrow = None;
        let cells: Vec<&Cell> = row.iter().skip(self.labels).collect();
        for (column, cell) in cells.iter().enumerate() {
            match cell.merged {
                Merged::Up if has_above => values.push("↑".to_string()),
                Merged::Left if column > 0 && values.last().is_some_and(|left| !left.is_empty()) => {
                    spread = values.last().cloned();
                    values.push(String::new());
                }
                // An arrow that somebody typed is a value, and ↑ would be the mark of a merged cell.
                Merged::No if cell.text.trim_matches(is_blank) == "↑" => {
                    arrow = arrow.or(Some(column));
                    values.push("〓".to_string());
                }
                Merged::No | Merged::Up | Merged::Left => values.push(cell.text.clone()),
            }
        }
        while values.len() > self.columns.max(1) && values.last().is_some_and(String::is_empty) {
            values.pop();
        }
        values.resize(values.len().max(self.columns), String::new());
        let of_arrow = |at| {
            format!(
                "{}の欄は「↑」でした。「↑」は上の欄と同じ枠にする印なので「〓」としました。値なら「増」のように言葉で書いてください",
                self.column(at)
            )
        };
        let what = self.missing(&values, spread.as_deref()).or_else(|| arrow.map(of_arrow));
        (values, what.map(|what| ReviewNote::new(what, place)))
    }

    fn missing(&self, values: &[String], spread: Option<&str>) -> Option<String> {
        if let Some(text) = spread {
            return Some(format!("「{text}」が左右の欄にまたがっています。それぞれの欄の値を書いてください"));
        }
        if self.columns > 0 && values.len() > self.columns {
            return Some(format!(
                "欄が{}つあります（見出しは{}つ）。余分な「｜」を消してください",
                values.len(),
                self.columns
            ));
        }
        let blank: Vec<String> = (0..values.len())
            .filter(|at| values.get(*at).is_some_and(String::is_empty))
            .map(|at| self.column(at))
            .collect();
        (!blank.is_empty()).then(|| {
            format!(
                "{}の欄が空です。値を書いてください。実績がなければ「—」、上の欄と同じ枠なら「↑」です",
                blank.join("と")
            )
        })
    }

    fn column(&self, at: usize) -> String {
        match self.heads.get(at) {
            Some(head) if !head.is_empty() => format!("「{}」", head.replace('\n', " ")),
            _ => format!("{}つ目", at + 1),
        }
    }

    /// A group whose second column of labels has no head of its own: each value stands one column too far to the right,
    /// and the last had no room.
    fn push_lost_group(&mut self, rows: &[Vec<Cell>], above: usize) {
        let outer = rows.first().map_or("", |row| text_at(row, 0)).to_string();
        self.indicators.rows.push(Row { kind: RowKind::Group, label: outer, ..Row::default() });
        let has_lost = rows.iter().any(|row| text_at(row, 1).is_empty());
        for (index, row) in rows.iter().enumerate() {
            let place = self.place.row(above + index);
            let label = text_at(row, 1).to_string();
            let mut values: Vec<String> = row.iter().skip(2).map(|cell| cell.text.clone()).collect();
            values.resize(values.len().max(self.columns), String::new());
            let review_note = if label.is_empty() {
                let lost = values.iter().map(String::as_str).filter(|value| !value.is_empty());
                Some(lost_label(&lost.collect::<Vec<_>>().join("　")))
            } else {
                self.missing(&values, None).filter(|_| !has_lost)
            };
            let review_note = review_note.map(|what| ReviewNote::new(what, &place));
            self.indicators.rows.push(Row { kind: RowKind::Child, label, values, review_note });
        }
    }
}

/// What stands for a figure in a cell.
fn is_value(text: &str) -> bool {
    is_no_value(text)
        || ["中止", "休止", "延期", "廃止", "未実施", "未開催", "実施", "達成", "未達成", "オンライン"].contains(&text)
}

/// Columns that a head is merged over and that hold nothing of their own: cells of a form drawn on narrow columns.
fn without_empty_columns(rows: &[Vec<Cell>]) -> Vec<Vec<Cell>> {
    let Some((head, body)) = rows.split_first() else { return Vec::new() };
    let is_empty = |at: usize| body.iter().all(|row| row.get(at).is_none_or(|cell| cell.text.is_empty()));
    let is_kept: Vec<bool> =
        head.iter().enumerate().map(|(at, cell)| cell.merged != Merged::Left || !is_empty(at)).collect();
    let keep =
        |row: &Vec<Cell>| row.iter().zip(&is_kept).filter(|(_, kept)| **kept).map(|(cell, _)| cell.clone()).collect();
    rows.iter().map(keep).collect()
}

/// How many rows are one group whose inner labels stand where values should: texts without figures, the outer label blank
/// from the second row on.
fn group_without_column(rows: &[Vec<Cell>]) -> usize {
    let is_inner = |row: &Vec<Cell>| {
        row.get(1).is_some_and(|cell| !cell.text.is_empty() && !cell.text.contains(is_digit) && !is_value(&cell.text))
            && row.get(2).is_some()
    };
    let is_below = |row: &Vec<Cell>| {
        let filled = row.iter().filter(|cell| !cell.text.is_empty()).count();
        row.first().is_some_and(|cell| cell.text.is_empty())
            && filled > 0
            && (is_inner(row) || row.get(1).is_some_and(|cell| cell.text.is_empty()))
    };
    let starts = rows.first().is_some_and(|row| is_inner(row) && row.first().is_some_and(|cell| !cell.text.is_empty()));
    let below = rows.iter().skip(1).take_while(|row| is_below(row)).count();
    if starts && below > 0 && rows.get(1).is_some_and(is_inner) { below + 1 } else { 0 }
}
