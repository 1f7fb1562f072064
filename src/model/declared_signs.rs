//! Rows of a declared table in which ： or a blank stands for ｜: told once, and read as they were meant.

use super::declared_builder::TableBuilder;
use super::declared_messages as messages;
use super::declared_rows::TypedRow;
use crate::form::is_alike;
use crate::source::{SourceFile, Span};
use crate::syntax::chars::{is_blank, is_colon, is_digit, is_no_value};

/// Puts the cells of such rows in their places. J025.
pub(super) fn take_other_separators(making: &mut TableBuilder<'_>, rows: &mut [TypedRow]) {
    let table = std::sync::Arc::clone(&making.declared.table);
    let columns = table.columns.iter().filter(|_| table.is_transposed).map(|column| &column.name);
    let own = table.rows.iter().filter(|_| !table.is_transposed).map(|row| &row.name);
    let names: Vec<&str> = own.chain(&table.total).chain(columns).map(String::as_str).collect();
    let typed: Vec<&str> = rows.iter().map(|row| making.file.slice(row.label)).collect();
    // A row that stands there already is not meant again.
    let is_open = |name: &str| {
        let count = |all: &[&str]| all.iter().filter(|other| is_alike(other, name)).count();
        count(&typed) < count(&names) || table.is_transposed
    };
    for row in rows {
        let label = making.file.slice(row.label);
        if names.iter().any(|name| is_alike(name, label)) {
            continue;
        }
        let is_text = |name: &str| table.rows.iter().any(|row| row.is_text && is_alike(&row.name, name));
        let Some((at, values)) = parted(making.file, row.label, &names) else { continue };
        let name = making.file.slice(Span { end: at, ..row.label }).to_string();
        let is_read = |span: &Span| is_value(making.file.slice(*span)) || is_text(&name);
        if !values.iter().all(is_read) || !is_open(&name) {
            continue;
        }
        let behind = making.file.slice(Span { start: at, ..row.label });
        let sign = if behind.trim_start_matches(is_blank).starts_with(is_colon) { "「：」" } else { "空白" };
        let cells: Vec<Span> = values.into_iter().chain(row.cells.iter().copied()).collect();
        let texts: Vec<&str> = cells.iter().map(|cell| making.file.slice(*cell)).collect();
        let is_right = making.declared.places(&texts).is_some()
            || matches!(cells.as_slice(), [only] if making.declared.counts_for_all(making.file.slice(*only)));
        // Otherwise it is told of its cells, with the row as it is to be typed.
        if is_right {
            let right = format!("{}{name}｜{}", "・".repeat(row.level), texts.join("｜"));
            making.diagnostics.push(messages::other_sign(row.span, &name, sign, &right));
        }
        if !is_right && row.has_cells {
            continue;
        }
        row.label = Span { end: at, ..row.label };
        (row.cells, row.has_cells) = (cells, true);
    }
}

/// Where the name of a row ends in a label, and what stands behind it between blanks and ：.
fn parted(file: &SourceFile, label: Span, names: &[&str]) -> Option<(usize, Vec<Span>)> {
    let text = file.slice(label);
    let is_sign = |c: char| is_blank(c) || is_colon(c);
    let mut ends: Vec<usize> = text.match_indices(is_sign).map(|(at, _)| at).collect();
    ends.reverse();
    let is_name = |end: &usize| text.get(..*end).is_some_and(|name| names.iter().any(|known| is_alike(known, name)));
    let end = text.get(..ends.into_iter().find(is_name)?)?.trim_end_matches(is_sign).len();
    let mut values = Vec::new();
    let mut start = end;
    for part in text.get(end..)?.split(is_sign) {
        if !part.is_empty() {
            values.push(Span { start: label.start + start, end: label.start + start + part.len(), ..label });
        }
        start += part.len() + text.get(start + part.len()..)?.chars().next().map_or(0, char::len_utf8);
    }
    (!values.is_empty()).then_some((label.start + end, values))
}

/// A figure, or the mark or the word for one that is not there: what nobody says of the name of a row.
fn is_value(text: &str) -> bool {
    is_no_value(text)
        || text.starts_with(|c: char| is_digit(c) || matches!(c, '△' | '▲' | '-' | '約'))
        || text.ends_with('中')
}
