//! What is on paper: text and page of each thing, taken from the PDF, and the view it was made from.

use std::fs;

use jigyo::load::Memory;
use jigyo::model::{Amount, Value, format_amount};
use jigyo::pipeline::view_json;

use crate::tools::{
    build_folder, build_memory, check_folder, found, pages_of, program, root, small_report, squeezed, texts_of,
};

#[test]
fn the_pdf_of_the_real_chapter_holds_every_name_amount_cell_and_page() {
    let (checked, built) = build_folder(&root().join("reports/aomori-r2"), false);
    let pdf = built.expect("builds").pdf;
    let (Some(pages), Some(texts)) = (pages_of(&pdf), texts_of(&pdf)) else { return };
    let all = squeezed(&texts.concat());
    let report = &checked.report;
    assert!(all.contains("845,745"));
    for (index, program) in report.chapters[0].programs.iter().enumerate() {
        let name = squeezed(&program.name.as_ref().expect("has a name").value);
        assert!(all.contains(&name), "{name}");
        let Some(Amount::Value(amount)) = program.amount else { panic!("{name} has an amount") };
        assert!(all.contains(&format!("事業費{}千円", format_amount(amount))), "{name}: {amount}");
        for row in program.tables().flat_map(|table| &table.rows) {
            for cell in row.values.iter().filter_map(|value| match value {
                Value::Own(cell) => Some(cell),
                Value::Shared { .. } | Value::Hole(_) | Value::Computed(_) => None,
            }) {
                for line in &cell.lines {
                    // ％ is one sign on paper.
                    let printed = squeezed(&line.value).replace('%', "％");
                    assert!(all.contains(&printed), "{name}: {printed}");
                }
            }
        }
        assert_eq!(
            listed_page(&pages, index + 1),
            Some(page_of_program(&pages, index + 1)),
            "掲載頁 of No.{}",
            index + 1
        );
    }
}

/// The number printed in the last column of the list.
fn listed_page(pages: &[String], no: usize) -> Option<usize> {
    let list = pages.iter().flat_map(|page| page.lines()).skip_while(|line| !line.contains("【基本方針事業一覧】"));
    let until_first_program = list.take_while(|line| !line.contains("事業費 3,254"));
    let row = until_first_program.filter(|line| line.split_whitespace().next() == Some(&no.to_string())).last()?;
    row.split_whitespace().last()?.parse().ok()
}

/// The number in the foot of the page whose band carries the program's No. and amount.
fn page_of_program(pages: &[String], no: usize) -> usize {
    let page = pages
        .iter()
        .find(|page| {
            page.lines().any(|line| {
                let words: Vec<&str> = line.split_whitespace().collect();
                words.first() == Some(&no.to_string().as_str()) && words.last() == Some(&"千円")
            })
        })
        .unwrap_or_else(|| panic!("No.{no} is on no page"));
    let foot = page.lines().rev().find(|line| !line.trim().is_empty()).expect("has a foot");
    foot.trim().trim_matches(['-', ' ']).parse().unwrap_or_else(|_| panic!("the foot is {foot}"))
}

#[test]
fn markup_of_the_typesetter_is_mere_text() {
    let text = r##"#read("/etc/passwd") $x$ *a* _b_ @c \ <d> [e] `f` //g /*h*/ ~ -- --- ... "q" 'q' = - + #[x]"##;
    let mut disk = small_report();
    disk.insert(
        "報告書.jigyo",
        format!("【報告書】令和2年度{text}\n年度：令和2年度\n発行：{text}\n発行日：令和3年9月1日\n"),
    );
    disk.insert("01_章/章.jigyo", format!("【章】{text}\n【取組の概要】\n○{text}\n{text}\n"));
    disk.insert(
        "01_章/一.jigyo",
        format!(
            "【事業】{text}\n事業費：1\n担当：課{text}\n【事業概要】\n{text}\n【事業実績】\n（１）{text}\n・{text}\n※{text}\n【指標】{text}\n{text}｜{text}｜{text}\n※{text}\n【事例】{text}\n{text}\n"
        ),
    );
    let (checked, built) = build_memory(&disk, false);
    assert_eq!(found(&checked), Vec::<String>::new());
    let Some(pages) = pages_of(&built.expect("builds").pdf) else { return };
    let all = squeezed(&pages.concat());
    let wanted = squeezed(text);
    assert!(all.matches(&wanted).count() >= 8, "{all}");
}

#[test]
fn the_house_style_is_on_paper_only() {
    let mut disk = small_report();
    disk.insert("01_章/一.jigyo", program("ＵＩＪターン(人材)ｶﾞｲﾀﾞﾝｽ２").replace("10名", "４７０　件"));
    let (checked, built) = build_memory(&disk, false);
    let json = view_json(&checked, false);
    assert!(json.contains("\"UIJターン（人材）ガイダンス2\""), "{json}");
    assert!(json.contains("\"470件\""));
    let name = &checked.report.chapters[0].programs[0].name;
    assert_eq!(name.as_ref().map(|name| name.value.as_str()), Some("ＵＩＪターン(人材)ｶﾞｲﾀﾞﾝｽ２"));
    let Some(pages) = pages_of(&built.expect("builds").pdf) else { return };
    assert!(squeezed(&pages.concat()).contains("UIJターン（人材）ガイダンス2"));
}

#[test]
fn a_draft_marks_every_page_and_shows_what_is_missing() {
    let mut disk = small_report();
    disk.insert("01_章/二.jigyo", "【事業】二\n事業費：8,18l\n担当：監理課\n【事業概要】\n𠮷田町で行う。\n【指標】\n人数｜1名｜\n【写真】\nなし.png｜写真｜説明\n");
    let (checked, built) = build_memory(&disk, false);
    assert!(checked.diagnostics.has_errors() && built.is_none());
    let (_, built) = build_memory(&disk, true);
    let Some(pages) = pages_of(&built.expect("a draft is always made").pdf) else { return };
    assert!(pages.iter().all(|page| page.contains("下書き")));
    let all = squeezed(&pages.concat());
    for wanted in ["事業費〓千円", "〓田町で行う。", "【事業実績】がありません", "1名"] {
        assert!(all.contains(wanted), "{wanted}: {all}");
    }
    assert!(!all.contains("小計1,000"), "half a sum: {all}");
}

#[test]
fn relisted_programs_and_those_outside_the_total() {
    let disk = small_report()
        .with("01_章/章.jigyo", "【章】人材\n【構成】\n一\n二\n")
        .with(
            "01_章/二.jigyo",
            program("二").replace("1,000千円", "500").replace("担当", "合計に含めない：国の直轄のため\n担当"),
        )
        .with("02_章/章.jigyo", "【章】販路\n【構成】\n三\n再掲　一\n")
        .with("02_章/三.jigyo", program("三").replace("1,000千円", "△70").replace("担当", "区分：新規\n担当"));
    let (checked, built) = build_memory(&disk, false);
    assert_eq!(found(&checked), Vec::<String>::new());
    let json = view_json(&checked, false);
    let view: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(view["chapters"][0]["list"]["subtotal"]["value"], 1000);
    assert_eq!(view["chapters"][0]["list"]["subtotal"]["programs"], 2);
    assert_eq!(view["chapters"][1]["list"]["subtotal"]["text"], "△70");
    assert_eq!(view["chapters"][1]["list"]["rows"][1]["no"], "再掲");
    assert_eq!(view["chapters"][1]["list"]["rows"][1]["cells"][2]["text"], "（1,000）");
    assert_eq!(view["chapters"][1]["list"]["rows"][1]["anchor"], view["chapters"][0]["programs"][0]["anchor"]);
    assert_eq!(
        (&view["total"]["value"], &view["total"]["programs"], &view["total"]["new_programs"]),
        (&930.into(), &3.into(), &1.into())
    );
    assert!(view["chapters"][0]["list"]["total"].is_null());
    assert_eq!(view["chapters"][1]["list"]["total"]["text"], "930");
    let Some(pages) = pages_of(&built.expect("builds").pdf) else { return };
    let all = squeezed(&pages.concat());
    assert!(all.contains("国の直轄のため") && all.contains("再掲"), "{all}");
    assert_eq!(all.matches("小計△70").count(), 1, "{all}");
}

#[test]
fn merged_grouped_and_continued_cells_reach_the_view() {
    let mut disk = small_report();
    let table = "【指標】\n研修\n　・回数｜6回｜7回\n　・人数｜107名｜1,220名\n校数｜3校｜中止となったため実績なし\n人数｜487名｜↑\n社数｜延68社｜↑\n参加者｜【R3卒】｜【R4卒】\n＋｜R2年3月｜\n＋（延べ）\n相談｜1件｜2件\n　・うち窓口｜—｜ー\n";
    disk.insert("01_章/一.jigyo", program("一").replace("【指標】\n", table));
    let (checked, _) = build_memory(&disk, false);
    assert_eq!(found(&checked), Vec::<String>::new());
    let json = view_json(&checked, false);
    let view: serde_json::Value = serde_json::from_str(&json).unwrap();
    let sections = view["chapters"][0]["programs"][0]["sections"].as_array().unwrap();
    let table = &sections.iter().find(|section| section["kind"] == "indicators").unwrap()["tables"][0];
    let mut shown = String::new();
    for row in table["rows"].as_array().unwrap() {
        for cell in row["cells"].as_array().unwrap() {
            shown.push_str(&format!(
                "[{} {}x{} l{}]",
                cell["text"].as_str().unwrap().replace('\n', "/"),
                cell["colspan"],
                cell["rowspan"],
                cell["level"]
            ));
        }
        shown.push('\n');
    }
    assert_eq!(
        shown,
        "[研修 1x2 l0][回数 1x1 l0][6回 1x1 l0][7回 1x1 l0]\n\
         [人数 1x1 l0][107名 1x1 l0][1,220名 1x1 l0]\n\
         [校数 2x1 l0][3校 1x1 l0][中止となったため実績なし 1x3 l0]\n\
         [人数 2x1 l0][487名 1x1 l0]\n\
         [社数 2x1 l0][延68社 1x1 l0]\n\
         [参加者/（延べ） 2x1 l0][【R3卒】/R2年3月 1x1 l0][【R4卒】 1x1 l0]\n\
         [相談 2x1 l0][1件 1x1 l0][2件 1x1 l0]\n\
         [うち窓口 2x1 l1][— 1x1 l0][— 1x1 l0]\n\
         [参加者数 2x1 l0][10名 1x1 l0][20名 1x1 l0]\n"
    );
}

#[test]
fn a_photo_inside_the_report_is_printed_and_one_outside_refused() {
    let png = fs::read(root().join("templates/sample/photos/p2-2-1.png")).unwrap();
    let text = program("一") + "【写真】\n会場.png｜会場の様子｜研修を受ける人々\n";
    let disk = small_report().with("01_章/一.jigyo", &text).with("01_章/会場.png", &png);
    let (checked, built) = build_memory(&disk, false);
    assert_eq!(found(&checked), Vec::<String>::new());
    let pdf = built.expect("builds").pdf;
    assert!(pdf.windows(14).any(|bytes| bytes == b"/Subtype/Image" || bytes == b"/Subtype /Imag"));
    for outside in ["../../会場.png", "/会場.png", "C:\\会場.png"] {
        let disk = disk.clone().with("01_章/一.jigyo", text.replace("会場.png", outside));
        let (checked, _) = build_memory(&disk, false);
        assert_eq!(found(&checked), ["J070@14:1 01_章/一.jigyo"], "{outside}");
    }
}

#[cfg(unix)]
#[test]
fn a_photo_behind_a_link_out_of_the_report_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let outside = folder.path().join("外.png");
    fs::copy(root().join("templates/sample/photos/p2-2-1.png"), &outside).unwrap();
    let report = folder.path().join("r");
    let disk = small_report().with("01_章/一.jigyo", program("一") + "【写真】\nl.png｜会場｜人々\n");
    for path in disk.paths() {
        let file = report.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, disk.get(path).unwrap()).unwrap();
    }
    std::os::unix::fs::symlink(&outside, report.join("01_章/l.png")).unwrap();
    assert_eq!(found(&check_folder(&report)), ["J070@14:1 01_章/一.jigyo"]);
}

#[test]
fn page_numbers_that_do_not_settle_are_an_error() {
    let disk = small_report()
        .with("報告書.jigyo", "【報告書】報告書\n年度：令和2年度\n発行日：令和3年9月1日\n体裁：体裁\n")
        .with(
            "体裁/main.typ",
            "#set document(title: \"あ\")\n#set text(lang: \"ja\")\n#let s = state(\"s\", 1)\n#context s.update(s.final() + 1)\n#context s.final()\n",
        );
    let (checked, built) = build_memory(&disk, false);
    assert!(built.is_none());
    assert_eq!(checked.diagnostics.iter().map(|d| d.code.name()).collect::<Vec<_>>(), ["J082"]);
}

#[test]
fn a_template_reads_nothing_but_its_own_folder_and_the_report() {
    for reading in ["/etc/passwd", "../報告書.jigyo", "/photos/none.png", "@preview/cetz:0.1.0"] {
        let disk = small_report()
            .with("報告書.jigyo", "【報告書】報告書\n年度：令和2年度\n発行日：令和3年9月1日\n体裁：体裁\n")
            .with(
                "体裁/main.typ",
                format!("#set document(title: \"あ\")\n#import \"{reading}\"\n#read(\"{reading}\")\n"),
            );
        let (checked, built) = build_memory(&disk, false);
        assert!(built.is_none(), "{reading}");
        assert!(checked.diagnostics.iter().all(|d| d.code.name() == "J080"), "{reading}");
    }
}

#[test]
fn the_reports_own_fonts_stand_in_for_what_the_built_in_faces_lack() {
    // A face of the report's own that has no family of ours: its name is changed inside the file.
    let mut face = fs::read(root().join("templates/fonts/BIZUDMincho-Regular.ttf")).unwrap();
    let utf16 = |name: &str| name.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    for (old, new) in
        [(utf16("BIZ UDMincho"), utf16("BIZ UDReport")), (b"BIZ UDMincho".to_vec(), b"BIZ UDReport".to_vec())]
    {
        let places: Vec<usize> =
            face.windows(old.len()).enumerate().filter(|(_, w)| *w == old).map(|(at, _)| at).collect();
        for at in places {
            face.splice(at..at + old.len(), new.iter().copied());
        }
    }
    let disk = small_report().with("fonts/own.ttf", face);
    let (checked, built) = build_memory(&disk, false);
    assert_eq!(checked.fonts.families(), ["BIZ UDReport"]);
    assert!(view_json(&checked, false).contains("\"BIZ UDReport\""));
    assert!(built.is_some(), "{:?}", found(&checked));
}

#[test]
fn the_year_labels_of_the_first_year_of_an_era() {
    let disk = Memory::new()
        .with("報告書.jigyo", "【報告書】報告書\n年度：R元\n発行日：令和2年9月1日\n")
        .with("01_章/章.jigyo", "【章】人材\n")
        .with("01_章/一.jigyo", program("一"));
    let (checked, _) = build_memory(&disk, false);
    let json = view_json(&checked, false);
    let view: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(view["fiscal_year"]["label"], "令和元年度");
    assert_eq!(
        (&view["fiscal_year"]["previous_column"], &view["fiscal_year"]["column"]),
        (&"30年度".into(), &"元年度".into())
    );
    assert_eq!(view["list_columns"][2]["head"], "R元事業費（千円）");
}
