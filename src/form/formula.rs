//! What a column or a row is computed from: `執行率＝決算額÷予算額`.
//!
//! ```text
//! entry    = name [ "＝" formula ]
//! formula  = quotient [ figure ] | product [ figure ] | name sign name { sign name }
//! quotient = name "÷" whole
//! whole    = name | total [ "の" name ]          total: 計, or the name that 計 has
//! product  = name "×" name
//! sign     = "＋" | "－"
//! figure   = "（" words "）"                      `figure_form`
//! ```
//! Every width and every look-alike of the signs counts. A name may be written without the （ ） behind it, or by what stands in
//! them alone: 決算額（B）, 決算額, B.

use super::figure_form::FigureForm;
use super::lines::{Text, parted_by};
use super::names::{is_alike, is_bare, last_bracket};

/// Places are those of the list that the formula stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    Ratio(Ratio),
    /// From left to right
    Sum(Vec<Summand>),
    Product(Product),
}

/// A part of a whole, or a figure for each of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratio {
    pub part: usize,
    pub whole: usize,
    /// The whole stands in the row 計.
    pub is_of_total: bool,
    pub figure: FigureForm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summand {
    pub place: usize,
    /// Behind a －
    pub is_taken_away: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    pub factors: [usize; 2],
    /// Exact where the form says nothing
    pub figure: Option<FigureForm>,
}

impl Formula {
    /// One that could not be read: it is computed from nothing.
    pub(super) fn unread() -> Self {
        Self::Sum(Vec::new())
    }

    /// The places that it is computed from.
    pub fn places(&self) -> Vec<usize> {
        match self {
            Self::Ratio(ratio) => vec![ratio.part, ratio.whole],
            Self::Sum(summands) => summands.iter().map(|summand| summand.place).collect(),
            Self::Product(product) => product.factors.to_vec(),
        }
    }
}

/// A name and what is written behind its ＝. A ＝ in （ ） belongs to the name: 差引（C＝A－B）.
pub(super) fn split(entry: &Text) -> (Text, Option<Text>) {
    let mut depth = 0_usize;
    let found = entry.value.char_indices().find(|(_, c)| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(c, '＝' | '=')
    });
    let Some((at, sign)) = found else { return (entry.clone(), None) };
    let part = |range: std::ops::Range<usize>| {
        let typed = entry.value.get(range.clone()).unwrap_or("");
        let body = typed.trim();
        let lead = typed.len() - typed.trim_start().len();
        Text::new(body.to_string(), entry.stretch(range.start + lead..range.start + lead + body.len()))
    };
    (part(0..at), Some(part(at + sign.len_utf8()..entry.value.len())))
}

/// The names that a formula may be made of.
pub(super) struct Terms<'a> {
    /// Of the list, in its order
    pub(super) names: &'a [String],
    /// 計, where the formula may name it
    pub(super) total: Option<&'a str>,
}

const DIVIDED: &[char] = &['÷', '／', '/'];
const TIMES: &[char] = &['×', '＊', '*', '✕', '✖', 'x', 'X', 'ｘ', 'Ｘ'];
const PLUS: &[char] = &['＋', '+'];
const MINUS: &[char] = &['－', '-', '−', '—', '–', 'ー', '―', '‐', '─'];
/// More than any form has: a text of signs alone is not tried in every way.
const MOST_SIGNS: usize = 24;

impl Terms<'_> {
    /// The place of a name: as it is written, by what stands in （ ） behind it, or without that, where one name alone fits.
    fn place(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        let only = |fits: &dyn Fn(&str) -> bool| {
            let mut found = (0..self.names.len()).filter(|place| self.names.get(*place).is_some_and(|name| fits(name)));
            found.next().filter(|_| found.next().is_none())
        };
        let is_letter = |known: &str| last_bracket(known).is_some_and(|(_, inside)| is_alike(inside, name));
        let exact = self.names.iter().position(|known| is_alike(known, name));
        exact.or_else(|| only(&is_letter)).or_else(|| only(&|known| is_bare(known, name)))
    }

    /// What stands below ÷, and whether it is the row 計.
    fn whole(&self, text: &str, part: usize) -> Option<(usize, bool)> {
        if let Some(place) = self.place(text) {
            return Some((place, false));
        }
        let total = self.total?;
        let is_total = |name: &str| is_alike(name, total) || matches!(name.trim(), "計" | "合計");
        if is_total(text) {
            return Some((part, true));
        }
        let mut parts =
            text.match_indices('の').filter_map(|(at, of)| Some((text.get(..at)?, text.get(at + of.len()..)?)));
        parts.find_map(|(row, column)| Some((self.place(column).filter(|_| is_total(row))?, true)))
    }

    fn quotient(&self, text: &str) -> Option<(usize, (usize, bool))> {
        sides(text, DIVIDED).find_map(|(part, whole)| {
            let part = self.place(part)?;
            Some((part, self.whole(whole, part)?))
        })
    }

    fn product(&self, text: &str) -> Option<[usize; 2]> {
        sides(text, TIMES).find_map(|(one, other)| Some([self.place(one)?, self.place(other)?]))
    }

    /// The names that ＋ and － part, the shortest first name that leaves names behind it.
    fn summands(&self, text: &str, is_taken_away: bool) -> Option<Vec<Summand>> {
        let own = |name: &str| Some(Summand { place: self.place(name)?, is_taken_away });
        let signs = text.char_indices().filter(|(_, c)| PLUS.contains(c) || MINUS.contains(c));
        let found = signs.into_iter().find_map(|(at, c)| {
            let first = own(text.get(..at)?)?;
            let rest = self.summands(text.get(at + c.len_utf8()..)?, MINUS.contains(&c))?;
            Some(std::iter::once(first).chain(rest).collect())
        });
        found.or_else(|| Some(vec![own(text)?]))
    }
}

/// Every way to part a text at one of the signs.
fn sides<'a>(text: &'a str, signs: &'a [char]) -> impl Iterator<Item = (&'a str, &'a str)> {
    let found = text.char_indices().filter(|(_, c)| signs.contains(c));
    found.filter_map(|(at, c)| Some((text.get(..at)?, text.get(at + c.len_utf8()..)?)))
}

/// The formula of a text; in words what is wrong otherwise. `name`: of what it computes. A name may hold the signs and the （ ）:
/// it is looked for whole first.
pub(super) fn parse(text: &Text, name: &str, terms: &Terms<'_>) -> Result<Formula, String> {
    let shaped =
        last_bracket(&text.value).and_then(|(body, words)| Some((body, Some(FigureForm::parse(words, name)?))));
    for (text, figure) in std::iter::once((text.value.as_str(), None)).chain(shaped) {
        if let Some((part, (whole, is_of_total))) = terms.quotient(text) {
            let figure = figure.unwrap_or_default();
            return Ok(Formula::Ratio(Ratio { part, whole, is_of_total, figure }));
        }
        if let Some(factors) = terms.product(text) {
            return Ok(Formula::Product(Product { factors, figure }));
        }
    }
    let signs = text.value.matches(|c| PLUS.contains(&c) || MINUS.contains(&c)).count();
    let summands = (signs <= MOST_SIGNS).then(|| terms.summands(&text.value, false)).flatten();
    if let Some(found) = summands.filter(|found| found.len() >= 2) {
        return Ok(Formula::Sum(found));
    }
    Err(no_figure(text, name, terms).unwrap_or_else(|| why_not(text, name, terms)))
}

/// A formula behind which （ ） hold what is neither a unit nor decimals.
fn no_figure(text: &Text, name: &str, terms: &Terms<'_>) -> Option<String> {
    let (body, words) = last_bracket(&text.value)?;
    let is_letter = words.trim().chars().count() <= 1;
    let is_formula = terms.quotient(body).is_some() || terms.product(body).is_some();
    (is_formula && (!is_letter || words.trim() == "割") && FigureForm::parse(words, name).is_none()).then(|| {
        format!("計算の後の「（{words}）」が読めません。「（小数1桁）」「（整数）」「（円）」のように書きます。端数はいつも四捨五入します。")
    })
}

fn why_not(text: &Text, name: &str, terms: &Terms<'_>) -> String {
    let named = parted_by(text, |_, c| {
        [DIVIDED, PLUS, MINUS, &['×', '＊', '*', '✕', '✖']].iter().any(|signs| signs.contains(&c))
    });
    let unknown = named.iter().find(|named| terms.place(&named.value).is_none());
    let has = |signs: &[char]| text.value.contains(signs);
    let is_mixed = (has(DIVIDED) || has(&['×', '＊', '*'])) && (has(PLUS) || has(&['－', '−']));
    if is_mixed && unknown.is_none_or(|unknown| unknown.value.contains([PLUS, MINUS].concat().as_slice())) {
        return format!(
            "「{}」は、1つの式で2とおりに計算しています。先に計算する列や行を別に作ってください。",
            text.value
        );
    }
    match unknown {
        Some(unknown) if named.len() > 1 && matches!(unknown.value.as_str(), "計" | "合計") => {
            format!("「{name}」の計算に使う「{}」の行が、この表にありません。", unknown.value)
        }
        Some(unknown) if named.len() > 1 => {
            format!("計算に使う「{}」という名前が、同じ並びにありません。", unknown.value)
        }
        Some(_) | None => format!("「{}」の計算のしかたが分かりません。", text.value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Files, Span};

    fn read(text: &str, names: &[&str]) -> Result<Formula, String> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_string()).collect();
        let mut files = Files::new();
        let id = files.add("様式.jigyo", text);
        let text = Text::new(text.to_string(), Span::new(id, 0..text.len()));
        parse(&text, "率", &Terms { names: &names, total: Some("総計") })
    }

    fn sum(text: &str, names: &[&str]) -> Vec<(usize, bool)> {
        match read(text, names) {
            Ok(Formula::Sum(summands)) => {
                summands.iter().map(|summand| (summand.place, summand.is_taken_away)).collect()
            }
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn plus_and_minus_go_on() {
        let names = ["収入", "繰入", "支出", "Ａ－Ｂ"];
        assert_eq!(sum("収入＋繰入－支出", &names), [(0, false), (1, false), (2, true)]);
        assert_eq!(sum("収入-支出-繰入", &names), [(0, false), (2, true), (1, true)]);
        assert_eq!(sum("収入－Ａ－Ｂ", &names), [(0, false), (3, true)]);
        assert!(read("収入＋", &names).is_err() && read("収入", &names).is_err());
        for mixed in ["収入＋繰入÷支出", "（収入＋繰入）÷支出"] {
            assert!(read(mixed, &names).is_err_and(|why| why.contains("2とおり")), "{mixed}");
        }
    }

    #[test]
    fn letters_in_brackets_are_names() {
        let names = ["予算額（A）", "決算額（B）", "執行率（B/A）"];
        let ratio = |text| match read(text, &names) {
            Ok(Formula::Ratio(ratio)) => (ratio.part, ratio.whole),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(ratio("B÷A"), (1, 0));
        assert_eq!(ratio("決算額÷予算額"), (1, 0));
        assert_eq!(ratio("決算額（Ｂ）／予算額(A)"), (1, 0));
        assert!(read("C÷A", &names).is_err());
        assert!(read("額÷A", &["額（A）", "額（B）"]).is_err());
    }

    #[test]
    fn the_whole_may_be_the_total() {
        let names = ["予算額", "決算額"];
        for (text, whole) in
            [("決算額÷総計", 1), ("決算額÷計", 1), ("決算額÷総計の決算額", 1), ("決算額÷計の予算額", 0)]
        {
            let Ok(Formula::Ratio(ratio)) = read(text, &names) else { panic!("{text}") };
            assert_eq!((ratio.part, ratio.whole, ratio.is_of_total), (1, whole, true), "{text}");
        }
    }

    #[test]
    fn a_figure_stands_behind_the_names() {
        let names = ["事業費", "利用者数（人）", "人工"];
        let Ok(Formula::Ratio(ratio)) = read("事業費÷利用者数（円）", &names) else { panic!() };
        assert_eq!((ratio.whole, ratio.figure.unit.as_str(), ratio.figure.decimals), (1, "円", 0));
        let Ok(Formula::Ratio(ratio)) = read("事業費÷利用者数（人）", &names) else { panic!() };
        assert_eq!(ratio.figure, FigureForm::default());
        let Ok(Formula::Product(product)) = read("人工×事業費（整数）", &names) else { panic!() };
        assert_eq!(product.factors, [2, 0]);
        assert_eq!(product.figure.map(|figure| figure.decimals), Some(0));
    }
}
