//! What a row of a list is. Changes nothing: what comes of it is in `listing`.

use super::continued::repeats_head;
use super::document::{Cell, Merged, Table, text_at};
use super::draft::Program;
use super::list_amounts::AmountOfRow;
use super::list_heads::Columns;
use super::list_sections::{Sections, department_in, is_sum};
use super::meanings::Meaning;
use super::recognise::Recogniser;

/// A list while its rows are read.
pub(super) struct List<'a> {
    pub(super) table: &'a Table,
    pub(super) head: usize,
    pub(super) columns: Columns,
    /// How many programs the lists before it have
    pub(super) before: usize,
    /// Of the last program's rows
    pub(super) amounts: Vec<AmountOfRow>,
    pub(super) sections: Sections,
    /// The last words of each column
    pub(super) above: Vec<String>,
    /// Places of 〃 that became words
    pub(super) dittos: Vec<String>,
}

pub(super) enum ListRow<'r> {
    /// Blank, or the head again
    Nothing,
    /// 小計 and its kin, with their word
    Sum(&'r str),
    /// One cell: a department, a head over programs, a note
    Alone(&'r str),
    Program,
    /// More of the program above
    Further,
    /// A department with the sum of its programs
    DepartmentSum(&'r str),
    /// A program whose name is missing
    Nameless,
}

impl Recogniser<'_> {
    /// `row`: the typed one, with what reaches into it from above.
    pub(super) fn classify_list_row<'r>(&self, list: &List<'_>, typed: &'r [Cell], row: &'r [Cell]) -> ListRow<'r> {
        let columns = &list.columns;
        let mut filled = typed.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
        let Some(first) = filled.next().filter(|_| !repeats_head(list.table, columns.body, typed)) else {
            return ListRow::Nothing;
        };
        if let Some(word) = is_sum(typed) {
            return ListRow::Sum(word);
        }
        if filled.next().is_none() && typed.iter().all(|cell| cell.merged != Merged::Up) {
            return ListRow::Alone(first);
        }
        let name = text_at(row, columns.name);
        let is_same = |program: &Program| {
            program.name.as_ref().is_some_and(|known| known.text == name) && !self.is_another(program, columns, row)
        };
        let last = self.drafts.listed.get(list.before..).and_then(<[Program]>::last);
        if last.is_some_and(|last| (name.is_empty() && columns.goes_on(row)) || is_same(last)) {
            return ListRow::Further;
        }
        if !name.is_empty() {
            return ListRow::Program;
        }
        let texts = row.iter().zip(&columns.meanings).filter(|(cell, _)| !cell.text.is_empty());
        let mut texts = texts.filter(|(_, meaning)| **meaning != Some(Meaning::Amount));
        match (texts.next(), texts.next()) {
            // Below its own head a department is that of a program without a name.
            (Some((_, Some(Meaning::Department | Meaning::Division))), None) => ListRow::Nameless,
            (Some((only, _)), None) if department_in(&only.text).is_some() => ListRow::DepartmentSum(&only.text),
            _ => ListRow::Nameless,
        }
    }
}
