//! A report in an office's own form: everything that it says is on paper and in the exports; the standard form as a file
//! of the report's own changes nothing.

use std::fs;
use std::path::Path;

use jigyo::diagnostic::terminal::{Style, render_terminal};
use jigyo::export::{Encoding, csv_files, json};
use jigyo::pipeline::Checked;

use crate::run::run;
use crate::tools::{build_folder, check_folder, copy_folder, on_disk, pages_of, root, sample_reports, squeezed, write};

fn own_form() -> std::path::PathBuf {
    root().join("tests/cases/check/clean_own_form")
}

/// What the pages of a report in its own form must hold: fields, choices, grades, of a program and of a chapter.
const SAID: &[&str] = &[
    "決算額13,474千円",
    "所管課：震災復興・企画課",
    "事業番号0210-3",
    "予算科目2款1項7目（企画調査費）",
    "事業期間令和2年度～令和6年度",
    "財源の額8,200千円",
    "実施方法委託",
    "実施方法補助",
    "【目的】",
    "必要性A人口の減少が続いている。",
    "窓口の場所を変えてからの動きを、もう1年見る。",
    "B：相当の成果",
    "拡充",
    "現状維持",
    "主管企画部",
    "目標年度令和7年度",
    "【章の目的】",
    "進みぐあい順調相談から移住に至る人が続いている。",
    "進める",
    "移り住んだ人",
];

#[test]
fn fields_choices_and_grades_are_on_paper() {
    for template in ["official", "plain"] {
        let (_guard, folder) = on_disk();
        fs::remove_dir_all(&folder).unwrap();
        copy_folder(&own_form(), &folder);
        let head = folder.join("報告書.jigyo");
        write(&head, fs::read_to_string(&head).unwrap() + &format!("体裁：{template}\n"));
        let (checked, built) = build_folder(&folder, false);
        assert_eq!(checked.diagnostics.iter().count(), 0);
        let Some(pages) = pages_of(&built.unwrap().pdf) else { return };
        let text = squeezed(&pages.concat());
        for said in SAID {
            // The digest names no section of a program.
            assert!(
                text.contains(said) || (template == "plain" && said.starts_with('【')),
                "{template}: {said}\n{text}"
            );
        }
        assert!(!text.contains("台帳の番号は17"), "is not to be printed");
        assert!(text.contains("主要な施策の成果に関する説明書"), "the form's title");
    }
}

#[test]
fn fields_choices_and_grades_are_in_the_exports() {
    let report = check_folder(&own_form()).report;
    let files = csv_files(&report, Encoding::Utf8);
    let all: String = files.iter().map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect();
    for said in ["0210-3", "8200", "委託", "拡充", "台帳の番号は17", "企画部", "進める", "Ｂ：相当の成果"]
    {
        assert!(all.contains(said), "{said}");
    }
    assert!(files.iter().any(|file| file.name == "評価.csv"));
    let json: serde_json::Value = serde_json::from_str(&json(&report)).unwrap();
    let program = &json["chapters"][0]["programs"][0];
    assert_eq!(program["fields"]["事業番号"], "0210-3");
    assert_eq!(program["今後の方向性"]["choice"], "拡充");
    assert_eq!(program["評価"][1]["grade"], "Ｂ");
    assert_eq!(json["chapters"][0]["fields"]["主管"], "企画部");
    assert_eq!(json["chapters"][0]["章の評価"][0]["grade"], "順調");
}

#[test]
fn a_field_named_like_a_column_has_a_name_of_its_own() {
    let disk = jigyo::load::Memory::new()
        .with("報告書.jigyo", "【報告書】見本\n年度：令和6年度\n発行：見本市\n発行日：令和7年9月1日\n")
        .with("様式.jigyo", "【様式】成果\n題名の年度：問わない\n\n【項目】\nNo.｜番号\n方針｜文字\n\n【見出し】\n目的｜文章\n方針｜選択：拡充、縮小\n")
        .with("01/章.jigyo", "【章】暮らし\n")
        .with("01/橋.jigyo", "【事業】橋\n事業費：10千円\n担当：土木課\nNo.：0012\n方針：広く\n【方針】縮小\n");
    let report = jigyo::pipeline::check(&disk).unwrap().report;
    let files = csv_files(&report, Encoding::Utf8);
    let programs = files.iter().find(|file| file.name == "事業.csv").unwrap();
    let text = String::from_utf8_lossy(&programs.bytes).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].ends_with("No.（様式）,方針,方針（様式）"), "{}", lines[0]);
    assert!(lines[1].contains(",1,橋,") && lines[1].ends_with("0012,広く,縮小"), "{}", lines[1]);
}

#[test]
fn the_standard_form_as_a_file_changes_nothing() {
    let form = fs::read_to_string(root().join("templates/forms/施策実施状況.jigyo")).unwrap();
    for sample in sample_reports() {
        let (_guard, folder) = on_disk();
        fs::remove_dir_all(&folder).unwrap();
        copy_folder(&sample, &folder);
        let (before, old) = build_folder(&folder, false);
        write(&folder.join("様式.jigyo"), &form);
        let (after, new) = build_folder(&folder, false);
        assert_eq!(messages(&before), messages(&after));
        assert!(old.unwrap().pdf == new.unwrap().pdf, "{}: another PDF", sample.display());
        assert_eq!(json(&before.report), json(&after.report));
        assert_eq!(csv_files(&before.report, Encoding::Utf8), csv_files(&after.report, Encoding::Utf8));
    }
}

fn messages(checked: &Checked) -> Vec<String> {
    let style = Style { color: false, ascii: false, width: 80 };
    checked.diagnostics.iter().map(|diagnostic| render_terminal(&checked.files, diagnostic, style)).collect()
}

#[test]
fn what_was_typed_stays_as_it_was_typed() {
    let (_guard, folder) = on_disk();
    fs::remove_dir_all(&folder).unwrap();
    copy_folder(&own_form(), &folder);
    run(&folder, &["fmt", "--check"]).succeeds().prints_nothing().says_nothing();
    let program = folder.join("01_移住/移住.jigyo");
    let text = fs::read_to_string(&program).unwrap();
    let loose = text
        .replace("【ねらい】", "【 ねらい 】")
        .replace("必要性｜A｜", " 必要性 | A | ")
        .replace("科目：", "科 目: ");
    write(&program, loose);
    run(&folder, &["fmt"]).succeeds().prints_nothing().says("そろえました");
    assert_eq!(fs::read_to_string(&program).unwrap(), text);
}

#[test]
fn a_new_program_and_a_new_year_have_the_forms_words() {
    let (_guard, folder) = on_disk();
    fs::remove_dir_all(&folder).unwrap();
    copy_folder(&own_form(), &folder);
    run(&folder, &["new", "道の手入れ", "--chapter", "01_移住"]).succeeds().prints_nothing().says("作りました");
    let text = fs::read_to_string(folder.join("01_移住/道の手入れ.jigyo")).unwrap();
    let order = [
        "決算額：\n",
        "区分：一般\n",
        "所管課：\n",
        "事業番号：\n",
        "実施方法：補助\n",
        "【目的】",
        "【評価】\n必要性｜\n",
    ];
    let places: Vec<usize> =
        order.iter().map(|part| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"))).collect();
    assert!(places.is_sorted(), "{text}");
    let open = check_folder(&folder);
    assert_eq!(open.diagnostics.iter().count(), 1, "a form in which nobody wrote is one message");
    fs::remove_file(folder.join("01_移住/道の手入れ.jigyo")).unwrap();
    let next = folder.with_file_name("令和3年度");
    run(&folder, &["new", "--from", ".", "../令和3年度"]).succeeds().prints_nothing().says("令和3年度");
    let read = |path: &str| fs::read_to_string(next.join(path)).unwrap();
    assert_eq!(read("様式.jigyo"), fs::read_to_string(folder.join("様式.jigyo")).unwrap());
    let program = read("01_移住/移住.jigyo");
    for kept in
        ["事業番号：0210-3", "実施方法：委託", "本市への移住を促し", "【評価】\n必要性｜\n有効性｜\n総合評価｜\n"]
    {
        assert!(program.contains(kept), "{kept}: {program}");
    }
    assert!(program.contains("【今後の方向性】\n未記入"), "{program}");
    assert!(Path::new(&next).join("02_安心/章.jigyo").is_file());
}
