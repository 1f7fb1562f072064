//! `report build --only`: each page of an excerpt is the page of the book, with its number.

use std::collections::BTreeSet;
use std::fs;

use jigyo::load::{Disk, Folder, Memory};
use jigyo::pipeline::{BuildOptions, Excerpt, NoExcerpt, build_excerpt, check, find_wanted};

use crate::conformance::assert_conformant;
use crate::run::run;
use crate::tools::{
    build_folder, build_memory, copy_folder, on_disk, pages_of, program, root, sample_reports, small_report, squeezed,
    write,
};

fn excerpt(disk: &dyn Disk, names: &[&str], draft: bool) -> Result<Excerpt, NoExcerpt> {
    let mut checked = check(disk).unwrap();
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let wanted = find_wanted(&checked.report, &names).unwrap();
    let template = checked.template().unwrap();
    build_excerpt(&mut checked, template, &wanted, BuildOptions { draft, ..BuildOptions::default() })
}

/// The pages of a PDF by the number at their foot, without what stands in their heads.
fn numbered(pdf: &[u8]) -> Option<Vec<(String, String)>> {
    let pages = pages_of(pdf)?;
    let numbered = pages.iter().map(|page| {
        let lines: Vec<&str> = page.lines().filter(|line| !line.trim().is_empty()).collect();
        let (foot, body) = lines.split_last().unwrap();
        let is_head = |line: &str| line.trim().starts_with("抜粋") || line.trim().starts_with("下書き");
        let body: String = body.iter().filter(|line| !is_head(line)).map(|line| squeezed(line)).collect();
        (squeezed(foot), body)
    });
    Some(numbered.collect())
}

#[test]
fn every_page_of_every_department_is_the_page_of_the_book() {
    for folder in sample_reports() {
        let (checked, built) = build_folder(&folder, false);
        let Some(whole) = numbered(&built.unwrap().pdf) else { return };
        let departments: BTreeSet<&str> = checked
            .report
            .printed_programs()
            .flat_map(|(_, program)| program.departments.iter().map(|department| department.name.as_str()))
            .collect();
        for department in departments {
            let excerpt = excerpt(&Folder::new(&folder), &[department], false).unwrap();
            assert!(!excerpt.provisional);
            let pages = numbered(&excerpt.built.pdf).unwrap();
            assert!(!pages.is_empty());
            for page in &pages {
                assert!(whole.contains(page), "{department}: page {} differs\n{}", page.0, page.1);
            }
            let text: String = pages.iter().map(|(_, text)| text.as_str()).collect();
            let wanted = checked
                .report
                .printed_programs()
                .filter(|(_, program)| program.departments.iter().any(|one| one.name == department));
            for (index, _) in wanted {
                let program = checked.report.program(index).unwrap();
                let name: String = program.name.as_ref().unwrap().value.chars().take(8).collect();
                let name = name
                    .split(|c: char| c.is_ascii() || "０１２３４５６７８９ＩＴ".contains(c))
                    .next()
                    .unwrap()
                    .to_string();
                assert!(text.contains(&squeezed(&name)), "{department}: {name} is missing");
            }
        }
    }
}

#[test]
fn an_excerpt_is_accessible_and_archival() {
    let folder = root().join("reports/aomori-r2");
    // Two runs of pages, a program in the middle of a page, a program alone.
    for names in [&["学校教育課"][..], &["監理課", "観光企画課"], &["訓練校事業（訓練事業費）"]]
    {
        let excerpt = excerpt(&Folder::new(&folder), names, false).unwrap();
        assert_conformant(&format!("{names:?}"), &excerpt.built.pdf);
        let again = self::excerpt(&Folder::new(&folder), names, false).unwrap();
        assert!(again.built.pdf == excerpt.built.pdf, "two builds differ");
    }
    let tutorial = excerpt(&Folder::new(root().join("reports/tutorial")), &["観光交流課"], false).unwrap();
    assert_conformant("tutorial", &tutorial.built.pdf);
}

/// Programs of which some begin in the middle of a page and go on over several.
fn long_programs() -> Memory {
    let mut disk = small_report();
    disk.insert("報告書.jigyo", "【報告書】報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n開始頁：18\n");
    for (number, lines) in [(1, 3), (2, 70), (3, 4), (4, 5), (5, 40), (6, 3), (7, 90), (8, 2), (9, 30)] {
        let prose = "次の段落を書いて頁の終わりをまたがせる文である。\n".repeat(lines);
        let text = program(&format!("第{number}事業")).replace("研修を行う。\n", &prose);
        let text = text.replace("担当：監理課", &format!("担当：第{number}課　甲グループ"));
        disk.insert(format!("01_章/{number}.jigyo"), text);
    }
    disk.insert("02_章/章.jigyo", "【章】次の章\n【取組の概要】\n取り組んだ。\n");
    disk.insert("02_章/末.jigyo", program("末").replace("監理課", "第1課"));
    disk
}

#[test]
fn pages_that_programs_share_are_whole() {
    let disk = long_programs();
    let (_, built) = build_memory(&disk, false);
    let Some(whole) = numbered(&built.unwrap().pdf) else { return };
    for number in 1..=9 {
        let name = format!("第{number}課");
        let excerpt = excerpt(&disk, &[&name], false).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let pages = numbered(&excerpt.built.pdf).unwrap();
        assert!(pages.iter().any(|(_, text)| text.contains(&format!("第{number}事業"))));
        for page in &pages {
            assert!(whole.contains(page), "{name}: page {} differs\n{}", page.0, page.1);
        }
        assert_conformant(&name, &excerpt.built.pdf);
    }
    let first = numbered(&excerpt(&disk, &["第1課"], false).unwrap().built.pdf).unwrap();
    assert!(first.last().unwrap().1.contains("末"), "a department in two chapters has both of its programs");
    let alone = numbered(&excerpt(&disk, &["末"], false).unwrap().built.pdf).unwrap();
    assert_eq!(alone.len(), 1);
}

#[test]
fn names_of_departments_stand_in_the_head_as_they_are_printed() {
    let long = "ＩＣＴ推進及び地域の産業の振興並びに雇用の創出に関する総合的な調整を行う課".repeat(2);
    for name in ["ＩＣＴ推進課", &long] {
        let disk = small_report().with("01_章/一.jigyo", program("一").replace("監理課", name));
        let excerpt = excerpt(&disk, &[name], false).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        assert_conformant(name, &excerpt.built.pdf);
        let Some(pages) = pages_of(&excerpt.built.pdf) else { return };
        assert!(squeezed(&pages[0]).starts_with("抜粋ICT推進"), "{}", pages[0]);
    }
}

#[test]
fn errors_elsewhere_make_the_pages_provisional_and_own_errors_refuse() {
    let mut disk = small_report();
    disk.insert("01_章/二.jigyo", program("二").replace("監理課", "観光企画課").replace("20名", ""));
    let excerpt_of = |disk: &Memory, name: &str, draft| excerpt(disk, &[name], draft);
    let provisional = excerpt_of(&disk, "監理課", false).unwrap();
    assert!(provisional.provisional);
    assert_conformant("provisional", &provisional.built.pdf);
    if let Some(pages) = pages_of(&provisional.built.pdf) {
        assert!(pages.iter().all(|page| squeezed(page).starts_with("抜粋（頁は仮）監理課")), "{pages:?}");
    }
    assert_eq!(excerpt_of(&disk, "観光企画課", false).err(), Some(NoExcerpt::Errors));
    let draft = excerpt_of(&disk, "観光企画課", true).unwrap();
    if let Some(pages) = pages_of(&draft.built.pdf) {
        assert!(pages.iter().all(|page| squeezed(page).starts_with("下書き抜粋（頁は仮）観光企画課")), "{pages:?}");
    }
    disk.insert("01_章/章.jigyo", "【章】人材（の育成\n");
    assert_eq!(excerpt_of(&disk, "監理課", false).err(), Some(NoExcerpt::Errors), "an error of its chapter");
}

#[test]
fn a_template_that_knows_no_excerpts_gives_no_wrong_pages() {
    let (_folder, path) = on_disk();
    let main = "#let report = json(\"/report.json\")\n#set document(title: \"x\")\n#set text(font: \"BIZ UDMincho\", lang: \"ja\")\n= 題\n#for c in report.chapters { for p in c.programs { let p = json(p)\n[== #p.name #label(p.anchor)] } }\n";
    write(&path.join("体裁/main.typ"), main);
    write(&path.join("01_章/二.jigyo"), program("二").replace("監理課", "別課"));
    let build = || run(&path, &["build", "--template", "体裁", "--only", "別課"]).prints_nothing();
    build().refuses().says("この体裁は抜粋に使えません");
    assert!(!path.join("out").exists());
    write(&path.join("体裁/main.typ"), "#panic(\"x\")");
    build().fails().says("[J080]");
}

#[test]
fn names_and_files_of_excerpts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("報告");
    copy_folder(&root().join("reports/tutorial"), &path);
    let names = || {
        let found = fs::read_dir(path.join("out")).unwrap().map(|entry| entry.unwrap().file_name());
        found.map(|name| name.to_string_lossy().into_owned()).collect::<BTreeSet<String>>()
    };
    for (names_typed, expected) in [
        (&["港湾振興課"][..], "報告_抜粋_港湾振興課.pdf"),
        (&["港湾振興課　航路誘致グループ"], "報告_抜粋_港湾振興課　航路誘致グループ.pdf"),
        (&["港湾振興課", "観光交流課"], "報告_抜粋_港湾振興課・観光交流課.pdf"),
        (&["2_クルーズ船受入環境整備事業"], "報告_抜粋_2_クルーズ船受入環境整備事業.pdf"),
    ] {
        let only = names_typed.iter().flat_map(|name| ["--only", name]);
        let ran = run(&path, &["build"].into_iter().chain(only).collect::<Vec<&str>>());
        ran.succeeds().prints_nothing().says(&format!("{expected} を作りました"));
        assert!(names().contains(expected), "{:?}", names());
    }
    let ran = run(&path, &["build", "--only", "港湾振興課", "--draft", "-o", "決裁.pdf"]);
    ran.succeeds().prints_nothing().says("決裁.pdf を作りました");
    assert!(fs::read(path.join("決裁.pdf")).unwrap().starts_with(b"%PDF"));
    let ran = run(&path, &["build", "--only", "港湾振課"]).refuses().prints_nothing();
    let ran = ran.says("「港湾振課」という課も事業もありません。「港湾振興課」の誤りではありませんか。");
    ran.says("課は ").says("観光交流課");
    assert_eq!(names().len(), 4);
}

#[test]
fn only_the_messages_of_the_excerpt_are_shown() {
    let (_folder, path) = on_disk();
    write(&path.join("01_章/二.jigyo"), program("二").replace("監理課", "別課").replace("20名", ""));
    let ran = run(&path, &["build", "--only", "監理課"]).succeeds().prints_nothing();
    ran.says("頁は仮です").never_says("[J023]");
    let ran = run(&path, &["build", "--only", "別課", "--message-format", "github"]);
    ran.fails().prints("J023").says_nothing();
    assert!(!path.join("out/報告_抜粋_別課.pdf").exists());
    fs::remove_file(path.join("報告書.jigyo")).unwrap();
    run(&path, &["build", "--only", "別課"]).fails().prints_nothing().says("[J006]");
}
