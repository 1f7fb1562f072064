//! Workbooks are read as their cells are shown, whoever saved them and in whatever kind of file; what does not count as text is
//! kept apart and said, and no damage stops the program.

use std::fs;
use std::io::{Cursor, Read, Write};

use jigyo::import::document::{Block, Document};
use jigyo::import::{omitted_from, read_workbook};
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatIconSet, ConditionalFormatIconType,
    Format, FormatPattern, Formula, Note, Shape, Table, TableStyle, Workbook,
};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::tools::root;

fn bytes(path: &str) -> Vec<u8> {
    fs::read(root().join("tests/cases/import").join(path)).unwrap()
}

/// The one sheet that is shown, and what is said of the file.
fn read(path: &str) -> (Document, String) {
    let documents = read_workbook(path, &bytes(path)).unwrap_or_else(|message| panic!("{path}: {message}"));
    let [sheet] = <[Document; 1]>::try_from(documents).unwrap();
    let said = omitted_from(&sheet).join("\n");
    (sheet, said)
}

/// Rows of all tables, cells parted by ／.
fn rows(document: &Document) -> Vec<String> {
    let row = |row: &Vec<_>| {
        row.iter().map(|cell: &jigyo::import::document::Cell| cell.text.as_str()).collect::<Vec<_>>().join("／")
    };
    let of = |block: &Block| match block {
        Block::Table(table) => table.rows.iter().map(row).collect(),
        Block::Paragraph(paragraph) => vec![paragraph.text.clone()],
    };
    document.blocks.iter().flat_map(of).collect()
}

fn saved(book: &mut Workbook) -> Vec<u8> {
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

const KINDS: [&str; 4] = ["python/表示.xlsx", "libreoffice/表示.xlsx", "libreoffice/表示.xls", "libreoffice/表示.ods"];

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

/// A book with words in the colour of their ground, and others that only look so.
fn coloured() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let white = || Format::new().set_font_color("#FFFFFF");
    let filled = |format: Format, colour: &str| format.set_background_color(colour);
    let black = Format::new().set_font_color("#000000");
    for (row, (text, format)) in [
        ("白", white()),
        ("白の上の白", filled(white(), "#FFFFFF")),
        ("見出し", filled(white(), "#1F3864")),
        ("黒塗り", filled(black.clone(), "#000000")),
        ("模様", white().set_pattern(FormatPattern::Gray125)),
        ("条件", white()),
        ("題", white()),
        ("既定", Format::new().set_font_color(Color::Theme(0, 0))),
        ("灰色", Format::new().set_font_color(Color::Theme(0, 3))),
        ("赤", Format::new().set_font_color("#FF0000")),
    ]
    .into_iter()
    .enumerate()
    {
        sheet.write_with_format(u32::try_from(row).unwrap(), 0, text, &format).unwrap();
        sheet.write(u32::try_from(row).unwrap(), 1, "隣").unwrap();
    }
    sheet.write_with_format(10, 0, 128, &white()).unwrap();
    sheet.write(10, 1, "隣").unwrap();
    sheet.write_rich_string(11, 0, &[(&Format::new(), "前"), (&white(), "秘"), (&black, "後")]).unwrap();
    sheet.write(11, 1, "隣").unwrap();
    let rule = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::EqualTo("条件"))
        .set_format(filled(Format::new(), "#1F3864"));
    sheet.add_conditional_format(5, 0, 5, 0, &rule).unwrap();
    saved(&mut book)
}

#[test]
fn words_in_the_colour_of_their_ground_are_no_text_and_white_on_dark_is() {
    let documents = read_workbook("色.xlsx", &coloured()).unwrap();
    let expected = ["見出し", "模様", "条件", "灰色", "赤", "前後"];
    let firsts: Vec<String> = rows(&documents[0]).iter().map(|row| row.replace("／隣", "").replace("隣", "")).collect();
    let firsts: Vec<&str> =
        firsts.iter().map(String::as_str).filter(|row| !row.trim_matches('／').is_empty()).collect();
    assert_eq!(firsts, expected);
    let words: Vec<(&str, &str, &str)> =
        documents[0].left_out.iter().map(|word| (word.how, word.place.as_str(), word.text.as_str())).collect();
    let unseen = [
        ("A1", "白"),
        ("A2", "白の上の白"),
        ("A4", "黒塗り"),
        ("A7", "題"),
        ("A8", "既定"),
        ("A11", "128"),
        ("A12", "秘"),
    ];
    assert_eq!(words, unseen.map(|(place, text)| ("背景と同じ色", place, text)));
    let said = omitted_from(&documents[0]).join("\n");
    for words in [
        "背景と同じ色の語が7か所あります（A1「白」",
        "白い文字が2か所あります（A5「模様」、A6「条件」）。背景の色が分からない",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
}

#[test]
fn words_in_the_colour_of_their_ground_are_known_in_every_kind_of_workbook() {
    for path in KINDS.map(|path| path.replace("表示", "色")) {
        let (document, said) = read(&path);
        let words: Vec<(&str, &str)> =
            document.left_out.iter().map(|word| (word.place.as_str(), word.text.as_str())).collect();
        let unseen = [
            ("A1", "白"),
            ("A2", "白の上の白"),
            ("A4", "黒塗り"),
            ("A6", "既定"),
            ("A8", "番号"),
            ("A10", "128"),
            ("A11", "秘"),
        ];
        assert_eq!(words, unseen, "{path}");
        let seen = ["隣", "隣", "見出し／隣", "隣", "条件／隣", "隣", "灰色／隣", "隣", "赤／隣", "隣", "前後／隣"];
        assert_eq!(rows(&document)[..seen.len()], seen, "{path}");
        assert!(said.contains("白い文字が1か所あります（A5「条件」）"), "{path}: {said}");
    }
}

#[test]
fn a_figure_below_nought_has_a_sign_or_is_named_in_every_kind_of_workbook() {
    for path in KINDS.map(|path| path.replace("表示", "色")) {
        let (document, said) = read(&path);
        let mut rows = rows(&document).split_off(11);
        // Which letters figures above nought have, an .ods does not say.
        let expected = ["△1,234／隣", "△5／隣", "(5)／隣", "減5／隣", "-5／隣", "5名／隣", "-5／隣"];
        if path.ends_with("ods") {
            assert_eq!(std::mem::replace(&mut rows[6], expected[6].to_string()), "△5人／隣");
        }
        assert_eq!(rows, expected, "{path}");
        let named = if path.ends_with("ods") {
            "1か所あります（A16「-5」）"
        } else {
            "2か所あります（A16「-5」、A18「-5」）"
        };
        assert!(said.contains(&format!("画面にどう表示されるか分からない数が{named}")), "{path}: {said}");
    }
}

#[test]
fn the_colour_of_a_format_goes_before_that_of_its_cell() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let white = || Format::new().set_font_color("#FFFFFF");
    for (row, (figure, format)) in [
        (5.0, Format::new().set_num_format("[White]0")),
        (0.0, Format::new().set_num_format("0;-0;[White]0")),
        (7.0, Format::new().set_num_format("0;-0;[White]0")),
        (8.0, white().set_num_format("[Red]0")),
        (9.0, Format::new().set_num_format("[White]0").set_background_color("#1F3864")),
    ]
    .into_iter()
    .enumerate()
    {
        let row = u32::try_from(row).unwrap();
        sheet.write_with_format(row, 0, figure, &format).unwrap();
        sheet.write(row, 1, "隣").unwrap();
    }
    let documents = read_workbook("色.xlsx", &saved(&mut book)).unwrap();
    assert_eq!(rows(&documents[0]), ["隣", "隣", "7／隣", "8／隣", "9／隣"]);
    let words: Vec<(&str, &str)> =
        documents[0].left_out.iter().map(|word| (word.place.as_str(), word.text.as_str())).collect();
    assert_eq!(words, [("A1", "5"), ("A2", "0")]);
}

/// A .ods of one sheet, whose rows are `cells`.
fn ods(styles: &str, cells: &[(&str, &str)]) -> Vec<u8> {
    let row = |(cell, text): &(&str, &str)| {
        format!(
            "<table-row><table-cell {cell}><p>{text}</p></table-cell><table-cell><p>隣</p></table-cell></table-row>"
        )
    };
    let rows: String = cells.iter().map(row).collect();
    let content = format!(
        "<document><automatic-styles>{styles}</automatic-styles><body><spreadsheet><table name=\"表\">{rows}</table></spreadsheet></body></document>"
    );
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("content.xml", SimpleFileOptions::default()).unwrap();
    archive.write_all(content.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn colours_of_an_ods_come_from_formats_styles_and_their_parents() {
    let styles = "<number-style name=\"F0\"/><number-style name=\"F\"><text-properties color=\"#ffffff\"/><map condition=\"value()&gt;=0\" apply-style-name=\"F0\"/></number-style>\
        <style name=\"F\" data-style-name=\"F\"/>\
        <style name=\"white\"><text-properties color=\"#FFFFFF\"/></style>\
        <style name=\"child\" parent-style-name=\"white\"/>\
        <style name=\"dark\" parent-style-name=\"white\"><table-cell-properties background-color=\"#1f3864\"/></style>\
        <style name=\"own\" parent-style-name=\"white\"><text-properties use-window-font-color=\"true\"/></style>";
    let bytes = ods(
        styles,
        &[
            ("style-name=\"F\" value-type=\"float\" value=\"-5\"", "5"),
            ("style-name=\"F\" value-type=\"float\" value=\"5\"", "5"),
            ("style-name=\"child\"", "秘"),
            ("style-name=\"dark\"", "見出し"),
            ("style-name=\"own\"", "黒"),
            ("style-name=\"child\"", "<span style-name=\"own\">見える</span>秘"),
            ("value-type=\"float\" value=\"-3\"", "−3"),
        ],
    );
    let documents = read_workbook("色.ods", &bytes).unwrap();
    assert_eq!(rows(&documents[0]), ["隣", "5／隣", "隣", "見出し／隣", "黒／隣", "見える／隣", "−3／隣"]);
    let words: Vec<(&str, &str)> =
        documents[0].left_out.iter().map(|word| (word.place.as_str(), word.text.as_str())).collect();
    assert_eq!(words, [("A1", "△5"), ("A3", "秘"), ("A6", "秘")]);
}

#[test]
fn white_words_in_a_table_with_a_style_are_read_and_said() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let white = Format::new().set_font_color("#FFFFFF");
    sheet.add_table(0, 0, 2, 1, &Table::new().set_style(TableStyle::Medium2)).unwrap();
    for (column, text) in [(0, "名称"), (1, "額")] {
        sheet.write_with_format(0, column, text, &white).unwrap();
        sheet.write(1, column, "値").unwrap();
    }
    let documents = read_workbook("表.xlsx", &saved(&mut book)).unwrap();
    assert_eq!(rows(&documents[0])[0], "名称／額");
    assert!(omitted_from(&documents[0]).concat().contains("白い文字が2か所あります（A1「名称」、B1「額」）"));
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
