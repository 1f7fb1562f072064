//! J057: levels that the page does not have: a fifth chapter in a chapter, ・ below ・, ○ in a program.

use super::heading_of;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::form::{CHAPTER_LEVELS, Form};
use crate::model::{Chapter, Report};
use crate::source::{Files, SourceFile};
use crate::syntax::chars::{is_blank, is_bullet, is_soft_break};
use crate::syntax::{Ast, FileKind, Line, LineKind, Section, Shape, deeper_lines};

/// Behind ○ these speak of the mark, or stand for what is to be filled in.
const NO_HEADS: &str = "印×はがをのと、。／/・○〇◯月日名人件回社校円△";

/// One message a section for each way to make a level.
pub(super) fn check(file: &SourceFile, ast: &Ast, form: &Form, diagnostics: &mut Diagnostics) {
    for section in ast.sections.iter().filter(|section| !section.quiet) {
        let Some(kind) = section.kind else { continue };
        match kind.spec().shape {
            Shape::Memo | Shape::Fields | Shape::Names | Shape::Photos | Shape::Grades | Shape::Form => {}
            // A table that the form declares has ・・ rows.
            Shape::Table if form.table(kind).is_some() => {}
            Shape::Table => check_rows(file, section, diagnostics),
            Shape::Prose | Shape::Case | Shape::Choice => {
                check_bullets(file, section, diagnostics);
                if ast.kind == Some(FileKind::Program) {
                    check_circles(file, section, diagnostics);
                }
            }
        }
    }
}

/// A 章 in the fourth of chapters in each other: it is printed beside the one that it lies in.
pub(super) fn check_chapters(report: &Report, files: &Files, diagnostics: &mut Diagnostics) {
    for chapter in &report.chapters {
        let is_above = |other: &&Chapter| {
            chapter
                .folder
                .strip_prefix(&other.folder)
                .is_some_and(|rest| !other.folder.is_empty() && rest.starts_with('/'))
        };
        let above: Vec<&Chapter> = report.chapters.iter().filter(is_above).collect();
        let Some(outer) = above.last().filter(|_| above.len() >= CHAPTER_LEVELS) else { continue };
        let title = |chapter: &Chapter| chapter.head.title.as_ref().map_or("", |title| &title.value).to_string();
        let (own, other) = (title(chapter), title(outer));
        diagnostics.push(
            Diagnostic::new(
                Code::J057,
                chapter.head.heading,
                format!("章「{own}」は{}段目の章ですが、章の段は{CHAPTER_LEVELS}つまでです。章「{other}」の中ではなく、隣の章として印刷されます。", above.len() + 1),
            )
            .help(format!(
                "章「{other}」の一部なら、この 章.jigyo を消してください（事業は「{other}」に入ります）。隣の章なら、フォルダーを「{}」の隣に移してください。",
                outer.folder
            ))
            .or_acknowledge(heading_of(files.get(chapter.head.file)), ""),
        );
    }
}

/// ・ rows further in than the first one of their group: by blanks, or by a second ・.
fn check_rows(file: &SourceFile, section: &Section, diagnostics: &mut Diagnostics) {
    let Some(deeper) = deeper_lines(file, section).into_iter().next() else { return };
    let (label, outer) = (label_of(file, deeper.line), label_of(file, deeper.above));
    diagnostics.push(
        Diagnostic::new(
            Code::J057,
            deeper.line.span,
            format!("「{label}」は「{outer}」の内訳のように書かれていますが、表の内訳は1段だけです。「{outer}」と同じ段に並べて印刷されます。"),
        )
        .help(format!(
            "「・{outer}のうち{label}」のように書き、行頭をほかの「・」とそろえてください。表を分けるなら、上に【指標】と書いて「{outer}」から始めます。"
        ))
        .or_acknowledge(heading_of(file), label),
    );
}

/// The first line of a row's label, without its marks.
fn label_of<'a>(file: &'a SourceFile, line: &Line) -> &'a str {
    let text = line.label().map_or("", |label| file.slice(label));
    let line = text.split(is_soft_break).next().unwrap_or(text);
    line.trim_start_matches(|c| is_bullet(c) || is_blank(c)).trim_end_matches(is_blank)
}

/// ・ further in than the ・ above it, or ・・.
fn check_bullets(file: &SourceFile, section: &Section, diagnostics: &mut Diagnostics) {
    let is_double = |line: &&Line| {
        let letters = file.slice(line.span).chars().filter(|c| !is_blank(*c));
        let marks = letters.take_while(|c| is_bullet(*c)).count();
        matches!(line.kind, LineKind::Bullet { .. }) && marks == 2
    };
    if let Some(line) = section.lines.iter().find(is_double) {
        diagnostics.push(
            Diagnostic::new(Code::J057, line.span, "文章の「・」は1段だけです。「・・」はそのまま印刷されます。")
                .help("上の段を「（1）」「（2）」で書くか、「・」を1つにしてください。")
                .or_acknowledge(heading_of(file), text_of(file, line)),
        );
        return;
    }
    let Some(deeper) = deeper_lines(file, section).into_iter().next() else { return };
    diagnostics.push(
        Diagnostic::new(
            Code::J057,
            deeper.line.span,
            "「・」が上の「・」より下げて書かれていますが、文章の「・」は1段だけです。同じ段に並べて印刷されます。",
        )
        .help("上の段を「（1）」「（2）」で書くか、下の段を「・…（…、…）」のように1つの「・」にまとめてください。")
        .or_acknowledge(heading_of(file), text_of(file, deeper.line)),
    );
}

fn text_of<'a>(file: &'a SourceFile, line: &Line) -> &'a str {
    file.slice(line.span).trim_start_matches(|c| is_bullet(c) || is_blank(c))
}

/// ○ as the head of what follows, as 【取組の概要】 has it.
fn check_circles(file: &SourceFile, section: &Section, diagnostics: &mut Diagnostics) {
    let is_head = |line: &&Line| {
        let text = file.slice(line.span).trim_start_matches(is_blank);
        let rest = text.strip_prefix(['○', '〇', '◯']).map(|rest| rest.trim_start_matches(is_blank));
        rest.is_some_and(|rest| rest.chars().next().is_some_and(|first| !NO_HEADS.contains(first)))
    };
    // The first line of a 選択 is the choice, whatever it begins with.
    let choice = usize::from(section.kind.is_some_and(|kind| kind.spec().shape == Shape::Choice));
    let paragraphs = section.lines.iter().filter(|line| line.kind == LineKind::Paragraph).skip(choice);
    let mut heads = paragraphs.filter(is_head);
    let Some(first) = heads.next() else { return };
    let more = heads.count();
    let count = if more > 0 { format!("（この見出しの下に{}か所）", more + 1) } else { String::new() };
    diagnostics.push(
        Diagnostic::new(
            Code::J057,
            first.span,
            format!("「○」は、事業では小見出しになりません。ふつうの段落として印刷されます{count}。"),
        )
        .help("項目を分けるなら「（1）…」、並べるなら「・…」と書いてください。「○」の小見出しは、章の【取組の概要】だけのものです。")
        .or_acknowledge(heading_of(file), text_of(file, first)),
    );
}
