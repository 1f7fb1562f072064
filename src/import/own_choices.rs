//! Choices of the office's form as lists and sheets write them: `１　現状維持`, `Ｅ　一般`.

use crate::form::{Choices, is_alike};
use crate::syntax::chars::{is_blank, is_digit};

/// The choice that a text is, also behind a number or a letter of the office's own; nothing where several fit.
pub(super) fn choice_of<'a>(choices: &'a Choices, typed: &str) -> Option<&'a str> {
    if choices.list.iter().any(|choice| is_alike(choice, typed)) {
        return None;
    }
    let bare = without_mark(typed);
    let fits = |choice: &&String| {
        let own = without_mark(choice);
        (bare.is_some() || own.is_some()) && is_alike(own.unwrap_or(choice), bare.unwrap_or(typed))
    };
    let mut fitting = choices.list.iter().filter(fits);
    match (fitting.next(), fitting.next()) {
        (Some(choice), None) => Some(choice),
        _ => None,
    }
}

/// What stands behind a number or a letter in front.
fn without_mark(text: &str) -> Option<&str> {
    let text = text.trim_matches(is_blank);
    let first = text.chars().next()?;
    let is_circled = ('①'..='⑳').contains(&first);
    let is_mark = is_circled || is_digit(first) || first.is_ascii_uppercase() || ('Ａ'..='Ｚ').contains(&first);
    let rest = text.get(first.len_utf8()..)?;
    let bare = rest.trim_start_matches(|c| is_blank(c) || ".．：:、)）".contains(c));
    (is_mark && !bare.is_empty() && (is_circled || bare.len() < rest.len())).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_front_of_a_choice_is_the_offices_own() {
        let choices = |list: &[&str]| Choices { list: list.iter().map(ToString::to_string).collect(), standard: None };
        let own = choices(&["現状維持", "縮小", "Ｅ　一般"]);
        assert_eq!(choice_of(&own, "１　現状維持"), Some("現状維持"));
        assert_eq!(choice_of(&own, "②縮小"), Some("縮小"));
        assert_eq!(choice_of(&own, "一般"), Some("Ｅ　一般"));
        // As it is typed it is one already, and a figure is none.
        assert_eq!([choice_of(&own, "縮小"), choice_of(&own, "1"), choice_of(&own, "3縮小")], [None; 3]);
        assert_eq!(choice_of(&choices(&["１　縮小", "２　縮小"]), "３　縮小"), None);
    }
}
