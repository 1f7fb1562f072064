//! What a cell of a declared table may hold: nothing that is typed there leaves a sum, or enters one, without a word.

use jigyo::model::Value;
use jigyo::pipeline::{Checked, view_json};
use jigyo::totals::total;

use crate::declared_checks::{report, said};
use crate::tools::found;

const NONE: &[&str] = &[];
const COSTS: &str = "値：金額\n列：予算額、決算額\n計：合計\n事業費：合計の決算額";

#[test]
fn a_slip_behind_an_amount_is_no_unit() {
    let rows = |cell: &str| format!("県支出金｜20,000｜18,340\n一般財源｜71,000｜{cell}");
    assert_eq!(said(COSTS, &rows("58,432")), NONE);
    for slip in ["58,432十", "58,432千", "58,432-", "58,432ヽ", "58,432ー", "58,432％", "5843O", "5843l", "58,432x"]
    {
        assert_eq!(said(COSTS, &rows(slip)), ["J014@7:13"], "{slip}");
    }
    // An amount beside it: a counter is one slip more.
    assert_eq!(said(COSTS, &rows("58,432人")), ["J014@7:13"]);
}

#[test]
fn rows_of_another_unit_enter_no_sum() {
    for honest in [
        "職員数｜2.5人｜3人",
        "職員数｜2.5人｜0",
        "職員数｜2.5人｜—",
        "職員数｜—｜2.5人工",
        "職員数（人）｜2｜調査中",
        "職員数｜2人｜調査中",
        "施工延長｜1.2km｜0.8km",
        "街路灯｜12灯｜14灯",
        "執行率｜95.0％｜96.1％",
        "補助率｜50％｜50％",
    ] {
        let checked = report(COSTS, &format!("県支出金｜20,000｜18,340\n一般財源｜71,000｜58,432\n{honest}"));
        assert_eq!(found(&checked), Vec::<String>::new(), "{honest}");
        assert_eq!(total(&checked.report).value, Some(76_772), "{honest}");
    }
}

#[test]
fn figures_with_and_without_a_unit_in_one_row() {
    let table = "値：金額\n列：前年度の額、今年度の額、来年度の額";
    assert_eq!(said(table, "会計年度任用職員｜2人｜3人｜4人"), NONE);
    assert_eq!(said(table, "会計年度任用職員｜2人｜3｜4人"), ["J014@6:13"]);
    assert_eq!(said(table, "会計年度任用職員｜2｜3人｜4"), ["J014@6:12"]);
}

#[test]
fn a_head_of_another_year_is_no_row() {
    let figures = "年度：前々年度～当年度\n前の列：単位";
    let row = "参加者数｜人｜81｜82｜83";
    assert_eq!(said(figures, row), NONE);
    for head in ["区分｜単位｜3年度｜4年度｜5年度", "指標｜単位｜R3｜R4｜R5", "実績｜単位｜3年度｜4年度｜5年度"]
    {
        assert_eq!(said(figures, &format!("{head}\n{row}")), ["J021@6:7"].map(|place| at(place, head)), "{head}");
    }
    let amounts = "値：金額\n年度：前年度～当年度\n列：予算、決算\n行：国費、県費";
    let rows = "国費｜1｜2｜3｜4\n県費｜1｜2｜3｜4";
    assert_eq!(said(amounts, rows), NONE);
    assert_eq!(said(amounts, &format!("区分｜4年度予算｜4年度決算｜5年度予算｜5年度決算\n{rows}")), ["J021@6:4"]);
}

/// The place of the first year of a head.
fn at(place: &str, head: &str) -> String {
    let column = head.split("単位｜").next().unwrap().chars().count() + "単位｜".chars().count() + 1;
    format!("{}{column}", place.trim_end_matches('7'))
}

#[test]
fn years_may_be_values() {
    let table = "年度：前々年度～当年度";
    assert_eq!(said(table, "完成の年度｜令和8年度｜令和8年度｜令和9年度"), NONE);
    assert_eq!(said(table, "着手した年度｜令和2年度｜令和2年度｜令和2年度"), NONE);
}

#[test]
fn a_figure_is_no_unit() {
    let table = "年度：前々年度～当年度\n前の列：説明、単位\n後の列：備考";
    assert_eq!(said(table, "来場者数｜延べ｜人｜100｜120｜130｜増えた"), NONE);
    // A cell left out, and two the wrong way round
    assert_eq!(said(table, "来場者数｜人｜100｜120｜130｜140｜増えた"), ["J020@6:8"]);
    assert_eq!(said(table, "調査延長｜川の｜84｜km｜88｜90｜増えた"), ["J020@6:9"]);
}

#[test]
fn a_second_total_counts_nothing_twice() {
    let rows = "県支出金｜20,000｜18,340\n一般財源｜71,000｜58,432";
    for sum in ["計｜91,000｜76,772", "小計｜91,000｜76,772", "総額｜1｜2"] {
        assert_eq!(said(COSTS, &format!("{rows}\n{sum}")), ["J018@8:1"], "{sum}");
    }
    assert_eq!(said(COSTS, &format!("{rows}\n合計｜91,000｜76,772")), NONE);
    // Without 計 in the form a typed one is held against the rows above it.
    let free = "値：金額\n列：予算額、決算額";
    assert_eq!(said(free, &format!("{rows}\n合計｜91,000｜76,772")), NONE);
    assert_eq!(said(free, &format!("{rows}\n合計｜91,000｜76,727")), ["J071@8:11"]);
}

#[test]
fn a_part_is_not_more_than_its_whole() {
    let table = "値：金額\n列：予算額、決算額、不用額＝予算額－決算額";
    assert_eq!(said(table, "起債｜5,000｜4,800\nうち過疎対策事業債｜3,000｜2,900"), NONE);
    assert_eq!(said(table, "起債｜5,000｜4,800\nうち過疎対策事業債｜3,000｜9,000"), ["J037@7:17"]);
    // 不用額, which is computed, is more than its whole too: one message.
    assert_eq!(said(table, "需用費｜100｜90\n・うち消耗品費｜120｜80"), ["J037@7:9"]);
}

#[test]
fn the_sum_of_one_unit_has_it_in_its_column() {
    let table = "年度：前年度～当年度\n前の列：単位\n計：合計";
    let printed = |rows: &str| {
        let checked = report(table, rows);
        let program = checked.report.all_programs().next().unwrap();
        let made = program.tables().next().unwrap();
        let row = made.rows.last().unwrap();
        (0..3).map(|column| made.cell(row, column).map(|cell| cell.text()).unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(printed("家庭｜千t｜200.5｜190.2\n業務｜千t｜245.7｜240.0"), ["千t", "446.2", "430.2"]);
    assert_eq!(printed("家庭｜千t｜200.5｜190.2\n業務｜人｜245｜240"), ["", "—", "—"]);
}

/// Hours and persons are no parts of an amount, which is then typed.
#[test]
fn an_amount_above_persons_is_typed() {
    let table = "値：金額\n列：予算額、決算額\n行：人件費、・従事した人、・従事した時間";
    let rows = |whole: &str| format!("{whole}\n・従事した人｜2人｜3人\n・従事した時間｜5時間｜6時間");
    assert_eq!(said(table, &rows("人件費")), ["J025@6:1"]);
    assert_eq!(said(table, &rows("人件費｜90｜80")), NONE);
}

#[test]
fn a_figure_that_is_computed_is_no_remark() {
    let table = "列：目標、実績、達成率＝実績÷目標\n後の列：備考";
    for (row, expected) in [
        // Typed without the remarks behind, and held against what is computed
        ("参加者数｜60人｜41人｜68％", &[][..]),
        ("参加者数｜60人｜41人｜△2,540", &["J072@6:14"]),
        ("参加者数｜60人｜41人", &[]),
        ("参加者数｜60人｜41人｜—", &[]),
        ("参加者数｜60人｜41人｜うち市外9人", &[]),
    ] {
        assert_eq!(said(table, row), expected, "{row}");
    }
    let without = "列：目標、実績\n後の列：備考";
    assert_eq!(said(without, "参加者数｜60人｜41人｜68％"), NONE);
}

/// ↑ beside other arrows, and in a column that says how a figure moves, is no mark for the cell above.
#[test]
fn an_arrow_in_a_table_of_the_form_is_a_value() {
    let table = "年度：前年度、当年度\n後の列：推移";
    let rows = |one: &str, two: &str| format!("参加者数｜10名｜12名｜{one}\n回数｜3回｜4回｜{two}");
    assert_eq!(said(table, &rows("→", "↑")), ["J024@7:10"]);
    assert_eq!(said(table, &rows("増加", "↑")), ["J024@7:10"]);
    assert_eq!(said(table, &rows("—", "↑")), ["J024@7:10"]);
    assert_eq!(said(table, &rows("増加", "減少")), NONE);
    // A remark that stands for two rows
    for name in ["備考", "増減の理由", "推移・備考", "増減"] {
        let table = format!("年度：前年度、当年度\n後の列：{name}");
        assert_eq!(said(&table, &rows("市の分だけ", "↑")), NONE, "{name}");
    }
    let text = "値：金額\n列：予算、決算\n行：国、市、方向\n文字の行：方向";
    assert_eq!(said(text, "国｜10｜12\n市｜3｜4\n方向｜→｜↓"), NONE);
}

/// How many cells a draft would show as open.
fn holes(checked: &Checked) -> usize {
    let programs = checked.report.printed_programs().map(|(_, program)| program);
    let rows = programs.flat_map(|program| program.tables()).flat_map(|table| &table.rows);
    rows.flat_map(|row| &row.values).filter(|value| matches!(value, Value::Hole(_))).count()
}

#[test]
fn words_behind_may_be_left_out_beside_what_is_computed() {
    let table = "値：金額\n列：支出済額、構成比＝支出済額÷計\n後の列：主な内容\n計：計";
    for row in ["役務費｜1,500", "役務費｜1,500｜100.0％", "役務費｜1,500｜100.0％｜委託", "役務費｜1,500｜委託"]
    {
        let checked = report(table, &format!("{row}\n計｜1,500｜100.0％"));
        assert_eq!((found(&checked), holes(&checked)), (Vec::<String>::new(), 0), "{row}");
    }
}

#[test]
fn a_row_that_can_be_read_in_two_ways_is_asked_about() {
    let table = "値：金額\n列：当初、補正、現額＝当初＋補正、決算額\n後の列：決算書の頁";
    assert_eq!(said(table, "事業費｜100｜20｜120｜118"), ["J020@6:1"]);
    assert_eq!(said(table, "事業費｜100｜20｜120｜118｜"), NONE);
    assert_eq!(said(table, "事業費｜100｜20｜｜110｜118"), NONE);
    // Words behind are no amount, and a page is no rate.
    let remarks = table.replace("決算書の頁", "備考");
    assert_eq!(said(&remarks, "事業費｜100｜20｜110｜国の補助"), NONE);
    let rate = "値：金額\n列：予算額、決算額、執行率＝決算額÷予算額\n後の列：決算書の頁";
    assert_eq!(said(rate, "事業費｜100｜90｜118"), NONE);
    assert_eq!(said(rate, "事業費｜100｜90｜90.0％"), NONE);
    assert_eq!(said(rate, "事業費｜100｜90｜91.0％"), ["J072@6:12"]);
}

#[test]
fn computed_amounts_are_printed_with_their_decimals() {
    let table = "値：金額\n列：事業費、利用者数（人）、平均＝事業費÷利用者数（千円、小数1桁）";
    let checked = report(table, "甲｜7｜2\n乙｜2,000｜70");
    assert_eq!(found(&checked), NONE);
    let view = view_json(&checked, false);
    assert!(view.contains("\"3.5\"") && view.contains("\"28.6\""), "{view}");
    let product = "値：金額\n行：従事人数（人）、平均給与、人件費＝従事人数（人）×平均給与";
    let view = view_json(&report(product, "従事人数（人）｜0.35人｜0.5人\n平均給与｜6,205｜6,201"), false);
    assert!(view.contains("\"2,171.75\"") && view.contains("\"3,100.5\""), "{view}");
    // As 事業費 it has to be whole.
    let with_amount = format!("{product}\n事業費：当年度の人件費");
    let said = said(&with_amount, "従事人数（人）｜0.35人｜0.5人\n平均給与｜6,205｜6,201");
    assert!(said.len() == 1 && said[0].starts_with("J014@"), "{said:?}");
}

#[test]
fn a_column_of_a_part_is_not_more_than_its_whole() {
    let table = "値：金額\n列：決算額、うち一般財源";
    assert_eq!(said(table, "委託料｜30｜20"), NONE);
    assert_eq!(said(table, "委託料｜30｜40"), ["J037@6:8"]);
}

#[test]
fn a_wrong_cell_of_the_amount_is_told_at_the_cell_alone() {
    let table = "値：金額\n列：予算額、決算額\n行：国費、一般財源\n計：合計\n事業費：合計の決算額";
    let rows = "国費｜10｜8\n一般財源｜20｜18\n合計｜30｜27";
    assert_eq!(said(table, rows), ["J072@8:7"]);
}
