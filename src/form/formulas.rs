//! The names of a list, with what each is computed from. J073 for a formula that cannot be read or leads back to itself.

use super::formula::{self, Formula};
use super::lines::Text;
use super::messages::{fault, twice};
use super::names::is_alike;
use crate::diagnostic::Diagnostics;

/// Names with what they are computed from. Rows below different rows may bear one name.
pub(super) fn with_formulas(
    entries: &[Text],
    what: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, Option<Formula>)> {
    let split: Vec<(Text, Option<Text>)> = entries.iter().map(formula::split).collect();
    let names: Vec<String> = split.iter().map(|(name, _)| name.value.clone()).collect();
    let mut found: Vec<(String, Option<Formula>)> = Vec::new();
    for (index, (name, formula)) in split.iter().enumerate() {
        let first = split.iter().take(index).find(|(first, _)| what == "列" && is_alike(&first.value, &name.value));
        if let Some((first, _)) = first {
            diagnostics.push(twice(name.span, what, &name.value, first.span));
        }
        let parsed = formula.as_ref().map(|text| read_formula((name, text), &names, what, diagnostics));
        found.push((name.value.clone(), parsed));
    }
    for index in 0..found.len() {
        if let Some(entry) = entries.get(index).filter(|_| is_circular(&found, index)) {
            diagnostics.push(fault(
                entry.span,
                format!("「{}」は、自分自身から計算することになっています。", entry.value),
                "＝の右に、計算しない名前か、ほかの計算の結果を書いてください。",
            ));
            if let Some(own) = found.get_mut(index) {
                own.1 = Some(Formula::unread());
            }
        }
    }
    found
}

fn read_formula((name, text): (&Text, &Text), names: &[String], what: &str, diagnostics: &mut Diagnostics) -> Formula {
    let read = formula::parse(text, names).and_then(|formula| {
        let is_double = |name: &&String| names.iter().filter(|other| is_alike(other, name)).count() > 1;
        match formula.terms().iter().filter_map(|place| names.get(*place)).find(is_double) {
            Some(name) => Err(format!("計算に使う「{name}」という名前が、同じ並びに2つあります。")),
            None => Ok(formula),
        }
    });
    read.unwrap_or_else(|why| {
        let name = &name.value;
        diagnostics.push(fault(
            text.span,
            why,
            format!("「{name}＝Ａ÷Ｂ」「{name}＝Ａ－Ｂ」「{name}＝Ａ＋Ｂ」の形で、{what}の名前を書いてください。"),
        ));
        Formula::unread()
    })
}

/// Whether a name is computed from itself, however far round.
fn is_circular(found: &[(String, Option<Formula>)], start: usize) -> bool {
    let formula = |index: usize| found.get(index).and_then(|(_, formula)| formula.as_ref());
    let parts = |index: usize| formula(index).map(Formula::terms).unwrap_or_default();
    let (mut waiting, mut seen) = (parts(start), Vec::new());
    while let Some(next) = waiting.pop() {
        if next == start {
            return true;
        }
        if !seen.contains(&next) {
            seen.push(next);
            waiting.extend(parts(next));
        }
    }
    false
}
