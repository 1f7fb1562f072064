//! The house style, on paper only: what the author typed stays as it is.
//!
//! Full-width letters and digits become half-width, half-width kana full; `( )` become （ ） unless what they hold is
//! pure ASCII. Nothing else changes: `~ - " * _ \ # $ @ < >` stay. Characters that cannot be seen are dropped, because
//! no face has them.

use unicode_normalization::char::compose;

use crate::model::parse_quantities;
use crate::syntax::chars::{is_blank, is_digit, is_invisible, is_no_value, is_selector};

/// Stands in a draft for a character that no face has.
pub(super) const UNPRINTABLE: char = '〓';

/// Prints text; characters that `has_glyph` denies become 〓.
pub(super) struct Printer<'a> {
    pub has_glyph: &'a (dyn Fn(char) -> bool + Sync),
}

impl Printer<'_> {
    /// A text in prose or a title. `\n` stays.
    pub(super) fn text(&self, text: &str) -> String {
        let widened = widen_brackets(&unify_widths(text));
        widened
            .chars()
            .filter(|c| !is_invisible(*c))
            .map(|c| if matches!(c, '\u{B}' | '\u{2028}' | '\t') { ' ' } else { c })
            .map(|c| if c == '\n' || is_selector(c) || (self.has_glyph)(c) { c } else { UNPRINTABLE })
            .collect()
    }

    /// A line of a cell: also without blanks between number and unit, with — for no value, and figures with the signs that the
    /// program's own have, △ and ％.
    pub(super) fn cell_line(&self, line: &str) -> String {
        if is_no_value(line) {
            return "—".to_string();
        }
        let line = self.text(&close_up_units(line));
        if parse_quantities(&line).is_empty() { line } else { with_signs_of_figures(&line) }
    }
}

/// Blanks after a digit and before a unit go; those between two numbers stay.
fn close_up_units(line: &str) -> String {
    let mut closed = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let after = rest.trim_start_matches(is_blank);
        let follows_digit = closed.chars().next_back().is_some_and(is_digit);
        let before_unit = after.chars().next().is_some_and(|c| c.is_alphabetic() || matches!(c, '%' | '％'));
        if is_blank(c) && follows_digit && before_unit {
            rest = after;
            continue;
        }
        closed.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or("");
    }
    closed
}

/// ▲5% is △5％.
fn with_signs_of_figures(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let is_sign = matches!(c, '▲' | '-' | '−' | '－') && chars.peek().copied().is_some_and(is_digit);
        let follows_letter = out.chars().next_back().is_some_and(char::is_alphanumeric);
        out.push(match c {
            '%' => '％',
            _ if is_sign && !follows_letter => '△',
            _ => c,
        });
    }
    out
}

fn unify_widths(text: &str) -> String {
    let mut unified = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' => {
                unified.push(char::from_u32(c as u32 - 0xFEE0).unwrap_or(c));
            }
            'ﾞ' | 'ﾟ' => {
                let mark = if c == 'ﾞ' { '\u{3099}' } else { '\u{309A}' };
                match unified.chars().next_back().and_then(|base| compose(base, mark)) {
                    Some(whole) => {
                        unified.pop();
                        unified.push(whole);
                    }
                    None => unified.push(if c == 'ﾞ' { '゛' } else { '゜' }),
                }
            }
            c => unified.push(full_kana(c)),
        }
    }
    join_full_width_numbers(&unified)
}

/// `1，234` and `98．7` are one number: the comma and the point are part of the digits' width.
fn join_full_width_numbers(text: &str) -> String {
    if !text.contains(['，', '．']) {
        return text.to_string();
    }
    let chars: Vec<char> = text.chars().collect();
    let is_digit_at = |index: Option<usize>| index.and_then(|i| chars.get(i)).copied().is_some_and(is_digit);
    chars
        .iter()
        .enumerate()
        .map(|(index, c)| {
            let follow =
                |digits| is_digit_at(index.checked_sub(1)) && (1..=digits).all(|n| is_digit_at(Some(index + n)));
            match c {
                '，' if follow(3) => ',',
                '．' if follow(1) => '.',
                c => *c,
            }
        })
        .collect()
}

fn full_kana(c: char) -> char {
    const FULL: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
    match c {
        '\u{FF61}'..='\u{FF9D}' => FULL.chars().nth(c as usize - 0xFF61).unwrap_or(c),
        c => c,
    }
}

/// `( )` to （ ）, pair by pair, where what stands between is not pure ASCII. One without its partner is widened.
fn widen_brackets(text: &str) -> String {
    if !text.contains(['(', ')']) {
        return text.to_string();
    }
    let mut chars: Vec<char> = text.chars().collect();
    let mut open: Vec<usize> = Vec::new();
    let mut keep: Vec<usize> = Vec::new();
    for (index, c) in chars.iter().enumerate() {
        match c {
            '(' | '（' => open.push(index),
            ')' | '）' => {
                let Some(start) = open.pop() else { continue };
                if chars.get(start..=index).is_some_and(|run| run.iter().all(char::is_ascii)) {
                    keep.extend([start, index]);
                }
            }
            _ => {}
        }
    }
    keep.sort_unstable();
    for (index, c) in chars.iter_mut().enumerate() {
        if keep.binary_search(&index).is_err() {
            match c {
                '(' => *c = '（',
                ')' => *c = '）',
                _ => {}
            }
        }
    }
    chars.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTER: Printer<'static> = Printer { has_glyph: &|c| c != '𠮷' };

    #[test]
    fn widths_are_unified_and_nothing_else_changes() {
        for (typed, printed) in [
            ("ＵＩＪターン２０２０", "UIJターン2020"),
            ("ｶﾞｲﾀﾞﾝｽ・ﾊﾟｿｺﾝ", "ガイダンス・パソコン"),
            ("本部(青森市)と(A-1)", "本部（青森市）と(A-1)"),
            ("(計(3)社）", "（計(3)社）"),
            ("~ - \" * _ \\ # $ @ < > [d] 〜～―①㈱㎡", "~ - \" * _ \\ # $ @ < > [d] 〜～―①㈱㎡"),
            ("１，０８７名、２，３", "1,087名、2，3"),
            ("９８．７％、１．研修", "98.7％、1．研修"),
            ("渚\u{FA46}𠮷田", "渚\u{FA46}〓田"),
            ("葛\u{E0100}飾\u{200B}区", "葛\u{E0100}飾区"),
        ] {
            assert_eq!(PRINTER.text(typed), printed);
        }
    }

    #[test]
    fn cells_close_up_their_units() {
        for (typed, printed) in [
            ("470 件", "470件"),
            ("47 事業者 230 名", "47事業者 230名"),
            ("ー", "—"),
            ("63 ％", "63％"),
            ("4 日間 延べ 5", "4日間 延べ 5"),
        ] {
            assert_eq!(PRINTER.cell_line(typed), printed);
        }
    }
}
