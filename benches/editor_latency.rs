//! From a change in an editor to its messages: the real chapter, and ten copies of it.
//!
//! `cargo bench --bench editor_latency` prints the median and the 95th percentile of `CHANGES` (200) changes of one program, each
//! waited for until the messages of its version came; half of them with a question for the actions at the place beside them, as
//! editors ask it.

#![allow(clippy::print_stdout, reason = "a benchmark tells its figures")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jigyo::language_server::{serve, uri_of_path};
use lsp_server::{Connection, Message, Notification, Request};
use serde_json::{Value, json};

const FILE: &str = "就職ガイダンス開催事業";

fn main() {
    let changes = std::env::var("CHANGES").ok().and_then(|count| count.parse().ok()).unwrap_or(200);
    for copies in [1, 10] {
        for mends in [0, 1, 20] {
            measure(copies, mends, changes);
        }
    }
}

/// The real chapter as `copies` chapters, names and IDs made different. `mends` of the programs have a fault that is surely mended.
fn report(folder: &Path, copies: usize, mends: usize) -> PathBuf {
    let chapter = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/aomori-r2");
    let root = folder.join("報告書");
    let head = fs::read_to_string(chapter.join("報告書.jigyo")).expect("the sample is there");
    fs::create_dir_all(&root).expect("is made");
    fs::write(root.join("報告書.jigyo"), head.split("【構成】").next().unwrap_or_default()).expect("is written");
    let mut left = mends;
    for copy in 1..=copies {
        let folder = root.join(format!("{copy:03}"));
        fs::create_dir_all(&folder).expect("is made");
        for entry in fs::read_dir(chapter.join("01_人材")).expect("the sample is there") {
            let path = entry.expect("is readable").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let mut text = fs::read_to_string(&path).expect("is text");
            if name == "章.jigyo" {
                text = text.split("【構成】").next().unwrap_or_default().to_string();
                fs::write(folder.join(name), text).expect("is written");
                continue;
            }
            text = text.replacen('\n', &format!("（{copy}）\n"), 1);
            if left > 0 && !name.starts_with(FILE) {
                left -= 1;
                text = text.replacen("【事業実績】\n", "【事業実績】\nH A C C P を広めた。\n", 1);
            }
            fs::write(folder.join(name.replace(".jigyo", &format!("_{copy}.jigyo"))), text).expect("is written");
        }
    }
    root
}

struct Editor {
    connection: Connection,
    uri: String,
    version: i64,
    last_id: i32,
}

impl Editor {
    fn tell(&self, method: &str, params: Value) {
        let _ = self.connection.sender.send(Notification { method: method.to_string(), params }.into());
    }

    fn ask(&mut self, method: &str, params: Value) {
        self.last_id += 1;
        let request = Request { id: self.last_id.into(), method: method.to_string(), params };
        let _ = self.connection.sender.send(request.into());
    }

    /// Until the messages of the present version have come.
    fn wait(&self) {
        while let Ok(message) = self.connection.receiver.recv() {
            if let Message::Notification(own) = message
                && own.method == "textDocument/publishDiagnostics"
                && own.params.get("uri") == Some(&json!(self.uri))
                && own.params.get("version") == Some(&json!(self.version))
            {
                return;
            }
        }
    }

    /// A word more or less in a sentence of its 【事業実績】.
    fn change(&mut self, line: usize) -> Duration {
        self.version += 1;
        let is_there = self.version % 2 == 0;
        let place = |character: usize| json!({ "line": line, "character": character });
        let (range, text) = if is_there {
            (json!({ "start": place(0), "end": place(0) }), "また、")
        } else {
            (json!({ "start": place(0), "end": place(3) }), "")
        };
        let document = json!({ "uri": self.uri, "version": self.version });
        let started = Instant::now();
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "range": range, "text": text }] }),
        );
        if self.version % 4 < 2 {
            let context = json!({ "diagnostics": [] });
            self.ask(
                "textDocument/codeAction",
                json!({ "textDocument": document, "range": range, "context": context }),
            );
        }
        self.wait();
        started.elapsed()
    }
}

fn measure(copies: usize, mends: usize, changes: usize) {
    let folder = tempfile::tempdir().expect("is made");
    let root = report(folder.path(), copies, mends);
    let path = root.join("001").join(format!("{FILE}_1.jigyo"));
    let text = fs::read_to_string(&path).expect("is there");
    let line = text.lines().position(|line| line.starts_with("【事業実績】")).expect("has results") + 1;
    let (ours, theirs) = Connection::memory();
    let server = std::thread::spawn(move || serve(&theirs));
    let mut editor = Editor { connection: ours, uri: uri_of_path(&path), version: 1, last_id: 0 };
    let started = Instant::now();
    let watching = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    editor.ask("initialize", json!({ "capabilities": watching, "rootUri": uri_of_path(&root) }));
    editor.tell("initialized", json!({}));
    let document = json!({ "uri": editor.uri, "languageId": "jigyo", "version": 1, "text": text });
    editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
    editor.wait();
    let opened = started.elapsed();
    let mut times: Vec<Duration> = (0..changes).map(|_| editor.change(line)).collect();
    times.sort();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default().as_secs_f64() * 1000.0;
    println!(
        "{} programs, {mends} with a certain mend: opened {:.0} ms; a change: median {:.1} ms, p95 {:.1} ms, slowest {:.1} ms",
        39 * copies,
        opened.as_secs_f64() * 1000.0,
        at(50),
        at(95),
        times.last().map_or(0.0, |time| time.as_secs_f64() * 1000.0),
    );
    editor.ask("shutdown", Value::Null);
    editor.tell("exit", Value::Null);
    let _ = server.join();
}
