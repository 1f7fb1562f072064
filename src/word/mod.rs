//! The report as a Word document (.docx): what the official PDF prints, in its order, with Word's own headings, lists, tables and fields.
//!
//! ```text
//! view ──document──▶ paragraphs, tables, sections ──docx-rs──▶ parts ──finish──▶ parts ──package──▶ bytes
//! ```
//!
//! Values in, bytes out: knows no disk and no clock. What is printed where follows `templates/official`; a page begins where one
//! begins in the official PDF, so that the numbers of the pages are the same as long as nobody changes the text.

mod chapter;
mod charts;
mod columns;
mod document;
mod fields;
mod finish;
mod form;
mod front;
mod index;
mod indicators;
mod list;
mod lists;
mod look;
mod own_files;
mod package;
mod pictures;
mod program;
mod prose;
mod schema_order;
mod styles;
mod sums;
mod tables;
mod text;
mod writer;

use std::collections::BTreeMap;

use docx_rs::{DocumentChild, Docx, Footer, Header, Paragraph};

use crate::view::{ProgramView, View};

pub use own_files::is_own_document;

/// Who says that a document was written by this program.
const GENERATOR: &str = "report export";

/// Where something begins in the official PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageStart {
    /// The number of its page as it is printed: 22, iv
    pub number: String,
    /// Nothing stands above it on its page.
    pub at_top: bool,
}

/// A picture as a document can hold it: PNG or JPEG.
#[derive(Debug, Clone)]
pub struct WordPicture {
    pub bytes: Vec<u8>,
    /// Of the report's file, without its folder
    pub name: String,
    /// In pixels
    pub width: u32,
    pub height: u32,
    /// It was lines and not pixels: it may be as large as paper shows.
    pub is_drawing: bool,
}

/// What a document is made of.
pub struct WordInput<'a> {
    pub view: &'a View<String>,
    /// By the paths that the view names
    pub programs: &'a BTreeMap<String, ProgramView>,
    /// By the paths that the view names
    pub photos: &'a BTreeMap<String, WordPicture>,
    /// By anchor
    pub starts: &'a BTreeMap<String, PageStart>,
}

/// The whole document. The same input gives the same bytes; nothing where a part cannot be written, which no report makes so.
pub fn word_document(input: &WordInput<'_>) -> Option<Vec<u8>> {
    let view = input.view;
    let written = document::written(input);
    let look = look::Look::of(&view.layout);
    let mut docx =
        Docx::new().styles(styles::styles(&look, document::levels(view), front::contents_pitch(&look, view)));
    docx.document = docx.document.default_section_property(written.last);
    for child in written.children {
        docx = match child {
            DocumentChild::Paragraph(paragraph) => docx.add_paragraph(*paragraph),
            DocumentChild::Table(table) => docx.add_table(*table),
            DocumentChild::BookmarkStart(_)
            | DocumentChild::BookmarkEnd(_)
            | DocumentChild::CommentStart(_)
            | DocumentChild::CommentEnd(_)
            | DocumentChild::StructuredDataTag(_)
            | DocumentChild::TableOfContents(_)
            | DocumentChild::Section(_) => docx,
        };
    }
    let (families, lists) = written.lists.definitions();
    docx.document_rels.has_numberings = !lists.is_empty();
    docx = families.into_iter().fold(docx, Docx::add_abstract_numbering);
    docx = lists.into_iter().fold(docx, Docx::add_numbering);
    docx = docx.footer(Footer::new().add_paragraph(page_number()));
    if let Some(head) = document::page_head(view) {
        let shade = text::faulty(view.draft);
        docx = docx.header(Header::new().add_paragraph(text::said(styles::HEADER, head, shade)));
    }
    let extras = finish::Extras { properties: properties(view), roman: written.roman, told: written.told };
    package::packed(finish::finished(docx.build(), &extras)?)
}

/// - 12 -
fn page_number() -> Paragraph {
    let paragraph = Paragraph::new().style(styles::FOOTER).add_run(text::run("- ", text::PLAIN));
    fields::add_runs(paragraph, fields::page()).add_run(text::run(" -", text::PLAIN))
}

/// The day is the report's, never today: two exports of a report are the same.
fn properties(view: &View<String>) -> finish::Properties {
    let day = view.date.as_ref().map_or_else(
        || "2000-01-01T00:00:00Z".to_string(),
        |date| format!("{:04}-{:02}-{:02}T00:00:00Z", date.year, date.month, date.day),
    );
    let title = match &view.excerpt {
        Some(excerpt) => format!("{}　{}", view.title, excerpt.title),
        None => view.title.clone(),
    };
    finish::Properties { title: text::clean(&title), publisher: text::clean(&view.publisher), day }
}
