//! Whether a figure below nought is seen to be so where it is shown without the plain sign: △, parentheses and words tell it, a
//! colour tells it on the screen alone, and some formats tell it nowhere.

const SIGNS: &str = "-−－‐–△▲▽▼Δ∆↓(（[［〔<＜";
const WORDS: &[&str] = &["減", "負", "不足", "赤字", "欠損", "損失", "マイナス", "下", "低"];

/// The sign in front of a figure below nought that is shown as `figure`, where a figure above it would be `positive`.
/// `None` where nothing is known to tell them apart: a figure that lost its sign is worse than a question. So `0;0` is asked
/// about, and so is a word that only the figure below nought has and that may be its sign.
pub(super) fn minus(figure: &str, positive: &str, by_colour: bool) -> Option<&'static str> {
    let mut others: Vec<char> = letters(positive).collect();
    let mut own = String::new();
    for c in letters(figure) {
        match others.iter().position(|other| *other == c) {
            Some(index) => _ = others.swap_remove(index),
            None => own.push(c),
        }
    }
    match () {
        () if tells(&own) => Some(""),
        () if own.is_empty() && by_colour => Some("△"),
        () => None,
    }
}

/// The same where only what is shown is known. Without a figure it is words, which tell themselves.
pub(super) fn minus_of_shown(text: &str, by_colour: bool) -> Option<&'static str> {
    match () {
        () if !text.contains(char::is_numeric) || tells(text) => Some(""),
        () => by_colour.then_some("△"),
    }
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_numeric() && !c.is_whitespace() && !matches!(c, ',' | '.'))
}

fn tells(letters: &str) -> bool {
    letters.contains(|c| SIGNS.contains(c)) || WORDS.iter().any(|word| letters.contains(word))
}
