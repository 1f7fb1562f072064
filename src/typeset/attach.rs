//! Files that travel inside the PDF. They are put into the laid-out pages, not into the template: every template carries
//! them, and none of them re-lays a page.

use typst::foundations::{Bytes, Derived, NativeElement, PathOrStr};
use typst::introspection::{Location, Tag, TagFlags};
use typst::layout::{FrameItem, Point};
use typst::model::Document;
use typst::pdf::{AttachElem, AttachedFileRelationship};
use typst::utils::hash128;
use typst_layout::PagedDocument;

/// A file inside the PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Name, unique in the PDF
    pub name: String,
    /// text/csv, application/json …
    pub media_type: &'static str,
    /// What it is, for the reader's list of files
    pub description: String,
    /// The manuscript that the pages were made from, rather than the data that they show
    pub is_source: bool,
    pub bytes: Vec<u8>,
}

/// The same pages with the files on the last one, unseen.
pub(super) fn attach(document: &PagedDocument, files: &[Attachment]) -> PagedDocument {
    let mut pages = document.pages().to_vec();
    if let Some(last) = pages.last_mut() {
        for file in files {
            let flags = TagFlags { introspectable: true, tagged: false };
            let location = Location::new(hash128(&("attachment", &file.name)));
            let mut element = element(file);
            element.set_location(location);
            let key = hash128(&element);
            last.frame.push(Point::zero(), FrameItem::Tag(Tag::Start(element, flags)));
            last.frame.push(Point::zero(), FrameItem::Tag(Tag::End(location, key, flags)));
        }
    }
    PagedDocument::new(pages.into_iter().collect(), document.info().clone())
}

fn element(file: &Attachment) -> typst::foundations::Content {
    let name = file.name.as_str();
    let relationship = if file.is_source { AttachedFileRelationship::Source } else { AttachedFileRelationship::Data };
    AttachElem::new(Derived::new(PathOrStr::Str(name.into()), name.into()), Bytes::new(file.bytes.clone()))
        .with_relationship(Some(relationship))
        .with_mime_type(Some(file.media_type.into()))
        .with_description(Some(file.description.as_str().into()))
        .pack()
}
