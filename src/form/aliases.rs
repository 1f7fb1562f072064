//! 別名: a word that names two rows is told at the second of them, and counts for the first alone.

use super::lines::Text;
use super::messages::fault;
use super::names::is_alike;
use crate::diagnostic::Diagnostics;

/// The other names of each row that are its own. `taken`: names that the form does not speak of and that count all the same.
pub(super) fn own_names(
    rows: Vec<(Text, Vec<Text>)>,
    what: &str,
    taken: &[&str],
    diagnostics: &mut Diagnostics,
) -> Vec<Vec<Text>> {
    let names: Vec<Text> = rows.iter().map(|(name, _)| name.clone()).collect();
    let mut seen: Vec<(usize, Text)> = Vec::new();
    let mut found = Vec::new();
    for (at, (_, others)) in rows.into_iter().enumerate() {
        let mut own = Vec::new();
        for other in others {
            let is_it = |name: &&Text| is_alike(&name.value, &other.value);
            let of_name = names.iter().enumerate().filter(|(row, _)| *row != at).map(|(_, name)| name).find(is_it);
            let of_other = seen.iter().filter(|(row, _)| *row != at).map(|(_, other)| other).find(is_it);
            let is_taken = taken.iter().any(|name| is_alike(name, &other.value));
            let message = match (of_name, of_other) {
                (Some(_), _) => format!("別名「{}」は、別の{what}の名前です。", other.value),
                (None, Some(_)) => format!("別名「{}」が2つの{what}にあります。", other.value),
                (None, None) if is_taken => {
                    format!("別名「{}」は、決まった働きをする{what}の名前です。", other.value)
                }
                (None, None) => {
                    seen.push((at, other.clone()));
                    own.push(other);
                    continue;
                }
            };
            let said =
                fault(other.span, message, "どれを指すか分かりません。この別名を消すか、別の言葉にしてください。");
            diagnostics.push(match of_name.or(of_other) {
                Some(first) => said.related(first.span, "もう1つはここです"),
                None => said,
            });
        }
        found.push(own);
    }
    found
}
