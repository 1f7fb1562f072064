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

/// The names that ＋ parts, the shortest first name that leaves names behind it.
fn summands(text: &str, place: &impl Fn(&str) -> Option<usize>) -> Option<Vec<usize>> {
    let signs = text.char_indices().filter(|(_, c)| matches!(c, '＋' | '+'));
    let found = signs.into_iter().find_map(|(at, c)| {
        let first = place(text.get(..at)?)?;
        let rest = summands(text.get(at + c.len_utf8()..)?, place)?;
        Some(std::iter::once(first).chain(rest).collect())
    });
    found.or_else(|| Some(vec![place(text)?]))
}

impl Formula {
    /// One that could not be read: it is computed from nothing.
    pub(super) fn unread() -> Self {
        Self::Sum(Vec::new())
    }

    /// The places that it is computed from.
    pub(super) fn terms(&self) -> Vec<usize> {
        match self {
            Self::Ratio(one, other) | Self::Difference(one, other) => vec![*one, *other],
            Self::Sum(terms) => terms.clone(),
        }
    }
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
    if let Some(found) = summands(&text.value, &place).filter(|found| found.len() >= 2) {
        return Ok(Formula::Sum(found));
    }
    let unknown = parted_by(text, |c| "÷＋+－-−".contains(c)).into_iter().find(|name| place(&name.value).is_none());
    Err(unknown.map_or_else(
        || format!("「{}」の計算のしかたが分かりません。", text.value),
        |name| format!("計算に使う「{}」という名前が、同じ並びにありません。", name.value),
    ))
}
