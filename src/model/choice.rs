//! A section whose first line is one of the form's choices.

use super::prose::{lower_prose, report_twice};
use super::{Block, BlockKind, PLACEHOLDER, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::form::Choices;
use crate::source::{SourceFile, Span};
use crate::syntax::{Ast, Section, SectionKind};

/// A choice, and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chosen {
    /// 【…】; absent where the section is not there and the standard choice counts
    pub heading: Option<Span>,
    /// As the form has it; absent where it could not be read, or nobody wrote one
    pub choice: Option<String>,
    /// What was typed
    pub place: Option<Span>,
    pub blocks: Vec<Block>,
}

impl Chosen {
    pub fn is_empty(&self) -> bool {
        self.choice.is_none() && self.blocks.is_empty()
    }
}

/// Reads the section. J018 for what is no choice, J012 for one that stands twice.
pub(super) fn lower_choice(
    file: &SourceFile,
    ast: &Ast,
    kind: SectionKind,
    choices: &Choices,
    diagnostics: &mut Diagnostics,
) -> Chosen {
    let mut sections = ast.sections_of(kind);
    let standard = || choices.standard().map(str::to_string);
    let Some(section) = sections.next() else { return Chosen { choice: standard(), ..Chosen::default() } };
    for second in sections {
        report_twice(file, kind, section.heading, second.heading, diagnostics);
    }
    let mut silent = Diagnostics::new();
    let said = if section.quiet { &mut silent } else { &mut *diagnostics };
    let mut own = Diagnostics::new();
    let mut blocks = lower_prose(file, section, &mut own);
    own.iter().for_each(|found| said.push(with_choices(found.clone(), choices)));
    let heading = Some(section.heading);
    if blocks.is_empty() {
        return Chosen { heading, choice: standard(), place: None, blocks };
    }
    let first = blocks.remove(0);
    let Some((typed, rest)) = first.lines.split_first() else { return Chosen { heading, ..Chosen::default() } };
    let typed = whole_line(file, section, typed);
    let choice = choices.find(&typed.value).map(str::to_string);
    if choice.is_none() {
        said.push(no_choice(kind, &typed, choices));
    }
    if !rest.is_empty() {
        blocks.insert(0, Block { lines: rest.to_vec(), kind: BlockKind::Paragraph });
    }
    Chosen { heading, choice, place: Some(typed.span), blocks }
}

/// A place that is still to be filled in asks for one of the choices.
fn with_choices(found: Diagnostic, choices: &Choices) -> Diagnostic {
    if !found.is_open || choices.list.is_empty() {
        return found;
    }
    found.help(format!(
        "「{PLACEHOLDER}」の行を消して、{} のどれかを書いてください。説明はその下の行に書きます。",
        choices.listed()
    ))
}

/// The line that a text stands in, with the mark in front of it: ① may be the choice, or a part of it.
fn whole_line(file: &SourceFile, section: &Section, text: &Text) -> Text {
    let holds = |span: Span| span.start <= text.span.start && text.span.end <= span.end;
    let line = section.lines.iter().find(|line| holds(line.span));
    line.map_or_else(|| text.clone(), |line| Text::new(file.slice(line.span).to_string(), line.span))
}

fn no_choice(kind: SectionKind, typed: &Text, choices: &Choices) -> Diagnostic {
    let shown: String = typed.value.chars().take(20).collect();
    Diagnostic::new(Code::J018, typed.span, format!("【{}】の「{shown}」は、選べる言葉ではありません。", kind.name()))
        .help(format!(
            "見出しのすぐ下の行に {} のどれかを書いてください。説明はその下の行に書きます。",
            choices.listed()
        ))
}
