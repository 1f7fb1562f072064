//! Lists and sheets of an office with a form of its own: its names are what the columns and labels are called.

use std::sync::Arc;

use jigyo::diagnostic::Diagnostics;
use jigyo::form::{Form, read_form};
use jigyo::import::{Imported, Words, import, read_table_text, read_text};
use jigyo::model::{Context, FiscalYear};
use jigyo::source::Files;
use jigyo::syntax::{Vocabulary, parse};

const FORM: &str = "【様式】主要な施策の成果

【項目】
事業番号｜番号｜必須
予算科目｜文字｜必須｜款項目
事業期間｜期間：永年

【見出し】
目的｜文章｜必須、事業概要として
実施状況｜文章｜必須、事業実績として
予算の執行状況｜表｜必須
成果指標｜表｜指標として
評価｜評価
方向性｜選択：拡充、維持、縮小
問題｜文章｜｜困っていること

【表】予算の執行状況
値：金額
列：予算額、決算額、執行率＝決算額÷予算額
行：国庫支出金、一般財源、・市税、・うち寄附金
計：合計
事業費：合計の決算額

【評価】評価
必要性｜Ａ、Ｂ、Ｃ
有効性｜Ａ、Ｂ、Ｃ
";

fn form() -> Arc<Form> {
    let mut files = Files::new();
    let id = files.add("様式.jigyo", FORM);
    let mut said = Diagnostics::new();
    let ast = parse(files.get(id), &Vocabulary::of_forms(), &mut said);
    let form = read_form(files.get(id), &ast, &mut said);
    assert!(said.is_empty());
    Arc::new(form)
}

fn context() -> Context {
    Context { fiscal_year: Some(FiscalYear::new(2024)), form: form(), ..Context::default() }
}

fn words(context: &Context) -> Words {
    Words::of_form(&context.form, context.fiscal_year)
}

fn from_list(rows: &[&str]) -> Imported {
    let context = context();
    import(&read_table_text("一覧.csv", &rows.join("\n")), &words(&context), &context, None)
}

#[test]
fn columns_of_a_list_are_fields_sections_grades_and_cells() {
    let imported = from_list(&[
        "事業番号,事業名,款項目,担当課,目的,実施状況,国庫支出金（予算額）,国庫支出金（決算額）,市税予算額,市税決算額,決算額（うち寄附金）（円）,必要性,有効性,方向性,困っていること",
        "0101,緑の回廊事業,3款1項2目,公園課,緑を増やす。,苗木を植えた。,\"1,000\",900,500,345,\"12,000\",Ａ,b,維持,水やりの手が足りない。",
    ]);
    let text = &imported.programs[0].text;
    let wanted = "【事業】緑の回廊事業
担当：公園課
事業番号：0101
予算科目：3款1項2目

【目的】
緑を増やす。

【実施状況】
苗木を植えた。

【予算の執行状況】
国庫支出金｜1,000｜900
一般財源
・市税｜500｜345
・うち寄附金｜｜12千円

【評価】
必要性｜Ａ
有効性｜b

【方向性】
維持

【問題】
水やりの手が足りない。
";
    assert!(text.starts_with(wanted), "{text}");
}

#[test]
fn labels_of_a_sheet_are_the_names_of_the_form() {
    let context = context();
    let sheet = "事業名：街灯事業\n事業番号：0102\n予算科目：8款2項\n事業期間：H10～\n担当課：土木課\n\n【目的】\n夜道を照らす。\n\n【実施状況】\n30基を取り替えた。\n\n【問題】\n古い柱が多い。\n";
    let imported = import(&read_text("調書.txt", sheet), &words(&context), &context, None);
    let text = &imported.programs[0].text;
    for line in ["事業番号：0102", "予算科目：8款2項", "事業期間：H10～", "【問題】\n古い柱が多い。"]
    {
        assert!(text.contains(line), "{line}: {text}");
    }
    // What must be there and is not stands open.
    let bare = import(
        &read_text("調書.txt", "事業名：堀\n担当課：土木課\n\n【目的】\n堀を守る。\n"),
        &words(&context),
        &context,
        None,
    );
    assert!(bare.programs[0].text.contains("\n事業番号：\n予算科目：\n"), "{}", bare.programs[0].text);
}

#[test]
fn a_mapping_may_name_what_the_form_has() {
    let context = context();
    let mut words = words(&context);
    words.add_mapping("整理記号,事業番号\n悩み,問題\n").unwrap();
    let rows = "整理記号,事業名,担当課,目的,実施状況,悩み\n7,堀事業,土木課,堀を守る。,石を積んだ。,石がない。";
    let imported = import(&read_table_text("一覧.csv", rows), &words, &context, None);
    let text = &imported.programs[0].text;
    assert!(text.contains("事業番号：7\n") && text.contains("【問題】\n石がない。\n"), "{text}");
    let message = words.add_mapping("ねらい,問題点など\n").unwrap_err();
    assert!(message.contains("事業番号") && message.contains("問題"), "{message}");
}
