//! What is told of a place: the page of the message that stands there, and what the report computes of it.

use serde_json::{Value, json};

use super::computed_words::computed_words;
use super::diagnostics::shown_span;
use super::protocol::Position;
use super::sight::Sight;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Pages of one place: more nobody reads.
const MOST_PAGES: usize = 3;

pub(super) fn hover(sight: &Sight<'_>, position: Position) -> Value {
    let byte = sight.byte(position);
    let mut parts: Vec<String> = Vec::new();
    let mut range = None;
    let mut told: Vec<Code> = Vec::new();
    for (span, diagnostic) in messages_at(sight, byte) {
        range.get_or_insert(span.start..span.end);
        if !told.contains(&diagnostic.code) && told.len() < MOST_PAGES {
            told.push(diagnostic.code);
            let page = diagnostic.code.page().trim_end();
            parts.push(if sight.client.reads_markdown { in_markdown(page) } else { page.to_string() });
        }
    }
    if let Some((stretch, words)) = computed_words(sight, byte) {
        range.get_or_insert(stretch);
        let break_of_line = if sight.client.reads_markdown { "  \n" } else { "\n" };
        let words = words.iter().map(|line| if sight.client.reads_markdown { escaped(line) } else { line.clone() });
        parts.insert(0, words.collect::<Vec<_>>().join(break_of_line));
    }
    let Some(range) = range else { return Value::Null };
    let kind = if sight.client.reads_markdown { "markdown" } else { "plaintext" };
    json!({ "contents": { "kind": kind, "value": parts.join("\n\n---\n\n") }, "range": sight.range(range) })
}

/// The messages that mark a place.
fn messages_at<'a>(sight: &'a Sight<'_>, byte: usize) -> Vec<(Span, &'a Diagnostic)> {
    let Some(state) = sight.state.filter(|_| sight.is_of_report()) else { return Vec::new() };
    let here = Span::new(sight.source.id(), byte..byte);
    let marked = state.checked.diagnostics.iter().map(|own| (shown_span(state, own), own));
    marked.filter(|(span, _)| span.file == here.file && span.start <= byte && byte <= span.end).collect()
}

/// A page with its lines as they are: Markdown would join them with blanks.
fn in_markdown(page: &str) -> String {
    let mut is_code = false;
    let lines = page.lines().map(|line| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        if is_fence || is_code || line.is_empty() {
            line.to_string()
        } else if let Some(title) = line.strip_prefix("# ") {
            format!("**{}**\n", escaped(title))
        } else {
            format!("{}  ", escaped(line))
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_<>#[]|~".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_keeps_its_lines_and_its_examples() {
        let page = "# J024　見出し\n\n一行目\n<二>行目\n```jigyo\n参加者数｜↑\n```";
        let shown = "**J024　見出し**\n\n\n一行目  \n\\<二\\>行目  \n```jigyo\n参加者数｜↑\n```";
        assert_eq!(in_markdown(page), shown);
    }
}
