//! The program as its users meet it: exit codes, streams, files.

use std::fs;
use std::path::Path;

use crate::run::run;
use crate::tools::{copy_folder, inlined, on_disk, program, root, write};

#[test]
fn exit_codes_are_0_1_and_2() {
    let (_folder, path) = on_disk();
    run(&path, &["check"]).succeeds().prints_nothing().says("誤りはありません（1事業）。");
    write(&path.join("01_章/一.jigyo"), program("一").replace("1,000", "1,0"));
    run(&path, &["check"]).fails().prints_nothing().says("[J014]");
    for (wrong, said) in [
        (&["chek"][..], "「check」の誤りではありませんか"),
        (&["check", "nowhere"], "「nowhere」を開けません"),
        (&["check", "--colour"], "「--color」の誤りではありませんか"),
        (&["build", "--template", "01_章"], "体裁のフォルダー「01_章」に main.typ がありません"),
        (&["template"], "備付けの体裁の説明と、中のファイルを表示する"),
    ] {
        run(&path, wrong).refuses().prints_nothing().says(said).never_says("error");
    }
}

#[test]
fn a_folder_without_a_report_says_how_to_make_one() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run(folder.path(), &["check", "--message-format", "json"]).fails().says_nothing().prints_lines(1);
    let line = &ran.json_lines()[0];
    assert_eq!((&line["code"], &line["line"], &line["column"]), (&"J006".into(), &1.into(), &1.into()));
}

#[test]
fn without_a_report_that_is_the_whole_answer() {
    let (_folder, path) = on_disk();
    fs::remove_file(path.join("報告書.jigyo")).unwrap();
    write(&path.join("01_章/一.jigyo"), program("一").replace("研修を行う。", "○○（研修を行う。"));
    let json = ["check", "--message-format", "json"];
    run(&path, &json).fails().says_nothing().prints_lines(1).prints("\"J006\"");
}

#[test]
fn json_has_one_object_a_line_and_nothing_else() {
    let (_folder, path) = on_disk();
    write(
        &path.join("01_章/一.jigyo"),
        "【事業】一\n事業費：8,18l\n担当：監理課\n【事業概要】\nあ。\n【事業実績】\nい。\n",
    );
    for command in ["check", "build"] {
        let ran = run(&path, &[command, "--message-format", "json"]).fails().says_nothing().prints_lines(1);
        let lines = ran.json_lines();
        let expected = serde_json::json!({
            "format": 1, "code": "J014", "severity": "error", "message": lines[0]["message"], "help": lines[0]["help"],
            "file": "01_章/一.jigyo", "line": 2, "column": 5, "end_line": 2, "end_column": 10, "department": "監理課",
            "label": null, "related": [], "fix": null
        });
        assert_eq!(lines[0], expected);
    }
    let ran = run(&path, &["check", "--all", "--message-format", "json"]).fails().says_nothing();
    let infos = ran.stdout().lines().filter(|line| line.contains("\"severity\":\"info\"")).count();
    assert_eq!(infos, 1);
}

#[test]
fn one_file_is_checked_inside_its_report() {
    let (_folder, path) = on_disk();
    write(&path.join("01_章/二.jigyo"), program("二").replace("20名", ""));
    write(&path.join("01_章/三.jigyo"), program("三").replace("20名", ""));
    let json = ["check", "二.jigyo", "--message-format", "json"];
    run(&path.join("01_章"), &json).fails().says_nothing().prints_lines(1).prints("01_章/二.jigyo");
    let one = run(&path, &["check", "01_章/一.jigyo"]);
    one.succeeds().prints_nothing().says("この原稿に誤りはありません。").never_says("二.jigyo");
}

#[test]
fn the_summary_is_by_department_and_warnings_are_cut() {
    let (_folder, path) = on_disk();
    let many: String = (2..10).map(|year| format!("令和{year}年（{}年）に開いた。\n", 2000 + year)).collect();
    write(&path.join("01_章/二.jigyo"), program("二").replace("研修を行う。\n", &many));
    write(&path.join("01_章/三.jigyo"), program("三").replace("監理課", "観光企画課").replace("1,000", "1,0"));
    let ran = run(&path, &["check"])
        .fails()
        .prints_nothing()
        .says("注意がほか 3 件あります")
        .says("監理課      エラー   0  注意   8")
        .says("観光企画課  エラー   1  注意   0")
        .never_says("\u{1b}");
    let text = ran.stderr();
    assert_eq!(text.matches("[J052]").count(), 5, "{text}");
    assert!(text.find("[J014]") < text.find("[J052]"), "errors come first: {text}");
    let all = run(&path, &["check", "--all"]).fails().prints_nothing();
    assert_eq!(all.stderr().matches("[J052]").count(), 8);
    run(&path, &["check", "--color", "always"]).fails().prints_nothing().says("\u{1b}");
    run(&path, &["check", "--ascii"]).fails().prints_nothing().says("[J052]").never_says("─");
}

#[test]
fn an_error_leaves_the_last_good_pdf_alone() {
    let (_folder, path) = on_disk();
    let pdf = path.join("out/報告.pdf");
    run(&path, &["build"]).succeeds().prints_nothing().says("報告.pdf を作りました");
    let good = fs::read(&pdf).unwrap();
    write(&path.join("01_章/一.jigyo"), program("一").replace("20名", ""));
    run(&path, &["build"]).fails().prints_nothing().says("前に作った PDF はそのまま残してあります");
    assert_eq!(fs::read(&pdf).unwrap(), good);
    run(&path, &["build", "--draft"]).fails().prints_nothing().says("報告_下書き.pdf を作りました");
    assert!(fs::read(path.join("out/報告_下書き.pdf")).unwrap().starts_with(b"%PDF"));
    assert_eq!(fs::read(&pdf).unwrap(), good);
    let names: Vec<_> = fs::read_dir(path.join("out")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn a_pdf_that_cannot_be_written_is_exit_code_2() {
    let (_folder, path) = on_disk();
    fs::create_dir_all(path.join("out/報告.pdf/x")).unwrap();
    run(&path, &["build"]).refuses().prints_nothing().says("に書き込めません");
    assert_eq!(fs::read_dir(path.join("out")).unwrap().count(), 1, "a temporary file was left");
}

#[test]
fn output_template_and_date_are_chosen() {
    let (_folder, path) = on_disk();
    write(&path.join("報告書.jigyo"), "【報告書】令和2年度報告書\n年度：令和2年度\n発行：青森県\n");
    let target = path.join("別/あ.pdf");
    let build = |epoch: Option<&str>| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_report"));
        command.args(["build", "-o"]).arg(&target).current_dir(&path).env_remove("SOURCE_DATE_EPOCH");
        if let Some(epoch) = epoch {
            command.env("SOURCE_DATE_EPOCH", epoch);
        }
        assert!(command.output().unwrap().status.success());
        fs::read(&target).unwrap()
    };
    let (plain, again, dated) = (build(None), build(None), build(Some("1630454400")));
    assert!(plain == again && plain != dated);
    let has = |pdf: &[u8], wanted: &[u8]| pdf.windows(wanted.len()).any(|bytes| bytes == wanted);
    assert!(has(&dated, b"2021-09-01") && !has(&plain, b"CreationDate"));

    write(
        &path.join("体裁/main.typ"),
        "#set document(title: \"x\")\n#set text(font: \"BIZ UDMincho\", lang: \"ja\")\n= 別の体裁\n",
    );
    let ran = run(&path, &["build", "--template", "体裁", "-o", "t.pdf"]);
    ran.succeeds().prints_nothing().says("t.pdf を作りました");
    assert!(fs::read(path.join("t.pdf")).unwrap().len() < plain.len());
}

#[test]
fn seconds_that_are_none_are_refused_with_what_to_type() {
    let (_folder, path) = on_disk();
    for wrong in ["--poll=毎秒", "--poll=0", "--poll=-1"] {
        let ran = run(&path, &["watch", wrong]);
        ran.refuses().prints_nothing().says("0.1 から 3600 までの秒数を書いてください。");
    }
}

#[test]
fn view_prints_the_json_that_a_template_reads() {
    let (folder, path) = on_disk();
    let ran = run(&path, &["view"]).succeeds().prints("研修を行う。").says_nothing();
    let view: serde_json::Value = serde_json::from_str(ran.stdout()).unwrap();
    assert_eq!(view["chapters"][0]["programs"][0]["name"], "一");
    let assets = folder.path().join("assets");
    let tutorial = root().join("reports/tutorial");
    run(&tutorial, &["view", "--assets", assets.to_str().unwrap()]).succeeds().prints_nothing().says_nothing();
    let ran = run(&tutorial, &["view"]).succeeds().says_nothing();
    let printed = ran.stdout();
    let whole: serde_json::Value = serde_json::from_str(printed).unwrap();
    assert_eq!(inlined(&assets), whole);
    let photos = fs::read_dir(assets.join("photos")).unwrap().count();
    assert_eq!(photos, printed.matches("\"/photos/").count());
    assert!(photos >= 2);
}

#[test]
fn fmt_writes_the_canonical_form_and_check_only_names_files() {
    let (_folder, path) = on_disk();
    let file = path.join("01_章/一.jigyo");
    let untidy = program("一").replace("：", ":").replace('｜', "\t").replace('\n', "\r\n");
    write(&file, format!("\u{FEFF}{untidy}"));
    run(&path, &["fmt", "--check"]).fails().prints_lines(1).prints("一.jigyo").says_nothing();
    run(&path, &["fmt", "01_章/一.jigyo"]).succeeds().prints_nothing().says("一.jigyo をそろえました。");
    assert_eq!(fs::read_to_string(&file).unwrap(), format!("\u{FEFF}{}", program("一").replace('\n', "\r\n")));
    run(&path, &["fmt", "--check"]).succeeds().prints_nothing().says_nothing();
}

#[test]
fn fmt_says_which_named_file_is_no_manuscript() {
    let (_folder, path) = on_disk();
    write(&path.join("覚え書き.txt"), "会議の日程\n");
    let ran = run(&path, &["fmt", "覚え書き.txt"]).fails().prints_nothing();
    ran.says("覚え書き.txt").says("報告書の原稿ではない");
    assert_eq!(fs::read_to_string(path.join("覚え書き.txt")).unwrap(), "会議の日程\n");
}

#[test]
fn fmt_of_a_folder_is_that_folder_alone() {
    let (_folder, path) = on_disk();
    let untidy = program("二").replace('｜', "\t");
    write(&path.join("02_章/章.jigyo"), "【章】販路\n");
    write(&path.join("02_章/二.jigyo"), &untidy);
    write(&path.join("01_章/三.jigyo"), &untidy);
    write(&path.join("写し/報告書.jigyo"), "【報告書】写し\n年度:R2\n");
    run(&path, &["fmt", "02_章"]).succeeds().prints_nothing().says("二.jigyo をそろえました。");
    run(&path, &["fmt", "--check"]).fails().prints_lines(1).prints("三.jigyo").says_nothing();
}

#[test]
fn new_puts_a_form_where_it_belongs() {
    let (_folder, path) = on_disk();
    write(&path.join("01_章/章.jigyo"), "【章】人材の育成\n\n【構成】\n一\n");
    let new = |arguments: &[&str]| run(&path, &[&["new"], arguments].concat()).prints_nothing();
    new(&["AI/IoT*支援事業?"]).succeeds().says("AI／IoT＊支援事業？.jigyo を作りました。");
    assert!(path.join("01_章/AI／IoT＊支援事業？.jigyo").exists());
    assert_eq!(
        fs::read_to_string(path.join("01_章/章.jigyo")).unwrap(),
        "【章】人材の育成\n\n【構成】\n一\nAI／IoT＊支援事業？\n"
    );
    let json = ["check", "--message-format", "json"];
    run(&path, &json).fails().prints_lines(1).prints("まだ記入されていません").says_nothing();
    new(&["AI/IoT*支援事業?"]).refuses().says("もうあります");

    write(&path.join("02_章/章.jigyo"), "【章】販路の開拓\n");
    new(&["二"]).refuses().says("--chapter");
    new(&["二", "--chapter", "販路の開拓"]).succeeds().says("二.jigyo を作りました。");
    assert!(path.join("02_章/二.jigyo").exists());
    run(&path.join("02_章"), &["new", "三"]).succeeds().prints_nothing().says("三.jigyo を作りました。");
    assert!(path.join("02_章/三.jigyo").exists());
}

#[test]
fn a_new_report_builds_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let new = ["new", "--report", "令和8年度"];
    run(folder.path(), &new).succeeds().prints_nothing().says("令和8年度 に報告書を作りました。");
    // What is still to be written says so.
    let built = run(folder.path(), &["build", "令和8年度"]);
    built.succeeds().prints_nothing().says("「調整中」が残っています").says("令和8年度.pdf を作りました");
    assert!(folder.path().join("令和8年度/out/令和8年度.pdf").exists());
    run(folder.path(), &new).refuses().prints_nothing().says("空ではありません");
    let inside = folder.path().join("令和8年度");
    run(&inside, &["new", "観光事業"]).succeeds().prints_nothing().says("観光事業.jigyo を作りました。");
}

#[test]
fn too_large_input_is_refused() {
    let (_folder, path) = on_disk();
    fs::File::create(path.join("01_章/大.jigyo")).unwrap().set_len(50 * 1024 * 1024).unwrap();
    write(&path.join("01_章/長.jigyo"), format!("【事業】長\n{}\n", "あ".repeat(350_000)));
    write(&path.join("01_章/表.jigyo"), program("表") + &"名｜1名｜2名\n".repeat(100_000));
    let ran = run(&path, &["check", "--message-format", "json"]).fails().says_nothing();
    let found: Vec<String> = ran
        .json_lines()
        .iter()
        .map(|line| format!("{} {}:{}", line["code"].as_str().unwrap(), line["file"].as_str().unwrap(), line["line"]))
        .collect();
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().all(|line| line.starts_with("J005 ")), "{found:?}");
    assert!(found.contains(&"J005 01_章/長.jigyo:2".to_string()), "{found:?}");
}

#[test]
fn ten_mistakes_in_one_of_39_programs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("aomori");
    copy_folder(&root().join("reports/aomori-r2"), &path);
    let case = root().join("tests/cases/check/ten_mistakes_in_one_file");
    let expected = fs::read_to_string(case.join("expected.txt")).unwrap();
    assert!(expected.matches("[J").count() >= 10, "{expected}");
    let target = path.join("01_人材/人財確保支援事業.jigyo");
    let text = fs::read_to_string(&target).unwrap();
    let faulty = text
        .replace("事業費：7,554千円", "事業費：7,55千円\n担当係：あ")
        .replace("区分：新規", "区分：しんき")
        .replace("【事業実績】\n", "【事業実績】\n（１）○○市で行った。\n（３）会議（第1回を開いた。\n")
        .replace("【指標】\n", "【指標】\n計｜↑｜5件\n(9)件数｜1件｜2件\n回数｜3回｜\n人数｜4名\n");
    assert_ne!(text, faulty);
    write(&target, faulty);
    let check = || run(&path, &["check", "--message-format", "json"]).fails().says_nothing();
    let ran = check();
    let lines = ran.stdout();
    let codes: Vec<&str> = lines.lines().map(|line| &line.split_once("\"code\":\"").unwrap().1[..4]).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ["J013", "J014", "J018", "J020", "J023", "J024", "J040", "J041", "J042", "J044"], "{lines}");
    assert!(lines.lines().all(|line| line.contains("人財確保支援事業.jigyo")));
    // The others are still checked.
    let other = path.join("01_人材/あおもりICT施工推進事業.jigyo");
    let text = fs::read_to_string(&other).unwrap();
    write(&other, text.replace("担当：", "担等："));
    let more = check().prints_lines(11);
    assert!(
        more.stdout().lines().any(|line| line.contains("\"J013\"") && line.contains("あおもりICT施工推進事業.jigyo"))
    );
}

#[test]
fn help_version_and_completion() {
    let here = Path::new(".");
    for arguments in [&["--help"][..], &["build", "--help"], &["new", "-h"]] {
        let ran = run(here, arguments).succeeds().says_nothing();
        ran.prints("使い方：").never_prints("Usage").never_prints("Options");
    }
    let version = run(here, &["--version"]).succeeds().says_nothing();
    assert_eq!(version.stdout(), format!("report {}\n", env!("CARGO_PKG_VERSION")));
    run(here, &["completion", "powershell"]).succeeds().prints("report").says_nothing();
}
