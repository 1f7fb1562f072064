//! 一覧: the chapters' lists as they are printed, with formulas for their sums over real cells.
//!
//! A spreadsheet that does not calculate shows the sums that the report itself has. 掲載頁 is not there: only the page
//! knows it.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use super::cells::{Styles, frame, held, number_format, write_number, write_text};
use super::table::{number, plain};
use super::value::figure;
use crate::diagnostic::display_width;
use crate::model::{Category, Chapter, FiscalYear, Listing, Program, ProgramIndex, Report};
use crate::totals::{Sum, subtotal, total, whole_chapter};
use crate::view::list_departments;

const PLAIN: &str = "#,##0;\"△\"#,##0";
const BRACKETED: &str = "\"（\"#,##0\"）\";\"（△\"#,##0\"）\"";

// Columns of the sheet
const CHAPTER: u16 = 0;
const NO: u16 = 1;
const NAME: u16 = 2;
const AMOUNT: u16 = 3;
const NEW: u16 = 4;
const DEPARTMENTS: u16 = 5;
const COUNTED: u16 = 6;
const REASON: u16 = 7;

pub(super) fn write_list(sheet: &mut Worksheet, report: &Report, styles: &Styles) -> Result<(), XlsxError> {
    let head = report.head.as_ref();
    let short = head.and_then(|head| head.fiscal_year).map(FiscalYear::short).unwrap_or_default();
    let unit = report.unit().name();
    let (amount, new) = (format!("{short}事業費（{unit}）"), format!("{short}新規"));
    let columns = ["章", "No.", "事業名", &amount, &new, "担当課等", "小計への算入", "算入しない理由"];
    let names = report.all_programs().filter_map(|program| program.name.as_ref());
    let widest = names.map(|name| display_width(&name.value)).max().unwrap_or(0).max(30);
    frame(sheet, "一覧", &columns, &[8, 8, widest + 2, display_width(&amount) + 2, 10, 40, 14, 40], styles)?;
    let mut list = List {
        sheet,
        report,
        styles,
        plain: number_format(PLAIN),
        bracketed: number_format(BRACKETED),
        sum: number_format(PLAIN).set_bold(),
        row: 1,
    };
    // Where the rows of each chapter begin
    let mut starts = Vec::new();
    for (index, chapter) in report.chapters.iter().enumerate() {
        starts.push(list.row);
        list.chapter(index, chapter)?;
        for outer in report.chapters_closed_by(index) {
            let first = starts.get(outer).copied().unwrap_or(1);
            list.text(CHAPTER, &number(report, outer))?;
            list.sum("計", first, whole_chapter(report, outer))?;
        }
    }
    if report.chapters.len() > 1 {
        list.sum("合計", 1, total(report))?;
    }
    Ok(())
}

struct List<'a> {
    sheet: &'a mut Worksheet,
    report: &'a Report,
    styles: &'a Styles,
    plain: Format,
    bracketed: Format,
    sum: Format,
    /// The next one, from 0
    row: u32,
}

impl List<'_> {
    fn chapter(&mut self, index: usize, chapter: &Chapter) -> Result<(), XlsxError> {
        let first = self.row;
        let number = number(self.report, index);
        self.text(CHAPTER, &number)?;
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
                self.text(CHAPTER, &number)?;
                self.program(place, program, relisted)?;
            }
        }
        self.text(CHAPTER, &number)?;
        self.sum("小計", first, subtotal(chapter))
    }

    fn program(&mut self, place: ProgramIndex, program: &Program, relisted: bool) -> Result<(), XlsxError> {
        if relisted {
            self.text(NO, "再掲")?;
        } else {
            let no = Decimal::from(place.program + 1);
            write_number(self.sheet, (self.row, NO), no, Some(&self.styles.integer), self.styles)?;
        }
        self.text(NAME, program.name.as_ref().map(|name| name.value.as_str()).unwrap_or_default())?;
        match figure(program.amount) {
            Some(amount) => {
                let format = if relisted { &self.bracketed } else { &self.plain };
                let amount = Decimal::from(amount);
                write_number(self.sheet, (self.row, AMOUNT), amount, Some(format), self.styles)?;
            }
            None => self.text(AMOUNT, if relisted { "（—）" } else { "—" })?,
        }
        if program.category() == Category::New {
            self.text(NEW, "○")?;
        }
        let departments = list_departments(&program.departments, |name| plain(name).into_owned());
        write_text(self.sheet, (self.row, DEPARTMENTS), &departments.join("\n"), self.styles)?;
        let (counted, reason) = match (&program.outside_total, relisted) {
            (_, true) => ("再掲", ""),
            (Some(reason), false) => ("含まない", reason.value.as_str()),
            (None, false) => ("含む", ""),
        };
        self.text(COUNTED, counted)?;
        self.text(REASON, reason)?;
        self.row += 1;
        Ok(())
    }

    /// 小計 or 合計 over the rows from `first`. Rows of sums have nothing in the column that is asked for.
    fn sum(&mut self, label: &str, first: u32, sum: Sum) -> Result<(), XlsxError> {
        let (from, to) = (first + 1, self.row);
        let counted = format!("G{from}:G{to}");
        let count = |more: &str| format!("=COUNTIFS({counted},\"含む\"{more})+COUNTIFS({counted},\"含まない\"{more})");
        let formulas = [
            (NO, count(""), Some(sum.programs.to_string())),
            (AMOUNT, format!("=SUMIFS(D{from}:D{to},{counted},\"含む\")"), sum.value.map(|value| value.to_string())),
            (NEW, count(&format!(",E{from}:E{to},\"○\"")), Some(sum.new_programs.to_string())),
        ];
        self.label(label)?;
        for (column, formula, result) in formulas {
            let formula = Formula::new(formula).set_result(result.unwrap_or_default());
            self.sheet.write_formula_with_format(self.row, column, formula, &self.sum)?;
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
        self.sheet.write_string_with_format(self.row, NAME, held(&text), &self.styles.bold)?;
        Ok(())
    }
}
