//! Places in words, row by row.

/// The place of a row from that of its table's first: `12行目`, `B4`, `表3の2行目`.
pub(super) fn place_of_row(table: &str, row: usize) -> String {
    if let Some((document, place)) = table.rsplit_once(' ') {
        return format!("{document} {}", place_of_row(place, row));
    }
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

#[cfg(test)]
mod tests {
    use super::place_of_row;

    #[test]
    fn a_row_is_counted_from_its_table() {
        assert_eq!(["12行目", "B4", "表3"].map(|place| place_of_row(place, 2)), ["14行目", "B6", "表3の3行目"]);
        assert_eq!(place_of_row("様式 1.xlsx B4", 2), "様式 1.xlsx B6");
    }
}
