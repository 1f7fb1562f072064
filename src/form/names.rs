//! Names of a form, compared and listed.

use crate::syntax::chars::unified;

/// Whether two names or choices are one, in whatever width they were typed.
pub fn is_alike(one: &str, other: &str) -> bool {
    one == other || unified(one) == unified(other)
}

/// A text with what stands in the （ ） at its end: 決算額（B） is 決算額 and B.
pub(super) fn last_bracket(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim_end().strip_suffix(['）', ')'])?;
    let mut depth = 1_usize;
    let (at, open) = inner.char_indices().rev().find(|(_, c)| {
        match c {
            '）' | ')' => depth += 1,
            '（' | '(' => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    Some((inner.get(..at)?.trim_end(), inner.get(at + open.len_utf8()..)?.trim()))
}

/// The places of the names that a text says: exactly, or else without what stands in （ ） behind them (決算額 of 決算額（Ｃ）).
pub(super) fn places_of<'a>(text: &str, names: impl Iterator<Item = (usize, &'a str)> + Clone) -> Vec<usize> {
    let fitting = |fits: &dyn Fn(&str) -> bool| {
        names.clone().filter(|(_, name)| fits(name)).map(|(place, _)| place).collect::<Vec<_>>()
    };
    let exact = fitting(&|name| is_alike(name, text));
    if exact.is_empty() { fitting(&|name| is_bare(name, text)) } else { exact }
}

/// Whether a text is a name without what stands in （ ） behind it.
pub(super) fn is_bare(name: &str, text: &str) -> bool {
    last_bracket(name).is_some_and(|(bare, _)| is_alike(bare, text))
}

/// Names as a message lists them: 拡充・縮小; 「見直し・改善」「廃止」 where a name holds ・ itself.
pub fn listed<T: AsRef<str>>(names: &[T]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    if names.iter().any(|name| name.contains('・')) {
        format!("「{}」", names.join("」「"))
    } else {
        names.join("・")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_bracket_is_closed_in_itself() {
        assert_eq!(last_bracket("利用者数（人）（C）"), Some(("利用者数（人）", "C")));
        assert_eq!(last_bracket("率（（B）/(A))"), Some(("率", "（B）/(A)")));
        assert_eq!([last_bracket("率"), last_bracket("B）"), last_bracket("（A）率")], [None; 3]);
    }

    #[test]
    fn names_that_hold_a_dot_are_listed_in_brackets() {
        assert_eq!(listed(&["拡充", "縮小"]), "拡充・縮小");
        assert_eq!(listed(&["見直し・改善", "縮小"]), "「見直し・改善」「縮小」");
    }
}
