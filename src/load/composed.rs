//! A text as an editor holds it, か and ゛ apart where they were typed so, beside the text that is read of it.

use std::ops::Range;
use std::sync::Arc;

use super::decode::compose_pair;
use super::{Content, DecodeError, MAX_FILE_BYTES};

/// A typed text, the composed one, and where they part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComposedText {
    typed: Arc<str>,
    composed: Arc<str>,
    /// In order; empty for nearly every text
    joins: Vec<Join>,
}

/// Where a letter and its mark became one, in bytes of both texts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Join {
    typed: Range<usize>,
    composed: Range<usize>,
}

impl ComposedText {
    pub fn new(typed: impl Into<Arc<str>>) -> Self {
        let typed = typed.into();
        if !typed.contains(['\u{3099}', '\u{309A}']) {
            return Self { composed: Arc::clone(&typed), typed, joins: Vec::new() };
        }
        let mut composed = String::with_capacity(typed.len());
        let mut joins = Vec::new();
        for (at, c) in typed.char_indices() {
            let before = composed.chars().next_back();
            match before.and_then(|before| compose_pair(before, c).map(|whole| (before, whole))) {
                Some((before, whole)) => {
                    composed.pop();
                    let start = composed.len();
                    composed.push(whole);
                    let typed = at - before.len_utf8()..at + c.len_utf8();
                    joins.push(Join { typed, composed: start..composed.len() });
                }
                None => composed.push(c),
            }
        }
        Self { typed, composed: composed.into(), joins }
    }

    /// As the editor holds it.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// As it is read.
    pub fn composed(&self) -> &Arc<str> {
        &self.composed
    }

    /// The byte of the typed text for one of the composed text.
    pub fn typed_place(&self, composed: usize) -> usize {
        let before = self.joins.partition_point(|join| join.composed.end <= composed);
        let last = before.checked_sub(1).and_then(|last| self.joins.get(last));
        last.map_or(composed, |last| last.typed.end + (composed - last.composed.end))
    }

    /// The byte of the composed text for one of the typed text; between a letter and its mark it is that of the letter.
    pub fn composed_place(&self, typed: usize) -> usize {
        let before = self.joins.partition_point(|join| join.typed.end <= typed);
        if let Some(inside) = self.joins.get(before).filter(|join| join.typed.start < typed) {
            return inside.composed.start;
        }
        let last = before.checked_sub(1).and_then(|last| self.joins.get(last));
        last.map_or(typed, |last| last.composed.end + (typed - last.typed.end))
    }

    /// What a check is to see of the text: what it would see of a file that holds it.
    pub fn content(&self) -> Content {
        let bytes = self.typed.len() as u64;
        if bytes > MAX_FILE_BYTES {
            Content::TooLarge { bytes }
        } else if self.typed.contains(['\0', '\u{1B}']) {
            Content::Undecodable(DecodeError::Unknown)
        } else {
            Content::Text(Arc::clone(&self.composed))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::compose_voiced_kana;

    #[test]
    fn every_place_is_found_again_on_the_other_side() {
        let typed = "か\u{3099}𠮷は\u{309A}\r\n漢\u{3099}うか\u{3099}";
        let text = ComposedText::new(typed);
        assert_eq!(**text.composed(), *compose_voiced_kana(typed.to_string()));
        for (at, _) in text.composed().char_indices() {
            assert_eq!(text.composed_place(text.typed_place(at)), at);
        }
        assert_eq!(text.typed_place(0), 0);
        assert_eq!(text.typed_place("が".len()), "か\u{3099}".len());
        assert_eq!(text.composed_place("か".len()), 0);
        assert_eq!(text.typed_place(text.composed().len()), typed.len());
        assert_eq!(text.composed_place(typed.len()), text.composed().len());
    }

    #[test]
    fn an_ordinary_text_is_kept_once() {
        let text = ComposedText::new("がっこう");
        assert!(Arc::ptr_eq(&text.typed, &text.composed));
        assert_eq!((text.typed_place(3), text.composed_place(6)), (3, 6));
    }
}
