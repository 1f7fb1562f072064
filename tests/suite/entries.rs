//! New programs and chapters, and files of an office, from the live page.

use std::fs;

use serde_json::{Value, json};

use crate::order::state;
use crate::running::wait_until;
use crate::tasks::{office, report};
use crate::tools::files_below;
use crate::writing::Office;

#[test]
fn a_new_program_and_a_new_chapter_are_made_and_shown() {
    let office = office();
    let made = office.post("new", &json!({"kind": "chapter", "title": "地域の振興"}));
    assert_eq!(made.status, 200, "{}", made.text());
    let file = made.json().as_str().unwrap().to_string();
    let folder = file.strip_suffix("/章.jigyo").unwrap().to_string();
    assert!(folder.ends_with("_地域の振興"), "{file}");
    let head = fs::read_to_string(report(&office).join("報告書.jigyo")).unwrap();
    assert!(head.contains(&format!("\n{folder}\n")), "{head}");
    let chapter = |office: &Office| {
        let state = state(office);
        state["chapters"].as_array().unwrap().iter().find(|chapter| chapter["file"] == file).cloned()
    };
    wait_until("the new chapter", || chapter(&office).is_some());
    let program = json!({"kind": "program", "name": "道の/駅事業", "chapter": folder, "department": "監理課"});
    let made = office.post("new", &program);
    assert_eq!(made.json(), format!("{folder}/道の／駅事業.jigyo"), "{}", made.text());
    let text = fs::read_to_string(report(&office).join(format!("{folder}/道の／駅事業.jigyo"))).unwrap();
    assert!(text.starts_with("【事業】道の/駅事業\n") && text.contains("\n担当：監理課\n"), "{text}");
    wait_until("the new program", || chapter(&office).unwrap()["programs"][0]["name"] == "道の/駅事業");
    for (entry, words) in [
        (program.clone(), "もうあります"),
        (json!({"kind": "program", "name": "別の事業", "chapter": "../外", "department": null}), "章はありません"),
        (
            json!({"kind": "program", "name": "道の駅 (2)", "chapter": folder, "department": null}),
            "ファイルの名前にできません",
        ),
        (json!({"kind": "chapter", "title": "_控え (2)"}), "名前にできません"),
    ] {
        let answer = office.post("new", &entry);
        assert!(answer.status == 422 && answer.text().contains(words), "{entry}: {}", answer.text());
        assert!(!answer.text().contains("report ") && !answer.text().contains("--"), "{}", answer.text());
    }
    assert_eq!(office.post("new", &json!({"kind": "program", "name": "a\nb", "chapter": folder})).status, 400);
}

#[test]
fn a_program_leaves_the_report_and_comes_back_and_goes_to_another_chapter() {
    let office = office();
    let folder = report(&office);
    let chapter = office.get("choices").json()["chapters"][0]["folder"].as_str().unwrap().to_string();
    let chapter_file = folder.join(&chapter).join("章.jigyo");
    let listed = |file: &std::path::Path| fs::read_to_string(file).unwrap();
    let before = listed(&chapter_file);
    let made =
        office.post("new", &json!({"kind": "program", "name": "試しの事業", "chapter": chapter, "department": null}));
    let file = made.json().as_str().unwrap().to_string();
    let text = fs::read(folder.join(&file)).unwrap();
    let with_line = listed(&chapter_file);
    let names = || state(&office).to_string();
    wait_until("the new program", || names().contains("試しの事業"));
    let kept = office.post("put-aside", &json!({ "file": file }));
    assert_eq!(kept.json(), format!("_旧/{file}"), "{}", kept.text());
    assert!(!folder.join(&file).exists() && fs::read(folder.join(format!("_旧/{file}"))).unwrap() == text);
    assert_eq!(listed(&chapter_file), before);
    wait_until("the program is gone", || !names().contains("試しの事業"));
    // What is no program of the report, or none that left, is not touched.
    for (path, wish) in [
        ("put-aside", json!({ "file": file })),
        ("put-aside", json!({ "file": "報告書.jigyo" })),
        ("put-aside", json!({ "file": format!("../報告書/{file}") })),
        ("put-back", json!({ "kept": "報告書.jigyo", "file": file })),
        ("put-back", json!({ "kept": format!("_旧/../{chapter}/章.jigyo"), "file": file })),
        ("put-back", json!({ "kept": format!("_旧/{file}"), "file": "外/一.jigyo" })),
        ("put-back", json!({ "kept": format!("_旧/{file}"), "file": format!("{chapter}/章.jigyo") })),
    ] {
        assert_eq!(office.post(path, &wish).status, 422, "{path} {wish}");
    }
    assert_eq!(office.post("put-back", &json!({ "kept": format!("_旧/{file}"), "file": file })).status, 200);
    assert!(fs::read(folder.join(&file)).unwrap() == text && listed(&chapter_file) == with_line);
    let other = office.post("new", &json!({"kind": "chapter", "title": "ほかの章"})).json();
    let other = other.as_str().unwrap().strip_suffix("/章.jigyo").unwrap().to_string();
    wait_until("the other chapter", || names().contains("ほかの章"));
    let moved = office.post("change-chapter", &json!({ "file": file, "chapter": other }));
    assert_eq!(moved.json(), format!("{other}/試しの事業.jigyo"), "{}", moved.text());
    assert_eq!(listed(&chapter_file), before);
    assert!(listed(&folder.join(&other).join("章.jigyo")).replace("\r\n", "\n").ends_with("【構成】\n試しの事業\n"));
    assert!(fs::read(folder.join(&other).join("試しの事業.jigyo")).unwrap() == text);
}

/// A file as the page sends it.
fn file(name: &str, bytes: &[u8]) -> Value {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut data = String::new();
    for part in bytes.chunks(3) {
        let number =
            part.iter().fold(0_usize, |number, byte| number << 8 | usize::from(*byte)) << (8 * (3 - part.len()));
        for place in 0..4 {
            let letter = LETTERS[number >> (18 - 6 * place) & 63];
            data.push(if place <= part.len() { char::from(letter) } else { '=' });
        }
    }
    json!({ "name": name, "data": data })
}

#[test]
fn an_import_is_looked_at_first_and_then_written() {
    let office = office();
    let chapter = office.get("choices").json()["chapters"][0]["folder"].clone();
    let before = files_below(&report(&office));
    let text = "事業名：空き家の活用事業\n担当課：監理課\n事業費：1,200千円\n事業概要\n空き家を活用する。\n事業実績\n相談会を開いた。\n謎の欄：何か\n";
    let wish = json!({"files": [file("様式.txt", text.as_bytes())], "chapter": chapter});
    let preview = office.post("import", &wish);
    assert_eq!(preview.status, 200, "{}", preview.text());
    let preview = preview.json();
    let original = preview["documents"][0].to_string();
    assert!(original.contains("空き家を活用する。"), "{original}");
    let path = format!("{}/空き家の活用事業.jigyo", chapter.as_str().unwrap());
    assert_eq!(preview["files"][0]["path"], path, "{preview}");
    assert!(preview["files"][0]["text"].as_str().unwrap().contains("事業費：1,200千円"), "{preview}");
    assert!(preview["said"].to_string().contains("まだ書いていません"), "{preview}");
    assert_eq!(files_below(&report(&office)), before);
    // 「やめる」, and then nothing is left to write.
    assert_eq!(office.post("import-forget", &json!({})).status, 200);
    assert_eq!(office.post("import-write", &json!({"id": preview["id"]})).status, 422);
    assert_eq!(files_below(&report(&office)), before);
    let preview = office.post("import", &wish).json();
    assert_eq!(office.post("import-write", &json!({"id": 99})).status, 422);
    let written = office.post("import", &wish).json();
    assert_eq!(office.post("import-write", &json!({"id": preview["id"]})).status, 422);
    let done = office.post("import-write", &json!({"id": written["id"]})).json();
    assert_eq!((&done["written"], &done["file"]), (&json!(1), &json!(path)), "{done}");
    let made = fs::read_to_string(report(&office).join(&path)).unwrap();
    assert_eq!(made.replace("\r\n", "\n"), written["files"][0]["text"].as_str().unwrap());
    // Once more: it is there already, and stays.
    let again = office.post("import", &wish).json();
    assert!(again["files"] == json!([]) && again["said"].to_string().contains("もうあります"), "{again}");
    for (files, chapter, words) in [
        (json!([file("a.pdf", b"%PDF")]), chapter.clone(), "PDF なので"),
        (json!([file("a.docx", b"nothing")]), chapter.clone(), "a.docx"),
        (json!([file("様式.txt", text.as_bytes())]), json!("../外"), "章はありません"),
    ] {
        let answer = office.post("import", &json!({ "files": files, "chapter": chapter }));
        assert!(answer.status == 422 && answer.text().contains(words), "{words}: {}", answer.text());
    }
    assert_eq!(
        office.post("import", &json!({"files": [{"name": "a.txt", "data": "?"}], "chapter": chapter})).status,
        400
    );
}
