//! Lists of programs, one a row.

use super::amounts::{of_another_year, rank};
use super::document::{Cell, Merged, Table};
use super::draft::{Program, Said};
use super::fields::{field_mut, second, unit_of};
use super::forms::joined;
use super::meanings::Meaning;
use super::offices::departments;
use super::place::place_of_row;
use super::recognise::{Position, Recogniser};
use super::series::{At, Series, find_series, is_name, part};
use super::words::compared;
use crate::syntax::SectionKind;
use crate::syntax::chars::is_circle;

const SUMS: &[&str] = &["小計", "合計", "計", "総計", "総合計"];

/// What the columns of a list mean.
struct Columns {
    heads: Vec<Cell>,
    meanings: Vec<Option<Meaning>>,
    series: Vec<Series>,
    /// The column of names
    name: usize,
    /// The first row below the heads
    body: usize,
}

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
    /// Two known heads at least, 事業名 among them, and nothing else but heads.
    pub(super) fn is_list_head(&self, row: &[Cell]) -> bool {
        let series = find_series(row, self.words);
        let filled = row.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty());
        let is_indicator = |column: usize| series.iter().any(|series| series.has(column));
        let (indicators, others): (Vec<_>, Vec<_>) = filled.partition(|(column, _)| is_indicator(*column));
        let known: Vec<Meaning> = others.iter().filter_map(|(_, cell)| self.column(&cell.text)).collect();
        let count = known.len() + indicators.len();
        known.contains(&Meaning::Name) && count >= 2 && count * 2 > others.len() + indicators.len()
    }

    pub(super) fn column(&self, text: &str) -> Option<Meaning> {
        self.words.label(text).or_else(|| self.words.heading(text))
    }

    /// A program a row. A row without a name, and one with the name of the row above, go on with the program above.
    pub(super) fn list(&mut self, table: &Table, head: usize) {
        let columns = self.columns(table, head);
        self.position = Position::Chapter;
        let before = self.listed.len();
        for (index, row) in table.rows.iter().enumerate().skip(columns.body) {
            let place = place_of_row(&table.place, index);
            if self.sum(row, &columns, &place) || row.iter().all(|cell| cell.text.is_empty()) {
                continue;
            }
            let name = row.get(columns.name).map_or("", |cell| cell.text.as_str());
            let has_above = self.listed.len() > before;
            let is_same = |program: &mut Program| program.name.as_ref().is_some_and(|known| known.text == name);
            let is_more = has_above && name.is_empty() && columns.goes_on(row);
            let mut program = match self.listed.pop_if(|program| is_more || (has_above && is_same(program))) {
                Some(program) => program,
                None if name.is_empty() => {
                    self.row_without_name(row, &place);
                    continue;
                }
                None => Program { place: self.place(&place), ..Program::default() },
            };
            for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
                if !columns.series.iter().any(|series| series.has(column)) {
                    self.listed_cell(&mut program, &columns, column, &cell.text, &place);
                }
            }
            let table = self.place(&table.place);
            let at = At { table: &table, head, row: index, words: self.words, year: self.year };
            columns.series.iter().for_each(|series| series.add(row, &mut program, &at));
            self.listed.push(program);
        }
    }

    /// What the columns mean. Words that are not known are said, and of several amounts one is 事業費.
    fn columns(&mut self, table: &Table, head: usize) -> Columns {
        let place = place_of_row(&table.place, head);
        let (heads, body) = self.whole_heads(table, head);
        let series = find_series(&heads, self.words);
        let is_free = |column: usize| !series.iter().any(|series| series.has(column));
        let mut meanings: Vec<Option<Meaning>> = Vec::new();
        for (column, cell) in heads.iter().enumerate() {
            let meaning = self.column(&cell.text).filter(|_| is_free(column));
            if meaning.is_none() && is_free(column) && !cell.text.is_empty() {
                self.note_unknown(&cell.text, &place);
            }
            meanings.push(meaning);
        }
        table.rows.iter().skip(head).take(body - head).flatten().for_each(|cell| self.understood(&cell.text));
        self.choose_amount(&heads, &mut meanings, &place);
        let name = meanings.iter().position(|meaning| *meaning == Some(Meaning::Name)).unwrap_or(0);
        Columns { heads, meanings, series, name, body }
    }

    /// Of several columns of amounts the first of the best is 事業費, in every row: a blank one is not filled from another.
    fn choose_amount(&mut self, heads: &[Cell], meanings: &mut [Option<Meaning>], place: &str) {
        let amounts =
            meanings.iter().zip(heads).enumerate().filter(|(_, (meaning, _))| **meaning == Some(Meaning::Amount));
        let ranked: Vec<_> = amounts.map(|(at, (_, head))| (rank(&head.text, self.year), at, &head.text)).collect();
        let Some(&(best, chosen, label)) = ranked.iter().rev().max_by_key(|(rank, ..)| rank) else { return };
        if ranked.iter().filter(|(rank, ..)| *rank == best).count() > 1 {
            let what = format!(
                "金額の列がいくつもあります。「{label}」を事業費とし、ほかは【メモ】に入れました。確かめてください"
            );
            self.doubt(what, place);
        }
        if let Some(what) = of_another_year(label, self.year) {
            self.doubt(what, place);
        }
        let others = meanings.iter_mut().enumerate().filter(|(at, _)| *at != chosen);
        others
            .filter(|(_, meaning)| **meaning == Some(Meaning::Amount))
            .for_each(|(_, meaning)| *meaning = Some(Meaning::Memo));
    }

    /// The heads of the columns, and the first row below them. A second row belongs to the heads where the head of the names
    /// reaches into it, and where it says nothing but heads.
    fn whole_heads(&self, table: &Table, head: usize) -> (Vec<Cell>, usize) {
        let first: Vec<Cell> = table.rows.get(head).cloned().unwrap_or_default();
        let name = first.iter().position(|cell| self.column(&cell.text) == Some(Meaning::Name)).unwrap_or(0);
        let filled = |row: &&Vec<Cell>| row.iter().any(|cell| !cell.text.is_empty());
        let Some(second) = table.rows.get(head + 1).filter(filled) else { return (first, head + 1) };
        let mut heads = first.clone();
        let is_known = |text: &str| self.column(text).is_some() || is_name(text, self.words) || part(text).is_some();
        let mut above = String::new();
        let mut is_head = second.get(name).is_some_and(|cell| cell.text.is_empty());
        let is_merged = second.get(name).is_some_and(|cell| cell.merged == Merged::Up);
        for (cell, below) in heads.iter_mut().zip(second) {
            // In a text nothing says that a head is merged over the columns at its right.
            if !cell.text.is_empty() {
                above.clone_from(&cell.text);
            }
            if below.text.is_empty() {
                continue;
            }
            let both = format!("{above}{}", below.text);
            is_head &= is_merged || is_known(&both) || is_known(&below.text);
            cell.text = if is_known(&below.text) && !is_known(&both) { below.text.clone() } else { both };
        }
        if is_head { (heads, head + 2) } else { (first, head + 1) }
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
        let head = columns.heads.get(column).map_or("", |cell| cell.text.as_str());
        let said = self.said(text, place);
        match columns.meanings.get(column).copied().flatten() {
            Some(Meaning::New) => {
                let is_new = text.chars().all(|c| is_circle(c) || matches!(c, '●' | '◎'));
                program.category = Some(if is_new { self.said("新規", place) } else { said });
            }
            Some(Meaning::Department) => {
                let found = departments(text).into_iter().map(|department| self.said(&department, place));
                let new = found.filter(|said| !program.departments.iter().any(|known| known.text == said.text));
                program.departments.extend(new.collect::<Vec<_>>());
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
            Some(meaning) => {
                if meaning == Meaning::Amount && program.amount.is_none() {
                    program.unit = unit_of(head).or(self.unit);
                }
                match field_mut(program, meaning) {
                    Some(slot @ None) => *slot = Some(said),
                    Some(Some(known)) if known.text == text => {}
                    Some(Some(_)) => {
                        program.doubts.push(second(head, &said));
                        program.memo.push(self.beside_head(head, text, place));
                    }
                    None => program.memo.push(self.beside_head(head, text, place)),
                }
            }
            None => program.memo.push(self.beside_head(head, text, place)),
        }
    }

    fn beside_head(&self, head: &str, text: &str, place: &str) -> Said {
        let text = if head.is_empty() { text.to_string() } else { format!("{}：{text}", head.replace('\n', "")) };
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
