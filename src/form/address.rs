//! The place of a cell in words: `〔年度の〕〔行の〕〔列〕`, in declared names.

use super::names::is_alike;
use super::table::{Address, RowPlace, Table};
use super::years;

/// Every cell that the words may name: more than one where names hold の. In words why there is none.
pub(super) fn parse(text: &str, table: &Table) -> Result<Vec<Address>, String> {
    let mut starts = vec![(None, text)];
    if let Some((offset, end)) = years::leading(text)
        && let Some(rest) = text.get(end..)
        && let Some(rest) = rest.strip_prefix('の').or(Some(rest).filter(|rest| rest.is_empty()))
    {
        starts.push((Some(offset), rest));
    }
    let mut found: Vec<Address> = Vec::new();
    let mut reason = format!("表【{}】に「{text}」という欄がありません。", table.name);
    for (year, rest) in starts {
        for (row, rest) in rows(rest, table) {
            let columns = columns(rest, table);
            for column in columns {
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

/// The rows that a text may begin with, each with what follows; also none.
fn rows<'a>(text: &'a str, table: &Table) -> Vec<(Option<RowPlace>, &'a str)> {
    let declared = table.rows.iter().enumerate().map(|(index, row)| (RowPlace::Declared(index), row.name.as_str()));
    let total = table.total.iter().map(|name| (RowPlace::Total, name.as_str()));
    let mut found = vec![(None, text)];
    for (place, name) in declared.chain(total) {
        if let Some(rest) = text.strip_prefix(name) {
            let rest = rest.strip_prefix('の').or(Some(rest).filter(|rest| rest.is_empty()));
            found.extend(rest.map(|rest| (Some(place), rest)));
        } else if is_alike(text, name) {
            found.push((Some(place), ""));
        }
    }
    found
}

fn columns(text: &str, table: &Table) -> Vec<Option<usize>> {
    if text.is_empty() {
        return vec![None];
    }
    let named = table.columns.iter().enumerate().filter(|(_, column)| is_alike(&column.name, text));
    named.map(|(index, _)| Some(index)).collect()
}

/// Fills in what the words leave out.
fn complete(year: Option<i32>, row: Option<RowPlace>, column: Option<usize>, table: &Table) -> Result<Address, String> {
    let row = match row {
        Some(row) => row,
        None if table.total.is_some() => RowPlace::Total,
        None => match table.rows.as_slice() {
            [] => RowPlace::Only,
            [_] => RowPlace::Declared(0),
            [_, ..] => {
                return Err(
                    "どの行かが書かれていません。「合計の決算額」のように、行の名前を書いてください。".to_string()
                );
            }
        },
    };
    let column = match column {
        Some(column) => Some(column),
        None => match table.columns.as_slice() {
            [] => None,
            [_] => Some(0),
            [_, ..] => {
                return Err(
                    "どの列かが書かれていません。「合計の決算額」のように、列の名前を書いてください。".to_string()
                );
            }
        },
    };
    let has = |offset: i32| {
        table
            .years
            .iter()
            .any(|year| year.offset == offset && column.is_none_or(|column| year.columns.contains(&column)))
    };
    let year = match year {
        None if table.years.is_empty() => None,
        None if has(0) => Some(0),
        None => {
            let mut with: Vec<i32> = table.years.iter().map(|year| year.offset).filter(|offset| has(*offset)).collect();
            match (with.pop(), with.is_empty()) {
                (Some(only), true) => Some(only),
                _ => {
                    return Err(
                        "どの年度かが書かれていません。「前年度の合計の決算額」のように、年度を書いてください。"
                            .to_string(),
                    );
                }
            }
        }
        Some(offset) if has(offset) => Some(offset),
        Some(_) => return Err("その年度の列がありません。".to_string()),
    };
    Ok(Address { year, row, column })
}
