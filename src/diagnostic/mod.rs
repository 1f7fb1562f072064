//! What is wrong, where, and what to type instead.
//!
//! Owns the shape of a message, the table of codes with their pages, and the renderers. Renderers know no code by
//! name: every message is built where its rule lives.

mod code;
mod errors;
mod excerpt;
pub mod github;
pub mod json;
pub mod terminal;
mod text_width;

pub use code::{Code, Severity};
pub use errors::Errors;
pub use text_width::{display_width, wrap};

use crate::source::Span;

/// A place and the few words that stand beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub text: String,
}

/// A replacement that takes away the cause of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub replacement: String,
    /// It cannot be wrong: `check --fix` makes it. Of the others a person judges.
    pub certain: bool,
}

/// One message. `message` and `primary` alone must be enough to fix the fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    pub message: String,
    pub primary: Label,
    pub related: Vec<Label>,
    pub help: Option<String>,
    pub fix: Option<Edit>,
    /// The same fix at the other places of a message that has several
    pub also: Vec<Edit>,
    /// Nothing stands there yet: a place to fill in, which `status` counts down.
    pub is_open: bool,
    /// What the help says of 確認済, where it does
    pub acknowledging: Option<Acknowledging>,
}

/// How a text is left as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledging {
    /// What the line of 確認済 quotes; may be empty
    pub word: String,
    /// Where the words about it begin in the help, in bytes
    pub begins: usize,
}

/// Characters of a word that a line of 確認済 quotes.
const LONGEST_WORD: usize = 30;

/// As much of a text as a line of 確認済 quotes.
pub fn quotable(text: &str) -> String {
    // A 「 or 」 inside would end the word.
    let word = text.split(|c: char| matches!(c, '「' | '」') || c.is_control()).max_by_key(|part| part.len());
    // The line holds the beginning of the word too; nobody types an endless one.
    word.unwrap_or("").chars().take(LONGEST_WORD).collect()
}

/// A text that may quote what was typed, without the signs that a terminal obeys.
fn without_commands(text: String) -> String {
    let is_command = |c: char| c.is_control() && !matches!(c, '\n' | '\r');
    if text.chars().any(is_command) { text.replace(is_command, "〓") } else { text }
}

impl Diagnostic {
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: without_commands(message.into()),
            primary: Label { span, text: String::new() },
            related: Vec::new(),
            help: None,
            fix: None,
            also: Vec::new(),
            is_open: false,
            acknowledging: None,
        }
    }

    /// A place that is to be filled in.
    pub fn open(mut self) -> Self {
        self.is_open = true;
        self
    }

    /// Words beside the marked place.
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// What to type instead, or where to look.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(without_commands(text.into()));
        self
    }

    /// Also how to leave the text as it is: the line of 確認済 to put under `heading` (【事業】, 【章】), for the lines that hold
    /// `word`. Only behind a help.
    pub fn or_acknowledge(mut self, heading: &str, word: &str) -> Self {
        let word = quotable(word);
        let quoted = if word.is_empty() { String::new() } else { format!("「{word}」") };
        let help = self.help.get_or_insert_default();
        self.acknowledging = Some(Acknowledging { word, begins: help.len() });
        help.push_str(&format!(
            "\nこのままでよければ、1行目{heading}の下に次の行を書いてください。\n確認済：{}{quoted}　（ここに理由）",
            self.code
        ));
        self
    }

    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label { span, text: text.into() });
        self
    }

    /// A replacement that cannot be wrong.
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Edit { span, replacement: replacement.into(), certain: true });
        self
    }

    /// A replacement that is most likely meant.
    pub fn proposal(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Edit { span, replacement: replacement.into(), certain: false });
        self
    }

    /// As `proposal`, where it is known what was meant.
    pub fn proposal_if_known(self, span: Span, replacement: Option<impl Into<String>>) -> Self {
        match replacement {
            Some(replacement) => self.proposal(span, replacement),
            None => self,
        }
    }

    /// What fixes it, at all its places.
    pub fn edits(&self) -> impl Iterator<Item = &Edit> {
        self.fix.iter().chain(&self.also)
    }

    /// For the few codes that have a milder form.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// Beside the further places of one message.
pub const HERE_TOO: &str = "ここにもあります";

/// Everything that was found, in the order of finding.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    pub fn extend(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Diagnostic> {
        self.list.iter_mut()
    }

    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    /// Makes one message of those of a code that say the same in one file, with its other places beside it.
    pub fn join_repeated(&mut self, code: Code) {
        let mut joined: Vec<Diagnostic> = Vec::new();
        for diagnostic in std::mem::take(&mut self.list) {
            let is_same = |other: &&mut Diagnostic| {
                other.code == code
                    && other.message == diagnostic.message
                    && other.primary.span.file == diagnostic.primary.span.file
            };
            match joined.iter_mut().find(is_same).filter(|_| diagnostic.code == code) {
                Some(first) => {
                    first.also.extend(diagnostic.fix);
                    first.related.push(Label { span: diagnostic.primary.span, text: HERE_TOO.to_string() });
                }
                None => joined.push(diagnostic),
            }
        }
        self.list = joined;
    }

    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// The replacements that cannot be wrong, in the order of their places. Of two that overlap the first stands.
    pub fn certain_edits(&self) -> Vec<&Edit> {
        let mut edits: Vec<&Edit> = self.list.iter().flat_map(Diagnostic::edits).filter(|edit| edit.certain).collect();
        edits.sort_by_key(|edit| edit.span);
        let mut last: Option<Span> = None;
        edits.retain(|edit| {
            let overlaps = last.is_some_and(|last| last.file == edit.span.file && edit.span.start < last.end);
            if !overlaps {
                last = Some(edit.span);
            }
            !overlaps
        });
        edits
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Errors first, then by file and place.
    pub fn sort(&mut self) {
        self.list.sort_by_key(|d| (d.severity, d.primary.span, d.code));
    }
}
