//! On which pages the programs stand in the PDF that was built last.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::typeset::printed_pages;

/// The number of the page on which each program begins, by ID; nothing for a program that the PDF does not have. A draft has no
/// data inside and names none.
pub fn pages_in(pdf: &[u8]) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    let Some(printed) = printed_pages(pdf) else { return pages };
    let data = printed.data.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let list = |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let chapters = data.map(|data| list(&data, "chapters")).unwrap_or_default();
    for (chapter, content) in chapters.iter().enumerate() {
        for (program, own) in list(content, "programs").iter().enumerate() {
            let number = printed.numbers.get(&format!("p{}-{}", chapter + 1, program + 1));
            if let (Some(id), Some(number)) = (own.get("id").and_then(Value::as_str), number) {
                pages.insert(id.to_string(), number.clone());
            }
        }
    }
    pages
}
