//! The fields of a head, found by name. J017 is reported here.

use super::{Acknowledgement, PLACEHOLDER, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceFile, Span};
use crate::syntax::{Ast, FieldName, LineKind};

/// A field as typed.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) name: FieldName,
    /// The whole line
    pub(super) line: Span,
    pub(super) value: Text,
}

pub(super) struct Fields {
    list: Vec<Field>,
}

impl Fields {
    /// The fields under a file's title heading, each that stands once kept at its first place.
    pub(super) fn collect(file: &SourceFile, ast: &Ast, diagnostics: &mut Diagnostics) -> Self {
        let mut list: Vec<Field> = Vec::new();
        for line in ast.head().map_or(&[][..], |head| &head.lines) {
            let LineKind::Field { name, value } = line.kind else { continue };
            if !name.may_repeat()
                && let Some(first) = list.iter().find(|field| field.name == name)
            {
                let lines = [first.line.start, line.span.start].map(|start| file.position(start).line);
                diagnostics.push(
                    Diagnostic::new(
                        Code::J017,
                        line.span,
                        format!("「{}」が2回あります（{}行目と{}行目）。", name.name(), lines[0], lines[1]),
                    )
                    .help("どちらか1つを消してください。")
                    .related(first.line, "1つ目はここです"),
                );
                continue;
            }
            list.push(Field { name, line: line.span, value: Text::new(file.slice(value).to_string(), value) });
        }
        Self { list }
    }

    pub(super) fn get(&self, name: FieldName) -> Option<&Field> {
        self.list.iter().find(|field| field.name == name)
    }

    pub(super) fn all(&self, name: FieldName) -> impl Iterator<Item = &Field> {
        self.list.iter().filter(move |field| field.name == name)
    }

    /// The value of a field that is kept as text; nothing for an empty one.
    pub(super) fn text(&self, name: FieldName) -> Option<Text> {
        self.get(name).map(|field| field.value.clone()).filter(|value| !value.value.is_empty())
    }

    /// A value read by `parse`; J018 with `help` where it cannot be.
    pub(super) fn parse<T>(
        &self,
        name: FieldName,
        parse: impl Fn(&str) -> Option<T>,
        help: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<T> {
        let field = self.get(name)?;
        let parsed = parse(&field.value.value);
        if parsed.is_none() {
            diagnostics.push(not_understood(field, help));
        }
        parsed
    }

    pub(super) fn acknowledgements(&self, diagnostics: &mut Diagnostics) -> Vec<Acknowledgement> {
        let mut list = Vec::new();
        for field in self.all(FieldName::Acknowledged) {
            match Acknowledgement::parse(&field.value) {
                Ok(acknowledgement) => list.push(acknowledgement),
                Err(problem) => diagnostics.push(
                    Diagnostic::new(Code::J018, field.line, problem)
                        .help("「確認済：J031　公表済みの数え方に合わせたため」のように、番号の後に理由を書いてください。「確認済：J031「派遣件数」　…」とすれば、その語のある行だけになります。"),
                ),
            }
        }
        list
    }
}

/// J018.
pub(super) fn not_understood(field: &Field, help: &str) -> Diagnostic {
    let name = field.name.name();
    let is_open = field.value.value.is_empty() || field.value.value == PLACEHOLDER;
    let message = if is_open {
        format!("{name}が未記入です。")
    } else {
        format!("{name}「{}」は分かりません。", field.value.value)
    };
    let span = if is_open { field.line } else { field.value.span };
    let diagnostic = Diagnostic::new(Code::J018, span, message).help(help);
    if is_open { diagnostic.open() } else { diagnostic }
}
