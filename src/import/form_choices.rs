//! Choices of the office's form as lists and sheets write them: `１　現状維持`, `Ｅ　一般`.

use super::boxes::{boxes_in, marked};
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

/// Whether a text is one of the choices, marked by a box or not.
pub(super) fn is_choice(choices: &Choices, typed: &str) -> bool {
    choices.find(typed).is_some() || choice_of(choices, typed).is_some() || ticked(choices, typed).is_some()
}

/// The choices whose boxes are marked: `□拡充　☑現状維持`, also where words of choices hold blanks. Nothing for a text without boxes,
/// or with a marked word that is no choice.
pub(super) fn ticked<'a>(choices: &'a Choices, typed: &str) -> Option<Vec<&'a str>> {
    let boxes = boxes_in(typed)?;
    let own = |word: &str| {
        let is_it = |choice: &&String| {
            let choice = choice.as_str();
            is_alike(choice, word) || choices.find(word) == Some(choice) || choice_of(choices, word) == Some(choice)
        };
        choices.list.iter().find(is_it).map(String::as_str)
    };
    let is_own = boxes.iter().any(|(_, word)| own(word).is_some());
    let full = boxes.iter().filter(|(full, _)| *full).map(|(_, word)| own(word));
    if is_own { full.collect() } else { None }
}

/// What to write for a typed choice.
pub(super) struct Chosen {
    pub(super) text: String,
    /// What a person must decide
    pub(super) what: Option<String>,
    /// Boxes were read, and the text as it was typed is to be kept.
    pub(super) has_boxes: bool,
}

pub(super) fn chosen(choices: &Choices, typed: &str, name: &str) -> Chosen {
    let plain = |text: &str| Chosen { text: text.to_string(), what: None, has_boxes: false };
    if !choices.list.is_empty() && choices.find(typed).is_some() {
        return plain(typed);
    }
    let said = typed.replace('\n', "　");
    let circled =
        || marked(typed).and_then(|word| Some(vec![choices.list.iter().find(|own| is_alike(own, &word))?.as_str()]));
    match ticked(choices, typed).or_else(circled).as_deref() {
        Some([only]) => Chosen { has_boxes: true, ..plain(only) },
        Some(marked) => {
            let how = if marked.is_empty() {
                "どの言葉にも印がありません"
            } else {
                "印が2つ以上あります"
            };
            let what = format!("{name}「{said}」は、{how}。1つ選んで書いてください");
            Chosen { text: String::new(), what: Some(what), has_boxes: true }
        }
        None => plain(choice_of(choices, typed).unwrap_or(typed)),
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
    fn a_marked_box_is_the_choice_beside_it() {
        let choices = |list: &[&str]| Choices { list: list.iter().map(ToString::to_string).collect(), standard: None };
        let own = choices(&["直営", "委託・補助", "Ｃ：相当 程度"]);
        let one = |text: &str| ticked(&own, text).map(|found| found.join("|"));
        assert_eq!(one("☐直営　☑委託・補助").as_deref(), Some("委託・補助"));
        assert_eq!(one("直営□／委託・補助■").as_deref(), Some("委託・補助"));
        assert_eq!(one("□直営\n☒ Ｃ：相当 程度").as_deref(), Some("Ｃ：相当 程度"));
        assert_eq!(one("☑①直営").as_deref(), Some("直営"));
        assert_eq!(
            [one("☑直営 ☑委託・補助").as_deref(), one("□直営　□委託・補助").as_deref()],
            [Some("直営|委託・補助"), Some("")]
        );
        assert_eq!([one("直営"), one("☑見学"), one("☑直営 ☑見学"), one("この☑は直営")], [const { None }; 4]);
    }

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
