//! What several tests need: folders, reports in memory, and text read back from a PDF.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jigyo::diagnostic::Severity;
use jigyo::load::{Folder, Memory};
use jigyo::pipeline::{BuildOptions, Built, Checked, build, check};
use jigyo::typeset::Template;
use tempfile::TempDir;

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Folders directly under `reports/` whose form is the language's own, sorted.
pub(crate) fn sample_reports() -> Vec<PathBuf> {
    let is_standard = |folder: &PathBuf| {
        let report = fs::read_to_string(folder.join("報告書.jigyo")).unwrap();
        !report.lines().any(|line| line.starts_with("様式："))
    };
    folders_in(&root().join("reports")).into_iter().filter(is_standard).collect()
}

pub(crate) fn folders_in(path: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// Every file below a folder, sorted.
pub(crate) fn files_below(path: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// A folder's files in memory.
pub(crate) fn in_memory(folder: &Path) -> Memory {
    let mut disk = Memory::new();
    for file in files_below(folder) {
        let path = file.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
        if !path.starts_with("out/") && path != "expected.txt" {
            disk.insert(path, fs::read(&file).unwrap());
        }
    }
    disk
}

/// The `.jigyo` files of the sample reports with their texts.
pub(crate) fn sample_texts() -> Vec<(PathBuf, String)> {
    sample_reports()
        .iter()
        .flat_map(|report| files_below(report))
        .filter(|path| path.extension().is_some_and(|ending| ending == "jigyo"))
        .map(|path| (path.clone(), fs::read_to_string(&path).unwrap()))
        .collect()
}

pub(crate) fn check_folder(path: &Path) -> Checked {
    check(&Folder::new(path)).unwrap_or_else(|error| panic!("{}: {error:?}", path.display()))
}

pub(crate) fn build_folder(path: &Path, draft: bool) -> (Checked, Option<Built>) {
    let mut checked = check_folder(path);
    let template = checked.template.take().or_else(|| Template::built_in("official")).unwrap();
    let built = build(&mut checked, template, BuildOptions { draft, ..BuildOptions::default() });
    (checked, built)
}

pub(crate) fn build_memory(disk: &Memory, draft: bool) -> (Checked, Option<Built>) {
    let mut checked = check(disk).unwrap();
    let template = checked.template.take().or_else(|| Template::built_in("official")).unwrap();
    let built = build(&mut checked, template, BuildOptions { draft, ..BuildOptions::default() });
    (checked, built)
}

/// A small report without a fault, as a start for one with a fault.
pub(crate) fn small_report() -> Memory {
    Memory::new()
        .with("報告書.jigyo", "【報告書】令和2年度報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n")
        .with("01_章/章.jigyo", "【章】人材の育成\n")
        .with("01_章/一.jigyo", program("一"))
}

/// A small report on the disk, in a folder of its name.
pub(crate) fn on_disk() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("報告");
    let disk = small_report();
    for name in disk.paths() {
        write(&path.join(name), disk.get(name).unwrap());
    }
    (folder, path)
}

/// Writes a file and makes its folder.
pub(crate) fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// The text of a program without a fault.
pub(crate) fn program(name: &str) -> String {
    format!(
        "【事業】{name}\n事業費：1,000千円\n担当：監理課\n\n【事業概要】\n研修を行う。\n\n【事業実績】\n研修を2回行った。\n\n【指標】\n参加者数｜10名｜20名\n"
    )
}

/// `CODE@line:column file` for errors and warnings, in their order.
pub(crate) fn found(checked: &Checked) -> Vec<String> {
    checked
        .diagnostics
        .iter()
        .filter(|d| d.severity != Severity::Info)
        .map(|d| {
            let file = checked.files.get(d.primary.span.file);
            let place = file.position(d.primary.span.start);
            format!("{}@{}:{} {}", d.code, place.line, place.column, file.path())
        })
        .collect()
}

/// Copies a folder with everything in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    for file in files_below(from) {
        let target = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&file, target).unwrap();
    }
}

/// The text of each page, by poppler's `pdftotext -layout`; nothing, said aloud, where that is not installed.
pub(crate) fn pages_of(pdf: &[u8]) -> Option<Vec<String>> {
    text_of(pdf, "-layout")
}

/// As `pages_of`, in the order in which it was set: the lines of a cell stand together.
pub(crate) fn texts_of(pdf: &[u8]) -> Option<Vec<String>> {
    text_of(pdf, "-raw")
}

fn text_of(pdf: &[u8], order: &str) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pdf");
    fs::write(&path, pdf).unwrap();
    let run = Command::new("pdftotext").args([order, "-enc", "UTF-8"]).arg(&path).arg("-").output();
    let Ok(output) = run else {
        eprintln!("SKIPPED: pdftotext (poppler) is not installed, the PDF's text was not read back");
        return None;
    };
    assert!(output.status.success(), "pdftotext failed");
    let text = String::from_utf8(output.stdout).unwrap();
    let mut pages: Vec<String> = text.split('\u{c}').map(str::to_string).collect();
    pages.pop();
    Some(pages)
}

/// A text without blanks: how lines break and where columns stand is not its meaning.
pub(crate) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Compares with an expected file. `UPDATE_EXPECTED=1 cargo test` accepts what came out, to be read in review.
pub(crate) fn assert_expected(path: &Path, actual: &str) {
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(actual, expected, "{} differs; UPDATE_EXPECTED=1 accepts what came out", path.display());
}

/// What a template reads in a folder, as one value: each program in the place of its path.
pub(crate) fn inlined(folder: &Path) -> serde_json::Value {
    let read = |path: &str| -> serde_json::Value {
        serde_json::from_str(&fs::read_to_string(folder.join(path.trim_start_matches('/'))).unwrap()).unwrap()
    };
    let mut report = read("report.json");
    for chapter in report["chapters"].as_array_mut().unwrap() {
        for program in chapter["programs"].as_array_mut().unwrap() {
            *program = read(program.as_str().unwrap());
        }
    }
    report
}
