//! What a careful printer looks for, measured on the laid-out pages. The rules are those of `docs/typography.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jigyo::load::{Disk, Folder, Memory};
use jigyo::pipeline::{BuildOptions, Built, build, check};
use jigyo::typeset::{Line, Pages, Printed, Template};
use typst::layout::{Frame, FrameItem};

use crate::conformance::assert_conformant;
use crate::tools::{build_folder, build_memory, files_below, found, root, sample_reports, small_report};

const BODY: f64 = 10.5;
const TABLE: f64 = 9.5;
/// The left edge and the lowest edge of the text on a page, in pt.
const LEFT: f64 = (210.0 * 72.0 / 25.4 - 43.0 * BODY) / 2.0;
const FOOT: f64 = 25.0 * 72.0 / 25.4 + 37.0 * 1.75 * BODY + BODY;

fn hard() -> PathBuf {
    root().join("tests/cases/page/hard")
}

fn built(folder: &std::path::Path) -> Built {
    build_folder(folder, false).1.expect("builds")
}

/// The lines of each page as they stand on paper, from the top down. The page's number is not among them.
fn lines_of(built: &Built) -> Vec<Vec<Line>> {
    let pages = Pages::new(built.document.clone());
    let lines = |page: usize| {
        let printed = pages.printed(page).into_iter();
        let mut lines: Vec<Line> = printed
            .filter_map(|printed| match printed {
                Printed::Line(line) => Some(line),
                Printed::Anchor { .. } => None,
            })
            .collect();
        lines.sort_by(|a, b| (a.y + a.height).total_cmp(&(b.y + b.height)));
        let foot = lines.pop().expect("a page has a foot");
        assert!(foot.text.starts_with("- ") && foot.y > FOOT, "page {page} ends with {foot:?}");
        lines
    };
    (0..pages.count()).map(lines).collect()
}

fn line<'a>(pages: &'a [Vec<Line>], start: &str) -> &'a Line {
    pages.iter().flatten().find(|line| line.text.starts_with(start)).unwrap_or_else(|| panic!("no line {start}"))
}

/// JLREQ cl-02 to cl-07, cl-09 to cl-11, and ～ as 〜: they may not begin a line.
const NEVER_FIRST: &str = "’”）〕］｝〉》」』】‐゠–〜～？！‼⁇⁈⁉・：；。．、，ヽヾゝゞ々〻ー\
    ぁぃぅぇぉァィゥェォっゃゅょゎゕゖッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ)]},.:;!?°′″℃％%㎡";
/// cl-01, cl-12, and the sign of a negative amount: they may not end one.
const NEVER_LAST: &str = "‘“（〔［｛〈《「『【([{￥＄№△▲";

#[test]
fn no_line_begins_or_ends_with_what_may_not_stand_there() {
    for folder in sample_reports().into_iter().chain([hard()]) {
        let texts: Vec<String> =
            files_below(&folder).iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect();
        // A bullet's own mark begins its line.
        let begins_a_text = |line: &Line| {
            let start: String = line.text.chars().take(4).collect();
            texts.iter().flat_map(|text| text.lines()).any(|typed| typed.trim().starts_with(&start))
        };
        for line in lines_of(&built(&folder)).concat() {
            let text = line.text.trim();
            let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else { continue };
            assert!(!NEVER_FIRST.contains(first) || begins_a_text(&line), "begins a line: {text}");
            assert!(!NEVER_LAST.contains(last), "ends a line: {text}");
        }
    }
}

#[test]
fn numbers_dashes_and_dots_are_not_parted() {
    let pages = lines_of(&built(&hard()));
    for lines in &pages {
        for pair in lines.windows(2) {
            let (Some(last), Some(first)) = (pair[0].text.chars().next_back(), pair[1].text.chars().next()) else {
                continue;
            };
            let is_body = pair.iter().all(|line| (line.height - BODY).abs() < 0.01);
            let follow = is_body && pair[0].x + pair[0].width > LEFT + 42.0 * BODY;
            let parted = (last.is_ascii_digit() && first.is_ascii_digit()) || (last == first && "—―…‥".contains(last));
            assert!(!(follow && parted), "{} / {}", pair[0].text, pair[1].text);
        }
    }
}

#[test]
fn a_paragraph_begins_one_em_in_also_where_it_begins_with_a_bracket() {
    let pages = lines_of(&built(&hard()));
    for start in ["最後の段落は", "ちゃちゅちょ", "辻\u{E0100}の字が"] {
        assert_near(line(&pages, start).x, LEFT + BODY, start);
    }
    // Half an em, and the half that the bracket carries on its left.
    for start in ["「見本」", "（丸括弧で始まる", "「始め括弧", "【注意】", "「今後の方向」"] {
        assert_near(line(&pages, start).x, LEFT + 0.5 * BODY, start);
    }
    assert_near(line(&pages, "からは行の頭").x, LEFT, "the second line");
}

#[test]
fn items_and_notes_hang() {
    let pages = lines_of(&built(&hard()));
    let second_lines = ["そろう。これを", "強制的に改めた", "ばならない。", "ていなければ"];
    for start in second_lines {
        assert_near(line(&pages, start).x, LEFT + 2.5 * BODY, start);
    }
    for start in ["・項目の下", "※項目の下"] {
        assert_near(line(&pages, start).x, LEFT + 2.5 * BODY, start);
    }
    for start in ["を確かめるために長く", "確かめるために、二行になるように"] {
        assert_near(line(&pages, start).x, LEFT + 3.5 * BODY, start);
    }
    // A note under a table.
    assert_near(line(&pages, "※二つめの注は").x, LEFT, "※");
    assert_near(line(&pages, "の注は二行になるように").x, LEFT + TABLE, "the note's second line");
}

#[test]
fn latin_letters_have_a_gap_in_the_body_and_none_in_tables() {
    let pages = lines_of(&built(&hard()));
    // 令和 2 年度の ICT 講座: nine full letters, four half ones, four gaps of a quarter.
    assert_near(line(&pages, "令和2年度のICT講座").width, (7.0 + 2.0 + 4.0 * 0.25) * BODY, "the body");
    assert_near(line(&pages, "ICT講座の回数").width, 6.5 * TABLE, "a label");
    // A cell is set as wide as its letters are, whatever room it has.
    assert_near(line(&pages, "感染の拡大").width, 12.0 * TABLE, "a narrow cell");
}

fn assert_near(actual: f64, expected: f64, of: &str) {
    assert!((actual - expected).abs() < 0.05, "{of}: {actual} instead of {expected}");
}

/// Width in em as the faces have it, of what cells hold here.
fn em(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
}

#[test]
fn figures_of_a_column_stand_by_place() {
    let pages = lines_of(&built(&hard()));
    let columns = [
        &["8名", "98,765,432社", "延べ123事業者", "△1,234名", "2|.3％", "36|.5℃", "100㎡", "延べ68回", "1234名"][..],
        &["12,345,678名", "0社", "約4,567事業者", "△5名", "12|.45％", "△5|.25℃", "1,234|.5㎡", "計7回"],
    ];
    for cells in columns {
        let edges: Vec<f64> = cells
            .iter()
            .map(|cell| {
                let whole = cell.split('|').next().unwrap();
                let whole = &whole[..=whole.rfind(|c: char| c.is_ascii_digit()).unwrap()];
                line(&pages, &cell.replace('|', "")).x + em(whole) * TABLE
            })
            .collect();
        for (edge, cell) in edges.iter().zip(cells) {
            assert_near(*edge, edges[0], cell);
        }
    }
}

#[test]
fn every_dash_for_no_value_is_one_and_commas_stay_as_typed() {
    let pages = lines_of(&built(&hard()));
    let all: Vec<&str> = pages.iter().flatten().map(|line| line.text.as_str()).collect();
    let rows = all.iter().filter(|text| text.starts_with("値なし")).count();
    assert_eq!(rows, 6);
    // Two in each of these rows, and three in the table below.
    assert!(all.iter().filter(|text| **text == "—").count() >= 2 * rows + 3);
    assert!(all.contains(&"1234名") && all.contains(&"1,234名"));
}

/// Glyphs by the text they stand for.
fn glyphs(frame: &Frame, found: &mut BTreeMap<String, BTreeSet<u16>>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => glyphs(&group.frame, found),
            FrameItem::Text(text) => {
                for glyph in &text.glyphs {
                    found.entry(text.text[glyph.range()].to_string()).or_default().insert(glyph.id);
                }
            }
            _ => {}
        }
    }
}

#[test]
fn variation_selectors_reach_the_glyph() {
    let mut found = BTreeMap::new();
    for page in built(&hard()).document.pages() {
        glyphs(&page.frame, &mut found);
    }
    for kanji in ["辻", "葛"] {
        let chosen = &found[&format!("{kanji}\u{E0100}")];
        assert!(!chosen.contains(&0) && chosen.is_disjoint(&found[kanji]), "{kanji}: {chosen:?} {:?}", found[kanji]);
    }
    // The form that the face has for it anyway.
    assert_eq!(found["邉\u{E0100}"], found["邉"]);
}

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
fn sliding_pages(program: fn(usize) -> String) -> Vec<Vec<Line>> {
    let disk = sliding(program);
    let (checked, built) = build_memory(&disk, false);
    assert_eq!(found(&checked), Vec::<String>::new());
    let built = built.expect("builds");
    assert_conformant("sliding programs", &built.pdf);
    lines_of(&built)
}

/// Where a page begins or ends within the text: the lines before and after.
fn breaks(pages: &[Vec<Line>]) -> impl Iterator<Item = (&[Line], &[Line])> {
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
        let starts = |lines: &[Line], text: &str| lines.iter().any(|line| line.text.starts_with(text));
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
            let of = |line: &&Line| line.text.matches(letter).count() > 10;
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
    let official = root().join("templates/official");
    let mut template = Memory::new();
    for file in files_below(&official) {
        let name = file.strip_prefix(&official).unwrap().to_string_lossy().replace('\\', "/");
        if name.ends_with(".typ") {
            template.insert(format!("体裁/{name}"), std::fs::read(&file).unwrap());
        }
    }
    let main = std::fs::read_to_string(official.join("main.typ")).unwrap();
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

#[test]
fn the_hard_cases_are_accessible_and_archival() {
    let (checked, built) = build_folder(&hard(), false);
    assert_eq!(found(&checked), Vec::<String>::new());
    assert_conformant("the hard cases", &built.expect("builds").pdf);
}
