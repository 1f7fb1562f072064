//! The parts of a .xlsx beside its sheets: fonts and formats, colours, texts, drawings.

use std::collections::BTreeMap;

use super::built_in::built_in;
use super::colour::{Colour, Ground};
use super::conditional::Effect;
use super::document::Shape;
use super::package::Fault;
use super::runs::Run;
use super::sheet::{MOST_SHARED, Sheet};
use super::style::Style;
use super::xlsx_rules::effect;
use super::xml::{Node, Tag, Xml, is_true};

/// The formats and fonts of cells, in the order in which cells name them.
/// Beside them what conditional formats do.
pub(super) fn styles(xml: &str, theme: &[Colour]) -> Result<(Vec<Style>, Vec<Effect>), Fault> {
    let mut xml = Xml::new(xml);
    let mut formats: BTreeMap<u32, String> = BTreeMap::new();
    let (mut fonts, mut fills) = (Vec::new(), Vec::new());
    let (mut styles, mut effects) = (Vec::new(), Vec::new());
    let mut inside = String::new();
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        if fonts.len() + fills.len() + styles.len() + effects.len() > MOST_SHARED {
            return Err(Fault::Large);
        }
        match (tag.name.as_str(), inside.as_str()) {
            ("numFmt", "numFmts") => {
                if let (Some(id), Some(code)) = (tag.number("numFmtId"), tag.get("formatCode")) {
                    formats.insert(id, code.to_string());
                }
            }
            ("dxf", "dxfs") => effects.push(effect(&mut xml)?),
            ("font", "fonts") => fonts.push(font(&mut xml, theme)?),
            ("fill", "fills") => fills.push(fill(&mut xml, theme)?),
            ("xf", "cellXfs") => {
                let id = tag.number("numFmtId").unwrap_or(0);
                let written = formats.get(&id).map(String::as_str).or(built_in(id));
                let font: Run = tag.number::<usize>("fontId").and_then(|id| fonts.get(id)).cloned().unwrap_or_default();
                // A format that the file does not hold is not known.
                let format = written.unwrap_or("[?]").to_string();
                let ground = tag.number::<usize>("fillId").and_then(|id| fills.get(id)).copied().unwrap_or_default();
                styles.push(Style { format, struck: font.struck, raised: font.raised, ink: font.ink, ground });
            }
            ("numFmts" | "fonts" | "cellXfs" | "cellStyleXfs" | "dxfs" | "fills" | "borders", _) => inside = tag.name,
            _ => {}
        }
    }
    Ok((styles, effects))
}

/// What a font does to its text, of an element that was just opened.
fn font(xml: &mut Xml, theme: &[Colour]) -> Result<Run, Fault> {
    let mut font = Run::default();
    loop {
        match xml.next()?.ok_or(Fault::Damaged)? {
            Node::Open(tag) => {
                match tag.name.as_str() {
                    "strike" => font.struck = tag.get("val").is_none_or(is_true),
                    "vertAlign" => place_on_line(&tag, &mut font),
                    "color" => font.ink = colour(&tag, theme),
                    _ => {}
                }
                xml.skip()?;
            }
            Node::Close(_) => return Ok(font),
            Node::Text(_) => {}
        }
    }
}

/// What lies below the letters of a cell, of a fill that was just opened.
fn fill(xml: &mut Xml, theme: &[Colour]) -> Result<Ground, Fault> {
    let (mut pattern, mut front) = (None, None);
    loop {
        match xml.next()?.ok_or(Fault::Damaged)? {
            Node::Open(tag) => match tag.name.as_str() {
                "patternFill" => pattern = tag.get("patternType").map(str::to_string),
                "gradientFill" => pattern = Some(tag.name),
                "fgColor" => front = colour(&tag, theme),
                _ => {}
            },
            Node::Close(name) if name == "fill" => break,
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    Ok(match pattern.as_deref() {
        None | Some("none") => Ground::default(),
        Some("solid") => front.map_or(Ground::Unknown, Ground::Of),
        Some(_) => Ground::Unknown,
    })
}

fn colour(tag: &Tag, theme: &[Colour]) -> Option<Colour> {
    let by_number = || tag.number("indexed").and_then(Colour::numbered);
    let of_theme = || tag.number("theme").map(|number| Colour::of_theme(number, theme));
    let colour = tag.get("rgb").map_or_else(|| of_theme().or_else(by_number), Colour::parse)?;
    Some(colour.tinted(tag.number("tint").unwrap_or(0.0)))
}

/// The colours of a theme in the order in which cells number them: light in front of dark.
pub(super) fn theme(xml: &str) -> Result<Vec<Colour>, Fault> {
    let (mut xml, mut colours, mut is_inside) = (Xml::new(xml), Vec::new(), false);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) if tag.name == "clrScheme" => is_inside = true,
            Node::Open(tag) if is_inside && matches!(tag.name.as_str(), "sysClr" | "srgbClr") => {
                let written = tag.get("lastClr").or(tag.get("val")).and_then(Colour::parse);
                colours.push(written.unwrap_or(Colour::of_theme(usize::MAX, &[])));
            }
            Node::Close(name) if name == "clrScheme" => break,
            Node::Open(_) | Node::Close(_) | Node::Text(_) => {}
        }
    }
    for pair in colours.chunks_mut(2).take(2) {
        pair.reverse();
    }
    Ok(colours)
}

fn place_on_line(tag: &Tag, font: &mut Run) {
    font.raised = tag.get("val") == Some("superscript");
    font.lowered = tag.get("val") == Some("subscript");
}

pub(super) fn shared_texts(xml: &str, theme: &[Colour]) -> Result<Vec<Vec<Run>>, Fault> {
    let mut xml = Xml::new(xml);
    let mut texts = Vec::new();
    while let Some(node) = xml.next()? {
        if matches!(node, Node::Open(tag) if tag.name == "si") {
            texts.push(rich_text(&mut xml, theme)?);
        }
        if texts.len() > MOST_SHARED {
            return Err(Fault::Large);
        }
    }
    Ok(texts)
}

/// Of an element that was just opened: its text, or its runs. How a text is read aloud (`rPh`) is no part of it.
pub(super) fn rich_text(xml: &mut Xml, theme: &[Colour]) -> Result<Vec<Run>, Fault> {
    let mut runs = Vec::new();
    loop {
        match xml.next()?.ok_or(Fault::Damaged)? {
            Node::Open(tag) if tag.name == "t" => runs.push(Run::plain(xml.text()?)),
            Node::Open(tag) if tag.name == "r" => runs.push(run(xml, theme)?),
            Node::Open(_) => xml.skip()?,
            Node::Close(_) => return Ok(runs),
            Node::Text(_) => {}
        }
    }
}

fn run(xml: &mut Xml, theme: &[Colour]) -> Result<Run, Fault> {
    let (mut run, mut text) = (Run::default(), String::new());
    loop {
        match xml.next()?.ok_or(Fault::Damaged)? {
            Node::Open(tag) if tag.name == "rPr" => run = Run { own: true, ..font(xml, theme)? },
            Node::Open(tag) if tag.name == "t" => text.push_str(&xml.text()?),
            Node::Open(_) => xml.skip()?,
            Node::Close(_) => return Ok(Run { text, ..run }),
            Node::Text(_) => {}
        }
    }
}

/// The texts of text boxes and shapes; pictures and charts are counted.
pub(super) fn drawing(xml: &str, sheet: &mut Sheet) -> Result<(), Fault> {
    let mut xml = Xml::new(xml);
    let mut shape: Option<Shape> = None;
    let mut is_end = false;
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        match tag.name.as_str() {
            "twoCellAnchor" => shape = Some(Shape::default()),
            "oneCellAnchor" | "absoluteAnchor" => shape = None,
            "from" | "to" => is_end = tag.name == "to",
            "col" | "row" => note_corner(&mut shape, &tag.name, is_end, &xml.text()?),
            // The same again for older programs
            "Fallback" => xml.skip()?,
            "pic" => sheet.pictures += 1,
            "graphicFrame" => sheet.charts += 1,
            "txBody" => {
                let text = paragraphs(&mut xml)?;
                if !text.trim().is_empty() {
                    sheet.boxes.push(text.trim().to_string());
                    let text = text.trim().to_string();
                    sheet.shapes.extend(shape.clone().map(|shape| Shape { text, ..shape }));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// A row or a column of one of the two corners between which a shape lies.
fn note_corner(shape: &mut Option<Shape>, name: &str, is_end: bool, text: &str) {
    let (Some(shape), Ok(number)) = (shape.as_mut(), text.trim().parse()) else { return };
    match (name, is_end) {
        ("col", false) => shape.first_column = number,
        ("col", true) => shape.last_column = number,
        ("row", false) => shape.top = number,
        _ => {}
    }
}

/// Of a text body that was just opened.
fn paragraphs(xml: &mut Xml) -> Result<String, Fault> {
    let mut text = String::new();
    loop {
        match xml.next()?.ok_or(Fault::Damaged)? {
            Node::Open(tag) => match tag.name.as_str() {
                "t" => text.push_str(&xml.text()?),
                "br" => text.push('\n'),
                _ => {}
            },
            Node::Close(name) if name == "txBody" => return Ok(text),
            Node::Close(name) if name == "p" => text.push('\n'),
            Node::Close(_) | Node::Text(_) => {}
        }
    }
}
