//! Values beside and below their labels, put where they belong. A field that stands once begins the next program where it
//! stands again.

use std::cmp::Ordering;

use super::amounts::{of_another_year, rank};
use super::boxes::marked;
use super::draft::{Program, ReviewNote, SourcedText};
use super::meanings::{Meaning, Own};
use super::money_units::unit_note;
use super::money_units::{has_unit, unit_of};
use super::offices::{departments, without_telephone};
use super::paired_values;
use super::recognise::{Position, Recogniser};
use super::words::canonical;
use crate::syntax::SectionKind;
use crate::syntax::chars::is_blank;

impl Recogniser<'_> {
    /// A value of a label, or the text under a heading.
    pub(super) fn give(&mut self, meaning: Meaning, label: &str, value: &str, place: &str) {
        let value = value.trim_matches(|c| is_blank(c) || c == '\n');
        match meaning {
            Meaning::Section(SectionKind::ChapterOverview) => {
                self.cursor.position = Position::ChapterOverview;
                self.texts(value, place);
            }
            Meaning::Section(kind) => {
                self.cursor.table_section = self.words.table_of(label);
                self.open_section(kind, label, place);
                self.note_two_sections(meaning, label, place);
                let headed = paired_values::with_head(label, value);
                if let Some(text) = &headed {
                    self.note_of_program(paired_values::message(text, canonical(meaning)), place);
                }
                self.texts(headed.as_deref().unwrap_or(value), place);
            }
            Meaning::List => {
                self.cursor.position = Position::Chapter;
                // A title that names its unit is more than the word that opens a list.
                if unit_note(label).is_some() {
                    self.memo(label, place);
                }
                self.texts(value, place);
            }
            Meaning::ChapterTitle => self.give_chapter_title(label, value, place),
            Meaning::Memo => {
                if value.is_empty() {
                    self.cursor.position = if self.in_program() { Position::Memo } else { Position::Chapter };
                } else {
                    // Which of several grades of the form it is, nobody says.
                    if self.words.is_grades(label) {
                        self.note_unknown(label, place);
                    }
                    self.memo(&format!("{label}：{value}"), place);
                }
            }
            Meaning::Department | Meaning::Division => self.add_departments(value, place),
            Meaning::Own(own @ (Own::Field(_) | Own::Grade(..) | Own::Cell(..))) => {
                self.give_own(own, label, value, place)
            }
            Meaning::Own(Own::FreeCell(..) | Own::FieldPart(_) | Own::Reason(..)) => {
                self.memo(&format!("{label}：{value}"), place);
            }
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

    /// A field or a grade of the office's form.
    fn give_own(&mut self, own: Own, label: &str, value: &str, place: &str) {
        if value.is_empty() {
            return;
        }
        let said = self.said(value, place);
        let again = self.said(&format!("{label}：{value}"), place);
        let unit = unit_of(label).or(self.cursor.unit);
        let program = self.program(place);
        if !program.take_own(own, &said, unit, label) {
            program.keep_second(label, &said, again);
        }
    }

    /// A heading that two sections share.
    fn note_two_sections(&mut self, meaning: Meaning, label: &str, place: &str) {
        let Some(other) = self.words.other_section(label) else { return };
        let (own, other) = (canonical(meaning), canonical(other));
        let what = format!(
            "「{label}」は2つの見出しを合わせたものです。文はすべて【{own}】に入れました。【{other}】の文があれば移してください"
        );
        self.note_of_program(what.replace('\n', ""), place);
    }

    fn note_of_program(&mut self, what: String, place: &str) {
        let review_note = ReviewNote::new(what, &self.place(place));
        self.program(place).review_notes.push(review_note);
    }

    /// The first one is the chapter's; another goes to its program.
    fn give_chapter_title(&mut self, label: &str, value: &str, place: &str) {
        match &self.drafts.chapter.title {
            _ if value.is_empty() => {}
            None => self.drafts.chapter.title = Some(self.said(value, place)),
            Some(title) if title.text == value => {}
            Some(_) => {
                let said = self.said(&format!("{label}：{value}"), place);
                self.program(place).memo.push(said);
            }
        }
    }

    /// A field that stands once. A name, and a field that a finished program has already, begin the next program.
    fn set(&mut self, meaning: Meaning, label: &str, value: &str, place: &str) {
        if value.is_empty() {
            return;
        }
        let in_program = self.in_program();
        let starts = self.drafts.programs.last_mut().filter(|_| in_program).is_none_or(|program| {
            let is_begun = !program.sections.is_empty() || program.closed;
            // 予算額 and 決算額 are of one program.
            let is_other_amount = meaning == Meaning::Amount && program.amount_label != label;
            let known = field_mut(program, meaning).and_then(|known| known.as_ref());
            let is_taken = known.is_some_and(|known| known.text != value) && !is_other_amount;
            program.closed
                || (is_taken && (is_begun || meaning == Meaning::Name))
                || (meaning == Meaning::Name && is_begun)
        });
        if starts {
            self.start_program(place);
        }
        let mut said = self.said(value, place);
        if let Some(word) = marked(value).filter(|_| meaning == Meaning::Category) {
            let typed = self.said(&format!("{label}：{value}"), place);
            self.program(place).memo.push(typed);
            said.text = word;
        }
        if meaning == Meaning::Amount {
            self.set_amount(label, said, place);
            return;
        }
        let again = self.said(&format!("{label}：{value}"), place);
        let program = self.program(place);
        if meaning == Meaning::Group {
            match program.departments.last_mut() {
                Some(department) => department.text = format!("{}　{value}", department.text),
                None => program.departments.push(said),
            }
            return;
        }
        match field_mut(program, meaning) {
            Some(slot @ None) => *slot = Some(said),
            Some(Some(known)) if known.text == value => {}
            Some(Some(_)) => program.keep_second(label, &said, again),
            None => program.memo.push(again),
        }
    }

    /// Of several amounts the one that fits 事業費 best; the others go into the memo.
    fn set_amount(&mut self, label: &str, mut said: SourcedText, place: &str) {
        let (unit, year) = (unit_of(label).or(self.cursor.unit), self.year);
        let program = self.program(place);
        let order = match &program.amount {
            Some(known) if known.text == said.text && program.amount_label == label => return,
            Some(_) => rank(label, year).cmp(&rank(&program.amount_label, year)),
            None => Ordering::Greater,
        };
        if order != Ordering::Greater {
            if order == Ordering::Equal {
                program.review_notes.push(second(label, &said));
            }
            program.memo.push(with_label(label, &said, unit));
            return;
        }
        if let Some(known) = &program.amount {
            program.memo.push(with_label(&program.amount_label, known, program.unit));
        }
        said.review_note = of_another_year(label, year).map(|what| ReviewNote::new(what, &said.place));
        (program.amount, program.unit, program.amount_label) = (Some(said), unit, label.to_string());
    }

    pub(super) fn add_departments(&mut self, value: &str, place: &str) {
        if value.is_empty() {
            return;
        }
        let (lines, telephones): (Vec<&str>, Vec<&str>) = value.split('\n').map(without_telephone).unzip();
        let found = departments(&lines.join("\n"));
        let found: Vec<SourcedText> = found.iter().map(|department| self.said(department, place)).collect();
        for telephone in telephones.into_iter().filter(|telephone| !telephone.is_empty()) {
            self.memo(telephone, place);
        }
        let program = self.program(place);
        for said in found {
            if !program.departments.iter().any(|known| known.text == said.text) {
                program.departments.push(said);
            }
        }
    }
}

/// A field that stands once.
pub(super) fn field_mut(program: &mut Program, meaning: Meaning) -> Option<&mut Option<SourcedText>> {
    let fields = [
        (Meaning::Name, &mut program.name),
        (Meaning::Amount, &mut program.amount),
        (Meaning::Category, &mut program.category),
        (Meaning::Number, &mut program.number),
        (Meaning::Page, &mut program.page),
        (Meaning::Reading, &mut program.reading),
        (Meaning::FormerName, &mut program.former_name),
    ];
    let meaning = if meaning == Meaning::New { Meaning::Category } else { meaning };
    fields.into_iter().find(|(known, _)| *known == meaning).map(|(_, field)| field)
}

/// An amount that is not 事業費, with the unit that neither it nor its label has.
fn with_label(label: &str, said: &SourcedText, unit: Option<&str>) -> SourcedText {
    let unit = unit.filter(|_| !has_unit(&said.text) && unit_of(label).is_none()).unwrap_or("");
    SourcedText::new(format!("{label}：{}{unit}", said.text), &said.place)
}

fn second(label: &str, said: &SourcedText) -> ReviewNote {
    ReviewNote::new(format!("「{label}」が2つあります。2つ目の「{}」は【メモ】に入れました", said.text), &said.place)
}

impl Program {
    /// A second value for one place is told; `again` says it with its label.
    pub(super) fn keep_second(&mut self, label: &str, said: &SourcedText, again: SourcedText) {
        self.review_notes.push(second(label, said));
        self.memo.push(again);
    }
}
