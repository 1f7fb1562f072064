//! Files and folders: nothing outside a report is read or written by a name in it, nothing that somebody saved is lost, and a
//! run that is ended leaves no half file.

#[cfg(unix)]
use std::fs;
use std::path::{Path, PathBuf};
#[cfg(unix)]
use std::process::{Child, Command, Stdio};
#[cfg(unix)]
use std::time::Duration;

use crate::run::run;
#[cfg(unix)]
use crate::tools::{files_below, program};
use crate::tools::{on_disk, write};

#[cfg(unix)]
const SECRET: &str = "【事業】外の事業\n事業費:1千円\n";

#[cfg(unix)]
fn link(to: &Path, from: &Path) {
    std::os::unix::fs::symlink(to, from).unwrap();
}

#[cfg(unix)]
fn start(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_report"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

/// Every command on a report in which each kind of name leads out of it.
#[cfg(unix)]
#[test]
fn no_name_leads_out_of_the_report() {
    const COMMANDS: [&[&str]; 13] = [
        &["check"],
        &["check", "--fix", "--yes"],
        &["fmt"],
        &["fmt", "01_章/二.jigyo"],
        &["view", "--draft"],
        &["build", "--draft"],
        &["build", "--draft", "-o", "out/x.pdf"],
        &["view", "--draft", "--assets", "out"],
        &["status", "--csv", "out/x.csv"],
        &["check", "--by-department", "out/課"],
        &["import", "原稿.txt", "--chapter", "02_章"],
        &["new", "三", "--chapter", "02_章"],
        &["template", "init", "plain", "out/体裁"],
    ];
    let (folder, path) = on_disk();
    let outside = folder.path().join("外");
    write(&outside.join("二.jigyo"), SECRET);
    write(&outside.join("章.jigyo"), "【章】外の章\n【構成】\n");
    write(&outside.join("字体.ttf"), "x");
    write(&path.join("原稿.txt"), program("四").replace("【事業】", "事業名："));
    fs::create_dir(outside.join("出力")).unwrap();
    link(&outside.join("二.jigyo"), &path.join("01_章/二.jigyo"));
    link(&outside, &path.join("02_章"));
    link(&outside.join("出力"), &path.join("out"));
    fs::create_dir(path.join("fonts")).unwrap();
    link(&outside.join("字体.ttf"), &path.join("fonts/字体.ttf"));
    let before: Vec<(PathBuf, Vec<u8>)> =
        files_below(&outside).into_iter().map(|file| (file.clone(), fs::read(file).unwrap())).collect();
    for arguments in COMMANDS {
        let ran = run(&path, arguments).does_not_succeed().never_says("外の").never_prints("外の");
        let said = ran.stderr().to_string() + ran.stdout();
        assert!(said.contains("リンク") || said.contains("という章はありません"), "{ran}");
        let after: Vec<(PathBuf, Vec<u8>)> =
            files_below(&outside).into_iter().map(|file| (file.clone(), fs::read(file).unwrap())).collect();
        assert_eq!(after, before, "{arguments:?}");
    }
    run(&path, &["check"]).fails().prints_nothing().says("二.jigyo").says("02_章").says("字体.ttf");
}

/// A link to another place in the report is what it was: read, and written through.
#[cfg(unix)]
#[test]
fn a_link_inside_the_report_stays_one() {
    let (_folder, path) = on_disk();
    write(&path.join("_原稿/二.jigyo"), program("二").replace("：", ":"));
    link(Path::new("../_原稿/二.jigyo"), &path.join("01_章/二.jigyo"));
    run(&path, &["check"]).succeeds().prints_nothing().says("誤りはありません（2事業）。");
    run(&path, &["fmt"]).succeeds().prints_nothing().says("二.jigyo をそろえました。");
    assert!(path.join("01_章/二.jigyo").is_symlink());
    assert_eq!(fs::read_to_string(path.join("_原稿/二.jigyo")).unwrap(), program("二"));
}

#[cfg(unix)]
#[test]
fn one_bad_name_does_not_stop_the_others_and_a_pipe_is_not_waited_for() {
    let (folder, path) = on_disk();
    write(&path.join("01_章/二.jigyo"), program("二").replace("：", ":"));
    link(folder.path(), &path.join("00_外"));
    assert!(Command::new("mkfifo").arg(path.join("01_章/管.jigyo")).status().unwrap().success());
    write(&path.join("01_章/三\u{1b}[31m\n.jigyo"), program("三"));
    let ran = run(&path, &["fmt"]).fails().prints_nothing();
    let ran = ran.says("00_外").says("管.jigyo").says("二.jigyo をそろえました。");
    ran.says("三〓[31m〓.jigyo").never_says("\u{1b}");
    assert_eq!(fs::read_to_string(path.join("01_章/二.jigyo")).unwrap(), program("二"));
    for arguments in [
        &["fmt", "01_章/管.jigyo"][..],
        &["import", "01_章/管.jigyo", "--chapter", "01_章"],
        &["import", "報告書.jigyo", "--chapter", "01_章", "--mapping", "01_章/管.jigyo"],
    ] {
        run(&path, arguments).refuses().prints_nothing().says("管.jigyo");
    }
}

/// Linux gives any bytes as a name, Windows halves of characters; on a Mac there is no such name.
#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_told_and_nothing_is_written_without_its_file() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let (_folder, path) = on_disk();
    fs::write(path.join("01_章").join(OsStr::from_bytes(b"\xFF.jigyo")), program("二")).unwrap();
    fs::create_dir(path.join(OsStr::from_bytes(b"02_\xE7\xAB"))).unwrap();
    fs::write(path.join("01_章").join(OsStr::from_bytes(b"\xFE.jpg")), "x").unwrap();
    for command in [&["check"][..], &["build"], &["export", "html"], &["export", "docx"], &["export", "json"]] {
        let ran = run(&path, command).fails().prints_nothing();
        ran.says("01_章/\u{FFFD}.jigyo").says("02_\u{FFFD}").says("名前を付け直してください");
    }
    assert!(!path.join("out").exists());
}

#[test]
fn what_cannot_be_written_is_said_in_words() {
    let (_folder, path) = on_disk();
    write(&path.join("out"), "x");
    let build = |arguments: &[&str]| run(&path, &[&["build"], arguments].concat()).refuses().prints_nothing();
    build(&[]).says("「out」という名前のファイルがあり、その名前のフォルダーを作れません");
    build(&["-o", &format!("{}.pdf", "長".repeat(300))]).says("名前が長すぎる");
    if cfg!(unix) {
        build(&["-o", "/dev/null"]).says("「/dev/null」に書き込めません（ふつうのファイルではありません）");
    }
}

/// Every encoding and line end of a 章.jigyo, before and after a name was added.
#[test]
fn a_name_is_added_and_no_other_byte_changes() {
    // か + ゛ apart, two blank lines at the end, and a memo that holds the new name.
    let before = "【章】か\u{3099}くせい\r\n【構成】\r\n一\r\n\r\n【メモ】\r\n二\r\n\r\n\r\n";
    let after = before.replace("一\r\n", "一\r\n二\r\n");
    let utf16 = |text: &str| {
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect::<Vec<u8>>()
    };
    let cp932 = |text: &str| encoding_rs::SHIFT_JIS.encode(&text.replace("か\u{3099}", "が")).0.into_owned();
    let utf8 = |text: &str| text.as_bytes().to_vec();
    for encode in [&utf8 as &dyn Fn(&str) -> Vec<u8>, &utf16, &cp932] {
        let (_folder, path) = on_disk();
        write(&path.join("01_章/章.jigyo"), encode(before));
        run(&path, &["new", "二"]).succeeds().prints_nothing().says("二.jigyo を作りました。");
        assert_eq!(std::fs::read(path.join("01_章/章.jigyo")).unwrap(), encode(&after));
    }
    let (_folder, path) = on_disk();
    write(&path.join("01_章/章.jigyo"), cp932(before));
    run(&path, &["new", "𠮷野"]).refuses().prints_nothing().says("「𠮷」を書けません");
    assert!(!path.join("01_章/𠮷野.jigyo").exists());
}

#[test]
fn an_empty_list_is_filled_with_what_stood_there_by_name() {
    let (_folder, path) = on_disk();
    write(&path.join("01_章/章.jigyo"), "【章】人材の育成\n\n【構成】\n");
    run(&path, &["new", "二"]).succeeds().prints_nothing().says("二.jigyo を作りました。");
    let text = std::fs::read_to_string(path.join("01_章/章.jigyo")).unwrap();
    assert_eq!(text, "【章】人材の育成\n\n【構成】\n一\n二\n");
}

/// A list of programs, as an office has it.
fn list_of(names: &[&str]) -> String {
    let rows = names.iter().map(|name| format!("{name},1000,監理課,研修を行う。\n"));
    format!("事業名,事業費（千円）,担当課,事業概要\n{}", rows.collect::<String>())
}

/// What was written before its name was listed is listed by the next run.
#[test]
fn an_import_that_was_ended_is_completed() {
    let (_folder, path) = on_disk();
    let chapter = "【章】人材の育成\n\n【構成】\n一\n";
    write(&path.join("01_章/章.jigyo"), chapter);
    write(&path.join("二.csv"), list_of(&["二"]));
    let import = || run(&path, &["import", "二.csv", "--chapter", "01_章"]).prints_nothing();
    import().succeeds().says("1個のファイルを書きました。");
    assert!(path.join("01_章/二.jigyo").is_file());
    write(&path.join("01_章/章.jigyo"), chapter);
    import().refuses().says("の【構成】の終わりに、1件を加えました。").says("書いたファイルはありません。");
    assert_eq!(std::fs::read_to_string(path.join("01_章/章.jigyo")).unwrap(), format!("{chapter}二\n"));
}

#[test]
fn what_an_ended_run_began_is_completed_and_another_folder_stays() {
    let (folder, _) = on_disk();
    let here = folder.path();
    for (arguments, one) in
        [(&["new", "--report", "新"][..], "報告書.jigyo"), (&["template", "init", "plain", "新"], "main.typ")]
    {
        let make = || run(here, arguments).prints_nothing();
        make().succeeds().says("作りました");
        // A whole one is not touched.
        make().refuses().says("新");
        std::fs::remove_file(here.join("新").join(one)).unwrap();
        write(&here.join("新/_report-a1B2c3.tmp"), "x");
        make().succeeds().says("作りました");
        assert!(here.join("新").join(one).is_file() && !here.join("新/_report-a1B2c3.tmp").exists());
        std::fs::remove_file(here.join("新").join(one)).unwrap();
        write(&here.join("新/控え.txt"), "x");
        make().refuses().says("新");
        std::fs::remove_dir_all(here.join("新")).unwrap();
    }
}

/// Two imports at once into one chapter, and an editor that saves what `fmt` and `--fix` would change.
#[cfg(unix)]
#[test]
fn nothing_is_lost_while_several_write() {
    for _ in 0..5 {
        let (_folder, path) = on_disk();
        write(&path.join("01_章/章.jigyo"), "【章】人材の育成\n\n【構成】\n一\n");
        write(&path.join("甲.csv"), list_of(&["甲", "乙"]));
        write(&path.join("丙.csv"), list_of(&["丙", "丁"]));
        let import = |name| start(&path, &["import", name, "--chapter", "01_章"]);
        let mut running = [import("甲.csv"), import("丙.csv"), start(&path, &["check", "--fix", "--yes"])];
        running.iter_mut().for_each(|child| assert!(child.wait().is_ok()));
        let text = fs::read_to_string(path.join("01_章/章.jigyo")).unwrap();
        let mut names: Vec<&str> = text.lines().skip(3).collect();
        names.sort_unstable();
        assert_eq!(names, ["一", "丁", "丙", "乙", "甲"], "{text}");
    }
}

/// Whenever it is ended: each file is whole, nothing else stays, and the next run completes.
#[cfg(unix)]
#[test]
fn a_run_that_is_ended_leaves_no_half_file() {
    let names: Vec<String> = (1..=20).map(|number| format!("事業{number:02}")).collect();
    for round in 0..6 {
        let (_folder, path) = on_disk();
        write(&path.join("01_章/章.jigyo"), "【章】人材の育成\n\n【構成】\n一\n");
        write(&path.join("元.csv"), list_of(&names.iter().map(String::as_str).collect::<Vec<_>>()));
        let mut child = start(&path, &["import", "元.csv", "--chapter", "01_章"]);
        std::thread::sleep(Duration::from_millis(20 + 30 * round));
        let _ = child.kill();
        child.wait().unwrap();
        // By then all may be written, which it says as well.
        let ran = run(&path, &["import", "元.csv", "--chapter", "01_章"]).prints_nothing();
        let ran = ran.says("20事業、事業費の合計");
        assert!(ran.is_success() || ran.stderr().contains("もうあります"), "{ran}");
        let text = fs::read_to_string(path.join("01_章/章.jigyo")).unwrap();
        for name in &names {
            let file = fs::read_to_string(path.join(format!("01_章/{name}.jigyo"))).unwrap();
            assert!(file.starts_with(&format!("【事業】{name}\n")) && file.contains("研修を行う。"), "{file}");
            assert_eq!(text.lines().filter(|line| line == name).count(), 1, "{name}: {text}");
        }
        assert_eq!(fs::read_dir(path.join("01_章")).unwrap().count(), names.len() + 2);
    }
}
