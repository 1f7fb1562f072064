//! Any bytes as the files of a small report: the whole check, the view of its draft, every message drawn.
//!
//! A line `=== PATH` begins the next file; what stands before the first one is a program. Files that the input does not
//! name are those of a small report without a fault.

#![no_main]

use jigyo::diagnostic::terminal::{Style, render_terminal};
use jigyo::load::Memory;
use jigyo::pipeline::{check, view_json};
use libfuzzer_sys::fuzz_target;

const STYLE: Style = Style { color: false, ascii: false, width: 80 };

fuzz_target!(|bytes: &[u8]| {
    let checked = check(&report(bytes)).expect("a folder in memory can be read");
    for diagnostic in checked.diagnostics.iter() {
        for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.related) {
            let text = checked.files.get(label.span.file).text();
            assert!(text.get(label.span.start..label.span.end).is_some(), "{diagnostic:?}");
        }
        render_terminal(&checked.files, diagnostic, STYLE);
    }
    view_json(&checked, true);
});

fn report(bytes: &[u8]) -> Memory {
    let mut disk = Memory::new()
        .with("報告書.jigyo", "【報告書】令和2年度報告書\n年度：令和2年度\n発行：県\n発行日：R3.9.1\n")
        .with("01/章.jigyo", "【章】人材の育成\n");
    let mut name = "01/一.jigyo".to_string();
    let mut body: Vec<u8> = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_prefix(b"=== ").map(|path| std::str::from_utf8(path).unwrap_or("01/二.jigyo").trim()) {
            Some(path) => {
                disk.insert(std::mem::replace(&mut name, path.to_string()), std::mem::take(&mut body));
            }
            None => body.extend(line),
        }
    }
    disk.insert(name, body);
    disk
}
