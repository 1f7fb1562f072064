//! 【評価】: `観点｜Ａ、Ｂ、Ｃ`.

use super::choices::{Choices, read_choices};
use super::lines::without_marks;
use super::lines::{Row, Text};
use super::messages::{fault, twice};
use super::names::is_alike;
use super::repaired::repaired_grades;
use crate::diagnostic::Diagnostics;
use crate::syntax::chars::without_blanks;

/// What is graded, and the grades.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    pub name: String,
    pub choices: Choices,
}

pub(super) fn read_grades(rows: &[Row], diagnostics: &mut Diagnostics) -> Vec<Criterion> {
    let mut found: Vec<(Text, Criterion)> = Vec::new();
    for row in without_marks(rows, diagnostics) {
        let row = &repaired_grades(&row, diagnostics);
        let Some(name) = row.cell(0) else { continue };
        if let Some((first, _)) = found.iter().find(|(first, _)| is_alike(&first.value, &name.value)) {
            diagnostics.push(twice(name.span, "観点", &name.value, first.span));
            continue;
        }
        let choices = read_row(row, name, diagnostics);
        found.push((name.clone(), Criterion { name: name.value.clone(), choices }));
    }
    found.into_iter().map(|(_, criterion)| criterion).collect()
}

/// The grades of a row. One that asks for words, or that is written as a row of 【見出し】, is told with what to write instead.
fn read_row(row: &Row, name: &Text, diagnostics: &mut Diagnostics) -> Choices {
    let name = name.value.as_str();
    let typed = row.cell(1);
    if let Some(kind) = typed.filter(|cell| matches!(without_blanks(&cell.value).as_str(), "文章" | "文字" | "表"))
    {
        diagnostics.push(fault(
            kind.span,
            format!("観点「{name}」に、選べる言葉がありません。【評価】の右には、付ける評価を並べます。"),
            format!("文の欄なら、この行を消して【見出し】に「{name}｜文章」と書いてください。評価なら「{name}｜Ａ、Ｂ、Ｃ」です。"),
        ));
        return Choices::default();
    }
    let kind = ["選択：", "選択:"];
    let listed = typed.and_then(|cell| kind.iter().find_map(|kind| Some((cell, cell.value.strip_prefix(kind)?))));
    if let Some((cell, words)) = listed {
        diagnostics.push(fault(
            cell.span,
            format!("観点「{name}」の行に「選択：」は要りません。"),
            format!("「{name}｜{words}」と書いてください。"),
        ));
        let words = Text::new(words.to_string(), cell.stretch(cell.value.len() - words.len()..cell.value.len()));
        return read_choices(Some(&words), "", &mut Diagnostics::new());
    }
    let choices = read_choices(typed, &format!("{name}｜"), diagnostics);
    if choices.list.is_empty() || row.cells.len() > 2 {
        diagnostics.push(fault(
            row.span,
            format!("観点「{name}」の行は「観点｜選択」の形になっていません。"),
            format!("「{name}｜Ａ、Ｂ、Ｃ」のように書いてください。"),
        ));
    }
    choices
}
