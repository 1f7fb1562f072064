//! Excel's multi-line cell, which a paste spreads over several lines between `"` and `"`.
//!
//! ```text
//! row    = cell { separator cell }
//! cell   = quoted | plain
//! quoted = '"' { any character, line break } '"'      of 40 lines at most
//! ```
//!
//! It is no line of the language: it is found in order to be reported, with the lines to type instead.

use super::chars::{is_blank, is_cell_separator};

/// How many lines one cell may run on for; beyond that a `"` is a mere character.
const LONGEST_CELL: usize = 40;

/// Number of lines after the first that belong to it because a cell opens with `"` and closes only there.
pub(super) fn lines_of_open_cell<'a>(first: &str, following: impl Iterator<Item = &'a str>) -> Option<usize> {
    let last = first.rsplit(is_cell_separator).next()?.trim_matches(is_blank);
    let inside = last.strip_prefix('"')?;
    // A lone `"` says "as above", and a sentence may begin with one: a cell that runs on has text and a separator.
    if inside.is_empty() || inside.contains('"') {
        return None;
    }
    let is_label = !first.contains(is_cell_separator);
    // A line may close one cell and open the next: the row ends where every `"` has its partner.
    let mut is_open = true;
    for (index, line) in following.take(LONGEST_CELL).enumerate() {
        is_open ^= line.matches('"').count() % 2 == 1;
        if !is_open {
            let has_cells = !is_label || line.contains(is_cell_separator);
            return has_cells.then_some(index + 1);
        }
        if line.trim_start_matches(is_blank).starts_with('【') {
            return None;
        }
    }
    None
}

/// The row as it has to be typed, with ＋ for each further line of a cell.
pub(super) fn rewritten(text: &str) -> String {
    let mut cells: Vec<Vec<String>> = vec![vec![String::new()]];
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            c if !quoted && is_cell_separator(c) => cells.push(vec![String::new()]),
            '\r' => {}
            '\n' => {
                if let Some(cell) = cells.last_mut() {
                    cell.push(String::new());
                }
            }
            c => {
                if let Some(line) = cells.last_mut().and_then(|cell| cell.last_mut()) {
                    line.push(c);
                }
            }
        }
    }
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |index: usize| {
        let row: Vec<&str> =
            cells.iter().map(|cell| cell.get(index).map_or("", |line| line.trim_matches(is_blank))).collect();
        row.join("｜")
    };
    let mut rows = vec![line(0)];
    rows.extend((1..height).map(|index| format!("＋{}", line(index))));
    rows.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_over_several_lines_becomes_plus_rows() {
        let text = "参加者数\t\"R2年3月\n中止\"\t\"R3年3月\n138名\"";
        assert_eq!(rewritten(text), "参加者数｜R2年3月｜R3年3月\n＋｜中止｜138名");
        let mut lines = text.split('\n');
        assert_eq!(lines_of_open_cell(lines.next().unwrap_or(""), lines), Some(2));
        assert_eq!(lines_of_open_cell("\"参加者数", ["（延べ）\"\t6名\t7名"].into_iter()), Some(1));
        // A Tab in front is a blank label's separator, as a ｜ is.
        assert_eq!(lines_of_open_cell("\t\"R3年3月", ["7名\""].into_iter()), Some(1));
        assert_eq!(lines_of_open_cell("｜\"R3年3月", ["7名\""].into_iter()), Some(1));
        assert_eq!(lines_of_open_cell("開催｜1回｜\"", ["会場｜1か所｜\""].into_iter()), None);
        assert_eq!(lines_of_open_cell("名｜\"引用\"", ["\""].into_iter()), None);
    }
}
