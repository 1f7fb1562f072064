//! Writing from the live page: over its own protocol, and by hand in a real browser.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::driver::Browser;
use crate::http::{Answer, ask};
use crate::running::{Running, wait_until};
use crate::tools::{copy_folder, root};

const NAME: &str = "あおもり移住支援事業";

/// A live page of a copy of the sample.
pub(crate) struct Office {
    pub(crate) folder: TempDir,
    running: Running,
    pub(crate) port: u16,
    pub(crate) base: String,
}

impl Office {
    pub(crate) fn open(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy_folder(&root().join("reports/aomori-r2"), &folder.path().join("報告書"));
        Self::open_in(folder, arguments)
    }

    pub(crate) fn open_in(folder: TempDir, arguments: &[&str]) -> Self {
        let running = Running::start(arguments, &folder.path().join("報告書"));
        Self::of(folder, running)
    }

    /// One that is running already.
    pub(crate) fn of(folder: TempDir, running: Running) -> Self {
        let (port, base) = running.address();
        running.wait_for("ミリ秒", 0);
        Self { folder, running, port, base }
    }

    /// The program is ended, at once, and begins again.
    pub(crate) fn begin_again(mut self) -> Self {
        self.running.end("-KILL");
        Self::open_in(self.folder, &["preview", "--no-open"])
    }

    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        ask(self.port, "GET", &format!("{}{path}", self.base), &[("Host", &self.host())], "")
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        let origin = format!("http://{}", self.host());
        let headers = [("Host", self.host()), ("Origin", origin)];
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        ask(self.port, "POST", &format!("{}{path}", self.base), &headers, &body.to_string())
    }

    /// The page's address.
    pub(crate) fn url(&self) -> String {
        format!("http://{}{}", self.host(), self.base)
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("報告書/01_人材").join(format!("{NAME}.jigyo"))
    }

    fn text(&self) -> String {
        fs::read_to_string(self.path()).unwrap()
    }

    /// The stretch of the title, as a click on it opens it.
    fn title(&self) -> Value {
        let state: Value = self.state();
        let program = state["chapters"][0]["programs"].as_array().unwrap().iter();
        let program = program.clone().find(|program| program["name"] == NAME).unwrap().clone();
        let page = &state["pages"][program["page"].as_u64().unwrap() as usize]["hash"];
        let lines = self.get(&format!("page/{}.json", page.as_str().unwrap())).json();
        let line = lines.as_array().unwrap().iter().find(|line| line["text"].as_str().unwrap().contains(NAME)).unwrap();
        let at = |name: &str| line[name].as_f64().unwrap();
        let (x, y) = (at("x") + at("width") / 2.0, at("y") + at("height") / 2.0);
        self.get(&format!("source?page={}&x={x}&y={y}", page.as_str().unwrap())).json()
    }

    pub(crate) fn state(&self) -> Value {
        use std::io::{BufRead, BufReader, Write};
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "GET {}events HTTP/1.1\r\nHost: {}\r\n\r\n", self.base, self.host()).unwrap();
        let lines = BufReader::new(stream).lines().map_while(Result::ok);
        let data = lines.filter_map(|line| Some(line.strip_prefix("data: ")?.to_string()));
        let mut states = data.map(|data| serde_json::from_str::<Value>(&data).unwrap());
        states.find(|state| state["round"].as_u64() > Some(0)).unwrap()
    }
}

fn save(edit: &Value, text: &str) -> Value {
    json!({
        "file": format!("01_人材/{NAME}.jigyo"),
        "seen": edit["seen"], "start": edit["start"], "end": edit["end"], "text": text,
    })
}

#[test]
fn a_click_gives_the_stretch_and_a_save_changes_it_alone() {
    let office = Office::open(&["preview", "--no-open"]);
    let before = office.text();
    let source = office.title();
    assert_eq!(source["edit"]["text"], NAME, "{source}");
    let saved = office.post("save", &save(&source["edit"], "あおもり移住者支援事業"));
    assert_eq!(saved.status, 200, "{}", saved.text());
    assert_eq!(office.text(), before.replacen(NAME, "あおもり移住者支援事業", 1));
    wait_until("the page shows it", || office.state()["chapters"][0].to_string().contains("移住者支援"));
    let copies = office.folder.path().join("報告書/_履歴");
    let day = fs::read_dir(copies).unwrap().next().unwrap().unwrap().path();
    assert_eq!(fs::read_to_string(day.join("01_人材").join(format!("{NAME}.jigyo"))).unwrap(), before);
    // The same stretch once more, as it was seen before: both texts, and nothing is written.
    let again = office.post("save", &save(&source["edit"], "移住支援"));
    assert_eq!(again.status, 409, "{}", again.text());
    let conflict = again.json();
    assert_eq!(conflict["theirs"], "あおもり移住者支援事業");
    assert_eq!(conflict["before"], NAME);
    assert!(office.text().contains("あおもり移住者支援事業"));
}

#[test]
fn only_the_own_page_may_write() {
    let office = Office::open(&["preview", "--no-open"]);
    let edit = office.title()["edit"].clone();
    let before = office.text();
    let body = save(&edit, "書き換え").to_string();
    let own = format!("http://{}", office.host());
    let status = |headers: &[(&str, &str)]| {
        let host = office.host();
        let all: Vec<(&str, &str)> = [("Host", host.as_str())].iter().chain(headers).copied().collect();
        ask(office.port, "POST", &format!("{}save", office.base), &all, &body).status
    };
    assert_eq!(status(&[]), 403);
    assert_eq!(status(&[("Origin", "http://evil.example")]), 403);
    assert_eq!(status(&[("Origin", "null")]), 403);
    assert_eq!(status(&[("Origin", &own), ("Content-Type", "text/plain")]), 415);
    let mut other = save(&edit, "書き換え");
    for file in ["../報告書.jigyo", "報告書.jigyo.bak", "/etc/passwd", "01_人材/../報告書.jigyo"] {
        other["file"] = json!(file);
        assert_eq!(office.post("save", &other).status, 422, "{file}");
    }
    assert_eq!(office.post("save", &json!({ "file": 1 })).status, 400);
    assert_eq!(office.post("delete", &json!({})).status, 404);
    assert_eq!(office.text(), before);
    for arguments in [&["preview", "--no-open", "--read-only"][..], &["watch", "--preview", "--no-open"]] {
        let office = Office::open(arguments);
        assert_eq!(office.title()["edit"], Value::Null);
        assert_eq!(office.post("save", &save(&edit, "書き換え")).status, 405, "{arguments:?}");
        assert_eq!(office.get("drafts").status, 404);
        assert_eq!(office.text(), before);
    }
}

#[test]
fn what_was_not_saved_is_offered_when_the_program_begins_again() {
    let office = Office::open(&["preview", "--no-open"]);
    let edit = office.title()["edit"].clone();
    let mut draft = save(&edit, "書きかけの事業");
    draft["id"] = json!("a1");
    assert_eq!(office.post("draft", &draft).status, 200);
    let office = office.begin_again();
    // Somebody else wrote meanwhile, elsewhere in the file.
    fs::write(office.path(), office.text().replacen("【事業概要】", "【事業概要】\nはじめに書き足した。", 1)).unwrap();
    let drafts = office.get("drafts").json();
    assert_eq!(drafts.as_array().unwrap().len(), 1, "{drafts}");
    assert_eq!((&drafts[0]["text"], &drafts[0]["before"]), (&json!("書きかけの事業"), &json!(NAME)));
    let mut wanted = save(&drafts[0], "書き終えた事業");
    wanted["draft"] = json!("a1");
    let saved = office.post("save", &wanted);
    assert_eq!(saved.status, 200, "{}", saved.text());
    assert!(office.text().starts_with("【事業】書き終えた事業") && office.text().contains("はじめに書き足した。"));
    assert_eq!(office.get("drafts").json(), json!([]));
}

#[test]
fn a_line_is_changed_where_it_is_printed() {
    let Some(browser) = Browser::open() else { return };
    let office = Office::open(&["preview", "--no-open"]);
    open_title(&browser, &office);
    assert_eq!(browser.js("return document.getElementById('edit-text').value"), NAME);
    // Esc takes back what was typed.
    browser.keys("x");
    browser.keys("\u{E00C}");
    browser.wait("document.getElementById('source-panel').hidden");
    let before = office.text();
    browser.click_on("#wanted");
    browser.wait("document.activeElement.id === 'edit-text'");
    // While the input method composes, its Enter chooses a word and saves nothing.
    browser.js("const box = document.getElementById('edit-text'); box.setSelectionRange(0, box.value.length)");
    browser.compose("あたらしい");
    browser.js("document.getElementById('edit-text').dispatchEvent(new KeyboardEvent('keydown', \
         {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))");
    assert_eq!(office.text(), before);
    browser.insert("新しい事業");
    assert_eq!(browser.js("return document.getElementById('edit-text').value"), "新しい事業");
    browser.keys("\u{E007}");
    browser.wait("document.getElementById('source-panel').hidden");
    assert_eq!(office.text(), before.replacen(NAME, "新しい事業", 1));
    browser.wait("[...document.querySelectorAll('.line')].some((line) => line.textContent.includes('新しい事業'))");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn two_texts_for_one_place_are_shown_and_chosen() {
    let Some(browser) = Browser::open() else { return };
    let office = Office::open(&["preview", "--no-open"]);
    open_title(&browser, &office);
    // Answers take their time; Esc elsewhere throws nothing away.
    browser.js(
        "const real = window.fetch; window.fetch = (path, ...rest) => new Promise((go) => setTimeout(go, 300)).then(() => real(path, ...rest))",
    );
    browser.js("document.getElementById('edit-text').select()");
    browser.insert("自分の題名");
    browser.js("document.getElementById('page-number').focus()");
    browser.keys("\u{E00C}");
    assert_eq!(browser.js("return document.getElementById('edit-text').value"), "自分の題名");
    let before = office.text();
    fs::write(office.path(), before.replacen(NAME, "相手の題名", 1)).unwrap();
    browser.wait("[...document.querySelectorAll('.line')].some((line) => line.textContent.includes('相手の題名'))");
    // What was typed stays open through the change, and is not saved over the other text.
    assert_eq!(browser.js("return document.getElementById('edit-text').value"), "自分の題名");
    browser.js("document.getElementById('edit-text').focus()");
    browser.keys("\u{E007}");
    browser.wait("!document.getElementById('edit-conflict').hidden");
    assert_eq!(browser.js("return document.getElementById('edit-theirs').textContent"), "相手の題名");
    assert!(office.text().contains("相手の題名"));
    browser.wait("document.querySelectorAll('#edit-choices button').length === 3");
    // Joined by hand, then chosen.
    browser.js("const box = document.getElementById('edit-text'); box.focus(); box.select()");
    browser.insert("二人の題名");
    browser.js("document.querySelector('#edit-choices button').click()");
    browser.wait("document.getElementById('source-panel').hidden");
    assert_eq!(office.text(), before.replacen(NAME, "二人の題名", 1));
    wait_until("no draft is left", || office.get("drafts").json() == json!([]));
}

/// The program's title is clicked, and its box is open.
fn open_title(browser: &Browser, office: &Office) {
    browser.go(&format!("{}#01_人材/{NAME}.jigyo", office.url()));
    let line = format!(
        "[...document.querySelectorAll('.line')].find((line) => line.textContent.includes('{NAME}') \
         && line.getBoundingClientRect().top > 60)"
    );
    browser.wait(&line);
    browser.js(&format!("const line = {line}; line.id = 'wanted'; line.scrollIntoView({{block: 'center'}})"));
    browser.click_on("#wanted");
    browser.wait("document.activeElement.id === 'edit-text'");
}
