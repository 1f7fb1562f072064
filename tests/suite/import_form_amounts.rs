//! Amounts and ratios of an office's own form, from lists: in the report's unit, and never as something that they are not.

use jigyo::import::{Imported, Words, import, read_table_text};

use crate::import_by_form::context_of;

const FORM: &str = "【様式】補助事業の実績
【項目】
国の負担｜金額｜｜うち国の負担
担当｜課｜必須
【見出し】
目的｜文章｜必須、事業概要として
方向性｜選択：拡充、継続、廃止
募集｜表
執行｜表
【表】募集
列：応募者、定員、応募倍率＝応募者÷定員（倍）
行：一般枠
【表】執行
値：金額
列：現額、支出額、執行率＝支出額÷現額
行：歳出、人件費
";

fn from_list(rows: &[&str]) -> Imported {
    let context = context_of(FORM);
    let words = Words::of_form(&context.form, context.fiscal_year);
    import(&read_table_text("一覧.csv", &rows.join("\n")), &words, &context, None)
}

fn text(imported: &Imported) -> &str {
    &imported.programs[0].text
}

#[test]
fn an_amount_of_the_form_comes_in_the_reports_unit() {
    for (head, cells, wanted) in [
        ("事業費（円）,うち国の負担（円）", "\"1,500,000\",\"500,000\"", "国の負担：500千円\n"),
        ("事業費（百万円）,うち国の負担（百万円）", "3,2", "国の負担：2,000千円\n"),
        ("事業費（千円）,うち国の負担（千円）", "\"1,500\",500", "国の負担：500千円\n"),
        ("事業費,うち国の負担", "\"1,500千円\",\"500,000円\"", "国の負担：500千円\n"),
    ] {
        let imported =
            from_list(&[&format!("事業名,目的,担当課,{head}"), &format!("浜の事業,浜を守る。,海岸課,{cells}")]);
        assert!(text(&imported).contains(wanted), "{head}: {}", text(&imported));
    }
    // What would have to be rounded stays as it is, and is told by its own name.
    let imported = from_list(&[
        "事業名,目的,担当課,事業費（円）,うち国の負担（円）",
        "浜の事業,浜を守る。,海岸課,\"1,500,000\",\"500,400\"",
    ]);
    assert!(text(&imported).contains("国の負担：500,400円\n"), "{}", text(&imported));
    assert!(imported.programs[0].messages.iter().any(|message| message.text.contains("国の負担「500,400」")));
}

#[test]
fn a_ratio_is_no_rate_and_one_among_shares_is_all() {
    let imported = from_list(&[
        "事業名,目的,担当課,応募者,定員,応募倍率,現額（歳出）,支出額（歳出）,執行率（歳出）,現額（人件費）,支出額（人件費）,執行率（人件費）",
        "浜の事業,浜を守る。,海岸課,130,100,1.3,100,100,1,200,180,0.9",
    ]);
    let text = text(&imported);
    assert!(text.contains("一般枠｜130｜100｜1.3\n"), "{text}");
    assert!(text.contains("歳出｜100｜100｜100.0％\n人件費｜200｜180｜90.0％\n"), "{text}");
}

#[test]
fn a_second_choice_is_no_reason_of_the_first() {
    let rows = |second: &str| {
        from_list(&[
            "事業名,目的,担当課,方向性",
            "浜の事業,浜を守る。,海岸課,拡充",
            &format!("浜の事業,浜を守る。,海岸課,{second}"),
        ])
    };
    let imported = rows("廃止");
    assert!(text(&imported).contains("【方向性】\n拡充\n\n"), "{}", text(&imported));
    assert!(text(&imported).split("【メモ】").nth(1).unwrap().contains("廃止"), "{}", text(&imported));
    let said = &imported.programs[0].messages;
    assert!(said.iter().any(|message| message.text.contains("方向性")), "{said:?}");
    // The same once more says nothing new.
    assert!(!text(&rows("拡充")).contains("方向性："), "{}", text(&rows("拡充")));
}
