//! One line of a section.
//!
//! ```text
//! prose     = bullet | note | more | subheading | item | paragraph
//! bullet    = "・" text
//! note      = "※" text
//! more      = "＋" text
//! subheading = "○" text                  in 【取組の概要】 alone
//! item      = "（" number "）" text
//! table     = lead ( more row | row | note | label )
//! more row  = "＋" cells
//! row       = [ "・" ] cell separator cells
//! label     = [ "・" ] text
//! cells     = cell { separator cell }
//! separator = "｜"                       Tab in a line that has no ｜
//! lead      = { blank | soft break }     a Tab in front of a row parted by Tabs is a separator
//! ```
//!
//! Every character stands here in its usual form; `chars` has the others. Each production takes every line: what is none of
//! the first ones is a paragraph, or a label.

use nom::branch::alt;
use nom::bytes::complete::{take_till, take_while};
use nom::character::complete::{char, satisfy};
use nom::combinator::{eof, map, opt, rest, value, verify};
use nom::multi::separated_list1;
use nom::sequence::preceded;
use nom::{IResult, Offset, Parser};

use super::ast::LineKind;
use super::chars::{is_bar, is_bullet, is_circle, is_edge, is_plus, parse_item_number};
use crate::source::Span;

/// A line of prose. `subheadings` is true in 【取組の概要】 alone.
pub fn parse_prose(line: &str, span: Span, subheadings: bool) -> LineKind {
    let text = || map(rest, |text| trimmed(line, span, text));
    let more = map(preceded(satisfy(is_plus), text()), |text| LineKind::Continuation { cells: vec![text] });
    let circle = verify(satisfy(is_circle), |_| subheadings);
    let prose = alt((
        value(LineKind::Blank, eof),
        map(preceded(bullet, text()), |text| LineKind::Bullet { text }),
        map(preceded(char('※'), text()), |text| LineKind::Note { text }),
        more,
        map(preceded(circle, text()), |text| LineKind::Subheading { text }),
        map((parse_item_number, text()), |(number, text)| LineKind::Item { number, text }),
    ))
    .parse(line);
    prose.map_or(LineKind::Paragraph, |(_, kind)| kind)
}

/// A line of 【指標】 or 【写真】. `line` still has its blanks in front: a leading Tab separates cells.
pub fn parse_table_line(line: &str, span: Span) -> LineKind {
    let separator: fn(char) -> bool = if line.contains(is_bar) { is_bar } else { |c| c == '\t' };
    let at = |text: &str| trimmed(line, span, text);
    let cells = || cells(separator, at);
    let lead = || take_while(is_edge);
    let row = (
        take_while(move |c| is_edge(c) && !separator(c)),
        opt(bullet),
        verify(cells(), |cells: &Vec<_>| cells.len() > 1),
    );
    let label = (opt(bullet), rest);
    let table = alt((
        value(LineKind::Blank, (lead(), eof)),
        map(preceded((lead(), satisfy(is_plus)), cells()), |cells| LineKind::Continuation { cells }),
        map(row, |(_, mark, cells)| LineKind::Row { child: mark.is_some(), cells }),
        map(preceded((lead(), char('※')), rest), |text| LineKind::Note { text: at(text) }),
        map(preceded(lead(), label), |(mark, text)| LineKind::Label { child: mark.is_some(), text: at(text) }),
    ))
    .parse(line);
    table.map_or(LineKind::Paragraph, |(_, kind)| kind)
}

fn bullet(input: &str) -> IResult<&str, char> {
    satisfy(is_bullet).parse(input)
}

/// The places of the cells up to the end of the line, `at` giving that of each.
fn cells<'a>(
    separator: fn(char) -> bool,
    at: impl Fn(&str) -> Span,
) -> impl Parser<&'a str, Output = Vec<Span>, Error = nom::error::Error<&'a str>> {
    separated_list1(satisfy(separator), map(take_till(separator), at))
}

/// The place of `part`, which a production took from `whole`, without blanks and soft breaks at either end; `span` is the place
/// of `whole`.
pub fn trimmed(whole: &str, span: Span, part: &str) -> Span {
    let inside = part.trim_start_matches(is_edge).trim_end_matches(is_edge);
    let start = span.start + whole.offset(inside);
    Span { file: span.file, start, end: start + inside.len() }
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
