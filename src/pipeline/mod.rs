//! The order of the stages, and the one gate: with errors there is no official PDF.

mod acknowledgeable;
mod attachments;
mod build;
mod cache;
mod check_report;
mod checked;
mod copies;
mod edition;
mod errata;
mod excerpt;
mod form;
mod last_pages;
mod last_year;
mod page_index;
mod pictures;
mod program_basis;
mod reader;
mod reference_data;
mod session;
mod stretches;
mod suppress;
mod table_fit;
mod trial_fixes;
#[cfg(test)]
mod trial_section;
mod wanted;
mod web;
mod word;

pub use acknowledgeable::{Acknowledgeable, AcknowledgementPlace};
pub use build::{Built, build, check};
pub use checked::{Checked, NotCheckable, find_root, find_roots_below, is_report, read_own_texts};
pub use edition::{Edition, EditionRequest, edition};
pub use errata::{ErrataPdf, PageNumbers, build_errata};
pub use excerpt::{Excerpt, NoExcerpt, build_excerpt, files_of_excerpt};
pub use form::form_of;
pub use last_pages::pages_in;
pub use program_basis::{is_of_last_year, program_basis, title_of_last_year};
pub use reference_data::{OFFICE, ReferenceData};
pub use session::{BuildOptions, ResolvedMapping, Session, ViewFiles, source_mappings, view_files, view_json};
pub use wanted::{UnknownName, Wanted, find_wanted};
pub use web::{WebRequest, build_web};
pub use word::{WordEdition, build_word, build_word_excerpt};
