//! Lists of a 【表】 whose names are parted by another sign than 、: told once, and read as they were meant.

use super::lines::{Setting, Text, named, parted_by};
use super::messages::fault;
use crate::diagnostic::Diagnostics;
use crate::syntax::chars::{is_bar, is_blank, is_bullet, is_colon, without_blanks};

const LISTS: &[&str] = &["列", "前の列", "後の列", "金額の列", "行", "文字の行"];
/// Signs of a formula
const OPERATORS: &[char] = &['＝', '=', '÷', '／', '/', '－', '-', '−', '＋', '+', '×'];

/// How a message calls it, what it is, and how many names it parts at least where it parts names.
type Sign = (&'static str, fn(char) -> bool, usize);

/// The settings with an entry a name; whether nobody can tell what was meant: ・ stands in front of the rows below one, too.
pub(super) fn with_commas(settings: &[Setting], diagnostics: &mut Diagnostics) -> (Vec<Setting>, bool) {
    let has_total = named(settings, "計").any(|setting| !setting.value.value.is_empty());
    let mut is_unsure = false;
    let mut found = Vec::new();
    for setting in settings {
        let name = without_blanks(&setting.name.value);
        let is_list = LISTS.contains(&name.as_str()) && setting.more.is_empty();
        let parts = if is_list && named(settings, &name).count() == 1 {
            names(&setting.value, name == "行" && has_total)
        } else {
            None
        };
        let Some((sign, parts)) = parts else {
            found.push(setting.clone());
            continue;
        };
        is_unsure |= sign == "「・」";
        let words: Vec<&str> = parts.iter().map(|part| part.value.as_str()).collect();
        diagnostics.push(fault(
            setting.span,
            format!("「{name}：」の名前が{sign}で区切られています。「、」で区切ってください。"),
            format!(
                "「{name}：{}」と書いてください。全体で1つの名前なら、「{name}：」の次の行に、その名前だけを書いてください。",
                words.join("、")
            ),
        ));
        let mut parts = parts.into_iter();
        let value = parts.next().unwrap_or_else(|| setting.value.clone());
        found.push(Setting { value, more: parts.collect(), ..setting.clone() });
    }
    (found, is_unsure)
}

/// The names of a list that holds no 、, with the sign that parts them. Of two names one alone could be meant, but in the rows of a
/// 計, which sums several.
fn names(list: &Text, has_total: bool) -> Option<(&'static str, Vec<Text>)> {
    let signs: [Sign; 5] = [
        ("「｜」", is_bar, 2),
        ("「：」", is_colon, 3),
        ("空白", is_blank, 3),
        ("「／」", |c| matches!(c, '／' | '/'), 3),
        ("「・」", is_bullet, 3),
    ];
    if list.value.contains(['、', '，', ',']) {
        return None;
    }
    let is_formula = list.value.contains(['＝', '=']);
    signs.into_iter().find_map(|(sign, is_sign, least)| {
        let parts = parted_by(list, |_, c| is_sign(c));
        let is_part = |part: &Text| !part.value.starts_with(OPERATORS) && !part.value.ends_with(OPERATORS);
        let least = if has_total { 2 } else { least };
        let is_list = parts.len() >= least && parts.iter().all(is_part) && !(sign == "「／」" && is_formula);
        is_list.then_some((sign, parts))
    })
}
