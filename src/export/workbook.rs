//! The tables as a workbook for Excel: real numbers, a header that stays in sight, widths that fit; and the list.
//!
//! A text is stored as text, so nothing of it is ever calculated; where it begins like a formula its cell is marked as
//! Excel itself marks what was typed behind an apostrophe, so that it stays text when somebody edits it.

use std::borrow::Cow;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook as Writer, Worksheet, XlsxError,
};

use super::document::GENERATOR;
use super::list::write_list;
use super::table::{Cell, Changed, Keys, Table};
use super::tables;
use crate::diagnostic::display_width;
use crate::model::Report;
use crate::tables::is_risky;

const FONT: &str = "游ゴシック";
/// UTF-16 units that a cell can hold
const LONGEST: usize = 32_767;
/// Ends a text that was cut.
const CUT: &str = "〔以下略〕";
/// Half-width characters; a longer text is broken.
const WIDEST: usize = 60;
/// A spreadsheet calculates with this many digits: a longer number is kept as text.
const DIGITS: usize = 15;

/// A workbook's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workbook {
    pub bytes: Vec<u8>,
    /// Texts longer than a cell
    pub changed: Vec<Changed>,
}

/// Every table of a report as a sheet, and 一覧.
///
/// Nothing where a table has more rows than a sheet.
pub fn workbook(report: &Report) -> Option<Workbook> {
    let keys = Keys::of(report);
    // All that can fail is a place beyond the last row of a sheet.
    write(report, &tables(&keys)).ok()
}

fn write(report: &Report, tables: &[Table<'_>]) -> Result<Workbook, XlsxError> {
    let styles = Styles::new();
    let mut writer = Writer::new();
    writer.set_default_format(&base(), 25, 72)?;
    writer.set_properties(&properties(report)?);
    let mut changed = Vec::new();
    for table in tables {
        let sheet = writer.add_worksheet();
        write_table(sheet, table, &styles, &mut changed)?;
    }
    write_list(writer.add_worksheet(), report, &styles)?;
    Ok(Workbook { bytes: writer.save_to_buffer()?, changed })
}

/// The day is the report's, never today: two exports of a report are the same.
fn properties(report: &Report) -> Result<DocProperties, XlsxError> {
    let head = report.head.as_ref();
    let text = |text: Option<&crate::model::Text>| match text.map(Cell::from) {
        Some(Cell::Text(text)) => text.chars().take(255).collect(),
        _ => String::new(),
    };
    let day = head.and_then(|head| head.issue_date).and_then(|day| {
        let (year, month, day) = (day.year.try_into().ok()?, day.month.try_into().ok()?, day.day.try_into().ok()?);
        ExcelDateTime::from_ymd(year, month, day).ok()
    });
    Ok(DocProperties::new()
        .set_title(text(head.and_then(|head| head.title.as_ref())))
        .set_company(text(head.and_then(|head| head.publisher.as_ref())))
        .set_author(GENERATOR)
        .set_creation_datetime(&day.map_or_else(|| ExcelDateTime::from_ymd(2000, 1, 1), Ok)?))
}

fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_size(11).set_font_charset(128).set_align(FormatAlign::Top)
}

/// How cells look.
pub(super) struct Styles {
    pub(super) head: Format,
    pub(super) integer: Format,
    pub(super) bold: Format,
    texts: [Format; 4],
    figures: Vec<Format>,
}

impl Styles {
    fn new() -> Self {
        let head = base().set_bold().set_background_color(Color::RGB(0xE6_E6_E6)).set_border_bottom(FormatBorder::Thin);
        let text = base();
        let decimals = |count: usize| if count == 0 { "#,##0".to_string() } else { format!("#,##0.{:0<count$}", "") };
        Self {
            head,
            integer: base().set_num_format("0"),
            bold: base().set_bold(),
            texts: [
                text.clone(),
                text.clone().set_text_wrap(),
                text.clone().set_quote_prefix(),
                text.set_quote_prefix().set_text_wrap(),
            ],
            figures: (0..=10).map(|count| base().set_num_format(decimals(count))).collect(),
        }
    }

    fn text(&self, text: &str) -> Option<&Format> {
        let is_long = text.contains('\n') || display_width(text) > WIDEST;
        self.texts.get(2 * usize::from(is_risky(text)) + usize::from(is_long))
    }

    /// A figure with as many decimals as were typed.
    pub(super) fn figure(&self, number: Decimal) -> Option<&Format> {
        usize::try_from(number.scale()).ok().and_then(|scale| self.figures.get(scale))
    }
}

/// A format for a variant of a number.
pub(super) fn number_format(pattern: &str) -> Format {
    base().set_num_format(pattern)
}

fn write_table(
    sheet: &mut Worksheet,
    table: &Table<'_>,
    styles: &Styles,
    changed: &mut Vec<Changed>,
) -> Result<(), XlsxError> {
    let mut widths: Vec<usize> = table.columns.iter().map(|column| display_width(column) + 4).collect();
    for (index, row) in table.rows.iter().enumerate() {
        let place = u32::try_from(index + 1).unwrap_or(u32::MAX);
        for (((column, name), cell), width) in (0..).zip(&table.columns).zip(row).zip(&mut widths) {
            let (wide, is_cut) = write_cell(sheet, (place, column), cell, styles)?;
            *width = (wide + 2).max(*width);
            if is_cut {
                changed.push(Changed { table: table.name, row: index + 2, column: name, lost: String::new() });
            }
        }
    }
    frame(sheet, table.name, &table.columns, &widths, styles)?;
    let last_row = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(table.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
    sheet.autofilter(0, 0, last_row, last_column)?;
    Ok(())
}

/// The head of a sheet, which stays in sight, its widths, and how it prints.
pub(super) fn frame(
    sheet: &mut Worksheet,
    name: &str,
    columns: &[&str],
    widths: &[usize],
    styles: &Styles,
) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    for ((column, name), width) in (0..).zip(columns).zip(widths) {
        sheet.write_string_with_format(0, column, *name, &styles.head)?;
        sheet.set_column_width(column, u32::try_from(*width.min(&WIDEST)).unwrap_or(u32::MAX))?;
    }
    sheet.set_name(name)?.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Gives how wide the cell is, and whether its text was cut.
fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell<'_>,
    styles: &Styles,
) -> Result<(usize, bool), XlsxError> {
    let wide = match cell {
        Cell::Empty => 0,
        Cell::Text(text) => return write_text(sheet, (row, column), text, styles),
        Cell::Integer(number) => {
            write_number(sheet, (row, column), Decimal::from(*number), Some(&styles.integer), styles)?
        }
        Cell::Figure(number) => write_number(sheet, (row, column), *number, styles.figure(*number), styles)?,
    };
    Ok((wide, false))
}

/// Writes a number that a spreadsheet can hold exactly; another one as text.
pub(super) fn write_number(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    number: Decimal,
    format: Option<&Format>,
    styles: &Styles,
) -> Result<usize, XlsxError> {
    let text = number.to_string();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    match (number.to_f64().filter(|_| digits <= DIGITS), format) {
        (Some(float), Some(format)) => sheet.write_number_with_format(row, column, float, format)?,
        (Some(float), None) => sheet.write_number(row, column, float)?,
        (None, _) => return Ok(write_text(sheet, (row, column), &text, styles)?.0),
    };
    Ok(text.len() + digits / 3)
}

pub(super) fn write_text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    styles: &Styles,
) -> Result<(usize, bool), XlsxError> {
    let held = held(text);
    match styles.text(&held) {
        Some(format) => sheet.write_string_with_format(row, column, &*held, format)?,
        None => sheet.write_string(row, column, &*held)?,
    };
    Ok((held.lines().map(display_width).max().unwrap_or(0), held.len() != text.len()))
}

/// A text as far as a cell can hold it.
pub(super) fn held(text: &str) -> Cow<'_, str> {
    // No text has more units of UTF-16 than bytes of UTF-8.
    if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let mut room = LONGEST - CUT.encode_utf16().count();
    let fits = |c: &char| room.checked_sub(c.len_utf16()).map(|left| room = left).is_some();
    Cow::Owned(text.chars().take_while(fits).collect::<String>() + CUT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_what_a_cell_holds() {
        let whole = "あ".repeat(LONGEST);
        assert_eq!(held(&whole), whole);
        for text in ["a".repeat(LONGEST + 1), "𠮷".repeat(LONGEST), "あ".repeat(LONGEST + 1)] {
            let cut = held(&text);
            assert!(cut.ends_with(CUT) && (LONGEST - 1..=LONGEST).contains(&cut.encode_utf16().count()));
        }
    }
}
