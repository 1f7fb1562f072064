//! Tables of sheets that the office's form declares: every figure in its cell, by the names over and beside it.

use jigyo::import::document::{Block, Cell, Document, Merged, Paragraph, Table};
use jigyo::import::{Imported, Words, import};

use crate::import_by_form::context_of;

const FORM: &str = "【様式】港の事業評価
【項目】
担当｜課｜必須
【見出し】
目的｜文章｜事業概要として
財源｜表｜｜財源内訳
参加｜表｜指標として
所見｜文章
【表】財源
値：金額
列：予算額、決算額、執行率＝決算額÷予算額
行：国、県、一般財源
計：合計
事業費：合計の決算額
【表】参加
前の列：単位
年度：前年度、当年度
列：目標、実績
後の列：備考
";

/// A sheet: `<` is merged into the cell at its left, `^` into the one above.
fn sheet(rows: &[&[&str]]) -> Document {
    let cell = |text: &&str| match *text {
        "<" => Cell { text: String::new(), merged: Merged::Left },
        "^" => Cell { text: String::new(), merged: Merged::Up },
        text => Cell { text: text.to_string(), merged: Merged::No },
    };
    let columns = ["A", "B", "C", "D", "E", "F", "G"].map(String::from).to_vec();
    let rows = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let table = Table { rows, place: "A3".to_string(), columns };
    Document { name: "調書.xlsx".to_string(), blocks: vec![Block::Table(table)], ..Document::default() }
}

const HEAD: [&[&str]; 3] = [&["事業名", "灯台の公開"], &["担当課", "港湾課"], &["目的", "灯台を見せる。"]];

fn imported(form: &str, rows: &[&[&str]]) -> Imported {
    let context = context_of(form);
    let words = Words::of_form(&context.form, context.fiscal_year);
    import(&[sheet(&[&HEAD, rows].concat())], &words, &context, None)
}

fn text(imported: &Imported) -> &str {
    &imported.programs[0].text
}

fn has(imported: &Imported, wanted: &str) {
    assert!(text(imported).contains(wanted), "{wanted}\nis not in\n{}\n{:?}", text(imported), imported.notes);
}

/// That nothing but the place stands in 【メモ】, and nothing was told.
fn is_silent(imported: &Imported) {
    assert_eq!(imported.notes, [] as [&str; 0]);
    assert_eq!(imported.programs[0].messages, []);
    let memo = text(imported).split("【メモ】\n").nth(1).unwrap();
    assert_eq!(memo.lines().count(), 1, "{memo}");
}

#[test]
fn money_of_a_sheet_goes_into_the_table_of_the_form_in_its_unit() {
    let read = imported(
        FORM,
        &[
            &["財源内訳（円）", "区分", "予算額", "決算額", "執行率"],
            &["^", "国", "1,000,000", "900,000", "90.0%"],
            &["^", "県", "0", "0", "—"],
            &["^", "一般財源", "2,000,000", "調査中", ""],
            &["^", "合計", "3,000,000", "900,000", "30.0%"],
            &["所見", "灯を守る。"],
        ],
    );
    has(
        &read,
        "【財源】\n国｜1,000千円｜900千円｜90.0%\n県｜0千円｜0千円｜—\n一般財源｜2,000千円｜調査中｜\n合計｜3,000千円｜900千円｜30.0%\n",
    );
    has(&read, "【所見】\n灯を守る。\n");
    is_silent(&read);
}

#[test]
fn fixed_rows_may_stand_side_by_side_in_another_order_and_in_two_columns_of_labels() {
    let read = imported(
        FORM,
        &[
            &["財源内訳（千円）", "一般財源", "国", "県", "合計"],
            &["予算額", "5", "3", "2", "10"],
            &["決算額", "4", "3", "1", "8"],
        ],
    );
    has(&read, "国｜3千円｜3千円\n県｜2千円｜1千円\n一般財源｜5千円｜4千円\n合計｜10千円｜8千円\n");
    is_silent(&read);
    let read = imported(
        FORM,
        &[
            &["費目（千円）", "<", "決算額", "予算額"],
            &["財源内訳", "一般財源", "4", "5"],
            &["^", "国", "3", "3"],
            &["^", "県", "1", "2"],
            &["合計", "<", "8", "10"],
        ],
    );
    has(&read, "国｜3千円｜3千円\n県｜2千円｜1千円\n一般財源｜5千円｜4千円\n合計｜10千円｜8千円\n");
    is_silent(&read);
}

#[test]
fn a_row_that_the_form_does_not_have_is_said_and_kept() {
    let read = imported(
        FORM,
        &[
            &["区分", "予算額", "決算額"],
            &["国", "3", "3"],
            &["基金", "7", "6"],
            &["県", "2", "1"],
            &["一般財源", "5", "4"],
        ],
    );
    has(&read, "国｜3｜3\n県｜2｜1\n一般財源｜5｜4\n");
    has(&read, "基金：予算額 7　決算額 6\n");
    assert!(
        read.notes.iter().any(|note| note.contains("A8") && note.contains("「基金」の行は、様式の表【財源】に")),
        "{:?}",
        read.notes
    );
}

#[test]
fn money_that_fits_no_table_of_the_form_is_said() {
    let read = imported(
        FORM,
        &[&["区分", "R6予算額", "R6決算額", "R7当初予算額"], &["人件費", "3", "3", "4"], &["物件費", "7", "6", "5"]],
    );
    has(&read, "人件費");
    assert!(read.notes.iter().any(|note| note.contains("様式の表") && note.contains("【財源】")), "{:?}", read.notes);
}

#[test]
fn figures_of_indicators_go_to_their_years_and_names() {
    let flat: &[&[&str]] = &[
        &["参加", "指標名", "単位", "R6実績", "R6目標", "令和５年度（目標）", "R5実績"],
        &["^", "見学者", "人", "96", "110", "100", "90"],
        &["^", "公開日", "日", "3", "4", "2", "1"],
    ];
    let wanted = "【参加】\n見学者｜人｜100｜90｜110｜96｜\n公開日｜日｜2｜1｜4｜3｜\n";
    let read = imported(FORM, flat);
    has(&read, wanted);
    is_silent(&read);
    let two_rows: &[&[&str]] = &[
        &["指標名", "単位", "令和5年度", "<", "令和6年度", "<", "備考"],
        &["^", "^", "目標", "実績", "目標", "実績", "^"],
        &["見学者", "人", "100", "90", "110", "96", "暦年"],
    ];
    let read = imported(FORM, two_rows);
    has(&read, "【参加】\n見学者｜人｜100｜90｜110｜96｜暦年\n");
    is_silent(&read);
    // The names of the columns beside the rows
    let years_alone: &[&[&str]] = &[
        &["指標名", "単位", "区分", "R5", "R6"],
        &["見学者", "人", "目標", "100", "110"],
        &["^", "^", "実績", "90", "96"],
        &["公開日", "日", "目標", "2", "4"],
        &["^", "^", "実績", "1", "3"],
    ];
    let read = imported(FORM, years_alone);
    has(&read, "【参加】\n見学者｜人｜100｜90｜110｜96｜\n公開日｜日｜2｜1｜4｜3｜\n");
    is_silent(&read);
}

#[test]
fn indicators_under_another_heading_are_not_guessed_into_a_table() {
    let form = FORM.replace("参加｜表｜指標として\n", "参加｜表｜指標として\n作業｜表\n")
        + "【表】作業\n年度：前年度、当年度\n";
    let read = imported(&form, &[&["指標名", "R5", "R6"], &["見学者", "90人", "96人"]]);
    has(&read, "【参加】\n指標名｜R5｜R6\n見学者｜90人｜96人\n");
    let read = imported(&form, &[&["作業", "指標名", "R5", "R6"], &["^", "清掃", "9回", "8回"]]);
    has(&read, "【作業】\n清掃｜9回｜8回\n");
    is_silent(&read);
}

#[test]
fn heads_that_the_form_does_not_have_stay_for_the_check() {
    let read = imported(FORM, &[&["指標名", "令和4年度", "令和6年度"], &["見学者", "70人", "96人"]]);
    has(&read, "【参加】\n指標名｜令和4年度｜令和6年度\n見学者｜70人｜96人\n");
    let years = FORM.replace("列：目標、実績\n", "");
    let read = imported(&years, &[&["項目名", "令和6年度", "令和7年度"], &["見学者", "70人", "96人"]]);
    has(&read, "項目名｜令和6年度｜令和7年度\n見学者｜70人｜96人\n");
}

#[test]
fn an_upright_table_stands_in_rows_of_its_columns() {
    let upright = FORM.replace("前の列：単位\n", "前の列：単位\n向き：縦\n").replace("後の列：備考\n", "");
    let read = imported(
        &upright,
        &[&["指標名", "単位", "R5目標", "R5実績", "R6目標", "R6実績"], &["見学者", "人", "100", "90", "110", "96"]],
    );
    has(&read, "【参加】\n見学者\n・目標｜人｜100｜110\n・実績｜人｜90｜96\n");
    is_silent(&read);
}

#[test]
fn a_heading_above_names_its_table() {
    let context = context_of(
        &FORM
            .replace("財源｜表｜｜財源内訳\n", "財源｜表｜｜財源内訳\n当初財源｜表\n")
            .replace("【表】参加", "【表】当初財源\n値：金額\n列：予算額、決算額\n行：国、県、一般財源\n【表】参加"),
    );
    let words = Words::of_form(&context.form, context.fiscal_year);
    let mut document = sheet(&HEAD);
    let heading =
        |text: &str| Block::Paragraph(Paragraph { text: text.to_string(), heading: None, place: "A9".to_string() });
    let mut money = sheet(&[&["区分", "予算額", "決算額"], &["国", "3", "2"], &["県", "1", "1"]]);
    let rows = money.blocks.remove(0);
    let more = [heading("２　当初財源（単位：百万円）"), rows.clone(), heading("■財源（単位：千円）"), rows];
    document.blocks.extend(more);
    let read = import(&[document], &words, &context, None);
    has(&read, "【財源】\n国｜3千円｜2千円\n県｜1千円｜1千円\n");
    has(&read, "【当初財源】\n国｜3,000千円｜2,000千円\n県｜1,000千円｜1,000千円\n");
}

#[test]
fn money_without_a_unit_is_taken_as_the_reports_and_said() {
    let table = |corner| imported(FORM, &[&[corner, "予算額", "決算額"], &["国", "3", "2"], &["県", "2", "1"]]);
    let said = |read: &Imported| format!("{:?}{:?}", read.programs[0].messages, read.notes);
    has(&table("費目"), "国｜3｜2\n県｜2｜1\n");
    assert!(said(&table("費目")).contains("表【財源】の金額の単位が書かれていません"), "{}", said(&table("費目")));
    assert!(!said(&table("費目（千円）")).contains("単位が書かれていません"));
}

#[test]
fn a_row_without_a_figure_parts_no_table_and_a_note_below_it_stays_with_it() {
    let part = |rows: &[&[&str]], place: &str| {
        let Block::Table(table) = sheet(rows).blocks.remove(0) else { unreachable!() };
        Block::Table(Table { place: place.to_string(), ..table })
    };
    let alone = |text: &str, place: &str| {
        Block::Paragraph(Paragraph { text: text.to_string(), heading: None, place: place.to_string() })
    };
    let mut document = sheet(&HEAD);
    document.blocks.extend([
        part(&[&["区分（千円）", "予算", "決算額"], &["国", "3", "2"]], "A8"),
        alone("県", "A10"),
        part(&[&["一般財源", "4", "4"], &["計", "7", "6"]], "A11"),
        alone("※速報の額", "A13"),
        alone("所見", "A14"),
        alone("灯を守る。", "A15"),
    ]);
    let context = context_of(FORM);
    let words = Words::of_form(&context.form, context.fiscal_year);
    let read = import(&[document], &words, &context, None);
    has(
        &read,
        "【財源】\n国｜3千円｜2千円\n県｜｜\n一般財源｜4千円｜4千円\n合計｜7千円｜6千円\n※速報の額\n\n【所見】\n灯を守る。\n",
    );
    is_silent(&read);
}
