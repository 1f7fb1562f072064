//! What was read of an edition, before it is written: chapters, programs, and what stands in their sections.

use super::pieces::ShownPicture;
use crate::import::draft::Row;
use crate::syntax::{FieldName, SectionKind};

#[derive(Debug, Clone, Default)]
pub(super) struct DraftChapter {
    pub(super) level: usize,
    /// Nothing for the programs of an excerpt whose chapter begins elsewhere
    pub(super) title: Option<String>,
    pub(super) body: DraftBody,
    pub(super) programs: Vec<DraftProgram>,
    /// The list's rows in their order
    pub(super) listed: Vec<Listed>,
    /// As the list has it
    pub(super) subtotal: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct DraftProgram {
    pub(super) name: String,
    pub(super) place: String,
    /// The bookmark of its heading
    pub(super) anchor: Option<String>,
    pub(super) body: DraftBody,
    pub(super) outside_total: Option<String>,
    pub(super) is_drawn: bool,
}

/// What stands below a heading of a chapter or program.
#[derive(Debug, Clone, Default)]
pub(super) struct DraftBody {
    pub(super) amount: Option<String>,
    pub(super) category: Option<String>,
    pub(super) departments: Vec<String>,
    pub(super) fields: Vec<(FieldName, String)>,
    /// In the document's order
    pub(super) sections: Vec<DraftSection>,
    /// What has no place
    pub(super) memo: Vec<String>,
    /// What a person should look at
    pub(super) notes: Vec<String>,
}

#[derive(Debug, Clone)]
pub(super) struct DraftSection {
    pub(super) kind: SectionKind,
    /// Behind its heading: the title of a case, the caption of a table
    pub(super) title: String,
    pub(super) lines: Vec<BodyLine>,
    /// Photographs that belong to the section above
    pub(super) is_of_case: bool,
}

#[derive(Debug, Clone)]
pub(super) enum BodyLine {
    Choice(String),
    /// A paragraph behind its marker
    Prose {
        marker: String,
        text: String,
    },
    Row(Row),
    Photo {
        picture: ShownPicture,
        caption: String,
    },
}

/// A row of a chapter's list.
#[derive(Debug, Clone, Default)]
pub(super) struct Listed {
    pub(super) name: String,
    /// The bookmark of its program, where the row says so
    pub(super) anchor: Option<String>,
    pub(super) is_relisted: bool,
    pub(super) is_new: bool,
    pub(super) category: Option<String>,
}

impl DraftBody {
    /// The section that is open; `title`: what stands behind its heading.
    pub(super) fn open(&mut self, kind: SectionKind, title: &str) {
        self.sections.push(DraftSection { kind, title: title.to_string(), lines: Vec::new(), is_of_case: false });
    }

    pub(super) fn push(&mut self, line: BodyLine) {
        if let Some(section) = self.sections.last_mut() {
            section.lines.push(line);
        }
    }

    pub(super) fn note(&mut self, what: String, text: &str) {
        self.notes.push(what);
        self.memo.push(text.to_string());
    }
}
