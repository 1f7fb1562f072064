//! `report export`: what comes out is what the model holds, whatever somebody typed; and nobody's file is replaced.

use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use jigyo::export::{Encoding, csv_files, is_own_csv, is_own_json, is_own_workbook, json, workbook};
use jigyo::load::Memory;
use jigyo::model::Report;
use jigyo::pipeline::check;
use jigyo::totals::{subtotal, total};
use serde_json::Value as Json;

use crate::exported::{Tables, facts_of_model, facts_of_tables, from_csv, from_workbook, shown};
use crate::exported_json::facts_of_json;
use crate::run::run;
use crate::tools::{
    check_folder, copy_folder, files_below, on_disk, program, root, sample_reports, small_report, write,
};

fn csv_tables(report: &Report) -> Tables {
    from_csv(&csv_files(report, Encoding::Utf8))
}

#[test]
fn every_form_read_back_is_the_model() {
    for path in sample_reports() {
        let report = check_folder(&path).report;
        let model = facts_of_model(&report);
        assert!(model.cells.len() > 50 && model.texts.len() > 50, "{}", path.display());
        assert_eq!(facts_of_tables(&csv_tables(&report)), model);
        assert_eq!(facts_of_tables(&from_workbook(&workbook(&report).unwrap().bytes)), model);
        assert_eq!(facts_of_json(&serde_json::from_str(&json(&report)).unwrap()), model);
    }
}

#[test]
fn two_runs_give_the_same_bytes_and_are_known_again() {
    for path in sample_reports() {
        let (one, two) = (check_folder(&path).report, check_folder(&path).report);
        assert_eq!(json(&one), json(&two));
        assert!(is_own_json(json(&one).as_bytes()));
        let books = [workbook(&one).unwrap(), workbook(&two).unwrap()];
        assert_eq!(books[0], books[1]);
        assert!(is_own_workbook(&books[0].bytes) && !is_own_workbook(&books[0].bytes[..200]));
        for encoding in [Encoding::Utf8, Encoding::Cp932] {
            let files = csv_files(&one, encoding);
            assert_eq!(files, csv_files(&two, encoding));
            assert!(files.iter().all(|file| is_own_csv(&file.bytes)));
        }
    }
    let mut of_somebody = rust_xlsxwriter::Workbook::new();
    of_somebody.add_worksheet().write(0, 0, "大事なもの").unwrap();
    assert!(!is_own_workbook(&of_somebody.save_to_buffer().unwrap()));
    for other in ["", "{}", "報告年度", "担当課,予定", "{\n  \"format\": 2\n}"] {
        let bytes = other.as_bytes();
        assert!(!is_own_csv(bytes) && !is_own_json(bytes) && !is_own_workbook(bytes), "{other}");
    }
}

#[test]
fn sheets_keep_the_national_rules() {
    for path in sample_reports() {
        for file in csv_files(&check_folder(&path).report, Encoding::Utf8) {
            let text = String::from_utf8(file.bytes).unwrap();
            assert!(text.starts_with("\u{FEFF}報告年度（西暦）,報告年度,") && text.ends_with("\r\n"), "{}", file.name);
            // One line a row: nothing breaks a cell.
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        }
        let tables = csv_tables(&check_folder(&path).report);
        for (name, (head, rows)) in &tables {
            assert_eq!(
                head.iter().collect::<BTreeSet<_>>().len(),
                head.len(),
                "{name}: a column has a name of its own"
            );
            for row in rows {
                assert!(row.values().any(|cell| !cell.is_empty()) && row.values().all(|cell| cell.trim() == cell));
                for number in ["事業費", "数値", "事業数", "No."].iter().filter_map(|column| row.get(*column)) {
                    assert!(number.is_empty() || number.parse::<f64>().is_ok(), "{name}: {number}");
                }
            }
        }
    }
}

#[test]
fn the_four_facts_stay_apart() {
    let tables = csv_tables(&check_folder(&root().join("reports/tutorial")).report);
    let rows = &tables["指標"].1;
    let found = |text: &str| {
        let row = rows.iter().find(|row| row["原文"] == text).unwrap_or_else(|| panic!("{text}"));
        [row["状態"].as_str(), &row["数値"], &row["単位"], &row["接頭語"]].map(str::to_string)
    };
    assert_eq!(found("—"), ["該当なし", "", "", ""]);
    assert_eq!(found("中止"), ["中止", "", "", ""]);
    assert_eq!(found("0件"), ["数値", "0", "件", ""]);
    assert_eq!(found("延べ281名"), ["数値", "281", "名", "延べ"]);
    assert_eq!(found("△2.8％"), ["数値", "-2.8", "％", ""]);
    let amounts: Vec<(&str, &str)> =
        tables["事業"].1.iter().map(|row| (row["事業費"].as_str(), row["事業費の状態"].as_str())).collect();
    assert!(
        amounts.contains(&("", "該当なし")) && amounts.contains(&("0", "数値")) && amounts.contains(&("-1250", "数値"))
    );
}

/// The 一覧 of a workbook: values, and formulas by their cell.
fn list_of(report: &Report) -> (Vec<Vec<Data>>, Vec<Vec<String>>) {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(workbook(report).unwrap().bytes)).unwrap();
    let values = book.worksheet_range("一覧").unwrap();
    let formulas = book.worksheet_formula("一覧").unwrap();
    let (end, width) = (values.end().unwrap().0, values.end().unwrap().1);
    let formula = |row, column| formulas.get_value((row, column)).cloned().unwrap_or_default();
    (
        values.rows().map(<[Data]>::to_vec).collect(),
        (0..=end).map(|row| (0..=width).map(|column| formula(row, column)).collect()).collect(),
    )
}

#[test]
fn formulas_of_the_list_give_the_sums_of_the_report() {
    for path in sample_reports() {
        let report = check_folder(&path).report;
        let (values, formulas) = list_of(&report);
        let mut expected: Vec<_> = report.chapters.iter().map(|chapter| ("小計", subtotal(chapter))).collect();
        if report.chapters.len() > 1 {
            expected.push(("合計", total(&report)));
        }
        let sums: Vec<usize> = (0..values.len()).filter(|row| !formulas[*row][3].is_empty()).collect();
        assert_eq!(sums.len(), expected.len());
        for (row, (label, sum)) in sums.into_iter().zip(expected) {
            assert_eq!(shown(&values[row][2]), label);
            let kept = [1, 3, 4].map(|column| shown(&values[row][column]));
            assert_eq!(kept, [sum.programs.to_string(), sum.value.unwrap().to_string(), sum.new_programs.to_string()]);
            // What a spreadsheet would calculate.
            let range = formulas[row][3].strip_prefix("SUMIFS(D").unwrap().split(',').next().unwrap();
            let (from, to) = range.split_once(":D").unwrap();
            let rows = from.parse::<usize>().unwrap() - 1..to.parse::<usize>().unwrap();
            assert!(rows.end == row);
            let is = |row: usize, text: &str| shown(&values[row][6]) == text;
            let amount = |row: usize| shown(&values[row][3]).parse::<i64>().unwrap_or(0);
            let summed: i64 = rows.clone().filter(|row| is(*row, "含む")).map(amount).sum();
            let counted = rows.clone().filter(|row| is(*row, "含む") || is(*row, "含まない"));
            let new = counted.clone().filter(|row| shown(&values[*row][4]) == "○").count();
            assert_eq!(
                [summed, counted.count() as i64, new as i64].map(|n| n.to_string()),
                [&kept[1], &kept[0], &kept[2]].map(Clone::clone)
            );
        }
    }
    let (values, _) = list_of(&check_folder(&root().join("reports/tutorial")).report);
    assert!(values.iter().any(|row| shown(&row[1]) == "再掲" && row[3] == Data::Float(22750.0)));
}

/// A report of names and texts that somebody might type to see what happens.
fn hostile() -> Memory {
    let evil = "【事業】=HYPERLINK(\"http://a\",\"あ\")\n旧名称：+cmd|' /C calc'!A0\n事業費：△5\n担当：@監理課　－一グループ\n合計に含めない：'=1+1\n\n【事業概要】\n-1+2を試す、\u{7}\u{B}\"引用\"。\n\n【事業実績】\n";
    let long = "a".repeat(40_000);
    small_report()
        .with("01_章/章.jigyo", "【章】=人材,の\"育成\"\n")
        .with(
            "01_章/二.jigyo",
            format!("{evil}{long}\n\n【指標】-3名\n参加者数\u{2028}（名）｜-3名｜△0.50％\n＋（延べ）｜𠮷｜=1\n-5｜–｜１２３４５６７８９０１２３４５６７８円\n"),
        )
}

#[test]
fn hostile_texts_stay_texts_in_every_form() {
    let report = check(&hostile()).unwrap().report;
    assert_eq!(report.chapters[0].programs.len(), 2);
    let files = csv_files(&report, Encoding::Utf8);
    for file in &files {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
        for cell in reader.records().flat_map(|row| row.unwrap().iter().map(str::to_string).collect::<Vec<_>>()) {
            assert!(!cell.chars().any(char::is_control), "{cell:?}");
            let is_number = cell.parse::<f64>().is_ok() || cell == "-3名";
            assert!(
                is_number || !cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']),
                "{}: {cell}",
                file.name
            );
        }
    }
    let tables = from_csv(&files);
    let evil = tables["事業"].1.iter().find(|row| row["事業ID"] == "二").unwrap();
    assert_eq!(evil["事業名"], "=HYPERLINK(\"http://a\",\"あ\")");
    assert_eq!((evil["旧名称"].as_str(), evil["事業費"].as_str()), ("+cmd|' /C calc'!A0", "-5"));
    assert_eq!((evil["担当課"].as_str(), evil["担当グループ"].as_str()), ("@監理課", "－一グループ"));
    assert_eq!(evil["算入しない理由"], "'=1+1");

    let book = workbook(&report).unwrap();
    let cut: Vec<_> = book.changed.iter().map(|changed| (changed.table, changed.column)).collect();
    assert_eq!(cut, [("本文", "文")]);
    let sheets = from_workbook(&book.bytes);
    let long = sheets["本文"].1.iter().find(|row| row["文"].starts_with("aaa")).unwrap();
    assert!(long["文"].ends_with("〔以下略〕") && long["文"].chars().count() == 32_767);
    assert_eq!(sheets["事業"], tables["事業"]);
    let numbers = |tables: &Tables| tables["指標"].1.iter().map(|row| row["数値"].clone()).collect::<Vec<_>>();
    assert_eq!(numbers(&tables), ["10", "20", "-3", "", "-0.50", "", "", "123456789012345678"]);
    // A spreadsheet holds fifteen digits: a longer number is text.
    assert_eq!(numbers(&sheets), ["10", "20", "-3", "", "-0.5", "", "", "123456789012345678"]);
    let mut read: Xlsx<_> = Xlsx::new(Cursor::new(book.bytes)).unwrap();
    for name in read.sheet_names() {
        let is_list = name == "一覧";
        let formulas = read.worksheet_formula(&name).unwrap();
        assert_eq!(formulas.used_cells().count(), if is_list { 3 } else { 0 }, "{name}");
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook(&report).unwrap().bytes)).unwrap();
    let styles = std::io::read_to_string(archive.by_name("xl/styles.xml").unwrap()).unwrap();
    assert!(styles.contains("quotePrefix=\"1\""), "edited, it still is text");
    let document: Json = serde_json::from_str(&json(&report)).unwrap();
    let table = &document["chapters"][0]["programs"][1]["indicators"][0];
    assert_eq!(table["rows"][0]["label"], serde_json::json!(["参加者数", "（名）", "（延べ）"]));
    assert_eq!(table["rows"][0]["values"][1]["lines"][0]["quantities"][0]["number"], "-0.50");
}

#[test]
fn what_could_not_be_read_is_no_zero() {
    let disk = small_report().with("01_章/二.jigyo", program("二").replace("1,000", "8,18l").replace("｜20名", "｜"));
    let report = check(&disk).unwrap().report;
    for tables in [csv_tables(&report), from_workbook(&workbook(&report).unwrap().bytes)] {
        let of = |table: &str, column: &str| {
            let row = tables[table].1.iter().find(|row| row.get("事業ID").is_none_or(|id| id == "二"));
            row.map(|row| row[column].clone()).unwrap()
        };
        assert_eq!((of("事業", "事業費").as_str(), of("事業", "事業費の状態").as_str()), ("", "未記入"));
        assert_eq!((of("集計", "事業費").as_str(), of("集計", "事業費の状態").as_str()), ("", "未記入"));
        let last = tables["指標"].1.last().unwrap();
        assert_eq!((last["数値"].as_str(), last["状態"].as_str(), last["原文"].as_str()), ("", "未記入", ""));
    }
    let found: Json = serde_json::from_str(&json(&report)).unwrap();
    assert_eq!((&found["total"]["amount"], &found["chapters"][0]["programs"][1]["amount"]), (&Json::Null, &Json::Null));
    assert_eq!(found["chapters"][0]["programs"][1]["amount_state"], "missing");
}

#[test]
fn what_cp932_lacks_is_replaced_and_listed() {
    let disk = small_report().with("01_章/二.jigyo", program("髙﨑と𠮷—〜").replace("研修を行う", "é①"));
    let report = check(&disk).unwrap().report;
    let files = csv_files(&report, Encoding::Cp932);
    let of = |name: &str| files.iter().find(|file| file.name == name).unwrap();
    let text = jigyo::load::decode(&of("事業.csv").bytes).unwrap();
    assert!(text.starts_with("報告年度（西暦）,") && text.contains(",髙﨑と〓―～,"), "{text}");
    let lost: Vec<_> = of("本文.csv").changed.iter().map(|lost| (lost.row, lost.column, lost.lost.as_str())).collect();
    let tables = csv_tables(&report);
    let rows = tables["本文"].1.iter().enumerate().map(|(index, row)| (index + 2, row.clone()));
    let of_two: Vec<usize> = rows.filter(|(_, row)| row["事業ID"] == "二").map(|(row, _)| row).collect();
    assert_eq!(lost[..2], [(of_two[0], "事業名", "𠮷"), (of_two[0], "文", "é")]);
    assert!(of("集計.csv").changed.is_empty());
}

#[test]
fn the_command_writes_beside_the_pdf_and_says_so() {
    let (_folder, path) = on_disk();
    for _ in 0..2 {
        for kind in ["csv", "xlsx", "json"] {
            run(&path.join("01_章"), &["export", kind]).succeeds().prints_nothing().says("に書きました。");
        }
    }
    let names = |folder: &str| {
        let files = files_below(&path.join(folder));
        files.iter().map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect::<BTreeSet<_>>()
    };
    let tables = ["事業", "担当", "指標", "集計", "掲載", "本文"].map(|table| format!("報告_{table}.csv"));
    let all = tables.iter().cloned().chain(["報告.xlsx".to_string(), "報告.json".to_string()]).collect();
    assert_eq!(names("out"), all);
    let ran = run(&path, &["export", "csv", ".", "-o", "公表", "--encoding", "cp932"]);
    ran.succeeds().prints_nothing().says("に書きました。");
    assert_eq!(names("公表"), tables.into_iter().collect());
    let ran = run(&path, &["export", "json", "--encoding", "cp932"]);
    ran.refuses().prints_nothing().says("csv を書き出すときだけ");
    run(&path, &["export", "--help"]).succeeds().prints("シフトJIS").prints("使い方：").says_nothing();
    run(&path, &["export", "pdf"]).refuses().prints_nothing().says("使えるのは csv、docx、html、json、xlsx です。");
}

#[test]
fn losses_are_listed_and_are_no_error() {
    let (_folder, path) = on_disk();
    write(&path.join("fonts/none.txt"), "");
    write(&path.join("01_章/一.jigyo"), program("一").replace("研修を行う", "café を開く"));
    let ran = run(&path, &["export", "csv", "--encoding", "cp932"]).succeeds().prints_nothing();
    ran.says("書けない文字が 1 字あり、〓 にしました").says("  本文　文　「é」（番号 E9）　2行目\n");
}

#[test]
fn with_errors_nothing_is_written_and_what_was_there_stays() {
    let (_folder, path) = on_disk();
    run(&path, &["export", "json"]).succeeds().prints_nothing().says("に書きました。");
    let before = fs::read(path.join("out/報告.json")).unwrap();
    write(&path.join("01_章/一.jigyo"), program("一").replace("1,000", "8,18l"));
    for kind in ["csv", "xlsx", "json"] {
        run(&path, &["export", kind]).fails().prints_nothing().says("[J014]").says("書き出しませんでした");
    }
    assert_eq!(files_below(&path.join("out")), [path.join("out/報告.json")]);
    assert_eq!(fs::read(path.join("out/報告.json")).unwrap(), before);
    let ran = run(&path, &["export", "csv", "--message-format", "json"]).fails().prints_lines(1).says_nothing();
    assert_eq!(ran.json_lines()[0]["code"], "J014");
}

#[test]
fn nobody_elses_file_is_replaced() {
    let (_folder, path) = on_disk();
    for (kind, name) in [("csv", "報告_掲載.csv"), ("xlsx", "報告.xlsx"), ("json", "報告.json")] {
        let file = path.join("out").join(name);
        write(&file, "大事なもの");
        run(&path, &["export", kind]).refuses().prints_nothing().says("上書きしません");
        assert_eq!(fs::read_to_string(&file).unwrap(), "大事なもの");
    }
    // Not even the files that could have been written.
    assert_eq!(files_below(&path.join("out")).len(), 3);
    run(&path, &["export", "json", "-o", "報告書.jigyo"]).refuses().prints_nothing().says("報告書.jigyo");
    assert!(fs::read_to_string(path.join("報告書.jigyo")).unwrap().starts_with("【報告書】"));
}

/// The first cells of the rows of the table under a heading of docs/data.md, without their marks.
fn documented(document: &str, heading: &str) -> Vec<String> {
    let (_, rest) = document.split_once(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("{heading} is missing"));
    let rest = rest.lines().take_while(|line| !line.starts_with('#'));
    rest.filter_map(|row| row.strip_prefix("| `")).map(|row| row.split('`').next().unwrap().to_string()).collect()
}

#[test]
fn the_document_names_every_column() {
    let document = fs::read_to_string(root().join("docs/data.md")).unwrap();
    let tables = csv_tables(&check_folder(&root().join("reports/tutorial")).report);
    let chapter = documented(&document, "### In every table");
    let program = documented(&document, "### In every table but 集計");
    for (name, (head, _)) in &tables {
        let common = if name == "集計" { chapter.clone() } else { [chapter.clone(), program.clone()].concat() };
        assert_eq!(*head, [common, documented(&document, &format!("### {name}"))].concat(), "{name}");
    }
}

#[test]
fn the_document_names_every_field() {
    let document = fs::read_to_string(root().join("docs/data.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&root().join("reports/tutorial"), folder.path());
    let found: Json = serde_json::from_str(&json(&check_folder(folder.path()).report)).unwrap();
    assert!(document.contains(&format!("version of this format: {} |", jigyo::export::FORMAT)));
    let programs: Vec<&Json> = found["chapters"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|chapter| chapter["programs"].as_array().unwrap())
        .collect();
    let first = |field: &str| {
        let mut lists = programs.iter().filter_map(|program| program[field].as_array()?.first());
        lists.next().unwrap_or_else(|| panic!("no program has {field}"))
    };
    let table = first("indicators");
    let value = &table["rows"][0]["values"][0];
    for (heading, object) in [
        ("### The document", &found),
        ("### `issued`", &found["issued"]),
        ("### `fiscal_year`", &found["fiscal_year"]),
        ("### A chapter", &found["chapters"][0]),
        ("### A row of `list`", &found["chapters"][0]["list"][0]),
        ("### `subtotal`, `total`", &found["total"]),
        ("### A program", programs[0]),
        ("### A department", first("departments")),
        ("### A block of text", first("overview")),
        ("### A table of 【指標】", table),
        ("### A column", &table["columns"][0]),
        ("### A row", &table["rows"][0]),
        ("### A value", value),
        ("### A line of a value", &value["lines"][0]),
        ("### A quantity", &value["lines"][0]["quantities"][0]),
        ("### A case", first("cases")),
        ("### A photograph", first("photos")),
    ] {
        let keys: BTreeSet<String> =
            object.as_object().unwrap_or_else(|| panic!("{heading}")).keys().cloned().collect();
        assert_eq!(documented(&document, heading).into_iter().collect::<BTreeSet<_>>(), keys, "{heading}");
    }
}

/// Letters of a wide table can be read on paper: A3, and pages across with the names of the programs.
#[test]
fn a_wide_sheet_prints_on_several_pages_across() {
    let checked = crate::tools::check_folder(&crate::tools::root().join("reports/seika"));
    let book = workbook(&checked.report).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(book.bytes)).unwrap();
    let mut part = |name: &str| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
    let titles = part("xl/workbook.xml");
    assert!(
        titles
            .contains(r#"<definedName name="_xlnm.Print_Titles" localSheetId="0">事業!$H:$H,事業!$1:$1</definedName>"#),
        "{titles}"
    );
    for (sheet, paper) in
        [(1, "paperSize=\"8\" fitToWidth=\"2\" fitToHeight=\"0\""), (2, "paperSize=\"9\" fitToHeight=\"0\"")]
    {
        let xml = part(&format!("xl/worksheets/sheet{sheet}.xml"));
        let setup = xml.split("<pageSetup ").nth(1).unwrap_or_default();
        assert!(setup.starts_with(paper), "{setup}");
    }
}
