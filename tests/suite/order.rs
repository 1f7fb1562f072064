//! The order of chapters and programs, changed from the live page.

use std::fs;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::running::wait_until;
use crate::tasks::{office, report};
use crate::writing::Office;

/// Asked in peace: each question holds a connection for a while.
pub(crate) fn state(office: &Office) -> Value {
    thread::sleep(Duration::from_millis(150));
    office.state()
}

fn names(office: &Office, chapter: usize) -> Vec<String> {
    let state = state(office);
    let programs = state["chapters"][chapter]["programs"].as_array().unwrap().clone();
    programs.iter().map(stem).collect()
}

fn stem(program: &Value) -> String {
    let file = program["file"].as_str().unwrap();
    file.rsplit('/').next().unwrap().trim_end_matches(".jigyo").to_string()
}

#[test]
fn a_program_goes_before_another_and_no_other_byte_changes() {
    let office = office();
    let state = office.state();
    let file = state["chapters"][0]["file"].as_str().unwrap().to_string();
    let path = report(&office).join(&file);
    // In another encoding, with other line ends.
    let text = fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
    let bytes: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    fs::write(&path, &bytes).unwrap();
    let before = names(&office, 0);
    let moved = office.post("order", &json!({"file": file, "name": before[2], "before": before[0]}));
    assert_eq!(moved.status, 200, "{}", moved.text());
    let mut wanted = before.clone();
    let own = wanted.remove(2);
    wanted.insert(0, own);
    wait_until("the new order", || names(&office, 0) == wanted);
    let after = fs::read(&path).unwrap();
    assert_eq!(after.len(), bytes.len());
    let units: Vec<u16> = after[2..].chunks(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
    let now = String::from_utf16(&units).unwrap();
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.split("\r\n").map(str::to_string).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&now), sorted(&text));
    // To the end, and what is not there.
    assert_eq!(office.post("order", &json!({"file": file, "name": before[0], "before": null})).status, 200);
    wait_until("the end", || names(&office, 0).last() == Some(&before[0]));
    for wrong in [
        json!({"file": file, "name": "ない", "before": null}),
        json!({"file": file, "name": before[0], "before": "ない"}),
        json!({"file": "../報告書.jigyo", "name": before[0], "before": null}),
        json!({"file": "報告書.jigyo", "name": before[0], "before": null}),
    ] {
        assert_eq!(office.post("order", &wrong).status, 422, "{wrong}");
    }
    assert_eq!(office.post("order", &json!({"file": file})).status, 400);
}

#[test]
fn an_order_is_taken_back() {
    let office = office();
    let file = office.state()["chapters"][0]["file"].as_str().unwrap().to_string();
    let path = report(&office).join(&file);
    let text = fs::read(&path).unwrap();
    let before = names(&office, 0);
    let moved = office.post("order", &json!({"file": file, "name": before[2], "before": before[0]})).json();
    assert_eq!(moved["file"], file.as_str(), "{moved}");
    assert_ne!(fs::read(&path).unwrap(), text);
    let stretch = &moved["stretches"][0];
    let edit = json!({"start": stretch["start"], "end": stretch["end"], "text": stretch["before"]});
    let wish = json!({"file": file, "seen": moved["seen"], "edits": [edit], "as_utf8": true, "verbatim": true});
    let back = office.post("mend", &wish);
    assert_eq!(back.status, 200, "{}", back.text());
    assert_eq!(fs::read(&path).unwrap(), text);
    wait_until("the old order", || names(&office, 0) == before);
}

#[test]
fn chapters_are_ordered_in_a_list_that_was_not_there() {
    let office = office();
    office.post("new", &json!({"kind": "chapter", "title": "地域"}));
    let path = report(&office).join("報告書.jigyo");
    let text = fs::read_to_string(&path).unwrap();
    let without: String = text.split("【構成】").next().unwrap().to_string();
    fs::write(&path, &without).unwrap();
    let folders = |office: &Office| -> Vec<String> {
        let state = state(office);
        let files = state["chapters"].as_array().unwrap().clone();
        files.iter().map(|own| own["file"].as_str().unwrap().replace("/章.jigyo", "")).collect()
    };
    wait_until("both chapters", || folders(&office).len() == 2 && state(&office)["chapters"][1]["title"] == "地域");
    let before = folders(&office);
    let moved = office.post("order", &json!({"file": null, "name": before[1], "before": before[0]}));
    assert_eq!(moved.status, 200, "{}", moved.text());
    wait_until("the new order", || folders(&office) == [before[1].clone(), before[0].clone()]);
    let now = fs::read_to_string(&path).unwrap();
    assert!(
        now.starts_with(without.trim_end()) && now.contains(&format!("【構成】\n{}\n{}\n", before[1], before[0])),
        "{now}"
    );
}
