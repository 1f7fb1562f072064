//! Names of programs and titles of chapters: no word tells them, only what follows them does.

use super::document::is_short;
use super::draft::SourcedText;
use super::meanings::Meaning;
use super::recognise::{ENCLOSURES, Event, Position, Recogniser};
use crate::syntax::SectionKind;
use crate::syntax::chars::{is_blank, is_digit};

impl Recogniser<'_> {
    /// Names of programs and titles of chapters, which no word tells: what follows them does.
    pub(super) fn title(&mut self, text: &str, heading: Option<u8>, place: &str, rest: &[Event<'_>]) -> bool {
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
            program.name = Some(SourcedText::new(text, &format!("{} {place}", self.document)));
            return true;
        }
        let is_number = text.chars().count() <= 4 && text.chars().all(is_digit);
        if is_number && rest.get(1).is_some_and(|next| self.begins_program(next)) {
            self.start_program(place);
            let said = self.said(text, place);
            self.program(place).number = Some(said);
            return true;
        }
        if number.is_some() && is_short(text) && self.is_department_above_sections(rest) {
            self.name_program(number, name, place);
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
        let is_heading = |(open, close): &(char, char)| {
            let inside = text.strip_prefix(*open).and_then(|body| body.strip_suffix(*close));
            (*open == '【' || self.enclosure == Some(*open))
                && inside.is_some_and(|inside| !inside.is_empty() && !inside.contains([*open, *close]))
        };
        if ENCLOSURES.iter().any(is_heading) && self.in_program() {
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

    /// （担当課：…） below a name, and then what a program begins with
    fn is_department_above_sections(&self, rest: &[Event<'_>]) -> bool {
        let is_department = |event: &Event<'_>| {
            matches!(event, Event::Line { text, .. }
            if text.trim_matches(is_blank).strip_prefix(['（', '(']).is_some_and(|inside| {
                matches!(self.labelled(inside), Some((Meaning::Department, _, _)))
            }))
        };
        rest.first().is_some_and(is_department) && rest.get(1).is_some_and(|next| self.begins_program(next))
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
                let is_list = self.list_head(table).is_some();
                !is_list && matches!(label, Some(Meaning::Amount | Meaning::Department | Meaning::Category))
            }
        }
    }
}

/// `1　名` and `１．名` as a number and a name.
fn numbered(text: &str) -> (Option<&str>, &str) {
    let rest = text.trim_start_matches(is_digit);
    let digits = text.get(..text.len() - rest.len()).unwrap_or("");
    let name = rest.trim_start_matches(|c| is_blank(c) || matches!(c, '.' | '．' | '、'));
    let is_number = !digits.is_empty() && name.len() < rest.len() && !name.is_empty() && digits.chars().count() <= 4;
    if is_number { (Some(digits), name) } else { (None, text) }
}
