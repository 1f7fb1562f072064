//! Choices with a mark in front of their words: `Ｃ：相当程度進展`, `①拡充`, `１　現状維持`, and marks alone: ◎ ○ △ ×.
//!
//! ```text
//! choice    = mark ( "：" | separator | nothing ) words        nothing: behind ① ◎ and （１） alone
//! mark      = ① | ◎ | "（" letters "）" | letters              letters: one or two digits, a letter, a kana
//! separator = blank | "．" | "." | "）" | "、"
//! ```

use crate::natural_order::digit;
use crate::syntax::chars::{is_blank, is_circle, is_colon, unified};

/// Whether a text is a choice, in whatever width and whichever of the circles that look alike.
pub(super) fn is_same(choice: &str, typed: &str) -> bool {
    plain(choice) == plain(typed)
}

/// Whether a text is the mark of a choice, its words, or both with another separator.
pub(super) fn is_part(choice: &str, typed: &str) -> bool {
    let Some((mark, words)) = parts(choice) else { return false };
    let both = parts(typed).is_some_and(|(own, rest)| is_same(mark, own) && is_same(words, rest));
    both || is_same(bare(mark), bare(typed)) || is_same(words, typed)
}

/// Without the brackets and the point of a number: （１） and １． are 1.
fn bare(mark: &str) -> &str {
    mark.trim_matches(|c| is_blank(c) || matches!(c, '（' | '(' | '）' | ')' | '．' | '.'))
}

/// For comparison alone.
fn plain(text: &str) -> String {
    let one = |c: char| match c {
        c if is_circle(c) => '○',
        'Δ' | '∆' => '△',
        '✕' | '✖' => '×',
        c => c,
    };
    unified(&text.chars().map(one).collect::<String>())
}

/// The mark and the words of a choice; none for one of words alone, or of a mark alone.
fn parts(choice: &str) -> Option<(&str, &str)> {
    let choice = choice.trim_matches(is_blank);
    let (mark, words) = match choice.split_once(is_colon) {
        Some(parts) => parts,
        None => {
            let end = mark_end(choice)?;
            (choice.get(..end)?, choice.get(end..)?)
        }
    };
    let is_separator = |c: char| is_blank(c) || matches!(c, '．' | '.' | '）' | ')' | '、');
    let words = words.trim_start_matches(is_separator);
    let mark = mark.trim_end_matches(is_blank);
    (!mark.is_empty() && !words.is_empty()).then_some((mark, words))
}

/// Where the mark in front of a text ends.
fn mark_end(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if is_sign(first) {
        return Some(first.len_utf8());
    }
    let is_open = matches!(first, '（' | '(');
    let start = if is_open { first.len_utf8() } else { 0 };
    let end = start + letters_end(text.get(start..)?)?;
    let next = text.get(end..)?.chars().next()?;
    let closes = matches!(next, '）' | ')');
    match is_open {
        true => closes.then(|| end + next.len_utf8()),
        // 3年以内 and A社 are words.
        false => (closes || is_blank(next) || matches!(next, '．' | '.' | '、')).then_some(end),
    }
}

/// One or two digits, or one letter.
fn letters_end(text: &str) -> Option<usize> {
    let digits: usize = text.chars().take_while(|c| digit(*c).is_some()).take(2).map(char::len_utf8).sum();
    let is_letter = |c: char| c.is_ascii_alphabetic() || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | 'ア'..='ン');
    let letter = || text.chars().next().filter(|c| is_letter(*c)).map(char::len_utf8);
    (digits > 0).then_some(digits).or_else(letter)
}

/// Signs that stand directly before words.
fn is_sign(c: char) -> bool {
    let is_number = matches!(c, '①'..='⑳' | '⑴'..='⒇' | '㉑'..='㉟' | '㊱'..='㊿' | '❶'..='❿' | 'Ⅰ'..='Ⅻ' | 'ⅰ'..='ⅻ');
    is_number || is_circle(c) || "◎●△▲▽▼□■◇◆☆★×✕✖※＋・".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_its_mark_or_its_words() {
        for (choice, mark, words) in [
            ("Ｃ：相当程度進展", "Ｃ", "相当程度進展"),
            ("①拡充", "①", "拡充"),
            ("1 拡充", "1", "拡充"),
            ("１　現状維持", "１", "現状維持"),
            ("１．縮小", "１", "縮小"),
            ("（ア）廃止", "（ア）", "廃止"),
            ("◎計画以上", "◎", "計画以上"),
        ] {
            assert_eq!(parts(choice), Some((mark, words)), "{choice}");
            assert!(is_part(choice, mark) && is_part(choice, words), "{choice}");
        }
        for words in ["3年以内", "A社", "拡充", "◎", "アプリ", "10人以上", "ＩＴ化"] {
            assert_eq!(parts(words), None, "{words}");
        }
        assert!(is_part("①：拡充", "①拡充") && is_part("（１）拡充", "1") && !is_part("①拡充", "②"));
    }

    #[test]
    fn circles_that_look_alike_are_one() {
        assert!(is_same("○", "〇") && is_same("◯：計画どおり", "○：計画どおり") && is_same("×", "✕"));
        assert!(!is_same("○", "◎"));
    }
}
