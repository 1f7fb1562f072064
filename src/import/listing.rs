//! Lists of programs, one a row.

use super::boxes::{is_mark_alone, marked};
use super::document::{Cell, Merged, Table, text_at};
use super::draft::{Program, ReviewNote, SourcedText};
use super::fields::field_mut;
use super::forms::joined;
use super::list_amounts::{AmountOfRow, settle_amount};
use super::list_heads::Columns;
use super::list_rows::{List, ListRow};
use super::meanings::Meaning;
use super::money_units::unit_of;
use super::offices::departments;
use super::paired_values;
use super::place::{place_of_cell, place_of_row};
use super::recognise::{Position, Recogniser};
use super::series::At;
use super::words::canonical;
use crate::syntax::SectionKind;
use crate::syntax::chars::is_ditto;

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
        let place = &place_of_row(&list.table.place, index);
        let mut above = list.above.clone();
        let (row, dittos) = list.columns.reached(typed, &mut above);
        let kind = self.classify_list_row(list, typed, &row);
        if !matches!(kind, ListRow::Nothing | ListRow::Sum(_) | ListRow::Alone(_)) {
            list.above = above;
        }
        let mut program = match kind {
            ListRow::Nothing => return,
            ListRow::Sum(word) => return self.sum(word, typed, &list.columns, place),
            ListRow::Alone(text) => return self.section_row(text, place, &mut list.sections),
            ListRow::DepartmentSum(department) => {
                self.memo(&joined(&row), place);
                return self.section_row(department, place, &mut list.sections);
            }
            ListRow::Nameless => {
                self.memo(&joined(&row), place);
                let what =
                    "事業名のない行です。【メモ】に入れました。事業なら、事業名を書いてもう一度取り込んでください";
                return self.review_note(what, place);
            }
            ListRow::Further => {
                let Some(mut program) = self.drafts.listed.pop() else { return };
                program.memo.push(self.said(&format!("（同じ事業の続き：{place}）"), place));
                program.further += 1;
                program
            }
            ListRow::Program => self.new_listed(list, &row, place),
        };
        list.amounts.extend(self.row(&mut program, &row, list, index));
        for column in dittos {
            let at = place_of_cell(list.table, index, column);
            typed.get(column).iter().for_each(|cell| self.understood(&cell.text));
            let said = self.said(&format!("上の行と同じ「{}」としました", text_at(&row, column)), &at);
            program.memo.push(list.columns.beside_head(column, &said));
            list.dittos.push(at);
        }
        let table = &self.place(&list.table.place);
        let at = At { table, head: list.head, row: index, words: self.words, year: self.year };
        list.columns.series.iter().for_each(|series| series.add(&row, &mut program, &at));
        self.drafts.listed.push(program);
    }

    fn new_listed(&mut self, list: &mut List<'_>, row: &[Cell], place: &str) -> Program {
        self.settle_last(list);
        let mut program = Program { place: self.place(place), ..Program::default() };
        list.sections.begin(&mut program);
        self.one_amount(row, &list.columns, &mut program, self.drafts.listed.len() > list.before);
        program
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
    fn row(&self, program: &mut Program, row: &[Cell], list: &List<'_>, index: usize) -> Option<AmountOfRow> {
        let columns = &list.columns;
        let is_more = program.name.is_some();
        let mut amount = None;
        let is_held = |(column, cell): &(usize, &Cell)| !cell.text.is_empty() && !columns.in_series(*column);
        for (column, cell) in row.iter().enumerate().filter(is_held) {
            let said = self.said(&cell.text, &place_of_cell(list.table, index, column));
            let beside = columns.beside_head(column, &said);
            let meaning = self.meaning_in_row(columns, column, row);
            if meaning == Some(Meaning::Amount) {
                let year = columns.year.map_or("", |at| text_at(row, at));
                program.unit = unit_of(columns.head(column)).or(self.cursor.unit);
                amount = Some(self.amount_of_row(said, year, columns, column));
                continue;
            }
            // What a further row says of the program again tells its other cells apart.
            if is_more && meaning.is_some_and(Meaning::is_office) {
                program.memo.push(beside.clone());
            }
            if is_more && self.is_second_choice(program, meaning, &said) {
                program.keep_second(&columns.head(column).replace('\n', ""), &said, beside);
                continue;
            }
            self.cell(program, meaning, columns.head(column), said, beside);
        }
        amount
    }

    /// A further row says another choice than the rows above: it is no reason of theirs.
    fn is_second_choice(&self, program: &Program, meaning: Option<Meaning>, said: &SourcedText) -> bool {
        let Some(Meaning::Section(kind)) = meaning else { return false };
        let known = program.sections.get(&kind).map_or(&[][..], Vec::as_slice);
        self.words.own.is_choice(kind) && !known.is_empty() && known.iter().all(|known| known.text != said.text)
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

    /// `beside`: the same with its head, for the memo.
    fn cell(
        &self,
        program: &mut Program,
        meaning: Option<Meaning>,
        head: &str,
        said: SourcedText,
        beside: SourcedText,
    ) {
        match meaning {
            Some(Meaning::New) if is_mark_alone(&said.text) => {
                program.category = Some(SourcedText::new("新規", &said.place))
            }
            Some(Meaning::New) => program.category = Some(said),
            Some(Meaning::Category) if marked(&said.text).is_some() => {
                program.category = marked(&said.text).map(|word| SourcedText::new(word, &said.place));
                program.memo.push(beside);
            }
            Some(Meaning::Department) => {
                let found = departments(&said.text).into_iter();
                let new = found.filter(|found| !program.departments.iter().any(|known| known.text == *found));
                let new: Vec<SourcedText> = new.map(|found| SourcedText::new(found, &said.place)).collect();
                program.departments.extend(new);
            }
            Some(Meaning::Division) => {
                program.memo.push(beside);
                program.divisions = vec![said];
            }
            Some(Meaning::Group) if !program.departments.is_empty() => {
                let last = program.departments.last_mut().filter(|last| !last.text.ends_with(&said.text));
                last.into_iter().for_each(|last| last.text = format!("{}　{}", last.text, said.text));
            }
            Some(Meaning::Section(kind)) if kind != SectionKind::Indicators && kind != SectionKind::ChapterOverview => {
                listed_prose(program, kind, head, &said);
            }
            Some(Meaning::Own(own)) => {
                if !program.take_own(own, &said, unit_of(head).or(self.cursor.unit), head) {
                    program.keep_second(&head.replace('\n', ""), &said, beside);
                }
            }
            Some(meaning) => match field_mut(program, meaning) {
                Some(slot @ None) => *slot = Some(said),
                Some(Some(known)) if known.text == said.text => {}
                Some(Some(_)) => program.keep_second(head, &said, beside),
                None => program.memo.push(beside),
            },
            None => program.memo.push(beside),
        }
    }

    /// 小計 and its kin are no programs.
    fn sum(&mut self, word: &str, row: &[Cell], columns: &Columns, place: &str) {
        let amount = columns.meanings.iter().position(|meaning| *meaning == Some(Meaning::Amount));
        if let Some((at, amount)) = amount.map(|at| (at, text_at(row, at))).filter(|(_, amount)| !amount.is_empty()) {
            self.drafts.subtotal = Some((self.said(amount, place), unit_of(columns.head(at)).or(self.cursor.unit)));
        }
        let others = row.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty() && *text != word);
        self.memo(&format!("{word}：{}", others.collect::<Vec<_>>().join("　")), place);
    }
}

/// The text of a section; a value and its rate in one cell are told.
fn listed_prose(program: &mut Program, kind: SectionKind, head: &str, said: &SourcedText) {
    let headed = paired_values::with_head(head, &said.text);
    let told = match &headed {
        _ if is_ditto(&said.text) => {
            Some(format!("「{}」が何と同じかが分かりません。その文を書いてください", said.text))
        }
        Some(text) => Some(paired_values::message(text, canonical(Meaning::Section(kind)))),
        None => None,
    };
    program.review_notes.extend(told.map(|what| ReviewNote::new(what, &said.place)));
    let text = headed.as_deref().unwrap_or(&said.text);
    let lines: Vec<SourcedText> = text.split('\n').map(|line| SourcedText::new(line, &said.place)).collect();
    let known = program.sections.entry(kind).or_default();
    if !lines.iter().all(|line| known.iter().any(|known| known.text == line.text)) {
        known.extend(lines);
    }
}
