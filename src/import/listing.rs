//! Lists of programs, one a row.

use super::boxes::marked;
use super::document::{Cell, Merged, Table};
use super::draft::{Program, Said};
use super::fields::{field_mut, second, unit_of};
use super::forms::joined;
use super::list_amounts::{AmountOfRow, settle_amount};
use super::list_heads::Columns;
use super::meanings::Meaning;
use super::offices::departments;
use super::place::{place_of_cell, place_of_row};
use super::recognise::{Position, Recogniser};
use super::series::At;
use super::words::compared;
use crate::syntax::SectionKind;
use crate::syntax::chars::is_circle;

const SUMS: &[&str] = &["小計", "合計", "計", "総計", "総合計"];

impl Columns {
    /// A row without a name that says nothing a program has once.
    fn goes_on(&self, row: &[Cell]) -> bool {
        let is_merged = row.get(self.name).is_some_and(|cell| cell.merged == Merged::Up);
        let is_own = |(cell, meaning): (&Cell, &Option<Meaning>)| {
            let once = [Meaning::Amount, Meaning::Number, Meaning::Category, Meaning::New, Meaning::Page];
            !cell.text.is_empty() && meaning.is_some_and(|meaning| once.contains(&meaning))
        };
        is_merged
            || (row.iter().filter(|cell| !cell.text.is_empty()).count() > 1
                && !row.iter().zip(&self.meanings).any(is_own))
    }
}

impl Recogniser<'_> {
    /// A program a row. A row without a name, and one with the name of the row above, go on with the program above.
    pub(super) fn list(&mut self, table: &Table, head: usize) {
        let columns = self.columns(table, head);
        self.position = Position::Chapter;
        let before = self.listed.len();
        let mut amounts: Vec<AmountOfRow> = Vec::new();
        for (index, row) in table.rows.iter().enumerate().skip(columns.body) {
            let place = place_of_row(&table.place, index);
            let name = row.get(columns.name).map_or("", |cell| cell.text.as_str());
            let is_head = !name.is_empty() && table.rows.get(head).is_some_and(|head| head == row);
            if is_head || row.iter().all(|cell| cell.text.is_empty()) || self.sum(row, &columns, &place) {
                continue;
            }
            let has_above = self.listed.len() > before;
            let is_same = |program: &mut Program| program.name.as_ref().is_some_and(|known| known.text == name);
            let is_more = has_above && name.is_empty() && columns.goes_on(row);
            let mut program = match self.listed.pop_if(|program| is_more || (has_above && is_same(program))) {
                Some(mut program) => {
                    program.memo.push(self.said(&format!("（同じ事業の続き：{place}）"), &place));
                    program
                }
                None if name.is_empty() => {
                    self.row_without_name(row, &place);
                    continue;
                }
                None => {
                    self.settle_last(before, &columns, &mut amounts);
                    Program { place: self.place(&place), ..Program::default() }
                }
            };
            amounts.extend(self.row(&mut program, table, index, &columns));
            let place = self.place(&table.place);
            let at = At { table: &place, head, row: index, words: self.words, year: self.year };
            columns.series.iter().for_each(|series| series.add(row, &mut program, &at));
            self.listed.push(program);
        }
        self.settle_last(before, &columns, &mut amounts);
    }

    /// The last program, whose rows are all read.
    fn settle_last(&mut self, before: usize, columns: &Columns, amounts: &mut Vec<AmountOfRow>) {
        if self.listed.len() > before
            && let Some(program) = self.listed.last_mut()
        {
            settle_amount(program, amounts);
            program.has_department_in_name = columns.has_department_in_name();
            if program.departments.is_empty() {
                program.departments.append(&mut program.divisions);
            }
        }
    }

    /// The cells of a row; its amount is not put into the program yet.
    fn row(&self, program: &mut Program, table: &Table, index: usize, columns: &Columns) -> Option<AmountOfRow> {
        let cells = table.rows.get(index).into_iter().flatten().enumerate();
        let is_more = program.name.is_some();
        let mut amount = None;
        for (column, cell) in cells.filter(|(_, cell)| !cell.text.is_empty()) {
            let place = place_of_cell(table, index, column);
            let meaning = columns.meanings.get(column).copied().flatten();
            if columns.series.iter().any(|series| series.has(column)) {
                continue;
            }
            if meaning == Some(Meaning::Amount) {
                let year = columns.year.and_then(|at| table.rows.get(index)?.get(at));
                let year = year.map_or("", |cell| cell.text.as_str());
                program.unit = unit_of(columns.head(column)).or(self.unit);
                amount = Some(self.amount_of_row(self.said(&cell.text, &place), year, columns, column));
                continue;
            }
            // What a further row says of the program again tells its other cells apart.
            if is_more && matches!(meaning, Some(Meaning::Department | Meaning::Group | Meaning::Division)) {
                program.memo.push(self.beside_head(columns, column, &cell.text, &place));
            }
            self.listed_cell(program, columns, column, &cell.text, &place);
        }
        amount
    }

    /// A row that belongs to no program: what parts the list, or a program whose name is missing.
    fn row_without_name(&mut self, row: &[Cell], place: &str) {
        self.memo(&joined(row), place);
        if row.iter().filter(|cell| !cell.text.is_empty()).count() > 1 {
            self.doubt(
                "事業名のない行です。【メモ】に入れました。事業なら、事業名を書いてもう一度取り込んでください",
                place,
            );
        }
    }

    fn listed_cell(&self, program: &mut Program, columns: &Columns, column: usize, text: &str, place: &str) {
        let said = self.said(text, place);
        let beside = || self.beside_head(columns, column, text, place);
        match columns.meanings.get(column).copied().flatten() {
            Some(Meaning::New) => {
                let is_new = text.chars().all(|c| is_circle(c) || matches!(c, '●' | '◎'));
                program.category = Some(if is_new { self.said("新規", place) } else { said });
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
                let lines: Vec<Said> = text.split('\n').map(|line| self.said(line, place)).collect();
                let known = program.sections.entry(kind).or_default();
                if !lines.iter().all(|line| known.iter().any(|known| known.text == line.text)) {
                    known.extend(lines);
                }
            }
            Some(meaning) => self.once(program, meaning, columns, column, said),
            None => program.memo.push(beside()),
        }
    }

    /// A field that stands once.
    fn once(&self, program: &mut Program, meaning: Meaning, columns: &Columns, column: usize, said: Said) {
        let beside = self.beside_head(columns, column, &said.text, "");
        let beside = Said { place: said.place.clone(), ..beside };
        match field_mut(program, meaning) {
            Some(slot @ None) => *slot = Some(said),
            Some(Some(known)) if known.text == said.text => {}
            Some(Some(_)) => {
                program.doubts.push(second(columns.head(column), &said));
                program.memo.push(beside);
            }
            None => program.memo.push(beside),
        }
    }

    fn beside_head(&self, columns: &Columns, column: usize, text: &str, place: &str) -> Said {
        let label = columns.labels.get(column).map_or("", String::as_str);
        let text = if label.is_empty() { text.to_string() } else { format!("{label}：{text}") };
        self.said(&text, place)
    }

    /// 小計 and its kin are no programs.
    fn sum(&mut self, row: &[Cell], columns: &Columns, place: &str) -> bool {
        let is_sum = |cell: &&Cell| SUMS.contains(&compared(&cell.text).as_str());
        let Some(label) = row.iter().filter(|cell| !cell.text.is_empty()).take(2).find(is_sum) else { return false };
        let cells = row.iter().zip(&columns.heads).zip(&columns.meanings);
        let amount = cells.filter(|(_, meaning)| **meaning == Some(Meaning::Amount)).map(|(cells, _)| cells).next();
        if let Some((cell, head)) = amount
            && !cell.text.is_empty()
        {
            self.subtotal = Some((self.said(&cell.text, place), unit_of(&head.text).or(self.unit)));
        }
        let others = row.iter().filter(|cell| !cell.text.is_empty() && cell.text != label.text);
        let others: Vec<&str> = others.map(|cell| cell.text.as_str()).collect();
        self.memo(&format!("{}：{}", label.text, others.join("　")), place);
        true
    }
}
