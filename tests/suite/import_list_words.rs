//! Words of a list that mean more than they say: marks for the row above, 区分 of another kind, heads of indicators. Each
//! list here is a CSV file, as a system of the office writes it.

use jigyo::import::{Imported, Words, import, read_table_text};
use jigyo::model::{Context, FiscalYear};

fn imported(lines: &[&str]) -> Imported {
    let documents = read_table_text("一覧.csv", &lines.join("\r\n"));
    let context = Context { fiscal_year: Some(FiscalYear::new(2024)), ..Context::default() };
    import(&documents, &Words::default(), &context, None)
}

/// What is printed of a program: its lines above 【メモ】 that are not empty.
fn printed(imported: &Imported, program: usize) -> String {
    let text = imported.programs[program].text.split("【メモ】").next().unwrap_or_default();
    text.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("/")
}

fn says(imported: &Imported, words: &str) -> bool {
    imported.notes.iter().any(|note| note.contains(words))
}

#[test]
fn a_mark_for_the_row_above_becomes_its_words_and_is_said() {
    let read = imported(&[
        "事業名,区分,担当課,事業費（千円）,事業概要,事業実績",
        "港の見学,新規,港湾課,100,岸壁を案内する。,5回",
        "船員の体験,〃,〃,200,同上,々",
        "灯台の公開,継続,”,300,塔に登る。,上に同じ。",
        "海図の販売,継続,観光課,400,海図を売る。,同上の品を並べた。",
    ]);
    assert!(printed(&read, 1).starts_with("【事業】船員の体験/事業費：200千円/区分：新規/担当：港湾課/"));
    assert!(printed(&read, 2).contains("担当：港湾課/"));
    // Beside a text it may mean the column before it: that is asked.
    assert!(printed(&read, 1).ends_with("【事業概要】/同上/【事業実績】/々"));
    let asked = read.programs[1].messages.iter().filter(|message| message.text.contains("が何と同じかが分かりません"));
    assert_eq!(asked.count(), 2);
    // A word within a sentence stays.
    assert!(printed(&read, 3).ends_with("/同上の品を並べた。"));
    assert!(read.programs[1].text.contains("担当課：上の行と同じ「港湾課」としました"));
    assert!(
        says(&read, "一覧.csv 3行目のB列：「〃」や「同上」の3か所に、すぐ上の行の言葉を書きました"),
        "{:?}",
        read.notes
    );
}

#[test]
fn a_mark_above_which_nothing_stands_or_for_an_amount_is_left_to_a_person() {
    let read =
        imported(&["事業名,担当課,事業費（千円）", "港の見学,〃,100", "船員の体験,港湾課,〃", "灯台の公開,観光課,300"]);
    assert!(printed(&read, 0).contains("担当：〃"));
    assert!(printed(&read, 1).contains("事業費：〃千円"));
    assert_eq!(read.total, 400);
    assert!(!says(&read, "すぐ上の行"));
}

#[test]
fn a_mark_in_the_place_of_a_name_goes_on_with_the_program() {
    let read = imported(&[
        "事業名,担当課,事業費（千円）,事業実績",
        "港の見学,港湾課,100,5回",
        "〃,〃,,雨で2回を休んだ。",
        "船員の体験,〃,200,1回",
    ]);
    assert_eq!(read.programs.len(), 2);
    assert!(
        printed(&read, 0).ends_with("担当：港湾課/【事業概要】/【事業実績】/5回/雨で2回を休んだ。"),
        "{}",
        printed(&read, 0)
    );
    assert!(printed(&read, 1).contains("担当：港湾課"));
}

#[test]
fn words_near_ours_are_asked_and_another_kind_of_division_is_said() {
    let near = imported(&[
        "事業名,区分,担当課,事業費（千円）",
        "港の見学,◎,港湾課,100",
        "船員の体験,廃止,港湾課,200",
        "灯台の公開,一部新規,観光課,300",
        "海図の販売,新規（R6）,観光課,400",
    ]);
    for (program, word) in ["◎", "廃止", "一部新規", "新規（R6）"].iter().enumerate() {
        assert!(printed(&near, program).contains(&format!("区分：{word}")));
        let asked = near.programs[program].messages.iter();
        let asked = asked.filter(|message| message.text.contains(&format!("区分「{word}」は読めません")));
        assert_eq!(asked.count(), 1);
    }
    let other = imported(&[
        "事業名,区分,担当課,事業費（千円）",
        "港の見学,自治事務,港湾課,100",
        "船員の体験,法定受託,港湾課,200",
    ]);
    assert!(!printed(&other, 0).contains("区分"));
    assert!(other.programs[1].text.contains("区分：法定受託"));
    assert!(says(&other, "一覧.csv 1行目のB列：区分の列の「自治事務」などは"), "{:?}", other.notes);
}

#[test]
fn indicators_under_two_heads_and_in_further_rows_are_those_of_their_program() {
    let read = imported(&[
        "No,事業名,担当課,事業費（千円）,活動指標,,,,成果指標,,,",
        ",,,,指標名,単位,目標,実績,指標名,単位,目標,実績",
        "1,港の見学,港湾課,100,見学の回数,回,10,12,参加者数,名,50,60",
        ",,,,案内板,枚,3,4,,,,",
        "2,船員の体験,港湾課,200,体験の回数,〃,20,21,参加者数,名,5,6",
    ]);
    let table = |rows: &str| format!("【指標】/項目名｜目標｜実績/{rows}");
    let first = table("見学の回数｜10回｜12回/参加者数｜50名｜60名/案内板｜3枚｜4枚");
    assert!(printed(&read, 0).ends_with(&first), "{}", printed(&read, 0));
    let second = table("体験の回数｜20枚｜21枚/参加者数｜5名｜6名");
    assert!(printed(&read, 1).ends_with(&second), "{}", printed(&read, 1));
    assert!(read.programs[1].text.contains("単位：上の行と同じ「枚」としました"));
}

#[test]
fn numbered_and_bracketed_heads_of_values_are_values() {
    let numbered = imported(&[
        "事業名,担当課,事業費（千円）,指標名①,目標①,実績①,指標名②,目標②,実績②",
        "港の見学,港湾課,100,見学の回数,10回,12回,参加者数,50名,60名",
        "船員の体験,観光課,200,体験の回数,20回,21回,,,",
    ]);
    let both = "項目名｜目標｜実績/見学の回数｜10回｜12回/参加者数｜50名｜60名";
    assert!(printed(&numbered, 0).ends_with(both), "{}", printed(&numbered, 0));
    let bracketed = imported(&[
        "事業名,担当課,事業費（千円）,成果指標,成果指標（目標）,成果指標（実績）",
        "港の見学,港湾課,100,参加者数,50名,60名",
        "船員の体験,観光課,200,参加者数,5名,6名",
    ]);
    assert!(printed(&bracketed, 0).ends_with("項目名｜目標｜実績/参加者数｜50名｜60名"), "{}", printed(&bracketed, 0));
    let years = imported(&[
        "事業名,担当課,事業費（千円）,指標名,R5目標,R5実績,達成率",
        "港の見学,港湾課,100,参加者数,50名,60名,120%",
        "船員の体験,観光課,200,参加者数,5名,6名,120%",
    ]);
    assert!(printed(&years, 0).contains("項目名｜R5目標｜R5実績｜達成率/"), "{}", printed(&years, 0));
}
