//! Lines of running text, measured on pages of both templates: gaps, last lines, and what hangs at what.

use jigyo::load::Memory;
use jigyo::pipeline::Built;
use jigyo::typeset::{PageItem, Pages, PrintedLine};
use typst::layout::{Frame, FrameItem, Point, Transform};

use crate::tools::{build_memory, found, small_report};
use crate::typography::{BODY, LEFT, assert_near, line, lines_of};

fn report_in(template: &str) -> Memory {
    let head = "【報告書】令和2年度報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n後付：索引\n体裁：";
    small_report().with("報告書.jigyo", format!("{head}{template}\n"))
}

fn built(disk: &Memory) -> Built {
    let (checked, built) = build_memory(disk, false);
    assert_eq!(found(&checked), Vec::<String>::new());
    built.expect("builds")
}

/// The lines of all pages, their numbers among them.
fn printed(built: &Built) -> Vec<PrintedLine> {
    let pages = Pages::new(built.document.clone());
    let items = (0..pages.count()).flat_map(|page| pages.printed(page));
    let lines = items.filter_map(|item| match item {
        PageItem::Line(line) => Some(line),
        PageItem::Anchor { .. } => None,
    });
    lines.collect()
}

fn with_results(disk: Memory, overview: &str, results: &str) -> Memory {
    let program = format!(
        "【事業】行\n事業費：1\n担当：監理課\n【事業概要】\n{overview}\n【事業実績】\n{results}\n【指標】\n数｜1名｜2名\n"
    );
    disk.with("01_章/行.jigyo", program)
}

/// Paragraphs of every length from one line to four, with stops, brackets, letters and figures in them.
fn paragraphs(before: &str) -> String {
    let text = "県内の企業が加わる説明会を開き、令和2年度からはICTを使う講座（全12回）を「入門」と「実践」とに分け、延べ1,234名が受講し、声は8割に及ぶ。";
    let letters: Vec<char> = text.repeat(3).chars().collect();
    let paragraph = |length: usize| {
        let body: String = letters[..length].iter().filter(|c| !"（）「」".contains(**c)).collect();
        format!(
            "{before}{}（全12回）。{}である。\n",
            &text[..text.find('、').unwrap()],
            body.trim_end_matches(['、', '。', ','])
        )
    };
    (20..170).map(paragraph).collect()
}

/// Letters with the place where each begins, in em from one to the next, by lines.
fn letters(frame: &Frame, transform: Transform, lines: &mut Vec<(i64, Vec<(char, f64)>)>) {
    for (place, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                let moved = transform.pre_concat(Transform::translate(place.x, place.y));
                letters(&group.frame, moved.pre_concat(group.transform), lines);
            }
            FrameItem::Text(text) if (text.size.to_pt() - BODY).abs() < 0.01 => {
                let start = Point::transform(*place, transform);
                let level = (start.y.to_pt() * 10.0).round() as i64;
                if lines.last().is_none_or(|(last, _)| *last != level) {
                    lines.push((level, Vec::new()));
                }
                let mut x = start.x.to_pt() / BODY;
                for glyph in &text.glyphs {
                    let letter = text.text[glyph.range()].chars().next().unwrap();
                    lines.last_mut().unwrap().1.push((letter, x + glyph.x_offset.get()));
                    x += glyph.x_advance.get();
                }
            }
            FrameItem::Text(_)
            | FrameItem::Shape(..)
            | FrameItem::Image(..)
            | FrameItem::Link(..)
            | FrameItem::Tag(_) => {}
        }
    }
}

#[test]
fn the_gap_beside_latin_letters_keeps_its_width_in_a_tight_line() {
    let built = built(&with_results(report_in("official"), "研修を行う。", &paragraphs("")));
    let mut lines = Vec::new();
    for page in built.document.pages() {
        letters(&page.frame, Transform::identity(), &mut lines);
    }
    let (mut gaps, mut tight) = (0, 0);
    for (_, letters) in lines.iter().filter(|(_, letters)| letters.len() > 35) {
        let is_tight = letters.windows(2).any(|pair| "、。".contains(pair[0].0) && pair[1].1 - pair[0].1 < 0.95);
        tight += usize::from(is_tight);
        for pair in letters.windows(2) {
            let is_japanese = |c: char| ('ぁ'..='ヺ').contains(&c) || ('一'..='龠').contains(&c);
            let (one, other) = (pair[0].0, pair[1].0);
            let own = if is_japanese(one) && other.is_ascii_alphanumeric() {
                1.0
            } else if one.is_ascii_alphanumeric() && is_japanese(other) {
                0.5
            } else {
                continue;
            };
            let gap = pair[1].1 - pair[0].1 - own;
            gaps += 1;
            assert!(gap > 0.249, "{gap} em between {one} and {other}");
        }
    }
    assert!(gaps > 500 && tight > 20, "{gaps} gaps, {tight} tight lines");
}

#[test]
fn no_letter_is_alone_on_a_last_line() {
    for template in ["official", "plain"] {
        let mut disk = with_results(report_in(template), &paragraphs(""), &(paragraphs("・") + &paragraphs("※")));
        for length in 8..30 {
            let name = format!(
                "{}の支援事業",
                "県内の中小の企業で働く若い人財が地域で育つための講座と相談".chars().take(length).collect::<String>()
            );
            let program = format!(
                "【事業】{name}\n事業費：1\n担当：監理課\n【事業概要】\n行う。\n【事業実績】\n行った。\n【指標】\n数｜1名｜2名\n"
            );
            disk = disk.with(format!("01_章/{length:02}.jigyo"), program);
        }
        let lines = printed(&built(&disk));
        assert!(lines.len() > 300, "{template}: {} lines", lines.len());
        for line in lines {
            let is_alone = ["業", "る。"].contains(&line.text.trim());
            assert!(!is_alone, "{template}: {line:?}");
        }
    }
}

const MARKS: &str = "\
●大きな印の箇条である。その二行めの頭は、印の右の本文の頭にそろう。それを確かめるために、二行になるように長く書いてある。
①丸数字の箇条である。その二行めは、丸数字の右の本文の頭にそろう。それを確かめるために、二行になるように長く書いてある文。
・中黒の箇条である。その二行めもまた、中黒の右の本文の頭にそろう。それを確かめるために、二行になるように長く書いた文。
②次の丸数字
●次の大きな印
文の段落である。
（１）窓口の相談
相談の段落である。番号が次に続くので、その前の番号の本文の下に組む。それを確かめるために、二行になるように長く書いてある。
（２）出張の相談
終わりの番号の段落
章を結ぶ段落";

#[test]
fn marks_hang_in_levels_and_a_paragraph_at_the_number_that_it_belongs_to() {
    let pages = lines_of(&built(&with_results(report_in("official"), "研修を行う。", MARKS)));
    let at = |start: &str| (line(&pages, start).x - LEFT) / BODY;
    // The first line of each, and its second, which stands below the text.
    for (start, mark, text) in [("●大きな", 1.0, 2.5), ("①丸数字", 2.5, 4.0), ("・中黒の", 4.0, 5.0)] {
        assert_near(at(start), mark, start);
        assert_near(second_line(&pages, start), text, start);
    }
    for (start, place) in [("②次の", 2.5), ("●次の", 1.0), ("文の段落", 1.0), ("相談の段落", 3.5)] {
        assert_near(at(start), place, start);
    }
    assert_near(second_line(&pages, "相談の段落"), 2.5, "the paragraph's second line");
    // Each number before had a paragraph: so has the last, and no more than one.
    assert_near(at("終わりの番号"), 3.5, "the last number's paragraph");
    assert_near(at("章を結ぶ"), 1.0, "the section's last paragraph");
}

/// Where the line below begins, in em from the text's left edge.
fn second_line(pages: &[Vec<PrintedLine>], start: &str) -> f64 {
    let lines = pages.iter().find(|lines| lines.iter().any(|line| line.text.starts_with(start))).unwrap();
    let first = line(pages, start);
    let below = lines.iter().filter(|line| line.y > first.y + 0.5 * BODY);
    let next = below.min_by(|one, other| one.y.total_cmp(&other.y)).unwrap();
    (next.x - LEFT) / BODY
}
