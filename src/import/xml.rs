//! The XML of a workbook's parts, element by element. Prefixes of names are left out; an element without content ends at once.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::package::Fault;
use crate::xml::{entity, reader};

pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    open: usize,
}

pub(super) enum Node {
    Open(Tag),
    Close(String),
    Text(String),
}

#[derive(Default)]
pub(super) struct Tag {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.trim().parse().ok()
    }

    /// `hidden="1"`
    pub(super) fn is_set(&self, name: &str) -> bool {
        self.get(name).is_some_and(is_true)
    }
}

pub(super) fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { reader: reader(text), open: 0 }
    }

    /// What comes next; a part that breaks off is damaged.
    pub(super) fn next(&mut self) -> Result<Option<Node>, Fault> {
        loop {
            match self.reader.read_event().map_err(|_| Fault::Damaged)? {
                Event::Start(start) => {
                    self.open += 1;
                    return tag(&start).map(|tag| Some(Node::Open(tag)));
                }
                Event::End(end) => {
                    self.open = self.open.saturating_sub(1);
                    return Ok(Some(Node::Close(end.local_name().as_ref().to_string())));
                }
                Event::Text(text) => return Ok(Some(Node::Text(text.xml10_content().into_owned()))),
                Event::CData(text) => return Ok(Some(Node::Text(text.xml10_content().into_owned()))),
                Event::GeneralRef(reference) => {
                    let c = reference.resolve_char_ref().map_err(|_| Fault::Damaged)?;
                    let named = || entity(&reference).unwrap_or_default().to_string();
                    return Ok(Some(Node::Text(c.map_or_else(named, String::from))));
                }
                Event::Eof => return if self.open == 0 { Ok(None) } else { Err(Fault::Damaged) },
                Event::Empty(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_) => {}
            }
        }
    }

    /// Past the end of the element that was just opened.
    pub(super) fn skip(&mut self) -> Result<(), Fault> {
        let outside = self.open.saturating_sub(1);
        while self.open > outside {
            self.next()?.ok_or(Fault::Damaged)?;
        }
        Ok(())
    }

    /// The text inside the element that was just opened.
    pub(super) fn text(&mut self) -> Result<String, Fault> {
        let outside = self.open.saturating_sub(1);
        let mut text = String::new();
        while self.open > outside {
            if let Node::Text(more) = self.next()?.ok_or(Fault::Damaged)? {
                text.push_str(&more);
            }
        }
        Ok(text)
    }
}

fn tag(start: &BytesStart<'_>) -> Result<Tag, Fault> {
    let mut tag = Tag { name: start.local_name().as_ref().to_string(), attributes: Vec::new() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| Fault::Damaged)?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Fault::Damaged)?;
        tag.attributes.push((attribute.key.local_name().as_ref().to_string(), value.into_owned()));
    }
    Ok(tag)
}
