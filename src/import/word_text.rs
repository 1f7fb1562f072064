//! The XML of a Word document as a tree, and the text that a reader of the page sees in a part of it. Knows no tables
//! and no lists.

use docx_rs::{EventReader, XmlEvent};

/// Deeper than this no program writes.
const DEEPEST: usize = 200;

/// Words that no page shows, and properties.
const UNSEEN: &[&str] = &[
    "pPr",
    "rPr",
    "tblPr",
    "tblGrid",
    "trPr",
    "tcPr",
    "sdtPr",
    "sdtEndPr",
    "sectPr", // properties
    "del",
    "moveFrom",
    "delText",
    "instrText",
    "delInstrText", // taken out, or how a field is made
    "rt",           // how a word is read stands above it
    "Fallback",     // the same once more, for old programs
];

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
    /// `None` for what is no whole XML.
    pub(super) fn parse(xml: &str) -> Option<Self> {
        let mut events = EventReader::new(xml.as_bytes());
        let mut open = vec![Self::default()];
        loop {
            match events.next_event().ok()? {
                XmlEvent::StartElement { name, attributes, .. } => {
                    let attributes = attributes.into_iter().map(|a| (a.name.local_name, a.value)).collect();
                    open.push(Self { name: name.local_name, attributes, children: Vec::new() });
                    if open.len() > DEEPEST {
                        return None;
                    }
                }
                XmlEvent::EndElement { .. } => {
                    let closed = open.pop()?;
                    open.last_mut()?.children.push(Node::Element(closed));
                }
                XmlEvent::Characters(text) | XmlEvent::Whitespace(text) => {
                    open.last_mut()?.children.push(Node::Text(text));
                }
                XmlEvent::EndDocument => break,
            }
        }
        let root = open.pop().filter(|_| open.is_empty())?;
        root.children.into_iter().find_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
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

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The value of a property: `<w:ilvl w:val="1"/>`
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// A property that is on by standing there
    pub(super) fn is_on(&self, name: &str) -> bool {
        self.child(name)
            .is_some_and(|element| !matches!(element.attribute("val"), Some("0" | "false" | "off" | "none")))
    }

    pub(super) fn is_unseen(&self) -> bool {
        let is_hidden_run = self.name == "r" && self.child("rPr").is_some_and(|properties| properties.is_on("vanish"));
        UNSEEN.contains(&self.name.as_str()) || is_hidden_run
    }
}

/// What a paragraph says, and the boxes that hang at it.
#[derive(Debug, Default)]
pub(super) struct Said<'a> {
    pub(super) text: String,
    pub(super) boxes: Vec<&'a Element>,
}

impl<'a> Said<'a> {
    pub(super) fn of(paragraph: &'a Element) -> Self {
        let mut said = Self::default();
        said.add(paragraph);
        said
    }

    fn add(&mut self, element: &'a Element) {
        for child in element.elements().filter(|child| !child.is_unseen()) {
            match child.name.as_str() {
                "t" => self.text.extend(child.children.iter().filter_map(|node| match node {
                    Node::Text(text) => Some(text.as_str()),
                    Node::Element(_) => None,
                })),
                "tab" | "ptab" => self.text.push('\t'),
                "br" if matches!(child.attribute("type"), Some("page" | "column")) => {}
                "br" | "cr" => self.text.push('\n'),
                "noBreakHyphen" => self.text.push('-'),
                // A picture of a character in a font of its own; what it shows is not known.
                "sym" => self.text.push('〓'),
                "footnoteReference" => self.refer("注", child),
                "endnoteReference" => self.refer("文末注", child),
                "txbxContent" => self.boxes.push(child),
                _ => self.add(child),
            }
        }
    }

    fn refer(&mut self, word: &str, reference: &Element) {
        if let Some(id) = reference.attribute("id") {
            self.text.push_str(&format!("（{word}{id}）"));
        }
    }
}
