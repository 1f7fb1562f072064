//! Which section a heading opens, and what is wrong with the heading. J007, J011, and in a form J073, are reported here.

use nom::Parser;
use nom::character::complete::{one_of, satisfy};

use super::ast::FieldName;
use super::chars::without_blanks;
use super::heading::{HeadingLine, Name};
use super::look_alikes::with_plain_characters;
use super::names::nearest;
use super::sections::{FileKind, SectionKind};
use super::synonyms::synonym;
use super::vocabulary::Vocabulary;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceFile, Span};

/// What is known of the file when a heading is met.
pub(super) struct Opening<'a> {
    pub(super) file: &'a SourceFile,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) file_kind: Option<FileKind>,
    /// The first heading of the file; absent when this is the first.
    pub(super) first: Option<Span>,
    /// A second title heading was met.
    pub(super) closed: bool,
}

/// The section that was opened; `quiet` where what is under it gives no messages.
pub(super) struct Opened {
    pub(super) kind: Option<SectionKind>,
    pub(super) quiet: bool,
}

/// Words that begin as a sentence might go on, and do not: `word` below.
const WORDS: &[&str] = &["は種", "と畜", "と殺"];
/// Beginnings that only a sentence has: `beginning` below.
const RUNNING_ON: &[&str] =
    &["を", "、", "。", "のとおり", "のよう", "について", "から", "における", "による", "にある"];

/// Whether a text goes on as a sentence does that merely begins with a heading's name.
///
/// ```text
/// sentence = beginning | particle ( kanji | "、" | "「" | "（" )      and no word
/// ```
fn runs_on(text: &str) -> bool {
    let kanji_or_mark = satisfy(|c| matches!(c, '\u{3400}'..='\u{9FFF}' | '、' | '「' | '（'));
    let phrase = (one_of::<_, _, ()>("はがにのとでもへや"), kanji_or_mark).parse(text);
    let starts_with = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    !starts_with(WORDS) && (phrase.is_ok() || starts_with(RUNNING_ON))
}

impl Opening<'_> {
    pub(super) fn open(&mut self, heading: &HeadingLine, span: Span, rest: Span) -> Opened {
        if let (Some(fault), false) = (heading.fault, self.closed) {
            let name = match &heading.name {
                Name::Known(kind) => kind.name(),
                Name::Unknown(name) => name,
            };
            let code = self.code();
            let heading = format!("【{name}】");
            let told = Diagnostic::new(code, span, fault).help(format!("見出しは「{heading}」と書いてください。"));
            self.diagnostics.push(told.proposal(span, heading));
        }
        let quiet = heading.fault.is_some();
        match &heading.name {
            Name::Known(kind @ SectionKind::Head(file_kind)) if self.first.is_none() => {
                self.file_kind = Some(*file_kind);
                Opened { kind: Some(*kind), quiet }
            }
            Name::Known(SectionKind::Head(kind)) if self.file_kind.is_some() => {
                self.report_second_title(*kind, span, rest);
                Opened { kind: None, quiet: true }
            }
            Name::Known(kind) => match self.file_kind.filter(|file_kind| !kind.belongs_to(*file_kind)) {
                Some(file_kind) => {
                    self.report_foreign_section(*kind, file_kind, span);
                    Opened { kind: None, quiet: true }
                }
                None => Opened { kind: Some(*kind), quiet: quiet || self.report_sentence(*kind, span, rest) },
            },
            Name::Unknown(name) => Opened { kind: self.report_unknown(name, span), quiet: true },
        }
    }

    /// What is wrong in a form is told as a fault of the form.
    fn code(&self) -> Code {
        if self.file_kind == Some(FileKind::Form) { Code::J073 } else { Code::J011 }
    }

    fn report_second_title(&mut self, second: FileKind, span: Span, rest: Span) {
        if !self.closed {
            let name = SectionKind::Head(self.file_kind.unwrap_or(FileKind::Program)).name();
            let other = SectionKind::Head(second).name();
            let message = if Some(second) == self.file_kind {
                format!("1つのファイルに書ける{name}は1つです。")
            } else {
                format!("【{name}】のファイルに【{other}】は書けません。")
            };
            let title = Some(self.file.slice(rest)).filter(|title| second == FileKind::Program && !title.is_empty());
            let name = title.map(|title| format!("「{title}.jigyo」の名前で")).unwrap_or_default();
            self.diagnostics.push(
                Diagnostic::new(Code::J007, span, message)
                    .help(format!("ここから下を切り取り、新しいファイルに貼り付けて{name}保存してください。"))
                    .related(self.first.unwrap_or(span), "1つ目はここです"),
            );
        }
        self.closed = true;
    }

    fn report_foreign_section(&mut self, kind: SectionKind, file_kind: FileKind, span: Span) {
        if self.closed {
            return;
        }
        let home = SectionKind::Head(file_kind).name();
        let near = match (kind, file_kind) {
            (SectionKind::ChapterOverview, FileKind::Program) => "【事業概要】の誤りではありませんか。",
            (SectionKind::Overview, FileKind::Chapter) => "【取組の概要】の誤りではありませんか。",
            _ => "この見出しと下の文を、書くべきファイルに移してください。",
        };
        self.diagnostics.push(
            Diagnostic::new(Code::J011, span, format!("【{}】は【{home}】のファイルには書けません。", kind.name()))
                .help(format!(
                    "{near}【{home}】のファイルで使える見出しは {} です。",
                    list_sections(self.vocabulary, file_kind)
                )),
        );
    }

    /// `【成果】は次のとおりである。` is a sentence, and its beginning would be lost.
    fn report_sentence(&mut self, kind: SectionKind, span: Span, rest: Span) -> bool {
        let text = self.file.slice(rest);
        let runs_on = !matches!(kind, SectionKind::Head(_) | SectionKind::Memo) && runs_on(text);
        if runs_on && !self.closed {
            self.diagnostics.push(
                Diagnostic::new(Code::J011, span, format!("文が見出しの【{}】で始まっています。", kind.name())).help(
                    format!(
                        "見出しなら、すぐ後で改行してください。文なら「{}」のように、別のかっこで書いてください。",
                        kind.name()
                    ),
                ),
            );
        }
        runs_on
    }

    /// The section that a misspelt heading most likely means.
    fn report_unknown(&mut self, name: &str, span: Span) -> Option<SectionKind> {
        if self.closed {
            return None;
        }
        let is_first = self.first.is_none();
        let file_kind = self.file_kind.unwrap_or(FileKind::Program);
        let candidates: Vec<SectionKind> = if is_first {
            SectionKind::ALL.iter().copied().filter(|kind| matches!(kind, SectionKind::Head(_))).collect()
        } else {
            self.vocabulary.sections_of(file_kind).collect()
        };
        let meant = synonym(name, file_kind, self.vocabulary).filter(|_| !is_first);
        let near = meant.or_else(|| longest_within(name, &candidates)).or_else(|| {
            let near = nearest(name, candidates.iter().map(|kind| kind.name()))?;
            candidates.iter().copied().find(|kind| kind.name() == near)
        });
        if is_first && near.is_none() {
            // J004 speaks of the first heading.
            return None;
        }
        let message = match near {
            Some(near) if meant.is_some() => {
                format!("【{name}】という見出しはありません。ここでは【{}】と書きます。", near.name())
            }
            Some(near) if with_plain_characters(name) == near.name() => {
                format!(
                    "見出し「{name}」に、形のよく似た別の文字がまじっています。【{}】と打ち直してください。",
                    near.name()
                )
            }
            Some(near) => format!("【{name}】という見出しはありません。【{}】の誤りではありませんか。", near.name()),
            None if self.vocabulary.field(name, file_kind).is_some() => {
                format!("【{name}】という見出しはありません。「{name}：」という項目ではありませんか。")
            }
            None => format!("【{name}】という見出しはありません。"),
        };
        let help = if is_first {
            "最初の見出しは【報告書】【章】【事業】のどれかです。".to_string()
        } else {
            self.known_headings(name, file_kind)
        };
        let mut diagnostic = Diagnostic::new(self.code(), span, message).help(help);
        if let Some(near) = near {
            let heading = format!("【{}】", near.name());
            let is_same = with_plain_characters(name) == near.name();
            diagnostic = if is_same { diagnostic.fix(span, heading) } else { diagnostic.proposal(span, heading) };
        }
        self.diagnostics.push(diagnostic);
        if let Some(SectionKind::Head(kind)) = near {
            self.file_kind = Some(kind);
        }
        near
    }

    fn known_headings(&self, name: &str, file_kind: FileKind) -> String {
        let known = list_sections(self.vocabulary, file_kind);
        if file_kind == FileKind::Form {
            return format!(
                "様式で使える見出しは {known} です。表なら「【表】{name}」、評価なら「【評価】{name}」と書きます。"
            );
        }
        format!("使える見出しは {known} です。本文なら行頭に空白を1つ入れてください。")
    }
}

/// The longest name that makes up half of a misspelt one: 指標 in 事業指標, which 事業概要 is nearer to by its letters.
fn longest_within(name: &str, candidates: &[SectionKind]) -> Option<SectionKind> {
    let is_half = |kind: &SectionKind| 2 * kind.name().len() >= name.len() && name.contains(kind.name());
    candidates.iter().copied().filter(is_half).max_by_key(|kind| kind.name().len())
}

/// Whether an unknown heading stands for a field: 【担当】.
pub(super) fn is_heading_of(heading: &str, field: FieldName) -> bool {
    let name = without_blanks(heading.trim_start_matches('【').trim_end_matches('】'));
    name == field.name() || (field == FieldName::Department && name == "担当課")
}

/// The sections that a kind of file may hold, as they are typed.
pub(super) fn list_sections(vocabulary: &Vocabulary, kind: FileKind) -> String {
    let names: Vec<String> = vocabulary.sections_of(kind).map(|section| format!("【{}】", section.name())).collect();
    names.join("")
}
