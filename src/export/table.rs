//! A plain table: what CSV files and sheets are both written from.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::model::{FiscalYear, Program, ProgramIndex, Report, Text};
use crate::syntax::chars::{is_invisible, is_soft_break};

/// A table with one header row and one fact a cell.
pub(super) struct Table<'a> {
    pub(super) name: &'static str,
    pub(super) columns: Vec<&'static str>,
    pub(super) rows: Vec<Vec<Cell<'a>>>,
}

/// A fact of its type.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'a> {
    /// There is no such fact: neither 0 nor —.
    Empty,
    Text(Cow<'a, str>),
    /// A place, a count or a year
    Integer(i64),
    /// What is measured: exact, with as many decimals as were typed
    Figure(Decimal),
}

/// A text that could not be written as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The table's name
    pub table: &'static str,
    /// As a spreadsheet numbers it: the header is row 1
    pub row: usize,
    pub column: &'static str,
    /// The characters that were replaced; none where the text was cut
    pub lost: String,
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        match plain(text) {
            text if text.is_empty() => Self::Empty,
            text => Self::Text(text),
        }
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        match plain(&text) {
            plain if plain.is_empty() => Self::Empty,
            plain => Self::Text(Cow::Owned(plain.into_owned())),
        }
    }
}

impl<'a> From<&'a Text> for Cell<'a> {
    fn from(text: &'a Text) -> Self {
        text.value.as_str().into()
    }
}

impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        i64::try_from(number).map_or(Self::Empty, Self::Integer)
    }
}

impl From<Decimal> for Cell<'_> {
    fn from(number: Decimal) -> Self {
        Self::Figure(number)
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// An amount or a sum.
pub(super) fn figure<'a>(number: Option<i64>) -> Cell<'a> {
    number.map(Decimal::from).into()
}

/// A text without what breaks a row or cannot be seen: characters that only lay out, or that no format can hold.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let is_break = |c: char| is_soft_break(c) || matches!(c, '\t' | '\n' | '\r' | '\u{85}' | '\u{2029}');
    let is_nothing = |c: char| is_invisible(c) || c.is_control() || (c as u32) & 0xFFFE == 0xFFFE;
    if !text.contains(|c| is_break(c) || is_nothing(c)) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().map(|c| if is_break(c) { ' ' } else { c }).filter(|c| !is_nothing(*c));
    Cow::Owned(kept.collect::<String>().trim().to_string())
}

/// Lines as one text. Only words of ASCII need a blank between them.
pub(super) fn joined(lines: &[Text]) -> String {
    let mut whole = String::new();
    for line in lines {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if is_word(whole.chars().next_back()) && is_word(line.value.chars().next()) {
            whole.push(' ');
        }
        whole.push_str(&line.value);
    }
    whole
}

/// The report, and what each row repeats of it so that the row can stand alone.
pub(super) struct Keys<'a> {
    pub(super) report: &'a Report,
    pub(super) year: Option<FiscalYear>,
    /// 千円, 百万円 or 円
    pub(super) unit: &'static str,
    year_label: String,
    /// 章番号 as printed
    numbers: Vec<String>,
}

const CHAPTER_COLUMNS: [&str; 5] = ["報告年度（西暦）", "報告年度", "章の順", "章番号", "章名"];
/// The places of 章の順 and No. among the columns of a table about programs
pub(super) const ORDER_COLUMN: usize = 2;
pub(super) const NO_COLUMN: usize = 5;
const PROGRAM_COLUMNS: [&str; 3] = ["No.", "事業ID", "事業名"];

/// How every CSV file begins.
pub(super) fn first_columns() -> String {
    CHAPTER_COLUMNS.join(",")
}

/// The columns of a table about chapters.
pub(super) fn chapter_columns(own: &[&'static str]) -> Vec<&'static str> {
    [&CHAPTER_COLUMNS[..], own].concat()
}

/// The columns of a table about programs.
pub(super) fn program_columns(own: &[&'static str]) -> Vec<&'static str> {
    [&CHAPTER_COLUMNS[..], &PROGRAM_COLUMNS, own].concat()
}

impl<'a> Keys<'a> {
    pub(super) fn of(report: &'a Report) -> Self {
        let head = report.head.as_ref();
        let year = head.and_then(|head| head.fiscal_year);
        Self {
            report,
            year,
            unit: report.unit().name(),
            year_label: year.map(FiscalYear::label).unwrap_or_default(),
            numbers: (0..report.chapters.len()).map(|index| number(report, index)).collect(),
        }
    }

    /// The cells that say of which report a row is; no chapter for 合計.
    pub(super) fn chapter(&'a self, index: Option<usize>) -> Vec<Cell<'a>> {
        let chapter = index.and_then(|index| self.report.chapters.get(index));
        vec![
            western(self.year),
            self.year_label.as_str().into(),
            index.map(|index| index + 1).into(),
            index.and_then(|index| self.numbers.get(index)).map(String::as_str).into(),
            chapter.and_then(|chapter| chapter.head.title.as_ref()).into(),
        ]
    }

    /// The cells that say of which program a row is.
    pub(super) fn program(&'a self, index: ProgramIndex, program: &'a Program) -> Vec<Cell<'a>> {
        let mut cells = self.chapter(Some(index.chapter));
        cells.extend([(index.program + 1).into(), program.id.as_str().into(), program.name.as_ref().into()]);
        cells
    }
}

/// Columns of every table of a report that has chapters in chapters.
const TREE_COLUMNS: [&str; 2] = ["章の段", "上の章の順"];

/// The table with the place of each row's chapter in the tree, behind the other columns; as it is where there is no tree.
pub(super) fn with_tree<'a>(mut table: Table<'a>, report: &Report) -> Table<'a> {
    if !report.is_nested() {
        return table;
    }
    for row in &mut table.rows {
        let order = CHAPTER_COLUMNS.iter().position(|column| *column == "章の順").and_then(|at| row.get(at));
        let chapter = match order {
            Some(Cell::Integer(order)) => usize::try_from(order - 1).ok().and_then(|index| report.chapters.get(index)),
            Some(Cell::Empty | Cell::Text(_) | Cell::Figure(_)) | None => None,
        };
        row.push(chapter.map(|chapter| chapter.level + 1).into());
        row.push(chapter.and_then(|chapter| chapter.parent).map(|parent| parent + 1).into());
    }
    table.columns.extend(TREE_COLUMNS);
    table
}

/// 番号 of a chapter as it is printed.
pub(super) fn number(report: &Report, index: usize) -> String {
    report.chapter_number(index, str::to_string)
}

/// 2020
pub(super) fn western<'a>(year: Option<FiscalYear>) -> Cell<'a> {
    year.map_or(Cell::Empty, |year| Cell::Integer(year.year().into()))
}
