//! Documents to drafts: which lines are headings, names and fields, and to which program a text belongs. Tables are read in
//! `forms` and `listing`.
//!
//! Nothing is dropped: what has no place goes into a memo, with a doubt where a person should look.

use std::collections::{BTreeMap, BTreeSet};

use super::amounts::year_in;
use super::document::{Block, Document, Shape, Table, is_short};
use super::draft::{Chapter, Program, ReviewNote, SourcedText};
use super::meanings::Meaning;
use super::money_units::{OpenList, UnitNote};
use super::offices::is_department;
use super::words::{Words, canonical, compared, is_category};
use crate::model::FiscalYear;
use crate::syntax::chars::{is_blank, is_colon, is_digit};
use crate::syntax::{SectionKind, SectionRole};

/// A line of a paragraph, or a table.
#[derive(Clone, Copy)]
pub(super) enum Event<'a> {
    Line { text: &'a str, heading: Option<u8>, place: &'a str },
    Table(&'a Table),
}

/// Where the next text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// Before and between programs
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
    pub(super) chapter: Chapter,
    pub(super) programs: Vec<Program>,
    /// The rows of a list of programs, as programs
    pub(super) listed: Vec<Program>,
    /// 小計 of a list, with the unit above its column
    pub(super) subtotal: Option<(SourcedText, Option<&'static str>)>,
    pub(super) review_notes: Vec<ReviewNote>,
    /// Labels and headings that are not known: how often, and where first
    pub(super) unknown: BTreeMap<String, (usize, String)>,
    /// Words that were understood and are not written again
    pub(super) structure: BTreeSet<String>,
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
    pending: Option<(Meaning, String)>,
    /// The level of Word's headings that are names of programs
    pub(super) level: Option<u8>,
    /// Headings of the program at hand, as typed
    typed: Vec<String>,
    /// The table of the form that the last heading opened
    pub(super) table_section: Option<SectionKind>,
    /// The section whose text a table interrupted
    pub(super) interrupted: Option<SectionKind>,
    /// The last line was （担当課：…）.
    after_department: bool,
    /// What the last heading that was known stands in
    pub(super) enclosure: Option<char>,
}

/// What headings stand in.
pub(super) const ENCLOSURES: &[(char, char)] =
    &[('【', '】'), ('＜', '＞'), ('〈', '〉'), ('《', '》'), ('〔', '〕'), ('［', '］'), ('<', '>'), ('[', ']')];

impl<'a> Recogniser<'a> {
    pub(super) fn new(words: &'a Words, year: Option<FiscalYear>) -> Self {
        Self {
            words,
            year,
            chapter: Chapter::default(),
            programs: Vec::new(),
            listed: Vec::new(),
            subtotal: None,
            review_notes: Vec::new(),
            unknown: BTreeMap::new(),
            structure: BTreeSet::new(),
            position: Position::Chapter,
            document: String::new(),
            unit: None,
            notes_above: Vec::new(),
            open_list: None,
            years_in_shapes: Vec::new(),
            shapes: Vec::new(),
            pending: None,
            level: None,
            typed: Vec::new(),
            table_section: None,
            interrupted: None,
            after_department: false,
            enclosure: None,
        }
    }

    pub(super) fn read(&mut self, document: &Document) {
        self.document.clone_from(&document.name);
        (self.position, self.pending, self.level, self.unit) = (Position::Chapter, None, None, None);
        let before = (self.programs.len(), self.listed.len());
        self.notes_above.clear();
        self.years_in_shapes = years_left_out(document);
        self.shapes.clone_from(&document.shapes);
        let blocks = self.joined_lists(&document.blocks);
        let events: Vec<Event<'_>> = blocks.iter().flat_map(events).collect();
        let mut rest = events.as_slice();
        let mut hands = Vec::new();
        for block in blocks.iter() {
            for _ in self::events(block) {
                let Some((event, after)) = rest.split_first() else { break };
                rest = after;
                match *event {
                    Event::Line { text, heading, place } => {
                        // A title may name the unit: 事業一覧（単位：円）
                        self.note_unit(text);
                        self.note_unit_of_list(text, rest);
                        self.line(text, heading, place, rest);
                    }
                    Event::Table(table) => {
                        self.after_department = false;
                        self.table(table);
                        self.notes_above.clear();
                        self.note_units_of_rows(table, rest);
                    }
                }
            }
            hands.push(self.programs.len().checked_sub(1).filter(|_| self.in_program()));
        }
        self.close_list();
        self.keep_left_out(document, &hands, before);
        let is_overview = !self.chapter.overview.is_empty();
        if before == (self.programs.len(), self.listed.len()) && !is_overview {
            self.note_without_programs(document);
        }
    }

    pub(super) fn review_note(&mut self, what: impl Into<String>, place: &str) {
        let place = self.place(place);
        self.review_notes.push(ReviewNote::new(what, &place));
    }

    pub(super) fn place(&self, place: &str) -> String {
        if place.is_empty() { self.document.clone() } else { format!("{} {place}", self.document) }
    }

    pub(super) fn said(&self, text: &str, place: &str) -> SourcedText {
        SourcedText::new(text, &self.place(place))
    }

    pub(super) fn understood(&mut self, text: &str) {
        self.structure.extend(text.split('\n').map(compared).chain([compared(text)]));
    }

    pub(super) fn in_program(&self) -> bool {
        !matches!(self.position, Position::Chapter | Position::ChapterOverview)
    }

    /// The program at hand, begun where there is none.
    pub(super) fn program(&mut self, place: &str) -> &mut Program {
        if !self.in_program() || self.programs.is_empty() {
            self.start_program(place);
        }
        if self.programs.is_empty() {
            self.programs.push(Program::default());
        }
        let last = self.programs.len() - 1;
        // There is one: it was put there just now.
        #[allow(clippy::indexing_slicing, reason = "the list is not empty")]
        &mut self.programs[last]
    }

    pub(super) fn start_program(&mut self, place: &str) {
        let place = self.place(place);
        self.programs.push(Program { place, ..Program::default() });
        self.position = Position::Head;
        self.typed.clear();
    }

    pub(super) fn current(&self) -> Option<&Program> {
        self.programs.last().filter(|_| self.in_program())
    }

    /// One line of a paragraph; `rest` is what follows it.
    pub(super) fn line(&mut self, text: &str, heading: Option<u8>, place: &str, rest: &[Event<'_>]) {
        let text = text.trim_matches(is_blank);
        if text.is_empty() {
            return;
        }
        let after_department = std::mem::take(&mut self.after_department);
        if let Some(value) = self.bracketed_department(text) {
            self.add_departments(&value, place);
            // Above the sections it is a field like another.
            let program = self.program(place);
            program.closed = !program.sections.is_empty() || !program.tables.is_empty();
            self.after_department = program.closed;
            return;
        }
        let text = self.unbracketed(text);
        if after_department && is_department(text) {
            self.add_departments(text.trim_matches(|c| "（）()".contains(c) || is_blank(c)), place);
            self.after_department = true;
            return;
        }
        let is_value = is_category(text) && matches!(self.pending, Some((Meaning::Category, _)));
        if let Some((meaning, label, value)) = self.labelled(text).filter(|_| !is_value) {
            self.pending = None;
            self.enclosure = text.chars().next().filter(|c| ENCLOSURES.iter().any(|(open, _)| open == c));
            self.understood(&label);
            self.give(meaning, &label, &value, place);
            if value.is_empty() && !matches!(meaning, Meaning::Section(_) | Meaning::List) {
                self.pending = Some((meaning, label));
            }
            return;
        }
        if let Some((meaning, label)) = self.pending.take() {
            self.give(meaning, &label, text, place);
            return;
        }
        if !self.title(text, heading, place, rest) {
            self.text(text, place);
        }
    }

    /// A heading or a label with what stands behind it in its line.
    pub(super) fn labelled(&self, text: &str) -> Option<(Meaning, String, String)> {
        let trimmed = |text: &str| text.trim_matches(is_blank).to_string();
        if let Some((inside, rest)) = text.strip_prefix('【').and_then(|body| body.split_once('】'))
            && let Some(meaning) = self.meaning(inside)
        {
            return Some((meaning, inside.to_string(), trimmed(rest)));
        }
        // Of 実績（達成率）：227名 the whole would be known too, without what stands behind its bracket.
        if let Some((label, value)) =
            text.split_once(is_colon).filter(|(label, _)| is_closed(label)).or_else(|| behind_bracket(text))
            && let Some(meaning) = self.meaning(label)
        {
            return Some((meaning, label.to_string(), trimmed(value)));
        }
        if let Some(meaning) = self.meaning(text) {
            return Some((meaning, text.to_string(), String::new()));
        }
        let (label, value) = text.split_once(is_blank)?;
        let value = value.trim_matches(is_blank);
        let is_amount = self.words.label(label) == Some(Meaning::Amount)
            && value.trim_start_matches(['△', '▲', '-', '約']).starts_with(is_digit);
        is_amount.then(|| (Meaning::Amount, label.to_string(), value.to_string()))
    }

    /// A heading before a label: 指標 alone in a line is one.
    pub(super) fn meaning(&self, text: &str) -> Option<Meaning> {
        if text.contains('。') {
            return None;
        }
        self.words.heading(text).or_else(|| self.words.label(text)).filter(|meaning| *meaning != Meaning::IndicatorHead)
    }

    /// A heading of a section. The one that opens a program opens the next where it stands again.
    pub(super) fn open_section(&mut self, kind: SectionKind, label: &str, place: &str) {
        let typed = compared(label);
        let starts = self.current().is_none_or(|program| {
            program.closed || (kind.spec().role == Some(SectionRole::Overview) && self.typed.contains(&typed))
        });
        if starts {
            self.start_program(place);
        }
        let is_second = kind != SectionKind::Indicators
            && self.current().is_some_and(|program| program.sections.contains_key(&kind))
            && !self.typed.contains(&typed);
        if is_second {
            let name = canonical(Meaning::Section(kind));
            let said = self.said(&format!("「{label}」の文は【{name}】の終わりに入れました。"), place);
            self.program(place).memo.push(said);
        }
        self.typed.push(typed);
        self.program(place).sections.entry(kind).or_default();
        self.position = Position::Section(kind);
        self.interrupted = None;
    }
}

fn is_closed(text: &str) -> bool {
    let count = |marks: [char; 2]| text.matches(marks).count();
    count(['（', '(']) == count(['）', ')'])
}

/// 事業費（千円） and 3,254
fn behind_bracket(text: &str) -> Option<(&str, &str)> {
    let open = text.find(['（', '(']).filter(|open| *open > 0)?;
    let close = open + text.get(open..)?.find(['）', ')'])?;
    let end = close + text.get(close..)?.chars().next()?.len_utf8();
    text.split_at_checked(end).filter(|(_, value)| value.contains(is_digit))
}

fn events(block: &Block) -> Vec<Event<'_>> {
    match block {
        Block::Table(table) => vec![Event::Table(table)],
        Block::Paragraph(paragraph) => {
            let lines = paragraph.text.split('\n').filter(|line| !line.trim_matches(is_blank).is_empty());
            lines.map(|text| Event::Line { text, heading: paragraph.heading, place: &paragraph.place }).collect()
        }
    }
}

/// Words with a year that stand in no cell.
fn years_left_out(document: &Document) -> Vec<String> {
    let texts = document.left_out.iter().map(|left_out| left_out.text.replace('\n', " "));
    texts.filter(|text| is_short(text) && year_in(text).is_some()).collect()
}
