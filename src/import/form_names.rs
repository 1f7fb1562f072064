//! What columns of a list may be called in an office's own form: its fields, headings and criteria, and the rows of its tables.
//! Knows no list.

use std::sync::Arc;

use super::form_cells::{FreePlace, RowPart, flat};
use super::head_keys::{HeadKeys, letters};
use super::meanings::{Meaning, Own};
use crate::form::{Column, ContentSpec, Criterion, FieldKind, Form, Section, Table};
use crate::syntax::{FieldName, SectionKind, SectionRole};

/// What a name of the form stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Meaning(Meaning),
    /// A row of a table with fixed rows, by its place among the tables; 計 stands behind the last row.
    Row {
        table: usize,
        row: usize,
        /// Among the table's columns
        column: Option<usize>,
    },
}

/// A table that the form declares.
#[derive(Debug, Clone)]
pub(super) struct OwnTable {
    pub(super) kind: SectionKind,
    pub(super) table: Arc<Table>,
    /// Its name and its other names
    names: Vec<String>,
}

/// The names of a form, each in the ways in which it is compared.
#[derive(Debug, Clone, Default)]
pub(super) struct OwnNames {
    names: Vec<(HeadKeys, Target)>,
    pub(super) tables: Vec<OwnTable>,
    /// Fields that no two programs share
    pub(super) ids: Vec<FieldName>,
    choices: Vec<SectionKind>,
    /// Fields of words, which a cell that is merged over several rows of a list says of each
    pub(super) words: Vec<FieldName>,
    /// Fields of choices
    pub(super) choice_fields: Vec<FieldName>,
    /// Criteria with their grades
    criteria: Vec<(SectionKind, Vec<Criterion>)>,
    /// Whether a table is where the program's amount comes from
    pub(super) gives_amount: bool,
}

/// A part of a row as a head says it: of a value it names the column of the form, and not yet its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NamedPart {
    Part(RowPart),
    Value(Option<usize>),
}

impl OwnNames {
    pub(super) fn of(form: &Form) -> Self {
        let mut own = Self::default();
        for field in &form.fields {
            let Some(meaning) = meaning_of(field.name) else { continue };
            let is_own = matches!(field.name, FieldName::Custom(_));
            let names = field.others.iter().copied().chain(is_own.then(|| field.name.name()));
            names.for_each(|name| own.add(name, Target::Meaning(meaning)));
            own.ids.extend((field.kind == FieldKind::Id).then_some(field.name));
            let is_choice = matches!(field.kind, FieldKind::Choice(_));
            own.choice_fields.extend((is_own && is_choice).then_some(field.name));
            own.words.extend((is_own && is_of_words(&field.kind)).then_some(field.name));
        }
        form.sections
            .iter()
            .filter(|section| matches!(section.kind, SectionKind::Custom(_)))
            .for_each(|s| own.section(s));
        own
    }

    fn add(&mut self, name: &str, target: Target) {
        self.names.push((HeadKeys::of(name), target));
    }

    fn section(&mut self, section: &Section) {
        let kind = section.kind;
        self.choices.extend(matches!(section.content, ContentSpec::Choice(_)).then_some(kind));
        let names = || section.others.iter().copied().chain([kind.name()]);
        match &section.content {
            ContentSpec::Prose | ContentSpec::Choice(_) | ContentSpec::Cases => {
                names().for_each(|name| self.add(name, Target::Meaning(Meaning::Section(kind))));
            }
            ContentSpec::Grades(criteria) => {
                self.criteria.push((kind, criteria.clone()));
                for (place, criterion) in criteria.iter().enumerate() {
                    let target = Target::Meaning(Meaning::Own(Own::Grade(kind, place)));
                    self.add(&criterion.name, target);
                    names().for_each(|name| self.add(&format!("{name}（{}）", criterion.name), target));
                }
            }
            ContentSpec::Table(Some(table)) => {
                self.rows(names().map(letters).collect(), kind, table);
            }
            ContentSpec::Table(None) | ContentSpec::Photos => {}
        }
    }

    fn rows(&mut self, names: Vec<String>, kind: SectionKind, table: &Arc<Table>) {
        let table = &Arc::new(flat(table));
        self.gives_amount |= table.gives_amount;
        let place = self.tables.len();
        let rows = table.rows.iter().map(|row| row.name.as_str());
        let rows = rows.chain(table.total.as_deref().filter(|_| !table.rows.is_empty()));
        for (row, name) in rows.enumerate() {
            for (column, words) in row_names(table, name) {
                let target = Target::Row { table: place, row, column };
                words.iter().for_each(|word| self.add(word, target));
            }
            let front = table.front.iter().enumerate().map(|(at, text)| (text, RowPart::Front(at)));
            let back = table.back.iter().enumerate().map(|(at, text)| (text, RowPart::Back(at)));
            for (text, part) in front.chain(back) {
                let target = Target::Meaning(Meaning::Own(Own::FreeCell(kind, FreePlace { row, part })));
                [format!("{name}（{text}）"), format!("{name}の{text}")].iter().for_each(|word| self.add(word, target));
            }
        }
        self.tables.push(OwnTable { kind, table: Arc::clone(table), names });
    }

    /// What is graded at a place of a section.
    pub(super) fn criterion(&self, kind: SectionKind, place: usize) -> Option<&Criterion> {
        self.criteria.iter().find(|(known, _)| *known == kind)?.1.get(place)
    }

    /// Whether a section is a choice.
    pub(super) fn is_choice(&self, kind: SectionKind) -> bool {
        self.choices.contains(&kind)
    }

    /// Whether rows that only 指標名 heads are of a table: where the form has its indicators, or there is no other of free rows.
    pub(super) fn is_usual(&self, own: &OwnTable) -> bool {
        let mut free = self.tables.iter().filter(|own| own.table.rows.is_empty());
        let is_only = free.next().is_some_and(|first| first.kind == own.kind) && free.next().is_none();
        own.table.rows.is_empty() && (is_only || own.kind.spec().role == Some(SectionRole::Indicators))
    }

    /// What a head may stand for, by the nearest way in which it is any name.
    /// `is_known`: it is also one of the words that offices commonly write, and none that is merely like it.
    pub(super) fn targets(&self, head: &HeadKeys, is_known: bool) -> Vec<Target> {
        type Alike = fn(&HeadKeys, &HeadKeys) -> bool;
        let ways: [Alike; 4] = [
            |name, head| name.exact == head.exact,
            |name, head| name.plain == head.plain,
            |name, head| name.plain == head.short,
            |name, head| name.short == head.plain,
        ];
        if head.plain.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<Target> = Vec::new();
        for is_alike in ways.into_iter().take(if is_known { 2 } else { 4 }) {
            for (_, target) in self.names.iter().filter(|(name, _)| !name.plain.is_empty() && is_alike(name, head)) {
                if !found.contains(target) {
                    found.push(*target);
                }
            }
            if !found.is_empty() {
                break;
            }
        }
        found
    }

    /// The part of a free row that a head names: `活動指標（ア 単位）` is the unit of ア.
    pub(super) fn free_part(&self, text: &str) -> Option<(usize, String, NamedPart)> {
        let free = self.tables.iter().enumerate().filter(|(_, own)| own.table.rows.is_empty());
        free.flat_map(|(place, own)| own.names.iter().map(move |name| (place, own, name))).find_map(
            |(place, own, name)| {
                let (key, part) = part_of_row(text.strip_prefix(name.as_str())?, &own.table)?;
                Some((place, key, part))
            },
        )
    }
}

/// What a column of a row may be called.
fn row_names(table: &Table, row: &str) -> Vec<(Option<usize>, Vec<String>)> {
    if table.columns.is_empty() {
        return vec![(None, vec![row.to_string(), format!("{}{row}", table.name)])];
    }
    let typed = table.columns.iter().filter(|column| column.formula.is_none()).count();
    let names = |(place, column): (usize, &Column)| {
        let own = &column.name;
        let mut words = vec![format!("{row}{own}"), format!("{own}{row}"), format!("{row}の{own}")];
        words.extend([format!("{row}（{own}）"), format!("{own}（{row}）")]);
        if typed == 1 && column.formula.is_none() {
            words.extend([row.to_string(), format!("{}{row}", table.name)]);
        }
        if table.rows.len() == 1 {
            words.push(own.clone());
        }
        (Some(place), words)
    };
    table.columns.iter().enumerate().map(names).collect()
}

/// Of what stands behind the name of the table: which row, and which part of it.
fn part_of_row(rest: &str, table: &Table) -> Option<(String, NamedPart)> {
    let unit = table.front.iter().position(|name| name == "単位").map_or(RowPart::Unit, RowPart::Front);
    let fixed =
        [("指標名称", RowPart::Label), ("指標名", RowPart::Label), ("名称", RowPart::Label), ("名", RowPart::Label)];
    let fixed = fixed.into_iter().chain([("単位", unit)]);
    let mut ends: Vec<(String, NamedPart)> =
        fixed.map(|(end, part)| (end.to_string(), NamedPart::Part(part))).collect();
    let named = |(name, part): (&String, RowPart)| (letters(name), NamedPart::Part(part));
    ends.extend(table.front.iter().enumerate().map(|(at, name)| (name, RowPart::Front(at))).map(named));
    ends.extend(table.back.iter().enumerate().map(|(at, name)| (name, RowPart::Back(at))).map(named));
    let columns = table.columns.iter().enumerate();
    ends.extend(columns.map(|(at, column)| (letters(&column.name), NamedPart::Value(Some(at)))));
    if table.columns.len() <= 1 {
        let only = NamedPart::Value((table.columns.len() == 1).then_some(0));
        ends.extend(["実績値", "実績", "値", ""].map(|end| (end.to_string(), only)));
    }
    ends.into_iter().find_map(|(end, part)| {
        let key = rest.strip_suffix(end.as_str())?.trim_matches('の');
        is_key(key).then(|| (key.to_string(), part))
    })
}

/// ア, 1, A, Ⅰ or nothing: what tells one row of a table from the next.
fn is_key(text: &str) -> bool {
    let is_katakana = |c: char| ('ア'..='ン').contains(&c);
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (None, _) => true,
        (Some(c), None) => is_katakana(c) || c.is_ascii_alphanumeric(),
        (Some(first), Some(second)) => first.is_ascii_digit() && second.is_ascii_digit() && characters.next().is_none(),
    }
}

/// Whether a field holds words, and neither a figure nor a number of the program's own.
fn is_of_words(kind: &FieldKind) -> bool {
    matches!(kind, FieldKind::Text | FieldKind::Choice(_) | FieldKind::Year(_) | FieldKind::Period(_))
}

/// What a field of the form is to an import; those of the language keep their work.
fn meaning_of(name: FieldName) -> Option<Meaning> {
    const OF_LANGUAGE: &[(FieldName, Meaning)] = &[
        (FieldName::Amount, Meaning::Amount),
        (FieldName::Category, Meaning::Category),
        (FieldName::Department, Meaning::Department),
        (FieldName::Reading, Meaning::Reading),
        (FieldName::FormerName, Meaning::FormerName),
    ];
    let own = matches!(name, FieldName::Custom(_)).then_some(Meaning::Own(Own::Field(name)));
    own.or_else(|| OF_LANGUAGE.iter().find(|(known, _)| *known == name).map(|(_, meaning)| *meaning))
}
