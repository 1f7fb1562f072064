//! The names of a list, with what each is computed from. J073 for a formula that cannot be read or leads back to itself.

use super::formula::{self, Formula, Terms};
use super::lines::Text;
use super::messages::{fault, twice};
use super::names::{is_alike, listed};
use crate::diagnostic::Diagnostics;

/// Names with what they are computed from. Rows below different rows may bear one name. `total`: 計, where a formula may name it.
pub(super) fn with_formulas(
    entries: &[Text],
    (what, total): (&str, Option<&str>),
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
        let terms = Terms { names: &names, total };
        let parsed = formula.as_ref().map(|text| read_formula((name, text), &terms, what, diagnostics));
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

/// The formula behind a name; J073 for one that cannot be read.
pub(super) fn read_formula(
    (name, text): (&Text, &Text),
    terms: &Terms<'_>,
    what: &str,
    diagnostics: &mut Diagnostics,
) -> Formula {
    let names = terms.names;
    let read = formula::parse(text, &name.value, terms).and_then(|formula| {
        let is_double = |name: &&String| names.iter().filter(|other| is_alike(other, name)).count() > 1;
        match formula.places().iter().filter_map(|place| names.get(*place)).find(is_double) {
            Some(name) => Err(format!("計算に使う「{name}」という名前が、同じ並びに2つあります。")),
            None => Ok(formula),
        }
    });
    if read.is_ok() && lacks_unit(&name.value, &text.value) {
        diagnostics.push(fault(
            text.span,
            format!("「{}」の単位が書かれていません。割り算の答えは、書かなければ％になります。", name.value),
            format!("「{}＝{}（円）」のように、後ろの（ ）に単位を書いてください。", name.value, text.value),
        ));
    }
    read.unwrap_or_else(|why| {
        diagnostics.push(fault(text.span, why, shapes(&name.value, terms, what)));
        Formula::unread()
    })
}

/// 1人当たり＝事業費÷利用者数: a quotient that is no rate by its name, and says nothing of its unit.
fn lacks_unit(name: &str, formula: &str) -> bool {
    let is_quotient = formula.contains(['÷', '／', '/']) && !formula.trim_end().ends_with(['）', ')']);
    is_quotient && ["当たり", "あたり", "単価"].iter().any(|word| name.contains(word))
}

/// How formulas are written, and with what names.
fn shapes(name: &str, terms: &Terms<'_>, what: &str) -> String {
    let shapes = format!(
        "「{name}＝Ａ÷Ｂ」「{name}＝Ａ－Ｂ」「{name}＝Ａ＋Ｂ」「{name}＝Ａ×Ｂ」の形で、{what}の名前を書いてください。"
    );
    let others: Vec<&str> = terms.names.iter().map(String::as_str).filter(|other| !is_alike(other, name)).collect();
    let total = match terms.total {
        Some(total) => format!("計の行は「Ａ÷{total}」と書きます。"),
        None => "計の行で割るには、「計：合計」の行も要ります。".to_string(),
    };
    let is_of_total = name.contains("構成比") || terms.total.is_some();
    let total = if is_of_total { total } else { String::new() };
    format!("{shapes}{}の名前は {} です。{total}", what, listed(&others))
}

/// Whether a name is computed from itself, however far round.
fn is_circular(found: &[(String, Option<Formula>)], start: usize) -> bool {
    let formula = |index: usize| found.get(index).and_then(|(_, formula)| formula.as_ref());
    let parts = |index: usize| formula(index).map(Formula::places).unwrap_or_default();
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
