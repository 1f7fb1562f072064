//! Names of a 【様式】 that cannot be told apart, kinds that a field of the language cannot have, and what is there twice.

use jigyo::pipeline::check;

use crate::form_lines::{PURPOSE, report, said};

fn told(form: &str) -> Vec<String> {
    said(&check(&report(form, "【目的】\n道を直す。\n")).unwrap())
}

fn is_told_once(form: &str, place: &str, words: &[&str]) {
    let said = told(form);
    assert_eq!(said.len(), 1, "{form}: {said:#?}");
    assert!(said[0].starts_with(&format!("J073@{place} 様式.jigyo ")), "{form}: {said:?}");
    for word in words {
        assert!(said[0].contains(word), "{form}: {word} is not in {said:?}");
    }
}

#[test]
fn a_field_of_the_language_keeps_its_kind() {
    for (row, right) in [
        ("区分｜数", "「区分｜選択：Ａ、Ｂ」か「区分｜なし」"),
        ("区分｜文字", "「区分｜選択：Ａ、Ｂ」"),
        ("担当｜文字", "「担当｜課」か「担当｜なし」"),
        ("よみ｜年度", "「よみ｜文字」"),
        ("図｜金額", "「図｜文字」"),
    ] {
        let at = row.split('｜').next().unwrap().chars().count() + 2;
        is_told_once(&format!("{row}\n{PURPOSE}"), &format!("5:{at}"), &["決まった働きをする項目", right]);
    }
    for row in
        ["区分｜選択：新規、継続（標準）", "担当｜課｜必須｜所属", "よみ｜文字｜印刷しない", "図｜選択：あり、なし"]
    {
        assert_eq!(told(&format!("{row}\n{PURPOSE}")), Vec::<String>::new(), "{row}");
    }
    let form = format!("【様式】成果\n題名の年度：問わない\n【項目】\n事業費｜数\n{PURPOSE}");
    let disk = report("", "事業費：120\n【目的】\n道を直す。\n").with("様式.jigyo", form);
    let said = said(&check(&disk).unwrap());
    assert!(said.len() == 1 && said[0].starts_with("J073@4:5") && said[0].contains("「事業費｜金額」"), "{said:#?}");
}

#[test]
fn another_name_names_one_row() {
    let fields = |rows: &str| format!("{rows}\n{PURPOSE}");
    is_told_once(&fields("所在｜文字｜｜場所\n会場｜文字｜｜場所"), "6:8", &["別名「場所」が2つの項目にあります"]);
    is_told_once(&fields("所在｜文字｜｜会場\n会場｜文字"), "5:8", &["別名「会場」は、別の項目の名前です"]);
    is_told_once(&fields("所属名｜文字｜｜担当"), "5:9", &["決まった働きをする項目の名前"]);
    let sections = |rows: &str| format!("{PURPOSE}{rows}\n");
    is_told_once(&sections("経過｜文章｜｜動き\n結果｜文章｜｜動き"), "8:8", &["別名「動き」が2つの見出し"]);
    is_told_once(&sections("経過｜文章｜｜結果\n結果｜文章"), "7:8", &["別の見出しの名前です"]);
    is_told_once(&sections("経過｜文章｜｜メモ"), "7:8", &["決まった働きをする見出しの名前"]);
    for silent in [
        fields("所在｜文字｜｜場所、所在地\n会場｜文字｜｜開催地\n担当｜課｜必須｜担当課"),
        sections("経過｜文章｜｜動き、経過\n結果｜文章｜｜成果"),
        // A field and a section may share one.
        format!("所在｜文字｜｜場所\n{PURPOSE}会場｜文章｜｜場所\n"),
    ] {
        assert_eq!(told(&silent), Vec::<String>::new(), "{silent}");
    }
}

#[test]
fn a_role_is_that_of_one_section() {
    let form = format!("{PURPOSE}背景｜文章｜事業概要として\n");
    is_told_once(&form, "7:7", &["「事業概要として」が2つの見出しにあります"]);
    let form = format!("{PURPOSE}経過｜文章｜事業実績として\n結果｜文章｜何度でも、事業実績として\n");
    is_told_once(&form, "8:12", &["「事業実績として」が2つ"]);
    let form = "【見出し】\n目的｜文章｜必須、事業概要として、事業実績として\n";
    is_told_once(form, "6:18", &["役目は1つ"]);
    let form = format!("{PURPOSE}活動の数｜表｜指標として\n成果の数｜表｜指標として\n");
    assert!(told(&form).iter().all(|said| !said.starts_with("J073")), "{:?}", told(&form));
}

#[test]
fn a_column_of_the_list_stands_once_and_without_a_mark() {
    let list = |rows: &str| format!("場所｜文字\n{PURPOSE}【一覧】一覧\n事業名\n{rows}\n");
    is_told_once(&list("場所\n担当\n場所"), "12:1", &["一覧の列「場所」が2回"]);
    is_told_once(&list("担当｜係\n担当課｜係"), "11:1", &["一覧の列「担当課」が2回"]);
    // Under another head it is a column of its own.
    assert_eq!(told(&list("場所\n担当\n場所｜会場")), Vec::<String>::new());
    is_told_once(&list("・場所\n・担当"), "10:1", &["要らない印", "ほかに同じ行が1行"]);
    is_told_once(&list("担当\n場所\n・担当"), "12:1", &["要らない印"]);
    is_told_once(&format!("・場所｜文字\n{PURPOSE}"), "5:1", &["「場所」から書いて"]);
    assert_eq!(told(&list("場所｜会場・所在\n担当")), Vec::<String>::new());
}

#[test]
fn a_criterion_without_a_column_of_the_wide_form_is_told() {
    let form = |list: &str, hidden: &str| {
        let head = "【様式】成果\n題名の年度：問わない\n一覧の形：表\n【項目】\n事業費｜なし\n担当｜課｜印刷しない\n";
        format!(
            "{head}{PURPOSE}点検｜評価{hidden}\n【評価】点検\n公平さ｜◎、○\n速さ｜◎、○\n【一覧】一覧\n事業名\n目的\n{list}"
        )
    };
    let program = "【目的】\n道を直す。\n【点検】\n公平さ｜◎\n速さ｜○｜急いだ。\n";
    let told = |form: String| said(&check(&report("", program).with("様式.jigyo", form)).unwrap());
    let said = told(form("公平さ\n", ""));
    assert_eq!(said.len(), 1, "{said:#?}");
    assert!(said[0].starts_with("J073@12:1 様式.jigyo 観点「速さ」は【一覧】の列にない"), "{said:?}");
    // All of them are the section itself.
    let said = told(form("", ""));
    assert!(said.len() == 1 && said[0].contains("見出し「点検」は【一覧】の列にない"), "{said:#?}");
    assert_eq!(told(form("公平さ\n速さ\n", "")), Vec::<String>::new());
    assert_eq!(told(form("公平さ\n", "｜印刷しない")), Vec::<String>::new());
}
