//! `report lsp` as a process: over its pipes, and in Neovim where that is installed.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use jigyo::language_server::uri_of_path;
use serde_json::{Value, json};

use crate::tools::{on_disk, program, root, write};

fn start(folder: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_report"));
    command.args(["lsp", "--stdio"]).current_dir(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn framed(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn question(id: i32, method: &str, params: Value) -> Vec<u8> {
    framed(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))
}

fn remark(method: &str, params: Value) -> Vec<u8> {
    framed(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))
}

/// Says everything, and gives back the exit code and the messages on standard output, which has nothing beside them.
fn talk(folder: &Path, said: &[Vec<u8>]) -> (Option<i32>, Vec<Value>) {
    let mut child = start(folder);
    let mut input = child.stdin.take().unwrap();
    let said = said.concat();
    let writer = std::thread::spawn(move || {
        // The program may end before it has heard everything.
        let _ = input.write_all(&said);
    });
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut messages = Vec::new();
    loop {
        let mut head = String::new();
        if output.read_line(&mut head).unwrap() == 0 {
            break;
        }
        let length: usize =
            head.strip_prefix("Content-Length: ").unwrap_or_else(|| panic!("{head}")).trim().parse().unwrap();
        output.read_line(&mut head).unwrap();
        let mut body = vec![0; length];
        output.read_exact(&mut body).unwrap();
        messages.push(serde_json::from_slice(&body).unwrap());
    }
    writer.join().unwrap();
    let mut words = String::new();
    child.stderr.take().unwrap().read_to_string(&mut words).unwrap();
    assert_eq!(words, "");
    (child.wait().unwrap().code(), messages)
}

fn answers(messages: &[Value], id: i32) -> &Value {
    messages
        .iter()
        .find(|message| message["id"] == json!(id) && message["method"].is_null())
        .unwrap_or_else(|| panic!("{id}: {messages:?}"))
}

#[test]
fn the_process_speaks_the_protocol_and_nothing_else() {
    let (_folder, path) = on_disk();
    let uri = uri_of_path(&path.join("01_章/一.jigyo"));
    let text = program("一").replace("1,000千円", "14億円");
    let opened = json!({ "textDocument": { "uri": uri, "languageId": "jigyo", "version": 3, "text": text } });
    let root = json!({ "capabilities": {}, "rootUri": uri_of_path(&path), "processId": null });
    let (code, messages) = talk(
        &path,
        &[
            question(1, "textDocument/hover", json!({})),
            question(2, "initialize", root),
            remark("initialized", json!({})),
            remark("textDocument/didOpen", opened),
            question(3, "textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } })),
            question(4, "shutdown", Value::Null),
            remark("exit", Value::Null),
        ],
    );
    assert_eq!(code, Some(0));
    assert_eq!(answers(&messages, 1)["error"]["code"], -32002);
    assert_eq!(answers(&messages, 2)["result"]["serverInfo"]["name"], "report");
    assert_eq!(answers(&messages, 3)["result"][0]["name"], "一");
    assert_eq!(answers(&messages, 4)["result"], Value::Null);
}

#[test]
fn what_cannot_be_read_is_left_out_and_the_rest_is_answered() {
    let (_folder, path) = on_disk();
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let bad = [
        b"Content-Length: 5\r\n\r\n{bad}".to_vec(),
        b"Content-Length: 2\r\n\r\n[]".to_vec(),
        b"Content-Length: 3\r\n\r\n\xFF\xFE\xFF".to_vec(),
        b"Content-Length: no\r\nContent-Type: x\r\n\r\n".to_vec(),
        b"words without a colon\r\n\r\n".to_vec(),
        b"\r\n\r\n\n".to_vec(),
        b"content-length:4\n\nnull".to_vec(),
        framed(&json!({ "jsonrpc": "2.0", "id": 12345678901234_u64, "method": "shutdown" })),
        format!("Content-Length: {}\r\n\r\n{deep}", deep.len()).into_bytes(),
    ];
    let mut said = bad.to_vec();
    said.push(question(1, "initialize", json!({ "capabilities": {} })));
    said.extend(bad);
    said.extend([question(2, "shutdown", Value::Null), remark("exit", Value::Null)]);
    let (code, messages) = talk(&path, &said);
    assert_eq!(code, Some(0));
    assert_eq!(answers(&messages, 2)["result"], Value::Null);
    assert!(messages.iter().any(|message| message["method"] == "window/logMessage"));
}

#[test]
fn an_editor_that_goes_away_takes_its_server_with_it() {
    let (_folder, path) = on_disk();
    let begun = question(1, "initialize", json!({ "capabilities": {} }));
    assert_eq!(talk(&path, std::slice::from_ref(&begun)).0, Some(1));
    assert_eq!(talk(&path, &[]).0, Some(1));
    assert_eq!(talk(&path, &[begun.clone(), remark("exit", Value::Null)]).0, Some(1));
    assert_eq!(talk(&path, &[begun, b"Content-Length: 99999999999\r\n\r\n{}".to_vec()]).0, Some(1));
}

/// `tests/editors/neovim.lua` opens, edits, mends, formats and renames, and compares what both hold after every step.
#[test]
fn neovim_and_the_server_hold_the_same_after_every_step() {
    if Command::new("nvim").arg("--version").output().is_err() {
        eprintln!("skipped: Neovim is not installed");
        return;
    }
    let (folder, path) = on_disk();
    let faulty = program("一").replace("研修を行う。", "𠮷田の葛\u{E0100}城でか\u{3099}んばるH A C C P の研修。")
        + "修了者数｜9名｜同上\n";
    write(&path.join("01_章/一.jigyo"), faulty);
    write(&path.join("01_章/二.jigyo"), program("二").replace('\n', "\r\n"));
    write(&path.join("01_章/章.jigyo"), "【章】人材の育成\n\n【構成】\n一\n二\n");
    let script = root().join("tests/editors/neovim.lua");
    let run = Command::new("nvim")
        .args(["--headless", "-u", "NONE", "-i", "NONE", "-n", "-S"])
        .arg(script)
        .env("REPORT", env!("CARGO_BIN_EXE_report"))
        .env("REPORT_FOLDER", &path)
        .env("XDG_STATE_HOME", folder.path())
        .env("XDG_CACHE_HOME", folder.path())
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&run.stderr).into_owned() + &String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && words.contains("all steps hold"), "{words}");
    assert!(path.join("01_章/研修事業.jigyo").exists() && !path.join("01_章/一.jigyo").exists());
    let chapter = std::fs::read_to_string(path.join("01_章/章.jigyo")).unwrap();
    assert_eq!(chapter, "【章】人材の育成\n\n【構成】\n研修事業\n二\n");
}
