//! Words between the offices: over the live page's own protocol, in a real browser, and counted by `report status`.

use std::fs;
use std::thread;

use encoding_rs::SHIFT_JIS;
use serde_json::{Value, json};

use crate::driver::Browser;
use crate::mends::{ENTER, FILE, open, path, report, tab_to, text};
use crate::run::run;
use crate::running::wait_until;
use crate::tools::{program, write};
use crate::writing::Office;

const REMARKS: &str = "_連絡/一.txt";

fn office() -> Office {
    open(&[(FILE, program("一").into())])
}

fn wish(kind: &str, words: &str) -> Value {
    json!({ "file": FILE, "kind": kind, "office": "取りまとめ課", "name": "山田", "words": words, "place": null, "thread": null })
}

fn on_results(words: &str) -> Value {
    let mut wish = wish("連絡", words);
    wish["place"] = json!({ "section": "事業実績", "quote": "研修を2回行った。" });
    wish
}

fn said(office: &Office) -> Value {
    office.get("remarks").json()
}

/// What is said of the one program, once the server has read it.
fn until(office: &Office, is_so: impl Fn(&Value) -> bool) -> Value {
    let mut found = Value::Null;
    wait_until("the remarks", || {
        found = said(office)["programs"][0].clone();
        is_so(&found)
    });
    found
}

/// The text without its dates, which are today's.
fn undated(text: &str) -> String {
    let mut text = text.to_string();
    while let Some(at) = text.find(" 20") {
        text.replace_range(at..=at + 10, " 〇");
    }
    text
}

#[test]
fn a_remark_is_answered_and_settled_and_the_program_confirmed() {
    let office = office();
    assert_eq!(said(&office), json!({ "open": 0, "programs": [] }));
    assert_eq!(office.post("remark", &on_results("根拠を\n教えてください。")).status, 200);
    let first =
        "■ 連絡 〇　取りまとめ課　山田\r\n所：【事業実績】「研修を2回行った。」\r\n根拠を\r\n教えてください。\r\n";
    assert_eq!(undated(&text(&office, REMARKS)), first);
    let found = until(&office, |program| program["open"] == 1);
    let thread = &found["threads"][0];
    assert_eq!((&found["name"], &found["file"], &thread["line"]), (&json!("一"), &json!(FILE), &json!(9)));
    assert!(thread["at"]["y"].as_f64() > Some(0.0), "{thread}");
    assert_eq!(office.post("remark", &wish("連絡", "次の件")).status, 200);
    let mut answer = wish("回答", "台帳を送りました。");
    answer["thread"] = thread["id"].clone();
    assert_eq!(office.post("remark", &answer).status, 200);
    let second = "\r\n■ 連絡 〇　取りまとめ課　山田\r\n次の件\r\n";
    let answered = format!("{first}□ 回答 〇　取りまとめ課　山田\r\n台帳を送りました。\r\n{second}");
    assert_eq!(undated(&text(&office, REMARKS)), answered);
    let mut done = wish("済", "");
    done["thread"] = thread["id"].clone();
    assert_eq!(office.post("remark", &done).status, 200);
    assert_eq!(office.post("remark", &wish("差戻し", "数を直してください。")).status, 200);
    let found = until(&office, |program| program["state"]["kind"] == "差戻し");
    assert_eq!((&found["open"], found["threads"].as_array().unwrap().len()), (&json!(1), 3));
    assert_eq!(office.post("remark", &wish("確認", "")).status, 200);
    until(&office, |program| program["state"]["kind"] == "確認");
    assert_eq!(said(&office)["open"], 1);
    // The manuscript is as it was.
    assert_eq!(text(&office, FILE), program("一"));
}

#[test]
fn a_remark_is_found_where_its_line_is_now_or_shown_without_it() {
    let office = office();
    assert_eq!(office.post("remark", &on_results("根拠を教えてください。")).status, 200);
    until(&office, |program| program["threads"][0]["line"] == 9);
    let moved = program("一").replace("【事業概要】\n", "【事業概要】\nはじめの行。\n次の行。\n");
    fs::write(path(&office, FILE), moved).unwrap();
    until(&office, |program| program["threads"][0]["line"] == 11);
    fs::write(path(&office, FILE), program("一").replace("研修を2回行った。", "講習を2回行った。")).unwrap();
    let found = until(&office, |program| program["threads"][0]["line"].is_null());
    assert_eq!(
        (&found["threads"][0]["quote"], &found["threads"][0]["at"]),
        (&json!("研修を2回行った。"), &Value::Null)
    );
    // Of a program that is gone it is still shown, and answered.
    fs::remove_file(path(&office, FILE)).unwrap();
    let found = until(&office, |program| program["anchor"].is_null());
    assert_eq!((&found["name"], &found["file"]), (&json!("一"), &json!(REMARKS)));
    let mut answer = wish("回答", "この事業は終わりました。");
    answer["file"] = json!(REMARKS);
    answer["thread"] = found["threads"][0]["id"].clone();
    assert_eq!(office.post("remark", &answer).status, 200);
    assert!(text(&office, REMARKS).contains("この事業は終わりました。"));
}

#[test]
fn what_notepad_writes_is_read_and_kept_byte_by_byte() {
    let office = office();
    let typed =
        SHIFT_JIS.encode("覚え\r\n連絡　11/30　山田\r\n所：【指標】「参加者数」\r\n何名ですか。").0.into_owned();
    write(&path(&office, REMARKS), &typed);
    let found = until(&office, |program| program["open"] == 1);
    assert_eq!((&found["threads"][0]["date"], &found["threads"][0]["who"]), (&json!("11/30"), &json!("山田")));
    let mut answer = wish("回答", "20名です。");
    answer["thread"] = found["threads"][0]["id"].clone();
    assert_eq!(office.post("remark", &answer).status, 200);
    let now = fs::read(path(&office, REMARKS)).unwrap();
    assert!(now.starts_with(&typed));
    assert!(SHIFT_JIS.decode(&now).0.ends_with("\r\n20名です。"));
    // A thread that somebody wrote anew is not answered blindly.
    write(&path(&office, REMARKS), "■ 連絡\n別の件\n");
    assert_eq!(office.post("remark", &answer).status, 409);
    assert_eq!(text(&office, REMARKS), "■ 連絡\n別の件\n");
}

#[test]
fn no_value_of_a_wish_writes_a_further_entry() {
    let office = office();
    let more = "あ\n■ 連絡 2026-12-01　別の人\nい";
    let mut crafted = on_results("文");
    for name in ["office", "name"] {
        crafted[name] = json!(more);
    }
    crafted["place"] = json!({ "section": more, "quote": more });
    assert_eq!(office.post("remark", &crafted).status, 200);
    let text = text(&office, REMARKS);
    assert_eq!((text.lines().count(), text.lines().filter(|line| line.starts_with('■')).count()), (3, 1), "{text}");
    assert_eq!(until(&office, |program| program["open"] == 1)["threads"].as_array().unwrap().len(), 1);
}

#[test]
fn who_wrote_an_entry_writes_it_anew_or_takes_it_away() {
    let office = office();
    let typed = "覚え\r\n■ 連絡 11/30　山田\r\n所：【指標】「参加者数」\r\n何名ですか。\r\n二行目\r\n□ 回答 12/1　佐藤\r\n20名\r\n";
    write(&path(&office, REMARKS), typed);
    let found = until(&office, |program| program["open"] == 1);
    let (first, answer) = (found["threads"][0]["id"].clone(), found["threads"][0]["following"][0]["id"].clone());
    let reword =
        |entry: &Value, words: Value| office.post("reword", &json!({ "file": FILE, "entry": entry, "words": words }));
    assert_eq!(reword(&answer, json!("")).status, 400);
    // What was answered stays, whoever asked it.
    assert_eq!(reword(&first, Value::Null).status, 409);
    assert_eq!(text(&office, REMARKS), typed);
    assert_eq!(reword(&first, json!("人数の\n■ 連絡 11/30 根拠は")).status, 200);
    let once = typed.replace("何名ですか。\r\n二行目", "人数の\r\n　■ 連絡 11/30 根拠は");
    assert_eq!(text(&office, REMARKS), once);
    // It is another one now.
    assert_eq!(reword(&first, json!("い")).status, 409);
    assert_eq!(reword(&answer, Value::Null).status, 200);
    assert_eq!(text(&office, REMARKS), once.replace("□ 回答 12/1　佐藤\r\n20名\r\n", ""));
    let now = until(&office, |program| program["threads"][0]["following"].as_array().is_some_and(Vec::is_empty));
    assert_eq!(reword(&now["threads"][0]["id"], Value::Null).status, 200);
    assert_eq!(text(&office, REMARKS), "覚え\r\n");
}

#[test]
fn many_who_write_at_once_lose_nothing() {
    let office = office();
    thread::scope(|scope| {
        for person in 0..8 {
            let office = &office;
            scope.spawn(move || {
                for turn in 0..4 {
                    let answer = office.post("remark", &wish("連絡", &format!("〔{person}の{turn}〕")));
                    assert_eq!(answer.status, 200, "{}", answer.text());
                }
            });
        }
    });
    let text = text(&office, REMARKS);
    for (person, turn) in (0..8).flat_map(|person| (0..4).map(move |turn| (person, turn))) {
        assert_eq!(text.matches(&format!("〔{person}の{turn}〕")).count(), 1, "{person} {turn}: {text}");
    }
    assert_eq!(text.matches("■ 連絡").count(), 32);
}

#[test]
fn nothing_is_written_elsewhere_nor_from_a_page_that_only_shows() {
    let office = office();
    for (change, status) in [
        (json!({ "file": "../他.jigyo" }), 404),
        (json!({ "file": "_連絡/二.txt" }), 404),
        (json!({ "file": "_連絡/../一.txt" }), 404),
        (json!({ "kind": "削除" }), 400),
        (json!({ "name": "　" }), 400),
        (json!({ "words": "" }), 400),
        (json!({ "words": 1 }), 400),
    ] {
        let mut wanted = wish("連絡", "あ");
        wanted.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        assert_eq!(office.post("remark", &wanted).status, status, "{change}");
    }
    assert!(!path(&office, "_連絡").exists());
    let folder = report(&[(FILE, program("一").into())]);
    write(&folder.path().join("報告書").join(REMARKS), "■ 連絡\nあ\n");
    let office = Office::open_in(folder, &["preview", "--no-open", "--read-only"]);
    assert_eq!(office.get("remarks").status, 404);
    assert_eq!(office.post("remark", &wish("連絡", "い")).status, 405);
    assert_eq!(text(&office, REMARKS), "■ 連絡\nあ\n");
}

#[test]
fn status_counts_them_and_next_year_begins_without() {
    let folder = report(&[(FILE, program("一").into()), ("01_章/二.jigyo", program("二").into())]);
    let root = folder.path().join("報告書");
    let (plain, table) = (folder.path().join("前.csv"), folder.path().join("後.csv"));
    let before = run(&root, &["status", "--csv", &plain.to_string_lossy()]).succeeds().never_says("連絡");
    assert!(!before.stdout().contains("連絡") && !fs::read_to_string(&plain).unwrap().contains("連絡"));
    write(&root.join(REMARKS), "■ 連絡 11/30\nあ\n■ 連絡 12/1\nい\n● 済 12/2\n▲ 差戻し 12/3　山田\n");
    write(&root.join("_連絡/二.txt"), "◎ 確認 12/4\n");
    let after = run(&root, &["status", "--csv", &table.to_string_lossy()]).succeeds().says("に書きました");
    let added = after.stdout().strip_prefix(before.stdout()).expect("the table is as it was");
    assert_eq!(
        added,
        "\n連絡（済んでいないもの 1、差戻し 1、確認 1）\n  一（監理課）　連絡 1　差戻し 12/3\n  二（監理課）　確認 12/4\n"
    );
    let rows = fs::read_to_string(&table).unwrap();
    let ends: Vec<String> = rows.lines().map(|row| row.rsplitn(4, ',').take(3).collect::<Vec<_>>().join(",")).collect();
    assert_eq!(ends, ["確認した事業,差戻しの事業,連絡（済んでいないもの）", "1,1,1", "1,1,1"]);
    run(folder.path(), &["new", "--from", "報告書", "翌年"]).succeeds().prints_nothing().says("翌年");
    assert!(!folder.path().join("翌年/_連絡").exists());
}

#[test]
fn words_that_were_not_sent_stay_for_their_place() {
    let office = office();
    assert_eq!(office.post("remark", &wish("連絡", "根拠は")).status, 200);
    let Some(browser) = Browser::open() else { return };
    browser.go(&office.url());
    let press = |words: &str| {
        let button =
            format!("[...document.querySelectorAll('#remarks button')].find((each) => each.textContent === '{words}')");
        browser.wait(&button);
        browser.js(&format!("{button}.click()"));
        browser.wait("document.getElementById('remark-box').open");
        browser.js("document.getElementById('remark-words').focus()");
    };
    let typed = || browser.js("return document.getElementById('remark-words').value");
    let close = || browser.js("document.getElementById('remark-cancel').click()");
    browser.wait("document.getElementById('remark-count').textContent === '1件'");
    browser.js("document.getElementById('tab-remarks').click()");
    press("回答する");
    browser.insert("台帳を");
    let guards =
        "const gone = new Event('beforeunload', {cancelable: true}); dispatchEvent(gone); return gone.defaultPrevented";
    assert_eq!(browser.js(guards), true);
    close();
    assert_eq!(browser.js(guards), false);
    press("連絡・差戻し・確認…");
    assert_eq!(typed(), "");
    browser.insert("別の件");
    close();
    // Also over a reload.
    browser.go(&office.url());
    browser.wait("document.getElementById('remark-count').textContent === '1件'");
    browser.js("document.getElementById('tab-remarks').click()");
    press("回答する");
    assert_eq!(typed(), "台帳を");
    browser.insert("送りました。");
    browser.js("document.getElementById('remark-name').value = '佐藤'; document.getElementById('remark-save').click()");
    browser.wait("!document.getElementById('remark-box').open");
    wait_until("the answer", || text(&office, REMARKS).contains("台帳を送りました。"));
    press("回答する");
    assert_eq!(typed(), "");
    close();
    press("連絡・差戻し・確認…");
    assert_eq!(typed(), "別の件");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn in_the_page_a_remark_is_written_answered_and_settled() {
    let office = office();
    let Some(browser) = Browser::open() else { return };
    browser.go(&office.url());
    browser.wait("document.documentElement.dataset.round >= 1");
    let line = "[...document.querySelectorAll('.line')].find((line) => line.textContent.includes('研修を2回'))";
    browser.wait(line);
    browser.js(&format!("const line = {line}; line.id = 'wanted'; line.scrollIntoView({{block: 'center'}})"));
    browser.click_on("#wanted");
    browser.wait("document.activeElement.id === 'edit-text'");
    tab_to(&browser, "#source-remark");
    browser.keys(ENTER);
    browser.wait("document.getElementById('remark-box').open && document.activeElement.id === 'remark-office'");
    browser.insert("取りまとめ課");
    tab_to(&browser, "#remark-name");
    browser.insert("山田");
    tab_to(&browser, "#remark-words");
    browser.insert("根拠を教えてください。");
    tab_to(&browser, "#remark-save");
    browser.keys(ENTER);
    wait_until("the remark", || path(&office, REMARKS).exists());
    assert!(text(&office, REMARKS).contains("所：【事業実績】「研修を2回行った。」"));
    browser.wait("document.getElementById('remark-count').textContent === '1件'");
    browser.wait("document.querySelectorAll('.remarked').length === 1");
    browser.wait("document.querySelector('li.program .badge.remark')?.textContent === '連絡 1'");
    browser.js("document.getElementById('tab-remarks').click()");
    for (kind, words) in [("回答する", "送りました。"), ("済にする", "")] {
        let button =
            format!("[...document.querySelectorAll('#remarks button')].find((each) => each.textContent === '{kind}')");
        browser.wait(&button);
        browser.js(&format!("{button}.focus()"));
        browser.keys(ENTER);
        // The name is remembered.
        browser.wait("document.activeElement.id === 'remark-words'");
        browser.insert(words);
        tab_to(&browser, "#remark-save");
        browser.keys(ENTER);
        browser.wait("!document.getElementById('remark-box').open");
    }
    browser.wait("document.getElementById('remark-count').textContent === ''");
    browser.wait("document.querySelectorAll('.remarked').length === 0");
    // One's own words are written anew where they stand.
    let own = "[...document.querySelectorAll('#remarks button.reword')][0]";
    browser.wait(own);
    browser.js(&format!("{own}.focus()"));
    browser.keys(ENTER);
    browser.wait("document.activeElement.id === 'remark-words' && document.getElementById('remark-gone').hidden");
    browser.insert("件数の");
    tab_to(&browser, "#remark-save");
    browser.keys(ENTER);
    browser.wait("!document.getElementById('remark-box').open");
    browser.wait("document.querySelector('.remark-words')?.textContent.includes('件数の')");
    let now = text(&office, REMARKS);
    assert!(now.contains("□ 回答") && now.contains("● 済") && now.matches("山田").count() == 3, "{now}");
    assert_eq!(browser.complaints(), Vec::<String>::new());
    // The next start has another port, and knows who writes.
    let office = office.begin_again();
    browser.go(&office.url());
    browser.wait("document.documentElement.dataset.round >= 1");
    browser.js("document.getElementById('tab-remarks').click()");
    browser.wait("document.querySelector('#remarks button.reword')");
}
