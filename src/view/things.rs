//! What a page prints and where the author wrote it: the way back from the page to the file.
//!
//! It stands beside the values that pages are made from, never inside them: a line that only moved re-lays nothing.

use super::build::Painter;
use crate::diagnostic::Severity;
use crate::model::{self, Block, Cell, Chapter, Columns, Indicator, Listing, Photo, Program, Prose, Text, Value};
use crate::source::{FileId, Span};
use crate::syntax::SectionKind as Heading;

/// A line as it is printed, and the place it was written at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    pub text: String,
    pub place: Span,
}

impl Painter<'_> {
    /// The things of a chapter's or program's pages by its anchor, as nearly as can be in printed order; without an
    /// anchor those of the report itself. What the program makes by itself (numbers, sums, heads of years) is not among them.
    pub fn things(&self, anchor: &str) -> Vec<Thing> {
        let mut things = Things { painter: self, list: Vec::new() };
        let report = self.input.report;
        let place = |prefix: &str| {
            let mut numbers = anchor.strip_prefix(prefix)?.split('-').map(|part| part.parse::<usize>().ok());
            Some((numbers.next()??.checked_sub(1)?, numbers.next().flatten()))
        };
        if let Some((index, None)) = place("c") {
            if let Some(chapter) = report.chapters.get(index) {
                things.chapter(chapter);
            }
        } else if let Some((chapter, Some(program))) = place("p") {
            let index = program.checked_sub(1).map(|program| model::ProgramIndex { chapter, program });
            if let Some(program) = index.and_then(|index| report.program(index)) {
                things.program(program);
            }
        } else if let Some(head) = &report.head {
            things.text(head.title.as_ref());
        }
        things.list
    }
}

struct Things<'a, 'b> {
    painter: &'a Painter<'b>,
    list: Vec<Thing>,
}

impl Things<'_, '_> {
    fn push(&mut self, text: String, place: Span) {
        if !text.trim().is_empty() {
            self.list.push(Thing { text, place });
        }
    }

    fn text(&mut self, text: Option<&Text>) {
        if let Some(text) = text {
            // A head of a column may have several lines.
            for line in text.value.lines() {
                self.push(self.painter.printer.text(line), text.span);
            }
        }
    }

    fn texts(&mut self, lines: &[Text]) {
        for line in lines {
            self.text(Some(line));
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.texts(&block.lines);
        }
    }

    fn prose(&mut self, prose: &Prose, kind: Heading) {
        if let Some(heading) = prose.heading.filter(|_| !prose.is_empty()) {
            self.push(format!("【{}】", kind.name()), heading);
        }
        self.blocks(&prose.blocks);
    }

    fn chapter(&mut self, chapter: &Chapter) {
        self.text(chapter.head.number.as_ref());
        self.text(chapter.head.title.as_ref());
        self.faults(chapter.head.file);
        self.prose(&chapter.head.overview, Heading::ChapterOverview);
        for listing in &chapter.listing {
            let report = self.painter.input.report;
            let (program, line) = match listing {
                Listing::Own(program) => (chapter.programs.get(*program).map(AsRef::as_ref), None),
                Listing::Relisted { target, line } => (report.program(*target), Some(*line)),
            };
            if let Some(program) = program {
                self.row(program, line);
            }
        }
        for program in &chapter.programs {
            self.text(program.outside_total.as_ref());
        }
    }

    /// A row of the list; `line` is that of 再掲.
    fn row(&mut self, program: &Program, line: Option<Span>) {
        if let Some(line) = line {
            self.push("再掲".to_string(), line);
        }
        self.text(program.name.as_ref());
        if let Some(place) = program.amount_place {
            self.push(self.painter.amount_text(program), place);
        }
        for department in &program.departments {
            self.push(self.painter.printer.text(&department.name), department.typed.span);
            if let Some(office) = &department.office {
                self.push(self.painter.printer.text(&format!("（{office}）")), department.typed.span);
            }
        }
    }

    fn program(&mut self, program: &Program) {
        self.text(program.name.as_ref());
        if let Some(place) = program.amount_place {
            self.push(self.painter.amount_line(program), place);
        }
        self.faults(program.file);
        self.prose(&program.overview, Heading::Overview);
        self.prose(&program.results, Heading::Results);
        for table in &program.indicators {
            self.table(table);
        }
        self.prose(&program.outcome, Heading::Outcome);
        self.prose(&program.issues, Heading::Issues);
        self.prose(&program.direction, Heading::Direction);
        for case in &program.cases {
            self.push("【事例】".to_string(), case.heading);
            self.text(case.title.as_ref());
            self.blocks(&case.blocks);
            self.photos(&case.photos);
        }
        self.photos(&program.photos);
        for department in &program.departments {
            self.push(self.painter.page_department(department), department.typed.span);
        }
    }

    /// Only in a draft: the errors of a file, as they stand at the head of its pages.
    fn faults(&mut self, file: FileId) {
        let input = self.painter.input;
        let errors = input.diagnostics.iter().filter(|d| input.draft && d.severity == Severity::Error);
        for error in errors.filter(|error| error.primary.span.file == file) {
            self.push(self.painter.fault(error, false), error.primary.span);
        }
    }

    fn table(&mut self, table: &Indicator) {
        self.text(table.caption.as_ref());
        if let Columns::Own(columns) = &table.columns {
            for column in columns.iter().filter(|column| column.year.is_none()) {
                self.text(Some(&column.label));
            }
        }
        for row in &table.rows {
            let label = self.painter.label_text(row);
            for (line, text) in label.lines().zip(&row.label.lines) {
                self.push(line.to_string(), text.span);
            }
            for value in &row.values {
                if let Value::Own(cell) = value {
                    self.cell(cell);
                }
            }
        }
        self.blocks(&table.notes);
    }

    fn cell(&mut self, cell: &Cell) {
        for line in &cell.lines {
            self.push(self.painter.printer.cell_line(&line.value), line.span);
        }
    }

    fn photos(&mut self, photos: &[Photo]) {
        for photo in photos {
            self.texts(&photo.caption);
        }
    }
}
