//! Places in words, row by row and cell by cell.

use std::fmt;

use super::document::Table;

/// Where something stands in what the office has: `様式.xlsx B4`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    document: String,
    /// In the document; nothing for the whole of it
    pub(super) at: String,
}

impl Place {
    pub(super) fn new(document: &str, at: &str) -> Self {
        Self { document: document.to_string(), at: at.to_string() }
    }

    /// The place of a row from that of its table's first.
    pub(super) fn row(&self, row: usize) -> Self {
        Self { document: self.document.clone(), at: place_of_row(&self.at, row) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gap = if self.at.is_empty() { "" } else { " " };
        write!(f, "{}{gap}{}", self.document, self.at)
    }
}

/// The place of a row from that of its table's first: `12行目`, `B4`, `表3の2行目`.
pub(super) fn place_of_row(table: &str, row: usize) -> String {
    let digits = |text: &str| text.parse::<usize>().ok();
    if let Some(line) = table.strip_suffix("行目").and_then(digits) {
        return format!("{}行目", line + row);
    }
    let letters = table.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = table.get(letters.len()..).and_then(digits);
    match number {
        Some(number) if !letters.is_empty() && letters.bytes().all(|b| b.is_ascii_uppercase()) => {
            format!("{letters}{}", number + row)
        }
        _ => format!("{table}の{}行目", row + 1),
    }
}

/// The number of a row in its file, where its place says it: 12 of `12行目` and of `B12`.
pub(super) fn row_number(place: &str) -> Option<usize> {
    let number =
        place.strip_suffix("行目").unwrap_or_else(|| place.trim_start_matches(|c: char| c.is_ascii_uppercase()));
    number.parse().ok()
}

/// The place of a cell: `B12`, `12行目のB列`; where columns have no names it is its row's.
pub(super) fn place_of_cell(table: &Table, row: usize, column: usize) -> String {
    let place = place_of_row(&table.place, row);
    let Some(name) = table.columns.get(column) else { return place };
    let number = place.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let is_excel = number.len() < place.len() && number.bytes().all(|b| b.is_ascii_digit());
    if is_excel { format!("{name}{number}") } else { format!("{place}の{name}列") }
}

/// What a list's column is called where a person is to name it: `BY列`, `3列目`.
pub(super) fn name_of_column(table: &Table, column: usize) -> String {
    table.columns.get(column).map_or_else(|| format!("{}列目", column + 1), |name| format!("{name}列"))
}

/// Column 1 is `B`.
pub(super) fn letters(column: u32) -> String {
    let (mut letters, mut rest) = (String::new(), column.saturating_add(1));
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.insert(0, char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_named_as_excel_names_it() {
        let table = |place: &str, columns: &[&str]| Table {
            rows: Vec::new(),
            place: place.to_string(),
            columns: columns.iter().map(ToString::to_string).collect(),
        };
        assert_eq!(place_of_cell(&table("C4", &["B", "C"]), 2, 0), "B6");
        assert_eq!(place_of_cell(&table("4行目", &["A", "AB"]), 2, 1), "6行目のAB列");
        assert_eq!(place_of_cell(&table("表2", &[]), 2, 1), "表2の3行目");
        assert_eq!([name_of_column(&table("表2", &[]), 1), name_of_column(&table("C4", &["B"]), 0)], ["2列目", "B列"]);
    }

    #[test]
    fn a_row_is_counted_from_its_table() {
        assert_eq!(["12行目", "B4", "表3"].map(|place| place_of_row(place, 2)), ["14行目", "B6", "表3の3行目"]);
        assert_eq!(Place::new("様式 1.xlsx", "B4").row(2).to_string(), "様式 1.xlsx B6");
    }
}
