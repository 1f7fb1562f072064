//! Reports a line of a head that is no field there (J013, J019), and the field that it most likely is.

use super::ast::{FieldName, LineKind, Meant};
use super::chars::is_blank;
use super::names::nearest;
use super::opening::list_sections;
use super::sections::{FileKind, SectionKind};
use super::vocabulary::Vocabulary;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// J013: `事業比：`, `事業費（千円）：`, a heading that is written like a field, a field of another kind of file.
pub(super) fn report_unknown(
    name: &str,
    span: Span,
    kind: FileKind,
    vocabulary: &Vocabulary,
    diagnostics: &mut Diagnostics,
) -> LineKind {
    let names: Vec<&str> = vocabulary.fields_of(kind).map(FieldName::name).collect();
    let bare = name.split(['（', '(', '［', '[']).next().unwrap_or("");
    if let Some(section) =
        vocabulary.section(name, Some(kind)).filter(|section| section.is_content() && section.belongs_to(kind))
    {
        let heading = section.name();
        diagnostics.push(
            Diagnostic::new(Code::J013, span, format!("「{name}」は項目ではなく、見出しです。"))
                .help(format!("【{heading}】と書いた行を作り、「{name}：」の後の文はその下の行に移してください。")),
        );
        return LineKind::Misread { meant: Meant::Heading(section) };
    }
    let near = nearest(name, names.iter().copied()).or_else(|| names.iter().copied().find(|known| *known == bare));
    let message = match (near, vocabulary.home_of(name)) {
        (Some(near), _) => format!("「{name}」という項目はありません。「{near}」の誤りではありませんか。"),
        (None, Some(home)) => {
            format!("「{name}」は【{}】のファイルに書く項目です。ここには書けません。", SectionKind::Head(home).name())
        }
        (None, None) => format!("「{name}」という項目はありません。"),
    };
    diagnostics.push(
        Diagnostic::new(Code::J013, span, message).help(format!(
            "使えるのは {} です。書き留めておくだけなら【メモ】の下に移してください。",
            names.join("・")
        )),
    );
    near.and_then(|near| vocabulary.field(near, kind))
        .map_or(LineKind::Unread, |meant| LineKind::Misread { meant: Meant::Field(meant) })
}

/// J019: a line that is no field, with the field that it most likely is.
pub(super) fn report_no_field(
    text: &str,
    span: Span,
    kind: FileKind,
    vocabulary: &Vocabulary,
    diagnostics: &mut Diagnostics,
) -> LineKind {
    // The longest name that fits: 発行日 before 発行. 担当課 is 担当.
    let named = vocabulary.field_words(kind).filter(|(word, _)| text.starts_with(word));
    if let Some((name, field)) = named.max_by_key(|(word, _)| word.len()) {
        let is_gap = |c: char| is_blank(c) || "；;=＝︰".contains(c);
        let value = text.get(name.len()..).unwrap_or("").trim_matches(is_gap);
        if !value.is_empty() {
            let mended = format!("{}：{value}", field.name());
            diagnostics.push(
                Diagnostic::new(Code::J019, span, format!("「{text}」は「{mended}」ではありませんか。"))
                    .help("項目名のすぐ後に「：」を入れてください。")
                    .proposal(span, mended),
            );
            return LineKind::Misread { meant: Meant::Field(field) };
        }
        diagnostics.push(
            Diagnostic::new(Code::J019, span, format!("「{name}」の後に「：」と値がありません。"))
                .help(format!("「{name}：」の後に値を書いてください。")),
        );
        return LineKind::Misread { meant: Meant::Field(field) };
    }
    diagnostics.push(Diagnostic::new(Code::J019, span, "この行は「項目：値」の形になっていません。").help(format!(
        "本文なら {} のどれかの見出しの下に移してください。書き留めておくだけなら【メモ】の下に書いてください。",
        list_sections(vocabulary, kind)
    )));
    LineKind::Unread
}
