//! Reports made by the grammar, with every mark in every place: formatting adds no message and leaves the view; certain
//! mends add no message and lose no word.
//!
//! A fixed number in every run; more with `RANDOM_REPORTS=1000000 MUTATION_SEED=7` as in `mutation`.

use std::collections::BTreeMap;
use std::ops::Range;

use jigyo::diagnostic::{Diagnostic, Edit, Severity};
use jigyo::load::{Memory, decode, rewrite};
use jigyo::pipeline::{Checked, check, view_json};

use crate::mangle::{encode, pick};
use crate::mutation::{number, run_all};
use crate::properties::{assert_format_keeps, draw_all};

type Random = fastrand::Rng;

const USUAL_CASES: u64 = 10_000;

const LABELS: &[&str] = &[
    "参加者数",
    "県内の参加者数",
    "十",
    "九",
    "八",
    "↑",
    "",
    "　",
    "うち女性",
    "（１）受講者数",
    "項目名",
    "令和元年度",
    "Ａ Ｂ Ｄ研修",
    "受講者ー58名ー22名",
    "【注】",
    "●",
    "セミナー　1回　2回",
];

const CELLS: &[&str] = &[
    "1名",
    "3名",
    "1,234人",
    "延べ12回",
    "↑",
    "↑",
    "同上",
    "〃",
    "上",
    "",
    "　",
    "—",
    "ー",
    "中止",
    "11月　67名",
    "○名",
    "未記入",
    "131.5％",
    "\"",
    "十",
];

const PROSE: &[&str] = &[
    "説明会を行った。",
    "○印の店の支援",
    "名の知れた店",
    "●",
    "○○",
    "十",
    "＋",
    "・",
    "※",
    "（２）",
    "【事業】ではない",
    "N P O と進めた。",
    "\u{F0B7}講習",
    "研修\u{F06C}講習",
    "再掲　一",
    "担当：監理課",
    "か\u{3099}く",
    "１．はじめに",
    "月間の目標",
    "|",
    "令和2年度に7回行った。",
];

const MARKS: &[&str] = &[
    "",
    "",
    "○",
    "○　",
    "（１）",
    "（２）",
    "⑴",
    "・",
    "・　",
    "･",
    "※",
    "※　",
    "＋",
    "+　",
    "　",
    "\t",
    "\u{F0B7}",
    "十",
];

const BREAKS: &[&str] = &["\u{b}", "\u{2028}"];

const BARS: &[&str] = &["｜", "｜", "｜", "|", "│", "\t", "　｜　"];

fn sentence(random: &mut Random) -> String {
    let mut text = pick(MARKS, random).to_string();
    text += *pick(PROSE, random);
    for _ in 0..random.usize(..2) {
        text += *pick(if random.u8(..3) == 0 { BREAKS } else { MARKS }, random);
        text += *pick(PROSE, random);
    }
    text
}

fn cell(random: &mut Random) -> String {
    let mut text = pick(CELLS, random).to_string();
    if random.u8(..6) == 0 {
        text += *pick(BREAKS, random);
        text += *pick(CELLS, random);
    }
    text
}

fn row(random: &mut Random) -> String {
    let mark = *pick(&["", "", "", "・", "　・", "＋", "＋", "+", "十"], random);
    let label = if mark == "＋" && random.bool() { "" } else { *pick(LABELS, random) };
    let count = *pick(&[0, 1, 2, 2, 2, 2, 3, 4], random);
    let bar = *pick(BARS, random);
    let cells: Vec<String> = (0..count).map(|_| cell(random)).collect();
    std::iter::once(format!("{mark}{label}")).chain(cells).collect::<Vec<_>>().join(bar)
}

fn lines(count: Range<usize>, random: &mut Random, mut line: impl FnMut(&mut Random) -> String) -> String {
    (0..random.usize(count)).map(|_| line(random) + "\n").collect()
}

fn program(name: &str, random: &mut Random) -> String {
    let mut text = format!("【事業】{name}\n事業費：{}千円\n担当：監理課\n", random.u16(..));
    text += &format!("【事業概要】\n研修を行う。\n{}", lines(0..3, random, sentence));
    text += &format!("【事業実績】\n（１）研修を行った。\n{}", lines(0..5, random, sentence));
    for _ in 0..random.usize(1..3) {
        text += "【指標】\n";
        if random.bool() {
            text += "参加者数｜10名｜20名\n";
        }
        text += &lines(1..7, random, |random| if random.u8(..8) == 0 { sentence(random) } else { row(random) });
    }
    if random.u8(..4) == 0 {
        text += &format!("【メモ】控え\n{}", lines(0..4, random, row));
    }
    text
}

fn with_line_ends(text: String, random: &mut Random) -> Vec<u8> {
    let text = if random.u8(..4) == 0 { text.replace('\n', "\r\n") } else { text };
    if random.u8(..8) == 0 { encode(&text, random) } else { text.into_bytes() }
}

fn random_report(seed: u64) -> Memory {
    let mut random = Random::with_seed(seed);
    let random = &mut random;
    let mut disk = Memory::new().with("報告書.jigyo", "【報告書】報告書\n年度：令和2年度\n発行日：令和3年9月1日\n");
    let names = ["一", "二", "三"];
    let mut at = 0;
    for (folder, title) in [("01_章", "人材の育成"), ("02_章", "産業の振興")].into_iter().take(random.usize(1..3))
    {
        let own: Vec<&str> = names.into_iter().skip(at).take(random.usize(1..3)).collect();
        at += own.len();
        let mut chapter = format!("【章】{title}\n【取組の概要】\n取り組んだ。\n{}", lines(0..4, random, sentence));
        if random.bool() {
            chapter += "【構成】\n";
            chapter += &own.iter().map(|name| format!("{name}\n")).collect::<String>();
            chapter += &lines(0..3, random, |random| format!("再掲　{}", pick(&names, random)));
        }
        disk.insert(format!("{folder}/章.jigyo"), with_line_ends(chapter, random));
        for name in own {
            let text = program(name, random);
            disk.insert(format!("{folder}/{name}.jigyo"), with_line_ends(text, random));
        }
    }
    disk
}

fn judge(disk: &Memory, seed: u64) {
    let checked = check(disk).unwrap();
    draw_all(&checked);
    judge_mends(disk, &checked);
    let texts: Vec<String> = disk.paths().filter_map(|path| decode(disk.get(path)?).ok()).collect();
    assert_format_keeps(&texts[seed as usize % texts.len()]);
}

/// After the certain mends of a file: no message that was not there, and every word and figure as often as before.
fn judge_mends(disk: &Memory, checked: &Checked) {
    let mut by_file: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    for edit in checked.diagnostics.certain_edits() {
        by_file.entry(checked.files.get(edit.span.file).path()).or_default().push(edit);
    }
    for (path, edits) in by_file {
        let ranges: Vec<(Range<usize>, &str)> =
            edits.iter().map(|edit| (edit.span.start..edit.span.end, edit.replacement.as_str())).collect();
        let Some(Ok(bytes)) = disk.get(path).map(|bytes| rewrite(bytes, &ranges)) else { continue };
        let after = check(&disk.clone().with(path, bytes)).unwrap();
        let mended: Vec<usize> =
            edits.iter().map(|edit| checked.files.get(edit.span.file).position(edit.span.start).line).collect();
        let mut left = said(checked, path, &mended);
        for message in said(&after, path, &mended) {
            let place = left.iter().position(|other| *other == message);
            assert!(place.is_some(), "{path}: {edits:?} adds {message}");
            left.swap_remove(place.unwrap());
        }
        let (old, new) = (printed(checked), printed(&after));
        // A row that could not be read printed nothing of a continuation with values; it does once it can be.
        let errors = checked.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        let reads_more = errors.into_iter().any(|error| checked.files.get(error.primary.span.file).path() == path);
        let is_lost = |(c, count): (&char, &usize)| new.get(c).is_none_or(|other| other < count);
        assert!(if reads_more { !old.iter().any(is_lost) } else { old == new }, "{path}: {edits:?} {old:?} {new:?}");
    }
}

/// Every message; of a mended line without its words, which may quote what was mended.
fn said(checked: &Checked, path: &str, mended: &[usize]) -> Vec<String> {
    let one = |diagnostic: &Diagnostic| {
        let file = checked.files.get(diagnostic.primary.span.file);
        let line = file.position(diagnostic.primary.span.start).line;
        let is_mended = file.path() == path && mended.contains(&line);
        let words = if is_mended { "" } else { &diagnostic.message };
        format!("{} {line} {} {words}", file.path(), diagnostic.code)
    };
    checked.diagnostics.iter().map(one).collect()
}

/// How often each character is printed, but for the marks that a mend changes, the brackets of a number, and a hole. What `quantities` says
/// again of a cell's text is left out: a row that could not be read has none before its mend.
fn printed(checked: &Checked) -> BTreeMap<char, usize> {
    fn collect(value: &serde_json::Value, found: &mut BTreeMap<char, usize>) {
        match value {
            serde_json::Value::String(text) => {
                let is_word = |c: &char| !c.is_whitespace() && (c.is_ascii_digit() || !c.is_ascii());
                let is_mark = |c: &char| "十＋同上〃↑ー・●■〓（）".contains(*c) || ('\u{E000}'..'\u{F8FF}').contains(c);
                for c in text.chars().filter(is_word).filter(|c| !is_mark(c)) {
                    *found.entry(c).or_default() += 1;
                }
            }
            serde_json::Value::Array(list) => list.iter().for_each(|value| collect(value, found)),
            serde_json::Value::Object(map) => {
                map.iter().filter(|(key, _)| *key != "quantities").for_each(|(_, value)| collect(value, found));
            }
            serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
        }
    }
    let mut found = BTreeMap::new();
    collect(&serde_json::from_str(&view_json(checked, false)).unwrap(), &mut found);
    found
}

#[test]
fn formatting_and_certain_mends_change_nothing_else() {
    run_all(number("RANDOM_REPORTS", USUAL_CASES), USUAL_CASES, random_report, judge);
}
