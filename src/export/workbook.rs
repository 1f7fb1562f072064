//! The tables as a workbook for Excel: real numbers, a header that stays in sight, widths that fit; and the list.
//!
//! A text is stored as text, so nothing of it is ever calculated; where it begins like a formula its cell is has_bom as
//! Excel itself marks what was typed behind an apostrophe, so that it stays text when somebody edits it.

use rust_decimal::Decimal;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook as Writer, Worksheet, XlsxError};

use super::cells::{LINE, Styles, base, frame, lines_in, print_area, set_height, write_number, write_text};
use super::document::GENERATOR;
use super::list::write_list;
use super::table::{Cell, Changed, Keys, Table};
use super::tables;
use crate::diagnostic::display_width;
use crate::model::Report;

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
    writer.set_default_format(&base(), LINE, 72)?;
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

fn write_table(
    sheet: &mut Worksheet,
    table: &Table<'_>,
    styles: &Styles,
    changed: &mut Vec<Changed>,
) -> Result<(), XlsxError> {
    let mut widths: Vec<usize> = table.columns.iter().map(|column| head_width(column)).collect();
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
    let label = table.columns.iter().position(|column| *column == "事業名");
    frame(sheet, table.name, &table.columns, &widths, label, styles)?;
    for (place, row) in (1..).zip(&table.rows) {
        let lines = row.iter().zip(&widths).map(|(cell, width)| match cell {
            Cell::Text(text) => lines_in(text, *width),
            Cell::Empty | Cell::Integer(_) | Cell::Figure(_) => 1,
        });
        set_height(sheet, place, lines.max().unwrap_or(1))?;
    }
    print_area(sheet, u32::try_from(table.rows.len() + 1).unwrap_or(u32::MAX), table.columns.len())?;
    let last_row = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(table.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
    sheet.autofilter(0, 0, last_row, last_column)?;
    Ok(())
}

/// With room for the button of the filter; a long head takes two lines, since most of what stands below is short.
fn head_width(name: &str) -> usize {
    let width = display_width(name);
    if width > 8 { width.div_ceil(2) + 4 } else { width + 4 }
}

/// Gives how wide the cell is, and whether its text was cut.
fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell<'_>,
    styles: &Styles,
) -> Result<(usize, bool), XlsxError> {
    let wide = match cell {
        Cell::Empty => {
            sheet.write_blank(row, column, &styles.blank)?;
            0
        }
        Cell::Text(text) => return write_text(sheet, (row, column), text, styles),
        Cell::Integer(number) => {
            write_number(sheet, (row, column), Decimal::from(*number), Some(&styles.integer), styles)?
        }
        Cell::Figure(number) => write_number(sheet, (row, column), *number, styles.figure(*number), styles)?,
    };
    Ok((wide, false))
}
