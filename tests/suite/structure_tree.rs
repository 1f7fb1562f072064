//! The tag tree of a PDF with its text, as a screen reader meets it.

#![allow(clippy::wildcard_enum_match_arm, reason = "of the kinds of PDF objects only a few may stand in a place")]

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};

use crate::tools::squeezed;

/// One element of the tag tree. A piece of text is an element without a kind.
#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) kind: String,
    /// What the heads of cells are named by
    pub(crate) id: Vec<u8>,
    pub(crate) headers: Vec<Vec<u8>>,
    /// What is read in the place of a picture
    pub(crate) alt: String,
    text: String,
    children: Vec<Node>,
}

impl Node {
    /// All text in it, without blanks.
    pub(crate) fn whole_text(&self) -> String {
        let below: String = self.children.iter().map(Self::whole_text).collect();
        squeezed(&self.text) + &below
    }

    pub(crate) fn children(&self) -> impl Iterator<Item = &Self> {
        self.children.iter()
    }

    /// The elements of a kind in it, in reading order.
    pub(crate) fn all<'a>(&'a self, kind: &str, found: &mut Vec<&'a Self>) {
        if self.kind == kind {
            found.push(self);
        }
        self.children.iter().for_each(|child| child.all(kind, found));
    }
}

/// Text by page and number of marked content.
type Marked = BTreeMap<(ObjectId, i64), String>;

pub(crate) fn structure_of(pdf: &[u8]) -> Node {
    let document = Document::load_mem(pdf).unwrap();
    let mut marked = Marked::new();
    for page in document.get_pages().into_values() {
        read_page(&document, page, &mut marked);
    }
    let root = document.catalog().unwrap().get(b"StructTreeRoot").and_then(|root| document.dereference(root)).unwrap();
    let root = root.1.as_dict().unwrap();
    let mut node = Node::default();
    children(&document, root, None, &marked, &mut node);
    node
}

fn children(document: &Document, element: &Dictionary, page: Option<ObjectId>, marked: &Marked, node: &mut Node) {
    let page = element.get(b"Pg").and_then(Object::as_reference).ok().or(page);
    let Ok(kids) = element.get(b"K").and_then(|kids| document.dereference(kids)) else { return };
    let kids = match kids.1 {
        Object::Array(kids) => kids.clone(),
        kid => vec![kid.clone()],
    };
    let text = |page: Option<ObjectId>, number: i64| Node {
        text: page.and_then(|page| marked.get(&(page, number))).cloned().unwrap_or_default(),
        ..Node::default()
    };
    for kid in kids {
        match document.dereference(&kid).unwrap().1 {
            Object::Integer(number) => node.children.push(text(page, *number)),
            Object::Dictionary(kid) if kid.has_type(b"OBJR") => {}
            Object::Dictionary(kid) if kid.has_type(b"MCR") => {
                let page = kid.get(b"Pg").and_then(Object::as_reference).ok().or(page);
                node.children.push(text(page, kid.get(b"MCID").and_then(Object::as_i64).unwrap()));
            }
            Object::Dictionary(kid) => node.children.push(element_of(document, kid, page, marked)),
            other => panic!("{other:?} in the tag tree"),
        }
    }
}

fn element_of(document: &Document, element: &Dictionary, page: Option<ObjectId>, marked: &Marked) -> Node {
    let mut node = Node {
        kind: String::from_utf8_lossy(element.get(b"S").and_then(Object::as_name).unwrap()).into_owned(),
        id: element.get(b"ID").and_then(Object::as_str).map(<[u8]>::to_vec).unwrap_or_default(),
        alt: element.get(b"Alt").ok().and_then(|alt| lopdf::decode_text_string(alt).ok()).unwrap_or_default(),
        headers: headers_of(document, element),
        ..Node::default()
    };
    children(document, element, page, marked, &mut node);
    node
}

fn headers_of(document: &Document, element: &Dictionary) -> Vec<Vec<u8>> {
    let Ok(attributes) = element.get(b"A").and_then(|attributes| document.dereference(attributes)) else {
        return Vec::new();
    };
    let attributes = match attributes.1 {
        Object::Array(attributes) => attributes.clone(),
        attributes => vec![attributes.clone()],
    };
    let headers = |attributes: &Object| {
        let attributes = document.dereference(attributes).ok()?.1.as_dict().ok()?;
        let headers = document.dereference(attributes.get(b"Headers").ok()?).ok()?.1.as_array().ok()?;
        Some(headers.iter().filter_map(|id| id.as_str().ok().map(<[u8]>::to_vec)).collect())
    };
    attributes.iter().find_map(headers).unwrap_or_default()
}

/// The text of a page's marked content.
fn read_page(document: &Document, page: ObjectId, marked: &mut Marked) {
    let fonts = document.get_page_fonts(page).unwrap();
    let encodings: BTreeMap<&[u8], Encoding<'_>> =
        fonts.iter().map(|(name, font)| (name.as_slice(), font.get_font_encoding(document).unwrap())).collect();
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    let mut open: Vec<Option<i64>> = Vec::new();
    let mut font: &[u8] = b"";
    for operation in &content.operations {
        match operation.operator.as_str() {
            "BDC" => open.push(number_of(document, page, &operation.operands)),
            "BMC" => open.push(None),
            "EMC" => drop(open.pop()),
            "Tf" => font = operation.operands[0].as_name().unwrap(),
            "Tj" | "TJ" => {
                let Some(number) = open.iter().rev().find_map(|number| *number) else { continue };
                let text = marked.entry((page, number)).or_default();
                show(&operation.operands, &encodings[font], text);
            }
            _ => {}
        }
    }
}

fn number_of(document: &Document, page: ObjectId, operands: &[Object]) -> Option<i64> {
    let properties = match operands.get(1)? {
        Object::Dictionary(properties) => properties.clone(),
        Object::Name(name) => {
            let (resources, _) = document.get_page_resources(page).ok()?;
            let all = document.dereference(resources?.get(b"Properties").ok()?).ok()?.1.as_dict().ok()?;
            document.dereference(all.get(name).ok()?).ok()?.1.as_dict().ok()?.clone()
        }
        _ => return None,
    };
    properties.get(b"MCID").and_then(Object::as_i64).ok()
}

fn show(operands: &[Object], encoding: &Encoding<'_>, text: &mut String) {
    for operand in operands {
        match operand {
            Object::String(bytes, _) => text.push_str(&Document::decode_text(encoding, bytes).unwrap()),
            Object::Array(parts) => show(parts, encoding, text),
            _ => {}
        }
    }
}
