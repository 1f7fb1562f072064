//! How heads of columns compare with names of the office's form: exactly, then without numbers in front and marks, then without
//! what stands in brackets. Knows neither forms nor lists.

use super::compared::compared;
use crate::syntax::chars::{is_blank, is_digit, unified};

/// One text in the ways in which it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeadKeys {
    pub(super) exact: String,
    /// Letters and figures alone, without `⑤`, `(1)` and `４　` in front
    pub(super) plain: String,
    /// The same without brackets and what stands in them
    pub(super) short: String,
}

impl HeadKeys {
    pub(super) fn of(text: &str) -> Self {
        Self {
            exact: compared(&text.replace('\n', "")),
            plain: letters(&unnumbered(text)),
            short: letters(&without_brackets(&unnumbered(text))),
        }
    }
}

/// Letters and figures alone, in one width.
pub(super) fn letters(text: &str) -> String {
    unified(text).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What stands in the last of the inmost brackets: 始期 of 事業期間（期間（始期））
pub(super) fn in_brackets(text: &str) -> Option<String> {
    let open = text.rfind(['（', '('])?;
    let inside = text.get(open..)?.trim_start_matches(['（', '(']);
    let inside = inside.split(['）', ')']).next()?.trim_matches(is_blank);
    (!inside.is_empty()).then(|| inside.replace('\n', ""))
}

/// Every line without the number in front of it. `目標①` keeps its own.
fn unnumbered(text: &str) -> String {
    let lines = text.split('\n').enumerate();
    lines.map(|(index, line)| if index == 0 { without_ordinal(line) } else { without_bracketed(line) }).collect()
}

fn without_ordinal(line: &str) -> &str {
    let line = line.trim_matches(is_blank);
    let circled = line.trim_start_matches(|c| ('①'..='⑳').contains(&c));
    if circled.len() < line.len() && !circled.is_empty() {
        return circled;
    }
    let rest = line.trim_start_matches(is_digit);
    let is_parted = rest.starts_with(|c| is_blank(c) || ".．、)）".contains(c));
    if rest.len() < line.len() && is_parted { rest } else { without_bracketed(line) }
}

/// `(1) 今後の方向性`
fn without_bracketed(line: &str) -> &str {
    let line = line.trim_matches(is_blank);
    let rest = line.strip_prefix(['(', '（']).map(|rest| rest.trim_start_matches(is_digit));
    let rest = rest.and_then(|rest| rest.strip_prefix([')', '）']));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(line)
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let is_outside = |c: &char| match c {
        '（' | '(' => {
            depth += 1;
            false
        }
        '）' | ')' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    };
    text.chars().filter(is_outside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_marks_and_brackets_of_a_head_are_set_aside() {
        for (text, plain, short) in [
            ("⑤ 活動指標（活動の量）\nア：名称", "活動指標活動の量ア名称", "活動指標ア名称"),
            ("４　課長等意見\n(1) 今後の方向性", "課長等意見今後の方向性", "課長等意見今後の方向性"),
            ("事業費計  （Ａ）", "事業費計a", "事業費計"),
            ("(2) 期待成果\n（コスト）", "期待成果コスト", "期待成果"),
            ("目標①", "目標1", "目標1"),
            ("2目標", "2目標", "2目標"),
            ("R5　決算額", "r5決算額", "r5決算額"),
        ] {
            let keys = HeadKeys::of(text);
            assert_eq!((keys.plain.as_str(), keys.short.as_str()), (plain, short), "{text}");
        }
        assert_eq!(in_brackets("事業期間（期間（始期））").as_deref(), Some("始期"));
        assert_eq!(in_brackets("予算科目\n（会計）").as_deref(), Some("会計"));
        assert_eq!(in_brackets("事業期間"), None);
    }
}
