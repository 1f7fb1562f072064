//! A CSV text cut into rows, each with its place.

use std::io::Read;

use crate::source::{SourceFile, Span};
use crate::syntax::chars::{is_blank, unified};

/// Stands behind the text as a row of its own: where it is not the last row, a quotation mark was never closed.
const END: &str = "\u{3}";

/// One row; a quoted cell may stand on several lines.
pub(super) struct CsvRow {
    /// Without blanks around them
    pub(super) cells: Vec<String>,
    /// Its first line
    pub(super) line: Span,
}

pub(super) struct CsvRows {
    /// Without blank ones
    pub(super) rows: Vec<CsvRow>,
    /// The first line of a row that swallowed all that follows
    pub(super) unclosed: Option<Span>,
}

impl CsvRow {
    /// A cell; nothing for a blank one.
    pub(super) fn cell(&self, column: Option<usize>) -> Option<&str> {
        self.cells.get(column?).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    /// A remark below a table is no row of it.
    pub(super) fn is_remark(&self) -> bool {
        let mut filled = self.cells.iter().filter(|cell| !cell.is_empty());
        let first = filled.next();
        let is_note = |cell: &String| ["※", "(注", "注)", "注:"].iter().any(|mark| unified(cell).starts_with(mark));
        filled.next().is_none() && first.is_some_and(is_note)
    }
}

pub(super) fn read_rows(file: &SourceFile, delimiter: u8) -> CsvRows {
    let end = format!("\n{END}");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(file.text().as_bytes().chain(end.as_bytes()));
    let (mut rows, mut record) = (Vec::new(), csv::StringRecord::new());
    let mut last = None;
    // A text in memory that is cut at ASCII characters gives no errors.
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = first_line(file, record.position().map_or(0, csv::Position::byte));
        let cells: Vec<String> = record.iter().map(|cell| cell.trim_matches(is_margin).to_string()).collect();
        last = Some(line);
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(CsvRow { cells, line });
        }
    }
    let is_whole = rows.pop_if(|row| row.cells == [END]).is_some();
    if !is_whole {
        rows.pop();
    }
    CsvRows { rows, unclosed: last.filter(|_| !is_whole) }
}

fn is_margin(c: char) -> bool {
    is_blank(c) || c == '\n' || c == '\r'
}

/// The line at which a row begins: the reader counts the line ends before it to the row.
fn first_line(file: &SourceFile, byte: u64) -> Span {
    let text = file.text();
    let rest = usize::try_from(byte).ok().and_then(|byte| text.get(byte..)).unwrap_or("");
    let start = text.len() - rest.trim_start_matches(['\n', '\r']).len();
    Span::new(file.id(), start..file.line_range(file.line_index(start)).end.max(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    fn read(text: &str, delimiter: u8) -> (Vec<(usize, Vec<String>)>, Option<usize>) {
        let mut files = Files::new();
        let id = files.add("a.csv", text);
        let file = files.get(id);
        let line = |span: Span| file.position(span.start).line;
        let read = read_rows(file, delimiter);
        (read.rows.into_iter().map(|row| (line(row.line), row.cells)).collect(), read.unclosed.map(line))
    }

    fn cells(cells: &[&str]) -> Vec<String> {
        cells.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn quoted_cells_blanks_and_blank_lines() {
        let (rows, unclosed) = read("a, b　\r\n\r\n\"c\r\nd\",\"1,234\"\r\n,\r\ne\r\n", b',');
        assert_eq!(rows, [(1, cells(&["a", "b"])), (3, cells(&["c\r\nd", "1,234"])), (6, cells(&["e"]))]);
        assert_eq!(unclosed, None);
        assert_eq!(read("a\tb\rc\t\"d\te\"", b'\t').0, [(1, cells(&["a", "b"])), (2, cells(&["c", "d\te"]))]);
    }

    #[test]
    fn a_mark_that_never_closes_is_found() {
        let (rows, unclosed) = read("a,b\nc,\"d\ne,f\n", b',');
        assert_eq!((rows, unclosed), (vec![(1, cells(&["a", "b"]))], Some(2)));
    }

    #[test]
    fn no_text_breaks_it() {
        for text in ["", "\n\n", ",", "\"", "\"\"\"", "\u{3}", "a\u{0}b", "\u{FEFF}"] {
            for delimiter in *b",\t" {
                read(text, delimiter);
            }
        }
        let long = "あ".repeat(400_000);
        assert_eq!(read(&format!("a,\"{long}\"\n"), b',').0, [(1, vec!["a".to_string(), long])]);
        assert_eq!(read(&"a,b\n".repeat(100_000), b',').0.len(), 100_000);
    }
}
