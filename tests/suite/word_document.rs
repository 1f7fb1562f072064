//! A Word document as a test sees it: its parts, its paragraphs and tables with what Word would show, its fields.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

/// An element by its name with its prefix.
#[derive(Debug, Clone, Default)]
pub(crate) struct Xml {
    pub(crate) name: String,
    attributes: BTreeMap<String, String>,
    pub(crate) children: Vec<Xml>,
    pub(crate) text: String,
}

impl Xml {
    fn parse(text: &str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => {
                    let mut element = Self { name: start.name().as_ref().to_string(), ..Self::default() };
                    for attribute in start.attributes() {
                        let attribute = attribute.unwrap();
                        let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap().into_owned();
                        element.attributes.insert(attribute.key.as_ref().to_string(), value);
                    }
                    open.push(element);
                }
                Event::End(_) => {
                    let closed = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(closed);
                }
                Event::Text(text) => open.last_mut().unwrap().text.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let c = match reference.resolve_char_ref().unwrap() {
                        Some(c) => c.to_string(),
                        None => match &*reference {
                            "lt" => "<",
                            "gt" => ">",
                            "amp" => "&",
                            "quot" => "\"",
                            "apos" => "'",
                            other => panic!("{other}"),
                        }
                        .to_string(),
                    };
                    open.last_mut().unwrap().text.push_str(&c);
                }
                Event::Eof => break,
                Event::Empty(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_) => {}
            }
        }
        open.pop().unwrap().children.pop().unwrap()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Xml> {
        self.children.iter().find(|child| child.name == name)
    }

    /// `w:val` of a child of a child …
    pub(crate) fn value(&self, path: &[&str]) -> Option<&str> {
        path.iter().try_fold(self, |element, name| element.child(name))?.get("w:val")
    }

    /// All elements of a name below, in their order.
    pub(crate) fn all<'a>(&'a self, name: &str) -> Vec<&'a Xml> {
        let mut found = Vec::new();
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            found.extend(child.all(name));
        }
        found
    }

    /// What a paragraph, or all in a cell, shows: a new line for each break, paragraph and row.
    pub(crate) fn shown(&self) -> String {
        match self.name.as_str() {
            "w:t" => self.text.clone(),
            "w:br" => "\n".to_string(),
            "w:tab" if self.attributes.is_empty() => "\t".to_string(),
            "w:tc" => self.all("w:p").iter().map(|p| p.shown()).collect::<Vec<_>>().join("\n"),
            _ => self.children.iter().map(Xml::shown).collect(),
        }
    }
}

/// A cell where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) columns: usize,
    pub(crate) rows: usize,
}

/// The parts of a document by their names.
pub(crate) struct Word {
    pub(crate) parts: BTreeMap<String, Vec<u8>>,
    pub(crate) document: Xml,
}

impl Word {
    pub(crate) fn open(bytes: &[u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            parts.insert(file.name().unwrap().to_string(), bytes);
        }
        let document = Xml::parse(std::str::from_utf8(&parts["word/document.xml"]).unwrap());
        Self { parts, document }
    }

    pub(crate) fn part(&self, name: &str) -> Xml {
        Xml::parse(std::str::from_utf8(&self.parts[name]).unwrap())
    }

    pub(crate) fn paragraphs(&self) -> Vec<&Xml> {
        self.document.all("w:p")
    }

    pub(crate) fn texts_of_style(&self, style: &str) -> Vec<String> {
        let is = |p: &&&Xml| p.value(&["w:pPr", "w:pStyle"]) == Some(style);
        self.paragraphs().iter().filter(is).map(|p| p.shown()).collect()
    }

    pub(crate) fn tables(&self) -> Vec<&Xml> {
        self.document.all("w:tbl")
    }

    /// All that is shown, a line a paragraph.
    pub(crate) fn text(&self) -> String {
        self.paragraphs().iter().map(|p| p.shown() + "\n").collect()
    }

    /// Of each field of a kind what follows its name, and what it shows.
    pub(crate) fn fields(&self, kind: &str) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        let mut open: Vec<(String, String, bool)> = Vec::new();
        for run in self.document.all("w:r") {
            for child in &run.children {
                match child.name.as_str() {
                    "w:fldChar" => match child.get("w:fldCharType").unwrap() {
                        "begin" => open.push((String::new(), String::new(), false)),
                        "separate" => open.last_mut().unwrap().2 = true,
                        "end" => {
                            let (instruction, shown, _) = open.pop().unwrap();
                            if let Some(rest) = instruction
                                .trim()
                                .strip_prefix(kind)
                                .filter(|rest| rest.is_empty() || rest.starts_with(' '))
                            {
                                fields.push((rest.trim().to_string(), shown));
                            }
                        }
                        other => panic!("{other}"),
                    },
                    "w:instrText" => open.last_mut().unwrap().0.push_str(&child.text),
                    _ => {
                        let shown = child.shown();
                        open.iter_mut()
                            .filter(|(_, _, separated)| *separated)
                            .for_each(|field| field.1.push_str(&shown));
                    }
                }
            }
        }
        assert!(open.is_empty(), "a field has no end");
        fields
    }
}

/// The rows of a table; what a cell covers from above is left out, as in the view.
pub(crate) fn rows(table: &Xml) -> Vec<Vec<Cell>> {
    let number = |cell: &Xml, path: &[&str]| cell.value(path).map_or(1, |value| value.parse().unwrap());
    // Of each cell its column, and whether it goes on from above
    let grid: Vec<Vec<(usize, bool, &Xml)>> = table
        .children
        .iter()
        .filter(|child| child.name == "w:tr")
        .map(|row| {
            let mut column = 0;
            let cells = row.children.iter().filter(|child| child.name == "w:tc");
            cells
                .map(|cell| {
                    let merge = cell.child("w:tcPr").and_then(|properties| properties.child("w:vMerge"));
                    let goes_on = merge.is_some_and(|merge| merge.get("w:val") != Some("restart"));
                    let at = column;
                    column += number(cell, &["w:tcPr", "w:gridSpan"]);
                    (at, goes_on, cell)
                })
                .collect()
        })
        .collect();
    let below = |row: usize, column: usize| {
        1 + grid[row + 1..]
            .iter()
            .take_while(|cells| cells.iter().any(|(at, goes_on, _)| *at == column && *goes_on))
            .count()
    };
    grid.iter()
        .enumerate()
        .map(|(index, cells)| {
            let begun = cells.iter().filter(|(_, goes_on, _)| !goes_on);
            begun
                .map(|(column, _, cell)| Cell {
                    text: cell.shown(),
                    columns: number(cell, &["w:tcPr", "w:gridSpan"]),
                    rows: if cell.child("w:tcPr").unwrap().child("w:vMerge").is_some() {
                        below(index, *column)
                    } else {
                        1
                    },
                })
                .collect()
        })
        .collect()
}

/// How many rows at the top are repeated on every page.
pub(crate) fn repeated(table: &Xml) -> usize {
    let rows = table.children.iter().filter(|child| child.name == "w:tr");
    rows.take_while(|row| row.child("w:trPr").is_some_and(|properties| properties.child("w:tblHeader").is_some()))
        .count()
}
