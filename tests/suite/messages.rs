//! Messages for other programs: `docs/messages.md` and what is printed agree.

use std::collections::BTreeSet;
use std::fs;

use jigyo::diagnostic::json::{MESSAGE_FORMAT, render_json};
use jigyo::diagnostic::{Code, Diagnostic};
use jigyo::source::{Files, Span};
use serde_json::Value;

use crate::run::run;
use crate::tools::{copy_folder, on_disk, program, root};

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
            let ran = run(here, &[command, argument, "--message-format", "github"]).fails().says_nothing();
            assert!(ran.stdout().starts_with(expected), "{ran}");
            ran.prints_lines(1).prints("%0A直し方：");
        }
    }
    let ran = run(&path, &["check", "--message-format", "github", "--all"]);
    ran.fails().prints("::error ").never_prints("::notice").says_nothing();
}

#[test]
fn the_view_keeps_standard_output_for_itself() {
    let (_folder, path) = on_disk();
    fs::write(path.join("01_章/一.jigyo"), program("一").replace("1,000", "8,18l")).unwrap();
    let ran = run(&path, &["view", "--draft", "--message-format", "json"]).fails().says("[J014]");
    assert!(serde_json::from_str::<Value>(ran.stdout()).unwrap()["chapters"].is_array());
    let ran = run(&path, &["view", "--message-format", "json"]).fails().prints_lines(1).says_nothing();
    assert_eq!(ran.json_lines()[0]["code"], "J014");
    let ran = run(&path, &["view", "--draft", "--assets", "out/assets", "--message-format", "github"]);
    let ran = ran.fails().says_nothing();
    assert!(ran.stdout().starts_with("::error ") && path.join("out/assets/report.json").exists());
}

#[test]
fn a_real_line_has_its_related_places() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&root().join("tests/cases/check/J017_program"), folder.path());
    let ran = run(folder.path(), &["check", "--message-format", "json"]).fails().says_nothing();
    let line = &ran.json_lines()[0];
    assert_eq!(line["format"], MESSAGE_FORMAT);
    assert!(!line["related"].as_array().unwrap().is_empty(), "{line}");
}
