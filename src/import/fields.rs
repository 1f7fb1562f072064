//! Values beside and below their labels, put where they belong. A field that stands once begins the next program where it
//! stands again.

use super::draft::{Doubt, Program, Said};
use super::meanings::Meaning;
use super::offices::departments;
use super::recognise::{Position, Recogniser};
use crate::syntax::SectionKind;
use crate::syntax::chars::is_blank;

impl Recogniser<'_> {
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

    pub(super) fn add_departments(&mut self, value: &str, place: &str) {
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
