//! Lists of programs, one a row.

use super::boxes::{is_mark_alone, marked};
use super::continued::repeats_head;
use super::document::{Cell, Merged, Table};
use super::draft::{Program, ReviewNote, SourcedText};
use super::fields::{field_mut, second};
use super::forms::joined;
use super::list_amounts::{AmountOfRow, settle_amount};
use super::list_heads::Columns;
use super::list_sections::{Sections, department_in, is_sum};
use super::meanings::Meaning;
use super::money_units::unit_of;
use super::offices::departments;
use super::paired;
use super::place::{place_of_cell, place_of_row};
use super::recognise::{Position, Recogniser};
use super::series::At;
use super::words::canonical;
use crate::syntax::SectionKind;
use crate::syntax::chars::is_ditto;

/// A list while its rows are read.
struct List<'a> {
    table: &'a Table,
    head: usize,
    columns: Columns,
    /// How many programs the lists before it have
    before: usize,
    /// Of the last program's rows
    amounts: Vec<AmountOfRow>,
    sections: Sections,
    /// The last words of each column
    above: Vec<String>,
    /// Places of 〃 that became words
    dittos: Vec<String>,
}

impl Recogniser<'_> {
    /// A program a row. A row without a name, and one with the name of the row above, go on with the program above.
    pub(super) fn list(&mut self, table: &Table, head: usize) {
        let columns = self.columns(table, head);
        self.cursor.position = Position::Chapter;
        self.close_list();
        let before = self.drafts.listed.len();
        let (amounts, sections, above, dittos) = Default::default();
        let mut list = List { table, head, columns, before, amounts, sections, above, dittos };
        for (index, row) in table.rows.iter().enumerate().skip(list.columns.body) {
            self.list_row(&mut list, index, row);
        }
        self.settle_last(&mut list);
        self.note_dittos(&list.dittos);
        self.settle_tables(&list.columns, before, &place_of_row(&table.place, head));
        self.note_sections(&list.sections, before, &place_of_row(&table.place, head));
        self.open_list(table, &list.columns, before..self.drafts.listed.len());
    }

    fn list_row(&mut self, list: &mut List<'_>, index: usize, typed: &[Cell]) {
        let place = place_of_row(&list.table.place, index);
        let mut filled = typed.iter().filter(|cell| !cell.text.is_empty());
        let (Some(first), second) = (filled.next(), filled.next()) else { return };
        if repeats_head(list.table, list.columns.body, typed) || self.sum(typed, &list.columns, &place) {
            return;
        }
        let is_part = typed.iter().any(|cell| cell.merged == Merged::Up);
        if second.is_none() && !is_part {
            self.section_row(&first.text, &place, &mut list.sections);
            return;
        }
        let (row, dittos) = list.columns.reached(typed, &mut list.above);
        let Some(mut program) = self.program_of(list, &row, &place) else {
            self.row_without_name(&row, &list.columns, &place, &mut list.sections);
            return;
        };
        list.amounts.extend(self.row(&mut program, &row, (list.table, index), &list.columns));
        for column in dittos {
            let at = place_of_cell(list.table, index, column);
            typed.get(column).iter().for_each(|cell| self.understood(&cell.text));
            let text = row.get(column).map_or("", |cell| cell.text.as_str());
            let said = format!("上の行と同じ「{text}」としました");
            program.memo.push(self.beside_head(&list.columns, column, &said, &at));
            list.dittos.push(at);
        }
        let at = At {
            table: &self.place(&list.table.place),
            head: list.head,
            row: index,
            words: self.words,
            year: self.year,
        };
        list.columns.series.iter().for_each(|series| series.add(&row, &mut program, &at));
        self.drafts.listed.push(program);
    }

    /// The program above, where the row goes on with it, or a new one; none for a row without a name.
    fn program_of(&mut self, list: &mut List<'_>, row: &[Cell], place: &str) -> Option<Program> {
        let name = row.get(list.columns.name).map_or("", |cell| cell.text.as_str());
        let has_above = self.drafts.listed.len() > list.before;
        let is_more = name.is_empty() && list.columns.goes_on(row);
        let is_another = self.drafts.listed.last().is_some_and(|program| self.is_another(program, &list.columns, row));
        let is_same = |program: &Program| program.name.as_ref().is_some_and(|known| known.text == name) && !is_another;
        if let Some(mut program) = self.drafts.listed.pop_if(|program| has_above && (is_more || is_same(program))) {
            program.memo.push(self.said(&format!("（同じ事業の続き：{place}）"), place));
            program.further += 1;
            return Some(program);
        }
        if name.is_empty() {
            return None;
        }
        self.settle_last(list);
        let mut program = Program { place: self.place(place), ..Program::default() };
        list.sections.begin(&mut program);
        self.one_amount(row, &list.columns, &mut program, has_above);
        Some(program)
    }

    /// One message for a list, however often 〃 stands in it.
    fn note_dittos(&mut self, places: &[String]) {
        if let Some(first) = places.first() {
            let what = format!(
                "「〃」や「同上」の{}か所に、すぐ上の行の言葉を書きました（各事業の【メモ】に、どこを何としたかがあります）。並べ替えた表ではないか、確かめてください",
                places.len()
            );
            self.review_note(what, first);
        }
    }

    /// The last program, whose rows are all read.
    fn settle_last(&mut self, list: &mut List<'_>) {
        if self.drafts.listed.len() > list.before
            && let Some(program) = self.drafts.listed.last_mut()
        {
            settle_amount(program, &mut list.amounts);
            program.has_department_in_name = list.columns.has_department_in_name();
            if program.departments.is_empty() {
                program.departments.append(&mut program.divisions);
            }
        }
    }

    /// The cells of a row; its amount is not put into the program yet.
    fn row(
        &self,
        program: &mut Program,
        row: &[Cell],
        (table, index): (&Table, usize),
        columns: &Columns,
    ) -> Option<AmountOfRow> {
        let cells = row.iter().enumerate();
        let is_more = program.name.is_some();
        let mut amount = None;
        for (column, cell) in cells.filter(|(_, cell)| !cell.text.is_empty()) {
            let place = place_of_cell(table, index, column);
            let meaning = self.meaning_in_row(columns, column, row);
            if columns.series.iter().any(|series| series.has(column)) {
                continue;
            }
            if meaning == Some(Meaning::Amount) {
                let year = columns.year.and_then(|at| row.get(at));
                let year = year.map_or("", |cell| cell.text.as_str());
                program.unit = unit_of(columns.head(column)).or(self.cursor.unit);
                amount = Some(self.amount_of_row(self.said(&cell.text, &place), year, columns, column));
                continue;
            }
            // What a further row says of the program again tells its other cells apart.
            if is_more && matches!(meaning, Some(Meaning::Department | Meaning::Group | Meaning::Division)) {
                program.memo.push(self.beside_head(columns, column, &cell.text, &place));
            }
            self.listed_cell(program, columns, (column, meaning), &cell.text, &place);
        }
        amount
    }

    /// A row that belongs to no program: what parts the list, or a program whose name is missing.
    fn row_without_name(&mut self, row: &[Cell], columns: &Columns, place: &str, sections: &mut Sections) {
        let texts = row.iter().zip(&columns.meanings).filter(|(cell, _)| !cell.text.is_empty());
        let texts: Vec<(&Cell, &Option<Meaning>)> =
            texts.filter(|(_, meaning)| **meaning != Some(Meaning::Amount)).collect();
        self.memo(&joined(row), place);
        // A department with the sum of its programs; below its own head it is that of a program without a name.
        let is_own = |meaning: &Option<Meaning>| matches!(meaning, Some(Meaning::Department | Meaning::Division));
        if let [(Cell { text: only, .. }, meaning)] = texts.as_slice()
            && !is_own(meaning)
            && department_in(only).is_some()
        {
            self.section_row(only, place, sections);
            return;
        }
        self.review_note(
            "事業名のない行です。【メモ】に入れました。事業なら、事業名を書いてもう一度取り込んでください",
            place,
        );
    }

    /// One amount in a cell that is merged over this program and the one above: how it is parted, a person knows.
    fn one_amount(&mut self, row: &[Cell], columns: &Columns, program: &mut Program, has_above: bool) {
        let mut cells = row.iter().zip(&columns.meanings);
        let is_shared = |(cell, meaning): (&Cell, &Option<Meaning>)| {
            *meaning == Some(Meaning::Amount) && cell.merged == Merged::Up && cell.text.is_empty()
        };
        if !has_above || !cells.any(is_shared) {
            return;
        }
        let what = "事業費のセルが、続く事業と1つになっています。事業ごとの額に分けてください";
        let review_note = ReviewNote::new(what, &program.place);
        if let Some(amount) = self.drafts.listed.last_mut().and_then(|above| above.amount.as_mut()) {
            amount.review_note = Some(review_note.clone());
        }
        program.amount_note = Some(review_note);
    }

    fn listed_cell(
        &self,
        program: &mut Program,
        columns: &Columns,
        (column, meaning): (usize, Option<Meaning>),
        text: &str,
        place: &str,
    ) {
        let said = self.said(text, place);
        let beside = || self.beside_head(columns, column, text, place);
        match meaning {
            Some(Meaning::New) => {
                program.category = Some(if is_mark_alone(text) { self.said("新規", place) } else { said });
            }
            Some(Meaning::Category) => match marked(text) {
                Some(word) => {
                    program.category = Some(self.said(&word, place));
                    program.memo.push(beside());
                }
                None => self.once(program, Meaning::Category, columns, column, said),
            },
            Some(Meaning::Department) => {
                let found = departments(text).into_iter().map(|department| self.said(&department, place));
                let new = found.filter(|said| !program.departments.iter().any(|known| known.text == said.text));
                program.departments.extend(new.collect::<Vec<_>>());
            }
            Some(Meaning::Division) => {
                program.memo.push(beside());
                program.divisions = vec![said];
            }
            Some(Meaning::Group) if !program.departments.is_empty() => {
                if let Some(last) = program.departments.last_mut().filter(|last| !last.text.ends_with(text)) {
                    last.text = format!("{}　{text}", last.text);
                }
            }
            Some(Meaning::Section(kind)) if kind != SectionKind::Indicators && kind != SectionKind::ChapterOverview => {
                Self::listed_prose(program, kind, (columns.head(column), text), &said);
            }
            Some(meaning) if meaning.is_of_form() => {
                let unit = unit_of(columns.head(column)).or(self.cursor.unit);
                if !program.take_own(meaning, &said, unit, columns.head(column)) {
                    program.review_notes.push(second(&columns.head(column).replace('\n', ""), &said));
                    program.memo.push(beside());
                }
            }
            Some(meaning) => self.once(program, meaning, columns, column, said),
            None => program.memo.push(beside()),
        }
    }

    /// The text of a section; a value and its rate in one cell are told.
    fn listed_prose(program: &mut Program, kind: SectionKind, (head, text): (&str, &str), said: &SourcedText) {
        if is_ditto(text) {
            let what = format!("「{text}」が何と同じかが分かりません。その文を書いてください");
            program.review_notes.push(ReviewNote::new(what, &said.place));
        }
        let headed = paired::with_head(head, text);
        if let Some(text) = &headed {
            let what = paired::message(text, canonical(Meaning::Section(kind)));
            program.review_notes.push(ReviewNote::new(what, &said.place));
        }
        let text = headed.as_deref().unwrap_or(text);
        let lines: Vec<SourcedText> = text.split('\n').map(|line| SourcedText::new(line, &said.place)).collect();
        let known = program.sections.entry(kind).or_default();
        if !lines.iter().all(|line| known.iter().any(|known| known.text == line.text)) {
            known.extend(lines);
        }
    }

    /// A field that stands once.
    fn once(&self, program: &mut Program, meaning: Meaning, columns: &Columns, column: usize, said: SourcedText) {
        let beside = self.beside_head(columns, column, &said.text, "");
        let beside = SourcedText { place: said.place.clone(), ..beside };
        match field_mut(program, meaning) {
            Some(slot @ None) => *slot = Some(said),
            Some(Some(known)) if known.text == said.text => {}
            Some(Some(_)) => {
                program.review_notes.push(second(columns.head(column), &said));
                program.memo.push(beside);
            }
            None => program.memo.push(beside),
        }
    }

    fn beside_head(&self, columns: &Columns, column: usize, text: &str, place: &str) -> SourcedText {
        let label = columns.labels.get(column).map_or("", String::as_str);
        let text = if label.is_empty() { text.to_string() } else { format!("{label}：{text}") };
        self.said(&text, place)
    }

    /// 小計 and its kin are no programs.
    fn sum(&mut self, row: &[Cell], columns: &Columns, place: &str) -> bool {
        let Some(label) = is_sum(row) else { return false };
        let cells = row.iter().zip(&columns.heads).zip(&columns.meanings);
        let amount = cells.filter(|(_, meaning)| **meaning == Some(Meaning::Amount)).map(|(cells, _)| cells).next();
        if let Some((cell, head)) = amount
            && !cell.text.is_empty()
        {
            self.drafts.subtotal = Some((self.said(&cell.text, place), unit_of(&head.text).or(self.cursor.unit)));
        }
        let others = row.iter().filter(|cell| !cell.text.is_empty() && cell.text != label.text);
        let others: Vec<&str> = others.map(|cell| cell.text.as_str()).collect();
        self.memo(&format!("{}：{}", label.text, others.join("　")), place);
        true
    }
}
