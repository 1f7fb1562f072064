//! What may be folded: a heading with the lines under it.

use serde_json::{Value, json};

use super::sight::Sight;
use crate::syntax::{Line, SectionKind};

pub(super) fn folding(sight: &Sight<'_>) -> Value {
    let mut ranges = Vec::new();
    for section in &sight.ast.sections {
        let first = sight.source.line_index(section.heading.start);
        // In a memo blank lines stand as they were typed.
        let is_filled = |line: &&Line| !line.kind.is_blank() && !sight.slice(line.span).trim().is_empty();
        let filled = section.lines.iter().rfind(is_filled);
        let last = filled.map_or(first, |line| sight.source.line_index(line.span.start));
        if last > first {
            let kind = if section.kind == Some(SectionKind::Memo) { "comment" } else { "region" };
            ranges.push(json!({ "startLine": first, "endLine": last, "kind": kind }));
        }
    }
    json!(ranges)
}
