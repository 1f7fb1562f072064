//! What offices have becomes `.jigyo` files: every figure in its cell or in a memo, and messages where a person must decide.

use std::fs;
use std::path::Path;

use jigyo::import::document::{Block, Cell, Document, Merged, Table};
use jigyo::import::{Imported, Words, import, read_table_text, read_text, read_word, read_workbook};
use jigyo::load::Memory;
use jigyo::model::{Context, FiscalYear};
use jigyo::pipeline::check;
use rust_xlsxwriter::Workbook;
use tempfile::tempdir;

use crate::published::{Facts, chapter, published};
use crate::run::run;
use crate::tools::{found, root, write};

fn context() -> Context {
    Context { fiscal_year: Some(FiscalYear::new(2020)), ..Context::default() }
}

fn imported(documents: &[Document]) -> Imported {
    import(documents, &Words::default(), &context(), None)
}

fn from_text(text: &str) -> Imported {
    imported(&read_text("章.txt", text))
}

fn from_table(text: &str) -> Imported {
    imported(&read_table_text("一覧.csv", text))
}

/// Each program's messages: its number, the line they are at, and how they begin.
fn messages(imported: &Imported) -> Vec<(usize, String, String)> {
    let mut found = Vec::new();
    for (index, program) in imported.programs.iter().enumerate() {
        for message in &program.messages {
            let line = program.text.lines().nth(message.line - 1).unwrap().to_string();
            found.push((index + 1, line, message.text.chars().take(12).collect()));
        }
    }
    found
}

/// What comes out of the published text, with its own faults in it.
fn expected() -> Vec<Facts> {
    let mut programs = chapter();
    for row in programs.iter_mut().flat_map(|program| &mut program.rows) {
        row.iter_mut().filter(|cell| *cell == "↑").for_each(String::clear);
    }
    programs[11].rows.insert(0, ["項目名", "元年度", "元年度"].map(String::from).to_vec());
    let row = |cells: [&str; 3]| cells.map(String::from).to_vec();
    programs[34].rows = vec![
        vec!["工業高校生向け体験研修".to_string()],
        row(["・開催回数", "6回", ""]),
        row(["・受講者数", "107名", ""]),
        row(["・", "7回 220名", ""]),
    ];
    programs
}

#[test]
fn look_alikes_of_a_copied_pdf_become_plain_characters() {
    let read = from_text("事業名\t港の⾒学会\n事業費\t1,250千円\n担当課\t⻘少年課\n事業概要\n渚町の⼩学⽣が⾒る。\n");
    let text = &read.programs[0].text;
    for plain in ["【事業】港の見学会", "青少年課", "渚町の小学生が見る。"] {
        assert!(text.contains(plain), "{text}");
    }
    assert!(read.notes.iter().any(|note| note.contains("ふつうの文字に直しました（5字）")), "{:?}", read.notes);
    let plain = from_text("事業名\t港の見学会\n事業費\t1,250千円\n担当課\t青少年課\n事業概要\n渚町の①を㈱が見る。\n");
    assert!(!plain.notes.iter().any(|note| note.contains("直しました")), "{:?}", plain.notes);
}

#[test]
fn a_published_chapter_comes_back_program_by_program() {
    let imported = from_text(&published(&chapter()));
    let programs: Vec<Facts> = imported.programs.iter().map(|program| Facts::of(&program.text)).collect();
    for (program, expected) in programs.iter().zip(expected()) {
        assert_eq!(*program, expected);
    }
    assert_eq!((programs.len(), imported.total), (39, 845_745));
    assert_eq!(imported.subtotal, Some(("845,745".to_string(), Some(845_745))));
    let expected = [
        (7, "セミナーに参加した高校生数｜487名｜", "「2年度」の欄が空です。"),
        (7, "セミナーに参加した企業数｜延68社｜", "「2年度」の欄が空です。"),
        (12, "項目名｜元年度｜元年度", "年度の見出しが「元年度」"),
        (35, "　・｜7回 220名｜", "「7回 220名」の項目"),
    ];
    assert_eq!(messages(&imported), expected.map(|(number, line, text)| (number, line.to_string(), text.to_string())));
    assert_eq!(imported.notes, Vec::<String>::new());
}

#[test]
fn nothing_of_the_source_is_dropped() {
    let source = published(&chapter());
    let imported = from_text(&source);
    let mut written = imported.chapter(&[]).text;
    imported.programs.iter().for_each(|program| written += &program.text);
    let runs = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_ascii_digit() && c != ',' && c != '.');
        parts.filter(|run| run.chars().any(|c| c.is_ascii_digit())).map(str::to_string).collect()
    };
    let known = runs(&written);
    for run in runs(&source) {
        assert!(known.contains(&run) || written.contains(&run), "{run}");
    }
    for sentence in ["(2) 令和2年度実施状況", "○若者の就業支援", "小計：845,745", "掲載頁：41"]
    {
        assert!(written.contains(sentence), "{sentence}");
    }
}

#[test]
fn what_is_to_be_decided_is_an_error_of_check_as_well() {
    let imported = from_text(&published(&chapter()));
    let mut disk =
        Memory::new().with("報告書.jigyo", "【報告書】令和2年度報告書\n年度：令和2年度\n発行日：令和3年9月1日\n");
    let stems: Vec<String> = imported.programs.iter().map(|program| program.name.clone()).collect();
    disk.insert("01_人材/章.jigyo", imported.chapter(&stems).text);
    for program in &imported.programs {
        disk.insert(format!("01_人材/{}.jigyo", program.name), &program.text);
    }
    let checked = check(&disk).unwrap();
    let mut found: Vec<String> =
        found(&checked).iter().filter_map(|found| found.get(..4).map(str::to_string)).collect();
    found.retain(|code| ["J021", "J022", "J023"].contains(&code.as_str()));
    found.sort();
    assert_eq!(found, ["J021", "J022", "J023", "J023", "J023", "J023"]);
    assert_eq!(checked.report.all_programs().count(), 39);
}

#[test]
fn word_and_excel_give_the_same_programs_as_the_report() {
    let bytes = |name: &str| fs::read(root().join("tests/cases/import").join(name)).unwrap();
    for maker in ["python", "libreoffice"] {
        let word = read_word("章.docx", &bytes(&format!("{maker}/章.docx"))).unwrap();
        let excel = read_workbook("章.xlsx", &bytes(&format!("{maker}/章.xlsx"))).unwrap();
        for documents in [word, excel] {
            let imported = imported(&documents);
            assert_eq!((imported.programs.len(), imported.total), (39, 845_745));
            assert_eq!(messages(&imported), []);
            for (program, mut expected) in imported.programs.iter().zip(chapter()) {
                let mut facts = Facts::of(&program.text);
                // These forms have columns of their own.
                assert_eq!(facts.rows.remove(0), ["指標名", "計画", "実績"]);
                // Cells of several lines were kept as such.
                expected.fields.sort();
                facts.fields.sort();
                assert_eq!(facts, expected, "{maker}");
            }
        }
    }
}

/// The published text as a sheet: a line a row, a Tab a cell.
#[test]
fn the_published_text_in_a_sheet_comes_out_the_same() {
    let source = published(&chapter());
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(source.lines()) {
        for (column, cell) in (0..).zip(line.split('\t')).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write(row, column, cell).unwrap();
        }
    }
    let documents = read_workbook("章.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    let (sheet, text) = (imported(&documents), from_text(&source));
    let facts = |imported: &Imported| imported.programs.iter().map(|p| Facts::of(&p.text)).collect::<Vec<_>>();
    assert_eq!(facts(&sheet), facts(&text));
    assert_eq!(messages(&sheet), messages(&text));
}

#[test]
fn a_list_with_columns_of_text_makes_whole_programs() {
    let imported = from_table(
        "事業名,R2決算額(円),所管課,新規,目的,実施状況,根拠\n相談事業,\"1,234,000\",監理課 建設班,○,相談に応じる。,10件の相談に応じた。,国庫\n研修事業,1234500,学校教育課,,研修を行う。,2回行った。,\n計,\"2,468,500\",,,,,\n",
    );
    let [first, second] = imported.programs.as_slice() else { panic!("two programs") };
    assert!(first.text.starts_with("【事業】相談事業\n事業費：1,234千円\n区分：新規\n担当：監理課　建設班\n\n【事業概要】\n相談に応じる。\n\n【事業実績】\n10件の相談に応じた。\n"), "{}", first.text);
    assert!(first.text.contains("もとの事業費：1,234,000円") && first.text.contains("根拠：国庫"), "{}", first.text);
    // Half a thousand yen is nothing that may be rounded.
    assert!(second.text.contains("事業費：1234500円\n") && second.messages.len() == 1, "{}", second.text);
    assert!(imported.notes.iter().any(|note| note.starts_with("「根拠」は知らない言葉です")), "{:?}", imported.notes);
}

#[test]
fn a_list_with_columns_of_indicators_fills_their_tables() {
    let rows = "入港隻数｜120隻｜98隻\n貨物量｜35.5千トン｜30.1千トン\n";
    let lists = [
        // A row of its own for each indicator, the program's name blank or again
        "事業名,担当課,決算額（千円）,指標名,単位,令和元年度,令和2年度\n港湾事業,監理課,\"1,200\",入港隻数,隻,120,98\n,,,貨物量,千トン,35.5,30.1\n観光事業,学校教育課,800,,,,\n",
        "事業名,担当課,決算額（千円）,指標名,単位,R1実績,R2実績\n港湾事業,監理課,\"1,200\",入港隻数,隻,120,98\n港湾事業,監理課,\"1,200\",貨物量,千トン,35.5,30.1\n観光事業,学校教育課,800,,,,\n",
        // Side by side
        "事業名,担当課,事業費（千円）,指標1名称,指標1単位,指標1前年度,指標1当年度,指標２,単位,前年度,当年度\n港湾事業,監理課,\"1,200\",入港隻数,隻,120,98,貨物量,千トン,35.5,30.1\n観光事業,学校教育課,800,,,,,,,,\n",
        // A second row of heads; what was planned is not what was spent
        "事業名,金額（千円）,,担当課,主な指標,,,\n,予算額,決算額,,名称,単位,元年度,2年度\n港湾事業,\"1,300\",\"1,200\",監理課,入港隻数,隻,120,98\n,,,,貨物量,千トン,35.5,30.1\n観光事業,900,800,学校教育課,,,,\n",
    ];
    for list in lists {
        let imported = from_table(list);
        let [first, second] = imported.programs.as_slice() else { panic!("two programs: {list}") };
        assert!(first.text.starts_with("【事業】港湾事業\n事業費：1,200千円\n担当：監理課\n"), "{}", first.text);
        assert!(first.text.contains(&format!("【指標】\n{rows}")), "{}", first.text);
        assert!(first.messages.is_empty(), "{:?}", first.messages);
        assert!(second.text.starts_with("【事業】観光事業\n事業費：800千円\n担当：学校教育課\n"), "{}", second.text);
        assert!(!second.text.contains("【指標】"), "{}", second.text);
        assert_eq!(imported.total, 2_000);
    }
    // Years that are not the report's stay above their columns, and a person looks.
    let other = from_table("事業名,担当課,指標名,R2,R3\n港湾事業,監理課,入港隻数,98隻,99隻\n");
    assert!(other.programs[0].text.contains("項目名｜R2｜R3\n入港隻数｜98隻｜99隻\n"), "{}", other.programs[0].text);
    assert_eq!(other.programs[0].messages.len(), 1);
}

#[test]
fn of_several_amounts_the_years_own_is_taken() {
    let list = from_table("事業名,R1決算額,R2決算額,R2予算額,担当課\n相談事業,1,2,3,監理課\n");
    let text = &list.programs[0].text;
    assert!(text.contains("事業費：2\n") && text.contains("R1決算額：1\n") && text.contains("R2予算額：3\n"), "{text}");
    let form = from_text("事業名：相談事業\n予算額：1,300千円\n【事業概要】\n相談に応じる。\n決算額：1,200千円\n");
    assert_eq!((form.programs.len(), form.total), (1, 1_200));
    assert!(form.programs[0].text.contains("予算額：1,300千円\n") && form.programs[0].messages.is_empty());
    let twice = from_table("事業名,決算額（国）,決算額（県）,担当課\n相談事業,1,2,監理課\n");
    assert!(twice.notes.iter().any(|note| note.contains("金額の列がいくつもあり、")), "{:?}", twice.notes);
    assert!(twice.programs[0].text.contains("事業費：\n") && twice.programs[0].text.contains("決算額（県）：2\n"));
    let old = from_table("事業名,R1決算額,担当課\n相談事業,1,監理課\n");
    assert!(old.programs[0].text.contains("事業費：\n") && old.programs[0].text.contains("R1決算額：1\n"));
    assert!(old.notes.iter().any(|note| note.contains("「R1決算額」は、この報告書の年度（令和2年度）の額ではない")));
    // Nothing says to which program the second row belongs.
    let lost = from_table("事業名,決算額,担当課\n相談事業,1,監理課\n,2,監理課\n");
    assert_eq!((lost.programs.len(), lost.total), (1, 1));
    assert!(lost.notes.iter().any(|note| note.contains("一覧.csv 3行目：事業名のない行です")), "{:?}", lost.notes);
    assert!(lost.chapter(&[]).text.contains("2｜監理課"));
}

#[test]
fn the_unit_of_an_amount_is_found_wherever_it_stands() {
    let amounts = |imported: &Imported| (imported.total, imported.subtotal.as_ref().and_then(|(_, value)| *value));
    let man = from_table("番号,事業名,決算額（万円）,担当課\n1,港湾事業,12000,監理課\n,計,12000,\n");
    assert_eq!(amounts(&man), (120_000, Some(120_000)));
    let above =
        from_table("事業一覧,,,(単位：円)\n番号,事業名,決算額,担当課\n1,港湾事業,12000000,監理課\n,計,12000000,\n");
    assert_eq!(amounts(&above), (12_000, Some(12_000)));
    let bare = from_table("番号,事業名,決算額,担当課\n1,港湾事業,12000,監理課\n");
    assert!(bare.notes.iter().any(|note| note.starts_with("単位の書かれていない事業費が1件")), "{:?}", bare.notes);
}

/// A sheet drawn as a form: `<` is merged into the cell at its left, `^` into the one above.
fn form(rows: &[&[&str]]) -> Imported {
    let cell = |text: &&str| match *text {
        "<" => Cell { text: String::new(), merged: Merged::Left },
        "^" => Cell { text: String::new(), merged: Merged::Up },
        text => Cell { text: text.to_string(), merged: Merged::No },
    };
    let rows = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let table = Table { rows, place: "A1".to_string(), columns: Vec::new() };
    imported(&[Document { name: "様式.xlsx".to_string(), blocks: vec![Block::Table(table)], ..Document::default() }])
}

#[test]
fn forms_with_broken_labels_and_narrow_columns_are_read() {
    let imported = form(&[
        &["事業名", "港湾事業", "<", "<", "<", "<"],
        &["事業費\n（単位：円）", "予算額", "2000000", "決算額", "1432000", ""],
        &["事業区分", "新規（R2～R4）", "電話", "4567", "", ""],
        &["指標名", "<", "元年度", "<", "2年度", "<"],
        &["催し", "<", "20人", "<", "30人", "<"],
        &["事業の目的\n・概要", "港を整える。", "<", "<", "<", "<"],
        &["成果・効果", "", "", "", "", ""],
        &["備考", "", "", "", "", ""],
    ]);
    let [program] = imported.programs.as_slice() else { panic!("one program") };
    let text = &program.text;
    assert!(text.starts_with("【事業】港湾事業\n事業費：1,432千円\n区分：新規（R2～R4）\n"), "{text}");
    assert!(text.contains("【事業概要】\n港を整える。\n"), "{text}");
    assert!(text.contains("【指標】\n催し｜20人｜30人\n"), "{text}");
    assert!(text.contains("予算額：2000000円\n電話：4567\n") && !text.contains("備考"), "{text}");
    assert_eq!(program.messages.len(), 1, "{:?}", program.messages);
}

#[test]
fn values_stand_under_their_own_year() {
    let rows = [
        ["事業名", "港湾事業", "<", "<"],
        ["指標名", "区分", "元年度", "2年度"],
        ["参加者", "計画", "20人", "18人"],
        ["^", "実績", "22人", "19人"],
    ];
    let text = &form(&[&rows[0], &rows[1], &rows[2], &rows[3]]).programs[0].text;
    assert!(text.contains("参加者\n　・計画｜20人｜18人\n　・実績｜22人｜19人\n"), "{text}");
    let text = &form(&[
        &["事業名", "港湾事業", "<"],
        &["指標名", "元年度", "2年度"],
        &["説明会", "中止", "20名"],
        &["", "未実施", "30名"],
    ])
    .programs[0]
        .text;
    assert!(text.contains("説明会｜中止｜20名\n｜未実施｜30名\n"), "{text}");
}

#[test]
fn a_department_above_the_sections_ends_no_program() {
    let program = |number: &str, name: &str, text: &str| {
        format!("{number}　{name}\n（担当課：監理課）\n【事業概要】\n{text}\n【事業実績】\n実施した。\n\n")
    };
    let imported = from_text(&(program("１", "港湾事業", "港。") + &program("２", "観光事業", "旅。")));
    let names: Vec<&str> = imported.programs.iter().map(|program| program.name.as_str()).collect();
    assert_eq!(names, ["港湾事業", "観光事業"]);
    assert!(
        imported.programs[0].text.contains("担当：監理課\n\n【事業概要】\n港。\n"),
        "{}",
        imported.programs[0].text
    );
}

#[test]
fn a_mapping_file_adapts_to_a_form() {
    let text = "事務事業の題　相談事業\n\n＜ねらい＞\n相談に応じる。\n\n＜やったこと＞\n10件に応じた。\n";
    let mut words = Words::default();
    words.add_mapping("様式の言葉,項目\nねらい,事業概要\nやったこと,事業実績\n").unwrap();
    let imported = import(&read_text("様式.txt", text), &words, &context(), None);
    assert_eq!(imported.programs.len(), 1);
    let text = &imported.programs[0].text;
    assert!(text.contains("【事業概要】\n相談に応じる。\n\n【事業実績】\n10件に応じた。\n"), "{text}");
}

#[test]
fn merged_cells_groups_and_lost_values_keep_their_places() {
    let table = "【事業概要】\nあ。\n\n項目名\t目標\t実績\t率\n訓練\t\t\t\n・回数\t2回\t3回\t150%\n人数|のべ\t10名\t20名\t\n※速報値\n";
    let imported = from_text(table);
    let text = &imported.programs[0].text;
    let rows = "【指標】\n項目名｜目標｜実績｜率\n訓練\n　・回数｜2回｜3回｜150%\n人数／のべ｜10名｜20名｜\n※速報値\n";
    assert!(text.contains(rows), "{text}");
    assert!(text.contains("もとの欄：人数|のべ"), "{text}");
    assert!(imported.programs[0].messages.iter().any(|message| message.text.starts_with("「率」の欄が空です")));
}

#[test]
fn bad_and_strange_texts_never_break_it() {
    let rows = |count: usize| (0..count).map(|n| format!("{n},事業{n},1,監理課\n")).collect::<String>();
    let many = from_table(&format!("番号,事業名,事業費,担当課\n{}", rows(10_000)));
    assert_eq!((many.programs.len(), many.total), (10_000, 10_000));
    let long =
        format!("【事業概要】\n{}\n項目名\t元年度\t2年度\n{}\t1\t2\n", "長".repeat(100_000), "名".repeat(50_000));
    for program in &from_text(&long).programs {
        assert!(program.text.lines().all(|line| line.len() < 64 * 1024));
    }
    for text in [
        "",
        "\t",
        "\t\t\n\t\n",
        "【",
        "【】",
        "】【",
        "（担当課：",
        "（担当課：）",
        "事業費",
        "事業費 9",
        "1\n2\n3\n",
        "項目名\t\n\t\n",
        "項目名\t元年度\n",
        "事業名\t事業費\n",
        "事業名\t事業名\t事業名\n\t\t\n",
        "【メモ】\n【事業】\n",
        "小計\t1\n",
        "\u{b}\u{2028}",
        "＋\n＋\n",
        "【指標】\n1\n2\n",
        "【指標】\n※\n",
        "区分\n新規\n区分\n",
        "事業名：\n事業名：a\n事業名：b\n",
    ] {
        from_text(text);
        from_table(text);
        let doubled = format!("【事業概要】\n{text}\n{text}");
        from_text(&doubled);
    }
}

#[test]
fn any_part_of_a_chapter_is_read_without_breaking() {
    let source = published(&chapter());
    let lines: Vec<&str> = source.lines().collect();
    for start in (0..lines.len()).step_by(37) {
        for step in [1, 2, 3, 7] {
            let part: Vec<&str> = lines.iter().skip(start).step_by(step).take(60).copied().collect();
            from_text(&part.join("\n"));
        }
    }
}

fn report_folder(folder: &Path) {
    write(
        &folder.join("報告書.jigyo"),
        "【報告書】令和2年度報告書\n年度：令和2年度\n発行日：令和3年9月1日\n\n【構成】\n00_他\n",
    );
    write(&folder.join("00_他/章.jigyo"), "【章】他\n");
    write(&folder.join("00_他/一.jigyo"), crate::tools::program("一"));
    write(&folder.join("原稿.txt"), published(&chapter()));
}

#[test]
fn the_command_writes_a_chapter_and_never_over_a_file() {
    let folder = tempdir().unwrap();
    report_folder(folder.path());
    let import = ["import", "原稿.txt", "--chapter", "01_人材"];
    let dry = run(folder.path(), &[&import[..], &["--dry-run"]].concat());
    dry.succeeds().prints_nothing().says("まだ書いていません");
    assert!(!folder.path().join("01_人材").exists());

    let first = run(folder.path(), &import).succeeds().prints_nothing();
    let first = first.says("39事業、事業費の合計 845,745千円（取り込み元の小計 845,745 と一致します）");
    first.says("01_人材/仕事力養成推進事業.jigyo 13行目：年度の見出し");
    let head = fs::read_to_string(folder.path().join("報告書.jigyo")).unwrap();
    assert!(head.ends_with("00_他\n01_人材\n"), "{head}");
    let chapter = fs::read_to_string(folder.path().join("01_人材/章.jigyo")).unwrap().replace("\r\n", "\n");
    assert!(
        chapter.starts_with("【章】人材の育成\n\n【取組の概要】\n二つの柱で取り組んだ。\n○若者の就業支援\n"),
        "{chapter}"
    );

    run(folder.path(), &import).refuses().prints_nothing().says("書いたファイルはありません");
    assert_eq!(fs::read_to_string(folder.path().join("01_人材/章.jigyo")).unwrap().replace("\r\n", "\n"), chapter);
}

#[test]
fn what_belongs_to_no_program_goes_to_one_that_is_written() {
    let folder = tempdir().unwrap();
    write(&folder.path().join("一.csv"), "事業名,決算額（千円）,担当課\n港湾事業,12,監理課\n".as_bytes());
    let text = "① 人材の育成\n\n番号\t事業名\t決算額（千円）\t担当課\n1\t港湾事業\t12\t監理課\n2\t観光事業\t34\t監理課\n\n※88団体による。\n";
    write(&folder.path().join("二.txt"), text.as_bytes());
    let import = |file| run(folder.path(), &["import", file, "--chapter", "章"]).prints_nothing();
    import("一.csv").succeeds().says("1個のファイルを書きました。");
    import("二.txt").refuses().says("「港湾事業」は書きませんでした");
    let written = fs::read_to_string(folder.path().join("章/観光事業.jigyo")).unwrap();
    assert!(written.contains("章の題名：人材の育成") && written.contains("※88団体による。"), "{written}");
    // Where nothing is written it is said.
    import("二.txt").refuses().says("入れる所がありません：※88団体による。");
}

#[test]
fn files_that_cannot_be_read_are_named_and_the_others_go_on() {
    let folder = tempdir().unwrap();
    report_folder(folder.path());
    for name in ["古い.doc", "頁.pdf", "絵.png", "壊れた.xlsx", "壊れた.docx", "空.txt", "空.csv"] {
        let bytes: &[u8] = if name.starts_with('空') { b"" } else { b"\x89PNG\x00\xff" };
        write(&folder.path().join(name), bytes);
    }
    let names = ["古い.doc", "頁.pdf", "絵.png", "壊れた.xlsx", "壊れた.docx", "空.txt", "空.csv", "ない.txt"];
    let mut arguments = vec!["import"];
    arguments.extend(names);
    arguments.extend(["原稿.txt", "--chapter", "02_章"]);
    let mut ran = run(folder.path(), &arguments).refuses().prints_nothing();
    for name in names {
        ran = ran.says(&format!("「{name}」"));
    }
    assert!(folder.path().join("02_章/仕事力養成推進事業.jigyo").is_file());
}
