//! Mends beside the messages of the live page, taking saves back, and earlier days: over its own protocol, and in a real browser.

use std::fs;
use std::path::PathBuf;

use encoding_rs::SHIFT_JIS;
use serde_json::{Value, json};

use crate::driver::Browser;
use crate::running::wait_until;
use crate::tools::{program, small_report, write};
use crate::writing::Office;

pub(crate) const FILE: &str = "01_章/一.jigyo";
const OTHER: &str = "01_章/二.jigyo";
const TAB: &str = "\u{E004}";
pub(crate) const ENTER: &str = "\u{E007}";
const CONTROL: &str = "\u{E009}";
const SHIFT: &str = "\u{E008}";

/// A word pulled apart at three places, a mark that stands for another, and one that most likely does.
fn faulty(name: &str) -> String {
    program(name).replace("研修を行う。", "H A C C P の研修を行う。\n県内のH A C C P に応じる。\nH A C C P を広める。")
        + "修了者数｜9名｜同上\n評価｜上｜中\n"
}

pub(crate) fn report(files: &[(&str, Vec<u8>)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let disk = small_report();
    for name in disk.paths() {
        write(&folder.path().join("報告書").join(name), disk.get(name).unwrap());
    }
    for (name, bytes) in files {
        write(&folder.path().join("報告書").join(name), bytes);
    }
    folder
}

pub(crate) fn open(files: &[(&str, Vec<u8>)]) -> Office {
    Office::open_in(report(files), &["preview", "--no-open"])
}

pub(crate) fn path(office: &Office, file: &str) -> PathBuf {
    office.folder.path().join("報告書").join(file)
}

pub(crate) fn text(office: &Office, file: &str) -> String {
    fs::read_to_string(path(office, file)).unwrap()
}

/// The messages of a code, as the page is told them.
fn messages(office: &Office, code: &str) -> Vec<Value> {
    let state = office.state();
    let messages = state["messages"].as_array().unwrap().iter();
    messages.filter(|message| message["code"] == code).cloned().collect()
}

fn is_gone(office: &Office, code: &str) {
    wait_until(code, || messages(office, code).is_empty());
}

fn mend(message: &Value) -> Value {
    json!({ "file": message["file"], "seen": message["mend"]["seen"], "edits": message["mend"]["edits"] })
}

/// What takes a save back.
fn back(file: &str, saved: &Value) -> Value {
    let edits = saved["stretches"].as_array().unwrap().iter();
    let edits: Vec<Value> =
        edits.map(|edit| json!({ "start": edit["start"], "end": edit["end"], "text": edit["before"] })).collect();
    json!({ "file": file, "seen": saved["seen"], "edits": edits, "verbatim": true })
}

#[test]
fn a_message_is_mended_at_all_its_places_and_taken_back_byte_by_byte() {
    let before = SHIFT_JIS.encode(&faulty("一").replace('\n', "\r\n")).0.into_owned();
    let office = open(&[(FILE, before.clone())]);
    let found = messages(&office, "J045").remove(0);
    assert_eq!((&found["mend"]["certain"], found["mend"]["edits"].as_array().unwrap().len()), (&json!(true), 3));
    let saved = office.post("mend", &mend(&found));
    assert_eq!(saved.status, 200, "{}", saved.text());
    let wanted = SHIFT_JIS.encode(&faulty("一").replace("H A C C P", "HACCP").replace('\n', "\r\n")).0.into_owned();
    assert_eq!(fs::read(path(&office, FILE)).unwrap(), wanted);
    is_gone(&office, "J045");
    // What is most likely meant says what it would do, and is done when it was chosen.
    let found = messages(&office, "J026");
    let likely = found.iter().find(|message| message["mend"]["certain"] == false).unwrap();
    assert_eq!((&likely["mend"]["edits"][0]["was"], &likely["mend"]["edits"][0]["text"]), (&json!("上"), &json!("↑")));
    let chosen = office.post("mend", &mend(likely));
    assert_eq!(chosen.status, 200, "{}", chosen.text());
    let now = SHIFT_JIS.decode(&fs::read(path(&office, FILE)).unwrap()).0.into_owned();
    assert!(now.contains("評価｜↑｜中\r\n"), "{now}");
    for saved in [chosen, saved] {
        assert_eq!(office.post("mend", &back(FILE, &saved.json())).status, 200);
    }
    assert_eq!(fs::read(path(&office, FILE)).unwrap(), before);
}

#[test]
fn all_certain_mends_are_told_by_file() {
    let office = open(&[(FILE, faulty("一").into()), (OTHER, faulty("二").into())]);
    assert_eq!(office.state()["writing"]["certain"], 8);
    let mends = office.get("certain").json();
    assert_eq!(mends.as_array().unwrap().len(), 2);
    for file in mends.as_array().unwrap() {
        assert_eq!(office.post("mend", file).status, 200);
    }
    for (file, name) in [(FILE, "一"), (OTHER, "二")] {
        assert_eq!(text(&office, file), faulty(name).replace("H A C C P", "HACCP").replace("同上", "↑"));
    }
    wait_until("nothing certain is left", || office.state()["writing"]["certain"] == 0);
}

#[test]
fn what_was_changed_meanwhile_or_is_no_file_of_the_report_is_not_mended() {
    let office = open(&[(FILE, faulty("一").into())]);
    let found = messages(&office, "J045").remove(0);
    let changed = faulty("一").replace("県内のH A C C P に", "県内全域のH A C C に");
    fs::write(path(&office, FILE), &changed).unwrap();
    let refused = office.post("mend", &mend(&found));
    assert_eq!(refused.status, 409, "{}", refused.text());
    assert!(refused.text().contains("書き換えられています"), "{}", refused.text());
    assert_eq!(text(&office, FILE), changed);
    let outside = office.folder.path().join("他.jigyo");
    fs::write(&outside, faulty("一")).unwrap();
    for file in ["../他.jigyo", "一.jigyo", "_履歴/一.jigyo", "01_章/../01_章/一.jigyo"] {
        let mut wanted = mend(&found);
        wanted["file"] = json!(file);
        assert_eq!(office.post("mend", &wanted).status, 422, "{file}");
        let wanted = json!({ "file": file, "seen": "1", "at": 0, "code": "J045", "word": "", "reason": "このとおり" });
        assert_eq!(office.post("acknowledge", &wanted).status, 422, "{file}");
        for what in ["editor", "folder"] {
            assert_eq!(office.post("open", &json!({ "file": file, "what": what })).status, 404, "{file}");
        }
    }
    assert_eq!(fs::read_to_string(outside).unwrap(), faulty("一"));
    assert_eq!(office.post("mend", &json!({ "file": FILE })).status, 400);
    assert_eq!(office.post("open", &json!({ "file": FILE, "what": "delete" })).status, 400);
}

#[test]
fn a_page_that_only_shows_has_none_of_it() {
    for arguments in [&["preview", "--no-open", "--read-only"][..], &["watch", "--preview", "--no-open"]] {
        let office = Office::open_in(report(&[(FILE, faulty("一").into())]), arguments);
        let state = office.state();
        assert_eq!(state["writing"], json!({ "is_on": false, "has_history": false, "certain": 0 }));
        let messages = state["messages"].as_array().unwrap();
        assert!(!messages.is_empty() && messages.iter().all(|m| m["mend"].is_null() && m["acknowledge"].is_null()));
        for path in ["mend", "acknowledge", "restore", "open"] {
            assert_eq!(office.post(path, &json!({ "file": FILE, "what": "editor" })).status, 405, "{path}");
        }
        assert_eq!(office.get("certain").status, 404);
        assert_eq!(office.get("earlier?file=01_%E7%AB%A0/%E4%B8%80.jigyo").status, 404);
        assert_eq!(text(&office, FILE), faulty("一"));
    }
}

fn program_with(name: &str, overview: &str) -> String {
    program(name).replace("研修を行う。", overview)
}

fn acknowledge(message: &Value, reason: &str) -> Value {
    let place = &message["acknowledge"];
    json!({
        "file": place["file"], "seen": place["seen"], "at": place["at"], "code": message["code"], "word": place["word"],
        "reason": reason,
    })
}

#[test]
fn an_acknowledged_message_goes_and_its_line_stands_below_the_title() {
    let apart = "【取組の概要】\nH A C C P を広める。\n";
    let chapter = format!("【章】人材の育成\n{apart}");
    let report = "【報告書】令和2年度報告書\n年度：令和2年度\n発行：青森県\n";
    let program = faulty("一").replace('\n', "\r\n");
    let open_word = program_with("二", "○○町で行う。");
    let office = open(&[
        (FILE, program.clone().into()),
        (OTHER, open_word.clone().into()),
        ("01_章/章.jigyo", chapter.clone().into()),
        ("報告書.jigyo", report.into()),
    ]);
    let of_file = |code: &str, file: &str| {
        let found = messages(&office, code);
        found.into_iter().find(|message| message["file"] == file).unwrap()
    };
    let wanted = [
        (
            "J045",
            FILE,
            "1つの語",
            program.replace("担当：監理課\r\n", "担当：監理課\r\n確認済：J045「H A C C P」　1つの語\r\n"),
        ),
        ("J045", "01_章/章.jigyo", "同じ", format!("【章】人材の育成\n確認済：J045「H A C C P」　同じ\n{apart}")),
        ("J044", OTHER, "町の名前", open_word.replace("監理課\n", "監理課\n確認済：J044「○○」　町の名前\n")),
        ("J068", "報告書.jigyo", "未定", format!("{report}確認済：J068　未定\n")),
    ];
    // What a button does is told apart from what is typed.
    let told = of_file("J044", OTHER);
    assert_eq!(told["help"], "決まった内容に書き換えてください。");
    assert!(told["leave"].as_str().is_some_and(|words| words.starts_with("このままでよければ")), "{told}");
    for (code, file, reason, after) in wanted {
        let message = of_file(code, file);
        for none in ["", "　", "（ここに理由）"] {
            let refused = office.post("acknowledge", &acknowledge(&message, none));
            assert_eq!((refused.status, refused.text().as_str()), (400, "確認済に理由がありません。"));
        }
        let saved = office.post("acknowledge", &acknowledge(&message, reason));
        assert_eq!(saved.status, 200, "{}", saved.text());
        // The message may still be there to be clicked once more.
        assert_eq!(office.post("acknowledge", &acknowledge(&message, "もう一度")).status, 409);
        let now = text(&office, file);
        assert!(now.starts_with(&after), "{now}");
        wait_until("the message is gone", || messages(&office, code).iter().all(|message| message["file"] != file));
        assert!(messages(&office, "J066").is_empty());
    }
}

#[test]
fn a_file_goes_back_to_the_morning_of_a_day() {
    let office = open(&[(FILE, faulty("一").into())]);
    let file = "01_%E7%AB%A0%2F%E4%B8%80.jigyo";
    assert_eq!(office.get(&format!("earlier?file={file}")).json(), json!({ "days": [] }));
    let found = messages(&office, "J045").remove(0);
    assert_eq!(office.post("mend", &mend(&found)).status, 200);
    let mended = text(&office, FILE);
    let days = office.get(&format!("earlier?file={file}")).json();
    let day = days["days"][0].as_str().unwrap().to_string();
    let shown = office.get(&format!("earlier?file={file}&day={day}")).json();
    let lines = shown["lines"].as_array().unwrap();
    let of = |kind: &str| lines.iter().filter(|line| line["kind"] == kind).count();
    assert_eq!((of("gone"), of("new")), (3, 3), "{shown}");
    for query in [
        format!("file={file}&day=.."),
        format!("file={file}&day=2001-01-01"),
        format!("file=..%2F..%2F{file}&day={day}"),
        format!("file=_%E5%B1%A5%E6%AD%B4%2F{day}%2F{file}&day={day}"),
        "day=2026-11-30".to_string(),
    ] {
        assert_eq!(office.get(&format!("earlier?{query}")).status, 404, "{query}");
    }
    let wanted = json!({ "file": FILE, "day": day, "seen": shown["seen"] });
    let mut other = wanted.clone();
    other["file"] = json!(format!("_履歴/{day}/{FILE}"));
    assert_eq!(office.post("restore", &other).status, 404);
    let restored = office.post("restore", &wanted);
    assert_eq!(restored.status, 200, "{}", restored.text());
    assert_eq!(text(&office, FILE), faulty("一"));
    assert_eq!(office.post("mend", &back(FILE, &restored.json())).status, 200);
    assert_eq!(text(&office, FILE), mended);
    // Without copies there is no way back.
    let office = Office::open_in(report(&[(FILE, faulty("一").into())]), &["preview", "--no-open", "--no-history"]);
    assert_eq!(office.state()["writing"]["has_history"], false);
    assert_eq!(office.get(&format!("earlier?file={file}")).json(), json!({ "days": [] }));
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_is_opened_with_the_systems_own_program() {
    use std::os::unix::fs::PermissionsExt;

    use crate::running::Running;

    let folder = report(&[(FILE, faulty("一").into())]);
    let programs = tempfile::tempdir().unwrap();
    let (program, given) = (programs.path().join("xdg-open"), programs.path().join("given"));
    write(&program, format!("#!/bin/sh\necho \"$1\" >> {}\n", given.display()));
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let running = Running::start_beside(programs.path(), &["preview", "--no-open"], &folder.path().join("報告書"));
    let office = Office::of(folder, running);
    for what in ["editor", "folder"] {
        assert_eq!(office.post("open", &json!({ "file": FILE, "what": what })).status, 200);
        wait_until(what, || {
            fs::read_to_string(&given).is_ok_and(|given| given.lines().count() == 1 + usize::from(what == "folder"))
        });
    }
    let file = path(&office, FILE);
    let expected = format!("{}\n{}\n", file.display(), file.parent().unwrap().display());
    assert_eq!(fs::read_to_string(&given).unwrap(), expected);
}

/// The list of messages, in a browser.
fn show_messages(office: &Office) -> Option<Browser> {
    let browser = Browser::open()?;
    browser.go(&office.url());
    browser.wait("document.documentElement.dataset.round >= 1");
    browser.js("document.getElementById('tab-messages').focus()");
    browser.keys(ENTER);
    browser.wait("document.querySelector('#messages .mend')");
    Some(browser)
}

/// Tab goes on until something of a class has the focus.
pub(crate) fn tab_to(browser: &Browser, selector: &str) {
    for _ in 0..60 {
        browser.keys(TAB);
        if browser.js(&format!("return document.activeElement.matches({})", json!(selector))) == true {
            return;
        }
    }
    panic!("{selector} is not reached");
}

#[test]
fn a_program_is_mended_by_keyboard_alone() {
    let office = open(&[(FILE, faulty("一").into())]);
    let Some(browser) = show_messages(&office) else { return };
    tab_to(&browser, ".message .mend.certain");
    browser.keys(ENTER);
    wait_until("the first is mended", || text(&office, FILE) != faulty("一"));
    // The focus goes on to what took the message's place.
    browser.wait("document.querySelectorAll('#messages .mend.certain').length === 1");
    browser.wait("document.activeElement.closest('#messages') !== null");
    browser.js("document.getElementById('tab-messages').focus()");
    tab_to(&browser, ".message .mend.certain");
    browser.keys(ENTER);
    let mended = faulty("一").replace("H A C C P", "HACCP").replace("同上", "↑");
    wait_until("both are mended", || text(&office, FILE) == mended);
    browser.wait("document.querySelectorAll('#messages .mend.certain').length === 0");
    let words = "document.querySelector('#messages .mend').textContent";
    assert_eq!(browser.js(&format!("return {words}")), "「上」を「↑」にする");
    // Or else it stays, and a person says why.
    browser.js("document.getElementById('tab-messages').focus()");
    tab_to(&browser, ".message .acknowledge");
    browser.keys(ENTER);
    browser.wait("document.getElementById('reason-box').open && document.activeElement.id === 'reason'");
    browser.keys(ENTER);
    browser.wait("!document.getElementById('reason-said').hidden");
    browser.insert("評価の区分");
    browser.keys(ENTER);
    browser.wait("!document.getElementById('reason-box').open");
    let line = "確認済：J026「評価」　評価の区分";
    wait_until(line, || {
        text(&office, FILE).lines().any(|own| own.starts_with("確認済：J026") && own.ends_with("評価の区分"))
    });
    browser.wait("!document.querySelector('#messages .mend')");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn saves_are_taken_back_and_made_again_over_two_files() {
    let office = open(&[(FILE, faulty("一").into()), (OTHER, faulty("二").into())]);
    let Some(browser) = show_messages(&office) else { return };
    browser.js("document.getElementById('mend-all').click()");
    browser.wait("document.getElementById('mend-all-box').open");
    assert!(
        browser
            .js("return document.getElementById('mend-all-words').textContent")
            .as_str()
            .unwrap()
            .starts_with("8か所")
    );
    // What will change stands there, by program.
    let shown = browser.js("return document.getElementById('mend-all-list').innerText");
    let shown = shown.as_str().unwrap();
    assert!(shown.contains("H A C C P") && shown.contains("HACCP") && shown.contains("同上"), "{shown}");
    browser.js("document.getElementById('mend-all-yes').focus()");
    browser.keys(ENTER);
    let mended = |name: &str| faulty(name).replace("H A C C P", "HACCP").replace("同上", "↑");
    let are = |one: &str, other: &str| text(&office, FILE) == one && text(&office, OTHER) == other;
    wait_until("all is mended", || are(&mended("一"), &mended("二")));
    browser.wait(
        "document.querySelectorAll('#messages .mend').length === 2 && document.getElementById('mend-all').hidden",
    );
    browser.wait("document.getElementById('mend-all-done').textContent.startsWith('8か所を直しました')");
    // Then one more, in the second file.
    browser.js("[...document.querySelectorAll('#messages .message')].find((item) => item.textContent.includes('二.jigyo')).querySelector('.mend').focus()");
    browser.keys(ENTER);
    let last = mended("二").replace("評価｜上", "評価｜↑");
    wait_until("the last is mended", || are(&mended("一"), &last));
    browser.wait("document.getElementById('undo').title.startsWith('元に戻す：二の1か所')");
    browser.js("document.getElementById('pages').focus()");
    // In a text box the keys are the box's own.
    browser.js("document.getElementById('search').focus()");
    browser.chord(CONTROL, 'z');
    browser.js("document.getElementById('pages').focus()");
    browser.chord(CONTROL, 'z');
    wait_until("the last is taken back", || are(&mended("一"), &mended("二")));
    // A page that is loaded anew knows what it saved before.
    browser.wait("document.getElementById('redo').getAttribute('aria-disabled') === 'false'");
    browser.js("location.reload()");
    browser.wait("document.getElementById('redo')?.title.startsWith('やり直す：二の1か所') && !document.getElementById('undo-tools').hidden");
    browser.js("document.getElementById('pages').focus()");
    browser.chord(CONTROL, 'z');
    wait_until("all is taken back", || are(&faulty("一"), &faulty("二")));
    browser.chord(CONTROL, 'z');
    browser.chord(CONTROL, 'y');
    browser.chord(&format!("{CONTROL}{SHIFT}"), 'z');
    wait_until("all is made again", || are(&mended("一"), &last));
    // What somebody else changed stays, and is told.
    let other = last.replace("評価｜↑", "評価｜相手の字");
    fs::write(path(&office, OTHER), &other).unwrap();
    browser.chord(CONTROL, 'z');
    browser.wait("!document.getElementById('undo-said').hidden");
    assert!(are(&mended("一"), &other));
    assert!(browser.js("return document.getElementById('undo-said').textContent").as_str().unwrap().contains("「二」"));
}

#[test]
fn what_is_being_typed_is_the_first_that_is_taken_back() {
    let office = open(&[(FILE, faulty("一").into())]);
    let Some(browser) = show_messages(&office) else { return };
    browser.js("document.querySelector('#messages .mend.certain').click()");
    wait_until("it is mended", || text(&office, FILE) != faulty("一"));
    let mended = text(&office, FILE);
    browser.wait("document.getElementById('undo').getAttribute('aria-disabled') === 'false'");
    let line = "[...document.querySelectorAll('.line')].find((line) => line.textContent.includes('研修を2回'))";
    browser.wait(line);
    browser.js(&format!("const line = {line}; line.id = 'wanted'; line.scrollIntoView({{block: 'center'}})"));
    browser.click_on("#wanted");
    browser.wait("document.activeElement.id === 'edit-text'");
    browser.insert("新しく");
    browser.click_on("#undo");
    browser.wait("document.getElementById('redo').getAttribute('aria-disabled') === 'false'");
    assert_eq!(text(&office, FILE), mended);
    browser.click_on("#redo");
    wait_until("it is typed again", || text(&office, FILE).contains("新しく"));
    browser.click_on("#undo");
    wait_until("it is taken back", || text(&office, FILE) == mended);
    browser.click_on("#undo");
    wait_until("the mend is taken back", || text(&office, FILE) == faulty("一"));
}

#[test]
fn the_page_goes_back_to_a_day_and_returns() {
    let office = open(&[(FILE, faulty("一").into())]);
    let Some(browser) = show_messages(&office) else { return };
    browser.js("document.querySelector('#messages .mend.certain').click()");
    wait_until("it is mended", || text(&office, FILE) != faulty("一"));
    let mended = text(&office, FILE);
    browser.wait("document.documentElement.dataset.round >= 2");
    let line = "[...document.querySelectorAll('.line')].find((line) => line.textContent.includes('研修を2回'))";
    browser.wait(line);
    browser.js(&format!("const line = {line}; line.id = 'wanted'; line.scrollIntoView({{block: 'center'}})"));
    browser.click_on("#wanted");
    browser.wait("document.activeElement.id === 'edit-text'");
    tab_to(&browser, "#source-earlier");
    browser.keys(ENTER);
    browser.wait("document.getElementById('earlier-box').open && document.activeElement.closest('#earlier-days')");
    browser.keys(ENTER);
    browser.wait("document.querySelectorAll('#earlier-lines .new').length > 0");
    tab_to(&browser, "#earlier-back");
    browser.keys(ENTER);
    wait_until("it is as it was", || text(&office, FILE) == faulty("一"));
    browser.wait("!document.getElementById('earlier-box').open");
    browser.js("document.getElementById('pages').focus()");
    browser.chord(CONTROL, 'z');
    wait_until("it is as it was mended", || text(&office, FILE) == mended);
}

#[test]
fn a_heading_that_stands_twice_is_mended_in_the_form() {
    let twice = faulty("一").replace("【指標】", "【事業概要】\n説明会の文。\n\n【指標】");
    let office = open(&[(FILE, twice.clone().into())]);
    let Some(browser) = show_messages(&office) else { return };
    browser.js("document.querySelector('[aria-label=\"一を書く\"]').click()");
    let second =
        "[...document.querySelectorAll('#program textarea')].find((box) => box.value.startsWith('【事業概要】'))";
    browser.wait(second);
    // Its heading stands in the box, and may be written anew or taken away.
    browser.js(&format!("const box = {second}; box.focus(); box.select()"));
    browser.keys("\u{E017}");
    browser.keys(TAB);
    wait_until("it is gone", || text(&office, FILE).matches("【事業概要】").count() == 1);
    browser.wait(&format!("!{second}"));
    is_gone(&office, "J012");
}

#[test]
fn what_the_title_lacks_is_written_in_its_own_box() {
    let head = "【報告書】令和2年度報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n後付：索引\n";
    // Where most have a reading, it is missed.
    let with =
        |name: &str, reading: &str| program(name).replacen('\n', &format!("\nよみ：{reading}\n"), 1).into_bytes();
    let office = open(&[
        ("報告書.jigyo", head.into()),
        (FILE, faulty("一").into()),
        (OTHER, with("二", "に")),
        ("01_章/三.jigyo", with("三", "さん")),
        ("01_章/四.jigyo", with("四", "よん")),
    ]);
    let Some(browser) = show_messages(&office) else { return };
    let item = "[...document.querySelectorAll('#messages .message')].find((item) => item.textContent.includes('「よみ」がない'))";
    browser.wait(item);
    browser.js(&format!("{item}.querySelector('.write').click()"));
    browser.wait("document.activeElement.labels?.[0]?.textContent.startsWith('よみ')");
}
