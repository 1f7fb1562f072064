//! From a view to pages and PDF: the typesetter's world, templates, fonts, PDF options, and its errors in our words.
//!
//! The only module that knows the typesetter. Text of an author reaches it as `/report.json`; no markup is ever built.

mod attach;
mod built_in;
mod compact;
mod compile;
mod contents_tag;
mod document_picture;
mod error_words;
mod errors;
mod faces;
mod foreign;
mod manifest;
mod page_numbers;
mod pages;
mod pdf;
mod photograph;
mod picture;
mod printed;
mod printed_pages;
mod raster;
mod strip;
mod template;
mod world;

pub use attach::Attachment;
pub use built_in::{BuiltIn, Manifest, built_in, built_in_names, copy_of};
pub use document_picture::DocumentPicture;
pub use faces::{Coverage, ReportFonts, load_faces};
pub use pages::{PageItem, Pages, PrintedLine};
pub use pdf::{AttachmentMaker, PdfRequest, write_pdf};
pub use picture::Picture;
pub use printed_pages::{PrintedPages, printed_pages};
pub use template::Template;
pub use typst_layout::PagedDocument;
pub use world::{Engine, Input};

/// Drops all that laying out left in the typesetter's memory: for a process that lays out nothing more.
pub fn forget_layout() {
    typst::comemo::evict(0);
}

/// Drops what no state of a report has used for a while from the typesetter's memory. Only for a process that lives long.
pub fn forget_unused() {
    typst::comemo::evict(10);
}
