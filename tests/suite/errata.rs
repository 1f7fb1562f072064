//! Changes that are one statement: another order, parts of the book, よみ and 図; and the 正誤表 by the pages of the book.

use std::fs;
use std::path::Path;

use jigyo::comparison::compare;
use jigyo::load::Memory;

use crate::diff::{FULL, changes, edited, full, lines};
use crate::run::run;
use crate::tools::{check_folder, copy_folder, root, squeezed, texts_of};

#[test]
fn a_list_in_another_order_is_one_statement() {
    let two = "01_章/二.jigyo";
    let cases = [
        (
            "01_章/章.jigyo",
            "一\n二\n三\n四\n",
            "四\n二\n三\n一\n",
            "順序の変更 事業の順：No.1　一\nNo.2　二\nNo.3　三\nNo.4　四→No.1　四\nNo.2　二\nNo.3　三\nNo.4　一",
        ),
        (
            "01_章/章.jigyo",
            "一\n二\n三\n四\n再掲　五\n",
            "再掲　五\n一\n二\n三\n四\n",
            "移動 一覧　五（再掲）：5行目→1行目",
        ),
        // A row goes with the rows under it.
        (
            two,
            "研修\n　・回数｜3回｜4回\n　・参加者数｜30名｜40名\n来場者数｜10名｜50名\n見学者数｜8名｜↑\n満足度｜80％｜90％\n",
            "来場者数｜10名｜50名\n見学者数｜8名｜↑\n満足度｜80％｜90％\n研修\n　・回数｜3回｜4回\n　・参加者数｜30名｜40名\n",
            "移動 【指標】成果　研修：1行目→4行目",
        ),
        (
            two,
            "　・回数｜3回｜4回\n　・参加者数｜30名｜40名\n",
            "　・参加者数｜30名｜40名\n　・回数｜3回｜4回\n",
            "移動 【指標】成果　研修　参加者数：3行目→2行目",
        ),
        (
            two,
            "研修\n　・回数｜3回｜4回\n　・参加者数｜30名｜40名\n来場者数｜10名｜50名\n見学者数｜8名｜↑\n満足度｜80％｜90％\n",
            "満足度｜80％｜90％\n来場者数｜10名｜50名\n見学者数｜8名｜↑\n研修\n　・回数｜3回｜4回\n　・参加者数｜30名｜40名\n",
            "順序の変更 【指標】成果　行の順：1行目　研修\n4行目　来場者数\n5行目　見学者数\n6行目　満足度→1行目　満足度\n2行目　来場者数\n3行目　見学者数\n4行目　研修",
        ),
        (
            two,
            "目標｜実績\n受講者数｜200名｜227名",
            "実績｜目標\n受講者数｜227名｜200名",
            "移動 【指標】2つ目の表　列　実績：2列目→1列目",
        ),
        (
            two,
            "（１）研修を4回行った。\n（２）冊子を配った。\n※冊子は無料である。\n",
            "（１）冊子を配った。\n※冊子は無料である。\n（２）研修を4回行った。\n",
            "移動 【事業実績】研修を4回行った。：(1)→(2)",
        ),
    ];
    for (path, from, to, expected) in cases {
        assert_eq!(lines(&changes(&full(), &edited(path, from, to))), [expected], "{from} → {to}");
    }
}

#[test]
fn chapters_in_another_order_are_one_statement() {
    let with_order = |order: &str| -> Memory {
        let head = "【報告書】令和2年度報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n\n【構成】\n";
        full().with("03_章/章.jigyo", "【章】空の章\n").with("報告書.jigyo", format!("{head}{order}"))
    };
    let found = changes(&with_order("01_章\n02_章\n03_章\n"), &with_order("03_章\n02_章\n01_章\n"));
    assert_eq!(
        lines(&found),
        ["順序の変更 章の順：①　人材の育成\n②　港の利用\n③　空の章→①　空の章\n②　港の利用\n③　人材の育成"]
    );
}

/// Tables and charts of the book follow: a chapter under another number is no other row of theirs.
#[test]
fn sums_of_a_chapter_under_another_number_are_no_change() {
    let with_order = |order: &str| {
        let head = "【報告書】令和2年度報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n前付：総括表\n後付：図表\n\n【構成】\n";
        full().with("報告書.jigyo", format!("{head}{order}"))
    };
    let found = changes(&with_order("01_章\n02_章\n"), &with_order("02_章\n01_章\n"));
    assert_eq!(lines(&found), ["移動 章の順：②港の利用→①港の利用"]);
}

/// A row in another order with other figures is the order and the figures, not rows that went and came.
#[test]
fn what_changed_in_a_reordered_list_is_said_beside_it() {
    let from = "来場者数｜10名｜50名\n見学者数｜8名｜↑\n満足度｜80％｜90％\n";
    let new = FULL.replace(from, "満足度｜80％｜91％\n来場者数｜10名｜50名\n見学者数｜8名｜↑\n");
    let found = lines(&changes(&full(), &full().with("01_章/二.jigyo", new)));
    assert_eq!(found, ["移動 【指標】成果　満足度：6行目→4行目", "変更 【指標】成果　満足度　2年度：90％→91％"]);
}

/// A copy of a sample with other words in its files.
fn with_edits(sample: &str, edits: &[(&str, &str, &str)]) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let sample = root().join("reports").join(sample);
    copy_folder(&sample, folder.path());
    for (name, from, to) in edits {
        let path = folder.path().join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{name} has no {from}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }
    (folder, sample)
}

fn lines_between(old: &Path, new: &Path) -> Vec<String> {
    let (old, new) = (check_folder(old), check_folder(new));
    lines(&compare(&old.state(), &new.state()))
}

/// What the 正誤表 says, without blanks; nothing where no text can be read back.
fn errata_text(old: &Path, new: &Path, more: &[&str]) -> Option<String> {
    let (old, place) = (old.to_str().unwrap(), new.join("正誤.pdf"));
    let arguments = [&["diff", old, ".", "--errata", "正誤.pdf"], more].concat();
    run(new, &arguments).succeeds().prints("変わったところは").says("正誤.pdf を作りました");
    Some(squeezed(&texts_of(&fs::read(place).unwrap())?.concat()))
}

const BERTHING: &str = "01_港と産業/荷役技能者育成事業.jigyo";
const CRUISE: &str = "02_観光と交流/2_クルーズ船受入環境整備事業.jigyo";

#[test]
fn parts_readings_and_charts_are_stated_with_their_pages() {
    let (folder, old) = with_edits(
        "tutorial",
        &[
            ("報告書.jigyo", "総括表、所管課別集計", "所管課別集計、総括表"),
            (BERTHING, "にやくぎのうしゃ", "かやくぎのうしゃ"),
            (CRUISE, "図：あり\n", ""),
        ],
    );
    let found = lines_between(&old, folder.path());
    assert_eq!(
        found,
        [
            "順序の変更 前付：表紙、目次、総括表、所管課別集計→表紙、目次、所管課別集計、総括表",
            "変更 よみ：にやくぎのうしゃいくせいじぎょう（索引のな行の初め）→かやくぎのうしゃいくせいじぎょう（索引のか行の初め）",
            "削除 図：指標の図→",
        ]
    );
    let Some(text) = errata_text(&old, folder.path(), &[]) else { return };
    for row in ["ii前付表紙", "44④No.2クルーズ船受入環境整備事業図指標の図（削除）", "45③No.2荷役技能者育成事業よみ"]
    {
        assert!(text.contains(row), "{row} is not in {text}");
    }
    let (folder, old) = with_edits("tutorial", &[("報告書.jigyo", "後付：図表、索引", "後付：索引")]);
    assert_eq!(lines_between(&old, folder.path()), ["変更 後付：図表、索引→索引"]);
    // A reading that leaves the index as it is changes no page.
    let (folder, old) = with_edits("tutorial", &[(BERTHING, "にやくぎのうしゃ", "にやくぎのうもの")]);
    let checked = [check_folder(&old), check_folder(folder.path())];
    let found = compare(&checked[0].state(), &checked[1].state());
    assert_eq!(found.iter().map(|change| change.on_page).collect::<Vec<_>>(), [false], "{:?}", lines(&found));
}

#[test]
fn a_page_is_named_once_in_the_order_of_the_book() {
    let (folder, old) = with_edits(
        "tutorial",
        &[
            (CRUISE, "寄港回数｜5回｜8回", "寄港回数｜5回｜9回"),
            (BERTHING, "県内4校", "県内5校"),
            (BERTHING, "｜4校", "｜5校"),
            ("01_港と産業/コンテナ航路誘致事業.jigyo", "24社であり", "25社であり"),
        ],
    );
    let Some(text) = errata_text(&old, folder.path(), &[]) else { return };
    let place = |row: &str| text.find(row).unwrap_or_else(|| panic!("{row} is not in {text}"));
    let rows = [
        place("33③No.1コンテナ航路誘致事業"),
        place("34③No.2荷役技能者育成事業【事業実績】(2)"),
        place("…③No.2荷役技能者育成事業【指標】"),
        place("④No.2クルーズ船受入環境整備事業【指標】"),
    ];
    assert!(rows.is_sorted(), "{text}");
}

#[test]
fn the_errata_have_a_date_of_their_own_or_none() {
    let (folder, old) = with_edits("tutorial", &[(BERTHING, "県内4校", "県内5校")]);
    let head = "令和6年度港湾・観光施策の実施状況（令和7年9月1日発行）";
    for (more, date) in [
        (["--date", "令和8年11月30日"].as_slice(), "令和8年11月30日"),
        (&["--date", "2026-11-30"], "令和8年11月30日"),
        (&[], ""),
    ] {
        let Some(text) = errata_text(&old, folder.path(), more) else { return };
        assert!(text.contains(&format!("{head}{date}みなと県")), "{text}");
    }
    let diff = |more: &[&str]| run(folder.path(), &[&["diff", old.to_str().unwrap(), "."], more].concat());
    diff(&["--errata", "誤.pdf", "--date", "いつか"]).refuses().prints_nothing().says("「いつか」は日付ではありません");
    assert!(!folder.path().join("誤.pdf").exists());
}

/// A grade is a letter that stands all over a program: its page is that of its criterion.
#[test]
fn grades_and_cells_of_a_wide_table_have_their_pages() {
    let program = "02_にぎわいをつくる/01_商いと観光/01_働く場を増やす/空き店舗活用補助事業.jigyo";
    let (folder, old) = with_edits("hyoka", &[(program, "有効性｜Ａ", "有効性｜Ｂ")]);
    let checked = [check_folder(&old), check_folder(folder.path())];
    let found = compare(&checked[0].state(), &checked[1].state());
    let words = found.first().and_then(|change| change.printed.first()?.words.clone());
    assert_eq!(words.as_deref(), Some("有効性A"));
    if let Some(text) = errata_text(&old, folder.path(), &[]) {
        assert!(text.contains("20基本事業2-1-1No.1空き店舗活用補助事業【評価】有効性AB"), "{text}");
    }
    let wide = "01_健やかな暮らし/01_体を動かす/介護予防教室事業.jigyo";
    let edits = [(wide, "742人", "752人"), (wide, "\nＡ\n", "\nＢ\n"), (wide, "3か所", "4か所")];
    let (folder, old) = with_edits("ichiran", &edits);
    let Some(text) = errata_text(&old, folder.path(), &[]) else { return };
    let (_, rows) = text.split_once("B56").unwrap_or_default();
    assert!(rows.starts_with("1１No.1介護予防教室事業【成果指標】"), "{text}");
}

/// A new program has no page yet: it goes into the list behind the one before it.
#[test]
fn what_is_new_has_the_page_that_it_goes_to() {
    let (folder, old) = with_edits("tutorial", &[(BERTHING, "｜4校\n", "｜4校\n　・参加学級数｜—｜9学級\n")]);
    let text = fs::read_to_string(folder.path().join(CRUISE)).unwrap();
    let text = text
        .split("【事例】")
        .next()
        .unwrap()
        .replace("クルーズ船受入環境整備", "客船案内")
        .replace("クルーズせんうけいれかんきょうせいび", "きゃくせんあんない");
    fs::write(folder.path().join("02_観光と交流/2_客船案内事業.jigyo"), text.replace("図：あり\n", "")).unwrap();
    let Some(text) = errata_text(&old, folder.path(), &[]) else { return };
    for row in [
        "34③No.2荷役技能者育成事業【指標】(2)高校生向け体験研修参加学級数（記載なし）",
        "39④No.3客船案内事業事業（記載なし）",
    ] {
        assert!(text.contains(row), "{row} is not in {text}");
    }
}
