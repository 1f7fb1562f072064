//! Raised and lowered signs, powers and fractions as a line of text can say them, so that no figure joins another:
//! `70` with a raised 1 is 70（注1）, `10` with a raised 3 behind × is 10^3, and a half is 1/2.

use super::named::first_places;
use crate::syntax::chars::is_digit;

/// Where a piece of text stands on its line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Level {
    #[default]
    Base,
    Raised,
    Lowered,
    /// Raised in a formula: a power without a doubt
    Power,
    /// `1/2`
    Fraction,
}

/// A line in pieces.
#[derive(Debug, Default)]
pub(super) struct Pieces(Vec<(Level, String)>);

impl Pieces {
    /// Signs that are raised by themselves (¹, ½) become plain ones in pieces of their own.
    pub(super) fn push(&mut self, level: Level, text: &str) {
        for c in text.chars() {
            match of_itself(c) {
                Some((own, plain)) => self.add(own, &plain, own == Level::Fraction),
                None => self.add(level, c.encode_utf8(&mut [0; 4]), false),
            }
        }
    }

    /// A fraction or a power of a formula, which no other piece joins.
    pub(super) fn push_whole(&mut self, level: Level, text: &str) {
        self.add(level, text, true);
    }

    fn add(&mut self, level: Level, text: &str, is_whole: bool) {
        match self.0.last_mut().filter(|(last, _)| *last == level && !is_whole) {
            Some((_, before)) => before.push_str(text),
            None => self.0.push((level, text.to_string())),
        }
    }

    /// The line, and what in it a person should compare: what a raised figure means is not known.
    pub(super) fn written(self) -> (String, Vec<String>) {
        let is_on_line = |(level, text): &(Level, String)| {
            matches!(level, Level::Base | Level::Fraction | Level::Power) && !text.trim().is_empty()
        };
        // A figure above another one is a fraction, as EQ fields draw it.
        let is_pair = |index: usize| {
            matches!(self.0.get(index..index + 2), Some([(Level::Raised, above), (Level::Lowered, below)])
                if is_number(above) && is_number(below))
        };
        let has_pair = (0..self.0.len()).any(is_pair);
        // What stands on no line is raised above none.
        if !has_pair && !self.0.iter().any(is_on_line) {
            return (self.0.into_iter().map(|(_, text)| text).collect(), Vec::new());
        }
        let (mut line, mut guesses) = (String::new(), Vec::new());
        for (index, (level, text)) in self.0.iter().enumerate() {
            let next = self.0.get(index + 1).map_or("", |(_, text)| text.as_str());
            let said = match level {
                Level::Base => apart(&line, text, index > 0),
                Level::Fraction => mixed(&line, text),
                Level::Power => power(&line, text),
                Level::Raised if is_pair(index) => mixed(&line, &format!("{text}/")),
                Level::Lowered if index > 0 && is_pair(index - 1) => text.clone(),
                Level::Raised if next.starts_with(['/', '／', '⁄', '∕']) && is_number(text) => mixed(&line, text),
                Level::Raised => raised(&line, text),
                Level::Lowered => lowered(&line, text),
            };
            if matches!(level, Level::Raised | Level::Lowered) && said.contains(is_digit) && !said.starts_with('/') {
                let from = line.char_indices().rev().nth(5).map_or(0, |(at, _)| at);
                guesses.push(format!("{}{said}", line.get(from..).unwrap_or_default().replace('\n', " ")));
            }
            line.push_str(&said);
        }
        (line, guesses)
    }
}

/// The line about raised figures, which stand at `places`.
pub(super) fn remark(places: &[String]) -> Option<String> {
    (!places.is_empty()).then(|| rewritten(places.len(), &first_places(places)))
}

/// What a person is asked, with the places in words.
pub(super) fn rewritten(count: usize, places: &str) -> String {
    format!(
        "上付きや下付きの数字を{count}か所で書き改めました（{places}）。注の番号か累乗かを、元のファイルで確かめてください。"
    )
}

/// A sign whose own shape is raised, lowered or broken, and its plain form.
fn of_itself(c: char) -> Option<(Level, String)> {
    let digit = |start: char, level: Level| {
        let number = u32::from(c).checked_sub(u32::from(start))?;
        Some((level, number.to_string()))
    };
    let fraction = |text: &str| Some((Level::Fraction, text.to_string()));
    match c {
        '¹' => Some((Level::Raised, "1".to_string())),
        '²' => Some((Level::Raised, "2".to_string())),
        '³' => Some((Level::Raised, "3".to_string())),
        '⁰' | '⁴'..='⁹' => digit('⁰', Level::Raised),
        '⁺' | '⁻' => Some((Level::Raised, if c == '⁺' { "+" } else { "-" }.to_string())),
        '₀'..='₉' => digit('₀', Level::Lowered),
        '½' => fraction("1/2"),
        '⅓' => fraction("1/3"),
        '⅔' => fraction("2/3"),
        '¼' => fraction("1/4"),
        '¾' => fraction("3/4"),
        '⅕' => fraction("1/5"),
        '⅖' => fraction("2/5"),
        '⅗' => fraction("3/5"),
        '⅘' => fraction("4/5"),
        '⅙' => fraction("1/6"),
        '⅚' => fraction("5/6"),
        '⅐' => fraction("1/7"),
        '⅛' => fraction("1/8"),
        '⅜' => fraction("3/8"),
        '⅝' => fraction("5/8"),
        '⅞' => fraction("7/8"),
        '⅑' => fraction("1/9"),
        '⅒' => fraction("1/10"),
        _ => None,
    }
}

/// Text on the line again; a figure does not follow on another that was raised or broken.
fn apart(line: &str, text: &str, is_behind: bool) -> String {
    let joins = is_behind && line.ends_with(|c| is_digit(c) || matches!(c, '²' | '³')) && text.starts_with(is_digit);
    if joins { format!(" {text}") } else { text.to_string() }
}

/// `3` and a half are 3と1/2.
fn mixed(line: &str, fraction: &str) -> String {
    let joins = line.ends_with(is_digit);
    format!("{}{fraction}", if joins { "と" } else { "" })
}

fn power(line: &str, text: &str) -> String {
    match text.trim() {
        text @ ("2" | "3") if is_metre(line) => if text == "2" { "²" } else { "³" }.to_string(),
        text if text.chars().all(char::is_alphanumeric) || is_number(text.trim_start_matches('-')) => {
            format!("^{text}")
        }
        text => format!("^({text})"),
    }
}

fn raised(line: &str, text: &str) -> String {
    if !text.contains(is_digit) {
        return text.to_string();
    }
    let text = text.trim();
    let inner = text.trim_matches(|c| "（）()［］[]〔〕".contains(c)).trim();
    let number = inner.trim_start_matches(['注', '*', '＊', '※']).trim();
    match plain(number) {
        _ if text.starts_with(['-', '−', '－', '‐']) => {
            format!("^-{}", text.trim_start_matches(['-', '−', '－', '‐']))
        }
        Some("2" | "3") if is_metre(line) => if plain(number) == Some("2") { "²" } else { "³" }.to_string(),
        Some(_) if inner == number && inner == text && is_power_of_ten(line) => format!("^{number}"),
        Some(_) if inner == number && inner == text && is_variable(line) => format!("^{number}"),
        Some(_) if !inner.starts_with('※') => format!("（注{number}）"),
        _ => format!("（{inner}）"),
    }
}

/// CO₂ is CO2; behind a figure a lowered one is named.
fn lowered(line: &str, text: &str) -> String {
    if line.ends_with(is_digit) && text.contains(is_digit) {
        format!("（下付き{}）", text.trim())
    } else {
        text.to_string()
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_digit)
}

/// A whole number, its full-width digits made plain for those that are compared.
fn plain(text: &str) -> Option<&str> {
    let text = match text {
        "２" => "2",
        "３" => "3",
        text => text,
    };
    let is_list = text.split([',', '、', '，', '・', '～', '-']).all(|part| is_number(part.trim()));
    is_list.then_some(text)
}

/// `3×10`, `単位：10`: ten alone, or behind a sign of multiplication.
fn is_power_of_ten(line: &str) -> bool {
    let Some(before) = line.strip_suffix("10").or_else(|| line.strip_suffix("１０")) else { return false };
    before.trim_end().ends_with(['×', '✕', '╳', 'x', 'X', 'ｘ', 'Ｘ', '*', '＊', '·', '⋅', '∙'])
}

fn letters(line: &str) -> &str {
    let rest = line.trim_end_matches(|c: char| c.is_ascii_alphabetic() || ('ａ'..='ｚ').contains(&c) || c == 'μ');
    line.get(rest.len()..).unwrap_or_default()
}

fn is_metre(line: &str) -> bool {
    matches!(letters(line), "m" | "km" | "cm" | "mm" | "dm" | "nm" | "μm" | "ｍ" | "ｋｍ" | "ｃｍ" | "ｍｍ")
        || line.ends_with(['㎞', '㎝', '㎜'])
}

/// A letter alone, as x in x².
fn is_variable(line: &str) -> bool {
    let letter = letters(line);
    let before = line.get(..line.len() - letter.len()).unwrap_or_default();
    letter.chars().count() == 1 && !before.ends_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(pieces: &[(Level, &str)]) -> String {
        let mut line = Pieces::default();
        pieces.iter().for_each(|(level, text)| line.push(*level, text));
        line.written().0
    }

    #[test]
    fn a_raised_figure_never_joins_another() {
        use Level::{Base, Lowered, Raised};
        let cases: &[(&[(Level, &str)], &str)] = &[
            (&[(Base, "70"), (Raised, "1"), (Base, "名")], "70（注1）名"),
            (&[(Base, "70"), (Raised, "注1)")], "70（注1）"),
            (&[(Base, "70"), (Raised, "※2")], "70（※2）"),
            (&[(Base, "2×10"), (Raised, "3"), (Base, "人")], "2×10^3人"),
            (&[(Base, "2×10"), (Raised, "-3")], "2×10^-3"),
            (&[(Base, "110"), (Raised, "3"), (Base, "人")], "110（注3）人"),
            (&[(Base, "300m"), (Raised, "2"), (Base, "5か所")], "300m² 5か所"),
            (&[(Base, "面積300ｍ"), (Raised, "２")], "面積300ｍ²"),
            (&[(Base, "PDF"), (Raised, "1")], "PDF（注1）"),
            (&[(Base, "CO"), (Lowered, "2"), (Base, "5トン")], "CO2 5トン"),
            (&[(Base, "70"), (Lowered, "1")], "70（下付き1）"),
            (&[(Base, "70¹名、3½日、¾、5m²、CO₂")], "70（注1）名、3と1/2日、3/4、5m²、CO2"),
            (&[(Base, "3"), (Raised, "1"), (Base, "/"), (Lowered, "2"), (Base, "日")], "3と1/2日"),
            (&[(Raised, "2"), (Lowered, "3")], "2/3"),
            (&[(Base, "3"), (Raised, "1"), (Lowered, "2"), (Base, "日")], "3と1/2日"),
            (&[(Raised, "1,250")], "1,250"),
            (&[(Base, "第1"), (Raised, "st")], "第1st"),
        ];
        for (pieces, expected) in cases {
            assert_eq!(line(pieces), *expected, "{pieces:?}");
        }
    }
}
