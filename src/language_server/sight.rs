//! An open document with its tree and the report around it: what a question about one place is answered from.

use std::ops::Range;
use std::sync::Arc;

use super::client::Client;
use super::document::Document;
use super::files::EditorFiles;
use super::kept_report::State;
use super::protocol::{self, Position};
use crate::diagnostic::Diagnostics;
use crate::form::{Form, standard};
use crate::source::{Files, SourceFile, Span};
use crate::syntax::{Ast, FileKind, Line, LineKind, Section, Vocabulary, file_kind, parse};

pub(super) struct Sight<'a> {
    pub(super) document: &'a Document,
    pub(super) client: &'a Client,
    /// The text as it is read; in a report the very file of the last check, so that its places are those of the report
    pub(super) source: Arc<SourceFile>,
    pub(super) ast: Ast,
    pub(super) vocabulary: Arc<Vocabulary>,
    /// Absent for what lies in no folder
    pub(super) files: Option<EditorFiles<'a>>,
    pub(super) state: Option<&'a State>,
}

impl<'a> Sight<'a> {
    pub(super) fn new(
        document: &'a Document,
        client: &'a Client,
        files: Option<EditorFiles<'a>>,
        state: Option<&'a State>,
    ) -> Self {
        let text = document.text.text().composed();
        let relative = document.home.as_ref().map(|home| home.relative.as_str()).unwrap_or_default();
        let shared = state.and_then(|state| Some(state.checked.files.share(*state.ids.get(relative)?)));
        let source = shared.filter(|source| source.text() == &**text).unwrap_or_else(|| {
            let mut own = Files::new();
            let id = own.add(relative, Arc::clone(text));
            own.share(id)
        });
        let vocabulary = match (file_kind(text), state) {
            (Some(FileKind::Form), _) => Vocabulary::of_forms(),
            (_, Some(state)) => Arc::clone(&state.checked.report.form.vocabulary),
            (_, None) => Vocabulary::standard(),
        };
        let ast = parse(&source, &vocabulary, &mut Diagnostics::new());
        Self { document, client, source, ast, vocabulary, files, state }
    }

    /// The file's place in the report; nothing for one that is none of its texts.
    pub(super) fn relative(&self) -> &str {
        self.source.path()
    }

    /// Whether the places of the tree are those of the report.
    pub(super) fn is_of_report(&self) -> bool {
        let id = self.state.and_then(|state| Some((state.ids.get(self.relative())?, state)));
        id.is_some_and(|(id, state)| std::ptr::eq(state.checked.files.get(*id), &*self.source))
    }

    pub(super) fn byte(&self, position: Position) -> usize {
        self.document.text.byte(position, self.client.units)
    }

    pub(super) fn range(&self, bytes: Range<usize>) -> protocol::Range {
        self.document.text.range(bytes, self.client.units)
    }

    pub(super) fn span_range(&self, span: Span) -> protocol::Range {
        self.range(span.start..span.end)
    }

    /// The bytes of the line that holds a byte, without its end.
    pub(super) fn line_of(&self, byte: usize) -> Range<usize> {
        let own = self.source.line_range(self.source.line_index(byte));
        // Behind a line end at the end of the text stands one more line, which is empty.
        let is_behind = byte > own.end && byte == self.source.text().len();
        if is_behind && self.source.text().ends_with(['\n', '\r']) { byte..byte } else { own }
    }

    pub(super) fn text(&self, bytes: Range<usize>) -> &str {
        self.source.text().get(bytes).unwrap_or_default()
    }

    pub(super) fn slice(&self, span: Span) -> &str {
        self.source.slice(span)
    }

    /// The section that a byte stands in: the last one whose heading begins at or before its line.
    pub(super) fn section_at(&self, byte: usize) -> Option<&Section> {
        let end = self.line_of(byte).end;
        self.ast.sections.iter().rev().find(|section| section.heading.start <= end)
    }

    /// The line of a section that a byte stands in, with its section.
    pub(super) fn line_at(&self, byte: usize) -> Option<(&Section, &Line)> {
        let own = self.line_of(byte);
        let section = self.section_at(byte)?;
        let is_here = |line: &&Line| own.start <= line.span.start && line.span.end <= own.end;
        let lines = section.lines.iter().filter(is_here).filter(|line| line.kind != LineKind::Blank);
        // Word's breaks part a line in several.
        lines
            .min_by_key(|line| usize::from(!(line.span.start <= byte && byte <= line.span.end)))
            .map(|line| (section, line))
    }

    /// The form of the report; of a text that lies in none that of the language.
    pub(super) fn form(&self) -> &Form {
        self.state.map_or_else(|| &**standard(), |state| &*state.checked.report.form)
    }

    /// The kind of the file; that of a program where no heading says it.
    pub(super) fn kind(&self) -> FileKind {
        self.ast.kind.unwrap_or(FileKind::Program)
    }
}
