//! Every paper, size of the text and margin: nothing runs over the edge, each page has its number, no last page is a stub.

use std::fs;

use jigyo::load::Memory;
use jigyo::pipeline::Built;
use jigyo::typeset::{Pages, PrintedLine, copy_of};

use crate::tools::{build_memory, found, in_memory, root, small_report};
use crate::typography::lines_on;

const MM: f64 = 72.0 / 25.4;

/// A sample with its built-in form as its own, whose lines of the page are these.
fn set_otherwise(sample: &str, form: &str, settings: &str) -> Memory {
    let mut disk = in_memory(&root().join("reports").join(sample));
    let report = String::from_utf8(disk.get("報告書.jigyo").unwrap().to_vec()).unwrap();
    let report: Vec<&str> =
        report.lines().filter(|line| !line.starts_with("様式：") && !line.starts_with("体裁：")).collect();
    let form = fs::read_to_string(root().join(format!("templates/forms/{form}.jigyo"))).unwrap();
    let (title, rest) = form.split_once('\n').unwrap();
    let rest: Vec<&str> = rest.lines().filter(|line| !line.starts_with("組み方：")).collect();
    disk.insert("報告書.jigyo", report.join("\n"));
    disk.insert("様式.jigyo", format!("{title}\n{settings}\n{}\n", rest.join("\n")));
    disk
}

fn in_template(disk: Memory, template: &str) -> Memory {
    let report = String::from_utf8(disk.get("報告書.jigyo").unwrap().to_vec()).unwrap();
    disk.with("報告書.jigyo", report.replacen('\n', &format!("\n体裁：{template}\n"), 1))
}

fn built(disk: &Memory, of: &str) -> Built {
    let (checked, built) = build_memory(disk, false);
    built.unwrap_or_else(|| panic!("{of}: {:?}", found(&checked)))
}

/// The lines of a page, its number's line, and its width and height.
type PageLines = (Vec<PrintedLine>, Option<PrintedLine>, (f64, f64));

/// The lines of each page from the top down, its number in the foot apart; a cover has none.
fn pages_of(built: &Built) -> Vec<PageLines> {
    let pages = Pages::new(built.document.clone());
    let lines = |page: usize| {
        let mut lines = lines_on(&pages, page);
        let number = if pages.label(page).is_empty() { None } else { lines.pop() };
        (lines, number, pages.size(page))
    };
    (0..pages.count()).map(lines).collect()
}

/// Fails where a line reaches over the edge of the page or into its foot.
fn assert_on_paper(built: &Built, of: &str) {
    for (index, (lines, number, (width, height))) in pages_of(built).iter().enumerate() {
        let foot = number.as_ref().map_or(*height, |number| number.y);
        for line in lines {
            let is_inside = line.x > 0.0 && line.x + line.width < width - 5.0 * MM && line.y + line.height < foot;
            assert!(is_inside, "{of}: page {}: {line:?}", index + 1);
        }
    }
}

#[test]
fn nothing_runs_over_the_edge_on_any_paper_in_any_size() {
    for template in ["official", "plain"] {
        for paper in ["A4縦", "B5縦", "A4横", "A3横"] {
            for size in ["8pt", "14pt"] {
                for (sample, form) in [("hyoka", "事務事業評価"), ("tutorial", "施策実施状況")] {
                    let settings = format!("紙：{paper}\n本文：{size}\n組み方：続ける");
                    let disk = in_template(set_otherwise(sample, form, &settings), template);
                    let of = format!("{sample} {template} {paper} {size}");
                    assert_on_paper(&built(&disk, &of), &of);
                }
            }
        }
    }
}

/// What a user changes first in a copy of a template: each margin, with each size of the text.
#[test]
fn margins_and_the_size_of_the_text_are_changed_each_for_itself() {
    for template in ["official", "plain"] {
        for size in ["8pt", "14pt"] {
            for (side, top, bottom) in [(38.0, 20.0, 20.0), (15.0, 45.0, 12.0), (20.0, 12.0, 50.0)] {
                let mut disk = set_otherwise("tutorial", "施策実施状況", &format!("本文：{size}"));
                for (path, bytes) in copy_of(template).unwrap() {
                    let bytes = if path == "look.typ" {
                        with_margins(std::str::from_utf8(bytes).unwrap(), side, top, bottom).into_bytes()
                    } else {
                        bytes.to_vec()
                    };
                    disk.insert(format!("体裁/{path}"), bytes);
                }
                let of = format!("{template} {size} {side} {top} {bottom}");
                let built = built(&in_template(disk, "体裁"), &of);
                assert_on_paper(&built, &of);
                for (lines, number, (width, height)) in pages_of(&built).iter().skip(1) {
                    // Tables on turned pages have margins of their own.
                    if width > height {
                        continue;
                    }
                    let number = number.as_ref().unwrap_or_else(|| panic!("{of}: no number"));
                    assert!(number.y + number.height < *height && number.y > height - bottom * MM, "{of}: {number:?}");
                    for line in lines {
                        // A bracket at the beginning carries half an em of blank.
                        let (left, right) = (line.x, line.x + line.width);
                        assert!(left > side * MM - 9.0 && right < width - side * MM + 9.0, "{of}: {line:?}");
                        assert!(
                            line.y > top * MM - 1.0 && line.y + line.height < height - bottom * MM + 1.0,
                            "{of}: {line:?}"
                        );
                    }
                }
            }
        }
    }
}

fn with_margins(look: &str, side: f64, top: f64, bottom: f64) -> String {
    let set = |line: &str| {
        let wanted = [("side", side), ("top", top), ("bottom", bottom)];
        let found = wanted.iter().find(|(name, _)| line.starts_with(&format!("#let {name}-margin =")));
        found.map_or_else(|| line.to_string(), |(name, value)| format!("#let {name}-margin = {value}mm"))
    };
    let lines: Vec<String> = look.lines().map(set).collect();
    assert_eq!(lines.iter().filter(|line| line.ends_with("mm") && line.contains("-margin =")).count(), 3);
    lines.join("\n") + "\n"
}

/// Programs that end a chapter a few lines behind the end of a page, each one line further.
#[test]
fn the_last_page_of_a_chapter_is_no_stub() {
    for arrangement in ["続ける", "1事業1頁"] {
        let form = fs::read_to_string(root().join("templates/forms/施策実施状況.jigyo")).unwrap();
        let mut disk = small_report();
        disk.insert("様式.jigyo", form.replacen('\n', &format!("\n組み方：{arrangement}\n"), 1));
        for lines in 14..34 {
            let folder = format!("{lines:02}_章");
            disk.insert(format!("{folder}/章.jigyo"), format!("【章】柱{lines}\n"));
            let program = format!(
                "【事業】事業{lines}\n事業費：1\n担当：監理課\n【事業概要】\n{}【事業実績】\n行った。\n【指標】\n数｜1名｜2名\n\
                 【成果】\n成果が出た。\n【課題】\n課題がある。\n【今後の方向】\n続ける。\n",
                "つなぐ。\n".repeat(lines)
            );
            disk.insert(format!("{folder}/{lines}.jigyo"), program);
        }
        let pages = pages_of(&built(&disk, arrangement));
        let mut parted = 0;
        for pair in pages.windows(2) {
            let (before, (after, _, _)) = (&pair[0].0, &pair[1]);
            let goes_on = !before.iter().any(|line| line.text.starts_with("（担当課"))
                && after.iter().any(|line| line.text.starts_with("（担当課"))
                && before.iter().any(|line| line.text.starts_with("つなぐ"));
            if goes_on {
                parted += 1;
                assert!(after.len() >= 8, "{arrangement}: {} lines, from {:?}", after.len(), after.first());
            }
        }
        assert!(parted > 5, "{arrangement}: {parted} programs were parted");
    }
}

#[test]
fn sums_that_fit_on_one_page_share_it() {
    for template in ["official", "plain"] {
        let built = built(&in_template(in_memory(&root().join("reports/aomori-r2")), template), template);
        let pages = pages_of(&built);
        let page_of = |heading: &str| {
            pages.iter().position(|(lines, _, _)| lines.iter().any(|line| line.text == heading && line.height > 13.0))
        };
        assert!(page_of("総括表").is_some());
        assert_eq!(page_of("総括表"), page_of("所管課別集計"), "{template}");
    }
}

#[test]
fn contents_that_would_spill_a_few_lines_stay_on_one_page() {
    let report = |front: &str, programs: usize| {
        let head = "【報告書】白波町の施策の成果\n年度：令和2年度\n発行：白波町\n発行日：令和3年9月1日\n";
        let mut disk = Memory::new()
            .with("報告書.jigyo", format!("{head}前付：{front}\n"))
            .with("01/章.jigyo", "【章】産業の振興\n\n【取組の概要】\n産業を振興した。\n");
        for number in 1..=programs {
            let text = format!(
                "【事業】{number}番の道を直す事業\n事業費：{number}千円\n担当：商工課\n\n【事業概要】\n道を直す。\n\n【事業実績】\n{number}番の道を直した。\n\n【指標】\n直した所｜{number}か所｜{}か所\n",
                number + 1
            );
            disk.insert(format!("01/{number:02}.jigyo"), text);
        }
        disk
    };
    // So many that lines of the usual distance spill a few, and so many that the closest do.
    for (template, front, few, many) in [
        ("official", "目次", 36, 48),
        ("official", "表紙、目次", 44, 52),
        ("plain", "目次", 48, 56),
        ("plain", "表紙、目次", 51, 56),
    ] {
        for (programs, pages) in [(few, 1), (many, 2)] {
            let of = format!("{template}, {front}, {programs} programs");
            let built = built(&in_template(report(front, programs), template), &of);
            let is_front = |(_, number, _): &PageLines| number.as_ref().is_some_and(|line| line.text.contains('i'));
            assert_eq!(pages_of(&built).iter().filter(|page| is_front(page)).count(), pages, "{of}");
        }
    }
}
