//! Messages of the same words, on the terminal: one with its places, however many they are.

use std::fs;

use crate::run::run;

const HEAD: &str = "【報告書】令和2年度事業報告書\n年度：令和2年度\n発行日：令和3年9月1日\n";
const CHAPTER: &str = "【章】人材の育成\n\n【取組の概要】\n県内企業の人材確保を進めた。\n";

/// A report of so many forms that nobody has filled in.
fn forms(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("01")).unwrap();
    fs::write(folder.path().join("報告書.jigyo"), HEAD).unwrap();
    fs::write(folder.path().join("01/章.jigyo"), CHAPTER).unwrap();
    for number in 1..=count {
        let text = format!("【事業】研修{number}事業\n事業費：\n担当：\n\n【事業概要】\n\n【事業実績】\n");
        fs::write(folder.path().join(format!("01/{number}.jigyo")), text).unwrap();
    }
    folder
}

#[test]
fn one_cause_in_many_files_is_one_message_with_every_place() {
    let folder = forms(30);
    let mut ran = run(folder.path(), &["check", "."]).fails().prints_nothing().says("エラー 30 件");
    assert_eq!(ran.stderr().matches("[J012]").count(), 1, "{ran}");
    for number in 1..=30 {
        ran = ran.says(&format!("01/{number}.jigyo"));
    }
    let all = run(folder.path(), &["check", ".", "--all"]).fails().prints_nothing();
    assert_eq!(all.stderr().matches("[J012]").count(), 30, "{all}");
}

#[test]
fn a_few_are_shown_one_by_one() {
    let folder = forms(3);
    let ran = run(folder.path(), &["check", "."]).fails().prints_nothing();
    assert_eq!(ran.stderr().matches("[J012]").count(), 3, "{ran}");
}
