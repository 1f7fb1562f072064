//! 選択：拡充、現状維持（標準）、縮小

use super::lines::{Text, parted};
use super::messages::{fault, twice};
use super::names::is_alike;
use crate::diagnostic::Diagnostics;

/// What may be written, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    pub list: Vec<String>,
    /// The one that counts where none is written
    pub standard: Option<usize>,
}

impl Choices {
    /// The choice that a text is, in whatever width. `Ｃ` is `Ｃ：相当程度進展`. Where the form failed to say any, every text is one.
    pub fn find<'a>(&'a self, typed: &'a str) -> Option<&'a str> {
        if self.list.is_empty() {
            return Some(typed);
        }
        let short = |choice: &str| choice.split_once(['：', ':']).map(|(short, _)| short.trim().to_string());
        let whole = self.list.iter().find(|choice| is_alike(choice, typed));
        let found = whole
            .or_else(|| self.list.iter().find(|choice| short(choice).is_some_and(|short| is_alike(&short, typed))));
        found.map(String::as_str)
    }

    /// The choice that counts where none is written.
    pub fn standard(&self) -> Option<&str> {
        self.list.get(self.standard?).map(String::as_str)
    }

    /// All of them, as a message lists them.
    pub fn listed(&self) -> String {
        self.list.join("・")
    }
}

/// The choices of a line and of those below it.
pub(super) fn read_choices(lines: &[Text], diagnostics: &mut Diagnostics) -> Choices {
    let mut choices = Choices::default();
    let mut typed: Vec<Text> = Vec::new();
    for entry in lines.iter().flat_map(parted) {
        let standard = ["（標準）", "(標準)"].iter().find_map(|mark| entry.value.strip_suffix(mark));
        let name = standard.unwrap_or(&entry.value).trim().to_string();
        if let Some(first) = typed.iter().find(|first| is_alike(&first.value, &name)) {
            diagnostics.push(twice(entry.span, "選択", &name, first.span));
            continue;
        }
        if standard.is_some() && choices.standard.replace(choices.list.len()).is_some() {
            diagnostics.push(fault(entry.span, "（標準）が2つあります。", "（標準）は1つの選択にだけ付けてください。"));
        }
        typed.push(Text::new(name.clone(), entry.span));
        choices.list.push(name);
    }
    choices
}
