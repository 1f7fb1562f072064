//! What stands at the end of a page and at the top of the next, in programs that slide over it line by line.

use jigyo::load::{Disk, Folder, Memory};
use jigyo::pipeline::{BuildOptions, build, check};
use jigyo::typeset::{PrintedLine, Template};

use crate::tools::{build_memory, files_below, found, root, sample_reports, small_report};
use crate::typography::{FOOT, built, hard, lines_of};

/// A program longer than a page whose tables come to stand at every place of a page, one line further in each program.
fn sliding_tables(lines: usize) -> String {
    let rows: String = (1..=9).map(|n| format!("行{n}の数｜{n}名｜{}名\n", n * 12)).collect();
    let long_cell = "五行の欄｜五の一｜甲\n＋｜五の二｜乙\n＋｜五の三｜丙\n＋｜五の四｜丁\n＋｜五の五｜戊\n";
    let group = "群れ\n・群れの一｜1名｜2名\n・群れの二｜1名｜2名\n・群れの三｜1名｜2名\n";
    let merged = "結ぶ一の数｜1名｜結んだ欄である\n結ぶ二の数｜1名｜↑\n";
    let end = "終わりの前の数｜1名｜2名\n最後の行の数｜3名｜4名\n";
    format!(
        "【事業】第{lines}事業\n事業費：1\n担当：監理課\n【事業概要】\n{}【事業実績】\n次のとおり。\n\
         【指標】表の題\n{rows}{end}※表の注である。\n【指標】次の題\n{long_cell}{group}{merged}{rows}{end}\
         【指標】小さな題\n{end}",
        "つなぐ。\n".repeat(lines),
    )
}

/// The same of headings, paragraphs and items of two to five lines.
fn sliding_prose(lines: usize) -> String {
    let paragraph = |letter: &str, lines: usize| format!("{}\n", letter.repeat(43 * lines - 10));
    let item = |number: usize, letter: &str, lines: usize| format!("（{number}）{}\n", letter.repeat(40 * lines - 10));
    let note = |letter: &str| format!("※{}\n", letter.repeat(70));
    let results = paragraph("二", 2) + &paragraph("三", 3) + &paragraph("四", 4) + &paragraph("五", 5);
    let plans = item(1, "弐", 2) + &note("注") + &item(2, "参", 3) + &item(3, "肆", 4) + &note("記");
    format!(
        "【事業】文{lines}事業\n事業費：1\n担当：監理課\n【事業概要】\n{}【事業実績】\n{results}【成果】\n{plans}\
         【課題】\n{}【今後の方向】\n{}",
        "つなぐ。\n".repeat(lines),
        paragraph("七", 4) + &paragraph("八", 2) + &paragraph("九", 3),
        item(1, "陸", 4) + &item(2, "漆", 3) + &note("釈"),
    )
}

fn sliding(program: fn(usize) -> String) -> Memory {
    let mut disk = small_report();
    for lines in 1..=38 {
        disk.insert(format!("01_章/{lines:02}.jigyo"), program(lines));
    }
    disk
}

/// The pages of programs that slide over the page's end.
fn sliding_pages(program: fn(usize) -> String) -> Vec<Vec<PrintedLine>> {
    let disk = sliding(program);
    let (checked, built) = build_memory(&disk, false);
    assert_eq!(found(&checked), Vec::<String>::new());
    lines_of(&built.expect("builds"))
}

/// Where a page begins or ends within the text: the lines before and after.
fn breaks(pages: &[Vec<PrintedLine>]) -> impl Iterator<Item = (&[PrintedLine], &[PrintedLine])> {
    pages.windows(2).map(|pair| (pair[0].as_slice(), pair[1].as_slice()))
}

const HEADS: &[&str] = &["項目名", "元年度", "2年度", "表の題", "次の題", "小さな題"];

#[test]
fn nothing_is_alone_at_a_page_end() {
    let mut cut_tables = 0;
    let mut headings = 0;
    let pages = [sliding_pages(sliding_tables), sliding_pages(sliding_prose)];
    for (before, after) in pages.iter().flat_map(|pages| breaks(pages)) {
        let last = before.last().unwrap();
        let shown = format!("{:?}\n{:?}", before.last().map(|l| &l.text), after.first().map(|l| &l.text));
        let is_head = last.text.starts_with('【') || HEADS.contains(&&*last.text);
        assert!(!is_head && !last.text.starts_with("事業費"), "a head is last: {shown}");
        assert!(last.y + last.height < FOOT + 0.1, "below the text's foot: {shown}");
        let starts = |lines: &[PrintedLine], text: &str| lines.iter().any(|line| line.text.starts_with(text));
        let first = &after.first().unwrap().text;
        assert!(!first.starts_with("※表") && !first.starts_with("（担当課"), "parted from what it belongs to: {shown}");
        // A table goes on below a head of its own.
        assert!(!first.starts_with('行') && !first.starts_with("終わりの前"), "no head: {shown}");
        headings += usize::from(first.starts_with('【'));
        let row_after_head = after.iter().find(|line| !HEADS.contains(&&*line.text)).unwrap();
        let is_alone = row_after_head.text.starts_with("最後の行");
        assert!(!is_alone, "the last row is alone: {shown}");
        cut_tables += usize::from(["行", "終わりの前"].iter().any(|start| row_after_head.text.starts_with(start)));
        for whole in [["五の一", "五の五"], ["群れの一", "群れの三"], ["結ぶ一", "結ぶ二"]] {
            let is_cut = starts(&before[before.len().saturating_sub(12)..], whole[0]) && starts(&after[..6], whole[1]);
            assert!(!is_cut, "{} and {} are parted: {shown}", whole[0], whole[1]);
        }
    }
    assert!(cut_tables > 20 && headings > 5, "{cut_tables} tables cut, {headings} headings at the top of a page");
}

#[test]
fn two_lines_of_a_paragraph_at_least_on_either_side_of_a_page_end() {
    let mut parted = 0;
    let pages = sliding_pages(sliding_prose);
    for (before, after) in breaks(&pages) {
        for letter in "二三四五七八九弐参肆陸漆注記釈".chars() {
            let of = |line: &&PrintedLine| line.text.matches(letter).count() > 10;
            let above = before.iter().rev().take_while(of).count();
            let below = after.iter().take_while(of).count();
            if above > 0 && below > 0 {
                parted += 1;
                assert!(above > 1 && below > 1, "{letter}: {above} and {below} lines");
            }
        }
    }
    assert!(parted > 10, "paragraphs were parted {parted} times only");
}

/// `program.typ` lays out on trial only what `estimate.typ` holds for higher than a page.
#[test]
fn no_program_is_higher_than_the_estimate() {
    let templates = root().join("templates");
    let mut template = Memory::new();
    for folder in ["official", "parts"] {
        for file in files_below(&templates.join(folder)) {
            let name = file.strip_prefix(&templates).unwrap().to_string_lossy().replace('\\', "/");
            if name.ends_with(".typ") {
                template
                    .insert(format!("体裁/{}", name.trim_start_matches("official/")), std::fs::read(&file).unwrap());
            }
        }
    }
    let main = std::fs::read_to_string(templates.join("official/main.typ")).unwrap();
    let trial = "\n#import \"program.typ\": whole\n#import \"estimate.typ\": height-at-most\n\
        #context for c in report.chapters { for path in c.programs {\n\
          let p = json(path)\n\
          let height = measure(whole(p), width: measure-width).height\n\
          assert(height <= height-at-most(p), message: p.name)\n\
        } }\n";
    template.insert("体裁/main.typ", main + trial);
    let many = [sliding(sliding_tables), sliding(sliding_prose)];
    let folders: Vec<Folder> = sample_reports().into_iter().chain([hard()]).map(Folder::new).collect();
    let disks = folders.iter().map(|folder| folder as &dyn Disk).chain(many.iter().map(|disk| disk as &dyn Disk));
    for disk in disks {
        let mut checked = check(disk).unwrap();
        let template = Template::from_folder("体裁", &template, "体裁", None).unwrap();
        assert!(build(&mut checked, template, BuildOptions::default()).is_some(), "{:?}", found(&checked));
    }
}

#[test]
fn short_programs_share_a_page() {
    let pages = lines_of(&built(&hard()));
    let page_of = |start: &str| pages.iter().rposition(|lines| lines.iter().any(|line| line.text.starts_with(start)));
    assert_eq!(page_of("見本県の産業を支える"), page_of("短い事業一"));
}
