//! Files that an office already has, read for `import`: workbooks, Word documents and CSV.
//!
//! A reader gives paragraphs and tables with their places and decides nothing. Knows no disk: bytes come in.

pub mod document;

mod delimited;
mod grid;
mod package;
mod sectors;
mod shown;
mod word;
mod word_lists;
mod word_text;
mod workbook;

pub use delimited::read_table_text;
pub use word::read_word;
pub use workbook::read_workbook;
