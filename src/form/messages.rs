//! J073: what is wrong in a form, with the line as it should be.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A fault of a form and what to type.
pub(super) fn fault(span: Span, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::J073, span, message).help(help)
}

/// A word that is none of those that may stand there.
pub(super) fn unknown(span: Span, what: &str, word: &str, known: &[&str]) -> Diagnostic {
    let near = crate::syntax::nearest(word, known.iter().copied());
    let guess = near.map(|near| format!("「{near}」の誤りではありませんか。")).unwrap_or_default();
    fault(
        span,
        format!("様式の{what}「{word}」は分かりません。{guess}"),
        format!("書けるのは {} です。", known.join("・")),
    )
}

/// The same name twice.
pub(super) fn twice(span: Span, what: &str, name: &str, first: Span) -> Diagnostic {
    fault(span, format!("様式に{what}「{name}」が2回あります。"), "どちらかの行を消すか、名前を変えてください。")
        .related(first, "1つ目はここです")
}
