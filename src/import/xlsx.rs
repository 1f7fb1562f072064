//! Workbooks of XML (.xlsx, .xlsm): their sheets, with cells as they are shown. What a formula gave when the file was saved is
//! its text. Phonetic readings are not read.

use std::collections::BTreeSet;

use super::book::Book;
use super::colour::Colour;
use super::conditional::Effect;
use super::package::{Fault, Package};
use super::relations::Relations;
use super::runs::Run;
use super::sheet::{MOST_COLUMNS, MOST_ROWS, Sheet, at, place as name_of, region};
use super::style::Style;
use super::xlsx_parts::{drawing, rich_text, shared_texts, styles, theme};
use super::xlsx_rules::read_rules;
use super::xml::{Node, Tag, Xml, is_true};

/// What stands beside the cells of all sheets.
struct Shared {
    texts: Vec<Vec<Run>>,
    theme: Vec<Colour>,
    styles: Vec<Style>,
    effects: Vec<Effect>,
    from_1904: bool,
}

pub(super) fn read_xlsx(package: &mut Package) -> Result<Book, Fault> {
    let main = Relations::of(package, "")?.target("officeDocument").unwrap_or("xl/workbook.xml".to_string());
    let (tags, from_1904) = listed(&package.part(&main)?)?;
    if tags.is_empty() {
        return Err(Fault::Damaged);
    }
    let relations = Relations::of(package, &main)?;
    let part = |package: &mut Package, kind: &str| relations.target(kind).map(|part| package.part(&part)).transpose();
    let theme = part(package, "theme")?.map(|xml| theme(&xml)).transpose()?.unwrap_or_default();
    let texts = part(package, "sharedStrings")?.map(|xml| shared_texts(&xml, &theme)).transpose()?.unwrap_or_default();
    let (styles, effects) = part(package, "styles")?.map(|xml| styles(&xml, &theme)).transpose()?.unwrap_or_default();
    let shared = Shared { texts, theme, styles, effects, from_1904 };
    let (mut book, mut read) = (Book::default(), BTreeSet::new());
    for tag in &tags {
        let name = tag.get("name").unwrap_or_default();
        let Some((kind, path)) = tag.get("id").and_then(|id| relations.get(id)) else { continue };
        // Two sheets never lie in one part.
        if !read.insert(path) {
            return Err(Fault::Damaged);
        }
        book.count += 1;
        match () {
            () if tag.get("state").is_some_and(|state| state != "visible") => book.hidden.push(name.to_string()),
            () if kind == "worksheet" => {
                let mut sheet = Sheet::new(name);
                sheet.from_1904 = shared.from_1904;
                read_tables(package, path, &mut sheet)?;
                read_sheet(&package.part(path)?, &shared, &mut sheet)?;
                read_beside(package, path, &mut sheet)?;
                book.add(sheet)?;
            }
            () => book.charts += 1,
        }
    }
    Ok(book)
}

/// The sheets as they are listed, and where days begin.
fn listed(xml: &str) -> Result<(Vec<Tag>, bool), Fault> {
    let (mut tags, mut from_1904) = (Vec::new(), false);
    let mut xml = Xml::new(xml);
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        match tag.name.as_str() {
            "sheet" => tags.push(tag),
            "workbookPr" => from_1904 = tag.is_set("date1904"),
            _ => {}
        }
    }
    Ok((tags, from_1904))
}

/// Where the next cell stands that does not say so itself.
#[derive(Default)]
struct Cursor {
    row: u32,
    column: u32,
}

fn read_sheet(xml: &str, shared: &Shared, sheet: &mut Sheet) -> Result<(), Fault> {
    read_rules(xml, &shared.effects, sheet)?;
    let mut xml = Xml::new(xml);
    let (mut next, mut row) = (0, 0);
    let mut column = 0;
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        match tag.name.as_str() {
            "row" => {
                row = tag.number::<u32>("r").and_then(|row| row.checked_sub(1)).unwrap_or(next);
                if row >= MOST_ROWS {
                    return Err(Fault::Damaged);
                }
                next = row + 1;
                column = 0;
                if tag.is_set("hidden") {
                    sheet.hidden_rows.insert(row);
                }
            }
            "c" => {
                let cursor = Cursor { row, column };
                column = read_cell(&mut xml, &tag, &cursor, shared, sheet)?;
            }
            "col" if tag.is_set("hidden") => {
                let (first, last) = (tag.number::<u32>("min").unwrap_or(1), tag.number::<u32>("max").unwrap_or(0));
                sheet.hidden_columns.extend(first.max(1) - 1..last.min(MOST_COLUMNS));
            }
            // Another window on the sheet may show them.
            "sheetView" => sheet.hides_zeros |= tag.get("showZeros").is_some_and(|value| !is_true(value)),
            "mergeCell" => {
                if let Some(region) = tag.get("ref").and_then(region) {
                    sheet.merge(region);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Gives the column behind the cell.
fn read_cell(xml: &mut Xml, tag: &Tag, cursor: &Cursor, shared: &Shared, sheet: &mut Sheet) -> Result<u32, Fault> {
    let place = match tag.get("r") {
        Some(place) => at(place).ok_or(Fault::Damaged)?,
        None => (cursor.row, cursor.column),
    };
    let (mut value, mut runs, mut is_formula) = (None, None, false);
    loop {
        match xml.next()?.ok_or(Fault::Damaged)? {
            Node::Open(inner) if inner.name == "f" => {
                is_formula = true;
                xml.skip()?;
            }
            Node::Open(inner) if inner.name == "v" => value = Some(xml.text()?),
            Node::Open(inner) if inner.name == "is" => runs = Some(rich_text(xml, &shared.theme)?),
            Node::Open(_) => xml.skip()?,
            Node::Close(name) if name == "c" => break,
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    let default = Style::default();
    let style = tag.number::<usize>("s").or(Some(0)).and_then(|id| shared.styles.get(id)).unwrap_or(&default);
    match (value, runs) {
        (_, Some(runs)) => sheet.text(place, &runs, style)?,
        (Some(value), None) => match tag.get("t").unwrap_or("n") {
            "s" => {
                let index: usize = value.trim().parse().map_err(|_| Fault::Damaged)?;
                sheet.text(place, shared.texts.get(index).ok_or(Fault::Damaged)?, style)?;
            }
            "b" => sheet.truth(place, is_true(value.trim()), style)?,
            "e" => sheet.error(place, value.trim(), style)?,
            "n" if value.trim().is_empty() && is_formula => sheet.uncounted.push((name_of(place), String::new())),
            "n" if value.trim().is_empty() => {}
            "n" => sheet.number(place, figure(&value)?, style)?,
            _ => sheet.text(place, &[Run::plain(value)], style)?,
        },
        (None, None) if is_formula => sheet.uncounted.push((name_of(place), String::new())),
        (None, None) => {}
    }
    Ok(place.1 + 1)
}

fn figure(value: &str) -> Result<f64, Fault> {
    value.trim().parse().ok().filter(|value: &f64| value.is_finite()).ok_or(Fault::Damaged)
}

/// Tables have styles that colour their cells.
fn read_tables(package: &mut Package, path: &str, sheet: &mut Sheet) -> Result<(), Fault> {
    let relations = Relations::of(package, path)?;
    for (_, part) in relations.all().filter(|(kind, _)| matches!(*kind, "table" | "pivotTable")) {
        let Some(text) = package.text(part) else { continue };
        let mut xml = Xml::new(&text);
        let mut place = None;
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            match tag.name.as_str() {
                "table" | "location" => place = tag.get("ref").and_then(region),
                "tableStyleInfo" | "pivotTableStyleInfo" if tag.get("name").is_some() => {
                    place.into_iter().for_each(|place| sheet.rules.colour(place));
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// Text boxes, pictures, charts, remarks, and fields to tick.
fn read_beside(package: &mut Package, path: &str, sheet: &mut Sheet) -> Result<(), Fault> {
    let relations = Relations::of(package, path)?;
    for (kind, part) in relations.all() {
        let Some(xml) = package.text(part) else { continue };
        match kind {
            "drawing" => drawing(&xml, sheet)?,
            "comments" => sheet.remarks += count(&xml, |tag| tag.name == "comment")?,
            // It is not always XML.
            "vmlDrawing" => sheet.fields += count(&xml, is_field).unwrap_or_default(),
            _ => {}
        }
    }
    Ok(())
}

fn is_field(tag: &Tag) -> bool {
    let kinds = ["Checkbox", "Radio", "Drop", "List", "EditBox"];
    tag.name == "ClientData" && tag.get("ObjectType").is_some_and(|kind| kinds.contains(&kind))
}

fn count(xml: &str, is: impl Fn(&Tag) -> bool) -> Result<usize, Fault> {
    let mut xml = Xml::new(xml);
    let mut count = 0;
    while let Some(node) = xml.next()? {
        count += usize::from(matches!(node, Node::Open(tag) if is(&tag)));
    }
    Ok(count)
}
