//! What is said of tables that a form declares: one cause, one message, and nothing of honest figures.

use jigyo::load::Memory;
use jigyo::pipeline::{Checked, check};

use crate::tools::{folders_in, found, in_memory, root};

/// A report of one program; `table` is the form's declaration of 【数】, `rows` what an officer wrote under it.
pub(crate) fn report(table: &str, rows: &str) -> Checked {
    let without_amount = if table.contains("事業費：") { "" } else { "【項目】\n事業費｜なし\n" };
    let form = format!(
        "【様式】見本の様式\n題名の年度：問わない\n{without_amount}【見出し】\n目的｜文章｜必須、事業概要として\n数｜表\n"
    );
    let disk = Memory::new()
        .with("報告書.jigyo", "【報告書】見本\n年度：令和6年度\n発行：見本市\n発行日：令和7年9月1日\n")
        .with("様式.jigyo", format!("{form}【表】数\n{table}\n"))
        .with("01/章.jigyo", "【章】暮らし\n")
        .with("01/講座.jigyo", format!("【事業】講座\n担当：企画課\n【目的】\n暮らしを支える。\n【数】\n{rows}\n"));
    check(&disk).unwrap()
}

/// Codes with their places in the program's file.
pub(crate) fn said(table: &str, rows: &str) -> Vec<String> {
    found(&report(table, rows)).iter().map(|said| said.split(' ').next().unwrap().to_string()).collect()
}

const BALANCE: &str =
    "値：金額\n列：計画額、決算額、差＝決算額－計画額\n行：収入、・料金、・その他、支出、収支差額＝収入－支出";

#[test]
fn what_follows_from_a_wrong_cell_is_not_told_again() {
    let rows = |income: &str, fee: &str, balance: &str| {
        format!(
            "収入｜{income}｜65,982｜882\n・料金｜{fee}｜65,900｜900\n・その他｜100｜82｜△18\n支出｜65,000｜67,028｜2,028\n収支差額｜{balance}｜△1,046｜△1,146"
        )
    };
    assert_eq!(said(BALANCE, &rows("65,100", "65,000", "100")), Vec::<String>::new());
    assert_eq!(said(BALANCE, &rows("75,100", "65,000", "100")), ["J071@6:4"]);
    assert_eq!(said(BALANCE, &rows("65,100", "65,000", "1,000")), ["J072@10:6"]);
    // A part: the whole and its column of differences both disagree, and only the part can be wrong.
    assert_eq!(said(BALANCE, &rows("65,100", "56,000", "100")), ["J071@7:5"]);
}

#[test]
fn a_cell_that_is_in_two_sums_is_told_at_its_place() {
    let table = "値：金額\n列：国、県、計＝国＋県\n計：合計";
    let rows = |cell: &str| format!("道｜100｜{cell}｜150\n橋｜30｜20｜50\n合計｜130｜70｜200");
    assert_eq!(said(table, &rows("50")), Vec::<String>::new());
    assert_eq!(said(table, &rows("500")), ["J071@6:7"]);
    assert_eq!(said(table, &rows("50").replace("150", "510")), ["J072@6:10"]);
}

#[test]
fn a_cell_of_a_difference_and_of_a_rate_is_told_at_its_place() {
    let table = "値：金額\n列：予算額、決算額、差引＝予算額－決算額、構成比＝決算額÷合計の決算額\n計：合計";
    let rows = |one: &str| format!("道｜100｜{one}｜10｜60.0％\n橋｜80｜60｜20｜40.0％\n合計｜180｜150｜30｜100.0％");
    assert_eq!(said(table, &rows("90")), Vec::<String>::new());
    assert_eq!(said(table, &rows("60")), ["J071@6:7"]);
    // 計 is not typed: the sum of the column is what the wrong cell makes it, and the shares of all rows follow.
    let bare = |one: &str| rows(one).lines().take(2).collect::<Vec<_>>().join("\n");
    assert_eq!(said(table, &bare("60")), ["J071@6:7"]);
}

#[test]
fn heads_and_rows_without_the_remarks_behind_are_read_by_their_columns() {
    let table = "値：金額\n列：予算額、決算額、執行率＝決算額÷予算額\n行：国、市\n計：合計\n後の列：備考";
    let rows = |head: &str, one: &str| format!("{head}\n国｜{one}\n市｜200｜150");
    let of = |head: &str, one: &str| said(table, &rows(head, one));
    for head in [
        "区分｜予算額｜決算額",
        "区分｜予算額｜決算額｜執行率",
        "区分｜予算額｜決算額｜備考",
        "区分｜予算額｜決算額｜執行率｜備考",
    ] {
        assert_eq!(of(head, "100｜90"), Vec::<String>::new(), "{head}");
    }
    assert_eq!(of("区分｜決算額｜予算額", "100｜90"), ["J021@6:4"]);
    // What the wrong head makes of the rows is not said too.
    assert_eq!(of("区分｜決算額｜予算額｜執行率", "90｜100｜90.0％"), ["J021@6:4"]);
    // What is computed, typed without the remarks behind it
    assert_eq!(of("区分｜予算額｜決算額", "100｜90｜90.0％"), Vec::<String>::new());
    assert_eq!(of("区分｜予算額｜決算額", "100｜90｜91.0％"), ["J072@7:10"]);
    assert_eq!(of("区分｜予算額｜決算額", "100｜90｜繰越を含む。"), Vec::<String>::new());
}

#[test]
fn rounded_parts_are_a_question_and_other_parts_a_mistake() {
    let rows =
        |whole: &str| format!("収入｜{whole}｜65,982\n・料金｜65,000｜65,900\n・その他｜100｜82\n支出｜65,000｜67,028");
    for (whole, is_error) in [("65,101", false), ("65,107", true)] {
        assert_eq!(said(BALANCE, &rows(whole)), ["J071@6:4"]);
        assert_eq!(report(BALANCE, &rows(whole)).diagnostics.has_errors(), is_error, "{whole}");
    }
}

#[test]
fn a_value_that_lacks_moves_no_other_to_its_place() {
    let table = "年度：前々年度～当年度\n前の列：単位\n後の列：目標、評価";
    assert_eq!(said(table, "参加した人の割合｜％｜81.2｜82.0｜83.4｜85.0｜Ｂ"), Vec::<String>::new());
    assert_eq!(said(table, "参加した人の割合｜％｜81.2｜82.0｜83.4"), Vec::<String>::new());
    assert_eq!(said(table, "参加した人の割合｜％｜81.2｜82.0｜83.4｜｜Ｂ"), Vec::<String>::new());
    assert_eq!(said(table, "参加した人の割合｜％｜82.0｜83.4｜85.0｜Ｂ"), ["J020@6:1"]);
}

#[test]
fn units_rates_and_figures_in_a_table_of_figures() {
    let table = "前の列：単位\n列：目標、実績、達成率＝実績÷目標";
    for honest in [
        "緑地の面積｜m2｜62,000｜49,600",
        "水の量｜千m3｜620｜496",
        "満足度｜5段階評価｜4｜3",
        "景観の指数｜—｜62｜49",
        "利用者数｜人｜80,000｜61,204｜76.5",
        "利用者数｜人｜80,000｜61,204｜76.5％",
        "待機児童数｜人｜0｜3｜皆増",
        "登録の数｜件｜調査中｜3",
        "団員数｜人｜640｜624\n・うち女性の人数｜人｜50｜49",
        "総便益｜億円｜88.2｜91.4\n・時間の短縮｜億円｜75.0｜77.9\n・経費の減少｜億円｜13.2｜13.5",
    ] {
        assert_eq!(said(table, honest), Vec::<String>::new(), "{honest}");
    }
    for (wrong, place) in [
        ("利用者数｜人｜80,0000｜61,204", "J030@6:8"),
        ("利用者数｜人｜80,000｜61.204.1", "J030@6:15"),
        ("利用者数｜人｜35OO｜3,600", "J030@6:8"),
        ("利用者数｜人｜80,000｜61,204｜67.5", "J072@6:22"),
        ("団員数｜人｜640｜624\n・うち女性の人数｜人｜50｜649", "J037@7:15"),
        ("総便益｜億円｜98.2｜91.4\n・時間の短縮｜億円｜75.0｜77.9\n・経費の減少｜億円｜13.2｜13.5", "J071@6:8"),
    ] {
        assert_eq!(said(table, wrong), [place], "{wrong}");
    }
}

#[test]
fn an_amount_that_nobody_knows_yet_is_no_amount_of_the_program() {
    let table = "年度：当年度、翌年度\n値：金額\n行：国、県、その他\n計：合計\n事業費：当年度の合計";
    let rows = |this: &str, next: &str| format!("国｜100｜{next}\n県｜{this}｜50\nその他｜0");
    assert_eq!(said(table, &rows("20", "未定")), Vec::<String>::new());
    assert_eq!(said(table, &rows("精算中", "100")), ["J014@7:3"]);
    assert_eq!(said(table, &rows("(20)", "100")), ["J014@7:3"]);
    let typed = format!("{}\n合計｜調査中｜150", rows("20", "100"));
    assert_eq!(said(table, &typed), ["J014@9:4"]);
}

#[test]
fn a_misspelt_row_of_the_form_is_one_message() {
    let table = "値：金額\n列：予算額、決算額\n行：国庫支出金、県支出金、その他、一般財源";
    let rows = |name: &str| format!("国庫支出金｜1｜1\n{name}｜2｜2\nその他｜0\n一般財源｜3｜3");
    assert_eq!(said(table, &rows("県支出金")), Vec::<String>::new());
    assert_eq!(said(table, &rows("県支出今")), ["J018@7:1"]);
    assert_eq!(said(table, &rows("県費")), ["J018@7:1"]);
    assert_eq!(said(table, "国庫支出金｜1｜1\nその他｜0\n一般財源｜3｜3"), ["J012@5:1"]);
    assert_eq!(
        said(table, "国庫支出金｜1｜1\n県費｜1｜1\n市費｜1｜1\n一般財源｜3｜3"),
        ["J012@5:1", "J018@7:1", "J018@8:1"]
    );
}

/// Every digit of every table of the published forms and of the samples, changed alone.
#[test]
fn a_wrong_digit_is_never_told_twice() {
    let reports = root().join("reports");
    let samples = ["seika", "hyoka", "ichiran"].map(|name| reports.join(name));
    let mut changed = 0;
    for folder in folders_in(&root().join("tests/cases/forms")).into_iter().chain(samples) {
        let disk = in_memory(&folder);
        let text = |name: &str| String::from_utf8(disk.get(name).unwrap().to_vec()).unwrap();
        let texts = disk.paths().filter(|name| name.ends_with(".jigyo")).map(|name| (name.to_string(), text(name)));
        for (name, text) in texts.filter(|(_, text)| text.starts_with("【事業】")) {
            for (at, _) in
                text.match_indices(|c: char| c.is_ascii_digit()).filter(|(at, _)| is_in_table(&text, *at)).step_by(11)
            {
                let digit = &text[at..=at];
                let other = ((digit.parse::<u8>().unwrap() + 3) % 9 + 1).to_string();
                let wrong = format!("{}{other}{}", &text[..at], &text[at + 1..]);
                let checked = check(&disk.clone().with(name.as_str(), wrong)).unwrap();
                let said: Vec<String> = found(&checked)
                    .into_iter()
                    .filter(|said| ["J071", "J072", "J037"].iter().any(|code| said.starts_with(code)))
                    .collect();
                assert!(
                    said.len() <= 1,
                    "{}: {name}: {}: {said:?}",
                    folder.display(),
                    &text[..at].lines().last().unwrap_or("")
                );
                changed += 1;
            }
        }
    }
    assert!(changed > 100, "{changed}");
}

fn is_in_table(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[start..at].contains('｜')
}
