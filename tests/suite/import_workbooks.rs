//! Workbooks are read as their cells are shown, whoever saved them and in whatever kind of file; what does not count as text is
//! kept apart and said, and no damage stops the program.

use std::fs;
use std::io::{Cursor, Read, Write};

use jigyo::import::document::{Block, Document};
use jigyo::import::{omitted_from, read_workbook};
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatIconSet, ConditionalFormatIconType, Format,
    Formula, Note, Shape, Workbook,
};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::tools::root;

fn bytes(path: &str) -> Vec<u8> {
    fs::read(root().join("tests/cases/import").join(path)).unwrap()
}

/// The one sheet that is shown, and what is said of the file.
pub(crate) fn read(path: &str) -> (Document, String) {
    let documents = read_workbook(path, &bytes(path)).unwrap_or_else(|message| panic!("{path}: {message}"));
    let [sheet] = <[Document; 1]>::try_from(documents).unwrap();
    let said = omitted_from(&sheet).join("\n");
    (sheet, said)
}

/// Rows of all tables, cells parted by ／.
pub(crate) fn rows(document: &Document) -> Vec<String> {
    let row = |row: &Vec<_>| {
        row.iter().map(|cell: &jigyo::import::document::Cell| cell.text.as_str()).collect::<Vec<_>>().join("／")
    };
    let of = |block: &Block| match block {
        Block::Table(table) => table.rows.iter().map(row).collect(),
        Block::Paragraph(paragraph) => vec![paragraph.text.clone()],
    };
    document.blocks.iter().flat_map(of).collect()
}

pub(crate) fn saved(book: &mut Workbook) -> Vec<u8> {
    book.save_to_buffer().unwrap()
}

/// The archive with parts that are other than they were.
pub(crate) fn repacked_by_name(bytes: &[u8], mut change: impl FnMut(&str, &mut Vec<u8>)) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().to_string();
        let mut part = Vec::new();
        file.read_to_end(&mut part).unwrap();
        change(&name, &mut part);
        new.start_file(name, SimpleFileOptions::default()).unwrap();
        new.write_all(&part).unwrap();
    }
    new.finish().unwrap().into_inner()
}

pub(crate) const KINDS: [&str; 4] =
    ["python/表示.xlsx", "libreoffice/表示.xlsx", "libreoffice/表示.xls", "libreoffice/表示.ods"];

#[test]
fn cells_are_read_as_they_are_shown_in_every_kind_of_workbook() {
    for path in KINDS {
        let (document, _) = read(path);
        let expected = [
            "例1／3,254名",
            "例2／△ 1,234",
            "例3／12.5%",
            "例4／1,235千円",
            "例5／―",
            "例6／該当なし",
            "例7／126名",
            "例8／僅少",
            "例9／12 1/2",
            "例10／2020年10月1日",
            "例11／木曜日",
            "例12／1:30",
            "例13／36:00",
            "例14／2020/10/1 18:00",
            "例15／令和2年度",
            "例16／山田 様",
            "例17／0.29",
            "例18／0171-23-4567",
        ];
        let mut rows = rows(&document);
        // What an .ods shows is what the PC that saved it showed.
        if path.ends_with("ods") {
            assert_eq!(std::mem::replace(&mut rows[10], expected[10].to_string()), "例11／Thursday");
        }
        assert_eq!(rows[..expected.len()], expected, "{path}");
        assert!(rows.contains(&"訂正／128名".to_string()), "{path}: {rows:?}");
        assert!(rows.contains(&"注／70（注1）".to_string()), "{path}: {rows:?}");
        assert!(rows.contains(&"隠し／25名".to_string()), "{path}: {rows:?}");
        assert!(!rows.iter().any(|row| row.contains("取消") || row.contains("150") || row.contains("控え")), "{path}");
        assert!(!rows.iter().any(|row| row.contains("伏せて")), "{path}: a remark is no value");
    }
}

#[test]
fn what_is_struck_hidden_or_not_read_is_said() {
    for path in KINDS {
        let (document, said) = read(path);
        let struck: Vec<(&str, &str)> =
            document.left_out.iter().map(|word| (word.place.as_str(), word.text.as_str())).collect();
        assert_eq!(struck, [("B20", "96"), ("A22", "取消"), ("B22", "150名")], "{path}");
        assert!(said.contains("上付きや下付きの数字を1か所で書き改めました"), "{path}: {said}");
        let error = if path.starts_with("python") {
            "保存されていない式が1か所あり（B23）"
        } else {
            "1か所あります（B23「#DIV/0!」）"
        };
        for words in [
            error,
            "非表示の行や列の中も読みました（24行目）",
            "シート「控え」は読んでいません",
            "コメント 1件は読んでいません",
            "取り消し線の語が3か所",
        ] {
            assert!(said.contains(words), "{path}: {words}\n{said}");
        }
    }
}

#[test]
fn a_format_that_is_not_known_is_named_with_its_cell() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let format = |code: &str| Format::new().set_num_format(code);
    sheet.write_with_format(0, 0, 45017, &format("bbbb")).unwrap();
    sheet.write_with_format(0, 1, 0, &format("#,##0;-#,##0;")).unwrap();
    sheet.write_with_format(0, 2, 12, &format("#,##0\"名\"")).unwrap();
    sheet.write_formula(0, 3, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    let documents = read_workbook("値.xlsx", &saved(&mut book)).unwrap();
    assert_eq!(rows(&documents[0]), ["45017／／12名／#DIV/0!"]);
    let said = omitted_from(&documents[0]);
    let expected = [
        "エラーの表示が1か所あります（D1「#DIV/0!」）",
        "分からない数が1か所あります（A1「45017」）",
        "表示しない欄が1か所あります（B1「0」）",
    ];
    assert_eq!(said.len(), expected.len(), "{said:?}");
    assert!(said.iter().zip(expected).all(|(said, expected)| said.contains(expected)), "{said:?}");
}

#[test]
fn noughts_that_are_not_shown_and_formats_with_conditions_are_read_as_shown_or_said() {
    for path in ["python/条件.xlsx", "libreoffice/条件.xlsx", "libreoffice/条件.xls", "libreoffice/条件.ods"] {
        let (document, said) = read(path);
        // A .ods keeps the text that a cell shows without its conditions.
        // LibreOffice writes no such format into a .xls.
        let (last, more, behind) = match path.rsplit('.').next() {
            Some("ods") => ("講座／3／250／実施", "C2〜C4 の条件付き書式（表示形式）", "D2〜D4"),
            Some("xls") => ("講座／3／250／実施", "", "D2:D4"),
            _ => ("講座／3／250回／実施", "", "D2:D4"),
        };
        let expected = ["名称／定員／開催／状態", "見学／／5／中止", "研修／／／実施", last];
        assert_eq!(rows(&document), expected, "{path}");
        let struck: Vec<&str> = document.left_out.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(struck, ["12"], "{path}");
        let by_hand = format!("{behind} の条件付き書式（取り消し線）は使わずに読みました");
        for words in ["ゼロを表示しないシートです（B2、C3）", by_hand.as_str(), more] {
            assert!(said.contains(words), "{path}: {words}\n{said}");
        }
    }
}

#[test]
fn conditional_formats_that_only_colour_are_not_told_and_those_that_hide_are() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, value) in [0, 7].into_iter().enumerate() {
        let row = u32::try_from(row).unwrap();
        (0..4).for_each(|column| _ = sheet.write(row, column, value).unwrap());
    }
    let rule = |format: Format| {
        ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo(0)).set_format(format)
    };
    sheet.add_conditional_format(0, 0, 1, 0, &rule(Format::new().set_background_color("#FFC7CE"))).unwrap();
    sheet.add_conditional_format(0, 1, 1, 1, &rule(Format::new().set_font_color("#FFFFFF"))).unwrap();
    sheet.add_conditional_format(0, 2, 1, 2, &rule(Format::new().set_num_format(";;;"))).unwrap();
    let icons = ConditionalFormatIconSet::new().set_icon_type(ConditionalFormatIconType::ThreeTrafficLights);
    sheet.add_conditional_format(0, 3, 1, 3, &icons.show_icons_only(true)).unwrap();
    let documents = read_workbook("色.xlsx", &saved(&mut book)).unwrap();
    assert_eq!(rows(&documents[0]), ["0／0／／0", "7／7／7／7"]);
    let said = omitted_from(&documents[0]).join("\n");
    for words in [
        "表示しない欄が1か所あります（C1「0」）",
        "B1:B2 の条件付き書式（白い文字）",
        "D1:D2 の条件付き書式（値を隠すアイコンや棒）",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    assert!(!said.contains("A1"), "{said}");
}

#[test]
fn text_boxes_are_kept_for_the_memo_and_readings_aloud_are_no_text() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "名称").unwrap();
    sheet.write(0, 1, "港湾見学").unwrap();
    sheet.insert_shape(3, 3, &Shape::textbox().set_text("目標を超えた")).unwrap();
    sheet.insert_note(0, 0, &Note::new("内緒")).unwrap();
    let ruby = |name: &str, part: &mut Vec<u8>| {
        if name.ends_with("sharedStrings.xml") {
            let text = String::from_utf8(part.clone()).unwrap();
            let read = "<t>港湾見学</t><rPh sb=\"0\" eb=\"2\"><t>コウワン</t></rPh>";
            *part = text.replace("<t>港湾見学</t>", read).into_bytes();
        }
    };
    let documents = read_workbook("枠.xlsx", &repacked_by_name(&saved(&mut book), ruby)).unwrap();
    assert_eq!(rows(&documents[0]), ["名称／港湾見学"]);
    assert_eq!(documents[0].left_out[0].text, "目標を超えた");
    assert!(omitted_from(&documents[0]).iter().any(|line| line.contains("コメント 1件は読んでいません")));
}

/// More of them with `MUTATIONS=2500`.
#[test]
fn no_damage_stops_the_program() {
    let rounds = std::env::var("MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(240_usize);
    let seed = std::env::var("MUTATION_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(2028);
    let mut random = fastrand::Rng::with_seed(seed);
    let files =
        [KINDS[1], KINDS[2], KINDS[3], "libreoffice/一覧.xls", "python/表示.xlsx"].map(|path| (path, bytes(path)));
    let mut refused = 0;
    for round in 0..rounds {
        let (path, whole) = &files[round % files.len()];
        let is_archive = whole.starts_with(b"PK");
        let damaged = match is_archive && random.bool() {
            true => repacked_by_name(whole, |name, part| {
                if !part.is_empty() && name != "mimetype" && random.u8(..3) == 0 {
                    damage(part, &mut random);
                }
            }),
            false => {
                let mut bytes = whole.clone();
                damage(&mut bytes, &mut random);
                bytes
            }
        };
        match read_workbook(path, &damaged) {
            Ok(documents) => documents.iter().for_each(|document| assert!(document.blocks.len() < 10_000)),
            Err(message) => {
                refused += 1;
                assert!(message.contains("読めません") && message.contains(path), "{message}");
            }
        }
    }
    assert!(refused > rounds / 10, "{refused} of {rounds}");
}

fn damage(bytes: &mut Vec<u8>, random: &mut fastrand::Rng) {
    for _ in 0..random.usize(1..6) {
        let at = random.usize(..bytes.len());
        match random.u8(..6) {
            0 => bytes.truncate(at.max(1)),
            1 => _ = bytes.remove(at),
            2 => bytes[at] = *random.choice(b"<>/\"=09 :").unwrap(),
            3 => {
                let end = bytes.len().min(at + 4);
                bytes[at..end].fill(*random.choice(&[0, 0x7f, 0xff]).unwrap());
            }
            4 => {
                let digits = bytes.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit));
                if let Some(digit) = digits {
                    bytes.splice(at + digit..at + digit, *b"99999999");
                }
            }
            _ => bytes[at] = random.u8(..),
        }
        if bytes.is_empty() {
            bytes.push(0);
        }
    }
}
