//! The records of a .xls, one after the other. What a record says of its length is never believed beyond the end of the bytes.

use super::package::Fault;

/// A workbook's records by their numbers
pub(super) mod record {
    pub(in super::super) const FORMULA: u16 = 0x0006;
    pub(in super::super) const END: u16 = 0x000a;
    pub(in super::super) const NOTE: u16 = 0x001c;
    pub(in super::super) const FROM_1904: u16 = 0x0022;
    pub(in super::super) const LOCKED: u16 = 0x002f;
    pub(in super::super) const FONT: u16 = 0x0031;
    pub(in super::super) const CONTINUE: u16 = 0x003c;
    pub(in super::super) const OBJECT: u16 = 0x005d;
    pub(in super::super) const COLUMN: u16 = 0x007d;
    pub(in super::super) const PALETTE: u16 = 0x0092;
    pub(in super::super) const SHEET: u16 = 0x0085;
    pub(in super::super) const SMALL_NUMBERS: u16 = 0x00bd;
    pub(in super::super) const LOOK: u16 = 0x00e0;
    pub(in super::super) const MERGED: u16 = 0x00e5;
    pub(in super::super) const TEXTS: u16 = 0x00fc;
    pub(in super::super) const SHARED_TEXT: u16 = 0x00fd;
    pub(in super::super) const CONDITIONS: u16 = 0x01b0;
    pub(in super::super) const CONDITION: u16 = 0x01b1;
    pub(in super::super) const BOX: u16 = 0x01b6;
    pub(in super::super) const NUMBER: u16 = 0x0203;
    pub(in super::super) const LABEL: u16 = 0x0204;
    pub(in super::super) const TRUTH: u16 = 0x0205;
    pub(in super::super) const RESULT: u16 = 0x0207;
    pub(in super::super) const ROW: u16 = 0x0208;
    pub(in super::super) const WINDOW: u16 = 0x023e;
    pub(in super::super) const SMALL_NUMBER: u16 = 0x027e;
    pub(in super::super) const FORMAT: u16 = 0x041e;
    pub(in super::super) const BEGIN: u16 = 0x0809;
    pub(in super::super) const RICH_LABEL: u16 = 0x00d6;
    pub(in super::super) const NEW_CONDITIONS: u16 = 0x0879;
    pub(in super::super) const NEW_CONDITION: u16 = 0x087a;

    /// Those that are kept
    pub(in super::super) const READ: [u16; 28] = [
        FORMULA,
        NOTE,
        FROM_1904,
        LOCKED,
        FONT,
        OBJECT,
        COLUMN,
        PALETTE,
        SHEET,
        SMALL_NUMBERS,
        LOOK,
        MERGED,
        TEXTS,
        SHARED_TEXT,
        BOX,
        NUMBER,
        LABEL,
        TRUTH,
        RESULT,
        ROW,
        SMALL_NUMBER,
        FORMAT,
        RICH_LABEL,
        WINDOW,
        CONDITIONS,
        CONDITION,
        NEW_CONDITIONS,
        NEW_CONDITION,
    ];
}

/// Excel 97 and later
const VERSION: u16 = 0x0600;

/// A record with those that go on with it.
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) pieces: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    pub(super) fn data(&self) -> &'a [u8] {
        self.pieces.first().copied().unwrap_or_default()
    }

    pub(super) fn short(&self, at: usize) -> Option<u16> {
        short(self.data(), at)
    }

    pub(super) fn long(&self, at: usize) -> Option<u32> {
        long(self.data(), at)
    }
}

pub(super) fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

pub(super) fn double(bytes: &[u8], at: usize) -> Option<f64> {
    bytes.get(at..at.checked_add(8)?)?.try_into().ok().map(f64::from_le_bytes)
}

/// Records that are looked at for one workbook: sheets may lie inside each other.
const MOST_RECORDS: usize = 10_000_000;

/// The records from a place to the end of what begins there, without what is nested in it (a chart).
pub(super) fn records<'a>(stream: &'a [u8], at: usize, seen: &mut usize) -> Result<Vec<Record<'a>>, Fault> {
    let mut records: Vec<Record> = Vec::new();
    let (mut at, mut depth, mut is_kept) = (at, 0_usize, false);
    loop {
        *seen += 1;
        if *seen > MOST_RECORDS {
            return Err(Fault::Large);
        }
        let (kind, length) = short(stream, at).zip(short(stream, at + 2)).ok_or(Fault::Damaged)?;
        let data = stream.get(at + 4..at + 4 + usize::from(length)).ok_or(Fault::Damaged)?;
        at += 4 + usize::from(length);
        match kind {
            record::BEGIN => {
                depth += 1;
                if depth == 1 && short(data, 0) != Some(VERSION) {
                    return Err(Fault::Ancient);
                }
            }
            record::END if depth <= 1 => return Ok(records),
            record::END => depth -= 1,
            _ if depth == 0 => return Err(Fault::Damaged),
            _ if depth > 1 => {}
            record::CONTINUE => {
                if let Some(last) = records.last_mut().filter(|_| is_kept) {
                    last.pieces.push(data);
                }
            }
            _ => {
                is_kept = record::READ.contains(&kind);
                if is_kept {
                    records.push(Record { kind, pieces: vec![data] });
                }
            }
        }
    }
}
