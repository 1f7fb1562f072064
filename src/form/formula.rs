//! What a column or a row is computed from: `執行率＝決算額÷予算額`.
//!
//! ```text
//! entry    = name [ "＝" formula ]
//! formula  = name "÷" name | name "－" name | name "＋" name { "＋" name }
//! ```

use super::lines::{Text, parted_by};
use super::names::is_alike;

/// Places are those of the list that the formula stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// In ％ with one decimal, 四捨五入
    Ratio(usize, usize),
    Difference(usize, usize),
    Sum(Vec<usize>),
}

/// A name and what is written behind its ＝.
pub(super) fn split(entry: &Text) -> (Text, Option<Text>) {
    let Some(at) = entry.value.find(['＝', '=']) else { return (entry.clone(), None) };
    let width = if entry.value.get(at..).is_some_and(|rest| rest.starts_with('=')) { 1 } else { '＝'.len_utf8() };
    let part = |range: std::ops::Range<usize>| {
        let typed = entry.value.get(range.clone()).unwrap_or("");
        let body = typed.trim();
        let lead = typed.len() - typed.trim_start().len();
        Text::new(body.to_string(), entry.stretch(range.start + lead..range.start + lead + body.len()))
    };
    (part(0..at), Some(part(at + width..entry.value.len())))
}

/// The formula of a text whose names are `names`; in words what is wrong otherwise. A name may hold the signs: it is looked for
/// whole first.
pub(super) fn parse(text: &Text, names: &[String]) -> Result<Formula, String> {
    let place = |name: &str| names.iter().position(|known| is_alike(known, name.trim()));
    let two = |signs: &[char]| {
        text.value
            .char_indices()
            .filter(|(_, c)| signs.contains(c))
            .find_map(|(at, c)| Some((place(text.value.get(..at)?)?, place(text.value.get(at + c.len_utf8()..)?)?)))
    };
    if let Some((part, whole)) = two(&['÷', '／', '/']) {
        return Ok(Formula::Ratio(part, whole));
    }
    if let Some((whole, part)) = two(&['－', '-', '−', '—', '–', 'ー', '―']) {
        return Ok(Formula::Difference(whole, part));
    }
    let terms = parted_by(text, |c| matches!(c, '＋' | '+'));
    let found: Vec<usize> = terms.iter().filter_map(|term| place(&term.value)).collect();
    if terms.len() >= 2 && found.len() == terms.len() {
        return Ok(Formula::Sum(found));
    }
    let unknown = parted_by(text, |c| "÷＋+－-−".contains(c)).into_iter().find(|name| place(&name.value).is_none());
    Err(unknown.map_or_else(
        || format!("「{}」の計算のしかたが分かりません。", text.value),
        |name| format!("計算に使う「{}」という名前が、同じ並びにありません。", name.value),
    ))
}
