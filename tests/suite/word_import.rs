//! What `report export docx` writes, `report import` reads back: the same report, as far as it is in print.

use std::fs;
use std::path::Path;

use jigyo::load::Folder;
use jigyo::pipeline::{check, view_json};
use serde_json::Value;

use crate::run::run;
use crate::tools::{copy_folder, files_below, root};

/// The picture of a report without what no page says: the names of its files, 区分 but for 新規, よみ. `prints_new`: the form prints 新規.
fn printed(folder: &Path, prints_new: bool) -> Value {
    let checked = check(&Folder::new(folder)).unwrap();
    let mut view: Value = serde_json::from_str(&view_json(&checked, false)).unwrap();
    without_unprinted(&mut view, prints_new);
    view
}

fn without_unprinted(value: &mut Value, prints_new: bool) {
    match value {
        Value::Object(all) => {
            all.remove("id");
            // Of a photograph: drawings become pixels.
            if all.contains_key("alt") {
                all.remove("path");
            }
            // The list of the language prints ○ for 新規 and nothing for others.
            if let Some(category) = all.get_mut("category")
                && (!prints_new || category != "新規")
            {
                *category = Value::Null;
            }
            // % and ％ are printed alike.
            if let Some(unit) = all.get_mut("unit").filter(|unit| *unit == "%") {
                *unit = "％".into();
            }
            if !prints_new {
                all.remove("new_programs");
                all.remove("has_new");
                without_column(all, "うち新規");
            }
            all.values_mut().for_each(|value| without_unprinted(value, prints_new));
        }
        Value::Array(all) => {
            // It follows よみ.
            all.retain(|value| value["kind"] != "index");
            all.iter_mut().for_each(|value| without_unprinted(value, prints_new));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Takes a column from a table of sums; the first column has no cells.
fn without_column(table: &mut serde_json::Map<String, Value>, head: &str) {
    let Some(columns) = table.get_mut("columns").and_then(Value::as_array_mut) else { return };
    let Some(at) = columns.iter().position(|column| column == head) else { return };
    columns.remove(at);
    let cells = |row: &mut Value| drop(row["cells"].as_array_mut().unwrap().remove(at - 1));
    table["rows"].as_array_mut().unwrap().iter_mut().for_each(cells);
    cells(&mut table["total"]);
}

/// A report with the head of another and none of its chapters.
fn empty_copy(of: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    let text = fs::read_to_string(of.join("報告書.jigyo")).unwrap();
    let (before, behind) = text.split_once("【構成】").unwrap();
    let memo = behind.find("【メモ】").map_or("", |at| &behind[at..]);
    fs::write(to.join("報告書.jigyo"), format!("{before}【構成】\n\n{memo}")).unwrap();
}

/// Exports a sample, imports it into a report without chapters, and compares both.
fn comes_back(sample: &str, prints_new: bool) {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("元"), folder.path().join("先"));
    copy_folder(&root().join("reports").join(sample), &one);
    empty_copy(&one, &two);
    run(&one, &["export", "docx"]).succeeds().prints_nothing().says("書きました");
    let document = one.join("out/元.docx");
    let import = ["import", document.to_str().unwrap()];
    run(&two, &import).succeeds().prints_nothing().never_says("名前のない事業").never_says("入る所の分からない");
    assert_eq!(printed(&two, prints_new), printed(&one, prints_new), "{sample}");
}

#[test]
fn the_sample_with_every_feature_comes_back() {
    comes_back("tutorial", true);
}

#[test]
fn a_chapter_of_many_programs_comes_back() {
    comes_back("aomori-r2", true);
}

#[test]
fn the_only_chapter_of_a_document_is_the_one_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("元"), folder.path().join("先"));
    copy_folder(&root().join("reports/aomori-r2"), &one);
    empty_copy(&one, &two);
    run(&one, &["export", "docx"]).succeeds().prints_nothing().says("書きました");
    let document = one.join("out/元.docx");
    let import = ["import", document.to_str().unwrap(), "--chapter", "05_人材"];
    run(&two, &import).succeeds().prints_nothing().says("取り込み元の小計").says("と一致します");
    assert_eq!(printed(&two, true), printed(&one, true));
}

#[test]
fn an_office_s_form_with_grades_and_chapters_in_chapters_comes_back() {
    comes_back("hyoka", false);
}

#[test]
fn an_office_s_form_with_money_and_photographs_comes_back() {
    comes_back("seika", true);
}

#[test]
fn an_office_s_wide_list_comes_back() {
    comes_back("ichiran", false);
}

#[test]
fn photographs_of_a_document_lie_beside_their_program() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("元"), folder.path().join("先"));
    copy_folder(&root().join("reports/tutorial"), &one);
    empty_copy(&one, &two);
    run(&one, &["export", "docx"]).succeeds().prints_nothing().says("書きました");
    let document = one.join("out/元.docx");
    let document = document.to_str().unwrap();
    run(&two, &["import", document, "--dry-run"])
        .succeeds()
        .prints_nothing()
        .says("章.jigyo")
        .says("まだ書いていません");
    assert_eq!(files_below(&two).len(), 1, "a dry run writes nothing");
    run(&two, &["import", document]).succeeds().prints_nothing().says("総括表").never_says("図や写真");
    let chapter = two.join("02_海辺の魅力を伝えて人の流れをつくること");
    // Photographs go into a document without what they say of camera and place; a drawing becomes pixels.
    for name in ["写真/岸壁.png", "写真/朝市.jpg", "写真/海岸.png"] {
        assert!(chapter.join(name).is_file(), "{name}");
    }
    let text = fs::read_to_string(chapter.join("クルーズ船受入環境整備事業.jigyo")).unwrap();
    assert!(
        text.contains("【事例】高校生による港の案内\n") && text.contains("\n写真/朝市.jpg｜寄港に合わせて開いた朝市｜")
    );
    let chapter = fs::read_to_string(two.join("01_港を生かして地域の産業を伸ばすこと/章.jigyo")).unwrap();
    assert!(chapter.contains("番号：③\n") && chapter.contains("\n再掲　クルーズ船受入環境整備事業\n"));
    // Again: nothing is written over.
    run(&two, &["import", document])
        .does_not_succeed()
        .prints_nothing()
        .says("もうあります")
        .never_says("を加えました");
}

#[test]
fn a_document_of_several_chapters_goes_into_the_one_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("元"), folder.path().join("先"));
    copy_folder(&root().join("reports/tutorial"), &one);
    empty_copy(&one, &two);
    run(&one, &["export", "docx", "--only", "クルーズ船受入環境整備事業"])
        .succeeds()
        .prints_nothing()
        .says("書きました");
    let documents = files_below(&one.join("out"));
    let excerpt = documents[0].to_str().unwrap();
    run(&two, &["import", excerpt]).does_not_succeed().prints_nothing().says("--chapter 01_人材");
    run(&two, &["import", excerpt, "--chapter", "01_抜粋"])
        .succeeds()
        .prints_nothing()
        .says("1個のファイルを書きました");
    run(&one, &["export", "docx"]).succeeds().prints_nothing().says("書きました");
    let document = one.join("out/元.docx");
    let import = ["import", document.to_str().unwrap(), "--chapter", "02_全部"];
    run(&two, &import).does_not_succeed().prints_nothing().says("章が2つあります").says("もうあります");
    let chapter = fs::read_to_string(two.join("02_全部/章.jigyo")).unwrap();
    assert!(chapter.starts_with("【章】港を生かして地域の産業を伸ばすこと\n"));
    assert!(chapter.contains("海辺の魅力を伝えて人の流れをつくること"));
}
