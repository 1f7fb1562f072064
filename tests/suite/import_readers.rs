//! Files that other programs made (tests/cases/import/make.py) are read whole, and alike whoever saved them; files that
//! are damaged or something else are refused in words.

use std::fs;
use std::io::{Cursor, Write};

use jigyo::import::document::{Block, Cell, Document, Merged, Table};
use jigyo::import::{read_table_text, read_word, read_workbook};
use rust_xlsxwriter::{Format, Formula, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::import_workbooks::repacked_by_name;
use crate::tools::{files_below, root};

type Reader = fn(&str, &[u8]) -> Result<Vec<Document>, String>;

pub(crate) fn bytes(path: &str) -> Vec<u8> {
    fs::read(root().join("tests/cases/import").join(path)).unwrap()
}

fn read(path: &str) -> Vec<Document> {
    let reader: Reader = if path.ends_with(".docx") { read_word } else { read_workbook };
    reader(path, &bytes(path)).unwrap_or_else(|message| panic!("{path}: {message}"))
}

pub(crate) fn tables(document: &Document) -> Vec<&Table> {
    document
        .blocks
        .iter()
        .filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
        .collect()
}

/// Everything that a document says, a line for each of its lines.
pub(crate) fn said(documents: &[Document]) -> Vec<String> {
    let mut texts = Vec::new();
    for block in documents.iter().flat_map(|document| &document.blocks) {
        match block {
            Block::Paragraph(paragraph) => texts.push(&paragraph.text),
            Block::Table(table) => texts.extend(table.rows.iter().flatten().map(|cell| &cell.text)),
        }
    }
    texts.into_iter().flat_map(|text| text.lines()).map(str::to_string).collect()
}

/// The lines of the chapter's programs as they lie in the report: name, head, paragraphs, and cells of indicators.
fn programs() -> Vec<(String, Vec<String>)> {
    let is_program = |text: &String| text.starts_with("【事業】");
    let files = files_below(&root().join("reports/aomori-r2/01_人材"));
    files.iter().map(|file| fs::read_to_string(file).unwrap()).filter(is_program).map(|text| program(&text)).collect()
}

fn program(text: &str) -> (String, Vec<String>) {
    let mut lines = text.lines().filter(|line| !line.is_empty());
    let name = lines.next().unwrap().trim_start_matches("【事業】").to_string();
    let is_kept = |line: &&str| !["【", "よみ：", "図：", "確認済："].iter().any(|start| line.starts_with(start));
    let parts = lines.filter(is_kept).flat_map(|line| {
        let line = ["事業費：", "担当：", "区分："].iter().find_map(|field| line.strip_prefix(field)).unwrap_or(line);
        line.trim_matches('　').trim_start_matches('・').split('｜').map(str::to_string).collect::<Vec<_>>()
    });
    (name, parts.filter(|part| !["↑", "＋", ""].contains(&part.trim())).collect())
}

#[test]
fn every_text_and_figure_of_a_chapter_is_read_from_word() {
    for maker in ["python", "libreoffice"] {
        let lines = said(&read(&format!("{maker}/章.docx")));
        let programs = programs();
        assert_eq!(programs.len(), 39);
        for (name, parts) in programs {
            assert!(lines.iter().any(|line| line.ends_with(&format!("　{name}"))), "{maker}: {name}");
            for part in parts {
                assert!(lines.contains(&part), "{maker}: {name}: {part}");
            }
        }
    }
}

#[test]
fn every_text_and_figure_of_a_chapter_is_read_from_forms_in_excel() {
    for maker in ["python", "libreoffice"] {
        let documents = read(&format!("{maker}/章.xlsx"));
        assert_eq!(documents.len(), 39);
        for (name, parts) in programs() {
            let holds = |document: &&Document| said(std::slice::from_ref(document)).contains(&name);
            let document = documents.iter().find(holds).unwrap_or_else(|| panic!("{maker}: {name}"));
            let lines = said(std::slice::from_ref(document));
            for part in parts {
                assert!(lines.contains(&part), "{maker}: {name}: {part}\n{lines:?}");
            }
        }
    }
}

#[test]
fn a_file_is_read_alike_whoever_saved_it() {
    for name in ["章.docx", "章.xlsx", "一覧.xlsx"] {
        let (own, again) = (read(&format!("python/{name}")), read(&format!("libreoffice/{name}")));
        assert_eq!(own.len(), again.len(), "{name}");
        for (own, again) in own.iter().zip(&again) {
            assert_eq!(own.blocks, again.blocks, "{name}: {}", own.name);
        }
    }
}

#[test]
fn headings_of_word_keep_their_ranks_and_items_their_numbers() {
    let documents = read("python/章.docx");
    let headings: Vec<(u8, &str)> = documents[0]
        .blocks
        .iter()
        .filter_map(|block| if let Block::Paragraph(p) = block { Some((p.heading?, p.text.as_str())) } else { None })
        .collect();
    assert_eq!(headings[0], (1, "中小企業の事業活動を担う人材の育成及び確保を図ること"));
    assert_eq!(headings[1], (2, "1　UIJターン人材誘致促進事業"));
    assert_eq!(headings[2], (3, "事業概要"));
    assert_eq!(headings.len(), 1 + 39 * 4);
    // Each list begins with one again.
    let lines = said(&documents);
    assert!(lines.iter().filter(|line| line.starts_with("（１）")).count() > 3);
    assert!(lines.iter().any(|line| line.starts_with("（４）県内での就職に役立つ情報は")));
}

#[test]
fn merged_cells_say_where_they_belong() {
    let up = Cell { text: String::new(), merged: Merged::Up };
    let left = Cell { text: String::new(), merged: Merged::Left };
    let plain = |text: &str| Cell { text: text.to_string(), merged: Merged::No };
    for path in ["python/章.docx", "python/章.xlsx"] {
        let documents = read(path);
        let all: Vec<&Vec<Cell>> = documents.iter().flat_map(tables).flat_map(|table| &table.rows).collect();
        let row = |name: &str| all.iter().find(|row| row.iter().any(|cell| cell.text == name)).unwrap();
        assert_eq!(
            *row("セミナーに参加した高校生数"),
            &[plain("セミナーに参加した高校生数"), plain("487名"), up.clone()]
        );
        let group = all.iter().position(|row| row[0].text == "工業高校生向け体験研修").unwrap();
        assert_eq!(all[group][1], plain("開催回数"), "{path}");
        assert_eq!((&all[group + 1][0], &all[group + 1][1]), (&up, &plain("受講者数")), "{path}");
        assert!(all.iter().any(|row| row[0].text == "指標名" && row[1] == left), "{path}");
    }
}

#[test]
fn places_are_those_that_excel_and_word_show() {
    let forms = read("python/章.xlsx");
    let place = |document: &Document| match &document.blocks[1] {
        Block::Paragraph(paragraph) => paragraph.place.clone(),
        Block::Table(table) => table.place.clone(),
    };
    assert_eq!(place(&forms[0]), "A3");
    assert_eq!(forms[1].name, "python/章.xlsx「02攻めのUIJターン就職推進事業」");
    let word = read("python/章.docx");
    assert_eq!(tables(&word[0])[1].place, "表2");
}

#[test]
fn a_list_is_one_table_below_its_title_in_every_kind_of_workbook() {
    for path in ["python/一覧.xlsx", "libreoffice/一覧.xlsx", "libreoffice/一覧.ods", "libreoffice/一覧.xls"] {
        let documents = read(path);
        let [document] = documents.as_slice() else { panic!("{path}: {}", documents.len()) };
        let Block::Paragraph(title) = &document.blocks[0] else { panic!("{path}: a title") };
        assert_eq!(title.text, "基本方針事業一覧");
        let [table] = tables(document)[..] else { panic!("{path}: one table") };
        assert_eq!((table.rows.len(), table.place.as_str()), (40, "A3"), "{path}");
        let row = table.rows.iter().find(|row| row[1].text == "離職者等再就職訓練事業").unwrap();
        assert_eq!(row[3].text, "412,517", "{path}");
    }
}

#[test]
fn values_are_texts_as_excel_shows_them_and_hidden_sheets_are_not_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let format = |code: &str| Format::new().set_num_format(code);
    sheet.write_with_format(0, 0, 1_234_567, &format("#,##0,\"千円\"")).unwrap();
    sheet.write_with_format(0, 1, 44105, &format("yyyy\"年\"m\"月\"d\"日\"")).unwrap();
    sheet.write(0, 2, true).unwrap();
    sheet.write_formula(0, 3, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.write_with_format(0, 4, Formula::new("=5000+12").set_result("5012"), &format("#,##0")).unwrap();
    sheet.write(0, 5, "一行目\r\n二行目").unwrap();
    sheet.write(0, 6, 2020).unwrap();
    sheet.write(0, 7, 0.1).unwrap();
    book.add_worksheet().set_hidden(true).write(0, 0, "隠し").unwrap();
    let documents = read_workbook("値.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(documents.len(), 1);
    let row: Vec<&str> = tables(&documents[0])[0].rows[0].iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(row, ["1,235千円", "2020年10月1日", "TRUE", "#DIV/0!", "5,012", "一行目\n二行目", "2020", "0.1"]);
}

#[test]
fn what_is_no_file_of_office_is_refused_in_words() {
    let jpeg = b"\xff\xd8\xff\xe0\x00\x10JFIF";
    let mut locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    let old = locked.clone();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let message = |reader: Reader, bytes: &[u8]| reader("様式", bytes).unwrap_err();
    assert!(message(read_workbook, jpeg).contains("Excel のファイルとして読めません"));
    assert!(message(read_workbook, b"").contains("Excel のファイルとして読めません"));
    assert!(message(read_workbook, &bytes("python/章.docx")).contains("Excel のファイルとして読めません"));
    assert!(message(read_word, jpeg).contains("Word の文書として読めません"));
    assert!(message(read_word, &bytes("python/章.xlsx")).contains("Word の文書として読めません"));
    assert!(message(read_word, &old).contains("古い形の Word 文書"));
    for reader in [read_workbook as Reader, read_word] {
        assert!(message(reader, &locked).contains("パスワードを外して保存し直してください"));
    }
    assert!(read_table_text("空.csv", "\n,,\n").is_empty());
}

#[test]
fn a_swollen_archive_is_refused() {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    let megabyte = vec![b' '; 1024 * 1024];
    (0..257).for_each(|_| archive.write_all(&megabyte).unwrap());
    let bytes = archive.finish().unwrap().into_inner();
    assert!(bytes.len() < 1024 * 1024);
    for reader in [read_workbook as Reader, read_word] {
        assert!(reader("大.xlsx", &bytes).unwrap_err().contains("大きすぎて読めません"));
    }
}

#[test]
fn damaged_files_stop_nobody() {
    let mut random = fastrand::Rng::with_seed(2020);
    for (path, rounds) in [("python/一覧.xlsx", 200), ("libreoffice/一覧.ods", 60)] {
        let whole = bytes(path);
        for _ in 0..rounds {
            let mut damaged = whole.clone();
            if random.bool() {
                damaged.truncate(random.usize(..whole.len()));
            } else {
                (0..random.usize(1..9)).for_each(|_| damaged[random.usize(..whole.len())] = random.u8(..));
            }
            _ = read_word(path, &damaged);
            _ = read_workbook(path, &damaged);
        }
    }
}

#[test]
fn an_old_workbook_that_breaks_off_is_refused() {
    let whole = bytes("libreoffice/一覧.xls");
    for length in (0..whole.len()).step_by(101) {
        assert!(read_workbook("一覧.xls", &whole[..length]).is_err(), "{length} of {}", whole.len());
    }
}

/// An archive whose parts are damaged before they are packed: its sums are right.
#[test]
fn damaged_parts_stop_nobody() {
    let mut random = fastrand::Rng::with_seed(2021);
    for (path, rounds) in [("libreoffice/一覧.xlsx", 300), ("libreoffice/一覧.ods", 60)] {
        let whole = bytes(path);
        for _ in 0..rounds {
            let damaged = repacked(&whole, |part| {
                for _ in 0..random.usize(0..3) {
                    let at = random.usize(..part.len());
                    match random.u8(..4) {
                        0 => part.truncate(at.max(1)),
                        1 => _ = part.remove(at),
                        2 => part[at] = *random.choice(b"<>/\"=09 :").unwrap(),
                        _ => part[at] = random.u8(..),
                    }
                }
            });
            _ = read_word(path, &damaged);
            _ = read_workbook(path, &damaged);
        }
    }
}

pub(crate) fn repacked(bytes: &[u8], mut damage: impl FnMut(&mut Vec<u8>)) -> Vec<u8> {
    repacked_by_name(bytes, |name, part| {
        if !part.is_empty() && name != "mimetype" {
            damage(part);
        }
    })
}
