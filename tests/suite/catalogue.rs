//! Every code of the catalogue: one slip in a clean report gives that code once, at its place, and nothing else.

use std::collections::BTreeSet;

use jigyo::diagnostic::{Code, Severity};
use jigyo::load::Memory;
use jigyo::pipeline::{Checked, check};

/// What was slipped, where the message stands (`file:line`), and the files that hold the slip.
struct Slip {
    code: Code,
    place: &'static str,
    edits: &'static [Edit],
}

enum Edit {
    /// In this file, this text becomes that one.
    Replace(&'static str, &'static str, &'static str),
    /// The file is there with these bytes.
    Add(&'static str, &'static [u8]),
    Remove(&'static str),
}

use Edit::{Add, Remove, Replace};

const REPORT: &str = "報告書.jigyo";
const CHAPTER: &str = "01_人材/章.jigyo";
const PROGRAM: &str = "01_人材/就職支援事業.jigyo";
const LAST: &str = "../令和元年度/01_人材/就職支援事業.jigyo";

/// Only a failing template gives these: `page.rs` has them.
const OF_THE_TEMPLATE: &[Code] = &[Code::J080, Code::J082];

/// A report in which every rule has something to look at and nothing to say.
fn clean() -> Memory {
    Memory::new()
        .with(
            REPORT,
            "【報告書】令和2年度事業報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n前年度：../令和元年度\n台帳：台帳.csv\n用語：用語.csv\n組織：組織.csv\n\n【構成】\n01_人材\n02_産業\n",
        )
        .with("台帳.csv", "事業名,事業費（千円）,区分,担当課\n就職支援事業,\"3,344\",継続,労政課\n販路開拓事業,512,新規,商工課\n移住促進事業,80,継続,労政課\n")
        .with("用語.csv", "使わない形,正しい形,段階\n能力開発高等学校,能力開発大学校,注意\n牽引,けん引,参考\n")
        .with("組織.csv", "課名\n労政課\n商工課\n")
        .with(
            CHAPTER,
            "【章】人材の育成\n\n【取組の概要】\n次の2事業を実施した。\n\n【構成】\n就職支援事業\n移住促進事業\n再掲　販路開拓事業\n",
        )
        .with(
            PROGRAM,
            "【事業】就職支援事業\n事業費：3,344千円\n区分：継続\n担当：労政課　企画グループ\n\n【事業概要】\n若者の就職を助けるため、講座（職場見学プログラム）を開き、能力開発大学校に職員を派遣する。\n\n【事業実績】\n（１）相談会\n＋県内の3会場で開き、48名が参加した。\n（２）見学会\n＋職場見学プログラムに8校が取り組んだ。\n\n【指標】\n(1)相談会の参加者数｜58名｜48名\n　・うち県外からの参加者数｜12名｜9名\n相談件数｜105件｜130件\n専門家の派遣回数｜5,000回｜5,100回\n",
        )
        .with(
            "01_人材/移住促進事業.jigyo",
            "【事業】移住促進事業\n事業費：80千円\n担当：労政課\n\n【事業概要】\n移住の相談に応じる。\n\n【事業実績】\n移住の相談に応じた。\n\n【指標】\n相談件数｜1件｜2件\n",
        )
        .with("02_産業/章.jigyo", "【章】産業の振興\n")
        .with(
            "02_産業/販路開拓事業.jigyo",
            "【事業】販路開拓事業\n事業費：512千円\n区分：新規\n担当：商工課\n\n【事業概要】\n商品の販路を広げる。\n\n【事業実績】\n商談会を開いた。\n\n【指標】\n商談件数｜—｜20件\n",
        )
        .with("../令和元年度/報告書.jigyo", "【報告書】令和元年度事業報告書\n年度：令和元年度\n発行日：令和2年9月1日\n")
        .with("../令和元年度/01_人材/章.jigyo", "【章】人材の育成\n")
        .with(
            LAST,
            "【事業】就職支援事業\n事業費：3,210千円\n担当：労政課\n\n【事業概要】\n若者の就職を助ける。\n\n【事業実績】\n（１）相談会\n＋県内の2会場で開いた。\n\n【指標】\n(1)相談会の参加者数｜60名｜58名\n相談件数｜98件｜105件\n",
        )
}

const SLIPS: &[Slip] = &[
    Slip {
        code: Code::J001,
        place: "02_産業/新事業.jigyo:1",
        edits: &[Add("02_産業/新事業.jigyo", b"\xff\xfe\xfd\x80\x81")],
    },
    Slip {
        code: Code::J002,
        place: "01_人材/就職支援事業.jigyo:7",
        edits: &[Replace(PROGRAM, "若者の就職", "\u{F0B7}若者の就職")],
    },
    Slip {
        code: Code::J003,
        place: "01_人材/就職支援事業 - コピー.jigyo:1",
        edits: &[Add("01_人材/就職支援事業 - コピー.jigyo", "【事業】就職支援事業\n".as_bytes())],
    },
    Slip {
        code: Code::J004,
        place: "01_人材/就職支援事業.jigyo:1",
        edits: &[Replace(PROGRAM, "【事業】就職支援事業\n", "就職支援事業\n")],
    },
    Slip {
        code: Code::J005,
        place: "01_人材/就職支援事業.jigyo:8",
        edits: &[Replace(PROGRAM, "\n\n【事業実績】", "<LONG>\n\n【事業実績】")],
    },
    Slip { code: Code::J006, place: "報告書.jigyo:1", edits: &[Remove(REPORT)] },
    Slip {
        code: Code::J007,
        place: "01_人材/章2.jigyo:1",
        edits: &[Add("01_人材/章2.jigyo", "【章】もう1つの章\n".as_bytes())],
    },
    Slip {
        code: Code::J008,
        place: "02_産業/販路開拓事業.jigyo:1",
        edits: &[
            Replace("01_人材/移住促進事業.jigyo", "担当：労政課\n", "担当：労政課\nよみ：いじゅうそくしん\n"),
            Replace("02_産業/販路開拓事業.jigyo", "担当：商工課\n", "担当：商工課\nよみ：いじゅうそくしん\n"),
        ],
    },
    Slip {
        code: Code::J010,
        place: "02_産業/販路開拓事業.jigyo:1",
        edits: &[
            Replace("02_産業/販路開拓事業.jigyo", "【事業】販路開拓事業", "【事業】"),
            Replace("台帳.csv", "販路開拓事業,512,新規,商工課\n", ""),
        ],
    },
    Slip {
        code: Code::J011,
        place: "01_人材/就職支援事業.jigyo:6",
        edits: &[Replace(PROGRAM, "【事業概要】", "【事業慨要】")],
    },
    Slip {
        code: Code::J012,
        place: "01_人材/移住促進事業.jigyo:1",
        edits: &[Replace("01_人材/移住促進事業.jigyo", "【事業実績】\n移住の相談に応じた。\n", "")],
    },
    Slip {
        code: Code::J013,
        place: "01_人材/就職支援事業.jigyo:3",
        edits: &[Replace(PROGRAM, "区分：継続", "備考：継続")],
    },
    Slip {
        code: Code::J014,
        place: "01_人材/就職支援事業.jigyo:2",
        edits: &[Replace(PROGRAM, "3,344千円", "3,34l千円")],
    },
    Slip {
        code: Code::J015,
        place: "01_人材/就職支援事業.jigyo:2",
        edits: &[Replace(PROGRAM, "3,344千円", "3,344,000")],
    },
    Slip {
        code: Code::J016,
        place: "01_人材/就職支援事業.jigyo:1",
        edits: &[Replace(PROGRAM, "担当：労政課　企画グループ\n", "")],
    },
    Slip {
        code: Code::J017,
        place: "01_人材/就職支援事業.jigyo:3",
        edits: &[Replace(PROGRAM, "区分：継続", "事業費：3,344千円\n区分：継続")],
    },
    Slip {
        code: Code::J018,
        place: "01_人材/就職支援事業.jigyo:3",
        edits: &[Replace(PROGRAM, "区分：継続", "区分：けいぞく")],
    },
    Slip {
        code: Code::J019,
        place: "01_人材/就職支援事業.jigyo:3",
        edits: &[Replace(PROGRAM, "区分：継続", "区分　継続")],
    },
    Slip {
        code: Code::J020,
        place: "01_人材/就職支援事業.jigyo:18",
        edits: &[Replace(PROGRAM, "｜105件｜130件", "｜105件｜130件｜140件")],
    },
    Slip {
        code: Code::J021,
        place: "01_人材/就職支援事業.jigyo:16",
        edits: &[Replace(PROGRAM, "【指標】\n", "【指標】\n項目名｜元年度｜元年度\n")],
    },
    Slip {
        code: Code::J022,
        place: "01_人材/就職支援事業.jigyo:18",
        edits: &[Replace(PROGRAM, "相談件数｜105件", "｜105件")],
    },
    Slip {
        code: Code::J023,
        place: "01_人材/就職支援事業.jigyo:18",
        edits: &[Replace(PROGRAM, "｜105件｜130件", "｜105件｜")],
    },
    Slip {
        code: Code::J024,
        place: "01_人材/就職支援事業.jigyo:16",
        edits: &[Replace(
            PROGRAM,
            "【指標】\n(1)相談会の参加者数｜58名｜48名\n　・うち県外からの参加者数｜12名｜9名\n",
            "【指標】\n(1)相談会の参加者数｜58名｜↑\n",
        )],
    },
    Slip {
        code: Code::J025,
        place: "01_人材/就職支援事業.jigyo:18",
        edits: &[Replace(PROGRAM, "相談件数｜105件｜130件", "相談件数")],
    },
    Slip {
        code: Code::J026,
        place: "01_人材/就職支援事業.jigyo:18",
        edits: &[Replace(PROGRAM, "｜105件｜130件", "｜105件｜同上")],
    },
    Slip {
        code: Code::J027,
        place: "01_人材/就職支援事業.jigyo:8",
        edits: &[Replace(PROGRAM, "\n\n【事業実績】", "\n担当：商工課\n【事業実績】")],
    },
    Slip {
        code: Code::J028,
        place: "01_人材/就職支援事業.jigyo:4",
        edits: &[Replace(PROGRAM, "担当：労政課　企画グループ", "担当：労政課　企画グループ、商工課")],
    },
    Slip {
        code: Code::J030, place: "01_人材/就職支援事業.jigyo:18", edits: &[Replace(PROGRAM, "130件", "約百件")]
    },
    Slip {
        code: Code::J031,
        place: "01_人材/就職支援事業.jigyo:19",
        edits: &[Replace(PROGRAM, "5,000回｜5,100回", "5,000件｜5,100件")],
    },
    Slip {
        code: Code::J032,
        place: "01_人材/就職支援事業.jigyo:19",
        edits: &[Replace(PROGRAM, "専門家の派遣回数", "専門家の派遣")],
    },
    Slip {
        code: Code::J033,
        place: "01_人材/就職支援事業.jigyo:16",
        edits: &[Replace(PROGRAM, "48名が参加", "48件の参加")],
    },
    Slip {
        code: Code::J034,
        place: "01_人材/移住促進事業.jigyo:13",
        edits: &[
            Replace("01_人材/移住促進事業.jigyo", "担当：", "区分：新規\n担当："),
            Replace("台帳.csv", "移住促進事業,80,継続", "移住促進事業,80,新規"),
        ],
    },
    Slip {
        code: Code::J035,
        place: "01_人材/就職支援事業.jigyo:20",
        edits: &[Replace(PROGRAM, "5,100回\n", "5,100回\n専門家の数｜3名｜4社\n")],
    },
    Slip {
        code: Code::J036, place: "01_人材/就職支援事業.jigyo:18", edits: &[Replace(PROGRAM, "130件", "130")]
    },
    Slip {
        code: Code::J037,
        place: "01_人材/就職支援事業.jigyo:17",
        edits: &[Replace(PROGRAM, "12名｜9名", "12名｜90名")],
    },
    Slip {
        code: Code::J038,
        place: "01_人材/就職支援事業.jigyo:19",
        edits: &[Replace(PROGRAM, "5,100回", "50,000回")],
    },
    Slip {
        code: Code::J039,
        place: "01_人材/就職支援事業.jigyo:16",
        edits: &[Replace(PROGRAM, "｜58名｜", "｜85名｜")],
    },
    Slip {
        code: Code::J040, place: "01_人材/就職支援事業.jigyo:12", edits: &[Replace(PROGRAM, "（２）", "（３）")]
    },
    Slip {
        code: Code::J041,
        place: "01_人材/就職支援事業.jigyo:16",
        edits: &[Replace(PROGRAM, "(1)相談会の", "(4)相談会の"), Replace(LAST, "(1)相談会の", "(4)相談会の")],
    },
    Slip {
        code: Code::J042,
        place: "01_人材/就職支援事業.jigyo:7",
        edits: &[Replace(PROGRAM, "若者の就職", "若者（の就職")],
    },
    Slip {
        code: Code::J043,
        place: "01_人材/就職支援事業.jigyo:7",
        edits: &[Replace(PROGRAM, "を派遣する。", "を派遣し、その成果を\n広く県民に伝える。")],
    },
    Slip {
        code: Code::J044, place: "01_人材/就職支援事業.jigyo:11", edits: &[Replace(PROGRAM, "3会場", "○○会場")]
    },
    Slip {
        code: Code::J045,
        place: "01_人材/就職支援事業.jigyo:7",
        edits: &[Replace(PROGRAM, "若者の就職", "若者のU I J ターン就職")],
    },
    Slip {
        code: Code::J046, place: "01_人材/就職支援事業.jigyo:11", edits: &[Replace(PROGRAM, "3会場", "延3会場")]
    },
    Slip {
        code: Code::J047,
        place: "01_人材/就職支援事業.jigyo:7",
        edits: &[Replace(PROGRAM, "若者の就職", "ﾌﾘｰﾀｰの就職")],
    },
    Slip {
        code: Code::J048,
        place: "01_人材/就職支援事業.jigyo:18",
        edits: &[Replace(PROGRAM, "48名が参加した。", "48名が参加した。相談件数は310件であった。")],
    },
    Slip {
        code: Code::J050,
        place: "01_人材/就職支援事業.jigyo:13",
        edits: &[Replace(PROGRAM, "＋職場見学プログラム", "＋職場の見学会プログラム")],
    },
    Slip {
        code: Code::J051,
        place: "01_人材/就職支援事業.jigyo:11",
        edits: &[Replace(PROGRAM, "＋県内の", "＋今年度（令和元年度）は県内の")],
    },
    Slip {
        code: Code::J052,
        place: "01_人材/就職支援事業.jigyo:11",
        edits: &[Replace(PROGRAM, "＋県内の", "＋令和2年（2021年）に県内の")],
    },
    Slip {
        code: Code::J053,
        place: "01_人材/就職支援事業.jigyo:7",
        edits: &[Replace(PROGRAM, "能力開発大学校", "能力開発高等学校")],
    },
    Slip {
        code: Code::J054,
        place: "01_人材/就職支援事業.jigyo:7",
        edits: &[Replace(PROGRAM, "を助けるため", "を牽引するため")],
    },
    Slip {
        code: Code::J055,
        place: "報告書.jigyo:1",
        edits: &[Replace(REPORT, "【報告書】令和2年度", "【報告書】令和元年度")],
    },
    Slip {
        code: Code::J056,
        place: "01_人材/就職支援事業.jigyo:9",
        edits: &[Replace(
            LAST,
            "＋県内の2会場で開いた。",
            "＋県内の3会場で開き、48名が参加した。\n（２）見学会\n＋職場見学プログラムに8校が取り組んだ。",
        )],
    },
    Slip {
        code: Code::J060,
        place: "01_人材/章.jigyo:9",
        edits: &[Replace(CHAPTER, "移住促進事業\n", "移住促進事業\n定住促進推進費補助\n")],
    },
    Slip {
        code: Code::J061,
        place: "01_人材/移住促進事業.jigyo:1",
        edits: &[
            Replace("01_人材/移住促進事業.jigyo", "【事業】移住促進事業", "【事業】就職支援事業"),
            Replace("台帳.csv", "移住促進事業,80,継続,労政課\n", ""),
        ],
    },
    Slip {
        code: Code::J062,
        place: "01_人材/章.jigyo:9",
        edits: &[Replace(CHAPTER, "再掲　販路開拓事業", "再掲　販路開拓の事業")],
    },
    Slip {
        code: Code::J063, place: "01_人材/就職支援事業.jigyo:2", edits: &[Replace("台帳.csv", "3,344", "3,245")]
    },
    Slip {
        code: Code::J057,
        place: "01_人材/移住促進事業.jigyo:14",
        edits: &[Replace(
            "01_人材/移住促進事業.jigyo",
            "相談件数｜1件｜2件\n",
            "相談件数｜1件｜2件\n・電話の件数｜1件｜2件\n　・夜間の件数｜0件｜1件\n",
        )],
    },
    Slip {
        code: Code::J064, place: "01_人材/章.jigyo:4", edits: &[Replace(CHAPTER, "次の2事業", "次の5事業")]
    },
    Slip { code: Code::J065, place: "報告書.jigyo:6", edits: &[Remove("台帳.csv")] },
    Slip {
        code: Code::J066,
        place: "01_人材/就職支援事業.jigyo:5",
        edits: &[Replace(PROGRAM, "企画グループ\n", "企画グループ\n確認済：J031　公表済みの数え方\n")],
    },
    Slip {
        code: Code::J067,
        place: "01_人材/移住促進事業.jigyo:1",
        edits: &[Replace("01_人材/移住促進事業.jigyo", "【指標】\n相談件数｜1件｜2件\n", "")],
    },
    Slip {
        code: Code::J068, place: "報告書.jigyo:1", edits: &[Replace(REPORT, "発行日：令和3年9月1日\n", "")]
    },
    Slip {
        code: Code::J069,
        place: "報告書.jigyo:4",
        edits: &[Replace(REPORT, "発行日：令和3年9月1日", "発行日：令和2年9月1日")],
    },
    Slip {
        code: Code::J070,
        place: "01_人材/移住促進事業.jigyo:14",
        edits: &[Replace(
            "01_人材/移住促進事業.jigyo",
            "1件｜2件\n",
            "1件｜2件\n【写真】\n会場.jpg｜会場｜相談の窓口\n",
        )],
    },
    Slip {
        code: Code::J071,
        place: "01_人材/就職支援事業.jigyo:20",
        edits: &[Replace(
            PROGRAM,
            "｜5,100回\n",
            "｜5,100回\n講座の経費｜90千円｜100千円\n　・会場費｜60千円｜60千円\n　・謝金の額｜30千円｜50千円\n",
        )],
    },
    Slip {
        code: Code::J072,
        place: "01_人材/就職支援事業.jigyo:23",
        edits: &[Replace(
            PROGRAM,
            "｜5,100回\n",
            "｜5,100回\n\n【指標】\n項目名｜目標｜実績｜達成率\n参加校数｜20校｜18校｜99％\n",
        )],
    },
    Slip {
        code: Code::J073,
        place: "様式.jigyo:2",
        edits: &[Add(
            "様式.jigyo",
            "【様式】取組の記録\n紙：B4縦\n\n【見出し】\n事業概要｜文章｜必須、事業概要として\n事業実績｜文章｜必須、事業実績として\n指標｜表｜何度でも、指標として\n".as_bytes(),
        )],
    },
    Slip {
        code: Code::J083,
        place: "01_人材/就職支援事業.jigyo:21",
        edits: &[
            Add(
                "様式.jigyo",
                "【様式】取組の記録\n\n【見出し】\n事業概要｜文章｜必須、事業概要として\n事業実績｜文章｜必須、事業実績として\n指標｜表｜何度でも、指標として\n推移｜表\n\n【表】推移\n値：金額\n年度：9年前～翌年度\n列：予算額、決算額\n".as_bytes(),
            ),
            Replace(
                PROGRAM,
                "｜5,100回\n",
                "｜5,100回\n\n【推移】\n総額｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000｜900,000,000,000\n",
            ),
        ],
    },
    Slip {
        code: Code::J081,
        place: "01_人材/就職支援事業.jigyo:7",
        edits: &[Replace(PROGRAM, "若者の就職", "𠮷田町の若者の就職")],
    },
];

fn found(checked: &Checked) -> Vec<String> {
    let place = |d: &jigyo::diagnostic::Diagnostic| {
        let file = checked.files.get(d.primary.span.file);
        format!("{} {}:{}", d.code, file.path(), file.position(d.primary.span.start).line)
    };
    checked.diagnostics.iter().map(place).collect()
}

fn with_slip(edits: &[Edit]) -> Memory {
    let mut disk = clean();
    for edit in edits {
        match edit {
            Replace(path, from, to) => {
                let text = String::from_utf8(disk.get(path).unwrap().to_vec()).unwrap();
                assert!(text.contains(from), "{path} has no {from}");
                let long = "長い行".repeat(8_000);
                disk.insert(*path, text.replacen(from, &to.replace("<LONG>", &format!("\n{long}")), 1));
            }
            Add(path, bytes) => disk.insert(*path, bytes),
            Remove(path) => disk.remove(path),
        }
    }
    disk
}

#[test]
fn the_report_to_slip_in_is_clean() {
    assert_eq!(found(&check(&clean()).unwrap()), Vec::<String>::new());
}

#[test]
fn each_slip_alone_gives_its_own_code_once_at_its_place() {
    let mut wrong = Vec::new();
    for slip in SLIPS {
        let found = found(&check(&with_slip(slip.edits)).unwrap());
        let expected = format!("{} {}", slip.code, slip.place);
        if found != [expected.clone()] {
            wrong.push(format!("{expected}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_holds_the_whole_catalogue() {
    let held: BTreeSet<Code> = SLIPS.iter().map(|slip| slip.code).chain(OF_THE_TEMPLATE.iter().copied()).collect();
    assert_eq!(held, Code::ALL.iter().copied().collect());
    let severity = |code: Code| code.severity();
    assert!(SLIPS.iter().any(|slip| severity(slip.code) == Severity::Info));
}
