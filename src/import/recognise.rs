//! Documents to drafts: what comes of each line (`classify` says what it is), and to which program a text belongs. Tables are
//! read in `forms` and `listing`.
//!
//! Nothing is dropped: what has no place goes into a memo, with a doubt where a person should look.

use super::amounts::year_in;
use super::document::{Block, Document, Shape, is_short};
use super::draft::{Drafts, Program, ReviewNote, SourcedText};
use super::events::{Element, Event, elements_of};
use super::meanings::Meaning;
use super::money_units::{OpenList, UnitNote};
use super::place::Place;
use super::words::{Words, canonical, compared};
use crate::model::{FiscalYear, Part};
use crate::syntax::chars::is_blank;
use crate::syntax::{SectionKind, SectionRole};

/// Where the next text goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Position {
    /// Before and between programs
    #[default]
    Chapter,
    ChapterOverview,
    /// Behind a program's fields, before its first section
    Head,
    Section(SectionKind),
    /// Under a heading that is not known
    Memo,
}

pub(super) struct Recogniser<'a> {
    pub(super) words: &'a Words,
    pub(super) year: Option<FiscalYear>,
    pub(super) drafts: Drafts,
    pub(super) cursor: Cursor,
}

/// Where the reading stands, and what was said before and counts there.
#[derive(Default)]
pub(super) struct Cursor {
    pub(super) position: Position,
    pub(super) document: String,
    /// （単位：千円） above a table
    pub(super) unit: Option<&'static str>,
    /// Units named since the last table
    pub(super) notes_above: Vec<UnitNote>,
    /// The last list, whose unit may be named below it
    pub(super) open_list: Option<OpenList>,
    /// Words with a year in shapes of the sheet, which may stand over its columns
    pub(super) years_in_shapes: Vec<String>,
    /// Shapes of the sheet, which may stand over its columns
    pub(super) shapes: Vec<Shape>,
    /// A field whose value stands below it
    pub(super) pending: Option<(Meaning, String)>,
    /// The level of Word's headings that are names of programs
    pub(super) level: Option<u8>,
    /// Headings of the program at hand, as typed
    typed: Vec<String>,
    /// The table of the form that the last heading opened
    pub(super) table_section: Option<SectionKind>,
    /// The table of the form that was read last, below which its notes stand
    pub(super) own_table: Option<SectionKind>,
    /// The section whose text a table interrupted
    pub(super) interrupted: Option<SectionKind>,
    /// The last line was （担当課：…）.
    pub(super) after_department: bool,
    /// What the last heading that was known stands in
    pub(super) enclosure: Option<char>,
}

/// The drafts of all documents.
pub(super) fn recognise<'a>(
    documents: impl IntoIterator<Item = &'a Document>,
    words: &Words,
    year: Option<FiscalYear>,
) -> Drafts {
    let mut reading = Recogniser { words, year, drafts: Drafts::default(), cursor: Cursor::default() };
    documents.into_iter().for_each(|document| reading.read(document));
    reading.drafts
}

impl Recogniser<'_> {
    fn read(&mut self, document: &Document) {
        self.cursor.document.clone_from(&document.name);
        (self.cursor.position, self.cursor.pending, self.cursor.level, self.cursor.unit) =
            (Position::Chapter, None, None, None);
        let before = (self.drafts.programs.len(), self.drafts.listed.len());
        self.cursor.notes_above.clear();
        self.cursor.years_in_shapes = years_left_out(document);
        self.cursor.shapes.clone_from(&document.shapes);
        let blocks = self.joined_own(self.joined_lists(&document.blocks));
        let elements: Vec<Element<'_>> = blocks.iter().flat_map(elements_of).collect();
        let mut rest = elements.as_slice();
        let mut hands = Vec::new();
        let mut own_part = None;
        for block in blocks.iter() {
            own_part = self.own_part(block, own_part);
            for element in elements_of(block) {
                rest = rest.get(1..).unwrap_or_default();
                match own_part {
                    Some(_) => self.pass_over(element),
                    None => self.element(element, rest),
                }
            }
            hands.push(self.drafts.programs.len().checked_sub(1).filter(|_| self.in_program()));
        }
        self.close_list();
        self.keep_left_out(document, &hands, before);
        let is_overview = !self.drafts.chapter.overview.is_empty();
        if before == (self.drafts.programs.len(), self.drafts.listed.len()) && !is_overview {
            self.note_without_programs(document);
        }
    }

    /// The part of 前付 or 後付 that a block belongs to: from a heading of Word that is its name to the next one of that rank.
    fn own_part(&mut self, block: &Block, before: Option<Part>) -> Option<Part> {
        let heading = match block {
            Block::Paragraph(paragraph) if paragraph.heading == Some(1) => paragraph,
            Block::Paragraph(_) | Block::Table(_) => return before,
        };
        let part = Part::from_name(heading.text.trim_matches(is_blank));
        if let Some(part) = part {
            self.review_note(format!("「{}」は計算して作る頁なので、読んでいません", part.name()), &heading.place);
        }
        part
    }

    /// What is computed of the programs is not taken from elsewhere.
    fn pass_over(&mut self, element: Element<'_>) {
        match element {
            Element::Line { text, .. } => self.understood(text),
            Element::Table(table) => table.rows.iter().flatten().for_each(|cell| self.understood(&cell.text)),
        }
    }

    fn element(&mut self, element: Element<'_>, rest: &[Element<'_>]) {
        match element {
            Element::Line { text, heading, place } => {
                // A title may name the unit: 事業一覧（単位：円）
                self.note_unit(text);
                self.note_unit_of_list(text, rest);
                self.line(text, heading, place, rest);
            }
            Element::Table(table) => {
                self.cursor.after_department = false;
                self.table(table);
                self.cursor.notes_above.clear();
                self.note_units_of_rows(table, rest);
            }
        }
    }

    pub(super) fn review_note(&mut self, what: impl Into<String>, place: &str) {
        let place = self.place(place);
        self.drafts.review_notes.push(ReviewNote::new(what, &place));
    }

    pub(super) fn place(&self, place: &str) -> Place {
        Place::new(&self.cursor.document, place)
    }

    pub(super) fn said(&self, text: &str, place: &str) -> SourcedText {
        SourcedText::new(text, &self.place(place))
    }

    pub(super) fn understood(&mut self, text: &str) {
        self.drafts.structure.extend(text.split('\n').map(compared).chain([compared(text)]));
    }

    pub(super) fn in_program(&self) -> bool {
        !matches!(self.cursor.position, Position::Chapter | Position::ChapterOverview)
    }

    /// The program at hand, begun where there is none.
    pub(super) fn program(&mut self, place: &str) -> &mut Program {
        if !self.in_program() || self.drafts.programs.is_empty() {
            self.start_program(place);
        }
        let last = self.drafts.programs.len() - 1;
        // There is one: it was put there just now.
        #[allow(clippy::indexing_slicing, reason = "the list is not empty")]
        &mut self.drafts.programs[last]
    }

    pub(super) fn start_program(&mut self, place: &str) {
        let place = self.place(place);
        self.drafts.programs.push(Program { place, ..Program::default() });
        self.cursor.position = Position::Head;
        self.cursor.typed.clear();
    }

    pub(super) fn current(&self) -> Option<&Program> {
        self.drafts.programs.last().filter(|_| self.in_program())
    }

    /// One line of a paragraph; `rest` is what follows it.
    pub(super) fn line(&mut self, text: &str, heading: Option<u8>, place: &str, rest: &[Element<'_>]) {
        let text = text.trim_matches(is_blank);
        if !text.is_empty() {
            let event = self.classify(text, heading, rest);
            self.cursor.after_department = false;
            self.apply(event, place);
        }
    }

    /// What comes of a line.
    fn apply(&mut self, event: Event<'_>, place: &str) {
        match event {
            Event::Departments { label, value } => {
                self.understood(label);
                self.add_departments(value, place);
                // Above the sections it is a field like another.
                let program = self.program(place);
                program.closed = !program.sections.is_empty() || !program.tables.is_empty();
                self.cursor.after_department = program.closed;
            }
            Event::FurtherDepartments(value) => {
                self.add_departments(value, place);
                self.cursor.after_department = true;
            }
            Event::Labelled { meaning, label, value, enclosure } => {
                self.cursor.enclosure = enclosure;
                self.understood(label);
                self.give(meaning, label, value, place);
                let is_open = value.is_empty() && !matches!(meaning, Meaning::Section(_) | Meaning::List);
                self.cursor.pending = is_open.then(|| (meaning, label.to_string()));
            }
            Event::Value(value) => {
                if let Some((meaning, label)) = self.cursor.pending.take() {
                    self.give(meaning, &label, value, place);
                }
            }
            Event::Name { number, name, level } => {
                self.cursor.level = level.or(self.cursor.level);
                self.start_program(place);
                self.program(place).number = number.map(|number| self.said(number, place));
                self.program(place).name = Some(self.said(name, place));
            }
            Event::Number(number) => {
                self.start_program(place);
                self.program(place).number = Some(self.said(number, place));
            }
            Event::NameBelowNumber(name) => self.program(place).name = Some(self.said(name, place)),
            Event::ChapterTitle(title) => self.drafts.chapter.title = Some(self.said(title, place)),
            Event::ChapterHeading(text) => {
                self.cursor.position = Position::Chapter;
                self.text(text, place);
            }
            Event::OverviewHeading(text) => self.drafts.chapter.overview.push(self.said(&format!("○{text}"), place)),
            Event::UnknownHeading(text) => {
                self.note_unknown(text, place);
                self.memo(text, place);
                self.cursor.position = Position::Memo;
            }
            Event::Text(text) => self.text(text, place),
        }
    }

    /// A heading of a section. The one that opens a program opens the next where it stands again.
    pub(super) fn open_section(&mut self, kind: SectionKind, label: &str, place: &str) {
        let typed = compared(label);
        let starts = self.current().is_none_or(|program| {
            program.closed || (kind.spec().role == Some(SectionRole::Overview) && self.cursor.typed.contains(&typed))
        });
        if starts {
            self.start_program(place);
        }
        let is_second = kind != SectionKind::Indicators
            && self.current().is_some_and(|program| program.sections.contains_key(&kind))
            && !self.cursor.typed.contains(&typed);
        if is_second {
            let name = canonical(Meaning::Section(kind));
            let said = self.said(&format!("「{label}」の文は【{name}】の終わりに入れました。"), place);
            self.program(place).memo.push(said);
        }
        self.cursor.typed.push(typed);
        self.program(place).sections.entry(kind).or_default();
        self.cursor.position = Position::Section(kind);
        (self.cursor.interrupted, self.cursor.own_table) = (None, None);
    }
}

/// Words with a year that stand in no cell.
fn years_left_out(document: &Document) -> Vec<String> {
    let texts = document.left_out.iter().map(|left_out| left_out.text.replace('\n', " "));
    texts.filter(|text| is_short(text) && year_in(text).is_some()).collect()
}
