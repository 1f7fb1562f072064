//! J042: （）「」『』【】 that do not pair up in a paragraph or cell.

use super::texts::CheckedText;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::syntax::chars::is_blank;

const PAIRS: &[(char, char)] = &[('（', '）'), ('「', '」'), ('『', '』'), ('【', '】')];

/// ( and （ are one bracket: the page unifies them.
fn unified(c: char) -> char {
    match c {
        '(' => '（',
        ')' => '）',
        c => c,
    }
}

pub(super) fn check(text: &CheckedText<'_>, diagnostics: &mut Diagnostics) {
    let mut open: Vec<(char, Span)> = Vec::new();
    let mut surplus: Vec<(char, Span)> = Vec::new();
    let mut before = String::new();
    for line in text.lines {
        before.clear();
        for (offset, typed) in line.value.char_indices() {
            let c = unified(typed);
            let start = line.span.start + offset;
            let span = Span { start, end: (start + typed.len_utf8()).min(line.span.end.max(start)), ..line.span };
            if PAIRS.iter().any(|pair| pair.0 == c) {
                open.push((c, span));
            } else if let Some(pair) = PAIRS.iter().find(|pair| pair.1 == c) {
                match open.iter().rposition(|(opening, _)| *opening == pair.0) {
                    Some(at) => {
                        open.remove(at);
                    }
                    None if c == '）' && is_enumerator(&before) => {}
                    None => surplus.push((c, span)),
                }
            }
            before.push(typed);
        }
    }
    for (c, span, more) in told_once(surplus) {
        let opening = PAIRS.iter().find(|pair| pair.1 == c).map_or(c, |pair| pair.0);
        diagnostics.push(
            Diagnostic::new(Code::J042, span, format!("閉じるかっこ {c} が1つ多いです。"))
                .help(format!("この {c} を消すか、開く所に {opening} を入れてください。{more}")),
        );
    }
    for (c, span, more) in told_once(open) {
        let closing = PAIRS.iter().find(|pair| pair.0 == c).map_or(c, |pair| pair.1);
        diagnostics.push(
            Diagnostic::new(Code::J042, span, format!("開いたかっこ {c} が閉じていません。"))
                .help(format!("閉じる所に {closing} を入れるか、この {c} を消してください。{more}")),
        );
    }
}

/// The brackets without partner; from so many of one kind in one text on, the first alone, and how many more there are.
fn told_once(found: Vec<(char, Span)>) -> Vec<(char, Span, String)> {
    const MANY: usize = 20;
    let count = |c: char| found.iter().filter(|(other, _)| *other == c).count();
    let counts: Vec<(char, usize)> = PAIRS.iter().flat_map(|pair| [pair.0, pair.1]).map(|c| (c, count(c))).collect();
    let mut said: Vec<char> = Vec::new();
    let mut told = Vec::new();
    for (c, span) in found {
        let count = counts.iter().find(|(other, _)| *other == c).map_or(0, |(_, count)| *count);
        if count < MANY {
            told.push((c, span, String::new()));
        } else if !said.contains(&c) {
            said.push(c);
            told.push((c, span, format!("この文には、ほかに同じ {c} が{}個あります。", count - 1)));
        }
    }
    told
}

/// `1）` `ア）` `a)` at the start of a line, or after a blank or the end of a sentence, opens an item.
fn is_enumerator(before: &str) -> bool {
    let token: Vec<char> =
        before.chars().rev().take_while(|c| !is_blank(*c) && !"。、：:".contains(*c)).take(3).collect();
    match token.as_slice() {
        [one] => one.is_alphanumeric() && !('一'..='龠').contains(one) || "一二三四五六七八九十".contains(*one),
        [a, b] => [a, b].iter().all(|c| crate::syntax::chars::is_digit(**c)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;
    use crate::source::Files;

    fn messages(text: &str) -> Vec<String> {
        let mut files = Files::new();
        let id = files.add("a", text);
        let lines = [Text::new(text.to_string(), Span::new(id, 0..text.len()))];
        let mut diagnostics = Diagnostics::new();
        check(&CheckedText { lines: &lines, is_cell: false, is_of_form: false }, &mut diagnostics);
        diagnostics
            .iter()
            .map(|d| format!("{}@{}", d.message, files.get(id).position(d.primary.span.start).column))
            .collect()
    }

    #[test]
    fn right_texts_stay_silent() {
        for text in [
            "（（株）青森）と「「就域」モデル」。",
            "対象(青森市）である。",
            "1）相談　2）講習",
            "ア）相談を受けた。イ）講習",
            "a) 相談",
            "<c> [d] 5>3",
            "あ）",
        ] {
            assert_eq!(messages(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn many_brackets_of_one_text_are_one_message() {
        let text = format!("{}あ」", "（".repeat(300));
        assert_eq!(messages(&text), ["閉じるかっこ 」 が1つ多いです。@302", "開いたかっこ （ が閉じていません。@1"]);
    }

    #[test]
    fn each_bracket_without_partner_is_one_message() {
        assert_eq!(messages("企業（製造業を訪ねた。"), ["開いたかっこ （ が閉じていません。@3"]);
        assert_eq!(messages("グループ（本庁））"), ["閉じるかっこ ） が1つ多いです。@9"]);
        assert_eq!(messages("「あ』"), ["閉じるかっこ 』 が1つ多いです。@3", "開いたかっこ 「 が閉じていません。@1"]);
    }
}
