//! The table on a terminal of 80 columns.

use super::deadline::deadline_lines;
use super::{DepartmentProgress, Moment, Progress};
use crate::diagnostic::{display_width, wrap};

/// One less than 80: some consoles break a line that is full.
const WIDTH: usize = 79;
/// Between columns
const GAP: &str = "  ";
const NUMBERS: [&str; 6] = ["予定", "提出", "未記入", "未提出", "エラー", "注意"];
const LAST: &str = "最終更新";
/// 11月22日 14:03
const MOMENT: usize = 14;

/// The table, and below it what has not been handed in.
pub fn render_text(progress: &Progress, now: Option<Moment>) -> String {
    let numbers: usize = NUMBERS.iter().map(|head| display_width(head) + GAP.len()).sum();
    let most = WIDTH - numbers - GAP.len() - MOMENT;
    let rows = || progress.departments.iter().chain([&progress.total]);
    let names = rows().map(|row| display_width(&row.department)).max().unwrap_or(0);
    let width = names.clamp(display_width("担当課"), most);
    let mut text = line("担当課", width, &NUMBERS.map(str::to_string), LAST);
    for row in rows() {
        let changed = row.last_change.map(Moment::label).unwrap_or_default();
        text.push_str(&line(&row.department, width, &numbers_of(row).map(|number| number.to_string()), &changed));
    }
    text.push_str("\nエラー・注意は、その指摘のある事業の数です。最終更新は日本時間です。\n");
    let deadlines = deadline_lines(progress, now);
    if !deadlines.is_empty() {
        text.push_str(&format!("\n{}\n", deadlines.join("\n")));
    }
    push_open(&mut text, progress);
    for (head, is_blank) in [("未提出の事業", false), ("未記入の事業", true)] {
        let absent: Vec<_> = progress.absent.iter().filter(|absent| absent.is_blank == is_blank).collect();
        if absent.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{head}（{}）\n", absent.len()));
        for absent in absent {
            text.push_str(&item(&format!("{}{}", absent.name, absent.owner())));
        }
    }
    if progress.total.missing == 0 {
        text.push_str("\n未提出の事業はありません。\n");
    }
    text
}

/// How many places each department has left to fill in; nothing where there are none.
fn push_open(text: &mut String, progress: &Progress) {
    if progress.total.open == 0 {
        return;
    }
    text.push_str(&format!("\n未記入の箇所（{}）\n", progress.total.open));
    for row in progress.departments.iter().filter(|row| row.open > 0) {
        text.push_str(&item(&format!("{}　{}か所", row.department, row.open)));
    }
}

/// An item of a list; a long one goes on below itself.
pub(super) fn item(words: &str) -> String {
    let parts = wrap(words, WIDTH - 4);
    let parts = parts.iter().enumerate();
    parts.map(|(index, part)| format!("{}{part}\n", if index == 0 { "  " } else { "    " })).collect()
}

/// In the order of the columns.
pub(super) fn numbers_of(row: &DepartmentProgress) -> [usize; 6] {
    [row.expected(), row.handed_in, row.blank, row.missing, row.with_errors, row.with_warnings]
}

/// A row of the table; a long name goes on below itself.
fn line(name: &str, width: usize, numbers: &[String; 6], last: &str) -> String {
    let mut text = String::new();
    for (index, part) in wrap(name, width).iter().enumerate() {
        let mut drawn = format!("{part}{}", pad(part, width));
        if index == 0 {
            for (number, head) in numbers.iter().zip(NUMBERS) {
                drawn.push_str(&format!("{GAP}{}{number}", pad(number, display_width(head))));
            }
            drawn.push_str(&format!("{GAP}{last}"));
        }
        text.push_str(drawn.trim_end());
        text.push('\n');
    }
    text
}

fn pad(text: &str, width: usize) -> String {
    " ".repeat(width.saturating_sub(display_width(text)))
}
