//! Workbooks of the old kind (.xls, since Excel 97): their sheets, with cells as they are shown.

use super::book::Book;
use super::built_in::built_in;
use super::colour::{Colour, Ground};
use super::grid::Region;
use super::package::Fault;
use super::runs::Run;
use super::sectors::Sectors;
use super::sheet::{MOST_COLUMNS, MOST_ROWS, Sheet};
use super::style::Style;
use super::xls_records::{Record, double, record, records};
use super::xls_rules::read_rules;
use super::xls_text::{Pieces, shared_texts, short_text, text};

/// A mark of a sheet's window
const SHOWS_ZEROS: u16 = 0x10;

/// What stands beside the cells of all sheets.
#[derive(Default)]
struct Shared {
    texts: Vec<Vec<Run>>,
    /// With the numbers of their colours
    fonts: Vec<(Run, u16)>,
    formats: Vec<(u16, String)>,
    looks: Vec<Look>,
    /// The file's own colours, from the eighth on
    palette: Vec<Colour>,
    from_1904: bool,
}

/// How cells of a kind look, in numbers
struct Look {
    font: u16,
    format: u16,
    pattern: u32,
    /// Of the pattern in front
    colour: u16,
}

impl Shared {
    /// There is no fifth font.
    fn font(&self, id: u16) -> Run {
        let id = usize::from(id);
        let font = self.fonts.get(if id > 4 { id - 1 } else { id });
        font.map_or_else(Run::default, |(run, ink)| Run { ink: self.colour(*ink), ..run.clone() })
    }

    fn colour(&self, number: u16) -> Option<Colour> {
        let own = usize::from(number).checked_sub(8).and_then(|index| self.palette.get(index));
        own.copied().or_else(|| Colour::numbered(u32::from(number)))
    }

    fn format(&self, format: u16) -> Option<String> {
        let written = self.formats.iter().find(|(id, _)| *id == format).map(|(_, code)| code.as_str());
        written.or(built_in(u32::from(format))).map(str::to_string)
    }

    fn style(&self, look: u16) -> Style {
        let Some(look) = self.looks.get(usize::from(look)) else { return Style::default() };
        // A format that the file does not hold is not known.
        let format = self.format(look.format).unwrap_or("[?]".to_string());
        let font = self.font(look.font);
        let ground = match look.pattern {
            0 => Ground::default(),
            1 => self.colour(look.colour).map_or(Ground::Unknown, Ground::Of),
            _ => Ground::Unknown,
        };
        Style { format, struck: font.struck, raised: font.raised, ink: font.ink, ground }
    }
}

pub(super) fn read_xls(bytes: &[u8]) -> Result<Book, Fault> {
    let sectors = Sectors::whole(bytes).ok_or(Fault::Damaged)?;
    let Some(stream) = sectors.stream("Workbook") else {
        return Err(if sectors.stream("Book").is_some() { Fault::Ancient } else { Fault::Damaged });
    };
    let (mut shared, mut book, mut sheets) = (Shared::default(), Book::default(), Vec::new());
    let mut seen = 0;
    for record in records(&stream, 0, &mut seen)? {
        match record.kind {
            record::LOCKED => return Err(Fault::Locked),
            record::SHEET => sheets.push(record),
            _ => read_global(&record, &mut shared)?,
        }
    }
    for record in sheets {
        let start = record.long(0).and_then(|start| usize::try_from(start).ok()).ok_or(Fault::Damaged)?;
        let (hidden, kind) = record.short(4).map(|word| (word & 3, word >> 8)).ok_or(Fault::Damaged)?;
        let name = short_text(record.data(), 6).ok_or(Fault::Damaged)?;
        match kind {
            // A macro
            6 => continue,
            _ if hidden > 0 => book.hidden.push(name),
            0 => {
                let mut sheet = Sheet::new(&name);
                sheet.from_1904 = shared.from_1904;
                read_sheet(&records(&stream, start, &mut seen)?, &shared, &mut sheet)?;
                book.add(sheet)?;
            }
            _ => book.charts += 1,
        }
        book.count += 1;
    }
    Ok(book)
}

fn read_global(record: &Record, shared: &mut Shared) -> Result<(), Fault> {
    match record.kind {
        record::FROM_1904 => shared.from_1904 = record.short(0) == Some(1),
        record::FONT => {
            let (marks, position) = record.short(2).zip(record.short(8)).ok_or(Fault::Damaged)?;
            let (struck, raised, lowered) = (marks & 8 > 0, position == 1, position == 2);
            let run = Run { struck, raised, lowered, own: true, ..Run::default() };
            shared.fonts.push((run, record.short(4).unwrap_or_default()));
        }
        record::FORMAT => {
            let id = record.short(0).ok_or(Fault::Damaged)?;
            shared.formats.push((id, text(&record.pieces, 2).ok_or(Fault::Damaged)?));
        }
        record::LOOK => {
            let (font, format) = record.short(0).zip(record.short(2)).ok_or(Fault::Damaged)?;
            // Behind borders: the pattern in the last six bits of four bytes, its colours in seven bits each.
            let pattern = record.long(14).map_or(0, |marks| marks >> 26);
            let colour = record.short(18).map_or(0, |colours| colours & 0x7f);
            shared.looks.push(Look { font, format, pattern, colour });
        }
        record::PALETTE => {
            let colours = record.data().get(2..).unwrap_or_default().chunks_exact(4);
            shared.palette = colours.filter_map(Colour::of_bytes).collect();
        }
        record::TEXTS => {
            let texts = shared_texts(&record.pieces, |id| shared.font(id));
            shared.texts = texts.ok_or(Fault::Damaged)?;
        }
        _ => {}
    }
    Ok(())
}

fn read_sheet(records: &[Record], shared: &Shared, sheet: &mut Sheet) -> Result<(), Fault> {
    read_rules(records, |id| shared.format(id), sheet);
    let window = records.iter().find(|record| record.kind == record::WINDOW).and_then(|window| window.short(0));
    sheet.hides_zeros = window.is_some_and(|marks| marks & SHOWS_ZEROS == 0);
    // The formula whose text follows
    let mut awaits = None;
    let mut is_remark = false;
    for record in records {
        match record.kind {
            record::RESULT => {
                if let Some((at, style)) = awaits.take() {
                    let text = text(&record.pieces, 0).ok_or(Fault::Damaged)?;
                    sheet.text(at, &[Run::plain(text)], &style)?;
                }
            }
            record::ROW if record.short(12).is_some_and(|marks| marks & 0x20 > 0) => {
                sheet.hidden_rows.extend(record.short(0).map(u32::from));
            }
            record::COLUMN if record.short(8).is_some_and(|marks| marks & 1 > 0) => {
                let (first, last) = record.short(0).zip(record.short(2)).ok_or(Fault::Damaged)?;
                sheet.hidden_columns.extend(u32::from(first)..=u32::from(last).min(MOST_COLUMNS));
            }
            record::MERGED => read_merged(record, sheet),
            record::NOTE => sheet.remarks += 1,
            record::OBJECT => {
                let kind = record.short(4);
                is_remark = kind == Some(0x19);
                sheet.pictures += usize::from(kind == Some(8));
                sheet.charts += usize::from(kind == Some(5));
            }
            record::BOX if !is_remark => {
                let length = record.short(10).map_or(0, usize::from);
                let pieces = record.pieces.get(1..).unwrap_or_default();
                let text = Pieces::new(pieces).text(length).filter(|text| !text.trim().is_empty());
                sheet.boxes.extend(text.map(|text| text.trim().to_string()));
            }
            _ => {
                if let Some(later) = read_cell(record, shared, sheet)? {
                    awaits = Some(later);
                }
            }
        }
    }
    Ok(())
}

fn read_merged(record: &Record, sheet: &mut Sheet) {
    let mut at = 2;
    while let (Some(top), Some(bottom), Some(left), Some(right)) =
        (record.short(at), record.short(at + 2), record.short(at + 4), record.short(at + 6))
    {
        let [top, bottom, left, right] = [top, bottom, left, right].map(u32::from);
        sheet.merge(Region { top, left, bottom, right });
        at += 8;
    }
}

type Awaited = ((u32, u32), Style);

/// A record of a cell; gives the place of a formula whose text is in a record of its own.
fn read_cell(record: &Record, shared: &Shared, sheet: &mut Sheet) -> Result<Option<Awaited>, Fault> {
    let kinds = [
        record::FORMULA,
        record::SMALL_NUMBERS,
        record::SHARED_TEXT,
        record::RICH_LABEL,
        record::NUMBER,
        record::LABEL,
        record::TRUTH,
        record::SMALL_NUMBER,
    ];
    if !kinds.contains(&record.kind) {
        return Ok(None);
    }
    let (row, column) = record.short(0).zip(record.short(2)).ok_or(Fault::Damaged)?;
    let at = (u32::from(row), u32::from(column));
    if at.0 >= MOST_ROWS || at.1 >= MOST_COLUMNS {
        return Err(Fault::Damaged);
    }
    if record.kind == record::SMALL_NUMBERS {
        for (index, column) in (at.1..MOST_COLUMNS).enumerate().take((record.data().len().saturating_sub(6)) / 6) {
            let (look, value) = record.short(4 + index * 6).zip(record.long(6 + index * 6)).ok_or(Fault::Damaged)?;
            sheet.number((at.0, column), small(value), &shared.style(look))?;
        }
        return Ok(None);
    }
    let style = shared.style(record.short(4).ok_or(Fault::Damaged)?);
    match record.kind {
        record::NUMBER => sheet.number(at, finite(double(record.data(), 6))?, &style)?,
        record::SMALL_NUMBER => sheet.number(at, small(record.long(6).ok_or(Fault::Damaged)?), &style)?,
        record::SHARED_TEXT => {
            let index = record.long(6).and_then(|index| usize::try_from(index).ok()).ok_or(Fault::Damaged)?;
            sheet.text(at, shared.texts.get(index).ok_or(Fault::Damaged)?, &style)?;
        }
        record::LABEL | record::RICH_LABEL => {
            let text = text(&record.pieces, 6).ok_or(Fault::Damaged)?;
            sheet.text(at, &[Run::plain(text)], &style)?;
        }
        record::TRUTH => {
            let (value, is_error) = record.short(6).map(|word| (word & 0xff, word >> 8)).ok_or(Fault::Damaged)?;
            match is_error {
                0 => sheet.truth(at, value != 0, &style)?,
                _ => sheet.error(at, error_word(value), &style)?,
            }
        }
        _ => return read_formula(record, at, style, sheet),
    }
    Ok(None)
}

/// What a formula gave: a figure, or in place of one a word on what else it gave.
fn read_formula(record: &Record, at: (u32, u32), style: Style, sheet: &mut Sheet) -> Result<Option<Awaited>, Fault> {
    if record.short(12) != Some(0xffff) {
        sheet.number(at, finite(double(record.data(), 6))?, &style)?;
        return Ok(None);
    }
    let value = record.short(8).ok_or(Fault::Damaged)? & 0xff;
    match record.short(6).map(|word| word & 0xff) {
        Some(0) => return Ok(Some((at, style))),
        Some(1) => sheet.truth(at, value != 0, &style)?,
        Some(2) => sheet.error(at, error_word(value), &style)?,
        _ => {}
    }
    Ok(None)
}

fn finite(value: Option<f64>) -> Result<f64, Fault> {
    value.filter(|value| value.is_finite()).ok_or(Fault::Damaged)
}

/// A figure in four bytes: whole or the front half of a double, and perhaps a hundred times what it means.
fn small(value: u32) -> f64 {
    let figure = match value & 2 {
        0 => f64::from_bits(u64::from(value & !3) << 32),
        _ => f64::from(value.cast_signed() >> 2),
    };
    if value & 1 > 0 { figure / 100.0 } else { figure }
}

fn error_word(code: u16) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}
