//! What a program takes by the office's form: its fields, grades and the cells of its tables.

use std::collections::BTreeSet;

use super::column_years::slots;
use super::document::{Cell, text_at};
use super::draft::{FreeRow, Program, SourcedText};
use super::form_cells::{CellPlace, FreePlace, ROWS_APART, RowPart};
use super::form_names::OwnTable;
use super::form_sheets::with_reason;
use super::head_keys::in_brackets;
use super::list_heads::Columns;
use super::meanings::{Meaning, Own};
use super::named::quoted;
use super::recognise::Recogniser;
use crate::form::{RowPlace, Table};
use crate::model::parse_year_label;
use crate::syntax::chars::{is_no_value, unified};
use crate::syntax::{FieldName, SectionKind};

impl Program {
    /// A value of the form, once; whether it had room. `unit` and `head` stand over its column.
    pub(super) fn take_own(&mut self, own: Own, said: &SourcedText, unit: Option<&'static str>, head: &str) -> bool {
        match own {
            Own::Field(name) => {
                if let Some(unit) = unit {
                    self.field_units.entry(name).or_insert(unit);
                }
                self.take_field(name, said)
            }
            Own::FieldPart(name) => {
                self.take_part(name, said, head);
                true
            }
            Own::Grade(section, place) => {
                let said = SourcedText { text: with_reason(&said.text), ..said.clone() };
                self.grades.entry((section, place)).or_insert_with(|| said.clone()).text == said.text
            }
            Own::Reason(section, place) => {
                self.take_reason(section, place, said);
                true
            }
            Own::Cell(kind, place) => {
                let (known, _) = self.cells.entry((kind, place)).or_insert_with(|| (said.clone(), unit));
                known.text == said.text
            }
            Own::FreeCell(kind, FreePlace { row, part }) => {
                if let Some(unit) = unit {
                    self.free_units.entry((kind, part)).or_insert(unit);
                }
                let row = self.free_rows.entry((kind, row + self.further * ROWS_APART)).or_default();
                row.entry(part).or_insert_with(|| said.clone()).text == said.text
            }
        }
    }

    fn take_field(&mut self, name: FieldName, said: &SourcedText) -> bool {
        let mut known = self.fields.iter().filter(|(known, _)| *known == name).peekable();
        let has_room = known.peek().is_none() || name.may_repeat();
        if known.any(|(_, known)| known.text == said.text) {
            return true;
        }
        self.fields.extend(has_room.then(|| (name, said.clone())));
        has_room
    }

    /// `会計 01　款 04`: what the head says in its brackets, and the value.
    fn take_part(&mut self, name: FieldName, said: &SourcedText, head: &str) {
        let value = said.text.split('\n').filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("・");
        let text = in_brackets(head).map_or(value.clone(), |part| format!("{part} {value}"));
        match self.fields.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) if !known.text.split('　').any(|part| part == text) => {
                known.text = format!("{}　{text}", known.text);
            }
            Some(_) => {}
            None => self.fields.push((name, SourcedText { text, ..said.clone() })),
        }
    }

    /// Behind the grade, and below the choice.
    fn take_reason(&mut self, section: SectionKind, place: Option<usize>, said: &SourcedText) {
        let Some(place) = place else {
            let lines = said.text.split('\n').map(|line| SourcedText { text: line.to_string(), ..said.clone() });
            self.sections.entry(section).or_default().extend(lines);
            return;
        };
        let blank = SourcedText { text: String::new(), ..said.clone() };
        let grade = self.grades.entry((section, place)).or_insert(blank);
        if !grade.text.contains(&said.text) || !grade.text.contains('\n') {
            grade.text = format!("{}\n{}", grade.text, said.text);
        }
    }

    /// Whether a table of fixed rows holds nothing but blanks and noughts.
    fn has_only_noughts(&self, kind: SectionKind) -> bool {
        let mut cells = self.cells.iter().filter(|((own, _), _)| *own == kind).peekable();
        cells.peek().is_some() && cells.all(|(_, (said, _))| is_nought(&said.text))
    }
}

impl Columns {
    /// The cells of a table that have a column and are computed by nobody.
    fn typed_cells(&self, kind: SectionKind, table: &Table) -> Vec<CellPlace> {
        let is_computed = |row: usize| row >= table.rows.len() || table.is_computed(RowPlace::Declared(row));
        let cells = self.meanings.iter().filter_map(|meaning| match meaning {
            Some(Meaning::Own(Own::Cell(own, place))) if *own == kind => Some(*place),
            _ => None,
        });
        cells.filter(|place| !is_computed(place.row)).collect()
    }
}

impl Recogniser<'_> {
    /// What a cell means in its row: where the head says no year, the row may.
    pub(super) fn meaning_in_row(&self, columns: &Columns, column: usize, row: &[Cell]) -> Option<Meaning> {
        let meaning = columns.meanings.get(column).copied().flatten()?;
        let (true, Some(current)) = (columns.alone.contains(&column), self.year) else { return Some(meaning) };
        let typed = columns.year.map_or("", |at| text_at(row, at));
        let label = parse_year_label(typed).or_else(|| parse_year_label(&format!("{typed}年度")));
        let Some(offset) = label.map(|label| label.resolve(current).year() - current.year()) else {
            return Some(meaning);
        };
        let moved = |kind: SectionKind, slot: usize| {
            let table = &self.words.own.tables.iter().find(|own| own.kind == kind)?.table;
            let name = table.value_columns().get(slot).and_then(|column| column.column);
            slots(table, name).into_iter().find(|(_, year)| *year == Some(offset)).map(|(slot, _)| slot)
        };
        let own = if let Meaning::Own(Own::Cell(kind, CellPlace { row, column })) = meaning {
            moved(kind, column).map(|column| Own::Cell(kind, CellPlace { row, column }))
        } else if let Meaning::Own(Own::FreeCell(kind, FreePlace { row, part: RowPart::Value(slot) })) = meaning {
            moved(kind, slot).map(|slot| Own::FreeCell(kind, FreePlace { row, part: RowPart::Value(slot) }))
        } else {
            return Some(meaning);
        };
        // A year that the table does not have is no cell of it.
        Some(own.map_or(Meaning::Memo, Meaning::Own))
    }

    /// Whether a row of the same name has a number of its own, which no two programs share.
    pub(super) fn is_another(&self, program: &Program, columns: &Columns, row: &[Cell]) -> bool {
        let numbers = row.iter().zip(&columns.meanings).filter_map(|(cell, meaning)| match meaning {
            Some(Meaning::Own(Own::Field(name))) if self.words.own.ids.contains(name) => {
                Some((name, cell.text.as_str()))
            }
            _ => None,
        });
        numbers.filter(|(_, text)| !text.is_empty()).any(|(name, text)| {
            let known = program.fields.iter().find(|(known, _)| known == name);
            known.is_some_and(|(_, known)| unified(&known.text) != unified(text))
        })
    }

    /// Tables that say nothing, and rows without a name, of the programs of a list: said once.
    pub(super) fn settle_tables(&mut self, columns: &Columns, before: usize, place: &str) {
        self.settle_shares(before);
        let tables: Vec<OwnTable> = self.words.own.tables.clone();
        for OwnTable { kind, table, .. } in tables {
            if table.rows.is_empty() {
                self.settle_free(kind, before, place);
            } else if !kind.is_required() {
                // Noughts that were typed stay; beside blanks they are what a formula made of them.
                let typed: Vec<CellPlace> = columns.typed_cells(kind, &table);
                let is_blank = |program: &Program| {
                    program.has_only_noughts(kind)
                        && typed.iter().any(|place| !program.cells.contains_key(&(kind, *place)))
                };
                let blank = self.drafts.listed.iter_mut().skip(before).filter(|program| is_blank(program));
                let mut count = 0;
                for program in blank {
                    program.cells.retain(|(own, _), _| *own != kind);
                    count += 1;
                }
                if count > 0 {
                    let what = format!("【{}】は、空欄と 0 だけの{count}事業には書きませんでした", kind.name());
                    self.review_note(what, place);
                }
            }
        }
    }

    /// Whether a column holds shares of 1 is told by all programs of the list.
    fn settle_shares(&mut self, before: usize) {
        let listed = self.drafts.listed.get_mut(before..).unwrap_or_default();
        let cells = |program: &Program| {
            let cells = program.cells.iter().filter(|(_, (said, _))| is_share(&said.text));
            let cells: Vec<(SectionKind, usize)> = cells.map(|((kind, place), _)| (*kind, place.column)).collect();
            let free = program
                .free_rows
                .iter()
                .flat_map(|((kind, _), row)| row.iter().map(move |(part, said)| (*kind, part, said)));
            let free = free.filter(|(_, _, said)| is_share(&said.text)).filter_map(|(kind, part, _)| match part {
                RowPart::Value(slot) => Some((kind, *slot)),
                RowPart::Label | RowPart::Front(_) | RowPart::Unit | RowPart::Back(_) => None,
            });
            cells.into_iter().chain(free).collect::<Vec<_>>()
        };
        let shares: BTreeSet<(SectionKind, usize)> = listed.iter().flat_map(cells).collect();
        listed.iter_mut().for_each(|program| program.shares.clone_from(&shares));
    }

    /// A row of noughts without a name is what a formula left. A name without a value is none yet either.
    fn settle_free(&mut self, kind: SectionKind, before: usize, place: &str) {
        let (mut nameless, mut valueless) = (Vec::new(), Vec::new());
        for program in self.drafts.listed.iter_mut().skip(before) {
            let name = program.name.as_ref().map(|name| name.text.clone()).unwrap_or_default();
            let rows: Vec<(SectionKind, usize)> =
                program.free_rows.keys().filter(|(own, _)| *own == kind).copied().collect();
            for key in rows {
                let Some(row) = program.free_rows.get(&key) else { continue };
                let list = match (row.contains_key(&RowPart::Label), values(row).next().is_some()) {
                    (false, _) if values(row).all(|said| is_nought(&said.text)) => &mut nameless,
                    (true, false) => &mut valueless,
                    _ => continue,
                };
                list.push(name.clone());
                let gone = program.free_rows.remove(&key).unwrap_or_default();
                let text = gone.values().map(|said| said.text.replace('\n', "　")).collect::<Vec<_>>().join("｜");
                let from = gone.into_values().next().unwrap_or_default();
                program.memo.push(SourcedText { text: format!("{}：{text}", kind.name()), ..from });
            }
        }
        let said = [(nameless, "名称がなく 0 だけの行"), (valueless, "名称だけで値のない行")];
        for (names, what) in said.into_iter().filter(|(names, _)| !names.is_empty()) {
            let (count, names) = (names.len(), quoted(&names));
            let what = format!("【{}】の{what}{count}つは【メモ】に入れました（{names}）", kind.name());
            self.review_note(what, place);
        }
    }
}

fn values(row: &FreeRow) -> impl Iterator<Item = &SourcedText> {
    row.iter().filter(|(part, _)| matches!(part, RowPart::Value(_))).map(|(_, said)| said)
}

/// A rate as a spreadsheet keeps it
pub(super) fn is_share(text: &str) -> bool {
    text.starts_with("0.") || text.starts_with("1.")
}

/// 0 and —; of a figure that is not exact nobody knows.
fn is_nought(text: &str) -> bool {
    let text = unified(text);
    is_no_value(&text) || (!text.is_empty() && text.chars().all(|c| c == '0' || c == '.'))
}
