//! What a PDF that was made before says of itself: the number of the page on which each anchor stands, and the data inside it.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// A tree of names deeper than this is none.
const DEEPEST: usize = 16;
/// Data of a report is smaller.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// What is read of a PDF.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrintedPages {
    /// The number that the page bears, by anchor
    pub numbers: BTreeMap<String, String>,
    /// The JSON document inside
    pub data: Option<Vec<u8>>,
}

/// Nothing where the bytes are no PDF.
pub fn printed_pages(pdf: &[u8]) -> Option<PrintedPages> {
    let document = Document::load_mem(pdf).ok()?;
    let catalog = document.catalog().ok()?;
    let pages: BTreeMap<ObjectId, usize> =
        document.get_pages().into_iter().map(|(number, id)| (id, number as usize - 1)).collect();
    let labels = labels_of(&document, catalog);
    let mut found = PrintedPages::default();
    for (name, target) in names_in(&document, catalog, b"Dests") {
        let index = page_of(&document, target).and_then(|page| pages.get(&page));
        found.numbers.extend(index.map(|index| (name, label(&labels, *index))));
    }
    let files = names_in(&document, catalog, b"EmbeddedFiles").into_iter();
    found.data = files.filter_map(|(_, file)| content(&document, file)).find(|bytes| bytes.starts_with(b"{"));
    Some(found)
}

fn dictionary<'a>(document: &'a Document, parent: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    resolved(document, parent.get(key).ok()?)?.as_dict().ok()
}

fn resolved<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

/// The entries of a tree of names in the catalog.
fn names_in<'a>(document: &'a Document, catalog: &'a Dictionary, key: &[u8]) -> Vec<(String, &'a Object)> {
    let mut found = Vec::new();
    let tree = dictionary(document, catalog, b"Names").and_then(|names| dictionary(document, names, key));
    if let Some(tree) = tree {
        collect(document, tree, DEEPEST, &mut |name, value| {
            found.extend(name.as_str().ok().map(|name| (String::from_utf8_lossy(name).into_owned(), value)));
        });
    }
    found
}

/// Every pair of a tree whose leaves have `Names` or `Nums`.
fn collect<'a>(
    document: &'a Document,
    node: &'a Dictionary,
    depth: usize,
    take: &mut dyn FnMut(&'a Object, &'a Object),
) {
    let list = |key: &[u8]| node.get(key).ok().and_then(|list| resolved(document, list)?.as_array().ok());
    for pair in [b"Names".as_slice(), b"Nums"].into_iter().filter_map(list).flat_map(|list| list.chunks_exact(2)) {
        if let [key, value] = pair
            && let (Some(key), Some(value)) = (resolved(document, key), resolved(document, value))
        {
            take(key, value);
        }
    }
    let kids = list(b"Kids").into_iter().flatten().filter_map(|kid| resolved(document, kid)?.as_dict().ok());
    for kid in kids.take(if depth == 0 { 0 } else { usize::MAX }) {
        collect(document, kid, depth - 1, take);
    }
}

/// The page that a destination leads to.
fn page_of(document: &Document, target: &Object) -> Option<ObjectId> {
    let place = match target.as_dict() {
        Ok(own) => resolved(document, own.get(b"D").ok()?)?,
        Err(_) => target,
    };
    place.as_array().ok()?.first()?.as_reference().ok()
}

/// How pages are numbered from an index on.
struct Labels {
    style: Option<u8>,
    prefix: String,
    first: i64,
}

fn labels_of(document: &Document, catalog: &Dictionary) -> BTreeMap<usize, Labels> {
    let mut labels = BTreeMap::new();
    if let Some(tree) = dictionary(document, catalog, b"PageLabels") {
        collect(document, tree, DEEPEST, &mut |from, value| {
            let (Ok(from), Ok(own)) = (from.as_i64(), value.as_dict()) else { return };
            let style = own.get(b"S").and_then(Object::as_name).ok().and_then(|name| name.first().copied());
            let prefix = own.get(b"P").and_then(Object::as_str).map(String::from_utf8_lossy).unwrap_or_default();
            let first = own.get(b"St").and_then(Object::as_i64).unwrap_or(1);
            let from = usize::try_from(from).unwrap_or_default();
            labels.insert(from, Labels { style, prefix: prefix.into_owned(), first });
        });
    }
    labels
}

fn label(labels: &BTreeMap<usize, Labels>, index: usize) -> String {
    let Some((from, own)) = labels.range(..=index).next_back() else { return (index + 1).to_string() };
    let number = own.first.saturating_add(i64::try_from(index - from).unwrap_or(i64::MAX));
    let figure = match own.style {
        Some(b'r') => roman(number),
        Some(b'R') => roman(number).to_uppercase(),
        Some(_) => number.to_string(),
        None => String::new(),
    };
    format!("{}{figure}", own.prefix)
}

fn roman(number: i64) -> String {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut left = number.clamp(0, 9_999);
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}

/// The bytes of a file inside the PDF.
fn content(document: &Document, file: &Object) -> Option<Vec<u8>> {
    let files = dictionary(document, file.as_dict().ok()?, b"EF")?;
    let stream = resolved(document, files.get(b"F").or_else(|_| files.get(b"UF")).ok()?)?.as_stream().ok()?;
    stream.get_plain_content_with_limit(MOST_BYTES).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_numbered_from_their_runs() {
        let run = |style, first| Labels { style, prefix: String::new(), first };
        let labels = BTreeMap::from([(0, run(Some(b'r'), 1)), (4, run(Some(b'D'), 11))]);
        let numbers: Vec<String> = [0, 3, 4, 6].into_iter().map(|index| label(&labels, index)).collect();
        assert_eq!(numbers, ["i", "iv", "11", "13"]);
        assert_eq!(label(&BTreeMap::new(), 2), "3");
        assert_eq!((roman(1994).as_str(), roman(0).as_str()), ("mcmxciv", ""));
        assert_eq!(printed_pages(b"no PDF"), None);
    }
}
