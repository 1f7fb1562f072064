//! Speed of the stages inside the program, on the real chapter and on many copies of it.
//!
//! `cargo bench` prints the figures. Whole processes, side by side with the plain typesetter, are measured by
//! `benches/side_by_side.py`.

use std::fs;
use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::BytesCount;
use jigyo::diagnostic::{Diagnostics, Severity};
use jigyo::export::{Encoding, csv_files, json};
use jigyo::form::read_form;
use jigyo::load::Memory;
use jigyo::pipeline::{BuildOptions, build, check, view_json};
use jigyo::source::Files;
use jigyo::syntax::{Vocabulary, parse};
use jigyo::typeset::Template;

fn main() {
    divan::main();
}

fn chapter() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/aomori-r2")
}

/// The real chapter as `copies` chapters, names and IDs made different.
fn copies(copies: usize) -> Memory {
    let mut disk = Memory::new();
    let folder = chapter();
    let report = fs::read_to_string(folder.join("報告書.jigyo")).expect("the sample is there");
    let head = report.split("【構成】").next().unwrap_or("");
    // The chapters alone
    let head = head.lines().filter(|line| !line.starts_with("前付") && !line.starts_with("後付"));
    disk.insert("報告書.jigyo", head.map(|line| format!("{line}\n")).collect::<String>());
    for entry in fs::read_dir(folder.join("01_人材")).expect("the sample is there") {
        let path = entry.expect("is readable").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("is text");
        for copy in 1..=copies {
            let text = match name.as_str() {
                "章.jigyo" => text.split("【構成】").next().unwrap_or("").to_string(),
                _ => text.replacen('\n', &format!("（{copy}）\n"), 1),
            };
            let stem =
                if name == "章.jigyo" { name.clone() } else { name.replace(".jigyo", &format!("_{copy}.jigyo")) };
            disk.insert(format!("{copy:03}/{stem}"), text);
        }
    }
    disk
}

/// The same beside last year's report, whose own values are those of the year before, and a ledger of all programs.
fn copies_beside_papers(copies: usize) -> Memory {
    let mut disk = self::copies(copies);
    let mut ledger = "事業名,事業費（千円）,担当課\n".to_string();
    let texts: Vec<(String, String)> = disk
        .paths()
        .map(|path| (path.to_string(), String::from_utf8_lossy(disk.get(path).unwrap_or_default()).into_owned()))
        .collect();
    for (path, text) in texts {
        let value = |field: &str| text.lines().find_map(|line| line.strip_prefix(field)).unwrap_or_default();
        if text.starts_with("【事業】") {
            let department =
                value("担当：").split('　').next().unwrap_or_default().split('（').next().unwrap_or_default();
            let amount = value("事業費：").trim_end_matches("千円");
            ledger.push_str(&format!("\"{}\",\"{amount}\",{department}\n", value("【事業】")));
        }
        let before: Vec<String> = text.lines().map(a_year_earlier).collect();
        disk.insert(format!("../昨年/{path}"), before.join("\n"));
    }
    disk.insert("台帳.csv", ledger);
    let head = String::from_utf8_lossy(disk.get("報告書.jigyo").unwrap_or_default()).into_owned();
    disk.insert("報告書.jigyo", head.trim_end().to_string() + "\n前年度：../昨年\n台帳：台帳.csv\n");
    disk
}

/// A line of last year's report: its years one less, the two columns of a row in the other order.
fn a_year_earlier(line: &str) -> String {
    match line.split('｜').collect::<Vec<_>>().as_slice() {
        [label, old, new] => format!("{label}｜{new}｜{old}"),
        _ => line.replace("令和2年度", "令和元年度"),
    }
}

#[divan::bench]
fn parse_all_files(bencher: Bencher<'_, '_>) {
    let disk = copies(10);
    let mut files = Files::new();
    for path in disk.paths() {
        files.add(path, String::from_utf8_lossy(disk.get(path).unwrap_or_default()));
    }
    let vocabulary = Vocabulary::standard();
    let bytes: usize = files.iter().map(|file| file.text().len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let mut diagnostics = Diagnostics::new();
        for file in files.iter() {
            divan::black_box(parse(file, &vocabulary, &mut diagnostics));
        }
    });
}

#[divan::bench(args = [1, 10, 100, 256])]
fn check_copies(bencher: Bencher<'_, '_>, count: usize) {
    let disk = copies(count);
    bencher.bench(|| check(&disk).map(|checked| checked.diagnostics.has_errors()).ok());
}

#[divan::bench(args = [1, 10, 100, 256])]
fn check_copies_beside_papers(bencher: Bencher<'_, '_>, count: usize) {
    let disk = copies_beside_papers(count);
    let checked = check(&disk).expect("is read");
    assert_eq!(checked.diagnostics.iter().filter(|d| d.severity != Severity::Info).count(), 0, "nothing is to be told");
    bencher.bench(|| check(&disk).map(|checked| checked.diagnostics.has_errors()).ok());
}

/// One program with `lines` ＋ lines in a cell, or `lines` numbered items.
fn long_program(lines: usize, is_table: bool) -> Memory {
    let mut disk = Memory::new();
    disk.insert("報告書.jigyo", "【報告書】あ\n年度：令和2年度\n発行：い\n発行日：令和3年9月1日\n");
    disk.insert("01/章.jigyo", "【章】う\n【取組の概要】\nえ。\n");
    let mut text = "【事業】お\n事業費：1千円\n担当：か課\n【事業概要】\nき。\n【事業実績】\n".to_string();
    if is_table {
        text.push_str("く。\n【指標】\n参加者数｜1名｜2名\n");
        text.extend((0..lines).map(|line| format!("＋け｜{line}｜{line}\n")));
    } else {
        text.extend((0..lines).map(|line| format!("（{}）{line}回行った。\n", line % 99 + 1)));
    }
    disk.insert("01/事業.jigyo", text);
    disk
}

#[divan::bench(args = [2_000])]
fn check_lines_in_a_cell(bencher: Bencher<'_, '_>, lines: usize) {
    let disk = long_program(lines, true);
    bencher.bench(|| check(&disk).map(|checked| checked.diagnostics.iter().count()).ok());
}

#[divan::bench(args = [10_000])]
fn check_items(bencher: Bencher<'_, '_>, items: usize) {
    let disk = long_program(items, false);
    bencher.bench(|| check(&disk).map(|checked| checked.diagnostics.iter().count()).ok());
}

/// The sample of the form 事務事業評価 as `copies` reports beside each other, names and numbers made different.
fn copies_of_a_form(copies: usize) -> Memory {
    let mut disk = Memory::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/hyoka");
    let read = |path: &Path| fs::read_to_string(path).expect("the sample is there");
    let head = read(&folder.join("報告書.jigyo"));
    disk.insert("報告書.jigyo", head.split("【構成】").next().unwrap_or(""));
    let mut folders = vec![folder.clone()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).expect("the sample is there") {
            let path = entry.expect("is readable").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&folder).expect("lies below").to_string_lossy().replace('\\', "/");
            if name == "報告書.jigyo" || !name.ends_with(".jigyo") {
                continue;
            }
            let text = read(&path);
            for copy in 1..=copies {
                let own = text.split("【構成】").next().unwrap_or("").replacen('\n', &format!("（{copy}）\n"), 1);
                let own = own.replacen("事務事業コード：", &format!("事務事業コード：{copy}-"), 1);
                let name = match name.strip_suffix("章.jigyo") {
                    Some(_) => name.clone(),
                    None => name.replace(".jigyo", &format!("_{copy}.jigyo")),
                };
                disk.insert(format!("{copy:04}{name}"), own);
            }
        }
    }
    disk
}

/// 【様式】 of 40 lines, read from its text.
#[divan::bench]
fn read_a_form(bencher: Bencher<'_, '_>) {
    let mut files = Files::new();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/forms/主要施策の成果.jigyo");
    let id = files.add("様式.jigyo", fs::read_to_string(path).expect("the form is there"));
    let vocabulary = Vocabulary::of_forms();
    bencher.bench(|| {
        let mut diagnostics = Diagnostics::new();
        let ast = parse(files.get(id), &vocabulary, &mut diagnostics);
        read_form(files.get(id), &ast, &mut diagnostics)
    });
}

/// Reports with a form of their own, of 8 programs a copy.
#[divan::bench(args = [5, 50, 500, 1_250])]
fn check_copies_of_a_form(bencher: Bencher<'_, '_>, count: usize) {
    let disk = copies_of_a_form(count);
    bencher.bench(|| check(&disk).map(|checked| checked.diagnostics.has_errors()).ok());
}

#[divan::bench(args = [1, 10, 100])]
fn view_copies(bencher: Bencher<'_, '_>, count: usize) {
    let checked = check(&copies(count)).expect("is read");
    bencher.bench(|| view_json(&checked, false).len());
}

#[divan::bench(args = [1, 10, 100])]
fn export_copies(bencher: Bencher<'_, '_>, count: usize) {
    let report = check(&copies(count)).expect("is in memory").report;
    bencher.bench(|| (json(&report), csv_files(&report, Encoding::Utf8)));
}

#[divan::bench(args = [1, 10], sample_count = 5)]
fn build_copies(bencher: Bencher<'_, '_>, count: usize) {
    let disk = copies(count);
    bencher.bench(|| {
        let mut checked = check(&disk).expect("is read");
        let template = Template::built_in("official").expect("is built in");
        build(&mut checked, template, BuildOptions::default()).map(|built| built.pdf.len())
    });
}

/// One table of many rows: what is handed from function to function in a template is hashed, so that it is easily square.
#[divan::bench(args = [500, 1_000, 2_000], sample_count = 5)]
fn build_rows_of_a_table(bencher: Bencher<'_, '_>, rows: usize) {
    let mut disk = long_program(0, true);
    let rows: String = (0..rows).map(|row| format!("項目{row}｜{row}名｜{row}名\n")).collect();
    let start = "【事業】お\n事業費：1千円\n担当：か課\n【事業概要】\nき。\n【事業実績】\nく。\n【指標】\n";
    disk.insert("01/事業.jigyo", format!("{start}{rows}"));
    bencher.bench(|| {
        let mut checked = check(&disk).expect("is read");
        let template = Template::built_in("official").expect("is built in");
        build(&mut checked, template, BuildOptions::default()).map(|built| built.pdf.len())
    });
}
