//! `report form`: built-in forms, their copies, their specimen pages.

use std::fs;

use jigyo::form::BUILT_IN;
use jigyo::load::Memory;
use jigyo::pipeline::check;

use crate::run::run;
use crate::tools::{found, on_disk, pages_of, root, write};

#[test]
fn built_in_forms_are_listed_shown_and_refused_by_name() {
    let (_keep, folder) = on_disk();
    let mut listed = run(&folder, &["form", "list"]).succeeds().says_nothing();
    for form in BUILT_IN {
        listed = listed.prints(form.name).prints(form.description);
        assert_eq!(run(&folder, &["form", "show", form.name]).succeeds().says_nothing().stdout(), form.text);
    }
    run(&folder, &["form", "show", "なし"]).refuses().prints_nothing().says("施策実施状況・主要施策の成果");
}

#[test]
fn a_new_program_has_the_rows_that_its_form_fixes_and_waits_to_be_filled_in() {
    for form in BUILT_IN {
        let (_keep, folder) = on_disk();
        run(&folder, &["form", "init", form.name]).succeeds().prints_nothing().says("写しを作りました");
        run(&folder, &["new", "港の灯", "--chapter", "01_章"]).succeeds().prints_nothing().says("作りました");
        let text = fs::read_to_string(folder.join("01_章/港の灯.jigyo")).unwrap();
        if form.name == "主要施策の成果" {
            assert!(text.contains("【予算の執行状況】\n国庫支出金｜｜\n県支出金｜｜\n"), "{text}");
            assert!(text.contains("予算の執行状況の欄は、左から 予算額、決算額 です。"), "{text}");
        }
        let json = ["check", "--message-format", "json"];
        let said = run(&folder, &json).fails().says_nothing().stdout().to_string();
        let own: Vec<&str> = said.lines().filter(|line| line.contains("港の灯.jigyo")).collect();
        assert!(matches!(own.as_slice(), [only] if only.contains("まだ記入されていません")), "{}: {own:#?}", form.name);
    }
}

#[test]
fn a_copy_has_a_remark_above_every_row_and_says_the_same() {
    for form in BUILT_IN {
        let (_keep, folder) = on_disk();
        let init = || run(&folder, &["form", "init", form.name]).prints_nothing();
        init().succeeds().says("写しを作りました");
        let copy = fs::read_to_string(folder.join("様式.jigyo")).unwrap();
        let rows: Vec<&str> = copy.lines().filter(|line| !line.starts_with('※')).collect();
        assert_eq!(rows, form.text.lines().collect::<Vec<_>>(), "{}", form.name);
        let is_row = |line: &&str| !line.is_empty() && !line.starts_with(['※', '【']);
        let remarks = copy.lines().filter(|line| line.starts_with('※')).count();
        assert_eq!(remarks, rows.iter().filter(|line| is_row(line)).count(), "{}", form.name);
        // What is there is never written over.
        init().refuses().says("様式.jigyo");
        assert_eq!(fs::read_to_string(folder.join("様式.jigyo")).unwrap(), copy);
    }
}

#[test]
fn a_specimen_shows_every_name_of_a_form() {
    for form in BUILT_IN {
        let (_keep, folder) = on_disk();
        write(&folder.join("様式.jigyo"), form.text);
        let check = || run(&folder, &["form", "check", "-o", "見本.pdf"]).prints_nothing();
        check().succeeds().says("見本.pdf を作りました");
        let Some(pages) = pages_of(&fs::read(folder.join("見本.pdf")).unwrap()) else { return };
        let text: String = pages.concat().split_whitespace().collect();
        for section in form.text.split("【見出し】").nth(1).unwrap().lines().skip(1).take_while(|line| !line.is_empty())
        {
            let name = section.split('｜').next().unwrap();
            let is_shown = text.contains(name) || section.contains("｜写真") || section.contains("｜表");
            assert!(is_shown, "{}: {name}", form.name);
        }
    }
}

#[test]
fn a_faulty_form_is_said_in_its_own_line_and_makes_no_page() {
    let (_keep, folder) = on_disk();
    let check = || run(&folder, &["form", "check", "--color", "never"]).prints_nothing();
    write(&folder.join("様式.jigyo"), "【様式】記録\n\n【見出し】\n目的｜文書\n");
    check().fails().says("様式.jigyo:4:4").says("「文書」は分かりません").says("エラー 1 件");
    assert!(!folder.join("out").exists());
}

/// A report without a form file has a built-in form: the one that it names, else the standard one.
#[test]
fn the_specimen_of_a_built_in_form() {
    let (_keep, folder) = on_disk();
    let report = fs::read_to_string(folder.join("報告書.jigyo")).unwrap();
    for name in ["", "主要施策の成果", "事務事業評価", "事業一覧表"] {
        let line = if name.is_empty() { String::new() } else { format!("様式：{name}\n") };
        write(&folder.join("報告書.jigyo"), report.replacen('\n', &format!("\n{line}"), 1));
        run(&folder, &["form", "check", "--color", "never"]).succeeds().prints_nothing().says("様式の見本.pdf");
    }
    assert!(!folder.join("様式.jigyo").exists());
}

/// Choices that begin with marks, letters behind names, every formula: the specimen has nothing to say of itself.
#[test]
fn a_specimen_of_marks_and_formulas_is_clean() {
    let (_keep, folder) = on_disk();
    let form = "【様式】成果\n【項目】\n方法｜選択：①直営、②委託\n【見出し】\n目的｜文章｜事業概要として\n評価｜選択：◎：計画以上、○：計画どおり\n効果｜選択：①：高い、②：低い\n費用｜表\n比較｜表\n【表】費用\n値：金額\n列：予算額（A）、決算額（B）、利用者数（人）、執行率（B/A）＝B÷A、1人当たり＝B÷利用者数（円）、構成比＝B÷計\n行：国、市、差引＝国－市\n計：計\n【表】比較\n列：便益、費用、B/C＝便益÷費用（小数2桁）、積＝便益×費用、差引＝便益－費用－便益\n";
    write(&folder.join("様式.jigyo"), form);
    run(&folder, &["form", "check", "--color", "never"]).succeeds().prints_nothing().says("様式の見本.pdf");
}

/// The examples of the guide, put together, are a form, and its program is one of that form.
#[test]
fn the_guide_to_forms_is_right() {
    let guide = fs::read_to_string(root().join("docs/form.ja.md")).unwrap();
    let blocks: Vec<&str> = guide.split("```text\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let begins = |names: &[&str]| -> String {
        let wanted = blocks.iter().filter(|block| names.iter().any(|name| block.starts_with(name)));
        wanted.copied().collect::<Vec<_>>().join("\n")
    };
    let form = begins(&["【様式】"]) + "\n" + &begins(&["【項目】", "【見出し】", "【表】", "【評価】", "【一覧】"]);
    let program = "【事業】移住相談事業\n事業番号：1\n予算科目：2款1項\n担当：企画課\n\n【目的】\n移住を促す。\n\n【実施状況】\n相談に応じた。\n\n";
    let program = program.to_string() + &begins(&["【予算の執行状況】"]);
    let disk = Memory::new()
        .with("報告書.jigyo", "【報告書】令和6年度の成果\n年度：令和6年度\n発行日：令和7年9月1日\n")
        .with("様式.jigyo", form.replace("題名の年度：翌年度", "題名の年度：当年度"))
        .with("01_章/章.jigyo", "【章】移住\n")
        .with("01_章/移住相談事業.jigyo", program);
    assert_eq!(found(&check(&disk).unwrap()), Vec::<String>::new());
}
