//! A table for spreadsheets: UTF-8 with its mark and CRLF, as Excel opens it; no cell is ever a formula.

use csv::{Terminator, WriterBuilder};

/// The mark by which Excel knows UTF-8.
pub const MARK: &str = "\u{FEFF}";

/// Writes rows of as many cells each, the head first.
pub fn write_sheet<const COLUMNS: usize>(rows: impl IntoIterator<Item = [String; COLUMNS]>) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
    for row in rows {
        // Into memory, and with as many cells in each row: there is nothing that could fail.
        let _ = writer.write_record(row.iter().map(|cell| harmless(cell)));
    }
    writer.into_inner().unwrap_or_default()
}

/// What a spreadsheet would calculate is text: an apostrophe before it says so.
fn harmless(cell: &str) -> String {
    const RISKY: [char; 10] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'];
    if cell.starts_with(RISKY) { format!("'{cell}") } else { cell.to_string() }
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
}
