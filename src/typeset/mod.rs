//! From a view to pages and PDF: the typesetter's world, templates, fonts, PDF options, and its errors in our words.
//!
//! The only module that knows the typesetter. Text of an author reaches it as `/report.json`; no markup is ever built.

mod errors;
mod faces;
mod pdf;
mod picture;
mod template;
mod world;

pub use faces::{Coverage, ReportFonts};
pub use pdf::write_pdf;
pub use picture::{BadPicture, picture_format};
pub use template::{BUILT_IN, Template};
pub use typst_layout::PagedDocument;
pub use world::{Engine, Input};
