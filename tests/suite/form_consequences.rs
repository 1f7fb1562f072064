//! What follows in programs from a mistake in a 【様式】: the mistake is told, and of the programs only what no form decides.

use crate::form_headings::{FORM, PROGRAM, told, told_with};

/// One message, in that line of the form.
fn is_told_alone(form: &str, line: usize, words: &[&str]) {
    let said = told(form);
    assert_eq!(said.len(), 1, "{form}: {said:#?}");
    assert!(said[0].starts_with(&format!("J073@{line}:")) && said[0].contains(" 様式.jigyo "), "{form}: {said:?}");
    for word in words {
        assert!(said[0].contains(word), "{word} is not in {said:?}");
    }
}

#[test]
fn a_mistake_of_the_form_is_one_message() {
    let change = |from: &str, to: &str, line: usize, words: &[&str]| {
        assert!(FORM.contains(from), "{from}");
        is_told_alone(&FORM.replace(from, to), line, words);
    };
    // A declared section of another kind
    change("収支｜表", "収支｜文章", 10, &["種類は「文章」ですが、【表】収支 があります", "「収支｜表」"]);
    change("点検｜評価", "点検｜表", 12, &["【評価】点検 があります", "「点検｜評価」"]);
    change("点検｜評価", "点検｜選択：高い、低い", 12, &["【評価】点検 があります"]);
    // A row twice, with its role
    let twice = "ねらい｜文章｜必須、事業概要として\n";
    change(twice, &twice.repeat(2), 10, &["見出し「ねらい」が2回"]);
    // Headings without their 】
    change("【表】利用の状況", "【表利用の状況", 21, &["「】」がありません"]);
    change("【評価】点検", "【評価点検", 25, &["「】」がありません"]);
    change("【一覧】仕事の一覧", "【一覧仕事の一覧", 29, &["「】」がありません"]);
    // A criterion that the list and the programs name otherwise
    change("速さ｜◎、○、△", "早さ｜◎、○、△", 34, &["一覧の列「速さ」は分かりません"]);
}

#[test]
fn nothing_is_computed_in_texts_and_sums() {
    let form = FORM.replace("計：総計", "計：総計＝国費＋町費");
    is_told_alone(&form, 18, &["計算のしかたは要りません", "「計：総計」"]);
    for place in ["前の列：数え方", "後の列：備考"] {
        let name = &place[..place.find('：').unwrap()];
        let form = FORM.replace("前の列：数え方", &format!("前の列：数え方\n{name}：伸び＝当年度－前年度"));
        is_told_alone(&form, 23, &["文字の列なので", "「列：」に移して"]);
    }
}

#[test]
fn words_of_a_field_are_parted_by_commas() {
    let period = |words: &str| FORM.replace("担当｜課｜必須", &format!("担当｜課｜必須\n工期｜期間：{words}"));
    is_told_alone(&period("単年度・永年"), 7, &["「期間：単年度、永年」"]);
    assert_eq!(told(&period("単年度、永年")), Vec::<String>::new());
    is_told_alone(&FORM.replace("列：当初、決算", "列：当初　決算"), 16, &["「列：当初、決算」"]);
}

#[test]
fn what_no_form_decides_is_told_beside_its_mistakes() {
    let form = FORM.replace("収支｜表", "収支｜票");
    let program = PROGRAM.replace("橋を長く使う。", "橋を（長く使う。").replace("【点検】", "【検点】");
    let said = told_with(&form, &program);
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said.iter().any(|said| said.starts_with("J042@5:") && said.contains("橋の修繕.jigyo")), "{said:?}");
    // What is kept back is counted.
    let fault = said.iter().find(|said| said.starts_with("J073@10:")).unwrap();
    assert!(fault.contains("直すまで、原稿の見出し・項目・欄についての"), "{fault}");
    // A setting of the page decides nothing of programs.
    let said = told_with(&FORM.replace("題名の年度：問わない", "題名の年度：問わない\n紙：A9縦"), &program);
    assert!(said.iter().any(|said| said.starts_with("J011")), "{said:#?}");
    assert!(said.iter().all(|said| !said.contains("直すまで")), "{said:#?}");
}

#[test]
fn names_of_the_form_are_typed_in_every_width() {
    for (name, typed) in [("SDGs", "ＳＤＧｓ"), ("Ｅ－ｍａｉｌ", "E-mail"), ("ＨＰ（URL）", "HP（ＵＲＬ）")]
    {
        let form = FORM.replace("担当｜課｜必須", &format!("担当｜課｜必須\n{name}｜文字｜必須"));
        let form = form.replace("点検｜評価", &format!("点検｜評価\n{name}の説明｜文章｜必須"));
        let program = PROGRAM.replace("担当：建設課", &format!("担当：建設課\n{typed}：9"));
        let program = format!("{program}\n【{typed}の説明】\n道を守る。\n");
        assert_eq!(told_with(&form, &program), Vec::<String>::new(), "{name}");
    }
}
