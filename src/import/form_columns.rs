//! Which columns of a list are what the office's own form names. What fits two names, or a year that the table does not have, is
//! left to 【メモ】 and said.

use std::collections::{BTreeMap, BTreeSet};

use super::column_years::{Dated, Told, assign, slots, without_year, year_words};
use super::form_cells::{CellPlace, FreePlace, RowPart};
use super::form_names::{NamedPart, OwnNames, OwnTable, Target};
use super::head_keys::HeadKeys;
use super::meanings::{Meaning, Own};
use crate::model::FiscalYear;
use crate::syntax::FieldName;

/// The columns that the form knows.
#[derive(Debug, Default)]
pub(super) struct OwnColumns {
    pub(super) meanings: Vec<Option<Meaning>>,
    /// Cells of the report's year because nothing says otherwise
    pub(super) alone: BTreeSet<usize>,
    /// Columns of which it was told by other than their own words which year they are, each with its table and its column there
    pub(super) told: Vec<(Told, usize, usize, usize)>,
    /// Columns of tables whose year the table does not have, or which fit no number of years
    pub(super) unplaced: BTreeSet<usize>,
    /// Columns that bear a name of two things
    pub(super) doubtful: BTreeSet<usize>,
    /// Rows of free tables so far
    pub(super) rows: usize,
    /// Columns of reasons
    pub(super) reasons: Vec<usize>,
}

/// A head of a list.
pub(super) struct Head {
    pub(super) text: String,
    /// The year that stands over it, from the report's
    pub(super) above: Option<i32>,
    /// One of the words that offices commonly write
    pub(super) is_known: bool,
}

/// What a head names, with the year that it says.
#[derive(Debug, Clone)]
struct Named {
    targets: Vec<Target>,
    free: Option<(usize, String, NamedPart)>,
    year: Option<i32>,
    /// Columns of one key are one name's.
    key: String,
}

/// Columns of values of one name: table, row, and its column of the form.
/// Apart by how their heads say it.
type ValueColumns<'a> = BTreeMap<(usize, RowOf, Option<usize>), BTreeMap<&'a str, Vec<Dated>>>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum RowOf {
    Fixed(usize),
    Free(usize),
}

pub(super) fn resolve(own: &OwnNames, heads: &[Head], current: Option<FiscalYear>) -> OwnColumns {
    let mut found = OwnColumns { meanings: vec![None; heads.len()], ..OwnColumns::default() };
    let years = year_words(own.tables.iter().map(|own| &*own.table), current);
    let named: Vec<Named> = heads.iter().map(|head| named(own, head, &years)).collect();
    let mut values = ValueColumns::new();
    let rows = free_rows(&named);
    found.rows = rows.len();
    for (at, (head, name)) in heads.iter().zip(&named).enumerate() {
        let dated = Dated { at, own: name.year, above: head.above };
        match one_target(own, name, &named) {
            Ok(Some(Target::Meaning(meaning))) => found.set(at, meaning),
            Ok(Some(Target::Row { table, row, column })) => {
                let columns = values.entry((table, RowOf::Fixed(row), column)).or_default();
                columns.entry(name.key.as_str()).or_default().push(dated);
            }
            Ok(None) => {
                let Some((table, key, part)) = &name.free else { continue };
                let Some(row) = rows.get(&(*table, key.as_str())) else { continue };
                match part {
                    NamedPart::Value(column) => {
                        let columns = values.entry((*table, RowOf::Free(*row), *column)).or_default();
                        columns.entry("").or_default().push(dated);
                    }
                    NamedPart::Part(part) => found.free(own, *table, *row, *part, at),
                }
            }
            Err(()) => {
                found.doubtful.insert(at);
            }
        }
    }
    for (place, columns) in values {
        // Where several heads are like one name, it is that of the most columns: トータルコスト once beside six of
        // トータルコスト（A+B） is another thing.
        let most = columns.values().map(Vec::len).max().unwrap_or_default();
        let is_most = |columns: &Vec<Dated>| columns.len() == most;
        let is_told = columns.values().filter(|columns| is_most(columns)).count() == 1;
        for columns in columns.into_values() {
            if is_told && is_most(&columns) {
                found.place(own, place, &columns);
            } else {
                found.unplaced.extend(columns.iter().map(|column| column.at));
            }
        }
    }
    found.parts_of_fields();
    found
}

fn named(own: &OwnNames, head: &Head, years: &[(String, i32)]) -> Named {
    let keys = HeadKeys::of(&head.text);
    let targets = own.targets(&keys, head.is_known);
    let free = |keys: &HeadKeys| own.free_part(&keys.plain).or_else(|| own.free_part(&keys.short));
    if !targets.is_empty() {
        return Named { targets, free: None, year: None, key: keys.plain };
    }
    let whole = free(&keys);
    if whole.is_some() {
        return Named { targets, free: whole, year: None, key: keys.plain };
    }
    let Some((rest, year)) = without_year(&head.text, years) else {
        return Named { targets, free: None, year: None, key: keys.plain };
    };
    let keys = HeadKeys::of(&rest);
    // A year says that it is a column of a table.
    let is_row = |target: &Target| matches!(target, Target::Row { .. });
    let targets = own.targets(&keys, head.is_known).into_iter().filter(is_row).collect();
    Named { targets, free: free(&keys), year: Some(year), key: keys.plain }
}

/// The rows that have a column of labels, in the order of the list.
fn free_rows(named: &[Named]) -> BTreeMap<(usize, &str), usize> {
    let mut rows = BTreeMap::new();
    for name in named {
        if let Some((table, key, NamedPart::Part(RowPart::Label))) = &name.free {
            let next = rows.len();
            rows.entry((*table, key.as_str())).or_insert(next);
        }
    }
    rows
}

/// Of several rows of one name the one whose table has as many years as there are columns of that name.
fn one_target(own: &OwnNames, name: &Named, all: &[Named]) -> Result<Option<Target>, ()> {
    match name.targets.as_slice() {
        [] => return Ok(None),
        [only] => return Ok(Some(*only)),
        _ => {}
    }
    // A table whose only column the head does not name gives way to one that has years alone.
    let is_whole = |target: &Target| matches!(target, Target::Row { column: None, .. });
    let has_whole = name.targets.iter().any(is_whole);
    let targets: Vec<Target> = name.targets.iter().filter(|target| !has_whole || is_whole(target)).copied().collect();
    if let [only] = targets.as_slice() {
        return Ok(Some(*only));
    }
    let count = all.iter().filter(|other| other.key == name.key && other.targets == name.targets).count();
    let fits = |target: &&Target| match target {
        Target::Row { table, column, .. } => {
            own.tables.get(*table).is_some_and(|own| slots(&own.table, *column).len() == count)
        }
        Target::Meaning(_) => false,
    };
    let mut fitting = targets.iter().filter(fits);
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(Some(*only)),
        _ => Err(()),
    }
}

impl OwnColumns {
    pub(super) fn has(&self, column: usize) -> bool {
        self.meanings.get(column).is_some_and(Option::is_some)
    }

    /// What could not be placed goes to 【メモ】, and so do other departments where the form says which column they stand in.
    pub(super) fn leave_others(&self, meanings: &mut [Option<Meaning>]) {
        let has_department = self.meanings.contains(&Some(Meaning::Department));
        for (at, meaning) in meanings.iter_mut().enumerate() {
            let is_other = has_department && !self.has(at) && *meaning == Some(Meaning::Department);
            if self.is_left(at) || is_other {
                *meaning = Some(Meaning::Memo);
            }
        }
    }

    /// Whether a column bears a name of the form and could not be placed.
    pub(super) fn is_left(&self, column: usize) -> bool {
        self.unplaced.contains(&column) || self.doubtful.contains(&column)
    }

    pub(super) fn set(&mut self, at: usize, meaning: Meaning) {
        if let Some(slot) = self.meanings.get_mut(at) {
            *slot = Some(meaning);
        }
    }

    fn free(&mut self, own: &OwnNames, table: usize, row: usize, part: RowPart, at: usize) {
        if let Some(OwnTable { kind, .. }) = own.tables.get(table) {
            self.set(at, Meaning::Own(Own::FreeCell(*kind, FreePlace { row, part })));
        }
    }

    fn place(&mut self, own: &OwnNames, (table, row, column): (usize, RowOf, Option<usize>), columns: &[Dated]) {
        let Some(OwnTable { kind, table: declared, .. }) = own.tables.get(table) else { return };
        self.unplaced.extend(columns.iter().map(|column| column.at));
        for (at, slot, told) in assign(columns, &slots(declared, column)) {
            self.unplaced.remove(&at);
            let meaning = match row {
                RowOf::Fixed(row) => Meaning::Own(Own::Cell(*kind, CellPlace { row, column: slot })),
                RowOf::Free(row) => Meaning::Own(Own::FreeCell(*kind, FreePlace { row, part: RowPart::Value(slot) })),
            };
            self.set(at, meaning);
            match told {
                Told::Itself => {}
                Told::Alone => {
                    self.alone.insert(at);
                }
                Told::Above | Told::Order => self.told.push((told, table, at, slot)),
            }
        }
    }

    /// 予算科目（会計）, 予算科目（款）: several columns of one field are parts of it.
    fn parts_of_fields(&mut self) {
        let mut fields: BTreeMap<FieldName, Vec<usize>> = BTreeMap::new();
        for (at, meaning) in self.meanings.iter().enumerate() {
            if let Some(Meaning::Own(Own::Field(name))) = meaning {
                fields.entry(*name).or_default().push(at);
            }
        }
        for (name, columns) in fields.iter().filter(|(name, columns)| columns.len() > 1 && !name.may_repeat()) {
            columns.iter().for_each(|at| self.set(*at, Meaning::Own(Own::FieldPart(*name))));
        }
    }
}
