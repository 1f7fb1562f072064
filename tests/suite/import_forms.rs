//! Forms as offices draw them: boxes to mark, tables of money inside a form, headings of two sections, sheets that only
//! say how to fill it in. What has no place stands in 【メモ】 with its label.

use std::fs;

use jigyo::import::document::{Block, Cell, Document, Merged, Paragraph, Table};
use jigyo::import::{Imported, Words, import, read_text};
use jigyo::model::{Context, FiscalYear};
use tempfile::tempdir;

use crate::run::run;
use crate::tools::write;

fn context() -> Context {
    Context { fiscal_year: Some(FiscalYear::new(2020)), ..Context::default() }
}

/// A sheet: `<` is merged into the cell at its left, `^` into the one above.
fn sheet(name: &str, rows: &[&[&str]]) -> Document {
    let cell = |text: &&str| match *text {
        "<" => Cell { text: String::new(), merged: Merged::Left },
        "^" => Cell { text: String::new(), merged: Merged::Up },
        text => Cell { text: text.to_string(), merged: Merged::No },
    };
    let columns = ["A", "B", "C", "D", "E", "F"].map(String::from).to_vec();
    let rows = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let table = Table { rows, place: "A1".to_string(), columns };
    Document { name: name.to_string(), blocks: vec![Block::Table(table)], ..Document::default() }
}

fn form(rows: &[&[&str]], mapping: &str) -> Imported {
    let mut words = Words::default();
    words.add_mapping(mapping).unwrap();
    import(&[sheet("調書.xlsx", rows)], &words, &context(), None)
}

fn from_text(text: &str) -> Imported {
    import(&read_text("調書.txt", text), &Words::default(), &context(), None)
}

#[test]
fn a_marked_box_is_the_category_and_the_next_label_keeps_its_value() {
    for (boxes, category) in [
        ("□新規　■継続　□拡充", "継続"),
        ("☑新規 ☐継続", "新規"),
        ("○新規・継続", "新規"),
        ("新規　○継続", "継続"),
        ("新規□　拡充■", "拡充"),
    ] {
        let read = form(&[&["事業名", "港湾事業", "<", "<"], &["事業区分", boxes, "根拠法令・計画", "港湾法"]], "");
        let text = &read.programs[0].text;
        assert!(text.contains(&format!("\n区分：{category}\n")), "{boxes}: {text}");
        assert!(text.contains(&format!("事業区分：{boxes}\n")) && text.contains("根拠法令・計画：港湾法\n"), "{text}");
        assert_eq!(read.programs[0].messages, [], "{boxes}");
    }
    for boxes in [&["☑新規", "☐継続"][..], &["□継続", "■新規", "□終了"], &["○新規", "継続"], &["継続", "○新規"]]
    {
        let row = [&["事業区分"], boxes, &["根拠法令・計画", "港湾法"]].concat();
        let read = form(&[&["事業名", "港湾事業", "<", "<"], &row], "");
        let text = &read.programs[0].text;
        assert!(text.contains("\n区分：新規\n") && text.contains("根拠法令・計画：港湾法\n"), "{boxes:?}: {text}");
        assert_eq!(read.programs[0].messages, [], "{boxes:?}");
    }
    for boxes in ["■新規　■継続", "□新規　□継続", "□新規　■その他"] {
        let read = form(&[&["事業名", "港湾事業"], &["事業区分", boxes]], "");
        let message = &read.programs[0].messages[0];
        assert!(message.text.starts_with("区分「") && message.text.contains("調書.xlsx B2"), "{}", message.text);
    }
}

/// In a sheet ↑ is a value; a merged cell is what the mark ↑ stands for.
#[test]
fn an_arrow_that_was_typed_is_asked_about() {
    let rows: &[&[&str]] = &[
        &["事業名", "港湾事業", "<"],
        &["指標名", "令和元年度", "令和2年度"],
        &["入港した船の数", "10隻", "—"],
        &["荷役の回数", "3回", "↑"],
        &["見学の回数", "4回", "^"],
    ];
    let read = form(rows, "");
    let text = &read.programs[0].text;
    assert!(text.contains("荷役の回数｜3回｜〓\n見学の回数｜4回｜↑\n"), "{text}");
    let said: Vec<&str> = read.programs[0].messages.iter().map(|message| message.text.as_str()).collect();
    assert!(said.iter().any(|said| said.contains("「↑」でした") && said.contains("「増」")), "{said:?}");
}

const COSTS: &[&[&str]] = &[
    &["事業名", "港湾事業", "<", "<", "<"],
    &["事業内容", "港を整える。", "<", "<", "<"],
    &["予算額・決算額\n（千円）", "区分", "Ｒ元決算", "Ｒ２予算", "Ｒ２決算"],
    &["^", "事業費", "9,456", "10,000", "9,873"],
    &["財源内訳", "国庫支出金", "4,700", "5,000", "4,936"],
    &["^", "一般財源", "4,756", "5,000", "△4,937"],
    &["課題及び今後の方向性", "人が足りない。", "<", "<", "<"],
];

#[test]
fn a_table_of_money_in_a_form_is_no_text_of_a_section() {
    let read = form(COSTS, "");
    let text = &read.programs[0].text;
    assert!(
        text.contains("\n事業費：9,873千円\n") && text.contains("【事業概要】\n港を整える。\n\n【事業実績】"),
        "{text}"
    );
    for line in [
        "事業費（千円）：Ｒ元決算 9,456　Ｒ２予算 10,000　Ｒ２決算 9,873",
        "財源内訳　国庫支出金（千円）：Ｒ元決算 4,700　Ｒ２予算 5,000　Ｒ２決算 4,936",
        "財源内訳　一般財源（千円）：Ｒ元決算 4,756　Ｒ２予算 5,000　Ｒ２決算 △4,937",
    ] {
        assert!(text.contains(&format!("{line}\n")), "{line}: {text}");
    }
    assert!(text.contains("【課題】\n人が足りない。\n"), "{text}");
    assert!(read.programs[0].messages[0].text.contains("「課題及び今後の方向性」は2つの見出し"));
    // Without its own year nothing is taken until the office has said which column it is.
    let old: Vec<Vec<&str>> =
        COSTS.iter().map(|row| row.iter().map(|c| c.trim_start_matches("Ｒ２")).collect()).collect();
    let old: Vec<&[&str]> = old
        .iter()
        .map(Vec::as_slice)
        .map(|row| {
            if row[1] == "区分" {
                &["金額", "区分", "Ｒ元決算", "Ｒ３予算", "Ｒ３決算"][..]
            } else {
                row
            }
        })
        .collect();
    let asked = form(&old, "");
    assert!(asked.total == 0 && asked.programs[0].text.contains("\n事業費：\n"), "{}", asked.programs[0].text);
    assert!(asked.programs[0].messages.iter().any(|message| message.text.contains("どの欄か決められません")));
    assert_eq!(form(&old, "Ｒ３決算,事業費\n").total, 9_873);
}

#[test]
fn sources_of_money_keep_their_heads() {
    let rows: &[&[&str]] = &[
        &["事業名", "森の事業", "<", "<"],
        &["事業概要", "木を植える。", "<", "<"],
        &["財源内訳", "国庫", "その他", "一般財源"],
        &["^", "22000", "", "－"],
    ];
    let text = &form(rows, "").programs[0].text;
    assert!(text.contains("財源内訳：国庫 22000　その他 　一般財源 －\n"), "{text}");
    assert!(text.contains("【事業概要】\n木を植える。\n\n"), "{text}");
}

#[test]
fn an_unknown_heading_ends_the_section_above_it() {
    let text = "事業名：りんご事業（りんご果樹課）\n（決算額：12,345千円）\n＜目的＞\n輸出を広げる。\n＜実績＞\n商談会を開いた。\n＜課題・今後の方向＞\n相手が少ない。\n＜参考の欄＞\n国の計画による。\n";
    let read = from_text(text);
    let text = &read.programs[0].text;
    assert!(text.starts_with("【事業】りんご事業\n事業費：12,345千円\n担当：りんご果樹課\n"), "{text}");
    assert!(text.contains("【事業実績】\n商談会を開いた。\n\n【課題】\n相手が少ない。\n\n【メモ】"), "{text}");
    assert!(text.contains("参考の欄") && text.contains("国の計画による。"), "{text}");
}

#[test]
fn money_is_read_as_it_is_meant_or_asked_for() {
    let read = |typed: &str| {
        let imported = from_text(&format!("事業名：港湾事業\n事業費：{typed}\n【事業概要】\n港。\n"));
        let line = imported.programs[0].text.lines().nth(1).unwrap().to_string();
        (line, imported.total, imported.programs[0].messages.len())
    };
    for (typed, written, total) in [
        ("¥1,250,000", "1,250千円", 1_250),
        ("￥1,250,000", "1,250千円", 1_250),
        ("△¥1,250,000", "△1,250千円", -1_250),
        ("▲1,234千円", "△1,234千円", -1_234),
        ("12.5百万円", "12,500千円", 12_500),
        ("－千円", "—", 0),
        ("－", "—", 0),
    ] {
        assert_eq!(read(typed), (format!("事業費：{written}"), total, 0), "{typed}");
    }
    for typed in ["12.5百万円千円", "（1,234）", "¥1,250,500"] {
        let (_, total, messages) = read(typed);
        assert_eq!((total, messages), (0, 1), "{typed}");
    }
    let list = jigyo::import::read_table_text("一覧.csv", "事業名,事業費（千円）,担当課\n港湾事業,¥1250000,監理課\n");
    let list = import(&list, &Words::default(), &context(), None);
    assert!(list.total == 0 && list.programs[0].messages[0].text.contains("円の印"), "{:?}", list.programs[0]);
}

#[test]
fn a_sheet_of_instructions_is_left_out_and_named() {
    let own = sheet("調書.xlsx「港湾」", &[&["事業名", "港湾事業"], &["事業概要", "港。"]]);
    let told = sheet("調書.xlsx「記入例」", &[&["事業名", "例の事業"], &["事業概要", "例。"]]);
    let paragraph = Paragraph { text: "正式な名を書く".to_string(), heading: None, place: "A1".to_string() };
    let rules = Document {
        name: "調書.xlsx「記入要領」".to_string(),
        blocks: vec![Block::Paragraph(paragraph)],
        ..Document::default()
    };
    let read = import(&[own, told, rules], &Words::default(), &context(), None);
    assert_eq!(read.programs.len(), 1);
    assert_eq!(read.notes.iter().filter(|note| note.contains("みなして取り込みませんでした")).count(), 2);
    assert!(!read.chapter(&[]).text.contains("正式な名"), "{}", read.chapter(&[]).text);
}

#[test]
fn a_dry_run_lists_its_files_and_the_end_counts_what_was_refused() {
    let folder = tempdir().unwrap();
    write(&folder.path().join("一.csv"), "事業名,決算額（千円）,担当課\n港湾事業,12,監理課\n".as_bytes());
    write(
        &folder.path().join("二.csv"),
        "事業名,決算額（千円）,担当課\n港湾事業,12,監理課\n観光事業,3,監理課\n".as_bytes(),
    );
    let import = |file| run(folder.path(), &["import", file, "--chapter", "章"]).prints_nothing();
    let dry = run(folder.path(), &["import", "一.csv", "--chapter", "章", "--dry-run"]).succeeds().prints_nothing();
    dry.says("書くことになるファイル：\n　章/港湾事業.jigyo\n　章/章.jigyo\n");
    import("一.csv").succeeds().says("1個のファイルを書きました。");
    import("二.csv").refuses().says("このうち1事業は、上の理由で書きませんでした。");
    assert!(fs::exists(folder.path().join("章/観光事業.jigyo")).unwrap());
}
