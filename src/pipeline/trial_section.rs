//! A section that only tests have, 【試行】, from its text to its page: a row of the table is all that it took.

use super::{Session, check, source_mappings, view_json};
use crate::comparison::compare;
use crate::diagnostic::Diagnostics;
use crate::export::{Encoding, csv_files, json};
use crate::fmt::format;
use crate::load::Memory;
use crate::pipeline::Checked;
use crate::rollover::make_next_year;
use crate::syntax::{Vocabulary, parse};
use crate::typeset::{PageItem, Pages, Template};

const PROGRAM: &str = "【事業】岸壁の改良\n事業費：1,200千円\n担当：港湾課\n\n【事業概要】\n岸壁を直す。\n\n【事業実績】\n20mを直した。\n\n【試行】\n（1）新しい杭を試した。\n";

fn report(program: &str) -> Checked {
    let disk = Memory::new()
        .with("報告書.jigyo", "【報告書】令和2年度事業報告書\n年度：令和2年度\n発行：みなと市\n発行日：令和3年9月1日\n")
        .with("01_港/章.jigyo", "【章】港づくり\n")
        .with("01_港/岸壁の改良.jigyo", program);
    check(&disk).expect("is a report")
}

#[test]
fn a_row_of_the_table_brings_a_section_to_every_place() {
    let mut checked = report(PROGRAM);
    assert!(!checked.diagnostics.has_errors());
    let view: String = view_json(&checked, false).split_whitespace().collect();
    assert!(view.contains(r#""kind":"trial""#) && view.contains(r#""heading":"【試行】""#));
    let traced: Vec<String> = source_mappings(&checked, false, "p1-1").into_iter().map(|placed| placed.text).collect();
    assert!(traced.iter().any(|text| text == "【試行】") && traced.iter().any(|text| text == "新しい杭を試した。"));
    let exported = json(&checked.report);
    assert!(exported.contains("\"trial\": [") && exported.contains("新しい杭を試した。"));
    let tables = csv_files(&checked.report, Encoding::Utf8);
    assert!(tables.iter().any(|file| String::from_utf8_lossy(&file.bytes).contains("試行,1,,1,項目,1,,1,新しい杭")));

    let changed = report(&PROGRAM.replace("新しい杭", "鋼の杭"));
    let changes = compare(&checked.state(), &changed.state());
    assert_eq!(changes.len(), 1);
    assert!(changes[0].spot.starts_with("【試行】"), "{}", changes[0].spot);

    let next = make_next_year(&checked.files, &checked.report, "../令和2年度").expect("has a year");
    let moved = &next.files.last().expect("has a program").text;
    assert!(moved.contains("【試行】\n未記入") && moved.contains("（1）新しい杭を試した。"), "{moved}");

    let file = checked.files.share(checked.report.chapters[0].programs[0].file);
    let formatted = format(&file, &parse(&file, &Vocabulary::standard(), &mut Diagnostics::new()));
    assert!(formatted.contains("【試行】\n（１）新しい杭を試した。"), "{formatted}");

    let template = Template::built_in("official").expect("is built in");
    let document = Session::default().lay_out(&mut checked, template, false).expect("can be laid out");
    let pages = Pages::new(document);
    let printed = (0..pages.count()).flat_map(|index| pages.printed(index));
    let pages: String =
        printed.filter_map(|printed| if let PageItem::Line(line) = printed { Some(line.text) } else { None }).collect();
    assert!(pages.contains("【試行】") && pages.contains("新しい杭を試した。"), "{pages}");
}
