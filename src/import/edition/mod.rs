//! Documents that `report export docx` wrote, read back: styles, bookmarks and fields say what each line is, so that no word of it has
//! to be guessed.
//!
//! ```text
//! Word's XML ──reading──▶ pieces ──outline──▶ chapters, programs ──body, program_list, wide──▶ drafts ──pages──▶ texts
//! ```
//!
//! What is computed (numbers, lists, sums, 目次 and the like) is not read but for what it alone says: 新規, 再掲, 合計に含めない, 図. What
//! has no place goes into 【メモ】.

mod body;
mod drafts;
mod figures;
mod outline;
mod pages;
mod photographs;
pub(super) mod pieces;
mod program_list;
pub(super) mod reading;
mod tables;
mod whole;
mod wide;

pub use whole::{Book, Entry};
