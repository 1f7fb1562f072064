//! Word documents (.docx): paragraphs with their headings and numbers, and tables with their merged cells.
//!
//! The text is what the page shows: text that was put in while changes were recorded is read; what is struck through,
//! hidden or deleted is left out and named. Text boxes follow their paragraph, footnotes stand at the end. Of pictures,
//! embedded tables, headers and footers of the page and remarks at the margin it is reported how many there are; a picture of a
//! character becomes 〓.

use super::colour::{Ground, white_words};
use super::document::{Block, Cell, Document, LeftOut, Merged, Paragraph, Table};
use super::edition::reading::{edition, without_read};
use super::grid::{MOST_CELLS, tidy};
use super::named::first_places;
use super::omitted::short;
use super::package::{Package, PackageKind, kind, locked, refuse_large, too_large};
use super::superscripts;
use super::word_around::{Around, DELETED, is_unseen};
use super::word_colours::shading;
use super::word_found::{CONTENTS, WordFindings};
use super::word_lists::Lists;
use super::word_parts::Parts;
use super::word_rows::{clear_unfounded, count, remove_idle, taken_out};
use super::word_styles::Styles;
use super::word_text::{Boxes, SourcedText, is_usual_prompt, said};
use super::word_xml::WordElement;
use crate::xml::Element;

/// What is left out with a picture
const CAPTION: &str = "写真の説明";

/// One document, or why it cannot be read, in Japanese.
pub fn read_word(name: &str, bytes: &[u8]) -> Result<Vec<Document>, String> {
    refuse_large(name, bytes)?;
    let mut package = match kind(bytes) {
        PackageKind::Archive => Package::open(name, bytes)?.ok_or_else(|| unreadable(name))?,
        PackageKind::Locked => return Err(locked(name)),
        PackageKind::Old => return Err(old(name)),
        PackageKind::Other => return Err(unreadable(name)),
    };
    let parts =
        Parts::read(&mut package).map_err(|fault| if fault.is_large { too_large(name) } else { unreadable(name) })?;
    let body = parts.document.child("body").ok_or_else(|| unreadable(name))?;
    let mut reading = Reading {
        lists: Lists::new(parts.styles.as_ref(), parts.numbering.as_ref()),
        styles: Styles::new(parts.styles.as_ref()),
        ..Reading::default()
    };
    // The page itself may have a colour.
    let ground = parts.document.child("background").map_or(Ground::default(), |_| Ground::Unknown);
    reading.read(body, Around { ground, ..Around::default() });
    for (word, notes) in [("注", &parts.footnotes), ("文末注", &parts.endnotes)] {
        notes.iter().flat_map(Element::elements).for_each(|note| reading.note(word, note));
    }
    parts.besides.iter().for_each(|(kind, count)| reading.found.add(kind, *count));
    if reading.cells > MOST_CELLS {
        return Err(too_large(name));
    }
    let mut document = reading.document(name);
    document.edition = edition(&parts, &mut package);
    without_read(&mut document, CAPTION);
    let is_blank = document.blocks.is_empty() && document.unread.is_empty() && document.left_out.is_empty();
    Ok(if is_blank { Vec::new() } else { vec![document] })
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

#[derive(Default)]
struct Reading<'a> {
    lists: Lists<'a>,
    styles: Styles<'a>,
    found: WordFindings<'a>,
    blocks: Vec<Block>,
    left_out: Vec<LeftOut>,
    /// Raised figures with their places
    guesses: Vec<String>,
    /// White words on a background that is not known, with their places
    white: Vec<String>,
    paragraphs: usize,
    tables: usize,
    /// Places of tables so far
    cells: u64,
    /// Where a cell stands: `表1の2行目`
    row: Option<String>,
    /// The last paragraph was a picture.
    below_picture: bool,
}

impl<'a> Reading<'a> {
    fn document(self, name: &str) -> Document {
        let white = (!self.white.is_empty()).then(|| white_words(self.white.len(), &first_places(&self.white)));
        let remarks = superscripts::remark(&self.guesses).into_iter().chain(white).collect();
        let unread = self.found.unread();
        Document {
            name: name.to_string(),
            blocks: self.blocks,
            left_out: self.left_out,
            unread,
            remarks,
            ..Document::default()
        }
    }

    fn read(&mut self, parent: &'a Element, around: Around<'a>) {
        for element in parent.elements().filter(|element| !is_unseen(element)) {
            match element.name.as_str() {
                "p" => self.paragraph(element, around),
                "tbl" => self.table(element, around),
                _ if self.found.passes_over(element) => {}
                _ => self.read(element, around.inside(element)),
            }
        }
    }

    fn paragraph(&mut self, element: &'a Element, around: Around<'a>) {
        if self.lists.is_of_contents(element) {
            self.found.add(CONTENTS, usize::from(element.has_text()));
            return;
        }
        let heading = self.lists.heading(element);
        let (text, boxes) = self.said(element, around);
        if !text.is_empty() {
            self.push(text, heading);
        }
        // A shape has a colour of its own.
        let ground = Ground::Unknown;
        boxes.into_iter().for_each(|(content, omitted)| {
            self.read(content, Around { omitted, ground, ..Around::default() });
        });
    }

    fn push(&mut self, text: String, heading: Option<u8>) {
        self.paragraphs += 1;
        let place = format!("{}段落目", self.paragraphs);
        self.blocks.push(Block::Paragraph(Paragraph { text, heading, place }));
    }

    /// A paragraph's text behind its number; an empty one is no item, and counts none.
    fn said(&mut self, paragraph: &'a Element, around: Around<'a>) -> (String, Boxes<'a>) {
        let SourcedText { text, boxes, left_out, guesses, white } =
            said(paragraph, around, &self.styles, &mut self.found);
        let text = tidy(&text);
        // 図表番号 below a picture, which is not read either
        let is_picture = text.is_empty() && paragraph.holds(&["drawing", "pict"]);
        let is_caption = std::mem::replace(&mut self.below_picture, is_picture) && self.lists.is_caption(paragraph);
        let place = match &self.row {
            Some(row) => row.clone(),
            None if text.is_empty() && self.paragraphs > 0 => format!("{}段落目の次", self.paragraphs),
            None => format!("{}段落目", self.paragraphs + 1),
        };
        for (how, words) in left_out {
            self.leave_out(how, &words, &place);
        }
        self.guesses.extend(guesses.into_iter().map(|guess| format!("{place}「{guess}」")));
        if !white.trim().is_empty() {
            self.white.push(format!("{place}「{}」", short(&white)));
        }
        if is_caption {
            self.leave_out(CAPTION, &text, &place);
            return (String::new(), boxes);
        }
        let label = if text.is_empty() { None } else { self.lists.label(paragraph) };
        (label.unwrap_or_default() + &text, boxes)
    }

    fn leave_out(&mut self, how: &'static str, words: &str, place: &str) {
        let text = tidy(words);
        if is_usual_prompt(how, &text) {
            self.found.add("未記入の入力欄の案内", 1);
        } else if !text.is_empty() {
            let block = Some(self.blocks.len());
            self.left_out.push(LeftOut { how, text, place: place.to_string(), block });
        }
    }

    fn note(&mut self, word: &str, note: &'a Element) {
        let is_own = note.attribute("type").is_none_or(|kind| kind == "normal");
        let Some(id) = note.attribute("id").filter(|_| is_own) else { return };
        let number = self.found.number(word, id);
        let around = Around::default();
        let around = if number.is_some() { around } else { around.omitting("本文が指していない注") };
        let mut lines = Vec::new();
        self.lines(note, around, &mut lines);
        if let Some(number) = number.filter(|_| !lines.is_empty()) {
            self.push(format!("（{word}{number}）{}", lines.join("\n")), None);
        }
    }

    fn table(&mut self, element: &'a Element, around: Around<'a>) {
        let properties = element.child("tblPr");
        let style = properties.and_then(|properties| properties.value("tblStyle"));
        let styled = self.styles.colours_cells(style).then_some(Ground::Unknown);
        let ground = styled.or(properties.and_then(shading)).unwrap_or(around.ground);
        let mut rows = Vec::new();
        self.rows(element, Around { table: style, ground, ..around }, &mut rows);
        self.row = None;
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
            self.blocks.push(Block::Table(Table { rows, place, columns: Vec::new() }));
        }
    }

    fn rows(&mut self, parent: &'a Element, around: Around<'a>, rows: &mut Vec<Vec<Cell>>) {
        for element in parent.elements().filter(|element| !is_unseen(element)) {
            if element.name != "tr" {
                self.rows(element, around.inside(element), rows);
                continue;
            }
            self.row = Some(format!("表{}の{}行目", self.tables + 1, rows.len() + 1));
            let before = element.child("trPr").map_or(0, |properties| count(properties, "gridBefore", 0));
            let mut row = vec![Cell::default(); before];
            let left_out = self.left_out.len();
            let taken_out = taken_out(element);
            let around = taken_out.map_or(around, |how| around.omitting(how));
            let opens = self.cells_of(element, around, &mut row);
            self.cells += 1;
            // A row of which nothing is left is none, if no other goes on from it.
            let is_blank = row.iter().all(|cell| cell.text.is_empty());
            let is_gone = taken_out.is_some() || (self.left_out.len() > left_out && is_blank && !opens);
            if !is_gone {
                rows.push(row);
            }
        }
    }

    /// Whether a cell begins here that goes on in the row below.
    fn cells_of(&mut self, parent: &'a Element, around: Around<'a>, row: &mut Vec<Cell>) -> bool {
        let mut opens = false;
        for element in parent.elements().filter(|element| !is_unseen(element)) {
            if element.name != "tc" {
                opens |= self.cells_of(element, around.inside(element), row);
                continue;
            }
            let properties = element.child("tcPr");
            let merge = |name: &str| properties.and_then(|properties| properties.child(name));
            let begins = |name: &str| merge(name).is_some_and(|merge| merge.attribute("val") == Some("restart"));
            let goes_on = |name: &str| merge(name).is_some() && !begins(name);
            let merged = match () {
                () if goes_on("hMerge") => Merged::Left,
                () if goes_on("vMerge") => Merged::Up,
                () => Merged::No,
            };
            opens |= begins("vMerge");
            let ground = properties.and_then(shading).unwrap_or(around.ground);
            let around = Around { ground, ..around };
            let mut lines = Vec::new();
            if merge("cellDel").is_some() {
                self.lines(element, around.omitting(DELETED), &mut lines);
                continue;
            }
            self.lines(element, around, &mut lines);
            row.push(Cell { text: lines.join("\n"), merged });
            let more = properties.map_or(1, |properties| count(properties, "gridSpan", 1)).saturating_sub(1);
            row.extend(vec![Cell { text: String::new(), merged: Merged::Left }; more]);
        }
        opens
    }

    /// The lines of a cell; a table inside it gives a line for each row.
    fn lines(&mut self, parent: &'a Element, around: Around<'a>, lines: &mut Vec<String>) {
        for element in parent.elements().filter(|element| !is_unseen(element)) {
            match element.name.as_str() {
                "p" => {
                    let (text, boxes) = self.said(element, around);
                    if !text.is_empty() {
                        lines.push(text);
                    }
                    for (content, omitted) in boxes {
                        self.lines(content, Around { omitted, ground: Ground::Unknown, ..around }, lines);
                    }
                }
                "tr" => {
                    let around = taken_out(element).map_or(around, |how| around.omitting(how));
                    let mut row = Vec::new();
                    self.cells_of(element, around, &mut row);
                    let texts: Vec<String> = row.into_iter().map(|cell| cell.text).filter(|t| !t.is_empty()).collect();
                    lines.push(texts.join("\t"));
                }
                _ => self.lines(element, around.inside(element), lines),
            }
        }
    }
}
