//! Workbooks of OpenDocument (.ods): each cell keeps the text that it shows beside its value, and that text is read.

use std::collections::BTreeMap;

use super::book::Book;
use super::conditional::{Rules, Value};
use super::grid::{MOST_CELLS, Region};
use super::ods_looks::{Defaults, Looks, font, format_ink, ground, read_looks, read_zeros, rules, sign};
use super::ods_tags::{figure, is_drawn, is_error, is_hidden, repeated, value};
use super::package::{Fault, Package};
use super::runs::Run;
use super::sheet::{MOST_COLUMNS, Sheet, place};
use super::style::Style;
use super::xml::{Node, Tag, Xml};

/// The rows of a sheet of LibreOffice with every column.
const MOST_ROWS: u32 = 1 << 20;

pub(super) fn read_ods(package: &mut Package) -> Result<Book, Fault> {
    let mut looks = Looks::new();
    if let Some(styles) = package.text("styles.xml") {
        read_looks(&styles, &mut looks)?;
    }
    let content = package.part("content.xml")?;
    read_looks(&content, &mut looks)?;
    if package.text("META-INF/manifest.xml").is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(Fault::Locked);
    }
    let zeros = package.text("settings.xml").map(|settings| read_zeros(&settings)).transpose()?.unwrap_or_default();
    let mut book = Book::default();
    let mut xml = Xml::new(&content);
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        if tag.name == "tracked-changes" {
            xml.skip()?;
        } else if tag.name == "table" {
            let name = tag.get("name").unwrap_or_default().to_string();
            let hides = tag.get("style-name").and_then(|style| looks.get(style)).is_some_and(|look| look.hides);
            let mut sheet = Sheet::new(&name);
            sheet.hides_zeros = zeros.get(&name).or(zeros.get("")).copied().unwrap_or(false);
            let styles = Defaults::default();
            let sheet =
                Reading { xml: &mut xml, looks: &looks, sheet, row: 0, styles, rules: BTreeMap::new() }.read()?;
            book.count += 1;
            match hides {
                true => book.hidden.push(name),
                false => book.add(sheet)?,
            }
        }
    }
    // A text of OpenDocument has parts of the same names.
    if book.count == 0 { Err(Fault::Damaged) } else { Ok(book) }
}

struct Reading<'a, 'b> {
    xml: &'a mut Xml<'b>,
    looks: &'a Looks,
    sheet: Sheet,
    row: u32,
    styles: Defaults,
    /// Conditions of styles, with the first and the last cell that has them
    rules: BTreeMap<String, (Rules, [(u32, u32); 2])>,
}

struct Filled {
    column: u32,
    runs: Vec<Run>,
    /// The file says what the cell shows, be it nothing.
    is_shown: bool,
    tag: Tag,
    times: u32,
}

impl Reading<'_, '_> {
    fn read(mut self) -> Result<Sheet, Fault> {
        let mut column = 0_u32;
        loop {
            match self.xml.next()?.ok_or(Fault::Damaged)? {
                Node::Close(name) if name == "table" => return Ok(self.closed()),
                Node::Open(tag) => match tag.name.as_str() {
                    "table-column" => {
                        let next = column.saturating_add(repeated(&tag, "number-columns-repeated")).min(MOST_COLUMNS);
                        if is_hidden(&tag) {
                            self.sheet.hidden_columns.extend(column..next);
                        }
                        column = next;
                        self.styles.columns.push((next, tag.get("default-cell-style-name").map(str::to_string)));
                    }
                    "table-row" => self.row(&tag)?,
                    "table" | "tracked-changes" => self.xml.skip()?,
                    "shapes" => self.drawn("shapes")?,
                    _ => {}
                },
                Node::Close(_) | Node::Text(_) => {}
            }
        }
    }

    fn row(&mut self, tag: &Tag) -> Result<(), Fault> {
        let times = repeated(tag, "number-rows-repeated");
        self.styles.row = tag.get("default-cell-style-name").map(str::to_string);
        let mut filled = Vec::new();
        let mut column = 0_u32;
        loop {
            match self.xml.next()?.ok_or(Fault::Damaged)? {
                Node::Close(name) if name == "table-row" => break,
                Node::Open(tag) if tag.name == "table-cell" => {
                    let times = repeated(&tag, "number-columns-repeated");
                    let (runs, is_shown) = self.cell()?;
                    if !runs.is_empty() || value(&tag).is_some() {
                        filled.push(Filled { column, runs, is_shown, tag, times });
                    }
                    column = column.saturating_add(times);
                }
                Node::Open(tag) => {
                    if tag.name == "covered-table-cell" {
                        column = column.saturating_add(repeated(&tag, "number-columns-repeated"));
                    }
                    self.xml.skip()?;
                }
                Node::Close(_) | Node::Text(_) => {}
            }
        }
        let last = self.row.saturating_add(times);
        if !filled.is_empty() {
            let cells: u64 = filled.iter().map(|cell| u64::from(cell.times)).sum();
            if cells.saturating_mul(u64::from(times)) > MOST_CELLS || last > MOST_ROWS {
                return Err(Fault::Large);
            }
            for row in self.row..last {
                if is_hidden(tag) {
                    self.sheet.hidden_rows.insert(row);
                }
                filled.iter().try_for_each(|cell| self.set(row, cell))?;
            }
        }
        self.row = last;
        Ok(())
    }

    fn set(&mut self, row: u32, cell: &Filled) -> Result<(), Fault> {
        let Filled { column, runs, is_shown, tag, times } = cell;
        let whole: String = runs.iter().map(|run| run.text.as_str()).collect();
        for column in *column..column.saturating_add(*times) {
            let at = (row, column);
            let figure = figure(tag);
            let value_of = figure.map_or(Value::Word(&whole), Value::Figure);
            let style = self.style(at, tag.get("style-name"), value_of);
            if figure.is_some_and(|figure| self.sheet.is_hidden_zero(figure)) {
                self.sheet.zeros.push((place(at), String::new()));
                continue;
            }
            if runs.is_empty() {
                let value = value(tag).unwrap_or_default();
                if *is_shown {
                    self.sheet.blank.push((place(at), value.to_string()));
                    continue;
                }
                self.sheet.unknown.push((place(at), value.to_string()));
                self.sheet.text(at, &[Run::plain(value)], &style)?;
            } else if is_error(&whole) {
                self.sheet.error(at, whole.trim(), &style)?;
            } else {
                // A stretch without a colour has that of its cell.
                let inked = |run: &Run| Run { ink: run.ink.or(style.ink), ..run.clone() };
                let mut runs: Vec<Run> = runs.iter().map(inked).collect();
                match sign(self.looks, tag.get("style-name").or(self.styles.at(at.1)), figure, &whole) {
                    Some("") => {}
                    Some(sign) => {
                        runs.insert(0, Run { text: sign.to_string(), ..runs.first().cloned().unwrap_or_default() })
                    }
                    None => {
                        let value = value(tag).unwrap_or_default();
                        self.sheet.unknown.push((place(at), value.to_string()));
                        runs = vec![Run::plain(value)];
                    }
                }
                self.sheet.text(at, &runs, &style)?;
            }
            let span = |name| tag.number::<u32>(name).unwrap_or(1).max(1) - 1;
            let (down, right) = (span("number-rows-spanned"), span("number-columns-spanned"));
            let (bottom, right) = (row.saturating_add(down), column.saturating_add(right));
            self.sheet.merge(Region { top: row, left: column, bottom, right });
        }
        Ok(())
    }

    /// How a cell is shown, with what conditions do to it.
    fn style(&mut self, at: (u32, u32), name: Option<&str>, value: Value<'_>) -> Style {
        let name = name.or(self.styles.at(at.1)).map(str::to_string);
        let font = font(self.looks, name.as_deref());
        let ground = ground(self.looks, name.as_deref());
        let of_format = match value {
            Value::Figure(figure) => format_ink(self.looks, name.as_deref(), figure),
            Value::Word(_) | Value::Error => None,
        };
        let style = Style { struck: font.struck, ink: of_format.or(font.ink), ground, ..Style::default() };
        let Some(name) = name else { return style };
        let looks = self.looks;
        let (rules, [_, last]) = self.rules.entry(name).or_insert_with_key(|name| (rules(looks, name), [at, at]));
        *last = at;
        rules.style(at, value, &style)
    }

    fn closed(self) -> Sheet {
        let mut sheet = self.sheet;
        for (rules, [first, last]) in self.rules.values() {
            let cells = if first == last { place(*first) } else { format!("{}〜{}", place(*first), place(*last)) };
            sheet.conditional.extend(rules.doubted().into_iter().map(|(_, does)| (cells.clone(), does)));
        }
        sheet
    }

    /// The runs of a cell that was just opened, its paragraphs parted by line ends.
    fn cell(&mut self) -> Result<(Vec<Run>, bool), Fault> {
        let (mut runs, mut is_shown) = (Vec::new(), false);
        loop {
            match self.xml.next()?.ok_or(Fault::Damaged)? {
                Node::Close(name) if name == "table-cell" => return Ok((runs, is_shown)),
                Node::Open(tag) if tag.name == "p" => {
                    is_shown = true;
                    if !runs.is_empty() {
                        runs.push(Run::plain("\n"));
                    }
                    self.paragraph(Run::default(), &mut runs, "p")?;
                }
                Node::Open(tag) => self.beside(&tag)?,
                Node::Close(_) | Node::Text(_) => {}
            }
        }
    }

    fn paragraph(&mut self, look: Run, runs: &mut Vec<Run>, end: &str) -> Result<(), Fault> {
        let mut looks = vec![look];
        loop {
            let look = looks.last().cloned().unwrap_or_default();
            let say = |text: &str| Run { text: text.to_string(), ..look.clone() };
            match self.xml.next()?.ok_or(Fault::Damaged)? {
                Node::Text(text) => runs.push(say(&text)),
                Node::Close(name) if name == end => return Ok(()),
                Node::Close(name) if name == "span" => _ = looks.pop(),
                Node::Close(_) => {}
                Node::Open(tag) => match tag.name.as_str() {
                    "span" => {
                        let own = font(self.looks, tag.get("style-name"));
                        let struck = if own.own { own.struck } else { look.struck };
                        let raised = own.raised || look.raised;
                        let is_own = own.own || look.own;
                        let ink = own.ink.or(look.ink);
                        looks.push(Run { struck, raised, ink, own: is_own || raised || own.lowered, ..own });
                    }
                    "s" => runs.push(say(&" ".repeat(tag.number::<usize>("c").unwrap_or(1).min(100)))),
                    "tab" => runs.push(say("\t")),
                    "line-break" => runs.push(say("\n")),
                    "annotation" => self.beside(&tag)?,
                    name if is_drawn(name) => self.beside(&tag)?,
                    // ふりがな
                    "ruby-text" => self.xml.skip()?,
                    // A link, what has ふりがな, a field: their text is read.
                    _ => {}
                },
            }
        }
    }

    /// What lies upon a cell: a remark, a picture, a text box.
    fn beside(&mut self, tag: &Tag) -> Result<(), Fault> {
        match tag.name.as_str() {
            "annotation" => {
                self.sheet.remarks += 1;
                self.xml.skip()
            }
            name if is_drawn(name) => self.drawn(name),
            _ => self.xml.skip(),
        }
    }

    /// Texts, pictures and charts down to the end of an element that was just opened.
    fn drawn(&mut self, end: &str) -> Result<(), Fault> {
        let (mut depth, mut runs) = (0_usize, Vec::new());
        loop {
            match self.xml.next()?.ok_or(Fault::Damaged)? {
                Node::Open(tag) => match tag.name.as_str() {
                    "p" => {
                        runs.push(Run::plain("\n"));
                        runs.push(Run::plain(self.xml.text()?));
                    }
                    "image" => self.sheet.pictures += 1,
                    "object" => self.sheet.charts += 1,
                    name if name == end => depth += 1,
                    _ => {}
                },
                Node::Close(name) if name == end && depth == 0 => break,
                Node::Close(name) if name == end => depth -= 1,
                Node::Close(_) | Node::Text(_) => {}
            }
        }
        let text: String = runs.iter().map(|run| run.text.as_str()).collect();
        if !text.trim().is_empty() {
            self.sheet.boxes.push(text.trim().to_string());
        }
        Ok(())
    }
}
