//! Something that may be typed at a place, as an editor lists it.

use std::ops::Range;

/// What is offered.
pub(super) struct Offer {
    pub(super) label: String,
    pub(super) kind: u8,
    pub(super) detail: String,
    /// What takes the place of the stretch
    pub(super) text: String,
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
        Self { text: label.clone(), label, kind, detail: String::new(), stretch }
    }

    pub(super) fn typing(self, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..self }
    }

    pub(super) fn saying(self, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..self }
    }
}
