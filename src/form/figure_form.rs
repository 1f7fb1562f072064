//! How a computed figure is written: `（円）`, `（小数2桁）`, `（整数）`, `（小数1桁、倍）` behind a formula.
//!
//! ```text
//! words    = word { "、" word }
//! word     = decimals | unit
//! decimals = "整数" | "小数" digit "桁"
//! ```
//! Without decimals 円 is whole, everything else has one. Without a unit the figure of a 率, 割合, 構成比 or 達成度 is in ％, another one has
//! none.

use super::names::last_bracket;
use crate::natural_order::digit;
use crate::syntax::chars::{is_comma, unified, without_blanks};

/// The unit and the decimals of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureForm {
    /// ％ for a share of 100; empty for a bare figure
    pub unit: String,
    pub decimals: u32,
}

impl Default for FigureForm {
    fn default() -> Self {
        Self { unit: PERCENT.to_string(), decimals: 1 }
    }
}

const PERCENT: &str = "％";
/// As `model` converts it
const MONEY: &[&str] = &["円", "千円", "万円", "百万円", "億円"];
const MOST_DECIMALS: u32 = 6;
const LONGEST_UNIT: usize = 8;

impl FigureForm {
    /// The figure that words in （ ） describe. `name`: of what is computed.
    pub(super) fn parse(words: &str, name: &str) -> Option<Self> {
        let (mut unit, mut decimals): (Option<String>, Option<u32>) = (None, None);
        for part in words.split(|c| c == '、' || is_comma(c)) {
            let word = without_blanks(part);
            match (read_decimals(&word), &unit, &decimals) {
                (Some(found), _, None) => decimals = Some(found),
                (None, None, _) => unit = Some(read_unit(&word)?),
                _ => return None,
            }
        }
        let usual = |unit: &str| if unit == "円" { 0 } else { 1 };
        match (unit, decimals) {
            (None, None) => None,
            (Some(unit), decimals) => Some(Self { decimals: decimals.unwrap_or_else(|| usual(&unit)), unit }),
            (None, Some(decimals)) => {
                let unit = if is_rate_name(name) { PERCENT } else { "" };
                Some(Self { unit: unit.to_string(), decimals })
            }
        }
    }

    pub fn is_percent(&self) -> bool {
        self.unit == PERCENT
    }
}

/// 整数, 小数2桁, 小数第2位
fn read_decimals(word: &str) -> Option<u32> {
    if word == "整数" {
        return Some(0);
    }
    let word = ["小数点以下", "小数点", "小数"].iter().find_map(|start| word.strip_prefix(start))?;
    let word = word.strip_prefix('第').unwrap_or(word);
    let mut number = word.strip_suffix(['桁', '位']).unwrap_or(word).chars();
    let decimals = number.next().and_then(digit)?;
    (number.next().is_none() && (1..=MOST_DECIMALS).contains(&decimals)).then_some(decimals)
}

/// A unit as it is printed; a letter is the name of another column that could not be found.
fn read_unit(word: &str) -> Option<String> {
    let is_letter = matches!(unified(word).as_bytes(), [letter] if letter.is_ascii_uppercase());
    let is_figure = word.starts_with(|c| digit(c).is_some()) || word.starts_with("小数");
    let is_sign = word.contains(['÷', '／', '＋', '－', '×', '＝', '=']);
    // Slips for decimals, ways of rounding, and what a rate would first be divided by are no units.
    const NONE: &[&str] =
        &["桁", "けた", "少数", "小数", "四捨五入", "切捨", "切り捨", "切上", "切り上", "端数", "標準"];
    let is_slip = NONE.iter().any(|slip| word.contains(slip)) || matches!(word, "割" | "分" | "厘" | "割合" | "率");
    // Money is converted: only what can be is a unit.
    let is_foreign = word.contains('円') && !MONEY.contains(&word);
    let is_unit = !is_foreign
        && !is_slip
        && !word.is_empty()
        && !is_letter
        && !is_figure
        && !is_sign
        && word.chars().count() <= LONGEST_UNIT;
    is_unit.then(|| match word {
        "%" | "パーセント" => PERCENT.to_string(),
        "倍率" => "倍".to_string(),
        word => word.to_string(),
    })
}

/// Whether what bears the name is counted in ％: 執行率, 構成比, 割合（B/A）. 倍率 is not.
pub fn is_rate_name(name: &str) -> bool {
    let (bare, inside) = last_bracket(name).unwrap_or((name, ""));
    let is_rate = ["率", "割合", "構成比", "達成度", "進捗度", "％", "%"].iter().any(|end| bare.ends_with(end));
    matches!(inside, "％" | "%") || (is_rate && !bare.ends_with("倍率"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(words: &str, name: &str) -> Option<(String, u32)> {
        FigureForm::parse(words, name).map(|form| (form.unit, form.decimals))
    }

    #[test]
    fn units_and_decimals() {
        let found = |unit: &str, decimals| Some((unit.to_string(), decimals));
        assert_eq!(form("円", "1人当たり"), found("円", 0));
        assert_eq!(form("倍", "応募倍率"), found("倍", 1));
        assert_eq!(form("小数2桁", "費用便益比"), found("", 2));
        assert_eq!(form("整数", "進捗率（B/A）"), found("％", 0));
        assert_eq!(form("小数１桁", "倍率"), found("", 1));
        assert_eq!(form("千円、小数3桁", "単価"), found("千円", 3));
        assert_eq!(form("整数,%", "割合"), found("％", 0));
        for words in ["", "B", "少数1桁", "四捨五入", "割", "円、人", "整数、小数1桁", "小数9桁", "12", "百円"]
        {
            assert_eq!(form(words, "率"), None, "{words}");
        }
    }
}
