//! `report lsp`: its answers, to a client of the protocol that keeps its own texts.

use std::fs;
use std::path::{Path, PathBuf};

use jigyo::language_server::uri_of_path;
use lsp_server::ErrorCode;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::editor::{Editor, capabilities};
use crate::tools::{build_folder, on_disk, program, write};

const ONE: &str = "01_章/一.jigyo";
const TWO: &str = "01_章/二.jigyo";
const CHAPTER: &str = "01_章/章.jigyo";
const OTHER: &str = "02_章/三.jigyo";

/// A word pulled apart at three places, a mark that stands for another, and one that most likely does.
fn faulty(name: &str) -> String {
    program(name).replace("研修を行う。", "H A C C P の研修を行う。\n県内のH A C C P に応じる。\nH A C C P を広める。")
        + "修了者数｜9名｜同上\n評価｜上｜中\n"
}

/// Two chapters with three programs, of which the second chapter shows one of the first's again.
fn report() -> (TempDir, PathBuf) {
    let (folder, path) = on_disk();
    write(&path.join(TWO), program("二"));
    write(&path.join(CHAPTER), "【章】人材の育成\n\n【構成】\n二\n一\n");
    write(&path.join(OTHER), program("三").replace("監理課", "観光企画課　企画グループ"));
    write(&path.join("02_章/章.jigyo"), "【章】観光の振興\n\n【構成】\n三\n再掲　一\n");
    (folder, path)
}

fn labels(items: &Value) -> Vec<&str> {
    items["items"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect()
}

fn names(symbols: &Value) -> Vec<&str> {
    symbols.as_array().unwrap().iter().map(|symbol| symbol["name"].as_str().unwrap()).collect()
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().unwrap()).collect()
}

fn action<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let found = actions.iter().find(|action| action["title"].as_str().unwrap().contains(title));
    found.unwrap_or_else(|| panic!("{title}: {:?}", titles(actions)))
}

#[test]
fn a_session_begins_and_ends_as_the_protocol_wants_it() {
    let (_folder, path) = report();
    let mut editor = Editor::connected();
    let early = editor.try_ask("textDocument/hover", json!({})).unwrap_err();
    assert_eq!(early.0, ErrorCode::ServerNotInitialized as i32);
    editor.tell("exit", Value::Null);
    assert_eq!(format!("{:?}", editor.ended()), "WithoutShutdown");

    let mut editor = Editor::start(&path);
    let again = editor.try_ask("initialize", json!({ "capabilities": {} })).unwrap_err();
    assert_eq!(again.0, ErrorCode::InvalidRequest as i32);
    let unknown = editor.try_ask("textDocument/juggle", json!({})).unwrap_err();
    assert_eq!(unknown.0, ErrorCode::MethodNotFound as i32);
    editor.tell("$/setTrace", json!({ "value": "off" }));
    editor.end();
    assert_eq!(format!("{:?}", Editor::start(&path).vanish()), "Disconnected");
}

#[test]
fn a_question_that_was_taken_back_is_not_answered() {
    let (_folder, path) = report();
    let mut editor = Editor::start(&path);
    let uri = editor.open(&path.join(ONE));
    // While the server is busy with the first ones the last one is taken back.
    let about = json!({ "textDocument": { "uri": uri } });
    for _ in 0..50 {
        editor.send("textDocument/semanticTokens/full", about.clone());
    }
    let id = editor.send("textDocument/semanticTokens/full", about);
    editor.tell("$/cancelRequest", json!({ "id": id }));
    let answer = editor.answer_to(&id);
    if let Err((code, _)) = answer {
        assert_eq!(code, ErrorCode::RequestCanceled as i32);
    }
    editor.tell("$/cancelRequest", json!({ "id": "none" }));
    editor.tell("$/cancelRequest", json!([1, 2]));
    editor.end();
}

#[test]
fn bad_messages_and_places_outside_the_text_do_no_harm() {
    let (_folder, path) = report();
    let mut editor = Editor::start(&path);
    let uri = editor.open(&path.join(ONE));
    for params in
        [Value::Null, json!([]), json!("あ"), json!({ "textDocument": 1 }), json!({ "textDocument": { "uri": 5 } })]
    {
        for method in ["textDocument/hover", "textDocument/codeAction", "textDocument/rename", "workspace/symbol"] {
            assert_eq!(editor.try_ask(method, params.clone()).unwrap_err().0, ErrorCode::InvalidParams as i32);
        }
        for method in ["didOpen", "didChange", "didClose", "didSave"] {
            editor.tell(&format!("textDocument/{method}"), params.clone());
        }
        editor.tell("workspace/didChangeWatchedFiles", params.clone());
    }
    let far = json!({ "line": u32::MAX, "character": u32::MAX });
    let near = json!({ "line": 0, "character": u32::MAX });
    let methods = ["hover", "completion", "definition", "prepareRename"];
    for place in [&far, &near] {
        for method in methods {
            let params = json!({ "textDocument": { "uri": uri }, "position": place });
            editor.ask(&format!("textDocument/{method}"), params);
        }
        let range = json!({ "start": place, "end": { "line": 0, "character": 0 } });
        let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } });
        editor.ask("textDocument/codeAction", params);
        editor.ask("textDocument/semanticTokens/range", json!({ "textDocument": { "uri": uri }, "range": range }));
    }
    assert!(
        editor
            .try_ask(
                "textDocument/hover",
                json!({ "textDocument": { "uri": uri }, "position": { "line": -1, "character": 0 } })
            )
            .is_err()
    );
    // Of a text that nobody opened nothing is known.
    for uri in ["file:///nirgends.jigyo", "untitled:a", "", "あ"] {
        let params = json!({ "textDocument": { "uri": uri }, "position": near });
        assert_eq!(editor.ask("textDocument/hover", params), Value::Null);
        editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }
    editor.is_in_step(&uri);
    editor.end();
}

#[test]
fn the_messages_of_the_whole_report_are_pushed_with_the_versions_of_what_is_open() {
    let (_folder, path) = report();
    write(&path.join(TWO), faulty("二"));
    let mut editor = Editor::start(&path);
    let uri = editor.open(&path.join(ONE));
    assert_eq!(editor.codes(&uri), Vec::<String>::new());
    let two = uri_of_path(&path.join(TWO));
    let codes = editor.codes(&two);
    assert!(codes.contains(&"J045".to_string()) && codes.contains(&"J026".to_string()), "{codes:?}");

    editor.replace_word(&uri, "1,000千円", "14億円");
    let said = editor.messages(&uri);
    assert_eq!(
        (&said[0]["code"], &said[0]["severity"], &said[0]["source"]),
        (&json!("J014"), &json!(1), &json!("report"))
    );
    assert_eq!(editor.words(&uri, &said[0]["range"].clone()), "14億円");
    editor.replace_word(&uri, "14億円", "1,000千円");
    assert_eq!(editor.codes(&uri), Vec::<String>::new());

    // What is open wins; what is closed again counts as it lies on the disk.
    editor.open_as(&path.join(TWO), &program("二"));
    assert_eq!(editor.codes(&two), Vec::<String>::new());
    editor.close(&two);
    assert!(editor.codes(&two).contains(&"J045".to_string()));
    fs::write(path.join(TWO), program("二")).unwrap();
    editor.changed_on_disk(&[path.join(TWO)]);
    editor.ask_about("textDocument/foldingRange", &uri);
    while !editor.pushed[&two].1.is_empty() {
        editor.messages(&two);
        editor.ask_about("textDocument/foldingRange", &uri);
    }
    editor.end();
}

#[test]
fn a_text_that_is_opened_by_another_spelling_of_its_address_keeps_its_messages() {
    let (_folder, path) = report();
    write(&path.join(ONE), faulty("一"));
    let mut editor = Editor::start(&path);
    let ours = uri_of_path(&path.join(ONE));
    assert!(editor.codes(&ours).contains(&"J045".to_string()));
    let theirs = ours.replace("%E4%B8%80", "%e4%b8%80");
    assert_ne!(theirs, ours);
    let theirs = editor.open_at(theirs, &faulty("一"));
    assert!(editor.codes(&theirs).contains(&"J045".to_string()));
    editor.is_in_step(&theirs);
    assert!(editor.codes(&theirs).contains(&"J045".to_string()));
    // Said of the file again, once it is closed.
    editor.close(&theirs);
    while editor.codes(&ours).is_empty() {
        editor.ask("workspace/symbol", json!({ "query": "" }));
    }
    assert!(editor.codes(&ours).contains(&"J045".to_string()));
    editor.end();
}

#[test]
fn messages_are_pulled_by_editors_that_ask_and_are_then_not_pushed() {
    let (_folder, path) = report();
    write(&path.join(TWO), faulty("二"));
    let mut wanted = capabilities();
    wanted["textDocument"]["diagnostic"] = json!({ "dynamicRegistration": false });
    let mut editor = Editor::start_with(&path, wanted);
    let two = editor.open(&path.join(TWO));
    let first = editor.ask_about("textDocument/diagnostic", &two);
    assert_eq!(first["kind"], "full");
    assert!(first["items"].as_array().unwrap().iter().any(|item| item["code"] == "J045"));
    let again = json!({ "textDocument": { "uri": two }, "previousResultId": first["resultId"] });
    assert_eq!(editor.ask("textDocument/diagnostic", again)["kind"], "unchanged");
    editor.replace_word(&two, "同上", "↑");
    let second = editor.ask_about("textDocument/diagnostic", &two);
    assert!(first["items"].as_array().unwrap().len() > second["items"].as_array().unwrap().len());
    assert!(editor.pushed.get(&two).is_none_or(|(_, messages)| messages.is_empty()));

    let all = editor.ask("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let of_two = all["items"].as_array().unwrap().iter().find(|item| item["uri"] == json!(two)).unwrap();
    assert_eq!((&of_two["version"], &of_two["kind"]), (&json!(2), &json!("full")));
    assert_eq!(of_two["resultId"], second["resultId"]);
    let known = json!({ "previousResultIds": [{ "uri": two, "value": second["resultId"] }] });
    let all = editor.ask("workspace/diagnostic", known);
    let of_two = all["items"].as_array().unwrap().iter().find(|item| item["uri"] == json!(two)).unwrap();
    assert_eq!(of_two["kind"], "unchanged");
    editor.end();
}

#[test]
fn a_text_outside_every_report_says_so_and_is_read_alone() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("一.jigyo"), program("一"));
    write(&folder.path().join("深い/二.jigyo"), "壊れた");
    let mut editor = Editor::start(folder.path());
    let uri = editor.open(&folder.path().join("一.jigyo"));
    assert_eq!(editor.codes(&uri), ["J006"]);
    assert!(!editor.ask_about("textDocument/documentSymbol", &uri).as_array().unwrap().is_empty());
    // A 【報告書】 that is open makes it a report, before it is saved.
    let report = editor.open_as(&folder.path().join("報告書.jigyo"), "【報告書】令和2年度報告書\n年度：令和2年度\n");
    assert!(!editor.codes(&report).contains(&"J006".to_string()));
    editor.replace_word(&uri, "研修を行う。", "研修を行った。");
    assert!(!editor.codes(&uri).contains(&"J006".to_string()));
    editor.end();
}

#[test]
fn each_text_belongs_to_the_nearest_report_above_it() {
    let folder = tempfile::tempdir().unwrap();
    let (_one, first) = report();
    for name in ["令和元年度", "令和2年度"] {
        crate::tools::copy_folder(&first, &folder.path().join(name));
    }
    write(&folder.path().join("令和2年度").join(TWO), faulty("二"));
    let mut editor = Editor::start(folder.path());
    let old = editor.open(&folder.path().join("令和元年度").join(TWO));
    assert_eq!(editor.codes(&old), Vec::<String>::new());
    let new = editor.open(&folder.path().join("令和2年度").join(TWO));
    assert!(editor.codes(&new).contains(&"J045".to_string()));
    let found = editor.ask("workspace/symbol", json!({ "query": "二" }));
    assert_eq!(names(&found), ["二", "二"]);
    editor.end();
}

/// Until the server has looked at what was told of the disk.
fn codes_become(editor: &mut Editor, uri: &str, wanted: &[&str]) {
    for _ in 0..200 {
        editor.ask("workspace/symbol", json!({ "query": "" }));
        if editor.codes(uri) == wanted {
            return;
        }
    }
    assert_eq!(editor.codes(uri), wanted);
}

#[test]
fn last_years_report_counts_as_it_is_open_and_as_it_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let (_one, first) = report();
    let (old, new) = (folder.path().join("令和元年度"), folder.path().join("令和2年度"));
    crate::tools::copy_folder(&first, &old);
    crate::tools::copy_folder(&first, &new);
    let head = fs::read_to_string(old.join("報告書.jigyo")).unwrap();
    write(&new.join("報告書.jigyo"), format!("{}\n前年度：../令和元年度\n", head.trim_end()));
    write(&old.join("報告書.jigyo"), head.replace("令和2年度", "令和元年度"));
    for name in [ONE, TWO, OTHER] {
        let text = fs::read_to_string(old.join(name)).unwrap();
        write(&old.join(name), text.replace("参加者数｜10名｜20名", "参加者数｜5名｜10名"));
    }
    let mut editor = Editor::start(&new);
    let one = editor.open(&new.join(ONE));
    codes_become(&mut editor, &one, &[]);

    let before = editor.open(&old.join(ONE));
    editor.replace_word(&before, "｜10名", "｜11名");
    codes_become(&mut editor, &one, &["J039"]);
    editor.close(&before);
    codes_become(&mut editor, &one, &[]);
    // By somebody else
    let text = fs::read_to_string(old.join(ONE)).unwrap();
    write(&old.join(ONE), text.replace("｜10名", "｜12名"));
    editor.changed_on_disk(&[old.join(ONE)]);
    codes_become(&mut editor, &one, &["J039"]);
    let before = editor.open(&old.join(ONE));
    editor.replace_word(&before, "｜12名", "｜10名");
    editor.save(&before);
    editor.close(&before);
    codes_become(&mut editor, &one, &[]);
    editor.end();
}

#[test]
fn reports_come_into_open_folders_and_stay_while_one_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut editor = Editor::start(folder.path());
    let found = |editor: &mut Editor| names(&editor.ask("workspace/symbol", json!({ "query": "二" }))).len();
    assert_eq!(found(&mut editor), 0);
    let (_one, first) = report();
    let path = folder.path().join("令和2年度");
    crate::tools::copy_folder(&first, &path);
    editor.changed_on_disk(&[path.join(TWO), path.join("報告書.jigyo")]);
    assert_eq!(found(&mut editor), 1);

    let change = |key: &str, path: &Path| {
        let mut event = json!({ "added": [], "removed": [] });
        event[key] = json!([{ "uri": uri_of_path(path), "name": "" }]);
        json!({ "event": event })
    };
    editor.tell("workspace/didChangeWorkspaceFolders", change("added", &path));
    editor.tell("workspace/didChangeWorkspaceFolders", change("removed", &path));
    assert_eq!(found(&mut editor), 1, "the folder around it is open");
    editor.tell("workspace/didChangeWorkspaceFolders", change("removed", folder.path()));
    assert_eq!(found(&mut editor), 0);
    editor.end();
}

#[test]
fn the_editor_is_asked_to_tell_of_every_file_that_is_read_in_any_case() {
    let (_folder, path) = report();
    let mut editor = Editor::start(&path);
    editor.ask("workspace/symbol", json!({ "query": "" }));
    let asked = editor.heard.iter().find(|heard| heard["method"] == "client/registerCapability").unwrap();
    let watchers = asked["params"]["registrations"][0]["registerOptions"]["watchers"].as_array().unwrap();
    let globs: Vec<&str> = watchers.iter().map(|watcher| watcher["globPattern"].as_str().unwrap()).collect();
    for ending in ["[jJ][iI][gG][yY][oO]", "[cC][sS][vV]", "[sS][vV][gG]", "[pP][nN][gG]", "[jJ][pP][eE][gG]"] {
        assert!(globs.contains(&format!("**/*.{ending}").as_str()), "{ending}: {globs:?}");
    }
    editor.end();
}

#[test]
fn places_are_exact_whatever_stands_in_front_of_them() {
    let (_folder, path) = report();
    let head = "𠮷田の葛\u{E0100}城でか\u{3099}んは\u{309A}る";
    for encoding in ["utf-16", "utf-8"] {
        for line_end in ["\n", "\r\n", "\r"] {
            let text =
                program("一").replace("研修を行う。", &format!("{head}H A C C P の研修。")).replace('\n', line_end);
            let mut wanted = capabilities();
            wanted["general"]["positionEncodings"] = json!([encoding]);
            let mut editor = Editor::start_with(&path, wanted);
            let uri = editor.open_as(&path.join(ONE), &text);
            let messages = editor.messages(&uri);
            let found = messages.iter().find(|message| message["code"] == "J045").unwrap();
            assert_eq!(editor.words(&uri, &found["range"].clone()), "H A C C P");
            let actions = editor.actions(&uri, "H A C C P");
            editor.apply(&action(&actions, "「HACCP」に直す")["edit"].clone());
            assert!(editor.text(&uri).contains(&format!("{head}HACCP")), "か and ゛ stay as they were typed");
            assert!(!editor.codes(&uri).contains(&"J045".to_string()));
            editor.is_in_step(&uri);
            editor.end();
        }
    }
}

#[test]
fn a_file_that_is_not_open_is_counted_as_an_editor_would_show_it() {
    let (_folder, path) = report();
    let text = program("二").replace("研修を行う。", "か\u{3099}んは\u{309A}るH A C C P の研修。");
    write(&path.join(TWO), &text);
    let mut editor = Editor::start(&path);
    editor.open(&path.join(ONE));
    let two = uri_of_path(&path.join(TWO));
    let message = editor.messages(&two).into_iter().find(|message| message["code"] == "J045").unwrap();
    assert_eq!(message["range"]["start"]["character"], "か\u{3099}んは\u{309A}る".encode_utf16().count());
    editor.end();
}

#[test]
fn certain_mends_proposals_and_acknowledgements_are_actions() {
    let (_folder, path) = report();
    write(&path.join(ONE), faulty("一"));
    let mut editor = Editor::start(&path);
    let uri = editor.open(&path.join(ONE));
    let actions = editor.actions(&uri, "上｜中");
    let likely = action(&actions, "案：「上」を「↑」に直す");
    assert_eq!((&likely["isPreferred"], &likely["kind"]), (&json!(false), &json!("quickfix")));
    let actions = editor.actions(&uri, "同上");
    let certain = action(&actions, "「同上」を「↑」に直す").clone();
    assert_eq!((&certain["isPreferred"], &certain["diagnostics"][0]["code"]), (&json!(true), &json!("J026")));
    let all = action(&actions, "この原稿の確かな直しをすべて行う（4か所）").clone();
    editor.apply(&certain["edit"]);
    assert!(editor.text(&uri).contains("修了者数｜9名｜↑"));
    editor.is_in_step(&uri);

    let actions = editor.actions(&uri, "上｜中");
    let silenced = action(&actions, "確認済にする（J026「上」").clone();
    editor.apply(&silenced["edit"]);
    assert!(editor.text(&uri).contains("担当：監理課\n確認済：J026「上」　（ここに理由）\n"), "{}", editor.text(&uri));
    assert!(editor.codes(&uri).contains(&"J018".to_string()), "the reason is still to be written");
    editor.replace_word(&uri, "（ここに理由）", "評価の言葉");
    let codes = editor.codes(&uri);
    assert!(!codes.contains(&"J026".to_string()) && !codes.contains(&"J018".to_string()), "{codes:?}");

    assert_eq!(all["kind"], "source.fixAll");
    let range = editor.range(&uri, 0..0);
    let only =
        json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [], "only": ["source"] } });
    let all = editor.ask("textDocument/codeAction", only);
    editor.apply(&all[0]["edit"].clone());
    assert!(!editor.text(&uri).contains("H A C C P"));
    assert!(!editor.codes(&uri).contains(&"J045".to_string()));
    editor.is_in_step(&uri);
    editor.end();
}

#[test]
fn a_text_is_formatted_as_the_command_does_it() {
    let (_folder, path) = report();
    let typed =
        program("一").replace('：', ":").replace("【事業概要】", "【 事業概要 】").replace('\n', "\r\n") + "\r\n\r\n";
    let mut editor = Editor::start(&path);
    let uri = editor.open_as(&path.join(ONE), &typed);
    let edits = editor.ask_about("textDocument/formatting", &uri);
    assert!(edits.as_array().unwrap().len() > 1, "lines that are right stay");
    editor.apply_edits(&uri, edits.as_array().unwrap());
    assert_eq!(editor.text(&uri), program("一").replace('\n', "\r\n"));
    editor.is_in_step(&uri);
    assert_eq!(editor.ask_about("textDocument/formatting", &uri), json!([]));
    editor.end();
}

#[test]
fn headings_fields_and_their_values_are_offered() {
    let (_folder, path) = report();
    let mut editor = Editor::start(&path);
    let text = "【事業】一\n事業費：1,000千円\n区分：\n担\n担当：\n\n【事業概要】\n研修を行う。\n\n【事業\n";
    let uri = editor.open_as(&path.join(ONE), text);
    // A heading that is written anew may be itself.
    let offered = editor.ask_behind("textDocument/completion", &uri, "\n【事業");
    assert!(labels(&offered).contains(&"【事業概要】"), "{offered}");
    let at = text.rfind("【事業").unwrap() + "【事業".len();
    let position = editor.position(&uri, at);
    let offered =
        editor.ask("textDocument/completion", json!({ "textDocument": { "uri": uri }, "position": position }));
    assert!(labels(&offered).contains(&"【事業実績】") && labels(&offered).contains(&"【指標】"), "{offered}");
    assert!(!labels(&offered).contains(&"【事業概要】"), "it stands there already");
    let choices = editor.ask_behind("textDocument/completion", &uri, "区分：");
    assert_eq!(labels(&choices), ["新規", "拡充", "継続", "終了"]);
    let fields = editor.ask_behind("textDocument/completion", &uri, "\n担");
    assert!(labels(&fields).contains(&"担当") && labels(&fields).contains(&"よみ"), "{fields}");
    assert!(!labels(&fields).contains(&"事業費"));
    let item = fields["items"].as_array().unwrap().iter().find(|item| item["label"] == "担当").unwrap();
    assert_eq!(item["textEdit"]["newText"], "担当：");
    assert_eq!(editor.words(&uri, &item["textEdit"]["range"].clone()), "担");
    let departments = editor.ask_behind("textDocument/completion", &uri, "\n担当：");
    assert!(labels(&departments).contains(&"観光企画課　企画グループ"), "{departments}");
    editor.end();
}

#[test]
fn ids_units_items_and_photographs_are_offered() {
    let (_folder, path) = report();
    write(&path.join("01_章/会場.jpg"), "x");
    let mut editor = Editor::start(&path);
    let chapter = editor.open_as(&path.join(CHAPTER), "【章】人材の育成\n\n【構成】\n二\n\n再掲　\n");
    let offered = editor.ask_behind("textDocument/completion", &chapter, "【構成】\n二\n");
    assert_eq!(labels(&offered)[..2], ["一", "再掲"]);
    let offered = editor.ask_behind("textDocument/completion", &chapter, "再掲　");
    assert_eq!(labels(&offered), ["三"]);

    let text = program("一").replace("研修を2回行った。", "（１）説明会を開いた。\n（２）研修を行った。")
        + "受講者数｜1\n\n(\n\n【写真】\n\n";
    let one = editor.open_as(&path.join(ONE), &text);
    let units = editor.ask_behind("textDocument/completion", &one, "受講者数｜1");
    assert_eq!(labels(&units), ["1名"]);
    let items = editor.ask_behind("textDocument/completion", &one, "\n(");
    assert_eq!(labels(&items), ["(1)", "(2)"]);
    let photographs = editor.ask_behind("textDocument/completion", &one, "【写真】\n");
    assert!(labels(&photographs).contains(&"会場.jpg"), "{photographs}");
    editor.end();
}

/// What an offer does to a text, with what an editor compares with what was typed.
fn taken(editor: &mut Editor, uri: &str, offered: &Value, label: &str) -> (String, String) {
    let item = offered["items"].as_array().unwrap().iter().find(|item| item["label"] == label);
    let item = item.unwrap_or_else(|| panic!("{label}: {offered}"));
    let before = editor.text(uri).to_string();
    editor.apply_edits(uri, std::slice::from_ref(&item["textEdit"]));
    let after = editor.text(uri).to_string();
    editor.change(uri, &[json!({ "text": before })]);
    (after, item["filterText"].as_str().unwrap().to_string())
}

#[test]
fn the_number_of_an_item_takes_the_place_of_a_number_and_of_nothing_else() {
    let (_folder, path) = report();
    let mut editor = Editor::start(&path);
    let text = program("一").replace("研修を2回行った。", "（１）説明会を開いた。\n（２）研修を行った。");
    let one = editor.open(&path.join(ONE));
    for (row, behind, expected, filter) in [
        ("　・受講者数｜—｜87名", "　・", "　・(2)受講者数｜—｜87名", "(2)"),
        ("(1) 受講者数｜—｜87名", "(", "(2) 受講者数｜—｜87名", "(2)"),
        ("（受講者数｜—｜87名", "（", "(2)受講者数｜—｜87名", "（2）"),
        ("（１受講者数｜—｜87名", "（１", "(2)受講者数｜—｜87名", "（２）"),
    ] {
        editor.change(&one, &[json!({ "text": format!("{text}{row}\n") })]);
        let position = editor.position(&one, text.len() + behind.len());
        let offered =
            editor.ask("textDocument/completion", json!({ "textDocument": { "uri": one }, "position": position }));
        let (after, found_by) = taken(&mut editor, &one, &offered, "(2)");
        assert_eq!((after.lines().last(), found_by.as_str()), (Some(expected), filter), "{row}");
    }
    editor.change(&one, &[json!({ "text": format!("{text}受講者数｜1\n") })]);
    let units = editor.ask_behind("textDocument/completion", &one, "受講者数｜1");
    assert_eq!(units["isIncomplete"], true, "another digit makes other offers");
    editor.end();
}

#[test]
fn a_code_takes_the_place_of_the_whole_code() {
    let (_folder, path) = report();
    let mut editor = Editor::start(&path);
    let text = "【報告書】報告\n年度：令和2年度\n検査：J067=注意\n検査：J０３\n";
    let uri = editor.open_as(&path.join("報告書.jigyo"), text);
    for (behind, expected) in
        [("検査：J0", "検査：J034=注意\n検査：J０３"), ("検査：J０", "検査：J067=注意\n検査：J034=")]
    {
        let offered = editor.ask_behind("textDocument/completion", &uri, behind);
        let (after, _) = taken(&mut editor, &uri, &offered, "J034");
        assert!(after.contains(expected), "{behind}: {after}");
    }
    editor.end();
}

#[test]
fn a_place_tells_its_message_and_what_is_computed_of_it() {
    let (_folder, path) = report();
    let (_, built) = build_folder(&path, false);
    write(&path.join("out/報告.pdf"), built.unwrap().pdf);
    let mut editor = Editor::start(&path);
    let uri = editor.open(&path.join(ONE));
    let told = editor.ask_behind("textDocument/hover", &uri, "【事業】一");
    let words = told["contents"]["value"].as_str().unwrap().to_string();
    assert!(words.contains("①　人材の育成　No.2") || words.contains("①人材の育成　No.2"), "{words}");
    assert!(words.contains("掲載頁：") && !words.contains("掲載頁：（"), "{words}");
    let told = editor.ask_behind("textDocument/hover", &uri, "事業費：1,0");
    assert!(told["contents"]["value"].as_str().unwrap().contains("章の小計：2,000千円"), "{told}");
    editor.replace_word(&uri, "1,000千円", "14億円");
    let told = editor.ask_behind("textDocument/hover", &uri, "14億");
    assert!(told["contents"]["value"].as_str().unwrap().contains("**J014"), "{told}");
    assert_eq!(told["contents"]["kind"], "markdown");
    let chapter = editor.open(&path.join("02_章/章.jigyo"));
    let told = editor.ask_behind("textDocument/hover", &chapter, "再掲　一");
    assert!(told["contents"]["value"].as_str().unwrap().contains("担当：監理課"), "{told}");
    let told = editor.ask_behind("textDocument/hover", &chapter, "【章】観光");
    assert!(told["contents"]["value"].as_str().unwrap().contains("小計：1,000千円　1事業"), "{told}");
    editor.end();
}

#[test]
fn one_list_of_contents_and_the_outline_of_a_text() {
    let (_folder, path) = report();
    let mut editor = Editor::start(&path);
    let uri = editor.open(&path.join(ONE));
    let all = editor.ask("workspace/symbol", json!({ "query": "" }));
    assert_eq!(names(&all), ["①人材の育成", "二", "一", "②観光の振興", "三"]);
    assert_eq!(all[4]["location"]["uri"], json!(uri_of_path(&path.join(OTHER))));
    assert_eq!(all[4]["containerName"], "観光の振興");
    assert_eq!(names(&editor.ask("workspace/symbol", json!({ "query": "観光" }))), ["②観光の振興"]);
    let outline = editor.ask_about("textDocument/documentSymbol", &uri);
    assert_eq!(names(&outline), ["一"]);
    assert_eq!(names(&outline[0]["children"]), ["事業費", "担当", "事業概要", "事業実績", "指標"]);
    assert_eq!(names(&outline[0]["children"][4]["children"]), ["参加者数"]);
    let folds = editor.ask_about("textDocument/foldingRange", &uri);
    let lines: Vec<(u64, u64)> = folds
        .as_array()
        .unwrap()
        .iter()
        .map(|fold| (fold["startLine"].as_u64().unwrap(), fold["endLine"].as_u64().unwrap()))
        .collect();
    assert_eq!(lines, [(0, 2), (4, 5), (7, 8), (10, 11)]);
    editor.end();
}

#[test]
fn names_lead_to_things_and_things_to_their_names() {
    let (_folder, path) = report();
    write(&path.join("01_章/会場.jpg"), "x");
    let text = program("一").replace("研修を2回行った。", "（１）説明会を開いた。\n（２）研修を行った。")
        + "(2) 受講者数｜1名｜2名\n\n【写真】\n会場.jpg｜会場｜会場のようす\n";
    write(&path.join(ONE), &text);
    let mut editor = Editor::start(&path);
    let (one, chapter) = (editor.open(&path.join(ONE)), editor.open(&path.join("02_章/章.jigyo")));
    let found = editor.ask_behind("textDocument/definition", &chapter, "再掲　一");
    assert_eq!((found["uri"].as_str(), editor.words(&one, &found["range"].clone())), (Some(one.as_str()), "一"));
    let found = editor.ask_behind("textDocument/definition", &one, "\n(2)");
    assert_eq!(editor.words(&one, &found["range"].clone()), "研修を行った。");
    let found = editor.ask_behind("textDocument/definition", &one, "\n会場.jpg");
    assert_eq!(found["uri"], json!(uri_of_path(&path.join("01_章/会場.jpg"))));
    let at = editor.position(&one, "【事業】一".len());
    let params = json!({ "textDocument": { "uri": one }, "position": at, "context": { "includeDeclaration": true } });
    let found = editor.ask("textDocument/references", params);
    let files: Vec<&str> = found.as_array().unwrap().iter().map(|place| place["uri"].as_str().unwrap()).collect();
    assert_eq!(files, [&one, &uri_of_path(&path.join(CHAPTER)), &chapter].map(String::as_str));
    let found = editor.ask_behind("textDocument/references", &one, "\n（２）");
    assert_eq!(editor.words(&one, &found[0]["range"].clone()), "(2)");
    editor.end();
}

#[test]
fn every_stretch_has_its_colour() {
    let (_folder, path) = report();
    let mut editor = Editor::start(&path);
    let uri = editor.open_as(&path.join(ONE), &(program("𠮷一") + "\n【メモ】\n控え\n"));
    let told = editor.ask_about("textDocument/semanticTokens/full", &uri);
    let data: Vec<u64> = told["data"].as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect();
    let (mut line, mut character, mut found) = (0, 0, Vec::new());
    for token in data.chunks_exact(5) {
        character = if token[0] == 0 { character + token[1] } else { token[1] };
        line += token[0];
        let range = json!({ "start": { "line": line, "character": character }, "end": { "line": line, "character": character + token[2] } });
        found.push((editor.words(&uri, &range).to_string(), token[3]));
    }
    for (word, kind) in [
        ("【事業】", 0),
        ("𠮷一", 1),
        ("事業費", 2),
        ("1,000千円", 3),
        ("参加者数", 5),
        ("｜", 4),
        ("10名", 3),
        ("【メモ】", 6),
        ("控え", 6),
    ] {
        assert!(found.contains(&(word.to_string(), kind)), "{word}: {found:?}");
    }
    let part = json!({ "textDocument": { "uri": uri }, "range": { "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 3 } } });
    let part = editor.ask("textDocument/semanticTokens/range", part);
    assert!(part["data"].as_array().unwrap().len() < data.len() && part["data"][0] == json!(1));
    editor.end();
}

#[test]
fn a_program_is_renamed_everywhere() {
    let (_folder, path) = report();
    let mut editor = Editor::start(&path);
    let one = editor.open(&path.join(ONE));
    let chapter = editor.open(&path.join("02_章/章.jigyo"));
    let at = editor.position(&one, "【事業】一".len());
    let about = json!({ "textDocument": { "uri": one }, "position": at });
    let prepared = editor.ask("textDocument/prepareRename", about.clone());
    assert_eq!(prepared["placeholder"], "一");
    let mut asked = about.clone();
    asked["newName"] = json!("二");
    assert!(editor.try_ask("textDocument/rename", asked.clone()).unwrap_err().1.contains("もうあります"));
    asked["newName"] = json!("　");
    assert!(editor.try_ask("textDocument/rename", asked.clone()).is_err());
    asked["newName"] = json!("職業訓練/研修事業");
    let edit = editor.ask("textDocument/rename", asked);
    editor.apply(&edit);
    let new = path.join("01_章/職業訓練／研修事業.jigyo");
    assert!(new.exists() && !path.join(ONE).exists());
    let uri = uri_of_path(&new);
    assert!(
        editor.text(&uri).starts_with("【事業】職業訓練/研修事業\n事業費：1,000千円\n担当：監理課\n旧名称：一\n"),
        "{}",
        editor.text(&uri)
    );
    assert_eq!(editor.text(&chapter), "【章】観光の振興\n\n【構成】\n三\n再掲　職業訓練／研修事業\n");
    assert_eq!(
        fs::read_to_string(path.join(CHAPTER)).unwrap(),
        "【章】人材の育成\n\n【構成】\n二\n職業訓練／研修事業\n"
    );
    editor.is_in_step(&uri);
    editor.is_in_step(&chapter);
    assert_eq!(editor.codes(&uri), Vec::<String>::new());
    assert_eq!(editor.codes(&chapter), Vec::<String>::new());

    // From a line of 【構成】, and a file that is renamed in the editor's own list.
    let edit = editor.ask(
        "workspace/willRenameFiles",
        json!({ "files": [{ "oldUri": uri, "newUri": uri_of_path(&path.join("01_章/研修.jigyo")) }] }),
    );
    assert_eq!(edit["documentChanges"].as_array().unwrap().len(), 2);
    assert_eq!(edit["documentChanges"][0]["edits"][0]["newText"], "研修");
    let at = editor.text(&chapter).find("三").unwrap();
    let about =
        json!({ "textDocument": { "uri": chapter }, "position": editor.position(&chapter, at), "newName": "四" });
    let edit = editor.ask("textDocument/rename", about);
    editor.apply(&edit);
    assert!(path.join("02_章/四.jigyo").exists());
    assert!(fs::read_to_string(path.join("02_章/四.jigyo")).unwrap().contains("旧名称：三\n"));
    assert_eq!(editor.codes(&chapter), Vec::<String>::new());
    editor.end();
}

#[test]
fn a_program_that_gets_its_old_name_back_is_what_it_was() {
    let (_folder, path) = report();
    let mut editor = Editor::start(&path);
    let mut uri = editor.open(&path.join(ONE));
    for new in ["研修事業", "研修の事業", "一"] {
        let at = editor.position(&uri, "【事業】".len());
        let asked = json!({ "textDocument": { "uri": uri }, "position": at, "newName": new });
        let edit = editor.ask("textDocument/rename", asked);
        editor.apply(&edit);
        uri = uri_of_path(&path.join(format!("01_章/{new}.jigyo")));
        editor.is_in_step(&uri);
    }
    let text = editor.text(&uri).to_string();
    assert!(!text.contains("旧名称：一\n"), "{text}");
    editor.change(&uri, &[json!({ "text": program("一") })]);
    for new in ["研修事業", "一"] {
        let at = editor.position(&uri, "【事業】".len());
        let asked = json!({ "textDocument": { "uri": uri }, "position": at, "newName": new });
        let edit = editor.ask("textDocument/rename", asked);
        editor.apply(&edit);
        uri = uri_of_path(&path.join(format!("01_章/{new}.jigyo")));
    }
    assert_eq!(editor.text(&uri), program("一"));
    assert_eq!(editor.codes(&uri), Vec::<String>::new());
    editor.end();
}

#[test]
fn the_former_name_is_the_one_that_was_published() {
    let folder = tempfile::tempdir().unwrap();
    let (_one, first) = report();
    let (old, new) = (folder.path().join("令和元年度"), folder.path().join("令和2年度"));
    crate::tools::copy_folder(&first, &old);
    crate::tools::copy_folder(&first, &new);
    let head = fs::read_to_string(old.join("報告書.jigyo")).unwrap();
    write(&new.join("報告書.jigyo"), format!("{}\n前年度：../令和元年度\n", head.trim_end()));
    write(&old.join("報告書.jigyo"), head.replace("令和2年度", "令和元年度"));
    // Somebody typed another title, and said nothing of it.
    let typed = program("一").replace("【事業】一", "【事業】仮の名");
    write(&new.join(ONE), &typed);
    let mut editor = Editor::start(&new);
    let uri = editor.open(&new.join(ONE));
    let mut former = |name: &str| {
        let at = editor.position(&uri, "【事業】".len());
        let asked = json!({ "textDocument": { "uri": uri }, "position": at, "newName": name });
        let edit = editor.ask("textDocument/rename", asked);
        edit["documentChanges"][0]["edits"].as_array().unwrap().iter().any(|edit| edit["newText"] == "\n旧名称：一")
    };
    assert!(former("研修"), "the name of last year, not the one between");
    assert!(!former("一"));
    editor.end();
}

/// What an editor's list of files does: it asks, makes the edits, and renames.
fn rename_in_list(editor: &mut Editor, moves: &[(PathBuf, PathBuf)]) {
    let files: Vec<Value> =
        moves.iter().map(|(old, new)| json!({ "oldUri": uri_of_path(old), "newUri": uri_of_path(new) })).collect();
    let edit = editor.ask("workspace/willRenameFiles", json!({ "files": files }));
    if !edit.is_null() {
        editor.apply(&edit);
    }
    for (old, new) in moves {
        fs::rename(old, new).unwrap();
        editor.changed_on_disk(&[old.clone(), new.clone()]);
    }
}

#[test]
fn what_moves_in_the_list_of_files_takes_its_lines_along() {
    let (_folder, path) = report();
    let photo = "\n【写真】\n会場.jpg｜会場｜会場のようす\n";
    write(&path.join(ONE), program("一") + photo);
    write(&path.join("01_章/会場.jpg"), "x");
    let head = fs::read_to_string(path.join("報告書.jigyo")).unwrap();
    write(&path.join("報告書.jigyo"), format!("{}\n\n【構成】\n02_章\n01_章/\n", head.trim_end()));
    let mut editor = Editor::start(&path);
    let read = |name: &str| fs::read_to_string(path.join(name)).unwrap();

    // A photograph, and a program with its photograph into another chapter under another name.
    rename_in_list(&mut editor, &[(path.join("01_章/会場.jpg"), path.join("01_章/会議場.jpg"))]);
    assert!(read(ONE).contains("\n会議場.jpg｜会場｜会場のようす\n"));
    rename_in_list(
        &mut editor,
        &[
            (path.join(ONE), path.join("02_章/研修.jigyo")),
            (path.join("01_章/会議場.jpg"), path.join("02_章/会議場.jpg")),
        ],
    );
    assert_eq!(read(CHAPTER), "【章】人材の育成\n\n【構成】\n二\n");
    assert_eq!(read("02_章/章.jigyo"), "【章】観光の振興\n\n【構成】\n三\n研修\n");
    rename_in_list(&mut editor, &[(path.join("02_章/研修.jigyo"), path.join("01_章/一.jigyo"))]);
    assert_eq!(read(CHAPTER), "【章】人材の育成\n\n【構成】\n二\n一\n");
    assert_eq!(read("02_章/章.jigyo"), "【章】観光の振興\n\n【構成】\n三\n");
    assert!(read("01_章/一.jigyo").contains("\n会議場.jpg｜"), "it did not come along");

    // A chapter.
    rename_in_list(&mut editor, &[(path.join("01_章"), path.join("01_人材"))]);
    assert!(read("報告書.jigyo").ends_with("【構成】\n02_章\n01_人材\n"), "{}", read("報告書.jigyo"));
    let report = editor.open(&path.join("報告書.jigyo"));
    assert_eq!(editor.codes(&report), Vec::<String>::new());
    editor.end();
}

#[test]
fn an_editor_that_renames_no_files_is_told_so() {
    let (_folder, path) = report();
    let mut editor = Editor::start_with(&path, json!({}));
    let one = editor.open(&path.join(ONE));
    let at = editor.position(&one, "【事業】一".len());
    let asked = json!({ "textDocument": { "uri": one }, "position": at, "newName": "新" });
    assert!(editor.try_ask("textDocument/rename", asked).unwrap_err().1.contains("このエディター"));
    write(&path.join(TWO), faulty("二"));
    let two = editor.open(&path.join(TWO));
    let actions = editor.actions(&two, "同上");
    let edits = &action(&actions, "「同上」を「↑」に直す")["edit"]["changes"][&two];
    assert_eq!(edits[0]["newText"], "↑");
    editor.end();
}

#[test]
fn texts_of_a_form_of_an_offices_own_are_known_too() {
    let root = crate::tools::root().join("reports");
    for name in ["seika", "hyoka", "ichiran"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        crate::tools::copy_folder(&root.join(name), &path);
        let mut editor = Editor::start(&path);
        for file in crate::tools::files_below(&path).iter().filter(|file| is_text(file)) {
            let uri = editor.open(file);
            assert!(editor.messages(&uri).iter().all(|message| message["severity"] == 4), "{}", file.display());
            for method in ["documentSymbol", "foldingRange", "semanticTokens/full", "formatting"] {
                editor.ask_about(&format!("textDocument/{method}"), &uri);
            }
            let length = editor.text(&uri).len();
            for at in (0..length)
                .step_by(97)
                .filter_map(|at| (at..=length).find(|at| editor.text(&uri).is_char_boundary(*at)))
                .collect::<Vec<_>>()
            {
                let params = json!({ "textDocument": { "uri": uri }, "position": editor.position(&uri, at) });
                for method in ["completion", "hover", "definition", "prepareRename"] {
                    editor.ask(&format!("textDocument/{method}"), params.clone());
                }
            }
        }
        editor.end();
    }
}

fn is_text(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending == "jigyo")
}
