//! Lists of programs, one a row.

use super::document::{Cell, Merged, Table};
use super::draft::Program;
use super::fields::{field_mut, unit_of};
use super::forms::joined;
use super::meanings::Meaning;
use super::offices::departments;
use super::place::place_of_row;
use super::recognise::{Position, Recogniser};
use super::words::compared;
use crate::syntax::SectionKind;
use crate::syntax::chars::is_circle;

const SUMS: &[&str] = &["小計", "合計", "計", "総計", "総合計"];

impl Recogniser<'_> {
    /// Two known heads at least, 事業名 among them, and nothing else but heads.
    pub(super) fn is_list_head(&self, row: &[Cell]) -> bool {
        let filled: Vec<&Cell> = row.iter().filter(|cell| !cell.text.is_empty()).collect();
        let known: Vec<Meaning> = filled.iter().filter_map(|cell| self.column(&cell.text)).collect();
        known.contains(&Meaning::Name) && known.len() >= 2 && known.len() * 2 > filled.len()
    }

    pub(super) fn column(&self, text: &str) -> Option<Meaning> {
        self.words.label(text).or_else(|| self.words.heading(text))
    }

    /// A program a row.
    pub(super) fn list(&mut self, table: &Table, head: usize) {
        let heads: Vec<Cell> = table.rows.get(head).cloned().unwrap_or_default();
        let columns: Vec<Option<Meaning>> = heads.iter().map(|cell| self.column(&cell.text)).collect();
        heads.iter().for_each(|cell| self.understood(&cell.text));
        for (cell, _) in heads.iter().zip(&columns).filter(|(cell, column)| column.is_none() && !cell.text.is_empty()) {
            self.note_unknown(&cell.text, &place_of_row(&table.place, head));
        }
        self.position = Position::Chapter;
        for (index, row) in table.rows.iter().enumerate().skip(head + 1) {
            let place = place_of_row(&table.place, index);
            let is_more = row
                .iter()
                .zip(&columns)
                .any(|(cell, column)| *column == Some(Meaning::Name) && cell.merged == Merged::Up);
            if self.sum(row, &heads, &columns, &place) || row.iter().all(|cell| cell.text.is_empty()) {
                continue;
            }
            let name =
                row.iter().zip(&columns).any(|(cell, column)| *column == Some(Meaning::Name) && !cell.text.is_empty());
            if !name && !is_more {
                self.memo(&joined(row), &place);
                continue;
            }
            let mut program = match self.listed.pop_if(|_| is_more) {
                Some(program) => program,
                None => Program { place: self.place(&place), ..Program::default() },
            };
            for ((cell, head), column) in
                row.iter().zip(&heads).zip(&columns).filter(|((cell, _), _)| !cell.text.is_empty())
            {
                self.listed_cell(&mut program, *column, &head.text, &cell.text, &place);
            }
            self.listed.push(program);
        }
    }

    fn listed_cell(&self, program: &mut Program, column: Option<Meaning>, head: &str, text: &str, place: &str) {
        let said = self.said(text, place);
        match column {
            Some(Meaning::New) => {
                let is_new = text.chars().all(|c| is_circle(c) || matches!(c, '●' | '◎'));
                program.category = Some(if is_new { self.said("新規", place) } else { said });
            }
            Some(Meaning::Department) => {
                program.departments.extend(departments(text).iter().map(|department| self.said(department, place)));
            }
            Some(Meaning::Group) if !program.departments.is_empty() => {
                if let Some(last) = program.departments.last_mut() {
                    last.text = format!("{}　{text}", last.text);
                }
            }
            Some(Meaning::Section(kind)) if kind != SectionKind::Indicators && kind != SectionKind::ChapterOverview => {
                let lines = text.split('\n').map(|line| self.said(line, place));
                program.sections.entry(kind).or_default().extend(lines);
            }
            Some(meaning) => {
                if meaning == Meaning::Amount && program.amount.is_none() {
                    program.unit = unit_of(head).or(self.unit);
                }
                match field_mut(program, meaning) {
                    Some(slot @ None) => *slot = Some(said),
                    _ => program.memo.push(self.said(&format!("{head}：{text}"), place)),
                }
            }
            None => program.memo.push(self.said(&format!("{head}：{text}"), place)),
        }
    }

    /// 小計 and its kin are no programs.
    fn sum(&mut self, row: &[Cell], heads: &[Cell], columns: &[Option<Meaning>], place: &str) -> bool {
        let is_sum = |cell: &&Cell| SUMS.contains(&compared(&cell.text).as_str());
        let Some(label) = row.iter().filter(|cell| !cell.text.is_empty()).take(2).find(is_sum) else { return false };
        let cells = row.iter().zip(heads).zip(columns);
        let amount = cells.filter(|(_, column)| **column == Some(Meaning::Amount)).map(|(cells, _)| cells).next();
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
