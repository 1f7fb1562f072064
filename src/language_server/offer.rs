//! Something that may be typed at a place, as an editor lists it.

use std::ops::Range;

/// What is offered.
pub(super) struct Offer {
    pub(super) label: String,
    pub(super) kind: u8,
    pub(super) detail: String,
    /// What takes the place of the stretch
    pub(super) text: String,
    /// What an editor compares with what was typed, where that is not `text`
    filter: Option<String>,
    /// It was made from what was typed: when more is typed, it is another one.
    pub(super) is_of_typed: bool,
    /// In bytes
    pub(super) stretch: Range<usize>,
}

pub(super) const KEYWORD: u8 = 14;
pub(super) const FIELD: u8 = 5;
pub(super) const UNIT: u8 = 11;
pub(super) const VALUE: u8 = 12;
pub(super) const FILE: u8 = 17;
pub(super) const REFERENCE: u8 = 18;
pub(super) const CHOICE: u8 = 20;

impl Offer {
    pub(super) fn new(label: impl Into<String>, kind: u8, stretch: Range<usize>) -> Self {
        let label = label.into();
        Self { text: label.clone(), label, kind, detail: String::new(), filter: None, is_of_typed: false, stretch }
    }

    pub(super) fn typing(self, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..self }
    }

    /// Typed in another width: editors compare letter by letter.
    pub(super) fn found_by(self, filter: impl Into<String>) -> Self {
        Self { filter: Some(filter.into()), ..self }
    }

    pub(super) fn of_typed(self) -> Self {
        Self { is_of_typed: true, ..self }
    }

    pub(super) fn filter(&self) -> &str {
        self.filter.as_deref().unwrap_or(&self.text)
    }

    pub(super) fn saying(self, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..self }
    }
}
