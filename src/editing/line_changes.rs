//! What is different between two texts, line by line, for a person to read. Knows no files.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

/// Lines around a change by which its place is known.
const AROUND: usize = 1;

/// A line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineChange {
    /// In both
    Same(String),
    /// Only in the earlier text
    Gone(String),
    /// Only in the later one
    New(String),
    /// Lines that are the same in both, left out
    Skipped,
}

/// The lines that differ, with those around them. Nothing where no line differs.
pub fn line_changes(before: &str, now: &str) -> Vec<LineChange> {
    let (old, new) = (lines_of(before), lines_of(now));
    let groups = group_diff_ops(capture_diff_slices(Algorithm::Myers, &old, &new), AROUND);
    let mut changes = Vec::new();
    let mut shown_to = 0;
    for op in groups.into_iter().flatten() {
        if op.old_range().start > shown_to {
            changes.push(LineChange::Skipped);
        }
        shown_to = op.old_range().end;
        let of = |lines: &[&str], range: Range<usize>, kind: fn(String) -> LineChange| {
            lines.get(range).unwrap_or_default().iter().map(|line| kind((*line).to_string())).collect::<Vec<_>>()
        };
        if matches!(op, DiffOp::Equal { .. }) {
            changes.extend(of(&new, op.new_range(), LineChange::Same));
        } else {
            changes.extend(of(&old, op.old_range(), LineChange::Gone));
            changes.extend(of(&new, op.new_range(), LineChange::New));
        }
    }
    if !changes.is_empty() && shown_to < old.len() {
        changes.push(LineChange::Skipped);
    }
    changes
}

/// The stretches of a text, in its bytes, that make another one of it when each is replaced: whole lines with their ends.
pub fn line_edits(before: &str, now: &str) -> Vec<(Range<usize>, String)> {
    let (old, new) = (whole_lines(before), whole_lines(now));
    let mut starts = vec![0];
    starts.extend(old.iter().scan(0, |end, line| {
        *end += line.len();
        Some(*end)
    }));
    let at = |line: usize| starts.get(line).copied().unwrap_or(before.len());
    let changed = capture_diff_slices(Algorithm::Myers, &old, &new).into_iter();
    let changed = changed.filter(|op| !matches!(op, DiffOp::Equal { .. }));
    changed
        .map(|op| {
            let lines = new.get(op.new_range()).unwrap_or_default();
            (at(op.old_range().start)..at(op.old_range().end), lines.concat())
        })
        .collect()
}

/// With their ends.
fn whole_lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['\n', '\r']).map_or(rest.len(), |end| {
            let is_pair = rest.get(end..).is_some_and(|ending| ending.starts_with("\r\n"));
            end + 1 + usize::from(is_pair)
        });
        let (line, tail) = rest.split_at(end);
        lines.push(line);
        rest = tail;
    }
    lines
}

/// Without their ends: a file of another system's line ends says the same.
fn lines_of(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let (line, tail) = rest.split_at(end);
        lines.push(line);
        rest = tail.strip_prefix("\r\n").or_else(|| tail.strip_prefix(['\n', '\r'])).unwrap_or(tail);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, now: &str) -> String {
        let line = |change: LineChange| match change {
            LineChange::Same(line) => format!(" {line}"),
            LineChange::Gone(line) => format!("-{line}"),
            LineChange::New(line) => format!("+{line}"),
            LineChange::Skipped => "…".to_string(),
        };
        line_changes(before, now).into_iter().map(line).collect::<Vec<_>>().join("/")
    }

    #[test]
    fn the_edits_make_the_other_text() {
        for (before, now) in
            [("一\r\n二\r三\n四", "一\r\n二つ\r三\n"), ("", "一\n"), ("一\n", ""), ("一\n二\n", "零\n一\n二\n")]
        {
            let edits = line_edits(before, now);
            let mut made = before.to_string();
            edits.iter().rev().for_each(|(range, text)| made.replace_range(range.clone(), text));
            assert_eq!(made, now);
        }
        assert_eq!(line_edits("一\n二\n三\n", "一\n二つ\n三\n"), [(4..8, "二つ\n".to_string())]);
        assert_eq!(line_edits("一\n", "一\n"), []);
    }

    #[test]
    fn only_what_differs_and_a_line_around_it() {
        assert_eq!(shown("一\n二\n三\n四\n五\n", "一\n二\n三つ\n四\n五\n"), "…/ 二/-三/+三つ/ 四/…");
        assert_eq!(shown("一\n二\n三\n四\n五", "零\n一\n二\n三\n四"), "+零/ 一/…/ 四/-五");
        assert_eq!(shown("一\r\n二", "一\n二\n"), "");
        assert_eq!(shown("", "一\n\n二"), "+一/+/+二");
    }
}
