//! Heads over the columns of one table of the form: by name and year, all of them or none. Knows no rows.

use std::collections::{BTreeMap, BTreeSet};

use super::amounts::year_in;
use super::column_years::{Dated, Told, assign, slots, without_year, year_words};
use super::form_cells::RowPart;
use super::head_keys::{HeadKeys, letters};
use crate::form::Table;
use crate::model::{FiscalYear, YearLabel, parse_year_label};

/// What may stand behind a year where it is the column.
const VALUES: &[&str] =
    &["", "値", "実績", "実績値", "実績額", "決算", "決算額", "予算", "予算額", "当初", "計画", "見込"];

/// A head of a column of values: its column of the form, and its year from the report's.
type Value = (Option<usize>, Option<i32>);

/// Columns that are years, from the report's, and columns of text.
type YearsAlone = (Vec<(usize, i32)>, Vec<(usize, RowPart)>);

/// What a head says of its column.
enum HeadMeaning {
    Part(RowPart),
    Value(Value),
}

/// A table of the form and the report's year. In a transposed table the columns stand side by side here.
pub(super) struct HeadsOf<'a> {
    table: &'a Table,
    current: Option<FiscalYear>,
    years: Vec<(String, i32)>,
}

impl<'a> HeadsOf<'a> {
    pub(super) fn new(table: &'a Table, current: Option<FiscalYear>) -> Self {
        Self { table, current, years: year_words(std::iter::once(table), current) }
    }

    /// The part of a row under each head, at least one value among them; nothing where one head is none of the table's, or where
    /// two are the same.
    pub(super) fn parts(&self, heads: &[(usize, String)]) -> Option<Vec<(usize, RowPart)>> {
        let mut found: Vec<(usize, RowPart)> = Vec::new();
        let mut values: BTreeMap<Option<usize>, Vec<Dated>> = BTreeMap::new();
        for (at, text) in heads {
            match self.said(text)? {
                HeadMeaning::Part(part) => found.push((*at, part)),
                HeadMeaning::Value((column, year)) => {
                    values.entry(column).or_default().push(Dated { at: *at, own: year, above: None });
                }
            }
        }
        if values.is_empty() {
            return None;
        }
        for (column, columns) in values {
            let placed = assign(&columns, &slots(self.table, column));
            // The order of columns alone says no year here.
            if placed.len() < columns.len() || placed.iter().any(|(_, _, told)| *told == Told::Order) {
                return None;
            }
            found.extend(placed.into_iter().map(|(at, slot, _)| (at, RowPart::Value(slot))));
        }
        let parts: BTreeSet<RowPart> = found.iter().map(|(_, part)| *part).collect();
        (parts.len() == found.len()).then_some(found)
    }

    /// Columns that are years alone, where the names of the form's columns stand beside the rows, and columns of text.
    pub(super) fn years_alone(&self, heads: &[(usize, String)]) -> Option<YearsAlone> {
        let (mut years, mut texts) = (Vec::new(), Vec::new());
        for (at, text) in heads {
            match (self.whole_year(text), self.text_part(text)) {
                (Some(year), _) => years.push((*at, year)),
                (None, Some(part)) => texts.push((*at, part)),
                (None, None) => return None,
            }
        }
        let has_both = !self.table.years.is_empty() && self.typed_columns() > 1;
        (has_both && !years.is_empty()).then_some((years, texts))
    }

    /// The column of values of a name and a year.
    pub(super) fn slot(&self, column: Option<usize>, year: i32) -> Option<usize> {
        slots(self.table, column).into_iter().find(|(_, own)| *own == Some(year)).map(|(slot, _)| slot)
    }

    /// The only column of values that is typed, or that of the report's year.
    pub(super) fn only_slot(&self) -> Option<usize> {
        let mut slots = slots(self.table, self.only_column()?).into_iter();
        slots.find(|(_, year)| year.is_none_or(|year| year == 0)).map(|(slot, _)| slot)
    }

    /// The column of values that a label beside a row of figures names.
    pub(super) fn slot_of_label(&self, label: &str) -> Option<usize> {
        match self.said(label)? {
            HeadMeaning::Value((column, year)) => {
                let mut slots = slots(self.table, column).into_iter();
                slots.find(|(_, own)| *own == year || (year.is_none() && *own == Some(0))).map(|(slot, _)| slot)
            }
            HeadMeaning::Part(_) => None,
        }
    }

    /// The form's column of a name.
    pub(super) fn column(&self, text: &str) -> Option<usize> {
        let keys = HeadKeys::of(text);
        let columns = &self.table.columns;
        let exact = self.exact_column(text);
        let alike = || columns.iter().position(|column| is_like(&column.name, &keys));
        // 決算額 is 決算, and 目標値 目標.
        let bare = |text: &str| letters(text).trim_end_matches(['額', '値']).to_string();
        let short = bare(&keys.plain);
        let mut near =
            columns.iter().enumerate().filter(|(_, column)| !short.is_empty() && bare(&column.name) == short);
        let near = near.next().filter(|_| near.next().is_none()).map(|(at, _)| at);
        exact.or_else(alike).or(near)
    }

    /// Whether a head is any of the table's.
    pub(super) fn is_known(&self, head: &str) -> bool {
        self.said(head).is_some()
    }

    fn said(&self, head: &str) -> Option<HeadMeaning> {
        if let Some(part) = self.text_part(head) {
            return Some(HeadMeaning::Part(part));
        }
        if let Some(column) = self.exact_column(head) {
            return Some(HeadMeaning::Value((Some(column), None)));
        }
        if let Some(year) = self.whole_year(head) {
            let is_alone = self.slot(None, year).is_some();
            return Some(HeadMeaning::Value((if is_alone { None } else { self.only_column()? }, Some(year))));
        }
        // 目標（R6） is 目標 of a year before it is 目標.
        let dated =
            without_year(head, &self.years).and_then(|(rest, year)| Some((self.beside_year(&rest)?, Some(year))));
        dated
            .or_else(|| Some((Some(self.column(head).filter(|_| !self.is_of_another_year(head))?), None)))
            .map(HeadMeaning::Value)
    }

    /// 目標（R3） is none of a table without that year.
    fn is_of_another_year(&self, head: &str) -> bool {
        let offset = |label: YearLabel| Some(label.resolve(self.current?).year() - self.current?.year());
        year_in(head).is_some_and(|label| !self.table.years.is_empty() || offset(label) != Some(0))
    }

    /// What stands beside a year: the column of a name, or that which needs none.
    fn beside_year(&self, rest: &str) -> Option<Option<usize>> {
        let keys = HeadKeys::of(rest);
        let bare = keys.plain.trim_start_matches("年度").to_string();
        if let Some(column) = self.column(&bare).or_else(|| self.column(&keys.short)) {
            return Some(Some(column));
        }
        let is_value = VALUES.contains(&bare.as_str()) || VALUES.contains(&keys.short.as_str());
        if is_value { self.only_column() } else { None }
    }

    fn exact_column(&self, text: &str) -> Option<usize> {
        let plain = HeadKeys::of(text).plain;
        self.table.columns.iter().position(|column| letters(&column.name) == plain && !plain.is_empty())
    }

    /// A column of text.
    fn text_part(&self, head: &str) -> Option<RowPart> {
        let keys = HeadKeys::of(head);
        let text = |names: &[String]| names.iter().position(|name| is_like(name, &keys));
        let front = text(&self.table.front).map(RowPart::Front);
        let unit = || (keys.plain == "単位").then_some(RowPart::Unit);
        front.or_else(|| text(&self.table.back).map(RowPart::Back)).or_else(unit)
    }

    /// A year alone: 令和５年度, R5, （令和5年度）
    fn whole_year(&self, head: &str) -> Option<i32> {
        let current = self.current?;
        let text = head.replace('\n', "");
        let text = text.trim_matches(|c: char| "（）()".contains(c) || crate::syntax::chars::is_blank(c));
        Some(parse_year_label(text)?.resolve(current).year() - current.year())
    }

    fn typed_columns(&self) -> usize {
        self.table.columns.iter().filter(|column| column.formula.is_none()).count()
    }

    /// The column that needs no name, in a table of years the year itself; nothing where there are several.
    fn only_column(&self) -> Option<Option<usize>> {
        match (self.table.columns.is_empty(), self.typed_columns()) {
            (true, _) => Some(None),
            (false, 1) => Some(self.table.columns.iter().position(|column| column.formula.is_none())),
            (false, _) => None,
        }
    }
}

/// Whether a head is a name of the form, with or without what stands in brackets.
pub(super) fn is_like(name: &str, head: &HeadKeys) -> bool {
    let name = HeadKeys::of(name);
    let pairs = [(&name.plain, &head.plain), (&name.plain, &head.short), (&name.short, &head.plain)];
    pairs.iter().any(|(name, head)| !name.is_empty() && name == head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Column, Values, Year};

    fn table(columns: &[&str], years: &[i32]) -> Table {
        let columns: Vec<Column> =
            columns.iter().map(|name| Column { name: name.to_string(), formula: None, is_amount: false }).collect();
        let all: Vec<usize> = (0..columns.len()).collect();
        Table {
            name: "指標".to_string(),
            values: Values::Number,
            years: years.iter().map(|offset| Year { offset: *offset, columns: all.clone() }).collect(),
            columns,
            front: vec!["単位".to_string()],
            back: vec!["備考".to_string()],
            is_transposed: false,
            rows: Vec::new(),
            total: None,
            program_amount: None,
            gives_amount: false,
            is_faulty: false,
        }
    }

    fn parts(table: &Table, heads: &[&str]) -> Option<Vec<RowPart>> {
        let heads: Vec<(usize, String)> = heads.iter().map(|head| head.to_string()).enumerate().collect();
        let mut found = HeadsOf::new(table, Some(FiscalYear::new(2024))).parts(&heads)?;
        found.sort_unstable();
        Some(found.into_iter().map(|(_, part)| part).collect())
    }

    #[test]
    fn heads_are_columns_of_the_form_by_name_and_year_or_none_is() {
        use RowPart::{Back, Front, Value};
        let both = table(&["目標", "実績"], &[-1, 0]);
        assert_eq!(
            parts(&both, &["単位", "R6実績", "令和５年度\n目標", "R5年度実績", "目標（R6）", "備考"]),
            Some(vec![Front(0), Value(3), Value(0), Value(1), Value(2), Back(0)])
        );
        assert_eq!(parts(&both, &["目標", "実績"]), Some(vec![Value(2), Value(3)]));
        let wrong: &[&[&str]] = &[
            &["R4実績", "R6実績"],
            &["目標（R3）", "実績（R3）"],
            &["R5", "R6"],
            &["実績", "実績", "目標", "目標"],
            &["単位", "備考"],
        ];
        wrong.iter().for_each(|heads| assert_eq!(parts(&both, heads), None, "{heads:?}"));
        let years = table(&[], &[-1, 0]);
        assert_eq!(parts(&years, &["R6", "令和5年度決算"]), Some(vec![Value(1), Value(0)]));
        assert_eq!(parts(&years, &["R6予算", "R6決算"]), None);
    }
}
