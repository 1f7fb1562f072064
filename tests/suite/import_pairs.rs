//! Two values in one cell of a table, or behind one label: 実績（達成率） over 227名（131.5％）.

use jigyo::import::{Imported, Words, import, read_table_text, read_text};
use jigyo::model::{Context, FiscalYear};

fn context() -> Context {
    Context { fiscal_year: Some(FiscalYear::new(2020)), ..Context::default() }
}

fn from_table(rows: &[&str]) -> Imported {
    import(&read_table_text("表.csv", &rows.join("\n")), &Words::default(), &context(), None)
}

fn from_text(text: &str) -> Imported {
    import(&read_text("調書.txt", text), &Words::default(), &context(), None)
}

#[test]
fn a_column_of_two_values_becomes_two_columns() {
    let form = from_table(&[
        "事業名,港湾事業,,",
        "事業概要,港を整える。,,",
        "指標,目標,実績（達成率）,",
        "見学者数,200名,227名（113.5％）,",
        "相談件数,20件,—,",
    ]);
    let table = "項目名｜目標｜実績｜達成率\n見学者数｜200名｜227名｜113.5％\n相談件数｜20件｜—｜—\n";
    assert!(form.programs[0].text.contains(table), "{}", form.programs[0].text);
    let list = from_table(&[
        "事業名,担当課,事業概要,指標名,目標,実績（達成率）",
        "港湾事業,港湾課,港を整える。,見学者数,200名,227名（113.5％）",
        "灯台事業,港湾課,灯台を守る。,公開回数,4回,4回（100％）",
    ]);
    let table = "項目名｜目標｜実績｜達成率\n見学者数｜200名｜227名｜113.5％\n";
    assert!(list.programs[0].text.contains(table), "{}", list.programs[0].text);
    let other = from_table(&["事業名,港湾事業,", "指標,目標,実績（達成率）", "見学者数,200名,227名（延べ300名）"]);
    assert!(other.programs[0].text.contains("見学者数｜200名｜227名（延べ300名）\n"), "{}", other.programs[0].text);
}

#[test]
fn two_values_without_a_table_keep_their_head_and_are_said() {
    let head = "事業名：港湾事業\n事業概要\n港を整える。\n";
    for line in ["実績（達成率）：227名（131.5％）", "実績（達成率）　227名（131.5％）"] {
        let read = from_text(&format!("{head}{line}\n"));
        let program = &read.programs[0];
        assert!(program.text.contains("【事業実績】\n実績（達成率）：227名（131.5％）\n"), "{}", program.text);
        assert!(program.messages[0].text.starts_with("「実績（達成率）：227名（131.5％）」は文ではなく値です"));
    }
    let list = from_table(&[
        "事業名,担当課,事業概要,実績（達成率）",
        "港湾事業,港湾課,港を整える。,227名（131.5％）",
        "灯台事業,港湾課,灯台を守る。,4回公開した。",
    ]);
    let said: Vec<usize> = list.programs.iter().map(|program| program.messages.len()).collect();
    assert_eq!(said, [1, 0]);
    assert!(list.programs[1].text.contains("【事業実績】\n4回公開した。\n"), "{}", list.programs[1].text);
}

#[test]
fn what_stands_behind_the_bracket_of_a_label_is_kept() {
    let read = from_text(
        "事業名：港湾事業\n事業費（千円）3,254\n事業概要（目的）：港を10年で整える。\n事業実績（令和2年度）\n見学を行った。\n",
    );
    let text = &read.programs[0].text;
    assert!(text.contains("\n事業費：3,254千円\n") && text.contains("【事業概要】\n港を10年で整える。\n"), "{text}");
    assert!(text.contains("【事業実績】\n見学を行った。\n"), "{text}");
}
