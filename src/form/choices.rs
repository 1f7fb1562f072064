//! 選択：拡充、現状維持（標準）、縮小

use super::choice_marks::{is_part, is_same};
use super::lines::{Text, parted};
use super::messages::{fault, twice};
use super::names::listed;
use crate::diagnostic::Diagnostics;
use crate::syntax::chars::is_blank;

/// What may be written, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    pub list: Vec<String>,
    /// The one that counts where none is written
    pub standard: Option<usize>,
}

impl Choices {
    /// The choice that a text is, in whatever width. Of `Ｃ：相当程度進展` and `①拡充` the mark or the words alone are enough where
    /// no other choice has them. Where the form failed to say any, every text is one.
    pub fn find<'a>(&'a self, typed: &'a str) -> Option<&'a str> {
        if self.list.is_empty() {
            return Some(typed);
        }
        let whole = self.list.iter().find(|choice| is_same(choice, typed));
        whole.or_else(|| self.only(|choice| is_part(choice, typed))).map(String::as_str)
    }

    /// The one choice of which something holds.
    fn only(&self, holds: impl Fn(&str) -> bool) -> Option<&String> {
        let mut found = self.list.iter().filter(|choice| holds(choice));
        found.next().filter(|_| found.next().is_none())
    }

    /// The choice that counts where none is written.
    pub fn standard(&self) -> Option<&str> {
        self.list.get(self.standard?).map(String::as_str)
    }

    /// All of them, as a message lists them.
    pub fn listed(&self) -> String {
        listed(&self.list)
    }
}

/// The choices of a text. `before`: what stands in front of them in the row as it should be.
pub(super) fn read_choices(typed: Option<&Text>, before: &str, diagnostics: &mut Diagnostics) -> Choices {
    let entries = typed.map(parted).unwrap_or_default();
    if let [only] = entries.as_slice()
        && let Some(meant) = unparted(&only.value)
    {
        diagnostics.push(fault(
            only.span,
            "選べる言葉が1つしかありません。「、」で区切ってください。",
            format!("「{before}{}」と書いてください。", meant.join("、")),
        ));
        return Choices { list: meant, standard: None };
    }
    let mut choices = Choices::default();
    let mut seen: Vec<Text> = Vec::new();
    for entry in entries {
        let standard = ["（標準）", "(標準)"].iter().find_map(|mark| entry.value.strip_suffix(mark));
        let name = standard.unwrap_or(&entry.value).trim().to_string();
        if let Some(first) = seen.iter().find(|first| is_same(&first.value, &name)) {
            diagnostics.push(twice(entry.span, "選択", &name, first.span));
            continue;
        }
        if standard.is_some() && choices.standard.replace(choices.list.len()).is_some() {
            diagnostics.push(fault(entry.span, "（標準）が2つあります。", "（標準）は1つの選択にだけ付けてください。"));
        }
        seen.push(Text::new(name.clone(), entry.span));
        choices.list.push(name);
    }
    choices
}

/// The choices that other signs part: Ａ・Ｂ・Ｃ, 拡充／縮小, Ａ～Ｃ.
pub(super) fn unparted(text: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = text.split(['・', '／', '/']).map(|part| part.trim_matches(is_blank)).collect();
    if parts.len() > 1 && parts.iter().all(|part| !part.is_empty()) {
        return Some(parts.into_iter().map(str::to_string).collect());
    }
    // 直営　委託　補助; １　現状維持 is one choice, and its mark.
    let words: Vec<&str> = text.split(is_blank).filter(|word| !word.is_empty()).collect();
    let is_mark = |word: &&str| word.chars().all(|c| c.is_numeric() || !c.is_alphanumeric());
    if words.len() > 1 && !words.iter().any(is_mark) {
        return Some(words.into_iter().map(str::to_string).collect());
    }
    // ＡＢＣ
    let letters: Vec<char> = text.chars().collect();
    let rises = letters.windows(2).all(|pair| matches!(pair, [one, next] if *one as u32 + 1 == *next as u32));
    if letters.len() > 1 && rises && letters.iter().all(|c| c.is_ascii_alphanumeric() || is_wide(*c)) {
        return Some(letters.into_iter().map(String::from).collect());
    }
    let (from, to) = text.split_once(['～', '〜', '~'])?;
    let only = |text: &str| {
        let mut chars = text.trim_matches(is_blank).chars();
        chars.next().filter(|c| chars.next().is_none() && (c.is_ascii_alphanumeric() || is_wide(*c)))
    };
    let (from, to) = (only(from)?, only(to)?);
    (from < to && from.is_numeric() == to.is_numeric()).then(|| (from..=to).map(String::from).collect())
}

/// Ａ, １
fn is_wide(c: char) -> bool {
    matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_do_not_part_are_seen() {
        let meant = |text| unparted(text).map(|parts| parts.join("、"));
        assert_eq!(meant("Ａ・Ｂ・Ｃ").as_deref(), Some("Ａ、Ｂ、Ｃ"));
        assert_eq!(meant("拡充 ／ 縮小").as_deref(), Some("拡充、縮小"));
        assert_eq!(meant("Ａ～Ｄ").as_deref(), Some("Ａ、Ｂ、Ｃ、Ｄ"));
        assert_eq!(meant("1~3").as_deref(), Some("1、2、3"));
        assert_eq!(meant("直営　委託　補助").as_deref(), Some("直営、委託、補助"));
        assert_eq!(meant("ＡＢＣ").as_deref(), Some("Ａ、Ｂ、Ｃ"));
        for one in ["該当", "令和2年度～令和6年度", "・拡充", "Ｃ～Ａ", "１　現状維持", "ＡＣ", "① 拡充"]
        {
            assert_eq!(meant(one), None, "{one}");
        }
    }
}
