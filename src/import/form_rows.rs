//! A row of a form: labels with the values at their right.

use std::iter::Peekable;

use super::boxes::{boxes_in, has_boxes};
use super::document::{Cell, Merged, Table};
use super::form_choices::is_choice;
use super::form_sheets::grade_first;
use super::meanings::{Meaning, Own};
use super::money_units::unit_of;
use super::place::{place_of_cell, place_of_row};
use super::recognise::Recogniser;
use super::words::is_category;
use crate::syntax::chars::{is_circle, is_digit};

/// A cell with those at its right that belong to it.
struct Labelled<'a> {
    text: &'a str,
    meaning: Option<Meaning>,
    values: Vec<&'a str>,
    /// The column of the first value; without one, the cell's own
    column: usize,
}

impl Recogniser<'_> {
    /// A label that is merged over rows goes on: `last` is the label of the row above, then of this one.
    pub(super) fn form_row(&mut self, table: &Table, index: usize, last: &mut Option<(Meaning, String)>) {
        let place = &place_of_row(&table.place, index);
        let row = table.rows.get(index).map_or(&[][..], Vec::as_slice);
        row.iter().filter(|cell| is_unit(&cell.text)).for_each(|cell| {
            self.note_unit(&cell.text);
            self.understood(&cell.text);
        });
        let filled = row.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty() && !is_unit(&cell.text));
        let filled: Vec<(usize, &Cell)> = filled.collect();
        let is_continued = row.first().is_some_and(|cell| cell.merged == Merged::Up);
        if let [(_, only)] = filled.as_slice() {
            let meaning = self.meaning(&only.text);
            if last.is_some() && meaning.is_none() && is_label_without_value(row, &only.text) {
                self.note_unknown(&only.text, place);
                self.memo(&only.text, place);
                return;
            }
            if !is_continued {
                only.text.split('\n').for_each(|line| self.line(line, None, place, &[]));
                *last = meaning.map(|meaning| (meaning, only.text.clone()));
                return;
            }
        }
        let mut cells = filled.into_iter().peekable();
        loop {
            let above = last.as_ref().filter(|_| is_continued);
            let Some(found) = self.next_labelled(&mut cells, above.is_some()) else { break };
            self.give_labelled(&found, above, &place_of_cell(table, index, found.column));
            if let Some(meaning) = found.meaning {
                *last = Some((meaning, found.text.to_string()));
            }
        }
    }

    /// `goes_on`: a cell without a meaning is a value of the label above.
    fn next_labelled<'a>(
        &self,
        cells: &mut Peekable<impl Iterator<Item = (usize, &'a Cell)>>,
        goes_on: bool,
    ) -> Option<Labelled<'a>> {
        let (mut column, cell) = cells.next()?;
        let meaning = self.meaning(&cell.text);
        let mut values: Vec<&str> = Vec::new();
        if meaning.is_none() && goes_on {
            values.push(&cell.text);
        }
        // 新規 beside 区分 is its value, elsewhere a label. What stands beside a choice is the next label.
        // 新規（R2～R4） is one too.
        // 新規・継続 beside it are its choices, of which none is marked.
        let is_choice = |text: &str| {
            let is_word = text.split(['（', '(']).next().is_some_and(is_category);
            is_word || has_boxes(text) || self.meaning(text) == Some(Meaning::Category)
        };
        if meaning == Some(Meaning::Category)
            && let Some((at, next)) = cells.next_if(|(_, next)| is_choice(&next.text))
        {
            let mut values: Vec<&str> = vec![&next.text];
            // □新規 and ■継続 in cells of their own are one choice.
            let is_boxed = |text: &str| has_boxes(text) || has_boxes(&next.text);
            while let Some((_, more)) = cells.next_if(|(_, more)| is_choice(&more.text) && is_boxed(&more.text)) {
                values.push(&more.text);
            }
            return Some(Labelled { text: &cell.text, meaning, values, column: at });
        }
        // The same of a field of the form.
        let chooses = meaning.is_some_and(|meaning| self.is_choice(meaning));
        let is_value = |text: &str| self.meaning(text).is_none() || (chooses && boxes_in(text).is_some());
        while let Some((at, next)) = cells.next_if(|(_, next)| is_value(&next.text)) {
            column = if values.is_empty() { at } else { column };
            values.push(&next.text);
        }
        Some(Labelled { text: &cell.text, meaning, values, column })
    }

    /// Whether a label is that of a choice of the form.
    fn is_choice(&self, meaning: Meaning) -> bool {
        let own = &self.words.own;
        let is_field = matches!(meaning, Meaning::Own(Own::Field(name)) if own.choice_fields.contains(&name));
        let is_section = matches!(meaning, Meaning::Section(kind) if own.is_choice(kind));
        is_field || is_section || matches!(meaning, Meaning::Own(Own::Grade(..)))
    }

    /// The values beside a label as one; of a criterion the grade, and its reason below it.
    fn value_of(&self, found: &Labelled<'_>) -> String {
        let Some(Meaning::Own(Own::Grade(kind, place))) = found.meaning else { return found.values.join("　") };
        let Some(criterion) = self.words.own.criterion(kind, place) else { return found.values.join("　") };
        grade_first(&found.values, |value| is_choice(&criterion.choices, value))
    }

    /// `above`: the label that is merged over this row too.
    fn give_labelled(&mut self, found: &Labelled<'_>, above: Option<&(Meaning, String)>, place: &str) {
        let (text, value) = (found.text, self.value_of(found));
        match (found.meaning, above) {
            (Some(meaning), _) => {
                self.note_unit(text);
                self.understood(text);
                // Beside a value 区分 and 新規 are fields whatever heading they could be.
                let label = self.words.label(text).filter(|label| *label == Meaning::Category);
                let is_mark = meaning == Meaning::New && !value.is_empty() && value.chars().all(is_circle);
                self.give(label.unwrap_or(meaning), text, if is_mark { "新規" } else { &value }, place);
            }
            (None, Some((Meaning::Section(_), _))) => self.texts(&value, place),
            (None, Some((Meaning::Memo, label))) => {
                self.memo(&format!("{}：{value}", label.replace('\n', "")), place);
            }
            (None, Some((meaning, label))) => self.give(*meaning, label, &value, place),
            (None, None) => {
                self.note_unknown(text, place);
                let text = if value.is_empty() { text.to_string() } else { format!("{text}：{value}") };
                self.memo(&text, place);
            }
        }
    }
}

/// （単位：千円）
fn is_unit(text: &str) -> bool {
    text.trim_start_matches(['（', '(']).starts_with("単位") && unit_of(text).is_some()
}

/// A short word in the first of several columns, nothing beside it: 備考 with its value left open.
fn is_label_without_value(row: &[Cell], text: &str) -> bool {
    let is_alone = row.len() > 1 && row.get(1).is_some_and(|cell| cell.merged == Merged::No);
    is_alone
        && row.first().is_some_and(|cell| cell.text == text)
        && text.chars().count() <= 8
        && !text.contains(|c: char| is_digit(c) || "。※・（(".contains(c))
}
