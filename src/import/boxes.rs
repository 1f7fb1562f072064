//! Boxes of which one is marked: `□新規　■継続`, `☑新規 ☐継続`, `○新規・継続`.

use crate::syntax::chars::is_blank;

const FULL: &[char] = &['■', '☑', '☒', '✓', '✔', '✅', '●', '◉', '◆'];
const EMPTY: &[char] = &['□', '☐', '▢', '◇', '⬜'];
/// Marks what is meant where nothing else does.
const CIRCLES: &[char] = &['○', '〇', '◯', '◎'];

/// The word of the one marked box; nothing where there is none, or where several are.
pub(super) fn marked(text: &str) -> Option<String> {
    let is_mark = |c: char| FULL.contains(&c) || EMPTY.contains(&c) || CIRCLES.contains(&c);
    let text = text.trim_matches(|c| is_blank(c) || c == '\n');
    let has_full = text.contains(FULL);
    let has_boxes = has_full || text.contains(EMPTY);
    if !text.contains(is_mark) {
        return None;
    }
    let is_full = |c: char| FULL.contains(&c) || (!has_boxes && CIRCLES.contains(&c));
    let is_part = |c: char| is_blank(c) || matches!(c, '\n' | '・' | '／' | '/' | '、');
    let ends_word = |part: &str| part.ends_with(is_mark);
    let is_before = text.starts_with(is_mark) || !text.split(is_part).any(ends_word);
    let mut words: Vec<(bool, String)> = Vec::new();
    let mut open = None;
    for part in text.split(is_part).filter(|part| !part.is_empty()) {
        let mut word = String::new();
        for c in part.chars() {
            match is_mark(c) {
                true if is_before => {
                    push(&mut words, &mut open, &mut word);
                    open = Some(is_full(c));
                }
                true => {
                    words.push((is_full(c), std::mem::take(&mut word)));
                }
                false => word.push(c),
            }
        }
        push(&mut words, &mut open, &mut word);
    }
    let mut full = words.iter().filter(|(full, _)| *full);
    match (full.next(), full.next()) {
        (Some((_, word)), None) if words.len() > 1 && !word.is_empty() => Some(word.clone()),
        _ => None,
    }
}

/// Boxes with their words, marked or not; nothing where none stands in the text. The words go to the next box.
pub(super) fn boxes_in(text: &str) -> Option<Vec<(bool, String)>> {
    let is_box = |c: char| FULL.contains(&c) || EMPTY.contains(&c);
    let is_around = |c: char| is_blank(c) || matches!(c, '\n' | '・' | '／' | '/' | '、');
    let text = text.trim_matches(is_around);
    let marks: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| is_box(*c)).collect();
    let (first, last) = (marks.first()?.0, marks.last()?);
    let is_before = first == 0;
    // Words in front of the first box and behind the last are no boxes' where the boxes stand on the other side.
    if !is_before && last.0 + last.1.len_utf8() < text.len() {
        return None;
    }
    let ends = |index: usize| marks.get(index + 1).map_or(text.len(), |(at, _)| *at);
    let begins = |index: usize| {
        index.checked_sub(1).and_then(|before| marks.get(before)).map_or(0, |(at, mark)| at + mark.len_utf8())
    };
    let word = |(index, (at, mark)): (usize, &(usize, char))| {
        let range = if is_before { at + mark.len_utf8()..ends(index) } else { begins(index)..*at };
        let word = text.get(range).unwrap_or_default().trim_matches(is_around).replace('\n', "");
        (FULL.contains(mark), word)
    };
    Some(marks.iter().enumerate().map(word).collect())
}

/// ○, ◎ or ● alone, as a list marks what is new.
pub(super) fn is_mark_alone(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| CIRCLES.contains(&c) || c == '●')
}

/// Whether boxes stand in a text, however they are marked.
pub(super) fn has_boxes(text: &str) -> bool {
    text.contains(FULL) || text.contains(EMPTY) || text.starts_with(CIRCLES) || marked(text).is_some()
}

/// A word with the mark in front of it.
fn push(words: &mut Vec<(bool, String)>, open: &mut Option<bool>, word: &mut String) {
    if !word.is_empty() {
        words.push((open.take().unwrap_or(false), std::mem::take(word)));
    }
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn one_marked_box_says_its_word() {
        for text in
            ["□新規　■継続　□拡充", "☐新規 ☑継続", "新規・○継続", "○新規　●継続", "新規□ 継続■", "□ 新規\n☒ 継続"]
        {
            assert_eq!(marked(text).as_deref(), Some("継続"), "{text}");
        }
        assert_eq!(marked("○新規・継続").as_deref(), Some("新規"));
        for text in ["■新規　■継続", "□新規　□継続", "新規・継続", "継続", "○新規　○継続", "■", ""]
        {
            assert_eq!(marked(text), None, "{text}");
        }
    }
}
