//! `report new --from`: years in titles in forms that only the office can move on.

use crate::new_year::{make, read};
use crate::tools::{on_disk, program, write};

/// What becomes of a report's title a year later, and the years that are named as left in it.
fn moved(title: &str) -> (String, Vec<String>) {
    let (folder, old) = on_disk();
    write(&old.join("報告書.jigyo"), format!("【報告書】{title}\n年度：令和6年度\n発行日：令和7年9月1日\n"));
    let name = old.file_name().unwrap().to_string_lossy().into_owned();
    let said = make(folder.path(), &name, "new");
    let text = read(&folder.path().join("new/報告書.jigyo"));
    let named = said.lines().filter_map(|line| line.trim_start().strip_prefix("報告書.jigyo 1行目：「"));
    let left: Vec<String> = named.filter_map(|rest| rest.split_once('」')).map(|(year, _)| year.to_string()).collect();
    assert_eq!(text.contains("【メモ】"), !left.is_empty(), "{text}");
    (text.lines().next().unwrap().trim_start_matches("【報告書】").to_string(), left)
}

#[test]
fn a_year_is_moved_on_for_certain_or_named() {
    for (title, years) in [
        ("水産白書2024", vec!["2024"]),
        ("水産白書（2024）", vec!["2024"]),
        ("R.6水産白書", vec!["R.6"]),
        ("令6水産", vec!["令6"]),
        ("水産白書'24", vec!["'24"]),
        ("FY2024水産", vec!["2024"]),
        ("2023-2024水産", vec!["2023", "2024"]),
        ("2023-24水産", vec!["2023-24"]),
    ] {
        assert_eq!(moved(title), (title.to_string(), years.iter().map(ToString::to_string).collect()));
    }
    for (title, next) in [
        ("R5-R6 水産", "R6-R7 水産"),
        ("R5～R6水産", "R6～R7水産"),
        ("水産（令和5年度－令和6年度）", "水産（令和6年度－令和7年度）"),
    ] {
        assert_eq!(moved(title), (next.to_string(), Vec::new()));
    }
    for title in ["水産白書2010", "政令6号の水産", "2024人の浜", "R6-1号線の水産"] {
        assert_eq!(moved(title), (title.to_string(), Vec::new()));
    }
}

#[test]
fn years_of_chapters_programs_and_captions_are_named_too() {
    let (folder, old) = on_disk();
    write(&old.join("報告書.jigyo"), "【報告書】令和6年度報告書\n年度：令和6年度\n発行日：令和7年9月1日\n");
    write(&old.join("01_章/章.jigyo"), "【章】R.6の浜\n");
    let text = program("浜の事業（2023-24）");
    write(&old.join("01_章/一.jigyo"), text.replace("【指標】\n", "【指標】24年度\n"));
    write(
        &old.join("01_章/二.jigyo"),
        program("沖の事業（'24）").replace("【指標】\n", "【指標】R6.4～R7.3\n").replace("1,000", "10"),
    );
    let name = old.file_name().unwrap().to_string_lossy().into_owned();
    let said = make(folder.path(), &name, "new");
    for place in ["「R.6」（", "「2023-24」（", "「24年度」（", "「'24」（", "「R6」（", "「R7」（"]
    {
        assert!(said.contains(place), "{place}: {said}");
    }
}
