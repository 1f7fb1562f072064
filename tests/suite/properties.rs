//! Whatever the text: no panic, every span inside its file and on boundaries; formatting twice is formatting once and
//! changes no meaning.

use jigyo::diagnostic::Diagnostics;
use jigyo::diagnostic::github::render_github;
use jigyo::diagnostic::json::render_json;
use jigyo::diagnostic::terminal::{Style, render_terminal};
use jigyo::fmt::format;
use jigyo::load::{Memory, compose_voiced_kana};
use jigyo::pipeline::{Checked, check, view_json};
use jigyo::source::Files;
use jigyo::syntax::{Vocabulary, parse};

use crate::mangle::mutate;
use crate::tools::{sample_texts, small_report};

const STYLE: Style = Style { color: false, ascii: false, width: 80 };

/// Checks a text as each file of a small report would be, and draws every message.
fn survive(text: &str) -> Checked {
    let checked = check(&in_report(text)).unwrap();
    draw_all(&checked);
    checked
}

/// Draws every message; each place is inside its file and on boundaries.
pub(crate) fn draw_all(checked: &Checked) {
    for diagnostic in checked.diagnostics.iter() {
        let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.related);
        for label in labels {
            let text = checked.files.get(label.span.file).text();
            assert!(label.span.start <= label.span.end && label.span.end <= text.len(), "{diagnostic:?}");
            assert!(text.is_char_boundary(label.span.start) && text.is_char_boundary(label.span.end), "{diagnostic:?}");
        }
        render_terminal(&checked.files, diagnostic, STYLE);
        render_json(&checked.files, diagnostic, None);
        render_github(&checked.files, diagnostic, "a");
    }
}

pub(crate) fn in_report(text: &str) -> Memory {
    let name = match jigyo::syntax::file_kind(text) {
        Some(jigyo::syntax::FileKind::Report) => "報告書.jigyo",
        Some(jigyo::syntax::FileKind::Chapter) => "01_章/章.jigyo",
        Some(jigyo::syntax::FileKind::Form) => "様式.jigyo",
        Some(jigyo::syntax::FileKind::Program) | None => "01_章/一.jigyo",
    };
    small_report().with(name, text)
}

fn formatted(text: &str) -> String {
    let mut files = Files::new();
    // As it comes from the disk.
    let id = files.add("a.jigyo", compose_voiced_kana(text.to_string()));
    let ast = parse(files.get(id), &Vocabulary::standard(), &mut Diagnostics::new());
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

pub(crate) fn assert_format_keeps(text: &str) {
    let once = formatted(text);
    let twice = formatted(&once);
    let differing = once.lines().zip(twice.lines()).find(|(a, b)| a != b);
    assert!(twice == once, "formatting twice differs: {differing:?}\n{once}\nfrom {text:?}");
    let (before, after) = (meaning(&survive(text)), meaning(&survive(&once)));
    let first = before.0.lines().zip(after.0.lines()).find(|(a, b)| a != b);
    // What there is more of on one side than on the other.
    let more = |these: &[String], those: &[String]| {
        let mut left = these.to_vec();
        for one in those {
            if let Some(place) = left.iter().position(|other| other == one) {
                left.remove(place);
            }
        }
        left
    };
    let (gone, new) = (more(&before.1, &after.1), more(&after.1, &before.1));
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

/// What mutation and fuzzing found: each was mended.
#[test]
fn texts_whose_formatting_once_differed() {
    for text in [
        "【章】あ\n【取組の概要】\nあ。\n【構成】\n一\n再掲：",
        "【章】あ\n【取組の概要】\nあ。\n【構成】\n一\n再掲",
        "【事業】あ\n【指標】\n参加者数\u{2028}↑｜9名｜8名\n人数｜9名\u{2028}↑｜↑\u{2028}8名\n",
        "【事業】あ\n【指標】\n参加者数｜9名｜8名\n人数｜同上\u{2028}あ｜↑\n＋｜↑\u{2028}8名｜\n",
        "\u{2028}\u{2028}\n【章】人材の育成と確保",
        "【事業】あ\n【指標】名\"\t\"R3年3月\n7名\"",
        "【章】あ\n【取組の概要】\n○　○印の店の支援\nう。\n",
        "【章】あ\n【取組の概要】\n○　名の知れた店\nう。\n",
        "【事業】あ\n【指標】\n参加者数｜9名｜8名\n＋｜あ｜い｜う\u{2028}え\n",
        "【事業】あ\n【指標】\n参加者数｜9名｜8名\n人数｜↑\u{b}1名｜8名\n",
        "【事業】あ\n【指標】\n開催数。\n\n\t\"R3年3月\n7名\"\n",
        "【事業】あ\n【指標】\n項目名｜延べ12回｜　\n九\t8名\t　\n+あ｜中止｜上\u{b}中止\n",
    ] {
        assert_format_keeps(text);
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
