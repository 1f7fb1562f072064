//! An editor that types anything anywhere: after every step the server holds what the editor holds, and answers whatever it is asked.
//!
//! More of it than in every run: `LSP_EDITS=100000 LSP_SEED=7 cargo test --release --test suite random_edits -- --nocapture`.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::editor::{Editor, capabilities};
use crate::tools::{on_disk, program, write};

/// What stands between and inside the units of every encoding, ends lines, or opens something.
const PIECES: &[&str] = &[
    "あ",
    "𠮷",
    "葛\u{E0100}",
    "か\u{3099}",
    "か",
    "\u{3099}",
    "は\u{309A}",
    "ｶﾞ",
    "👨‍👩‍👧",
    "e\u{301}",
    "\u{FEFF}",
    "\u{200B}",
    "\0",
    "\u{1B}",
    "\n",
    "\r",
    "\r\n",
    "\u{2028}",
    "\u{b}",
    "【",
    "】",
    "【事業】",
    "【指標】",
    "【構成】",
    "【メモ】\n",
    "【事業実績】\n",
    "｜",
    "\t",
    "：",
    "事業費：1,000千円",
    "担当：監理課\n",
    "（１）",
    "(1) ",
    "・",
    "＋",
    "※",
    "↑",
    "同上",
    "上",
    "H A C C P",
    "10名",
    "１２回",
    "再掲　一",
    "確認済：J026　言葉",
    "",
    "abc def",
    "\n\n",
];

struct Edits {
    random: fastrand::Rng,
    editor: Editor,
    uris: Vec<String>,
}

impl Edits {
    fn uri(&mut self) -> String {
        self.uris[self.random.usize(0..self.uris.len())].clone()
    }

    /// A boundary between characters.
    fn place(&mut self, text: &str) -> usize {
        let at = self.random.usize(0..=text.len());
        (at..=text.len()).find(|at| text.is_char_boundary(*at) && !is_inside_line_end(text, *at)).unwrap()
    }

    fn piece(&mut self) -> &'static str {
        PIECES[self.random.usize(0..PIECES.len())]
    }

    /// One to three stretches, one after the other.
    fn type_something(&mut self, uri: &str) {
        let mut text = self.editor.text(uri).to_string();
        let mut changes = Vec::new();
        for _ in 0..self.random.usize(1..4) {
            let start = self.place(&text);
            let length = if self.random.u8(0..4) == 0 { self.random.usize(0..60) } else { 0 };
            let end = (start + length).min(text.len());
            let end =
                (end..=text.len()).find(|at| text.is_char_boundary(*at) && !is_inside_line_end(&text, *at)).unwrap();
            let piece = self.piece();
            changes.push(json!({ "range": self.editor.range_in(&text, start..end), "text": piece }));
            text.replace_range(start..end, piece);
        }
        self.editor.change(uri, &changes);
        assert_eq!(self.editor.text(uri), text, "the editor itself");
    }

    /// A text that was typed too full starts anew.
    fn start_anew(&mut self, uri: &str) {
        let text = program("一").replace('\n', ["\n", "\r\n", "\r"][self.random.usize(0..3)]);
        self.editor.change(uri, &[json!({ "text": text })]);
    }

    fn mend(&mut self, uri: &str) {
        let text = self.editor.text(uri).to_string();
        let (start, end) = (self.place(&text), self.place(&text));
        let range = self.editor.range_in(&text, start.min(end)..start.max(end));
        let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } });
        let actions = self.editor.ask("textDocument/codeAction", params);
        let actions = actions.as_array().unwrap();
        if !actions.is_empty() {
            let edit = actions[self.random.usize(0..actions.len())]["edit"].clone();
            self.editor.apply(&edit);
        }
    }

    fn format(&mut self, uri: &str) {
        let edits = self.editor.ask_about("textDocument/formatting", uri);
        let edits = edits.as_array().unwrap();
        if !edits.is_empty() {
            self.editor.apply_edits(uri, edits);
        }
    }

    /// The edit is made in the texts alone: the next step begins with the same files.
    fn rename(&mut self, uri: &str) {
        let text = self.editor.text(uri).to_string();
        let at = self.place(&text);
        let position = self.editor.range_in(&text, at..at)["start"].clone();
        let params = json!({ "textDocument": { "uri": uri }, "position": position, "newName": "新しい名前" });
        let Ok(edit) = self.editor.try_ask("textDocument/rename", params) else { return };
        let changes = edit["documentChanges"].as_array().unwrap().iter();
        for change in changes.filter(|change| change["kind"] != "rename") {
            let uri = change["textDocument"]["uri"].as_str().unwrap();
            if self.uris.iter().any(|own| own == uri) {
                self.editor.apply_edits(uri, change["edits"].as_array().unwrap());
            }
        }
    }

    /// Any question at any place, in the text or not.
    fn ask(&mut self, uri: &str) {
        let place = json!({ "line": self.random.u32(0..40), "character": self.random.u32(0..60) });
        let document = json!({ "uri": uri });
        let methods = [
            "completion",
            "hover",
            "definition",
            "references",
            "prepareRename",
            "documentSymbol",
            "foldingRange",
            "semanticTokens/full",
            "diagnostic",
        ];
        let method = methods[self.random.usize(0..methods.len())];
        let params = json!({ "textDocument": document, "position": place });
        let answer = self.editor.ask(&format!("textDocument/{method}"), params);
        if method == "diagnostic" {
            for message in answer["items"].as_array().into_iter().flatten() {
                // A place that does not lie in the text ends the test.
                self.editor.words(uri, &message["range"]);
            }
        }
    }

    fn step(&mut self) {
        let uri = self.uri();
        match self.random.u8(0..40) {
            _ if self.editor.text(&uri).len() > 6_000 => self.start_anew(&uri),
            0 => self.start_anew(&uri),
            1 | 2 => self.mend(&uri),
            3 => self.format(&uri),
            4 => self.rename(&uri),
            5..=9 => self.ask(&uri),
            10 => {
                let text = self.editor.text(&uri).to_string();
                self.editor.close(&uri);
                self.editor.open_as(&jigyo::language_server::path_of_uri(&uri).unwrap(), &text);
            }
            _ => self.type_something(&uri),
        }
        self.editor.is_in_step(&uri);
    }
}

fn is_inside_line_end(text: &str, at: usize) -> bool {
    text[..at].ends_with('\r') && text[at..].starts_with('\n')
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().map_or(usual, |value| value.parse().unwrap())
}

#[test]
fn the_server_holds_what_the_editor_holds_whatever_is_typed() {
    let (steps, seed) = (number("LSP_EDITS", 3_000), number("LSP_SEED", 1));
    let (_folder, path) = on_disk();
    write(&path.join("01_章/二.jigyo"), program("二"));
    write(&path.join("01_章/章.jigyo"), "【章】人材の育成\n\n【構成】\n二\n一\n");
    let files: Vec<PathBuf> =
        ["報告書.jigyo", "01_章/章.jigyo", "01_章/一.jigyo", "01_章/二.jigyo"].map(|file| path.join(file)).to_vec();
    for (turn, encoding) in ["utf-16", "utf-8"].into_iter().enumerate() {
        let mut wanted = capabilities();
        wanted["general"]["positionEncodings"] = json!([encoding]);
        let mut editor = Editor::start_with(&path, wanted);
        let uris: Vec<String> = files.iter().map(|file| editor.open(file)).collect();
        let mut edits = Edits { random: fastrand::Rng::with_seed(seed + turn as u64), editor, uris };
        for _ in 0..steps / 2 {
            edits.step();
        }
        let errors = edits.editor.heard.iter().filter(|heard| heard["method"] == "window/logMessage");
        assert_eq!(errors.collect::<Vec<&Value>>(), Vec::<&Value>::new());
        edits.editor.end();
    }
}
