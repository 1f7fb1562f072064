//! `report export html`: a folder of files that are ours, and nobody else's is touched.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jigyo::web::address_of;

use crate::run::run;
use crate::tools::{files_below, on_disk, program, write};

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
    files_below(folder).iter().map(|path| (name(path), fs::read(path).unwrap())).collect()
}

#[test]
fn the_folder_is_written_again_without_a_difference_and_without_what_went_away() {
    let (_folder, report) = on_disk();
    write(&report.join("01_章/二.jigyo"), program("二").replace("研修", "講習"));
    run(&report, &["export", "html"]).succeeds().prints_nothing().says("報告_web").says("index.html");
    let out = report.join("out/報告_web");
    let first = contents(&out);
    assert!(first.contains_key("index.html") && first.contains_key("files.json"));
    let gone = format!("programs/{}.html", address_of("二"));
    assert!(first.contains_key(&gone));
    run(&report, &["export", "html"]).succeeds().prints_nothing().says("index.html");
    assert_eq!(contents(&out), first);
    fs::remove_file(report.join("01_章/二.jigyo")).unwrap();
    run(&report, &["export", "html"]).succeeds().prints_nothing().says("index.html");
    assert!(!contents(&out).keys().any(|path| path.contains(&address_of("二"))));
}

#[test]
fn what_is_not_ours_stops_it_before_anything_is_written() {
    let (folder, report) = on_disk();
    let out = folder.path().join("公開");
    let export = || run(&report, &["export", "html", "-o", out.to_str().unwrap()]);
    write(&out.join("お知らせ.html"), "大事な頁");
    export().refuses().prints_nothing().says("「お知らせ.html」").says("何も書きません");
    assert_eq!(contents(&out).len(), 1);
    fs::remove_file(out.join("お知らせ.html")).unwrap();
    export().succeeds().prints_nothing().says("index.html");
    // Somebody works in a page, or lays one beside ours.
    let mut changed = fs::read_to_string(out.join("index.html")).unwrap();
    changed.push_str("<!-- 追記 -->");
    fs::write(out.join("index.html"), &changed).unwrap();
    let before = contents(&out);
    export().refuses().prints_nothing().says("「index.html」");
    assert_eq!(contents(&out), before);
    fs::remove_file(out.join("index.html")).unwrap();
    export().succeeds().prints_nothing().says("index.html");
    write(&out.join("programs/別.html"), "x");
    export().refuses().prints_nothing().says("「programs/別.html」");
}

#[test]
fn a_list_of_files_that_names_others_takes_nothing_away() {
    let (folder, report) = on_disk();
    let out = folder.path().join("公開");
    let victim = folder.path().join("大事.txt");
    write(&victim, "x");
    for list in [
        r#"{"generator":"report export html","files":{"../大事.txt":["1-af63f54c86021707"]}}"#,
        r#"{"generator":"report export html","files":{"a/../../大事.txt":["1-af63f54c86021707"]}}"#,
        r#"{"generator":"別の道具","files":{}}"#,
        "[]",
    ] {
        write(&out.join("files.json"), list);
        run(&report, &["export", "html", "-o", out.to_str().unwrap()])
            .refuses()
            .prints_nothing()
            .says("「files.json」");
        assert!(victim.exists() && contents(&out).len() == 1);
    }
}

#[test]
fn a_run_that_was_ended_is_taken_up_again() {
    let (_folder, report) = on_disk();
    let out = report.join("out/報告_web");
    run(&report, &["export", "html"]).succeeds().prints_nothing().says("index.html");
    let whole = contents(&out);
    // As it lies there when everything was named, and half of it written: old and new marks stand side by side.
    for path in whole.keys().filter(|path| path.starts_with("programs/")) {
        fs::remove_file(out.join(path)).unwrap();
    }
    write(&out.join("_report-a1B2c3.tmp"), "half");
    run(&report, &["export", "html"]).succeeds().prints_nothing().says("index.html");
    let mut again = contents(&out);
    again.remove("_report-a1B2c3.tmp");
    assert_eq!(again, whole);
}

#[test]
fn with_errors_nothing_is_written() {
    let (_folder, report) = on_disk();
    write(&report.join("01_章/一.jigyo"), program("一").replace("1,000千円", "千円ほど"));
    run(&report, &["export", "html"]).fails().prints_nothing().says("J014").says("書き出しませんでした");
    assert!(!report.join("out").exists());
}

#[test]
fn an_office_has_a_template_of_its_own() {
    let (_folder, report) = on_disk();
    run(&report, &["template", "init", "web"]).succeeds().prints_nothing().says("ウェブの体裁");
    let own = report.join("ウェブの体裁");
    let front = fs::read_to_string(own.join("index.html")).unwrap();
    fs::write(
        own.join("index.html"),
        front.replace("<h2 id=\"contents\">目次</h2>", "<h2 id=\"contents\">この報告書の中</h2>"),
    )
    .unwrap();
    run(&report, &["export", "html"]).succeeds().prints_nothing().says("index.html");
    assert!(fs::read_to_string(report.join("out/報告_web/index.html")).unwrap().contains("この報告書の中"));
    // The report is still one: the template is no part of it.
    run(&report, &["check"]).succeeds().prints_nothing().says("ありません");
    run(&report, &["template", "init", "web"]).refuses().prints_nothing().says("もうある");
    fs::write(own.join("program.html"), "{% extends \"base.html\" %}\n{{ page.nothing.at_all }}").unwrap();
    run(&report, &["export", "html"]).refuses().prints_nothing().says("program.html 2行目");
    run(&report, &["export", "csv", "--template", "x"]).refuses().prints_nothing().says("--template");
    run(&report, &["export", "html", "--template", "01_章"]).refuses().prints_nothing().says("template init web");
    run(&report, &["template", "list"]).succeeds().says_nothing().prints("web");
    run(&report, &["template", "show", "web"]).succeeds().says_nothing().prints("program.html");
}

#[test]
fn an_edition_of_the_year_before_is_found_among_many_folders_and_its_addresses_last() {
    let (folder, report) = on_disk();
    let head = fs::read_to_string(report.join("報告書.jigyo")).unwrap();
    let old = report.join("昨年");
    write(&old.join("報告書.jigyo"), head.replace("令和2年度", "令和元年度"));
    write(&old.join("01/章.jigyo"), "【章】人材の育成\n");
    for name in ["一", "二"] {
        write(&old.join(format!("01/{name}.jigyo")), program(name));
    }
    write(&report.join("報告書.jigyo"), format!("{}\n前年度：昨年\n", head.trim_end()));
    let site = folder.path().join("site");
    for number in 0..250 {
        fs::create_dir_all(site.join(format!("{number:03}"))).unwrap();
    }
    let export = |report: &Path, place: &str| {
        let out = site.join(place);
        run(report, &["export", "html", "-o", out.to_str().unwrap()]).succeeds().prints_nothing().says("index.html");
    };
    export(&old, "r1");
    export(&report, "r2");
    let page = fs::read_to_string(site.join("r2/programs").join(format!("{}.html", address_of("一")))).unwrap();
    assert!(page.contains("../../r1/programs/"), "{page}");
    // In the place of the old one its addresses last, and they do in the next run.
    export(&old, "now");
    export(&report, "now");
    write(&report.join("報告書.jigyo"), head);
    export(&report, "now");
    let gone = site.join("now/programs").join(format!("{}.html", address_of("二")));
    assert!(fs::read_to_string(gone).is_ok_and(|page| page.contains("令和2年度の報告書にはありません")));
}
