//! 【評価】: `観点｜Ａ、Ｂ、Ｃ`.

use super::choices::{Choices, read_choices};
use super::lines::{Row, Text};
use super::messages::{fault, twice};
use super::names::is_alike;
use crate::diagnostic::Diagnostics;

/// What is graded, and the grades.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    pub name: String,
    pub choices: Choices,
}

pub(super) fn read_grades(rows: &[Row], diagnostics: &mut Diagnostics) -> Vec<Criterion> {
    let mut found: Vec<(Text, Criterion)> = Vec::new();
    for row in rows {
        let Some(name) = row.cell(0) else { continue };
        if let Some((first, _)) = found.iter().find(|(first, _)| is_alike(&first.value, &name.value)) {
            diagnostics.push(twice(name.span, "観点", &name.value, first.span));
            continue;
        }
        let typed: Vec<Text> = row.cell(1).cloned().into_iter().collect();
        let choices = read_choices(&typed, diagnostics);
        if choices.list.is_empty() || row.cells.len() > 2 {
            diagnostics.push(fault(
                row.span,
                format!("観点「{}」の行は「観点｜選択」の形になっていません。", name.value),
                format!("「{}｜Ａ、Ｂ、Ｃ」のように書いてください。", name.value),
            ));
        }
        found.push((name.clone(), Criterion { name: name.value.clone(), choices }));
    }
    found.into_iter().map(|(_, criterion)| criterion).collect()
}
