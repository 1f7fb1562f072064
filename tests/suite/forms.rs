//! Eight published forms as reports of their own (`tests/cases/forms`): nothing of them is lost, what is wrong is told once and at
//! its place.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jigyo::export::{Encoding, csv_files, json};
use jigyo::form::{ContentSpec, ListShape};
use jigyo::load::Memory;
use jigyo::model::SectionContent;
use jigyo::pipeline::{Checked, check};
use jigyo::rollover::make_next_year;
use jigyo::syntax::SectionKind;
use jigyo::syntax::chars::unified;

use crate::conformance::assert_conformant;
use crate::tools::{build_folder, check_folder, files_below, found, in_memory, pages_of, root, squeezed, texts_of};

/// Each form with the levels of its chapters.
const FORMS: &[(&str, usize)] = &[
    ("気仙沼市型", 3),
    ("大船渡市型", 3),
    ("長野県型", 1),
    ("三郷市型", 3),
    ("豊明市型", 3),
    ("岩手県型", 2),
    ("横浜市型", 2),
    ("加古川市型", 3),
];

fn folder(form: &str) -> PathBuf {
    root().join("tests/cases/forms").join(form)
}

/// A report with one text of one of its files replaced.
fn with_change(form: &str, ending: &str, from: &str, to: &str) -> Checked {
    let disk = in_memory(&folder(form));
    let path =
        disk.paths().find(|path| path.ends_with(ending)).unwrap_or_else(|| panic!("{form}: {ending}")).to_string();
    let text = String::from_utf8(disk.get(&path).unwrap().to_vec()).unwrap();
    assert!(text.contains(from), "{form}: {from} is not in {path}");
    check(&disk.with(path, text.replacen(from, to, 1))).unwrap()
}

fn said_by(checked: &Checked) -> String {
    checked.diagnostics.iter().map(|diagnostic| format!("{}\n", diagnostic.message)).collect()
}

#[test]
fn each_is_read_without_a_word() {
    for (form, levels) in FORMS {
        let checked = check_folder(&folder(form));
        assert_eq!(found(&checked), Vec::<String>::new(), "{form}: {}", said_by(&checked));
        assert_eq!(checked.report.printed_programs().count(), 2, "{form}");
        let deepest = checked.report.chapters.iter().map(|chapter| chapter.level + 1).max();
        assert_eq!(deepest, Some(*levels), "{form}");
        let lines = fs::read_to_string(folder(form).join("様式.jigyo")).unwrap().lines().count();
        assert!(lines <= 60, "{form}: {lines} lines");
    }
}

/// Labels and cells of the tables of the form, as they were typed.
fn typed_cells(checked: &Checked, path: &Path) -> BTreeSet<String> {
    let is_table = |kind: SectionKind| {
        checked.report.form.section(kind).is_some_and(|section| matches!(section.content, ContentSpec::Table(_)))
    };
    let tables: Vec<&str> = checked
        .report
        .form
        .sections
        .iter()
        .map(|section| section.kind)
        .filter(|kind| is_table(*kind))
        .map(SectionKind::name)
        .collect();
    let mut cells = BTreeSet::new();
    for file in files_below(path).iter().filter(|file| file.extension().is_some_and(|ending| ending == "jigyo")) {
        let text = fs::read_to_string(file).unwrap();
        let mut in_table = false;
        for line in text.lines().filter(|_| text.starts_with("【事業】")) {
            if let Some(heading) = line.strip_prefix('【') {
                in_table = tables.iter().any(|name| heading.starts_with(&format!("{name}】")));
            } else if in_table {
                let typed = line.trim_start_matches('・').split('｜').map(squeezed);
                cells.extend(typed.filter(|cell| !cell.is_empty() && cell != "↑" && cell != "—"));
            }
        }
    }
    cells
}

#[test]
fn what_was_typed_in_tables_stands_on_paper_and_in_exports() {
    for (form, _) in FORMS {
        let (checked, built) = build_folder(&folder(form), false);
        let pdf = built.unwrap_or_else(|| panic!("{form}: {}", said_by(&checked))).pdf;
        assert_conformant(form, &pdf);
        let csv = csv_files(&checked.report, Encoding::Utf8);
        let csv: String = csv.iter().map(|file| String::from_utf8(file.bytes.clone()).unwrap()).collect();
        let mut places = vec![("json", json(&checked.report)), ("csv", csv)];
        places.extend(texts_of(&pdf).map(|pages| ("paper", pages.concat())));
        let typed = typed_cells(&checked, &folder(form));
        for (place, text) in places {
            let text = unified(&text).replace("\\n", "");
            for cell in &typed {
                assert!(text.contains(&unified(cell)), "{form}: {cell} is not in {place}");
            }
        }
    }
}

/// What the form computes, by hand: the program, the row, and its values from left to right.
const COMPUTED: &[(&str, &str, &str, &[&str])] = &[
    // 450,000 + 2,601,370
    ("気仙沼市型", "島々の便り事業", "決算額", &["3,051,370"]),
    // 100+50+0+850, 100+50+870, 120+60+900, 120+60+955, 130+65+1,010, 140+70+1,050
    ("大船渡市型", "巡回検診事業", "事業費計（A）", &["1,000", "1,020", "1,080", "1,135", "1,205", "1,260"]),
    ("大船渡市型", "巡回検診事業", "トータルコスト（A+B)", &["1,400", "1,420", "1,490", "1,555", "1,635", "1,690"]),
    // 5,401,200 + 4,100,000, 5,688,310 + 4,150,000
    ("三郷市型", "移動図書館事業", "合計", &["9,501,200", "9,838,310"]),
    ("三郷市型", "読み聞かせ事業", "直接事業費", &["152,400", "149,870"]),
    // 1,000+5,000+20,000, 950+5,000+18,770, 1,000+6,000+20+21,000, 1,000+5,500+18+20,104, 1,200+6,000+20+22,000
    ("横浜市型", "街路樹の手入れ事業", "事業費", &["26,000", "24,720", "28,020", "26,622", "29,220"]),
    ("横浜市型", "街路樹の手入れ事業", "総額", &["26,000", "32,820", "28,020", "34,872", "29,220"]),
    // 18,420 + 7,302 + 900
    ("横浜市型", "街路樹の手入れ事業", "細事業の合計", &["26,622"]),
    ("加古川市型", "防災倉庫事業", "総事業費", &["8,700", "9,630", "10,480"]),
    // 1,140 of 1,200, 1,333 of 1,300
    ("加古川市型", "防災倉庫事業", "入れ替えた水の量", &["L", "1,200", "1,140", "95.0％", "1,300", "1,333", "102.5％"]),
    // 29 of 30, 31 of 32
    ("加古川市型", "防災倉庫事業", "達成率", &["", "96.7％", "96.9％"]),
    ("加古川市型", "訓練の手引き事業", "事業費", &["120", "135", "140"]),
];

#[test]
fn sums_and_rates_are_those_made_by_hand() {
    for (form, name, row, values) in COMPUTED {
        let (checked, built) = build_folder(&folder(form), false);
        let programs: Vec<_> = checked.report.printed_programs().map(|(_, program)| program).collect();
        let program = programs.iter().find(|program| program.name.as_ref().is_some_and(|own| own.value == *name));
        let tables: Vec<_> = program.unwrap_or_else(|| panic!("{form}: {name}")).tables().collect();
        let (table, own) = tables
            .iter()
            .find_map(|table| Some((table, table.rows.iter().find(|own| own.label.text() == *row)?)))
            .unwrap_or_else(|| panic!("{form}: {row}"));
        let texts: Vec<String> = (0..own.values.len())
            .map(|column| table.cell(own, column).map(|cell| cell.text()).unwrap_or_default())
            .collect();
        assert_eq!(texts, *values, "{form}: {name}, {row}");
        let Some(pages) = pages_of(&built.unwrap().pdf) else { continue };
        let line = unified(&format!("{row}{}", values.concat()));
        assert!(unified(&pages.concat()).contains(&line), "{form}: {line}");
    }
}

#[test]
fn the_amount_is_that_of_the_cell_that_the_form_names() {
    let amounts = [
        ("気仙沼市型", [3_051_370, 71_906_088]),
        ("大船渡市型", [91, 1_205]),
        ("長野県型", [1_074, 5_302]),
        ("三郷市型", [9_838_310, 769_870]),
        ("横浜市型", [1_100, 26_622]),
        ("加古川市型", [135, 7_150]),
    ];
    for (form, amounts) in amounts {
        let report = check_folder(&folder(form)).report;
        let found: Vec<_> = report.printed_programs().map(|(_, program)| program.amount).collect();
        let mut found: Vec<i64> = found.iter().filter_map(|amount| amount.map(|amount| amount.value())).collect();
        let mut amounts = amounts.to_vec();
        found.sort_unstable();
        amounts.sort_unstable();
        assert_eq!(found, amounts, "{form}");
    }
}

/// One digit wrong: form, file, what stands there, what is typed instead, the message.
const WRONG_DIGITS: &[(&str, &str, &str, &str, &str)] = &[
    // A part: its whole is told.
    ("気仙沼市型", "暮らし案内事業.jigyo", "58,432,088", "58,432,080", "J071@19:5"),
    ("横浜市型", "花の広場事業.jigyo", "｜1,140｜", "｜1,104｜", "J071@13:17"),
    ("三郷市型", "移動図書館事業.jigyo", "5,486,000", "5,468,000", "J071@17:17"),
    // A whole
    ("加古川市型", "防災倉庫事業.jigyo", "7,150", "7,510", "J071@22:11"),
    // A sum of rows, and 計
    ("大船渡市型", "健診結果相談事業.jigyo", "｜292｜", "｜229｜", "J072@25:22"),
    ("三郷市型", "読み聞かせ事業.jigyo", "769,870", "769,780", "J072@22:12"),
    ("加古川市型", "訓練の手引き事業.jigyo", "｜935｜", "｜953｜", "J072@21:10"),
    // A rate, a difference
    ("加古川市型", "訓練の手引き事業.jigyo", "300｜300｜320｜316", "300｜300｜100.0％｜320｜316｜98.3％", "J072@24:36"),
    // うち
    ("長野県型", "木の道具づくり支援事業.jigyo", "｜2,506｜", "｜5,206｜", "J037@32:15"),
    // The amount in the head
    ("気仙沼市型", "暮らし案内事業.jigyo", "担当：企画課", "担当：企画課\n事業費：71,906,080", "J071@7:5"),
];

#[test]
fn a_wrong_digit_is_told_once_at_its_cell() {
    for (form, file, from, to, expected) in WRONG_DIGITS {
        let checked = with_change(form, file, from, to);
        let said: Vec<String> =
            found(&checked).iter().map(|said| said.split(' ').next().unwrap_or_default().to_string()).collect();
        assert_eq!(said, [*expected], "{form}: {to}: {}", said_by(&checked));
    }
}

const DIFFERENCE: &str = "【様式】成果
【見出し】
目的｜文章｜必須、事業概要として
予算｜表

【表】予算
値：金額
列：予算額、決算額、不用額＝予算額－決算額、うち翌年度へ
計：合計
";

#[test]
fn a_typed_difference_is_held_against_the_computed_one() {
    let report = |row: &str| {
        let program =
            format!("【事業】甲\n事業費：90\n担当：企画課\n【目的】\n道を直す。\n【予算】\n橋｜40｜40｜0\n{row}\n");
        let head = "【報告書】成果\n年度：令和6年度\n発行：見本市\n発行日：令和7年9月1日\n";
        let disk = Memory::new().with("報告書.jigyo", head).with("様式.jigyo", DIFFERENCE);
        found(&check(&disk.with("1/章.jigyo", "【章】道\n").with("1/甲.jigyo", program)).unwrap())
    };
    assert_eq!(report("道｜60｜50｜10｜0"), Vec::<String>::new());
    assert_eq!(report("道｜60｜50｜0"), Vec::<String>::new());
    assert_eq!(report("道｜60｜50｜11｜0"), ["J072@8:9 1/甲.jigyo"]);
    assert_eq!(report("道｜60｜50｜10｜0\n合計｜100｜90｜10｜1"), ["J072@9:14 1/甲.jigyo"]);
}

/// A line of a form that cannot be read: form, line, what is typed instead.
const WRONG_LINES: &[(&str, &str, &str)] = &[
    ("加古川市型", "題名の年度：翌年度", "題名の年度：来年度"),
    ("加古川市型", "題名の年度：翌年度", "題名年度：翌年度"),
    ("加古川市型", "章の番号：基本目標1、政策1、施策1", "章の番号：基本目標、政策、施策"),
    ("豊明市型", "一覧の形：表", "一覧の形：広い表"),
    ("豊明市型", "紙：A4横", "紙：A6横"),
    ("豊明市型", "番号｜番号｜必須", "番号｜通し番号｜必須"),
    ("豊明市型", "事業費｜なし", "事業費｜なし｜必要"),
    ("長野県型", "プロジェクト｜文字｜何度でも", "プロジェクト｜文字｜何度も"),
    ("長野県型", "E-mail｜文字", "E-mail"),
    ("加古川市型", "地区別｜選択：全市（標準）、東部、西部", "地区別｜選択"),
    ("加古川市型", "主担当｜課｜3層", "主担当｜課｜9層"),
    ("三郷市型", "開始年度｜年度：不明", "開始年度｜年：不明"),
    ("岩手県型", "成果指標｜表｜指標として", "成果指標｜票｜指標として"),
    ("岩手県型", "成果指標｜表｜指標として", "成果指標｜表｜指標とする"),
    ("岩手県型", "評価結果｜評価｜必須", "評価結果｜評定｜必須"),
    (
        "岩手県型",
        "今後の方向｜選択：拡充、継続（標準）、縮小、終了",
        "今後の方向｜選訳：拡充、継続（標準）、縮小、終了",
    ),
    ("横浜市型", "必要性｜文章", "必要性"),
    ("横浜市型", "細事業｜表", "細事業｜表｜｜内訳｜ほか"),
    ("横浜市型", "【表】細事業", "【表】細事業名"),
    ("横浜市型", "値：金額", "値：円"),
    ("横浜市型", "年度：前年度（予算額、決算額）", "年度：去年（予算額、決算額）"),
    ("横浜市型", "、・その他、", "、・・・その他、"),
    ("横浜市型", "計：総額", "計：事業費"),
    ("横浜市型", "計：総額", "合計：総額"),
    ("横浜市型", "事業費：当年度の事業費の決算額", "事業費：当年度の事業費の決算"),
    ("横浜市型", "事業費：当年度の事業費の決算額", "事業日：当年度の事業費の決算額"),
    (
        "大船渡市型",
        "トータルコスト（A+B)＝事業費計（A）＋人件費計（B）",
        "トータルコスト（A+B)＝事業費計（A）＋人件費（B）",
    ),
    ("大船渡市型", "年度：4年前～翌年度", "年度：4年前～今"),
    ("大船渡市型", "公共関与の妥当性｜妥当である、見直す余地がある", "公共関与の妥当性"),
    ("加古川市型", "列：目標、実績、達成率＝実績÷目標", "列：目標、実績、達成率＝実積÷目標"),
    ("加古川市型", "向き：縦", "向き：たて"),
    ("岩手県型", "必要性\n有効性\n効率性\n今後", "必要性\n有効\n効率性\n今後"),
    ("岩手県型", "事業費｜決算額\n活動内容指標", "事業費｜決算額｜千円\n活動内容指標"),
];

#[test]
fn a_line_of_a_form_that_is_wrong_is_told_once_and_the_programs_are_read() {
    for (form, from, to) in WRONG_LINES {
        let checked = with_change(form, "様式.jigyo", from, to);
        let text = fs::read_to_string(folder(form).join("様式.jigyo")).unwrap();
        let unchanged = from.lines().zip(to.lines()).take_while(|(one, other)| one == other).count();
        let line = text[..text.find(from).unwrap()].matches('\n').count() + 1 + unchanged;
        let said = found(&checked);
        assert_eq!(said.len(), 1, "{form}: {to}: {said:?}: {}", said_by(&checked));
        let (place, file) = said[0].split_once(' ').unwrap();
        assert_eq!(file, "様式.jigyo", "{form}: {to}");
        assert!(place.starts_with(&format!("J073@{line}:")), "{form}: {to}: {place}, not line {line}");
        assert_eq!(checked.report.printed_programs().count(), 2, "{form}: {to}");
    }
}

#[test]
fn a_title_of_the_year_after_is_that_of_the_year_after() {
    for (form, wrong, next) in [
        ("横浜市型", "令和6年度 事業評価書", "【報告書】令和8年度 事業評価書\n年度：令和7年度"),
        ("加古川市型", "平成30年度 事務事業評価シート", "【報告書】令和2年度 事務事業評価シート\n年度：令和元年度"),
    ] {
        let right = wrong.replace("令和6", "令和7").replace("平成30", "令和元");
        let said = found(&with_change(form, "報告書.jigyo", &right, wrong));
        assert_eq!(said, ["J055@1:6 報告書.jigyo"], "{form}");
        let checked = check_folder(&folder(form));
        let year = make_next_year(&checked.files, &checked.report, "前").unwrap();
        let head = year.files.iter().find(|file| file.path == "報告書.jigyo").unwrap();
        assert!(head.text.starts_with(next), "{}", head.text);
    }
}

/// Fields, choices and grades of each form, as they are printed.
#[test]
fn fields_choices_and_grades_are_on_paper() {
    for (form, _) in FORMS {
        let (checked, built) = build_folder(&folder(form), false);
        let Some(pages) = pages_of(&built.unwrap().pdf) else { return };
        let paper = unified(&pages.concat());
        // A wide table prints what its columns name.
        let is_wide = checked.report.form.layout.list_shape == ListShape::Wide;
        for (_, program) in checked.report.printed_programs().filter(|_| !is_wide) {
            for field in &program.fields {
                let printed = checked.report.form.field(field.name).is_some_and(|field| field.is_printed);
                let value = unified(&field.value.value);
                assert_eq!(paper.contains(&value), printed, "{form}: {}：{value}", field.name.name());
            }
            for (kind, content) in program.contents() {
                match content {
                    SectionContent::Grades(grades) => {
                        for row in &grades.rows {
                            let grade = row.grade.as_ref().map(|grade| grade.value.as_str()).unwrap_or_default();
                            let reason: String = row.reason.iter().map(|line| line.value.as_str()).collect();
                            let line = unified(&format!("{}{grade}{reason}", row.criterion.value));
                            assert!(paper.contains(&line), "{form}: {line}");
                        }
                    }
                    SectionContent::Choice(chosen) => {
                        let choice = unified(chosen.choice.as_deref().unwrap_or_default());
                        assert!(paper.contains(&choice), "{form}: 【{}】{choice}", kind.name());
                    }
                    SectionContent::Prose(_)
                    | SectionContent::Tables(_)
                    | SectionContent::Photos(_)
                    | SectionContent::Cases(_) => {}
                }
            }
        }
        for column in &checked.report.form.list.columns {
            let head = unified(&column.head).replace("当年度", "");
            assert!(paper.contains(&head), "{form}: the list's column {head}");
        }
    }
}
