//! What a document of Word has besides its text: notes with their numbers, and what is not read, counted by its kind.

use std::collections::BTreeMap;

use super::document::Unread;
use crate::xml::Element;

/// Its lines
pub(super) const CONTENTS: &str = "目次";
/// Pictures of every kind
pub(super) const PICTURES: &str = "図や写真";

/// In the order in which they are named
const KINDS: &[(&str, &str)] = &[
    (CONTENTS, "行"),
    ("ヘッダー", "か所"),
    ("フッター", "か所"),
    ("コメント", "件"),
    ("埋め込みの表", "つ"),
    ("埋め込みの物", "つ"),
    ("グラフ", "つ"),
    (PICTURES, "つ"),
    ("文字のない図形", "つ"),
    ("飾り文字（ワードアート）", "つ"),
    ("未記入の入力欄の案内", "か所"),
    ("入力部品", "つ"),
    ("差し込んだ文書", "つ"),
];

#[derive(Debug, Default)]
pub(super) struct WordFindings<'a> {
    counts: BTreeMap<&'static str, usize>,
    /// Footnotes and endnotes by their elements' ids, in the order in which the text names them
    footnotes: BTreeMap<&'a str, usize>,
    endnotes: BTreeMap<&'a str, usize>,
}

impl<'a> WordFindings<'a> {
    pub(super) fn add(&mut self, kind: &'static str, count: usize) {
        *self.counts.entry(kind).or_default() += count;
    }

    pub(super) fn unread(&self) -> Vec<Unread> {
        let counted = |(what, counter): &(&'static str, &'static str)| {
            let count = *self.counts.get(what).filter(|count| **count > 0)?;
            Some(Unread { what, count, counter })
        };
        KINDS.iter().filter_map(counted).collect()
    }

    /// The word and the number of a note that is referred to: numbers go by the order in the text.
    pub(super) fn note(&mut self, reference: &'a Element) -> Option<(&'static str, usize)> {
        let (word, notes) = match reference.name.as_str() {
            "endnoteReference" => ("文末注", &mut self.endnotes),
            _ => ("注", &mut self.footnotes),
        };
        let next = notes.len() + 1;
        Some((word, *notes.entry(reference.attribute("id")?).or_insert(next)))
    }

    /// The number of a note that the text named.
    pub(super) fn number(&self, word: &str, id: &str) -> Option<usize> {
        let notes = if word == "注" { &self.footnotes } else { &self.endnotes };
        notes.get(id).copied()
    }

    pub(super) fn is_formula(&self, object: &Element) -> bool {
        program_of(object).is_some_and(|program| program.starts_with("Equation"))
    }

    /// Whether an element is no text: it is counted.
    pub(super) fn passes_over(&mut self, element: &Element) -> bool {
        let kind = match element.name.as_str() {
            // 〓 stands in its place.
            "object" if self.is_formula(element) => return true,
            "object" if element.child("control").is_some() => "入力部品",
            "object" if program_of(element).is_some_and(|program| program.starts_with("Excel")) => "埋め込みの表",
            "object" => "埋め込みの物",
            "chart" => "グラフ",
            "pic" | "imagedata" | "relIds" | "contentPart" => PICTURES,
            "textpath" => "飾り文字（ワードアート）",
            "control" => "入力部品",
            "altChunk" | "subDoc" => "差し込んだ文書",
            "wsp" | "shape" | "rect" | "oval" | "roundrect" | "line" | "polyline"
                if !element.holds(&["txbxContent", "imagedata", "textpath"]) =>
            {
                "文字のない図形"
            }
            _ => return false,
        };
        self.add(kind, 1);
        true
    }
}

/// Whose object it is: `Excel.Sheet.12`, `Equation.3`
fn program_of(object: &Element) -> Option<&str> {
    object.child("OLEObject")?.attribute("ProgID")
}
