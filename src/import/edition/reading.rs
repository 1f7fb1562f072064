//! A document of the Word edition read: which it is, its lines and tables, its pictures.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::pieces::{Anchor, Covered, Edition, Line, Piece, ShownPicture, Slot, Style};
use crate::import::document::Document;
use crate::import::package::Package;
use crate::import::word_around::{Around, DELETED, is_unseen};
use crate::import::word_found::{CONTENTS, PICTURES, WordFindings};
use crate::import::word_lists::Lists;
use crate::import::word_parts::Parts;
use crate::import::word_rows::{count, taken_out};
use crate::import::word_styles::Styles;
use crate::import::word_text::said;
use crate::import::word_xml::WordElement;
use crate::xml::Element;

/// Styles of the export that no other document has; Word and LibreOffice keep them.
const STYLES: &[&str] = &["担当課", "表の注", "表の見出し"];
/// What pictures may take together
const MOST_BYTES: usize = 256 * 1024 * 1024;

/// The document as an edition; nothing where it is none.
pub(in crate::import) fn edition(parts: &Parts, package: &mut Package<'_>) -> Option<Edition> {
    let styles = parts.styles.as_ref()?;
    let names: Vec<&str> = styles.elements().filter_map(|style| style.value("name")).collect();
    if !STYLES.iter().all(|style| names.contains(style)) {
        return None;
    }
    let mut reading = Reading {
        lists: Lists::new(Some(styles), parts.numbering.as_ref()),
        styles: Styles::new(Some(styles)),
        found: WordFindings::default(),
        pieces: Vec::new(),
        paragraphs: 0,
    };
    reading.read(parts.document.child("body")?, Around::default());
    let pieces = reading.pieces;
    let lines = || pieces.iter().flat_map(lines_of);
    lines().any(|line| matches!(line.anchor, Some(Anchor::Chapter(_) | Anchor::Program(_)))).then_some(())?;
    let mut pictures: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
    let mut size = 0;
    for picture in lines().flat_map(|line| &line.pictures) {
        if pictures.contains_key(&picture.key) {
            continue;
        }
        let path = parts.relations.get(&picture.key).filter(|(kind, _)| *kind == "image").map(|(_, path)| path);
        if let Some(bytes) = path.and_then(|path| package.bytes(path)).filter(|bytes| size + bytes.len() < MOST_BYTES) {
            size += bytes.len();
            pictures.insert(picture.key.clone(), bytes.into());
        }
    }
    Some(Edition { pieces, pictures })
}

/// Photographs of an edition are read, with what stands below them, which was left out as `caption`; 目次 is made anew.
pub(in crate::import) fn without_read(document: &mut Document, caption: &str) {
    let Some(edition) = &document.edition else { return };
    let read = edition.shown_pictures();
    document.left_out.retain(|left_out| left_out.how != caption);
    for unread in document.unread.iter_mut().filter(|unread| unread.what == PICTURES) {
        unread.count = unread.count.saturating_sub(read);
    }
    document.unread.retain(|unread| unread.count > 0 && unread.what != CONTENTS);
}

/// The lines of a piece, of a table those of its cells
pub(super) fn lines_of(piece: &Piece) -> Vec<&Line> {
    match piece {
        Piece::Line(line) => vec![line],
        Piece::Table(rows) => rows.iter().flatten().flat_map(|slot| &slot.lines).collect(),
    }
}

struct Reading<'a> {
    lists: Lists<'a>,
    styles: Styles<'a>,
    /// What is found besides is told by the reader of all documents.
    found: WordFindings<'a>,
    pieces: Vec<Piece>,
    paragraphs: usize,
}

impl<'a> Reading<'a> {
    fn read(&mut self, parent: &'a Element, around: Around<'a>) {
        for element in parent.elements().filter(|element| !is_unseen(element)) {
            match element.name.as_str() {
                "p" => {
                    let line = self.line(element, around);
                    if !line.is_blank() {
                        self.pieces.push(Piece::Line(line));
                    }
                }
                "tbl" => {
                    let style = element.child("tblPr").and_then(|properties| properties.value("tblStyle"));
                    let mut rows = Vec::new();
                    self.rows(element, Around { table: style, ..around }, &mut rows);
                    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
                    rows.iter_mut().for_each(|row: &mut Vec<Slot>| row.resize(width, Slot::default()));
                    self.pieces.push(Piece::Table(rows));
                }
                _ => self.read(element, around.inside(element)),
            }
        }
    }

    fn line(&mut self, element: &'a Element, around: Around<'a>) -> Line {
        let style = Style::named(self.lists.style_name(element).unwrap_or_default());
        let text = tidy(&said(element, around, &self.styles, &mut self.found).text);
        let pictures = if around.omitted.is_none() { pictures(element) } else { Vec::new() };
        if !text.is_empty() {
            self.paragraphs += 1;
        }
        let counted = if text.is_empty() { None } else { self.lists.label(element) };
        let counted = counted.map(|label| self.lists.sign(element).map_or(label, str::to_string));
        // A marker that Word cannot count is typed, with a tab behind it.
        let typed = counted.is_none().then(|| text.split_once('\t')).flatten();
        let (marker, text) = match (counted, typed) {
            (Some(marker), _) => (marker.trim_end_matches('　').to_string(), text),
            (None, Some((marker, text))) => (marker.to_string(), text.to_string()),
            (None, None) => (String::new(), text),
        };
        let indent = element.child("pPr").and_then(|properties| properties.child("ind"));
        let indent = indent.and_then(|indent| indent.attribute("left").or(indent.attribute("start")));
        Line {
            style,
            marker,
            text,
            anchor: named(element, "bookmarkStart", "name").iter().find_map(|name| Anchor::named(name)),
            leads_to: leads_to(element),
            pictures,
            indent: indent.and_then(|indent| indent.parse().ok()).unwrap_or(0),
            place: format!("{}段落目", self.paragraphs),
        }
    }

    fn rows(&mut self, parent: &'a Element, around: Around<'a>, rows: &mut Vec<Vec<Slot>>) {
        for element in parent.elements().filter(|element| !is_unseen(element)) {
            if element.name != "tr" {
                self.rows(element, around.inside(element), rows);
            } else if taken_out(element).is_none() {
                let before = element.child("trPr").map_or(0, |properties| count(properties, "gridBefore", 0));
                let mut row = vec![Slot::default(); before];
                self.cells(element, around, &mut row);
                rows.push(row);
            }
        }
    }

    fn cells(&mut self, parent: &'a Element, around: Around<'a>, row: &mut Vec<Slot>) {
        for element in parent.elements().filter(|element| !is_unseen(element)) {
            if element.name != "tc" {
                self.cells(element, around.inside(element), row);
                continue;
            }
            let properties = element.child("tcPr");
            let merge = |name: &str| properties.and_then(|properties| properties.child(name));
            let goes_on = |name: &str| merge(name).is_some_and(|merge| merge.attribute("val") != Some("restart"));
            let around = if merge("cellDel").is_some() { around.omitting(DELETED) } else { around };
            let mut lines = Vec::new();
            self.lines(element, around, &mut lines);
            let covered = match () {
                () if goes_on("hMerge") => Covered::Left,
                () if goes_on("vMerge") => Covered::Above,
                () => Covered::No,
            };
            let lines = if covered == Covered::No { lines } else { Vec::new() };
            row.push(Slot { lines, covered });
            let more = properties.map_or(1, |properties| count(properties, "gridSpan", 1)).saturating_sub(1);
            row.extend(vec![Slot { lines: Vec::new(), covered: Covered::Left }; more]);
        }
    }

    fn lines(&mut self, parent: &'a Element, around: Around<'a>, lines: &mut Vec<Line>) {
        for element in parent.elements().filter(|element| !is_unseen(element)) {
            if element.name == "p" {
                let line = self.line(element, around);
                lines.extend((!line.is_blank()).then_some(line));
            } else {
                self.lines(element, around.inside(element), lines);
            }
        }
    }
}

/// A text without what no line has; blanks at its beginning say how deep it stands.
fn tidy(text: &str) -> String {
    let text = text.replace(['\r', '\u{b}'], "\n");
    let shown: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let lines: Vec<&str> = shown.split('\n').map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_string()
}

/// An attribute of all elements of a name below an element
fn named<'a>(element: &'a Element, name: &str, attribute: &str) -> Vec<&'a str> {
    let below = element.elements().flat_map(|child| {
        let own = child.attribute(attribute).filter(|_| child.name == name);
        own.into_iter().chain(named(child, name, attribute)).collect::<Vec<_>>()
    });
    below.collect()
}

/// The bookmarks of `PAGEREF` fields; Word parts an instruction as it likes.
fn leads_to(element: &Element) -> Vec<String> {
    let mut instruction = instructions(element);
    named(element, "fldSimple", "instr").iter().for_each(|own| instruction.push_str(&format!(" {own} ")));
    let mut words = instruction.split_whitespace();
    let mut found = Vec::new();
    while let Some(word) = words.next() {
        if word.eq_ignore_ascii_case("PAGEREF") {
            found.extend(words.next().map(str::to_string));
        }
    }
    found
}

fn instructions(element: &Element) -> String {
    let below = element.elements().map(|child| match child.name.as_str() {
        "instrText" => child.own_text(),
        // Two fields that follow each other are two.
        "fldChar" => " ".to_string(),
        _ => instructions(child),
    });
    below.collect()
}

fn pictures(element: &Element) -> Vec<ShownPicture> {
    let below =
        element.elements().flat_map(|child| if child.name == "drawing" { drawing(child) } else { pictures(child) });
    below.collect()
}

fn drawing(element: &Element) -> Vec<ShownPicture> {
    let first =
        |name: &str, attribute: &str| named(element, name, attribute).first().map_or("", |text| text).to_string();
    let keys = named(element, "blip", "embed");
    keys.iter()
        .map(|key| ShownPicture {
            key: (*key).to_string(),
            name: first("docPr", "name"),
            file: first("cNvPr", "name"),
            alt: first("docPr", "descr"),
        })
        .collect()
}
