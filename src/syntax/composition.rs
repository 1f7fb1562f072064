//! Lines of 【構成】.
//!
//! ```text
//! name = [ "再掲" gap ] stem [ ".jigyo" ]      a chapter's folder is a path from the report; 再掲 alone lacks its stem
//! gap  = blank | "：" | ":"
//! ```

use super::ast::LineKind;
use super::chars::{is_blank, is_colon};
use super::line::trimmed;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// A line of 【構成】: `stem`, `folder/path`, or `再掲　stem`.
pub(super) fn parse_name(body: &str, span: Span, diagnostics: &mut Diagnostics) -> LineKind {
    let is_gap = |c| is_blank(c) || is_colon(c);
    let (relisted, start) = match body.strip_prefix("再掲") {
        Some(rest) if rest.is_empty() || rest.starts_with(is_gap) => {
            (true, body.len() - rest.trim_start_matches(is_gap).len())
        }
        _ => (false, 0),
    };
    let name = body.get(start..).unwrap_or("");
    if name.contains('。') || name.chars().count() > 120 {
        diagnostics.push(
            Diagnostic::new(Code::J027, span, "【構成】には名前だけを書きます。文は書けません。")
                .help("この行を消すか、【メモ】の下に移してください。"),
        );
        return LineKind::Unread;
    }
    let mut end = body.len();
    while let Some(at) = end.checked_sub(6).filter(|at| *at > start)
        && body.get(at..end).is_some_and(|ending| ending.eq_ignore_ascii_case(".jigyo"))
    {
        end = at;
    }
    LineKind::Name { relisted, name: trimmed(body, span, start, end) }
}
