//! What stands between and around the rows of a list of programs: blank rows, struck rows, heads, sums, heads of a new page,
//! merged cells, notes of the unit. None ends a list or becomes a program.

use jigyo::import::{Imported, Words, import, read_table_text, read_workbook};
use jigyo::model::{Context, FiscalYear};
use rust_xlsxwriter::{Format, Workbook};

/// Rows of a sheet: `|` parts cells, `=` in front of a row strikes it, a row of one cell behind `^` is merged over four.
fn imported(rows: &[&str]) -> Imported {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let (plain, struck) = (Format::new(), Format::new().set_font_strikethrough());
    for (row, text) in (0..).zip(rows) {
        if let Some(text) = text.strip_prefix('^') {
            sheet.merge_range(row, 0, row, 3, text, &plain).unwrap();
            continue;
        }
        let format = if text.starts_with('=') { &struck } else { &plain };
        for (column, cell) in (0..).zip(text.trim_start_matches('=').split('|')).filter(|(_, cell)| !cell.is_empty()) {
            match cell.parse::<f64>() {
                Ok(figure) => sheet.write_with_format(row, column, figure, format).unwrap(),
                Err(_) => sheet.write_with_format(row, column, cell, format).unwrap(),
            };
        }
    }
    from_book(&mut book)
}

fn from_book(book: &mut Workbook) -> Imported {
    let documents = read_workbook("一覧.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    let context = Context { fiscal_year: Some(FiscalYear::new(2020)), ..Context::default() };
    import(&documents, &Words::default(), &context, None)
}

fn names(imported: &Imported) -> Vec<&str> {
    imported.programs.iter().map(|program| program.name.as_str()).collect()
}

fn line(imported: &Imported, program: usize, field: &str) -> String {
    let text = &imported.programs[program].text;
    text.lines().find(|line| line.starts_with(field)).unwrap_or_default().to_string()
}

fn says(imported: &Imported, words: &str) -> bool {
    imported.notes.iter().any(|note| note.contains(words))
}

const THREE: [&str; 3] = ["港の見学", "船員の体験", "灯台の公開"];

#[test]
fn a_list_goes_on_over_blank_rows_struck_rows_and_sums() {
    let read = imported(&[
        "番号|事業名|担当課|事業費（千円）",
        "",
        "1|港の見学|港湾課|100",
        "|港湾課計||100",
        "",
        "",
        "=2|岸壁の補修|港湾課|900",
        "2|船員の体験|観光課|200",
        "=3|古い事業|観光課|900",
        "=4|古い事業2|観光課|900",
        "3|灯台の公開|観光課|300",
        "",
        "|総合計||600",
        "（注）見込みを含む",
    ]);
    assert_eq!((names(&read), read.total), (THREE.to_vec(), 600));
    assert_eq!(read.subtotal.as_ref().map(|(_, value)| *value), Some(Some(600)));
    assert!(line(&read, 2, "取り込み元").ends_with("一覧.xlsx A11"), "{}", read.programs[2].text);
    let memo = read.chapter(&[]).text;
    for kept in ["取り消し線の語：岸壁の補修（B7）", "古い事業2", "（注）見込みを含む", "港湾課計：100"]
    {
        assert!(memo.contains(kept), "{kept}: {memo}");
    }
    assert!(!says(&read, "見出しのない表") && says(&read, "取り消し線の語が12か所"), "{:?}", read.notes);
    // A CSV text and a text of a page with Tabs go the same way.
    let text = "事業名,担当課,事業費（千円）\n港の見学,港湾課,100\n,,\n県単事業,,\n船員の体験,観光課,200\n";
    let context = Context::default();
    for text in [text.to_string(), text.replace(',', "\t")] {
        let read = import(&read_table_text("一覧.csv", &text), &Words::default(), &context, None);
        assert_eq!((names(&read), read.total), (THREE[..2].to_vec(), 300));
        assert_eq!(line(&read, 1, "一覧の見出し"), "一覧の見出し：県単事業");
    }
}

#[test]
fn a_row_of_one_cell_is_a_department_or_a_head_that_is_kept() {
    let read = imported(&[
        "番号|事業名|事業費（千円）|備考",
        "^Ⅰ 安全な港",
        "^【港湾課】",
        "1|港の見学|100|",
        "観光課||500|",
        "2|船員の体験|200|",
        "県単事業",
        "3|灯台の公開|300|",
    ]);
    assert_eq!((names(&read), read.total), (THREE.to_vec(), 600));
    let departments: Vec<String> = (0..3).map(|program| line(&read, program, "担当")).collect();
    assert_eq!(departments, ["担当：港湾課", "担当：観光課", "担当：観光課"]);
    assert_eq!(line(&read, 2, "一覧の見出し"), "一覧の見出し：県単事業");
    assert!(says(&read, "担当課としました（A3「【港湾課】」、A5「観光課」）"), "{:?}", read.notes);
    assert!(says(&read, "2行あります（A2「Ⅰ 安全な港」、A7「県単事業」）"), "{:?}", read.notes);
    // The list's own column goes before such a row; where its cell is blank the row counts.
    let both = imported(&[
        "番号|事業名|担当課|事業費（千円）",
        "港湾課",
        "1|港の見学|監理課|100",
        "2|船員の体験||200",
        "第2 観光",
        "3|灯台の公開||300",
    ]);
    let departments: Vec<String> = (0..3).map(|program| line(&both, program, "担当")).collect();
    assert_eq!(departments, ["担当：監理課", "担当：港湾課", "担当："]);
}

#[test]
fn the_head_of_a_new_page_is_no_program_and_another_table_is_no_part_of_the_list() {
    let read = imported(&[
        "令和2年度　事業一覧",
        "|||（単位：千円）",
        "番号|事業名|担当課|事業費",
        "1|港の見学|港湾課|100",
        "- 1 -",
        "令和2年度　事業一覧",
        "|||（単位：千円）",
        "番号|事業名|担当課|事業費",
        "2|船員の体験|観光課|200",
        "",
        "番号|事業名|担当課|事業費",
        "3|灯台の公開|観光課|300",
        "",
        "職員の数",
        "港湾部|12",
        "観光部|34",
    ]);
    assert_eq!((names(&read), read.total), (THREE.to_vec(), 600));
    assert!(line(&read, 1, "一覧の見出し").is_empty() && !says(&read, "1つの欄だけ"), "{:?}", read.notes);
    let memo = read.chapter(&[]).text;
    assert!(memo.contains("港湾部｜12") && memo.contains("職員の数"), "{memo}");
    let other = imported(&[
        "番号|事業名|担当課|事業費（千円）",
        "1|港の見学|港湾課|100",
        "",
        "No|事務事業名|所管課|成果|決算額（円）",
        "1|船員の体験|観光課|増えた。|200000",
    ]);
    assert_eq!((names(&other), other.total), (THREE[..2].to_vec(), 300));
    assert!(other.programs[1].text.contains("【成果】\n増えた。"), "{}", other.programs[1].text);
}

#[test]
fn the_unit_is_seen_wherever_it_is_written_and_two_units_are_asked_for() {
    let head = "番号|事業名|担当課|事業費";
    let row = "1|港の見学|港湾課|1000000";
    let below = ["（単位：円）", "※金額の単位は円です。", "|||円単位"];
    for note in below {
        let read = imported(&[head, row, "|合計||1000000", "", note]);
        assert_eq!((read.total, read.subtotal.and_then(|(_, value)| value)), (1000, Some(1000)), "{note}");
        assert!(!read.notes.iter().any(|note| note.contains("単位の書かれていない")));
    }
    let above: [&[&str]; 5] = [
        &["事業一覧|||（円）", head, row],
        &["事業一覧", "", "|||単位：円", "", head, row],
        &["番号|事業名|担当課|事業費||（単位：円）", row],
        &["番号|事業名|担当課|事業費（円）", row],
        &["令和2年度　事業一覧（単位：円）", head, row],
    ];
    for rows in above {
        assert_eq!(imported(rows).total, 1000, "{rows:?}");
    }
    assert!(imported(above[4]).chapter(&[]).text.contains("令和2年度　事業一覧（単位：円）"));
    let asked: [&[&str]; 2] = [
        &["事業一覧（単位：千円）", head, row, "※金額の単位は円"],
        &["（単位：円）", "番号|事業名|担当課|事業費（千円）", row],
    ];
    for rows in asked {
        let read = imported(rows);
        assert_eq!((read.total, line(&read, 0, "事業費：").as_str()), (0, "事業費："));
        assert!(says(&read, "金額の単位が食い違っています"), "{:?}", read.notes);
        assert_eq!(line(&read, 0, "事業費（単位は不明）"), "事業費（単位は不明）：1000000");
        assert!(read.programs[0].messages[0].text.contains("「1000000」の単位を確かめて"));
    }
    // A unit belongs to the list below it, and a note on rounding names none.
    let two = imported(&[
        "（単位：円）",
        head,
        row,
        "",
        "（単位：百万円）",
        "No|事務事業名|所管課|決算額",
        "1|船員の体験|観光課|2",
    ]);
    assert_eq!(two.total, 1000 + 2000);
    let rounded = imported(&["番号|事業名|担当課|事業費（円）", row, "※千円単位で四捨五入したため合計と合わない"]);
    assert_eq!(rounded.total, 1000);
}

#[test]
fn a_cell_merged_over_programs_is_of_each_but_an_amount_is_asked_for() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    for (column, head) in (0..).zip(["部", "課", "事業名", "事業費（千円）"]) {
        sheet.write(0, column, head).unwrap();
    }
    sheet.merge_range(1, 0, 3, 0, "港湾部", &plain).unwrap();
    sheet.merge_range(1, 1, 2, 1, "振興課", &plain).unwrap();
    sheet.write(3, 1, "監理課").unwrap();
    (1..).zip(THREE).for_each(|(row, name)| _ = sheet.write(row, 2, name).unwrap());
    sheet.write(1, 3, 100).unwrap();
    sheet.merge_range(2, 3, 3, 3, "", &plain).unwrap();
    sheet.write_with_format(2, 3, 200, &plain).unwrap();
    let read = from_book(&mut book);
    let departments: Vec<String> = (0..3).map(|program| line(&read, program, "担当")).collect();
    assert_eq!(departments, ["担当：振興課", "担当：振興課", "担当：監理課"]);
    assert!(read.programs.iter().all(|program| program.text.contains("\n部：港湾部\n")));
    let asked = |program: usize| read.programs[program].messages.iter().any(|m| m.text.contains("1つになっています"));
    assert_eq!([0, 1, 2].map(asked), [false, true, true]);
}

#[test]
fn marks_at_names_go_where_they_belong() {
    let read = imported(&[
        "事業名|担当課|事業費（千円）",
        "【新規】港の見学|港湾課|100",
        "○新 船員の\n体験|観光課|200",
        "灯台の公開（再掲）|観光課|300",
        "海の日（旧：港まつり）|観光課|1",
        "研修（新規）|観光課|2",
        "研修|監理課|3",
    ]);
    let expected = [&THREE[..], &["海の日", "研修（新規）", "研修"]].concat();
    assert_eq!(names(&read), expected);
    assert_eq!([0, 1, 4].map(|program| line(&read, program, "区分")), ["区分：新規"; 3]);
    assert!(read.programs[2].messages[0].text.contains("「再掲　灯台の公開」"), "{:?}", read.programs[2].messages);
    assert_eq!(line(&read, 3, "旧名称"), "旧名称：港まつり");
    assert_eq!(line(&read, 0, "もとの事業名"), "もとの事業名：【新規】港の見学");
}

#[test]
fn one_word_over_columns_with_years_below_is_one_question() {
    let read = imported(&[
        "事業名|担当課|決算額|決算額|決算額",
        "||令和元年度|令和2年度|令和3年度",
        "港の見学|港湾課|1|2|3",
        "船員の体験|観光課|4|5|6",
    ]);
    assert_eq!((names(&read), read.total), (THREE[..2].to_vec(), 0));
    let question = read.notes.iter().find(|note| note.contains("どれが事業費か決められません")).unwrap();
    assert!(question.contains("D列「決算額（令和2年度）」（初めの値は 2）"), "{question}");
    assert!(!says(&read, "知らない言葉") && line(&read, 1, "決算額（令和3年度）").ends_with('6'), "{:?}", read.notes);
}

#[test]
fn lists_and_forms_side_by_side_are_two_tables() {
    let read = imported(&[
        "事業一覧",
        "番号|事業名|担当課|事業費||番号|事業名|担当課|事業費",
        "1|港の見学|港湾課|100000||3|灯台の公開|観光課|300000",
        "2|船員の体験|観光課|200000",
        "（単位：円）",
    ]);
    assert_eq!((names(&read), read.total), (THREE.to_vec(), 600));
    assert!(line(&read, 2, "取り込み元").ends_with("F3"), "{}", read.programs[2].text);
    let forms = imported(&[
        "事業名|港の見学||事業名|船員の体験",
        "担当課|港湾課||担当課|観光課",
        "事業費|1千円||事業費|2千円",
        "事業概要|見る。||事業概要|乗る。",
    ]);
    assert_eq!((names(&forms), forms.total), (THREE[..2].to_vec(), 3));
    assert!(forms.programs[1].text.contains("担当：観光課\n\n【事業概要】\n乗る。\n"), "{}", forms.programs[1].text);
}

#[test]
fn a_mark_of_nothing_is_no_label_and_a_sheet_without_programs_is_said() {
    let read = imported(&["事業名|港の見学", "担当課|港湾課", "指標名|元年度|2年度", "|—|", "来た人|5人|6人", "|—|"]);
    assert!(read.programs[0].text.contains("【指標】\n来た人｜5人｜6人\n"), "{}", read.programs[0].text);
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "出す前に確かめてください。").unwrap();
    let read = from_book(&mut book);
    assert!(says(&read, "事業が見つかりません。書かれている文（1か所）は"), "{:?}", read.notes);
}
