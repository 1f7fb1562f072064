//! Whole files: kinds of line, messages, spans.

use super::*;
use crate::source::Files;

fn parse_text(text: &str) -> (Files, Ast, Vec<String>) {
    let mut files = Files::new();
    let id = files.add("a.jigyo", text);
    let mut diagnostics = Diagnostics::new();
    let ast = parse(files.get(id), &Vocabulary::standard(), &mut diagnostics);
    let codes = diagnostics
        .iter()
        .map(|d| format!("{}@{}", d.code, files.get(id).position(d.primary.span.start).line))
        .collect();
    (files, ast, codes)
}

#[test]
fn the_example_of_the_language_is_read_without_a_message() {
    let text = "【事業】風力発電関連業担い手育成事業\n事業費：3,344千円\n区分：新規\n\n【事業概要】\n説明会を行う。\n\n【事業実績】\n（１）見送った。\n※注\n\n【指標】\n体験研修\n　・開催回数｜6回｜7回\n";
    let (files, ast, codes) = parse_text(text);
    assert_eq!(codes, Vec::<String>::new());
    assert_eq!(ast.kind, Some(FileKind::Program));
    let kinds: Vec<_> = ast.sections.iter().filter_map(|section| section.kind).map(SectionKind::name).collect();
    assert_eq!(kinds, ["事業", "事業概要", "事業実績", "指標"]);
    let head = ast.head().expect("has a head");
    assert_eq!(files.slice(head.rest), "風力発電関連業担い手育成事業");
    assert!(
        matches!(head.lines[0].kind, LineKind::Field { name: FieldName::Amount, value } if files.slice(value) == "3,344千円")
    );
}

#[test]
fn every_fault_is_said_once_at_its_line() {
    let text = "まえがき\n【事業】あ\n事業比：1\n事業費 3\nただの文\n【構成】\nあ\n【事業慨要】\n文。\n【その他】\n担当：あ\n【事業実績】\n担当：あ課\n【事業】い\n【なに】\n";
    let (_, ast, codes) = parse_text(text);
    assert_eq!(codes, ["J013@3", "J019@4", "J019@5", "J011@6", "J011@8", "J011@10", "J027@13", "J007@14", "J019@1"]);
    assert_eq!(ast.sections_of(SectionKind::Overview).count(), 1);
}

#[test]
fn soft_breaks_of_word_continue_the_paragraph() {
    let (files, ast, _) = parse_text("【事業】あ\n【事業概要】一\u{b}二\u{2028}三\n四\n");
    let section = ast.sections_of(SectionKind::Overview).next().expect("is there");
    let texts: Vec<(&str, bool)> = section
        .lines
        .iter()
        .map(|line| (files.slice(line.span), matches!(line.kind, LineKind::Continuation { .. })))
        .collect();
    assert_eq!(texts, [("一", false), ("二", true), ("三", true), ("四", false)]);
}

#[test]
fn too_large_lines_and_tables_are_refused() {
    let (_, ast, codes) = parse_text(&format!("【事業】あ\n{}\n", "あ".repeat(30_000)));
    assert!(ast.refused);
    assert_eq!(codes, ["J005@2"]);
    let (_, _, codes) = parse_text(&format!("【事業】あ\n【指標】\n{}", "名｜1名｜2名\n".repeat(20_000)));
    assert_eq!(codes, ["J005@5003"]);
    let (_, ast, codes) = parse_text(&format!("【事業】あ\n【事業概要】\n{}", "い。\n".repeat(30_000)));
    assert!(ast.refused);
    assert_eq!(codes, ["J005@30001"]);
}

#[test]
fn a_quoted_cell_of_excel_is_one_message() {
    let (_, ast, codes) = parse_text("【事業】あ\n【指標】\n参加者数\t\"R2年\n中止\"\t\"R3年\n138名\"\n次｜1名｜2名\n");
    assert_eq!(codes, ["J020@3"]);
    let section = ast.sections_of(SectionKind::Indicators).next().expect("is there");
    assert!(matches!(section.lines.last().map(|line| &line.kind), Some(LineKind::Row { .. })));
}

#[test]
fn headings_inside_tables_and_memos() {
    let (_, ast, codes) =
        parse_text("【事業】あ\n【指標】\n【R3卒】｜1名｜2名\n　【なに】\n【メモ】\n【なに】\n【事業実績】\n");
    assert_eq!(codes, Vec::<String>::new());
    assert_eq!(ast.sections.len(), 4);
}

#[test]
fn a_file_of_no_known_kind() {
    assert_eq!(parse_text("").2, ["J004@1"]);
    assert_eq!(parse_text("ただの文\n").2, ["J004@1"]);
    assert_eq!(parse_text("\n【事業概要】\n文。\n").2, ["J004@2"]);
    assert_eq!(parse_text("【事行】名\n").2, ["J011@1"]);
}
