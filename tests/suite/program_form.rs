//! A program's form as pieces of its file: every stretch says what stands there, and what lacks goes where an officer would type it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jigyo::editing::{Change, Editor, Save};
use jigyo::form::BUILT_IN;
use jigyo::load::{Folder, decode};
use jigyo::pipeline::{check, program_basis};
use jigyo::program_form::{Basis, program_form};
use serde_json::Value;

use crate::editing::{Shared, encoded};
use crate::run::run;
use crate::tools::root;

const SAMPLES: [&str; 5] = ["aomori-r2", "hyoka", "ichiran", "seika", "tutorial"];

/// Every program of a report: its path, its text, and the form that it has.
fn programs(folder: &Path) -> Vec<(String, String, Value)> {
    let checked = check(&Folder::new(folder)).unwrap();
    let forms = checked.files.iter().filter_map(|file| {
        let form = program_form(file.path(), file.text(), &program_basis(&checked, file.path()))?;
        Some((file.path().to_string(), file.text().to_string(), serde_json::to_value(form).unwrap()))
    });
    forms.filter(|(_, text, _)| text.contains("【事業】")).collect()
}

/// Every part of a form that has a stretch.
fn stretches(value: &Value) -> Vec<&Value> {
    let own = value.get("start").is_some().then_some(value);
    let inside: Vec<&Value> = match value {
        Value::Array(values) => values.iter().flat_map(stretches).collect(),
        Value::Object(fields) => fields.values().flat_map(stretches).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    own.into_iter().chain(inside).collect()
}

fn place(piece: &Value) -> std::ops::Range<usize> {
    let at = |name: &str| usize::try_from(piece[name].as_u64().unwrap()).unwrap();
    at("start")..at("end")
}

#[test]
fn every_stretch_says_what_stands_there() {
    let mut count = 0;
    for sample in SAMPLES {
        for (path, text, form) in programs(&root().join("reports").join(sample)) {
            let mut covered = vec![false; text.len()];
            for piece in stretches(&form) {
                let range = place(piece);
                assert_eq!(text.get(range.clone()), piece["text"].as_str(), "{path}: {piece}");
                covered[range].fill(true);
                count += 1;
            }
            // What is in no box is a heading, the name of a field, or blank.
            let mut left = String::new();
            for (at, c) in text.char_indices().filter(|(at, _)| !covered[*at]) {
                left.push(if at > 0 && covered[at - 1] { '\n' } else { c });
            }
            for line in left.lines().map(str::trim).filter(|line| !line.is_empty()) {
                let is_name =
                    line.ends_with('：') || (line.starts_with('【') && line.ends_with('】')) || line.ends_with("｜");
                assert!(is_name, "{path}: {line:?} stands in no box");
            }
        }
    }
    assert!(count > 2_000, "{count}");
}

#[test]
fn writing_back_what_stands_there_changes_no_byte() {
    let encodings = ["utf-8", "utf-8 with a mark", "utf-16 le", "utf-16 be", "cp932"];
    let folder = root().join("reports/hyoka");
    let checked = check(&Folder::new(&folder)).unwrap();
    for (path, text, _) in programs(&folder).into_iter().take(4) {
        for encoding in encodings {
            for ends in ["\n", "\r\n", "\r", "mixed"] {
                // CP932 has the other of the two dashes.
                let text = if encoding == "cp932" { text.replace('—', "―") } else { text.clone() };
                let text = with_ends(&text, ends);
                let before = encoded(&text, encoding);
                let store = Shared::default();
                store.put(&path, &before);
                let editor = Editor::new(store.clone());
                let opened = editor.open(&path).unwrap();
                let form = program_form(&path, &opened.text, &program_basis(&checked, &path)).unwrap();
                let form = serde_json::to_value(form).unwrap();
                for piece in stretches(&form) {
                    let typed = piece["text"].as_str().unwrap();
                    // A box has one kind of line end; a stretch of several kinds is saved with that of the file.
                    if ends == "mixed" && typed.contains(['\r', '\n']) {
                        continue;
                    }
                    let text = typed.replace("\r\n", "\n").replace('\r', "\n");
                    let seen = opened.seen.clone();
                    let changes = vec![Change { stretch: place(piece), text }];
                    let save = Save { file: path.clone(), seen, changes, as_utf8: false, verbatim: false };
                    editor.save(&save).unwrap();
                    assert_eq!(store.bytes(&path), before, "{path} {encoding} {ends:?}: {piece}");
                }
                assert_eq!(decode(&store.bytes(&path)).unwrap(), text);
            }
        }
    }
}

fn with_ends(text: &str, ends: &str) -> String {
    if ends != "mixed" {
        return text.replace('\n', ends);
    }
    let mut turn = ["\r\n", "\n", "\r"].into_iter().cycle();
    text.lines().map(|line| format!("{line}{}", turn.next().unwrap())).collect()
}

/// What a page does with values for pieces, one after the other: the form is asked for anew each time.
struct Typing<'a> {
    path: &'a str,
    text: String,
    basis: Basis,
}

impl Typing<'_> {
    fn form(&self) -> Value {
        serde_json::to_value(program_form(self.path, &self.text, &self.basis).unwrap()).unwrap()
    }

    fn put(&mut self, piece: &Value, value: &str) {
        let words = |name: &str| piece[name].as_str().unwrap();
        let value = value.split('\n').collect::<Vec<_>>().join(words("between"));
        let whole = format!("{}{value}{}", words("before"), words("after"));
        self.text.replace_range(place(piece), &whole);
    }

    fn field(&mut self, name: &str, value: &str) {
        let form = self.form();
        let field = form["fields"].as_array().unwrap().iter().find(|field| field["name"] == name).unwrap().clone();
        let piece = field["values"].get(0).unwrap_or(&field["add"]).clone();
        self.put(&piece, value);
    }

    fn section(&self, name: &str) -> Value {
        let form = self.form();
        form["sections"].as_array().unwrap().iter().find(|section| section["name"] == name).unwrap()["body"].clone()
    }
}

#[test]
fn what_lacks_goes_where_an_officer_would_type_it() {
    let mut typing =
        Typing { path: "01/橋.jigyo", text: "【事業】橋の修繕\n".to_string(), basis: Basis::default() };
    typing.field("担当", "道路課　管理班");
    typing.field("事業費", "1,200千円");
    typing.field("区分", "新規");
    let body = typing.section("今後の方向");
    typing.put(&body["text"], "続ける。");
    let body = typing.section("事業概要");
    typing.put(&body["text"], "橋を直す。\n古い順に行う。");
    let body = typing.section("写真");
    typing.put(&body["grid"]["insert"], "写真/橋.jpg｜橋｜直した橋");
    let body = typing.section("事例");
    typing.put(&body["title"], "朝日橋");
    let body = typing.section("指標");
    typing.put(&body["grid"]["insert"], "直した橋｜3橋｜4橋");
    assert_eq!(
        typing.text,
        "【事業】橋の修繕\n事業費：1,200千円\n区分：新規\n担当：道路課　管理班\n\n【事業概要】\n橋を直す。\n古い順に行う。\n\n\
         【指標】\n直した橋｜3橋｜4橋\n\n【今後の方向】\n続ける。\n\n【写真】\n写真/橋.jpg｜橋｜直した橋\n\n【事例】朝日橋\n"
    );
    let body = typing.section("指標");
    assert_eq!(body["grid"]["rows"][0]["cells"], serde_json::json!(["3橋", "4橋"]));
}

#[test]
fn a_new_program_of_every_built_in_form_opens_whole() {
    for form in BUILT_IN {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("01_章")).unwrap();
        let head = format!("【報告書】報告\n年度：令和6年度\n様式：{}\n\n【構成】\n01_章\n", form.name);
        fs::write(folder.path().join("報告書.jigyo"), head).unwrap();
        fs::write(folder.path().join("01_章/章.jigyo"), "【章】章\n").unwrap();
        run(folder.path(), &["new", "橋の修繕", "--chapter", "01_章"]).succeeds().prints_nothing().says("作りました。");
        let programs = programs(folder.path());
        let (path, text, shown) = programs.first().expect("is there");
        assert_eq!(shown["title"]["value"], "橋の修繕");
        for piece in stretches(shown) {
            assert_eq!(text.get(place(piece)), piece["text"].as_str(), "{}: {piece}", form.name);
        }
        let asked = shown["fields"].as_array().unwrap().iter().filter(|field| field["is_extra"] == false);
        assert!(asked.count() >= 2, "{}", form.name);
        let sections: BTreeMap<&str, bool> = shown["sections"]
            .as_array()
            .unwrap()
            .iter()
            .map(|section| (section["name"].as_str().unwrap(), section["is_there"].as_bool().unwrap()))
            .collect();
        assert!(sections.values().any(|is_there| *is_there), "{path}");
    }
}

#[test]
fn a_table_of_the_form_has_its_rows_before_any_is_typed() {
    let folder = root().join("reports/hyoka");
    let checked = check(&Folder::new(&folder)).unwrap();
    let text = "【事業】橋の修繕\n";
    let form = program_form("01_安心して暮らす/橋.jigyo", text, &program_basis(&checked, "x")).unwrap();
    let form = serde_json::to_value(form).unwrap();
    let section = |name: &str| {
        form["sections"].as_array().unwrap().iter().find(|section| section["name"] == name).unwrap()["body"].clone()
    };
    let costs = section("事業費の推移");
    let rows = costs["grid"]["rows"].as_array().unwrap();
    let kinds: Vec<(&str, &str)> =
        rows.iter().map(|row| (row["label"].as_str().unwrap(), row["kind"].as_str().unwrap())).collect();
    assert_eq!(kinds[0], ("国庫支出金", "open"));
    assert_eq!(kinds[5], ("事業費計", "computed"));
    assert_eq!(kinds.last(), Some(&("総事業費", "computed")));
    let columns = costs["grid"]["columns"].as_array().unwrap();
    assert_eq!((columns.len(), &columns[0]["group"], &columns[0]["name"]), (4, &"4年度".into(), &"決算".into()));
    assert_eq!(section("成果指標")["grid"]["parts"], serde_json::json!(["目標", "実績"]));
    assert_eq!(section("評価")["rows"][2]["grade"]["before"], "\n\n【評価】\n効率性｜");
}
