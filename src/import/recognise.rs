//! Documents to drafts: which lines are headings, names and fields, and to which program a text belongs. Tables are read in
//! `forms` and `listing`.
//!
//! Nothing is dropped: what has no place goes into a memo, with a doubt where a person should look.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Block, Document, Table};
use super::draft::{Chapter, Doubt, Indicators, Program, Row, RowKind, Said};
use super::forms::is_category;
use super::indicators::push_alone;
use super::offices::{departments, is_department};
use super::words::{Meaning, Words, canonical, compared};
use crate::model::FiscalYear;
use crate::syntax::SectionKind;
use crate::syntax::chars::{is_blank, is_colon, is_digit};

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
    pub(super) subtotal: Option<(Said, Option<&'static str>)>,
    pub(super) doubts: Vec<Doubt>,
    /// Labels and headings that are not known: how often, and where first
    pub(super) unknown: BTreeMap<String, (usize, String)>,
    /// Words that were understood and are not written again
    pub(super) structure: BTreeSet<String>,
    pub(super) position: Position,
    pub(super) document: String,
    /// （単位：千円） above a table
    pub(super) unit: Option<&'static str>,
    /// A field whose value stands below it
    pending: Option<(Meaning, String)>,
    /// The level of Word's headings that are names of programs
    level: Option<u8>,
    /// Headings of the program at hand, as typed
    typed: Vec<String>,
    /// The section whose text a table interrupted
    interrupted: Option<SectionKind>,
    /// The last line was （担当課：…）.
    after_department: bool,
}

impl<'a> Recogniser<'a> {
    pub(super) fn new(words: &'a Words, year: Option<FiscalYear>) -> Self {
        Self {
            words,
            year,
            chapter: Chapter::default(),
            programs: Vec::new(),
            listed: Vec::new(),
            subtotal: None,
            doubts: Vec::new(),
            unknown: BTreeMap::new(),
            structure: BTreeSet::new(),
            position: Position::Chapter,
            document: String::new(),
            unit: None,
            pending: None,
            level: None,
            typed: Vec::new(),
            interrupted: None,
            after_department: false,
        }
    }

    pub(super) fn read(&mut self, document: &'a Document) {
        self.document.clone_from(&document.name);
        (self.position, self.pending, self.level) = (Position::Chapter, None, None);
        let before = (self.programs.len(), self.listed.len());
        let events: Vec<Event<'a>> = document.blocks.iter().flat_map(events).collect();
        for (index, event) in events.iter().enumerate() {
            let rest = events.get(index + 1..).unwrap_or_default();
            match *event {
                Event::Line { text, heading, place } => self.line(text, heading, place, rest),
                Event::Table(table) => {
                    self.after_department = false;
                    self.table(table);
                }
            }
        }
        let is_overview = !self.chapter.overview.is_empty();
        if before == (self.programs.len(), self.listed.len()) && !is_overview {
            let what = "事業が見つかりません。中の文は、すべて【メモ】に入れました。様式の言葉を対応表（--mapping）に書くと読めることがあります";
            self.doubt(what, "");
        }
    }

    pub(super) fn doubt(&mut self, what: impl Into<String>, place: &str) {
        let place = self.place(place);
        self.doubts.push(Doubt::new(what, &place));
    }

    pub(super) fn place(&self, place: &str) -> String {
        if place.is_empty() { self.document.clone() } else { format!("{} {place}", self.document) }
    }

    pub(super) fn said(&self, text: &str, place: &str) -> Said {
        Said::new(text, &self.place(place))
    }

    pub(super) fn understood(&mut self, text: &str) {
        self.structure.insert(compared(text));
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

    fn current(&self) -> Option<&Program> {
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
            self.program(place).closed = true;
            self.after_department = true;
            return;
        }
        if after_department && is_department(text) {
            self.add_departments(text.trim_matches(|c| "（）()".contains(c) || is_blank(c)), place);
            self.after_department = true;
            return;
        }
        let is_value = is_category(text) && matches!(self.pending, Some((Meaning::Category, _)));
        if let Some((meaning, label, value)) = self.labelled(text).filter(|_| !is_value) {
            self.pending = None;
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

    /// `（担当課：課 グループ）`, whichever of its brackets are there.
    fn bracketed_department(&mut self, text: &str) -> Option<String> {
        let body = text.strip_prefix(['（', '('])?;
        let (label, value) = body.split_once(is_colon)?;
        (self.words.label(label) == Some(Meaning::Department)).then_some(())?;
        self.understood(label);
        let value = value.trim_matches(is_blank);
        let (opened, closed) = value.chars().fold((0, 0), |(opened, closed), c| {
            (opened + usize::from(matches!(c, '（' | '(')), closed + usize::from(matches!(c, '）' | ')')))
        });
        Some(if closed > opened { value.strip_suffix(['）', ')']).unwrap_or(value) } else { value }.to_string())
    }

    /// A heading or a label with what stands behind it in its line.
    fn labelled(&self, text: &str) -> Option<(Meaning, String, String)> {
        let trimmed = |text: &str| text.trim_matches(is_blank).to_string();
        if let Some((inside, rest)) = text.strip_prefix('【').and_then(|body| body.split_once('】'))
            && let Some(meaning) = self.meaning(inside)
        {
            return Some((meaning, inside.to_string(), trimmed(rest)));
        }
        if let Some(meaning) = self.meaning(text) {
            return Some((meaning, text.to_string(), String::new()));
        }
        if let Some((label, value)) = text.split_once(is_colon)
            && let Some(meaning) = self.meaning(label)
        {
            return Some((meaning, label.to_string(), trimmed(value)));
        }
        let (label, value) = text.split_once(is_blank)?;
        let value = value.trim_matches(is_blank);
        let is_amount = self.words.label(label) == Some(Meaning::Amount)
            && value.trim_start_matches(['△', '▲', '-', '約']).starts_with(is_digit);
        is_amount.then(|| (Meaning::Amount, label.to_string(), value.to_string()))
    }

    /// A heading before a label: 指標 alone in a line is one.
    pub(super) fn meaning(&self, text: &str) -> Option<Meaning> {
        if text.contains(['。', '\n']) {
            return None;
        }
        self.words.heading(text).or_else(|| self.words.label(text)).filter(|meaning| *meaning != Meaning::IndicatorHead)
    }

    /// A value of a label, or the text under a heading.
    pub(super) fn give(&mut self, meaning: Meaning, label: &str, value: &str, place: &str) {
        let value = value.trim_matches(|c| is_blank(c) || c == '\n');
        match meaning {
            Meaning::Section(SectionKind::ChapterOverview) => {
                self.position = Position::ChapterOverview;
                self.texts(value, place);
            }
            Meaning::Section(kind) => {
                self.open_section(kind, label, place);
                self.texts(value, place);
            }
            Meaning::List => {
                self.position = Position::Chapter;
                self.texts(value, place);
            }
            Meaning::ChapterTitle => {
                if !value.is_empty() && self.chapter.title.is_none() {
                    self.chapter.title = Some(self.said(value, place));
                } else if !value.is_empty() && self.chapter.title.as_ref().is_none_or(|title| title.text != value) {
                    let said = self.said(&format!("{label}：{value}"), place);
                    self.program(place).memo.push(said);
                }
            }
            Meaning::Memo => {
                if value.is_empty() {
                    self.position = if self.in_program() { Position::Memo } else { Position::Chapter };
                } else {
                    self.memo(&format!("{label}：{value}"), place);
                }
            }
            Meaning::Department => self.add_departments(value, place),
            Meaning::IndicatorHead => {}
            Meaning::Name
            | Meaning::Amount
            | Meaning::Category
            | Meaning::New
            | Meaning::Group
            | Meaning::Number
            | Meaning::Page
            | Meaning::Reading
            | Meaning::FormerName => self.set(meaning, label, value, place),
        }
    }

    /// A field that stands once. A name, and a field that a finished program has already, begin the next program.
    fn set(&mut self, meaning: Meaning, label: &str, value: &str, place: &str) {
        if value.is_empty() {
            return;
        }
        let starts = self.current().is_none_or(|program| {
            let is_begun = !program.sections.is_empty() || program.closed;
            let is_taken = field(program, meaning).is_some_and(|said| said.text != value);
            program.closed
                || (is_taken && (is_begun || meaning == Meaning::Name))
                || (meaning == Meaning::Name && is_begun)
        });
        if starts {
            self.start_program(place);
        }
        let said = self.said(value, place);
        let (label_unit, unit) = (unit_of(label), self.unit);
        let again = self.said(&format!("{label}：{value}"), place);
        let doubt =
            Doubt::new(format!("「{label}」が2つあります。2つ目の「{value}」は【メモ】に入れました"), &said.place);
        let program = self.program(place);
        if meaning == Meaning::Group {
            match program.departments.last_mut() {
                Some(department) => department.text = format!("{}　{value}", department.text),
                None => program.departments.push(said),
            }
            return;
        }
        if meaning == Meaning::Amount && program.amount.is_none() {
            program.unit = label_unit.or(unit);
        }
        match field_mut(program, meaning) {
            Some(slot @ None) => *slot = Some(said),
            Some(Some(known)) if known.text == value => {}
            Some(Some(_)) => {
                program.memo.push(again);
                program.doubts.push(doubt);
            }
            None => program.memo.push(again),
        }
    }

    fn add_departments(&mut self, value: &str, place: &str) {
        if value.is_empty() {
            return;
        }
        let found: Vec<Said> = departments(value).iter().map(|department| self.said(department, place)).collect();
        let program = self.program(place);
        for said in found {
            if !program.departments.iter().any(|known| known.text == said.text) {
                program.departments.push(said);
            }
        }
    }

    /// A heading of a section. The one that opens a program opens the next where it stands again.
    fn open_section(&mut self, kind: SectionKind, label: &str, place: &str) {
        let typed = compared(label);
        let starts = self
            .current()
            .is_none_or(|program| program.closed || (kind == SectionKind::Overview && self.typed.contains(&typed)));
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

    /// Names of programs and titles of chapters, which no word tells: what follows them does.
    fn title(&mut self, text: &str, heading: Option<u8>, place: &str, rest: &[Event<'_>]) -> bool {
        let (number, name) = numbered(text);
        if let Some(level) = heading {
            return self.heading(text, level, place, rest);
        }
        if self.position == Position::Head
            && let Some(program) = self.programs.last_mut()
            && program.name.is_none()
            && program.number.is_some()
            && program.sections.is_empty()
            && program.amount.is_none()
        {
            program.name = Some(Said::new(text, &format!("{} {place}", self.document)));
            return true;
        }
        let is_number = text.chars().count() <= 4 && text.chars().all(is_digit);
        if is_number && rest.get(1).is_some_and(|next| self.begins_program(next)) {
            self.start_program(place);
            let said = self.said(text, place);
            self.program(place).number = Some(said);
            return true;
        }
        if !is_number && is_short(text) && rest.first().is_some_and(|next| self.is_amount(next)) {
            self.name_program(number, name, place);
            return true;
        }
        let is_before = self.position == Position::Chapter && self.programs.is_empty();
        if is_before && text.starts_with(|c: char| ('①'..='⑳').contains(&c)) && self.chapter.title.is_none() {
            let title = text.trim_start_matches(|c: char| ('①'..='⑳').contains(&c)).trim_matches(is_blank);
            self.chapter.title = Some(self.said(title, place));
            return true;
        }
        let inside = text.strip_prefix('【').and_then(|body| body.strip_suffix('】'));
        if inside.is_some_and(|inside| !inside.contains(['【', '】'])) && self.in_program() {
            self.unknown_heading(text, place);
            return true;
        }
        false
    }

    fn name_program(&mut self, number: Option<&str>, name: &str, place: &str) {
        self.start_program(place);
        let (number, name) = (number.map(|number| self.said(number, place)), self.said(name, place));
        let program = self.program(place);
        (program.number, program.name) = (number, Some(name));
    }

    /// A heading of Word that no word tells.
    fn heading(&mut self, text: &str, level: u8, place: &str, rest: &[Event<'_>]) -> bool {
        let is_name = self.level == Some(level)
            || (self.level.is_none_or(|own| level < own) && self.leads_to_program(level, rest));
        if is_name {
            self.level = Some(level);
            let (number, name) = numbered(text);
            self.name_program(number, name, place);
        } else if self.level.is_some_and(|own| level > own) && self.in_program() {
            self.unknown_heading(text, place);
        } else if self.position == Position::ChapterOverview {
            let said = self.said(&format!("○{text}"), place);
            self.chapter.overview.push(said);
        } else if self.chapter.title.is_none() && self.programs.is_empty() {
            self.chapter.title =
                Some(self.said(text.trim_start_matches(|c: char| ('①'..='⑳').contains(&c) || is_blank(c)), place));
        } else {
            self.position = Position::Chapter;
            self.text(text, place);
        }
        true
    }

    /// Whether fields or sections of a program come before another heading.
    fn leads_to_program(&self, level: u8, rest: &[Event<'_>]) -> bool {
        for event in rest {
            match event {
                Event::Line { text, heading: Some(next), .. } => {
                    let is_section = self.is_section(text);
                    return *next > level && is_section;
                }
                _ if self.begins_program(event) => return true,
                Event::Line { .. } | Event::Table(_) => {}
            }
        }
        false
    }

    fn is_section(&self, text: &str) -> bool {
        matches!(self.labelled(text), Some((Meaning::Section(kind), _, _)) if kind != SectionKind::ChapterOverview)
    }

    /// An amount, or the first section.
    fn begins_program(&self, event: &Event<'_>) -> bool {
        self.is_amount(event) || matches!(event, Event::Line { text, .. } if self.is_section(text))
    }

    /// A line or a form that begins with 事業費 or 担当課.
    fn is_amount(&self, event: &Event<'_>) -> bool {
        match event {
            Event::Line { text, .. } => {
                matches!(self.labelled(text), Some((Meaning::Amount, _, value)) if !value.is_empty())
            }
            Event::Table(table) => {
                let label =
                    table.rows.first().and_then(|row| row.first()).and_then(|cell| self.words.label(&cell.text));
                let is_list = table.rows.first().is_some_and(|row| self.is_list_head(row));
                !is_list && matches!(label, Some(Meaning::Amount | Meaning::Department | Meaning::Category))
            }
        }
    }

    pub(super) fn unknown_heading(&mut self, text: &str, place: &str) {
        self.note_unknown(text, place);
        self.memo(text, place);
        self.position = Position::Memo;
    }

    /// One message for a word, however often it stands.
    pub(super) fn note_unknown(&mut self, word: &str, place: &str) {
        let first = self.place(place);
        let word = word.trim_matches(|c| "【】".contains(c) || is_blank(c)).replace('\n', " ");
        self.unknown.entry(word).or_insert((0, first)).0 += 1;
    }

    pub(super) fn memo(&mut self, text: &str, place: &str) {
        let said = self.said(text, place);
        if self.in_program() {
            self.program(place).memo.push(said);
        } else if !self.chapter.memo.iter().any(|known| known.text == said.text) {
            self.chapter.memo.push(said);
        }
    }

    pub(super) fn texts(&mut self, value: &str, place: &str) {
        value
            .split('\n')
            .filter(|line| !line.trim_matches(is_blank).is_empty())
            .for_each(|line| self.text(line, place));
    }

    /// A text without a heading of its own.
    pub(super) fn text(&mut self, text: &str, place: &str) {
        let text = text.trim_matches(is_blank);
        if text.contains("単位") && is_short(text) {
            self.unit = unit_of(text).or(self.unit);
        }
        let said = self.said(text, place);
        let is_closed = self.current().is_some_and(|program| program.closed);
        match self.position {
            Position::Chapter | Position::Memo => self.memo(text, place),
            Position::ChapterOverview => self.chapter.overview.push(said),
            _ if is_closed => {
                let doubt = Doubt::new("担当課の行より後に文があります。【メモ】に入れました", &said.place);
                let program = self.program(place);
                program.memo.push(Said { doubt: Some(doubt), ..said });
            }
            Position::Head => self.memo(text, place),
            Position::Section(SectionKind::Indicators) => self.below_table(said, place),
            Position::Section(kind) => self.program(place).sections.entry(kind).or_default().push(said),
        }
    }

    /// A note, a row whose other cells are blank, or the text that the table interrupted.
    fn below_table(&mut self, said: Said, place: &str) {
        let interrupted = self.interrupted.take();
        let is_sentence = said.text.ends_with(['。', '）', ')']) || said.text.chars().count() > 40;
        let program = self.program(place);
        match (said.text.strip_prefix('※'), program.tables.last_mut(), interrupted) {
            (Some(note), Some(table), _) => {
                table.rows.push(Row { kind: RowKind::Note, label: note.to_string(), ..Row::default() });
                self.interrupted = interrupted;
            }
            (_, _, Some(kind)) if is_sentence => {
                program.sections.entry(kind).or_default().push(said);
                self.position = Position::Section(kind);
            }
            (_, Some(table), _) if !is_sentence => {
                push_alone(&said.text, &said.place, table);
                self.interrupted = interrupted;
            }
            _ => {
                let doubt = Doubt::new("指標の表に入らない文があります。【メモ】に入れました", &said.place);
                program.memo.push(Said { doubt: Some(doubt), ..said });
            }
        }
    }

    pub(super) fn add_table(&mut self, table: Indicators, place: &str) {
        if let Position::Section(kind) = self.position
            && kind != SectionKind::Indicators
        {
            self.interrupted = Some(kind);
        }
        self.program(place).tables.push(table);
        self.position = Position::Section(SectionKind::Indicators);
    }
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

fn field(program: &Program, meaning: Meaning) -> Option<&Said> {
    match meaning {
        Meaning::Name => program.name.as_ref(),
        Meaning::Amount => program.amount.as_ref(),
        Meaning::Category | Meaning::New => program.category.as_ref(),
        Meaning::Number => program.number.as_ref(),
        Meaning::Page => program.page.as_ref(),
        Meaning::Reading => program.reading.as_ref(),
        Meaning::FormerName => program.former_name.as_ref(),
        Meaning::Department
        | Meaning::Group
        | Meaning::ChapterTitle
        | Meaning::List
        | Meaning::IndicatorHead
        | Meaning::Memo
        | Meaning::Section(_) => None,
    }
}

pub(super) fn field_mut(program: &mut Program, meaning: Meaning) -> Option<&mut Option<Said>> {
    Some(match meaning {
        Meaning::Name => &mut program.name,
        Meaning::Amount => &mut program.amount,
        Meaning::Category | Meaning::New => &mut program.category,
        Meaning::Number => &mut program.number,
        Meaning::Page => &mut program.page,
        Meaning::Reading => &mut program.reading,
        Meaning::FormerName => &mut program.former_name,
        Meaning::Department
        | Meaning::Group
        | Meaning::ChapterTitle
        | Meaning::List
        | Meaning::IndicatorHead
        | Meaning::Memo
        | Meaning::Section(_) => return None,
    })
}

/// The unit in a label: `R2事業費 (千円)`.
pub(super) fn unit_of(label: &str) -> Option<&'static str> {
    ["百万円", "千円", "円"].into_iter().find(|unit| label.contains(unit))
}

/// `1　名` and `１．名` as a number and a name.
fn numbered(text: &str) -> (Option<&str>, &str) {
    let rest = text.trim_start_matches(is_digit);
    let digits = text.get(..text.len() - rest.len()).unwrap_or("");
    let name = rest.trim_start_matches(|c| is_blank(c) || matches!(c, '.' | '．' | '、'));
    let is_number = !digits.is_empty() && name.len() < rest.len() && !name.is_empty() && digits.chars().count() <= 4;
    if is_number { (Some(digits), name) } else { (None, text) }
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= 80 && !text.ends_with('。')
}
