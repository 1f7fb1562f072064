//! One line of a section, by its first characters and, in a table, its separators.
//!
//! ```text
//! prose   = item text | bullet text | "○" text | "※" text | "＋" text | text
//! table   = [bullet] cell { bar cell } | "＋" [cell { bar cell }] | "※" text | [bullet] text
//! bar     = "｜" | "|" | "│" ; Tab where the line has none of them
//! bullet  = "・" | "･" | "•" | "‧"
//! ```

use super::ast::LineKind;
use super::chars::{is_bar, is_blank, is_bullet, is_circle, is_plus, is_soft_break, parse_item_number};
use crate::source::Span;

/// A line of prose. `subheadings` is true in 【取組の概要】 alone.
pub fn parse_prose(text: &str, span: Span, subheadings: bool) -> LineKind {
    let Some(first) = text.chars().next() else {
        return LineKind::Blank;
    };
    let after = |marker: usize| trimmed(text, span, marker, text.len());
    if is_bullet(first) {
        return LineKind::Bullet { text: after(first.len_utf8()) };
    }
    if first == '※' {
        return LineKind::Note { text: after(first.len_utf8()) };
    }
    if is_plus(first) {
        return LineKind::Continuation { cells: vec![after(first.len_utf8())] };
    }
    if subheadings && is_circle(first) {
        return LineKind::Subheading { text: after(first.len_utf8()) };
    }
    if let Ok((rest, number)) = parse_item_number(text) {
        return LineKind::Item { number, text: after(text.len() - rest.len()) };
    }
    LineKind::Paragraph
}

/// A line of 【指標】 or 【写真】. `text` still has its blanks in front: a leading Tab separates cells.
pub fn parse_table_line(text: &str, span: Span) -> LineKind {
    let body = text.trim_start_matches(|c| is_blank(c) || is_soft_break(c));
    let Some(first) = body.chars().next() else {
        return LineKind::Blank;
    };
    let lead = text.len() - body.len();
    let has_bar = text.contains(is_bar);
    let has_tab = !has_bar && text.contains('\t');
    if is_plus(first) {
        return LineKind::Continuation { cells: split_cells(text, span, lead + first.len_utf8(), has_bar) };
    }
    if has_bar || has_tab {
        // With ｜ the blanks in front mean nothing; without it a Tab in front is a cell.
        let start = if has_bar { lead } else { text.find('\t').map_or(lead, |tab| tab.min(lead)) };
        let child = start == lead && is_bullet(first);
        let start = if child { lead + first.len_utf8() } else { start };
        return LineKind::Row { child, cells: split_cells(text, span, start, has_bar) };
    }
    if first == '※' {
        return LineKind::Note { text: trimmed(text, span, lead + first.len_utf8(), text.len()) };
    }
    let child = is_bullet(first);
    let start = if child { lead + first.len_utf8() } else { lead };
    LineKind::Label { child, text: trimmed(text, span, start, text.len()) }
}

/// The cells of a line from byte `start` on, without blanks around each.
fn split_cells(text: &str, span: Span, start: usize, has_bar: bool) -> Vec<Span> {
    let mut cells = Vec::with_capacity(4);
    let mut cell_start = start;
    for (offset, c) in text.char_indices().skip_while(|(offset, _)| *offset < start) {
        if if has_bar { is_bar(c) } else { c == '\t' } {
            cells.push(trimmed(text, span, cell_start, offset));
            cell_start = offset + c.len_utf8();
        }
    }
    cells.push(trimmed(text, span, cell_start, text.len()));
    cells
}

/// The span of `text[start..end]` without blanks and soft breaks at either end; `span` is that of the whole text.
pub fn trimmed(text: &str, span: Span, start: usize, end: usize) -> Span {
    let part = text.get(start..end).unwrap_or("");
    let is_edge = |c| is_blank(c) || is_soft_break(c);
    let left = part.len() - part.trim_start_matches(is_edge).len();
    let right = part.trim_end_matches(is_edge).len().max(left);
    Span { file: span.file, start: span.start + start + left, end: span.start + start + right }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    fn table(text: &str) -> String {
        let mut files = Files::new();
        let id = files.add("a", text);
        let kind = parse_table_line(text, Span::new(id, 0..text.len()));
        let show = |cells: &[Span]| cells.iter().map(|cell| files.slice(*cell)).collect::<Vec<_>>().join("/");
        match kind {
            LineKind::Row { child, cells } => format!("row{} {}", if child { "*" } else { "" }, show(&cells)),
            LineKind::Continuation { cells } => format!("more {}", show(&cells)),
            LineKind::Label { child, text } => format!("label{} {}", if child { "*" } else { "" }, files.slice(text)),
            LineKind::Note { text } => format!("note {}", files.slice(text)),
            other @ (LineKind::Blank
            | LineKind::Field { .. }
            | LineKind::Paragraph
            | LineKind::Subheading { .. }
            | LineKind::Item { .. }
            | LineKind::Bullet { .. }
            | LineKind::Name { .. }
            | LineKind::Unread
            | LineKind::Misread { .. }) => format!("{other:?}"),
        }
    }

    #[test]
    fn separators_in_every_form() {
        assert_eq!(table("県内就職者数｜58名｜22名"), "row 県内就職者数/58名/22名");
        assert_eq!(table("県内就職者数| 58名 │22名"), "row 県内就職者数/58名/22名");
        assert_eq!(table("県内就職者数\t58名\t22名"), "row 県内就職者数/58名/22名");
        assert_eq!(table("\t・開催回数｜6回｜7回"), "row* 開催回数/6回/7回");
        assert_eq!(table("\t58名\t22名"), "row /58名/22名");
        assert_eq!(table("　･開催回数\t6回\t7回"), "row* 開催回数/6回/7回");
        assert_eq!(table("工業高校生向け体験研修\t\t"), "row 工業高校生向け体験研修//");
        assert_eq!(table("＋　　　｜R2年3月｜R3年3月"), "more /R2年3月/R3年3月");
        assert_eq!(table("+\tR2年3月"), "more /R2年3月");
        assert_eq!(table("※（1月末）｜注"), "row ※（1月末）/注");
        assert_eq!(table("※ 1月末"), "note 1月末");
        assert_eq!(table("　工業高校生向け　"), "label 工業高校生向け");
        assert_eq!(table("・回数"), "label* 回数");
    }

    #[test]
    fn a_plus_with_a_tab_keeps_its_first_cell() {
        assert_eq!(table("＋\t\tR3年3月"), "more //R3年3月");
    }
}
