//! The plain, serializable picture of a report that templates see, with every string ready to print.
//!
//! Knows nothing of the page: page numbers and breaks are the template's.

mod block;
mod build;
mod build_parts;
mod chapter;
mod charts;
mod contract;
mod excerpt;
mod form_words;
mod grade_counts;
mod layout;
mod levels;
mod list;
mod list_cells;
mod list_contract;
mod list_fit;
mod list_grid;
mod list_tables;
mod measure;
mod part;
mod program;
mod prose;
mod schema;
mod section_contract;
mod section_key;
mod source_mapping;
mod style;
mod sum;
mod table;
mod table_fit;
mod table_heads;
mod table_widths;

pub use build::{
    PictureState, Pictures, ViewBuilder, ViewInput, chapter_anchor, is_anchor, photo_paths, program_anchor,
    program_path,
};
pub use contract::*;
pub use excerpt::PageRun;
pub use layout::*;
pub use list_cells::{Figure, column_figure, head_with_year, is_amount_column, list_departments};
pub use list_contract::*;
pub use list_fit::has_room_for_list;
pub use list_grid::{
    GridCell, GridContent, PartSide, ShownColumns, SumRun, head_column, part_side, program_lines, sum_runs,
};
pub use part::*;
pub use schema::schema;
pub use section_key::SectionKey;
pub use source_mapping::{EditKind, SourceMapping};
pub use sum::SumView;
pub use table_fit::column_without_room;
