//! The parts of a Word document: which of them is the text, which say how it looks, and how much stands in those that
//! are not read.

use super::package::Package;
use super::word_xml::Element;

/// The text of a thousand pages; as a tree it takes many times that.
const MOST_XML: usize = 32 * 1024 * 1024;

pub(super) struct Parts {
    pub(super) document: Element,
    pub(super) styles: Option<Element>,
    pub(super) numbering: Option<Element>,
    pub(super) footnotes: Option<Element>,
    pub(super) endnotes: Option<Element>,
    /// Headers, footers and comments with a text
    pub(super) besides: Vec<(&'static str, usize)>,
}

/// A part is missing or damaged, or too large.
#[derive(Default)]
pub(super) struct Fault {
    pub(super) is_large: bool,
}

impl Parts {
    pub(super) fn read(package: &mut Package<'_>) -> Result<Self, Fault> {
        let main = main_part(package);
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let relations = relations(package, folder, file);
        let mut besides = vec![("ヘッダー", 0), ("フッター", 0), ("コメント", 0)];
        for (kind, part) in &relations {
            let found = match kind.as_str() {
                "header" => 0,
                "footer" => 1,
                "comments" => 2,
                _ => continue,
            };
            let Some(element) = part_of(package, part)? else { continue };
            let count = match found {
                2 => element.elements().filter(|comment| comment.has_text()).count(),
                _ => usize::from(element.has_text()),
            };
            if let Some((_, sum)) = besides.get_mut(found) {
                *sum += count;
            }
        }
        let mut named = |kind: &str| {
            let named = relations.iter().find(|(own, _)| own == kind);
            let plain = if folder.is_empty() { format!("{kind}.xml") } else { format!("{folder}/{kind}.xml") };
            part_of(package, named.map_or(plain.as_str(), |(_, part)| part))
        };
        Ok(Self {
            styles: named("styles")?,
            numbering: named("numbering")?,
            footnotes: named("footnotes")?,
            endnotes: named("endnotes")?,
            besides,
            document: part_of(package, &main)?.ok_or_else(Fault::default)?,
        })
    }
}

/// `None` where there is no such part. One that is there and cannot be read is a fault: without its styles, text that is
/// struck through looks plain.
fn part_of(package: &mut Package<'_>, part: &str) -> Result<Option<Element>, Fault> {
    if !package.has(part) {
        return Ok(None);
    }
    let xml = package.text(part).ok_or_else(Fault::default)?;
    if xml.len() > MOST_XML {
        return Err(Fault { is_large: true });
    }
    Element::parse(&xml).map(Some).ok_or_else(Fault::default)
}

fn main_part(package: &mut Package<'_>) -> String {
    let relations = package.text("_rels/.rels").and_then(|xml| Element::parse(&xml));
    let target = relations.iter().flat_map(Element::elements).find_map(|relation| {
        let is_main = relation.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
        relation.attribute("Target").filter(|_| is_main)
    });
    target.unwrap_or("word/document.xml").trim_start_matches('/').to_string()
}

/// The parts that the text names, with what each is to it.
fn relations(package: &mut Package<'_>, folder: &str, file: &str) -> Vec<(String, String)> {
    let within = |target: &str| match target.strip_prefix('/') {
        Some(whole) => whole.to_string(),
        None if folder.is_empty() => target.to_string(),
        None => format!("{folder}/{target}"),
    };
    let xml = package.text(&within(&format!("_rels/{file}.rels")));
    let relations = xml.and_then(|xml| Element::parse(&xml));
    let parts = relations.iter().flat_map(Element::elements).filter_map(|relation| {
        let kind = relation.attribute("Type")?.rsplit('/').next()?;
        Some((kind.to_string(), within(relation.attribute("Target")?)))
    });
    parts.collect()
}
