//! Chapters in chapters: numbers, order, sums, pages, exports and excerpts of a report with four levels.

use jigyo::export::json;
use jigyo::load::Memory;
use std::sync::Arc;

use jigyo::form::{Form, Numbering};
use jigyo::pipeline::{BuildOptions, build_excerpt, check, find_wanted, view_json};
use jigyo::totals::{subtotal, total, whole_chapter};
use serde_json::Value;

use crate::conformance::assert_conformant;
use crate::run::run;
use crate::tools::{build_memory, copy_folder, program, root, write};

const HEAD: &str = "【報告書】報告書\n年度：令和2年度\n発行：みなと県\n発行日：令和3年9月1日\n";

/// ① with a program of its own, (1) to its fourth level, and (2); ② which holds a chapter alone.
fn tree() -> Memory {
    Memory::new()
        .with("報告書.jigyo", format!("{HEAD}前付：目次、総括表\n後付：図表、索引\n"))
        .with(
            "1/章.jigyo",
            "【章】人材の育成\n【取組の概要】\n人材の育成を進めた。\n【構成】\n乙\n全体\n甲\n再掲　見学\n",
        )
        .with("1/全体.jigyo", program("全体"))
        .with("1/乙/章.jigyo", "【章】学び直し\n")
        .with("1/乙/講座.jigyo", program("講座"))
        .with("1/甲/章.jigyo", "【章】若者の定着\n番号：5\n")
        .with("1/甲/就職/章.jigyo", "【章】就職の支援\n")
        .with("1/甲/就職/地元/章.jigyo", "【章】地元企業\n")
        .with("1/甲/就職/地元/見学.jigyo", program("見学"))
        .with("2/章.jigyo", "【章】暮らし\n")
        .with("2/防災/章.jigyo", "【章】防災\n")
        .with("2/防災/訓練.jigyo", program("訓練"))
}

#[test]
fn numbers_order_and_levels() {
    let mut checked = check(&tree()).unwrap();
    let report = &mut checked.report;
    let numbers = |report: &jigyo::model::Report| -> Vec<String> {
        (0..report.chapters.len()).map(|index| report.chapter_number(index, str::to_string)).collect()
    };
    assert_eq!(numbers(report), ["①", "（1）", "（5）", "ア", "（ア）", "②", "（1）"]);
    let places: Vec<_> = report.chapters.iter().map(|chapter| (chapter.level, chapter.parent)).collect();
    assert_eq!(places, [(0, None), (1, Some(0)), (1, Some(0)), (2, Some(2)), (3, Some(3)), (0, None), (1, Some(5))]);
    let numbering = Numbering::parse("第1章、第1節、1-1").unwrap();
    report.form = Arc::new(Form { numbering, ..Form::clone(&report.form) });
    assert_eq!(numbers(report), ["第1章", "第1節", "第5節", "5-1", "（ア）", "第2章", "第1節"]);
}

#[test]
fn sums_of_every_level_add_up_once() {
    let report = check(&tree()).unwrap().report;
    let one = subtotal(&report.chapters[1]).value.unwrap();
    let whole = |index| whole_chapter(&report, index).value.unwrap();
    assert_eq!([whole(0), whole(2), whole(3), whole(5)], [3 * one, one, one, one]);
    assert_eq!(total(&report).value.unwrap(), whole(0) + whole(5));
    assert_eq!(subtotal(&report.chapters[2]).programs, 0);
    let document: Value = serde_json::from_str(&json(&report)).unwrap();
    assert_eq!(document["chapters"][4]["parent"], 4);
    assert_eq!(document["chapters"][0]["whole"]["programs"], 3);
}

#[test]
fn the_view_follows_the_tree() {
    let view: Value = serde_json::from_str(&view_json(&check(&tree()).unwrap(), false)).unwrap();
    let labels = |chapter: usize| -> Vec<&str> {
        let wholes = view["chapters"][chapter]["list"]["wholes"].as_array().unwrap();
        wholes.iter().map(|sum| sum["label"].as_str().unwrap()).collect()
    };
    assert_eq!(labels(4), ["ア　就職の支援　計", "（5）若者の定着　計", "①人材の育成　計"]);
    assert_eq!(labels(0), Vec::<&str>::new());
    assert!(view["chapters"][2]["list"].is_null());
    assert_eq!(view["chapters"][6]["list"]["total"]["programs"], 4);
    let rows = view["front"][1]["rows"].as_array().unwrap();
    let levels: Vec<u64> = rows.iter().map(|row| row["level"].as_u64().unwrap()).collect();
    assert_eq!(levels, [0, 1, 1, 2, 3, 0, 1]);
}

#[test]
fn books_and_excerpts_of_four_levels_are_conformant() {
    for template in ["official", "plain"] {
        let head = format!("{HEAD}体裁：{template}\n前付：表紙、目次、総括表\n後付：図表、索引\n");
        // Without a cover and a front the title stands above the first chapter.
        for head in [head, format!("{HEAD}体裁：{template}\n")] {
            let disk = tree().with("報告書.jigyo", head);
            assert_conformant(template, &build_memory(&disk, false).1.expect("builds").pdf);
            for name in ["全体", "講座", "見学", "訓練"] {
                let mut checked = check(&disk).unwrap();
                let wanted = find_wanted(&checked.report, &[name.to_string()]).unwrap();
                let own = checked.template().unwrap();
                let excerpt = build_excerpt(&mut checked, own, &wanted, BuildOptions::default());
                let excerpt = excerpt.unwrap_or_else(|reason| panic!("{template} {name}: {reason:?}"));
                assert_conformant(&format!("{template} {name}"), &excerpt.built.pdf);
            }
        }
    }
}

#[test]
fn a_chapter_that_is_imported_into_another_stands_in_the_list_of_that_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("報告書");
    copy_folder(&root().join("reports/hyoka"), &path);
    write(&folder.path().join("一覧.csv"), "事業名,担当課\n港の灯,港湾課\n");
    let before = std::fs::read_to_string(path.join("報告書.jigyo")).unwrap();
    let chapter = "01_安心して暮らす/03_新しい施策";
    let ran = run(&path, &["import", "../一覧.csv", "--chapter", chapter]).succeeds();
    ran.prints_nothing()
        .says("1事業")
        .says("01_安心して暮らす/章.jigyo の【構成】の終わりに「03_新しい施策」を加えました。");
    assert_eq!(std::fs::read_to_string(path.join("報告書.jigyo")).unwrap(), before);
    run(&path, &["check", "--message-format", "json"]).fails().says_nothing().never_prints("J060");
}
