//! What a 【表】 of a form computes, with figures made by hand: chains of ＋ and －, figures for each of something, products, shares of
//! 計; and what cannot be computed.

use jigyo::load::Memory;
use jigyo::pipeline::{BuildOptions, build, check};
use jigyo::syntax::chars::unified;
use jigyo::typeset::Template;

use crate::form_lines::{report, said};
use crate::tools::pages_of;

fn with_table(table: &str, rows: &str) -> Memory {
    let form = format!("【見出し】\n目的｜文章｜必須、事業概要として\n決算｜表\n【表】決算\n{table}");
    report(&form, &format!("【目的】\n道を直す。\n【決算】\n{rows}"))
}

/// Rows of the table as they are printed, cells parted by ｜; nothing may be said.
fn computed(table: &str, rows: &str) -> Vec<String> {
    let checked = check(&with_table(table, rows)).unwrap();
    assert_eq!(said(&checked), Vec::<String>::new(), "{table}");
    let (_, program) = checked.report.printed_programs().next().unwrap();
    let table = program.tables().next().unwrap();
    let row = |row: &jigyo::model::Row| {
        let cells =
            (0..row.values.len()).map(|column| table.cell(row, column).map(|cell| cell.text()).unwrap_or_default());
        std::iter::once(row.label.text()).chain(cells).collect::<Vec<_>>().join("｜")
    };
    table.rows.iter().map(row).collect()
}

const REMAINDER: &str = "値：金額\n列：予算現額、決算額、翌年度繰越額、不用額＝予算現額－決算額－翌年度繰越額、構成比＝決算額÷計\n計：合計\n";

#[test]
fn a_chain_goes_on_from_left_to_right_and_shares_are_of_the_total() {
    let rows = computed(REMAINDER, "橋｜1,000｜800｜50\n道｜500｜510｜40\n");
    let expected =
        ["橋｜1,000｜800｜50｜150｜61.1％", "道｜500｜510｜40｜△50｜38.9％", "合計｜1,500｜1,310｜90｜100｜100.0％"];
    assert_eq!(rows, expected);
    // Of the total of another column
    let rows = computed(
        "値：金額\n列：予算額、決算額、割合＝決算額÷合計の予算額（小数2桁）\n計：合計\n",
        "橋｜300｜200\n道｜0｜—\n",
    );
    assert_eq!(rows, ["橋｜300｜200｜66.67％", "道｜0｜—｜—", "合計｜300｜200｜66.67％"]);
}

#[test]
fn what_is_counted_elsewhere_enters_no_total() {
    let rows = computed(
        "値：金額\n列：決算額\n計：合計\n",
        "委託料｜100\n（内数）清掃｜30\n補助金（再掲）｜20\n再掲：道の分｜10\n内数｜5\n",
    );
    assert_eq!(rows.last().map(String::as_str), Some("合計｜100"), "{rows:?}");
}

#[test]
fn rows_are_computed_by_a_chain_too() {
    let table = "値：金額\n列：予算額、決算額、執行率＝決算額÷予算額\n行：収入、繰入、支出、差引＝収入＋繰入－支出\n";
    let rows = computed(table, "収入｜1,000｜950\n繰入｜100｜0\n支出｜900｜1,000\n");
    assert_eq!(rows[3], "差引｜200｜△50｜△25.0％");
}

#[test]
fn figures_for_each_of_something_have_the_unit_that_the_form_says() {
    // 1,234,000 円 for 56 persons: 22,035.7; 1,314,000 for 136: 9,661.8
    let table =
        "値：金額\n列：事業費（A）、利用者数（人）、1人当たり＝A÷利用者数（円）、同（千円）＝A÷利用者数\n計：計\n";
    let table = table.replace("同（千円）＝A÷利用者数", "平均＝A÷利用者数（小数2桁）");
    let rows = computed(&table, "道｜1,234｜56\n橋｜80｜80\n堤｜—｜0\n");
    assert_eq!(
        rows,
        [
            "道｜1,234｜56｜22,036円｜22.04",
            "橋｜80｜80｜1,000円｜1.00",
            "堤｜—｜0｜—｜—",
            "計｜1,314｜136｜9,662円｜9.66",
        ]
    );
}

#[test]
fn ratios_that_are_no_rates() {
    let table = "列：便益、費用、B/C＝便益÷費用（小数2桁）、倍率＝便益÷費用（倍）、進捗率＝便益÷費用（整数）\n";
    let rows = computed(
        table,
        "道｜450百万円｜300百万円\n橋｜1百万円｜3百万円\n堤｜5百万円｜0百万円\n港｜調査中｜5百万円\n岸｜約4百万円｜5百万円\n",
    );
    assert_eq!(
        rows,
        [
            "道｜450百万円｜300百万円｜1.50｜1.5倍｜150％",
            "橋｜1百万円｜3百万円｜0.33｜0.3倍｜33％",
            "堤｜5百万円｜0百万円｜—｜—｜—",
            "港｜調査中｜5百万円｜—｜—｜—",
            "岸｜約4百万円｜5百万円｜—｜—｜—",
        ]
    );
}

#[test]
fn products_are_added_up_and_not_multiplied_once_more() {
    let table = "値：金額\n列：人工（人）、単価、人件費＝人工×単価\n計：計\n";
    let rows = computed(table, "設計｜1.5｜6,000\n工事｜2｜7,001\n");
    assert_eq!(rows, ["設計｜1.5｜6,000｜9,000", "工事｜2｜7,001｜14,002", "計｜3.5｜13,001｜23,002"]);
    let rows = computed("値：金額\n列：人工（人）、単価、人件費＝人工＊単価（整数）\n", "設計｜1.25｜6,001\n");
    assert_eq!(rows, ["設計｜1.25｜6,001｜7,501"]);
}

#[test]
fn a_computed_row_takes_no_rate_from_another() {
    let table = "列：決算額、執行率\n行：収入、支出、差引＝収入－支出\n";
    let rows = computed(table, "収入｜1,000千円｜98.5％\n支出｜900千円｜97.0％\n");
    assert_eq!(rows[2], "差引｜100｜—");
    // 計 of rates that are typed is none; shares add up.
    let table = "列：決算額、執行率、構成比\n計：計\n";
    let rows = computed(table, "橋｜300千円｜98.5％｜75％\n道｜100千円｜97.0％｜25％\n");
    assert_eq!(rows[2], "計｜400｜—｜100％");
    // A row by 計
    let rows = computed("値：金額\n列：決算額\n行：国、市、国の割合＝国÷計\n計：計\n", "国｜25\n市｜75\n");
    assert_eq!(rows[2..], ["国の割合｜25.0％", "計｜100"]);
    let rows = computed("列：目標、実績\n行：市、県、差＝市－県\n", "市｜40.5％｜41.0％\n県｜38.0％｜42.0％\n");
    assert_eq!(rows[2], "差｜2.5％｜△1％");
    // Where all that the table has is rates, they may be compared.
    let rows = computed("年度：前年度、当年度\n行：市、県、差＝市－県\n", "市｜40.5％｜41.0％\n県｜38.0％｜42.0％\n");
    assert_eq!(rows[2], "差｜2.5％｜△1％");
}

#[test]
fn letters_in_brackets_stand_for_their_columns() {
    let table = "値：金額\n列：予算額（A）、決算額（B）、差引（C＝A－B）＝A－B、執行率（B/A）＝B÷A\n";
    assert_eq!(computed(table, "道｜200｜150\n"), ["道｜200｜150｜50｜75.0％"]);
}

#[test]
fn typed_figures_are_held_against_the_computed_ones() {
    let codes = |table: &str, rows: &str| {
        let said = said(&check(&with_table(table, rows)).unwrap());
        said.iter().map(|said| said.split(' ').next().unwrap().to_string()).collect::<Vec<_>>()
    };
    let table = "値：金額\n列：事業費、利用者数（人）、1人当たり＝事業費÷利用者数（円）\n";
    assert_eq!(codes(table, "道｜1,234｜56｜22,036\n橋｜1,234｜56｜22,036円\n"), Vec::<String>::new());
    assert_eq!(codes(table, "道｜1,234｜56｜22,063円\n"), ["J072@6:12"]);
    assert_eq!(codes(REMAINDER, "道｜500｜510｜40｜50｜100.0％\n"), ["J072@6:14"]);
    assert_eq!(codes("値：金額\n列：人工（人）、単価、人件費＝人工×単価\n", "道｜2｜30｜61\n"), ["J072@6:8"]);
    // A row in yen among rows of thousands of yen, as the page prints it, with its unit or without
    let table = "値：金額\n列：予算額、決算額\n行：総コスト、利用者（人）、1人当たり＝総コスト÷利用者（人）（円）\n";
    let rows = |typed: &str| format!("総コスト｜1,234｜1,314\n利用者（人）｜56｜136\n1人当たり｜{typed}\n");
    assert_eq!(codes(table, &rows("22,036円｜9,662円")), Vec::<String>::new());
    assert_eq!(codes(table, &rows("22,036｜9,662")), Vec::<String>::new());
    assert_eq!(codes(table, &rows("22,036円｜9,626円")), ["J072@8:15"]);
    let table = "値：金額\n列：人数（人）、単価、支払額＝人数×単価（円）\n";
    assert_eq!(codes(table, "道｜2｜30｜60,000円\n"), Vec::<String>::new());
}

#[test]
fn computed_figures_are_on_paper_in_both_templates() {
    let table = "値：金額\n列：事業費、利用者数（人）、1人当たり＝事業費÷利用者数（円）、残＝事業費－利用者数\n行：道、橋\n計：計\n";
    let disk =
        with_table(&table.replace("、残＝事業費－利用者数", "、構成比＝事業費÷計"), "橋｜80｜80\n道｜1,234｜56\n");
    for template in ["official", "plain"] {
        let mut checked = check(&disk).unwrap();
        let built = build(&mut checked, Template::built_in(template).unwrap(), BuildOptions::default());
        let Some(pages) = pages_of(&built.unwrap_or_else(|| panic!("{:?}", said(&checked))).pdf) else { return };
        let paper = unified(&pages.concat());
        for line in ["道1,2345622,036円93.9％", "橋80801,000円6.1％", "計1,3141369,662円100.0％"] {
            // A digest does not print every table.
            let is_there = paper.contains(&unified(line));
            assert!(is_there || template == "plain", "{template}: {line}: {paper}");
        }
    }
}
