//! A page of HTML as a test reads it: elements, their texts, and which heads a cell of a table has by the rules of HTML.

use std::collections::BTreeMap;

const VOID: [&str; 7] = ["wbr", "br", "meta", "link", "img", "input", "hr"];

/// An element, or the page itself under the name of nothing.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) children: Vec<Node>,
}

#[derive(Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

/// Reads a page. Panics where an element is not closed as it was opened: our pages have no such thing.
pub(crate) fn parse(page: &str) -> Element {
    let mut open = vec![Element::default()];
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        text(&mut open, &rest[..at]);
        let end = rest[at..].find('>').map(|end| at + end).unwrap_or_else(|| panic!("no end: {}", &rest[at..]));
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if tag.starts_with('!') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            let closed = open.pop().unwrap();
            assert_eq!(closed.name, name, "closed as another one");
            open.last_mut().unwrap().children.push(Node::Element(closed));
            continue;
        }
        let element = element(tag.trim_end_matches('/'));
        if VOID.contains(&element.name.as_str()) || tag.ends_with('/') {
            open.last_mut().unwrap().children.push(Node::Element(element));
        } else if matches!(element.name.as_str(), "script" | "style") {
            let end = rest.find(&format!("</{}>", element.name)).unwrap();
            let raw = Node::Text(rest[..end].to_string());
            rest = &rest[end + element.name.len() + 3..];
            open.last_mut().unwrap().children.push(Node::Element(Element { children: vec![raw], ..element }));
        } else {
            open.push(element);
        }
    }
    text(&mut open, rest);
    assert_eq!(open.len(), 1, "left open: {}", open.last().unwrap().name);
    open.pop().unwrap()
}

fn text(open: &mut [Element], raw: &str) {
    if !raw.is_empty() {
        open.last_mut().unwrap().children.push(Node::Text(unescaped(raw)));
    }
}

fn unescaped(raw: &str) -> String {
    let all = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    all.iter().fold(raw.to_string(), |text, (escaped, plain)| text.replace(escaped, plain))
}

fn element(tag: &str) -> Element {
    let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let mut attributes = BTreeMap::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Element { name: name.to_string(), attributes, children: Vec::new() };
        }
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let key = rest[..end].to_string();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let end = quoted.find('"').unwrap();
            value = unescaped(&quoted[..end]);
            rest = &quoted[end + 1..];
        }
        assert!(attributes.insert(key, value).is_none(), "twice in {tag}");
    }
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| if let Node::Element(own) = node { Some(own) } else { None })
    }

    /// Everything below it, in the order of the page.
    pub(crate) fn all(&self) -> Vec<&Element> {
        self.elements().flat_map(|own| std::iter::once(own).chain(own.all())).collect()
    }

    pub(crate) fn find(&self, name: &str) -> Vec<&Element> {
        self.all().into_iter().filter(|own| own.name == name).collect()
    }

    /// Its text as it is seen, without blanks: they are the page's, not the report's.
    pub(crate) fn seen(&self) -> String {
        let mut out = String::new();
        self.add_seen(&mut out);
        out.chars().filter(|c| !c.is_whitespace()).collect()
    }

    fn add_seen(&self, out: &mut String) {
        if self.attribute("class").split(' ').any(|class| class == "unseen")
            || self.name == "rp"
            || self.name == "script"
        {
            return;
        }
        for child in &self.children {
            match child {
                Node::Element(own) => own.add_seen(out),
                Node::Text(text) => out.push_str(text),
            }
        }
    }
}

/// A value of a table with its heads, those of its columns before those of its rows.
#[derive(Debug, PartialEq)]
pub(crate) struct Value {
    pub(crate) text: String,
    pub(crate) heads: Vec<String>,
}

/// The values of a table in the order of the page; by `headers` where a cell names them, else by `scope`.
pub(crate) fn values(table: &Element) -> Vec<Value> {
    let by_id: BTreeMap<&str, String> = table
        .find("th")
        .iter()
        .filter(|own| !own.attribute("id").is_empty())
        .map(|own| (own.attribute("id"), own.seen()))
        .collect();
    let mut columns: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut out = Vec::new();
    // Rows for which each column is still covered, and by which head of rows.
    let mut covered: BTreeMap<usize, (usize, Option<String>)> = BTreeMap::new();
    for row in table.find("tr") {
        let mut at = 0;
        let mut heads: Vec<String> =
            covered.values().filter(|(left, _)| *left > 0).filter_map(|(_, head)| head.clone()).collect();
        for cell in row.elements() {
            while covered.get(&at).is_some_and(|(left, _)| *left > 0) {
                at += 1;
            }
            let span = |name: &str| cell.attribute(name).parse().unwrap_or(1);
            let (across, down): (usize, usize) = (span("colspan"), span("rowspan"));
            let is_row_head = cell.attribute("scope").starts_with("row");
            for column in at..at + across {
                covered.insert(column, (down, is_row_head.then(|| cell.seen())));
                if cell.attribute("scope").starts_with("col") {
                    columns.entry(column).or_default().push(cell.seen());
                }
            }
            if is_row_head {
                heads.push(cell.seen());
            } else if cell.name == "td" {
                let named: Vec<&str> = cell.attribute("headers").split_whitespace().collect();
                let heads = if named.is_empty() {
                    let mut own: Vec<String> = (at..at + across)
                        .flat_map(|column| columns.get(&column).cloned().unwrap_or_default())
                        .collect();
                    own.extend(heads.clone());
                    own
                } else {
                    named.iter().map(|id| by_id.get(id).unwrap_or_else(|| panic!("no head {id}")).clone()).collect()
                };
                out.push(Value { text: cell.seen(), heads });
            }
            at += across;
        }
        covered.values_mut().for_each(|(left, _)| *left = left.saturating_sub(1));
    }
    out
}
