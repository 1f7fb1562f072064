//! `report diff`: each kind of change gives its entry and no other; what prints the same is no change; the 正誤表.

use std::fs;

use jigyo::comparison::{Change, compare};
use jigyo::load::Memory;
use jigyo::pipeline::{PageNumbers, build_errata, check};

use crate::run::run;
use crate::tools::{
    check_folder, copy_folder, on_disk, pages_of, program, root, sample_reports, small_report, squeezed, texts_of,
};

pub(crate) fn changes(old: &Memory, new: &Memory) -> Vec<Change> {
    let (old, new) = (check(old).unwrap(), check(new).unwrap());
    compare(&old.state(), &new.state())
}

/// `変更 事業費：1,000千円→1,200千円`
pub(crate) fn lines(changes: &[Change]) -> Vec<String> {
    let text = |wording: &Option<jigyo::comparison::Wording>| wording.as_ref().map(jigyo::comparison::Wording::text);
    changes
        .iter()
        .map(|change| {
            let (before, after) = (text(&change.before), text(&change.after));
            let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
            format!("{} {}：{before}→{after}", change.what.name(), change.spot)
        })
        .collect()
}

/// A program with every section.
pub(crate) const FULL: &str = "【事業】二\n事業費：2,000千円\n区分：継続\n担当：監理課　第一グループ\n合計に含めない：基金のため\n\n\
【事業概要】\n高校生を対象とする研修を行う。\n\n\
【事業実績】\n次のとおりである。\n（１）研修を4回行った。\n（２）冊子を配った。\n※冊子は無料である。\n\n\
【指標】成果\n研修\n　・回数｜3回｜4回\n　・参加者数｜30名｜40名\n来場者数｜10名｜50名\n見学者数｜8名｜↑\n満足度｜80％｜90％\n※延べの数である。\n\n\
【指標】\n項目名｜目標｜実績\n受講者数｜200名｜227名\n\n\
【成果】\n参加者が増えた。\n\n【事例】見学会\n港を見学した。\n";

pub(crate) fn full() -> Memory {
    small_report()
        .with("報告書.jigyo", "【報告書】令和2年度報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n\n【構成】\n01_章\n02_章\n")
        .with("01_章/章.jigyo", "【章】人材の育成\n\n【取組の概要】\n人を育てた。\n\n【構成】\n一\n二\n三\n四\n再掲　五\n")
        .with("01_章/二.jigyo", FULL)
        .with("01_章/三.jigyo", program("三"))
        .with("01_章/四.jigyo", program("四"))
        .with("02_章/章.jigyo", "【章】港の利用\n")
        .with("02_章/五.jigyo", program("五"))
        .with("02_章/六.jigyo", program("六"))
}

pub(crate) fn edited(path: &str, from: &str, to: &str) -> Memory {
    let text = match path {
        "01_章/二.jigyo" => FULL.to_string(),
        "01_章/章.jigyo" => "【章】人材の育成\n\n【取組の概要】\n人を育てた。\n\n【構成】\n一\n二\n三\n四\n再掲　五\n".to_string(),
        "02_章/章.jigyo" => "【章】港の利用\n".to_string(),
        "報告書.jigyo" => {
            "【報告書】令和2年度報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n\n【構成】\n01_章\n02_章\n".to_string()
        }
        path => program(path.trim_start_matches("01_章/").trim_start_matches("02_章/").trim_end_matches(".jigyo")),
    };
    assert!(text.contains(from), "{path} has no {from}");
    full().with(path, text.replace(from, to))
}

#[test]
fn each_kind_of_change_gives_its_one_entry() {
    let two = "01_章/二.jigyo";
    let cases = [
        (two, "【事業】二", "【事業】二の改\n旧名称：二", "変更 事業名：二→二の改"),
        (two, "2,000", "2,100", "変更 事業費：2,000千円→2,100千円"),
        (two, "2,000千円", "—", "変更 事業費：2,000千円→—"),
        (two, "継続", "拡充", "変更 区分：継続→拡充"),
        (two, "第一", "第二", "変更 担当：監理課　第一グループ→監理課　第二グループ"),
        (two, "基金のため", "別の会計のため", "変更 合計に含めない理由：基金のため→別の会計のため"),
        (
            two,
            "高校生",
            "中学生",
            "変更 【事業概要】1段落目：高校生を対象とする研修を行う。→中学生を対象とする研修を行う。",
        ),
        (two, "研修を4回", "研修を5回", "変更 【事業実績】(1)：研修を4回行った。→研修を5回行った。"),
        (
            two,
            "（２）冊子を配った。\n",
            "（２）港を見た。\n（３）冊子を配った。\n",
            "追加 【事業実績】(2)：→(2)港を見た。",
        ),
        (two, "※冊子は無料である。\n", "", "削除 【事業実績】(2)の※：※冊子は無料である。→"),
        (two, "｜40名", "｜41名", "変更 【指標】成果　研修　参加者数　2年度：40名→41名"),
        (two, "｜↑", "｜↑\n増刷｜—｜10部", "追加 【指標】成果　増刷：→増刷｜—｜10部"),
        (two, "｜50名", "｜51名", "変更 【指標】成果　来場者数　2年度：50名→51名"),
        (two, "｜↑", "｜52名", "変更 【指標】成果　見学者数　2年度：50名→52名"),
        (two, "満足度｜80％｜90％\n", "", "削除 【指標】成果　満足度：満足度｜80％｜90％→"),
        (two, "満足度", "満足の度合い", "変更 【指標】成果　項目名：満足度→満足の度合い"),
        (two, "\n研修\n", "\n講習\n", "変更 【指標】成果　項目名：研修→講習"),
        (two, "【指標】成果", "【指標】成績", "変更 【指標】表の題：成果→成績"),
        (two, "※延べの数", "※実数", "変更 【指標】成果　注※：※延べの数である。→※実数である。"),
        (two, "目標｜", "計画｜", "変更 【指標】2つ目の表　列の見出し：目標→計画"),
        (two, "【成果】\n参加者が増えた。\n\n", "", "削除 【成果】：参加者が増えた。→"),
        (two, "見学した", "案内した", "変更 【事例】見学会　1段落目：港を見学した。→港を案内した。"),
        ("01_章/章.jigyo", "【章】人材の育成", "【章】人材の確保", "変更 章の題名：人材の育成→人材の確保"),
        ("01_章/章.jigyo", "人を育てた", "人を集めた", "変更 【取組の概要】1段落目：人を育てた。→人を集めた。"),
        ("01_章/章.jigyo", "再掲　五\n", "", "削除 一覧の再掲：五→"),
        ("01_章/章.jigyo", "再掲　五\n", "再掲　五\n再掲　六\n", "追加 一覧の再掲：→六"),
        ("01_章/章.jigyo", "三\n四\n", "四\n三\n", "移動 章とNo.：①人材の育成　No.4→①人材の育成　No.3"),
        ("02_章/章.jigyo", "利用\n", "利用\n番号：⑤\n", "変更 番号：②→⑤"),
        ("報告書.jigyo", "令和2年度報告書", "令和2年度の報告書", "変更 題名：令和2年度報告書→令和2年度の報告書"),
        ("報告書.jigyo", "9月1日", "10月1日", "変更 発行日：令和3年9月1日→令和3年10月1日"),
        ("報告書.jigyo", "青森県", "みなと県", "変更 発行：青森県→みなと県"),
    ];
    assert_eq!(crate::tools::found(&check(&full()).unwrap()), Vec::<String>::new());
    for (path, from, to, expected) in cases {
        assert_eq!(lines(&changes(&full(), &edited(path, from, to))), [expected], "{from} → {to}");
    }
}

#[test]
fn sums_follow_what_makes_them() {
    let before = full();
    let amount = changes(&before, &edited("02_章/六.jigyo", "1,000", "1,500"));
    assert_eq!(
        lines(&amount),
        [
            "変更 事業費：1,000千円→1,500千円",
            "変更 ②港の利用　小計：2,000千円→2,500千円",
            "変更 合計：5,000千円→5,500千円",
        ]
    );
    let new = before.clone().with("02_章/七.jigyo", program("七").replace("担当", "区分：新規\n担当"));
    let expected = [
        "追加 事業：→七（事業費 1,000千円）",
        "変更 ②港の利用　小計：2,000千円→3,000千円",
        "変更 合計：5,000千円→6,000千円",
        "変更 事業の数：6事業→7事業",
        "変更 新規の事業の数：0事業→1事業",
    ];
    assert_eq!(lines(&changes(&before, &new)), expected);
    let gone: Vec<String> = lines(&changes(&new, &before));
    assert_eq!(gone.first().map(String::as_str), Some("削除 事業：七（事業費 1,000千円）→"));
    assert_eq!(gone.len(), 5);
}

#[test]
fn a_program_in_another_chapter_has_moved() {
    let old = full();
    let chapter = "【章】人材の育成\n\n【取組の概要】\n人を育てた。\n\n【構成】\n一\n二\n三\n再掲　五\n";
    let mut new = full().with("01_章/章.jigyo", chapter).with("02_章/四.jigyo", program("四"));
    new.remove("01_章/四.jigyo");
    let found = changes(&old, &new);
    assert_eq!(lines(&found)[0], "移動 章とNo.：①人材の育成　No.4→②港の利用　No.3");
    assert_eq!(found.len(), 3, "{:?}", lines(&found));
}

#[test]
fn chapters_come_go_and_change_their_order() {
    let order = changes(&full(), &edited("報告書.jigyo", "01_章\n02_章", "02_章\n01_章"));
    assert_eq!(lines(&order), ["移動 章の順：②港の利用→①港の利用"]);
    let renamed = {
        let mut new = full()
            .with("報告書.jigyo", "【報告書】令和2年度報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n");
        for name in ["章", "五", "六"] {
            new.remove(&format!("02_章/{name}.jigyo"));
        }
        new.with("03_港/章.jigyo", "【章】港の利用\n")
            .with("03_港/五.jigyo", program("五"))
            .with("03_港/六.jigyo", program("六"))
    };
    assert_eq!(lines(&changes(&full(), &renamed)), Vec::<String>::new(), "only a folder was renamed");
    let more = full()
        .with("報告書.jigyo", "【報告書】令和2年度報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n")
        .with("03_章/章.jigyo", "【章】空の章\n");
    assert_eq!(lines(&changes(&full(), &more)), ["追加 章：→③空の章"]);
    assert_eq!(lines(&changes(&more, &full())), ["削除 章：③空の章→"]);
}

#[test]
fn what_prints_the_same_is_no_change() {
    let typed_otherwise = FULL
        .replace("事業費：2,000千円\n区分：継続\n", "区分: 継続\n事業費:２，０００\n")
        .replace("（１）", "(1)")
        .replace("｜", "|")
        .replace("40名", "４０ 名")
        .replace("\n【", "\n\n\n【")
        .replace("満足度|80％|90％", "満足度|80％|90％|");
    assert_ne!(typed_otherwise, FULL);
    let new = full().with("01_章/二.jigyo", typed_otherwise).with("01_章/一.jigyo", program("一").replace("10名", "—"));
    let old = full().with("01_章/一.jigyo", program("一").replace("10名", "－"));
    assert_eq!(lines(&changes(&old, &new)), Vec::<String>::new());
    // ↑ and the same value typed again read the same.
    assert_eq!(lines(&changes(&full(), &edited("01_章/二.jigyo", "｜↑", "｜50名"))), Vec::<String>::new());
}

#[test]
fn formatting_is_no_change() {
    for sample in sample_reports() {
        let folder = tempfile::tempdir().unwrap();
        copy_folder(&sample, folder.path());
        for path in crate::tools::files_below(folder.path())
            .iter()
            .filter(|path| path.extension().is_some_and(|e| e == "jigyo"))
        {
            let text = fs::read_to_string(path).unwrap();
            fs::write(
                path,
                text.replace('｜', "|").replace("（１）", "⑴").replace("\n\n", "\n\n\n").replace('：', ":"),
            )
            .unwrap();
        }
        let (old, new) = (check_folder(&sample), check_folder(folder.path()));
        assert_eq!(lines(&compare(&old.state(), &new.state())), Vec::<String>::new(), "{}", sample.display());
        run(folder.path(), &["fmt"]).succeeds().prints_nothing().says("をそろえました。");
        let ran = run(folder.path(), &["diff", sample.to_str().unwrap(), "."]).succeeds().says_nothing();
        assert_eq!(ran.stdout(), "変わったところはありません。\n");
    }
}

#[test]
fn three_figures_of_the_real_chapter() {
    let folder = tempfile::tempdir().unwrap();
    let sample = root().join("reports/aomori-r2");
    copy_folder(&sample, folder.path());
    let mut edited = 0;
    for path in crate::tools::files_below(folder.path()) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let amount = text.lines().find_map(|line| line.strip_prefix("事業費：")?.strip_suffix("千円"));
        if let (Some(amount), true) = (amount, edited < 3) {
            let value: i64 = amount.replace(',', "").parse().unwrap();
            let more = jigyo::model::format_amount(value + 1);
            fs::write(&path, text.replacen(&format!("事業費：{amount}"), &format!("事業費：{more}"), 1)).unwrap();
            edited += 1;
        }
    }
    assert_eq!(edited, 3);
    let (old, new) = (check_folder(&sample), check_folder(folder.path()));
    let found = lines(&compare(&old.state(), &new.state()));
    assert_eq!(found.iter().filter(|line| line.starts_with("変更 事業費：")).count(), 3);
    assert!(found[3].ends_with("小計：845,745千円→845,748千円"), "{found:?}");
    // 総括表 and 所管課別集計 with their totals, and the bars of 図表: of no more departments than were edited.
    let ends = |name: &str| found.iter().filter(|line| line.starts_with(&format!("変更 {name}"))).count();
    assert_eq!((ends("総括表"), ends("所管課別集計"), ends("図表")), (2, 4, 3), "{found:?}");
    assert_eq!(found.len(), 4 + 2 + 4 + 3);
}

#[test]
fn what_could_not_be_read_is_no_change() {
    let two = "01_章/二.jigyo";
    let holes = [
        (two, "2,000千円", "14億"),
        (two, "｜40名", "｜"),
        (two, "区分：継続", "区分：しんき"),
        (two, "区分：継続", "区文：新規"),
        ("報告書.jigyo", "発行日：", "発光日："),
        (two, "担当：監理課　第一グループ", "担当："),
        (two, "【成果】", "【なんだろう】"),
        (two, "高校生を対象とする研修を行う。", ""),
        ("報告書.jigyo", "令和3年9月1日", "いつか"),
        ("01_章/章.jigyo", "【章】人材の育成", "【章】"),
        (two, "【事業】二", "二"),
        ("02_章/章.jigyo", "【章】港の利用", "港の利用"),
    ];
    for (path, from, to) in holes {
        let faulty = edited(path, from, to);
        assert!(check(&faulty).unwrap().diagnostics.has_errors(), "{from} → {to} is no error");
        assert_eq!(lines(&changes(&full(), &faulty)), Vec::<String>::new(), "{from} → {to}");
        assert_eq!(lines(&changes(&faulty, &full())), Vec::<String>::new(), "{to} → {from}");
    }
}

/// A copy of the tutorial with other words in one program, and the tutorial itself.
fn edited_tutorial(from: &str, to: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let sample = root().join("reports/tutorial");
    copy_folder(&sample, folder.path());
    let path = folder.path().join("01_港と産業/コンテナ航路誘致事業.jigyo");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace(from, to)).unwrap();
    (folder, sample)
}

/// What `report diff` prints of a sample and a copy of it with other words in one program; `with_form` copies its form into both.
fn differences(sample: &str, program: &str, (from, to): (&str, &str), with_form: Option<&str>) -> String {
    let folder = tempfile::tempdir().unwrap();
    let [old, new] = ["前", "後"].map(|name| folder.path().join(name));
    for report in [&old, &new] {
        copy_folder(&root().join("reports").join(sample), report);
        if let Some(form) = with_form {
            run(report, &["form", "init", form]).succeeds().prints_nothing().says("写しを作りました");
            let head = fs::read_to_string(report.join("報告書.jigyo")).unwrap();
            fs::write(report.join("報告書.jigyo"), head.replace(&format!("様式：{form}\n"), "")).unwrap();
        }
    }
    let text = fs::read_to_string(new.join(program)).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(new.join(program), text.replace(from, to)).unwrap();
    run(folder.path(), &["diff", "前", "後"]).succeeds().says_nothing().stdout().to_string()
}

#[test]
fn sums_of_every_column_and_counts_of_grades_are_compared_whoever_owns_the_form() {
    let program = "02_にぎわいをつくる/01_商いと観光/01_働く場を増やす/空き店舗活用補助事業.jigyo";
    let amount = ("一般財源｜2,160｜2,530｜2,640｜", "一般財源｜2,160｜2,530｜2,650｜");
    let with_built_in = differences("hyoka", program, amount, None);
    for sum in ["合計", "総括表", "所管課別集計", "図表"] {
        assert!(with_built_in.contains(sum), "{sum}: {with_built_in}");
    }
    assert_eq!(differences("hyoka", program, amount, Some("事務事業評価")), with_built_in);
    let grades = differences("hyoka", program, ("必要性｜Ａ", "必要性｜Ｃ"), None);
    assert!(grades.contains("総括表　評価：必要性　"), "{grades}");
    let program = "01_子育てと教育/02_学校と生涯学習/学習用端末更新事業.jigyo";
    let budget = differences("seika", program, ("一般財源｜13,700,000", "一般財源｜13,700,100"), None);
    assert!(budget.contains("小計　予算額（円）"), "{budget}");
}

#[test]
fn errors_and_wrong_folders_are_said() {
    let (folder, sample) = edited_tutorial("｜24社", "｜");
    let ran = run(folder.path(), &["diff", sample.to_str().unwrap(), "."]).succeeds();
    assert_eq!(ran.stdout(), "変わったところはありません。\n");
    ran.says("エラーが 1 件あります。読めない箇所は比べていません。");
    for wrong in ["01_港と産業", "報告書.jigyo", "ない"] {
        run(folder.path(), &["diff", sample.to_str().unwrap(), wrong]).refuses().prints_nothing().says(wrong);
    }
}

#[test]
fn the_table_of_changes_is_written_whole() {
    let (folder, sample) = edited_tutorial("12,480千円", "12,500千円");
    let diff = |name| run(folder.path(), &["diff", sample.to_str().unwrap(), ".", "--csv", name]);
    diff("変更.csv").succeeds().prints("12,500千円").says("変更.csv を作りました。");
    let csv = fs::read_to_string(folder.path().join("変更.csv")).unwrap();
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(lines[0], "\u{FEFF}担当課,章,No.,事業名,種類,箇所,前,後,原稿,行");
    assert_eq!(
        lines[1],
        "港湾振興課,③港を生かして地域の産業を伸ばすこと,1,コンテナ航路誘致事業,変更,事業費,\"12,480千円\",\"12,500千円\",01_港と産業/コンテナ航路誘致事業.jigyo,3"
    );
    assert!(lines[2].starts_with(",,,,変更,③港を生かして地域の産業を伸ばすこと　小計,"), "{}", lines[2]);
    // A manuscript is never written over.
    diff("報告書.jigyo").refuses().prints_nothing().says("「報告書.jigyo」は原稿の名前です。");
    assert!(fs::read_to_string(folder.path().join("報告書.jigyo")).unwrap().starts_with("【報告書】"));
}

/// The tutorial with changes of every kind that a page shows, as folders of the old and the new state.
fn changed_tutorial() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&root().join("reports/tutorial"), folder.path());
    let edit = |name: &str, from: &str, to: &str| {
        let path = folder.path().join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{name} has no {from}");
        fs::write(path, text.replace(from, to)).unwrap();
    };
    edit("報告書.jigyo", "令和7年9月1日", "令和7年10月1日");
    edit("01_港と産業/章.jigyo", "船舶の大型化", "船舶の超大型化");
    edit("01_港と産業/コンテナ航路誘致事業.jigyo", "12,480千円", "12,500千円");
    edit("01_港と産業/荷役技能者育成事業.jigyo", "県内4校", "県内5校");
    edit("01_港と産業/荷役技能者育成事業.jigyo", "｜4校", "｜5校");
    edit(
        "02_観光と交流/1_海辺の体験観光推進事業.jigyo",
        "【指標】",
        "【成果】\n\\#set text(red) \u{1F600}が上がった。\n\n【指標】",
    );
    let long = format!("{}\n", "欄が頁をまたぐほどの長い文である。".repeat(120));
    edit("02_観光と交流/2_クルーズ船受入環境整備事業.jigyo", "【事業実績】\n", &format!("【事業実績】\n{long}"));
    fs::remove_file(folder.path().join("02_観光と交流/3_姉妹港青少年交流事業.jigyo")).unwrap();
    (folder, root().join("reports/tutorial"))
}

fn errata(old: &std::path::Path, new: &std::path::Path) -> (Vec<u8>, PageNumbers) {
    let (mut old, mut new) = (check_folder(old), check_folder(new));
    let changes = compare(&old.state(), &new.state());
    let built = build_errata(&mut old, &mut new, &changes, None, None).expect("the 正誤表 is set");
    (built.pdf, built.numbers)
}

#[test]
fn the_errata_keep_the_standards_and_their_bytes() {
    let (folder, old) = changed_tutorial();
    let (pdf, numbers) = errata(&old, folder.path());
    assert_eq!(numbers, PageNumbers::Official);
    crate::conformance::assert_conformant("正誤表", &pdf);
    assert!(errata(&old, folder.path()).0 == pdf, "two runs differ");
}

#[test]
fn the_errata_name_the_printed_pages() {
    let (folder, old) = changed_tutorial();
    let (pdf, _) = errata(&old, folder.path());
    let Some(pages) = texts_of(&pdf) else { return };
    let text = squeezed(&pages.concat());
    for expected in [
        "正誤表（案）令和6年度港湾・観光施策の実施状況（令和7年9月1日発行）みなと県",
        "頁箇所誤正",
        // In the list of the chapter, and at the head of the program.
        "③No.1コンテナ航路誘致事業事業費（33頁にも）12,480千円12,500千円",
        "③No.2荷役技能者育成事業【指標】(2)高校生向け体験研修参加校数6年度4校5校",
        "【成果】（記載なし）\\#settext(red)〓が上がった。",
        "④No.3姉妹港青少年交流事業事業（42頁にも）",
        "③港を生かして地域の産業を伸ばすこと小計",
    ] {
        assert!(text.contains(expected), "{expected} is not in {text}");
    }
    assert!(pages.iter().skip(1).any(|page| squeezed(page).starts_with("頁箇所誤正")), "the head is repeated");
    // What no page of the report shows is no erratum.
    assert!(!text.contains("発行日") && !text.contains("10月1日"));
}

/// The page numbers that the errata give are those of the pages where the things stand.
#[test]
fn the_pages_of_the_errata_are_true() {
    let (folder, old) = changed_tutorial();
    let (_, built) = crate::tools::build_folder(&old, false);
    let (Some(printed), Some(found)) = (pages_of(&built.unwrap().pdf), texts_of(&errata(&old, folder.path()).0)) else {
        return;
    };
    let first: usize = 31;
    // A cover and two pages of front matter have numbers of their own.
    let page_with =
        |words: &str| first + printed.iter().skip(3).position(|page| squeezed(page).contains(words)).unwrap();
    let text = squeezed(&found.concat());
    for (words, spot) in [
        ("船舶の大型化", "③港を生かして地域の産業を伸ばすこと【取組の概要】1段落目"),
        ("県内4校の生徒", "③No.2荷役技能者育成事業【事業実績】(2)"),
    ] {
        let row = format!("{}{spot}", page_with(words));
        assert!(text.contains(&row), "{row} is not in {text}");
    }
}

#[test]
fn errata_of_a_faulty_state_and_of_no_change() {
    let (folder, sample) = changed_tutorial();
    let faulty = tempfile::tempdir().unwrap();
    copy_folder(&sample, faulty.path());
    let path = faulty.path().join("01_港と産業/コンテナ航路誘致事業.jigyo");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("｜24社", "｜")).unwrap();
    let (pdf, numbers) = errata(faulty.path(), folder.path());
    assert_eq!(numbers, PageNumbers::Draft);
    crate::conformance::assert_conformant("正誤表 of a draft", &pdf);
    let arguments = ["diff", sample.to_str().unwrap(), sample.to_str().unwrap(), "--errata", "正誤表.pdf"];
    run(folder.path(), &arguments).succeeds().prints("変わったところはありません。").says("正誤表");
    assert!(!folder.path().join("正誤表.pdf").exists(), "nothing to set");
    let ran = run(folder.path(), &["diff", faulty.path().to_str().unwrap(), ".", "--errata", "正誤表.pdf"]);
    ran.succeeds().prints("コンテナ航路誘致事業").says("下書きの頁です");
    assert!(fs::read(folder.path().join("正誤表.pdf")).unwrap().starts_with(b"%PDF"));
    // It is no 体裁.
    assert!(jigyo::typeset::Template::built_in("errata").is_none());
}

#[test]
fn lines_of_the_text_fit_a_terminal() {
    let (folder, old) = changed_tutorial();
    let path = folder.path().join("01_港と産業/水産加工品販路開拓事業.jigyo");
    let text = fs::read_to_string(&path).unwrap();
    let address = format!("https://example.invalid/{}", "a/".repeat(200));
    fs::write(&path, text.replace("【事業実績】\n", &format!("【事業実績】\n{address}\n"))).unwrap();
    for color in ["never", "always"] {
        let ran = run(folder.path(), &["diff", old.to_str().unwrap(), ".", "--color", color]).succeeds();
        let ran = ran.says("エラーが 1 件あります。読めない箇所は比べていません。");
        assert_eq!(ran.stdout().contains("\u{1b}[31m"), color == "always");
        let plain = ran
            .stdout()
            .replace("\u{1b}[31m", "")
            .replace("\u{1b}[32m", "")
            .replace("\u{1b}[1m", "")
            .replace("\u{1b}[0m", "");
        for line in plain.lines() {
            assert!(jigyo::diagnostic::display_width(line) <= 80, "{line}");
        }
        assert!(plain.contains("［―4―］校の生徒") && plain.contains("［＋5＋］校の生徒"), "{plain}");
    }
}

#[test]
fn whatever_the_states_there_is_no_panic() {
    let samples = crate::tools::sample_texts();
    let mut random = fastrand::Rng::with_seed(20_210_901);
    for round in 0..3_000 {
        let text = &samples[random.usize(0..samples.len())].1;
        let (one, other) = (
            crate::properties::in_report(text),
            crate::properties::in_report(&crate::mangle::mutate(text, &mut random)),
        );
        let (one, other) = if round % 2 == 0 { (one, other) } else { (other, one) };
        let (one, other) = (check(&one).unwrap(), check(&other).unwrap());
        let found = compare(&one.state(), &other.state());
        jigyo::comparison::to_text(&found, "課", round % 3 == 0);
        jigyo::comparison::to_csv(&found, "課");
        assert!(compare(&other.state(), &other.state()).is_empty());
    }
}

#[test]
fn nothing_that_somebody_else_wrote_is_replaced() {
    let (_folder, report_folder) = on_disk();
    let ledger = "事業名,事業費\n一,1000\n";
    fs::write(report_folder.join("台帳.csv"), ledger).unwrap();
    fs::write(report_folder.join("図.pdf"), "no PDF of ours").unwrap();
    let same = "変わったところはありません。";
    for (arguments, printed, said) in [
        (["diff", ".", ".", "--csv", "台帳.csv"].as_slice(), same, "台帳.csv"),
        (&["diff", ".", ".", "--csv", "a.csv", "--errata", "a.csv"], "", "別の名前を書いてください"),
        (&["build", "-o", "台帳.csv"], "", "台帳.csv"),
        (&["build", "-o", "図.pdf"], "", "図.pdf"),
        (&["build", "--only", "監理課", "-o", "台帳.csv"], "", "台帳.csv"),
        (&["status", "--csv", "台帳.csv"], "担当課", "台帳.csv"),
    ] {
        let ran = run(&report_folder, arguments).refuses().prints(printed).says(said);
        assert_eq!(ran.stdout().is_empty(), printed.is_empty(), "{ran}");
    }
    assert_eq!(fs::read_to_string(report_folder.join("台帳.csv")).unwrap(), ledger);
    assert_eq!(fs::read_to_string(report_folder.join("図.pdf")).unwrap(), "no PDF of ours");
    // What an earlier run wrote is written anew.
    for _ in 0..2 {
        run(&report_folder, &["diff", ".", ".", "--csv", "変更.csv"]).succeeds().prints(same).says("変更.csv");
        run(&report_folder, &["build", "-o", "a.pdf"]).succeeds().prints_nothing().says("a.pdf を作りました");
    }
}

/// An amount and a name stand in many places of a book: the errata names each with its page.
#[test]
fn what_the_parts_repeat_is_in_the_errata_too() {
    let (folder, sample) = edited_tutorial("12,480千円", "12,500千円");
    let path = folder.path().join("01_港と産業/荷役技能者育成事業.jigyo");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("【事業】荷役技能者育成事業", "【事業】荷役の担い手育成事業")).unwrap();
    let ran = run(folder.path(), &["diff", sample.to_str().unwrap(), ".", "--errata", "正誤.pdf"]);
    ran.succeeds().prints("12,500千円").says("正誤.pdf");
    let Some(pages) = texts_of(&fs::read(folder.path().join("正誤.pdf")).unwrap()) else { return };
    let text = squeezed(&pages.concat());
    for row in [
        // The contents first, then the list, its own page, the index
        "i③No.2荷役技能者育成事業事業名（32、34、45頁にも）",
        "ii総括表③港を生かして地域の産業を伸ばすことR6事業費（千円）45,53545,555",
        "総括表③港を生かして地域の産業を伸ばすこと構成比（%）54.154.1",
        "所管課別集計港湾振興課R6事業費（千円）19,59019,610",
        "44図表章別の事業費③港を生かして地域の産業を伸ばすこと45,53545,555",
    ] {
        if row.contains("構成比") {
            assert!(!text.contains(row), "an equal share is no change");
        } else {
            assert!(text.contains(row), "{row} is not in {text}");
        }
    }
}
