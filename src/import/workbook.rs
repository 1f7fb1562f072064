//! Workbooks: .xlsx, .xlsm, .xls and .ods, a document for each sheet that is shown. Cells are read as they are shown on a
//! Japanese PC; hidden rows and columns are read, and said to be hidden. What stands beside the cells is named or counted.

use super::book::Book;
use super::document::{Block, Document, LeftOut};
use super::ods::read_ods;
use super::package::{Fault, Package, PackageKind, kind, locked, refuse_large, too_large};
use super::remarks::remarks;
use super::sheet::{at, place};
use super::xls::read_xls;
use super::xlsx::read_xlsx;

/// The sheets of a workbook that are shown and not empty, or why it cannot be read, in Japanese.
pub fn read_workbook(name: &str, bytes: &[u8]) -> Result<Vec<Document>, String> {
    refuse_large(name, bytes)?;
    let book = match kind(bytes) {
        PackageKind::Locked => Err(Fault::Locked),
        PackageKind::Old => read_xls(bytes),
        PackageKind::Archive => match Package::open(name, bytes)? {
            Some(package) if package.has("xl/workbook.bin") => Err(Fault::Damaged),
            Some(mut package) if package.has("content.xml") => read_ods(&mut package),
            Some(mut package) => read_xlsx(&mut package),
            None => Err(Fault::Damaged),
        },
        PackageKind::Other => Err(Fault::Damaged),
    };
    book.and_then(|book| documents(name, book)).map_err(|fault| match fault {
        Fault::Locked => locked(name),
        Fault::Large => too_large(name),
        Fault::Damaged => unreadable(name),
        Fault::Ancient => ancient(name),
    })
}

fn unreadable(name: &str) -> String {
    format!(
        "「{name}」は Excel のファイルとして読めません（壊れているかもしれません）。Excel で開けることを確かめ、「名前を付けて保存」で種類を「Excel ブック（*.xlsx）」にして保存し直してください"
    )
}

fn ancient(name: &str) -> String {
    format!(
        "「{name}」は Excel 95 より前の形のファイルなので読めません。Excel で開き、「名前を付けて保存」で種類を「Excel ブック（*.xlsx）」にして保存し直してください"
    )
}

fn documents(name: &str, book: Book) -> Result<Vec<Document>, Fault> {
    let mut documents = Vec::new();
    let remarks = remarks(&book);
    for mut sheet in book.sheets {
        let name = if book.count == 1 { name.to_string() } else { format!("{name}「{}」", sheet.name) };
        let (words, boxes) = (std::mem::take(&mut sheet.left_out), std::mem::take(&mut sheet.boxes));
        let shapes = std::mem::take(&mut sheet.shapes);
        let blocks = sheet.into_grid().blocks(|row, column| place((row, column))).ok_or(Fault::Large)?;
        let words = words.into_iter().map(|(how, (place, text))| LeftOut {
            how,
            block: block_of(&blocks, &place),
            text,
            place,
        });
        let boxes = boxes.into_iter().map(|text| LeftOut {
            how: "図形の中",
            text,
            place: "図形".to_string(),
            block: blocks.len().checked_sub(1),
        });
        let left_out: Vec<LeftOut> = words.chain(boxes).collect();
        if !blocks.is_empty() || !left_out.is_empty() {
            documents.push(Document { name, blocks, left_out, shapes, ..Document::default() });
        }
    }
    match documents.as_mut_slice() {
        [only] => only.remarks = remarks,
        // What is noted of all sheets together stands in front of them.
        _ if !remarks.is_empty() => {
            documents.insert(0, Document { name: name.to_string(), remarks, ..Document::default() });
        }
        _ => {}
    }
    Ok(documents)
}

/// The block in which a cell stands, or stood before it was emptied.
fn block_of(blocks: &[Block], place: &str) -> Option<usize> {
    let row = |place: &str| at(place).map(|(row, _)| row);
    let begins = |block: &Block| match block {
        Block::Paragraph(paragraph) => row(&paragraph.place),
        Block::Table(table) => row(&table.place),
    };
    blocks.iter().rposition(|block| begins(block) <= row(place))
}
