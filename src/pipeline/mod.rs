//! The order of the stages, and the one gate: with errors there is no official PDF.

mod errata;
mod gate;
mod kept;
mod read;
mod reader;
mod rules;
mod session;
mod whereabouts;

pub use errata::{ErrataPdf, PageNumbers, build_errata};
pub use gate::{BuildOptions, Built, build, check};
pub use read::{Checked, NotCheckable, OFFICE, find_root, is_report, read_own_texts};
pub use session::{Placed, Session, ViewFiles, things, view_files, view_json};
