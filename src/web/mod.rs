//! The web edition: from the view to pages of HTML, their search, their addresses and what machines read of them.
//!
//! Pages are made by a template (`templates/web`, or an office's own) that reads the same picture of the report as those of the
//! paper do; what a template cannot say well, the heads of a cell or what hangs at what, is worked out here. Values in, files
//! out: knows no disk, no clock and nothing of pages of paper. `docs/web.md` is the contract.

mod address;
mod blocks;
mod carried;
mod catalog;
mod edition;
mod engine;
mod fold;
mod links;
mod lists;
mod moved;
mod narrow;
mod neighbours;
mod parts;
mod search;
mod search_texts;
mod site;
mod site_pages;
mod site_ways;
mod table;
mod template;
mod template_fault;

pub use crate::load::fingerprint;
pub use address::{Addresses, address_of};
pub use carried::carry_on;
pub use catalog::{DataFile, Licence};
pub use edition::{EditionFile, EditionProgram, is_edition};
pub use engine::Engine;
pub use fold::fold;
pub use moved::{Moved, moved_pages};
pub use neighbours::Neighbours;
pub use search::{SearchDocument, search_files};
pub use site::{ProgramFacts, Site, SiteInput, SitePage};
pub use template::{WEB_TEMPLATE, WebSettings, WebTemplate, copy_of_web};
pub use template_fault::TemplateFault;

/// A file of the edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebFile {
    /// From the edition's folder, with `/`; ASCII
    pub path: String,
    pub bytes: Vec<u8>,
}
