//! The canonical form of a text, as `report fmt` writes it, in the lines that are not in it yet.

use serde_json::{Value, json};

use super::protocol::TextEdit;
use super::sight::Sight;
use crate::editing::line_edits;
use crate::fmt::format;
use crate::load::Content;

/// A mark that some editors leave at the start.
const MARK: char = '\u{FEFF}';

pub(super) fn formatting(sight: &Sight<'_>) -> Value {
    let typed = sight.document.text.typed();
    // What is no text of a report stays to the letter.
    let is_read = matches!(sight.document.text.text().content(), Content::Text(_));
    if sight.ast.kind.is_none() || !is_read {
        return json!([]);
    }
    let mut wanted = format(&sight.source, &sight.ast);
    if typed.starts_with(MARK) && !wanted.starts_with(MARK) {
        wanted.insert(0, MARK);
    }
    let edits = line_edits(typed, &wanted).into_iter().map(|(stretch, new_text)| TextEdit {
        range: sight.document.text.typed_range(stretch, sight.client.units),
        new_text,
    });
    json!(edits.collect::<Vec<_>>())
}
