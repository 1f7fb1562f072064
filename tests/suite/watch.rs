//! `report watch`: no save is missed, whatever the editor; and nothing that happens to the folder ends it.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::running::{Running, wait_until};
use crate::tools::{build_folder, copy_folder, program, root};

/// A report of three programs on the disk, and where its PDFs lie.
struct WatchedReport {
    folder: TempDir,
}

impl WatchedReport {
    fn new() -> Self {
        let watched = Self { folder: tempfile::tempdir().unwrap() };
        watched
            .write("報告書.jigyo", "【報告書】令和2年度報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n");
        watched.write("01_章/章.jigyo", "【章】人材の育成\n");
        for name in ["一", "二", "三"] {
            watched.write(&format!("01_章/{name}.jigyo"), program(name));
        }
        watched
    }

    /// The real chapter.
    fn real() -> Self {
        let watched = Self { folder: tempfile::tempdir().unwrap() };
        copy_folder(&root().join("reports/aomori-r2"), &watched.root());
        let _ = fs::remove_dir_all(watched.path("out"));
        watched
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("報告書")
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn official(&self) -> PathBuf {
        self.path("out/報告書.pdf")
    }

    fn draft(&self) -> PathBuf {
        self.path("out/報告書_下書き.pdf")
    }

    fn watch(&self, arguments: &[&str]) -> Running {
        let running = Running::start(&[&["watch"], arguments].concat(), &self.root());
        running.wait_for("ミリ秒", 0);
        running
    }

    /// Waits until the PDF is what `report build` makes of the files as they are.
    fn settle(&self) {
        let (checked, built) = build_folder(&self.root(), false);
        let pdf = built.unwrap_or_else(|| panic!("builds: {:?}", crate::tools::found(&checked))).pdf;
        wait_until("the PDF that report build makes", || fs::read(self.official()).is_ok_and(|found| found == pdf));
    }
}

/// A program's text with a number in it.
fn numbered(name: &str, number: usize) -> String {
    program(name).replace("研修を2回行った。", &format!("研修を{number}回行った。"))
}

/// The ways in which editors save.
fn save(path: &Path, text: &str, way: usize) {
    let beside = |ending: &str| path.with_extension(format!("jigyo{ending}"));
    match way % 7 {
        // Notepad: empty it, then write.
        0 => fs::write(path, text).unwrap(),
        // In two pieces.
        1 => {
            use std::io::Write;
            let (start, end) =
                text.split_at(text.len() / 2 - (0..4).find(|n| text.is_char_boundary(text.len() / 2 - n)).unwrap());
            let mut file = fs::File::create(path).unwrap();
            file.write_all(start.as_bytes()).unwrap();
            file.flush().unwrap();
            file.write_all(end.as_bytes()).unwrap();
        }
        // A new file renamed over the old one.
        2 => {
            fs::write(beside(".tmp"), text).unwrap();
            fs::rename(beside(".tmp"), path).unwrap();
        }
        // The same, the old one kept as a backup.
        3 => {
            fs::write(beside(".new"), text).unwrap();
            fs::rename(path, beside("~")).unwrap();
            fs::rename(beside(".new"), path).unwrap();
        }
        // Away with it, then a new one.
        4 => {
            fs::remove_file(path).unwrap();
            fs::write(path, text).unwrap();
        }
        // Line ends of Windows, with the mark in front.
        5 => fs::write(path, format!("\u{FEFF}{}", text.replace('\n', "\r\n"))).unwrap(),
        // The backup first, then in place.
        _ => {
            fs::copy(path, beside(".bak")).unwrap();
            fs::write(path, text).unwrap();
        }
    }
}

#[cfg(target_os = "linux")]
fn resident_kilobytes(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix("kB")?.trim().parse().ok())
}

#[cfg(not(target_os = "linux"))]
fn resident_kilobytes(_: u32) -> Option<u64> {
    None
}

#[test]
fn a_thousand_edits_in_every_way_that_editors_save() {
    let watched = WatchedReport::real();
    let running = watched.watch(&[]);
    let files: Vec<PathBuf> = crate::tools::files_below(&watched.path("01_人材"))
        .into_iter()
        .filter(|path| !path.ends_with("章.jigyo"))
        .collect();
    let texts: Vec<String> = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let edited = |index: usize, number: usize| {
        texts[index].replacen("【事業概要】\n", &format!("【事業概要】\n{number}回目に書き直した。\n"), 1)
    };
    // A save that is seen half-written makes a draft. Each is another set of pages: both are there before memory is measured.
    fs::write(&files[0], texts[0].replace("事業費：", "事業費：約")).unwrap();
    wait_until("a draft", || watched.draft().exists());
    fs::write(&files[0], &texts[0]).unwrap();
    watched.settle();
    let mut early = None;
    for number in 1..=1000_usize {
        let index = number * 7 % files.len();
        let other = (index + 1) % files.len();
        let rounds = running.rounds();
        if number % 10 == 9 {
            // Two files at once.
            save(&files[index], &edited(index, number), number);
            save(&files[other], &edited(other, number), number + 3);
        } else {
            save(&files[index], &edited(index, number), number);
        }
        // Twenty without waiting, then one at a time: no save of either kind is missed.
        if number % 40 >= 20 {
            wait_until("a round", || running.rounds() > rounds);
        }
        // After each burst the PDF is what `report build` makes.
        if number % 20 == 0 {
            watched.settle();
        }
        if number == 100 {
            early = resident_kilobytes(running.id());
        }
    }
    if let (Some(early), Some(late)) = (early, resident_kilobytes(running.id())) {
        assert!(late * 10 < early * 11, "memory grew from {early} KB to {late} KB");
    }
}

#[test]
fn the_same_bytes_build_nothing() {
    let watched = WatchedReport::new();
    let running = watched.watch(&[]);
    let text = program("一");
    for way in [0, 2, 3, 4, 6] {
        save(&watched.path("01_章/一.jigyo"), &text, way);
        thread::sleep(Duration::from_millis(20));
    }
    watched.write("01_章/メモ.txt", "関係のないファイル");
    watched.write("out/よそのもの.txt", "出力の隣");
    thread::sleep(Duration::from_millis(300));
    assert_eq!(running.rounds(), 1, "{:?}", running.said());
    watched.write("01_章/一.jigyo", numbered("一", 5));
    wait_until("a round", || running.rounds() == 2);
    watched.settle();
}

#[test]
fn files_come_go_and_change_their_names() {
    let watched = WatchedReport::new();
    let running = watched.watch(&[]);
    watched.write("01_章/四.jigyo", program("四"));
    watched.settle();
    fs::rename(watched.path("01_章/四.jigyo"), watched.path("01_章/零.jigyo")).unwrap();
    watched.settle();
    fs::remove_file(watched.path("01_章/零.jigyo")).unwrap();
    watched.settle();
    watched.write("02_章/章.jigyo", "【章】販路の開拓\n");
    watched.write("02_章/五.jigyo", program("五"));
    watched.settle();
    watched.write("02_章/五.jigyo", numbered("五", 9));
    watched.settle();
    fs::rename(watched.path("02_章"), watched.path("00_章")).unwrap();
    watched.settle();
    watched.write("00_章/五.jigyo", numbered("五", 10));
    watched.settle();
    fs::remove_dir_all(watched.path("00_章")).unwrap();
    watched.settle();
    assert!(!running.said().iter().any(|line| line.contains("] エラー")), "{:?}", running.said());
}

#[test]
fn the_template_the_fonts_and_the_photographs_are_watched_too() {
    let watched = WatchedReport::new();
    for (path, bytes) in jigyo::typeset::copy_of("official").unwrap() {
        watched.write(&format!("体裁/{path}"), bytes);
    }
    watched
        .write("報告書.jigyo", "【報告書】報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n体裁：体裁\n");
    let picture = fs::read(root().join("templates/sample/photos/p2-2-1.png")).unwrap();
    watched.write("01_章/写真/会場.png", &picture);
    watched.write("01_章/一.jigyo", format!("{}\n【写真】\n写真/会場.png｜会場｜研修の会場\n", program("一")));
    let running = watched.watch(&[]);
    watched.settle();
    let look = fs::read_to_string(watched.path("体裁/look.typ")).unwrap();
    watched.write("体裁/look.typ", look.replace("luma(90%)", "luma(80%)"));
    watched.settle();

    let good = fs::read(watched.official()).unwrap();
    let said = running.said().len();
    watched.write("体裁/look.typ", format!("{look}\n#let broken = (\n"));
    assert!(running.wait_for("[J080]", said).contains("エラー"));
    running.wait_for("頁なし", said);
    assert_eq!(fs::read(watched.official()).unwrap(), good);
    watched.write("体裁/look.typ", &look);
    watched.settle();

    // A template is saved in the ways of editors too: none of them is seen half done.
    let said = running.said().len();
    for (number, way) in [0, 2, 3, 4, 6].into_iter().enumerate() {
        save(&watched.path("体裁/look.typ"), &look.replace("luma(90%)", &format!("luma({}%)", 80 + number)), way);
        watched.settle();
    }
    let new = running.said().split_off(said).join("\n");
    assert!(!new.contains("エラー 1"), "{new}");

    let said = running.said().len();
    fs::remove_file(watched.path("01_章/写真/会場.png")).unwrap();
    running.wait_for("[J070]", said);
    watched.write("01_章/写真/会場.png", &picture);
    wait_until("the draft to go", || !watched.draft().exists());
    watched.settle();
}

#[test]
fn a_template_that_is_broken_from_the_start_is_a_message_and_mended() {
    let watched = WatchedReport::new();
    watched
        .write("報告書.jigyo", "【報告書】報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n体裁：_体裁\n");
    watched.write("_体裁/main.typ", "#let broken = (");
    let running = watched.watch(&[]);
    running.wait_for("PDF は作れませんでした", 0);
    assert!(running.said().join("\n").contains("[J080]") && !watched.official().exists());
    let whole = "#let report = json(\"/report.json\")\n#set document(title: report.title, date: none)\n#set text(font: \"BIZ UDMincho\", lang: \"ja\")\n= #report.title\n";
    watched.write("_体裁/main.typ", whole);
    watched.settle();
}

#[test]
fn while_there_are_errors_the_draft_is_kept_and_the_official_one_stays() {
    let watched = WatchedReport::new();
    let running = watched.watch(&[]);
    watched.settle();
    let good = fs::read(watched.official()).unwrap();
    watched.write("01_章/一.jigyo", program("一").replace("1,000千円", "千円"));
    wait_until("a draft", || watched.draft().exists());
    let first = fs::read(watched.draft()).unwrap();
    watched.write("01_章/二.jigyo", numbered("二", 8));
    wait_until("a newer draft", || fs::read(watched.draft()).is_ok_and(|draft| draft != first));
    assert_eq!(fs::read(watched.official()).unwrap(), good);
    // The saved file's messages stand first; what was said before is one line.
    running.wait_for("ほかの原稿に、前からのエラー 1 件", 0);
    watched.write("01_章/一.jigyo", program("一"));
    wait_until("the draft to go", || !watched.draft().exists());
    watched.settle();
}

#[test]
fn the_messages_of_the_saved_file_stand_first() {
    let watched = WatchedReport::new();
    watched.write("01_章/一.jigyo", program("一").replace("1,000千円", "千円"));
    let running = watched.watch(&[]);
    let said = running.said().len();
    watched.write("01_章/三.jigyo", program("三").replace("10名｜20名", "10名｜"));
    running.wait_for("ほかの原稿に", said);
    let new = running.said().split_off(said).join("\n");
    assert!(new.contains("三.jigyo:12") && !new.contains("一.jigyo"), "{new}");
}

#[test]
fn a_folder_that_goes_away_is_waited_for() {
    let watched = WatchedReport::new();
    let running = watched.watch(&["-o", watched.folder.path().join("外.pdf").to_str().unwrap()]);
    let away = watched.folder.path().join("別の名前");
    for _ in 0..2 {
        let said = running.said().len();
        fs::rename(watched.root(), &away).unwrap();
        running.wait_for("を開けません", said);
        fs::rename(&away, watched.root()).unwrap();
        running.wait_for("元に戻りました", said);
        let rounds = running.rounds();
        watched.write("01_章/一.jigyo", numbered("一", 20 + said));
        wait_until("a round after the return", || running.rounds() > rounds);
    }
    let said = running.said().len();
    fs::remove_dir_all(watched.root()).unwrap();
    running.wait_for("を開けません", said);
    let other = WatchedReport::new();
    copy_folder(&other.root(), &watched.root());
    running.wait_for("元に戻りました", said);
    let pdf = build_folder(&watched.root(), false).1.unwrap().pdf;
    wait_until("the PDF of what came back", || {
        fs::read(watched.folder.path().join("外.pdf")).is_ok_and(|found| found == pdf)
    });
}

#[test]
fn a_report_that_is_renamed_right_after_a_save_is_not_made_anew() {
    for wait in [0, 4, 9, 14, 19, 24] {
        let watched = WatchedReport::new();
        let running = watched.watch(&[]);
        watched.write("01_章/一.jigyo", numbered("一", 60));
        thread::sleep(Duration::from_millis(wait));
        fs::rename(watched.root(), watched.folder.path().join("別の名前")).unwrap();
        running.wait_for("を開けません", 0);
        thread::sleep(Duration::from_millis(100));
        assert!(!watched.root().exists(), "after {wait} ms: {:?}", running.said());
    }
}

#[test]
fn a_watch_of_a_folder_without_a_report_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let ran = crate::run::run(folder.path(), &["watch"]);
    ran.refuses().prints_nothing().says("報告書.jigyo のあるフォルダーを指定してください");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_draft_that_is_held_is_said_and_goes_later() {
    let watched = WatchedReport::new();
    fs::create_dir_all(watched.draft()).unwrap();
    let running = watched.watch(&[]);
    running.wait_for("を消せません", 0);
    watched.settle();
    fs::remove_dir(watched.draft()).unwrap();
    fs::write(watched.draft(), "前の下書き").unwrap();
    wait_until("the draft to go", || !watched.draft().exists());
}

#[test]
fn a_pdf_that_cannot_be_replaced_lies_beside_until_it_can() {
    let watched = WatchedReport::new();
    fs::create_dir_all(watched.official()).unwrap();
    let running = watched.watch(&[]);
    let latest = watched.path("out/報告書_最新.pdf");
    running.wait_for("報告書_最新.pdf に書きました", 0);
    let pdf = build_folder(&watched.root(), false).1.unwrap().pdf;
    assert_eq!(fs::read(&latest).unwrap(), pdf);
    fs::remove_dir(watched.official()).unwrap();
    running.wait_for("に書き込めました", 0);
    assert_eq!(fs::read(watched.official()).unwrap(), pdf);
    assert!(!latest.exists());
}

#[test]
fn looking_regularly_finds_what_no_notice_told() {
    let watched = WatchedReport::new();
    let running = watched.watch(&["--poll=0.1"]);
    for number in 3..8 {
        save(&watched.path("01_章/二.jigyo"), &numbered("二", number), number);
        watched.settle();
    }
    wait_until("a round for each", || running.rounds() >= 6);
}

#[test]
fn only_drafts_where_drafts_are_wanted() {
    let watched = WatchedReport::new();
    let running = watched.watch(&["--draft"]);
    wait_until("a draft", || watched.draft().exists());
    assert!(!watched.official().exists());
    let first = fs::read(watched.draft()).unwrap();
    watched.write("01_章/一.jigyo", numbered("一", 30));
    wait_until("the next draft", || fs::read(watched.draft()).is_ok_and(|draft| draft != first));
    wait_until("its round", || running.rounds() >= 2);
    assert!(!watched.official().exists());
}

#[cfg(unix)]
#[test]
fn it_ends_cleanly_when_asked_to() {
    for signal in ["-INT", "-TERM"] {
        let watched = WatchedReport::new();
        let mut running = watched.watch(&[]);
        assert_eq!(running.end(signal), Some(0));
        assert_eq!(running.said().last().map(String::as_str), Some("終了しました。"));
        watched.settle();
    }
}

#[cfg(unix)]
#[test]
fn an_end_that_is_asked_for_twice_at_once_is_as_clean() {
    let watched = WatchedReport::new();
    let mut running = watched.watch(&[]);
    let id = running.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(running.end("-INT"), Some(0));
    assert_eq!(running.said().last().map(String::as_str), Some("終了しました。"));
}

/// A disk of one megabyte; nothing, said aloud, where this process may not mount one.
#[cfg(target_os = "linux")]
struct SmallDisk(PathBuf);

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn mount(path: PathBuf) -> Option<Self> {
        fs::create_dir_all(&path).unwrap();
        let mut mount = std::process::Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(&path).stderr(std::process::Stdio::null());
        if mount.status().is_ok_and(|status| status.success()) {
            return Some(Self(path));
        }
        eprintln!("SKIPPED: no disk can be mounted here, the full disk was not tried");
        None
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_costs_nothing_that_was_there() {
    let watched = WatchedReport::new();
    let Some(disk) = SmallDisk::mount(watched.folder.path().join("小")) else { return };
    let target = disk.0.join("報告書.pdf");
    let running = watched.watch(&["-o", target.to_str().unwrap()]);
    let good = fs::read(&target).unwrap();
    fs::write(disk.0.join("場所ふさぎ"), vec![0; 1024 * 1024 - good.len() - 8192]).unwrap();
    let said = running.said().len();
    watched.write("01_章/一.jigyo", numbered("一", 40));
    running.wait_for("に書き込めません", said);
    assert_eq!(fs::read(&target).unwrap(), good);
    assert_eq!(fs::read_dir(&disk.0).unwrap().count(), 2, "nothing half-written is left");
    fs::remove_file(disk.0.join("場所ふさぎ")).unwrap();
    running.wait_for("に書き込めました", said);
    assert_eq!(fs::read(&target).unwrap(), build_folder(&watched.root(), false).1.unwrap().pdf);
}

/// The watch runs as nobody where this user may read everything.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_read_is_a_message_until_it_can() {
    use std::os::unix::fs::PermissionsExt;
    let watched = WatchedReport::new();
    let path = watched.path("01_章/二.jigyo");
    let mode = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    mode(0o000);
    let as_nobody = fs::read(&path).is_ok();
    mode(0o644);
    let chown = |path: &Path| std::process::Command::new("chown").args(["-R", "65534"]).arg(path).status();
    if as_nobody && !chown(watched.folder.path()).is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: this user may read everything, the unreadable file was not tried");
        return;
    }
    let running = if as_nobody { Running::start_as_nobody(&["watch"], &watched.root()) } else { watched.watch(&[]) };
    let Some(running) = running.if_alive() else {
        eprintln!("SKIPPED: nothing can be run as another user, the unreadable file was not tried");
        return;
    };
    running.wait_for("ミリ秒", 0);
    let good = fs::read(watched.official()).unwrap();
    let said = running.said().len();
    mode(0o000);
    running.wait_for("二.jigyo", said);
    assert_eq!(fs::read(watched.official()).unwrap(), good);
    mode(0o644);
    watched.settle();
}
