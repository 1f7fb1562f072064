//! What a page prints and where the author wrote it: the way back from the page to the file.
//!
//! It stands beside the values that pages are made from, never inside them: a line that only moved re-lays nothing.

use super::build::ViewBuilder;
use super::part::{ChartView, EntryView, PartView, part_anchor};
use crate::form::ColumnSource;
use crate::model::{
    Chapter, CustomField, Indicator, Item, ItemKind, Listing, Program, ProgramIndex, Prose, ReportHead, SectionContent,
    Text,
};
use crate::source::{FileId, Span};
use crate::syntax::SectionKind as Heading;

/// A line as it is printed, and the place it was written at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceMapping {
    pub text: String,
    pub place: Span,
    /// How it may be changed from the page; not where it only repeats what stands elsewhere, or stands for more than its words.
    pub editing: Option<EditKind>,
}

/// What may be typed in the place of a printed thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditKind {
    /// A title, a field, a caption: one line
    Line,
    /// Further lines are further paragraphs.
    Prose,
    /// One line without ｜
    Cell,
}

impl ViewBuilder<'_> {
    /// The things of a chapter's or program's pages by its anchor, as nearly as can be in printed order; without an
    /// anchor those of the report itself. What the program makes by itself (numbers, sums, heads of years) is not among them.
    pub fn source_mappings(&self, anchor: &str) -> Vec<SourceMapping> {
        let mut mapper = Mapper { builder: self, list: Vec::new(), is_repeated: false };
        if let Some(chapter) = self.chapter_at(anchor) {
            mapper.chapter(chapter);
        } else if let Some(program) = self.program_at(anchor) {
            mapper.program(program);
        } else {
            if let Some(head) = &self.input.report.head {
                mapper.head(head);
            }
            if let Some(part) = self.parts().find(|part| part_anchor(*part) == anchor) {
                mapper.part(&self.part(part));
            }
        }
        mapper.list
    }

    fn chapter_at(&self, anchor: &str) -> Option<&Chapter> {
        match numbers_of(anchor, "c")?.as_slice() {
            [chapter] => self.input.report.chapters.get(chapter.checked_sub(1)?),
            _ => None,
        }
    }

    fn program_at(&self, anchor: &str) -> Option<&Program> {
        match numbers_of(anchor, "p")?.as_slice() {
            [chapter, program] => self
                .input
                .report
                .program(ProgramIndex { chapter: chapter.checked_sub(1)?, program: program.checked_sub(1)? }),
            _ => None,
        }
    }
}

/// The 1 and 2 of p1-2.
fn numbers_of(anchor: &str, prefix: &str) -> Option<Vec<usize>> {
    anchor.strip_prefix(prefix)?.split('-').map(|part| part.parse().ok()).collect()
}

/// What a form gave to a program or a chapter.
struct Own<'a> {
    fields: &'a [CustomField],
    contents: Vec<(Heading, &'a SectionContent)>,
}

impl Own<'_> {
    /// The choice that was typed at a place, as the form has it.
    fn choice_at(&self, place: Span) -> &str {
        let choice = self.contents.iter().find_map(|(_, content)| {
            let SectionContent::Choice(chosen) = content else { return None };
            chosen.choice.as_deref().filter(|_| chosen.place == Some(place))
        });
        choice.unwrap_or_default()
    }
}

const LINE: Option<EditKind> = Some(EditKind::Line);
const PROSE: Option<EditKind> = Some(EditKind::Prose);
const CELL: Option<EditKind> = Some(EditKind::Cell);

struct Mapper<'a, 'b> {
    builder: &'a ViewBuilder<'b>,
    list: Vec<SourceMapping>,
    /// What is being mapped repeats cells that stand elsewhere.
    is_repeated: bool,
}

impl Mapper<'_, '_> {
    /// What is shown, and not changed here.
    fn push(&mut self, text: String, place: Span) {
        self.push_as(None, text, place);
    }

    fn push_as(&mut self, editing: Option<EditKind>, text: String, place: Span) {
        if !text.trim().is_empty() {
            self.list.push(SourceMapping { text, place, editing: editing.filter(|_| !self.is_repeated) });
        }
    }

    fn text(&mut self, editing: Option<EditKind>, text: Option<&Text>) {
        if let Some(text) = text {
            // A head of a column may have several lines.
            for line in text.value.lines() {
                self.push_as(editing, self.builder.printer.text(line), text.span);
            }
        }
    }

    fn prose(&mut self, prose: &Prose, kind: Heading) {
        if let Some(heading) = prose.heading.filter(|_| !prose.is_empty()) {
            self.push(format!("【{}】", kind.name()), heading);
        }
        prose.blocks.iter().flat_map(|block| &block.lines).for_each(|line| self.text(PROSE, Some(line)));
    }

    fn head(&mut self, head: &ReportHead) {
        self.text(LINE, head.title.as_ref());
        self.text(LINE, head.publisher.as_ref());
    }

    /// A part repeats what manuscripts say: each thing in the order of the page.
    fn part(&mut self, part: &PartView) {
        match part {
            PartView::Cover => {}
            PartView::Contents(contents) => contents.entries.iter().for_each(|entry| self.entry(entry)),
            PartView::Summary(summary) | PartView::Departments(summary) => {
                for row in &summary.rows {
                    self.repeated(&row.label, &row.anchor);
                }
            }
            PartView::Index(index) => {
                for group in index.lists.iter().flat_map(|list| &list.groups) {
                    self.repeated(&group.heading, "");
                    group.entries.iter().for_each(|entry| self.entry(entry));
                }
            }
            PartView::Charts(charts) => charts.charts.iter().for_each(|chart| self.chart(chart)),
        }
    }

    fn entry(&mut self, entry: &EntryView) {
        self.repeated(&entry.title, &entry.anchor);
    }

    fn chart(&mut self, chart: &ChartView) {
        if let Some(program) = self.builder.program_at(&chart.anchor) {
            self.repeated(&chart.title, &chart.anchor);
            // Only some of its cells are drawn.
            self.is_repeated = true;
            program.tables().flat_map(Indicator::items).for_each(|item| self.typed(&item));
            self.is_repeated = false;
        } else {
            for group in &chart.groups {
                self.repeated(&group.label, &group.anchor);
            }
        }
    }

    /// A title by the anchor of its chapter or program; a department's name without one.
    fn repeated(&mut self, text: &str, anchor: &str) {
        let report = self.builder.input.report;
        let department = || {
            let all = report.printed_programs().flat_map(|(_, program)| &program.departments);
            all.into_iter().find(|department| self.builder.printer.text(&department.name) == text)
        };
        let (editing, place) = match (self.builder.program_at(anchor), self.builder.chapter_at(anchor)) {
            (Some(program), _) => (LINE, program.name.as_ref().map(|name| name.span)),
            (None, Some(chapter)) => (LINE, chapter.head.title.as_ref().map(|title| title.span)),
            // Many programs have it.
            (None, None) => (None, department().map(|department| department.typed.span)),
        };
        if let Some(place) = place {
            self.push_as(editing, text.to_string(), place);
        }
    }

    fn chapter(&mut self, chapter: &Chapter) {
        self.text(LINE, chapter.head.number.as_ref());
        self.text(LINE, chapter.head.title.as_ref());
        self.faults(chapter.head.file);
        let head = &chapter.head;
        let own = Own { fields: &head.fields, contents: head.contents().collect() };
        let items = head.items();
        let is_field = |item: &&Item<'_>| matches!(item.kind, ItemKind::Field(_));
        items.iter().filter(is_field).for_each(|item| self.item(&own, item));
        self.prose(&head.overview, Heading::ChapterOverview);
        items.iter().filter(|item| !is_field(item)).for_each(|item| self.item(&own, item));
        for listing in &chapter.listing {
            let report = self.builder.input.report;
            let (program, line) = match listing {
                Listing::Own(program) => (chapter.programs.get(*program).map(AsRef::as_ref), None),
                Listing::Relisted { target, line } => (report.program(*target), Some(*line)),
            };
            if let Some(program) = program {
                self.row(program, line);
            }
        }
        for program in &chapter.programs {
            self.text(LINE, program.outside_total.as_ref());
        }
    }

    /// A row of the list; `line` is that of 再掲.
    fn row(&mut self, program: &Program, line: Option<Span>) {
        if let Some(line) = line {
            self.push("再掲".to_string(), line);
        }
        let builder = self.builder;
        for column in &builder.input.report.form.list.columns {
            if column.what == ColumnSource::Department {
                self.departments(program);
            } else if let ColumnSource::Prose(kind) = column.what {
                let blocks = program.prose_of(kind).map(|prose| prose.blocks.as_slice()).unwrap_or_default();
                blocks.iter().flat_map(|block| &block.lines).for_each(|line| self.text(PROSE, Some(line)));
            } else if let ColumnSource::Table(kind) = column.what {
                program.tables_of(kind).flat_map(Indicator::items).for_each(|item| self.typed(&item));
            } else if let Some(place) = builder.list_place(&column.what, program) {
                let text = builder.list_text(&column.what, program);
                // A cell of a table may have several lines, and be computed.
                let editing = if matches!(column.what, ColumnSource::Cell(..)) { None } else { LINE };
                text.lines().for_each(|line| self.push_as(editing, line.to_string(), place));
            }
        }
    }

    fn departments(&mut self, program: &Program) {
        for department in &program.departments {
            self.push(self.builder.printer.text(&department.name), department.typed.span);
            if let Some(group) = &department.group {
                self.push(self.builder.printer.text(group), department.typed.span);
            }
            if let Some(office) = &department.office {
                self.push(self.builder.printer.text(&format!("（{office}）")), department.typed.span);
            }
        }
    }

    fn program(&mut self, program: &Program) {
        let items = program.items();
        let is_head = |item: &&Item<'_>| matches!(item.kind, ItemKind::Name | ItemKind::Amount);
        let own = Own { fields: &program.fields, contents: program.contents().collect() };
        for item in items.iter().filter(is_head) {
            if matches!(item.kind, ItemKind::Amount) {
                self.push_as(CELL, self.builder.amount_line(program), item.place);
            } else {
                self.typed(item);
            }
        }
        if let (Some(field), Some(place)) = (self.builder.category_field(program), program.category_place) {
            self.push(field.text, place);
        }
        self.faults(program.file);
        for item in items.iter().filter(|item| !is_head(item)) {
            self.item(&own, item);
        }
    }

    fn item(&mut self, own: &Own<'_>, item: &Item<'_>) {
        let builder = self.builder;
        match item.kind {
            ItemKind::Department(department) => self.push_as(LINE, builder.page_department(department), item.place),
            ItemKind::Heading(kind) => self.push(format!("【{}】", kind.name()), item.place),
            ItemKind::Name
            | ItemKind::Block(_)
            | ItemKind::Caption
            | ItemKind::ColumnHead(_)
            | ItemKind::Label(_)
            | ItemKind::Value(_)
            | ItemKind::Note(_)
            | ItemKind::CaseTitle
            | ItemKind::Criterion
            | ItemKind::Grade
            | ItemKind::Reason(_)
            | ItemKind::PhotoCaption => self.typed(item),
            ItemKind::Field(name) => {
                let field = own.fields.iter().find(|field| field.name == name && field.value.span == item.place);
                if let Some(field) = field {
                    self.push_as(LINE, builder.field_text(field), item.place);
                }
            }
            ItemKind::Choice => self.push_as(LINE, builder.text(own.choice_at(item.place)), item.place),
            // The reason stands in the list; the description is read out.
            ItemKind::Amount | ItemKind::OutsideTotal | ItemKind::PhotoAlt => {}
        }
    }

    /// What is printed as it was typed, in the style of the house.
    fn typed(&mut self, item: &Item<'_>) {
        let builder = self.builder;
        if let ItemKind::Label(row) = item.kind {
            for (line, text) in builder.label_text(row).lines().zip(item.lines) {
                self.push_as(CELL, line.to_string(), text.span);
            }
        } else if let ItemKind::Value(_) = item.kind {
            item.lines.iter().for_each(|line| self.push_as(CELL, builder.printer.cell_line(&line.value), line.span));
        } else if !matches!(item.kind, ItemKind::ColumnHead(column) if column.year.is_some()) {
            let editing = match item.kind {
                ItemKind::Block(_) | ItemKind::Note(_) | ItemKind::Reason(_) => PROSE,
                ItemKind::ColumnHead(_) | ItemKind::Grade | ItemKind::Label(_) | ItemKind::Value(_) => CELL,
                ItemKind::Name | ItemKind::Caption | ItemKind::CaseTitle | ItemKind::PhotoCaption => LINE,
                ItemKind::Criterion
                | ItemKind::Amount
                | ItemKind::Choice
                | ItemKind::Department(_)
                | ItemKind::Field(_)
                | ItemKind::Heading(_)
                | ItemKind::OutsideTotal
                | ItemKind::PhotoAlt => None,
            };
            item.lines.iter().for_each(|line| self.text(editing, Some(line)));
        }
    }

    /// Only in a draft: the errors of a file, as they stand at the head of its pages.
    fn faults(&mut self, file: FileId) {
        for error in self.builder.errors.of_file(file) {
            self.push(self.builder.fault(error, false), error.primary.span);
        }
    }
}
