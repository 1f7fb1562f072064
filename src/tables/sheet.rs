//! A table for spreadsheets: UTF-8 with its mark and CRLF, as Excel opens it; no cell is ever a formula.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};

/// The mark by which Excel knows UTF-8.
pub const BOM: &str = "\u{FEFF}";

/// Writes rows of as many texts each, the head first.
pub fn write_sheet<Row: IntoIterator<Item = String>>(rows: impl IntoIterator<Item = Row>) -> Vec<u8> {
    let harmless = |cell: String| harmless(&cell).into_owned();
    write_cells(rows.into_iter().map(|row| row.into_iter().map(harmless).collect::<Vec<_>>()))
}

/// Writes rows of as many cells each as they are: what is text among them has gone through `harmless`.
pub fn write_cells<Row: IntoIterator<Item: AsRef<[u8]>>>(rows: impl IntoIterator<Item = Row>) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BOM.as_bytes().to_vec());
    for row in rows {
        // Into memory, and with as many cells in each row: there is nothing that could fail.
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

/// What a spreadsheet would calculate is text: an apostrophe before it says so. A text that has one there already gets
/// another, so that taking one away gives every text back.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    if is_risky(cell.trim_start_matches('\'')) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Whether a spreadsheet could take a text for a formula.
pub fn is_risky(text: &str) -> bool {
    const RISKY: [char; 11] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];
    text.starts_with(RISKY) && !is_signed_count(text)
}

/// -3名, +1.5％: a figure with its sign and its unit. Without a bracket, an operator or a reference to another cell there is
/// nothing to calculate or to call, and with an apostrophe the figure would be no figure any more.
fn is_signed_count(text: &str) -> bool {
    let Some(figure) = text.strip_prefix(['+', '-', '＋', '－']) else { return false };
    figure.starts_with(|c: char| c.is_numeric())
        && figure.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '．' | '，' | '%' | '％'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        let row = ["=HYPERLINK(\"a\")", "＠一,二", "2\n3", "△5"].map(str::to_string);
        let text = String::from_utf8(write_sheet([row])).expect("is UTF-8");
        assert_eq!(text, "\u{FEFF}\"'=HYPERLINK(\"\"a\"\")\",\"'＠一,二\",\"2\n3\",△5\r\n");
    }

    #[test]
    fn a_figure_with_its_sign_stays_a_figure() {
        for text in ["-3名", "+1.5％", "－1,200千円", "-3", "＋２件", "△5", "名", "", "'名"] {
            assert_eq!(harmless(text), text);
        }
        for text in
            ["-3+cmd|' /C calc'!A0", "+SUM(A1)", "-1-2", "-A1", "-3:4", "=1", "@SUM(1)", "- 3", "-", "'=1", "''@"]
        {
            assert_eq!(harmless(text), format!("'{text}"));
        }
    }
}
