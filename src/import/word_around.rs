//! What holds for everything inside an element of Word: how it is taken out of the text, and what lies below it.

use super::colour::Ground;
use super::word_xml::WordElement;
use crate::xml::Element;

pub(super) const HIDDEN: &str = "隠し文字";
pub(super) const DELETED: &str = "変更履歴で消した所";
pub(super) const HIDDEN_ROW: &str = "隠した行";
/// A prompt of a control: left out, and said only where it is none of the usual ones
pub(super) const PROMPT: &str = "未記入の欄の案内";

/// Properties, and how a word is read, which stands above it.
const UNSEEN: &[&str] = &[
    "pPr",
    "rPr",
    "tblPr",
    "tblGrid",
    "trPr",
    "tcPr",
    "sdtPr",
    "sdtEndPr",
    "sectPr",
    "delInstrText",
    "rt",
    "pPrChange",
];

pub(super) fn is_unseen(element: &Element) -> bool {
    UNSEEN.contains(&element.name.as_str())
}

/// What holds for everything inside an element.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around<'a> {
    /// How it is taken out of the text
    pub(super) omitted: Option<&'static str>,
    /// A control that is a box: whether it is ticked
    pub(super) ticked: Option<bool>,
    /// The style of the table
    pub(super) table: Option<&'a str>,
    /// What lies below it
    pub(super) ground: Ground,
    /// White on a background that is not known
    pub(super) is_white: bool,
}

impl Around<'_> {
    pub(super) fn omitting(self, how: &'static str) -> Self {
        Self { omitted: self.omitted.or(Some(how)), ..self }
    }

    /// Inside a change that was recorded, a control, or anything else
    pub(super) fn inside(self, element: &Element) -> Self {
        if matches!(element.name.as_str(), "del" | "moveFrom") {
            return self.omitting(DELETED);
        }
        let Some(properties) = element.child("sdtPr").filter(|_| element.name == "sdt") else { return self };
        match properties.child("checkbox") {
            Some(own) => Self { ticked: Some(own.switch("checked").unwrap_or(false)), ..self },
            None if properties.switch("showingPlcHdr") == Some(true) => self.omitting(PROMPT),
            None => self,
        }
    }
}
