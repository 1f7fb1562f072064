//! An editor for tests: it keeps texts as a client of the protocol does, by rules of its own, and talks to a server.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::Duration;

use jigyo::language_server::{Ended, path_of_uri, serve, uri_of_path};
use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

use crate::protocol_model::{assert_answers, assert_says};

/// How long an answer may take on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a text is pushed: its version, and its messages.
pub(crate) type Pushed = (Option<i64>, Vec<Value>);

pub(crate) struct Editor {
    connection: Connection,
    server: Option<JoinHandle<Ended>>,
    last_id: i32,
    is_utf8: bool,
    /// By address
    pub(crate) texts: BTreeMap<String, (i64, String)>,
    /// By file: however its address is spelled
    pub(crate) pushed: BTreeMap<String, Pushed>,
    /// Everything else that the server said or asked
    pub(crate) heard: Vec<Value>,
}

/// What an editor of today can do.
pub(crate) fn capabilities() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "workspace": {
            "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create", "rename", "delete"] },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "diagnostics": { "refreshSupport": true },
        },
        "textDocument": {
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "publishDiagnostics": { "relatedInformation": true, "versionSupport": true },
        },
    })
}

/// An address with its escapes in capitals: some editors write %e7 where others write %E7, and mean one file.
fn file_of(uri: &str) -> String {
    let mut parts = uri.split('%');
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |file, part| format!("{file}%{}{}", part[..2].to_uppercase(), &part[2..]))
}

impl Editor {
    /// Starts a session in a folder.
    pub(crate) fn start(folder: &Path) -> Self {
        Self::start_with(folder, capabilities())
    }

    pub(crate) fn start_with(folder: &Path, capabilities: Value) -> Self {
        let mut editor = Self::connected();
        editor.is_utf8 = capabilities.pointer("/general/positionEncodings/0") == Some(&json!("utf-8"));
        let folders = json!([{ "uri": uri_of_path(folder), "name": "報告" }]);
        let params =
            json!({ "processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": folders });
        let answer = editor.ask("initialize", params);
        let units = if editor.is_utf8 { "utf-8" } else { "utf-16" };
        assert_eq!(answer["capabilities"]["positionEncoding"], units);
        editor.tell("initialized", json!({}));
        editor
    }

    /// Before the first word.
    pub(crate) fn connected() -> Self {
        let (ours, theirs) = Connection::memory();
        let server = std::thread::spawn(move || serve(&theirs));
        Self {
            connection: ours,
            server: Some(server),
            last_id: 0,
            is_utf8: false,
            texts: BTreeMap::new(),
            pushed: BTreeMap::new(),
            heard: Vec::new(),
        }
    }

    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        let message = Notification { method: method.to_string(), params };
        self.connection.sender.send(message.into()).unwrap();
    }

    /// Sends a question without waiting for its answer.
    pub(crate) fn send(&mut self, method: &str, params: Value) -> RequestId {
        self.last_id += 1;
        let id = RequestId::from(self.last_id);
        let message = Request { id: id.clone(), method: method.to_string(), params };
        self.connection.sender.send(message.into()).unwrap();
        id
    }

    pub(crate) fn answer_to(&mut self, id: &RequestId) -> Result<Value, (i32, String)> {
        loop {
            if let Some(Response { response_result, .. }) = self.hear(Some(id)) {
                return response_result.map_err(|error| (error.code, error.message));
            }
        }
    }

    pub(crate) fn try_ask(&mut self, method: &str, params: Value) -> Result<Value, (i32, String)> {
        let id = self.send(method, params);
        self.answer_to(&id)
    }

    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.try_ask(method, params.clone());
        let answer = answer.unwrap_or_else(|error| panic!("{method} {params}: {error:?}"));
        assert_answers(method, &answer);
        answer
    }

    /// Takes in the next message; the answer to a question is given back.
    fn hear(&mut self, wanted: Option<&RequestId>) -> Option<Response> {
        let message = self.connection.receiver.recv_timeout(PATIENCE).expect("the server answers");
        match &message {
            Message::Notification(Notification { method, params })
            | Message::Request(Request { method, params, .. }) => {
                assert_says(method, params);
            }
            Message::Response(_) => {}
        }
        match message {
            Message::Response(response) if Some(&response.id) == wanted => return Some(response),
            Message::Response(_) => {}
            Message::Notification(own) if own.method == "textDocument/publishDiagnostics" => {
                let uri = file_of(own.params["uri"].as_str().unwrap());
                let messages = own.params["diagnostics"].as_array().unwrap().clone();
                self.pushed.insert(uri, (own.params["version"].as_i64(), messages));
            }
            Message::Notification(own) => self.heard.push(json!({ "method": own.method, "params": own.params })),
            Message::Request(asked) => {
                self.heard.push(json!({ "method": asked.method, "params": asked.params }));
                let answer = Response { id: asked.id, response_result: Ok(Value::Null) };
                self.connection.sender.send(answer.into()).unwrap();
            }
        }
        None
    }

    /// Opens a file with the text that lies on the disk.
    pub(crate) fn open(&mut self, path: &Path) -> String {
        let text = fs::read_to_string(path).unwrap();
        self.open_as(path, &text)
    }

    pub(crate) fn open_as(&mut self, path: &Path, text: &str) -> String {
        self.open_at(uri_of_path(path), text)
    }

    /// Opens a text by an address of the editor's own spelling.
    pub(crate) fn open_at(&mut self, uri: String, text: &str) -> String {
        let document = json!({ "uri": uri, "languageId": "jigyo", "version": 1, "text": text });
        self.texts.insert(uri.clone(), (1, text.to_string()));
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
        uri
    }

    pub(crate) fn close(&mut self, uri: &str) {
        self.texts.remove(uri);
        self.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    pub(crate) fn text(&self, uri: &str) -> &str {
        &self.texts[uri].1
    }

    /// Replaces bytes of a text, and tells of it.
    pub(crate) fn replace(&mut self, uri: &str, bytes: std::ops::Range<usize>, new: &str) {
        let range = self.range(uri, bytes);
        self.change(uri, &[json!({ "range": range, "text": new })]);
    }

    /// The first place of a word.
    pub(crate) fn replace_word(&mut self, uri: &str, old: &str, new: &str) {
        let at = self.text(uri).find(old).unwrap_or_else(|| panic!("{old} is not there: {}", self.text(uri)));
        self.replace(uri, at..at + old.len(), new);
    }

    /// Makes changes in the own text, one after the other, and tells of them.
    pub(crate) fn change(&mut self, uri: &str, changes: &[Value]) {
        for change in changes {
            let new = change["text"].as_str().unwrap();
            let is_utf8 = self.is_utf8;
            let (_, text) = self.texts.get_mut(uri).unwrap();
            match change.get("range") {
                Some(range) => {
                    let start = byte(text, &range["start"], is_utf8);
                    let end = byte(text, &range["end"], is_utf8);
                    text.replace_range(start..end, new);
                }
                None => *text = new.to_string(),
            }
        }
        let (version, _) = self.texts.get_mut(uri).unwrap();
        *version += 1;
        let version = *version;
        let params = json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes });
        self.tell("textDocument/didChange", params);
    }

    pub(crate) fn position(&self, uri: &str, at: usize) -> Value {
        position(self.text(uri), at, self.is_utf8)
    }

    pub(crate) fn range(&self, uri: &str, bytes: std::ops::Range<usize>) -> Value {
        json!({ "start": self.position(uri, bytes.start), "end": self.position(uri, bytes.end) })
    }

    /// The place of a stretch of any text.
    pub(crate) fn range_in(&self, text: &str, bytes: std::ops::Range<usize>) -> Value {
        json!({ "start": position(text, bytes.start, self.is_utf8), "end": position(text, bytes.end, self.is_utf8) })
    }

    /// The words that a range of the protocol covers.
    pub(crate) fn words(&self, uri: &str, range: &Value) -> &str {
        let text = self.text(uri);
        &text[byte(text, &range["start"], self.is_utf8)..byte(text, &range["end"], self.is_utf8)]
    }

    /// What the server says when it is asked about the place behind the first occurrence of a word.
    pub(crate) fn ask_behind(&mut self, method: &str, uri: &str, word: &str) -> Value {
        let at = self.text(uri).find(word).unwrap_or_else(|| panic!("{word}: {}", self.text(uri))) + word.len();
        let position = self.position(uri, at);
        self.ask(method, json!({ "textDocument": { "uri": uri }, "position": position }))
    }

    pub(crate) fn ask_about(&mut self, method: &str, uri: &str) -> Value {
        self.ask(method, json!({ "textDocument": { "uri": uri } }))
    }

    /// The pushed messages of a text in its present version, `CODE words` each.
    pub(crate) fn messages(&mut self, uri: &str) -> Vec<Value> {
        let wanted = self.texts.get(uri).map(|(version, _)| *version);
        let file = file_of(uri);
        while self.pushed.get(&file).is_none_or(|(version, _)| *version != wanted) {
            self.hear(None);
        }
        self.pushed[&file].1.clone()
    }

    pub(crate) fn codes(&mut self, uri: &str) -> Vec<String> {
        let messages = self.messages(uri).into_iter();
        messages.map(|message| message["code"].as_str().unwrap().to_string()).collect()
    }

    /// Whether the server holds what is held here.
    pub(crate) fn is_in_step(&mut self, uri: &str) {
        let held = self.ask_about("report/heldText", uri);
        let (version, text) = &self.texts[uri];
        assert_eq!((held["version"].as_i64(), held["text"].as_str()), (Some(*version), Some(text.as_str())));
    }

    /// The actions at a word.
    pub(crate) fn actions(&mut self, uri: &str, word: &str) -> Vec<Value> {
        let at = self.text(uri).find(word).unwrap();
        let range = self.range(uri, at..at + word.len());
        let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } });
        self.ask("textDocument/codeAction", params).as_array().unwrap().clone()
    }

    /// Applies edits of a text from its end to its start.
    pub(crate) fn apply_edits(&mut self, uri: &str, edits: &[Value]) {
        let mut edits = edits.to_vec();
        edits.sort_by_key(|edit| {
            let start = &edit["range"]["start"];
            std::cmp::Reverse((start["line"].as_u64(), start["character"].as_u64()))
        });
        let changes: Vec<Value> =
            edits.iter().map(|edit| json!({ "range": edit["range"], "text": edit["newText"] })).collect();
        self.change(uri, &changes);
    }

    /// Applies an edit of several files, as an editor does: in open texts, else on the disk.
    pub(crate) fn apply(&mut self, edit: &Value) {
        for change in edit["documentChanges"].as_array().expect("changes with versions") {
            if change["kind"] == "rename" {
                self.rename_file(change["oldUri"].as_str().unwrap(), change["newUri"].as_str().unwrap());
                continue;
            }
            let uri = change["textDocument"]["uri"].as_str().unwrap();
            let edits = change["edits"].as_array().unwrap();
            let is_open = self.texts.contains_key(uri);
            if !is_open {
                self.open(&path_of_uri(uri).unwrap());
            } else {
                assert_eq!(change["textDocument"]["version"].as_i64(), Some(self.texts[uri].0));
            }
            self.apply_edits(uri, edits);
            if !is_open {
                self.save(uri);
                self.close(uri);
            }
        }
    }

    pub(crate) fn save(&mut self, uri: &str) {
        fs::write(path_of_uri(uri).unwrap(), self.text(uri)).unwrap();
        self.tell("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    }

    fn rename_file(&mut self, old: &str, new: &str) {
        let (from, to) = (path_of_uri(old).unwrap(), path_of_uri(new).unwrap());
        assert!(!to.exists());
        let held = self.texts.get(old).map(|(_, text)| text.clone());
        if held.is_some() {
            self.close(old);
        }
        fs::rename(&from, &to).unwrap();
        self.changed_on_disk(&[from, to.clone()]);
        if let Some(text) = held {
            self.open_as(&to, &text);
        }
    }

    pub(crate) fn changed_on_disk(&mut self, paths: &[PathBuf]) {
        let changes: Vec<Value> = paths.iter().map(|path| json!({ "uri": uri_of_path(path), "type": 2 })).collect();
        self.tell("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    }

    /// Ends the session as the protocol wants it.
    pub(crate) fn end(mut self) {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        assert!(self.try_ask("textDocument/hover", json!({})).is_err());
        self.tell("exit", Value::Null);
        assert_eq!(self.ended(), Ended::Properly);
    }

    pub(crate) fn ended(&mut self) -> Ended {
        self.server.take().unwrap().join().expect("no panic")
    }

    /// Goes away without a word.
    pub(crate) fn vanish(self) -> Ended {
        let Self { connection, server, .. } = self;
        drop(connection);
        server.unwrap().join().expect("no panic")
    }
}

/// The line of a byte and its distance from the line's start, in UTF-16 units or bytes.
fn position(text: &str, at: usize, is_utf8: bool) -> Value {
    let (mut line, mut start) = (0, 0);
    for (index, c) in text[..at].char_indices() {
        let ends = match c {
            '\n' => true,
            '\r' => !text[index + 1..].starts_with('\n'),
            _ => false,
        };
        if ends {
            line += 1;
            start = index + 1;
        }
    }
    let before = &text[start..at];
    let character = if is_utf8 { before.len() } else { before.encode_utf16().count() };
    json!({ "line": line, "character": character })
}

/// The byte of a place that lies in the text.
fn byte(text: &str, place: &Value, is_utf8: bool) -> usize {
    let (line, character) = (place["line"].as_u64().unwrap(), place["character"].as_u64().unwrap());
    let mut rest = text;
    for _ in 0..line {
        let end = rest.find(['\n', '\r']).unwrap_or_else(|| panic!("no line {line}"));
        let after = &rest[end..];
        rest = after.strip_prefix("\r\n").unwrap_or(&after[1..]);
    }
    let start = text.len() - rest.len();
    if is_utf8 {
        return start + usize::try_from(character).unwrap();
    }
    let mut units = 0;
    let found = rest.char_indices().find(|(_, c)| {
        let is_there = units >= character;
        units += c.len_utf16() as u64;
        is_there
    });
    start + found.map_or(rest.len(), |(at, _)| at)
}
