//! What a reader makes of a file that an office has: paragraphs and tables in their order, each with its place. It knows
//! nothing of programs.

use super::edition::pieces::Edition;
use crate::syntax::look_alikes;

/// One file, or one sheet of a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// The file's name, with the sheet's where there are several: `様式.xlsx「就職支援」`
    pub name: String,
    pub blocks: Vec<Block>,
    /// Words that the office took out or hid: in no block, kept in 【メモ】
    pub left_out: Vec<LeftOut>,
    /// What the reader passed over
    pub unread: Vec<Unread>,
    /// Shapes with words, which may stand over columns of a sheet
    pub shapes: Vec<Shape>,
    /// What a person should look at, in whole sentences without the file's name
    pub remarks: Vec<String>,
    /// What it is beside its blocks, where `report export docx` wrote it
    pub edition: Option<Edition>,
}

/// A word that stands in the file and counts no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// How it was taken out, before 「の語」: `取り消し線`, `隠し文字`
    pub how: &'static str,
    pub text: String,
    /// Where it stood: `3段落目`, `B4`
    pub place: String,
    /// The block in which it stood or which follows it, where the reader knows that
    pub block: Option<usize>,
}

/// A shape with its words, and where it lies on its sheet; rows and columns are counted from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    pub text: String,
    pub top: u32,
    pub first_column: u32,
    pub last_column: u32,
}

/// Something that was not read, and how much of it: `コメント`, 3, `件`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    pub what: &'static str,
    pub count: usize,
    pub counter: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Paragraph(Paragraph),
    Table(Table),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Lines inside a paragraph (Shift+Enter, Alt+Enter) are parted by `\n`.
    pub text: String,
    /// A heading of Word (1 is the highest)
    pub heading: Option<u8>,
    /// Where it stands, in words: `12行目`, `3段落目`, `B4`
    pub place: String,
}

/// Rows of one length. A merged cell has its text in its first place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub rows: Vec<Vec<Cell>>,
    /// The place of its first row: `12行目`, `表3`, `B4`
    pub place: String,
    /// What Excel calls its columns; nothing for a table of a text
    pub columns: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Lines are parted by `\n`. Amounts as they are shown: `1,234`, never `1234.0`.
    pub text: String,
    pub merged: Merged,
}

/// Whether a place belongs to a cell that begins elsewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Merged {
    #[default]
    No,
    /// Into the cell above
    Up,
    /// Into the cell at its left
    Left,
}

/// Documents without look-alikes of kanji and marks, and how many there were.
pub(super) fn with_plain_characters(documents: &[Document]) -> (Vec<Document>, usize) {
    let mut documents = documents.to_vec();
    let mut count = 0;
    let mut mend = |text: &mut String| {
        let found = text.chars().filter(|c| look_alikes::plain_of(*c).is_some()).count();
        if found > 0 {
            *text = look_alikes::with_plain_characters(text);
            count += found;
        }
    };
    for block in documents.iter_mut().flat_map(|document| &mut document.blocks) {
        match block {
            Block::Paragraph(paragraph) => mend(&mut paragraph.text),
            Block::Table(table) => table.rows.iter_mut().flatten().for_each(|cell| mend(&mut cell.text)),
        }
    }
    (documents, count)
}

/// What stands in a cell of a row; nothing where there is none.
pub(super) fn text_at(row: &[Cell], column: usize) -> &str {
    row.get(column).map_or("", |cell| &cell.text)
}

/// A heading or a label rather than a sentence
pub(super) fn is_short(text: &str) -> bool {
    text.chars().count() <= 80 && !text.ends_with('。')
}
