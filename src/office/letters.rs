//! Each department's own messages as a text that can be sent as it is: for Notepad, with its mark and its line ends.

use std::collections::{BTreeMap, BTreeSet};

use super::{Absent, Progress, UNDECIDED};
use crate::diagnostic::{Diagnostic, HERE_TOO, Severity};
use crate::pipeline::Checked;

/// How every letter begins, behind the mark of UTF-8.
const OPENING: &str = "\u{FEFF}【指摘の一覧】";
const PREFIX: &str = "指摘_";
const ENDING: &str = ".txt";
/// Of a department's name; Windows allows 255 in a name and 260 in a whole path.
const LONGEST_NAME: usize = 60;
/// Of a line of a manuscript: what stands before its fault, and the whole.
const BEFORE: usize = 30;
const LONGEST_LINE: usize = 100;

/// A text for one department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Safe on every system; no two are alike.
    pub file_name: String,
    pub text: String,
}

/// The letters of all departments that have a message or a program not handed in. 参考 only with `all`.
pub fn write_letters(checked: &Checked, progress: &Progress, report: &str, all: bool) -> Vec<Letter> {
    let mut messages: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in checked.diagnostics.iter().filter(|d| all || d.severity != Severity::Info) {
        messages.entry(checked.department_of(diagnostic).unwrap_or(UNDECIDED)).or_default().push(diagnostic);
    }
    let mut absent: BTreeMap<&str, Vec<&Absent>> = BTreeMap::new();
    for one in &progress.absent {
        absent.entry(&one.department).or_default().push(one);
    }
    let departments: BTreeSet<&str> = messages.keys().chain(absent.keys()).copied().collect();
    let mut taken = BTreeSet::new();
    departments
        .into_iter()
        .map(|department| {
            let own = messages.get(department).map_or(&[][..], Vec::as_slice);
            let missing = absent.get(department).map_or(&[][..], Vec::as_slice);
            let text = write_letter(checked, progress, report, department, own, missing);
            Letter { file_name: file_name(department, &mut taken), text }
        })
        .collect()
}

fn write_letter(
    checked: &Checked,
    progress: &Progress,
    report: &str,
    department: &str,
    messages: &[&Diagnostic],
    absent: &[&Absent],
) -> String {
    let count = |severity| messages.iter().filter(|message| message.severity == severity).count();
    let mut text = opening(progress, report, department);
    let infos = match count(Severity::Info) {
        0 => String::new(),
        infos => format!("、参考 {infos} 件"),
    };
    text.push_str(&format!("エラー {} 件、注意 {} 件{infos}\n", count(Severity::Error), count(Severity::Warning)));
    if count(Severity::Error) > 0 {
        text.push_str("\nエラーは、直すまで報告書を作れません。\n");
    }
    if count(Severity::Warning) > 0 {
        text.push_str("\n注意は、見直してください。このままでよい注意は、「直し方」にある「確認済」の行に理由を添えて書けば出なくなります。\n");
    }
    for (index, message) in messages.iter().enumerate() {
        text.push_str(&write_message(checked, index + 1, message));
    }
    for (head, is_blank) in [("提出されていない事業", false), ("まだ記入されていない事業", true)]
    {
        let names: Vec<&str> =
            absent.iter().filter(|one| one.is_blank == is_blank).map(|one| one.name.as_str()).collect();
        if !names.is_empty() {
            text.push_str(&format!("\n■{head}（{}）\n", names.len()));
            names.iter().for_each(|name| text.push_str(&format!("・{name}\n")));
        }
    }
    finished(&text)
}

/// What a department reads that had a letter before and has nothing to fix now.
pub fn clean_letter(progress: &Progress, report: &str, department: &str) -> String {
    finished(&format!("{}指摘はありません。\n", opening(progress, report, department)))
}

fn opening(progress: &Progress, report: &str, department: &str) -> String {
    let row = progress.departments.iter().find(|row| row.department == department);
    let deadline = row.map_or(progress.deadline, |row| row.deadline);
    let deadline = deadline.map(|date| format!("締切：{}\n", date.label())).unwrap_or_default();
    format!("{OPENING}{department}\n報告書：{}（フォルダー「{report}」）\n{deadline}", progress.title)
}

fn finished(text: &str) -> String {
    text.replace('\n', "\r\n")
}

fn write_message(checked: &Checked, number: usize, message: &Diagnostic) -> String {
    let span = message.primary.span;
    let file = checked.files.get(span.file);
    let level = message.severity.label();
    let mut text = format!("\n{number}　{level}［{}］　{}", message.code, file.path());
    let is_whole_file = span.start == 0 && span.end == 0;
    if !is_whole_file {
        text.push_str(&format!("　{}行目", file.position(span.start).line));
    }
    text.push('\n');
    let range = file.line_range(file.line_index(span.start));
    let line = excerpt(file.text().get(range.clone()).unwrap_or(""), span.start.saturating_sub(range.start));
    if !is_whole_file && !line.is_empty() {
        text.push_str(&format!("　　原稿　：{line}\n"));
    }
    let others = message.related.iter().filter(|label| label.text == HERE_TOO);
    let others: Vec<String> = others.map(|label| format!("{}行目", file.position(label.span.start).line)).collect();
    if !others.is_empty() {
        text.push_str(&format!("　　ほかに：{}\n", others.join("、")));
    }
    text.push_str(&format!("　　指摘　：{}\n", message.message.replace('\n', " ")));
    if let Some(help) = &message.help {
        text.push_str(&format!("　　直し方：{}\n", help.replace('\n', "\n　　　　　　")));
    }
    text
}

/// The line, or what stands around the byte `at` where it is long.
fn excerpt(line: &str, at: usize) -> String {
    let shown = |c: char| if c.is_control() || c == '\u{2028}' { ' ' } else { c };
    let before = line.get(..at).map_or(0, |before| before.chars().count());
    let length = line.chars().count();
    let start = if length <= LONGEST_LINE { 0 } else { before.saturating_sub(BEFORE) };
    let mut text: String = line.chars().skip(start).take(LONGEST_LINE).map(shown).collect();
    if start > 0 {
        text.insert(0, '…');
    }
    if start + LONGEST_LINE < length {
        text.push('…');
    }
    text.trim().to_string()
}

/// A name that Windows takes. Behind the prefix no name is one of its devices; without points none ends in one.
fn file_name(department: &str, taken: &mut BTreeSet<String>) -> String {
    let safe = |c: char| if c.is_control() || r#"\/:*?"<>|."#.contains(c) { '_' } else { c };
    let name: String = department.chars().map(safe).take(LONGEST_NAME).collect();
    let name = name.trim();
    let mut file_name = format!("{PREFIX}{name}{ENDING}");
    let mut number = 2;
    // Windows does not tell A from a.
    while !taken.insert(file_name.to_lowercase()) {
        file_name = format!("{PREFIX}{name}_{number}{ENDING}");
        number += 1;
    }
    file_name
}

/// Whether a file's name is one that letters have.
pub fn is_letter_name(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(ENDING)
}

/// The department that a letter of an earlier run is for; nothing for a file that is no letter of ours.
pub fn addressee(bytes: &[u8]) -> Option<&str> {
    let first = bytes.split(|byte| *byte == b'\r').next()?;
    std::str::from_utf8(first).ok()?.strip_prefix(OPENING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_safe_and_differ() {
        let mut taken = BTreeSet::new();
        let mut name = |department: &str| file_name(department, &mut taken);
        assert_eq!(name("労政・能力開発課"), "指摘_労政・能力開発課.txt");
        assert_eq!(name("CON"), "指摘_CON.txt");
        assert_eq!(name("con"), "指摘_con_2.txt");
        assert_eq!(name(r#"a\b/c:d*e?f"g<h>i|j. "#), "指摘_a_b_c_d_e_f_g_h_i_j_.txt");
        assert_eq!(name(&"課".repeat(500)).chars().count(), 60 + 7);
        assert!(is_letter_name("指摘_課.txt") && !is_letter_name("課.txt"));
    }

    #[test]
    fn a_long_line_is_shown_around_its_fault() {
        let line = "あ".repeat(500);
        let text = excerpt(&line, 600);
        assert!(text.starts_with('…') && text.ends_with('…') && text.chars().count() == 102, "{text}");
        assert_eq!(excerpt("　事業費：\t1", 0), "事業費： 1");
    }

    #[test]
    fn a_letter_is_known_again() {
        let progress = Progress {
            title: "報告書".to_string(),
            departments: Vec::new(),
            total: super::super::DepartmentProgress::default(),
            absent: Vec::new(),
            programs: Vec::new(),
            deadline: None,
        };
        let text = clean_letter(&progress, "r2", "監理課");
        assert_eq!(addressee(text.as_bytes()), Some("監理課"));
        assert!(text.ends_with("\r\n指摘はありません。\r\n"));
        assert_eq!(addressee("【指摘の一覧】監理課\r\n".as_bytes()), None);
    }
}
