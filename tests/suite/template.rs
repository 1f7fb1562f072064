//! Templates as a product: built-in ones, their copies, their contract.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jigyo::load::Folder;
use jigyo::pipeline::{BuildOptions, NoExcerpt, build, build_excerpt, check, find_wanted, view_files};
use jigyo::typeset::{Template, built_in, copy_of};
use jigyo::view::schema;
use serde_json::Value;

use crate::conformance::assert_conformant;
use crate::run::run;
use crate::tools::{
    assert_expected, build_memory, check_folder, copy_folder, files_below, found, on_disk, pages_of, program, root,
    sample_reports, small_report, squeezed, write,
};

fn names() -> Vec<String> {
    built_in().into_iter().map(|template| template.name).collect()
}

fn pdf_with(folder: &Path, template: Template, draft: bool) -> Vec<u8> {
    let mut checked = check_folder(folder);
    let built = build(&mut checked, template, BuildOptions { draft, ..BuildOptions::default() });
    built.unwrap_or_else(|| panic!("{}: {:?}", folder.display(), found(&checked))).pdf
}

#[test]
fn every_template_keeps_the_standards_with_every_sample() {
    for folder in sample_reports() {
        for name in names() {
            let template = Template::built_in(&name).unwrap();
            for draft in [false, true] {
                let pdf = pdf_with(&folder, template.clone(), draft);
                assert_conformant(&format!("{name} {} draft={draft}", folder.display()), &pdf);
            }
            let checked = check_folder(&folder);
            let department = &checked.report.printed_programs().next().unwrap().1.departments[0].name;
            let wanted = find_wanted(&checked.report, std::slice::from_ref(department)).unwrap();
            let excerpt = excerpt_of(&folder, template, &wanted).unwrap_or_else(|why| panic!("{name}: {why:?}"));
            assert_conformant(&format!("{name} {} {department}", folder.display()), &excerpt);
        }
    }
}

fn excerpt_of(folder: &Path, template: Template, wanted: &jigyo::pipeline::Wanted) -> Result<Vec<u8>, NoExcerpt> {
    let mut checked = check(&Folder::new(folder)).unwrap();
    let options = BuildOptions::default();
    build_excerpt(&mut checked, template, wanted, options).map(|excerpt| excerpt.built.pdf)
}

#[test]
fn an_excerpt_of_every_department_is_made_by_every_template() {
    for folder in sample_reports() {
        let checked = check_folder(&folder);
        let programs = checked.report.printed_programs().flat_map(|(_, program)| &program.departments);
        let departments: std::collections::BTreeSet<&str> = programs.map(|one| one.name.as_str()).collect();
        for department in departments {
            let wanted = find_wanted(&checked.report, &[department.to_string()]).unwrap();
            let made = excerpt_of(&folder, Template::built_in("plain").unwrap(), &wanted);
            assert!(made.is_ok(), "{department}: {:?}", made.err());
        }
    }
}

#[test]
fn the_digest_has_the_overviews_and_indicators_and_neither_results_nor_cases() {
    let folder = root().join("reports/tutorial");
    let pdf = pdf_with(&folder, Template::built_in("plain").unwrap(), false);
    let again = pdf_with(&folder, Template::built_in("plain").unwrap(), false);
    assert!(pdf == again, "two builds differ");
    let Some(pages) = pages_of(&pdf) else { return };
    let all = squeezed(&pages.concat());
    for (_, program) in check_folder(&folder).report.printed_programs() {
        let name = squeezed(&program.name.as_ref().unwrap().value);
        assert!(all.contains(&name), "{name}");
    }
    for wanted in [
        "概要版",
        "45,535",
        "84,185",
        "事業費12,480千円",
        "新規",
        "拡充",
        "3便",
        "総括表",
        "所管課別集計",
        "索引",
        "図表",
        "再掲",
    ] {
        assert!(all.contains(wanted), "{wanted}: {all}");
    }
    for unwanted in ["【事業実績】", "【事例】", "【基本方針事業一覧】"] {
        assert!(!all.contains(unwanted), "{unwanted}");
    }
}

#[test]
fn a_draft_of_the_digest_shows_what_is_wrong() {
    let disk = small_report()
        .with("報告書.jigyo", "【報告書】報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n体裁：plain\n")
        .with("01_章/二.jigyo", "【事業】二\n事業費：8,18l\n担当：監理課\n【事業概要】\n𠮷田町で行う。\n【指標】\n人数｜1名｜\n【写真】\nなし.png｜写真｜説明\n");
    let (_, built) = build_memory(&disk, true);
    let pdf = built.expect("a draft is always made").pdf;
    assert_conformant("a draft of the digest", &pdf);
    let Some(pages) = pages_of(&pdf) else { return };
    assert!(pages.iter().all(|page| page.contains("下書き")));
    let all = squeezed(&pages.concat());
    for wanted in ["事業費〓千円", "〓田町で行う。", "▲2行目：", "1名", "小計〓"] {
        assert!(all.contains(wanted), "{wanted}: {all}");
    }
}

/// Long names, long tables, long cells, long prose: every page of the digest still holds what it must.
#[test]
fn the_digest_stands_hard_cases() {
    let rows: String =
        (0..300).map(|n| format!("項目{n}｜{n}名｜{}\n", if n % 7 == 3 { "↑" } else { "55名" })).collect();
    let cell = format!("説明｜{}｜{}\n", "長い文を書いた欄である。".repeat(150), "https://example.invalid/".repeat(20));
    let prose =
        format!("【事業概要】\n（１）{}\n・甲\n※乙\n", "とても長い段落を書いて頁の終わりをまたがせる。".repeat(150));
    let text = program(&"長い名前の事業".repeat(9)).replace("【事業概要】\n研修を行う。\n", &prose);
    let disk = small_report()
        .with(
            "報告書.jigyo",
            "【報告書】報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n体裁：plain\n後付：索引、図表\n",
        )
        .with("01_章/二.jigyo", text + &rows + &cell)
        .with("02_章/章.jigyo", "【章】空の章\n");
    let (checked, built) = build_memory(&disk, false);
    let pdf = built.unwrap_or_else(|| panic!("{:?}", found(&checked))).pdf;
    assert_conformant("hard cases of the digest", &pdf);
    let Some(pages) = pages_of(&pdf) else { return };
    assert!(squeezed(&pages.concat()).contains("項目299"));
}

/// The sample is what a template is given for the tutorial, to the byte.
#[test]
fn the_sample_is_the_tutorial() {
    let sample = root().join("templates/sample");
    let files = view_files(&check_folder(&root().join("reports/tutorial")), false);
    let texts = files.texts.iter().map(|(path, text)| (path.clone(), text.as_bytes().to_vec()));
    let photos = files.photos.iter().map(|(path, picture)| (path.clone(), picture.bytes().to_vec()));
    let wanted: BTreeMap<String, Vec<u8>> = texts.chain(photos).collect();
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::remove_dir_all(&sample).unwrap();
        wanted.iter().for_each(|(path, bytes)| write(&sample.join(path.trim_start_matches('/')), bytes));
    }
    let there: Vec<String> = files_below(&sample)
        .iter()
        .map(|path| format!("/{}", path.strip_prefix(&sample).unwrap().to_str().unwrap().replace('\\', "/")))
        .collect();
    assert_eq!(there, wanted.keys().cloned().collect::<Vec<_>>(), "UPDATE_EXPECTED=1 accepts what came out");
    for (path, bytes) in &wanted {
        let kept = fs::read(sample.join(path.trim_start_matches('/'))).unwrap();
        let is_text = path.ends_with(".json") || path.ends_with(".svg");
        let plain = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        let same = if is_text { plain(&kept) == plain(bytes) } else { kept == *bytes };
        assert!(same, "{path} differs; UPDATE_EXPECTED=1 accepts what came out");
    }
}

/// Checks a value against the words of a schema that ours uses.
fn disagreements(schema: &Value, here: &Value, value: &Value, path: &str, out: &mut Vec<String>) {
    if let Some(reference) = here["$ref"].as_str() {
        let target = schema.pointer(reference.trim_start_matches('#')).unwrap_or_else(|| panic!("{reference}"));
        disagreements(schema, target, value, path, out);
    }
    for any in ["anyOf", "oneOf"] {
        if let Some(choices) = here[any].as_array() {
            let fitting = choices.iter().filter(|choice| {
                let mut faults = Vec::new();
                disagreements(schema, choice, value, path, &mut faults);
                faults.is_empty()
            });
            let fitting = fitting.count();
            if fitting == 0 || (any == "oneOf" && fitting > 1) {
                out.push(format!("{path}: {fitting} of {any}"));
            }
        }
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let is_kind = |name: &Value| name == kind || (name == "number" && kind == "integer");
    let is_allowed = match here["type"].as_array() {
        Some(kinds) => kinds.iter().any(is_kind),
        None => here.get("type").is_none_or(is_kind),
    };
    let is_listed = here["enum"].as_array().is_none_or(|list| list.contains(value));
    if !is_allowed || !is_listed || here.get("const").is_some_and(|wanted| wanted != value) {
        out.push(format!("{path}: {value}"));
    }
    for required in here["required"].as_array().into_iter().flatten() {
        if value.get(required.as_str().unwrap()).is_none() {
            out.push(format!("{path}: {required} is missing"));
        }
    }
    for (key, part) in here["properties"].as_object().into_iter().flatten() {
        if let Some(inner) = value.get(key) {
            disagreements(schema, part, inner, &format!("{path}.{key}"), out);
        }
    }
    if let (Some(items), Value::Array(list)) = (here.get("items"), value) {
        for (at, inner) in list.iter().enumerate() {
            disagreements(schema, items, inner, &format!("{path}[{at}]"), out);
        }
    }
}

#[test]
fn what_templates_read_agrees_with_the_schema() {
    assert_expected(&root().join("docs/report.schema.json"), &schema());
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    let whole = schema.clone();
    let of_program = &schema["$defs"]["ProgramView"];
    assert!(of_program.is_object());
    for folder in sample_reports() {
        for (path, text) in view_files(&check_folder(&folder), true).texts {
            let value: Value = serde_json::from_str(&text).unwrap();
            let here = if path == "/report.json" { &whole } else { of_program };
            let mut faults = Vec::new();
            disagreements(&schema, here, &value, &path, &mut faults);
            assert_eq!(faults, Vec::<String>::new(), "{}", folder.display());
        }
    }
    // The judge can find fault.
    let mut faults = Vec::new();
    disagreements(&schema, of_program, &serde_json::json!({ "no": 3 }), "p", &mut faults);
    assert!(
        faults.contains(&"p: \"name\" is missing".to_string()) && faults.contains(&"p.no: 3".to_string()),
        "{faults:?}"
    );
}

#[test]
fn a_copied_template_gives_the_same_pages() {
    for folder in sample_reports() {
        let copied = tempfile::tempdir().unwrap();
        let report_folder = copied.path().join("報告書");
        copy_folder(&folder, &report_folder);
        for name in names() {
            let ran = run(&report_folder, &["template", "init", &name, &format!("わが県の{name}")]);
            ran.succeeds().prints_nothing().says("の写しを作りました。");
            let own =
                Template::from_folder("x", &Folder::new(&report_folder), &format!("わが県の{name}"), None).unwrap();
            let built_in = pdf_with(&folder, Template::built_in(&name).unwrap(), false);
            assert!(pdf_with(&report_folder, own, false) == built_in, "{name}, {}", folder.display());
        }
        // What a copy brings is no manuscript, no photograph of the report's and no fault in it.
        assert_eq!(found(&check_folder(&report_folder)), found(&check_folder(&folder)));
    }
}

#[test]
fn a_copy_goes_into_the_report_and_replaces_nothing() {
    let (_keep, folder) = on_disk();
    let ran = run(&folder.join("01_章"), &["template", "init", "plain"]);
    ran.succeeds().prints_nothing().says("「体裁：体裁」").says("report preview");
    let copy = folder.join("体裁");
    let made: Vec<String> = files_below(&copy)
        .iter()
        .map(|path| path.strip_prefix(&copy).unwrap().to_str().unwrap().replace('\\', "/"))
        .collect();
    let mut wanted: Vec<String> = copy_of("plain").unwrap().into_keys().collect();
    wanted.push("report.schema.json".to_string());
    wanted.sort();
    let mut sorted = made.clone();
    sorted.sort();
    assert_eq!(sorted, wanted);
    write(&copy.join("look.typ"), "直した");
    for arguments in [
        &["template", "init", "official"][..],
        &["template", "init", "official", "体裁"],
        &["template", "init", "plain", "報告書.jigyo"],
    ] {
        run(&folder, arguments).refuses().prints_nothing().says("もうあるので、何も書き換えません");
    }
    assert_eq!(fs::read_to_string(copy.join("look.typ")).unwrap(), "直した");
    let deep = run(&folder, &["template", "init", "official", "体裁集/わが県"]);
    deep.succeeds().prints_nothing().says("「体裁：体裁集/わが県」");

    let elsewhere = tempfile::tempdir().unwrap();
    let ran = run(elsewhere.path(), &["template", "init", "official"]);
    ran.succeeds().prints_nothing().says("「体裁：official」");
    assert!(elsewhere.path().join("official/main.typ").exists());
    let none = run(elsewhere.path(), &["template", "init", "errata"]);
    none.refuses().prints_nothing().says("official・plain");
}

#[test]
fn list_show_and_schema_speak() {
    let here = tempfile::tempdir().unwrap();
    let template = |arguments: &[&str]| run(here.path(), &[&["template"], arguments].concat());
    let list = template(&["list"]).succeeds().says_nothing();
    list.prints_lines(names().len() + 1).prints("plain     版 4  概要版").prints("web       版 4  ウェブ");
    let mut shown = template(&["show", "plain"]).succeeds().says_nothing();
    for wanted in
        ["体裁：plain", "--template plain", "template init plain", "  look.typ\n", "  report.schema.json\n", "版　　4"]
    {
        shown = shown.prints(wanted);
    }
    template(&["show", "なし"]).refuses().prints_nothing().says("なし");
    assert_eq!(template(&["schema"]).succeeds().says_nothing().stdout(), schema());
}

#[test]
fn a_template_is_named_for_one_build() {
    let (_keep, folder) = on_disk();
    let built = |name| run(&folder, &["build", "-o", "a.pdf", "--template", name]).prints_nothing();
    built("plain").succeeds().says("a.pdf を作りました");
    if let Some(pages) = pages_of(&fs::read(folder.join("a.pdf")).unwrap()) {
        assert!(pages.concat().contains("概要版"));
    }
    built("plane").refuses().says("体裁「plane」がありません。使えるのは official・plain か");
    built("01_章").refuses().says("体裁のフォルダー「01_章」に main.typ がありません");
    // A folder of the office's own comes before a built-in template of its name.
    write(&folder.join("plain/main.typ"), "#let x = 1\n#x.nothing()\n");
    let shown = built("plain").fails().stderr().replace('\\', "/");
    assert!(shown.contains("報告/plain/main.typ:2:2"), "{shown}");
}

#[test]
fn a_copy_has_a_name_that_windows_can_hold_and_a_report_reads() {
    let folder = tempfile::tempdir().unwrap();
    for wrong in ["CON", "a:b", "_x", "out", "体裁?"] {
        run(folder.path(), &["template", "init", "plain", wrong]).refuses().prints_nothing().says("名前にできません");
    }
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);
}
