//! The report put together: chapters in order, programs in order, 再掲 resolved.

use std::sync::Arc;

use super::Unit;
use super::{ChapterHead, Program, ReportHead};
use crate::form::{Form, standard};
use crate::source::{FileId, Span};

/// Where a program is printed: chapter, and place in it, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProgramIndex {
    pub chapter: usize,
    pub program: usize,
}

/// A whole report.
#[derive(Debug, Clone)]
pub struct Report {
    /// Absent where the folder has no readable 【報告書】.
    pub head: Option<ReportHead>,
    pub chapters: Vec<Chapter>,
    /// Programs that no 【構成】 lists: checked, and in no list and no total.
    pub unlisted: Vec<Arc<Program>>,
    /// Programs that a 【構成】 or the ledger names, and whose files are not there.
    pub missing: Vec<MissingProgram>,
    pub form: Arc<Form>,
    /// 【様式】; absent where the form is a built-in one
    pub form_file: Option<FileId>,
}

/// A line of a chapter's 【構成】, or of the ledger, without its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingProgram {
    /// As it stands there
    pub id: String,
    /// Where its message is
    pub line: Span,
    /// Absent where no other paper knows it.
    pub department: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Chapter {
    /// Folder from the report, with `/`
    pub folder: String,
    pub head: ChapterHead,
    /// In the order of No.
    pub programs: Vec<Arc<Program>>,
    /// Rows of the list
    pub listing: Vec<Listing>,
}

/// A row of a chapter's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// The chapter's own program of that place
    Own(usize),
    Relisted {
        target: ProgramIndex,
        line: Span,
    },
}

impl Report {
    /// The same report, in an office's form.
    pub fn with_form(self, form: Arc<Form>, form_file: Option<FileId>) -> Self {
        Self { form, form_file, ..self }
    }

    /// Whether the form is another one than that of a report that says nothing of one.
    pub fn has_own_form(&self) -> bool {
        *self.form != **standard()
    }

    /// 単位; 千円 in a draft of a report whose own cannot be read.
    pub fn unit(&self) -> Unit {
        self.head.as_ref().and_then(|head| head.unit).unwrap_or_default()
    }

    /// The program at a place that the report itself handed out.
    pub fn program(&self, index: ProgramIndex) -> Option<&Program> {
        self.chapters.get(index.chapter)?.programs.get(index.program).map(Arc::as_ref)
    }

    /// The printed programs with their places, in order.
    pub fn printed_programs(&self) -> impl Iterator<Item = (ProgramIndex, &Arc<Program>)> {
        self.chapters.iter().enumerate().flat_map(|(chapter, content)| {
            content.programs.iter().enumerate().map(move |(program, found)| (ProgramIndex { chapter, program }, found))
        })
    }

    /// Every program, printed or not.
    pub fn all_programs(&self) -> impl Iterator<Item = &Program> {
        self.chapters.iter().flat_map(|chapter| &chapter.programs).chain(&self.unlisted).map(Arc::as_ref)
    }
}
