//! 一覧: the chapters' lists as they are printed, with formulas for their sums over real cells.
//!
//! A spreadsheet that does not calculate shows the sums that the report itself has. 掲載頁 is not there: only the page
//! knows it.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError, column_number_to_name};

use super::cells::{Styles, frame, held, lines_in, number_format, print_area, set_height, write_number, write_text};
use super::list_texts::ListTexts;
use super::table::{number, plain};
use crate::diagnostic::display_width;
use crate::form::{ColumnSource, ListColumn};
use crate::model::{Chapter, Listing, Program, ProgramIndex, Report};
use crate::totals::{Sum, subtotal, subtotal_of, total, total_of, whole_chapter, whole_of};
use crate::view::{Figure, column_figure};

const PLAIN: &str = "#,##0;\"△\"#,##0";
const BRACKETED: &str = "\"（\"#,##0\"）\";\"（△\"#,##0\"）\"";

/// The chapter's number stands before the list's columns.
const CHAPTER: u16 = 0;

/// Where the columns of the sheet are.
struct Places<'a> {
    /// Columns of the list but 掲載頁, each with its place
    columns: Vec<(u16, &'a ListColumn)>,
    counted: u16,
    reason: u16,
    /// That which a row without a program is labelled in: 事業名, else the first
    label: u16,
}

impl<'a> Places<'a> {
    fn new(report: &'a Report) -> Self {
        let printed = report.form.list.columns.iter().filter(|column| column.what != ColumnSource::Page);
        let columns: Vec<(u16, &ListColumn)> = (1..).zip(printed).collect();
        let counted = columns.last().map_or(1, |(place, _)| place + 1);
        let name = columns.iter().find(|(_, column)| column.what == ColumnSource::Name);
        Self { label: name.map_or(1, |(place, _)| *place), columns, counted, reason: counted + 1 }
    }
}

pub(super) fn write_list(sheet: &mut Worksheet, report: &Report, styles: &Styles) -> Result<(), XlsxError> {
    let places = Places::new(report);
    let texts = ListTexts::new(report);
    let names = report.all_programs().filter_map(|program| program.name.as_ref());
    let widest = names.map(|name| display_width(&name.value)).max().unwrap_or(0).max(30);
    let heads: Vec<String> = places.columns.iter().map(|(_, column)| texts.head(column)).collect();
    let widths = places.columns.iter().zip(&heads).map(|((_, column), head)| match column.what {
        ColumnSource::Number => 8,
        ColumnSource::Name => widest + 2,
        ColumnSource::New => 10,
        ColumnSource::Department | ColumnSource::Prose(_) | ColumnSource::Table(_) => 40,
        ColumnSource::Amount
        | ColumnSource::Category
        | ColumnSource::Field(_)
        | ColumnSource::Choice(_)
        | ColumnSource::Grade(..)
        | ColumnSource::Cell(..) => (display_width(head) + 2).max(10),
        ColumnSource::Page => 0,
    });
    let widths: Vec<usize> = std::iter::once(8).chain(widths).chain([14, 40]).collect();
    let columns: Vec<&str> = std::iter::once("章")
        .chain(heads.iter().map(String::as_str))
        .chain(["小計への算入", "算入しない理由"])
        .collect();
    frame(sheet, "一覧", &columns, &widths, Some(usize::from(places.label)), styles)?;
    let mut list = List {
        sheet,
        report,
        texts,
        places,
        styles,
        plain: number_format(PLAIN),
        bracketed: number_format(BRACKETED),
        sum: number_format(PLAIN).set_bold(),
        widths,
        row: 1,
    };
    // Where the rows of each chapter begin
    let mut starts = Vec::new();
    for (index, chapter) in report.chapters.iter().enumerate() {
        starts.push(list.row);
        list.chapter(index, chapter)?;
        for outer in report.chapters_closed_by(index) {
            let first = starts.get(outer).copied().unwrap_or(1);
            list.begin(&number(report, outer))?;
            list.sum("計", first, whole_chapter(report, outer), &|value| whole_of(report, outer, value))?;
        }
    }
    if report.chapters.len() > 1 {
        list.begin("")?;
        list.sum("合計", 1, total(report), &|value| total_of(report, value))?;
    }
    let (rows, columns) = (list.row, list.widths.len());
    print_area(list.sheet, rows, columns)
}

struct List<'a> {
    sheet: &'a mut Worksheet,
    report: &'a Report,
    texts: ListTexts<'a>,
    places: Places<'a>,
    styles: &'a Styles,
    plain: Format,
    bracketed: Format,
    sum: Format,
    /// Of all columns, in half-width characters
    widths: Vec<usize>,
    /// The next one, from 0
    row: u32,
}

/// The sum over programs of what each has.
type SumOf<'a> = dyn Fn(&dyn Fn(&Program) -> Option<Decimal>) -> Option<Decimal> + 'a;

impl List<'_> {
    fn chapter(&mut self, index: usize, chapter: &Chapter) -> Result<(), XlsxError> {
        let first = self.row;
        let number = number(self.report, index);
        self.begin(&number)?;
        let title = chapter.head.title.as_ref().map(|title| title.value.as_str()).unwrap_or_default();
        self.label(title)?;
        self.row += 1;
        if !self.report.has_list(index) {
            return Ok(());
        }
        for listing in &chapter.listing {
            let (place, relisted) = match *listing {
                Listing::Own(program) => (ProgramIndex { chapter: index, program }, false),
                Listing::Relisted { target, .. } => (target, true),
            };
            if let Some(program) = self.report.program(place) {
                self.begin(&number)?;
                self.program(place, program, relisted)?;
            }
        }
        self.begin(&number)?;
        self.sum("小計", first, subtotal(chapter), &|value| subtotal_of(chapter, value))
    }

    /// The row at hand: its cells, until something stands in them, and the number of its chapter.
    fn begin(&mut self, number: &str) -> Result<(), XlsxError> {
        for column in 0..u16::try_from(self.widths.len()).unwrap_or(u16::MAX) {
            self.sheet.write_blank(self.row, column, &self.styles.blank)?;
        }
        self.text(CHAPTER, number)
    }

    fn program(&mut self, place: ProgramIndex, program: &Program, relisted: bool) -> Result<(), XlsxError> {
        let mut lines = 1;
        for at in 0..self.places.columns.len() {
            let Some((column, of)) = self.places.columns.get(at).copied() else { continue };
            match (&of.what, column_figure(self.report, &of.what, program)) {
                (ColumnSource::Number, _) if relisted => self.text(column, "再掲")?,
                (ColumnSource::Number, _) => {
                    let no = Decimal::from(place.program + 1);
                    write_number(self.sheet, (self.row, column), no, Some(&self.styles.integer), self.styles)?;
                }
                (_, Some(Figure::Number(amount))) => {
                    let format = if relisted { &self.bracketed } else { &self.plain };
                    write_number(self.sheet, (self.row, column), amount, Some(format), self.styles)?;
                }
                (ColumnSource::Amount, _) => self.text(column, if relisted { "（—）" } else { "—" })?,
                (what, _) => {
                    let text = self.texts.cell(what, program);
                    if !text.is_empty() {
                        write_text(self.sheet, (self.row, column), &text, self.styles)?;
                        let width = self.widths.get(usize::from(column)).copied().unwrap_or_default();
                        lines = lines.max(lines_in(&text, width));
                    }
                }
            }
        }
        set_height(self.sheet, self.row, lines)?;
        let (counted, reason) = match (&program.outside_total, relisted) {
            (_, true) => ("再掲", ""),
            (Some(reason), false) => ("含まない", reason.value.as_str()),
            (None, false) => ("含む", ""),
        };
        self.text(self.places.counted, counted)?;
        self.text(self.places.reason, reason)?;
        self.row += 1;
        Ok(())
    }

    /// 小計 or 合計 over the rows from `first`. Rows of sums have nothing in the column that is asked for.
    fn sum(&mut self, label: &str, first: u32, sum: Sum, sum_of: &SumOf<'_>) -> Result<(), XlsxError> {
        let (from, to) = (first + 1, self.row);
        let range = |column: u16| {
            let letter = column_number_to_name(column);
            format!("{letter}{from}:{letter}{to}")
        };
        let counted = range(self.places.counted);
        let count = |more: &str| format!("=COUNTIFS({counted},\"含む\"{more})+COUNTIFS({counted},\"含まない\"{more})");
        self.label(label)?;
        for (column, of) in &self.places.columns {
            let (formula, result) = if of.what == ColumnSource::Number {
                (count(""), Some(sum.programs.to_string()))
            } else if of.what == ColumnSource::New {
                (count(&format!(",{},\"○\"", range(*column))), Some(sum.new_programs.to_string()))
            } else if self.texts.is_amount(&of.what) {
                let value = |program: &Program| column_figure(self.report, &of.what, program)?.summand();
                let result = sum_of(&value).map(|sum| sum.normalize().to_string());
                (format!("=SUMIFS({},{counted},\"含む\")", range(*column)), result)
            } else {
                continue;
            };
            let formula = Formula::new(formula).set_result(result.unwrap_or_default());
            self.sheet.write_formula_with_format(self.row, *column, formula, &self.sum)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Nothing is written for an empty text.
    fn text(&mut self, column: u16, text: &str) -> Result<(), XlsxError> {
        let text = plain(text);
        if !text.is_empty() {
            write_text(self.sheet, (self.row, column), &text, self.styles)?;
        }
        Ok(())
    }

    /// What a row of its own is about.
    fn label(&mut self, text: &str) -> Result<(), XlsxError> {
        let text = plain(text);
        self.sheet.write_string_with_format(self.row, self.places.label, held(&text), &self.styles.bold)?;
        Ok(())
    }
}
