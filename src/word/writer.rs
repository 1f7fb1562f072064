//! What is written up to now: paragraphs and tables in their order, the sections of pages that they stand in, bookmarks, lists.
//!
//! Knows what Word is, and nothing of a report but the numbers of its pages.

use std::collections::{BTreeMap, BTreeSet};

use docx_rs::{
    DocumentChild, FooterReference, HeaderReference, LineSpacing, PageMargin, PageNumType, PageOrientationType,
    PageSize, Paragraph, Run, SectionProperty, SectionType, Table,
};

use super::fields::{bookmark_name, page_of};
use super::lists::{Hang, Lists};
use super::look::{Look, plain_twips, twips};
use super::styles::{BODY, CHOICE, LIST, Levels, NOTHING};
use super::text::{PLAIN, Shade, run, tab};
use super::{PageStart, WordPicture};

/// As the writer of documents names the first of each.
const FOOTER: &str = "rIdFooter1";
const HEADER: &str = "rIdHeader1";

/// Pages of one kind that follow each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Section {
    /// It begins a page.
    pub(super) on_new_page: bool,
    pub(super) turned: bool,
    pub(super) columns: usize,
    /// The number of its first page, where that is not the next one
    pub(super) first_page: Option<u32>,
    /// i, ii, iii
    pub(super) roman: bool,
    /// Number and head stand on its pages.
    pub(super) furnished: bool,
}

impl Section {
    pub(super) const PLAIN: Self =
        Self { on_new_page: true, turned: false, columns: 1, first_page: None, roman: false, furnished: true };
}

pub(super) struct Writer<'a> {
    pub(super) look: Look,
    pub(super) levels: Levels,
    pub(super) lists: Lists,
    pub(super) photos: &'a BTreeMap<String, WordPicture>,
    starts: &'a BTreeMap<String, PageStart>,
    /// Numbers of pages that are not in this document
    elsewhere: BTreeMap<String, String>,
    /// What begins in this document
    printed: BTreeSet<String>,
    /// Words stand in the head of every page.
    has_header: bool,
    children: Vec<DocumentChild>,
    section: Section,
    /// Where the section at hand begins
    section_start: usize,
    /// Of each section that is closed, whether its pages are i, ii, iii
    pub(super) roman: Vec<bool>,
    bookmarks: usize,
    /// What the pictures are, in their order
    pub(super) told: Vec<ToldPicture>,
}

/// What a document says of a picture beside its pixels.
#[derive(Debug, Clone, Default)]
pub(super) struct ToldPicture {
    /// What it shows
    pub(super) alt: String,
    /// Of its file
    pub(super) file: String,
    pub(super) is_of_case: bool,
}

/// What a writer begins with.
pub(super) struct Beginning<'a> {
    pub(super) look: Look,
    pub(super) levels: Levels,
    pub(super) photos: &'a BTreeMap<String, WordPicture>,
    pub(super) starts: &'a BTreeMap<String, PageStart>,
    pub(super) elsewhere: BTreeMap<String, String>,
    pub(super) printed: BTreeSet<String>,
    pub(super) has_header: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(beginning: Beginning<'a>) -> Self {
        let Beginning { look, levels, photos, starts, elsewhere, printed, has_header } = beginning;
        Self {
            look,
            levels,
            lists: Lists::default(),
            photos,
            starts,
            elsewhere,
            printed,
            has_header,
            children: Vec::new(),
            section: Section::PLAIN,
            section_start: 0,
            roman: Vec::new(),
            bookmarks: 0,
            told: Vec::new(),
        }
    }

    /// A text below a table keeps a distance from it.
    pub(super) fn add(&mut self, paragraph: Paragraph) {
        let below = matches!(self.children.last(), Some(DocumentChild::Table(_))) && is_text(&paragraph);
        let paragraph = if below { self.distant(paragraph) } else { paragraph };
        self.children.push(DocumentChild::Paragraph(Box::new(paragraph)));
    }

    pub(super) fn add_all(&mut self, paragraphs: Vec<Paragraph>) {
        paragraphs.into_iter().for_each(|paragraph| self.add(paragraph));
    }

    /// Two tables that follow each other would be one: a line that nobody sees parts them. A text above one keeps its distance.
    pub(super) fn add_table(&mut self, table: Table) {
        let is_below_table = matches!(self.children.last(), Some(DocumentChild::Table(_)));
        let blank = self.blank();
        if is_below_table {
            self.add(Paragraph::new().style(NOTHING).line_spacing(LineSpacing::new().before(blank)));
        } else if let Some(DocumentChild::Paragraph(above)) = self.children.last_mut()
            && is_text(above)
        {
            above.property.line_spacing = Some(LineSpacing::new().after(blank));
        }
        self.children.push(DocumentChild::Table(Box::new(table)));
    }

    /// Between texts and tables, in twentieths of a pt
    fn blank(&self) -> u32 {
        u32::try_from(plain_twips(0.4 * self.look.pitch)).unwrap_or(0)
    }

    fn distant(&self, paragraph: Paragraph) -> Paragraph {
        paragraph.line_spacing(LineSpacing::new().before(self.blank()))
    }

    /// Nothing stands in the section yet.
    pub(super) fn is_at_start(&self) -> bool {
        self.children.len() == self.section_start
    }

    /// Closes the section at hand, if anything is in it, and begins the next.
    pub(super) fn begin(&mut self, section: Section) {
        if !self.is_at_start() {
            self.close();
        }
        self.section = section;
    }

    /// Back from a page turned sideways
    pub(super) fn upright(&mut self) {
        if self.section.turned {
            self.begin(Section { turned: false, on_new_page: true, first_page: None, ..self.section });
        }
    }

    pub(super) fn section(&self) -> Section {
        self.section
    }

    fn close(&mut self) {
        let property = self.property();
        match self.children.last_mut() {
            Some(DocumentChild::Paragraph(last)) if last.property.section_property.is_none() => {
                last.property.section_property = Some(property);
            }
            _ => self.add(Paragraph::new().style(NOTHING).section_property(property)),
        }
        self.roman.push(self.section.roman);
        self.section_start = self.children.len();
    }

    /// Everything, and the properties of the last section.
    pub(super) fn finish(mut self) -> Written {
        if matches!(self.children.last(), Some(DocumentChild::Table(_)) | None) {
            self.add(Paragraph::new().style(NOTHING));
        }
        self.roman.push(self.section.roman);
        Written {
            last: self.property(),
            children: self.children,
            lists: self.lists,
            roman: self.roman,
            told: self.told,
        }
    }

    fn property(&self) -> SectionProperty {
        let Section { on_new_page, turned, columns, first_page, roman: _, furnished } = self.section;
        let look = &self.look;
        let unsigned = |length: f64| u32::try_from(plain_twips(length)).unwrap_or(0);
        let (wide, high) = (unsigned(look.page_width), unsigned(look.page_height));
        let size = PageSize::new();
        let size = if turned { size.size(high, wide) } else { size.size(wide, high) };
        let size = if turned || wide > high { size.orient(PageOrientationType::Landscape) } else { size };
        let mut property = SectionProperty::new().page_size(size).page_margin(self.margin());
        property.columns = columns;
        property.space = plain_twips(2.0 * look.body);
        property.section_type = Some(if on_new_page { SectionType::NextPage } else { SectionType::Continuous });
        if furnished {
            property.footer_reference = Some(FooterReference::new("default", FOOTER));
            property.header_reference = self.has_header.then(|| HeaderReference::new("default", HEADER));
        }
        match first_page {
            Some(first) => property.page_num_type(PageNumType::new().start(first)),
            None => property,
        }
    }

    fn margin(&self) -> PageMargin {
        let look = &self.look;
        let bottom = look.page_height - look.top - look.height;
        let (side, top, bottom) = if self.section.turned {
            let top = look.top.min((look.page_width - look.width) / 2.0);
            ((look.page_height - look.turned_width()) / 2.0, top, look.page_width - top - look.width)
        } else {
            (look.side(), look.top, bottom)
        };
        // The PDF's pages are filled to the last line; what Word measures a little higher has room in the margin.
        let room = (bottom - 2.0 * look.body).clamp(0.0, 0.6 * look.pitch);
        PageMargin {
            top: twips(top),
            bottom: twips(bottom - room),
            left: twips(side),
            right: twips(side),
            header: twips(top / 2.0),
            footer: twips((bottom / 2.0 - look.body / 2.0).max(look.body)),
            gutter: 0,
        }
    }

    /// The width of the text on the pages at hand, in pt
    pub(super) fn width(&self) -> f64 {
        if self.section.turned { self.look.turned_width() } else { self.look.width }
    }

    /// The paragraph with a bookmark around its text.
    pub(super) fn marked(&mut self, paragraph: Paragraph, anchor: &str, text: Run) -> Paragraph {
        if anchor.is_empty() {
            return paragraph.add_run(text);
        }
        self.bookmarks += 1;
        let id = self.bookmarks;
        paragraph.add_bookmark_start(id, bookmark_name(anchor)).add_run(text).add_bookmark_end(id)
    }

    /// The number of the page on which something begins: a field, where that is in this document.
    pub(super) fn page(&self, anchor: &str) -> Vec<Run> {
        if anchor.is_empty() {
            return Vec::new();
        }
        let known = self.elsewhere.get(anchor).or_else(|| self.starts.get(anchor).map(|start| &start.number));
        let number = known.map_or("", String::as_str);
        if self.printed.contains(anchor) { page_of(anchor, number) } else { vec![run(number, PLAIN)] }
    }

    /// Whether it begins a page in the official PDF.
    pub(super) fn begins_page(&self, anchor: &str) -> bool {
        self.starts.get(anchor).is_some_and(|start| start.at_top)
    }

    /// A paragraph of a list. Where Word cannot count to its marker, the marker is typed.
    pub(super) fn item(&mut self, paragraph: Paragraph, marker: &str, hang: Hang, shade: Shade) -> Paragraph {
        if let Some((list, level)) = self.lists.item(marker, hang) {
            return paragraph.numbering(list, level);
        }
        let indent = docx_rs::SpecialIndentType::Hanging(twips(hang.text.min(hang.marker)));
        let paragraph = paragraph.indent(Some(twips(hang.text)), Some(indent), None, None);
        if marker.is_empty() { paragraph } else { paragraph.add_run(run(marker, shade)).add_run(tab()) }
    }
}

/// Whether a paragraph has no distances of its own.
fn is_text(paragraph: &Paragraph) -> bool {
    let style = paragraph.property.style.as_ref().map(|style| style.val.as_str());
    paragraph.property.line_spacing.is_none() && matches!(style, Some(BODY | LIST | CHOICE))
}

/// All of a document's text.
pub(super) struct Written {
    pub(super) children: Vec<DocumentChild>,
    pub(super) last: SectionProperty,
    pub(super) lists: Lists,
    pub(super) roman: Vec<bool>,
    pub(super) told: Vec<ToldPicture>,
}
