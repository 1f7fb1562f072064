//! The order of the stages, and the one gate: with errors there is no official PDF.

mod gate;
mod read;

pub use gate::{BuildOptions, Built, build, view_json};
pub use read::{Checked, NotCheckable, OFFICE, check, find_root, is_report, read_own_texts};
