//! The program as its users meet it: exit codes, streams, files.

use std::fs;
use std::path::Path;

use crate::tools::{copy_folder, inlined, on_disk, program, report, root, stderr, stdout, write};

#[test]
fn exit_codes_are_0_1_and_2() {
    let (_folder, path) = on_disk();
    assert_eq!(report(&path, &["check"]).status.code(), Some(0));
    write(&path.join("01_章/一.jigyo"), program("一").replace("1,000", "1,0"));
    assert_eq!(report(&path, &["check"]).status.code(), Some(1));
    for wrong in
        [&["chek"][..], &["check", "nowhere"], &["check", "--colour"], &["build", "--template", "01_章"], &["template"]]
    {
        let output = report(&path, wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{wrong:?}");
        assert!(!stderr(&output).contains("error"), "{}", stderr(&output));
    }
    assert!(stderr(&report(&path, &["chek"])).contains("「check」の誤りではありませんか"));
}

#[test]
fn a_folder_without_a_report_says_how_to_make_one() {
    let folder = tempfile::tempdir().unwrap();
    let output = report(folder.path(), &["check", "--message-format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let line: serde_json::Value = serde_json::from_str(stdout(&output).trim()).unwrap();
    assert_eq!((&line["code"], &line["line"], &line["column"]), (&"J006".into(), &1.into(), &1.into()));
}

#[test]
fn without_a_report_that_is_the_whole_answer() {
    let (_folder, path) = on_disk();
    fs::remove_file(path.join("報告書.jigyo")).unwrap();
    write(&path.join("01_章/一.jigyo"), program("一").replace("研修を行う。", "○○（研修を行う。"));
    let output = report(&path, &["check", "--message-format", "json"]);
    assert_eq!(stdout(&output).lines().count(), 1, "{}", stdout(&output));
    assert!(stdout(&output).contains("\"J006\""));
}

#[test]
fn json_has_one_object_a_line_and_nothing_else() {
    let (_folder, path) = on_disk();
    write(
        &path.join("01_章/一.jigyo"),
        "【事業】一\n事業費：8,18l\n担当：監理課\n【事業概要】\nあ。\n【事業実績】\nい。\n",
    );
    for command in ["check", "build"] {
        let output = report(&path, &[command, "--message-format", "json"]);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(stderr(&output), "");
        let lines: Vec<serde_json::Value> =
            stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 1);
        let expected = serde_json::json!({
            "format": 1, "code": "J014", "severity": "error", "message": lines[0]["message"], "help": lines[0]["help"],
            "file": "01_章/一.jigyo", "line": 2, "column": 5, "end_line": 2, "end_column": 10, "department": "監理課",
            "label": null, "related": [], "fix": null
        });
        assert_eq!(lines[0], expected);
    }
    let output = report(&path, &["check", "--all", "--message-format", "json"]);
    let infos = stdout(&output).lines().filter(|line| line.contains("\"severity\":\"info\"")).count();
    assert_eq!(infos, 1);
}

#[test]
fn one_file_is_checked_inside_its_report() {
    let (_folder, path) = on_disk();
    write(&path.join("01_章/二.jigyo"), program("二").replace("20名", ""));
    write(&path.join("01_章/三.jigyo"), program("三").replace("20名", ""));
    let output = report(&path.join("01_章"), &["check", "二.jigyo", "--message-format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output).lines().count(), 1);
    assert!(stdout(&output).contains("01_章/二.jigyo"));
    assert_eq!(report(&path, &["check", "01_章/一.jigyo"]).status.code(), Some(0));
}

#[test]
fn the_summary_is_by_department_and_warnings_are_cut() {
    let (_folder, path) = on_disk();
    let many: String = (2..10).map(|year| format!("令和{year}年（{}年）に開いた。\n", 2000 + year)).collect();
    write(&path.join("01_章/二.jigyo"), program("二").replace("研修を行う。\n", &many));
    write(&path.join("01_章/三.jigyo"), program("三").replace("監理課", "観光企画課").replace("1,000", "1,0"));
    let text = stderr(&report(&path, &["check"]));
    assert_eq!(text.matches("[J052]").count(), 5, "{text}");
    assert!(text.contains("注意がほか 3 件あります"), "{text}");
    assert!(text.contains("監理課      エラー   0  注意   8"), "{text}");
    assert!(text.contains("観光企画課  エラー   1  注意   0"), "{text}");
    assert!(text.find("[J014]") < text.find("[J052]"), "errors come first: {text}");
    assert!(!text.contains('\u{1b}'));
    let text = stderr(&report(&path, &["check", "--all"]));
    assert_eq!(text.matches("[J052]").count(), 8);
    assert!(stderr(&report(&path, &["check", "--color", "always"])).contains('\u{1b}'));
    assert!(stderr(&report(&path, &["check", "--ascii"])).lines().all(|line| !line.contains('─')));
}

#[test]
fn an_error_leaves_the_last_good_pdf_alone() {
    let (_folder, path) = on_disk();
    let pdf = path.join("out/報告.pdf");
    assert_eq!(report(&path, &["build"]).status.code(), Some(0));
    let good = fs::read(&pdf).unwrap();
    write(&path.join("01_章/一.jigyo"), program("一").replace("20名", ""));
    let output = report(&path, &["build"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("前に作った PDF はそのまま残してあります"), "{}", stderr(&output));
    assert_eq!(fs::read(&pdf).unwrap(), good);
    let output = report(&path, &["build", "--draft"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(fs::read(path.join("out/報告_下書き.pdf")).unwrap().starts_with(b"%PDF"));
    assert_eq!(fs::read(&pdf).unwrap(), good);
    let names: Vec<_> = fs::read_dir(path.join("out")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn a_pdf_that_cannot_be_written_is_exit_code_2() {
    let (_folder, path) = on_disk();
    fs::create_dir_all(path.join("out/報告.pdf/x")).unwrap();
    let output = report(&path, &["build"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("に書き込めません"), "{}", stderr(&output));
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
    let output = report(&path, &["build", "--template", "体裁", "-o", "t.pdf"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(fs::read(path.join("t.pdf")).unwrap().len() < plain.len());
}

#[test]
fn seconds_that_are_none_are_refused_with_what_to_type() {
    let (_folder, path) = on_disk();
    for wrong in ["--poll=毎秒", "--poll=0", "--poll=-1"] {
        let output = report(&path, &["watch", wrong]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(stderr(&output).contains("0.1 から 3600 までの秒数を書いてください。"), "{}", stderr(&output));
    }
}

#[test]
fn view_prints_the_json_that_a_template_reads() {
    let (folder, path) = on_disk();
    let output = report(&path, &["view"]);
    let view: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(view["chapters"][0]["programs"][0]["name"], "一");
    assert!(stdout(&output).contains("研修を行う。"));
    assert_eq!(stderr(&output), "");
    let assets = folder.path().join("assets");
    let tutorial = root().join("reports/tutorial");
    let output = report(&tutorial, &["view", "--assets", assets.to_str().unwrap()]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), ""));
    let printed = stdout(&report(&tutorial, &["view"]));
    let whole: serde_json::Value = serde_json::from_str(&printed).unwrap();
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
    let output = report(&path, &["fmt", "--check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("一.jigyo") && stdout(&output).lines().count() == 1, "{}", stdout(&output));
    assert_eq!(report(&path, &["fmt", "01_章/一.jigyo"]).status.code(), Some(0));
    assert_eq!(fs::read_to_string(&file).unwrap(), format!("\u{FEFF}{}", program("一").replace('\n', "\r\n")));
    let output = report(&path, &["fmt", "--check"]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), ""));
}

#[test]
fn fmt_of_a_folder_is_that_folder_alone() {
    let (_folder, path) = on_disk();
    let untidy = program("二").replace('｜', "\t");
    write(&path.join("02_章/章.jigyo"), "【章】販路\n");
    write(&path.join("02_章/二.jigyo"), &untidy);
    write(&path.join("01_章/三.jigyo"), &untidy);
    write(&path.join("写し/報告書.jigyo"), "【報告書】写し\n年度:R2\n");
    assert_eq!(report(&path, &["fmt", "02_章"]).status.code(), Some(0));
    let names = stdout(&report(&path, &["fmt", "--check"]));
    assert!(names.lines().count() == 1 && names.contains("三.jigyo"), "{names}");
}

#[test]
fn new_puts_a_form_where_it_belongs() {
    let (_folder, path) = on_disk();
    write(&path.join("01_章/章.jigyo"), "【章】人材の育成\n\n【構成】\n一\n");
    let output = report(&path, &["new", "AI/IoT*支援事業?"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(path.join("01_章/AI／IoT＊支援事業？.jigyo").exists());
    assert_eq!(
        fs::read_to_string(path.join("01_章/章.jigyo")).unwrap(),
        "【章】人材の育成\n\n【構成】\n一\nAI／IoT＊支援事業？\n"
    );
    let output = report(&path, &["check", "--message-format", "json"]);
    assert_eq!(stdout(&output).lines().count(), 1, "{}", stdout(&output));
    assert!(stdout(&output).contains("まだ記入されていません"));
    assert_eq!(report(&path, &["new", "AI/IoT*支援事業?"]).status.code(), Some(2));

    write(&path.join("02_章/章.jigyo"), "【章】販路の開拓\n");
    assert_eq!(report(&path, &["new", "二"]).status.code(), Some(2));
    assert_eq!(report(&path, &["new", "二", "--chapter", "販路の開拓"]).status.code(), Some(0));
    assert!(path.join("02_章/二.jigyo").exists());
    assert_eq!(report(&path.join("02_章"), &["new", "三"]).status.code(), Some(0));
    assert!(path.join("02_章/三.jigyo").exists());
}

#[test]
fn a_new_report_builds_at_once() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(report(folder.path(), &["new", "--report", "令和8年度"]).status.code(), Some(0));
    let output = report(folder.path(), &["build", "令和8年度"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(folder.path().join("令和8年度/out/令和8年度.pdf").exists());
    // What is still to be written says so.
    assert!(stderr(&output).contains("「調整中」が残っています"), "{}", stderr(&output));
    assert_eq!(report(folder.path(), &["new", "--report", "令和8年度"]).status.code(), Some(2));
    assert_eq!(report(&folder.path().join("令和8年度"), &["new", "観光事業"]).status.code(), Some(0));
}

#[test]
fn too_large_input_is_refused() {
    let (_folder, path) = on_disk();
    fs::File::create(path.join("01_章/大.jigyo")).unwrap().set_len(50 * 1024 * 1024).unwrap();
    write(&path.join("01_章/長.jigyo"), format!("【事業】長\n{}\n", "あ".repeat(350_000)));
    write(&path.join("01_章/表.jigyo"), program("表") + &"名｜1名｜2名\n".repeat(100_000));
    let output = report(&path, &["check", "--message-format", "json"]);
    let found: Vec<String> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
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
    let output = report(&path, &["check", "--message-format", "json"]);
    let lines = stdout(&output);
    let codes: Vec<&str> = lines.lines().map(|line| &line.split_once("\"code\":\"").unwrap().1[..4]).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ["J013", "J014", "J018", "J020", "J023", "J024", "J040", "J041", "J042", "J044"], "{lines}");
    assert!(lines.lines().all(|line| line.contains("人財確保支援事業.jigyo")));
    // The others are still checked.
    let other = path.join("01_人材/あおもりICT施工推進事業.jigyo");
    let text = fs::read_to_string(&other).unwrap();
    write(&other, text.replace("担当：", "担等："));
    let more = stdout(&report(&path, &["check", "--message-format", "json"]));
    assert_eq!(more.lines().count(), 11, "{more}");
    assert!(more.lines().any(|line| line.contains("\"J013\"") && line.contains("あおもりICT施工推進事業.jigyo")));
}

#[test]
fn help_version_and_completion() {
    let here = Path::new(".");
    for arguments in [&["--help"][..], &["build", "--help"], &["new", "-h"]] {
        let output = report(here, arguments);
        assert_eq!(output.status.code(), Some(0));
        assert!(stdout(&output).contains("使い方："), "{}", stdout(&output));
        assert!(!stdout(&output).contains("Usage") && !stdout(&output).contains("Options"), "{}", stdout(&output));
    }
    assert_eq!(stdout(&report(here, &["--version"])), format!("report {}\n", env!("CARGO_PKG_VERSION")));
    assert!(stdout(&report(here, &["completion", "powershell"])).contains("report"));
}
