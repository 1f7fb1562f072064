//! J025 for 149名252名: two values in one cell, with nothing between them.

use super::texts::CheckedText;
use super::unit::{counter_at, figure_runs};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::Text;

pub(super) fn check(text: &CheckedText<'_>, diagnostics: &mut Diagnostics) {
    if !text.is_cell {
        return;
    }
    for line in text.lines {
        if let Some(second) = second_value(&line.value) {
            diagnostics.push(message(line, second));
        }
    }
}

/// Where the second of two values or more begins that are all a cell holds: the same counter behind each, and none between them.
fn second_value(cell: &str) -> Option<usize> {
    let mut counter = None;
    let mut second = None;
    let mut end = 0;
    for (start, digits, after) in figure_runs(cell) {
        let own = counter_at(after)?;
        if start != end || *counter.get_or_insert(own) != own {
            return None;
        }
        if start > 0 {
            second.get_or_insert(start);
        }
        end = start + digits.len() + own.len();
    }
    second.filter(|_| end == cell.len())
}

fn message(cell: &Text, second: usize) -> Diagnostic {
    let shown = &cell.value;
    let span = cell.stretch(second..shown.len());
    Diagnostic::new(Code::J025, span, format!("「{shown}」は、2つの値がつながっていませんか。"))
        .severity(Severity::Warning)
        .help("1つの値を1つの欄に書いてください。")
        .or_acknowledge("【事業】", shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_values_of_one_counter_are_glued() {
        assert_eq!(second_value("149名252名"), Some("149名".len()));
        assert_eq!(second_value("1,149名252名30名"), Some("1,149名".len()));
        for cell in
            ["149名", "3回12名", "149名、252名", "149名（252名）", "延べ149名252名", "2時10分", "第1回2回目", ""]
        {
            assert_eq!(second_value(cell), None, "{cell}");
        }
    }
}
