//! Widths on a terminal, where a full-width character takes two places.

use unicode_width::UnicodeWidthStr;

/// Places that the text takes on a terminal.
pub fn display_width(text: &str) -> usize {
    text.width()
}

/// Breaks a text into lines of at most `width` places. A line neither begins with a closing mark nor ends with an
/// opening one; runs of ASCII letters and digits stay whole where they fit.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for piece in split_pieces(paragraph) {
            if !line.is_empty() && display_width(&line) + display_width(piece) > width {
                lines.push(std::mem::take(&mut line).trim_end().to_string());
                line.push_str(piece.trim_start());
            } else {
                line.push_str(piece);
            }
            break_long(&mut line, width, &mut lines);
        }
        lines.push(line);
    }
    lines
}

/// A piece that no line can hold is broken where it must be; what is left of it stays in `line`.
fn break_long(line: &mut String, width: usize, lines: &mut Vec<String>) {
    while display_width(line) > width {
        let mut end = 0;
        for (index, c) in line.char_indices() {
            let next = index + c.len_utf8();
            if end > 0 && display_width(line.get(..next).unwrap_or("")) > width {
                break;
            }
            end = next;
        }
        let rest = line.split_off(end);
        lines.push(std::mem::replace(line, rest));
    }
}

/// Pieces between which a line may break.
fn split_pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut previous: Option<char> = None;
    for (index, character) in text.char_indices() {
        if let Some(before) = previous
            && may_break(before, character)
        {
            pieces.push(text.get(start..index).unwrap_or(""));
            start = index;
        }
        previous = Some(character);
    }
    pieces.push(text.get(start..).unwrap_or(""));
    pieces
}

fn may_break(before: char, after: char) -> bool {
    const CLOSING: &str = "、。，．・：；？！）」』】〕］｝ー」ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;)]}";
    const OPENING: &str = "（「『【〔［｛([{";
    if CLOSING.contains(after) || OPENING.contains(before) {
        return false;
    }
    let is_word = |c: char| c.is_ascii() && !c.is_ascii_whitespace();
    !(is_word(before) && is_word(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_the_width_and_not_before_a_closing_mark() {
        assert_eq!(wrap("あいうえお。かき", 10), ["あいうえ", "お。かき"]);
        assert_eq!(wrap("ab cd-ef gh", 6), ["ab", "cd-ef", "gh"]);
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("見よ https://a.b/c", 8), ["見よ", "https://", "a.b/c"]);
    }
}
