//! The XML of a part of a Word document, bounded in depth and in elements: names without prefixes, of several drawings of one thing for old
//! and new programs the one for new ones, nothing of who typed what when.

use crate::xml::{Element, Names, Node, Reading};

/// Deeper than this no program writes.
const DEEPEST: usize = 200;
/// Elements of the longest report that was seen, many times over
const MOST_ELEMENTS: usize = 2_000_000;

/// `None` for what is no whole XML, or has no end.
pub(super) fn word_xml(text: &str) -> Option<Element> {
    let reading = Reading { names: Names::WithoutPrefix, deepest: DEEPEST, most_elements: MOST_ELEMENTS, closed };
    Element::parse(text, &reading)
}

fn closed(element: &mut Element) {
    // Half of a document's bytes.
    element.attributes.retain(|(name, _)| !name.starts_with("rsid"));
    // `AlternateContent` holds the same thing several times.
    if element.name == "AlternateContent" && element.child("Choice").is_some() {
        let mut taken = false;
        element.children.retain(|node| match node {
            Node::Element(element) => element.name == "Choice" && !std::mem::replace(&mut taken, true),
            Node::Text(_) => false,
        });
    }
}

/// What Word's elements say by their shape.
pub(super) trait WordElement {
    /// Whether a letter stands in any `t` below.
    fn has_text(&self) -> bool;

    /// The value of a property: `<w:ilvl w:val="1"/>`
    fn value(&self, name: &str) -> Option<&str>;

    /// A property that is on by standing there, and off by `w:val="0"`; `None` where it is not there
    fn switch(&self, name: &str) -> Option<bool>;
}

impl WordElement for Element {
    fn has_text(&self) -> bool {
        self.elements()
            .any(|element| (element.name == "t" && !element.own_text().trim().is_empty()) || element.has_text())
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    fn switch(&self, name: &str) -> Option<bool> {
        let value = self.child(name)?.attribute("val").unwrap_or_default().to_ascii_lowercase();
        Some(!matches!(value.as_str(), "0" | "false" | "off" | "none"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_own_ways_are_read_and_what_never_ends_is_not() {
        let whole = word_xml("<w:p w:rsidR=\"1\"><w:t>1 &lt; 2&#x3042;</w:t><w:b w:val=\"0\"/></w:p>").unwrap();
        assert_eq!(whole.child("t").unwrap().own_text(), "1 < 2あ");
        assert_eq!((whole.switch("b"), whole.attribute("rsidR")), (Some(false), None));
        let twice = word_xml("<p><AlternateContent><Choice><n/></Choice><Fallback/></AlternateContent></p>").unwrap();
        assert!(twice.holds(&["n"]) && !twice.holds(&["Fallback"]));
        for text in ["<a>".repeat(100_000), format!("<a>{}</a>", "<b/>".repeat(MOST_ELEMENTS))] {
            assert!(word_xml(&text).is_none());
        }
    }
}
