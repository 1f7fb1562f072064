//! Word documents (.docx): paragraphs with their headings and numbers, and tables with their merged cells.
//!
//! Of the library only its reader of XML is used: its reader of documents stops the program at a damaged archive and
//! never ends at a part that breaks off. Text that was put in while changes were recorded is read, text that was taken
//! out is not. Text boxes follow their paragraph, footnotes stand at the end. Pictures, headers and footers of the page,
//! remarks at the margin, and text hidden by its font are not read; a picture of a character becomes 〓.

use super::document::{Block, Cell, Document, Merged, Paragraph, Table};
use super::grid::{MOST_CELLS, tidy};
use super::package::{Kind, Package, kind, locked, refuse_large, too_large};
use super::word_lists::Lists;
use super::word_text::{Element, Said};

/// The text of a thousand pages; as a tree it takes many times that.
const MOST_XML: usize = 32 * 1024 * 1024;

/// One document, or why it cannot be read, in Japanese.
pub fn read_word(name: &str, bytes: &[u8]) -> Result<Vec<Document>, String> {
    refuse_large(name, bytes)?;
    let mut package = match kind(bytes) {
        Kind::Archive => Package::open(name, bytes)?.ok_or_else(|| unreadable(name))?,
        Kind::Locked => return Err(locked(name)),
        Kind::Old => return Err(old(name)),
        Kind::Other => return Err(unreadable(name)),
    };
    let main = main_part(&mut package);
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_string();
    let xml = package.text(&main).ok_or_else(|| unreadable(name))?;
    if xml.len() > MOST_XML {
        return Err(too_large(name));
    }
    let document = Element::parse(&xml).ok_or_else(|| unreadable(name))?;
    let mut part = |part: &str| package.text(&format!("{folder}/{part}")).and_then(|xml| Element::parse(&xml));
    let (styles, numbering) = (part("styles.xml"), part("numbering.xml"));
    let notes = [("注", part("footnotes.xml")), ("文末注", part("endnotes.xml"))];
    let body = document.child("body").ok_or_else(|| unreadable(name))?;
    let mut reading = Reading { lists: Lists::new(styles.as_ref(), numbering.as_ref()), ..Reading::default() };
    reading.read(body);
    for (word, notes) in &notes {
        notes.iter().flat_map(Element::elements).for_each(|note| reading.note(word, note));
    }
    match reading {
        Reading { cells, .. } if cells > MOST_CELLS => Err(too_large(name)),
        Reading { blocks, .. } if blocks.is_empty() => Ok(Vec::new()),
        Reading { blocks, .. } => Ok(vec![Document { name: name.to_string(), blocks, ..Document::default() }]),
    }
}

fn unreadable(name: &str) -> String {
    format!(
        "「{name}」は Word の文書として読めません。Word で開けることを確かめ、「名前を付けて保存」で種類を「Word 文書（*.docx）」にして保存し直してください"
    )
}

fn old(name: &str) -> String {
    format!(
        "「{name}」は古い形の Word 文書なので読めません。Word で開き、「名前を付けて保存」で種類を「Word 文書（*.docx）」にして保存し直してください"
    )
}

fn main_part(package: &mut Package) -> String {
    let relations = package.text("_rels/.rels").and_then(|xml| Element::parse(&xml));
    let target = relations.iter().flat_map(Element::elements).find_map(|relation| {
        let is_main = relation.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
        relation.attribute("Target").filter(|_| is_main)
    });
    target.unwrap_or("word/document.xml").trim_start_matches('/').to_string()
}

#[derive(Default)]
struct Reading<'a> {
    lists: Lists<'a>,
    blocks: Vec<Block>,
    paragraphs: usize,
    tables: usize,
    /// Places of tables so far
    cells: u64,
}

impl<'a> Reading<'a> {
    fn read(&mut self, parent: &'a Element) {
        for element in parent.elements().filter(|element| !element.is_unseen()) {
            match element.name.as_str() {
                "p" => self.paragraph(element),
                "tbl" => self.table(element),
                _ => self.read(element),
            }
        }
    }

    fn paragraph(&mut self, element: &'a Element) {
        let heading = self.lists.heading(element);
        let (text, boxes) = self.said(element);
        if !text.is_empty() {
            self.push(text, heading);
        }
        boxes.into_iter().for_each(|content| self.read(content));
    }

    fn push(&mut self, text: String, heading: Option<u8>) {
        self.paragraphs += 1;
        let place = format!("{}段落目", self.paragraphs);
        self.blocks.push(Block::Paragraph(Paragraph { text, heading, place }));
    }

    /// A paragraph's text behind its number; an empty one is no item, and counts none.
    fn said(&mut self, paragraph: &'a Element) -> (String, Vec<&'a Element>) {
        let Said { text, boxes } = Said::of(paragraph);
        let text = tidy(&text);
        let label = if text.is_empty() { None } else { self.lists.label(paragraph) };
        (label.unwrap_or_default() + &text, boxes)
    }

    fn note(&mut self, word: &str, note: &'a Element) {
        let is_own = note.attribute("type").is_none_or(|kind| kind == "normal");
        let mut lines = Vec::new();
        self.lines(note, &mut lines);
        if let Some(id) = note.attribute("id").filter(|_| is_own && !lines.is_empty()) {
            self.push(format!("（{word}{id}）{}", lines.join("\n")), None);
        }
    }

    fn table(&mut self, element: &'a Element) {
        let mut rows = Vec::new();
        self.rows(element, &mut rows);
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        self.cells += (rows.len() as u64) * (width as u64);
        if self.cells > MOST_CELLS {
            return;
        }
        rows.iter_mut().for_each(|row| row.resize(width, Cell::default()));
        clear_unfounded(&mut rows);
        remove_idle(&mut rows);
        if rows.iter().flatten().any(|cell| !cell.text.is_empty()) {
            self.tables += 1;
            let place = format!("表{}", self.tables);
            self.blocks.push(Block::Table(Table { rows, place }));
        }
    }

    fn rows(&mut self, parent: &'a Element, rows: &mut Vec<Vec<Cell>>) {
        for element in parent.elements().filter(|element| !element.is_unseen()) {
            if element.name != "tr" {
                self.rows(element, rows);
                continue;
            }
            let properties = element.child("trPr");
            if properties.is_some_and(|properties| properties.child("del").is_some()) {
                continue;
            }
            let before = properties.map_or(0, |properties| count(properties, "gridBefore", 0));
            let mut row = vec![Cell::default(); before];
            self.row(element, &mut row);
            rows.push(row);
            self.cells += 1;
        }
    }

    fn row(&mut self, parent: &'a Element, row: &mut Vec<Cell>) {
        for element in parent.elements().filter(|element| !element.is_unseen()) {
            if element.name != "tc" {
                self.row(element, row);
                continue;
            }
            let properties = element.child("tcPr");
            let goes_on = |name: &str| {
                let merge = properties.and_then(|properties| properties.child(name));
                merge.is_some_and(|merge| merge.attribute("val") != Some("restart"))
            };
            let merged = match () {
                () if goes_on("hMerge") => Merged::Left,
                () if goes_on("vMerge") => Merged::Up,
                () => Merged::No,
            };
            let mut lines = Vec::new();
            self.lines(element, &mut lines);
            row.push(Cell { text: lines.join("\n"), merged });
            let more = properties.map_or(1, |properties| count(properties, "gridSpan", 1)).saturating_sub(1);
            row.extend(vec![Cell { text: String::new(), merged: Merged::Left }; more]);
        }
    }

    /// The lines of a cell; a table inside it gives a line for each row.
    fn lines(&mut self, parent: &'a Element, lines: &mut Vec<String>) {
        for element in parent.elements().filter(|element| !element.is_unseen()) {
            match element.name.as_str() {
                "p" => {
                    let (text, boxes) = self.said(element);
                    if !text.is_empty() {
                        lines.push(text);
                    }
                    boxes.into_iter().for_each(|content| self.lines(content, lines));
                }
                "tr" => {
                    let mut row = Vec::new();
                    self.row(element, &mut row);
                    let texts: Vec<String> = row.into_iter().map(|cell| cell.text).filter(|t| !t.is_empty()).collect();
                    lines.push(texts.join("\t"));
                }
                _ => self.lines(element, lines),
            }
        }
    }
}

/// Columns that a cell takes, as far as Word allows them.
fn count(properties: &Element, name: &str, otherwise: usize) -> usize {
    properties.value(name).and_then(|text| text.parse().ok()).unwrap_or(otherwise).min(63)
}

/// In the first row no cell goes on from above, and in the first place none from the left. What a cell keeps that goes
/// on is not seen.
fn clear_unfounded(rows: &mut [Vec<Cell>]) {
    for cell in rows.iter_mut().take(1).flatten().filter(|cell| cell.merged == Merged::Up) {
        cell.merged = Merged::No;
    }
    for cell in rows.iter_mut().filter_map(|row| row.first_mut()).filter(|cell| cell.merged == Merged::Left) {
        cell.merged = Merged::No;
    }
    for cell in rows.iter_mut().flatten().filter(|cell| cell.merged != Merged::No) {
        cell.text.clear();
    }
}

/// A column in which no cell begins is only there because others are merged over it.
fn remove_idle(rows: &mut [Vec<Cell>]) {
    let width = rows.first().map_or(0, Vec::len);
    let is_idle = |column: &usize| {
        let mut cells = rows.iter().filter_map(|row| row.get(*column)).peekable();
        cells.peek().is_some() && cells.all(|cell| cell.merged == Merged::Left)
    };
    let idle: Vec<usize> = (0..width).filter(is_idle).collect();
    for row in rows.iter_mut() {
        let mut column = 0;
        row.retain(|_| {
            column += 1;
            !idle.contains(&(column - 1))
        });
    }
}
