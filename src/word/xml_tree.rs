//! A part of a document as a tree, as far as we wrote it ourselves: names with their prefixes, attributes in their order.
//!
//! Knows nothing of what the elements mean.

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer, XmlVersion};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// `w:pPr`
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub(super) fn new(name: &str, attributes: &[(&str, &str)]) -> Self {
        let attributes = attributes.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        Self { name: name.to_string(), attributes, children: Vec::new() }
    }

    /// Nothing for what is no whole XML.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::from_str(std::str::from_utf8(bytes).ok()?);
        reader.config_mut().expand_empty_elements = true;
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().ok()? {
                Event::Start(start) => open.push(opened(&start)?),
                Event::End(_) => {
                    let closed = open.pop()?;
                    open.last_mut()?.children.push(Node::Element(closed));
                }
                Event::Text(text) => open.last_mut()?.say(&text.xml10_content()),
                Event::CData(text) => open.last_mut()?.say(&text.xml10_content()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref().ok()? {
                    Some(c) => open.last_mut()?.say(c.encode_utf8(&mut [0; 4])),
                    None => open.last_mut()?.say(named(&reference)?),
                },
                Event::Eof => break,
                Event::Empty(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
            }
        }
        open.pop().filter(|_| open.is_empty())?.children.into_iter().find_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The whole part, with what stands before its root.
    pub(super) fn to_bytes(&self) -> Option<Vec<u8>> {
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

    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub(super) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Element> {
        self.children.iter_mut().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The child of that name, made where there is none.
    pub(super) fn child_mut(&mut self, name: &str) -> Option<&mut Element> {
        if self.child(name).is_none() {
            self.add(Element::new(name, &[]));
        }
        self.elements_mut().find(|element| element.name == name)
    }

    pub(super) fn add(&mut self, element: Element) {
        self.children.push(Node::Element(element));
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn set(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(own, _)| own == name) {
            Some((_, old)) => *old = value.to_string(),
            None => self.attributes.push((name.to_string(), value.to_string())),
        }
    }

    /// Does something with an element and all below it, the outer before the inner.
    pub(super) fn walk(&mut self, act: &mut dyn FnMut(&mut Element)) {
        act(self);
        self.elements_mut().for_each(|element| element.walk(act));
    }
}

fn opened(start: &BytesStart<'_>) -> Option<Element> {
    let mut element = Element { name: start.name().as_ref().to_string(), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
        element.attributes.push((attribute.key.as_ref().to_string(), value));
    }
    Some(element)
}

/// What an entity of XML itself stands for.
fn named(reference: &str) -> Option<&'static str> {
    match reference {
        "lt" => Some("<"),
        "gt" => Some(">"),
        "amp" => Some("&"),
        "quot" => Some("\""),
        "apos" => Some("'"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_again() {
        let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:p w:a=\"&quot;1&amp;\"><w:t xml:space=\"preserve\"> a &lt;b&gt; </w:t><w:r/></w:p>";
        let tree = Element::parse(xml.as_bytes()).unwrap();
        assert_eq!(tree.child("w:t").map(|t| t.children.clone()), Some(vec![Node::Text(" a <b> ".to_string())]));
        assert_eq!(String::from_utf8(tree.to_bytes().unwrap()).unwrap(), xml);
        assert_eq!(Element::parse(b"<a><b></a>"), None);
    }
}
