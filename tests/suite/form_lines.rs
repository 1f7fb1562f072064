//! Lines of a 【様式】, each in a small form in memory: what an officer or the coordinating office writes, and what is said of it.

use jigyo::load::Memory;
use jigyo::model::SectionContent;
use jigyo::pipeline::{Checked, check};

use crate::tools::found;

/// A report whose form has, besides a section of prose, `form`, and whose one program has `program`.
pub(crate) fn report(form: &str, program: &str) -> Memory {
    let head = "【報告書】成果\n年度：令和6年度\n発行：見本市\n発行日：令和7年9月1日\n";
    let form = format!("【様式】成果\n題名の年度：問わない\n【項目】\n事業費｜なし\n{form}");
    let program = format!("【事業】甲\n担当：企画課\n{program}");
    Memory::new()
        .with("報告書.jigyo", head)
        .with("様式.jigyo", form)
        .with("1/章.jigyo", "【章】道\n")
        .with("1/甲.jigyo", program)
}

/// Messages with their help, and where they stand.
pub(crate) fn said(checked: &Checked) -> Vec<String> {
    let text = checked.diagnostics.iter().map(|said| {
        let help: String = said.help.iter().map(|help| format!(" {help}")).collect();
        format!("{}{help}", said.message)
    });
    found(checked).into_iter().zip(text).map(|(place, text)| format!("{place} {text}")).collect()
}

const CHOICES: &str = "実施方法｜選択：①直営、②委託、１０　その他
【見出し】
目的｜文章｜必須、事業概要として
評価｜選択：◎：計画以上、○：計画どおり、△、×
";

/// The choice of 【評価】 and the field 実施方法, as the form has them, and what was said.
fn chosen(field: &str, section: &str) -> (Vec<String>, Vec<String>) {
    let program = format!("実施方法：{field}\n【目的】\n道を直す。\n{section}\n");
    let checked = check(&report(CHOICES, &program)).unwrap();
    let (_, program) = checked.report.printed_programs().next().unwrap();
    let choices = program.contents().filter_map(|(_, content)| match content {
        SectionContent::Choice(chosen) => chosen.choice.clone(),
        SectionContent::Prose(_)
        | SectionContent::Tables(_)
        | SectionContent::Cases(_)
        | SectionContent::Photos(_)
        | SectionContent::Grades(_) => None,
    });
    let fields = program.fields.iter().map(|field| format!("{:?}", field.meaning));
    (choices.chain(fields).collect(), said(&checked))
}

#[test]
fn a_choice_may_begin_with_a_mark_of_prose() {
    for (typed, expected) in [
        ("【評価】◎", "◎：計画以上"),
        ("【評価】\n◎\nよくできた。", "◎：計画以上"),
        ("【評価】\n◎：計画以上", "◎：計画以上"),
        ("【評価】〇", "○：計画どおり"),
        ("【評価】\n　◯\nよい。", "○：計画どおり"),
        ("【評価】計画どおり", "○：計画どおり"),
        ("【評価】\n\n△", "△"),
        ("【評価】×", "×"),
    ] {
        let (choices, said) = chosen("直営", typed);
        assert_eq!(said, Vec::<String>::new(), "{typed}");
        assert_eq!(choices.first().map(String::as_str), Some(expected), "{typed}");
    }
    let (_, said) = chosen("直営", "【評価】\n■よい");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("J018@7:1 1/甲.jigyo 【評価】の「■よい」は"), "{said:?}");
}

#[test]
fn choices_of_every_mark_can_be_chosen_by_it() {
    for mark in ["◎", "①", "（１）", "１．", "ア　", "・", "※", "＋", "○"] {
        let form = format!("【見出し】\n目的｜文章｜必須、事業概要として\n方向｜選択：{mark}拡充、縮小\n");
        let marked = format!("{mark}拡充");
        let alone: Vec<&str> = if ["・", "※", "＋"].contains(&mark) { vec![&marked] } else { vec![&marked, mark] };
        for typed in alone {
            for heading in ["【方向】", "【方向】\n"] {
                let checked =
                    check(&report(&form, &format!("【目的】\n道を直す。\n{heading}{typed}\n説明。\n"))).unwrap();
                assert_eq!(said(&checked), Vec::<String>::new(), "{heading}{typed}");
            }
        }
    }
}

#[test]
fn a_field_takes_the_mark_or_the_words_of_a_choice() {
    for (typed, expected) in
        [("①", "①直営"), ("委託", "②委託"), ("2", "②委託"), ("１０", "１０　その他"), ("10 その他", "１０　その他")]
    {
        let (choices, said) = chosen(typed, "【評価】△");
        assert_eq!(said, Vec::<String>::new(), "{typed}");
        assert_eq!(choices[1], format!("Choice({expected:?})"), "{typed}");
    }
    let (_, said) = chosen("③", "【評価】△");
    assert!(said.len() == 1 && said[0].contains("①直営・②委託・１０　その他 のどれか"), "{said:?}");
}

/// Lines under 【見出し】 and below it, and what is said of them: where, what with the help, and nothing else.
fn told(form: &str, program: &str) -> Vec<String> {
    let checked = check(&report(form, &format!("【目的】\n道を直す。\n{program}"))).unwrap();
    said(&checked)
}

fn is_told_once(form: &str, program: &str, place: &str, words: &[&str]) {
    let said = told(form, program);
    assert_eq!(said.len(), 1, "{form}: {said:#?}");
    assert!(said[0].starts_with(&format!("J073@{place} 様式.jigyo ")), "{form}: {said:?}");
    for word in words {
        assert!(said[0].contains(word), "{form}: {word} is not in {said:?}");
    }
}

pub(crate) const PURPOSE: &str = "【見出し】\n目的｜文章｜必須、事業概要として\n";

#[test]
fn one_choice_that_was_meant_as_several_is_told_and_read_as_several() {
    let graded = |row: &str| format!("{PURPOSE}評価｜評価\n【評価】評価\n有効性｜Ａ、Ｂ\n{row}\n");
    let program = "【評価】\n有効性｜Ａ\n必要性｜Ｂ\n";
    for row in ["必要性｜Ａ・Ｂ・Ｃ", "必要性｜Ａ～Ｃ", "必要性｜Ａ／Ｂ／Ｃ"] {
        is_told_once(&graded(row), program, "10:5", &["1つしかありません。「、」で区切って", "「必要性｜Ａ、Ｂ、Ｃ」"]);
    }
    is_told_once(&graded("必要性｜選択：Ａ、Ｂ、Ｃ"), program, "10:5", &["「必要性｜Ａ、Ｂ、Ｃ」"]);
    let program = "【評価】\n有効性｜Ａ\n必要性｜よい。\n";
    is_told_once(&graded("必要性｜文章"), program, "10:5", &["【見出し】に「必要性｜文章」"]);
    let form = format!("{PURPOSE}方向｜選択：拡充／縮小\n");
    is_told_once(&form, "【方向】拡充\n", "7:7", &["「選択：拡充、縮小」"]);
    let field = format!("方法｜選択：直営・委託\n{PURPOSE}");
    let said = said(&check(&report(&field, "方法：委託\n【目的】\n道を直す。\n")).unwrap());
    assert!(said.len() == 1 && said[0].starts_with("J073@5:7"), "{said:?}");
}

#[test]
fn commas_of_every_width_part_choices() {
    for choices in ["A,B,C", "Ａ，Ｂ，Ｃ", "Ａ、 Ｂ、Ｃ"] {
        let form = format!("{PURPOSE}評価｜評価\n【評価】評価\n必要性｜{choices}\n");
        assert_eq!(told(&form, "【評価】\n必要性｜Ｂ\n"), Vec::<String>::new(), "{choices}");
    }
    let form = format!("{PURPOSE}規模｜選択：1,000円未満、1,000円以上\n");
    assert_eq!(told(&form, "【規模】1,000円以上\n"), Vec::<String>::new());
}

#[test]
fn a_setting_of_a_table_without_a_value_is_told_and_the_programs_are_quiet() {
    let table = |lines: &str| format!("{PURPOSE}財源｜表\n【表】財源\n値：金額\n列：予算額、決算額\n{lines}\n");
    let rows = "【財源】\n国｜100｜90\n市｜200｜180\n";
    for name in ["計", "金額の列", "文字の行", "年度", "列", "前の列", "後の列", "行", "値", "向き", "事業費"]
    {
        let said = told(&table(&format!("{name}：")), rows);
        assert_eq!(said.len(), 1, "{name}: {said:#?}");
        assert!(said[0].starts_with("J073@11:1 "), "{name}: {said:?}");
        assert!(said[0].contains(&format!("「{name}：」の後に何も")), "{said:?}");
    }
}

#[test]
fn a_forgotten_heading_of_a_table_is_told_once() {
    let form = format!(
        "{PURPOSE}財源｜表\n支出先｜表\n【表】財源\n値：金額\n列：予算額、決算額\n計：合計\n列：支出額\n前の列：業務\n"
    );
    let program = "【財源】\n国｜100｜90\n市｜200｜180\n【支出先】\n見本商会｜運営｜80\n";
    is_told_once(
        &form,
        program,
        "13:1",
        &["「列：」が2回", "「【表】支出先」の行が抜けて", "「【表】支出先」と書いて"],
    );
    // A list that goes on in the next line is one list.
    let form = format!("{PURPOSE}財源｜表\n支出先｜表\n【表】財源\n値：金額\n列：予算額\n列：決算額\n計：合計\n");
    assert_eq!(
        told(&form, "【財源】\n国｜100｜90\n【支出先】\n見本商会への委託料｜80千円｜90千円\n"),
        Vec::<String>::new()
    );
}

#[test]
fn a_remark_may_stand_at_the_end_of_a_line() {
    let form = "章の番号：第1章　※章は1段\n【見出し】　※順に印刷\n目的｜文章｜必須、事業概要として　※何のためか\n財源｜表 ※款の順\n【表】財源　※決算書から\n値：金額 ※千円\n列：予算額、決算額\n行：国、市　※款の順\n";
    let program = "【目的】\n道を直す。\n【財源】\n国｜100｜90\n市｜200｜180\n";
    let form = format!(
        "【様式】成果\n題名の年度：問わない　※\n{}",
        form.replace("【見出し】", "【項目】\n事業費｜なし　※表にない\n【見出し】")
    );
    let checked = check(&report("", program).with("様式.jigyo", form.replace("　※\n", "\n"))).unwrap();
    assert_eq!(said(&checked), Vec::<String>::new());
}

#[test]
fn one_cause_is_one_message() {
    let table = |lines: &str| format!("{PURPOSE}財源｜表\n【表】財源\n{lines}\n");
    let rows = "【財源】\n国｜100｜90\n市｜200｜180\n";
    is_told_once(&table("値：あ\n列：予算額、決算額"), rows, "9:1", &["値「あ」"]);
    // Brackets around the name of a row
    let form = "【見出し】\n【目的】｜文章｜必須、事業概要として\n";
    is_told_once(form, "", "6:1", &["「目的｜文章｜必須、事業概要として」と書いて"]);
    let form = format!("{PURPOSE}【評価】｜選択：Ａ、Ｂ\n");
    is_told_once(&form, "【評価】Ａ\n", "7:1", &["「評価｜選択：Ａ、Ｂ」"]);
    // 、 for ｜
    for (row, right) in [
        ("予算額・執行額、表、必須｜文章", "「予算額・執行額｜表｜必須」"),
        ("予算額・執行額、表、必須", "「予算額・執行額｜表｜必須」"),
        ("予算額・執行額｜表、必須", "「予算額・執行額｜表｜必須」"),
        ("予算額・執行額、表｜必須、何度でも", "「予算額・執行額｜表｜必須、何度でも」"),
    ] {
        let form = format!("{PURPOSE}{row}\n");
        is_told_once(&form, "【予算額・執行額】\n国の補助｜100件｜90件\n", "7:1", &[right]);
    }
    let form = format!("{PURPOSE}方向、選択：拡充、縮小\n");
    is_told_once(&form, "【方向】拡充\n", "7:1", &["「方向｜選択：拡充、縮小」"]);
    let field = format!("期間、期間、必須\n{PURPOSE}");
    let said = said(&check(&report(&field, "期間：R2～R6\n【目的】\n道を直す。\n")).unwrap());
    assert!(said.len() == 1 && said[0].contains("「期間｜期間｜必須」"), "{said:?}");
}

#[test]
fn a_misspelt_or_forgotten_heading_of_a_form_is_told_once() {
    for (typed, right) in [("【見だし】", "【見出し】"), ("【みだし】", "【見出し】")] {
        let form = PURPOSE.replace("【見出し】", typed);
        is_told_once(&form, "", "5:1", &[right]);
    }
    let list = format!("{PURPOSE}【一らん】一覧\n事業名\n掲載頁\n");
    is_told_once(&list, "", "7:1", &["【一覧】"]);
    let table = format!(
        "{PURPOSE}財源｜表\n評価｜評価\n【財源】\n値：金額\n列：予算額、決算額\n【評価】評価\n必要性｜Ａ、Ｂ\n"
    );
    is_told_once(&table, "【財源】\n国｜100｜90\n【評価】\n必要性｜Ａ\n", "9:1", &["「【表】財源」"]);
    is_told_once(&PURPOSE.replace("【見出し】\n", ""), "", "5:1", &["【見出し】の行がありません"]);
    let head = "【様式】成果\n題名の年度：問わない\n";
    let without = |form: &str| {
        let program = "番号：1\n場所：町\n【目的】\n道を直す。\n";
        said(&check(&report("", program).with("様式.jigyo", format!("{head}{form}"))).unwrap())
    };
    let fields = "事業費｜なし\n番号｜番号\n場所｜文字\n";
    let said = without(&format!("{fields}{PURPOSE}"));
    assert!(said.len() == 1 && said[0].starts_with("J073@3:1") && said[0].contains("【項目】"), "{said:#?}");
    let said = without(&format!("{fields}{}", PURPOSE.replace("【見出し】\n", "")));
    assert!(said.len() == 2 && said[1].starts_with("J073@6:1") && said[1].contains("【見出し】"), "{said:#?}");
}

#[test]
fn an_amount_that_is_typed_and_computed_is_told_at_its_row() {
    let form = "【様式】成果\n題名の年度：問わない\n【項目】\n担当｜課\n事業費｜金額｜必須\n".to_string()
        + &format!("{PURPOSE}財源｜表\n【表】財源\n値：金額\n列：決算額\n行：国、市\n計：計\n事業費：計の決算額\n");
    let program = "【目的】\n道を直す。\n【財源】\n国｜1\n市｜2\n";
    let said = said(&check(&report("", program).with("様式.jigyo", form)).unwrap());
    assert!(said.len() == 1 && said[0].starts_with("J073@5:1"), "{said:?}");
}

#[test]
fn what_a_list_may_name_is_said_whole() {
    let form = |row: &str| {
        format!(
            "{PURPOSE}財源｜表\n方向｜選択：拡充、縮小\n評価｜評価\n【評価】評価\n必要性｜Ａ、Ｂ\n【表】財源\n値：金額\n年度：前年度、当年度\n列：予算額、決算額\n行：国、市\n【一覧】一覧\n事業名\n{row}\n"
        )
    };
    let program = "【財源】\n国｜1｜1｜1｜1\n市｜1｜1｜2｜2\n【評価】\n必要性｜Ａ\n【方向】拡充\n";
    let words = ["No.・事業名・新規・区分・担当・掲載頁・方向・必要性 です", "「当年度の国の決算額」"];
    is_told_once(&form("事業所"), program, "19:1", &words);
    is_told_once(&form("国の当年度の予算額"), program, "19:1", &["順が違います", "「当年度の国の予算額」と書いて"]);
    assert_eq!(told(&form("当年度の国の予算額"), program), Vec::<String>::new());
}

#[test]
fn a_number_of_the_office_is_a_column_of_its_list() {
    let form = "一覧の形：表\n【項目】\n事業費｜なし\nNo.｜文字\n担当｜課｜印刷しない\n".to_string()
        + PURPOSE
        + "【一覧】一覧\nNo.\n目的\n";
    let form = format!("【様式】成果\n題名の年度：問わない\n{form}");
    let checked = check(&report("", "No.：12\n【目的】\n道を直す。\n").with("様式.jigyo", form)).unwrap();
    assert_eq!(said(&checked), Vec::<String>::new());
    assert!(matches!(checked.report.form.list.columns[0].what, jigyo::form::ColumnSource::Field(_)));
}

#[test]
fn chapters_may_have_no_numbers() {
    let form = format!("【様式】成果\n題名の年度：問わない\n章の番号：なし\n【項目】\n事業費｜なし\n{PURPOSE}");
    for template in ["official", "plain"] {
        let disk = report("", "【目的】\n橋を直す。\n").with("様式.jigyo", form.clone());
        let mut checked = check(&disk).unwrap();
        assert_eq!(said(&checked), Vec::<String>::new());
        let template = jigyo::typeset::Template::built_in(template).unwrap();
        let built = jigyo::pipeline::build(&mut checked, template, jigyo::pipeline::BuildOptions::default());
        let Some(pages) = crate::tools::pages_of(&built.unwrap().pdf) else { return };
        assert!(!pages.concat().contains('①'), "{pages:?}");
    }
}

#[test]
fn words_in_the_wrong_cell_of_a_row_are_told_and_read_where_they_belong() {
    // Under 【項目】: the program is read by what was meant.
    for (row, right) in [
        ("連絡先｜文字｜必須｜印刷しない", "連絡先｜文字｜必須、印刷しない"),
        ("連絡先｜文字｜｜印刷しない", "連絡先｜文字｜印刷しない"),
        ("連絡先｜印刷しない｜文字", "連絡先｜文字｜印刷しない"),
    ] {
        let checked = check(&report(&format!("{row}\n{PURPOSE}"), "連絡先：017-1\n【目的】\n道を直す。\n")).unwrap();
        let said = said(&checked);
        assert!(
            said.len() == 1 && said[0].starts_with("J073@5:1 様式.jigyo ") && said[0].contains(right),
            "{row}: {said:?}"
        );
        let field = checked.report.form.fields.iter().find(|field| field.name.name() == "連絡先").unwrap();
        assert!(!field.is_printed && field.others.is_empty(), "{row}");
    }
    let said = |row: &str, program: &str| {
        said(&check(&report(&format!("{row}\n{PURPOSE}"), &format!("{program}\n【目的】\n道を直す。\n"))).unwrap())
    };
    let found = said("方法｜選択｜直営、委託、必須", "方法：委託");
    assert!(found.len() == 1 && found[0].contains("「方法｜選択：直営、委託｜必須」"), "{found:?}");
    let found = said("方法｜選択：直営　委託", "方法：委託");
    assert!(found.len() == 1 && found[0].contains("「選択：直営、委託」"), "{found:?}");
    let found = said("根拠｜文字：地方自治法", "根拠：道路法");
    assert!(found.len() == 1 && found[0].contains("「文字」とだけ"), "{found:?}");
    let found = said("｜文字", "");
    assert!(found.len() == 1 && found[0].starts_with("J073@5:"), "{found:?}");
    is_told_once(
        &format!("{PURPOSE}方向｜選択｜拡充、現状維持、縮小、廃止\n"),
        "【方向】縮小\n",
        "7:1",
        &["「方向｜選択：拡充、現状維持、縮小、廃止」"],
    );
    is_told_once(&format!("{PURPOSE}課題｜必須｜文章\n"), "【課題】\nある。\n", "7:1", &["「課題｜文章｜必須」"]);
}

#[test]
fn settings_without_their_colon_and_years_by_number_are_one_message() {
    let form = |lines: &str| format!("{PURPOSE}数｜表\n【表】数\n{lines}\n");
    for (lines, program) in [
        ("年度　前々年度～当年度", "【数】\n参加者数｜1名｜2名｜3名\n"),
        ("値　金額\n列：予算額、決算額", "【数】\n国費｜100｜90\n"),
    ] {
        is_told_once(&form(lines), program, "9:1", &["「：」がありません"]);
    }
    let years = "年度：令和4年度、令和5年度、令和6年度";
    is_told_once(&form(years), "【数】\n参加者数｜1名｜2名｜3名\n", "9:4", &["「前々年度～当年度」"]);
    let unused = "年度：前年度（目標、実績）、当年度（目標、実績）\n列：目標、実績、達成率＝実績÷目標";
    is_told_once(
        &form(unused),
        "【数】\n参加者数｜1名｜2名｜3名｜4名\n",
        "10:1",
        &["列「達成率」", "当年度（目標、実績、達成率）"],
    );
    let per_head = "値：金額\n列：事業費、利用者数（人）、1人当たり＝事業費÷利用者数（人）";
    let per_head = per_head.trim_end_matches("（人）");
    is_told_once(&form(per_head), "【数】\n講座｜100｜20\n", "10:21", &["（円）"]);
}
