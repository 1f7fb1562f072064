//! The list, the wide table and the page of an office's own form, read back from the PDF.

use std::io::Cursor;

use calamine::{Reader, Xlsx};
use jigyo::export::workbook;
use jigyo::load::Memory;
use jigyo::pipeline::{BuildOptions, build, build_excerpt, check, find_wanted, view_json};
use jigyo::typeset::Template;
use serde_json::Value;

use crate::conformance::assert_conformant;
use crate::tools::{build_memory, found, pages_of, squeezed, texts_of};

const FORM: &str = "【様式】主要な施策の成果
題名の年度：問わない
SETTINGS
【項目】
事業番号｜番号｜必須
事業費｜金額｜必須｜決算額
財源｜金額

【見出し】
目的｜文章｜必須、事業概要として
実施状況｜文章｜必須、事業実績として
成果指標｜表｜何度でも、指標として
評価｜評価
今後の方向性｜選択：拡充、現状維持（標準）、縮小

【評価】評価
必要性｜Ａ、Ｂ、Ｃ
有効性｜Ａ、Ｂ、Ｃ

";
const LIST: &str = "【一覧】事業一覧
事業番号
事業名
財源｜前年度から続く財源
事業費｜当年度決算額
必要性
今後の方向性｜方向性
担当｜担当課
掲載頁
";
const WIDE: &str = "【一覧】取組一覧
No.
事業名｜取組
目的
事業費｜決算額
成果指標
評価の有効性｜有効性
担当｜担当課
";

fn program(name: &str, number: &str, fields: &str, more: &str) -> String {
    format!(
        "【事業】{name}\n事業番号：{number}\n{fields}担当：地域支援課\n\n【目的】\n{name}で浜辺の暮らしを支える。\n\n【実施状況】\n月に2回集まった。\n{more}\n"
    )
}

const RATED: &str = "\n【成果指標】\n利用者数｜120人｜150人\n講座の数｜3回｜5回\n\n【評価】\n必要性｜Ａ｜高齢の人が増えた。\n有効性｜Ｂ\n\n【今後の方向性】拡充\n";

/// Two chapters of an invented town; `settings` are lines under 【様式】.
fn town(settings: &str, list: &str) -> Memory {
    let form = format!("{}{list}", FORM.replace("SETTINGS", settings));
    Memory::new()
        .with("報告書.jigyo", "【報告書】白波町の施策の成果\n年度：令和2年度\n発行：白波町\n発行日：令和3年9月1日\n前付：表紙、目次、総括表\n")
        .with("様式.jigyo", form)
        .with("01_暮らし/章.jigyo", "【章】暮らしを支える\n")
        .with("01_暮らし/見守り活動事業.jigyo", program("見守り活動事業", "0110-1", "決算額：3,254\n財源：1,200\n", RATED))
        .with(
            "01_暮らし/移動販売車の運行.jigyo",
            program("移動販売車の運行", "0110-2", "決算額：12,480\n財源：—\n合計に含めない：基金の事業と重なるため\n", ""),
        )
        .with("02_まち/章.jigyo", "【章】まちを整える\n【構成】\n遊歩道の修繕\n再掲：見守り活動事業\n")
        .with("02_まち/遊歩道の修繕.jigyo", program("遊歩道の修繕", "0210-1", "決算額：45,120\n財源：20,000\n", ""))
}

/// The town with a wide table; of the form's rows those of `omitted` are not printed.
fn wide_town(list: &str, omitted: &[&str]) -> Memory {
    let mut form = format!("{}{list}", FORM.replace("SETTINGS", "一覧の形：表\n"));
    for name in omitted {
        let row = form.lines().find(|line| line.starts_with(&format!("{name}｜"))).unwrap().to_string();
        let mut cells: Vec<&str> = row.split('｜').collect();
        let conditions = cells.get(2).map_or("印刷しない".to_string(), |own| format!("{own}、印刷しない"));
        cells.splice(2..cells.len().min(3), [conditions.as_str()]);
        form = form.replacen(&row, &cells.join("｜"), 1);
    }
    town("一覧の形：表\n", list).with("様式.jigyo", form)
}

fn view_of(disk: &Memory) -> Value {
    let checked = check(disk).unwrap();
    assert_eq!(found(&checked), Vec::<String>::new());
    serde_json::from_str(&view_json(&checked, false)).unwrap()
}

fn texts(cells: &Value) -> Vec<&str> {
    cells
        .as_array()
        .unwrap()
        .iter()
        .map(|cell| cell["text"].as_str().unwrap_or_else(|| cell.as_str().unwrap()))
        .collect()
}

#[test]
fn the_columns_of_the_list_are_those_of_the_form() {
    let view = view_of(&town("", LIST));
    let heads: Vec<&str> =
        view["list_columns"].as_array().unwrap().iter().map(|column| column["head"].as_str().unwrap()).collect();
    let expected =
        ["事業番号", "事業名", "R元から続く財源（千円）", "R2決算額（千円）", "必要性", "方向性", "担当課", "掲載頁"];
    assert_eq!(heads, expected);
    let list = &view["chapters"][0]["list"];
    assert_eq!(list["heading"], "【事業一覧】");
    let row = |text: &str| {
        let rows = list["rows"].as_array().unwrap();
        texts(&rows.iter().find(|row| row["name"] == text).unwrap()["cells"]).join("｜")
    };
    assert_eq!(row("見守り活動事業"), "0110-1｜見守り活動事業｜1,200｜3,254｜A｜拡充｜地域支援課｜");
    assert_eq!(row("移動販売車の運行"), "0110-2｜移動販売車の運行｜—｜12,480｜｜現状維持｜地域支援課｜");
    assert_eq!(texts(&list["sums"][0]["cells"]), ["", "", "1,200", "3,254", "", "", "", ""]);
    let last = &view["chapters"][1]["list"];
    assert_eq!(texts(&last["rows"][1]["cells"])[1..4], ["見守り活動事業（再掲）", "（1,200）", "（3,254）"]);
    assert_eq!(texts(&last["sums"][0]["cells"])[2..4], ["20,000", "45,120"]);
    assert_eq!(texts(&last["sums"][1]["cells"])[2..4], ["21,200", "48,374"]);
    let note = "「移動販売車の運行」の金額は小計及び合計に含まない（基金の事業と重なるため）。";
    assert_eq!(list["notes"][0], note);
}

#[test]
fn the_pages_have_the_list_and_the_counts_of_grades() {
    let disk = town("", LIST);
    for template in ["official", "plain"] {
        let mut checked = check(&disk).unwrap();
        let built = build(&mut checked, Template::built_in(template).unwrap(), BuildOptions::default());
        let pdf = built.unwrap_or_else(|| panic!("{template}: {:?}", found(&checked))).pdf;
        assert_conformant(template, &pdf);
        let Some(pages) = texts_of(&pdf) else { return };
        let all = squeezed(&pages.concat());
        for wanted in [
            "評価：必要性",
            "章ABC記入なし計",
            "①暮らしを支える10012",
            "今後の方向性",
            "拡充現状維持縮小計",
            "合計1203",
        ] {
            assert!(all.contains(wanted), "{template}: {wanted}: {all}");
        }
        if template == "official" {
            for wanted in ["【事業一覧】", "小計1,2003,254", "小計20,00045,120", "合計21,20048,374", "（再掲）"]
            {
                assert!(all.contains(wanted), "{wanted}: {all}");
            }
        }
    }
}

#[test]
fn a_wide_table_is_all_that_there_is_of_programs() {
    let disk = wide_town(WIDE, &["事業番号", "財源", "実施状況", "今後の方向性"]);
    for template in ["official", "plain"] {
        let mut checked = check(&disk).unwrap();
        // 必要性 has no column.
        assert_eq!(found(&checked), ["J073@18:1 様式.jigyo"]);
        let built = build(&mut checked, Template::built_in(template).unwrap(), BuildOptions::default());
        let pdf = built.unwrap_or_else(|| panic!("{template}: {:?}", found(&checked))).pdf;
        assert_conformant(template, &pdf);
        let Some(pages) = texts_of(&pdf) else { return };
        let pages: Vec<String> = pages.iter().map(|page| squeezed(page)).collect();
        let of_chapters: Vec<&String> = pages.iter().filter(|page| page.contains("浜辺の暮らしを支える。")).collect();
        assert_eq!(of_chapters.len(), 2, "{template}: {pages:?}");
        let chapter = of_chapters[0];
        for wanted in ["見守り活動事業で浜辺の暮らしを支える。", "講座の数3回5回", "項目元年度2年度", "小計3,254"]
        {
            assert!(chapter.contains(wanted), "{template}: {wanted}: {chapter}");
        }
        assert!(!pages.concat().contains("月に2回集まった。"), "{template}");
        // 目次 leads to the rows.
        assert!(pages[1].contains("遊歩道の修繕2"), "{template}: {}", pages[1]);
        let mut checked = check(&disk).unwrap();
        let wanted = find_wanted(&checked.report, &["遊歩道の修繕".to_string()]).unwrap();
        let excerpt =
            build_excerpt(&mut checked, Template::built_in(template).unwrap(), &wanted, BuildOptions::default());
        let pdf = excerpt.unwrap_or_else(|why| panic!("{template}: {why:?}")).built.pdf;
        assert_conformant(&format!("an excerpt by {template}"), &pdf);
        let pages = pages_of(&pdf).unwrap();
        assert_eq!(pages.len(), 1, "{template}");
        assert!(squeezed(&pages[0]).contains("まちを整える"), "{template}: {}", pages[0]);
    }
}

/// The programs have no pages: the cell is the only place where the reason of a choice or a grade can stand.
#[test]
fn a_wide_table_prints_what_is_said_of_choices_and_grades() {
    let more = "\n【評価】\n必要性｜Ａ\n有効性｜Ｂ｜雨の日の人出が少ない。\n\n【今後の方向性】\n縮小\n橋の点検を先に終える。\n";
    let list = "【一覧】取組一覧\n事業名\n必要性\n有効性\n今後の方向性\n";
    let disk = wide_town(list, &["事業番号", "事業費", "財源", "目的", "実施状況", "成果指標"])
        .with("02_まち/遊歩道の修繕.jigyo", program("遊歩道の修繕", "0210-1", "決算額：45,120\n財源：20,000\n", more));
    let view = view_of(&disk);
    let kinds = view["list_columns"].as_array().unwrap().iter().map(|column| column["kind"].as_str().unwrap());
    assert_eq!(kinds.collect::<Vec<_>>(), ["name", "prose", "prose", "prose"]);
    for template in ["official", "plain"] {
        let mut checked = check(&disk).unwrap();
        let pdf = build(&mut checked, Template::built_in(template).unwrap(), BuildOptions::default()).unwrap().pdf;
        let Some(pages) = texts_of(&pdf) else { return };
        let paper = squeezed(&pages.concat());
        for wanted in ["雨の日の人出が少ない。", "縮小", "橋の点検を先に終える。"] {
            assert!(paper.contains(wanted), "{wanted}: {paper}");
        }
    }
}

#[test]
fn what_no_column_of_a_wide_table_names_is_told_at_its_row() {
    let list = "【一覧】取組一覧\n事業名\n目的\n必要性\n事業費\n";
    let disk = wide_town(list, &["事業番号", "成果指標"]).with(
        "様式.jigyo",
        "【様式】取組一覧\n一覧の形：表\n\n【項目】\n区分｜選択：新規、継続（標準）\n事業番号｜番号｜印刷しない\n財源｜金額\n決算額｜なし\n\n【見出し】\n\
         目的｜文章｜事業概要として\n評価｜評価\n写真｜写真\n実施状況｜文章｜印刷しない\n成果指標｜表｜何度でも、印刷しない\n今後の方向性｜選択：拡充、縮小\n\n\
         【評価】評価\n必要性｜Ａ、Ｂ\n\n【一覧】取組一覧\n事業名\n目的\n必要性\n事業費\n担当\n",
    );
    let checked = check(&disk).unwrap();
    let said: Vec<String> = found(&checked).into_iter().filter(|place| place.starts_with("J073")).collect();
    assert_eq!(said, ["J073@5:1 様式.jigyo", "J073@7:1 様式.jigyo", "J073@13:1 様式.jigyo", "J073@16:1 様式.jigyo"]);
    // A column that cannot be read may be the one that is missing.
    let disk = wide_town("【一覧】取組一覧\n事業名\n目適\n事業費\n", &[]);
    let said: Vec<String> =
        found(&check(&disk).unwrap()).into_iter().filter(|place| place.starts_with("J073")).collect();
    assert_eq!(said.len(), 1, "{said:?}");
}

/// A row for 区分 in 【項目】 prints it among the fields; without one it is where the list has it.
#[test]
fn a_category_of_the_form_stands_in_its_place() {
    let with = |row: &str, fields: &str| {
        let form = FORM.replace("SETTINGS", "").replace("財源｜金額\n", &format!("{row}\n財源｜金額\n"));
        let fields = format!("決算額：45,120\n財源：20,000\n{fields}");
        town("", LIST)
            .with("様式.jigyo", format!("{form}{LIST}"))
            .with("02_まち/遊歩道の修繕.jigyo", program("遊歩道の修繕", "0210-1", &fields, ""))
    };
    let fields_of = |disk: &Memory| {
        let view = view_of(disk);
        let program = view["chapters"][1]["programs"][0].clone();
        let fields = program["fields"].as_array().unwrap().iter();
        let fields: Vec<String> = fields
            .map(|field| format!("{}＝{}", field["label"].as_str().unwrap(), field["text"].as_str().unwrap()))
            .collect();
        (fields.join("、"), program["category"].as_str().unwrap().to_string())
    };
    let (number, money) = ("事業番号＝0210-1", "財源＝20,000 千円");
    let row = "区分｜選択：新規、縮小、継続（標準）｜｜種別";
    for (row, typed, expected, mark) in [
        (row, "種別：縮小\n", format!("{number}、種別＝縮小、{money}"), ""),
        (row, "", format!("{number}、種別＝継続、{money}"), ""),
        ("区分｜選択：新規、縮小", "", format!("{number}、{money}"), ""),
        ("区分｜選択：新規、縮小｜印刷しない", "区分：縮小\n", format!("{number}、{money}"), "縮小"),
        ("区分｜なし", "", format!("{number}、{money}"), ""),
    ] {
        assert_eq!(fields_of(&with(row, typed)), (expected, mark.to_string()), "{row} {typed}");
    }
    let disk = with(row, "種別：縮小\n");
    for template in ["official", "plain"] {
        let mut checked = check(&disk).unwrap();
        let pdf = build(&mut checked, Template::built_in(template).unwrap(), BuildOptions::default()).unwrap().pdf;
        let Some(pages) = texts_of(&pdf) else { return };
        assert_eq!(squeezed(&pages.concat()).matches("種別縮小").count(), 1, "{template}");
    }
}

/// The size of each page in mm, by the document itself.
fn sizes(disk: &Memory) -> Vec<(i64, i64)> {
    let (checked, built) = build_memory(disk, false);
    let built = built.unwrap_or_else(|| panic!("{:?}", found(&checked)));
    let pages = jigyo::typeset::Pages::new(built.document);
    let mm = |pt: f64| format!("{:.0}", pt / 72.0 * 25.4).parse().unwrap();
    (0..pages.count()).map(|page| pages.size(page)).map(|(width, height)| (mm(width), mm(height))).collect()
}

#[test]
fn paper_and_arrangement_are_those_of_the_form() {
    for (paper, size) in [("A4縦", (210, 297)), ("A4横", (297, 210)), ("A3横", (420, 297)), ("B5縦", (182, 257))] {
        let sizes = sizes(&town(&format!("紙：{paper}\n本文：9pt\n"), LIST));
        assert!(sizes.iter().all(|own| *own == size), "{paper}: {sizes:?}");
    }
    assert!(sizes(&town("一覧の形：表\n", WIDE)).iter().all(|own| *own == (297, 210)));
    let count = |settings: &str| sizes(&town(settings, LIST)).len();
    let (whole, each) = (count("組み方：分けない\n"), count("組み方：1事業1頁\n"));
    assert!(count("組み方：続ける\n") <= whole && whole <= each);
    // Each of the two chapters has a page for its list.
    assert_eq!(count("一覧の形：なし\n組み方：1事業1頁\n"), each - 2);
}

#[test]
fn programs_that_follow_each_other_leave_no_head_alone() {
    for lines in 20..30 {
        let long = program("見守り活動事業", "0110-1", "決算額：3,254\n", RATED);
        let long = long.replace("月に2回集まった。\n", &"浜辺を歩いて確かめた。\n".repeat(lines));
        let disk = town("組み方：続ける\n", LIST).with("01_暮らし/見守り活動事業.jigyo", long);
        let (checked, built) = build_memory(&disk, false);
        let pdf = built.unwrap_or_else(|| panic!("{:?}", found(&checked))).pdf;
        let Some(pages) = pages_of(&pdf) else { return };
        for page in &pages {
            let lines: Vec<String> = page.lines().map(squeezed).filter(|line| !line.is_empty()).collect();
            let last = lines.iter().rev().find(|line| !line.starts_with("-")).unwrap();
            assert!(!last.starts_with('【') && !last.contains("決算額"), "{lines:?}");
        }
    }
}

#[test]
fn an_excerpt_of_a_report_without_a_list_has_the_chapters_head() {
    let disk = town("一覧の形：なし\n", LIST);
    for (name, has_head) in [("遊歩道の修繕", true), ("移動販売車の運行", true)] {
        let mut checked = check(&disk).unwrap();
        let wanted = find_wanted(&checked.report, &[name.to_string()]).unwrap();
        let template = Template::built_in("official").unwrap();
        let excerpt = build_excerpt(&mut checked, template, &wanted, BuildOptions::default());
        let pdf = excerpt.unwrap_or_else(|why| panic!("{name}: {why:?}")).built.pdf;
        assert_conformant(name, &pdf);
        let Some(pages) = pages_of(&pdf) else { return };
        assert_eq!(squeezed(&pages[0]).contains("①") || squeezed(&pages[0]).contains("②"), has_head, "{}", pages[0]);
    }
}

#[test]
fn the_workbook_has_the_columns_of_the_form() {
    let checked = check(&town("", LIST)).unwrap();
    let bytes = workbook(&checked.report).unwrap().bytes;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range("一覧").unwrap();
    let rows: Vec<String> =
        range.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<String>>().join("｜")).collect();
    let expected = [
        "章｜事業番号｜事業名｜R元から続く財源（千円）｜R2決算額（千円）｜必要性｜方向性｜担当課｜小計への算入｜算入しない理由",
        "①｜｜暮らしを支える｜｜｜｜｜｜｜",
        "①｜0110-2｜移動販売車の運行｜—｜12480｜｜現状維持｜地域支援課｜含まない｜基金の事業と重なるため",
        "①｜0110-1｜見守り活動事業｜1200｜3254｜Ａ｜拡充｜地域支援課｜含む｜",
        "①｜｜小計｜1200｜3254｜｜｜｜｜",
    ];
    for row in expected {
        assert!(rows.iter().any(|found| found == row), "{row}: {rows:#?}");
    }
}

const TABLE_FORM: &str = "【様式】主要な施策の成果
題名の年度：問わない
SETTINGS
【見出し】
目的｜文章｜必須、事業概要として
予算の執行状況｜表｜必須

【表】予算の執行状況
値：金額
列：予算額、決算額、執行率＝決算額÷予算額
行：国庫支出金、一般財源
計：合計
事業費：合計の決算額

";

fn table_report(settings: &str, list: &str) -> Memory {
    let program = |name: &str, rows: &str| {
        format!("【事業】{name}\n担当：企画課\n\n【目的】\n{name}を進める。\n\n【予算の執行状況】\n{rows}")
    };
    Memory::new()
        .with("報告書.jigyo", "【報告書】白波町の施策の成果\n年度：令和2年度\n発行：白波町\n発行日：令和3年9月1日\n")
        .with("様式.jigyo", format!("{}{list}", TABLE_FORM.replace("SETTINGS", settings)))
        .with("01/章.jigyo", "【章】暮らし\n")
        .with("01/移住の相談.jigyo", program("移住の相談", "国庫支出金｜18,000｜13,474\n一般財源｜71,444｜58,432\n"))
        .with("01/空き家の調べ.jigyo", program("空き家の調べ", "国庫支出金｜500｜400\n一般財源｜1,000｜△20\n"))
}

#[test]
fn cells_of_declared_tables_are_columns_and_are_summed() {
    let list = "【一覧】一覧\n事業名\n合計の予算額｜当年度予算額\n一般財源の決算額｜うち一般財源\n事業費｜決算額\n合計の執行率｜執行率\n";
    let view = view_of(&table_report("", list));
    let list = &view["chapters"][0]["list"];
    let row = |name: &str| {
        let rows = list["rows"].as_array().unwrap();
        texts(&rows.iter().find(|row| row["name"] == name).unwrap()["cells"]).join("｜")
    };
    assert_eq!(row("移住の相談"), "移住の相談｜89,444｜58,432｜71,906｜80.4％");
    assert_eq!(row("空き家の調べ"), "空き家の調べ｜1,500｜△20｜380｜25.3％");
    assert_eq!(texts(&list["sums"][0]["cells"]), ["", "90,944", "58,412", "72,286", ""]);
}

#[test]
fn a_wide_table_has_the_columns_of_declared_tables() {
    let disk = table_report("一覧の形：表\n", "【一覧】一覧\n事業名\n目的\n予算の執行状況\n事業費｜決算額\n");
    let view = view_of(&disk);
    let column = &view["list_columns"][2];
    assert_eq!(column["head"], "予算の執行状況（千円）");
    assert_eq!(column["parts"], serde_json::json!(["項目", "予算額", "決算額", "執行率"]));
    let (checked, built) = build_memory(&disk, false);
    let pdf = built.unwrap_or_else(|| panic!("{:?}", found(&checked))).pdf;
    assert_conformant("a wide table of declared tables", &pdf);
    let Some(pages) = texts_of(&pdf) else { return };
    let all = squeezed(&pages.concat());
    assert!(all.contains("合計89,44471,906") && all.contains("小計72,286"), "{all}");
}
