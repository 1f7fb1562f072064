//! The order of the stages, and the one gate: with errors there is no official PDF.

mod attachments;
mod copies;
mod errata;
mod excerpt;
mod gate;
mod kept;
mod last_year;
mod papers;
mod pictures;
mod proof;
mod read;
mod reader;
mod rules;
mod session;
#[cfg(test)]
mod trial_section;
mod wanted;
mod whereabouts;

pub use errata::{ErrataPdf, PageNumbers, build_errata};
pub use excerpt::{Excerpt, NoExcerpt, build_excerpt, files_of_excerpt};
pub use gate::{BuildOptions, Built, build, check};
pub use papers::Papers;
pub use read::{Checked, NotCheckable, OFFICE, find_root, find_roots_below, is_report, read_own_texts};
pub use session::{Placed, Session, ViewFiles, things, view_files, view_json};
pub use wanted::{UnknownName, Wanted, find_wanted};
