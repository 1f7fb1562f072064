//! Whatever the text: no panic, every span inside its file and on boundaries; formatting twice is formatting once and
//! changes no meaning.

use jigyo::diagnostic::Diagnostics;
use jigyo::diagnostic::json::render_json;
use jigyo::diagnostic::terminal::{Style, render_terminal};
use jigyo::fmt::format;
use jigyo::load::{Memory, compose_voiced_kana};
use jigyo::pipeline::{Checked, check, view_json};
use jigyo::source::Files;
use jigyo::syntax::parse;

use crate::tools::{sample_texts, small_report};

const STYLE: Style = Style { color: false, ascii: false, width: 80 };

/// Checks a text as each file of a small report would be, and draws every message.
fn survive(text: &str) -> Checked {
    let disk = in_report(text);
    let checked = check(&disk).unwrap();
    for diagnostic in checked.diagnostics.iter() {
        let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.related);
        for label in labels {
            let text = checked.files.get(label.span.file).text();
            assert!(label.span.start <= label.span.end && label.span.end <= text.len(), "{diagnostic:?}");
            assert!(text.is_char_boundary(label.span.start) && text.is_char_boundary(label.span.end), "{diagnostic:?}");
        }
        render_terminal(&checked.files, diagnostic, STYLE);
        render_json(&checked.files, diagnostic, None);
    }
    checked
}

pub(crate) fn in_report(text: &str) -> Memory {
    let name = match jigyo::syntax::file_kind(text) {
        Some(jigyo::syntax::FileKind::Report) => "報告書.jigyo",
        Some(jigyo::syntax::FileKind::Chapter) => "01_章/章.jigyo",
        Some(jigyo::syntax::FileKind::Program) | None => "01_章/一.jigyo",
    };
    small_report().with(name, text)
}

fn formatted(text: &str) -> String {
    let mut files = Files::new();
    // As it comes from the disk.
    let id = files.add("a.jigyo", compose_voiced_kana(text.to_string()));
    let ast = parse(files.get(id), &mut Diagnostics::new());
    format(files.get(id), &ast)
}

/// What a text means: its view, and its messages without their places.
fn meaning(checked: &Checked) -> (String, Vec<String>) {
    let mut messages: Vec<String> =
        checked.diagnostics.iter().map(|d| format!("{} {}", d.code, without_lines(&d.message))).collect();
    messages.sort();
    (view_json(checked, false), messages)
}

/// Line numbers inside a message change when lines move, and it quotes a mark as it is typed.
fn without_lines(message: &str) -> String {
    message.chars().filter(|c| !c.is_ascii_digit()).map(|c| if matches!(c, '〇' | '◯') { '○' } else { c }).collect()
}

fn assert_format_keeps(text: &str) {
    let once = formatted(text);
    let twice = formatted(&once);
    let differing = once.lines().zip(twice.lines()).find(|(a, b)| a != b);
    assert!(twice == once, "formatting twice differs: {differing:?}\n{once}\nfrom {text:?}");
    let (before, after) = (meaning(&survive(text)), meaning(&survive(&once)));
    let first = before.0.lines().zip(after.0.lines()).find(|(a, b)| a != b);
    let (gone, new): (Vec<_>, Vec<_>) = (
        before.1.iter().filter(|m| !after.1.contains(m)).collect(),
        after.1.iter().filter(|m| !before.1.contains(m)).collect(),
    );
    assert!(
        before == after,
        "formatting changed the meaning: {first:?} gone {gone:?} new {new:?}\nof {text}\nto {once}"
    );
}

#[test]
fn every_truncation_of_every_sample() {
    for (_, text) in sample_texts() {
        for (end, _) in text.char_indices() {
            survive(&text[..end]);
        }
    }
}

#[test]
fn every_line_left_out_or_doubled() {
    for (_, text) in sample_texts() {
        let lines: Vec<&str> = text.lines().collect();
        for index in 0..lines.len() {
            let without: Vec<&str> = lines.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, l)| *l).collect();
            assert_format_keeps(&without.join("\n"));
            let mut doubled = lines.clone();
            doubled.insert(index, lines[index]);
            assert_format_keeps(&doubled.join("\n"));
        }
    }
}

/// Pieces that meet the edges of the grammar.
const PIECES: &[&str] = &[
    "【",
    "】",
    "【事業】",
    "【指標】",
    "【メモ】",
    "【事業実績】",
    "【写真】",
    "【なに】",
    "｜",
    "|",
    "│",
    "\t",
    "＋",
    "+",
    "・",
    "･",
    "※",
    "○",
    "↑",
    "—",
    "（",
    "）",
    "(1)",
    "（２）",
    "⑴",
    "：",
    ":",
    "\n",
    "\r",
    "\r\n",
    "\u{b}",
    "\u{2028}",
    "\u{3000}",
    "\u{FEFF}",
    "\u{200B}",
    "\"",
    "0",
    "９",
    ",",
    "，",
    ".",
    "年度",
    "元年度",
    "事業費",
    "担当",
    "確認済：J042　あ",
    "再掲　",
    "𠮷",
    "\u{E000}",
    "\u{FFFD}",
    "葛\u{E0100}",
    "か\u{3099}",
    "ｶﾞ",
    "十",
    "〇〇",
    "調整中",
    "?",
    "#",
    "\\",
    "\0",
];

pub(crate) fn mutate(text: &str, random: &mut fastrand::Rng) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..random.usize(1..4) {
        let at = random.usize(0..=chars.len());
        match random.u8(0..4) {
            0 if at < chars.len() => {
                chars.remove(at);
            }
            1 => {
                let piece = PIECES[random.usize(0..PIECES.len())];
                chars.splice(at..at, piece.chars());
            }
            2 if at < chars.len() => {
                let end = (at + random.usize(0..40)).min(chars.len());
                let part: Vec<char> = chars.drain(at..end).collect();
                let to = random.usize(0..=chars.len());
                chars.splice(to..to, part);
            }
            _ if at < chars.len() => {
                let piece = PIECES[random.usize(0..PIECES.len())];
                chars.splice(at..=at, piece.chars());
            }
            _ => {}
        }
    }
    chars.into_iter().collect()
}

#[test]
fn a_hundred_thousand_random_mutations() {
    let samples = sample_texts();
    let mut random = fastrand::Rng::with_seed(20_200_401);
    for round in 0..100_000 {
        let (_, text) = &samples[random.usize(0..samples.len())];
        let mutated = mutate(text, &mut random);
        // Formatting is the dearer test; each tenth text gets it.
        if round % 10 == 0 && !mutated.contains('\0') {
            assert_format_keeps(&mutated);
        } else {
            survive(&mutated);
        }
    }
}

#[test]
fn random_bytes_are_no_panic() {
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..2_000 {
        let length = random.usize(0..400);
        let mut bytes: Vec<u8> = (0..length).map(|_| random.u8(..)).collect();
        if random.bool() {
            bytes.splice(0..0, "【事業】".bytes());
        }
        let disk = small_report().with("01_章/一.jigyo", bytes);
        check(&disk).unwrap();
    }
}

#[test]
fn a_draft_of_anything_is_made() {
    let samples = sample_texts();
    let mut random = fastrand::Rng::with_seed(3);
    for _ in 0..40 {
        let (_, text) = &samples[random.usize(0..samples.len())];
        let mut mutated = text.clone();
        for _ in 0..5 {
            mutated = mutate(&mutated, &mut random);
        }
        let (checked, built) = crate::tools::build_memory(&in_report(&mutated), true);
        let said: Vec<&str> = checked.diagnostics.iter().map(|d| d.message.as_str()).collect();
        assert!(built.is_some(), "{mutated:?}\n{said:?}");
    }
}
