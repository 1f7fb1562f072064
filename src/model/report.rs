//! The report put together: chapters in order, programs in order, 再掲 resolved.

use std::ops::Range;
use std::sync::Arc;

use super::Unit;
use super::{ChapterHead, Part, Program, ReportHead};
use crate::form::{Form, standard};
use crate::source::{FileId, Span};
use crate::syntax::chars::{is_blank, unified};

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
    /// In printed order: a chapter, its own programs, then the chapters in it
    pub chapters: Vec<Chapter>,
    /// Programs that no 【構成】 lists: checked, and in no list and no total.
    pub unlisted: Vec<Arc<Program>>,
    /// Programs that a 【構成】 or the ledger names, and whose files are not there.
    pub missing: Vec<MissingProgram>,
    pub form: Arc<Form>,
    /// 【様式】; absent where the form is a built-in one
    pub form_file: Option<FileId>,
    /// The departments of 組織 in its order (建制順); empty without one
    pub department_order: Vec<String>,
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
    /// 0 for a chapter that lies in no other
    pub level: usize,
    /// The chapter that it is a part of
    pub parent: Option<usize>,
    /// In the order of No.; those of the chapters in it are theirs
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

    /// Where a department stands in the order of 組織; behind all others where it does not.
    pub fn department_place(&self, name: &str) -> usize {
        self.department_order.iter().position(|known| known == name).unwrap_or(self.department_order.len())
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

    /// Whether 索引 is printed and most programs have their よみ: those without stand apart in it.
    pub fn asks_for_readings(&self) -> bool {
        let parts = self.head.iter().flat_map(|head| head.front_matter.iter().chain(&head.back_matter));
        let (read, unread): (Vec<_>, Vec<_>) =
            self.printed_programs().partition(|(_, program)| program.reading.is_some());
        parts.into_iter().any(|part| *part == Part::Index) && read.len() > unread.len()
    }

    /// The printed programs with their places, in order.
    pub fn printed_programs(&self) -> impl Iterator<Item = (ProgramIndex, &Arc<Program>)> {
        self.chapters.iter().enumerate().flat_map(|(chapter, content)| {
            content.programs.iter().enumerate().map(move |(program, found)| (ProgramIndex { chapter, program }, found))
        })
    }

    /// Whether a chapter lies in another one.
    pub fn is_nested(&self) -> bool {
        self.chapters.iter().any(|chapter| chapter.level > 0)
    }

    /// A chapter and the chapters in it, which follow it.
    pub fn subtree(&self, index: usize) -> Range<usize> {
        let Some(own) = self.chapters.get(index) else { return index..index };
        let inner = self.chapters.iter().skip(index + 1).take_while(|chapter| chapter.level > own.level);
        index..index + 1 + inner.count()
    }

    /// Whether other chapters lie in it.
    pub fn has_inner(&self, index: usize) -> bool {
        self.subtree(index).len() > 1
    }

    /// A list stands in each chapter that has something to list; one that is a part of no other and has no parts has a list
    /// in any case.
    pub fn has_list(&self, index: usize) -> bool {
        let Some(chapter) = self.chapters.get(index) else { return false };
        !chapter.listing.is_empty() || (chapter.level == 0 && !self.has_inner(index))
    }

    /// The chapter whose list is the last one of these.
    pub fn last_list(&self, chapters: Range<usize>) -> Option<usize> {
        chapters.rev().find(|index| self.has_list(*index))
    }

    /// The chapters with chapters in them of which this is the last one, the innermost first.
    pub fn chapters_closed_by(&self, last: usize) -> Vec<usize> {
        (0..last).rev().filter(|index| self.has_inner(*index) && self.subtree(*index).end == last + 1).collect()
    }

    /// The chapters with chapters in them whose last list is this one, the innermost first: below it stands 計 of each. Of
    /// the only outermost one it would be 合計.
    pub fn chapters_ending_with(&self, list: usize) -> Vec<usize> {
        let outermost = self.chapters.iter().filter(|chapter| chapter.level == 0).count();
        let is_sum_of_all = |index: usize| outermost == 1 && self.chapters.get(index).is_some_and(|own| own.level == 0);
        let ends_here = |index: &usize| {
            self.has_inner(*index) && !is_sum_of_all(*index) && self.last_list(self.subtree(*index)) == Some(list)
        };
        (0..=list).rev().filter(ends_here).collect()
    }

    /// The number of a chapter: what 番号 says, printed by `print`, or counted. Where chapters lie in chapters, or the office
    /// numbers by a form of its own, a plain figure of 番号 is counted from.
    pub fn chapter_number(&self, index: usize, print: impl Fn(&str) -> String) -> String {
        let Some(chapter) = self.chapters.get(index) else { return String::new() };
        match &chapter.head.number {
            Some(typed) if self.set_number(chapter).is_none() => print(&typed.value),
            Some(_) | None => self.form.numbering.number(&self.number_path(index)),
        }
    }

    /// What parts a number from the title behind it: nothing behind a sign or a bracket, which have blanks of their own.
    pub fn gap_behind(number: &str) -> &'static str {
        match number.chars().next_back() {
            Some('）' | '①'..='⑳' | '\u{3251}'..='\u{325f}' | '\u{32b1}'..='\u{32bf}') | None => "",
            Some(_) => "　",
        }
    }

    /// The places of a chapter and those that it lies in, the outermost first.
    fn number_path(&self, index: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut at = Some(index);
        while let Some((index, chapter)) = at.and_then(|index| Some((index, self.chapters.get(index)?))) {
            let siblings = self.chapters.iter().take(index + 1).filter(|other| other.parent == chapter.parent);
            path.push(siblings.fold(0, |count, sibling| self.set_number(sibling).unwrap_or(count + 1)));
            at = chapter.parent.filter(|parent| *parent < index);
        }
        path.reverse();
        path
    }

    /// The figure that 番号 counts from.
    fn set_number(&self, chapter: &Chapter) -> Option<usize> {
        if !self.form.numbering.is_given() && !self.is_nested() {
            return None;
        }
        let typed = chapter.head.number.as_ref()?.value.trim_matches(is_blank);
        let is_plain = typed.chars().all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
        unified(typed).parse().ok().filter(|number| is_plain && (1..1000).contains(number))
    }

    /// What the 【構成】 of a chapter, or without one of the report, lists or would list in the present order: its programs, then
    /// the chapters that lie in it, as they are named there.
    pub fn entries_of(&self, chapter: Option<usize>) -> Vec<String> {
        let own = chapter.and_then(|index| self.chapters.get(index));
        let programs = own.iter().flat_map(|own| own.programs.iter().map(|program| program.id.clone()));
        let inner = self.chapters.iter().filter(|inner| inner.parent == chapter);
        let named = inner.map(|inner| match own {
            Some(own) if !own.folder.is_empty() => {
                let rest = inner.folder.strip_prefix(&own.folder).unwrap_or(&inner.folder);
                rest.trim_start_matches('/').to_string()
            }
            Some(_) | None => inner.folder.clone(),
        });
        programs.chain(named).collect()
    }

    /// Every program, printed or not.
    pub fn all_programs(&self) -> impl Iterator<Item = &Program> {
        self.chapters.iter().flat_map(|chapter| &chapter.programs).chain(&self.unlisted).map(Arc::as_ref)
    }
}
