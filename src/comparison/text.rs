//! Changes as a text for a terminal of eighty columns.

use super::change::{Change, ChangeKind, Subject, Wording, departments};
use crate::diagnostic::wrap;

const WIDTH: usize = 80;
const GONE: [&str; 2] = ["［―", "―］"];
const NEW: [&str; 2] = ["［＋", "＋］"];
const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";

/// By department, then by program; the sums last. `office` owns what belongs to no department.
pub fn to_text(changes: &[Change], office: &str, color: bool) -> String {
    let mut text = ComparedText { text: String::new(), color, file: String::new() };
    if changes.is_empty() {
        return "変わったところはありません。\n".to_string();
    }
    let groups = departments(changes, office);
    for (department, changes) in &groups {
        text.line(0, department, true);
        let mut last: Option<&Subject> = None;
        for change in changes {
            if last != Some(&change.subject) {
                text.subject(change);
                last = Some(&change.subject);
            }
            text.change(change);
        }
        text.text.push('\n');
    }
    let sums: Vec<&Change> = changes.iter().filter(|change| change.subject == Subject::Sums).collect();
    if !sums.is_empty() {
        text.line(0, "合計など（自動で計算したもの）", true);
        sums.iter().for_each(|change| text.change(change));
        text.text.push('\n');
    }
    let counts: Vec<String> = groups.iter().map(|(name, changes)| format!("{name} {}", changes.len())).collect();
    let count = changes.len() - sums.len();
    let by_department = if counts.is_empty() { String::new() } else { format!("（{}）", counts.join("、")) };
    text.line(0, &format!("変わったところは {count} か所です{by_department}。"), false);
    text.text
}

struct ComparedText {
    text: String,
    color: bool,
    /// The file that was named last
    file: String,
}

impl ComparedText {
    fn line(&mut self, indent: usize, line: &str, bold: bool) {
        for line in wrap(&printable(line), WIDTH - indent) {
            self.text.push_str(&" ".repeat(indent));
            if bold && self.color {
                self.text.push_str(&format!("{BOLD}{line}{PLAIN}\n"));
            } else {
                self.text.push_str(&format!("{line}\n"));
            }
        }
    }

    fn subject(&mut self, change: &Change) {
        let name = match &change.subject {
            Subject::Report => "報告書".to_string(),
            Subject::Chapter { name } => name.clone(),
            Subject::Program { chapter, no, name, .. } => format!("{chapter}　No.{no} {name}"),
            Subject::Sums => return,
        };
        self.line(2, &name, true);
        if let Some(place) = &change.place {
            let whose = if place.is_old { "前の原稿" } else { "原稿" };
            self.line(4, &format!("{whose}：{}", place.file), false);
            self.file.clone_from(&place.file);
        }
    }

    /// The line, and its file where that is another one than was named above.
    fn place(&self, change: &Change) -> String {
        let Some(place) = &change.place else { return String::new() };
        let whose = if place.is_old { "前の原稿の " } else { "" };
        let file = if place.file == self.file { String::new() } else { format!("{} ", place.file) };
        format!("（{whose}{file}{}行目）", place.line)
    }

    fn change(&mut self, change: &Change) {
        let place = self.place(change);
        self.line(4, &format!("{}{place}", change.spot.trim_end()), false);
        let (before, after) = match change.what {
            ChangeKind::Changed | ChangeKind::Reordered => ("前", "後"),
            ChangeKind::Moved => ("移動前", "移動後"),
            ChangeKind::Added | ChangeKind::Removed => (ChangeKind::Removed.name(), ChangeKind::Added.name()),
        };
        for (label, wording, marks, color) in [(before, &change.before, GONE, RED), (after, &change.after, NEW, GREEN)]
        {
            if let Some(wording) = wording {
                self.wording(label, wording, marks, color);
            }
        }
    }

    /// A text behind its label; lines hang below each other.
    fn wording(&mut self, label: &str, wording: &Wording, marks: [&str; 2], color: &str) {
        let indent = 6 + crate::diagnostic::display_width(label) + 2;
        let marked = with_marks(wording, marks);
        let mut is_changed = !wording.is_mixed();
        for (number, line) in wrap(&printable(&marked), WIDTH - indent).iter().enumerate() {
            let head = if number == 0 { format!("      {label}　") } else { " ".repeat(indent) };
            let line = if self.color { in_color(line, marks, color, &mut is_changed) } else { line.clone() };
            self.text.push_str(&format!("{head}{line}\n"));
        }
    }
}

/// Marks only where some of the text is as it was.
fn with_marks(wording: &Wording, [open, close]: [&str; 2]) -> String {
    let is_mixed = wording.is_mixed();
    let parts = wording.parts.iter();
    parts
        .map(|part| if part.changed && is_mixed { format!("{open}{}{close}", part.text) } else { part.text.clone() })
        .collect()
}

/// The stretches between marks in colour; one may go on in the next line.
fn in_color(line: &str, [open, close]: [&str; 2], color: &str, is_changed: &mut bool) -> String {
    let mut text = String::new();
    if *is_changed {
        text.push_str(color);
    }
    for piece in line.split_inclusive(close) {
        text.push_str(&piece.replace(open, &format!("{color}{open}")));
        if piece.ends_with(close) {
            text.push_str(PLAIN);
            *is_changed = false;
        } else {
            *is_changed = *is_changed || piece.contains(open);
        }
    }
    if *is_changed {
        text.push_str(PLAIN);
    }
    text
}

/// What a terminal would take for an order is no part of a text.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '〓' } else { c }).collect()
}
