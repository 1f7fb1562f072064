//! `report new --from` with the office's own form: no figure stands under another year than its own, none is lost, and every open
//! cell is asked for.

use std::collections::BTreeMap;
use std::path::Path;

use jigyo::form::Table;
use jigyo::load::Memory;
use jigyo::model::{DeclaredColumn, DeclaredRow, Indicator, Row, SectionContent, Value};
use jigyo::pipeline::{Checked, check};
use jigyo::rollover::{NewYear, make_next_year};
use jigyo::source::FileId;

use crate::new_year::{make, read, unexpected};
use crate::tools::{check_folder, copy_folder, folders_in, root};

const HEAD: &str = "【様式】見本の様式\n題名の年度：問わない\n";
const FIELDS: &str = "【項目】\n事業費｜なし\n担当｜課｜必須\n";
const SECTIONS: &str =
    "【見出し】\n目的｜文章｜必須、事業概要として\n実績｜文章｜必須、事業実績として\n成果｜表\n【表】成果\n";
const PROGRAM: &str = "【事業】一\n担当：監理課\n\n【目的】\n研修を行う。\n\n【実績】\n研修を行った。\n\n";

fn report(form: &str, program: &str) -> Memory {
    Memory::new()
        .with("報告書.jigyo", "【報告書】報告書\n年度：令和2年度\n発行日：令和3年9月1日\n")
        .with("様式.jigyo", form)
        .with("01_章/章.jigyo", "【章】人材の育成\n")
        .with("01_章/一.jigyo", program)
}

fn next_year(disk: &Memory) -> (NewYear, Checked) {
    let checked = check(disk).unwrap();
    let made = make_next_year(&checked.files, &checked.report, "../old").unwrap();
    let next = made.files.iter().fold(Memory::new(), |disk, file| disk.with(file.path.as_str(), file.text.as_str()));
    let checked = check(&next).unwrap();
    (made, checked)
}

fn text_of<'a>(made: &'a NewYear, path: &str) -> &'a str {
    made.files.iter().find(|file| file.path == path).map_or("", |file| file.text.as_str())
}

/// What stands below 【成果】 next year, and the 【メモ】 above it; each open cell was asked for.
fn moved(table: &str, rows: &str) -> (String, String) {
    let disk = report(&format!("{HEAD}{FIELDS}{SECTIONS}{table}"), &format!("{PROGRAM}【成果】\n{rows}"));
    let (made, checked) = next_year(&disk);
    assert_open_cells_are_asked_for(&checked);
    let text = text_of(&made, "01_章/一.jigyo");
    let (before, after) = text.split_once("\n【成果】\n").unwrap_or_else(|| panic!("{text}"));
    let memo = before.split_once("【メモ】昨年度の文（令和2年度　成果）\n").map_or("", |(_, memo)| memo);
    (after.to_string(), memo.to_string())
}

#[test]
fn each_figure_goes_to_the_column_of_its_year() {
    for (table, old, new) in [
        (
            "年度：前年度、当年度\n列：目標、実績、達成率＝実績÷目標\n",
            "人｜100人｜90人｜120人｜130人\n",
            "人｜120人｜130人｜｜\n",
        ),
        // What is computed and was typed all the same is of its year too.
        (
            "年度：前年度、当年度\n列：目標、実績、達成率＝実績÷目標\n",
            "人｜100人｜90人｜90％｜120人｜130人｜108.3％\n",
            "人｜120人｜130人｜108.3％｜｜｜\n",
        ),
        // Units and remarks are of no year.
        (
            "前の列：単位\n年度：前々年度～当年度\n後の列：目標値（令和12年度）、備考\n",
            "人｜人｜100｜90｜120｜200｜速報\n回数｜回｜1｜2｜3\n",
            "人｜人｜90｜120｜｜200｜速報\n回数｜回｜2｜3｜\n",
        ),
        ("年度：当年度、前年度\n", "人｜5人｜4人\n＋｜（速報）\n", "人｜｜5人\n＋｜｜（速報）\n"),
        ("年度：前年度、当年度\n", "春の回｜1人｜2人\n夏の回｜↑｜↑\n", "春の回｜2人｜\n夏の回｜↑｜↑\n"),
        ("年度：前年度、当年度\n", "会｜1人｜2人\n＋｜｜延べ3人\n＋｜昨年\n", "会｜2人｜\n＋｜延べ3人｜\n"),
        // ・ rows, and a paste with Tabs and a head
        (
            "年度：前年度、当年度\n値：金額\n計：合計\n",
            "項目名\t元年度\t2年度\n人件費\n・正規\t10\t20\n・その他\t0\n合計\t10\t20\n",
            "項目名\t2年度\t3年度\n人件費\n・正規\t20\t\n・その他\t0\t\n合計\t20\t\n",
        ),
        // A row of words
        (
            "年度：前年度、当年度\n値：金額\n行：国、根拠\n文字の行：根拠\n",
            "国｜—\n根拠｜要綱｜条例\n",
            "国｜—\n根拠｜条例｜\n",
        ),
        (
            "前の列：単位\n年度：前年度、当年度\n列：目標、実績、達成率＝実績÷目標\n向き：縦\n",
            "来場者\n・目標｜人｜10｜20\n・実績｜人｜11｜22\n・達成率｜｜110.0％｜110.0％\n",
            "来場者\n・目標｜人｜20｜\n・実績｜人｜22｜\n・達成率｜｜110.0％｜\n",
        ),
    ] {
        let (after, memo) = moved(table, old);
        assert_eq!((after.as_str(), memo.as_str()), (new, ""), "{table}");
    }
}

#[test]
fn what_has_no_column_next_year_goes_to_the_memo() {
    for (table, old, new) in [
        (
            "列：予算額、決算額、執行率＝決算額÷予算額\n値：金額\n",
            "国｜10｜9\n県｜0\n市｜—\n",
            "国｜｜\n県｜｜\n市｜—\n",
        ),
        ("列：予算額、率＝予算額÷予算額\n", "国｜10｜100.0％\n", "国｜｜\n"),
        ("年度：なし\n列：実績\n前の列：単位\n後の列：備考\n", "人｜名｜12｜速報\n", "人｜名｜｜速報\n"),
        ("年度：当年度\n", "人｜—\n数｜3\n", "人｜\n数｜\n"),
        // 決算 goes on, 予算 of the year to come has no column.
        (
            "年度：前々年度（決算）、前年度（決算）、当年度（決算）、翌年度（予算）\n値：金額\n",
            "国｜1｜2｜3｜4\n県｜0\n",
            "国｜2｜3｜｜\n県｜0｜0｜｜\n",
        ),
        // A plan that is not called one is not what came of it.
        ("年度：前年度～翌年度\n", "人｜1｜2｜3\n", "人｜2｜｜\n"),
        (
            "年度：当年度～翌年度\n列：目標、実績\n向き：縦\n",
            "人\n・目標｜5｜6\n・実績｜4｜—\n",
            "人\n・目標｜6｜\n・実績｜｜\n",
        ),
        // Of which year the cells of a faulty row are nobody knows.
        (
            "年度：前々年度～当年度\n前の列：単位\n",
            "人｜名｜1｜2\n＋｜｜3\n回｜1｜2｜3｜4｜5\n",
            "人｜名｜｜｜\n回｜｜｜｜\n",
        ),
    ] {
        let (after, memo) = moved(table, old);
        assert_eq!(after, new, "{table}");
        assert_eq!(memo.trim_end(), old.trim_end(), "{table}");
    }
    // The budget of the year to come is that of the year.
    let table = "年度：前年度（予算、決算）、当年度（予算、決算）、翌年度（予算）\n値：金額\n計：合計\n";
    let (after, memo) = moved(table, "国｜1｜2｜3｜4｜5\n県｜0\n※5月末現在\n");
    assert_eq!(after, "国｜3｜4｜5｜｜\n県｜0｜0｜0｜｜\n");
    assert_eq!(memo, "※5月末現在\n");
}

#[test]
fn amounts_of_a_head_are_open_again() {
    let form = format!(
        "{HEAD}【項目】\n事業費｜金額｜必須｜決算額\n交付金充当額｜金額\n基金の額｜金額｜必須\n定員｜数\n担当｜課｜必須\n【章の項目】\n章の予算｜金額｜必須\n{SECTIONS}"
    );
    let amounts = "決算額：10\n交付金充当額：1,200千円\n基金の額：—\n定員：30人\n";
    let program = PROGRAM.replace("担当", &format!("{amounts}担当"));
    let disk = report(&form, &program).with("01_章/章.jigyo", "【章】人材の育成\n章の予算：500\n");
    let (made, checked) = next_year(&disk);
    let text = text_of(&made, "01_章/一.jigyo");
    assert!(text.starts_with("【事業】一\n決算額：\n交付金充当額：未記入\n基金の額：\n定員：30人\n"), "{text}");
    let memo = "【メモ】昨年度の文（令和2年度　事業）\n決算額：10\n交付金充当額：1,200千円\n基金の額：—\n\n【目的】";
    assert!(text.contains(memo), "{text}");
    let chapter = text_of(&made, "01_章/章.jigyo");
    let expected = "【章】人材の育成\n章の予算：\n\n【メモ】昨年度の文（令和2年度　章）\n章の予算：500\n";
    assert_eq!(chapter, expected);
    let open: Vec<&str> =
        checked.diagnostics.iter().filter(|found| found.is_open).map(|found| found.message.as_str()).collect();
    for field in ["決算額", "交付金充当額", "基金の額", "章の予算"] {
        assert!(open.contains(&format!("{field}が未記入です。").as_str()), "{field}: {open:?}");
    }
    // What is open already is no text of last year's.
    let again = next_year(&report(&form, text)).0;
    assert_eq!(text_of(&again, "01_章/一.jigyo").matches("交付金充当額：未記入").count(), 1);
    // An amount that a table gives is not typed again.
    let form = format!("{HEAD}{SECTIONS}値：金額\n列：決算額\n計：合計\n事業費：合計\n");
    let program = PROGRAM.replace("担当", "事業費：30\n担当") + "【成果】\n国｜30\n";
    let (made, _) = next_year(&report(&form, &program));
    let text = text_of(&made, "01_章/一.jigyo");
    assert!(
        text.starts_with("【事業】一\n担当：監理課\n\n【メモ】昨年度の文（令和2年度　事業）\n事業費：30\n"),
        "{text}"
    );
}

#[test]
fn a_chapter_is_carried_over_as_a_program_is() {
    let sections = "【章の見出し】\n施策の目標｜文章\n施策の成果｜文章｜必須、事業実績として\n施策の課題｜文章\n章の評価｜評価\n章の指標｜表\n【評価】章の評価\n進みぐあい｜順調、遅れ\n【表】章の指標\n前の列：単位\n年度：前年度、当年度\n列：目標、実績\n";
    let form = format!("{HEAD}{FIELDS}{SECTIONS}{sections}");
    let chapter = "【章】人材の育成\n\n【施策の目標】\n人を育てる。\n\n【施策の成果】\n人が育った。\n\n【施策の課題】\n場所がない。\n\n【章の評価】\n進みぐあい｜順調｜人が増えた。\n\n【章の指標】\n人｜名｜1｜2｜3｜4\n";
    let disk = report(&form, PROGRAM).with("01_章/章.jigyo", chapter);
    let (made, checked) = next_year(&disk);
    assert_open_cells_are_asked_for(&checked);
    let memo = |name: &str, old: &str| format!("【メモ】昨年度の文（令和2年度　{name}）\n{old}\n\n");
    let expected = format!(
        "【章】人材の育成\n\n【施策の目標】\n人を育てる。\n\n{}【施策の成果】\n\n{}【施策の課題】\n未記入\n\n{}【章の評価】\n進みぐあい｜\n\n【章の指標】\n人｜名｜3｜4｜｜\n",
        memo("施策の成果", "人が育った。"),
        memo("施策の課題", "場所がない。"),
        memo("章の評価", "進みぐあい｜順調｜人が増えた。"),
    );
    assert_eq!(text_of(&made, "01_章/章.jigyo"), expected);
    assert_eq!(made.kept, Vec::<String>::new());
    // A form that does not say what is written anew leaves everything, and it is said.
    let form = form.replace("｜必須、事業実績として\n施策の課題", "\n施策の課題");
    let (made, _) = next_year(&report(&form, PROGRAM).with("01_章/章.jigyo", chapter));
    assert_eq!(made.kept, ["章の【施策の目標】", "章の【施策の成果】", "章の【施策の課題】"]);
    assert!(text_of(&made, "01_章/章.jigyo").contains("【施策の成果】\n人が育った。\n"));
}

/// A cell by what it says and where: file, section, rows above it and itself, year, column.
type Place = (String, String, String, Option<i32>, String);

/// The figures that somebody typed into the tables that the form declares.
fn figures(checked: &Checked, year: i32) -> BTreeMap<Place, (String, bool)> {
    let mut found = BTreeMap::new();
    for_each_table(checked, &mut |file, section, table| {
        let path = checked.files.get(file).path();
        for (index, row) in table.rows.iter().enumerate() {
            for (column, value) in row.values.iter().enumerate() {
                let Value::Own(cell) = value else { continue };
                let Some((own, name, stood)) = meaning(table, row, column) else { continue };
                if !cell.text().contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)) {
                    continue;
                }
                let rows = format!("{index} {}", row.label.text());
                let place = (path.to_string(), section.to_string(), rows, own.map(|own| year + own), name);
                found.insert(place, (cell.text(), stood));
            }
        }
    });
    found
}

fn for_each_table(checked: &Checked, tell: &mut dyn FnMut(FileId, &str, &Indicator)) {
    for chapter in &checked.report.chapters {
        let of_programs = chapter
            .programs
            .iter()
            .flat_map(|program| program.contents().map(move |(kind, content)| (program.file, kind, content)));
        let own = chapter.head.contents().map(|(kind, content)| (chapter.head.file, kind, content));
        for (file, kind, content) in own.chain(of_programs) {
            let SectionContent::Tables(tables) = content else { continue };
            tables.iter().filter(|table| table.declared.is_some()).for_each(|table| tell(file, kind.name(), table));
        }
    }
}

/// Year, column, and whether the report before had it too; nothing for text.
fn meaning(table: &Indicator, row: &Row, column: usize) -> Option<(Option<i32>, String, bool)> {
    let declared = table.declared.as_ref()?;
    let DeclaredColumn::Value(value) = declared.columns.get(column)? else { return None };
    let own: &Table = &declared.table;
    let name = |place: usize| own.columns[place].name.clone();
    let name = match row.declared {
        Some(DeclaredRow::Column(place)) => name(place),
        _ => value.column.map(name).unwrap_or_default(),
    };
    let is_before = |year: i32| {
        declared.columns.iter().any(|other| {
        matches!(other, DeclaredColumn::Value(other) if other.year == Some(year + 1) && other.column == value.column)
    })
    };
    Some((value.year, name, value.year.is_some_and(|year| year < 0 && is_before(year))))
}

/// Each row with a hole is named by a message about what is open.
fn assert_open_cells_are_asked_for(checked: &Checked) {
    for_each_table(checked, &mut |file, section, table| {
        let text = |span| checked.files.get(file).slice(span);
        for (index, row) in table.rows.iter().enumerate() {
            let is_open = |(column, value): (usize, &Value)| {
                matches!(value, Value::Hole(span) if text(*span) != "↑") && table.computed(index, column).is_none()
            };
            if row.is_written || !row.values.iter().enumerate().any(is_open) {
                continue;
            }
            let asked = checked.diagnostics.iter().any(|found| found.is_open && found.primary.span == row.span);
            assert!(asked, "{} {section} {}", checked.files.get(file).path(), row.label.text());
        }
    });
}

/// The lines of all 【メモ】 of a text.
fn memos(text: &str) -> String {
    let mut in_memo = false;
    let mut found = String::new();
    for line in text.lines() {
        if line.starts_with('【') {
            in_memo = line.starts_with("【メモ】");
        }
        if in_memo {
            found.push_str(line);
            found.push('\n');
        }
    }
    found
}

fn assert_no_figure_is_lost_or_moved(report: &Path) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    copy_folder(report, &old);
    make(folder.path(), "old", "new");
    let (before, after) = (check_folder(&old), check_folder(&new));
    assert_eq!(unexpected(&after), Vec::<String>::new(), "{}", report.display());
    assert_open_cells_are_asked_for(&after);
    let year = before.report.head.as_ref().and_then(|head| head.fiscal_year).unwrap().year();
    let (was, is) = (figures(&before, year), figures(&after, year + 1));
    for (place, (text, _)) in &is {
        assert_eq!(was.get(place).map(|(text, _)| text), Some(text), "{}: {place:?}", report.display());
        assert!(place.3.is_some(), "{}: {place:?}", report.display());
    }
    for (place, (text, stood)) in &was {
        let path = new.join(&place.0);
        // A program that has ended is not carried over.
        if is.contains_key(place) || *stood || !path.exists() {
            continue;
        }
        assert!(memos(&read(&path)).contains(text.as_str()), "{}: {place:?} {text}", report.display());
    }
    is.len()
}

#[test]
fn no_figure_of_any_form_stands_under_another_year_or_is_lost() {
    let samples = ["seika", "hyoka", "ichiran"].map(|name| root().join("reports").join(name));
    let forms = folders_in(&root().join("tests/cases/forms"));
    let moved: usize = forms.iter().chain(&samples).map(|report| assert_no_figure_is_lost_or_moved(report)).sum();
    assert!(moved > 150, "{moved}");
}

#[test]
fn the_two_tables_of_the_form_for_results_are_carried_over_and_said() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&root().join("reports/seika"), &folder.path().join("old"));
    let said = make(folder.path(), "old", "new");
    let text = read(&folder.path().join("new/01_子育てと教育/01_子育て支援/こども医療費助成事業.jigyo"));
    for part in [
        "【メモ】昨年度の文（令和6年度　予算の執行状況）\n国庫支出金｜—\n県支出金｜58,000,000｜56,731,200\n",
        "\n【予算の執行状況】\n国庫支出金｜—\n県支出金｜｜\n地方債｜—\nその他｜｜\n一般財源｜｜\n",
        "\n【成果指標】\n現物給付による助成の割合｜85.0％｜84.6％｜92.0％｜93.1％｜｜\n",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(said.contains("昨年のまま残しました") && said.contains("  章の【施策の概要】\n"), "{said}");
}
