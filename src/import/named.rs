//! Places and names in messages: the first few of them, and that there are more.

/// Places named before the rest is only counted
const PLACES: usize = 5;
const NAMES: usize = 3;

/// `B4「#REF!」、B5「#N/A」、ほか 3か所`
pub(super) fn first_places(places: &[String]) -> String {
    first_of(places, PLACES, "か所")
}

/// `C列「予算」、D列「決算」、ほか 3つ`
pub(super) fn first_names(names: &[String]) -> String {
    first_of(names, NAMES, "つ")
}

fn first_of(texts: &[String], most: usize, counter: &str) -> String {
    let first = texts.iter().take(most).cloned().collect::<Vec<_>>().join("、");
    match texts.len().saturating_sub(most) {
        0 => first,
        more => format!("{first}、ほか {more}{counter}"),
    }
}

/// `「港の見学会」「灯台の公開」など`
pub(super) fn quoted(names: &[impl AsRef<str>]) -> String {
    let first: String = names.iter().take(NAMES).map(|name| format!("「{}」", name.as_ref())).collect();
    if names.len() > NAMES { first + "など" } else { first }
}
