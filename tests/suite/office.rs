//! The coordinating office's tools: CSV files that a report names, the table of what was handed in, letters.

use std::fs;
use std::path::PathBuf;

use jigyo::diagnostic::{Code, display_width};
use jigyo::load::{CachedFolder, ChangedPaths, Folder, Memory};
use jigyo::pipeline::{Checked, Session, check};
use tempfile::TempDir;

use crate::run::run;
use crate::tools::{program, small_report, write};

const HEAD: &str = "【報告書】令和2年度<b>報告書\n年度：令和2年度\n発行日：令和3年9月1日\n";

fn with_fields(fields: &str) -> Memory {
    let mut disk = small_report();
    disk.insert("報告書.jigyo", format!("{HEAD}{fields}"));
    disk
}

/// 一 is right, 二 has an error, 三 is a form, 四 is not there, 五 is in the ledger alone.
fn office_report() -> (TempDir, PathBuf) {
    let mut disk = with_fields("台帳：台帳.csv\n");
    disk.insert("01_章/章.jigyo", "【章】人材の育成\n\n【構成】\n一\n二\n三\n四\n");
    disk.insert("01_章/二.jigyo", program("二").replace("監理課", "労政・能力開発課").replace("20名", ""));
    disk.insert("01_章/三.jigyo", "【事業】三\n事業費：\n担当：\n\n【事業概要】\n\n【事業実績】\n");
    disk.insert(
        "台帳.csv",
        "事業名,事業費（千円）,担当課\n一,\"1,000\",監理課\n二,\"1,000\",労政・能力開発課\n三,5,監理課\n四,7,CON\n=五&,9,\n",
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("報告");
    for name in disk.paths() {
        write(&path.join(name), disk.get(name).unwrap());
    }
    (folder, path)
}

fn codes(checked: &Checked) -> Vec<Code> {
    checked.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn the_table_is_by_department_and_names_what_is_missing() {
    let (_folder, path) = office_report();
    let ran = run(&path.join("01_章"), &["status"]).fails().says_nothing();
    let text = ran.stdout();
    let rows: Vec<Vec<&str>> = text.lines().take(6).map(|line| line.split_whitespace().take(7).collect()).collect();
    assert_eq!(
        rows,
        [
            ["担当課", "予定", "提出", "未記入", "未提出", "エラー", "注意"],
            ["CON", "1", "0", "0", "1", "0", "0"],
            ["労政・能力開発課", "1", "1", "0", "0", "1", "0"],
            ["監理課", "2", "1", "1", "0", "0", "0"],
            ["（担当課不明）", "1", "0", "0", "1", "0", "0"],
            ["合計", "5", "2", "1", "2", "1", "0"],
        ],
        "{text}"
    );
    assert!(text.contains("未提出の事業（2）\n  四（CON）\n  =五&（担当課不明）\n"), "{text}");
    assert!(text.contains("未記入の事業（1）\n  三（監理課）\n"), "{text}");
    for line in text.lines() {
        assert!(display_width(line) < 80 && line.trim_end() == line, "{line}");
    }
}

#[test]
fn a_report_without_a_fault_is_exit_code_0_and_one_without_a_head_says_so() {
    let (_folder, path) = office_report();
    for name in ["二", "三"] {
        write(&path.join(format!("01_章/{name}.jigyo")), program(name));
    }
    write(&path.join("01_章/章.jigyo"), "【章】人材の育成\n");
    write(&path.join("報告書.jigyo"), HEAD);
    let ran = run(&path, &["status"]).succeeds().says_nothing();
    assert!(ran.stdout().ends_with("\n未提出の事業はありません。\n"), "{ran}");
    fs::remove_file(path.join("報告書.jigyo")).unwrap();
    run(&path, &["status"]).fails().prints_nothing().says("[J006]");
}

#[test]
fn what_is_acknowledged_is_not_waited_for() {
    let (_folder, path) = office_report();
    write(&path.join("報告書.jigyo"), format!("{HEAD}台帳：台帳.csv\n確認済：J063「=五」　別の報告書に載せる\n"));
    run(&path, &["status"]).fails().never_prints("=五").prints("四（CON）").says_nothing();
}

#[test]
fn sheet_and_page_are_written_and_nothing_else_is_replaced() {
    let (_folder, path) = office_report();
    for _ in 0..2 {
        let ran = run(&path, &["status", "--csv", "状況.csv", "--html", "out/状況.html"]);
        ran.fails()
            .prints("未提出の事業（2）")
            .says("「状況.csv」に書きました。")
            .says("「out/状況.html」に書きました。");
    }
    let sheet = fs::read_to_string(path.join("状況.csv")).unwrap();
    assert!(sheet.starts_with("\u{FEFF}担当課,予定,") && sheet.contains(",'=五&,0\r\n"), "{sheet}");
    assert!(sheet.contains(",三,1\r\n") && sheet.ends_with(",,2\r\n"), "{sheet}");
    let page = fs::read_to_string(path.join("out/状況.html")).unwrap();
    for part in
        ["<html lang=\"ja\">", "令和2年度&lt;b&gt;報告書", "<th scope=\"row\">監理課</th>", "=五&amp;", "<caption>"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("<b>") && !page.contains("<script") && !page.contains("http:") && !page.contains("https:"));
    for (option, name) in [("--csv", "台帳.csv"), ("--html", "01_章/一.jigyo"), ("--html", "状況.csv")] {
        let before = fs::read(path.join(name)).unwrap();
        run(&path, &["status", option, name]).refuses().prints("未提出の事業（2）").says("上書きしません");
        assert_eq!(fs::read(path.join(name)).unwrap(), before);
    }
}

#[test]
fn each_department_gets_a_text_of_its_own() {
    let (_folder, path) = office_report();
    let letters = || run(&path, &["check", "--by-department", "送付"]).fails().prints_nothing();
    letters().says("「送付」の 5 個のファイルに書きました");
    let read = |name: &str| fs::read_to_string(path.join("送付").join(name)).unwrap();
    assert_eq!(
        read("指摘_労政・能力開発課.txt"),
        "\u{FEFF}【指摘の一覧】労政・能力開発課\r
報告書：令和2年度<b>報告書（フォルダー「報告」）\r
エラー 1 件、注意 0 件\r
\r
エラーは、直すまで報告書を作れません。\r
\r
1　エラー［J023］　01_章/二.jigyo　12行目\r
　　原稿　：参加者数｜10名｜\r
　　指摘　：2年度の欄が空です。\r
　　直し方：値を書いてください。実績がなければ「—」、中止なら「中止」、上の欄と同じ枠にするなら「↑」と書きます（例：参加者数｜10名｜—）。\r
"
    );
    assert!(read("指摘_CON.txt").ends_with("■提出されていない事業（1）\r\n・四\r\n"));
    assert!(read("指摘_監理課.txt").ends_with("■まだ記入されていない事業（1）\r\n・三\r\n"));
    assert!(read("指摘_取りまとめ課.txt").contains("［J060］　01_章/章.jigyo　7行目"));

    // What is mended is said to be; a file of somebody else's stays.
    write(&path.join("01_章/二.jigyo"), program("二").replace("監理課", "労政・能力開発課"));
    write(&path.join("送付/指摘_控え.txt"), "控え");
    letters().says("個のファイルに書きました");
    assert!(read("指摘_労政・能力開発課.txt").ends_with("\r\n指摘はありません。\r\n"));
    assert_eq!(read("指摘_控え.txt"), "控え");
}

#[test]
fn a_deadline_is_said_where_somebody_is_given_one_and_not_carried_over() {
    let (folder, path) = office_report();
    let head = format!("{HEAD}台帳：台帳.csv\n");
    write(&path.join("報告書.jigyo"), format!("{head}締切：令和3年9月1日\n締切：監理課　2021-08-20\n"));
    let ran = run(&path, &["status", "--csv", "状況.csv", "--html", "状況.html"]).fails();
    let ran = ran.says("「状況.csv」に書きました。").says("「状況.html」に書きました。");
    let text = ran.stdout();
    assert!(text.contains("\n締切 令和3年9月1日（") && text.contains("日過ぎています）\n"), "{text}");
    assert_eq!(text.matches("締切").count(), 2, "{text}");
    assert!(text.contains("日過ぎています）　監理課\n"), "{text}");
    let sheet = fs::read_to_string(path.join("状況.csv")).unwrap();
    let last = |name: &str| sheet.lines().find(|line| line.contains(name)).unwrap().rsplit(',').next().unwrap();
    assert_eq!([last("担当課"), last("監理課,"), last("CON")], ["締切", "2021-08-20", "2021-09-01"]);
    // What was written with a deadline is known again without one.
    write(&path.join("報告書.jigyo"), &head);
    let ran = run(&path, &["status", "--csv", "状況.csv"]).fails().says("「状況.csv」に書きました。");
    assert!(!ran.stdout().contains("締切"), "{ran}");
    write(&path.join("報告書.jigyo"), format!("{head}締切：令和3年9月1日\n締切：監理課　2021-08-20\n"));
    run(&path, &["check", "--by-department", "送付"]).fails().prints_nothing().says("個のファイルに書きました");
    let letter = |name: &str| fs::read_to_string(path.join("送付").join(name)).unwrap();
    assert!(letter("指摘_監理課.txt").contains("）\r\n締切：令和3年8月20日\r\n"), "{}", letter("指摘_監理課.txt"));
    assert!(letter("指摘_CON.txt").contains("）\r\n締切：令和3年9月1日\r\n"));
    run(folder.path(), &["new", "--from", "報告", "翌年"]).succeeds().prints_nothing().says("を作りました");
    let next = fs::read_to_string(folder.path().join("翌年/報告書.jigyo")).unwrap().replace("\r\n", "\n");
    let (fields, memo) = next.split_once("【メモ】").unwrap();
    assert!(!fields.contains("締切") && memo.contains("締切：令和3年9月1日\n締切：監理課　2021-08-20"), "{next}");
}

#[test]
fn letters_replace_nothing_but_letters() {
    let (_folder, path) = office_report();
    write(&path.join("送付/指摘_監理課.txt"), "大事な控え");
    run(&path, &["check", "--by-department", "送付"]).refuses().prints_nothing().says("上書きしません");
    assert_eq!(fs::read_dir(path.join("送付")).unwrap().count(), 1, "nothing was written");
    assert_eq!(fs::read_to_string(path.join("送付/指摘_監理課.txt")).unwrap(), "大事な控え");
    let wrong = ["check", "01_章/一.jigyo", "--by-department", "x"];
    run(&path, &wrong).refuses().prints_nothing().says("--by-department");
    let wrong = ["check", "--by-department", "報告書.jigyo"];
    run(&path, &wrong).refuses().prints_nothing().says("報告書.jigyo");
    assert!(fs::read_to_string(path.join("報告書.jigyo")).unwrap().starts_with("【報告書】"));
}

#[test]
fn no_csv_text_breaks_the_check() {
    let long = "あ".repeat(350_000);
    let many = format!("事業名,事業費,担当課\n{}", "一,1,監理課\n".repeat(100_000));
    let texts: Vec<Vec<u8>> = [
        "",
        "\n\n\n",
        "事業名\n",
        "誤,正\n牽引,けん引\n,\n\"",
        "課名\n\"\n\"\"\n",
        "\"事業名\n",
        "事業名,事業費\n一,99999999999999999999999999999999999999\n二,-\n",
        "事業名,事業費（円）\n一,79228162514264337593543950335\n",
        "\u{FEFF}\u{3}\n事業名\u{b}\n",
        &format!("事業名,誤,正,課名\n{long},\"{long}\",{long},x\n"),
        &many,
    ]
    .into_iter()
    .map(|text| text.as_bytes().to_vec())
    .chain([b"a\0b".to_vec(), vec![0xFF; 100], vec![0xFF, 0xFE, 0x22, 0x00]])
    .collect();
    for text in texts {
        for field in ["台帳", "用語", "組織"] {
            let disk = with_fields(&format!("{field}：一覧.csv\n")).with("一覧.csv", &text);
            let found = codes(&check(&disk).unwrap());
            let other = found.iter().find(|code| !matches!(code, Code::J015 | Code::J063 | Code::J065));
            assert_eq!(other, None, "{field}");
            assert!(found.len() <= 21, "{field}: {} messages", found.len());
        }
    }
}

#[test]
fn a_watch_sees_that_a_csv_file_has_changed() {
    let (_folder, path) = office_report();
    for name in ["一", "二", "三", "四"] {
        write(&path.join(format!("01_章/{name}.jigyo")), program(name).replace("研修を行う", "牽引する"));
    }
    write(&path.join("報告書.jigyo"), format!("{HEAD}台帳：台帳.csv\n用語：用語.csv\n"));
    write(&path.join("台帳.csv"), "事業名,事業費\n一,\"1,000\"\n二,\"1,000\"\n三,\"1,000\"\n四,\"1,000\"\n");
    write(&path.join("用語.csv"), "誤,正\n牽く,ひく\n");
    let mut disk = CachedFolder::new(Folder::new(&path));
    disk.refresh(&ChangedPaths::everything()).unwrap();
    let mut session = Session::default();
    assert_eq!(codes(&session.check(&disk).unwrap()), []);
    write(&path.join("台帳.csv"), "事業名,事業費\n一,\"1,001\"\n二,\"1,000\"\n三,\"1,000\"\n四,\"1,000\"\n");
    assert!(disk.refresh(&ChangedPaths::default()).unwrap().changed);
    assert_eq!(codes(&session.check(&disk).unwrap()), [Code::J063]);
    write(&path.join("用語.csv"), "誤,正\n牽引,けん引\n");
    assert!(disk.refresh(&ChangedPaths::default()).unwrap().changed);
    assert_eq!(codes(&session.check(&disk).unwrap()), [Code::J063, Code::J053, Code::J053, Code::J053, Code::J053]);
    fs::remove_file(path.join("台帳.csv")).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(150));
    disk.refresh(&ChangedPaths::default()).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(150));
    assert!(disk.refresh(&ChangedPaths::default()).unwrap().changed);
    assert_eq!(codes(&session.check(&disk).unwrap())[0], Code::J065);
}

#[cfg(unix)]
#[test]
fn a_csv_file_behind_a_link_out_of_the_report_is_refused() {
    let (folder, path) = office_report();
    write(&folder.path().join("外.csv"), "課名\n監理課\n");
    std::os::unix::fs::symlink(folder.path().join("外.csv"), path.join("組織.csv")).unwrap();
    write(&path.join("報告書.jigyo"), format!("{HEAD}組織：組織.csv\n"));
    run(&path, &["check"]).fails().prints_nothing().says("組織「組織.csv」は報告書のフォルダーの外にあります。");
}

/// 建制順: the order of 組織, whatever the programs name first.
#[test]
fn departments_stand_in_the_order_of_the_organization() {
    let of = |name: &str, department: &str| program(name).replace("監理課", department);
    let disk = small_report()
        .with(
            "報告書.jigyo",
            "【報告書】報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n前付：所管課別集計\n組織：組織.csv\n",
        )
        .with("組織.csv", "課名\n商工課\n監理課\n労政課\n")
        .with("01_章/二.jigyo", of("二", "労政課"))
        .with("01_章/三.jigyo", of("三", "商工課"));
    let view = crate::form_tables::view_of(&disk);
    let rows = view["front"][0]["rows"].as_array().unwrap();
    let labels: Vec<&str> = rows.iter().map(|row| row["label"].as_str().unwrap()).collect();
    assert_eq!(labels, ["商工課", "監理課", "労政課"]);
}
