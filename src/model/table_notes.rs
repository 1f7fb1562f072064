//! Notes under a table that do not begin with ※. J025 says so here; they are kept as the notes they are.

use super::lower_indicator::{Last, Lowering};
use super::table_messages::shortened;
use super::{Block, BlockKind, Text};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::chars::{is_blank, is_colon, is_digit};

impl Lowering<'_> {
    /// Whether the line is （注）…, 注：… or （※）…
    pub(super) fn lower_unmarked_note(&mut self, span: Span, text: Span) -> bool {
        let typed = self.file.slice(text);
        let Some(note) = without_mark(typed) else { return false };
        let place = Span { start: text.end - note.len(), ..text };
        self.diagnostics.push(
            Diagnostic::new(Code::J025, span, format!("「{}」は、表の注のようです。", shortened(typed)))
                .help(format!("注は「※」で始めて、「※{}」と書いてください。", shortened(note)))
                .proposal(text, format!("※{note}")),
        );
        self.table.notes.push(Block { kind: BlockKind::Note, lines: vec![Text::new(note.to_string(), place)] });
        self.last = Last::Note;
        true
    }
}

/// What stands behind （注）, 注：, （※） and the like, with which notes begin elsewhere.
fn without_mark(text: &str) -> Option<&str> {
    const OPENING: [char; 4] = ['（', '(', '［', '['];
    const CLOSING: [char; 4] = ['）', ')', '］', ']'];
    // 出典：県調べ stays as it is behind ※.
    let is_source = |word| text.strip_prefix(word).is_some_and(|rest: &str| rest.starts_with(is_colon));
    if ["出典", "資料", "出所"].into_iter().any(is_source) {
        return Some(text);
    }
    let rest = text.trim_start_matches(OPENING);
    let is_bracketed = rest.len() < text.len();
    let word =
        ["注記", "注意", "注釈", "注", "※", "*", "＊", "備考"].into_iter().find(|word| rest.starts_with(word))?;
    let rest = rest.get(word.len()..)?.trim_start_matches(is_digit);
    let note = if is_bracketed {
        rest.strip_prefix(CLOSING)?
    } else if matches!(word, "*" | "＊") {
        rest
    } else {
        rest.strip_prefix(|c: char| is_colon(c) || is_blank(c) || CLOSING.contains(&c))?
    };
    let note = note.trim_start_matches(|c: char| is_colon(c) || is_blank(c));
    (!note.is_empty()).then_some(note)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_told_from_labels() {
        for (typed, note) in [
            ("（注）延べ人数", Some("延べ人数")),
            ("(注1) 延べ人数", Some("延べ人数")),
            ("注：延べ人数", Some("延べ人数")),
            ("注２　延べ人数", Some("延べ人数")),
            ("（※）延べ人数", Some("延べ人数")),
            ("＊延べ人数", Some("延べ人数")),
            ("備考：延べ人数", Some("延べ人数")),
            ("注釈：延べ人数", Some("延べ人数")),
            ("出典：県の調べ", Some("出典：県の調べ")),
            ("資料の配布部数", None),
            ("注文住宅の展示会", None),
            ("注意喚起の件数", None),
            ("備考欄", None),
            ("（注文）件数", None),
            ("（1）講習", None),
        ] {
            assert_eq!(without_mark(typed), note, "{typed}");
        }
    }
}
