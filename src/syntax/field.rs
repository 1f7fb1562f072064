//! Fields of a head.
//!
//! ```text
//! field = name { blank } ( "：" | ":" ) value       blanks inside the name do not matter
//! ```

use super::ast::{FieldName, FileKind, LineKind};
use super::chars::{is_blank, is_colon, without_blanks};
use super::line::trimmed;
use super::names::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// A name longer than this is no field's: such a line is text.
const LONGEST_NAME: usize = 12;

/// A line of a head; `text` has no blanks around it. J013 and J019 are said here.
pub(super) fn parse_field(text: &str, span: Span, kind: FileKind, diagnostics: &mut Diagnostics) -> LineKind {
    let Some((before, colon)) = split_at_colon(text) else {
        diagnostics.push(not_a_field(text, span, kind));
        return LineKind::Unread;
    };
    let name = without_blanks(before);
    if let Some(name) = FieldName::from_name(&name, kind) {
        return LineKind::Field { name, value: trimmed(text, span, colon, text.len()) };
    }
    if name.chars().count() > LONGEST_NAME {
        diagnostics.push(not_a_field(text, span, kind));
        return LineKind::Unread;
    }
    let place = trimmed(text, span, 0, before.len());
    let names: Vec<&str> = FieldName::all_of(kind).map(FieldName::name).collect();
    let list = names.join("・");
    let message = match (nearest(&name, names.iter().copied()), FieldName::home_of(&name)) {
        (Some(near), _) => format!("「{name}」という項目はありません。「{near}」の誤りではありませんか。"),
        (None, Some(home)) => format!(
            "「{name}」は【{}】のファイルに書く項目です。ここには書けません。",
            super::SectionKind::Head(home).name()
        ),
        (None, None) => format!("「{name}」という項目はありません。"),
    };
    diagnostics.push(
        Diagnostic::new(Code::J013, place, message)
            .help(format!("使えるのは {list} です。書き留めておくだけなら【メモ】の下に移してください。")),
    );
    LineKind::Unread
}

/// Whether the line is a field of a program's head: such a line in the body is out of place.
pub(super) fn is_program_field(text: &str) -> Option<FieldName> {
    let (before, _) = split_at_colon(text)?;
    FieldName::from_name(&without_blanks(before), FileKind::Program)
}

/// What stands before the first colon, and the byte after it.
fn split_at_colon(text: &str) -> Option<(&str, usize)> {
    let (offset, colon) = text.char_indices().take(LONGEST_NAME * 4).find(|(_, c)| is_colon(*c))?;
    Some((text.get(..offset)?, offset + colon.len_utf8()))
}

fn not_a_field(text: &str, span: Span, kind: FileKind) -> Diagnostic {
    let first = text.split(is_blank).next().unwrap_or("");
    let value = text.get(first.len()..).unwrap_or("").trim_matches(is_blank);
    // `事業費3,254`: the name may run into its value.
    let run_in = FieldName::all_of(kind).find(|name| first.starts_with(name.name()));
    if let Some(name) = FieldName::from_name(first, kind).filter(|_| !value.is_empty()) {
        return Diagnostic::new(
            Code::J019,
            span,
            format!("「{}」は「{}：{value}」ではありませんか。", text.trim(), name.name()),
        )
        .help("項目名のすぐ後に「：」を入れてください。")
        .fix(span, format!("{}：{value}", name.name()));
    }
    if let Some(name) = run_in {
        let value = text.get(name.name().len()..).unwrap_or("").trim_matches(is_blank);
        return Diagnostic::new(Code::J019, span, format!("「{}」の後に「：」がありません。", name.name()))
            .help(format!("「{}：{value}」と書いてください。", name.name()));
    }
    Diagnostic::new(Code::J019, span, "この行は「項目：値」の形になっていません。").help(
        "本文なら【事業概要】などの見出しの下に移してください。書き留めておくだけなら【メモ】の下に書いてください。",
    )
}
