//! What the words of an office's form mean: headings, labels and heads of columns. A mapping file adds to them.
//! Knows no documents.

use std::collections::BTreeMap;

pub(super) use super::compared::compared;
use super::form_cells::{self, flat, typed_cells};
use super::form_names::OwnNames;
use super::mapped_years::YearOver;
use super::meanings::{KNOWN, Meaning, Own};
use crate::form::{ContentSpec, Form, Section, Table, standard};
use crate::model::{Category, FiscalYear, Unit, YearLabel};
use crate::syntax::chars::is_blank;
use crate::syntax::{FieldName, SectionKind, interned, nearest};

/// The words that are known, by how they compare.
#[derive(Debug, Clone)]
pub struct Words {
    headings: BTreeMap<String, Meaning>,
    labels: BTreeMap<String, Meaning>,
    /// What a mapping file says, before anything that is known
    chosen: BTreeMap<String, Meaning>,
    /// What a mapping file may name, by its name
    items: Vec<(&'static str, Meaning)>,
    /// Headings of tables of the office's form
    tables: BTreeMap<String, Meaning>,
    /// Headings of grades of the office's form
    grades: BTreeMap<String, Meaning>,
    /// What columns of a list are called in the office's form
    pub(super) own: OwnNames,
    /// Years that the office says of columns by their names
    over: Vec<YearOver>,
}

impl Default for Words {
    fn default() -> Self {
        Self::of_form(standard(), None)
    }
}

impl Words {
    /// The words that offices commonly write, each for what the form has in its place, and the form's own names.
    pub fn of_form(form: &Form, current: Option<FiscalYear>) -> Self {
        let mut words = Self {
            headings: BTreeMap::new(),
            labels: BTreeMap::new(),
            chosen: BTreeMap::new(),
            items: Vec::new(),
            tables: BTreeMap::new(),
            grades: BTreeMap::new(),
            own: OwnNames::of(form),
            over: Vec::new(),
        };
        for (name, meaning, forms) in KNOWN {
            let meaning = in_form(*meaning, form);
            forms.iter().for_each(|form| words.insert(form, meaning));
            words.items.push((name, meaning));
        }
        for section in &form.sections {
            words.add_section(section, current);
        }
        for field in form.fields.iter().filter(|field| matches!(field.name, FieldName::Custom(_))) {
            words.add_own(field.name.name(), &field.others, Meaning::Own(Own::Field(field.name)));
        }
        words
    }

    fn add_section(&mut self, section: &Section, current: Option<FiscalYear>) {
        if !matches!(section.kind, SectionKind::Custom(_)) {
            return;
        }
        match &section.content {
            ContentSpec::Prose | ContentSpec::Choice(_) | ContentSpec::Cases => {
                self.add_own(section.kind.name(), &section.others, Meaning::Section(section.kind));
            }
            // A table is read as one of indicators, wherever it then stands.
            ContentSpec::Table(table) => {
                table.iter().for_each(|table| self.add_cells(section.kind, table, current));
                let names = section.others.iter().copied().chain([section.kind.name()]);
                for name in names {
                    self.headings.insert(compared(name), Meaning::Section(SectionKind::Indicators));
                    self.tables.insert(compared(name), Meaning::Section(section.kind));
                }
            }
            ContentSpec::Grades(criteria) => {
                let names = section.others.iter().copied().chain([section.kind.name()]);
                for name in names {
                    self.grades.insert(compared(name), Meaning::Section(section.kind));
                    if criteria.len() == 1 {
                        self.labels.entry(compared(name)).or_insert(Meaning::Own(Own::Grade(section.kind, 0)));
                    }
                }
                for (place, criterion) in criteria.iter().enumerate() {
                    self.add_own(interned(&criterion.name), &[], Meaning::Own(Own::Grade(section.kind, place)));
                }
            }
            ContentSpec::Photos => {}
        }
    }

    /// The heads of columns that are cells of a table with fixed rows.
    fn add_cells(&mut self, kind: SectionKind, table: &Table, current: Option<FiscalYear>) {
        let table = flat(table);
        for (place, column) in typed_cells(&table) {
            for name in form_cells::names(&table, place, column, current) {
                self.labels.entry(compared(&name)).or_insert(Meaning::Own(Own::Cell(kind, place)));
            }
        }
    }

    fn add_own(&mut self, name: &'static str, others: &[&'static str], meaning: Meaning) {
        others.iter().copied().chain([name]).for_each(|word| self.insert(word, meaning));
        self.items.push((name, meaning));
    }

    /// The table of the form that a heading opens, also with a number in front or a unit behind it.
    pub(super) fn table_of(&self, heading: &str) -> Option<SectionKind> {
        match lookup(&self.tables, heading) {
            Some(Meaning::Section(kind)) => Some(kind),
            _ => None,
        }
    }

    /// Whether a heading is that of grades of the form.
    pub(super) fn is_grades(&self, heading: &str) -> bool {
        lookup(&self.grades, heading).is_some()
    }

    /// 指標 alone is a heading, and in the first cell of a table the head of its column.
    fn insert(&mut self, form: &str, meaning: Meaning) {
        let form = compared(form);
        if meaning != Meaning::IndicatorHead {
            self.headings.insert(form.clone(), meaning);
        }
        if meaning != Meaning::Section(SectionKind::Indicators) {
            self.labels.insert(form, meaning);
        }
    }

    /// Adds an office's own words from a CSV text: `様式の言葉,項目`.
    ///
    /// # Errors
    /// A line that names no item, in Japanese.
    pub fn add_mapping(&mut self, text: &str) -> Result<(), String> {
        let delimiter = if text.lines().next().is_some_and(|line| line.contains('\t')) { b'\t' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        for (index, record) in reader.records().enumerate() {
            let Ok(record) = record else { return Err(format!("{}行目を読めません", index + 1)) };
            let cell = |at: usize| record.get(at).unwrap_or("").trim_matches(|c| is_blank(c) || c == '\u{feff}');
            let (form, item) = (cell(0), cell(1));
            let is_head = index == 0 && item == "項目";
            if form.is_empty() || form.starts_with('#') || is_head {
                continue;
            }
            if let Some(over) = YearOver::read(form, item) {
                self.over.push(over);
                continue;
            }
            let item = if item == "無視" { "メモ" } else { item };
            let known = self.items.iter().find(|(name, _)| compared(name) == compared(item));
            let Some((_, meaning)) = known.copied() else {
                let names: Vec<&str> = self.items.iter().map(|(name, _)| *name).collect();
                let near = nearest(item, names.iter().copied());
                let near = near.map(|near| format!("「{near}」の誤りではありませんか。")).unwrap_or_default();
                let names = names.join("・");
                return Err(format!(
                    "{}行目の「{item}」という項目はありません。{near}使えるのは {names} です",
                    index + 1
                ));
            };
            self.insert(form, meaning);
            self.chosen.insert(compared(form), meaning);
        }
        Ok(())
    }

    /// What the office says of exactly this word, or of the column of this name.
    pub(super) fn chosen(&self, text: &str) -> Option<Meaning> {
        self.chosen.get(&compared(&text.replace('\n', ""))).copied()
    }

    /// The year that the office says of a column, given the names of all columns.
    pub(super) fn year_over(&self, columns: &[String], at: usize) -> Option<YearLabel> {
        self.over.iter().find(|over| over.covers(columns, at)).map(|over| over.year)
    }

    /// Whether exactly this is one of the words that are known.
    pub(super) fn is_known(&self, text: &str) -> bool {
        let text = compared(&text.replace('\n', ""));
        self.labels.contains_key(&text) || self.headings.contains_key(&text)
    }

    /// The second section that a heading names beside its first: 今後の方向 of 課題・今後の方向
    pub(super) fn other_section(&self, text: &str) -> Option<Meaning> {
        let whole = compared(&text.replace('\n', ""));
        let parts = parts_of(&self.headings, &whole).filter(|_| !self.headings.contains_key(&whole))?;
        let first = *parts.first()?;
        parts.into_iter().find(|part| *part != first && is_prose(*part) && is_prose(first))
    }

    /// What a heading says.
    pub(super) fn heading(&self, text: &str) -> Option<Meaning> {
        lookup(&self.headings, text)
    }

    /// What a cell says of the cells beside or below it.
    pub(super) fn label(&self, text: &str) -> Option<Meaning> {
        lookup(&self.labels, text)
    }
}

/// The language's own name of a section or field; what a heading of it may say without a word in 【メモ】.
pub(super) fn canonical(meaning: Meaning) -> &'static str {
    if let Meaning::Section(kind @ SectionKind::Custom(_)) = meaning {
        return kind.name();
    }
    KNOWN.iter().find(|(_, known, _)| *known == meaning).map_or("", |(name, _, _)| name)
}

/// What a common word means in a form: the section of its own name or role. A form that has none leaves it to 【メモ】.
fn in_form(meaning: Meaning, form: &Form) -> Meaning {
    let Meaning::Section(kind) = meaning else { return meaning };
    // Tables are read as those of 指標, and stand where the form has them.
    if kind == SectionKind::Indicators || form.section(kind).is_some() {
        return meaning;
    }
    let role = kind.spec().role;
    let is_it = |own: SectionKind| own.name() == kind.name() || (role.is_some() && own.spec().role == role);
    let own = form.sections.iter().map(|section| section.kind).find(|own| is_it(*own));
    own.map_or(Meaning::Memo, Meaning::Section)
}

/// As it is written, then without marks, numbers, a year in front and a unit in brackets behind. Labels are short.
fn lookup(words: &BTreeMap<String, Meaning>, text: &str) -> Option<Meaning> {
    if text.chars().count() > 40 {
        return None;
    }
    let whole = compared(&text.replace('\n', ""));
    let parts = || {
        let meanings = parts_of(words, &whole)?;
        let first = *meanings.first()?;
        let fits = |meaning: &Meaning| {
            *meaning == first
                || (first == Meaning::Department && *meaning == Meaning::Group)
                || (is_prose(first) && is_prose(*meaning))
        };
        meanings.iter().all(fits).then_some(first)
    };
    words.get(&whole).or_else(|| words.get(without_unit(&whole)?)).copied().or_else(parts).or_else(|| {
        // With both, 「(2) 令和2年度実施状況」 is a title.
        [without_number(&whole), without_year(&whole)].into_iter().find_map(|bare| {
            let short = bare.split('(').next().filter(|short| !short.is_empty()).unwrap_or(bare);
            words.get(bare).or_else(|| words.get(short)).copied()
        })
    })
}

/// What each of several words says, where all are known: 課題・今後の方向, 課題及び今後の方向性
fn parts_of(words: &BTreeMap<String, Meaning>, whole: &str) -> Option<Vec<Meaning>> {
    whole.split(['・', '/', '、']).flat_map(|part| part.split("及び")).map(|part| words.get(part).copied()).collect()
}

fn is_prose(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Section(kind) if kind != SectionKind::Indicators && kind != SectionKind::ChapterOverview)
}

/// `1.`, `(1)`, `ア)` and their kin in front.
fn without_number(text: &str) -> &str {
    let rest =
        text.trim_start_matches('(').trim_start_matches(|c: char| c.is_ascii_digit() || ('ア'..='オ').contains(&c));
    let is_numbered = rest.len() < text.len();
    let rest = rest.trim_start_matches([')', '.', '、', '．', ' ']);
    if is_numbered && !rest.is_empty() { rest } else { text }
}

/// 決算額(県支出金)(円) without its unit
fn without_unit(text: &str) -> Option<&str> {
    let (bare, unit) = text.strip_suffix(')')?.rsplit_once('(')?;
    let is_unit = Unit::from_name(unit.trim_start_matches("単位:")).is_some();
    (is_unit && !bare.is_empty()).then_some(bare)
}

/// `r2`, `令和2年度` and `2年度` in front.
fn without_year(text: &str) -> &str {
    let named = text.find("年度").filter(|at| *at <= "令和元".len()).and_then(|at| text.get(at + "年度".len()..));
    let letters = || {
        let rest = text.strip_prefix(['r', 'h'])?;
        let body = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '元');
        (body.len() < rest.len()).then_some(body)
    };
    named.or_else(letters).filter(|rest| !rest.is_empty()).unwrap_or(text)
}

/// One of the words of 区分
pub(super) fn is_category(text: &str) -> bool {
    Category::from_name(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_in_every_dress() {
        let words = Words::default();
        let overview = Some(Meaning::Section(SectionKind::Overview));
        for text in ["【 事業概要 】", "■事業の目的", "１．事業概要", "(1) 目的", "概　要："] {
            assert_eq!(words.heading(text), overview, "{text}");
        }
        assert_eq!(words.label("R2事業費 (千円)"), Some(Meaning::Amount));
        assert_eq!(words.label("令和２年度決算額（円）"), Some(Meaning::Amount));
        assert_eq!(words.label("R2 新規"), Some(Meaning::New));
        assert_eq!(words.label("No."), Some(Meaning::Number));
        assert_eq!((words.heading("指標"), words.label("指標")).1, Some(Meaning::IndicatorHead));
        assert_eq!((words.heading("相談件数"), words.heading("(2) 令和2年度実施状況")), (None, None));
    }

    #[test]
    fn a_mapping_adds_words_and_names_what_it_cannot_know() {
        let mut words = Words::default();
        words.add_mapping("様式の言葉,項目\nねらい,事業概要\n根拠法令,メモ,控え\n").unwrap();
        assert_eq!(words.heading("【ねらい】"), Some(Meaning::Section(SectionKind::Overview)));
        assert_eq!(words.label("根拠法令"), Some(Meaning::Memo));
        let message = words.add_mapping("ねらい,事業慨要\n").unwrap_err();
        assert!(message.contains("1行目の「事業慨要」") && message.contains("「事業概要」の誤り"), "{message}");
    }
}
