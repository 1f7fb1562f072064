//! The parts of a Word document: which of them is the text, which say how it looks, and how much stands in those that
//! are not read.

use super::package::Package;
use super::relations::Relations;
use super::word_xml::{WordElement, word_xml};
use crate::xml::Element;

/// The text of a thousand pages; as a tree it takes many times that.
const MOST_XML: usize = 32 * 1024 * 1024;

pub(super) struct Parts {
    /// Of the text
    pub(super) relations: Relations,
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
        let mut relations_of = |part: &str| Relations::of(package, part).map_err(|_| Fault::default());
        let main = relations_of("")?.target("officeDocument").unwrap_or("word/document.xml".to_string());
        let relations = relations_of(&main)?;
        let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut besides = vec![("ヘッダー", 0), ("フッター", 0), ("コメント", 0)];
        for (kind, part) in relations.all() {
            let found = match kind {
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
            let plain = if folder.is_empty() { format!("{kind}.xml") } else { format!("{folder}/{kind}.xml") };
            part_of(package, &relations.target(kind).unwrap_or(plain))
        };
        Ok(Self {
            styles: named("styles")?,
            numbering: named("numbering")?,
            footnotes: named("footnotes")?,
            endnotes: named("endnotes")?,
            besides,
            document: part_of(package, &main)?.ok_or_else(Fault::default)?,
            relations,
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
    word_xml(&xml).map(Some).ok_or_else(Fault::default)
}
