//! The daily work that the live page asks for, over its own protocol.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::http::ask;
use crate::run::run;
use crate::running::wait_until;
use crate::tools::{copy_folder, files_below};
use crate::writing::Office;

pub(crate) fn office() -> Office {
    Office::open(&["preview", "--no-open"])
}

pub(crate) fn report(office: &Office) -> PathBuf {
    office.folder.path().join("報告書")
}

/// Begins a task and waits for its end.
fn done(office: &Office, task: &Value) -> Value {
    let begun = office.post("task", task);
    assert_eq!(begun.status, 200, "{task}: {}", begun.text());
    let id = begun.json();
    let mut state = Value::Null;
    wait_until(&format!("the end of {task}"), || {
        state = office.get("tasks").json()[usize::try_from(id.as_u64().unwrap()).unwrap()].clone();
        state["stage"] != "waiting" && state["stage"] != "running"
    });
    let said = state["said"].as_str().unwrap();
    assert!(!said.contains("「report ") && (task.to_string().contains('-') || !said.contains("--")), "{said}");
    state
}

fn is_left_over(path: &Path) -> bool {
    path.file_name().unwrap().to_string_lossy().starts_with("_report-")
}

#[test]
fn what_is_made_is_what_the_command_makes() {
    let office = office();
    let out = report(&office).join("out");
    let state = done(&office, &json!({"kind": "official"}));
    assert_eq!((&state["stage"], &state["files"]), (&json!("done"), &json!(["out/報告書.pdf"])), "{state}");
    assert!(fs::read(out.join("報告書.pdf")).unwrap().starts_with(b"%PDF"));
    assert!(state["said"].as_str().unwrap().contains("を作りました"), "{state}");
    let department = office.get("choices").json()["departments"][0].clone();
    let state = done(&office, &json!({"kind": "excerpt", "department": department, "draft": false}));
    let name = format!("out/報告書_抜粋_{}.pdf", department.as_str().unwrap());
    assert_eq!((&state["stage"], &state["files"]), (&json!("done"), &json!([name])), "{state}");
    let state = done(&office, &json!({"kind": "export", "format": "xlsx"}));
    assert_eq!(state["files"], json!(["out/報告書.xlsx"]), "{state}");
    let state = done(&office, &json!({"kind": "export", "format": "csv_cp932"}));
    assert!(state["files"].as_array().unwrap().len() > 3, "{state}");
    // Of a web edition the front page is offered, also where nothing is another than before.
    for _ in 0..2 {
        let state = done(&office, &json!({"kind": "export", "format": "html"}));
        assert_eq!(
            (&state["stage"], &state["files"]),
            (&json!("done"), &json!(["out/報告書_web/index.html"])),
            "{state}"
        );
    }
    fs::write(out.join("報告書_web/index.html"), "手で直した頁").unwrap();
    let state = done(&office, &json!({"kind": "export", "format": "html"}));
    assert_eq!((&state["stage"], &state["files"]), (&json!("failed"), &json!([])), "{state}");
    assert!(
        state["said"].as_str().unwrap().contains("そのファイルをほかへ移してから、もう一度押してください"),
        "{state}"
    );
    let state = done(&office, &json!({"kind": "letters"}));
    assert_eq!(state["stage"], "done", "{state}");
    let state = done(&office, &json!({"kind": "status"}));
    assert_eq!(state["files"], json!(["out/報告書_提出状況.csv", "out/報告書_提出状況.html"]), "{state}");
    // What lies there and is not ours stays.
    fs::write(out.join("報告書.json"), "手で書いたもの").unwrap();
    let state = done(&office, &json!({"kind": "export", "format": "json"}));
    assert_eq!((&state["stage"], &state["files"]), (&json!("failed"), &json!([])), "{state}");
    assert!(state["said"].as_str().unwrap().contains("このソフトが作ったファイルではない"), "{state}");
    assert_eq!(fs::read_to_string(out.join("報告書.json")).unwrap(), "手で書いたもの");
}

#[test]
fn a_report_with_errors_is_not_made_and_its_letters_are() {
    let office = office();
    let head = report(&office).join("報告書.jigyo");
    fs::write(&head, fs::read_to_string(&head).unwrap().replacen("年度：", "年度：不明", 1)).unwrap();
    let state = done(&office, &json!({"kind": "official"}));
    assert_eq!((&state["stage"], &state["files"]), (&json!("refused"), &json!([])), "{state}");
    assert!(state["said"].as_str().unwrap().contains("下書きの PDF なら"), "{state}");
    assert!(!report(&office).join("out/報告書.pdf").exists());
    assert_eq!(done(&office, &json!({"kind": "draft"}))["files"], json!(["out/報告書_下書き.pdf"]));
    let state = done(&office, &json!({"kind": "letters"}));
    assert_eq!(state["stage"], "done_with_errors", "{state}");
    assert!(state["files"][0].as_str().unwrap().starts_with("out/課ごとのお知らせ/指摘_"), "{state}");
}

#[test]
fn an_earlier_state_is_compared_and_the_next_year_is_made_beside() {
    let office = office();
    let old = office.folder.path().join("前の写し");
    copy_folder(&report(&office), &old);
    let program = report(&office).join("01_人材/あおもり移住支援事業.jigyo");
    let text = fs::read_to_string(&program).unwrap();
    fs::write(&program, text.replacen("【事業概要】", "【事業概要】\nはじめに書き足した。", 1)).unwrap();
    // By its name beside the report, and as Explorer copies a path.
    for typed in ["前の写し".to_string(), format!("\"{}\"", old.display())] {
        let task = json!({"kind": "compare", "old": typed, "errata": true, "date": "令和3年10月1日"});
        let state = done(&office, &task);
        assert_eq!(state["stage"], "done", "{state}");
        assert_eq!(state["files"], json!(["out/報告書_変更箇所.csv", "out/報告書_正誤表.pdf"]), "{state}");
        assert!(state["said"].as_str().unwrap().contains("はじめに書き足した"), "{state}");
    }
    let state = done(&office, &json!({"kind": "compare", "old": "ない", "errata": false, "date": null}));
    assert_eq!(state["stage"], "failed", "{state}");
    let choices = office.get("choices").json();
    assert_eq!(choices["next_year"], "令和3年度", "{choices}");
    assert_eq!(choices["neighbours"], json!([old.display().to_string()]));
    let state = done(&office, &json!({"kind": "next_year", "folder": "令和3年度"}));
    assert_eq!(state["stage"], "done", "{state}");
    assert!(office.folder.path().join("令和3年度/報告書.jigyo").is_file());
    assert_eq!(state["report"], office.folder.path().join("令和3年度").display().to_string());
}

#[test]
fn one_that_is_stopped_leaves_nothing_half() {
    let office = office();
    let ids: Vec<Value> = (0..3).map(|_| office.post("task", &json!({"kind": "official"})).json()).collect();
    for id in &ids {
        assert_eq!(office.post("stop", &json!({ "id": id })).status, 200);
    }
    let mut stages = Vec::new();
    wait_until("the end of all", || {
        let states = office.get("tasks").json();
        stages = states.as_array().unwrap().iter().map(|state| state["stage"].as_str().unwrap().to_string()).collect();
        stages.iter().all(|stage| stage != "waiting" && stage != "running")
    });
    // The first may have been done before anybody could stop it.
    assert!(stages[1..].iter().all(|stage| stage == "stopped"), "{stages:?}");
    let out = report(&office).join("out");
    for file in if out.exists() { files_below(&out) } else { Vec::new() } {
        assert!(
            is_left_over(&file) || String::from_utf8_lossy(&fs::read(&file).unwrap()).trim_end().ends_with("%%EOF"),
            "{}",
            file.display()
        );
    }
    // And work goes on.
    assert_eq!(done(&office, &json!({"kind": "status"}))["stage"], "done");
    assert!(!files_below(&out).iter().any(|path| is_left_over(path)));
}

#[cfg(target_os = "linux")]
#[test]
fn what_a_task_made_is_opened_with_the_systems_own_program() {
    use std::os::unix::fs::PermissionsExt;

    use crate::running::Running;
    use crate::tools::root;
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&root().join("reports/tutorial"), &folder.path().join("報告書"));
    let (opener, seen) = (folder.path().join("xdg-open"), folder.path().join("seen"));
    fs::write(&opener, format!("#!/bin/sh\necho \"$@\" > '{0}.tmp'\nexec /bin/mv '{0}.tmp' '{0}'\n", seen.display()))
        .unwrap();
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).unwrap();
    let running = Running::start_beside(folder.path(), &["preview", "--no-open"], &folder.path().join("報告書"));
    let office = Office::of(folder, running);
    assert_eq!(done(&office, &json!({"kind": "status"}))["files"][1], "out/報告書_提出状況.html");
    let opened = || fs::read_to_string(&seen).unwrap_or_default().trim_end().to_string();
    assert_eq!(office.post("open-made", &json!({"id": 0, "what": "file", "file": 1})).status, 200);
    wait_until("the file", || opened() == report(&office).join("out/報告書_提出状況.html").display().to_string());
    assert_eq!(office.post("open-made", &json!({"id": 0, "what": "folder", "file": 1})).status, 200);
    wait_until("the folder", || opened() == report(&office).join("out").display().to_string());
}

#[test]
fn nothing_that_is_typed_becomes_a_word_of_a_command() {
    let office = office();
    let before = files_below(office.folder.path());
    for task in [
        json!({"kind": "fmt"}),
        json!({"kind": "official", "output": "x.pdf"}),
        json!({"kind": "excerpt", "department": "課\n--draft", "draft": false}),
        json!({"kind": "next_year", "folder": ""}),
        json!({"kind": "export", "format": "../x"}),
        json!([]),
    ] {
        assert_eq!(office.post("task", &task).status, 400, "{task}");
    }
    for task in [
        json!({"kind": "excerpt", "department": "--draft", "draft": false}),
        json!({"kind": "next_year", "folder": "../外"}),
        json!({"kind": "next_year", "folder": "/外"}),
        json!({"kind": "next_year", "folder": "a\\b"}),
        json!({"kind": "next_year", "folder": "\"引用\""}),
        json!({"kind": "next_year", "folder": ".."}),
        json!({"kind": "next_year", "folder": "報告書"}),
        json!({"kind": "compare", "old": "../報告書", "errata": false, "date": null}),
    ] {
        let answer = office.post("task", &task);
        // Up and down again is the report itself.
        assert!(answer.status == 422 || task["old"] == "../報告書", "{task}: {}", answer.text());
    }
    for (old, date) in [("--csv", "令和3年9月1日"), ("-h", "--errata=x"), ("ない", "; rm -rf")] {
        let state = done(&office, &json!({"kind": "compare", "old": old, "errata": true, "date": date}));
        assert_eq!(state["stage"], "failed", "{state}");
    }
    // A leading - is a name as any other.
    assert_eq!(done(&office, &json!({"kind": "next_year", "folder": "-h"}))["stage"], "done");
    let made = files_below(office.folder.path());
    let is_next = |path: &&PathBuf| !path.starts_with(office.folder.path().join("-h"));
    let others: Vec<&PathBuf> = made.iter().filter(is_next).filter(|path| !before.contains(path)).collect();
    assert!(others.iter().all(|path| path.starts_with(office.folder.path().join("_state"))), "{others:?}");
    for (path, body) in
        [("open-made", json!({"id": 0, "what": "file", "file": 9})), ("open-made", json!({"id": 99, "what": "report"}))]
    {
        assert_eq!(office.post(path, &body).status, 422, "{body}");
    }
    assert_eq!(office.post("open-made", &json!({"id": 0, "what": "/etc/passwd"})).status, 400);
}

#[test]
fn only_the_own_page_begins_work_and_only_one_that_writes() {
    let office = office();
    for (path, body) in [("task", json!({"kind": "official"})), ("new", json!({"kind": "chapter", "title": "外"}))] {
        for origin in ["http://evil.example", "null", ""] {
            let host = office.host();
            let headers: Vec<(&str, &str)> = [("Host", host.as_str()), ("Origin", origin)]
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .collect();
            let answer = ask(office.port, "POST", &format!("{}{path}", office.base), &headers, &body.to_string());
            assert_eq!(answer.status, 403, "{path} {origin}");
        }
    }
    assert_eq!(office.get("tasks").json(), json!([]));
    for arguments in [&["preview", "--no-open", "--read-only"][..], &["watch", "--preview", "--no-open"]] {
        let office = Office::open(arguments);
        assert_eq!((office.get("tasks").status, office.get("choices").status), (404, 404), "{arguments:?}");
        for path in ["task", "stop", "open-made", "new", "order", "import", "import-write"] {
            assert_eq!(office.post(path, &json!({"kind": "official"})).status, 405, "{path}");
        }
        assert_eq!(office.get("progress.json").status, 200);
    }
}

#[test]
fn the_progress_page_says_what_the_command_says() {
    let office = office();
    let head = report(&office).join("報告書.jigyo");
    let text = fs::read_to_string(&head).unwrap();
    fs::write(&head, text.replacen("年度：", "締切：2021-08-20\n年度：", 1)).unwrap();
    wait_until("the deadline", || !office.get("progress.json").json()["deadline"].is_null());
    let progress = office.get("progress.json").json();
    assert!(progress["deadline"]["words"].as_str().unwrap().contains("日過ぎています"), "{progress}");
    let sheet = report(&office).join("状況.csv");
    let ran = run(&report(&office), &["status", "--csv", "状況.csv"]).succeeds().says("「状況.csv」に書きました。");
    assert!(ran.stdout().contains("\n締切 "), "{ran}");
    let sheet = fs::read_to_string(sheet).unwrap();
    let mut rows = sheet.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let keys = ["expected", "handed_in", "blank", "missing", "with_errors", "with_warnings"];
    let departments = progress["departments"].as_array().unwrap();
    for own in departments.iter().chain([&progress["total"]]) {
        let row = rows.next().unwrap();
        assert_eq!(own["name"], row[0]);
        for (at, key) in keys.iter().enumerate() {
            assert_eq!(own[*key].to_string(), row[at + 1], "{key} of {own}");
        }
        assert_eq!(own["open"].to_string(), row[9]);
        assert_eq!(row[10], "2021-08-20");
        assert!(own["deadline"]["left"].as_i64().unwrap() < 0);
    }
    assert_eq!(rows.next(), None);
    let programs: usize = departments.iter().map(|own| own["programs"].as_array().unwrap().len()).sum();
    assert_eq!(progress["total"]["expected"], programs);
}
