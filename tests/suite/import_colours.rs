//! Words in the colour of what lies below them, and figures below nought that a colour tells, in every kind of workbook.

use std::io::{Cursor, Write};

use jigyo::import::{omitted_from, read_workbook};
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, Format, FormatPattern, Table, TableStyle, Workbook,
};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::import_workbooks::{KINDS, read, rows, saved};

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
fn a_time_below_nought_keeps_the_sign_that_its_colour_tells() {
    let styles = "<time-style name=\"T0\"/><time-style name=\"T\"><text-properties color=\"#ff0000\"/><map condition=\"value()&gt;=0\" apply-style-name=\"T0\"/></time-style>\
        <style name=\"T\" data-style-name=\"T\"/>";
    let cells = [
        ("style-name=\"T\" value-type=\"time\" time-value=\"-PT25H30M00S\"", "25:30"),
        ("style-name=\"T\" value-type=\"time\" time-value=\"PT25H30M00S\"", "25:30"),
        ("style-name=\"T0\" value-type=\"time\" time-value=\"-PT25H30M00S\"", "-25:30"),
        ("style-name=\"T0\" value-type=\"time\" time-value=\"-PT25H30M00S\"", "25:30"),
    ];
    let documents = read_workbook("時間.ods", &ods(styles, &cells)).unwrap();
    assert_eq!(rows(&documents[0]), ["△25:30／隣", "25:30／隣", "-25:30／隣", "-PT25H30M00S／隣"]);
}

#[test]
fn what_stands_below_furigana_is_read_and_a_field_too() {
    let ruby = "<ruby><ruby-base>青森</ruby-base><ruby-text>あおもり</ruby-text></ruby>県";
    let field = "<sheet-name>様式1</sheet-name>（案）";
    let documents = read_workbook("ふりがな.ods", &ods("", &[("", ruby), ("", field)])).unwrap();
    assert_eq!(rows(&documents[0]), ["青森県／隣", "様式1（案）／隣"]);
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
