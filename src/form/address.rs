//! The place of a cell in words: `〔年度の〕〔行の〕〔列〕`, in declared names. A row below another may be named with it: `人件費のその他`.

use super::names::{is_alike, places_of};
use super::table::{Address, Column, Row, RowPlace, Table};
use super::units::unit_in_name;
use super::years;

/// Every cell that the words may name: more than one where names hold の. In words why there is none.
pub(super) fn parse(text: &str, table: &Table) -> Result<Vec<Address>, String> {
    let mut starts = vec![(None, text)];
    starts.extend(splits(text).filter_map(|(name, rest)| Some((Some(years::offset(name)?), rest))));
    let mut found: Vec<Address> = Vec::new();
    let mut reason = format!("表【{}】に「{text}」という欄がありません。", table.name);
    for (year, rest) in starts {
        for (row, rest) in rows(rest, table) {
            for column in columns(rest, table) {
                match complete(year, row, column, table) {
                    Ok(address) if !found.contains(&address) => found.push(address),
                    Ok(_) => {}
                    Err(why) => reason = why,
                }
            }
        }
    }
    if found.is_empty() { Err(reason) } else { Ok(found) }
}

/// The words in the order in which they name a cell; nothing where no order does.
pub(super) fn in_order(text: &str, table: &Table) -> Option<String> {
    // More parts than a year, a row with the one above it and a column have are no slip of the order.
    let parts: Vec<&str> = text.split('の').filter(|part| !part.is_empty()).collect();
    let orders = if (2..=4).contains(&parts.len()) { orders(&parts) } else { Vec::new() };
    let named = orders.into_iter().map(|order| order.join("の"));
    named.into_iter().find(|text| parse(text, table).is_ok_and(|found| found.len() == 1))
}

/// Every order of some words.
fn orders<'a>(words: &[&'a str]) -> Vec<Vec<&'a str>> {
    let [_, ..] = words else { return vec![Vec::new()] };
    let with_first = |at: usize| {
        let rest: Vec<&str> =
            words.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, word)| *word).collect();
        let first = words.get(at).copied().unwrap_or_default();
        orders(&rest).into_iter().map(move |rest| std::iter::once(first).chain(rest).collect())
    };
    (0..words.len()).flat_map(with_first).collect()
}

/// The address of a cell of the table in words, with everything that may stand in one.
pub(super) fn example(table: &Table) -> String {
    let current = table.years.iter().find(|year| year.offset == 0).or(table.years.last());
    let year = current.and_then(|year| years::word(year.offset));
    let is_amount_row = |row: &&Row| !row.is_text && unit_in_name(&row.name).is_none();
    let first = table.rows.iter().find(is_amount_row).or(table.rows.first());
    let row = table.total.as_deref().or_else(|| first.map(|row| row.name.as_str()));
    let of_year = current.map(|year| year.columns.as_slice());
    // What was spent stands behind what was planned.
    let is_typed = |column: &&Column| column.formula.is_none() && unit_in_name(&column.name).is_none();
    let column = match of_year {
        Some(places) => places.iter().rev().filter_map(|place| table.columns.get(*place)).find(is_typed),
        None => table.columns.iter().rev().find(|column| is_typed(column)),
    };
    let parts: Vec<&str> = [year, row, column.map(|column| column.name.as_str())].into_iter().flatten().collect();
    parts.join("の")
}

/// Every way to part a text in front of a の or at its end; the name in front is never empty.
fn splits(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let inner =
        text.match_indices('の').filter_map(move |(at, of)| Some((text.get(..at)?, text.get(at + of.len()..)?)));
    inner.chain([(text, "")]).filter(|(name, _)| !name.is_empty())
}

/// The rows that a text may begin with, each with what follows; also none.
fn rows<'a>(text: &'a str, table: &Table) -> Vec<(Option<RowPlace>, &'a str)> {
    let mut found = vec![(None, text)];
    let is_total = |name: &str| table.total.as_ref().is_some_and(|total| is_alike(total, name));
    for (name, rest) in splits(text) {
        if is_total(name) {
            found.push((Some(RowPlace::Total), rest));
        }
        for index in places(name, 0..table.rows.len(), table) {
            found.push((Some(RowPlace::Declared(index)), rest));
            for (child, rest) in splits(rest) {
                let children = places(child, index + 1..below(index, table), table);
                found.extend(children.into_iter().map(|child| (Some(RowPlace::Declared(child)), rest)));
            }
        }
    }
    found
}

/// The declared rows of a name within a range.
fn places(name: &str, range: std::ops::Range<usize>, table: &Table) -> Vec<usize> {
    let named = table.rows.iter().enumerate().filter(|(index, _)| range.contains(index));
    places_of(name, named.map(|(index, row)| (index, row.name.as_str())))
}

/// Where the rows below a row end.
fn below(index: usize, table: &Table) -> usize {
    let level = table.rows.get(index).map_or(0, |row| row.level);
    let next = table.rows.iter().skip(index + 1).position(|row| row.level <= level);
    next.map_or(table.rows.len(), |next| index + 1 + next)
}

fn columns(text: &str, table: &Table) -> Vec<Option<usize>> {
    if text.is_empty() {
        return vec![None];
    }
    let names = table.columns.iter().map(|column| column.name.as_str()).enumerate();
    places_of(text, names).into_iter().map(Some).collect()
}

/// Fills in what the words leave out.
fn complete(year: Option<i32>, row: Option<RowPlace>, column: Option<usize>, table: &Table) -> Result<Address, String> {
    let row = match row {
        Some(row) => row,
        None => usual_row(table)?,
    };
    let year = match year {
        Some(year) => Some(year),
        None => usual_year(column, table)?,
    };
    let has_year = table.years.iter().any(|known| Some(known.offset) == year);
    if year.is_some() && !has_year {
        return Err("その年度の列がありません。".to_string());
    }
    let of_year: Vec<usize> = match table.years.iter().find(|known| Some(known.offset) == year) {
        Some(year) => year.columns.clone(),
        None => (0..table.columns.len()).collect(),
    };
    let column = match (column, of_year.as_slice()) {
        (Some(column), all) if all.contains(&column) => Some(column),
        (Some(_), _) => return Err("その年度にその列がありません。".to_string()),
        (None, []) => None,
        (None, [only]) => Some(*only),
        (None, [_, ..]) => {
            return Err("どの列かが書かれていません。「合計の決算額」のように、列の名前を書いてください。".to_string());
        }
    };
    Ok(Address { year, row, column })
}

/// 計, or the only row.
fn usual_row(table: &Table) -> Result<RowPlace, String> {
    match table.rows.as_slice() {
        _ if table.total.is_some() => Ok(RowPlace::Total),
        [] => Ok(RowPlace::Only),
        [_] => Ok(RowPlace::Declared(0)),
        [_, ..] => Err("どの行かが書かれていません。「合計の決算額」のように、行の名前を書いてください。".to_string()),
    }
}

/// 当年度, or the only one that has the column; none in a table without years.
fn usual_year(column: Option<usize>, table: &Table) -> Result<Option<i32>, String> {
    let has = |year: &&super::table::Year| column.is_none_or(|column| year.columns.contains(&column));
    let with: Vec<i32> = table.years.iter().filter(has).map(|year| year.offset).collect();
    match with.as_slice() {
        _ if table.years.is_empty() => Ok(None),
        years if years.contains(&0) => Ok(Some(0)),
        [only] => Ok(Some(*only)),
        _ => Err("どの年度かが書かれていません。「前年度の合計の決算額」のように、年度を書いてください。".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{Values, Year};
    use super::*;

    fn table(rows: &[(&str, usize)], columns: &[&str], years: &[(i32, &[usize])]) -> Table {
        let column = |name: &&str| Column { name: (*name).to_string(), formula: None, is_amount: false };
        let row = |(name, level): &(&str, usize)| Row {
            name: (*name).to_string(),
            level: *level,
            formula: None,
            is_text: false,
        };
        let year = |(offset, columns): &(i32, &[usize])| Year { offset: *offset, columns: columns.to_vec() };
        Table {
            name: "表".to_string(),
            values: Values::Amount,
            years: years.iter().map(year).collect(),
            columns: columns.iter().map(column).collect(),
            front: Vec::new(),
            back: Vec::new(),
            is_transposed: false,
            rows: rows.iter().map(row).collect(),
            total: None,
            program_amount: None,
            gives_amount: false,
            is_faulty: false,
        }
    }

    #[test]
    fn names_that_hold_no_and_brackets() {
        let own = table(&[("国の負担金（一般）", 0), ("国", 0)], &["決算の額", "負担金（一般）"], &[]);
        let at = |row, column| vec![Address { year: None, row: RowPlace::Declared(row), column: Some(column) }];
        assert_eq!(parse("国の負担金（一般）の決算の額", &own), Ok(at(0, 0)));
        assert_eq!(parse("国の負担金(一般)の決算の額", &own), Ok(at(0, 0)));
        assert_eq!(parse("国の負担金（一般）", &own).map(|found| found.len()), Ok(1));
        assert!(parse("県の決算の額", &own).is_err());
    }

    #[test]
    fn rows_of_one_name_are_told_apart_by_the_row_above() {
        let own = table(&[("直接費", 0), ("その他", 1), ("人件費", 0), ("その他", 1)], &["決算"], &[]);
        assert_eq!(parse("その他の決算", &own).map(|found| found.len()), Ok(2));
        let place = |text| parse(text, &own).map(|found| found.iter().map(|found| found.row).collect::<Vec<_>>());
        assert_eq!(place("人件費のその他の決算"), Ok(vec![RowPlace::Declared(3)]));
        assert_eq!(place("直接費のその他"), Ok(vec![RowPlace::Declared(1)]));
    }

    #[test]
    fn words_in_another_order_are_put_in_order() {
        let own = table(&[("事業費", 0), ("人件費", 0)], &["予算額", "決算額"], &[(-1, &[0, 1]), (0, &[0, 1])]);
        assert_eq!(in_order("事業費の当年度の予算額", &own).as_deref(), Some("当年度の事業費の予算額"));
        assert_eq!(in_order("決算額の人件費", &own).as_deref(), Some("人件費の決算額"));
        assert_eq!(in_order("事業費の当年度の見込額", &own), None);
        assert_eq!(example(&own), "当年度の事業費の決算額");
        let lettered = table(&[("事業費計（Ａ）", 0)], &["予算額（Ｂ）", "決算額（Ｃ）"], &[(0, &[0, 1])]);
        let cell = Address { year: Some(0), row: RowPlace::Declared(0), column: Some(1) };
        assert_eq!(parse("当年度の事業費計の決算額", &lettered), Ok(vec![cell]));
    }

    #[test]
    fn a_year_has_the_columns_of_its_own() {
        let own = table(&[("事業費", 0)], &["予算額", "決算額"], &[(-1, &[0, 1]), (0, &[1]), (1, &[0])]);
        let at =
            |year, column| Ok(vec![Address { year: Some(year), row: RowPlace::Declared(0), column: Some(column) }]);
        assert_eq!(parse("事業費", &own), at(0, 1));
        assert_eq!(parse("翌年度の事業費", &own), at(1, 0));
        assert_eq!(parse("前年度の事業費の予算額", &own), at(-1, 0));
        assert!(parse("事業費の予算額", &own).is_err() && parse("5年前の事業費", &own).is_err());
    }
}
