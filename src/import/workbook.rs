//! Workbooks: .xlsx, .xlsm, .xls and .ods, a document for each sheet that is shown.
//!
//! Figures of .xlsx are written as their cells show them. The library keeps no formats of .xls and .ods, and no merged
//! cells of .ods: there a figure is plain (1234) and a merged cell stands in its first place alone. What a formula gave
//! when the file was saved is its text. Hidden rows and columns are read; text boxes, remarks at cells and headers of
//! the printed page are not. A .xls that breaks off is refused before the library sees it, and one that makes the
//! library panic or hang is given up.

use std::io::Cursor;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Ods, OdsError, Range, Reader, Xls, XlsError, Xlsx, XlsxError,
};
use calamine::{Sheet, SheetType, SheetVisible};

use super::document::Document;
use super::grid::{Grid, MOST_CELLS, Region, tidy};
use super::package::{Kind, Package, kind, locked, refuse_large, too_large};
use super::sectors::is_whole;
use super::shown::shown;

/// Texts of a sheet together, in bytes: one text may stand in a million cells.
const MOST_TEXT: usize = 64 * 1024 * 1024;

/// No form takes so long.
const PATIENCE: Duration = Duration::from_secs(30);

type Bytes<'a> = Cursor<&'a [u8]>;

enum Fault {
    Locked,
    Large,
    Damaged,
}

/// The sheets of a workbook that are shown and not empty, or why it cannot be read, in Japanese.
pub fn read_workbook(name: &str, bytes: &[u8]) -> Result<Vec<Document>, String> {
    refuse_large(name, bytes)?;
    let read = match kind(bytes) {
        Kind::Locked => Err(Fault::Locked),
        Kind::Old if is_whole(bytes) => read_xls(name, bytes),
        Kind::Archive => match Package::open(name, bytes)? {
            Some(package) if package.has("xl/workbook.bin") => return Err(unreadable(name)),
            Some(mut package) if package.has("content.xml") => {
                if package.is_sound(&["content.xml", "meta.xml", "META-INF/manifest.xml"]) {
                    read_ods(name, bytes)
                } else {
                    Err(Fault::Damaged)
                }
            }
            Some(_) => read_xlsx(name, bytes),
            None => Err(Fault::Damaged),
        },
        Kind::Old | Kind::Other => Err(Fault::Damaged),
    };
    read.map_err(|fault| match fault {
        Fault::Locked => locked(name),
        Fault::Large => too_large(name),
        Fault::Damaged => unreadable(name),
    })
}

fn unreadable(name: &str) -> String {
    format!(
        "「{name}」は Excel のファイルとして読めません。Excel で開けることを確かめ、「名前を付けて保存」で種類を「Excel ブック（*.xlsx）」にして保存し直してください"
    )
}

fn read_xlsx(name: &str, bytes: &[u8]) -> Result<Vec<Document>, Fault> {
    let mut book: Xlsx<Bytes> = Xlsx::new(Cursor::new(bytes))?;
    let sheets = book.sheets_metadata().to_vec();
    shown_sheets(name, &sheets, |sheet| {
        let regions = book.merge_cells_by_sheet_name(sheet)?;
        let mut reader = book.worksheet_cells_reader(sheet)?;
        let formats: Vec<Option<String>> =
            reader.styles().iter().map(|style| style.number_format.as_ref().map(|f| f.format_code.clone())).collect();
        let mut filling = Filling::default();
        while let Some((cell, style)) = reader.next_cell_with_style_id()? {
            let format = formats.get(style).and_then(Option::as_deref);
            let text = match cell.get_value() {
                DataRef::SharedString(text) => tidy(text),
                DataRef::Float(value) => shown(*value, format),
                DataRef::Int(_)
                | DataRef::String(_)
                | DataRef::Bool(_)
                | DataRef::DateTime(_)
                | DataRef::DateTimeIso(_)
                | DataRef::DurationIso(_)
                | DataRef::Error(_)
                | DataRef::Empty => text_of(&Data::from(cell.get_value().clone())),
            };
            filling.set(cell.get_position(), text)?;
        }
        Ok(filling.merged(&regions))
    })
}

/// Reads on a thread of its own: a damaged file makes the library panic, or go on for ever.
fn read_xls(name: &str, bytes: &[u8]) -> Result<Vec<Document>, Fault> {
    let (name, bytes) = (name.to_string(), bytes.to_vec());
    let (sender, read) = mpsc::channel();
    thread::spawn(move || {
        // Nobody listens after the wait.
        let _ = sender.send(read_old(&name, &bytes));
    });
    read.recv_timeout(PATIENCE).unwrap_or(Err(Fault::Damaged))
}

fn read_old(name: &str, bytes: &[u8]) -> Result<Vec<Document>, Fault> {
    let mut book: Xls<Bytes> = Xls::new(Cursor::new(bytes))?;
    let sheets = book.sheets_metadata().to_vec();
    shown_sheets(name, &sheets, |sheet| {
        let regions = book.merge_cells_by_sheet_name(sheet).unwrap_or_default();
        Ok(filled(&book.worksheet_range(sheet)?)?.merged(&regions))
    })
}

fn read_ods(name: &str, bytes: &[u8]) -> Result<Vec<Document>, Fault> {
    let mut book: Ods<Bytes> = Ods::new(Cursor::new(bytes))?;
    let sheets = book.sheets_metadata().to_vec();
    shown_sheets(name, &sheets, |sheet| Ok(filled(&book.worksheet_range(sheet)?)?.merged(&[])))
}

fn shown_sheets(
    name: &str,
    sheets: &[Sheet],
    mut read: impl FnMut(&str) -> Result<Grid, Fault>,
) -> Result<Vec<Document>, Fault> {
    let is_shown = |sheet: &&Sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet;
    let mut documents = Vec::new();
    for sheet in sheets.iter().filter(is_shown) {
        let blocks = read(&sheet.name)?.blocks(place).ok_or(Fault::Large)?;
        if !blocks.is_empty() {
            let name = if sheets.len() == 1 { name.to_string() } else { format!("{name}「{}」", sheet.name) };
            documents.push(Document { name, blocks, ..Document::default() });
        }
    }
    Ok(documents)
}

/// Cells on their way into a grid, counted.
#[derive(Default)]
struct Filling {
    grid: Grid,
    cells: u64,
    text: usize,
}

impl Filling {
    fn set(&mut self, (row, column): (u32, u32), text: String) -> Result<(), Fault> {
        self.cells += u64::from(!text.is_empty());
        self.text += text.len();
        if self.cells > MOST_CELLS || self.text > MOST_TEXT {
            return Err(Fault::Large);
        }
        self.grid.set(row, column, text);
        Ok(())
    }

    fn merged(mut self, regions: &[Dimensions]) -> Grid {
        for Dimensions { start, end } in regions {
            self.grid.merge(Region { top: start.0, left: start.1, bottom: end.0, right: end.1 });
        }
        self.grid
    }
}

fn filled(range: &Range<Data>) -> Result<Filling, Fault> {
    let mut filling = Filling::default();
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let place = u32::try_from(row).ok().zip(u32::try_from(column).ok());
        let (row, column) = place.ok_or(Fault::Large)?;
        filling.set((top.saturating_add(row), left.saturating_add(column)), text_of(value))?;
    }
    Ok(filling)
}

fn text_of(value: &Data) -> String {
    match value {
        Data::Int(value) => value.to_string(),
        Data::Float(value) => shown(*value, None),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => tidy(text),
        Data::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_string(),
        Data::DateTime(moment) => moment_text(moment),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// `2020-10-01`, with the hour where one is kept: how the cell shows it depends on the language of the PC.
fn moment_text(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, _, _) = moment.to_ymd_hms_milli();
    let time = format!("{hour}:{minute:02}");
    match moment.as_f64() {
        days if moment.is_duration() => {
            let minutes = (days * 24.0 * 60.0).round();
            format!("{}:{:02}", (minutes / 60.0).trunc(), (minutes % 60.0).abs())
        }
        days if (0.0..1.0).contains(&days) => time,
        days if days.fract() == 0.0 => format!("{year}-{month:02}-{day:02}"),
        _ => format!("{year}-{month:02}-{day:02} {time}"),
    }
}

/// Row 3, column 1 is `B4`.
fn place(row: u32, column: u32) -> String {
    let (mut letters, mut rest) = (String::new(), column.saturating_add(1));
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.insert(0, char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row.saturating_add(1))
}

impl From<XlsxError> for Fault {
    fn from(error: XlsxError) -> Self {
        if let XlsxError::Password = error { Self::Locked } else { Self::Damaged }
    }
}

impl From<XlsError> for Fault {
    fn from(error: XlsError) -> Self {
        if let XlsError::Password = error { Self::Locked } else { Self::Damaged }
    }
}

impl From<OdsError> for Fault {
    fn from(error: OdsError) -> Self {
        if let OdsError::Password = error {
            Self::Locked
        } else if let OdsError::CellLimitExceeded { .. } = error {
            Self::Large
        } else {
            Self::Damaged
        }
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn places_are_named_as_excel_names_them() {
        assert_eq!([place(3, 1), place(0, 26), place(0, 701), place(9, 702)], ["B4", "AA1", "ZZ1", "AAA10"]);
    }
}
