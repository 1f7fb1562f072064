//! README and guide: their blocks are run.

use std::fs;

use jigyo::load::Memory;
use jigyo::model::Amount;
use jigyo::pipeline::check;

use crate::cases::{jigyo_blocks, with_block};
use crate::run::run;
use crate::running::Running;
use crate::tools::{copy_folder, found, root};

const DOCUMENTS: &[&str] = &["README.md", "docs/guide.ja.md", "docs/language.md"];

#[test]
fn every_text_of_the_language_is_clean() {
    let mut count = 0;
    for document in DOCUMENTS {
        let text = fs::read_to_string(root().join(document)).unwrap();
        for block in jigyo_blocks(&text) {
            assert_eq!(found(&check(&with_block(&block)).unwrap()), Vec::<String>::new(), "{document}:\n{block}");
            count += 1;
        }
    }
    assert!(count >= 3, "the documents show the language");
}

#[test]
fn every_command_of_the_guide_works() {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(root().join("docs/guide.ja.md")).unwrap();
    let mut open = false;
    let mut count = 0;
    for line in text.lines() {
        if line.starts_with("```") {
            open = line == "```console";
        } else if let Some(command) = line.strip_prefix("> report ").filter(|_| open) {
            let arguments: Vec<&str> = command.split_whitespace().collect();
            count += 1;
            // Each in a copy of its own: a form that `new` made is an error to the others.
            let tutorial = folder.path().join(count.to_string()).join("tutorial");
            copy_folder(&root().join("reports/tutorial"), &tutorial);
            if let ["diff", old, ..] = arguments[..] {
                copy_folder(&root().join("reports/tutorial"), &tutorial.join(old));
            }
            if matches!(arguments.first(), Some(&"watch" | &"preview")) {
                let running = Running::start(&[&arguments[..], &["--no-open"]].concat(), &tutorial);
                running.wait_for("ミリ秒", 0);
                continue;
            }
            // What it says is the guide's to tell.
            let ran = run(&tutorial, &arguments).succeeds().never_says("panicked");
            assert!(!ran.stdout().is_empty() || !ran.stderr().is_empty() || arguments[0] == "fmt", "{ran}");
        }
    }
    assert!(count >= 4, "the guide shows its commands");
}

/// Texts between ```` ```text ```` and ```` ``` ````.
fn text_blocks(page: &str) -> Vec<String> {
    jigyo_blocks(&page.replace("```jigyo", "```other").replace("```text", "```jigyo"))
}

/// Changes one text of the copied tutorial.
fn edit(folder: &std::path::Path, name: &str, from: &str, to: &str) {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{name} has no {from}");
    fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn every_other_block_of_the_guide_is_true() {
    let folder = tempfile::tempdir().unwrap();
    let tutorial = folder.path().join("tutorial");
    copy_folder(&root().join("reports/tutorial"), &tutorial);
    let guide = fs::read_to_string(root().join("docs/guide.ja.md")).unwrap();
    let (mut case, mut form, mut output, mut tree, mut order, mut summary) = (0, 0, 0, 0, 0, 0);
    for block in text_blocks(&guide) {
        if block.starts_with("【事例】") {
            let file = tutorial.join("02_観光と交流/見本.jigyo");
            fs::write(&file, crate::tools::program("見本").replace("】見本\n", "】見本\nよみ：みほん\n") + &block)
                .unwrap();
            assert_eq!(found(&crate::tools::check_folder(&tutorial)), Vec::<String>::new(), "{block}");
            fs::remove_file(file).unwrap();
            case += 1;
        } else if block.starts_with("【予算の執行状況】") {
            let head = "【報告書】令和6年度 主要施策の成果\n年度：令和6年度\n発行：みなと県\n発行日：令和7年9月1日\n様式：主要施策の成果\n";
            let program = "【事業】相談窓口\n事業番号：1\n予算科目：2款\n担当：企画課\n【目的】\n相談に応じる。\n【実施状況】\n窓口を開いた。\n";
            let disk = Memory::new().with("報告書.jigyo", head).with("01_章/章.jigyo", "【章】暮らし\n");
            let checked = check(&disk.with("01_章/相談窓口.jigyo", format!("{program}{block}"))).unwrap();
            assert_eq!(found(&checked), Vec::<String>::new(), "{block}");
            assert_eq!(checked.report.printed_programs().next().unwrap().1.amount, Some(Amount::Value(2_323)));
            form += 1;
        } else if block.starts_with("[J023]") {
            edit(&tutorial, "01_港と産業/コンテナ航路誘致事業.jigyo", "｜19社｜24社", "｜19社｜");
            let ran = run(&tutorial, &["check", "--ascii"]).fails().prints_nothing();
            assert!(ran.stderr().starts_with(&block), "{ran}");
            output += 1;
        } else if block.starts_with("【構成】") {
            for name in block.lines().skip(1).map(|line| line.trim_start_matches("再掲　")) {
                let stems = crate::tools::files_below(&tutorial);
                assert!(stems.iter().any(|path| path.file_stem().is_some_and(|stem| stem == name)), "{name}");
            }
            order += 1;
        } else if block.contains("エラー ") {
            // The fault of the output above is still there; a 確認済 less makes the 注意.
            edit(&tutorial, "02_観光と交流/4_観光ボランティア紹介事業.jigyo", "確認済：J044", "旧名称：かんこう");
            run(&tutorial, &["check", "--ascii"]).fails().prints_nothing().says(&block);
            summary += 1;
        } else {
            for name in block.lines().skip(1).filter_map(|line| line.split_whitespace().next()) {
                let name = name.trim_end_matches('/');
                let is_there = crate::tools::files_below(&tutorial)
                    .iter()
                    .any(|path| path.components().any(|part| part.as_os_str() == name));
                assert!(is_there || name == "out", "{name}");
            }
            tree += 1;
        }
    }
    assert_eq!((case, form, output, tree, order, summary), (1, 1, 1, 1, 1, 1));
}

/// The commands of a fresh machine: the builds are run here, and `cargo test` is this run.
#[test]
fn the_commands_of_the_readme_work() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("a.pdf");
    let mut builds = 0;
    for line in text.lines() {
        let Some(command) = line.strip_prefix("cargo run --release -- ") else { continue };
        let arguments = command.split('#').next().unwrap().split_whitespace();
        let arguments: Vec<&str> = arguments.chain(["-o", target.to_str().unwrap()]).collect();
        run(&root(), &arguments).succeeds().prints_nothing().says("を作りました");
        assert!(fs::read(&target).unwrap().starts_with(b"%PDF"));
        builds += 1;
    }
    assert_eq!(builds, 1);
    assert!(text.lines().any(|line| line.starts_with("cargo test")));
}
