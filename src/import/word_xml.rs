//! The XML of a part of a Word document as a tree, bounded in depth and in elements. Knows nothing of what they mean.
//!
//! The reader of events knows no entities but those of XML itself, so that nothing swells here. Of several drawings of one thing for old and new programs the one for new ones is kept.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::xml::{named, reader};

/// Deeper than this no program writes.
const DEEPEST: usize = 200;
/// Elements of the longest report that was seen, many times over; as a tree each takes about 150 bytes.
const MOST_ELEMENTS: usize = 2_000_000;

/// An element by its name without the prefix.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// `None` for what is no whole XML, or has no end.
    pub(super) fn parse(xml: &str) -> Option<Self> {
        let mut reader = reader(xml);
        let mut open = vec![Self::default()];
        let mut count = 0;
        loop {
            match reader.read_event().ok()? {
                Event::Start(start) => {
                    count += 1;
                    if open.len() > DEEPEST || count > MOST_ELEMENTS {
                        return None;
                    }
                    open.push(opened(&start)?);
                }
                Event::End(_) => {
                    let mut closed = open.pop()?;
                    closed.keep_newest();
                    open.last_mut()?.children.push(Node::Element(closed));
                }
                Event::Text(text) => open.last_mut()?.say(&text.xml10_content()),
                Event::CData(text) => open.last_mut()?.say(&text.xml10_content()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref().ok()? {
                    Some(c) => open.last_mut()?.say(c.encode_utf8(&mut [0; 4])),
                    None => open.last_mut()?.say(named(&reference)?),
                },
                // No program of Word declares anything.
                Event::DocType(_) => return None,
                Event::Eof => break,
                Event::Empty(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            }
        }
        let root = open.pop().filter(|_| open.is_empty())?;
        root.children.into_iter().find_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    fn say(&mut self, text: &str) {
        match self.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            Some(Node::Element(_)) | None => self.children.push(Node::Text(text.to_string())),
        }
    }

    /// `AlternateContent` holds the same thing several times.
    fn keep_newest(&mut self) {
        if self.name == "AlternateContent" && self.child("Choice").is_some() {
            let mut taken = false;
            self.children.retain(|node| match node {
                Node::Element(element) => element.name == "Choice" && !std::mem::replace(&mut taken, true),
                Node::Text(_) => false,
            });
        }
    }

    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// Whether an element of one of these names is anywhere below.
    pub(super) fn holds(&self, names: &[&str]) -> bool {
        self.elements().any(|element| names.contains(&element.name.as_str()) || element.holds(names))
    }

    /// The text of the element alone.
    pub(super) fn own_text(&self) -> String {
        let texts = self.children.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        texts.collect()
    }

    /// Whether a letter stands in any `t` below.
    pub(super) fn has_text(&self) -> bool {
        self.elements()
            .any(|element| (element.name == "t" && !element.own_text().trim().is_empty()) || element.has_text())
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The value of a property: `<w:ilvl w:val="1"/>`
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// A property that is on by standing there, and off by `w:val="0"`; `None` where it is not there
    pub(super) fn switch(&self, name: &str) -> Option<bool> {
        let value = self.child(name)?.attribute("val").unwrap_or_default().to_ascii_lowercase();
        Some(!matches!(value.as_str(), "0" | "false" | "off" | "none"))
    }
}

fn opened(start: &BytesStart<'_>) -> Option<Element> {
    let mut element = Element { name: start.local_name().as_ref().to_string(), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let name = attribute.key.local_name();
        let name: &str = name.as_ref();
        // Who typed what when: half of a document's bytes.
        if name.starts_with("rsid") {
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        element.attributes.push((name.to_string(), value.into_owned()));
    }
    Some(element)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_breaks_off_swells_or_never_ends_is_no_tree() {
        let whole = Element::parse("<w:p w:rsidR=\"1\"><w:t>1 &lt; 2&#x3042;</w:t><w:b w:val=\"0\"/></w:p>").unwrap();
        assert_eq!(whole.child("t").unwrap().own_text(), "1 < 2あ");
        assert_eq!((whole.switch("b"), whole.attribute("rsidR")), (Some(false), None));
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>";
        let deep = "<a>".repeat(100_000);
        let many = format!("<a>{}</a>", "<b/>".repeat(MOST_ELEMENTS));
        for text in ["<a><b>", "<a></b>", "<a>&b;</a>", "<a", "", bomb, &deep, &many] {
            assert!(Element::parse(text).is_none(), "{}", text.chars().take(40).collect::<String>());
        }
    }
}
