//! What `report export docx` writes, `report import` reads back: the same report, as far as it is in print.

use std::fs;
use std::path::Path;

use jigyo::load::Folder;
use jigyo::pipeline::{check, view_json};
use serde_json::Value;

use crate::run::run;
use crate::tools::{copy_folder, root};

/// The picture of a report without what no document says: its own names for files, photographs, and the sign of a unit that the page
/// prints otherwise.
fn printed(folder: &Path) -> Value {
    let checked = check(&Folder::new(folder)).unwrap();
    let mut view: Value = serde_json::from_str(&view_json(&checked, false)).unwrap();
    without(&mut view);
    view
}

fn without(value: &mut Value) {
    match value {
        Value::Object(all) => {
            // What is printed before and behind the chapters is computed, and of programs that say 図：あり.
            for key in ["id", "quantities", "category", "front", "back"] {
                all.remove(key);
            }
            if let Some(photos) = all.get_mut("photos") {
                *photos = Value::Null;
            }
            if let Some(Value::Array(sections)) = all.get_mut("sections") {
                sections.retain(|section| section["kind"] != "photos");
            }
            all.values_mut().for_each(without);
        }
        Value::Array(all) => all.iter_mut().for_each(without),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A sample with one chapter, its head whole.
fn with_one_chapter(sample: &str, chapter: &str, to: &Path) {
    copy_folder(&root().join("reports").join(sample), to);
    for entry in fs::read_dir(to).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().unwrap() != chapter {
            fs::remove_dir_all(path).unwrap();
        }
    }
    let head = to.join("報告書.jigyo");
    let text = fs::read_to_string(&head).unwrap();
    let (before, _) = text.split_once("【構成】").unwrap();
    fs::write(head, format!("{before}【構成】\n{chapter}\n")).unwrap();
}

#[test]
fn a_document_that_is_imported_again_is_the_same_report() {
    let (sample, chapter) = ("aomori-r2", "01_人材");
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("元"), folder.path().join("先"));
    with_one_chapter(sample, chapter, &one);
    fs::create_dir(&two).unwrap();
    fs::copy(one.join("報告書.jigyo"), two.join("報告書.jigyo")).unwrap();
    run(&one, &["export", "docx"]).succeeds().prints_nothing().says("書きました");
    let document = one.join("out/元.docx");
    let import = ["import", document.to_str().unwrap(), "--chapter", chapter];
    run(&two, &import).succeeds().prints_nothing().says("取り込み元の小計").never_says("名前のない事業");
    assert_eq!(printed(&two), printed(&one), "{sample}");
}
