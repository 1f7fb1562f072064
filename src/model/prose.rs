//! Prose: paragraphs, numbered items, bullets, notes and sub-headings, each with its continued lines.

use nom::branch::alt;
use nom::bytes::complete::take_while_m_n;
use nom::character::complete::{one_of, satisfy};
use nom::combinator::{not, peek, recognize};
use nom::{IResult, Parser};

use super::{PLACEHOLDER, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceFile, Span};
use crate::syntax::chars::{is_blank, is_digit};
use crate::syntax::{Line, LineKind, Section, SectionKind};

/// What a block is, and with it how it hangs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    Paragraph,
    /// A paragraph that begins with a bullet of Word's (① ア １． ●): its text hangs behind the mark.
    Hanging(String),
    Subheading,
    Item(u8),
    Bullet,
    Note,
}

/// One paragraph, item, bullet, note or sub-heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    /// The lines of its text, without the mark.
    pub lines: Vec<Text>,
}

impl Block {
    /// From its first to its last character, marks included.
    pub fn span(&self) -> Option<Span> {
        let first = self.lines.first()?.span;
        Some(first.to(self.lines.last()?.span))
    }
}

/// Blocks of one or more sections of the same name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prose {
    /// 【…】 of the first of them
    pub heading: Option<Span>,
    pub blocks: Vec<Block>,
}

impl Prose {
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Whether an item of this number stands anywhere.
    pub fn has_item(&self, number: u8) -> bool {
        self.blocks.iter().any(|block| block.kind == BlockKind::Item(number))
    }
}

/// Reads the lines of a section. J024 for a ＋ with nothing above, J040 for numbers that jump or repeat.
pub(super) fn lower_prose(file: &SourceFile, section: &Section, diagnostics: &mut Diagnostics) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut numbers = Numbers::default();
    for line in &section.lines {
        let whole = |span| Text::new(file.slice(span).to_string(), span);
        match &line.kind {
            LineKind::Blank | LineKind::Unread => {}
            // Out of place and said: a draft shows it where it stands.
            LineKind::Misread { .. } => {
                blocks.push(Block { kind: BlockKind::Paragraph, lines: vec![whole(line.span)] });
            }
            LineKind::Paragraph if file.slice(line.span) == PLACEHOLDER => {
                diagnostics.push(open_place(file, section, line.span))
            }
            LineKind::Paragraph => {
                numbers.interrupt();
                blocks.push(lower_paragraph(file, line));
            }
            LineKind::Subheading { text } => {
                numbers.interrupt();
                blocks.push(Block { kind: BlockKind::Subheading, lines: vec![whole(*text)] });
            }
            LineKind::Item { number, text } => {
                numbers.check(*number, line.span, diagnostics);
                blocks.push(Block { kind: BlockKind::Item(*number), lines: vec![whole(*text)] });
            }
            LineKind::Bullet { text } => blocks.push(Block { kind: BlockKind::Bullet, lines: vec![whole(*text)] }),
            LineKind::Note { text } => blocks.push(Block { kind: BlockKind::Note, lines: vec![whole(*text)] }),
            LineKind::Continuation { cells } => match (blocks.last_mut(), cells.first()) {
                (Some(block), Some(cell)) => block.lines.push(whole(*cell)),
                _ => diagnostics.push(nothing_above(line.span)),
            },
            LineKind::Field { .. } | LineKind::Row { .. } | LineKind::Label { .. } | LineKind::Name { .. } => {}
        }
    }
    blocks
}

/// J012 for a section that stands twice.
pub(super) fn report_twice(
    file: &SourceFile,
    kind: SectionKind,
    first: Span,
    second: Span,
    diagnostics: &mut Diagnostics,
) {
    let lines = [first.start, second.start].map(|start| file.position(start).line);
    diagnostics.push(
        Diagnostic::new(
            Code::J012,
            second,
            format!("【{}】が2か所（{}行目と{}行目）にあります。", kind.name(), lines[0], lines[1]),
        )
        .help("1つにまとめてください。")
        .related(first, "1つ目はここです"),
    );
}

/// J012 for a line that says no more than that something is to be written.
fn open_place(file: &SourceFile, section: &Section, span: Span) -> Diagnostic {
    let is_required = section.kind.is_some_and(SectionKind::is_required);
    let or_none =
        if is_required { "" } else { "書くことがなければ、上の見出しの行も消してください。" };
    Diagnostic::new(Code::J012, span, format!("{}が未記入です。", file.slice(section.heading)))
        .help(format!("「未記入」の行を消して、文を書いてください。{or_none}"))
        .open()
}

/// J024 for a ＋.
pub(super) fn nothing_above(span: Span) -> Diagnostic {
    Diagnostic::new(Code::J024, span, "「＋」の上に続ける行がありません。")
        .help("新しい段落なら行頭の「＋」を消してください。")
}

/// The numbers of a list, which starts anew with (1) after a paragraph.
#[derive(Default)]
struct Numbers {
    last: Option<(u8, Span)>,
    /// What the last item should have been, where it was wrong.
    meant: Option<u8>,
    interrupted: bool,
}

impl Numbers {
    fn interrupt(&mut self) {
        self.interrupted = true;
    }

    fn check(&mut self, number: u8, span: Span, diagnostics: &mut Diagnostics) {
        let starts_anew = number == 1 && (self.interrupted || self.last.is_none());
        let expected = self.last.map_or(1, |(last, _)| last.saturating_add(1));
        // (1) (3) (3): the second item is wrong, and the third goes on from what it should have been.
        let goes_on = self.meant.is_some_and(|meant| number == meant.saturating_add(1));
        self.meant = None;
        if !starts_anew && number != expected && !goes_on {
            self.meant = Some(expected);
            let message = match self.last {
                Some((last, _)) if last == number => format!("({number}) が2回続いています。"),
                Some((last, _)) => format!("({last}) の次が ({number}) です。"),
                None => format!("番号が ({number}) から始まっています。"),
            };
            let mut diagnostic = Diagnostic::new(Code::J040, span, message)
                .label(format!("({expected}) ではありませんか"))
                .help(format!("「（{expected}）」に直すか、抜けている項目を書いてください。"));
            if let Some((_, before)) = self.last {
                diagnostic = diagnostic.related(before, "前の番号はここです");
            }
            diagnostics.push(diagnostic);
        }
        self.last = Some((number, span));
        self.interrupted = false;
    }
}

fn lower_paragraph(file: &SourceFile, line: &Line) -> Block {
    let text = file.slice(line.span);
    // ●● is no bullet: something was to be filled in.
    let is_doubled = text.chars().next().is_some_and(|first| text.chars().nth(1) == Some(first));
    let Some((rest, mark)) = word_bullet(text).ok().filter(|_| !is_doubled) else {
        return Block { kind: BlockKind::Paragraph, lines: vec![Text::new(text.to_string(), line.span)] };
    };
    let body = rest.trim_start_matches(is_blank);
    let span = Span { start: line.span.end - body.len(), ..line.span };
    Block { kind: BlockKind::Hanging(mark.to_string()), lines: vec![Text::new(body.to_string(), span)] }
}

/// ① ● ■, `１．`, `ア　`, `ア）`, `（ア）`, `a)`: what Word puts before the items of a list.
fn word_bullet(input: &str) -> IResult<&str, &str> {
    let circled = satisfy(|c| matches!(c, '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿' | '❶'..='❿'));
    let mark = satisfy(|c| "●■◆□◇◎▪▶►➢✓".contains(c));
    let close = || one_of(")）");
    let letter = || satisfy(|c| ('ア'..='ン').contains(&c) || c.is_ascii_alphabetic() || ('ａ'..='ｚ').contains(&c));
    alt((
        recognize(circled),
        recognize(mark),
        recognize((take_while_m_n(1, 2, is_digit), one_of(".．"), not(peek(satisfy(is_digit))))),
        recognize((take_while_m_n(1, 2, is_digit), close())),
        recognize((one_of("(（"), letter(), close())),
        recognize((letter(), close())),
        recognize((letter(), one_of("．"))),
        recognize((satisfy(|c| ('ア'..='ン').contains(&c)), peek(satisfy(is_blank)))),
    ))
    .parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_of_word_hang() {
        for (text, mark) in [
            ("①相談", "①"),
            ("１．相談", "１．"),
            ("1. 相談", "1."),
            ("ア　相談", "ア"),
            ("（ア）相談", "（ア）"),
            ("a) 相談", "a)"),
            ("●相談", "●"),
        ] {
            assert_eq!(word_bullet(text).map(|(_, mark)| mark), Ok(mark), "{text}");
        }
        for text in ["アプリを作った。", "3.5倍になった。", "令和2年度", "A社を訪ねた。"] {
            assert!(word_bullet(text).is_err(), "{text}");
        }
    }
}
