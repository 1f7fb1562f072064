//! J043: paragraphs that end in the middle of a sentence, as hard line ends from mail leave them.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Block, BlockKind, Program, Report};
use crate::syntax::chars::is_blank;

/// What a paragraph may end in. A colon leads to the items below it.
const ENDS: &[char] = &[
    '。', '．', '）', ')', '」', '』', '】', '〕', '］', ']', '”', '!', '！', '?', '？', '：', ':', '…', '、', '>',
    '＞',
];

pub(super) fn check_program(program: &Program, diagnostics: &mut Diagnostics) {
    for prose in [&program.overview, &program.results, &program.outcome, &program.issues, &program.direction] {
        check_blocks(&prose.blocks, diagnostics);
    }
    for case in &program.cases {
        check_blocks(&case.blocks, diagnostics);
    }
}

pub(super) fn check_heads(report: &Report, diagnostics: &mut Diagnostics) {
    for chapter in &report.chapters {
        check_blocks(&chapter.head.overview.blocks, diagnostics);
    }
}

/// One message for a run of broken lines: they are one pasted text.
fn check_blocks(blocks: &[Block], diagnostics: &mut Diagnostics) {
    let mut in_run = false;
    for (index, block) in blocks.iter().enumerate() {
        let following = blocks.get(index + 1);
        let Some(line) = block.lines.last().filter(|_| block.kind == BlockKind::Paragraph) else {
            in_run = false;
            continue;
        };
        let text = line.value.trim_end_matches(is_blank);
        let is_broken = is_open(text, following.map(|block| &block.kind));
        if is_broken && !in_run {
            let (message, help) = if following.is_some_and(|block| block.kind == BlockKind::Paragraph) {
                ("文の途中で改行していませんか。", "次の行とつなげて、1つの段落を1行で書いてください。")
            } else {
                (
                    "段落が「。」で終わっていません。",
                    "文の終わりに「。」を付けてください。途中で切れていれば、続きを書いてください。",
                )
            };
            diagnostics.push(Diagnostic::new(Code::J043, line.span, message).help(help));
        }
        in_run = is_broken;
    }
}

/// Whether a sentence goes on. A short line is a heading or a remark, and what leads to a list needs no end.
fn is_open(text: &str, following: Option<&BlockKind>) -> bool {
    let Some(last) = text.chars().next_back() else { return false };
    let goes_on = following == Some(&BlockKind::Paragraph);
    // A comma at the end is a broken line only where a line follows.
    if ENDS.contains(&last) && !(goes_on && matches!(last, '、')) {
        return false;
    }
    let is_long = text.chars().count() >= 15;
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
