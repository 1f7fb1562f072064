//! What the coordinating office looks at and sends out: who has handed in what, and each department's own messages.
//!
//! Values and texts only: times of files and the folder's name are brought, files are written by the caller. A file that
//! this room made is known again by how it begins, so that no other is ever replaced.

mod clock;
mod deadline;
mod json;
mod letters;
mod page;
mod progress;
mod remarks;
mod sheet;
mod text;

pub use clock::Moment;
pub use deadline::deadline_words;
pub use json::render_json;
pub use letters::{Letter, addressee, clean_letter, is_letter_name, write_letters};
pub use page::{is_own_page, render_page};
pub use progress::{Absent, DepartmentProgress, ProgramProgress, Progress, Stage};
pub use remarks::{RemarkCounts, RemarkTable, RemarkedProgram, render_remarks};
pub use sheet::{is_own_sheet, render_sheet};
pub use text::render_text;

/// Stands for the department of a program of which nothing says whose it is.
pub const UNDECIDED: &str = "（担当課不明）";
