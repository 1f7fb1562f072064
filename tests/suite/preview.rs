//! `report preview` over its own protocol: who is answered, what is told, and the way back from the page to the file.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::http::{Answer, ask, read_head};
use crate::running::Running;
use crate::tools::{copy_folder, program, root, squeezed};

/// A live page of a copy of a sample.
struct Live {
    folder: TempDir,
    running: Running,
    port: u16,
    base: String,
}

impl Live {
    fn of(sample: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy_folder(&root().join("reports").join(sample), &folder.path().join("報告書"));
        let running = Running::start(&["preview", "--no-open"], &folder.path().join("報告書"));
        let (port, base) = running.address();
        running.wait_for("ミリ秒", 0);
        Self { folder, running, port, base }
    }

    fn get(&self, path: &str) -> Answer {
        let host = format!("127.0.0.1:{}", self.port);
        ask(self.port, "GET", &format!("{}{path}", self.base), &[("Host", &host)], "")
    }

    /// An open page that hears the events.
    fn listen(&self) -> Events {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(crate::running::PATIENCE)).unwrap();
        write!(stream, "GET {}events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.base, self.port).unwrap();
        let mut reader = BufReader::new(stream);
        assert!(read_head(&mut reader).contains("text/event-stream"));
        Events(reader)
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.folder.path().join("報告書").join(path)
    }
}

struct Events(BufReader<TcpStream>);

impl Events {
    /// The next event's name and data.
    fn next(&mut self) -> (String, String) {
        let mut name = String::new();
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the events ended");
            if let Some(found) = line.strip_prefix("event: ") {
                name = found.trim().to_string();
            } else if let Some(data) = line.strip_prefix("data: ") {
                return (name, data.trim().to_string());
            }
        }
    }

    fn state(&mut self) -> Value {
        loop {
            let (name, data) = self.next();
            assert_eq!(name, "state");
            let state: Value = serde_json::from_str(&data).unwrap();
            if state["round"].as_u64() > Some(0) {
                return state;
            }
        }
    }
}

fn hashes(state: &Value) -> Vec<String> {
    state["pages"].as_array().unwrap().iter().map(|page| page["hash"].as_str().unwrap().to_string()).collect()
}

#[test]
fn only_the_own_page_is_answered_and_nothing_outside_the_report_is_served() {
    let live = Live::of("tutorial");
    let host = format!("127.0.0.1:{}", live.port);
    let status = |path: &str, headers: &[(&str, &str)]| ask(live.port, "GET", path, headers, "").status;
    assert_eq!(status(&live.base, &[("Host", &host)]), 200);
    assert_eq!(status(&live.base, &[("Host", &host), ("Origin", &format!("http://{host}"))]), 200);
    assert_eq!(status(&live.base, &[("Host", "evil.example")]), 403);
    assert_eq!(status(&live.base, &[("Host", &format!("localhost:{}", live.port))]), 403);
    assert_eq!(status(&live.base, &[("Host", &host), ("Origin", "http://evil.example")]), 403);
    assert_eq!(status("/", &[("Host", &host)]), 403);
    assert_eq!(status("/0123456789abcdef0123456789abcdef/events", &[("Host", &host)]), 403);
    let wrong = live.base.chars().map(|c| if c == 'a' { 'b' } else { c }).collect::<String>();
    assert!(wrong == live.base || status(&wrong, &[("Host", &host)]) == 403);
    assert_eq!(ask(live.port, "POST", &live.base, &[("Host", &host)], "{}").status, 403);
    assert_eq!(ask(live.port, "PUT", &live.base, &[("Host", &host)], "{}").status, 405);
    for path in [
        "../Cargo.toml",
        "..%2f..%2fetc/passwd",
        "%E5%A0%B1%E5%91%8A%E6%9B%B8.jigyo",
        "page/../main.js",
        "page/x.svg",
        "/etc/passwd",
    ] {
        assert_eq!(live.get(path).status, 404, "{path}");
    }
    let page = live.get("");
    for header in ["default-src 'none'", "nosniff", "no-referrer", "no-store"] {
        assert!(page.head.contains(header), "{header}: {}", page.head);
    }
    assert!(!page.text().contains("http"), "the page names no other place");
    // Nobody but this machine is listened to.
    assert!(TcpStream::connect(("127.0.0.1", live.port)).is_ok());
    #[cfg(target_os = "linux")]
    {
        let table = fs::read_to_string("/proc/net/tcp").unwrap();
        let port = format!(":{:04X}", live.port);
        let listening: Vec<&str> = table
            .lines()
            .filter(|l| l.split_whitespace().nth(1).is_some_and(|a| a.ends_with(&port)) && l.contains(" 0A "))
            .collect();
        assert!(!listening.is_empty() && listening.iter().all(|line| line.contains("0100007F:")), "{listening:?}");
    }
}

#[test]
fn connections_that_ask_nothing_keep_nobody_out() {
    let live = Live::of("tutorial");
    let mut idle: Vec<TcpStream> = Vec::new();
    for _ in 0..150 {
        let mut stream = TcpStream::connect(("127.0.0.1", live.port)).unwrap();
        stream.write_all(b"G").unwrap();
        idle.push(stream);
    }
    assert_eq!(live.get("").status, 200);
    let _page = live.listen();
    // One byte now and then does not keep a connection either.
    let mut slow = TcpStream::connect(("127.0.0.1", live.port)).unwrap();
    let begun = Instant::now();
    while slow.write_all(b"G").is_ok() {
        assert!(begun.elapsed() < crate::running::PATIENCE, "is never let go");
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn the_head_of_the_events_is_all_that_head_gets() {
    let live = Live::of("tutorial");
    let mut stream = TcpStream::connect(("127.0.0.1", live.port)).unwrap();
    stream.set_read_timeout(Some(crate::running::PATIENCE)).unwrap();
    write!(stream, "HEAD {}events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", live.base, live.port).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("\r\n\r\n"), "{answer}");
}

/// What other users of the machine can see: the command line of the browser.
#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_given_a_file_that_leads_to_the_address_and_goes_with_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&root().join("reports/tutorial"), &folder.path().join("報告書"));
    let opener = folder.path().join("xdg-open");
    let seen = folder.path().join("seen");
    fs::write(&opener, format!("#!/bin/sh\necho \"$@\" > '{0}.tmp'\nexec /bin/mv '{0}.tmp' '{0}'\n", seen.display()))
        .unwrap();
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).unwrap();
    let mut running = Running::start_beside(folder.path(), &["preview"], &folder.path().join("報告書"));
    let (_, path) = running.address();
    let begun = Instant::now();
    while !seen.exists() {
        assert!(begun.elapsed() < crate::running::PATIENCE, "no browser was opened");
        std::thread::sleep(Duration::from_millis(20));
    }
    let given = fs::read_to_string(&seen).unwrap();
    assert!(!given.contains(path.trim_matches('/')), "{given}");
    let file = std::path::PathBuf::from(given.trim());
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(fs::read_to_string(&file).unwrap().contains(&path));
    assert_eq!(running.end("-TERM"), Some(0));
    assert!(!file.exists());
}

#[test]
fn an_edit_changes_its_own_page_alone_and_is_told_before_anything_is_written() {
    let live = Live::of("aomori-r2");
    let mut events = live.listen();
    let before = events.state();
    let path = live.path("01_人材/UIJターン人材誘致促進事業.jigyo");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("【事業概要】\n", "【事業概要】\n書き直した。", 1)).unwrap();
    let after = events.state();
    let (old, new) = (hashes(&before), hashes(&after));
    let changed: Vec<usize> = (0..new.len()).filter(|index| old.get(*index) != new.get(*index)).collect();
    assert_eq!(changed.len(), 1, "one page shows the edit");
    assert_eq!(after["saved"]["anchor"], "p1-1");
    assert_eq!(after["saved"]["page"], changed[0]);
    let lines = live.get(&format!("page/{}.json", new[changed[0]])).json();
    assert!(lines.as_array().unwrap().iter().any(|line| line["text"].as_str().unwrap().contains("書き直した。")));
    let picture = live.get(&format!("page/{}.svg", new[changed[0]]));
    assert!(picture.text().starts_with("<svg") && picture.head.contains("immutable"));
    assert_eq!(live.get(&format!("page/{}.svg", old[changed[0]])).status, 404);
    assert!(!live.path("out").exists(), "a preview alone writes nothing");

    // A line that only moved changes no page, and is told nevertheless.
    fs::write(&path, fs::read_to_string(&path).unwrap().replacen("【事業概要】", "\n\n【事業概要】", 1)).unwrap();
    assert_eq!(hashes(&events.state()), new);
}

#[test]
fn a_mistake_is_told_at_its_program_with_its_line_and_goes_when_it_is_mended() {
    let live = Live::of("aomori-r2");
    let mut events = live.listen();
    let clean = events.state();
    assert_eq!((clean["errors"].as_u64(), clean["problem"].is_null()), (Some(0), true));
    let path = live.path("01_人材/UIJターン人材誘致促進事業.jigyo");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("事業費：", "事業費：𠮷")).unwrap();
    let state = events.state();
    assert_eq!(
        (state["errors"].as_u64(), state["draft"].as_bool()),
        (Some(state["messages"].as_array().unwrap().len() as u64), Some(true))
    );
    let message = state["messages"].as_array().unwrap().iter().find(|message| message["code"] == "J014").unwrap();
    assert_eq!((&message["anchor"], &message["line"]), (&"p1-1".into(), &2.into()));
    let source: Vec<u16> = message["source"].as_str().unwrap().encode_utf16().collect();
    let place = |key: &str| usize::try_from(message[key].as_u64().unwrap()).unwrap();
    let marked = String::from_utf16(&source[place("start")..place("end")]).unwrap();
    assert!(marked.starts_with('𠮷') && marked.ends_with("千円"), "{marked}");
    assert!(message["link"].as_str().unwrap().ends_with(":2:5"));
    assert_eq!(state["chapters"][0]["programs"][0]["errors"], state["errors"]);
    fs::write(&path, &text).unwrap();
    let mended = events.state();
    assert_eq!((mended["errors"].as_u64(), mended["draft"].as_bool()), (Some(0), Some(false)));
    assert_eq!(hashes(&mended), hashes(&clean));
}

/// Every line on every page of the sample: what its author wrote is found in the very line that is named.
#[test]
fn every_printed_line_leads_back_to_the_line_it_was_written_in() {
    for sample in ["aomori-r2", "tutorial"] {
        let live = Live::of(sample);
        let state = live.listen().state();
        let (mut found, mut own) = (0, BTreeSet::new());
        for hash in &hashes(&state) {
            for line in live.get(&format!("page/{hash}.json")).json().as_array().unwrap() {
                let number = |key: &str| line[key].as_f64().unwrap();
                let (x, y) = (number("x") + number("width") / 2.0, number("y") + number("height") / 2.0);
                let source = live.get(&format!("source?page={hash}&x={x}&y={y}")).json();
                let printed = line["text"].as_str().unwrap();
                let Some(written) = source["source"].as_str() else {
                    own.insert(squeezed(printed));
                    continue;
                };
                let thing = squeezed(source["printed"].as_str().unwrap());
                let (line, written) = (squeezed(printed), plain(written));
                assert!(shares(&line, &thing), "「{printed}」 is not part of 「{thing}」");
                let name = source["file"].as_str().unwrap();
                assert!(shares(&written, &plain(&thing)), "{name}: 「{thing}」 is not in 「{written}」");
                let file = fs::read_to_string(live.path(name)).unwrap();
                let number = usize::try_from(source["line"].as_u64().unwrap()).unwrap();
                assert_eq!(file.lines().nth(number - 1), source["source"].as_str());
                found += 1;
            }
        }
        // What the program makes by itself: heads and feet, numbers, years, sums.
        let known = |text: &str| {
            let figure = text.trim_matches('-').chars().all(|c| c.is_ascii_digit() || ",.ivx".contains(c));
            let made = [
                "項目名",
                "小計",
                "合計",
                "事業名",
                "No.",
                "R2",
                "R6",
                "担当課等",
                "掲載頁",
                "（千円）",
                "○",
                "①",
                "②",
                "③",
                "④",
                "目次",
                "総括表",
                "所管課別",
                "索引",
                "図表",
                "章",
                "うち新規",
                "事業数",
                // No total of what is counted twice; the second line of a note
                "—",
                "えた。",
                "構成比",
                "（%）",
                "共同",
                "（単位",
                "令和",
            ];
            let is_year = text.ends_with("年度") && text.chars().count() < 5;
            figure
                || text.ends_with('行') && text.chars().count() == 2
                || is_year
                || text.starts_with("【")
                || text.starts_with("※")
                || made.iter().any(|made| text.starts_with(made))
        };
        let unknown: Vec<&String> = own.iter().filter(|text| !known(text)).collect();
        assert!(unknown.is_empty(), "{sample}: {unknown:?}");
        assert!(found > 40, "{sample}: {found}");
    }
}

/// Widths, brackets and marks differ between what was typed and what is printed: letters and digits do not.
fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkc().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether the texts have a stretch of four letters in common, or the shorter is in the longer.
fn shares(one: &str, other: &str) -> bool {
    let (one, other) = (plain(one), plain(other));
    let letters: Vec<char> = one.chars().collect();
    other.contains(&one)
        || one.contains(&other)
        || letters.windows(4.min(letters.len().max(1))).any(|window| other.contains(&window.iter().collect::<String>()))
}

#[test]
fn the_pdf_is_made_on_request_and_search_finds_words_over_line_ends() {
    let live = Live::of("aomori-r2");
    let answer = live.get("report.pdf");
    assert_eq!(answer.status, 200);
    let pdf = crate::tools::build_folder(&live.path(""), false).1.unwrap().pdf;
    assert!(answer.body == pdf, "the PDF that report build makes");
    let found = live.get("search?q=%E7%A7%BB%E4%BD%8F%E6%94%AF%E6%8F%B4").json();
    assert!(found["total"].as_u64() > Some(2), "{found}");
    assert_eq!(live.get("search?q=").json()["total"], 0);
    fs::write(live.path("報告書.jigyo"), "【報告書】\n").unwrap();
    live.running.wait_for("] エラー", 0);
    assert!(live.get("report.pdf").head.contains("_%E4%B8%8B%E6%9B%B8%E3%81%8D.pdf"));
}

#[test]
fn a_folder_that_goes_away_and_the_end_are_told() {
    let mut live = Live::of("tutorial");
    let mut events = live.listen();
    events.state();
    let away = live.folder.path().join("別の名前");
    fs::rename(live.path(""), &away).unwrap();
    let state = events.state();
    assert!(state["problem"].as_str().unwrap().contains("を開けません"), "{state}");
    assert!(!hashes(&state).is_empty(), "the last pages stay");
    fs::rename(&away, live.path("")).unwrap();
    assert!(events.state()["problem"].is_null());
    fs::write(live.path("新しい事業.jigyo"), program("新しい事業")).unwrap();
    assert_eq!(events.state()["errors"], 1);
    #[cfg(unix)]
    {
        assert_eq!(live.running.end("-TERM"), Some(0));
        assert_eq!(events.next().0, "end");
    }
}
