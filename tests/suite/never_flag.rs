//! What must never be flagged: each item of the catalogue's list, with texts that stay silent.

use jigyo::diagnostic::Severity;
use jigyo::load::Memory;
use jigyo::pipeline::check;

/// An item as the catalogue words it, and programs (rows, prose, more of the head) in which it occurs.
struct Item {
    item: &'static str,
    silent: &'static [UnreadFiles],
}

#[derive(Default)]
struct UnreadFiles {
    head: &'static str,
    title: &'static str,
    overview: &'static str,
    results: &'static str,
    rows: &'static str,
}

const fn rows(rows: &'static str) -> UnreadFiles {
    UnreadFiles { head: "", title: "", overview: "", results: "", rows }
}

const fn results(results: &'static str) -> UnreadFiles {
    UnreadFiles { head: "", title: "", overview: "", results, rows: "" }
}

const fn both(results: &'static str, rows: &'static str) -> UnreadFiles {
    UnreadFiles { head: "", title: "", overview: "", results, rows }
}

const ITEMS: &[Item] = &[
    Item {
        item: "a table number that is not in the prose, or the reverse",
        silent: &[
            both("相談会を16回開き、延べ120名が参加した。", "相談会の参加者数｜86名｜106名"),
            both("県内の3会場で開いた。", "参加者数｜86名｜86名"),
        ],
    },
    Item {
        item: "a 新規 program with values for the year before, or the reverse: 参考 only",
        silent: &[
            UnreadFiles { head: "区分：新規\n", rows: "参加者数｜86名｜106名", ..EMPTY },
            UnreadFiles { head: "区分：継続\n", rows: "参加者数｜—｜106名", ..EMPTY },
        ],
    },
    Item {
        item: "a change beyond ±50 %; one program that is half of the total",
        silent: &[
            rows("利用者数｜179名｜48名\n配布の数｜14件｜622件\n来場者数｜5,000名｜48,000名"),
            UnreadFiles { head: "", title: "とても大きい事業", ..EMPTY },
        ],
    },
    Item {
        item: "人材 and 人財",
        silent: &[both(
            "「人材育成センター」を人財育成センターと呼び、人材と人財を育てた。",
            "人財の数｜3名｜4名\n人材の数｜3名｜4名",
        )],
    },
    Item {
        item: "half- and full-width brackets",
        silent: &[results("県内(青森市、弘前市)と県外（仙台市）で開いた。対象は(高校生）である。")],
    },
    Item {
        item: "`-` beside `—`", silent: &[rows("参加者数｜-｜—\n来場者数｜－｜ー\n相談件数｜—｜3件")]
    },
    Item {
        item: "470 件 beside 402件", silent: &[rows("相談件数｜470 件｜402件\n参加者数｜４７０　名｜402名")]
    },
    Item {
        item: "法人数→法人, 企業数→社, 事業者数→社, アクセス数→件: only the six suffixes of J031 are safe",
        silent: &[rows(
            "法人数｜6法人｜7法人\n企業数｜6社｜7社\n事業者数｜6社｜7社\nアクセス数｜60件｜70件\n延べ日数｜5日｜6日\n団体数｜3組｜4組",
        )],
    },
    Item {
        item: "・ as a splitter: only when the label and all its values split into the same count",
        silent: &[rows(
            "相談会・見学会の回数・参加者数｜3回｜4回\n開催回数・参加者数｜3回・25名｜4回・30名\n開催回数・相談件数・参加者数｜3回・25名｜4回・30名",
        )],
    },
    Item {
        item: "nested （（）） or 「「」」",
        silent: &[results("（（株）を含む（県内））企業と「「就域」モデル」を作った。")],
    },
    Item {
        item: "a line that ends in ）",
        silent: &[results(
            "説明会を、青森市、弘前市及び八戸市の3会場で開いた（うち1回はオンライン）\n次の年も開くこととした。",
        )],
    },
    Item {
        item: "sentences over 100 characters",
        silent: &[results(
            "県内の企業と県外の学生が出会う場を広げるため、首都圏の大学が主催する催しに出展したほか、県内の企業が自社を紹介する動画を作って公開し、その中で働く先輩が一日の仕事の流れと住まいの選び方を語る場面を設け、見終えた学生がそのまま相談を申し込めるようにした。",
        )],
    },
    Item {
        item: "the same note in two programs",
        silent: &[both(
            "説明会を開いた。\n※感染症の影響により、中止した回がある。",
            "参加者数｜3名｜4名\n※感染症の影響により、中止した回がある。",
        )],
    },
    Item {
        item: "a future date; an older era",
        silent: &[results(
            "令和12年度までに倍にする計画を立てた。平成3年に始まり、昭和63年の会館を使った。令和9年3月1日に開く。",
        )],
    },
    Item {
        item: "calendar year beside fiscal year",
        silent: &[results(
            "令和2年度（2021年3月まで）に、令和3年1月から始めた。平成31年度と令和元年5月に続く。2020年と令和2年度を比べた。",
        )],
    },
    Item {
        item: "two rows with equal numbers",
        silent: &[rows("研修の実施者数｜17名｜12名\n研修の修了者数｜17名｜12名")],
    },
    Item {
        item: "0件 beside —", silent: &[rows("相談件数｜—｜0件\n助言件数｜0件｜—\n派遣回数｜0回｜10回")]
    },
    Item {
        item: "a name that does not end in 事業",
        silent: &[UnreadFiles { title: "高校生の就職総合支援プロジェクト", ..EMPTY }],
    },
    Item {
        item: "配布 beside 配付",
        silent: &[results("冊子を配布し、資料を配付した。「配布資料一式」と配付資料を送った。")],
    },
];

const EMPTY: UnreadFiles = rows("");

fn report_with(silent: &UnreadFiles) -> Memory {
    let or = |given: &str, usual: &str| if given.is_empty() { usual.to_string() } else { given.to_string() };
    let text = format!(
        "【事業】{}\n事業費：1,000千円\n担当：監理課\n{}\n【事業概要】\n{}\n\n【事業実績】\n{}\n\n【指標】\n{}\n",
        or(silent.title, "試みの事業"),
        silent.head,
        or(silent.overview, "試みを行う。"),
        or(silent.results, "試みを行った。"),
        or(silent.rows, "参加者数｜3名｜4名")
    );
    let second = text.replacen(&or(silent.title, "試みの事業"), "もう一つの事業", 1).replace("1,000千円", "10千円");
    Memory::new()
        .with("報告書.jigyo", "【報告書】令和2年度事業報告書\n年度：令和2年度\n発行日：令和3年9月1日\n")
        .with("01_章/章.jigyo", "【章】試みの章\n")
        .with("01_章/一.jigyo", text)
        .with("01_章/二.jigyo", second)
}

#[test]
fn what_is_right_stays_silent() {
    let mut flagged = Vec::new();
    for Item { item, silent } in ITEMS {
        for case in *silent {
            let checked = check(&report_with(case)).unwrap();
            flagged.extend(
                checked
                    .diagnostics
                    .iter()
                    .filter(|d| d.severity != Severity::Info)
                    .map(|d| format!("{item}: {} {}", d.code, d.message)),
            );
        }
    }
    assert!(flagged.is_empty(), "{}", flagged.join("\n"));
}
