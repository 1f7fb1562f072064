//! `report check --fix`: what it mends, and that it touches nothing else.

use std::fs;
use std::path::Path;

use jigyo::load::decode;

use crate::run::{Ran, run};
use crate::tools::{on_disk, program, write};

/// A program with every mend that is certain, and with others that are not; ガ lies apart as a Mac leaves it.
fn faulty() -> String {
    program("か\u{3099}ん").replace('\n', "\r\n")
        + "県内｜6月　64名｜か\u{3099}く①\r\n十｜11月　67名｜\r\n同｜同上｜〃\r\n評価｜上｜中\r\n受講者ー58名ー22名\r\nセミナー｜1回｜2回\r\n"
}

fn mended() -> String {
    faulty().replace("十｜", "＋｜").replace("｜同上｜〃", "｜↑｜↑").replace("者ー58名ー22名", "者｜58名｜22名")
}

/// The text in each encoding that is read; か + ゛ has no form in Shift_JIS.
fn encodings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf16 = |order: fn(u16) -> [u8; 2], mark: [u8; 2]| {
        mark.into_iter().chain(text.encode_utf16().flat_map(order)).collect::<Vec<u8>>()
    };
    vec![
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8 with its mark", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        ("UTF-16 little", utf16(u16::to_le_bytes, [0xFF, 0xFE])),
        ("UTF-16 big", utf16(u16::to_be_bytes, [0xFE, 0xFF])),
        ("CP932", encoding_rs::SHIFT_JIS.encode(&text.replace("か\u{3099}", "が")).0.into_owned()),
    ]
}

/// `check --fix --yes`
fn mend(path: &Path) -> Ran {
    run(path, &["check", "--fix", "--yes"]).prints_nothing()
}

#[test]
fn only_the_mended_marks_change_byte_by_byte() {
    for ((name, before), (_, after)) in encodings(&faulty()).into_iter().zip(encodings(&mended())) {
        let (_folder, path) = on_disk();
        let file = path.join("01_章/一.jigyo");
        write(&file, &before);
        run(&path, &["check", "--fix"]).fails().prints_nothing().says("まだ書き換えていません");
        assert!(fs::read(&file).unwrap() == before, "{name}: written without a yes");
        let ran = mend(&path).succeeds().says("01_章/一.jigyo 15行目：「同上」→「↑」");
        // What remains is shown.
        ran.says("[J026]").says("「上」は「↑」ではありませんか");
        assert!(fs::read(&file).unwrap() == after, "{name}: {:?}", decode(&fs::read(&file).unwrap()));
        mend(&path).succeeds().says("自動で直せるところはありません");
        assert!(fs::read(&file).unwrap() == after, "{name}: the second time changes nothing");
    }
}

#[test]
fn marks_of_word_are_mended_wherever_they_stand() {
    let (_folder, path) = on_disk();
    let file = path.join("01_章/一.jigyo");
    let text = program("一").replace("研修を行う。", "\u{F0B7}研修\u{F0B7}講習を行う。\n\u{F0FC}済み。\u{E001}");
    write(&file, &text);
    let ran = run(&path, &["check", "--fix", "--yes", "--message-format", "json"]).fails().says("〔番号 F0B7〕");
    assert_eq!(fs::read_to_string(&file).unwrap(), text.replace('\u{F0B7}', "・"));
    let left = ran.json_lines();
    let certain: Vec<&serde_json::Value> = left.iter().map(|line| &line["fix"]["certain"]).collect();
    assert_eq!(certain, [&serde_json::json!(false), &serde_json::Value::Null], "{left:?}");
}

#[test]
fn a_word_pulled_apart_is_one_message_and_mended_at_all_its_places() {
    let (_folder, path) = on_disk();
    let file = path.join("01_章/一.jigyo");
    let text = program("一")
        .replace("研修を行う。", "H A C C P の研修を行う。\n県内のH A C C P に応じる。\nH A C C P を広める。");
    write(&file, &text);
    let ran = run(&path, &["check"]).succeeds().prints_nothing();
    assert_eq!(ran.stderr().matches("[J045]").count(), 1, "{ran}");
    mend(&path).succeeds().says("一.jigyo を書き換えました（3か所）。");
    assert_eq!(fs::read_to_string(&file).unwrap(), text.replace("H A C C P", "HACCP"));
}

#[test]
fn guesses_are_left_to_a_person() {
    let (_folder, path) = on_disk();
    let file = path.join("01_章/一.jigyo");
    for (from, to) in [
        ("担当：監理課", "担当　監理課"),
        ("【事業実績】", "【事業実積】"),
        ("10名｜20名", "10名｜上"),
        ("｜10名｜20名", "ー10ー20"),
        ("参加者数｜10名｜20名", "セミナー10名ー20名"),
        ("参加者数｜10名｜20名", "十｜10名｜20名"),
        ("参加者数｜10名｜20名", "参加者数｜同上｜20名"),
        ("参加者数｜10名｜20名", "県内の参加者数｜1名｜2名\n十｜3名｜↑"),
        ("参加者数｜10名｜20名", "県内の参加者数｜1名｜2名\n・十｜3名｜4名"),
        ("参加者数｜10名｜20名", "県内の参加者数｜1名｜2名\n・十｜3名｜"),
        ("参加者数｜10名｜20名", "八｜1名｜2名\n九｜1名｜2名\n十｜3名｜4名"),
        ("参加者数｜10名｜20名", "九｜1名｜2名\n十｜3名｜"),
        ("参加者数｜10名｜20名", "参加者数｜1名｜2名\n十｜｜4名\n十一｜3名｜4名"),
    ] {
        let text = program("一").replace(from, to);
        write(&file, &text);
        let ran = mend(&path).says("自動で直せるところはありません");
        assert_eq!(ran.is_success(), !ran.stderr().contains("] エラー "), "{to}: {ran}");
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
    }
}

#[test]
fn one_file_alone_is_mended_and_the_acknowledged_is_left() {
    let (_folder, path) = on_disk();
    let text = program("一") + "修了者数｜9名｜同上\n";
    write(&path.join("01_章/一.jigyo"), &text);
    write(&path.join("01_章/二.jigyo"), &text);
    let silenced = text.replace("担当：監理課", "担当：監理課\n確認済：J026　言葉のまま");
    write(&path.join("01_章/三.jigyo"), &silenced);
    let ran = run(&path, &["check", "01_章/二.jigyo", "--fix", "--yes"]);
    ran.fails().prints_nothing().says("01_章/二.jigyo を書き換えました（1か所）。").never_says("01_章/一.jigyo を");
    assert_eq!(fs::read_to_string(path.join("01_章/一.jigyo")).unwrap(), text);
    assert_eq!(fs::read_to_string(path.join("01_章/二.jigyo")).unwrap(), text.replace("同上", "↑"));
    // There are programs of one name.
    mend(&path).fails().says("[J061]");
    assert_eq!(fs::read_to_string(path.join("01_章/三.jigyo")).unwrap(), silenced);
}

#[test]
fn a_file_that_cannot_be_written_is_said_and_the_others_go_on() {
    let (_folder, path) = on_disk();
    let text = program("一") + "修了者数｜9名｜同上\n";
    let locked = path.join("01_章/一.jigyo");
    write(&locked, &text);
    write(&path.join("01_章/二.jigyo"), text.replace("【事業】一", "【事業】二"));
    let mut permissions = fs::metadata(&locked).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&locked, permissions).unwrap();
    let ran = mend(&path).refuses();
    let ran = ran.says("01_章/一.jigyo は書き換えませんでした。書き込みが禁止されています。");
    ran.says("01_章/二.jigyo を書き換えました（1か所）。");
    assert_eq!(fs::read_to_string(&locked).unwrap(), text);
    let names = fs::read_dir(path.join("01_章")).unwrap().count();
    assert_eq!(names, 3, "something was left beside the files");
}

#[test]
fn yes_alone_is_refused() {
    let (_folder, path) = on_disk();
    run(&path, &["check", "--yes"]).refuses().prints_nothing().says("--fixがありません。");
}
