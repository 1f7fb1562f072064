//! Cells of a workbook: how they look, and what fits into them.

use std::borrow::Cow;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::paper::set_paper;
use crate::diagnostic::display_width;
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

/// The height of a row of one line, and the greatest that a spreadsheet knows, in pixels.
pub(super) const LINE: u32 = 25;
const HIGHEST: u32 = 545;
/// The lines between cells
const GRID: Color = Color::RGB(0xA6_A6_A6);

/// The face of a sheet.
pub(super) fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_size(11).set_font_charset(128).set_align(FormatAlign::Top)
}

/// A cell of a table, with its lines around it.
fn bordered() -> Format {
    base().set_border(FormatBorder::Thin).set_border_color(GRID)
}

/// How cells look.
pub(super) struct Styles {
    pub(super) head: Format,
    /// Of a cell without content
    pub(super) blank: Format,
    pub(super) integer: Format,
    pub(super) bold: Format,
    texts: [Format; 4],
    figures: Vec<Format>,
}

impl Styles {
    pub(super) fn new() -> Self {
        let head = bordered()
            .set_bold()
            .set_background_color(Color::RGB(0xE6_E6_E6))
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter);
        let text = bordered();
        let decimals = |count: usize| if count == 0 { "#,##0".to_string() } else { format!("#,##0.{:0<count$}", "") };
        Self {
            head,
            blank: bordered(),
            integer: bordered().set_num_format("0"),
            bold: bordered().set_bold(),
            texts: [
                text.clone(),
                text.clone().set_text_wrap(),
                text.clone().set_quote_prefix(),
                text.set_quote_prefix().set_text_wrap(),
            ],
            figures: (0..=10).map(|count| bordered().set_num_format(decimals(count))).collect(),
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
    bordered().set_num_format(pattern)
}

/// The head of a sheet, which stays in sight, its widths, and how it prints; `label` is the column that says of what each
/// row is.
pub(super) fn frame(
    sheet: &mut Worksheet,
    name: &str,
    columns: &[&str],
    widths: &[usize],
    label: Option<usize>,
    styles: &Styles,
) -> Result<(), XlsxError> {
    for ((column, name), width) in (0..).zip(columns).zip(widths) {
        sheet.write_string_with_format(0, column, *name, &styles.head)?;
        sheet.set_column_width(column, u32::try_from(*width.min(&WIDEST)).unwrap_or(u32::MAX))?;
    }
    sheet.set_name(name)?.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    let heads = columns.iter().zip(widths).map(|(name, width)| lines_in(name, *width));
    set_height(sheet, 0, heads.max().unwrap_or(1))?;
    let shown: Vec<usize> = widths.iter().map(|width| *width.min(&WIDEST)).collect();
    set_paper(sheet, &shown, label)?;
    sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3).set_header("&L&A").set_footer("&C&P / &N");
    Ok(())
}

/// What is printed of a sheet: the table, and nothing behind it.
pub(super) fn print_area(sheet: &mut Worksheet, rows: u32, columns: usize) -> Result<(), XlsxError> {
    let last = u16::try_from(columns).unwrap_or(u16::MAX).saturating_sub(1);
    sheet.set_print_area(0, 0, rows.saturating_sub(1), last)?;
    Ok(())
}

/// How many lines a text takes in a column so many half-width characters wide.
pub(super) fn lines_in(text: &str, width: usize) -> u32 {
    let width = width.clamp(8, WIDEST) - 2;
    let lines: usize = text.lines().map(|line| display_width(line).div_ceil(width).max(1)).sum();
    u32::try_from(lines.max(1)).unwrap_or(u32::MAX)
}

/// A row of some lines is as high as they need: not every program that shows a workbook works that out.
pub(super) fn set_height(sheet: &mut Worksheet, row: u32, lines: u32) -> Result<(), XlsxError> {
    if lines > 1 {
        sheet.set_row_height_pixels(row, lines.saturating_mul(LINE).min(HIGHEST))?;
    }
    Ok(())
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
