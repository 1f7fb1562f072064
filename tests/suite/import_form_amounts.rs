//! Amounts and ratios of an office's own form, from lists: in the report's unit, and never as something that they are not.

use jigyo::import::{Imported, Words, import, read_table_text, read_text};

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
fn whether_a_rate_is_a_share_is_told_by_the_whole_column() {
    let imported = from_list(&[
        "事業名,目的,担当課,現額（歳出）,支出額（歳出）,執行率（歳出）",
        "浜の事業,浜を守る。,海岸課,100,100,1",
        "堀の事業,堀を守る。,海岸課,200,180,0.9",
    ]);
    assert!(text(&imported).contains("歳出｜100｜100｜100.0％\n"), "{}", text(&imported));
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

#[test]
fn what_was_typed_in_another_unit_found_its_place() {
    let imported = from_list(&[
        "事業名,目的,担当課,事業費（円）,うち国の負担（円）,現額（歳出）（円）,支出額（歳出）（円）,執行率（歳出）",
        "浜の事業,浜を守る。,海岸課,\"1,500,000\",\"501,000\",\"777,000\",調査中,0.75",
    ]);
    assert!(text(&imported).contains("【執行】\n歳出｜777千円｜調査中｜75.0％\n"), "{}", text(&imported));
    // Neither lost, nor an amount that could not be read.
    assert_eq!(imported.notes, [] as [&str; 0]);
    assert_eq!(imported.programs[0].messages, []);
}

#[test]
fn rows_of_a_free_table_that_a_list_has_beside_the_pages_are_kept() {
    let form = FORM.replace("執行｜表\n", "執行｜表\n参加｜表｜指標として\n")
        + "【表】参加\n前の列：単位\n年度：前年度、当年度\n";
    let context = context_of(&form);
    let words = Words::of_form(&context.form, context.fiscal_year);
    let list = read_table_text(
        "一覧.csv",
        "事業名,担当課,目的,指標名,単位,R5,R6\n浜の事業,海岸課,浜を守る。,見学者,人,70,96\n堀の事業,海岸課,堀を守る。,清掃,回,7,9\n",
    );
    let page = read_text("調書.txt", "事業名：浜の事業\n担当課：海岸課\n目的\n浜を守る。\n");
    let imported = import(&[list, page].concat(), &words, &context, None);
    assert!(text(&imported).contains("【参加】\n見学者｜人｜70｜96\n"), "{}", text(&imported));
    assert!(imported.programs[1].text.contains("【参加】\n清掃｜回｜7｜9\n"), "{}", imported.programs[1].text);
}
