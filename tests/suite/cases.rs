//! Cases of `tests/cases/check` and the pages of `report explain`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jigyo::diagnostic::terminal::{Style, render_terminal};
use jigyo::diagnostic::{Code, Severity};
use jigyo::load::Memory;
use jigyo::pipeline::{Checked, check};

use crate::run::run;
use crate::tools::{assert_expected, check_folder, folders_in, found, root, small_report};

/// Codes that only a failing template gives: their cases are in `page.rs`.
const OF_THE_TEMPLATE: &[Code] = &[Code::J080, Code::J082];

#[test]
fn every_case_gives_what_is_expected() {
    for case in folders_in(&root().join("tests/cases/check")) {
        let ran = run(&case, &["check", ".", "--all", "--color", "never"]).prints_nothing();
        assert_expected(&case.join("expected.txt"), ran.stderr());
        assert_eq!(ran.is_success(), !ran.stderr().contains("] エラー "), "{}: {ran}", case.display());
    }
}

#[test]
fn every_code_has_a_case_that_shows_it() {
    let mut shown = BTreeSet::new();
    for case in folders_in(&root().join("tests/cases/check")) {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let checked = check_folder(&case);
        let codes: BTreeSet<Code> = checked.diagnostics.iter().map(|d| d.code).collect();
        match name.split('_').next().unwrap().parse::<Code>() {
            Ok(code) => assert!(codes.contains(&code) || name.contains("silenced"), "{name} does not show its code"),
            Err(()) if name.starts_with("clean_") => assert_eq!(found(&checked), Vec::<String>::new(), "{name}"),
            Err(()) => {}
        }
        shown.extend(codes);
    }
    for code in Code::ALL.iter().filter(|code| !OF_THE_TEMPLATE.contains(code)) {
        assert!(shown.contains(code), "{code} has no case");
    }
}

#[test]
fn messages_fit_a_terminal_of_eighty_columns() {
    let style = Style { color: false, ascii: false, width: 80 };
    for case in folders_in(&root().join("tests/cases/check")) {
        let checked = check_folder(&case);
        for diagnostic in checked.diagnostics.iter() {
            for line in render_terminal(&checked.files, diagnostic, style).lines() {
                let width = jigyo::diagnostic::display_width(line);
                assert!(width <= 80, "{}: {width} columns: {line}", case.display());
            }
        }
    }
}

#[test]
fn every_code_has_a_page_whose_examples_are_true() {
    for code in Code::ALL {
        let page = code.page();
        let title = format!("# {code}　{}（{}）", code.title(), code.severity().label());
        assert!(page.starts_with(&title), "{code}: the page does not begin with {title}");
        for heading in ["どういうことか", "なぜ直すのか", "例", "こう書く"] {
            assert!(page.lines().any(|line| line == heading), "{code}: {heading} is missing");
        }
        let blocks = jigyo_blocks(page);
        if let [wrong, right] = blocks.as_slice() {
            let report = |block| with_tables(with_block(block), page);
            let codes: Vec<Code> = faults(&check(&report(wrong)).unwrap(), *code);
            assert_eq!(codes, [*code], "{code}: the example");
            let codes: Vec<Code> = faults(&check(&report(right)).unwrap(), *code);
            assert_eq!(codes, Vec::<Code>::new(), "{code}: what to write instead");
        } else {
            assert!(blocks.is_empty(), "{code}: one example and one right text, or none");
        }
    }
}

/// Every message but 参考 of other codes.
fn faults(checked: &Checked, of: Code) -> Vec<Code> {
    checked.diagnostics.iter().filter(|d| d.severity != Severity::Info || d.code == of).map(|d| d.code).collect()
}

/// Blocks between ```` ```jigyo ```` and ```` ``` ````.
pub(crate) fn jigyo_blocks(page: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    for line in page.lines() {
        match (&mut open, line) {
            (None, "```jigyo") => open = Some(String::new()),
            (Some(_), "```") => blocks.extend(open.take()),
            (Some(block), line) => {
                block.push_str(line);
                block.push('\n');
            }
            (None, _) => {}
        }
    }
    blocks
}

/// The report with the page's CSV files (```` ```csv 台帳.csv ````) beside it; its head names them, unless the page shows the
/// head.
fn with_tables(mut disk: Memory, page: &str) -> Memory {
    for block in page.split("```csv ").skip(1) {
        let (name, text) = block.split_once('\n').unwrap();
        disk.insert(name, text.split("```").next().unwrap());
        let head = String::from_utf8(disk.get("報告書.jigyo").unwrap().to_vec()).unwrap();
        if !page.contains("【報告書】") {
            disk.insert("報告書.jigyo", format!("{head}{}：{name}\n", name.trim_end_matches(".csv")));
        }
        // The example is all that the ledger knows.
        if name == "台帳.csv" {
            disk.remove("01_章/一.jigyo");
        }
    }
    disk
}

/// A report without a fault but for the block: a whole file, or sections of a program.
pub(crate) fn with_block(block: &str) -> Memory {
    let mut disk = with_last_year(small_report());
    if block.trim_start().starts_with("【報告書】") {
        disk.insert("報告書.jigyo", block);
    } else if block.trim_start().starts_with("【章】") {
        disk.insert("01_章/章.jigyo", block);
    } else if is_section(block) {
        let mut text = "【事業】例\n事業費：1千円\n担当：監理課\n\n".to_string();
        for required in ["【事業概要】", "【事業実績】", "【指標】"] {
            if !block.contains(required) {
                let body = if required == "【指標】" { "回数｜1回｜2回" } else { "研修を行った。" };
                text.push_str(&format!("{required}\n{body}\n\n"));
            }
        }
        disk.insert("01_章/例.jigyo", text + block);
    } else {
        disk.insert("01_章/例.jigyo", block);
    }
    disk
}

/// The report with a 前年度, in which 例 had a row and a text of its own, and ended: a block may be another file.
fn with_last_year(disk: Memory) -> Memory {
    let head = "【報告書】令和2年度報告書\n年度：令和2年度\n発行日：令和3年9月1日\n前年度：../令和元年度\n";
    let program = "【事業】例\n事業費：3,254千円\n区分：終了\n担当：監理課\n【事業概要】\n相談を受ける。\n【事業実績】\n窓口を月に二度開き、就職についての相談を受けた。\n【指標】\n相談会の参加者数｜40名｜58名\n";
    disk.with("報告書.jigyo", head)
        .with("../令和元年度/報告書.jigyo", "【報告書】令和元年度報告書\n年度：令和元年度\n発行日：令和2年9月1日\n")
        .with("../令和元年度/01_章/章.jigyo", "【章】人材の育成\n")
        .with("../令和元年度/01_章/例.jigyo", program)
}

fn is_section(block: &str) -> bool {
    [
        "【事業概要】",
        "【事業実績】",
        "【指標】",
        "【成果】",
        "【課題】",
        "【今後の方向】",
        "【事例】",
        "【写真】",
        "【メモ】",
    ]
    .iter()
    .any(|name| block.trim_start().starts_with(name))
}

#[test]
fn explain_prints_the_page() {
    let here = Path::new(".");
    assert_eq!(run(here, &["explain", "j024"]).succeeds().says_nothing().stdout(), Code::J024.page());
    run(here, &["explain"]).succeeds().prints_lines(Code::ALL.len()).says_nothing();
    run(here, &["explain", "J999"]).refuses().prints_nothing().says("J999");
}

#[test]
fn no_case_is_a_leftover() {
    for case in folders_in(&root().join("tests/cases/check")) {
        assert!(fs::exists(case.join("expected.txt")).unwrap(), "{} expects nothing", case.display());
    }
}
