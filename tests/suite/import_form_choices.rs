//! Choices and grades of an office's own form, as sheets mark them: boxes, a grade with its reason beside it or in its cell.

use jigyo::import::document::{Block, Cell, Document, Merged, Table};
use jigyo::import::{Imported, Words, import, read_table_text, read_text};

use crate::import_by_form::context_of;

const FORM: &str = "【様式】港の評価
【項目】
担当｜課｜必須
事業費｜なし
事業区分｜選択：新規、継続、拡充
実施方法｜選択：直営、委託・補助
【見出し】
目的｜文章｜事業概要として
判断｜評価
方向性｜選択：拡充、現状維持、縮小
【評価】判断
必要性｜Ａ、Ｂ、Ｃ
有効性｜高い、低い
";

fn read(document: &[Document]) -> Imported {
    let context = context_of(FORM);
    let words = Words::of_form(&context.form, context.fiscal_year);
    import(document, &words, &context, None)
}

/// A sheet: `^` is merged into the cell above.
fn sheet(rows: &[&[&str]]) -> Imported {
    let head: [&[&str]; 3] = [&["事業名", "桟橋の修理"], &["担当課", "港湾課"], &["目的", "桟橋を直す。"]];
    let cell = |text: &&str| match *text {
        "^" => Cell { text: String::new(), merged: Merged::Up },
        text => Cell { text: text.to_string(), merged: Merged::No },
    };
    let rows: Vec<Vec<Cell>> = [&head, rows].concat().iter().map(|row| row.iter().map(cell).collect()).collect();
    let columns = ["A", "B", "C", "D"].map(String::from).to_vec();
    let table = Table { rows, place: "A1".to_string(), columns };
    read(&[Document { name: "調書.xlsx".to_string(), blocks: vec![Block::Table(table)], ..Document::default() }])
}

fn has(imported: &Imported, wanted: &str) {
    let text = &imported.programs[0].text;
    assert!(text.contains(wanted), "{wanted}\nis not in\n{text}");
}

#[test]
fn a_marked_box_is_the_choice_and_what_was_typed_is_kept() {
    let imported = sheet(&[
        &["事業区分", "□新規　☑継続　□拡充"],
        &["実施方法", "□直営", "■委託・補助"],
        &["方向性", "☐拡充\n☑現状維持\n☐縮小"],
    ]);
    has(&imported, "\n事業区分：継続\n実施方法：委託・補助\n");
    has(&imported, "【方向性】\n現状維持\n");
    has(&imported, "もとの欄：事業区分：□新規　☑継続　□拡充\n");
    assert_eq!(imported.programs[0].messages, []);
    assert_eq!(imported.notes, [] as [&str; 0]);
    has(&sheet(&[&["事業区分", "新規・○継続"]]), "\n事業区分：継続\n");
    // The cell of a choice may look as another label.
    let imported = sheet(&[&["事業区分", "□新規", "☑継続", "□拡充"]]);
    has(&imported, "\n事業区分：継続\n");
}

#[test]
fn more_than_one_mark_and_none_ask() {
    for (boxes, what) in [("☑拡充　☑現状維持　☐縮小", "2つ以上"), ("☐拡充　☐現状維持　☐縮小", "どの言葉にも印が")]
    {
        let imported = sheet(&[&["方向性", boxes]]);
        has(&imported, "【方向性】\n\n【メモ】\n");
        has(&imported, &format!("もとの欄：方向性：{boxes}\n"));
        let said = &imported.programs[0].messages;
        assert!(said.len() == 1 && said[0].text.contains(what) && said[0].text.contains("調書.xlsx B4"), "{said:?}");
    }
    // What is no choice of the form stays as it is typed, for the check.
    has(&sheet(&[&["方向性", "☑見直し　☐縮小"]]), "【方向性】\n☑見直し　☐縮小\n");
}

#[test]
fn grades_of_a_sheet_take_their_reasons() {
    let imported = sheet(&[
        &["判断", "観点", "評価", "理由"],
        &["^", "必要性", "■Ａ　□Ｂ　□Ｃ", "船が着けない。"],
        &["^", "有効性", "高い", "直せば使える。"],
        &["方向性", "縮小"],
    ]);
    has(&imported, "【判断】\n必要性｜Ａ｜船が着けない。\n有効性｜高い｜直せば使える。\n");
    assert_eq!(imported.notes, [] as [&str; 0]);
    assert_eq!(imported.programs[0].messages, []);
    // The reason may stand in front, or in the cell of the grade behind a bar.
    let imported =
        sheet(&[&["項目", "理由", "判定"], &["必要性", "船が着けない。", "Ｂ"], &["有効性", "低い｜古い｜長い。"]]);
    has(&imported, "【判断】\n必要性｜Ｂ｜船が着けない。\n有効性｜低い｜古い／長い。\n");
}

#[test]
fn a_grade_without_its_criterion_is_said_where_there_are_several() {
    let imported = sheet(&[&["判断", "Ａ"]]);
    has(&imported, "判断：Ａ\n");
    assert!(imported.notes.iter().any(|note| note.contains("「判断」は知らない言葉です")), "{:?}", imported.notes);
}

#[test]
fn grades_of_a_text_and_of_a_list_are_parted_at_the_bar() {
    let imported = read(&read_text(
        "調書.txt",
        "事業名：桟橋の修理\n担当課：港湾課\n目的\n桟橋を直す。\n判断\n必要性：Ａ｜船が着けない。\n有効性：低い\n",
    ));
    has(&imported, "【判断】\n必要性｜Ａ｜船が着けない。\n有効性｜低い\n");
    assert_eq!(imported.notes, [] as [&str; 0]);
    let rows = ["事業名,担当課,目的,必要性,実施方法", "桟橋の修理,港湾課,桟橋を直す。,Ａ｜船が着けない。,①直営"];
    let imported = read(&read_table_text("一覧.csv", &rows.join("\n")));
    has(&imported, "必要性｜Ａ｜船が着けない。\n");
    has(&imported, "実施方法：直営\n");
    // ①直営 found its place.
    assert_eq!(imported.notes, [] as [&str; 0]);
}
