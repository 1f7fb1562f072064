//! The columns of a list that the office's form names: what stands over them, and what is said of them.

use std::collections::BTreeMap;

use super::amounts::year_in;
use super::column_years::Told;
use super::document::{Cell, Table};
use super::form_columns::{Head, OwnColumns, resolve};
use super::head_keys::HeadKeys;
use super::list_labels::groups;
use super::meanings::{Meaning, Own};
use super::named::first_names;
use super::place::{name_of_column, place_of_row, row_number};
use super::recognise::Recogniser;
use super::sheet::at as place_on_sheet;
use crate::model::FiscalYear;

impl Recogniser<'_> {
    pub(super) fn form_columns(&self, table: &Table, head: usize, heads: &[Cell]) -> OwnColumns {
        let above = self.years_above(table, head, heads.len());
        let read = heads.iter().zip(above).enumerate().map(|(at, (cell, above))| {
            // What the office said of a column goes before its head.
            let is_chosen = self.words.chosen(&name_of_column(table, at)).or(self.words.chosen(&cell.text)).is_some();
            let text = if is_chosen { String::new() } else { cell.text.clone() };
            Head { is_known: self.words.is_known(&cell.text), text, above }
        });
        let mut own = resolve(&self.words.own, &read.collect::<Vec<_>>(), self.year);
        self.reasons(table, heads, &mut own);
        own
    }

    /// The years that stand over columns, from the report's: in the mapping, in a head over several, in a shape.
    fn years_above(&self, table: &Table, head: usize, count: usize) -> Vec<Option<i32>> {
        let Some(current) = self.year else { return vec![None; count] };
        let names: Vec<String> = (0..count).map(|at| name_of_column(table, at)).collect();
        let groups = groups(table, head);
        let year = |at: usize| {
            let said = self.words.year_over(&names, at).or_else(|| year_in(groups.get(at)?));
            said.or_else(|| year_in(self.shape_over(table, head, at)?))
        };
        (0..count).map(|at| year(at).map(|label| label.resolve(current).year() - current.year())).collect()
    }

    /// The words of the one shape with a year that lies over a column. Of two that touch, the column where one begins is its own.
    fn shape_over(&self, table: &Table, head: usize, at: usize) -> Option<&str> {
        let (_, column) = place_on_sheet(&format!("{}1", table.columns.get(at)?))?;
        let row = row_number(&place_of_row(&table.place, head))?;
        let is_over = |shape: &&super::document::Shape| {
            (shape.first_column..=shape.last_column).contains(&column)
                && usize::try_from(shape.top).is_ok_and(|top| top < row)
                && year_in(&shape.text).is_some()
        };
        let over: Vec<_> = self.cursor.shapes.iter().filter(is_over).collect();
        match over.as_slice() {
            [] => None,
            [only] => Some(only.text.as_str()),
            several => {
                let mut begun = several.iter().filter(|shape| shape.first_column == column);
                begun.next().filter(|_| begun.next().is_none()).map(|shape| shape.text.as_str())
            }
        }
    }

    /// A column that nobody knows beside that of a grade or a choice, and whose head asks why, has its reasons.
    fn reasons(&self, table: &Table, heads: &[Cell], own: &mut OwnColumns) {
        for at in 0..heads.len() {
            let reason = match own.meanings.get(at).copied().flatten() {
                Some(Meaning::Own(Own::Grade(kind, place))) => Meaning::Own(Own::Reason(kind, Some(place))),
                Some(Meaning::Section(kind)) if self.words.own.is_choice(kind) => Meaning::Own(Own::Reason(kind, None)),
                _ => continue,
            };
            let Some(next) = heads.get(at + 1).filter(|_| !own.has(at + 1)) else { continue };
            let is_free = self.meaning_of_column(table, at + 1, &next.text).is_none();
            if is_free && asks_why(&next.text) && !own.doubtful.contains(&(at + 1)) {
                own.set(at + 1, reason);
                own.reasons.push(at + 1);
            }
        }
    }

    /// What a person should know of these columns, each thing once for a list.
    pub(super) fn note_own_columns(&mut self, own: &OwnColumns, table: &Table, heads: &[Cell], place: &str) {
        self.note_years(own, heads, place);
        let names = |columns: &mut dyn Iterator<Item = usize>| {
            let names: Vec<String> =
                columns.map(|at| format!("{}「{}」", name_of_column(table, at), one_line(heads.get(at)))).collect();
            first_names(&names)
        };
        if !own.unplaced.is_empty() {
            let what = format!(
                "様式の表のどの年度か決められない列が{}あります（{}）。値は【メモ】に入れました。対応表（--mapping）に「{},令和2年度」のように書いて、取り込み直してください",
                own.unplaced.len(),
                names(&mut own.unplaced.iter().copied()),
                own.unplaced.first().map(|at| name_of_column(table, *at)).unwrap_or_default()
            );
            self.review_note(what, place);
        }
        if !own.doubtful.is_empty() {
            let what = format!(
                "様式の2つ以上の名前に当たる列が{}あります（{}）。値は【メモ】に入れました。様式の別名に、列の見出しをそのまま書いてください",
                own.doubtful.len(),
                names(&mut own.doubtful.iter().copied())
            );
            self.review_note(what, place);
        }
        if !own.reasons.is_empty() {
            let what = format!(
                "評価や選択の右の列{}つを、その理由として入れました（{}）",
                own.reasons.len(),
                names(&mut own.reasons.iter().copied())
            );
            self.review_note(what, place);
        }
    }

    /// How it was told which column is which year: by what stands over them, or by their order alone.
    fn note_years(&mut self, own: &OwnColumns, heads: &[Cell], place: &str) {
        let Some(current) = self.year else { return };
        let mut by_years: BTreeMap<(Told, Vec<i32>), Vec<String>> = BTreeMap::new();
        let mut by_name: BTreeMap<(Told, usize, String), Vec<(usize, i32)>> = BTreeMap::new();
        for (told, table, at, slot) in &own.told {
            let columns = self.words.own.tables.get(*table).map(|own| own.table.value_columns()).unwrap_or_default();
            let year = columns.get(*slot).and_then(|column| column.year).unwrap_or_default();
            let name = heads.get(*at).map(|cell| HeadKeys::of(&cell.text).plain).unwrap_or_default();
            by_name.entry((*told, *table, name)).or_default().push((*at, year));
        }
        for ((told, ..), mut columns) in by_name {
            columns.sort_unstable();
            let first = columns.first().map(|(at, _)| one_line(heads.get(*at))).unwrap_or_default();
            by_years.entry((told, columns.iter().map(|(_, year)| *year).collect())).or_default().push(first);
        }
        for ((told, years), names) in by_years {
            let labels: Vec<String> = years.iter().map(|year| FiscalYear::new(current.year() + year).label()).collect();
            let labels = labels.join("、");
            let names: Vec<String> = names.iter().map(|name| format!("「{name}」")).collect();
            let count = years.len();
            let names = first_names(&names);
            let what = match told {
                Told::Order => format!(
                    "{names}の列が{count}つずつあり、年度の見出しがありません。様式の表のとおり、左から {labels} として読みました。順が違うときは、対応表（--mapping）に「BT列～CL列,令和2年度」のように列の年度を書いて、取り込み直してください"
                ),
                Told::Above | Told::Itself | Told::Alone => format!(
                    "{names}の列が{count}つずつあります。年度は、その上の見出しや図形、対応表のとおり、左から {labels} として読みました"
                ),
            };
            self.review_note(what, place);
        }
    }
}

/// A question, or a word for reasons.
fn asks_why(head: &str) -> bool {
    let words = ["理由", "根拠", "説明", "コメント", "所見"];
    head.contains(['？', '?'])
        || head.trim_end_matches('。').ends_with('か')
        || words.iter().any(|word| head.contains(word))
}

fn one_line(cell: Option<&Cell>) -> String {
    cell.map(|cell| cell.text.replace('\n', "")).unwrap_or_default()
}
