//! 図表: how long the bars are that the PDF draws, beside the figures that they stand for.

use jigyo::load::Memory;
use lopdf::Document;
use lopdf::content::Content;
use serde_json::Value;

use crate::form_tables::view_of;
use crate::tools::{build_memory, program, small_report};

/// Of this year's bars in `official`
const FILL: f32 = 0.45;

/// The widths of what a PDF fills with the grey of this year's bars, in points and in the order in which they are drawn.
fn bars(pdf: &[u8]) -> Vec<f64> {
    let document = Document::load_mem(pdf).unwrap();
    let mut widths = Vec::new();
    for page in document.get_pages().into_values() {
        let content = Content::decode(&document.get_page_content(page)).unwrap();
        let (mut color, mut xs) = (1.0_f32, Vec::<f64>::new());
        for operation in &content.operations {
            let number = |at: usize| operation.operands.get(at).and_then(|operand| operand.as_float().ok());
            match operation.operator.as_str() {
                "g" | "sc" | "scn" => color = number(0).unwrap_or(1.0),
                "m" | "l" => xs.extend(number(0).map(f64::from)),
                "re" => xs.extend([0.0, f64::from(number(2).unwrap_or_default())]),
                "f" | "f*" | "B" | "B*" => {
                    let (least, greatest) = xs.iter().fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(*x), b.max(*x)));
                    if (color - FILL).abs() < 0.01 && !xs.is_empty() {
                        widths.push(greatest - least);
                    }
                    xs.clear();
                }
                "n" | "S" | "s" => xs.clear(),
                _ => {}
            }
        }
    }
    widths
}

/// The figure at a bar's end: of 1,400人 it is 1400.
fn figure(bar: &Value) -> f64 {
    let text = bar["text"].as_str().unwrap();
    text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect::<String>().parse().unwrap()
}

fn report(table: &str, more: &str) -> Memory {
    let one = program("一").replace("担当：", "図：あり\n担当：");
    let start = one.find("【指標】").unwrap();
    small_report()
        .with(
            "報告書.jigyo",
            format!("【報告書】報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n後付：図表\n{more}"),
        )
        .with("01_章/一.jigyo", format!("{}{table}", &one[..start]))
}

/// Bars of one unit are as long as their figures say, in different rows too; another unit has another measure, and the page says so.
#[test]
fn bars_of_one_unit_are_drawn_to_one_measure() {
    let table = "【指標】\n参加者数｜40名｜100名\n修了者数｜20名｜25名\n就職者数｜5名｜10名\n講座の回数｜2回｜4回\n出張講座の回数｜1回｜1回\n";
    let disk = report(table, "");
    let view = view_of(&disk);
    let charts = view["back"][0]["charts"].as_array().unwrap();
    let chart = charts.iter().find(|chart| chart["kind"] == "indicators").unwrap();
    let groups = chart["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 5);
    assert_eq!(chart["notes"][0], "棒の長さは、同じ単位のものどうしで比べられる。");
    let (_, built) = build_memory(&disk, false);
    // The first is the sample of the grey beside its year.
    let drawn = bars(&built.unwrap().pdf).split_off(1);
    assert_eq!(drawn.len(), 5, "{drawn:?}");
    let now: Vec<f64> = groups.iter().map(|group| figure(&group["bars"][1])).collect();
    for (of, whole) in [(0..3, 0), (3..5, 3)] {
        for at in of {
            let (length, share) = (drawn[at] / drawn[whole], now[at] / now[whole]);
            assert!((length - share).abs() < 0.01, "{at}: {length} {share}");
        }
    }
    let alone = "【指標】\n参加者数｜40名｜100名\n修了者数｜20名｜25名\n";
    assert_eq!(view_of(&report(alone, ""))["back"][0]["charts"][0]["notes"], Value::Array(Vec::new()));
}
