//! What the elements of a .ods say of their cells, rows and columns.

use super::xml::Tag;

pub(super) fn value(tag: &Tag) -> Option<&str> {
    ["value", "date-value", "time-value", "boolean-value"].iter().find_map(|name| tag.get(name))
}

pub(super) fn repeated(tag: &Tag, name: &str) -> u32 {
    tag.number(name).unwrap_or(1).max(1)
}

pub(super) fn is_hidden(tag: &Tag) -> bool {
    matches!(tag.get("visibility"), Some("collapse" | "filter"))
}

pub(super) fn is_error(text: &str) -> bool {
    let errors = ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"];
    let text = text.trim();
    errors.contains(&text) || (text.starts_with("Err:") && text.len() == 7)
}
