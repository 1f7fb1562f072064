//! The columns of tables on paper: how wide they are by what they hold, and where their texts stand, read back from the pages.

use jigyo::load::Memory;
use jigyo::typeset::{PageItem, Pages, PrintedLine};

use crate::tools::{build_memory, found, small_report};
use crate::typography::lines_of;

/// The printed lines of a report whose one program has a table.
fn table(rows: &str) -> Vec<PrintedLine> {
    let program = format!(
        "【事業】講座事業\n事業費：1\n担当：監理課\n【事業概要】\n講座を開く。\n【事業実績】\n講座を開いた。\n【指標】\n{rows}"
    );
    let disk = small_report().with("01_章/01.jigyo", program);
    let (checked, built) = build_memory(&disk, false);
    assert_eq!(found(&checked), Vec::<String>::new(), "{rows}");
    lines_of(&built.expect("builds")).concat()
}

fn line<'a>(lines: &'a [PrintedLine], text: &str) -> &'a PrintedLine {
    lines.iter().find(|line| line.text.trim() == text).unwrap_or_else(|| panic!("no line {text}: {lines:#?}"))
}

/// A label of as many letters, the last two of which are 者数.
fn label(letters: usize) -> String {
    format!("{}者数", "受".repeat(letters - 2))
}

#[test]
fn a_long_label_has_the_room_that_years_do_not_need() {
    // 27 em stand beside two years as they usually are; 31 beside narrow ones.
    for letters in [20, 27, 30, 31] {
        let lines = table(&format!("{}｜6名｜7名\n", label(letters)));
        assert_eq!(line(&lines, &label(letters)).text.trim(), label(letters), "{letters}");
    }
    // Years that need their width keep it, and the label goes on below itself.
    let lines = table(&format!("{}｜1,234,567,890円｜1,234,567,890円\n", label(30)));
    assert!(lines.iter().all(|line| line.text.trim() != label(30)));
    assert_eq!(lines.iter().filter(|line| line.text.contains("1,234,567,890円")).count(), 2);
}

#[test]
fn figures_have_the_room_that_a_short_label_does_not_need() {
    let figure = "123,456,789,012,345千円";
    let lines = table(&format!("基金の残高｜{figure}｜{figure}\n"));
    assert_eq!(lines.iter().filter(|line| line.text.trim() == figure).count(), 2, "{lines:#?}");
}

#[test]
fn a_name_that_is_a_little_too_long_stays_on_its_line() {
    let width = |letters: usize| {
        let lines = table(&format!("{}｜12,345,678人｜12,345,678人\n", label(letters)));
        lines.iter().any(|line| line.text.trim() == label(letters))
    };
    // 27.2 em beside years of a fifth each: three parts of a hundred more are closed up, and no more.
    assert!(width(27) && width(28) && !width(29));
}

#[test]
fn a_part_stands_further_in_whether_or_not_it_has_its_mark() {
    let lines =
        table("参加者数｜6名｜7名\nうち女性の数｜2名｜3名\n会議の参加者数｜6名｜7名\n・うち県外の数｜2名｜3名\n");
    let whole = line(&lines, "参加者数").x;
    for part in ["うち女性の数", "うち県外の数"] {
        assert!((line(&lines, part).x - whole - 9.5).abs() < 0.1, "{part}");
    }
}

#[test]
fn the_signs_of_figures_are_one() {
    let lines = table("増減の割合｜▲5%｜-3.2％\n備考の数｜A-1号（5%増）｜—\n");
    for text in ["△5％", "△3.2％", "A-1号（5%増）"] {
        line(&lines, text);
    }
}

/// A program whose last section is a table that is turned sideways.
fn turned() -> Memory {
    let row = |name: &str| format!("{name}{}\n", "｜1,234,567".repeat(12));
    let table = "【表】数\n値：金額\n年度：2年前～当年度\n列：当初予算、補正予算、決算額、繰越額\n";
    Memory::new()
        .with("報告書.jigyo", "【報告書】成果\n年度：令和6年度\n発行：見本市\n発行日：令和7年9月1日\n")
        .with(
            "様式.jigyo",
            format!("【様式】成果\n題名の年度：問わない\n【項目】\n事業費｜なし\n【見出し】\n目的｜文章｜必須、事業概要として\n数｜表\n{table}"),
        )
        .with("01/章.jigyo", "【章】道\n")
        .with("01/甲.jigyo", format!("【事業】甲\n担当：企画課\n【目的】\n道を直す。\n【数】\n{}{}", row("国費"), row("県費")))
}

#[test]
fn the_department_stands_below_a_table_turned_sideways() {
    let (checked, built) = build_memory(&turned(), false);
    assert_eq!(found(&checked), Vec::<String>::new());
    let pages = Pages::new(built.expect("builds").document);
    let last: Vec<PrintedLine> = pages
        .printed(pages.count() - 1)
        .into_iter()
        .filter_map(|item| if let PageItem::Line(line) = item { Some(line) } else { None })
        .collect();
    assert!(
        last.iter().any(|line| line.text.contains("担当課：企画課"))
            && last.iter().any(|line| line.text.contains("県費"))
    );
}
