//! J043: paragraphs that end in the middle of a sentence, as hard line ends from mail leave them.

use super::heading_of;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Block, BlockKind, Program, Report};
use crate::source::{Files, SourceFile, Span};
use crate::syntax::chars::is_blank;

/// What a paragraph may end in. A colon leads to the items below it.
const ENDS: &[char] = &[
    '。', '．', '）', ')', '」', '』', '】', '〕', '］', ']', '”', '!', '！', '?', '？', '：', ':', '…', '、', '>',
    '＞', '｡', '､', '｣',
];

pub(super) fn check_program(program: &Program, files: &Files, diagnostics: &mut Diagnostics) {
    for (_, prose) in program.prose() {
        check_blocks(&prose.blocks, files, diagnostics);
    }
    for case in program.cases() {
        check_blocks(&case.blocks, files, diagnostics);
    }
}

pub(super) fn check_heads(report: &Report, files: &Files, diagnostics: &mut Diagnostics) {
    for chapter in &report.chapters {
        check_blocks(&chapter.head.overview.blocks, files, diagnostics);
    }
}

/// One message for a run of broken lines: they are one pasted text.
fn check_blocks(blocks: &[Block], files: &Files, diagnostics: &mut Diagnostics) {
    // Where no sentence has an end, the section is written in catchwords.
    let ends = |block: &Block| block.lines.iter().any(|line| line.value.contains(['。', '｡']));
    if !blocks.iter().any(ends) {
        return;
    }
    let mut index = 0;
    while let Some(block) = blocks.get(index) {
        let run = blocks.get(index..).unwrap_or(&[]);
        let broken = (0..run.len()).take_while(|at| is_broken(run, *at)).count();
        index += broken.max(1);
        let Some(line) = block.lines.last().filter(|_| broken > 0) else { continue };
        let file = files.get(line.span.file);
        let number = |block: Option<&Block>| block.and_then(Block::span).map(|span| file.position(span.start).line);
        let goes_on = run.get(broken).filter(|next| next.kind == BlockKind::Paragraph);
        // Where nothing follows, the last of the broken lines is itself the end.
        let last = number(goes_on.or_else(|| run.get(broken - 1)));
        let diagnostic = match (number(Some(block)), last) {
            (Some(first), Some(last)) if last > first => Diagnostic::new(
                Code::J043,
                line.span,
                format!("文の途中で改行していませんか（{first}行目から{last}行目まで）。"),
            )
            .help(format!("{first}行目から{last}行目までの改行を消し、1行につなげてください。")),
            _ => {
                let (end, words) = last_words(file, line.span);
                Diagnostic::new(Code::J043, line.span, "段落が「。」で終わっていません。")
                    .help("文の終わりに「。」を付けてください。途中で切れていれば、続きを書いてください。")
                    .proposal(end, format!("{words}。"))
            }
        };
        let word: String = line.value.trim_matches(is_blank).chars().take(10).collect();
        diagnostics.push(diagnostic.or_acknowledge(heading_of(file), &word));
    }
}

/// The last characters of a line, with their place: what is put behind them is seen beside something.
fn last_words(file: &SourceFile, line: Span) -> (Span, &str) {
    let words = file.slice(line).trim_end_matches(is_blank);
    let start = words.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
    let place = Span { start: line.start + start, end: line.start + words.len(), ..line };
    (place, words.get(start..).unwrap_or_default())
}

/// Whether the block at a place is a paragraph that ends in the middle of a sentence.
fn is_broken(blocks: &[Block], at: usize) -> bool {
    let (block, following) = (blocks.get(at), blocks.get(at + 1).map(|block| &block.kind));
    let line = block.filter(|block| block.kind == BlockKind::Paragraph).and_then(|block| block.lines.last());
    line.is_some_and(|line| is_open(line.value.trim_end_matches(is_blank), following))
}

/// Whether a sentence goes on. A short line is a heading or a remark, and what leads to a list needs no end.
fn is_open(text: &str, following: Option<&BlockKind>) -> bool {
    let Some(last) = text.chars().next_back() else { return false };
    let goes_on = following == Some(&BlockKind::Paragraph);
    // A comma at the end is a broken line only where a line follows.
    if ENDS.contains(&last) && !(goes_on && matches!(last, '、')) {
        return false;
    }
    // 対象者　県内に…: a heading with its words
    let is_titled = text.chars().take(8).any(is_blank);
    let is_long = !is_titled && text.chars().count() >= 15;
    let is_sentence = text.contains(['。', '、']) || text.contains(['は', 'を', 'が', 'に']);
    match following {
        Some(BlockKind::Paragraph) | None => is_long && is_sentence,
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_sentences() {
        let paragraph = Some(&BlockKind::Paragraph);
        assert!(is_open("県内の企業と学生が出会う場を設けるため、合同の", paragraph));
        assert!(is_open("県内の企業と学生が出会う場を設けるため、", paragraph));
        assert!(is_open("県内の企業と学生が出会う場を設けた", None));
        for (text, following) in [
            ("研修を行った。", paragraph),
            ("研修を行った（青森市で２回、弘前市で１回）", paragraph),
            ("次の三つに取り組み、いずれも実施した：", None),
            ("次の三つの取組を実施し、成果を得た", Some(&BlockKind::Item(1))),
            ("実施しなかった", None),
            ("若者の就職を支える体制づくり", paragraph),
        ] {
            assert!(!is_open(text, following), "{text}");
        }
    }
}
