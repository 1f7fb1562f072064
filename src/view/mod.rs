//! The plain, serializable picture of a report that templates see, with every string ready to print.
//!
//! Knows nothing of the page: page numbers and breaks are the template's.

mod build;
mod build_parts;
mod chapter;
mod charts;
mod contract;
mod excerpt;
mod form_words;
mod list;
mod part;
mod program;
mod prose;
mod room;
mod schema;
mod section_key;
mod source_mapping;
mod style;
mod table;

pub use build::{
    PictureState, Pictures, ViewBuilder, ViewInput, chapter_anchor, is_anchor, photo_paths, program_anchor,
    program_path,
};
pub use contract::*;
pub use excerpt::PageRun;
pub use list::list_departments;
pub use part::*;
pub use room::column_without_room;
pub use schema::schema;
pub use section_key::SectionKey;
pub use source_mapping::SourceMapping;
