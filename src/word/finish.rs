//! What the writer of documents has no words for: heads that are repeated, pages i, ii, iii, what pictures show, the language, who wrote
//! it; and the order of elements. Everything is read from the parts, changed as values, and written again.

use docx_rs::XMLDocx;

use super::look::{GOTHIC, MINCHO};
use super::package::ending;
use super::schema_order::put_in_order;
use super::styles::HEAD;
use super::writer::ToldPicture;
use crate::xml::{Element, Node, Reading};

/// What Word calls the photographs of a case, and all others: `import` tells them apart by it.
const OF_CASE: &str = "事例の写真";
const ALONE: &str = "写真";

/// What is said of the document
#[derive(Debug, Default)]
pub(super) struct Properties {
    pub(super) title: String,
    pub(super) publisher: String,
    /// As ISO 8601 has it
    pub(super) day: String,
}

/// What the document needs beyond what was written.
pub(super) struct Extras {
    pub(super) properties: Properties,
    /// Of each section, whether its pages are i, ii, iii
    pub(super) roman: Vec<bool>,
    /// What each picture is
    pub(super) told: Vec<ToldPicture>,
}

/// Nothing where a part is no XML, which no writer gives.
pub(super) fn finished(mut parts: XMLDocx, extras: &Extras) -> Option<XMLDocx> {
    parts.document = changed(&parts.document, |root| document(root, extras))?;
    parts.styles = changed(&parts.styles, styles)?;
    parts.numberings = changed(&parts.numberings, |_| {})?;
    parts.settings = changed(&parts.settings, |_| {})?;
    parts.font_table = changed(&parts.font_table, fonts)?;
    parts.doc_props.core = changed(&parts.doc_props.core, |root| core(root, &extras.properties))?;
    let pictures: Vec<(String, &str)> =
        parts.media.iter().map(|(id, bytes)| (format!("media/{id}.png"), ending(bytes))).collect();
    let mark = super::own_files::mark(&parts.document);
    parts.doc_props.custom = changed(&parts.doc_props.custom, |root| root.add(mark))?;
    parts.document_rels = changed(&parts.document_rels, |root| relations(root, &pictures))?;
    parts.content_type = changed(&parts.content_type, content_types)?;
    for part in parts.headers.iter_mut().chain(&mut parts.footers) {
        *part = changed(part, without_ids)?;
    }
    Some(parts)
}

fn changed(part: &[u8], change: impl FnOnce(&mut Element)) -> Option<Vec<u8>> {
    let mut root = Element::parse(std::str::from_utf8(part).ok()?, &Reading::WHOLE)?;
    change(&mut root);
    root.walk(&mut without_idle);
    put_in_order(&mut root);
    root.to_bytes()
}

/// What the writer puts where the standard has no place for it, and says nothing.
fn without_idle(element: &mut Element) {
    let is_idle = |child: &Node| match child {
        Node::Element(child) => child.name == "w:rPr" && child.children.is_empty(),
        Node::Text(_) => false,
    };
    match element.name.as_str() {
        "w:pPr" | "w:r" | "w:style" | "w:lvl" => element.children.retain(|child| !is_idle(child)),
        "w:gridCol" => element.attributes.retain(|(name, _)| name == "w:w"),
        _ => {}
    }
}

/// Numbers of paragraphs are counted over all documents of a process, and nothing needs them.
fn without_ids(root: &mut Element) {
    root.walk(&mut |element| element.attributes.retain(|(name, _)| name != "w14:paraId" && name != "w14:textId"));
}

fn document(root: &mut Element, extras: &Extras) {
    without_ids(root);
    let mut roman = extras.roman.iter();
    let mut pictures = 0_usize;
    root.walk(&mut |element| match element.name.as_str() {
        "w:tbl" => repeat_heads(element),
        "w:sectPr" => {
            if roman.next() == Some(&true)
                && let Some(numbers) = element.child_mut("w:pgNumType")
            {
                numbers.set("w:fmt", "lowerRoman");
            }
        }
        "wp:docPr" => {
            let told = extras.told.get(pictures);
            pictures += 1;
            element.set("id", &pictures.to_string());
            let is_of_case = told.is_some_and(|told| told.is_of_case);
            element.set("name", &format!("{} {pictures}", if is_of_case { OF_CASE } else { ALONE }));
            element.set("descr", told.map_or("", |told| &told.alt));
        }
        "pic:cNvPr" => {
            let told = pictures.checked_sub(1).and_then(|picture| extras.told.get(picture));
            element.set("name", told.map_or("", |told| &told.file));
        }
        "w:bookmarkEnd" => element.attributes.retain(|(name, _)| name == "w:id"),
        _ => {}
    });
}

/// The rows at the top of a table whose paragraphs are all heads.
fn repeat_heads(table: &mut Element) {
    for row in table.elements_mut().filter(|element| element.name == "w:tr") {
        if !is_head(row) {
            return;
        }
        if row.child("w:trPr").is_none() {
            row.children.insert(0, Node::Element(Element::new("w:trPr", &[])));
        }
        if let Some(properties) = row.child_mut("w:trPr") {
            properties.add(Element::new("w:tblHeader", &[]));
        }
    }
}

/// A place that a head covers from above says nothing of its own.
fn is_head(row: &Element) -> bool {
    let mut cells = row.elements().filter(|element| element.name == "w:tc").peekable();
    let style =
        |paragraph: &Element| paragraph.child("w:pPr")?.child("w:pStyle")?.attribute("w:val").map(str::to_string);
    cells.peek().is_some()
        && cells.all(|cell| {
            let goes_on = cell.child("w:tcPr").and_then(|properties| properties.child("w:vMerge"));
            let goes_on = goes_on.is_some_and(|merge| merge.attribute("w:val") != Some("restart"));
            let mut paragraphs = cell.elements().filter(|element| element.name == "w:p");
            goes_on || paragraphs.all(|paragraph| style(paragraph).as_deref() == Some(HEAD))
        })
}

fn styles(root: &mut Element) {
    let language = Element::new("w:lang", &[("w:val", "en-US"), ("w:eastAsia", "ja-JP"), ("w:bidi", "ar-SA")]);
    let default = root.child_mut("w:docDefaults").and_then(|defaults| defaults.child_mut("w:rPrDefault"));
    if let Some(properties) = default.and_then(|default| default.child_mut("w:rPr")) {
        properties.add(language);
    }
    for style in root.elements_mut().filter(|element| element.name == "w:style") {
        if style.attribute("w:styleId") == Some("Normal") {
            style.set("w:default", "1");
        }
    }
}

/// The faces of the report, with what a computer that has them under another name may take.
fn fonts(root: &mut Element) {
    let font = |name: &str, other: &str, family: &str, pitch: &str| {
        let mut font = Element::new("w:font", &[("w:name", name)]);
        font.add(Element::new("w:altName", &[("w:val", other)]));
        font.add(Element::new("w:charset", &[("w:val", "80")]));
        font.add(Element::new("w:family", &[("w:val", family)]));
        font.add(Element::new("w:pitch", &[("w:val", pitch)]));
        font
    };
    root.children.clear();
    root.add(font(MINCHO, "BIZ UD明朝 Medium", "roman", "fixed"));
    root.add(font(GOTHIC, "BIZ UDゴシック", "modern", "fixed"));
}

fn core(root: &mut Element, properties: &Properties) {
    let mut say = |name: &str, text: &str| {
        if text.is_empty() {
            return;
        }
        if let Some(element) = root.child_mut(name) {
            element.children = vec![Node::Text(text.to_string())];
        }
    };
    say("dc:title", &properties.title);
    say("dc:creator", if properties.publisher.is_empty() { super::GENERATOR } else { &properties.publisher });
    say("cp:lastModifiedBy", super::GENERATOR);
    say("dc:language", "ja-JP");
    say("dcterms:created", &properties.day);
    say("dcterms:modified", &properties.day);
}

fn relations(root: &mut Element, pictures: &[(String, &str)]) {
    root.children.retain(|child| match child {
        Node::Element(relation) => relation.attribute("Target") != Some("commentsExtended.xml"),
        Node::Text(_) => true,
    });
    for relation in root.elements_mut() {
        let ending =
            pictures.iter().find(|(path, _)| relation.attribute("Target") == Some(path)).map(|(_, ending)| *ending);
        if let Some((path, ending)) = relation.attribute("Target").map(str::to_string).zip(ending) {
            relation.set("Target", &path.replace(".png", &format!(".{ending}")));
        }
    }
}

/// Parts for remarks at the margin, of which there are none, are not written.
fn content_types(root: &mut Element) {
    let is_of_remarks = |part: &str| part.starts_with("/word/comments");
    root.children.retain(|child| match child {
        Node::Element(kind) => !kind.attribute("PartName").is_some_and(is_of_remarks),
        Node::Text(_) => true,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_heads_at_the_top_are_repeated() {
        let cell = |style: &str| format!("<w:tc><w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr></w:p></w:tc>");
        let row = |style: &str| format!("<w:tr>{}</w:tr>", cell(style));
        let merged = "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>";
        let xml = format!("<w:tbl>{}{merged}{}{}</w:tbl>", row(HEAD), row("TableText"), row(HEAD));
        let mut table = Element::parse(&xml, &Reading::WHOLE).unwrap();
        repeat_heads(&mut table);
        let repeated: Vec<bool> = table
            .elements()
            .map(|row| row.child("w:trPr").is_some_and(|properties| properties.child("w:tblHeader").is_some()))
            .collect();
        assert_eq!(repeated, [true, true, false, false]);
    }
}
