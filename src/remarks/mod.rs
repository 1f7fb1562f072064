//! Words between the offices: what 取りまとめ課 remarks on a line of a program, and what the department answers. They lie in the
//! report's own folder `_連絡`, one text a program, which Notepad reads and writes as well.
//!
//! ```text
//! file    = { line } { entry }                     lines before the first entry are anybody's
//! entry   = head [ place ] { line }                its words go on to the next entry
//! head    = mark kind [ blank date ] [ blank who ]  in column 1
//! mark    = "■" | "□" | "●" | "▲" | "◎"            before a date another one will do, or none
//! kind    = "連絡" | "回答" | "済" | "差戻し" | "確認"
//! place   = "所：" [ "【" section "】" ] "「" beginning of a line "」"
//! ```
//!
//! ```text
//! ■ 連絡 2026-11-30　取りまとめ課　山田
//! 所：【事業実績】「58社が参加した。」
//! 件数の根拠を教えてください。
//! □ 回答 2026-12-01　労政・能力開発課　佐藤
//! 台帳の写しを送りました。
//! ● 済 2026-12-02　取りまとめ課　山田
//! ```
//!
//! 回答 and 済 belong to the entry above that began a thread; a 連絡 is open until 済 is the last word on it. 差戻し and 確認 speak of
//! the whole program: the last of them is its state. Knows no pages; a place is found again by what the line begins with.

mod files;
mod parse;
mod place;
mod thread;
mod write;

pub use files::{RemarkTexts, is_remark_file, path_of, read_remarks};
pub use parse::{Entry, EntryKind, Place, parse_entries};
pub use place::{find_line, place_of_line};
pub use thread::{ProgramRemarks, Thread, program_remarks};
pub use write::{NewEntry, end_of, word_lines, written};
