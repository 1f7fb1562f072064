//! Tables and lists of an office's own form: that nothing of them is lost on paper, how they are headed, what exports and the
//! comparison say of them.

use std::io::Cursor;

use calamine::{Reader, Xlsx};
use jigyo::comparison::compare;
use jigyo::export::{Encoding, csv_files, workbook};
use jigyo::load::Memory;
use jigyo::pipeline::{BuildOptions, build, check, view_json};
use jigyo::typeset::{Pages, Template};
use serde_json::Value;

use crate::conformance::assert_conformant;
use crate::tools::{found, squeezed, texts_of};

const HEAD: &str = "【報告書】白波町の実施事業\n年度：令和6年度\n発行：白波町\n発行日：令和7年9月1日\n";
const START: &str = "【様式】実施事業\n題名の年度：問わない\n";

/// A report of one chapter with one program.
fn report(form: &str, program: &str) -> Memory {
    Memory::new()
        .with("報告書.jigyo", HEAD)
        .with("様式.jigyo", format!("{START}{form}"))
        .with("01/章.jigyo", "【章】暮らし\n")
        .with("01/浜の見回り.jigyo", format!("【事業】浜の見回り\n担当：海岸課　見回り係\n\n{program}"))
}

pub(crate) fn view_of(disk: &Memory) -> Value {
    let checked = check(disk).unwrap();
    assert_eq!(found(&checked), Vec::<String>::new());
    serde_json::from_str(&view_json(&checked, false)).unwrap()
}

/// The text of each page by both templates, its blanks taken out; nothing where no text can be read back.
fn papers(disk: &Memory) -> Option<[Vec<String>; 2]> {
    let [official, plain] = ["official", "plain"].map(|template| {
        let mut checked = check(disk).unwrap();
        let built = build(&mut checked, Template::built_in(template).unwrap(), BuildOptions::default());
        let pdf = built.unwrap_or_else(|| panic!("{template}: {:?}", found(&checked))).pdf;
        assert_conformant(template, &pdf);
        Some(texts_of(&pdf)?.iter().map(|page| squeezed(page)).collect::<Vec<String>>())
    });
    Some([official?, plain?])
}

/// The rows of a CSV file as `column=value` of the named columns.
fn csv_rows(disk: &Memory, table: &str, columns: &[&str]) -> Vec<String> {
    let checked = check(disk).unwrap();
    let files = csv_files(&checked.report, Encoding::Utf8);
    let file = files.iter().find(|file| file.name.contains(table)).unwrap();
    let text = std::str::from_utf8(&file.bytes).unwrap().trim_start_matches('\u{FEFF}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    let places: Vec<usize> =
        columns.iter().map(|column| head.iter().position(|name| name == *column).unwrap()).collect();
    let row = |record: csv::StringRecord| {
        places.iter().map(|place| record[*place].to_string()).collect::<Vec<_>>().join("｜")
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

const WIDE: &str = "一覧の形：表\n【項目】\n事業費｜なし\n担当｜課｜必須\n【見出し】\n目的｜文章｜必須、事業概要として\n\
    実施状況｜文章｜必須、事業実績として\n利用｜表\n評価｜選択：Ａ、Ｂ\n点検｜評価\n【評価】点検\n必要性｜Ａ、Ｂ\n\
    【一覧】実施事業\n事業名\n目的\n実施状況\n利用\n評価\n必要性\n担当\n";

fn wide(sentences: usize) -> Memory {
    let said: Vec<String> =
        (1..=sentences).map(|n| format!("{n}回目は、浜の東の端から西の端までを歩いた。\n")).collect();
    let more = "【利用】\n来た人｜10人｜12人\n※半年に20回以上来た人である。\n\n【評価】\nＡ\n道が広がった。\n\n【点検】\n必要性｜Ａ｜夜の人出が増えた。\n";
    report(WIDE, &format!("【目的】\n浜を守る。\n\n【実施状況】\n{}\n{more}", said.concat()))
}

/// One cell that no page may cut would hold the whole row, and what a page has no room for would be lost.
#[test]
fn a_row_longer_than_a_page_loses_nothing() {
    let Some(papers) = papers(&wide(90)) else { return };
    for pages in papers {
        let all = pages.concat();
        for n in 1..=90 {
            assert!(all.contains(&format!("{n}回目は、")), "{n}: {all}");
        }
        // It begins below the head of its chapter.
        assert!(pages.iter().any(|page| page.contains("暮らし") && page.contains("1回目は、")), "{pages:?}");
    }
}

#[test]
fn a_long_field_loses_nothing() {
    let text = (1..=120).map(|n| format!("{n}番の浜は砂を入れて広げたい。")).collect::<String>();
    let form = "【項目】\n覚え｜文字\n事業費｜なし\n【見出し】\n目的｜文章｜事業概要として\n";
    let disk = report(form, "【目的】\n浜を守る。\n").with(
        "01/浜の見回り.jigyo",
        format!("【事業】浜の見回り\n担当：海岸課\n覚え：{text}\n\n【目的】\n浜を守る。\n"),
    );
    let Some(papers) = papers(&disk) else { return };
    for pages in papers {
        let all = pages.concat();
        assert!((1..=120).all(|n| all.contains(&format!("{n}番の浜は"))), "{all}");
    }
}

#[test]
fn a_wide_row_has_the_notes_of_its_table_and_the_group_of_its_department() {
    let disk = wide(2);
    let cell = &view_of(&disk)["chapters"][0]["list"]["rows"][0]["cells"][3];
    assert_eq!(cell["blocks"][0]["kind"], "note");
    let Some(papers) = papers(&disk) else { return };
    for pages in papers {
        let all = pages.concat();
        for wanted in ["※半年に20回以上来た人である。", "海岸課", "見回り係", "道が広がった。"]
        {
            assert!(all.contains(wanted), "{wanted}: {all}");
        }
    }
}

#[test]
fn the_sheet_of_a_wide_list_says_why() {
    let checked = check(&wide(2)).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(workbook(&checked.report).unwrap().bytes)).unwrap();
    let cells: Vec<String> =
        book.worksheet_range("一覧").unwrap().rows().flat_map(|row| row.iter().map(ToString::to_string)).collect();
    for wanted in ["Ａ\n道が広がった。", "Ａ\n夜の人出が増えた。", "海岸課　見回り係"] {
        assert!(cells.iter().any(|cell| cell == wanted), "{wanted}: {cells:?}");
    }
}

const PLAIN: &str = "【項目】\n事業費｜なし\n担当｜課｜必須\n【見出し】\n目的｜文章｜必須、事業概要として\n";

fn with_tables(names: &str, declared: &str, more: &str) -> Memory {
    report(&format!("{PLAIN}{names}\n{declared}"), &format!("【目的】\n浜を守る。\n\n{more}"))
}

#[test]
fn a_chapters_table_that_is_too_wide_stands_on_a_page_turned_sideways() {
    let form = format!(
        "{PLAIN}【章の見出し】\n指標｜表\n【表】指標\n年度：5年前～当年度\n前の列：単位\n後の列：基準年度の値、目標値（令和12年度）、評価\n"
    );
    let table = "【指標】\n温室効果ガスの排出量｜千t-CO2｜2,105｜2,011｜1,987｜1,944｜1,902｜1,877｜2,340（平成25年度）｜1,264｜おおむね順調\n";
    let disk = report(&form, "【目的】\n浜を守る。\n").with("01/章.jigyo", format!("【章】暮らし\n\n{table}"));
    for template in ["official", "plain"] {
        let mut checked = check(&disk).unwrap();
        let built = build(&mut checked, Template::built_in(template).unwrap(), BuildOptions::default()).unwrap();
        assert_conformant(template, &built.pdf);
        let pages = Pages::new(built.document);
        let turned = (0..pages.count()).filter(|page| pages.size(*page).0 > pages.size(*page).1).count();
        assert_eq!(turned, 1, "{template}");
        let Some(texts) = texts_of(&built.pdf) else { return };
        let texts: Vec<String> = texts.iter().map(|page| squeezed(page)).collect();
        let page = texts.iter().find(|page| page.contains("温室効果ガスの排出量")).unwrap();
        assert!(page.contains("指標") && page.contains("順調"), "{template}: {page}");
    }
}

#[test]
fn a_chapters_table_without_room_is_told() {
    let form = format!(
        "{PLAIN}【章の見出し】\n指標｜表\n【表】指標\n値：金額\n年度：4年前～当年度\n列：当初、補正、決算、繰越\n"
    );
    let row = "｜123,456,789,012".repeat(20);
    let disk =
        report(&form, "【目的】\n浜を守る。\n").with("01/章.jigyo", format!("【章】暮らし\n\n【指標】\n浜{row}\n"));
    let said = found(&check(&disk).unwrap());
    assert!(said.iter().any(|place| place == "J083@3:1 01/章.jigyo"), "{said:?}");
}

#[test]
fn tables_of_a_form_are_headed_everywhere() {
    let declared =
        "【表】利用\n列：計画、実績\n【表】収支\n値：金額\n年度：前年度（予算額、決算額）、当年度（予算額、決算額）\n";
    let more = "【利用】\n来た人｜10人｜9人\n\n【収支】\n国庫支出金｜10｜9｜12｜11\n";
    let disk = with_tables("利用｜表\n収支｜表", declared, more);
    let titles = csv_rows(&disk, "指標", &["表の順", "表の題", "項目名"]);
    assert!(titles.contains(&"1｜利用｜来た人".to_string()) && titles.contains(&"2｜収支｜国庫支出金".to_string()));
    let now = with_tables("利用｜表\n収支｜表", declared, &more.replace("12｜11", "12｜8").replace("9人", "7人"));
    let (old, new) = (check(&disk).unwrap(), check(&now).unwrap());
    let spots: Vec<String> = compare(&old.state(), &new.state()).into_iter().map(|change| change.spot).collect();
    assert_eq!(spots, ["【利用】来た人　実績", "【収支】国庫支出金　6年度の決算額"]);
    let Some(papers) = papers(&disk) else { return };
    for pages in papers {
        let all = pages.concat();
        let places = ["利用", "来た人", "収支", "国庫支出金"].map(|wanted| all.rfind(wanted).unwrap());
        assert!(places.is_sorted(), "{all}");
    }
}

#[test]
fn an_upright_table_is_exported_with_its_years_and_units() {
    let declared = "【表】利用\n前の列：単位\n年度：前年度、当年度\n列：目標、実績、差＝実績－目標\n向き：縦\n";
    let more = "【利用】\n来た人\n・目標｜人｜10｜12\n・実績｜人｜9｜14\n";
    let disk = with_tables("利用｜表", declared, more);
    let columns = ["項目名", "列の見出し", "対象年度", "数値", "単位"];
    let rows = csv_rows(&disk, "指標", &columns);
    assert!(rows.contains(&"目標｜5年度｜令和5年度｜10｜人".to_string()), "{rows:?}");
    assert!(rows.contains(&"実績｜6年度｜令和6年度｜14｜人".to_string()), "{rows:?}");
    assert!(!rows.iter().any(|row| row.starts_with("目標｜単位") || row.starts_with("実績｜単位")), "{rows:?}");
}

#[test]
fn a_column_of_amounts_among_numbers_has_its_unit_in_its_head() {
    let declared = "【表】支出先\n列：支出額、落札率\n金額の列：支出額\n";
    let disk = with_tables("支出先｜表", declared, "【支出先】\n見本商会｜1,200｜92.5％\n");
    let table = view_of(&disk)["chapters"][0]["programs"][0]["sections"][1]["tables"][0].clone();
    assert_eq!(table["columns"][1]["label"], "支出額\n（千円）");
    assert_eq!(table["columns"][2]["label"], "落札率");
    let Some(papers) = papers(&disk) else { return };
    assert!(papers.iter().all(|pages| pages.concat().contains("支出額（千円）")), "{papers:?}");
}

#[test]
fn a_form_without_a_list_has_one_in_its_own_words() {
    let heads = |fields: &str, more: &str| {
        let form = format!("【項目】\n{fields}【見出し】\n目的｜文章｜事業概要として\n");
        let program = format!("【事業】浜の見回り\n{more}担当：海岸課\n\n【目的】\n浜を守る。\n");
        let view = view_of(&report(&form, "").with("01/浜の見回り.jigyo", program));
        let columns: Vec<String> = view["list_columns"]
            .as_array()
            .unwrap()
            .iter()
            .map(|column| column["head"].as_str().unwrap().to_string())
            .collect();
        format!("{} {}", view["chapters"][0]["list"]["heading"].as_str().unwrap(), columns.join("｜"))
    };
    assert_eq!(
        heads("事業費｜金額｜必須｜決算額\n担当｜課｜必須｜所管\n", "決算額：10千円\n"),
        "【事業一覧】 No.｜事業名｜決算額（千円）｜所管｜掲載頁"
    );
    assert_eq!(
        heads("区分｜選択：新規、継続（標準）\n事業費｜なし\n", ""),
        "【事業一覧】 No.｜事業名｜新規｜担当課｜掲載頁"
    );
}

#[test]
fn a_name_that_begins_with_a_year_stays_a_name() {
    let form = "一覧の形：表\n【項目】\n事業費｜なし\n【見出し】\n目的｜文章｜事業概要として\n前年度の課題｜文章\n\
        【一覧】実施事業\n事業名\n前年度の課題\n目的｜当年度の目的\n担当\n";
    let view = view_of(&report(form, "【目的】\n浜を守る。\n\n【前年度の課題】\n砂が減った。\n"));
    let heads: Vec<&str> =
        view["list_columns"].as_array().unwrap().iter().map(|column| column["head"].as_str().unwrap()).collect();
    assert_eq!(heads, ["事業名", "前年度の課題", "R6の目的", "担当"]);
}

#[test]
fn results_are_drawn_and_not_what_was_aimed_at() {
    for (declared, more) in [
        ("前の列：単位\n年度：前年度、当年度\n列：目標、実績、達成率＝実績÷目標\n", "来た人｜人｜10｜9｜12｜1,400\n"),
        (
            "前の列：単位\n年度：前年度、当年度\n列：目標、実績\n向き：縦\n",
            "来た人\n・目標｜人｜10｜12\n・実績｜人｜9｜1,400\n",
        ),
    ] {
        let disk = with_tables("利用｜表", &format!("【表】利用\n{declared}"), "");
        let program = format!("【事業】浜の見回り\n担当：海岸課\n図：あり\n\n【目的】\n浜を守る。\n\n【利用】\n{more}");
        let disk = disk.with("01/浜の見回り.jigyo", program).with("報告書.jigyo", format!("{HEAD}後付：図表\n"));
        let groups = view_of(&disk)["back"][0]["charts"][0]["groups"].clone();
        assert_eq!(groups.as_array().unwrap().len(), 1, "{groups}");
        assert_eq!(groups[0]["label"], "来た人");
        assert_eq!((&groups[0]["bars"][0]["text"], &groups[0]["bars"][1]["text"]), (&"9人".into(), &"1,400人".into()));
    }
}

#[test]
fn computed_figures_stand_bare_beside_their_unit() {
    let declared = "【表】利用\n前の列：単位\n列：計画、実績、差＝実績－計画、率＝実績÷計画\n";
    let disk = with_tables(
        "利用｜表",
        declared,
        "【利用】\n残業｜時間/月｜300｜71\n小屋｜台｜2｜24,690\n修了した人｜％｜90｜95\n",
    );
    let table = view_of(&disk)["chapters"][0]["programs"][0]["sections"][1]["tables"][0].clone();
    let row = |at: usize| {
        let cells = table["rows"][at]["cells"].as_array().unwrap().iter();
        cells.map(|cell| cell["text"].as_str().unwrap().to_string()).collect::<Vec<_>>().join("｜")
    };
    assert_eq!(row(0), "残業｜時間/月｜300｜71｜△229｜23.7％");
    assert_eq!(row(1), "小屋｜台｜2｜24,690｜24,688｜1,234,500.0％");
    // In a row of ％ the rate has its sign as in the others.
    assert_eq!(row(2), "修了した人｜％｜90｜95｜5｜105.6％");
}

#[test]
fn labels_of_an_upright_table_keep_their_room() {
    let declared = "【表】利用\n前の列：指標の説明、単位、出典\n年度：3年前～翌年度\n列：目標、実績\n向き：縦\n";
    let cells =
        "｜浜に来た人の数を数える｜人｜観光統計調査報告書｜1,234,567｜1,234,567｜1,234,567｜1,234,567｜1,234,567\n";
    let more = format!("【利用】\n創業した件数の累計\n・目標{cells}・実績{cells}");
    let view = view_of(&with_tables("利用｜表", declared, &more));
    let table = view["chapters"][0]["programs"][0]["sections"][1]["tables"][0].clone();
    let (share, size) = (table["columns"][0]["width"].as_f64().unwrap(), table["size"].as_f64().unwrap());
    let measure = if table["turned"] == true { 72.2 } else { 47.7 };
    assert!(share * measure / size * 0.46 > 6.9, "{table}");
}

/// Where programs follow each other, no page parts a table that it could hold.
#[test]
fn a_short_table_is_not_parted() {
    let declared = "【表】利用\n列：計画、実績\n";
    let rows: String = (1..=8).map(|n| format!("第{n}浜の人出｜10人｜9人\n")).collect();
    for lines in [20, 22, 24, 26, 28, 30, 32] {
        let said = "浜を歩いて確かめた。\n".repeat(lines);
        let disk = report(
            &format!("組み方：続ける\n一覧の形：なし\n{PLAIN}利用｜表\n経過｜文章\n\n{declared}"),
            &format!("【目的】\n{said}\n【利用】\n{rows}\n【経過】\n{}", "砂を入れた。\n".repeat(40)),
        );
        let Some(papers) = papers(&disk) else { return };
        for pages in papers {
            let holding: Vec<usize> = (1..=8)
                .map(|n| pages.iter().position(|page| page.contains(&format!("第{n}浜の人出"))).unwrap())
                .collect();
            assert!(holding.iter().all(|page| *page == holding[0]), "{lines}: {holding:?}");
        }
    }
}

#[test]
fn heads_of_a_list_are_parted_between_words() {
    let form = "【項目】\n事業費｜なし\n【見出し】\n目的｜文章｜事業概要として\n総合評価｜選択：Ａ：順調、Ｂ：おおむね順調\n今後の方向性｜選択：拡大、縮小\n\
        【一覧】実施事業\nNo.\n事業名\n総合評価\n今後の方向性\n総合評価｜評価の二\n今後の方向性｜方向の二\n総合評価｜評価の三\n担当\n掲載頁\n";
    let disk = report(form, "【目的】\n浜を守る。\n\n【総合評価】\nＢ\n\n【今後の方向性】\n拡大\n");
    let mut checked = check(&disk).unwrap();
    assert_eq!(found(&checked), Vec::<String>::new());
    let pdf = build(&mut checked, Template::built_in("official").unwrap(), BuildOptions::default()).unwrap().pdf;
    let Some(pages) = texts_of(&pdf) else { return };
    let lines: Vec<&str> = pages.iter().flat_map(|page| page.lines()).collect();
    for bad in ["性", "ね順調", "おお", "むね順調"] {
        assert!(!lines.iter().any(|line| line.split_whitespace().any(|word| word == bad)), "{bad}: {lines:?}");
    }
}

/// Eight years of three columns: the smallest type, and less blank beside each figure.
#[test]
fn twenty_four_columns_fit_a_page_turned_sideways() {
    let declared = "【表】利用\n年度：7年前～当年度\n列：目標、実績、達成率＝実績÷目標\n";
    let cells: String = (1..=8).map(|n| format!("｜{}｜{}", 400 + n, 500 + n)).collect();
    let disk = with_tables("利用｜表", declared, &format!("【利用】\n浜を歩いた人（人）{cells}\n"));
    let Some(papers) = papers(&disk) else { return };
    for pages in papers {
        let page = pages.iter().find(|page| page.contains("浜を歩いた人")).unwrap();
        for n in 1..=8 {
            assert!(page.contains(&format!("{}{}", 400 + n, 500 + n)), "{page}");
        }
        assert!(page.contains("124.9％") && page.contains("124.5％"), "{page}");
    }
    let view = view_of(&disk);
    let table = view["chapters"][0]["programs"][0]["sections"][1]["tables"][0].clone();
    assert!(table["turned"] == true && table["inset"].as_f64().unwrap() < 1.0, "{table}");
}
