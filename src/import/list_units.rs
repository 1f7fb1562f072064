//! The unit of a list's amounts, wherever the office wrote it: over the column, in a title, in a cell of its own, in a note
//! above or below. Where two differ nothing is taken.

use std::collections::BTreeSet;
use std::ops::Range;

use super::document::Table;
use super::draft::{ReviewNote, SourcedText};
use super::events::Element;
use super::list_heads::Columns;
use super::meanings::Meaning;
use super::money_units::{OpenList, has_unit, unit_note, unit_of};
use super::recognise::Recogniser;

/// A table of more rows is no note.
const ROWS_OF_NOTE: usize = 2;

impl Recogniser<'_> {
    /// A line above a list, or below the last one. `rest` is what follows it.
    pub(super) fn note_unit_of_list(&mut self, text: &str, rest: &[Element<'_>]) {
        let Some(unit) = unit_note(text) else { return };
        let next = rest.iter().find_map(|element| match element {
            Element::Table(table) => Some(*table),
            Element::Line { .. } => None,
        });
        let is_above = next.is_some_and(|table| self.list_head(table).is_some());
        // Right above another table it is that table's.
        let is_of_other = matches!(rest.first(), Some(Element::Table(table)) if table.rows.len() > ROWS_OF_NOTE);
        let note = (unit, text.to_string());
        match &mut self.cursor.open_list {
            Some(list) if !is_above && !is_of_other => list.notes.push(note),
            Some(_) if !is_above => {}
            Some(_) | None => self.cursor.notes_above.push(note),
        }
    }

    /// A title and its unit side by side are a small table of their own.
    pub(super) fn note_units_of_rows(&mut self, table: &Table, rest: &[Element<'_>]) {
        if table.rows.len() <= ROWS_OF_NOTE && self.list_head(table).is_none() {
            table.rows.iter().flatten().for_each(|cell| self.note_unit_of_list(&cell.text, rest));
        }
    }

    /// After the rows of a list are read.
    pub(super) fn open_list(&mut self, table: &Table, columns: &Columns, programs: Range<usize>) {
        let mut notes = std::mem::take(&mut self.cursor.notes_above);
        let heads = columns.heads.iter().zip(&columns.meanings);
        let heads = heads.filter(|(_, meaning)| **meaning == Some(Meaning::Amount)).map(|(head, _)| head.text.as_str());
        notes.extend(heads.filter_map(|head| Some((unit_of(head)?, head.to_string()))));
        let cells = table.rows.iter().flatten().map(|cell| cell.text.as_str());
        notes.extend(cells.filter_map(|text| Some((unit_note(text)?, text.to_string()))));
        self.cursor.open_list = Some(OpenList { programs, notes, place: table.place.clone() });
    }

    /// What was reported of the unit of the last list counts now.
    pub(super) fn close_list(&mut self) {
        let Some(OpenList { programs, notes, place }) = self.cursor.open_list.take() else { return };
        let units: BTreeSet<&'static str> = notes.iter().map(|(unit, _)| *unit).collect();
        let (Some(unit), is_one) = (units.first().copied(), units.len() == 1) else { return };
        let listed = self.drafts.listed.get_mut(programs).unwrap_or_default();
        if is_one {
            listed.iter_mut().for_each(|program| program.unit = Some(unit));
            self.drafts.subtotal = self.drafts.subtotal.take().map(|(said, _)| (said, Some(unit)));
            return;
        }
        let said = |unit: &&str| {
            notes.iter().find(|(known, _)| known == unit).map(|(_, text)| format!("「{}」", text.replace('\n', "")))
        };
        let said: Vec<String> = units.iter().filter_map(said).collect();
        let what = format!("金額の単位が食い違っています（{}）", said.join("と"));
        for program in listed {
            let Some(amount) = program.amount.take_if(|amount| !has_unit(&amount.text)) else { continue };
            program.memo.push(SourcedText::new(format!("事業費（単位は不明）：{}", amount.text), &amount.place));
            let what =
                format!("{what}。事業費は空けておきました。「{}」の単位を確かめて、額を書いてください", amount.text);
            program.amount_note = Some(ReviewNote::new(what, &amount.place));
        }
        self.drafts.subtotal = None;
        self.review_note(
            format!("{what}。事業費は空けておき、額は【メモ】に入れました。元のファイルの単位を正しいほうに揃えて、取り込み直してください"),
            &place,
        );
    }
}
