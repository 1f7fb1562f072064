//! XML as a tree: names, attributes in their order, texts. Knows nothing of what the elements mean.
//!
//! The reader of events knows no entities but those of XML itself, so that nothing swells here; a document that declares some is refused.

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer, XmlVersion};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// `w:pPr`, or `pPr` where it was read without prefixes
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    Element(Element),
    Text(String),
}

/// How a text becomes a tree.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    pub names: Names,
    /// Elements inside each other, at most
    pub deepest: usize,
    /// Elements in all, at most; as a tree each takes about 150 bytes
    pub most_elements: usize,
    /// What is done with an element once it is whole
    pub closed: fn(&mut Element),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// `w:p`
    AsWritten,
    /// `p`
    WithoutPrefix,
}

impl Reading {
    /// Everything as it stands: for what this program wrote itself.
    pub const WHOLE: Self =
        Self { names: Names::AsWritten, deepest: usize::MAX, most_elements: usize::MAX, closed: |_| {} };
}

/// Events of a text, in which every element has an end. It checks that tags match and knows no entities of its own.
pub fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    reader.config_mut().expand_empty_elements = true;
    reader
}

/// What an entity of XML itself stands for.
pub fn entity(reference: &str) -> Option<&'static str> {
    match reference {
        "lt" => Some("<"),
        "gt" => Some(">"),
        "amp" => Some("&"),
        "quot" => Some("\""),
        "apos" => Some("'"),
        _ => None,
    }
}

impl Element {
    pub fn new(name: &str, attributes: &[(&str, &str)]) -> Self {
        let attributes = attributes.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        Self { name: name.to_string(), attributes, children: Vec::new() }
    }

    /// Nothing for what is no whole XML, declares entities, or goes beyond the limits.
    pub fn parse(text: &str, reading: &Reading) -> Option<Self> {
        let mut reader = reader(text);
        let mut open = vec![Self::default()];
        let mut count = 0;
        loop {
            match reader.read_event().ok()? {
                Event::Start(start) => {
                    count += 1;
                    if open.len() > reading.deepest || count > reading.most_elements {
                        return None;
                    }
                    open.push(opened(&start, reading.names)?);
                }
                Event::End(_) => {
                    let mut closed = open.pop()?;
                    (reading.closed)(&mut closed);
                    open.last_mut()?.children.push(Node::Element(closed));
                }
                Event::Text(text) => open.last_mut()?.say(&text.xml10_content()),
                Event::CData(text) => open.last_mut()?.say(&text.xml10_content()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref().ok()? {
                    Some(c) => open.last_mut()?.say(c.encode_utf8(&mut [0; 4])),
                    None => open.last_mut()?.say(entity(&reference)?),
                },
                Event::DocType(_) => return None,
                Event::Eof => break,
                Event::Empty(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            }
        }
        open.pop().filter(|_| open.is_empty())?.children.into_iter().find_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The whole part, with what stands before its root.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes")))).ok()?;
        self.write(&mut writer)?;
        Some(writer.into_inner())
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> Option<()> {
        let attributes = self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let start = BytesStart::new(self.name.as_str()).with_attributes(attributes);
        if self.children.is_empty() {
            return writer.write_event(Event::Empty(start)).ok();
        }
        writer.write_event(Event::Start(start)).ok()?;
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(writer)?,
                Node::Text(text) => writer.write_event(Event::Text(BytesText::new(text))).ok()?,
            }
        }
        writer.write_event(Event::End(BytesEnd::new(self.name.as_str()))).ok()
    }

    fn say(&mut self, text: &str) {
        match self.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            Some(Node::Element(_)) | None => self.children.push(Node::Text(text.to_string())),
        }
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub fn elements_mut(&mut self) -> impl Iterator<Item = &mut Element> {
        self.children.iter_mut().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The child of that name, made where there is none.
    pub fn child_mut(&mut self, name: &str) -> Option<&mut Element> {
        if self.child(name).is_none() {
            self.add(Element::new(name, &[]));
        }
        self.elements_mut().find(|element| element.name == name)
    }

    /// Whether an element of one of these names is anywhere below.
    pub fn holds(&self, names: &[&str]) -> bool {
        self.elements().any(|element| names.contains(&element.name.as_str()) || element.holds(names))
    }

    /// The text of the element alone.
    pub fn own_text(&self) -> String {
        let texts = self.children.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        texts.collect()
    }

    pub fn add(&mut self, element: Element) {
        self.children.push(Node::Element(element));
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub fn set(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(own, _)| own == name) {
            Some((_, old)) => *old = value.to_string(),
            None => self.attributes.push((name.to_string(), value.to_string())),
        }
    }

    /// Does something with an element and all below it, the outer before the inner.
    pub fn walk(&mut self, act: &mut dyn FnMut(&mut Element)) {
        act(self);
        self.elements_mut().for_each(|element| element.walk(act));
    }
}

fn opened(start: &BytesStart<'_>, names: Names) -> Option<Element> {
    let name = match names {
        Names::AsWritten => start.name().as_ref().to_string(),
        Names::WithoutPrefix => start.local_name().as_ref().to_string(),
    };
    let mut element = Element { name, ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let name = match names {
            Names::AsWritten => attribute.key.as_ref().to_string(),
            Names::WithoutPrefix => attribute.key.local_name().as_ref().to_string(),
        };
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
        element.attributes.push((name, value));
    }
    Some(element)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_again() {
        let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:p w:a=\"&quot;1&amp;\"><w:t xml:space=\"preserve\"> a &lt;b&gt; </w:t><w:r/></w:p>";
        let tree = Element::parse(xml, &Reading::WHOLE).unwrap();
        assert_eq!(tree.child("w:t").map(Element::own_text).as_deref(), Some(" a <b> "));
        assert_eq!(String::from_utf8(tree.to_bytes().unwrap()).unwrap(), xml);
        assert_eq!(Element::parse("<a><b></a>", &Reading::WHOLE), None);
    }

    #[test]
    fn what_breaks_off_swells_or_never_ends_is_no_tree() {
        let reading = Reading { names: Names::WithoutPrefix, deepest: 20, most_elements: 1_000, ..Reading::WHOLE };
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>";
        let deep = "<a>".repeat(100);
        let many = format!("<a>{}</a>", "<b/>".repeat(1_000));
        for text in ["<a><b>", "<a></b>", "<a>&b;</a>", "<a", "", bomb, &deep, &many] {
            assert!(Element::parse(text, &reading).is_none(), "{}", text.chars().take(40).collect::<String>());
        }
        let many = format!("<a>{}</a>", "<b/>".repeat(999));
        assert!(Element::parse(&many, &reading).is_some());
    }
}
