//! What a careful printer looks for in lines and columns, measured on the laid-out pages of `tests/cases/page/hard`. The
//! rules are those of `docs/typography.md`; page ends are in `page_ends.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jigyo::pipeline::Built;
use jigyo::typeset::{PageItem, Pages, PrintedLine};
use typst::layout::{Frame, FrameItem};

use crate::conformance::assert_conformant;
use crate::tools::{build_folder, build_memory, files_below, found, root, sample_reports, small_report};

pub(crate) const BODY: f64 = 10.5;
const TABLE: f64 = 9.5;
/// The left edge and the lowest edge of the text on a page, in pt.
pub(crate) const LEFT: f64 = (210.0 * 72.0 / 25.4 - 43.0 * BODY) / 2.0;
pub(crate) const FOOT: f64 = 25.0 * 72.0 / 25.4 + 37.0 * 1.75 * BODY + BODY;

pub(crate) fn hard() -> PathBuf {
    root().join("tests/cases/page/hard")
}

pub(crate) fn built(folder: &Path) -> Built {
    build_folder(folder, false).1.expect("builds")
}

/// The lines of a page as they stand on paper, from the top down.
pub(crate) fn lines_on(pages: &Pages, page: usize) -> Vec<PrintedLine> {
    let line = |printed| match printed {
        PageItem::Line(line) => Some(line),
        PageItem::Anchor { .. } => None,
    };
    let mut lines: Vec<PrintedLine> = pages.printed(page).into_iter().filter_map(line).collect();
    lines.sort_by(|a, b| (a.y + a.height).total_cmp(&(b.y + b.height)));
    lines
}

/// The lines of each page, without the page's number.
pub(crate) fn lines_of(built: &Built) -> Vec<Vec<PrintedLine>> {
    let pages = Pages::new(built.document.clone());
    let lines = |page: usize| {
        let mut lines = lines_on(&pages, page);
        // A cover has no number.
        if page > 0 || !pages.label(page).is_empty() {
            let foot = lines.pop().expect("a page has a foot");
            assert!(foot.text.starts_with("- ") && foot.y > FOOT, "page {page} ends with {foot:?}");
        }
        lines
    };
    (0..pages.count()).map(lines).collect()
}

pub(crate) fn line<'a>(pages: &'a [Vec<PrintedLine>], start: &str) -> &'a PrintedLine {
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
        let begins_a_text = |line: &PrintedLine| {
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
fn a_mark_that_would_just_meet_the_edge_keeps_from_it() {
    let mut text = String::new();
    for mark in NEVER_FIRST.chars().chain(NEVER_LAST.chars()) {
        // A line holds 43 letters and the first is indented: the mark comes before, at and behind the edge.
        for before in 40..=43 {
            let (digit, other) = if "°℃％%㎡＄￥№△▲$".contains(mark) { ("5", "5") } else { ("", "亜") };
            text += &format!("{}{digit}{mark}{other}{}\n", "亜".repeat(before), "亜".repeat(20));
        }
    }
    let program = format!("【事業】縁\n事業費：1\n担当：監理課\n【事業概要】\n{text}【事業実績】\n行った。\n");
    // A draft: brackets without their partner are errors.
    let built = build_memory(&small_report().with("01_章/縁.jigyo", program), true).1.expect("a draft is made");
    let lines: Vec<PrintedLine> =
        lines_of(&built).concat().into_iter().filter(|line| line.text.contains("亜亜亜")).collect();
    assert!(lines.len() > 700, "{} lines", lines.len());
    for line in &lines {
        let (first, last) = (line.text.chars().next().unwrap(), line.text.chars().next_back().unwrap());
        assert!(!NEVER_FIRST.contains(first), "begins a line: {}", line.text);
        assert!(!NEVER_LAST.contains(last), "ends a line: {}", line.text);
        // The last letter counts with the blank that stretches the line, which is not seen.
        assert!(line.x + line.width < LEFT + 43.2 * BODY, "beyond the edge: {line:?}");
    }
}

#[test]
fn numbers_dashes_and_dots_are_not_parted() {
    let wholes = ["12,345", "98.7％", "△56", "100㎡", "10～", "——", "――", "……"];
    let mut text = String::new();
    for whole in wholes {
        for before in 38..=43 {
            text += &format!("{}{whole}{}\n", "亜".repeat(before), "亜".repeat(20));
        }
    }
    let program = format!("【事業】縁\n事業費：1\n担当：監理課\n【事業概要】\n{text}【事業実績】\n行った。\n");
    let (checked, built) = build_memory(&small_report().with("01_章/縁.jigyo", program), false);
    assert_eq!(found(&checked), Vec::<String>::new());
    let lines = lines_of(&built.expect("builds")).concat();
    for whole in wholes {
        assert_eq!(lines.iter().filter(|line| line.text.contains(whole)).count(), 6, "{whole}");
    }
}

#[test]
fn a_paragraph_begins_one_em_in_also_where_it_begins_with_a_bracket() {
    let pages = lines_of(&built(&hard()));
    for start in ["最後の段落は", "ちゃちゅちょ", "辻\u{E0100}の字が"] {
        assert_near(line(&pages, start).x, LEFT + BODY, start);
    }
    // Half an em, and the half that the bracket carries on its left.
    for start in ["「見本」", "（丸括弧で始まる", "「始め括弧", "【注意】", "「今後の方向」"]
    {
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

pub(crate) fn assert_near(actual: f64, expected: f64, of: &str) {
    assert!((actual - expected).abs() < 0.05, "{of}: {actual} instead of {expected}");
}

/// Width in em as the faces have it, of what cells hold here.
fn em(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
}

#[test]
fn figures_of_a_column_stand_by_place() {
    let pages = lines_of(&built(&hard()));
    let edge = |cell: &str| {
        let whole = cell.split('|').next().unwrap();
        let whole = &whole[..=whole.rfind(|c: char| c.is_ascii_digit()).unwrap()];
        line(&pages, &cell.replace('|', "")).x + em(whole) * TABLE
    };
    for cells in [&["8名", "△1,234名", "1234名"][..], &["12,345,678名", "△5名"]] {
        for cell in cells {
            assert_near(edge(cell), edge(cells[0]), cell);
        }
    }
    // What is counted otherwise is no neighbour, and stands in the middle of its own cell.
    for (one, other) in [("8名", "98,765,432社"), ("12,345,678名", "0社"), ("2|.3％", "36|.5℃")] {
        assert!((edge(one) - edge(other)).abs() > 1.0, "{one} {other}");
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
            FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
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

#[test]
fn the_hard_cases_are_accessible_and_archival() {
    let (checked, built) = build_folder(&hard(), false);
    assert_eq!(found(&checked), Vec::<String>::new());
    assert_conformant("the hard cases", &built.expect("builds").pdf);
}
