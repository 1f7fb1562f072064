//! Wide lists of an office with a form of its own, whose years, parts of fields, reasons and free rows stand in columns.

use std::sync::Arc;

use jigyo::diagnostic::Diagnostics;
use jigyo::form::read_form;
use jigyo::import::document::{Block, Cell, Document, Merged, Shape, Table};
use jigyo::import::{Imported, Words, import, read_table_text};
use jigyo::model::{Context, FiscalYear};
use jigyo::source::Files;
use jigyo::syntax::{Vocabulary, parse};

const FORM: &str = "【様式】事務事業評価書

【項目】
事業コード｜番号
予算科目｜文字
種別｜選択：ソフト、ハード
担当｜課｜必須｜お世話する課

【見出し】
目的｜文章｜必須、事業概要として
実施状況｜文章｜事業実績として｜手段（前年度実績）
事業費｜表
全体計画｜表
活動指標｜表｜指標として
成果指標｜表
執行｜表
評価｜評価
方向性｜選択：現状維持、縮小｜｜課長等意見（今後の方向性）

【表】事業費
値：金額
年度：前年度～翌年度
行：国庫支出金、一般財源、事業費計（A）＝国庫支出金＋一般財源、従事人数（人）

【表】全体計画
値：金額
列：全体計画
行：国庫支出金、一般財源、事業費計＝国庫支出金＋一般財源

【表】活動指標、成果指標
年度：前年度～翌年度
前の列：単位

【表】執行
値：金額
列：現額、支出額、執行率＝支出額÷現額
行：歳出

【評価】評価
必要性｜ある、ない
事業費の削減余地｜ある、ない
";

/// Of a report with a form, which has no fault.
pub(crate) fn context_of(form: &str) -> Context {
    let mut files = Files::new();
    let id = files.add("様式.jigyo", form);
    let mut said = Diagnostics::new();
    let ast = parse(files.get(id), &Vocabulary::of_forms(), &mut said);
    let form = read_form(files.get(id), &ast, &mut said);
    assert!(said.is_empty(), "{:?}", said.iter().map(|said| said.message.clone()).collect::<Vec<_>>());
    Context { fiscal_year: Some(FiscalYear::new(2024)), form: Arc::new(form), ..Context::default() }
}

fn imported(documents: &[Document], mapping: &str) -> Imported {
    let context = context_of(FORM);
    let mut words = Words::of_form(&context.form, context.fiscal_year);
    words.add_mapping(mapping).unwrap();
    import(documents, &words, &context, None)
}

fn from_list(rows: &[&str]) -> Imported {
    imported(&read_table_text("一覧.csv", &rows.join("\n")), "")
}

fn has(imported: &Imported, program: usize, wanted: &str) {
    let text = &imported.programs[program].text;
    assert!(text.contains(wanted), "{wanted}\nis not in\n{text}");
}

fn note(imported: &Imported, part: &str) -> String {
    let found = imported.notes.iter().find(|note| note.contains(part));
    found.unwrap_or_else(|| panic!("{part} is not in {:?}", imported.notes)).clone()
}

const HEAD: &str = "事業コード,事務事業名,担当課,目的,国庫支出金,一般財源,事業費計（Ａ）,従事人数,国庫支出金,一般財源,事業費計（Ａ）,従事人数,国庫支出金,一般財源,事業費計（Ａ）,従事人数";
const FIGURES: &str = "10,20,30,1.5,11,21,32,2,12,22,35,3";

#[test]
fn columns_without_years_are_those_of_the_form_in_its_order_and_that_is_said() {
    let first = format!("0101,街灯事業,土木課,夜道を照らす。,{FIGURES}");
    let second = "0102,堀事業,土木課,堀を守る。,0,0,0,0,0,0,0,0,0,1,1,0";
    let imported = from_list(&[HEAD, &first, second]);
    // The typed sum stands beside the computed one: `check` says where they differ.
    has(
        &imported,
        0,
        "【事業費】\n国庫支出金｜10｜11｜12\n一般財源｜20｜21｜22\n事業費計（A）｜30｜32｜35\n従事人数（人）｜1.5｜2｜3\n",
    );
    has(&imported, 1, "一般財源｜0｜0｜1\n");
    let note = note(&imported, "3つずつ");
    assert!(note.contains("左から 令和5年度、令和6年度、令和7年度") && note.contains("BT列～CL列"), "{note}");
}

#[test]
fn the_office_says_years_that_stand_in_another_order() {
    let row = format!("0101,街灯事業,土木課,夜道を照らす。,{FIGURES}");
    let mapping = "E列～H列,令和7年度\nI列～L列,令和6年度\nM列～P列,令和5年度\n";
    let documents = read_table_text("一覧.csv", &[HEAD, &row, &row.replace("0101", "0102")].join("\n"));
    let imported = imported(&documents, mapping);
    has(&imported, 0, "国庫支出金｜12｜11｜10\n");
    assert!(note(&imported, "対応表のとおり").contains("令和7年度、令和6年度、令和5年度"));
    // Two of one name with numbers of their own are two.
    assert_eq!(imported.programs.len(), 2);
}

#[test]
fn shapes_over_columns_say_their_years() {
    let text = |text: &&str| Cell { text: text.to_string(), ..Cell::default() };
    let head = ["事務事業名", "担当課", "国庫支出金", "国庫支出金", "国庫支出金"];
    let rows = [head, ["街灯事業", "土木課", "10", "11", "12"], ["堀事業", "土木課", "1", "2", "3"]];
    let rows: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().map(text).collect()).collect();
    let columns = ["B", "C", "D", "E", "F"].map(String::from).to_vec();
    let shape =
        |text: &str, first, last| Shape { text: text.to_string(), top: 0, first_column: first, last_column: last };
    let shapes =
        vec![shape("１年目（令和7年度計画）", 3, 4), shape("２年目（令和6年度実績）", 4, 5), shape("令和5年度", 5, 5)];
    let document = Document {
        name: "台帳.xlsx".to_string(),
        blocks: vec![Block::Table(Table { rows, place: "B2".to_string(), columns })],
        shapes,
        ..Document::default()
    };
    let imported = imported(&[document], "");
    has(&imported, 0, "国庫支出金｜12｜11｜10\n");
    assert!(note(&imported, "図形").contains("令和7年度、令和6年度、令和5年度"));
}

#[test]
fn as_many_columns_as_no_table_has_years_go_to_the_memo_by_name() {
    let imported = from_list(&[
        "事務事業名,担当課,目的,国庫支出金,国庫支出金,一般財源,一般財源,一般財源",
        "街灯事業,土木課,夜道を照らす。,77,78,20,21,22",
        "堀事業,土木課,堀を守る。,0,0,0,0,0",
    ]);
    has(&imported, 0, "一般財源｜20｜21｜22\n");
    has(&imported, 0, "国庫支出金（D列）：77\n国庫支出金（E列）：78\n");
    assert!(note(&imported, "どの年度か決められない列が2").contains("D列「国庫支出金」"));
}

#[test]
fn of_two_heads_that_are_like_one_name_the_one_with_as_many_columns_is_it() {
    let imported = from_list(&[
        "事務事業名,担当課,目的,事業費計,事業費計(A),一般財源,事業費計(A),一般財源,事業費計(A),一般財源",
        "街灯事業,土木課,夜道を照らす。,99,10,10,20,20,30,30",
        "堀事業,土木課,堀を守る。,98,1,1,2,2,3,3",
    ]);
    // 事業費計 alone is the sum of another table.
    has(&imported, 0, "事業費計（A）｜10｜20｜30\n");
    has(&imported, 0, "【全体計画】\n国庫支出金｜\n一般財源｜\n事業費計｜99\n");
    let imported = from_list(&[
        "事務事業名,担当課,目的,従事人数,従事人数（人）,従事人数（人）,従事人数（人）",
        "街灯事業,土木課,夜道を照らす。,99,1,2,3",
        "堀事業,土木課,堀を守る。,98,1,2,3",
    ]);
    has(&imported, 0, "従事人数（人）｜1｜2｜3\n");
    has(&imported, 0, "従事人数：99\n");
    assert!(note(&imported, "どの年度か決められない列が1").contains("D列「従事人数」"));
}

#[test]
fn names_and_units_in_columns_of_their_own_are_rows_of_a_free_table() {
    let head = "事務事業名,担当課,目的,\"⑤ 活動指標（活動の量）\nア：名称\",\"⑤ 活動指標（活動の量）\nア：単位\",\"⑤ 活動指標（活動の量）\nイ：名称\",\"⑤ 活動指標（活動の量）\nイ：単位\",⑤活動指標ア,⑤活動指標イ,⑤活動指標ア,⑤活動指標イ,⑤活動指標ア,⑤活動指標イ";
    let imported = from_list(&[
        head,
        "街灯事業,土木課,夜道を照らす。,点検の回数,回,取り替えた灯,基,3,10,4,,5,12",
        "堀事業,土木課,堀を守る。,清掃の回数,回,,,1,0,2,0,3,0",
        "橋事業,土木課,橋を守る。,塗った橋,橋,数える橋,橋,1,,2,,3,",
    ]);
    // What is blank in the list stays open.
    has(&imported, 0, "【活動指標】\n点検の回数｜回｜3｜4｜5\n取り替えた灯｜基｜10｜｜12\n");
    has(&imported, 1, "【活動指標】\n清掃の回数｜回｜1｜2｜3\n\n");
    has(&imported, 1, "活動指標：0｜0｜0");
    has(&imported, 2, "活動指標：数える橋｜橋");
    assert!(note(&imported, "名称がなく 0 だけの行1つ").contains("「堀事業」"));
    assert!(note(&imported, "名称だけで値のない行1つ").contains("「橋事業」"));
}

#[test]
fn grades_choices_and_fields_take_their_neighbours() {
    let imported = from_list(&[
        "事務事業名,お世話する課,目的,種別,予算科目（会計）,予算科目（款）,① 必要性,市が行うべきか？,② 事業費の削減余地,③ 理由,\"４　課長等意見\n(1) 今後の方向性\"",
        "街灯事業,土木課,夜道を照らす。,Ａ　ソフト,01,08,ある,暗い道がある。,ない,\"灯は足りない。\n減らせない。\",１　現状維持",
        "堀事業,土木課,堀を守る。,Ｂ　その他,01,08,ない,,ある,,３　廃止",
    ]);
    has(&imported, 0, "担当：土木課\n予算科目：会計 01　款 08\n種別：ソフト\n");
    has(&imported, 0, "必要性｜ある｜暗い道がある。\n事業費の削減余地｜ない｜灯は足りない。\n＋｜｜減らせない。\n");
    has(&imported, 0, "【方向性】\n現状維持\n");
    // What is no choice stays as it is typed: `check` says so.
    has(&imported, 1, "種別：Ｂ　その他\n");
    has(&imported, 1, "【方向性】\n３　廃止\n");
    assert!(note(&imported, "その理由として").contains("市が行うべきか？"));
}

#[test]
fn a_table_of_blanks_and_noughts_alone_is_left_out_and_counted() {
    let imported = from_list(&[
        "事務事業名,担当課,目的,全体計画（国庫支出金）,全体計画（一般財源）,全体計画（事業費計）",
        "街灯事業,土木課,夜道を照らす。,,,0",
        "堀事業,土木課,堀を守る。,,50,50",
        "橋事業,土木課,橋を守る。,0,0,0",
    ]);
    assert!(!imported.programs[0].text.contains("【全体計画】"));
    has(&imported, 1, "【全体計画】\n国庫支出金｜\n一般財源｜50\n事業費計｜50\n");
    // Noughts that somebody typed are figures.
    has(&imported, 2, "【全体計画】\n国庫支出金｜0\n");
    assert!(note(&imported, "空欄と 0 だけの1事業").contains("【全体計画】"));
}

#[test]
fn one_declaration_serves_several_tables() {
    let imported = from_list(&[
        "事務事業名,担当課,目的,活動指標1の名称,活動指標1の単位,活動指標1,活動指標1,活動指標1,成果指標1の名称,成果指標1の単位,成果指標1 R7,成果指標1 R6,成果指標1 R5",
        "街灯事業,土木課,夜道を照らす。,点検の回数,回,3,4,5,夜道の灯,基,9,8,7",
        "堀事業,土木課,堀を守る。,清掃の回数,回,1,2,3,堀の長さ,km,3,2,1",
    ]);
    has(&imported, 0, "【活動指標】\n点検の回数｜回｜3｜4｜5\n\n【成果指標】\n夜道の灯｜基｜7｜8｜9\n");
}

#[test]
fn what_the_form_calls_the_department_is_it_and_a_share_is_a_rate() {
    let imported = from_list(&[
        "事務事業名,お世話する課,係の課,課,目的,現額（歳出）,支出額（歳出）,執行率,必要性,必要性",
        "街灯事業,土木課,灯の課,夜の課,夜道を照らす。,\"1,000\",916,0.916,ある,ない",
        "堀事業,土木課,灯の課,夜の課,堀を守る。,\"1,000\",950,95.0％,ある,ある",
    ]);
    has(&imported, 0, "担当：土木課\n");
    has(&imported, 0, "\n課：夜の課\n");
    has(&imported, 0, "【執行】\n歳出｜1,000｜916｜91.6％\n");
    has(&imported, 1, "歳出｜1,000｜950｜95.0％\n");
    // A second value for one place is told, and kept.
    has(&imported, 0, "必要性｜ある\n");
    has(&imported, 0, "：ない\n");
    let message = &imported.programs[0].messages;
    assert!(message.iter().any(|message| message.text.contains("「必要性」が2つあります")), "{message:?}");
}

#[test]
fn a_row_says_the_year_of_its_figures() {
    let imported = from_list(&[
        "事務事業名,担当課,目的,予算年度,国庫支出金,一般財源",
        "街灯事業,土木課,夜道を照らす。,2023,1,2",
        "街灯事業,土木課,夜道を照らす。,2024,3,4",
        "堀事業,土木課,堀を守る。,2024,5,6",
    ]);
    has(&imported, 0, "国庫支出金｜1｜3｜\n一般財源｜2｜4｜\n");
    has(&imported, 1, "国庫支出金｜｜5｜\n");
}

#[test]
fn a_field_of_words_that_is_merged_over_rows_is_that_of_each() {
    let form = "【様式】評価
【項目】
政策｜文字｜必須
施策｜選択：守る、開く
事業コード｜番号
予備費｜金額
担当｜課｜必須
【見出し】
目的｜文章｜事業概要として
";
    let cell = |text: &&str| match *text {
        "^" => Cell { text: String::new(), merged: Merged::Up },
        text => Cell { text: text.to_string(), merged: Merged::No },
    };
    let rows: &[&[&str]] = &[
        &["政策", "施策", "事業名", "担当課", "事業コード", "予備費", "目的"],
        &["１　海", "守る", "街灯事業", "土木課", "01", "5千円", "照らす。"],
        &["^", "^", "堀事業", "^", "^", "^", "守る。"],
        &["^", "開く", "橋事業", "道路課", "03", "7千円", "渡す。"],
    ];
    let rows: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let columns = ["A", "B", "C", "D", "E", "F", "G"].map(String::from).to_vec();
    let table = Table { rows, place: "A1".to_string(), columns };
    let document = Document { blocks: vec![Block::Table(table)], ..Document::default() };
    let context = context_of(form);
    let words = Words::of_form(&context.form, context.fiscal_year);
    let imported = import(&[document], &words, &context, None);
    // A number and an amount are of one program alone.
    has(&imported, 1, "担当：土木課\n政策：１　海\n施策：守る\n\n");
    has(&imported, 2, "政策：１　海\n施策：開く\n事業コード：03\n予備費：7千円\n");
}

#[test]
fn a_name_its_unit_its_years_and_its_remark_side_by_side_are_a_row_of_the_forms_table() {
    let form = FORM.replace("前の列：単位\n", "前の列：単位\n列：目標、実績、達成率＝実績÷目標\n後の列：備考\n");
    let context = context_of(&form.replace("活動指標、成果指標", "活動指標").replace("成果指標｜表\n", ""));
    let words = Words::of_form(&context.form, context.fiscal_year);
    let rows = |head: &str| {
        let rows = [head, "街灯事業,土木課,照らす。,灯の数,基,2,1,0.5,点検を含む", ",,,点検,回,4,4,1,"];
        import(&read_table_text("一覧.csv", &rows.join("\n")), &words, &context, None)
    };
    let imported = rows("事務事業名,担当課,目的,指標名,単位,R6目標,R6実績,R6達成率,備考");
    has(
        &imported,
        0,
        "【活動指標】\n灯の数｜基｜｜｜｜2｜1｜50.0％｜｜｜｜点検を含む\n点検｜回｜｜｜｜4｜4｜100.0％｜｜｜｜\n",
    );
    assert!(!imported.programs[0].text.contains("備考："), "{}", imported.programs[0].text);
    // A year that the table does not have: the head stays for the check.
    let imported = rows("事務事業名,担当課,目的,指標名,単位,R3目標,R3実績,R3達成率,備考");
    has(&imported, 0, "【活動指標】\n項目名｜R3目標｜R3実績｜R3達成率\n灯の数｜2基｜1基｜");
    has(&imported, 0, "備考：点検を含む\n");
}

#[test]
fn columns_of_an_upright_table_stand_below_their_row() {
    let form = FORM
        .replace(
            "【表】活動指標、成果指標\n年度：前年度～翌年度\n",
            "【表】活動指標、成果指標\n向き：縦\n列：目標、実績\n年度：前年度、当年度\n",
        )
        .replace(
            "列：現額、支出額、執行率＝支出額÷現額\n",
            "向き：縦\n年度：前年度、当年度\n列：現額、支出額、執行率＝支出額÷現額\n",
        );
    let context = context_of(&form);
    let words = Words::of_form(&context.form, context.fiscal_year);
    let rows = [
        "事務事業名,担当課,目的,活動指標（ア 名称）,活動指標（ア 単位）,活動指標ア R5目標,活動指標ア R5実績,活動指標ア R6目標,活動指標ア R6実績,R5歳出（現額）（円）,R5歳出（支出額）（円）,R6歳出（現額）（円）,R6歳出（支出額）（円）,R6歳出（執行率）",
        "街灯事業,土木課,照らす。,灯の数,基,2,1,4,3,\"2,000\",\"1,000\",\"4,000\",\"3,000\",0.75",
    ];
    let imported = import(&read_table_text("一覧.csv", &rows.join("\n")), &words, &context, None);
    has(&imported, 0, "【活動指標】\n灯の数\n・目標｜基｜2｜4\n・実績｜基｜1｜3\n");
    has(&imported, 0, "【執行】\n歳出\n・現額｜2千円｜4千円\n・支出額｜1千円｜3千円\n・執行率｜｜75.0％\n");
}
