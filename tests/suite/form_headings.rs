//! Headings of a 【様式】 that were forgotten, or have no name: told once, and read as if they stood there.

use jigyo::load::Memory;
use jigyo::pipeline::check;

use crate::form_lines::said;

/// A form with every heading.
pub(crate) const FORM: &str = "【様式】町の仕事
題名の年度：問わない

【項目】
整理番号｜番号｜必須
担当｜課｜必須

【見出し】
ねらい｜文章｜必須、事業概要として
収支｜表
利用の状況｜表
点検｜評価

【表】収支
値：金額
列：当初、決算
行：国費、町費
計：総計
事業費：総計の決算

【表】利用の状況
前の列：数え方
年度：前年度、当年度

【評価】点検
公平さ｜◎、○、△
速さ｜◎、○、△

【一覧】仕事の一覧
整理番号
事業名
総計の当初｜当初予算
事業費｜決算
速さ｜評価
掲載頁
";

pub(crate) const PROGRAM: &str = "【事業】橋の修繕
整理番号：0012
担当：建設課
【ねらい】
橋を長く使う。
【収支】
国費｜100｜90
町費｜50｜40
【利用の状況】
渡った人の数｜7月に数えた｜300人｜310人
【点検】
公平さ｜◎｜どの地区の橋も直した。
速さ｜○
";

pub(crate) fn told(form: &str) -> Vec<String> {
    told_with(form, PROGRAM)
}

/// The messages of a report with that form and program.
pub(crate) fn told_with(form: &str, program: &str) -> Vec<String> {
    let disk = Memory::new()
        .with("報告書.jigyo", "【報告書】\n年度：令和6年度\n発行：見本町\n発行日：令和7年9月1日\n")
        .with("様式.jigyo", form)
        .with("1/章.jigyo", "【章】道\n")
        .with("1/橋の修繕.jigyo", program);
    said(&check(&disk).unwrap())
}

fn is_told_once(form: &str, line: usize, words: &[&str]) {
    let said = told(form);
    assert_eq!(said.len(), 1, "{form}: {said:#?}");
    assert!(said[0].starts_with(&format!("J073@{line}:1 様式.jigyo ")), "{form}: {said:?}");
    for word in words {
        assert!(said[0].contains(word), "{word} is not in {said:?}");
    }
}

/// The line of the first text behind a place.
fn line_of(text: &str, at: usize) -> usize {
    let behind = &text[at..];
    let blank = behind.len() - behind.trim_start().len();
    text[..at + blank].lines().count() + usize::from(text[..at + blank].ends_with('\n') || at + blank == 0)
}

#[test]
fn a_forgotten_heading_is_told_above_the_row_that_follows() {
    assert_eq!(told(FORM), Vec::<String>::new());
    for (heading, typed) in [
        ("【項目】\n", "「【項目】」"),
        ("【表】収支\n", "「【表】収支」"),
        ("【表】利用の状況\n", "「【表】利用の状況」"),
        ("【評価】点検\n", "「【評価】点検」"),
        ("【一覧】仕事の一覧\n", "「【一覧】"),
    ] {
        let at = FORM.find(heading).unwrap();
        let form = FORM.replace(heading, "");
        is_told_once(&form, line_of(&form, at), &[typed, "の行がありません"]);
    }
    is_told_once(&FORM.replace("【見出し】\n", ""), 8, &["「【見出し】」"]);
}

#[test]
fn a_heading_forgotten_elsewhere_than_at_the_end_is_told_too() {
    let parts: Vec<&str> = FORM.split("\n\n").collect();
    let [head, fields, sections, money, use_of, grades, list] = parts.as_slice() else { panic!("{parts:?}") };
    let bare = |part: &str| part.lines().skip(1).collect::<Vec<_>>().join("\n");
    for (order, moved, typed) in [
        // Tables under 【項目】, grades under 【見出し】, rows of 【見出し】 under 【評価】, a table under 【一覧】
        (vec![*head, fields, &bare(money), sections, use_of, grades, list], money, "「【表】収支」"),
        (vec![*head, fields, sections, &bare(grades), money, use_of, list], grades, "「【評価】点検」"),
        (vec![*head, fields, grades, &bare(sections), money, use_of, list], sections, "「【見出し】」"),
        (vec![*head, fields, sections, money, grades, list, &bare(use_of)], use_of, "「【表】利用の状況」"),
        (vec![*head, fields, sections, money, use_of, list, &bare(grades)], grades, "「【評価】点検」"),
    ] {
        let form = order.join("\n\n") + "\n";
        let at = form.find(&bare(moved)).unwrap();
        is_told_once(&form, line_of(&form, at), &[typed]);
    }
}

#[test]
fn rows_of_programs_below_the_fields_of_chapters_are_told_once() {
    let bare = FORM.replace("【見出し】\n", "").replace("ねらい｜文章", "【章の項目】\n所管｜文字\n\nねらい｜文章");
    is_told_once(&bare, 11, &["「ねらい」の行の上に「【見出し】」"]);
}

#[test]
fn names_in_a_line_below_a_list_are_asked_about() {
    let said = |rows: &str| told(&FORM.replace("行：国費、町費", rows));
    let lists = "行：国費、町費\n借入れ、寄附";
    let said_of_list = said(lists);
    let asked = said_of_list.iter().find(|said| said.starts_with("J073@18:1")).unwrap();
    assert!(asked.contains("「借入れ、寄附」") && asked.contains("1行に1つずつ"), "{asked}");
    for quiet in ["行：国費、町費、\n借入れ、寄附", "行：国費\n町費\n借入れ、寄附", "行：国費、町費\n借入れ（県、国）"]
    {
        assert!(!said(quiet).iter().any(|said| said.starts_with("J073")), "{quiet}");
    }
}

#[test]
fn signs_and_brackets_of_a_table_are_told_once() {
    let line = |from: &str, to: &str, line: usize, words: &[&str]| is_told_once(&FORM.replace(from, to), line, words);
    line("行：国費、町費", "行：国費、町費\n向き　横", 18, &["「向き：横」"]);
    line("前の列：数え方\n年度：前年度、当年度", "年度：前年度、当年度\n前の列｜数え方", 23, &["「前の列：数え方」"]);
    line("列：当初、決算\n", "列：当初、決算、残：当初－決算\n", 16, &["「残＝当初－決算」"]);
    line("列：当初、決算\n", "列：当初、決算（円\n", 16, &["「）」が足りません"]);
    line("年度：前年度、当年度", "年度：前年度（見込、当年度（実数）", 23, &["「年度：」の「）」が足りません"]);
    for sign in ["・", "／", "", "　"] {
        let years = format!("年度：前年度（実数）{sign}当年度（実数）");
        line("年度：前年度、当年度", &years, 23, &["「年度：前年度（実数）、当年度（実数）」"]);
    }
    let said = told(&FORM.replace("列：当初、決算\n", "列：当初、決算、割合＝決算÷当初（少数1桁）\n"));
    assert!(said.len() == 1 && said[0].starts_with("J073@16:"), "{said:?}");
    assert!(said[0].contains("「（少数1桁）」が読めません") && said[0].contains("（小数1桁）"), "{said:?}");
}

#[test]
fn the_amount_of_a_program_is_a_cell_of_amounts() {
    let rate = FORM.replace("列：当初、決算\n", "列：当初、決算、割合＝決算÷当初\n");
    let rate = rate.replace("事業費：総計の決算", "事業費：総計の割合");
    is_told_once(&rate, 19, &["金額の欄ではありません", "「事業費：総計の決算」"]);
    let total = "総計の当初｜当初予算\n";
    is_told_once(&FORM.replace("値：金額\n", "").replace(total, ""), 18, &["「値：金額」の行を加えて"]);
}

#[test]
fn a_form_without_its_first_line_is_a_form() {
    for first in ["", "様式：町の仕事\n", "［様式］町の仕事\n"] {
        let form = FORM.replace("【様式】町の仕事\n", first);
        is_told_once(&form, 1, &["1行目に【様式】がありません", "「【様式】"]);
    }
    let form = FORM.replace("【様式】町の仕事\n題名の年度：問わない\n\n", "");
    is_told_once(&form, 1, &["1行目に【様式】がありません"]);
    let said = told(&FORM.replace("【様式】", "【様弐】"));
    assert!(said.len() == 1 && said[0].contains("【様式】の誤り"), "{said:#?}");
}

#[test]
fn a_declaration_without_its_name_is_that_of_the_one_that_waits() {
    for (name, line) in [("【表】収支", 14), ("【表】利用の状況", 21), ("【評価】点検", 25)] {
        let bare = &name[..name.find('】').unwrap() + '】'.len_utf8()];
        is_told_once(&FORM.replace(name, bare), line, &["の後に名前がありません", &format!("「{name}」と書いて")]);
    }
    // Which of two it is nobody can tell; the programs are not asked.
    let both = FORM.replace("【表】収支", "【表】").replace("【表】利用の状況", "【表】");
    let said = told(&both);
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].contains("「【表】収支」か「【表】利用の状況」"), "{said:?}");
}

#[test]
fn lines_that_only_look_like_those_of_another_heading_are_silent() {
    let form = |from: &str, to: &str| told(&FORM.replace(from, to));
    // The rest of a list of rows; a section and a criterion that bear the words of a table; a list whose heads name kinds
    assert_eq!(form("行：国費、町費", "行：\n国費\n町費"), Vec::<String>::new());
    assert_eq!(form("点検｜評価\n", "点検｜評価\n計｜文章\n行｜文章\n値｜選択：高い、低い\n"), Vec::<String>::new());
    assert_eq!(form("整理番号｜番号｜必須\n", "整理番号｜番号｜必須\n年度｜年度\n列｜文字\n"), Vec::<String>::new());
    assert_eq!(form("速さ｜評価\n", "速さ｜文章\n"), Vec::<String>::new());
    // A blank line inside a table, and a table whose columns the programs make
    assert_eq!(form("計：総計\n", "\n計：総計\n"), Vec::<String>::new());
    let open = FORM.replace("【表】利用の状況\n前の列：数え方\n年度：前年度、当年度\n\n", "");
    let said = told(&open.replace("値：金額\n列", "値：金額\n\n列"));
    assert!(said.iter().all(|said| !said.starts_with("J073")), "{said:#?}");
    let list = &FORM[FORM.find("【一覧】").unwrap()..];
    let said = told(&FORM.replace(list, "").replace("行：国費、町費", "行：国費\n町費"));
    assert_eq!(said, Vec::<String>::new());
}

/// A row with another sign than ｜, and the row that was meant.
#[test]
fn another_sign_than_a_bar_is_told_once_and_read_as_meant() {
    let right = "整理番号｜番号｜必須";
    for typed in [
        "整理番号：番号：必須",
        "整理番号　番号　必須",
        "整理番号 番号 必須",
        "整理番号・番号・必須",
        "整理番号、番号、必須",
        "整理番号：番号｜必須",
        "整理番号｜番号　必須",
        "整理番号｜番号：必須",
    ] {
        is_told_once(&FORM.replace(right, typed), 5, &["「｜」で区切るところが", &format!("「{right}」と書いて")]);
    }
    for (typed, meant) in [
        ("進め方：選択：直営、委託", "「進め方｜選択：直営、委託」"),
        ("進め方　選択：直営、委託", "「進め方｜選択：直営、委託」"),
        ("問合せ　文字", "「問合せ｜文字」"),
        ("工期：期間：単年度", "「工期｜期間：単年度」"),
        ("問合せ　先　文字", "「問合せ　先｜文字」"),
    ] {
        let form = FORM.replace("担当｜課", &format!("{typed}\n担当｜課"));
        is_told_once(&form, 6, &[meant]);
    }
    for (typed, meant) in [
        ("経過：文章：何度でも", "「経過｜文章｜何度でも」"),
        ("経過・課題　文章", "「経過・課題｜文章」"),
        ("見直し：選択：直す、直さない", "「見直し｜選択：直す、直さない」"),
    ] {
        let form = FORM.replace("点検｜評価", &format!("{typed}\n点検｜評価"));
        is_told_once(&form, 12, &[meant]);
    }
    for typed in ["公平さ、◎、○、△", "公平さ：◎、○、△", "公平さ　◎、○、△", "公平さ・◎・○・△", "公平さ｜◎｜○｜△"]
    {
        let form = FORM.replace("公平さ｜◎、○、△", typed);
        is_told_once(&form, 26, &["「公平さ｜◎、○、△」"]);
    }
    for typed in ["何度でも・印刷しない", "何度でも　印刷しない", "何度でも 印刷しない"] {
        let form = FORM.replace("担当｜課｜必須", &format!("担当｜課｜必須\n問合せ｜文字｜{typed}"));
        let said = told(&form);
        assert_eq!(said.len(), 1, "{typed}: {said:#?}");
        assert!(said[0].contains("「何度でも、印刷しない」と書いて"), "{said:?}");
    }
    // Signs inside of names
    for row in ["国・県の補助｜文章", "課題　と　対応｜文章", "計画、実績｜文章", "対象：町民｜文章"]
    {
        let form = FORM.replace("点検｜評価", &format!("{row}\n点検｜評価"));
        assert_eq!(told(&form), Vec::<String>::new(), "{row}");
    }
}

#[test]
fn names_of_a_list_parted_by_another_sign_are_told_once() {
    for (typed, line) in [
        ("行：国費・町費", 17),
        ("行：国費　町費", 17),
        ("行：国費 町費", 17),
        ("行：国費：町費", 17),
        ("行：国費／町費", 17),
        ("行：国費｜町費", 17),
    ] {
        is_told_once(&FORM.replace("行：国費、町費", typed), line, &["「行：国費、町費」と書いて"]);
    }
    let form = FORM.replace("列：当初、決算", "列：当初　決算　比率＝決算÷当初");
    is_told_once(&form, 16, &["「列：当初、決算、比率＝決算÷当初」"]);
    // One name that holds such a sign, a formula with blanks
    let rows = |typed: &str, program: &str| {
        let form = format!("【見出し】\n目的｜文章｜必須、事業概要として\n財源｜表\n【表】財源\n値：金額\n{typed}\n");
        let program = format!("【目的】\n道を直す。\n【財源】\n{program}\n");
        said(&check(&crate::form_lines::report(&form, &program)).unwrap())
    };
    for (typed, program) in [
        ("列：決算額\n行：国・県の支出金", "国・県の支出金｜10"),
        ("列：決算額\n行：\n国・県・市の負担", "国・県・市の負担｜10"),
        ("列：当初 予算\n行：国、市", "国｜10\n市｜10"),
        ("列：予算額、決算額、執行率 ＝ 決算額 ÷ 予算額\n行：国、市", "国｜10｜10\n市｜10｜10"),
        ("列：予算額、決算額\n行：国、県・市\n計：計", "国｜10｜10\n県・市｜10｜10"),
    ] {
        assert_eq!(rows(typed, program), Vec::<String>::new(), "{typed}");
    }
}
