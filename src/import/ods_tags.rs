//! What the elements of a .ods say of their cells, rows and columns.

use super::xml::Tag;

pub(super) fn value(tag: &Tag) -> Option<&str> {
    ["value", "date-value", "time-value", "boolean-value"].iter().find_map(|name| tag.get(name))
}

/// The figure of a cell. Of a time below nought (`-PT25H30M00S`) only that it is so: the cell shows the rest.
pub(super) fn figure(tag: &Tag) -> Option<f64> {
    let is_below_nought = || tag.get("time-value").is_some_and(|time| time.starts_with('-'));
    tag.number("value").or_else(|| is_below_nought().then_some(-1.0))
}

pub(super) fn repeated(tag: &Tag, name: &str) -> u32 {
    tag.number(name).unwrap_or(1).max(1)
}

pub(super) fn is_hidden(tag: &Tag) -> bool {
    matches!(tag.get("visibility"), Some("collapse" | "filter"))
}

/// What lies upon a cell.
pub(super) fn is_drawn(name: &str) -> bool {
    matches!(name, "frame" | "custom-shape" | "rect" | "ellipse" | "g" | "line" | "connector" | "caption")
}

pub(super) fn is_error(text: &str) -> bool {
    let errors = ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"];
    let text = text.trim();
    errors.contains(&text) || (text.starts_with("Err:") && text.len() == 7)
}
