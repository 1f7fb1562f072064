//! Messages for other programs: `docs/messages.md` and what is printed agree.

use std::collections::BTreeSet;
use std::fs;

use jigyo::diagnostic::json::{MESSAGE_FORMAT, render_json};
use jigyo::diagnostic::{Code, Diagnostic};
use jigyo::source::{Files, Span};
use serde_json::Value;

use crate::tools::{copy_folder, on_disk, program, report, root, stderr, stdout};

/// The fields of the table under a line of the document.
fn documented(document: &str, above: &str) -> BTreeSet<String> {
    let (_, rest) = document.split_once(above).unwrap_or_else(|| panic!("{above} is missing"));
    let rows = rest.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    rows.filter_map(|row| row.strip_prefix("| `")).map(|row| row.split('`').next().unwrap().to_string()).collect()
}

fn keys(value: &Value) -> BTreeSet<String> {
    value.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn the_document_names_every_field() {
    let document = fs::read_to_string(root().join("docs/messages.md")).unwrap();
    let mut files = Files::new();
    let id = files.add("a.jigyo", "【事業】あ\n");
    let span = Span::new(id, 0..3);
    let full = Diagnostic::new(Code::J026, span, "あ").related(span, "い").fix(span, "う").label("え").help("お");
    let line: Value = serde_json::from_str(&render_json(&files, &full, None)).unwrap();
    assert_eq!(documented(&document, "## A line"), keys(&line));
    assert_eq!(documented(&document, "An entry of `related`:"), keys(&line["related"][0]));
    assert_eq!(documented(&document, "A `fix`:"), keys(&line["fix"]));
    assert!(document.contains(&format!("version of this format: {MESSAGE_FORMAT} |")));

    let plain: Value =
        serde_json::from_str(&render_json(&files, &Diagnostic::new(Code::J026, span, "あ"), None)).unwrap();
    assert_eq!(keys(&plain), keys(&line), "every field is in every line");
}

#[test]
fn github_gets_paths_from_the_current_folder() {
    let (folder, path) = on_disk();
    fs::write(path.join("01_章/一.jigyo"), program("一").replace("1,000", "8,18l")).unwrap();
    for (here, argument, expected) in [
        (folder.path(), "報告", "::error file=報告/01_章/一.jigyo,line=2,endLine=2,col=5,endColumn=12,title=J014::"),
        (&path.join("01_章"), ".", "::error file="),
        (&path, ".", "::error file=01_章/一.jigyo,line=2,"),
    ] {
        for command in ["check", "build", "view"] {
            let output = report(here, &[command, argument, "--message-format", "github"]);
            assert_eq!(output.status.code(), Some(1));
            assert!(stdout(&output).starts_with(expected), "{}", stdout(&output));
            assert_eq!((stdout(&output).lines().count(), stderr(&output).as_str()), (1, ""));
            assert!(stdout(&output).contains("%0A直し方："));
        }
    }
    let output = report(&path, &["check", "--message-format", "github", "--all"]);
    assert!(!stdout(&output).contains("::notice"), "{}", stdout(&output));
}

#[test]
fn the_view_keeps_standard_output_for_itself() {
    let (_folder, path) = on_disk();
    fs::write(path.join("01_章/一.jigyo"), program("一").replace("1,000", "8,18l")).unwrap();
    let output = report(&path, &["view", "--draft", "--message-format", "json"]);
    assert!(serde_json::from_str::<Value>(&stdout(&output)).unwrap()["chapters"].is_array());
    assert!(stderr(&output).contains("[J014]"));
    let output = report(&path, &["view", "--message-format", "json"]);
    assert_eq!(serde_json::from_str::<Value>(&stdout(&output)).unwrap()["code"], "J014");
    let assets = path.join("out/assets");
    let output =
        report(&path, &["view", "--draft", "--assets", assets.to_str().unwrap(), "--message-format", "github"]);
    assert!(stdout(&output).starts_with("::error ") && assets.join("report.json").exists());
}

#[test]
fn a_real_line_has_its_related_places() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&root().join("tests/cases/check/J017_program"), folder.path());
    let output = report(folder.path(), &["check", "--message-format", "json"]);
    let line: Value = serde_json::from_str(stdout(&output).lines().next().unwrap()).unwrap();
    assert_eq!(line["format"], MESSAGE_FORMAT);
    assert!(!line["related"].as_array().unwrap().is_empty(), "{line}");
}
